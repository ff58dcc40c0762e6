"""Each route of the portal that acts as superuser, called as the other commune.

The routes are tried in the pillars. Here a page has forgotten to look whose record it was given:
the method itself refuses, before anything is written.
"""

import ast
import re
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.modules import get_module_path
from odoo.sql_db import Cursor
from odoo.tests import freeze_time, tagged

from .sudo_route_case import SudoRouteCase, get_sudo_routes

PERSONS = ("portal_a", "portal_a_limited", "portal_b", "portal_ended", "agent", "public")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
BY_SUPERUSER = re.compile(r"sudo\(\)|SUPERUSER_ID|find_by_token\(|cr\.execute|execute_query")
# Of no commune rather than another, or the check itself: why these routes are not in the table.
OF_NO_COMMUNE = {
    "the same for all the communes": {
        "_find_answerable",
        "_describe_folded",
        "_render_cached",
        "_find_interlocutor",
        "_find_people",
        "_find_persons",
        "_get_audience_label",
        "_get_euro",
        "_get_legal_page",
        "_get_zone_name",
        "_get_password_link_hours",
        "_get_portal_invitation_days",
        "_get_organisation_contact",
        "_get_organisation_hours",
        "_get_organisation_name",
        "_get_organisation_phone",
        "_has_login_pages",
        "_get_own_portal_lines",
        "_get_portal_lines",
        "_get_portal_similar",
        "_get_portal_skills",
        "_get_replacement_call",
        "_get_replacement_phone",
        "_has_commune_photo",
        "_is_confirmed",
        "_uses_organisation_pages",
        "_uses",
        "_read_portal_form",
    },
    "of the account at hand": {
        "_file_alert",
        "_find_waiting",
        "_receive",
        "_get_alert_places",
        "_get_own_pages",
        "_take",
        "_choose_letters",
        "_get_acting_mandates",
        "_get_cards",
        "_get_commune_accounts",
        "_get_impacts",
        "_get_letter_choices",
        "_get_agent",
        "_get_obligations_to_show",
        "_get_opinion",
        "_get_opinions",
        "_get_own_problems",
        "_get_page_of_tickets",
        "_get_peers_domain",
        "_get_places_begun",
        "_get_phone_problem",
        "_has_organisation_account",
        "_is_led_to_requests",
    },
    "opened by a secret, which the access matrix tries": {
        "_find_by_agenda_token",
        "_find_by_agent_calendar_token",
        "_find_by_calendar_token",
        "_find_by_token",
        "_get_agent_calendar",
        "_get_last_inviter",
        "_get_path",
        "_get_portal_invitation_titles",
        "_describe_inviter",
        "_set_preference",
    },
    "what others check with": {
        "_get_portal_mandates",
        "_get_portal_problems",
        "_get_rights",
        "_get_signing_mandate",
    },
    "words about a record that the page has found": {
        "_preview_again",
        "_get_file_documents",
        "_get_holder_groups",
        "_is_validated_by_sending",
        "_describe_former",
        "_describe_full",
        "_describe_reply",
        "_describe_waiting",
        "_get_author_name",
        "_get_commune_page",
        "_get_confirmation",
        "_get_followed_minutes",
        "_get_letter_lang",
        "_get_letter_place",
        "_get_member_minutes",
        "_get_page_note",
        "_get_link_persons",
        "_has_replacement_agreement_ahead",
        "_get_signing_problem",
        "_get_signing_stop",
        "_get_title",
    },
    "a line of a log": {"_log", "_log_missed"},
}


def read_files(*patterns):
    root = Path(get_module_path("commune_relations"))
    return [path.read_text() for pattern in patterns for path in sorted(root.glob(pattern))]


def find_sudo_methods():
    """Private methods that act as superuser and that a route or a page of the portal calls."""
    found = set()
    for source in read_files("models/**/*.py", "reports/**/*.py", "wizards/**/*.py"):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("_"):
                if BY_SUPERUSER.search(ast.get_source_segment(source, node)):
                    found.add(node.name)
    pages = "\n".join(read_files("controllers/*.py", "views/portal/*.xml"))
    return found & set(re.findall(r"\.(_[a-z]\w*)\(", pages))


@tagged("post_install", "-at_install")
class TestOtherCommune(SudoRouteCase):
    def test_every_route_is_in_the_table(self):
        known = set.union(
            {name for name, _who, _call in get_sudo_routes(self)}, *OF_NO_COMMUNE.values()
        )
        self.assertEqual(sorted(find_sudo_methods() - known), [])

    def test_a_route_opens_to_the_commune_only(self):
        for name, allowed, call in get_sudo_routes(self):
            for who in PERSONS:
                with self.subTest(route=name, who=who):
                    opened, written = self._knock(call, getattr(self, who))
                    self.assertEqual(opened, who in allowed)
                    if who not in allowed:
                        self.assertEqual(written, [])

    def _knock(self, call, user):
        """(whether something came of it, what was written); all of it is undone."""
        self.env.invalidate_all()
        savepoint = self.env.cr.savepoint(flush=True)
        try:
            with self._watch() as written:
                opened = self._is_opened(call, user)
                self.env.flush_all()
            return opened or bool(opened is None and written), written
        finally:
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)

    def _is_opened(self, call, user):
        """A message that lists other missing values is no refusal of access."""
        try:
            result = call(user, user.partner_id)
        except AccessError:
            return False
        except UserError:
            return True
        return None if result is None else bool(result)

    @contextmanager
    def _watch(self):
        """What is written meanwhile."""
        written, execute = [], Cursor.execute

        def watch(cr, query, *args, **kwargs):
            code = getattr(query, "code", query)
            if WRITES.match(code):
                written.append(code)
            return execute(cr, query, *args, **kwargs)

        with patch.object(Cursor, "execute", watch):
            yield written


@tagged("post_install", "-at_install")
@freeze_time(f"{datetime.now(UTC).date()} 23:30:00")
class TestOtherCommuneAtNight(TestOtherCommune):
    """It is tomorrow already for the communes, and not yet for the server."""

    def test_the_day_of_the_tests_is_that_of_the_communes(self):
        self.assertGreater(self.today, datetime.now(UTC).date())
