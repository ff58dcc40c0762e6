"""Demonstration of the two years before: invented missions that are over, billed; one statement
was wrong, cancelled by another and made again; requests that nobody could do.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

MONTHS = range(24, 0, -1)  # before this one
MONTHLY = 4  # the last ones are billed month by month, those before by half-year
# code of the agent, kilometres, half-days of the first whole week of four months, again and again
HISTORY = (
    ("A02", 9, (("mon_am", "mon_pm"), ("tue_am",), ("thu_am", "thu_pm"), ("fri_am", "fri_pm"))),
    ("A05", 14, (("tue_am", "tue_pm"), ("wed_am", "wed_pm"), ("wed_am",), ("thu_pm",))),
    ("A04", 21, (("wed_am",), ("thu_am", "thu_pm", "fri_am"), ("mon_am",), ("tue_am", "wed_am"))),
)
# of the requests that nobody could do: all of a Monday, or of the next day that is no holiday
DAYS = (("mon_am", "mon_pm"), ("tue_am", "tue_pm"), ("wed_am", "wed_pm"))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
# months before, urgency, hours until the commune accepted: of the missions of that month
TIMES = (("planned", 70), ("normal", 26), ("next_day", 5), ("normal", 44), ("same_day", 2))
# code of the agent: the job and the skill asked for
JOBS = {
    "A02": ("Comptabilité", "cpt"),
    "A04": ("Conseil municipal", "cm"),
    "A05": ("Accueil", "acc"),
}
# months before: who ended a mission before its day
ENDED = {20: "commune", 9: "commune", 5: "agent"}
# months before, post, reason, whom the commune was directed to
UNFILLED = (
    (22, "Paie", "software", "cdg"),
    (19, "Accueil", "distance", "none"),
    (16, "Secrétariat général de mairie", "no_agent", "cdg"),
    (13, "Instruction des autorisations d’urbanisme", "skill", "service"),
    (11, "Paie", "software", "cdg"),
    (8, "Secrétariat général de mairie", "no_agent", "cdg"),
    (6, "Instruction des autorisations d’urbanisme", "skill", "service"),
    (3, "Accueil", "distance", "none"),
    (1, "Comptabilité", "no_agent", "market"),
)


class HistoryDemo:
    def _create_history(self, others):
        """Missions of the last months in three communes, and their statements issued.

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
                agent = by_code.get(code)
                if agent and mandate.commune_id in covered and self._is_there(agent, monday):
                    week = self._choose_week(weeks, rank, monday)
                    mission = self._create_past_week(agent, km, monday, week, mandate)
                    self._date_mission(mission, *TIMES[rank % len(TIMES)])
                    self._end_before(mission, ENDED.get(months) if code == "A02" else None)
        self._issue_before(communes)
        for months in range(MONTHLY, 0, -1):
            monday = self._get_first_monday(months)
            self._issue_statements(monday, monday, communes)
        for found in UNFILLED:
            self._create_unfilled(communes, *found)
        self._replace_statement(communes[-1:])

    def _get_history_signatories(self, others):
        """Invented signatory of each commune that has a replacement agreement."""
        today = others.env.company._get_today()
        members = self.env.company.epci_id._get_members() - others
        communes = members._get_replacement_agreements(today).commune_id.sudo(False)
        mandates = communes._get_current_mandates().filtered(
            lambda m: m.partner_id.is_fictitious and m.function_id.portal_role == "full"
        )
        firsts = [found[:1] for found in mandates.grouped("commune_id").values()]
        return sorted(firsts, key=lambda mandate: mandate.commune_id.insee_code)

    def _choose_week(self, weeks, rank, monday):
        """The half-days of a month; the next ones when those are all holidays."""
        working = self.env.company._get_working_days()
        days = {day: monday + timedelta(days=rank) for rank, day in enumerate(WEEKDAYS)}
        asked = [weeks[(rank + further) % len(weeks)] for further in range(len(weeks))]
        kept = (week for week in asked if any(working.is_working(days[one[:3]]) for one in week))
        return next(kept, asked[0])

    def _get_first_monday(self, months):
        """Of the first whole week of a month, so many months ago."""
        first = self.env.company._get_today().replace(day=1)
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
            return mission
        sheet = sheets._save_entries(mission, monday, entries)
        sheet._submit(agent.work_contact_id)
        sheet._record_decisions(dict.fromkeys(sheet.line_ids, ""))
        sheet._record_signature(mandate.partner_id.name, mandate)
        sheet.action_check()
        mission.sudo().state = "done"
        return mission

    def _is_there(self, agent, day):
        return not agent.agent_date_start or agent.agent_date_start <= day

    def _date_mission(self, mission, urgency, hours):
        """Asked ten days before, or at the last moment; accepted so many hours later."""
        days = {"same_day": 0, "next_day": 1}.get(urgency, 10)
        first = fields.Datetime.to_datetime(mission.date_start or mission.request_id.date_start)
        moment = first + timedelta(days=-days, hours=6)
        job, skill = JOBS[mission.employee_id.agent_code]
        need = {"skill_id": self.env.ref(f"commune_relations.skill_{skill}").id, "level": "2"}
        mission.request_id.write(
            {
                "received_date": moment,
                "urgency": urgency,
                "job_family": job,
                "need_ids": [fields.Command.create(need)],
            }
        )
        mission.proposal_id.sudo().answer_commune_date = moment + timedelta(hours=hours)

    def _end_before(self, mission, by):
        if by:
            reason = "Exemple : retour de la titulaire" if by == "commune" else "Exemple : souhait"
            cause = "need" if by == "commune" else "agent_away"
            values = {"ended_by": by, "end_reason": reason, "end_cause": cause}
            mission.sudo().write({"state": "ended_early", **values})

    def _issue_before(self, communes):
        """The months before the last ones, by half-year: fewer documents."""
        last = self._get_first_monday(MONTHLY).replace(day=1) - timedelta(days=1)
        day = self._get_first_monday(MONTHS[0]).replace(day=1)
        while day <= last:
            half = day.replace(month=1 if day.month < 7 else 7, day=1)
            end = min(half + relativedelta(months=6, days=-1), last)
            self._issue_statements(day, end, communes)
            day = end + timedelta(days=1)

    def _create_unfilled(self, communes, months, post, reason, redirection):
        """A request that nobody could do, and whom the commune was directed to."""
        monday = self._get_first_monday(months)
        place = communes[months % len(communes)] if communes else communes
        if not place:
            return
        request = self.env["commune.replacement.request"].create(
            {
                "commune_id": place.id,
                "channel": "email",
                "reason": "absence",
                "post": post,
                "job_family": post,
                "date_start": monday,
                "date_end": monday + timedelta(days=4),
                "unfilled_reason": reason,
                "redirection": redirection,
                **dict.fromkeys(self._choose_week(DAYS, 0, monday), True),
            }
        )
        request._submit()
        request._end("unfilled")
        moment = fields.Datetime.to_datetime(monday) - timedelta(days=7)
        request.sudo().write({"received_date": moment, "closed_date": monday})

    def _issue_statements(self, first, last, communes):
        """The statements from the month of a day to that of another, issued."""
        start, end = first.replace(day=1), last.replace(day=1) + relativedelta(months=1, days=-1)
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
        self._issue_statements(first.date_start, first.date_end, commune)
