"""Dispatch to the municipal councillors who do not sit (CGCT, L.5211-40-2)."""

import base64
import io

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestDispatch(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.council = cls._committee("Conseil (essai)", "council", secretary_id=cls.officer.id)
        cls._seat(cls.council, cls.mandate_a)
        cls.session = cls._session(cls.council, date_begin="2026-10-12 15:30:00")
        cls.session.write({"state": "held", "notice_date": "2026-10-01 09:00:00"})
        cls.councillors = cls._councillors(cls.commune_b, 3)

    @classmethod
    def _councillors(cls, commune, count, prefix="C"):
        people = cls.env["res.partner"].create(
            [
                {
                    "firstname": "Élu",
                    "lastname": f"{prefix}{number:03}",
                    "email": f"{prefix}{number}@mel.example".lower(),
                }
                for number in range(count)
            ]
        )
        cls.env["commune.mandate"].create(
            [cls._mandate_values(person, commune, "councillor") for person in people]
        )
        return people

    def _dispatch(self, kind="minutes", session=None):
        document = self.env["ir.attachment"].create(
            {"name": "pv.pdf", "datas": base64.b64encode(b"%PDF-1.4")}
        )
        return self.env["commune.dispatch"].create(
            {
                "session_id": (session or self.session).id,
                "kind": kind,
                "document_ids": [Command.link(document.id)],
            }
        )

    def _queued(self, dispatch):
        return dispatch.line_ids.filtered(lambda line: line.state == "queued")

    def test_those_who_sit_or_are_not_elected_receive_nothing(self):
        dispatch = self._dispatch()
        dispatch.action_send()
        self.assertEqual((dispatch.state, dispatch.sent_count), ("leaving", 0))
        written = dispatch.line_ids.partner_id
        # Sits: the mayor of A. Ended: the former deputy. Staff: the secretary of A and B.
        expected = self.councillors | self.portal_a_limited.partner_id | self.portal_b.partner_id
        self.assertEqual(written, expected)
        letter = self._letters(self.councillors[0])
        self.assertEqual(letter.attachment_ids, dispatch.document_ids)
        self._leave(self._waiting(dispatch.line_ids))
        self.assertEqual((dispatch.state, dispatch.sent_count), ("sent", 5))

    def test_the_opinions_of_the_mayors_go_to_all_councillors(self):
        """“L’ensemble des conseillers municipaux”: a councillor who sits in the assembly and the
        mayor who was at the conference receive them too."""
        dispatch = self._dispatch("opinion", self._conference())
        sits, left = self.councillors[0], self.councillors[1]
        self._mandate(sits, self.epci, "community_councillor")
        self._mandate(left, self.epci, "community_councillor", date_end="2026-09-01")
        dispatch.action_send()
        for person in (sits, left, self.mandate_a.partner_id):
            self.assertIn(person, dispatch.line_ids.partner_id)
        minutes = self._dispatch("minutes", dispatch.session_id)
        minutes.action_send()
        self.assertNotIn(sits, minutes.line_ids.partner_id)
        self.assertIn(left, minutes.line_ids.partner_id, "who sat once receives it again")

    def test_the_article_is_quoted_for_what_it_asks(self):
        committee = self._session(self.copil, date_begin="2026-10-14 15:30:00", item_ids=[])
        committee.write({"state": "held", "notice_date": "2026-10-01 09:00:00"})
        for session, kind, quoted in (
            (self.session, "minutes", True),
            (self._conference(), "opinion", True),
            (committee, "minutes", False),
        ):
            self._dispatch(kind, session).action_send()
            letter = self._letters(self.councillors[0]).sorted("id")[-1]
            self.assertEqual("5211-40-2" in letter.body_html, quoted, session.display_name)

    def _conference(self):
        mayors = self._committee("Conférence (essai)", "mayors", secretary_id=self.officer.id)
        self._seat(mayors, self.mandate_a)
        session = self._session(mayors, date_begin="2026-10-13 15:30:00", item_ids=[])
        session.write({"state": "held", "notice_date": "2026-10-01 09:00:00"})
        return session

    def test_the_log_says_commune_by_commune_what_is_left_to_the_town_hall(self):
        self.councillors[0].email = False
        dispatch = self._dispatch()
        dispatch.action_send()
        self._leave(self._waiting(dispatch.line_ids))
        # Aubrive: one sent. Bellefontaine: three councillors, of whom one without an address, and
        # its mayor.
        self.assertEqual(
            dispatch._get_commune_rows(), [["Aubrive", 1, 1, 0, 0], ["Bellefontaine", 4, 3, 1, 0]]
        )
        report = self.env["report.commune_relations.dispatch_xlsx"]
        content, _kind = report.create_xlsx_report(dispatch.ids, {})
        second = load_workbook(io.BytesIO(content)).worksheets[1]
        self.assertEqual([cell.value for cell in second[2]][:5], ["Aubrive", 1, 1, 0, 0])

    def test_missing_addresses_are_listed_by_commune_and_sent_once_mended(self):
        self.councillors[0].email = False
        dispatch = self._dispatch()
        dispatch.action_send()
        self._leave(self._waiting(dispatch.line_ids))
        self.assertEqual((dispatch.sent_count, dispatch.missing_count), (4, 1))
        action = dispatch.action_open_missing()
        lines = self.env["commune.dispatch.line"].search(action["domain"])
        missing = lines.filtered(lambda line: line.state == "missing")
        self.assertEqual(missing.partner_id, self.councillors[0])
        self.assertEqual(missing.commune_id, self.commune_b)
        dispatch.action_send_again()
        self.assertEqual(dispatch.missing_count, 1)
        self.councillors[0].email = "nouvelle@mel.example"
        dispatch.action_send_again()
        again = self._waiting(dispatch.line_ids)
        self.assertEqual(again.recipient_ids, self.councillors[0])
        self._leave(again)
        self.assertEqual((dispatch.sent_count, dispatch.missing_count), (5, 0))

    def test_a_letter_that_comes_back_is_not_received(self):
        dispatch = self._dispatch()
        dispatch.action_send()
        self._leave(self._waiting(dispatch.line_ids))
        line = dispatch.line_ids.filtered(lambda li: li.partner_id == self.councillors[0])
        line._message_receive_bounce(line.email, line.partner_id)
        self.assertEqual(
            (line.state, dispatch.bounced_count, dispatch.sent_count), ("bounced", 1, 4)
        )
        line.partner_id.email = "autre@mel.example"
        dispatch.action_send_again()
        self.assertEqual((line.state, line.email), ("queued", "autre@mel.example"))
        self._leave(self._waiting(dispatch.line_ids))
        self.assertEqual((line.state, dispatch.bounced_count), ("sent", 0))

    def test_sending_twice_writes_once(self):
        dispatch = self._dispatch()
        dispatch.action_send()
        dispatch.action_send()
        self.assertEqual(len(self._letters(self.councillors[0])), 1)

    def test_a_person_of_two_communes_receives_it_once(self):
        self._mandate(self.councillors[0], self.commune_a, "councillor")
        dispatch = self._dispatch()
        dispatch.action_send()
        lines = dispatch.line_ids.filtered(lambda li: li.partner_id == self.councillors[0])
        self.assertEqual(len(lines), 1)

    def test_nothing_leaves_without_a_document_nor_from_a_commune(self):
        dispatch = self.env["commune.dispatch"].create({"session_id": self.session.id})
        with self.assertRaises(UserError):
            dispatch.action_send()
        own = self._committee("Conseil municipal", "council", place_id=self.commune_a.id)
        session = self._session(own)
        with self.assertRaises(UserError):
            self._dispatch(session=session).action_send()

    def test_an_opt_out_does_not_hold_it_back(self):
        self.env["mail.blacklist"]._add(self.councillors[0].email)
        self._dispatch().action_send()
        self.assertEqual(self._letters(self.councillors[0]).state, "outgoing")

    def test_the_secretary_is_notified_a_week_before_the_month_is_over(self):
        sessions = self.env["commune.session"]
        # A month after 12 October: 12 November; a week before: 5 November.
        with freeze_time("2026-11-04 06:00:00"):
            self._dispatch("notice").action_send()
            sessions._remind_dispatches()
            self.assertFalse(self.session.activity_ids)
        with freeze_time("2026-11-05 06:00:00"):
            sessions._remind_dispatches()
            sessions._remind_dispatches()
        # List of deliberations, minutes.
        self.assertEqual(len(self.session.activity_ids), 2)
        self.assertEqual(
            set(self.session.activity_ids.mapped("date_deadline")), {self._dispatch().deadline}
        )
        self.assertEqual(str(self.session.dispatch_ids[-1:].deadline), "2026-11-12")

    def _deadline(self, kind, begin, **values):
        """The last day of a document of a sitting of the council, as text."""
        session = self._session(self.council, date_begin=begin)
        session.write({"state": "held", "notice_date": "2025-01-05 09:00:00", **values})
        return str(session._get_dispatch_deadline(kind))

    def test_a_month_goes_from_a_day_to_the_same_day(self):
        for begin, last in [
            ("2027-01-30 17:00:00", "2027-02-28"),
            ("2028-01-31 17:00:00", "2028-02-29"),
            ("2027-02-28 17:00:00", "2027-03-28"),
            ("2027-04-30 17:00:00", "2027-05-30"),
        ]:
            self.assertEqual(self._deadline("deliberations", begin), last)

    def test_minutes_have_a_month_from_the_sitting_that_adopts_them(self):
        begin = "2027-01-30 17:00:00"
        self.assertEqual(self._deadline("minutes", begin), "2027-02-28")
        adopted = {"minutes_approved_date": "2027-03-05"}
        self.assertEqual(self._deadline("minutes", "2027-01-30 18:00:00", **adopted), "2027-04-05")
        self.assertEqual(
            self._deadline("deliberations", "2027-01-30 19:00:00", **adopted), "2027-02-28"
        )

    def test_an_organisation_may_be_quicker_than_the_law_never_slower(self):
        self.council.dispatch_days = 15
        self.assertEqual(self._deadline("minutes", "2027-01-30 17:00:00"), "2027-02-14")
        self.council.dispatch_days = 45
        self.assertEqual(self._deadline("minutes", "2027-01-30 18:00:00"), "2027-02-28")

    def test_the_budget_report_goes_with_the_notice_the_activity_report_by_30_september(self):
        """Five clear days before Friday 5 February 2027: Saturday 30 January."""
        begin = "2027-02-05 17:00:00"
        session = self._session(self.council, date_begin=begin)
        self.assertEqual(str(session._get_dispatch_deadline("budget")), "2027-01-30")
        self.assertEqual(str(session._get_dispatch_deadline("activity")), "2027-09-30")

    def test_the_activity_report_is_recalled_once_in_september(self):
        sessions = self.env["commune.session"]
        session = self._session(self.council, date_begin="2027-03-01 17:00:00")
        self._session(self.council, date_begin="2027-09-06 17:00:00")
        every = sessions.search([("committee_id", "=", self.council.id)])
        every.state = "convened"

        def recalled():
            kind = self.env.ref("commune_relations.mail_activity_type_dispatch_activity")
            return every.activity_ids.filtered(lambda a: a.activity_type_id == kind)

        for day in ("2027-08-30", "2027-10-01"):
            with freeze_time(f"{day} 06:00:00"):
                sessions._remind_dispatches()
            self.assertFalse(recalled())
        for day in ("2027-08-31", "2027-09-07"):
            with freeze_time(f"{day} 06:00:00"):
                sessions._remind_dispatches()
            self.assertEqual(recalled().res_id, session.id)
            self.assertEqual(str(recalled().date_deadline), "2027-09-30")
        with freeze_time("2027-09-08 06:00:00"):
            self._dispatch("activity", every.sorted("date")[-1]).action_send()
            self.assertFalse(recalled())
            sessions._remind_dispatches()
        self.assertFalse(recalled())

    def test_sending_closes_what_was_recalled(self):
        with freeze_time("2026-11-05 06:00:00"):
            self.env["commune.session"]._remind_dispatches()
        self.assertEqual(len(self.session.activity_ids), 3)
        self._dispatch().with_user(self.officer).action_send()
        self.assertEqual(len(self.session.activity_ids), 2)

    def test_eight_hundred_and_seventy_councillors_are_written_to_by_batches(self):
        few, many = self._dispatch(), self._dispatch("notice")
        counts = []
        for dispatch, number in ((few, 2), (many, 863)):
            self._councillors(self.commune_b, number, prefix=f"D{number}x")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            dispatch.action_send()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        written = (len(self._queued(few)), len(self._queued(many)))
        self.assertEqual(written, (7, 870))
        # Odoo makes the letters by batches of fifty: eighteen of them, a few queries each.
        self.assertLess(counts[1], counts[0] + 18 * 8)

    def test_the_log_is_a_workbook_by_commune(self):
        self.councillors[0].email = False
        dispatch = self._dispatch()
        dispatch.action_send()
        rows = dispatch._get_log_rows()
        self.assertEqual([row[0] for row in rows], ["Aubrive"] + ["Bellefontaine"] * 4)
        self.assertEqual(rows[0][1], "Luc ARNAUD")
        report = self.env["report.commune_relations.dispatch_xlsx"]
        content, kind = report.create_xlsx_report(dispatch.ids, {})
        self.assertEqual((kind, content[:2]), ("xlsx", b"PK"))
