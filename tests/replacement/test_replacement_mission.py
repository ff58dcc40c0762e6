from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..core.pdf_reading import Pdf
from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementMission(ReplacementCase):
    def _mission(self, **values):
        """Nadia in Aubrive: Mondays and Tuesdays in the morning, 11 to 19 January: 4 half-days."""
        request = self._request(**values)
        proposal = request._assign(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        return proposal.mission_id

    def test_both_sides_agree_and_the_mission_is_version_one(self):
        """M9: the steps and their times are stored."""
        mission = self._mission(software=["JVS"])
        proposal = mission.proposal_id
        self.assertEqual(proposal.state, "accepted")
        self.assertTrue(proposal.answer_agent_date and proposal.answer_commune_date)
        self.assertEqual(mission.request_id.state, "filled")
        self.assertEqual((mission.half_day_count, mission.version), (4, 1))
        self.assertEqual(mission.access_ids.mapped("name"), ["JVS-Mairistem"])
        self.assertEqual(mission.agreement_id, self.agreement)

    def test_a_change_of_days_makes_version_two(self):
        """M11: from 18 January also Friday, until the 29th; what comes before does not change."""
        mission = self._mission()
        week = {(0, "am"), (1, "am"), (4, "pm")}
        version = mission._amend(week, date(2027, 1, 18), date(2027, 1, 29), "Paie de janvier")
        self.assertEqual((version.number, version.half_day_count), (2, 8))
        self.assertEqual(
            self._days(mission.slot_ids),
            [
                ("2027-01-11", "am"),
                ("2027-01-12", "am"),
                ("2027-01-18", "am"),
                ("2027-01-19", "am"),
                ("2027-01-22", "pm"),
                ("2027-01-25", "am"),
                ("2027-01-26", "am"),
                ("2027-01-29", "pm"),
            ],
        )
        self.assertEqual(mission.amendment_ids[0].half_day_count, 4)
        self.assertIn("22/01/2027", version.change_text)
        self.assertEqual(mission.request_id.state, "filled")

    def test_one_half_day_of_a_mission_moves_and_the_others_stay(self):
        """E6: Tuesday 12 moves to Wednesday 13 in the afternoon; Tuesday 19 is cancelled."""
        mission = self._mission()
        tuesdays = mission.slot_ids.filtered(lambda s: s.date.weekday() == 1).sorted("date")
        wizard = self.env["commune.replacement.mission.change"].with_user(self.coordinator)
        for slot, values in (
            (tuesdays[0], {"new_date": "2027-01-13", "new_half_day": "pm", "by": "commune"}),
            (tuesdays[1], {"by": "agent"}),
        ):
            wizard.create(
                {
                    "mission_id": mission.id,
                    "kind": "one",
                    "slot_id": slot.id,
                    "reason": "Conseil municipal",
                    **values,
                }
            ).action_change()
        self.assertEqual(
            self._days(mission._get_live_slots()),
            [("2027-01-11", "am"), ("2027-01-13", "pm"), ("2027-01-18", "am")],
        )
        self.assertEqual((mission.version, mission.half_day_count), (3, 3))
        self.assertEqual(tuesdays.mapped("cancelled_by"), ["commune", "agent"])
        self.assertIn("13/01/2027", mission.amendment_ids[1].change_text)

    def test_one_half_day_does_not_move_to_a_holiday_nor_where_the_agent_is_taken(self):
        mission = self._mission()
        first = mission.slot_ids[0]
        with self.assertRaisesRegex(UserError, "Aubrive"), self.env.cr.savepoint():
            mission._change_one(first, (date(2027, 3, 29), "am"), "commune", "x")
        other = self._request(date_start="2027-01-25", date_end="2027-01-25")
        other._assign(self.nadia, other.slot_ids)
        with self.assertRaisesRegex(UserError, other.name):
            mission._change_one(first, (date(2027, 1, 25), "am"), "commune", "x")

    def test_a_longer_mission_is_refused_where_the_agent_is_taken(self):
        mission = self._mission()
        other = self._request(
            date_start="2027-01-25", date_end="2027-01-25", tue_am=False, mon_am=True
        )
        other._assign(self.nadia, other.slot_ids)
        with self.assertRaisesRegex(UserError, other.name):
            mission._amend({(0, "am")}, date(2027, 1, 25), date(2027, 1, 29), "Prolongation")

    def test_an_early_end_keeps_what_was_done_and_who_wanted_it(self):
        mission = self._mission()
        mission._end_early(date(2027, 1, 12), "commune", "Retour du titulaire")
        self.assertEqual(mission.state, "ended_early")
        done = mission.slot_ids.filtered(lambda s: s.state == "filled")
        gone = mission.slot_ids.filtered(lambda s: s.state == "cancelled")
        self.assertEqual(self._days(done), [("2027-01-11", "am"), ("2027-01-12", "am")])
        self.assertEqual(set(gone.mapped("cancelled_by")), {"commune"})
        self.assertEqual(gone.employee_id, self.nadia)
        self.assertEqual(mission.amendment_ids[-1].kind, "early_end")

    def test_a_mission_that_has_started_is_ended_not_cancelled(self):
        mission = self._mission()
        mission._set({"state": "running"})
        with self.assertRaisesRegex(UserError, "end it early"):
            mission._cancel("commune", "Plus de besoin")
        self.assertEqual(set(mission.slot_ids.mapped("state")), {"filled"})

    def test_a_cancelled_mission_frees_the_agent(self):
        mission = self._mission()
        mission._cancel("commune", "Plus de besoin")
        self.assertEqual(mission.state, "cancelled")
        other = self._request()
        other._assign(self.nadia, other.slot_ids)
        self.assertEqual(other.filled_count, 4)

    def test_a_signed_version_is_frozen(self):
        version = self._mission().amendment_ids
        version.action_sign()
        self.assertEqual(len(version.signed_hash), 64)
        with self.assertRaises(UserError):
            version.write({"reason": "Autre"})

    def test_the_mission_ends_once_the_handover_is_complete(self):
        """M13 and E9: the exit list and the accesses."""
        mission = self._mission(software=["JVS"])
        with self.assertRaisesRegex(UserError, "JVS"):
            mission.action_confirm()
        mission.access_ids.state = "open"
        mission.action_confirm()
        mission.action_start()
        with self.assertRaises(UserError):
            mission.action_finish()
        mission.exit_ids.is_done = True
        with self.assertRaisesRegex(UserError, "JVS"):
            mission.action_finish()
        mission.access_ids.state = "closed"
        mission.action_finish()
        self.assertEqual(mission.state, "done")
        self.assertEqual(mission.exit_ids[0].done_by_id, self.env.user)

    def test_a_first_version_is_an_agreement_without_motive(self):
        mission = self._mission()
        document = self.env["report.commune_relations.mission_amendment"]
        version = mission.amendment_ids
        self.assertTrue(version.reason)
        values = document._get_report_values(version.ids)
        self.assertIn(self.epci.name, values["lead"])
        self.assertNotIn("first version", values["lead"])
        html = str(self.env["ir.qweb"]._render("commune_relations.mission_amendment", values))
        self.assertNotIn(version.reason, html)

    def test_a_mission_of_one_day_says_that_day_once(self):
        document = self.env["report.commune_relations.mission_entry"]
        mission = self._mission()
        self.assertRegex(document._get_report_values(mission.ids)["period"], "^from .* until ")
        mission.slot_ids.sorted("date")[1:].filtered(
            lambda slot: slot.date != mission.date_start
        ).mission_id = False
        mission.invalidate_recordset()
        self.assertEqual(mission.date_start, mission.date_end)
        day = self.env["commune.letter"]._format_date(mission.date_start)
        self.assertEqual(document._get_report_values(mission.ids)["period"], day)

    def test_the_entry_sheet_says_when_to_come_and_whom_to_call(self):
        self.epci.phone = "03 87 20 00 00"
        mission = self._mission()
        values = self.env["report.commune_relations.mission_entry"]._get_report_values(mission.ids)
        html = str(self.env["ir.qweb"]._render("commune_relations.mission_entry", values))
        for slot in mission.slot_ids:
            self.assertIn(self.env["commune.letter"]._format_date(slot.date), html)
            self.assertIn(slot._format_hours(), html)
        self.assertIn("03 87 20 00 00".replace(" ", "\N{NO-BREAK SPACE}"), html)

    def test_documents_bear_the_legal_name(self):
        self.epci.brand_name = "Les Deux Rives"
        mission = self._mission()
        for key in ("mission_order", "mission_entry", "mission_exit", "mission_amendment"):
            record = mission.amendment_ids if key == "mission_amendment" else mission
            with self.subTest(key=key):
                report = self.env.ref(f"commune_relations.{key}_report")
                content, kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(
                    report.report_name, record.ids
                )
                text = Pdf(content).text
                self.assertEqual(kind, "pdf")
                for word in (self.epci.name, "Nadia F.", "Aubrive"):
                    self.assertIn(word, text)
