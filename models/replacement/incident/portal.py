"""Portal of incidents: what a person may read, and the report form."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...core.text_limits import LENGTHS
from ...requests.ticket.form import FormError
from .labels import ENDED, GRAVE, KINDS

# Who a report is about.
ABOUT = ("agent", "elected", "colleague", "service", "other")
MOST_REPORTS = 10  # of one person in a day


class CommuneReplacementIncidentParty(models.Model):
    _inherit = "commune.replacement.incident.party"

    def _get_own_pages(self):
        """What a person reads of each incident, with the rights of that person.

        The number, the interviews of this person, and the measures that concern him or her."""
        person, cases = self.env.user.partner_id, self.sudo().incident_id
        interviews = self.env["commune.replacement.incident.interview"].search(
            [("incident_id", "in", cases.ids)]
        )
        interviewed = interviews.filtered(lambda one: person in one.sudo().party_ids.partner_id)
        measures = self.env["commune.replacement.incident.measure"].search(
            [("incident_id", "in", cases.ids), ("state", "=", "decided")]
        )
        measures = measures.filtered(lambda one: person in one.sudo().party_ids.partner_id)
        coordination = cases._get_coordination_people().partner_id
        return [
            {
                "id": case.id,
                "name": case.name,
                "date": case.reported_date,
                "state": self._get_public_state(case),
                **case._get_own_report(coordination),
                "interviews": interviewed.filtered(lambda one, c=case: one.sudo().incident_id == c),
                "measures": [
                    one.party_text or one._get_label()
                    for one in measures.filtered(lambda one, c=case: one.sudo().incident_id == c)
                ],
            }
            for case in cases
        ]

    @api.model
    def _get_public_state(self, case):
        """State of an incident as shown to the persons concerned; internal steps stay hidden."""
        if case.step in ENDED:
            return self.env._("Case over")
        return (
            self.env._("Report received")
            if case.step == "reported"
            else self.env._("Being handled")
        )


class CommuneReplacementIncident(models.Model):
    _inherit = "commune.replacement.incident"

    def _get_own_report(self, coordination):
        """What the current user wrote from the portal, who reads it, and whether more can be
        added. Called as superuser.

        :param coordination: all who coordinate (res.partner)
        """
        own = self.event_ids.filtered(
            lambda line: line.kind == "report" and line.user_id == self.env.user
        )
        return {
            "reports": [(line.date, line.text) for line in own.sorted("id")],
            "can_add": self._can_add(),
            "reads": self._get_readers_sentence(coordination),
        }

    def _can_add(self):
        """Whether this person reported a running incident. Called as superuser."""
        reporters = self.party_ids.filtered(lambda one: one.role == "reporter").partner_id
        return self.step not in ENDED and self.env.user.partner_id in reporters

    def _get_readers_sentence(self, coordination):
        concerned = self.party_ids.filtered(lambda one: one.role == "concerned").partner_id
        if concerned & coordination:
            return self.env._(
                "It is about the coordination: a manager whom it does not concern handles it. Those"
                " of the coordination whom it concerns do not read it."
            )
        return self.env._("The coordination of the replacement service alone reads it.")

    @api.model
    def _get_own_parties(self):
        """The roles of the current user in incidents."""
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
        """(communes, missions) that the current user may name in a report, as superuser."""
        agent = self.env["commune.replacement.timesheet"]._get_agent()
        missions = self.env["commune.replacement.mission"].sudo()
        if agent:
            found = missions.search([("employee_id", "=", agent.id)], order="date_start desc")
            return found.commune_id, found
        person = self.env.user.partner_id
        communes = person._get_portal_places().filtered("is_commune")
        full = communes.filtered(lambda place: place._get_portal_role(person) == "full")
        return communes, missions.search([("commune_id", "in", full.ids)], order="date_start desc")

    @api.model
    def _can_report(self):
        """An agent of the pool, also before the first mission, or a person of a commune."""
        agent = self.env["commune.replacement.timesheet"]._get_agent()
        return bool(agent or self._get_alert_places()[0])

    @api.model
    def _file_alert(self, sent, files=()):
        """A report of the current user, from the page of the portal.

        :param sent: {name: text}, whatever a browser sends
        :param files: [(name, bytes)]
        :raise UserError: sentences for this person; FormError: what is missing
        """
        communes, missions = self._get_alert_places()
        if not self._can_report():
            raise UserError(self.env._("Only agents and persons of a commune report from here."))
        facts = self._clean_words(sent.get("facts"))
        kind, about = sent.get("kind"), sent.get("about")
        missing = {
            "kind": kind not in dict(KINDS) and self.env._("What is it about?"),
            "about": about not in ABOUT and self.env._("Who is concerned?"),
            "facts": not facts and self.env._("What happened, when?"),
        }
        if any(missing.values()):
            raise FormError(
                [
                    (name, self.env._("“%s”: an answer is missing.", label))
                    for name, label in missing.items()
                    if label
                ]
            )
        self._check_words_of_today(files)
        mission = missions.filtered(lambda one: str(one.id) == sent.get("mission_id"))
        commune = communes.filtered(lambda one: str(one.id) == sent.get("commune_id"))[:1]
        agent = self.env["commune.replacement.timesheet"]._get_agent()
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
        case = self.sudo()._report(values, people, about)
        case._keep_words(facts, files)
        return case

    def _add_words(self, sent, files=()):
        """Add words of the person who reported, and notify the handlers. Called as superuser.

        :param sent: {name: text}, whatever a browser sends
        :param files: [(name, bytes)]
        :raise UserError: a sentence for this person
        """
        self.ensure_one()
        text = self._clean_words(sent.get("facts"))
        if not self._can_add():
            raise UserError(self.env._("Nothing can be added to this report: call us."))
        if not text and not files:
            raise UserError(self.env._("Write what you add, or choose a file."))
        self._check_words_of_today(files)
        self._keep_words(text or self.env._("Files attached."), files)
        self._send_letters("mail_template_replacement_incident_handler")

    @api.model
    def _clean_words(self, text):
        return (text or "").replace("\x00", "").strip()[: LENGTHS["service"]]

    def _keep_words(self, text, files):
        """Store the words as they were written, and the files as evidence.

        Readers of the incident read the files; the person who sent them does not."""
        self._log("report", text)
        if files:
            kept = self.env["ir.attachment"]._create_commune_files(self, files)
            self.evidence_ids = [Command.link(file.id) for file in kept]

    def _check_words_of_today(self, files):
        """:raise UserError: more than a person would write in a day, or files that are not taken"""
        day = fields.Datetime.now().replace(hour=0, minute=0, second=0)
        lines = self.env["commune.replacement.incident.event"].sudo()
        count = lines.search_count(
            [("kind", "=", "report"), ("user_id", "=", self.env.uid), ("date", ">=", day)]
        )
        if count >= MOST_REPORTS:
            raise UserError(self.env._("You have already reported a lot today: call us."))
        if problems := self.env["ir.attachment"]._get_commune_file_problems(files):
            raise UserError(" ".join(problems))
