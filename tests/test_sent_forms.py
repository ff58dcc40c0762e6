"""Every form of the portal, sent twice, late and after going back: it is taken once."""

import re
from datetime import timedelta
from urllib.parse import urljoin

from lxml import etree, html

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .attack_case import AttackCase
from .race_case import RaceCase
from .replacement.replacement_case import ReplacementCase
from .sudo_route_case import SudoRouteCase

KEY = "0123456789abcdef" * 2
ADDRESS = re.compile(r"/\d+(?=/|$)|/[\w-]{20,}|/\d{4}-\d\d-\d\d")
# What a browser sends, by the type of the field.
TYPED = {"email": "essai@mel.example", "number": "3", "tel": "03 87 00 00 00", "time": "08:00"}
# Forms that are accepted as the test fills them: sent, then sent again.
ACCEPTED = {
    "/commune/check-in/note",
    "/directory-campaign/answer",
    "/event-invitation/answer",
    "/my/calendar/renew",
    "/my/calendar/revoke",
    "/my/colleagues/add",
    "/my/colleagues/restore",
    "/my/colleagues/withdraw",
    "/my/commune/choose",
    "/my/communes/confirm",
    "/my/directory-campaign/answer",
    "/my/events/register",
    "/my/events/withdraw",
    "/my/exchanges/post",
    "/my/guides/opinion",
    "/my/path/done",
    "/my/path/quiz",
    "/my/path/stop",
    "/my/peers/consent",
    "/my/requests/cancel",
    "/my/requests/close",
    "/my/requests/message",
    "/my/requests/new",
    "/my/requests/rate",
    "/my/requests/reopen",
    "/my/services/ask",
    "/my/sessions/answer",
    "/my/sessions/propose/send",
    "/session/answer",
}


# The class that Odoo's loader knows: what bears it is sent before the whole program has come.
FREE = "o_no_wait_lazy_js"
# Templates of forms that a program makes ready, with their address. The document is opened before
# its signature; photos are made lighter and lose their place, the words of a request are stored on
# the device; Odoo’s captcha.
HELD = {
    "commune_relations.portal_agreement": "/my/agreements/sign",
    "commune_relations.portal_request_new": "/my/requests/new",
    "commune_relations.portal_request_exchange": "/my/requests/message",
    "commune_relations.portal_incident_add": "/my/difficulties/add",
    "commune_relations.portal_incident_new": "/my/difficulties/new",
    "commune_relations.account_link_dead": "/web/reset_password",
}


def is_sent_at_once(form):
    """Whether the form and each button that sends it bear the class, in a page or in a view."""
    buttons = form.xpath(".//button[not(@type='button')] | .//input[@type='submit']")
    names = ("class", "t-attf-class", "t-att-class")
    return all(any(FREE in node.get(name, "") for name in names) for node in (form, *buttons))


def fill(form, today):
    """[(name, value)] that a person sends with this form: all that is asked for."""
    sent, seen = [], set()
    for field in form.iter("input", "select", "textarea", "button"):
        name, kind = field.get("name"), field.get("type", "text" if field.tag == "input" else "")
        if field.tag == "button" and any(not b.get("name") for b in form.iter("button")):
            continue  # the submit button has no value
        if not name or kind == "file" or kind in ("radio", "submit") and name in seen:
            continue
        seen.add(name)
        value = field.get("value") or ""
        if field.tag == "select":
            value = next((o.get("value") for o in field.iter("option") if o.get("value")), "")
        elif field.tag == "textarea":
            value = field.text or "Un essai de texte"
        elif kind == "checkbox":
            value = value or "on"
        elif kind == "date":
            value = value or str(today + timedelta(days=7 if name == "date_start" else 27))
        elif kind not in ("hidden", "radio", "submit"):
            value = value or TYPED.get(kind, "Essai")
        sent.append((name, value))
    return sent


@tagged("post_install", "-at_install")
class TestEveryFormOnce(SudoRouteCase, AttackCase, HttpCase):
    """The pages of a mayor, of a secretary, of an agent and of those who hold a link."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal_a.sudo()._renew_calendar_token()
        cls.mandate_a_limited.portal_blocked = True
        cls.env.flush_all()

    def _get_pages(self):
        records = self.records
        session = records["session_draft"].id
        yield (
            self.portal_a,
            [
                *(
                    "/my",
                    "/my/calendar",
                    "/my/colleagues",
                    "/my/communes",
                    "/my/directory-campaign",
                ),
                *("/my/exchanges", "/my/peers", "/my/replacements/new", "/my/difficulties/new"),
                *(f"/my/requests/{ticket.id}" for ticket in self.requests.values()),
                f"/my/communes/{self.commune_a.id}",
                f"/my/services/{records['service'].id}",
                f"/my/guides/{records['guide_everyone'].id}",
                "/my/path",
                "/my/services",
                f"/my/events/{records['event'].id}",
                f"/my/sessions/{session}/propose",
                f"/my/sessions/{records['session'].id}",
                f"/my/agreements/{records['agreement_vote_a'].id}",
                f"/my/replacements/{records['replacement_request'].id}",
                f"/my/replacement-hours/{records['timesheet'].id}",
                f"/my/surveys/{records['survey_target'].id}",
                "/my/orient?q=voirie",
                "/my/requests/new?q=Un+nid+de+poule+rue+de+la+Gare",
            ],
        )
        yield self.portal_both, ["/my"]
        week = records["timesheet"]
        yield self.agent, [f"/my/missions/{week.mission_id.id}/hours/{week.week_start}"]
        # In the evening the page opens on tomorrow: the first half-day is that of today.
        today = records["event"].half_day_ids.sorted()[:1]
        yield self.officer, [f"/commune/check-in/{records['event'].id}?half_day={today.id}"]
        yield (
            None,
            [
                f"/event-invitation/{records['invitation'].token}",
                f"/directory-campaign/{records['recipient'].token}",
                f"/session/{records['attendance_a'].token}",
                f"/session-agenda/{records['session_draft'].agenda_token}",
                f"/commune-survey/{records['survey_link'].token}",
                f"/replacement-proposal/{records['proposal'].sudo().agent_token}",
                f"/replacement-evaluation/{records['evaluation'].sudo().token}",
            ],
        )

    def _visit(self):
        """(address of the form, what it sends) of each form of each page."""
        for user, pages in self._get_pages():
            self.authenticate(user and user.login, user and user.login)
            for page in pages:
                answer = self.url_open(page)
                self.assertLess(answer.status_code, 500, page)
                tree = html.fromstring(answer.text)
                for form in tree.xpath("//form[translate(@method, 'POST', 'post') = 'post']"):
                    address = form.get("action") or page
                    yield urljoin(page, address), fill(form, self.today)

    @mute_logger("odoo.http")
    def test_each_form_sent_again_makes_nothing_and_leads_to_the_same_page(self):
        accepted = set()
        for path, sent in self._visit():
            savepoint = self.env.cr.savepoint()
            name = ADDRESS.sub("", path)
            with self.subTest(path=name):
                self.assertRegex(dict(sent)["form_key"], r"^[0-9a-f]{32}$")
                first = self.url_open(path, data=sent, allow_redirects=False)
                self.assertLess(first.status_code, 500)
                before = self._get_versions()
                # The phone sends again, without having seen the answer.
                second = self.url_open(path, data=sent, allow_redirects=False)
                self.assertEqual(second.status_code // 100, first.status_code // 100)
                if first.status_code // 100 == 3:
                    accepted.add(name)
                    led = first.headers["Location"]
                    # An address that holds a secret is not kept: the page above the form is.
                    led = path.rpartition("/")[0] if "/survey/start/" in led else led
                    self.assertTrue(led.endswith(second.headers["Location"]), led)
                    self.assertEqual(self._get_changed(before), [])
            self.env.invalidate_all(flush=False)
            savepoint.close(rollback=True)
        self.assertEqual(sorted(ACCEPTED - accepted), [], sorted(accepted))

    def test_a_form_that_needs_no_program_is_sent_before_it_has_come(self):
        """On a slow network Odoo's program comes after a minute, and holds whatever it finds: the
        form and each button of it."""
        held = set()
        for user, pages in self._get_pages():
            self.authenticate(user and user.login, user and user.login)
            for page in pages:
                tree = html.fromstring(self.url_open(page).text)
                for form in tree.xpath("//*[@id='wrap']//form"):
                    if not is_sent_at_once(form):
                        held.add(ADDRESS.sub("", form.get("action") or page))
        self.assertEqual(held - set(HELD.values()), set())


@tagged("post_install", "-at_install")
class TestSentForm(SudoRouteCase, HttpCase):
    def _post(self, path, **data):
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = self.url_open("/my/exchanges").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        data = {"csrf_token": token, "form_key": KEY, "commune_id": self.commune_a.id, **data}
        return self.url_open(path, data=data, allow_redirects=False)

    def _exchange(self, **data):
        values = {"name": "Prêt de barnums", "kind": "offer", "nature": "equipment"}
        values |= {
            "topic_id": self.records["topic"].id,
            "description": "Deux barnums",
            "date_end": str(self.today + timedelta(20)),
        }
        return self._post("/my/exchanges/post", **{**values, **data})

    def _count(self):
        return self.env["commune.exchange"].search_count([])

    def test_a_form_that_is_refused_may_be_corrected_and_sent(self):
        before = self._count()
        self.assertEqual(self._exchange(name="").status_code, 422)
        self.assertEqual(self._exchange().status_code, 303)
        self.assertEqual(self._count(), before + 1)

    def test_other_words_in_a_page_that_came_back_are_something_else(self):
        before = self._count()
        self._exchange()
        self._exchange(name="Prêt de tables")
        self.assertEqual(self._count(), before + 2)

    def test_the_second_post_says_that_nothing_was_done_twice(self):
        self._exchange()
        self.url_open("/my/exchanges")  # the answer to the first one is read
        self._exchange()
        self.assertIn("n’a été fait deux fois", self.url_open("/my/exchanges").text)
        self.assertNotIn("n’a été fait deux fois", self.url_open("/my/exchanges").text)

    def test_the_form_of_somebody_else_opens_nothing(self):
        forms = self.env["commune.idempotency.key"]
        _form, taken = forms.with_user(self.portal_a)._take(KEY, "/my/x", [("a", "1")])
        self.assertTrue(taken)
        for user, path in ((self.portal_b, "/my/x"), (self.portal_a, "/my/y")):
            self.assertTrue(forms.with_user(user)._take(KEY, path, [("a", "1")])[1])
        self.assertFalse(forms.with_user(self.portal_a)._take(KEY, "/my/x", [("a", "1")])[1])

    def test_what_was_set_otherwise_since_is_set_again(self):
        forms, yes, no = self.env["commune.idempotency.key"], [("a", "yes")], [("a", "no")]
        for key, words, taken in (
            ("1" * 32, yes, True),
            ("1" * 32, yes, False),
            ("2" * 32, no, True),
            ("1" * 32, yes, True),
            ("1" * 32, yes, False),
        ):
            self.assertEqual(forms._take(key, "/my/x", words, sets=True)[1], taken)

    def test_files_that_the_browser_forgot_make_nothing_new(self):
        forms, words = self.env["commune.idempotency.key"], [("text", "Voici")]
        self.assertTrue(forms._take(KEY, "/my/x", words, [("files", "a.pdf")])[1])
        self.assertFalse(forms._take(KEY, "/my/x", words)[1])
        self.assertFalse(forms._take(KEY, "/my/x", words, [("files", "a.pdf")])[1])
        self.assertTrue(forms._take(KEY, "/my/x", words, [("files", "b.pdf")])[1])

    def test_nothing_that_gives_access_is_kept(self):
        token = self.records["recipient"].token
        self.authenticate(None, None)
        page = html.fromstring(self.url_open(f"/directory-campaign/{token}").text)
        [form] = page.xpath("//form[@method='post']")[:1]
        sent = fill(form, self.today)
        sent_page = self.url_open(form.get("action"), data=sent, allow_redirects=False)
        self.assertIn(token, sent_page.headers["Location"])
        row = self.env["commune.idempotency.key"].search([], order="id desc", limit=1)
        self.assertEqual(row.page, "")
        kept = f"{row.key} {row.place} {row.words} {row.page}"
        self.assertNotIn(token, kept)
        self.assertNotIn(dict(sent)["form_key"], kept)

    def test_old_forms_go(self):
        forms = self.env["commune.idempotency.key"]
        old, new = (forms._take(key * 32, "/my/x", [])[0] for key in "12")
        old.date = fields.Datetime.now() - timedelta(days=92)
        forms._gc_sent_forms()
        self.assertEqual((old | new).exists(), new)


@tagged("post_install", "-at_install")
class TestReplacementOnce(ReplacementCase, HttpCase):
    def test_a_request_for_an_agent_is_filed_once(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = html.fromstring(self.url_open("/my/replacements/new").text)
        [form] = page.xpath("//form[@action='/my/replacements/new']")
        sent = dict(fill(form, self.today))
        sent = {name: sent[name] for name in ("csrf_token", "form_key", "commune_id", "reason")}
        sent |= {"post": "Accueil", "date_start": "2027-01-11", "date_end": "2027-01-26"}
        requests, led = self.env["commune.replacement.request"], set()
        before = requests.search_count([])
        for _tap in range(2):
            values = {**sent, "tue_am": "1"}
            answer = self.url_open(form.get("action"), values, allow_redirects=False)
            led.add(answer.headers.get("Location"))
        self.assertEqual(requests.search_count([]), before + 1)
        self.assertEqual(len(led), 1)
        # Another day, from the page that came back, is another request.
        self.url_open(form.get("action"), {**sent, "wed_am": "1"})
        self.assertEqual(requests.search_count([]), before + 2)


@tagged("post_install", "-at_install")
class TestEveryFormHasItsKey(SudoRouteCase):
    def test_each_form_of_the_views_carries_the_keys(self):
        views = self.env["ir.ui.view"].search([("type", "=", "qweb")])
        managed = views.filtered(lambda v: (v.key or "").startswith("commune_relations."))
        with_keys, forms = self._get_templates_with_keys(managed), []
        for view in managed:
            for form in etree.fromstring(view.arch).iter("form"):
                if form.get("method", "").lower() == "post":
                    calls = {call.get("t-call") for call in form.iter("t")}
                    forms.append((view.key, form.get("t-attf-action"), bool(calls & with_keys)))
        self.assertGreater(len(forms), 40)
        # The form of Odoo's own login page: it requests a link, and the last one alone is alive.
        bare = {key for key, _action, keyed in forms if not keyed}
        self.assertEqual(bare, {"commune_relations.account_link_dead"})

    def test_each_form_of_the_views_is_sent_at_once_or_has_its_reason(self):
        views = self.env["ir.ui.view"].search(
            [("type", "=", "qweb"), ("key", "=like", "commune\\_relations.%")]
        )
        held = set()
        for view in views:
            for form in etree.fromstring(view.arch).iter("form"):
                if not is_sent_at_once(form):
                    held.add(view.key)
        self.assertEqual(held, set(HELD))

    def test_what_unfolds_a_form_does_not_wait_for_the_program(self):
        views = self.env["ir.ui.view"].search(
            [("type", "=", "qweb"), ("key", "=like", "commune\\_relations.%")]
        )
        openers = [
            (view.key, " ".join(filter(None, map(opener.get, ("class", "t-attf-class")))))
            for view in views
            for opener in etree.fromstring(view.arch).iter("summary")
        ]
        buttons = [(key, names) for key, names in openers if "btn" in names.split()]
        self.assertGreater(len(buttons), 6)
        self.assertEqual([one for one in buttons if FREE not in one[1].split()], [])

    def _get_templates_with_keys(self, views):
        hidden = {"commune_relations.form_keys"}
        for view in views:
            tree = etree.fromstring(view.arch)
            if not list(tree.iter("form")) and "commune_relations.form_keys" in {
                call.get("t-call") for call in tree.iter("t")
            }:
                hidden.add(view.key)
        return hidden

    def test_each_route_that_takes_a_form_takes_it_once(self):
        bare = set()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            function = rule.endpoint.func
            managed = ".commune_relations." in function.__module__
            form = "POST" in (rule.methods or ()) and rule.endpoint.routing["type"] == "http"
            if managed and form and not _passes_once(function):
                bare.add(rule.rule)
        # Routes of Odoo that the addon only closes, redirects or rewords.
        own = {path for path in bare if path.startswith(("/my/", "/commune", "/session"))}
        # No print of a password is kept; a file sent before its form has a name of its own.
        others = {"/my/account", "/my/account/password", "/my/address/submit", "/my/uploads"}
        self.assertEqual(own - others, set())


def _passes_once(function):
    while function:
        if "post_once" in function.__qualname__ or "take" == function.__code__.co_name:
            return True
        function = getattr(function, "__wrapped__", None)
    return False


@tagged("post_install", "-at_install")
class TestFormRace(RaceCase):
    def test_a_post_that_comes_while_the_first_one_runs_waits_for_it(self):
        done = []

        def send(env):
            form, taken = env["commune.idempotency.key"]._take(KEY, "/my/course", [("a", "1")])
            if taken:
                form._settle("/my/done")
            done.append((taken, form.page, form.id))

        begun, errors = self._at_once(
            lambda env: env["commune.idempotency.key"].search([]), send, send
        )
        self.assertEqual(errors, [])
        [row] = {row for _taken, _page, row in done}
        self.rows = [("commune_idempotency_key", "commune.idempotency.key", [row])]
        self.assertEqual(
            {(taken, page) for taken, page, _row in done[-2:]},
            {(True, "/my/done"), (False, "/my/done")},
        )
        self.assertEqual(begun, 3)  # the second one was run again
