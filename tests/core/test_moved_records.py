"""A change that puts a record out of reach is refused: rules are asked after a write too."""

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.models.core.odoo import base

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestMovedRecords(CommuneCase):
    def _write(self, user, record, values):
        """By a program, in a request of its own."""
        self.env.flush_all()
        self.env.invalidate_all()
        with mute_logger("odoo.addons.base.models.ir_rule"), self.cr.savepoint():
            call_kw(self.env[record._name].with_user(user), "write", [record.ids, values], {})
            self.env.flush_all()

    def _refused(self, user, record, values):
        """It is, and nothing has changed."""
        names = list(values)
        before = record.sudo().read(names)
        with self.assertRaises(AccessError):
            self._write(user, record, values)
        self.env.invalidate_all()
        self.assertEqual(record.sudo().read(names), before)

    def _close(self, **values):
        days = {"date_from": "2027-05-07 06:00:00", "date_to": "2027-05-07 18:00:00"}
        closure = {"name": "Pont", **days, **values}
        return self.env["resource.calendar.leaves"].with_user(self.manager).create(closure)

    def test_a_closing_day_does_not_become_the_absence_of_a_colleague(self):
        colleague = self.env["hr.employee"].create({"name": "C", "user_id": self.employee.id})
        resource = {"resource_id": colleague.resource_id.id}
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._close(**resource)
        closure = self._close()
        self._refused(self.manager, closure, resource)
        self._write(self.manager, closure, {"name": "Pont de l’Ascension"})
        self.assertEqual(closure.name, "Pont de l’Ascension")

    def test_a_line_of_hours_does_not_pass_to_those_of_everybody(self):
        hours = self.env["resource.calendar"].with_user(self.manager).create({"name": "Guichet"})
        line = hours.sudo().attendance_ids[0]
        everybody = self.env.company.resource_calendar_id
        self._refused(self.manager, line, {"calendar_id": everybody.id})
        self._write(self.manager, line, {"hour_from": 8.5})

    def test_a_visit_does_not_pass_to_the_tour_of_a_colleague(self):
        other = new_test_user(
            self.env, "coord_2", groups="commune_relations.group_replacement_coordinator"
        )
        own, foreign = (
            self.env["commune.visit.tour"].with_user(user).create({"user_id": user.id})
            for user in (self.coordinator, other)
        )
        stop = self.env["commune.visit.stop"].with_user(self.coordinator)
        stop = stop.create({"tour_id": own.id, "commune_id": self.commune_a.id})
        self._refused(self.coordinator, stop, {"tour_id": foreign.id})

    def test_a_subscription_does_not_pass_to_the_letters_of_communes(self):
        mailer = new_test_user(
            self.env, "mailer", groups="base.group_user,mass_mailing.group_mass_mailing_user"
        )
        managed = self.env["mailing.list"].search([("audience_ids", "!=", False)], limit=1)
        self.assertTrue(managed)
        own, second = self.env["mailing.list"].create([{"name": "Boutique"}, {"name": "Salon"}])
        contact = self.env["mailing.contact"].create({"name": "X", "email": "x@shop.example"})
        subscription = self.env["mailing.subscription"].create(
            {"contact_id": contact.id, "list_id": own.id}
        )
        self._refused(mailer, subscription, {"list_id": managed.id})
        self._write(mailer, subscription, {"list_id": second.id})
        self.assertEqual(subscription.list_id, second)

    def test_a_third_party_agreement_does_not_become_a_convention(self):
        user = new_test_user(
            self.env, "contracts", groups="base.group_user,agreement.group_agreement_user"
        )
        agreement = self.env["agreement"].with_user(user).create({"name": "Bail", "code": "B1"})
        self._refused(user, agreement, {"commune_id": self.commune_a.id})
        self._write(user, agreement, {"name": "Bail du siège"})

    def test_a_measure_does_not_pass_to_the_case_of_its_author(self):
        """Whom a case concerns does not decide in it."""
        values = {"kind": "disagreement", "commune_id": self.commune_a.id, "facts": "Faits"}
        cases = self.env["commune.replacement.incident"].create([values] * 3)
        self.env["commune.replacement.incident.party"].create(
            {
                "incident_id": cases[1].id,
                "partner_id": self.coordinator.partner_id.id,
                "role": "concerned",
            }
        )
        measure = self.env["commune.replacement.incident.measure"].with_user(self.coordinator)
        measure = measure.create({"incident_id": cases[0].id, "kind": "tasks", "tasks": "Accueil"})
        self._refused(self.coordinator, measure, {"incident_id": cases[1].id})
        self._write(self.coordinator, measure, {"incident_id": cases[2].id})
        self.assertEqual(measure.incident_id, cases[2])

    def _make_helpdesk(self):
        """An agent of another team, its ticket, and a request of a commune."""
        agent = new_test_user(
            self.env, "computers", groups="base.group_user,helpdesk_mgmt.group_helpdesk_user"
        )
        team = self.env["helpdesk.ticket.team"].create(
            {"name": "Informatique", "user_ids": agent.ids}
        )
        values = {"name": "Écran", "description": "Noir"}
        return agent, *self.env["helpdesk.ticket"].create(
            [{**values, "team_id": team.id}, {**values, "commune_id": self.commune_a.id}]
        )

    def test_a_ticket_of_another_team_does_not_become_a_request(self):
        agent, ticket, _request = self._make_helpdesk()
        self._refused(agent, ticket, {"commune_id": self.commune_a.id})
        self._write(agent, ticket, {"name": "Écran noir"})

    def test_a_commitment_of_another_team_does_not_pass_to_a_request(self):
        agent, ticket, request = self._make_helpdesk()
        second = ticket.copy()
        rule = self.env["helpdesk.sla"].create(
            {
                "name": "En un jour",
                "team_ids": ticket.team_id.ids,
                "stage_id": self.env["helpdesk.ticket.stage"].search([], limit=1).id,
            }
        )
        commitment = self.env["helpdesk.ticket.sla"].create(
            {"ticket_id": ticket.id, "sla_id": rule.id}
        )
        self._refused(agent, commitment, {"ticket_id": request.id})
        self._write(agent, commitment, {"ticket_id": second.id})
        self.assertEqual(commitment.ticket_id, second)

    def test_a_skill_does_not_pass_to_an_employee_outside_the_pool(self):
        agent, second, other = self.env["hr.employee"].create(
            [
                {"name": "A", "is_replacement_agent": True, "agent_code": "M1"},
                {"name": "B", "is_replacement_agent": True, "agent_code": "M2"},
                {"name": "C"},
            ]
        )
        skill = self.env["hr.skill"]._by_commune_code()["ACC"]
        held = self.env["hr.employee.skill"].create(
            {
                "employee_id": agent.id,
                "skill_id": skill.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids[0].id,
            }
        )
        self._refused(self.coordinator, held, {"employee_id": other.id})
        self._write(self.coordinator, held, {"employee_id": second.id})
        self.assertEqual(held.employee_id, second)

    def _make_surveys(self):
        """Two surveys of a reader who makes surveys, one of a colleague alone."""
        groups = "commune_relations.group_reader,survey.group_survey_user"
        author = new_test_user(self.env, "surveys", groups=groups)
        own, second, restricted = self.env["survey.survey"].create(
            [{"title": name} for name in ("Cantine", "Sport", "Paie")]
        )
        restricted.restrict_user_ids = self.manager
        question, other = self.env["survey.question"].create(
            [
                {"survey_id": survey.id, "title": "Lequel ?", "question_type": "matrix"}
                for survey in (own, restricted)
            ]
        )
        return author, second, restricted, question, other

    def test_a_question_does_not_pass_to_the_survey_of_a_colleague(self):
        author, second, restricted, question, _other = self._make_surveys()
        self._refused(author, question, {"survey_id": restricted.id})
        self._write(author, question, {"survey_id": second.id})
        self.assertEqual(question.survey_id, second)

    def test_a_choice_does_not_pass_to_the_question_of_a_colleague(self):
        author, _second, _restricted, question, other = self._make_surveys()
        for field in ("question_id", "matrix_question_id"):
            choice = self.env["survey.question.answer"].create({field: question.id, "value": "x"})
            self._refused(author, choice, {field: other.id})
            self._write(author, choice, {"value": "y"})

    def test_every_line_of_the_table_has_its_test(self):
        """A line that nobody tries could go: add its test above, then its name here."""
        tried = {
            "agreement": {"commune_id"},
            "commune.replacement.incident.measure": {"incident_id"},
            "commune.visit.stop": {"tour_id"},
            "helpdesk.ticket": {"commune_id"},
            "helpdesk.ticket.sla": {"ticket_id"},
            "mailing.subscription": {"list_id"},
            # in requests/test_set_up_of_third_parties.py, surveys/test_survey_rights.py
            # and network/test_event_rights.py
            "event.event": {"kind"},
            "event.mail": {"event_id"},
            "event.registration": {"event_id"},
            "helpdesk.sla": {"milestone", "team_ids"},
            "helpdesk.ticket.stage": {"serves_communes", "team_ids"},
            "helpdesk.ticket.team": {"serves_communes"},
            "survey.user_input": {"survey_id"},
            "hr.employee.skill": {"employee_id"},
            "resource.calendar.attendance": {"calendar_id"},
            "resource.calendar.leaves": {"resource_id", "calendar_id", "company_id"},
            "survey.question": {"survey_id"},
            "survey.question.answer": {"question_id", "matrix_question_id"},
        }
        self.assertEqual({**base.PARTS, **base.PARTS_OF_ODOO}, tried)
