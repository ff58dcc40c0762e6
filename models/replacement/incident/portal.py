"""What the portal of a person shows of the cases, and the report that it takes."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.lengths import LENGTHS
from .words import ENDED, GRAVE, KINDS

# Who a report is about.
ABOUT = ("agent", "elected", "colleague", "service", "other")
MOST_REPORTS = 10  # of one person in a day


class CommuneReplacementIncidentParty(models.Model):
    _inherit = "commune.replacement.incident.party"

    def _get_own_pages(self):
        """What a person reads of each case, with the rights of that person: the number, the
        interviews where one was heard and the measures that concern one."""
        person = self.env.user.partner_id
        interviews = self.env["commune.replacement.incident.interview"].search(
            [("incident_id", "in", self.sudo().incident_id.ids)]
        )
        heard = interviews.filtered(lambda one: person in one.sudo().party_ids.partner_id)
        measures = self.env["commune.replacement.incident.measure"].search(
            [("incident_id", "in", self.sudo().incident_id.ids), ("state", "=", "decided")]
        )
        measures = measures.filtered(lambda one: person in one.sudo().party_ids.partner_id)
        return [
            {
                "name": case.name,
                "date": case.reported_date,
                "state": self._get_public_state(case),
                "interviews": heard.filtered(lambda one, c=case: one.sudo().incident_id == c),
                "measures": [
                    one.told or one._get_label()
                    for one in measures.filtered(lambda one, c=case: one.sudo().incident_id == c)
                ],
            }
            for case in self.sudo().incident_id
        ]

    @api.model
    def _get_public_state(self, case):
        """Where a case stands, as those it concerns are told: the steps stay with the service."""
        if case.step in ENDED:
            return self.env._("Case over")
        return (
            self.env._("Report received")
            if case.step == "reported"
            else self.env._("Being handled")
        )


class CommuneReplacementIncident(models.Model):
    _inherit = "commune.replacement.incident"

    @api.model
    def _get_own_parties(self):
        """The roles of the person at hand in cases."""
        return self.env["commune.replacement.incident.party"].search(
            [("partner_id", "=", self.env.user.partner_id.id)], order="id desc"
        )

    @api.model
    def _get_about_labels(self):
        """[(word, label)]: who a report is about."""
        labels = (
            self.env._("An agent of the replacement service"),
            self.env._("An elected member"),
            self.env._("Somebody who works at the town hall"),
            self.env._("The coordination of the replacement service"),
            self.env._("Somebody else, or nobody"),
        )
        return list(zip(ABOUT, labels, strict=True))

    @api.model
    def _get_alert_places(self):
        """(communes, missions) that the person at hand may name in a report, as superuser."""
        agent = self.env["commune.replacement.timesheet"]._get_agent()
        missions = self.env["commune.replacement.mission"].sudo()
        if agent:
            found = missions.search([("employee_id", "=", agent.id)], order="date_start desc")
            return found.commune_id, found
        person = self.env.user.partner_id
        communes = person._get_portal_places().filtered("is_commune").sudo()
        full = communes.filtered(lambda place: place._get_portal_role(person) == "full")
        return communes, missions.search([("commune_id", "in", full.ids)], order="date_start desc")

    @api.model
    def _may_report(self):
        """An agent of the pool, also before the first mission, or a person of a commune."""
        agent = self.env["commune.replacement.timesheet"]._get_agent()
        return bool(agent or self._get_alert_places()[0])

    @api.model
    def _file_alert(self, sent):
        """A report of the person at hand, from the page of the portal.

        :param sent: {name: text}, whatever a browser sends
        :raise UserError: a sentence for this person
        """
        communes, missions = self._get_alert_places()
        if not self._may_report():
            raise UserError(self.env._("Only agents and persons of a commune report from here."))
        facts = (sent.get("facts") or "").replace("\x00", "").strip()[: LENGTHS["service"]]
        kind, about = sent.get("kind"), sent.get("about")
        if kind not in dict(KINDS) or about not in ABOUT or not facts:
            raise UserError(self.env._("Say what it is about, who is concerned and what happened."))
        self._check_alerts_of_today()
        mission = missions.filtered(lambda one: str(one.id) == sent.get("mission_id"))
        commune = communes.filtered(lambda one: str(one.id) == sent.get("commune_id"))[:1]
        agent = self.env["commune.replacement.timesheet"]._get_agent().sudo()
        values = {
            "kind": kind,
            "severity": "4" if kind in GRAVE else "2",
            "source": "agent" if agent else "commune",
            "mission_id": mission.id,
            "commune_id": (mission.commune_id or commune or communes[:1]).id,
            "employee_id": (agent or mission.employee_id).id,
            "facts": facts,
        }
        people = {"reporter": self.env.user.partner_id}
        if about == "agent" and mission and not agent:
            employee = mission.employee_id
            people["concerned"] = employee.user_id.partner_id or employee.work_contact_id
        return self.sudo()._report(values, people, about)

    def _check_alerts_of_today(self):
        """:raise UserError: more than a person would write in a day"""
        count = (
            self.env["commune.replacement.incident.party"]
            .sudo()
            .search_count(
                [
                    ("role", "=", "reporter"),
                    ("partner_id", "=", self.env.user.partner_id.id),
                    (
                        "create_date",
                        ">=",
                        fields.Datetime.now().replace(hour=0, minute=0, second=0),
                    ),
                ]
            )
        )
        if count >= MOST_REPORTS:
            raise UserError(self.env._("You have already reported a lot today: call us."))
