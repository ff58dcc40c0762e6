"""Intake of incidents: from an evaluation, or from the portal, bypassing anyone concerned.

Nobody of the commune and no colleague is notified: the letter to the handler only announces that an
incident waits.
"""

from odoo import SUPERUSER_ID, api, models

from .incident import COORDINATOR

MANAGER = "commune_relations.group_manager"


class CommuneReplacementEvaluation(models.Model):
    _inherit = "commune.replacement.evaluation"

    def _after_answer(self):
        self.filtered(lambda one: one.again == "no")._open_case()
        return super()._after_answer()

    def _open_case(self):
        """“Not again” opens an incident, once; the words of the answer stay in the answer."""
        for one in self:
            mission = one.mission_id
            agent = mission.employee_id.user_id.partner_id or mission.employee_id.work_contact_id
            people = {"commune": one.person_id, "agent": agent}
            reporter = people.pop(one.side)
            [concerned] = people.values()
            self.env["commune.replacement.incident"]._report(
                {
                    "kind": "again",
                    "source": "evaluation",
                    "mission_id": mission.id,
                    "evaluation_id": one.id,
                    "facts": self.env._("Evaluation: no wish to work together again."),
                },
                {"reporter": reporter, "concerned": concerned},
            )


class CommuneReplacementIncident(models.Model):
    _inherit = "commune.replacement.incident"

    @api.model
    def _report(self, values, people, about=""):
        """Open an incident and notify its handlers. Called as superuser.

        :param people: {role: res.partner}; places are nobody
        :param about: `service` when it is about the coordination itself: that of the mission, or
            all the coordinators when none is named
        """
        mission = self.env["commune.replacement.mission"].browse(values.get("mission_id") or ())
        handler = self._choose_handler(mission.user_id, about == "service")
        persons = {
            role: person.filtered(lambda p: not p.is_company) for role, person in people.items()
        }
        if about == "service":
            usual = mission.user_id or self._get_coordination()[0]
            persons["concerned"] = (usual - handler).partner_id
        case = self.create({**values, "user_id": handler.id})
        # Anyone who reads the own row does not read there who reported.
        case.party_ids.with_user(SUPERUSER_ID).create(
            [
                {"incident_id": case.id, "partner_id": person.id, "role": role}
                for role, people_of_role in persons.items()
                for person in people_of_role
            ]
        )
        case._send_letters("mail_template_replacement_incident_handler")
        return case

    @api.model
    def _get_managers(self):
        """Managers (res.users, as superuser); those who administer the software come last."""
        managers = self.env.ref(MANAGER).sudo().all_user_ids
        people = managers.filtered(lambda user: user._is_internal() and user.id != SUPERUSER_ID)
        return people.sorted(lambda user: (user.has_group("base.group_system"), user.id))

    @api.model
    def _choose_handler(self, usual, is_about_service):
        """A coordinator; a manager who is not the usual one when it is about the coordination."""
        coordinators, managers = self._get_coordination()
        if is_about_service:
            return (managers - usual)[:1]
        return ((coordinators | managers) & usual)[:1] or coordinators[:1] or managers[:1]

    @api.model
    def _get_coordination_people(self):
        """All who coordinate, managers too (res.users, as superuser)."""
        coordinators, managers = self._get_coordination()
        return coordinators | managers

    @api.model
    def _get_coordination(self):
        """(coordinators who are not managers, managers), as superuser."""
        managers = self._get_managers()
        known = self.env.ref(COORDINATOR).sudo().all_user_ids - managers
        people = known.filtered(lambda user: user._is_internal() and user.id != SUPERUSER_ID)
        return people.sorted("id"), managers
