"""Demonstration of hours and statements: invented weeks, at every step, around today."""

from datetime import timedelta

from odoo import fields

from ...engine.opendata.codes import siret
from ...models.core.inside import NO_LETTERS
from ..services.agreements import HOUR_COST

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    **NO_LETTERS,
    "no_reset_password": True,
}
# code of the agent, weeks that the commune signed, objection in the next one
STAYS = (("A03", 3, True), ("A01", 4, False))


class HoursDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        if not self.env["commune.replacement.tariff"].search_count([], limit=1):
            sentences += self.with_context(**QUIET)._load_hours()
        return sentences

    def _load_hours(self):
        secretary = self._get_demo_user("secretaire")
        places = secretary.partner_id.held_mandate_ids.commune_id.sorted("population")
        agents = self.env["hr.employee"].search([("agent_code", "in", [s[0] for s in STAYS])])
        by_code = {agent.agent_code: agent for agent in agents}
        if len(places) < len(STAYS) or len(by_code) < len(STAYS):
            return []
        self._create_tariff()
        self._name_parties(places)
        sheets = self.env["commune.replacement.timesheet"]
        monday = sheets._get_monday(self.env.company._get_today())
        for (code, signed, contested), place in zip(STAYS, places, strict=False):
            mission = self._create_stay(by_code[code], place, monday, secretary)
            for rank in range(5):
                week = monday - timedelta(weeks=5 - rank)
                self._write_week(mission, week, secretary, rank - signed, contested)
        agent = by_code["A03"]
        person = {"firstname": "Sylvie", "lastname": "MORVANT", "civility": "mme"}
        agent.user_id = self._get_user("remplacante", "base.group_portal", person)
        self._create_history(places)
        self._create_statements(places[1], monday)
        self._load_unit_cost("REMPLACEMENT")
        return [self._sentence(self.env._("Replacement agent (hours on a phone)"), "remplacante")]

    def _create_tariff(self):
        """One unit cost an hour, whatever the agent, travel within it (CGCT, art. D5211-16)."""
        self.env["commune.replacement.tariff"].create(
            {
                "name": self.env._("Tariff"),
                "date_start": "2024-01-01",
                "amount": HOUR_COST,
                "cancel_days": 1,
                "cancel_half_days": 2,
                "end_days": 7,
                "legal_source": "Coût unitaire, fixé en mars de chaque année",
            }
        )

    def _name_parties(self, places):
        """Who bills whom, and who signs: invented persons; each SIREN with an invented
        establishment."""
        company = self.env.company
        for place in (company.epci_id | places).filtered(lambda p: p.siren and not p.siret):
            place.siret = next(filter(None, (siret(f"{place.siren}0001{n}") for n in range(10))))
        places[:1].write({"chorus_service_code": "RH-01", "chorus_needs_service": True})
        if not company._get_ordonnateur():  # no president among the mandates
            company.ordonnateur_name = "Camille LAURENT"
            company.ordonnateur_title = self.env._("President")
        company.write(
            {
                "order_signatory_name": "Dominique PETIT",
                "order_signatory_title": self.env._("Director general of services"),
                "order_delegation_ref": self.env._("order no. 2026-14 of 2 April 2026"),
            }
        )

    def _create_stay(self, agent, place, monday, secretary):
        """A mission of Mondays and Tuesdays, from five weeks ago to next week."""
        if not place.has_replacement_agreement:
            self._sign_demo_replacement(place)
        values = {
            "date_start": monday - timedelta(weeks=5),
            "date_end": monday + timedelta(days=11),
            **dict.fromkeys(("mon_am", "mon_pm", "tue_am"), True),
            "distance_km": 12,
        }
        mission = self._create_mission(agent, place, secretary.partner_id, values)
        mission.sudo().state = "running"
        agent.vehicle_insurance_until = monday + timedelta(days=200)
        self._issue_demo_order(mission, monday - timedelta(weeks=5, days=3))
        return mission

    def _issue_demo_order(self, mission, day):
        """The order of mission, as if it had been issued before departure, on a day at 9:00."""
        agent = mission.employee_id
        agent.vehicle_insurance_until = agent.vehicle_insurance_until or day + timedelta(days=365)
        moment = fields.Datetime.to_datetime(day) + timedelta(hours=8)
        localised = mission.with_context(lang=self.env.company._get_organisation_lang(), **QUIET)
        days = localised._get_order_slots(moment).mapped("date")
        localised._get_last_version().sudo()._issue_order(
            localised._get_order_facts(moment), days, moment
        )

    def _create_mission(self, agent, place, person, values):
        """Asked for by a person of the commune, agreed by both sides."""
        request = self.env["commune.replacement.request"].create(
            {
                "commune_id": place.id,
                "requester_id": person.id,
                "user_id": self._get_demo_user("coordination").id,
                "channel": "portal",
                "reason": "workload",
                "post": self.env._("General secretary of the town hall"),
                "workplace": self.env._("Town hall"),
                "tasks": self.env._("Reception and mail"),
                **values,
            }
        )
        request._submit()
        proposal = request._hold(agent, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, person)
        return proposal.mission_id

    def _write_week(self, mission, monday, secretary, rank, contested):
        """Signed and checked, then the last signed one to check, contested, sent, not written.

        :param rank: 0 for the first week that the commune has not simply signed
        """
        sheets = self.env["commune.replacement.timesheet"]
        entries = sheets._get_entries(mission, monday)
        if not entries or rank > 1:
            return
        sheet = sheets._save_entries(mission, monday, entries)
        sheet._submit(mission.employee_id.work_contact_id)
        if rank > 0 or (rank == 0 and not contested):
            return
        lines = sheet.line_ids
        decisions = dict.fromkeys(lines.ids, False)
        if rank == 0:
            decisions[lines[-1].id] = self.env._("The agent left at 11.")
        read = sheet._get_shown_print()
        sheet.with_user(secretary)._decide(decisions, secretary.name, read)
        if rank < -1:
            sheet.action_check()

    def _create_statements(self, issued, monday):
        """Last month: one commune has its statement, the other one a draft."""
        start, end = self.env["commune.replacement.statement.prepare"]._get_last_month()
        statements = self.env["commune.replacement.statement"]._prepare_statements(start, end)
        own = statements.filtered(lambda s: s.commune_id == issued)
        if own:
            own.action_check()
            own.action_issue()
