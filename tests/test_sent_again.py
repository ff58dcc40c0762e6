"""Actions of the portal that are accepted, then sent again: the second tap changes nothing."""

from lxml import html

from odoo import http
from odoo.tests import HttpCase, tagged

from .attack_case import VersionCase
from .committees.committee_case import CommitteeCase
from .common import CommuneCase
from .replacement.hours_case import HoursCase
from .replacement.replacement_case import MONDAY
from .requests.portal_request_case import PortalRequestCase
from .services.service_case import make_agreement, make_offer, make_service
from .test_sent_forms import fill


class AgainCase(VersionCase, HttpCase):
    def _send_twice(self, page, goal, user=None, **values):
        """Send the form of a page that goes to `goal`, then the same again, without having seen
        the answer; returns what is to be checked of the first one."""
        self.authenticate(user and user.login, user and user.login)
        tree = html.fromstring(self.url_open(page).text)
        form = next(f for f in tree.iter("form") if (f.get("action") or page).endswith(goal))
        sent = {**dict(fill(form, self.today)), **values}
        path = form.get("action") or page
        first = self.url_open(path, data=sent, allow_redirects=False)
        self.assertEqual(first.status_code // 100, 3, path)
        before = self._get_versions()
        for _tap in range(2):
            again = self.url_open(path, data=sent, allow_redirects=False)
            self.assertEqual(again.status_code, 303, path)
            self.assertEqual(self._get_changed(before), [], path)
        self.env.invalidate_all()
        return first.headers["Location"], again.headers["Location"]


@tagged("post_install", "-at_install")
class TestReplacementAgain(AgainCase, HoursCase):
    def test_a_week_that_the_agent_sends(self):
        mission = self._mission()
        page = f"/my/missions/{mission.id}/hours/{MONDAY}"
        first, again = self._send_twice(
            page,
            page,
            self.agent_user,
            action="submit",
            **dict.fromkeys(("extra_date", "extra_half", "extra_start", "extra_end"), ""),
        )
        self.assertTrue(first.endswith(again))
        sheet = self.sheets.search([("mission_id", "=", mission.id)])
        self.assertEqual((sheet.state, len(sheet.line_ids)), ("submitted", 2))

    def test_a_week_that_the_commune_answers(self):
        sheet = self._sheet()
        page = f"/my/replacement-hours/{sheet.id}"
        answers = {f"line_{line.id}": "ok" for line in sheet.line_ids}
        first, again = self._send_twice(
            page, page, self.portal_a, sign_name="Anne AUBRY", confirmed="1", **answers
        )
        self.assertTrue(first.endswith(again))
        self.assertEqual((sheet.state, sheet.sign_name), ("validated", "Anne AUBRY"))

    def test_a_proposal_that_the_agent_then_the_commune_accepts(self):
        demand = self._request(requester_id=self.portal_a.partner_id.id)
        self.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        proposal = demand._assign(self.nadia, demand.slot_ids)
        proposal.action_send_agent()
        for side, state in (("agent", "sent_commune"), ("commune", "accepted")):
            page = f"/replacement-proposal/{proposal.sudo()[f'{side}_token']}"
            first, again = self._send_twice(page, "/answer", answer="yes")
            self.assertTrue(first.endswith(again))
            self.assertEqual(proposal.state, state)
        self.assertEqual(len(proposal.mission_id), 1)


@tagged("post_install", "-at_install")
class TestCommitteeAgain(AgainCase, CommitteeCase):
    def _ask(self):
        session = self._session(days=80)
        session.action_ask_approval()
        return session, f"/session-agenda/{session.agenda_token}"

    def test_an_agenda_that_the_chair_approves(self):
        session, page = self._ask()
        first, again = self._send_twice(page, "/answer", answer="approve", reason="")
        self.assertTrue(first.endswith(again))
        self.assertEqual(session.state, "agenda")

    def test_an_agenda_that_the_chair_sends_back(self):
        session, page = self._ask()
        self._send_twice(page, "/answer", answer="change", reason="Ajouter l’eau")
        notes = [note for note in session.activity_ids.mapped("note") if "eau" in (note or "")]
        self.assertEqual((session.state, len(notes)), ("draft", 1))


@tagged("post_install", "-at_install")
class TestOpinionAgain(AgainCase, PortalRequestCase):
    def test_an_opinion_on_an_answer(self):
        answer = self.env["commune.published.answer"].create(
            {
                "question": "Qui répare un nid de poule ?",
                "answer": "<p>Le pôle voirie, sous trois jours.</p>",
                "topic_id": self.road_topic.id,
            }
        )
        answer.action_publish()
        page = "/my/orient?q=Un+nid+de+poule+rue+de+la+Gare"
        first, again = self._send_twice(page, "/opinion", self.portal_a, useful="yes")
        self.assertTrue(first.endswith(again))
        self.assertEqual((answer.useful_count, answer.useless_count), (1, 0))


@tagged("post_install", "-at_install")
class TestScreensAgain(VersionCase, CommuneCase, HttpCase):
    """What a screen sends by itself carries no key: the state of the record is the key."""

    def _call(self, path, **params):
        answer = self.url_open(path, json={"jsonrpc": "2.0", "method": "call", "params": params})
        return answer.json()["result"]

    def test_a_signature(self):
        offer = make_offer(self, make_service(self), kind="free")
        agreement = make_agreement(self, self.commune_a, offer)
        agreement.with_context(force_report_rendering=True).action_deliberate()
        self.authenticate("test_mayor_a", "test_mayor_a")
        path = f"/my/agreements/{agreement.id}/sign"
        sent = {"sign_name": "anne aubry", "read": agreement.document_sha256, "confirmed": "1"}

        def sign():
            token = http.Request.csrf_token(self)
            return self.url_open(path, data={**sent, "csrf_token": token}, allow_redirects=False)

        first = sign()
        self.assertEqual(first.status_code, 303)
        before = self._get_versions()
        # The answer was lost on the way: the mayor reads the same, not that it was refused.
        self.assertEqual(sign().headers["Location"], first.headers["Location"])
        self.assertEqual(self._get_changed(before), [])
        self.env.invalidate_all()
        self.assertEqual(agreement.sign_name, "Anne AUBRY")
        self.authenticate("test_secretary_ab", "test_secretary_ab")
        self.assertEqual(sign().status_code, 422)
        self.assertEqual(self._get_changed(before), [])

    def test_an_orientation(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        before = self._get_versions()
        asked = {"question": "Un nid de poule", "commune_id": self.commune_a.id}
        first, again = (self._call("/my/requests/orient", **asked) for _tap in range(2))
        self.assertEqual(first, again)
        self.assertEqual(self._get_changed(before), [])
