"""Statement, yearly statement of uses, estimate: PDF and workbooks."""

from datetime import timedelta

from odoo import api, models

from ...engine.sheets import Column, Sheet
from ...engine.text import after_comma
from ...models.core.workbook import make_workbook
from ...models.replacement.request.quote import QUOTE_DAYS


class ReplacementStatement(models.AbstractModel):
    _name = "report.commune_relations.replacement_statement"
    _description = "Statement (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        statement = self.env["commune.replacement.statement"].browse(docids)[:1]
        statement.check_access("read")
        statement = statement.sudo()  # who reads it may open neither its agents nor its hours
        company = self.env.company
        draft = statement.name == "/"
        cancelling = statement.kind == "cancelling"
        heading = (
            self.env._("Cancelling statement") if cancelling else self.env._("Statement of costs")
        )
        return {
            "docs": statement,
            "statement": statement,
            "title": f"{heading} {'' if draft else statement.name}".strip(),
            "heading": heading,
            "kind": self.env._("Draft: not issued") if draft else statement.name,
            "subtitle": statement.commune_id._get_commune_title(),
            "notice": self.env._("Draft: this statement is not issued") if draft else "",
            "identity": company._get_document_identity(),
            "after_comma": after_comma,
            "groups": statement._group_by_mission(),
            "euros": statement._format_euros,
            "words": statement._get_amount_in_words(),
            "agreements": statement._list_agreements(),
            "issued_on": company._format_document_date(
                statement.issued_date and statement._get_issue_day()
            ),
            "period": company._format_document_period(statement.date_start, statement.date_end),
            "tariffs": statement.line_ids.tariff_id.mapped("description"),
            "parties": statement._get_parties(),
            "contested": statement._describe_contested(),
            "account_in": company.replacement_account_in,
            "account_out": company.replacement_account_out,
        }


class ReplacementQuote(models.AbstractModel):
    _name = "report.commune_relations.replacement_quote"
    _description = "Estimate (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        demand = self.env["commune.replacement.request"].browse(docids)[:1]
        demand.check_access("read")
        demand = demand.sudo()  # who reads it may open neither agents nor their cost
        estimate = demand.env["commune.replacement.quote"]
        estimate._check_quote_to_come(demand)
        quote, sentence = estimate._get_quote(demand)
        company = self.env.company
        slots = demand.slot_ids.filtered(lambda s: s.state not in ("cancelled", "lost"))
        figures = self._get_figures(quote)
        says = [demand.post, sorted(map(str, slots.mapped("date"))), sentence, figures]
        agreements = demand.commune_id._list_agreements(slots.mapped("date"), self.env["agreement"])
        day = estimate._date_quote(demand, says)
        return {
            "docs": demand,
            "demand": demand,
            "title": self.env._("Estimate %s", demand.name),
            "heading": self.env._("Estimate before the mission"),
            "kind": demand.name,
            "subtitle": demand.commune_id._get_commune_title(),
            "notice": "",
            "identity": company._get_document_identity(),
            "issuer_siret": company.sudo().epci_id.siret,
            "agreements": agreements if demand.has_agreement else [],
            "validity": self._describe_validity(day),
            "printed_on": company._format_document_date(day),
            "civil_registry": demand._get_civil_registry_limit(),
            "quote": quote,
            "sentence": sentence,
            "summary": slots._summarise(),
            # With a single date, the pattern would repeat it.
            "week": slots._describe_pattern() if len(set(slots.mapped("date"))) > 1 else "",
            "follower": estimate._name_quote_signatory(demand),
            **figures,
        }

    @api.model
    def _describe_validity(self, day):
        format_long_date = self.env.company._format_document_date
        return self.env._(
            "Made on %(day)s, valid for %(count)s days, until %(last)s.",
            day=format_long_date(day),
            count=QUOTE_DAYS,
            last=format_long_date(day + timedelta(days=QUOTE_DAYS)),
        )

    @api.model
    def _get_figures(self, quote):
        """Amounts and tariffs of an estimate, in words; none when no tariff holds."""
        used = {charge.tariff.key for charge in quote.charges} if quote else set()
        tariffs = self.env["commune.replacement.tariff"].sudo().browse(sorted(used))
        parts = [
            (self.env._("Work"), "work"),
            (self.env._("Up to the least amount of a day"), "minimum"),
            (self.env._("Travel"), "travel"),
            (self.env._("Administrative fee"), "fee"),
        ]
        return {
            "rows": [
                (label, tariffs._format_euros(float(quote.add_up(name))))
                for label, name in parts
                if quote and (name == "work" or quote.add_up(name))
            ],
            "total": quote and tariffs._format_euros(float(quote.add_up("total"))),
            "tariffs": tariffs.mapped("description"),
            "terms": list(dict.fromkeys(filter(None, (t._describe_terms() for t in tariffs)))),
            "sources": list(dict.fromkeys(filter(None, tariffs.mapped("legal_source")))),
        }


class ReplacementYear(models.AbstractModel):
    _name = "report.commune_relations.replacement_year"
    _description = "Yearly statement of uses (PDF)"

    @api.model
    def _get_report_values(self, docids, data=None):
        uses = self.env["commune.replacement.year"]
        year = get_year(self.env, docids, data)
        rows = uses._get_rows(year)
        statements = uses._get_statements(year)
        names = ("work", "minimum", "travel", "fee", "total")
        return {
            "docs": statements,
            "title": self.env._("Yearly statement of uses %s", year),
            "heading": self.env._("Yearly statement of uses"),
            "kind": self.env._("Replacement service"),
            "subtitle": str(year),
            "notice": self.env.company._get_provisional(year),
            "identity": self.env.company._get_document_identity(),
            "year": year,
            "rows": rows,
            "sums": {name: float(uses._add_up(rows, name)) for name in names},
            "half_days": sum(row["half_days"] for row in rows),
            "statement_count": len(statements),
            "euros": self.env["commune.replacement.tariff"]._format_euros,
        }


class ReplacementYearXlsx(models.AbstractModel):
    _name = "report.commune_relations.replacement_year_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Yearly statement of uses (XLSX)"

    def create_xlsx_report(self, docids, data):
        self.env["commune.replacement.year.print"].check_access("create")
        year = get_year(self.env, docids, data)
        columns = [
            Column(self.env._("Commune"), width=26),
            Column(self.env._("INSEE code"), width=10),
            Column(self.env._("Unit"), width=22),
            Column(self.env._("Units"), "amount", 11),
            Column(self.env._("Unit cost (€)"), "amount", 12),
            Column(self.env._("Half-days"), "integer", 11, total=True),
            Column(self.env._("Work (€)"), "amount", 13, total=True),
            Column(self.env._("Up to the least amount (€)"), "amount", 13, total=True),
            Column(self.env._("Travel (€)"), "amount", 13, total=True),
            Column(self.env._("Fee (€)"), "amount", 13, total=True),
            Column(self.env._("Total (€)"), "amount", 13, total=True),
            Column(self.env._("Forecast of the convention"), width=26),
        ]
        rows = [
            [row["commune"].name, row["commune"].insee_code, row["unit_label"]]
            + [float(row["quantity"]), float(row["unit_price"]), row["half_days"]]
            + [float(row[name]) for name in ("work", "minimum", "travel", "fee", "total")]
            + [row["forecast"]]
            for row in self.env["commune.replacement.year"]._get_rows(year)
        ]
        issued = self.env._("Statements issued for %s (CGCT, art. D5211-16)", year)
        sheet = Sheet(
            self.env._("Uses %s", year),
            columns,
            rows,
            notice=" – ".join(filter(None, (issued, self.env.company._get_provisional(year)))),
            total_label=self.env._("Total"),
        )
        title = self.env._("Yearly statement of uses %s", year)
        return make_workbook(self.env, title, [sheet]), "xlsx"


class ReplacementStatementXlsx(models.AbstractModel):
    _name = "report.commune_relations.replacement_statement_xlsx"
    _inherit = ["report.report_xlsx.abstract"]
    _description = "Statements (XLSX)"

    def create_xlsx_report(self, docids, data):
        statements = self.env["commune.replacement.statement"].browse(docids)
        statements.check_access("read")
        lines = statements.line_ids
        labels = {
            name: dict(lines._fields[name]._description_selection(self.env))
            for name in ("half_day", "kind", "unit")
        }
        rows = [
            [line.statement_id._get_number_text(), line.commune_id.name, line.mission_id.name]
            + [
                line.mission_id.employee_id.sudo().name,
                line.date,
                labels["half_day"][line.half_day],
            ]
            + [labels["kind"][line.kind], labels["unit"][line.unit], line.quantity]
            + [line.unit_price, line.work_amount, line.minimum_amount, line.km]
            + [line.travel_amount, line.fee_amount, line.amount]
            for line in lines
        ]
        sheet = Sheet(
            self.env._("Statements"),
            self._get_columns(),
            rows,
            total_label=self.env._("Total"),
        )
        return make_workbook(self.env, self.env._("Statements"), [sheet]), "xlsx"

    @api.model
    def _get_columns(self):
        return [
            Column(self.env._("Statement"), width=15),
            Column(self.env._("Commune"), width=24),
            Column(self.env._("Mission"), width=14),
            Column(self.env._("Agent"), width=20),
            Column(self.env._("Date"), "date", 12),
            Column(self.env._("Half-day"), width=12),
            Column(self.env._("Nature"), width=20),
            Column(self.env._("Unit"), width=16),
            Column(self.env._("Units"), "amount", 9),
            Column(self.env._("Unit price (€)"), "amount", 12),
            Column(self.env._("Work (€)"), "amount", 12, total=True),
            Column(self.env._("Up to the least amount (€)"), "amount", 13, total=True),
            Column(self.env._("Kilometres"), "amount", 11, total=True),
            Column(self.env._("Travel (€)"), "amount", 12, total=True),
            Column(self.env._("Fee (€)"), "amount", 12, total=True),
            Column(self.env._("Total (€)"), "amount", 13, total=True),
        ]


def get_year(env, docids, data):
    """The year asked for: in the data of the report, else in the wizard itself."""
    if data and data.get("year"):
        return int(data["year"])
    return env["commune.replacement.year.print"].browse(docids)[:1].year
