"""Statement as a PDF, for the finance software, and over a year."""

import hashlib
from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_amount, formatLang

from ....engine import billing
from ....engine.text import euros_in_words
from ...core.collation import collate_place
from ..week_grid import EVENING
from .line import to_cents
from .statement import FROZEN

NATURES = {
    "work": "TRAVAIL",
    "cancellation": "ANNULATION",
    "notice": "PREAVIS",
    "balance": "REGULARISATION",
}
UNITS = {"hour": "HEURE", "half_day": "DEMI_JOURNEE", "day": "JOUR", "cost": "COUT_SALARIAL"}


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    @api.model
    def _get_kept_files_domain(self, attachment_ids):
        return Domain("document_id", "in", attachment_ids)

    def _freeze_document(self):
        """Make the PDF that is issued, and keep its fingerprint, as superuser."""
        self.ensure_one()
        self.flush_recordset()
        lang = self.env.company._get_organisation_lang()
        report = self.env["ir.actions.report"].with_context(lang=lang)
        content, _kind = report._render_qweb_pdf(
            "commune_relations.replacement_statement_report", self.ids
        )
        document = self.env["ir.attachment"].create(
            {
                "name": f"{self.name}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.write(
            {"document_id": document.id, "document_sha256": hashlib.sha256(content).hexdigest()}
        )

    def _is_document_intact(self):
        """Whether the file is still the one that was issued."""
        self.ensure_one()
        content = self.sudo().document_id.raw or b""
        return hashlib.sha256(content).hexdigest() == self.document_sha256

    def action_open_document(self):
        """The PDF as it was issued; before, a preview."""
        self.ensure_one()
        self.check_access("read")
        if document := self.sudo().document_id:
            return {
                "type": "ir.actions.act_url",
                "url": f"/web/content/{document.id}?download=true",
                "target": "self",
            }
        report = self.env.ref("commune_relations.replacement_statement_report")
        return report.report_action(self)

    def action_csv(self):
        """The lines of these statements for the finance software."""
        self.check_access("read")
        ids = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/commune/replacement-statements.csv?ids={ids}",
            "target": "self",
        }

    def _format_euros(self, amount):
        return format_amount(self.env, amount, self.currency_id or self.env.company._get_euro())

    def _get_amount_in_words(self):
        self.ensure_one()
        if (self.env.lang or "").startswith("fr"):
            return euros_in_words(abs(to_cents(self.amount_total)))
        return self.currency_id.amount_to_text(abs(self.amount_total)).lower()

    def _describe_contested(self):
        """What the commune contests in the period, or has to decide again, hence is not billed;
        empty when nothing is."""
        self.ensure_one()
        if self.kind == "cancelling":
            return ""
        sheets = (
            self.env["commune.replacement.timesheet.line"]
            .search(
                Domain("commune_id", "=", self.commune_id.id)
                & Domain("state", "in", ("contested", "entered"))
                & Domain("date", ">=", self.date_start)
                & Domain("date", "<=", self.date_end)
            )
            .sheet_id
        )
        contested, waiting = (
            lines.filtered(lambda line: self.date_start <= line.date <= self.date_end)
            for lines in (sheets._get_contested(), sheets._get_waiting_again())
        )
        words = []
        if contested:
            words.append(
                self.env._(
                    "Contested in this period, and not billed: %s.", contested._describe_sum()
                )
            )
        if waiting:
            words.append(
                self.env._(
                    "Waiting for a new answer of the commune, and not billed: %s.",
                    waiting._describe_sum(),
                )
            )
        return " ".join(words)

    def _is_all_validated(self):
        """Whether all that it bills are hours that the commune validated on its portal."""
        self.ensure_one()
        return bool(self.line_ids) and all(line.timesheet_line_id for line in self.line_ids)

    def _group_by_mission(self):
        """[(mission, agent, lines, sum)] in the order of the days."""
        self.ensure_one()
        lines = self.line_ids.sorted(lambda line: (line.date, line.half_day, line.id))
        return [
            (mission, mission.employee_id, kept, kept._add_up("amount"))
            for mission, kept in lines.grouped("mission_id").items()
        ]

    def _get_finance_rows(self):
        """Rows of the file for the finance software: see engine/billing/finance.py."""
        company = self.env.company
        issuer = company._get_epci()
        legal_name = company._get_document_identity()["legal_name"]
        account_in, account_out = company.replacement_account_in, company.replacement_account_out
        rows, codes = [], self._get_agreement_codes()
        for statement in self:
            parties = statement._get_parties()
            common = {
                "numero_etat": statement.name if statement.name != "/" else "",
                "date_emission": statement.issued_date and statement._get_issue_day(),
                "siren_emetteur": issuer.siren,
                "siret_emetteur": parties["issuer_siret"],
                "nom_emetteur": legal_name,
                "siren_commune": statement.commune_id.siren,
                "siret_commune": parties["payer_siret"],
                "code_service": statement.service_code,
                "numero_engagement": statement.engagement_number,
                "code_insee": statement.commune_id.insee_code,
                "nom_commune": statement.commune_id.name,
                "periode_debut": statement.date_start,
                "periode_fin": statement.date_end,
                "etat_annule": statement.cancels_id.name,
                "imputation_recette": account_in,
                "imputation_depense": account_out,
                "objet": statement._get_object(),
                "montant_etat": to_cents(statement.amount_total),
                "titre_recette": statement.receivable_ref,
                "ordonnateur": parties["ordonnateur"],
                "tva": "HORS_CHAMP",
                "empreinte": statement.document_sha256,
            }
            rows += [
                {**common, "convention": codes[statement][line.date], **line._get_finance_values()}
                for line in statement.line_ids
            ]
        return rows

    def _list_agreements(self):
        """Agreements of the days billed: see `_list_agreements` of a commune."""
        days = self.line_ids.mapped("date")
        return self.commune_id._list_agreements(days, self.agreement_id)

    def _get_agreement_codes(self):
        """{statement: {day billed: code of its agreement}}"""
        return {
            statement: {day: agreement.code for day, agreement in held.items()}
            for statement, held in self._get_agreements_by_day().items()
        }

    def _get_agreements_by_day(self):
        """{statement: {day billed: its agreement}}, as superuser: two that follow one another have
        each their days; that of the statement has those that none covers any more."""
        days = self.line_ids.mapped("date")
        if not days:
            return {}
        found = self.commune_id._find_replacement_agreements(min(days), max(days))
        found.fetch(["code"])
        held, agreements = found.grouped("commune_id"), {}
        for statement in self:
            own, known = statement.sudo().agreement_id, held.get(statement.commune_id, found[:0])
            agreements[statement] = {
                day: known._filter_covering(day)._filter_last_versions()[:1] or own
                for day in set(statement.line_ids.mapped("date"))
            }
        return agreements

    def _get_object(self):
        """What the receipt is for, as an accountant reads it, in the language of the
        organisation."""
        self.ensure_one()
        localised = self.with_context(lang=self.env.company._get_organisation_lang())
        return localised.env._(
            "Replacement service, from %(start)s until %(end)s",
            start=f"{self.date_start:%d/%m/%Y}",
            end=f"{self.date_end:%d/%m/%Y}",
        )

    def _get_finance_csv(self):
        return billing.finance_csv(self._get_finance_rows())

    def _get_issue_day(self):
        return self.env.company._get_organisation_date(self.issued_date)


class CommuneReplacementStatementLine(models.Model):
    _inherit = "commune.replacement.statement.line"

    def _get_finance_values(self):
        self.ensure_one()
        return {
            "mission": self.mission_id.name,
            "date": self.date,
            "demi_journee": {"am": "M", "pm": "A", EVENING: "S"}[self.half_day],
            "nature": NATURES[self.kind],
            "unite": UNITS[self.unit],
            "quantite": to_cents(self.quantity),
            "prix_unitaire": to_cents(self.unit_price),
            "montant_travail": to_cents(self.work_amount),
            "complement_minimum": to_cents(self.minimum_amount),
            "montant_deplacement": to_cents(self.travel_amount),
            "frais_gestion": to_cents(self.fee_amount),
            "montant_total": to_cents(self.amount),
        }

    @api.model
    def _name_unit(self, unit, quantity):
        """The unit beside its quantity: `1,50 heure`, `3,50 heures`."""
        labels = dict(self._fields["unit"]._description_selection(self.env))
        several = {
            "hour": self.env._("hours"),
            "half_day": self.env._("half-days"),
            "day": self.env._("days"),
        }
        word = labels[unit].lower()
        return several.get(unit, word) if abs(quantity) >= 2 else word

    def _describe_line(self):
        """What the half-day was: its times, or why it is due without work."""
        self.ensure_one()
        if self.kind == "work":
            return self.timesheet_line_id._format_times()
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]


class CommuneReplacementYear(models.AbstractModel):
    """Yearly statement of uses: units of functioning × unit cost (CGCT, art. D5211-16)."""

    _name = "commune.replacement.year"
    _description = "Yearly statement of uses"

    @api.model
    def _get_statements(self, year):
        """Statements issued for a year, those that cancel included: they take away."""
        statements = self.env["commune.replacement.statement"].search(
            [
                ("state", "in", FROZEN),
                ("date_end", ">=", f"{year}-01-01"),
                ("date_end", "<=", f"{year}-12-31"),
            ]
        )
        return statements

    @api.model
    def _get_rows(self, year):
        """[{commune, unit, unit_price, quantity, half_days, work, …}]; units that came to
        nothing because their statement was cancelled are left out."""
        rows = {}
        for line in self._get_statements(year).line_ids:
            key = (line.commune_id, line.unit, to_cents(line.unit_price))
            row = rows.setdefault(key, self._new_row(*key))
            row["quantity"] += to_cents(line.quantity)
            row["half_days"] += line.sign
            for name in ("work", "minimum", "travel", "fee"):
                row[name] += to_cents(line[f"{name}_amount"])
            row["total"] += to_cents(line.amount)
        kept = [row for row in rows.values() if row["quantity"] or row["total"]]
        kept.sort(key=lambda r: (collate_place(r["commune"].name), r["unit"], r["unit_price"]))
        forecasts = self._get_forecasts(year)
        name_unit = self.env["commune.replacement.statement.line"]._name_unit
        for row in kept:
            row["unit_label"] = name_unit(row["unit"], row["quantity"])
            # Once per commune, on its first line.
            row["forecast"] = forecasts.pop(row["commune"], "")
        return kept

    @api.model
    def _get_forecasts(self, year):
        """{commune: units that its agreement forecasts for a year, in words}."""
        Subscription = self.env["commune.service.subscription"].sudo()
        found = Subscription.search(
            Subscription._get_year_domain(year)
            & Domain("offer_id.is_replacement", "=", True)
            & Domain("forecast_quantity", ">", 0)
        )
        return {
            commune: ", ".join(
                self.env._(
                    "%(quantity)s (%(unit)s)",
                    quantity=formatLang(self.env, line._get_expected(year), digits=2),
                    unit=line.unit_name or self.env._("unit"),
                )
                for line in lines
            )
            for commune, lines in found.grouped("commune_id").items()
        }

    @api.model
    def _new_row(self, commune, unit, unit_price):
        amounts = dict.fromkeys(("quantity", "work", "minimum", "travel", "fee", "total"))
        return {
            "commune": commune,
            "unit": unit,
            "unit_price": unit_price,
            "half_days": 0,
            "forecast": "",
            **{name: Decimal(0) for name in amounts},
        }

    @api.model
    def _add_up(self, rows, name):
        return sum((row[name] for row in rows), Decimal(0))
