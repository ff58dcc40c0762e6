"""Demonstration of the months before: invented missions that are over, billed month by month; one
statement was wrong, cancelled by another and made again."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

MONTHS = (4, 3, 2, 1)  # before this one
# code of the agent, kilometres, half-days of the first whole week of each of these months
HISTORY = (
    ("A02", 9, (("mon_am", "mon_pm"), ("tue_am",), ("thu_am", "thu_pm"), ("fri_am", "fri_pm"))),
    ("A05", 14, (("tue_am", "tue_pm"), ("wed_am", "wed_pm"), ("wed_am",), ("thu_pm",))),
    ("A04", 21, (("wed_am",), ("thu_am", "thu_pm", "fri_am"), ("mon_am",), ("tue_am", "wed_am"))),
)


class HistoryDemo:
    def _create_history(self, others):
        """Missions of the last four months in three communes, and their statements issued.

        :param others: communes that have missions of their own
        """
        Agents = self.env["hr.employee"]
        by_code = {a.agent_code: a for a in Agents.search([("agent_code", "!=", False)])}
        stays = list(zip(HISTORY, self._get_history_signatories(others), strict=False))
        communes = others.browse().union(*(mandate.commune_id for _stay, mandate in stays))
        self._name_parties(communes)
        for rank, months in enumerate(MONTHS):
            monday = self._get_first_monday(months)
            covered = communes._get_replacement_agreements(monday).commune_id
            for (code, km, weeks), mandate in stays:
                if code in by_code and mandate.commune_id in covered:
                    self._create_past_week(by_code[code], km, monday, weeks[rank], mandate)
            self._issue_statements(monday, communes)
        self._replace_statement(communes[-1:])

    def _get_history_signatories(self, others):
        """An invented person who signs for each commune with a convention of replacement."""
        today = fields.Date.context_today(others)
        members = self.env.company.epci_id._get_members() - others
        communes = members._get_replacement_agreements(today).commune_id.sudo(False)
        mandates = communes._get_current_mandates().filtered(
            lambda m: m.partner_id.is_fictitious and m.function_id.portal_role == "full"
        )
        firsts = [found[:1] for found in mandates.grouped("commune_id").values()]
        return sorted(firsts, key=lambda mandate: mandate.commune_id.insee_code)

    def _get_first_monday(self, months):
        """Of the first whole week of a month, so many months ago."""
        first = fields.Date.context_today(self.env.company).replace(day=1)
        first -= relativedelta(months=months)
        return first + timedelta(days=-first.weekday() % 7)

    def _create_past_week(self, agent, km, monday, half_days, mandate):
        """A mission of one week: worked, signed by the commune, checked, over."""
        values = {
            "date_start": monday,
            "date_end": monday + timedelta(days=4),
            "distance_km": km,
            **dict.fromkeys(half_days, True),
        }
        mission = self._create_mission(agent, mandate.commune_id, mandate.partner_id, values)
        self._issue_demo_order(mission, monday - timedelta(days=3))
        sheets = self.env["commune.replacement.timesheet"]
        entries = sheets._get_entries(mission, monday)
        if not entries:  # holidays of that week
            return
        sheet = sheets._save_entries(mission, monday, entries)
        sheet._submit(agent.work_contact_id)
        sheet._record_decisions(sheet.line_ids, dict.fromkeys(sheet.line_ids.ids, False))
        sheet._record_signature(mandate.partner_id.name, mandate)
        sheet.action_check()
        mission.sudo().state = "done"

    def _issue_statements(self, day, communes):
        """The statements of the month of a day, issued."""
        start, end = day.replace(day=1), day.replace(day=1) + relativedelta(months=1, days=-1)
        Statement = self.env["commune.replacement.statement"]
        statements = Statement._prepare_statements(start, end, communes)
        statements.action_check()
        statements.action_issue()
        return statements

    def _replace_statement(self, commune):
        """The first one of a commune is cancelled by another, and made again."""
        Statement = self.env["commune.replacement.statement"]
        first = Statement.search([("commune_id", "=", commune.id)], order="date_end", limit=1)
        if not first:
            return
        opposite = first._create_opposite()
        opposite.note = "Annule l’état ci-dessus : exemple d’erreur sur le destinataire."
        opposite.action_check()
        opposite.action_issue()
        self._issue_statements(first.date_start, commune)
