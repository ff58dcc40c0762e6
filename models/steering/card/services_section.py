"""Services on a visit card: subscriptions and cost, agreements, use by similar communes."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ...services.agreement.agreement import RUNNING
from ...services.subscription.cost import COST_FIELDS

# On their way, where each one waits.
PENDING = ("draft", "deliberated", "signed")
MONTHS_BEFORE = 6


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _collect_services(self, communes, today):
        """What runs today, with what the whole year is expected to cost, the dearest first."""
        Subscription = self.env["commune.service.subscription"]
        lines = Subscription.search_fetch(
            Domain("commune_id", "in", communes.ids) & Domain("state", "=", "active"), COST_FIELDS
        )
        costs = lines._get_costs(today.year)
        rows = [
            {
                "id": line.id,
                "record": line,
                "commune_id": line.commune_id.id,
                "name": line.offer_id.display_name,
                "end": line.date_end,
                "cost": float(costs[line.id]["forecast"].total),
            }
            for line in lines
        ]
        rows.sort(key=lambda row: (-row["cost"], row["name"], row["id"]))
        return self._group(rows)

    @api.model
    def _prepare_services_row(self, row, _card):
        return {
            "text": row["name"],
            "detail": [
                self._format_amount(row["cost"]) if row["cost"] else self.env._("free of charge"),
                row["end"] and self.env._("ends %s", self._format_date(row["end"])),
            ],
            "record": row["record"],
        }

    @api.model
    def _get_services_note(self, rows, card):
        if not rows:
            return self.env._("No service.")
        total = self._format_amount(sum(row["cost"] for row in rows))
        return self.env._(
            "%(total)s expected in %(year)s", total=total, year=str(card["today"].year)
        )

    @api.model
    def _format_amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.env.company._get_euro())

    @api.model
    def _collect_agreements(self, communes, today):
        """In force, the last version of each, and on their way; what asks for something first."""
        agreements = self.env["agreement"].search(
            Domain("commune_id", "in", communes.ids)
            & Domain("state", "in", (*PENDING, *RUNNING, "suspended"))
        )
        running = agreements.filtered(lambda one: one.state in RUNNING)
        kept = (agreements - running) | running._filter_last_versions()
        states = self._get_labels("agreement", "state")
        rows = [self._prepare_agreement_facts(one, states, today) for one in kept]
        rows.sort(key=lambda row: (not row["asks"], row["end"] or today.max, row["id"]))
        return self._group(rows)

    @api.model
    def _prepare_agreement_facts(self, agreement, states, today):
        end = agreement.end_date
        ends = agreement.state == "to_renew" or (end and (end - today).days < 30 * MONTHS_BEFORE)
        asks = ""
        if agreement.state in PENDING:
            asks = "pending"
        elif agreement.term_ended:
            asks = "again"
        elif agreement.state in RUNNING and ends:
            asks = "renew"
        return {
            "id": agreement.id,
            "record": agreement,
            "commune_id": agreement.commune_id.id,
            "name": agreement.name,
            "state": agreement.state,
            "state_label": states[agreement.state],
            "end": end,
            "asks": asks,
        }

    @api.model
    def _prepare_agreements_row(self, row, _card):
        marks = {
            "pending": row["state_label"],
            "again": self.env._("to sign again"),
            "renew": self.env._("to renew"),
        }
        mark = marks.get(row["asks"], "")
        return {
            "text": row["name"],
            "detail": [
                "" if mark else row["state_label"],
                row["end"] and self.env._("ends %s", self._format_date(row["end"])),
            ],
            "mark": mark,
            "tone": "wait" if mark else "",
            "record": row["record"],
        }

    @api.model
    def _get_suggestions(self, communes):
        """{commune id: [(service, why)]} of what communes alike use, for staff that reads it."""
        refusals = self.env["commune.service.refusal"]
        if not (self.env.company._uses("services") and refusals.has_access("read")):
            return {}
        suggester = self.env["commune.service.suggestion"]
        found = suggester._suggest(communes)
        keys = {one.service.key for some in found.values() for one in some}
        names = {one.id: one.name for one in self.env["commune.service"].sudo().browse(keys)}
        return {
            commune_id: [
                # The reason speaks to the commune: it is quoted.
                (
                    names[one.service.key],
                    self.env._("To say: “%s”", suggester._get_reason(one.figure)),
                )
                for one in some
            ]
            for commune_id, some in found.items()
        }
