"""The matrix: communes by offers for a year, the figures of the screen and of the workbook."""

from datetime import date
from itertools import product

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.pricing import per_inhabitant
from ...core.collation import collate_place
from ..subscription.alert import is_nearly_used
from ..subscription.cost import COST_FIELDS, PARTS, get_cost_parts
from .service import VISIBLE

FIRST_YEAR, LAST_YEAR = 1990, 2100  # a year that no calendar knows is this one


def _sum(cells, key):
    return round(sum(cell[key] for cell in cells), 2)


class CommuneServiceMatrix(models.AbstractModel):
    _name = "commune.service.matrix"
    _description = "Matrix of the subscriptions"

    @api.model
    def get_matrix(self, year=None, family_id=None):
        """Everything that the screen shows, in a constant number of queries.

        :return: dict: `year`, `years`, `families`, `family_id`, `can_edit`, `offers` (columns),
            `communes` (rows), `cells` by “commune-offer”, `totals` by offer and overall
        """
        self.env["commune.service.subscription"].check_access("read")
        if not year or not FIRST_YEAR <= year <= LAST_YEAR:
            year = self.env.company._get_today().year
        offers = self._get_offers(year, family_id)
        communes = self._get_communes(year, offers)
        cells = self._get_cells(year, offers, communes)
        columns = [self._get_column(offer, communes, cells) for offer in offers]
        columns = self._add_others(year, communes, cells, columns, family_id)
        populations = self.env["commune.service.population"]._get_populations(communes, year)
        rows = [self._get_row(commune, columns, cells, populations) for commune in communes]
        return {
            "year": year,
            "years": self._get_years(year),
            "family_id": family_id or False,
            "families": self.env["commune.service.family"].search_read(
                Domain.TRUE, ["name"], load=None
            ),
            "can_edit": self.env["commune.service.subscription"].has_access("create"),
            "offers": columns,
            "communes": rows,
            "cells": {f"{key[0]}-{key[1]}": cell for key, cell in cells.items()},
            "totals": self._get_totals(rows),
        }

    @api.model
    def _get_years(self, year):
        today = self.env.company._get_today().year
        return sorted({year, *range(today - 3, today + 2)}, reverse=True)

    @api.model
    def _get_offers(self, year, family_id):
        """Offers of the services that can be seen, and those that a commune has that year."""
        taken = self.env["commune.service.subscription"]._get_year_domain(year)
        taken &= Domain("active", "=", True)
        shown = Domain("service_id.state", "in", VISIBLE) & Domain("service_id.active", "=", True)
        # What is archived still costs to those who have it.
        shown = shown & Domain("active", "=", True) | Domain("subscription_ids", "any", taken)
        if family_id:
            shown &= Domain("family_id", "=", family_id)
        offers = self.env["commune.service.offer"].with_context(active_test=False).search(shown)
        offers = offers.with_env(self.env)
        return offers.sorted(
            lambda o: (
                o.family_id.sequence,
                o.family_id.id,
                o.service_sequence,
                o.service_id.id,
                o.sequence,
                o.id,
            )
        )

    @api.model
    def _get_communes(self, year, offers):
        """Members of the intercommunality, and former ones that had an offer that year."""
        members = self.env.company._get_epci()._get_members().sudo(False)
        groups = self.env["commune.service.subscription"]._read_group(
            self.env["commune.service.subscription"]._get_year_domain(year)
            & Domain("offer_id", "in", offers.ids)
            & Domain("commune_id", "not in", members.ids),
            ["commune_id"],
        )
        former = self.env["res.partner"].union(*(commune for (commune,) in groups))
        communes = members | former
        communes.fetch(["name", "population"])
        # Accents aside: “Châtel” comes before “Chieulles”.
        return communes.sorted(lambda commune: (collate_place(commune.name), commune.id))

    @api.model
    def _get_cells(self, year, offers, communes):
        """{(commune id, offer id): cell} of what runs that year."""
        Subscription = self.env["commune.service.subscription"]
        subscriptions = Subscription.search_fetch(
            Subscription._get_year_domain(year)
            & Domain("offer_id", "in", offers.ids)
            & Domain("commune_id", "in", communes.ids),
            # All at once: Odoo reads a thousand records at a time by itself.
            COST_FIELDS,
            order="date_start, id",
        )
        costs = subscriptions._get_costs(year)
        cells = {}
        for line in subscriptions:
            cost, key = costs[line.id], (line.commune_id.id, line.offer_id.id)
            cell = cells.setdefault(
                key,
                {
                    "ids": [],
                    "forecast": 0.0,
                    "actual": 0.0,
                    **dict.fromkeys(PARTS, 0.0),
                    "used": 0.0,
                    "expected": 0.0,
                    "travel": 0.0,
                    "unpriced": 0,
                },
            )
            cell["ids"].append(line.id)
            cell["start"] = fields.Date.to_string(line.date_start)
            cell["end"] = fields.Date.to_string(line.date_end) if line.date_end else False
            first, last = date(year, 1, 1), date(year, 12, 31)
            cell["partial"] = line.date_start > first or bool(
                line.date_end and line.date_end < last
            )
            for name, amount in get_cost_parts(cost).items():
                cell[name] = round(cell[name] + amount, 2)
            cell["used"] = round(cell["used"] + float(cost["used"]), 2)
            cell["expected"] = round(cell["expected"] + line._get_expected(year), 2)
            cell["unpriced"] += cost["actual"].unpriced_days
        for cell in cells.values():
            cell["nearly_used"] = is_nearly_used(cell["used"], cell["expected"])
        return cells

    @api.model
    def _add_others(self, year, communes, cells, columns, family_id):
        """Last columns: what no subscription bears, as the yearly statements of the communes have
        it. Adds their cells; options that foresee the same service are in its column, and of one
        family alone, only what these options foresee.

        :return: list of columns
        """
        others, shown = {}, {column["id"] for column in columns}
        services = communes.env["commune.service.year"]
        for commune, lines in services._get_other_cost_lines(communes, year).items():
            for line in lines:
                if family_id and shown.isdisjoint(line["options"]):
                    continue
                cells[commune.id, line["code"]] = self._get_other_cell(line)
                others.setdefault(line["code"], line)
        for code, line in others.items():
            for commune, offer in product(communes, line["options"]):
                if cell := cells.pop((commune.id, offer), None):
                    known = cells.get((commune.id, code))
                    cells[commune.id, code] = self._join_cells(known, cell) if known else cell
        options = [option for line in others.values() for option in line["options"]]
        columns = [column for column in columns if column["id"] not in options]
        return columns + [self._get_other_column(line, communes, cells) for line in others.values()]

    @api.model
    def _join_cells(self, cell, foreseen):
        """Merge a cell of statements into that of the option.

        The greater of what the agreement foresees and of what was agreed is expected: `forecast`
        holds what exceeds the first."""
        beyond = cell["forecast"] > 0
        names = ("forecast", "actual", *PARTS)
        return {
            **cell,
            **{name: round(cell[name] + foreseen[name], 2) for name in names},
            "ids": cell["ids"] + foreseen["ids"],
            "expected": cell["expected"] if beyond else foreseen["expected"],
            "unpriced": cell["unpriced"] + foreseen["unpriced"],
        }

    @api.model
    def _get_other_cell(self, line):
        model, domain = line["opens"]
        names = ("forecast", "actual", *PARTS, "used", "expected", "travel", "unpriced")
        return {
            "ids": [],
            **{name: line[name] for name in names},
            **dict.fromkeys(("start", "end", "partial", "nearly_used"), False),
            "period": line["period"],
            # The right to read the amounts does not include the documents.
            "opens": self.env[model].has_access("read") and [model, list(domain)],
        }

    @api.model
    def _get_other_column(self, line, communes, cells):
        return {
            "id": line["code"],
            **dict.fromkeys(("service", "label"), line["offer"]),
            **dict.fromkeys(("family", "state"), ""),
            "price": line["price"],
            **dict.fromkeys(("family_id", "free", "seats"), False),
            "other": True,
            **dict.fromkeys(("name", "unit"), line["unit"]),
            **self._add_up(line["code"], communes, cells),
        }

    @api.model
    def _get_row(self, commune, columns, cells, populations):
        keys = [(commune.id, column["id"]) for column in columns]
        held = [cells[key] for key in keys if key in cells]
        population = populations[commune.id]
        row = {
            "id": commune.id,
            "name": commune.name,
            "population": population,
            "count": sum(1 for cell in held if cell["ids"]),
            "forecast": _sum(held, "forecast"),
            "actual": _sum(held, "actual"),
            **{name: _sum(held, name) for name in PARTS},
        }
        for name in ("forecast", "actual"):
            row[f"{name}_per_inhabitant"] = per_inhabitant(row[name], population)
        return row

    @api.model
    def _get_column(self, offer, communes, cells):
        return {
            "id": offer.id,
            "name": offer.name,
            "service": offer.service_id.name,
            "label": offer.display_name,
            "family": offer.family_id.name,
            "family_id": offer.family_id.id,
            "state": offer.service_id.state,
            "price": offer.price_label or "",
            "free": offer.price_ids._get_payments() == {"none"},
            "unit": offer.unit_name or "",
            "seats": offer.seats,
            "other": False,
            **self._add_up(offer.id, communes, cells),
        }

    @api.model
    def _add_up(self, key, communes, cells):
        """The cells of a column, added up."""
        held = [cells[c.id, key] for c in communes if (c.id, key) in cells]
        return {
            "count": len(held),
            "unpriced": sum(cell["unpriced"] for cell in held),
            "used": _sum(held, "used"),
            "expected": _sum(held, "expected"),
            "forecast": _sum(held, "forecast"),
            "actual": _sum(held, "actual"),
            "travel": _sum(held, "travel"),
            **{name: _sum(held, name) for name in PARTS},
        }

    @api.model
    def _get_totals(self, rows):
        population = sum(row["population"] for row in rows)
        totals = {
            "population": population,
            "count": sum(row["count"] for row in rows),
            "communes": sum(1 for row in rows if row["count"]),
            "forecast": _sum(rows, "forecast"),
            "actual": _sum(rows, "actual"),
            **{name: _sum(rows, name) for name in PARTS},
        }
        for name in ("forecast", "actual"):
            totals[f"{name}_per_inhabitant"] = per_inhabitant(totals[name], population)
        return totals
