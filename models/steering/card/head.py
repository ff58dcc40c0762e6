"""Head of a visit card: the commune, its mayor, the head of its administration, its persons."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

HEADS_OF_STAFF = ("dgs", "town_hall_secretary", "deputy_dgs")
PERSONS = 6  # beside these two; the others are counted


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _get_heads(self, communes):
        """{commune id: name, population, mayor, head of the administration, persons…}."""
        last = {commune.id: commune.last_contact_date for commune in communes}
        heads = {}
        for row in self.env["commune.directory"]._get_directory_rows(communes):
            head = self._prepare_head(row)
            head["last_exchange"] = last[row["id"]]
            heads[row["id"]] = head
        vacancies = self._get_vacancies(communes.filtered(lambda one: not heads[one.id]["mayor"]))
        for commune_id, head in heads.items():
            head["vacancy"] = vacancies.get(commune_id, "")
        return heads

    @api.model
    def _get_vacancies(self, communes):
        """{commune id: text in place of the mayor}, of communes without one."""
        ended = self.env["commune.mandate"].search(
            Domain("commune_id", "in", communes.ids)
            & Domain("function_id.code", "=", "mayor")
            & Domain("date_end", "<", self.env.company._get_today()),
            order="date_end",
        )
        last = {mandate.commune_id.id: mandate.date_end for mandate in ended}
        return {
            one: (
                self.env._("vacant since %s", self._format_date(last[one] + timedelta(days=1)))
                if one in last
                else self.env._("not known")
            )
            for one in communes.ids
        }

    @api.model
    def _prepare_head(self, row):
        split = self.env["commune.directory"]._split_persons(row["persons"])
        staff = sorted(split["staff"], key=lambda one: self._rank_staff(one["function_code"]))
        persons = self._order_persons(split["executive"], staff, split["councillors"])
        mayor = next((one for one in persons if one["function_code"] == "mayor"), None)
        head = next((one for one in staff if one["function_code"] in HEADS_OF_STAFF), None)
        first = [one for one in (mayor, head) if one]
        others = [one for one in persons if one["person_id"] not in {f["person_id"] for f in first}]
        return {
            "id": row["id"],
            "name": row["name"],
            "brand_name": row["brand_name"],
            "population": row["population"],
            "population_year": row["population_year"],
            "population_text": self._format_population(row),
            "sector": row["sector"],
            "phone": row["phone"],
            "email": row["email"],
            "mayor": mayor,
            "head_of_staff": head,
            "first_persons": first,
            "persons": others[:PERSONS],
            "more_persons": self._describe_hidden_count(len(others) - PERSONS),
        }

    @api.model
    def _rank_staff(self, code):
        return HEADS_OF_STAFF.index(code) if code in HEADS_OF_STAFF else len(HEADS_OF_STAFF)

    @api.model
    def _order_persons(self, executive, staff, councillors):
        """One line for each person: mayor and deputies, staff, councillors."""
        ordered = {}
        for row in (*executive, *staff, *councillors):
            ordered.setdefault(row["person_id"], row)
        return list(ordered.values())

    @api.model
    def _format_population(self, row):
        if not row["population"]:
            return ""
        count = formatLang(self.env, row["population"], digits=0)
        if not row["population_year"]:
            return self.env._("%s inhabitants", count)
        return self.env._(
            "%(count)s inhabitants (%(year)s)", count=count, year=row["population_year"]
        )
