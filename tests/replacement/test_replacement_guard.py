"""A coordinator, or a program in the coordinator's name, never goes round the rules."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from .replacement_case import MONDAY, ReplacementCase


@tagged("post_install", "-at_install")
@freeze_time("2027-01-04 09:00:00")
class TestReplacementGuard(ReplacementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._request().with_user(cls.coordinator)
        cls.slot = cls.request.slot_ids[0]
        cls.slots = cls.env["commune.replacement.slot"].with_user(cls.coordinator)

    def _refused(self, record, values, words):
        # A client chooses the context that it sends.
        for context in ({}, {"replacement_drop": True, "replacement_keep_slots": True}):
            with self.subTest(values=values, context=context):
                with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                    record.with_context(**context).write(values)

    def test_an_agent_written_on_a_half_day_goes_through_the_rules(self):
        self.env["commune.exclusion"].create(
            {"employee_id": self.nadia.id, "commune_id": self.commune_a.id, "reason": "Famille"}
        )
        self._refused(self.slot, {"employee_id": self.nadia.id}, "exclusion")
        self.assertFalse(self.slot.employee_id)
        self.slot.write({"employee_id": self.karim.id})
        self.assertEqual((self.slot.state, self.slot.employee_id), ("held", self.karim))
        self.assertEqual(self.slot.proposal_id.state, "draft")
        self.assertEqual(self.slot.taken_by_id, self.coordinator)

    def test_a_colleague_who_is_not_of_the_pool_is_refused(self):
        colleague = self.env["hr.employee"].create({"name": "Collègue hors pool"})
        self._refused(self.slot, {"employee_id": colleague.id}, "Collègue hors pool")

    def test_the_step_of_a_half_day_is_not_written_by_hand(self):
        self._refused(self.slot, {"state": "filled"}, "Who can go")
        self._refused(self.slot, {"state": "held", "employee_id": self.nadia.id}, "Who can go")
        self._refused(self.slot, {"request_id": self._request().id}, "Who can go")
        mission = self._mission()
        self._refused(self.slot, {"mission_id": mission.id}, "Who can go")
        self._refused(
            mission.with_user(self.coordinator), {"slot_ids": [Command.link(self.slot.id)]}, "."
        )
        self.assertEqual(self.slot.state, "open")

    def _mission(self, agent=None):
        request = self._request()
        proposal = request._assign(agent or self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        return proposal.mission_id

    def test_the_days_of_a_mission_change_by_an_amendment(self):
        slot = self._mission().slot_ids[0].with_user(self.coordinator)
        self._refused(slot, {"date": "2027-01-13"}, "amendment")
        self._refused(slot, {"half_day": "pm"}, "amendment")
        self._refused(slot, {"employee_id": self.karim.id}, "amendment")
        self._refused(slot, {"employee_id": False}, "amendment")
        self.assertEqual((slot.date, slot.employee_id), (MONDAY, self.nadia))

    def test_a_drag_to_another_day_runs_the_rules_of_that_day(self):
        self.request._assign(self.nadia, self.slot)
        other = self._request(date_start="2027-01-13", date_end="2027-01-13", wed_am=True)
        other._assign(self.nadia, other.slot_ids)
        drag = {"start_datetime": "2027-01-13 07:30:00", "stop_datetime": "2027-01-13 11:00:00"}
        self._refused(self.slot, drag, "Nadia")
        self.assertEqual(self.slot.date, MONDAY)
        drag["start_datetime"] = "2027-01-14 07:30:00"
        self.slot.write(drag)
        self.assertEqual(str(self.slot.date), "2027-01-14")
        self.assertEqual(self.slot.employee_id, self.nadia)

    def test_a_drag_to_another_agent_leaves_the_first_proposal(self):
        first = self.request._assign(self.nadia, self.request.slot_ids)
        self.slot.write({"employee_id": self.karim.id})
        self.assertEqual(self.slot.employee_id, self.karim)
        self.assertEqual(len(first.slot_ids), 3)
        self.request.slot_ids.write({"employee_id": self.karim.id})
        self.assertEqual(first.state, "withdrawn")
        self.assertEqual(self.request.slot_ids.employee_id, self.karim)

    def test_a_calendar_by_commune_moves_days_not_communes(self):
        drag = {"start_datetime": "2027-01-14 07:30:00", "stop_datetime": "2027-01-14 11:00:00"}
        self._refused(self.slot, {**drag, "commune_id": self.commune_b.id}, "Who can go")
        self.slot.write({**drag, "commune_id": self.commune_a.id, "employee_id": False})
        self.assertEqual(str(self.slot.date), "2027-01-14")

    def test_what_an_agent_has_received_is_withdrawn_first(self):
        proposal = self.request._assign(self.nadia, self.slot)
        proposal.action_send_agent()
        self._refused(self.slot, {"employee_id": self.karim.id}, "Nadia F.")
        self._refused(self.slot, {"date": "2027-01-14"}, "withdraw")

    def test_a_half_day_is_added_to_fill_and_never_given_at_once(self):
        values = {"request_id": self.request.id, "date": "2027-01-15", "half_day": "pm"}
        for more in ({"employee_id": self.nadia.id}, {"state": "filled"}):
            with self.assertRaisesRegex(UserError, "Who can go"):
                self.slots.create({**values, **more})
        slot = self.slots.create(values)
        self.assertEqual((slot.state, slot.origin), ("open", "single"))
        done = self._mission().request_id
        with self.assertRaisesRegex(UserError, done.name):
            self.slots.create({**values, "request_id": done.id})

    def test_a_half_day_on_a_holiday_of_that_commune_is_refused(self):
        """Good Friday, 26 March 2027: a holiday in some communes of Moselle."""
        values = {"request_id": self.request.id, "date": "2027-03-26", "half_day": "am"}
        self.slots.create(values)
        self.commune_a.good_friday_church = "yes"
        with self.assertRaisesRegex(UserError, "Aubrive"):
            self.slots.create({**values, "half_day": "pm"})
        self._refused(self.slot, {"date": "2027-03-26", "half_day": "pm"}, "Aubrive")

    def test_a_client_cannot_delete_with_a_context(self):
        with self.assertRaises(UserError):
            self.request._assign(self.nadia, self.slot)
            self.slot.proposal_id.action_send_agent()
            self.request.slot_ids[1].with_context(replacement_drop=True).unlink()

    def test_a_client_cannot_begin_a_request_further_on_with_a_context(self):
        requests = self.env["commune.replacement.request"].with_user(self.coordinator)
        request = requests.with_context(
            default_state="closed", default_commune_id=self.commune_b.id
        ).create({"post": "Accueil", "date_start": MONDAY, "date_end": MONDAY, "mon_am": True})
        self.assertEqual((request.state, request.commune_id), ("draft", self.commune_b))

    def test_proposals_and_missions_are_written_by_their_steps(self):
        proposal = self.request._assign(self.nadia, self.slot)
        for values in (
            {"employee_id": self.karim.id},
            {"state": "accepted"},
            {"slot_ids": [Command.set(self.request.slot_ids.ids)]},
            {"request_id": self._request().id},
        ):
            self._refused(proposal, values, "written by hand")
        mission = self._mission(self.karim).with_user(self.coordinator)
        self._refused(mission, {"employee_id": self.nadia.id}, "written by hand")
        self._refused(mission, {"state": "done"}, "written by hand")
        mission.write({"workplace": "Mairie, 1er étage"})
        self._refused(mission.amendment_ids, {"days": []}, "written by hand")
        self._refused(self.request, {"state": "filled"}, "written by hand")
        self._refused(self.request, {"agreement_id": self.agreement.id}, "written by hand")
        for model in ("proposal", "mission", "amendment"):
            with self.assertRaises(AccessError):
                self.env[f"commune.replacement.{model}"].with_user(self.coordinator).create({})

    def test_the_commune_of_a_request_with_agents_does_not_change(self):
        self.request._assign(self.nadia, self.slot)
        self._refused(self.request, {"commune_id": self.commune_b.id}, self.request.name)

    def test_the_whole_way_with_the_rights_of_the_coordinator(self):
        proposal = self.request._assign(self.nadia, self.request.slot_ids)
        proposal.action_send_agent()
        proposal.action_agent_agrees()
        proposal.action_commune_agrees()
        mission = proposal.mission_id
        self.assertEqual(mission.slot_ids.mapped("state"), ["filled"] * 4)
        mission.action_confirm()
        week = {(0, "am"), (1, "am"), (2, "am")}
        version = mission._amend(week, MONDAY, self.request.date_end, "Mercredi aussi")
        self.assertEqual((version.number, version.half_day_count), (2, 6))
        version.action_sign()
        mission.action_start()
        mission._end_early(MONDAY, "commune", "Retour du titulaire")
        self.assertEqual((mission.state, mission.half_day_count), ("ended_early", 1))

    def test_a_reader_does_none_of_that(self):
        proposal = self.request._assign(self.nadia, self.request.slot_ids)
        for work in (
            proposal.with_user(self.reader).action_send_agent,
            proposal.with_user(self.reader).action_withdraw,
            proposal.with_user(self.reader).action_agent_agrees,
            self.request.with_user(self.reader).action_cancel,
        ):
            with self.assertRaises(AccessError):
                work()
        with self.assertRaises(AccessError):
            self.slot.with_user(self.reader).write({"date": "2027-01-14"})
        self.assertEqual(proposal.state, "draft")

    def test_single_dates_of_the_portal_leave_out_holidays_with_a_sentence(self):
        """1 January 2027 is a Friday and a holiday; the 8th is not."""
        request = self._request(
            submit=False, date_start="2027-01-01", date_end="2027-01-08", tue_am=False, mon_am=False
        )
        start, end = request.date_start, request.date_end
        request._add_single_dates([(start, True, True), (end, True, False)], start, end)
        self.assertEqual(self._days(request.slot_ids), [("2027-01-08", "am")])
        self.assertIn("Aubrive", request.left_out_text)
        self.assertIn("2027", request.left_out_text)
        self.assertEqual(request._get_days_off(), [start])

    def test_a_request_for_holidays_only_is_refused_with_the_days(self):
        request = self._request(submit=False, tue_am=False, mon_am=False)
        day = MONDAY.replace(day=1)
        with self.assertRaisesRegex(UserError, "Aubrive"):
            request._add_single_dates([(day, True, False)], day, day)
