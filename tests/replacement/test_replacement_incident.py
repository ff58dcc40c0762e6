"""Cases: the steps, their limits, the evaluation that closes them, the end of what is kept."""

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .incident_case import SECRET, IncidentCase
from .test_replacement_evaluation import AGENT, COMMUNE


@tagged("post_install", "-at_install")
class TestReplacementIncident(IncidentCase):
    def _close(self, case):
        case.action_acknowledge()
        case.action_separate()
        case.action_plan()
        case.action_followup()
        case.write({"closing_result": "solved", "closing_note": "Tâches écrites à deux"})
        case.action_close()

    def test_from_the_report_to_the_end_each_step_is_on_the_timeline(self):
        case = self._open_case()
        self._close(case)
        self.assertEqual(case.step, "closed")
        steps = case.event_ids.filtered(lambda line: line.kind == "step").sorted("id")
        labels = dict(case._fields["step"]._description_selection(self.env))
        expected = ("reported", "acknowledged", "separate", "plan", "followup", "closed")
        self.assertEqual(steps.mapped("text"), [labels[step] for step in expected])
        self.assertEqual(steps.user_id, self.coordinator)
        interviews = case.event_ids.filtered(lambda line: line.kind == "interview").sorted("id")
        self.assertEqual(len(interviews), 2)
        self.assertIn("1er février 2027", interviews[0].text)
        self.assertIn(self.portal_a.partner_id.name, interviews[0].text)

    def test_a_step_is_not_jumped_over_nor_written_by_hand(self):
        case = self._open_case()
        with self.assertRaises(UserError):
            case.action_mediation()
        case.action_acknowledge()
        with self.assertRaises(UserError):
            case.action_close()
        with self.assertRaises(UserError):
            case.write({"step": "closed"})
        with self.assertRaises(UserError):
            case.event_ids[:1].with_user(self.manager).sudo(False).write({"text": "Autre"})

    def test_closing_without_evaluation_is_refused_in_words_and_by_postgresql(self):
        case = self._open_case()
        case.action_acknowledge()
        case.action_plan()
        with self.assertRaisesRegex(UserError, "evaluation|évaluation"):
            case.action_close()
        case.closing_result = "solved"
        with self.assertRaises(UserError):
            case.action_close()
        values = {"step": "closed", "closed_date": "2027-02-01", "closing_note": "  "}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            with self.env.cr.savepoint():
                case.sudo().write(values)
                self.env.flush_all()

    def test_a_case_reopened_is_counted(self):
        case = self._open_case()
        self._close(case)
        case.action_reopen()
        self.assertEqual(
            (case.step, case.reopen_count, case.closing_result), ("acknowledged", 1, False)
        )

    def test_the_time_runs_in_working_hours(self):
        """35 hours from Friday 8 January, 16:00, with 3.5 hours each half-day: 1.5 h that
        Friday until 17:30, 28 h from Monday to Thursday, 5.5 h on Friday 15."""
        company = self.env.company
        friday = fields.Datetime.to_datetime("2027-01-08 15:00:00")  # 16:00 in Metz
        start, end = company._get_half_day_hours("pm", friday.date())
        morning = company._get_half_day_hours("am", friday.date())
        day = (end - start) + (morning[1] - morning[0])
        found = company._get_incident_due(friday, "2")
        left = 35 - max(end - 16, 0)
        whole, rest = divmod(left, day)
        self.assertEqual(found.date().isoformat(), "2027-01-15")
        self.assertEqual(whole, 4)
        self.assertTrue(rest > 0)
        self.assertEqual(
            company._get_acknowledge_due(friday), fields.Datetime.to_datetime("2027-01-09 15:00:00")
        )

    def test_a_late_case_is_found(self):
        case = self._open_case()
        self.assertFalse(self.cases.search([("is_late", "=", True)]) & case)
        with freeze_time("2099-01-01"):
            self.assertTrue(case.is_late)
        case.sudo().write({"acknowledge_due": "2020-01-01"})
        self.assertTrue(self.cases.search([("is_late", "=", True)]) & case)

    def test_the_handler_of_a_late_incident_is_notified_once_of_each_limit(self):
        """Reported on Monday 11 January, 09:00: 24 hours, then 35 working hours."""
        Mails = self.env["mail.mail"]
        with freeze_time("2027-01-11 08:00:00"):
            case = self._open_case()
            case.user_id = self.coordinator
        counts = []
        for moment in ("12 07:59", "12 09:00", "12 10:00", "18 20:00", "19 20:00"):
            before = Mails.search([])
            with freeze_time(f"2027-01-{moment}:00"):
                self.cases._cron_remind_late()
            mails = (Mails.search([]) - before).filtered(lambda one: one.model == case._name)
            counts.append(len(mails))
            for mail in mails:
                self.assertEqual(mail.recipient_ids, self.coordinator.partner_id)
                for word in (SECRET, "Nadia", "Aubrive", case.name):
                    self.assertNotIn(word, f"{mail.subject} {mail.body_html}")
        self.assertEqual(counts, [0, 1, 0, 1, 0])

    def test_a_late_incident_without_a_handler_is_notified_to_a_manager(self):
        case = self._open_case()
        case.user_id = False
        case.sudo().reported_date = "2020-01-01"
        before = self.env["mail.mail"].search([])
        self.cases._cron_remind_late()
        mails = (self.env["mail.mail"].search([]) - before).filtered(
            lambda one: (one.model, one.res_id) == (case._name, case.id)
        )
        self.assertEqual(mails.recipient_ids, self.manager.partner_id)

    def test_an_urgent_case_is_late_before_a_day_has_passed(self):
        """Four working hours from Monday, 09:00: over in the evening, found as it is shown."""
        with freeze_time("2027-01-11 08:00:00"):
            case = self._open_case(severity="4")
        with freeze_time("2027-01-11 20:00:00"):
            self.env.invalidate_all()
            self.assertTrue(case.is_late)
            self.assertIn(case, self.cases.search([("is_late", "=", True)]))

    def test_a_case_of_a_mission_names_both_as_the_form_does(self):
        mission = self._mission()
        context = {"default_mission_id": mission.id, "default_source": "hours"}
        form = Form(self.cases.with_user(self.coordinator).with_context(**context))
        form.kind = "hours"
        self.assertEqual((form.commune_id, form.employee_id), (self.commune_a, self.nadia))
        case = form.save()
        self.assertEqual((case.commune_id, case.source), (self.commune_a, "hours"))

    def test_evidence_is_read_by_who_reads_the_incident_and_goes_with_it(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.coordinator)
            .create({"name": "preuve.txt", "raw": b"x", "res_model": self.cases._name})
        )
        with freeze_time("2027-02-01 10:00:00"):
            case = self._open_case(evidence_ids=file.ids)
            self._close(case)
        self.assertEqual(case.with_user(self.employee).evidence_ids.raw, b"x")
        for who in ("officer", "portal_a", "agent_user"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                file.with_user(getattr(self, who)).read(["name"])
        with freeze_time("2032-02-02 10:00:00"):
            self.cases._cron_anonymise()
        self.assertFalse(file.sudo().exists())

    def test_harassment_is_urgent_whatever_was_chosen(self):
        self.assertEqual(self._open_case(kind="harassment", severity="1").severity, "4")
        case = self._open_case(kind="tension", severity="1")
        case.kind = "safety"
        self.assertEqual(case.severity, "4")

    def test_not_again_opens_one_incident_and_notifies_its_handler_of_nothing(self):
        mission = self._mission(requester_id=self.portal_a.partner_id.id)
        mission.sudo().user_id = self.coordinator
        mission._ask_evaluations("end")
        commune = mission.evaluation_ids.filtered(lambda one: one.side == "commune")
        before = self.env["mail.mail"].search([])
        commune._answer({**COMMUNE, "again": "no"}, f"Parce que {SECRET}")
        case = self.cases.search([("evaluation_id", "=", commune.id)])
        self.assertEqual((case.kind, case.source, case.step), ("again", "evaluation", "reported"))
        self.assertEqual(case.user_id, self.coordinator)
        self.assertEqual(
            {(p.role, p.partner_id) for p in case.party_ids},
            {("reporter", self.portal_a.partner_id), ("concerned", self.agent_user.partner_id)},
        )
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.recipient_ids, self.coordinator.partner_id)
        for text in (mail.subject, mail.body_html):
            for word in (SECRET, "Nadia", "Aubrive", case.name):
                self.assertNotIn(word, text)
        agent = mission.evaluation_ids - commune
        agent._answer(AGENT)
        self.assertEqual(len(self.cases.search([("mission_id", "=", mission.id)])), 1)

    def test_anonymised_five_years_after_the_end(self):
        with freeze_time("2027-02-01 10:00:00"):
            case = self._open_case()
            self._close(case)
        with freeze_time("2032-01-31 10:00:00"):
            self.cases._cron_anonymise()
            self.assertFalse(case.anonymised_date)
        with freeze_time("2032-02-02 10:00:00"):
            self.cases._cron_anonymise()
        self.env.flush_all()
        self.assertTrue(case.anonymised_date)
        self.env.cr.execute(
            "SELECT row_to_json(c)::text FROM commune_replacement_incident c WHERE id = %s",
            [case.id],
        )
        kept = self.env.cr.fetchone()[0]
        self.assertNotIn("phyrin", kept)
        for name in ("commune_id", "employee_id", "user_id", "create_uid", "facts"):
            self.assertIn(f'"{name}":null', kept)
        self.assertEqual((case.kind, case.step), ("disagreement", "closed"))
        for model in ("party", "interview"):
            self.assertFalse(
                self.env[f"commune.replacement.incident.{model}"].search(
                    [("incident_id", "=", case.id)]
                )
            )
        self.assertFalse(case.event_ids.user_id)
        with self.assertRaises(UserError):
            case.with_user(self.coordinator).action_reopen()

    def test_each_opening_is_noted_for_the_manager(self):
        case = self._open_case()
        openings = self.env["commune.replacement.incident.access"]
        openings.search([])
        self.env.cr.execute("DELETE FROM commune_replacement_incident_access")
        case.with_user(self.coordinator).read(["name", "step"])
        self.assertFalse(openings.search([]))
        for _turn in range(2):
            case.with_user(self.coordinator).web_read({"facts": {}})
        case.with_user(self.employee).read(["facts"])
        self.assertEqual(openings.search([]).mapped("user_id"), self.employee | self.coordinator)
        self.assertEqual(len(openings.search([])), 2)
        self.assertEqual(len(openings.with_user(self.manager).search([])), 2)
        for who in ("coordinator", "employee", "officer", "portal_a"):
            with self.assertRaises(AccessError):
                openings.with_user(getattr(self, who)).search([])
        with self.assertRaises(UserError):
            openings.search([])[:1].sudo().unlink()
