"""Bodies accredited to train elected officials."""

from collections import defaultdict
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..core.window_actions import open_record
from .event.attendance import HALF_DAY
from .legal_value import TRAINING_DAYS


class CommuneTrainingBody(models.Model):
    _name = "commune.training.body"
    _description = "Accredited training body"
    _order = "name, id"

    name = fields.Char(required=True)
    accreditation = fields.Char(
        required=True,
        help="Reference of the decision of the minister, as printed on the certificates.",
    )
    date_end = fields.Date(
        string="Accredited until", help="Empty when the end of the accreditation is not known."
    )
    active = fields.Boolean(default=True)
    _accreditation_uniq = models.Constraint(
        "UNIQUE(accreditation)", "This accreditation is already that of another body."
    )


class CommuneTrainingTable(models.TransientModel):
    _name = "commune.training.table"
    _description = "Training of elected officials, year by year"

    year = fields.Integer(
        required=True, default=lambda self: self.env.company._get_today().year, aggregator=None
    )
    line_ids = fields.One2many("commune.training.table.line", "table_id", readonly=True)
    allowance = fields.Float(
        string="Days of training leave", compute="_compute_allowance", digits=(6, 1)
    )
    allowance_source = fields.Char(compute="_compute_allowance")

    @api.depends("year")
    def _compute_allowance(self):
        values = self.env["commune.legal.value"]
        for table in self:
            found = values._find_value(TRAINING_DAYS, table._get_day())
            table.allowance = found.value
            table.allowance_source = found.source

    @api.depends("year")
    def _compute_display_name(self):
        for table in self:
            table.display_name = self.env._("Training of elected officials %s", table.year)

    def _get_day(self):
        """The day on which the year is looked at: today, or its last day once it is over."""
        today = self.env.company._get_today()
        year = min(max(self.year, 1900), 2999)
        return today if year == today.year else date(year, 12, 31)

    def action_compute(self):
        """Make the table of the year."""
        self.ensure_one()
        self.check_access("write")
        self.line_ids.unlink()
        self.env["commune.training.table.line"].create(
            [{"table_id": self.id, **row} for row in self._get_rows()]
        )
        return open_record(self, name=self.display_name)

    def action_export(self):
        self.ensure_one()
        self.check_access("write")
        if not self.line_ids:
            self.action_compute()
        report = self.env.ref("commune_relations.training_table_xlsx_report")
        return report.report_action(self)

    # figures

    def _get_rows(self):
        """One dict per commune, in the order of the names: the same for screen and workbook."""
        day = self._get_day()
        officials = self._get_officials(day)
        trained = self._get_trained_ever(day)
        days = self._get_days_of_term(day)
        year = self._get_year_figures()
        rows = []
        for commune in self.env["res.partner"].search(
            [("is_commune", "=", True)], order="name, id"
        ):
            mandates = officials[commune.id]
            persons = mandates.partner_id
            obliged = self._get_obliged(mandates)
            used = [days[person.id] for person in persons]
            rows.append(
                {
                    "commune_id": commune.id,
                    "official_count": len(persons),
                    "never_count": len(persons.filtered(lambda p: not trained.get(p.id))),
                    "obliged_count": len(obliged),
                    "obliged_met_count": sum(
                        any(start <= d <= end for d in trained.get(person, ()))
                        for person, (start, end) in obliged.items()
                    ),
                    "max_days": max(used, default=0),
                    "over_count": sum(self.allowance and u > self.allowance for u in used),
                    **year[commune.id],
                }
            )
        return rows

    def _get_officials(self, day):
        """commune id -> elected mandates in force on the day."""
        begun = Domain("date_start", "=", False) | Domain("date_start", "<=", day)
        lasts = Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        found = self.env["commune.mandate"].search(Domain("kind", "=", "elected") & begun & lasts)
        empty = found.browse()
        result = defaultdict(lambda: empty)
        for commune, mandates in found.grouped("commune_id").items():
            result[commune.id] = mandates
        return result

    def _get_attended(self, domain):
        """Half-days of accredited trainings at which somebody was, as attendance."""
        return self.env["commune.event.attendance"].search(
            Domain("state", "=", "present") & Domain("event_id.kind", "=", "training") & domain
        )

    def _get_trained_ever(self, day):
        """person id -> days of training in the term of the councils, until the day."""
        result = defaultdict(list)
        for attended in self._get_attended(self._get_term(day)):
            person = attended.registration_id.attendee_partner_id
            result[person.id].append(attended.half_day_id.date)
        return result

    def _get_term(self, day):
        """Since the last renewal; before it, since ever."""
        renewal = self.env.company.last_renewal_date
        domain = Domain("half_day_id.date", "<=", day)
        if renewal and renewal <= day:
            domain &= Domain("half_day_id.date", ">=", renewal)
        return domain

    def _get_days_of_term(self, day):
        result = defaultdict(float)
        for attended in self._get_attended(self._get_term(day)):
            result[attended.registration_id.attendee_partner_id.id] += HALF_DAY
        return result

    def _get_year_figures(self):
        """commune id -> persons, hours, days and cost of the year."""
        domain = Domain("half_day_id.date", ">=", date(self.year, 1, 1))
        domain &= Domain("half_day_id.date", "<=", date(self.year, 12, 31))
        found = self._get_attended(domain)
        costs = self._share_costs(found)
        result = defaultdict(lambda: {"trained_count": 0, "hours": 0.0, "days": 0.0, "cost": 0.0})
        for commune, attended in found.grouped(lambda a: a.registration_id.commune_id).items():
            result[commune.id] = {
                "trained_count": len(attended.registration_id.attendee_partner_id),
                "hours": sum(each.half_day_id.hours for each in attended),
                "days": len(attended) * HALF_DAY,
                "cost": costs[commune.id],
            }
        return result

    def _share_costs(self, attended):
        """commune id -> its part of the cost of the trainings, by half-day attended.

        To the cent, and so that the parts add up to the cost: each commune pays up to its rank,
        less what those before it pay.
        """
        totals = dict(
            self.env["commune.event.attendance"]._read_group(
                [("state", "=", "present"), ("event_id", "in", attended.event_id.ids)],
                ["event_id"],
                ["__count"],
            )
        )
        result = defaultdict(float)
        for event, found in attended.grouped("event_id").items():
            done = paid = 0
            for commune, own in found.grouped(lambda a: a.registration_id.commune_id).items():
                done += len(own)
                due = round(event.cost * done / totals[event], 2)
                result[commune.id] += due - paid
                paid = due
        return result

    def _get_obliged(self, mandates):
        """Those with a delegation are trained in the first year of their mandate (L.2123-12).

        :return: dict: person id -> (first, last day of that year)
        """
        result = {}
        for mandate in mandates.filtered(lambda m: m.delegation and m.date_start):
            start = mandate.date_start
            result.setdefault(
                mandate.partner_id.id, (start, start + relativedelta(years=1, days=-1))
            )
        return result


class CommuneTrainingTableLine(models.TransientModel):
    _name = "commune.training.table.line"
    _description = "Training of the elected officials of a commune"
    _order = "id"

    table_id = fields.Many2one("commune.training.table", required=True, ondelete="cascade")
    commune_id = fields.Many2one("res.partner", readonly=True)
    official_count = fields.Integer(string="In office", readonly=True)
    trained_count = fields.Integer(string="Trained in the year", readonly=True)
    never_count = fields.Integer(string="Never trained in the term", readonly=True)
    hours = fields.Float(readonly=True)
    days = fields.Float(readonly=True, digits=(6, 1))
    cost = fields.Float(readonly=True, digits=(12, 2))
    obliged_count = fields.Integer(
        string="With a delegation", readonly=True, help="To be trained in their first year."
    )
    obliged_met_count = fields.Integer(string="Trained in the first year", readonly=True)
    max_days = fields.Float(
        string="Most days of one person",
        readonly=True,
        digits=(6, 1),
        aggregator="max",
        help="Since the last renewal, to compare with the training leave.",
    )
    over_count = fields.Integer(string="Beyond the leave", readonly=True)

    def action_open_never(self):
        """The persons in office who were at no accredited training of the term."""
        self.ensure_one()
        self.check_access("read")
        table, day = self.table_id, self.table_id._get_day()
        persons = table._get_officials(day)[self.commune_id.id].partner_id
        trained = table._get_trained_ever(day)
        never = persons.filtered(lambda person: not trained.get(person.id))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Never trained: %s", self.commune_id.name),
            "res_model": "res.partner",
            "view_mode": "list,form",
            "domain": [("id", "in", never.ids)],
        }
