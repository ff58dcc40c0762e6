"""A document of which letters leave: how many have, and one thing to do for those that did not."""

from collections import Counter, defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..window_actions import open_action
from .delivery import HELD, LEFT, LOST, QUEUED, REPLACED, SETTLED, UNSENT, WAITING

ACTIVITY = "letters_unsent"
# A server away for some minutes needs no action.
ASKED_AFTER = 3
SHEET_STATES = [
    ("queued", "Being sent"),
    ("held", "Waits for the confirmation of our sender"),
    ("waiting", "To be tried again"),
    ("left", "Left"),
    ("lost", "Not left"),
]


class MailActivityMixin(models.AbstractModel):
    _inherit = "mail.activity.mixin"

    def _ask_to_reach(self, letters, note, owner):
        """Activity about unsent letters: created once, updated, closed when none is left.

        :param letters: commune.letter.delivery
        :param note: recipients not reached, and another way to reach them (HTML)
        :param owner: user in charge (res.users)
        """
        self.ensure_one()
        if not letters:
            self._finish_asked(ACTIVITY)
            return
        values = {
            "summary": self.env._("Letters that did not leave: %s", len(letters)),
            "note": note,
        }
        asked = self._get_asked(ACTIVITY)
        if asked:
            asked.with_context(mail_activity_quick_update=True).write(values)
        else:
            self._schedule_once(ACTIVITY, user_id=owner.id, **values)


class CommuneLetterDocumentMixin(models.AbstractModel):
    """For documents: the letters that name them by `_get_letter_document`."""

    _name = "commune.letter.document.mixin"
    _description = "Document of which letters leave"

    letters_text = fields.Char(
        string="Letters sent out", compute="_compute_letters", compute_sudo=True
    )
    letters_state = fields.Selection(
        SHEET_STATES, string="State of the letters", compute="_compute_letters", compute_sudo=True
    )

    # Prefixes of the kinds shown by `letters_text`; empty: all kinds.
    _sheet_kinds = ()

    def _filter_sheets(self):
        """Filter the documents of which letters of the addon are sent."""
        return self

    def _compute_letters(self):
        counts = self._filter_sheets()._count_letters(*self._sheet_kinds)
        for document in self:
            found = counts[document._origin.id]
            document.letters_text = self._describe_letters(found)
            document.letters_state = self._get_letters_state(found)

    def _count_letters(self, *kinds):
        """{id: Counter of the states of the letters}, in one query.

        :param kinds: words that the names of the models of letters begin with; without, all
        """
        counts = defaultdict(Counter)
        if not self._origin.ids:
            return counts
        Delivery = self.env["commune.letter.delivery"]
        Delivery.flush_model()
        chosen = SQL("TRUE")
        if kinds:
            chosen = SQL("kind LIKE ANY(%s)", [f"mail_template_{kind}%" for kind in kinds])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT document_id, state, COUNT(*) FROM commune_letter_delivery
                 WHERE document_model = %s AND document_id IN %s AND state <> %s AND %s
                 GROUP BY document_id, state
                """,
                self._name,
                tuple(self._origin.ids),
                REPLACED,
                chosen,
            )
        )
        for document_id, state, count in rows:
            counts[document_id][state] = count
        return counts

    @api.model
    def _get_letters_state(self, counts):
        for state in (LOST, HELD, WAITING, QUEUED):
            if counts[state]:
                return state
        return LEFT if counts[LEFT] or counts[SETTLED] else False

    @api.model
    def _describe_letters(self, counts):
        """`12 sur 46 parties, 3 non parties`; empty when there is no letter."""
        total = counts.total()
        if not total:
            return ""
        if counts[QUEUED] == total:
            return self.env._("Queued: %s", total)
        if counts[LEFT] == total:
            return self.env._("All left: %s", total)
        if counts[HELD] == total:
            return self.env._("Waiting for the confirmation of our sender: %s", total)
        parts = [self.env._("%(left)s of %(total)s left", left=counts[LEFT], total=total)]
        if counts[HELD]:
            parts.append(self.env._("%s wait for our sender", counts[HELD]))
        if counts[WAITING]:
            parts.append(self.env._("%s to be tried again", counts[WAITING]))
        if counts[LOST]:
            parts.append(self.env._("%s not left", counts[LOST]))
        if counts[SETTLED]:
            parts.append(self.env._("%s notified otherwise", counts[SETTLED]))
        return ", ".join(parts)

    def action_open_unsent(self):
        """List of the unsent letters of this document."""
        self.check_access("read")
        self.ensure_one()
        domain = [("document_model", "=", self._name), ("document_id", "=", self.id)]
        return open_action(self, "commune_letter_delivery_action", domain)

    # one thing to do

    def _follow_unsent(self, urgent=False):
        """Schedule one activity per document to reach the recipients of unsent letters.

        Its text is kept current, and it is closed when all letters have been sent. Called as
        superuser.

        :param urgent: notify of the first failure; otherwise only of a lasting or final one
        """
        if not self:
            return
        letters = self.env["commune.letter.delivery"].search(
            [
                ("document_model", "=", self._name),
                ("document_id", "in", self.ids),
                ("state", "in", (*UNSENT, QUEUED)),
            ]
        )
        found = letters.grouped("document_id")
        for document in self:
            unsent = found.get(document.id, letters.browse())
            document._ask_about_unsent(document._filter_to_ask(unsent, urgent))

    def _filter_to_ask(self, letters, urgent):
        """Letters that need a person to act."""
        deadline = self._get_letters_deadline()
        tomorrow = self.env.company._get_today() + timedelta(days=1)
        if urgent or (deadline and deadline <= tomorrow):
            return letters if urgent else letters.filtered(lambda one: one.state != QUEUED)
        return letters.filtered(
            lambda one: one.state == LOST or (one.state == WAITING and one.attempts >= ASKED_AFTER)
        )

    def _ask_about_unsent(self, letters):
        self.ensure_one()
        localised = self.with_context(lang=self.env.company._get_organisation_lang())
        letters = letters.with_env(localised.env)
        note = letters and localised._get_unsent_note(letters)
        localised._ask_to_reach(letters, note, letters and self._get_letters_owner())

    def _get_unsent_note(self, letters):
        """Recipients not reached, why, and how else to reach them, in the current language."""
        return letters._describe_unsent()

    def _get_letters_owner(self):
        """Who takes care of the letters that did not leave (res.users)."""
        user = self.user_id if "user_id" in self._fields else self.env["res.users"]
        return user if user.active and not user.share else self.env.ref("base.user_admin")

    def _get_letters_deadline(self):
        """Last day on which the letters have to leave, if any."""
        return False
