"""Rows of the directory: communes and the persons in office there, for PDF, spreadsheet and
the sheet of a commune alike.
"""

from odoo import api, models
from odoo.fields import Domain

from ...engine.opendata import titles
from ...engine.text import curl, fold
from ...models.core.collation import collate, collate_place

EXECUTIVE = ("mayor", "delegated_mayor", "arrondissement_mayor", "deputy_mayor")
COUNCILLORS = ("delegated_councillor", "councillor")
UNRANKED = 1000  # after every ranked person
MANDATE_FIELDS = """partner_id commune_id function_id kind function_sequence rank delegation
function_date date_start date_end source source_date""".split()
PERSON_FIELDS = ["lastname", "firstname", "civility", "phone", "email"]
COMMUNE_FIELDS = """name brand_name insee_code siren population population_year sector_id local_law
street street2 zip city phone email website opening_hours contact_confirmed_date
reference_vintage is_epci epci_id""".split()


class CommuneDirectory(models.AbstractModel):
    _name = "commune.directory"
    _description = "Rows of the directory of communes"

    @api.model
    def _get_directory_rows(self, communes, functions=None, kinds=("elected", "staff")):
        """Communes in the order of their names, each with the persons in office there today.

        :param communes: res.partner
        :param functions: commune.function to keep; none means all of them
        :param kinds: `elected`, `staff` or both
        :return: list of dict, one per commune (see `_prepare_commune_row`), whose `persons` are
            dicts (see `_prepare_person_row`), mayor first, then by function, rank and name
        """
        persons = {}
        mandates = communes._get_current_mandates(self._get_domain(functions, kinds))
        # All at once: Odoo reads a thousand records at a time by itself.
        mandates.fetch(MANDATE_FIELDS)
        mandates.partner_id.fetch(PERSON_FIELDS)
        communes.fetch(COMMUNE_FIELDS)
        for mandate in mandates:
            row = self._prepare_person_row(mandate)
            persons.setdefault(mandate.commune_id.id, []).append(row)
        rows = []
        for commune in communes:
            found = sorted(persons.get(commune.id, ()), key=lambda row: row["order"])
            rows.append(self._prepare_commune_row(commune) | {"persons": found})
        return sorted(rows, key=lambda row: collate_place(row["name"]))

    @api.model
    def _get_domain(self, functions, kinds):
        """Mandates of these functions (none for all of them) and kinds."""
        domain = Domain("kind", "in", list(kinds))
        return domain & Domain("function_id", "in", functions.ids) if functions else domain

    @api.model
    def _prepare_commune_row(self, commune):
        labels = dict(commune._fields["local_law"]._description_selection(self.env))
        return {
            "id": commune.id,
            "name": commune.name or "",
            "brand_name": commune.brand_name or "",
            "insee_code": commune.insee_code or "",
            "siren": commune.siren or "",
            "population": commune.population or None,
            "population_year": commune.population_year or None,
            "sector": commune.sector_id.name or "",
            "local_law": labels.get(commune.local_law, ""),
            "street": commune.street or "",
            "street2": commune.street2 or "",
            "zip": commune.zip or "",
            "city": commune.city or "",
            "phone": commune.phone or "",
            "email": commune.email or "",
            "website": commune.website or "",
            "opening_hours": commune.opening_hours or "",
            "confirmed_date": commune.contact_confirmed_date or None,
            "vintage": commune.reference_vintage or "",
        }

    @api.model
    def _prepare_person_row(self, mandate):
        person, function = mandate.partner_id, mandate.function_id
        # D'ANGELO is stored as typed and printed as typeset: D’ANGELO.
        last_name = curl((person.lastname or "").upper())
        first_name = curl(person.firstname or "")
        return {
            "id": mandate.id,
            "person_id": person.id,
            "civility": person.civility or "",
            "last_name": last_name,
            "first_name": first_name,
            "name": f"{first_name} {last_name}".strip(),
            "kind": mandate.kind,
            "function_id": function.id,
            "function_code": function.code,
            "function": function.name or "",
            "title": mandate.title or "",
            "short_title": self._get_short_title(mandate),
            "rank": mandate.rank or None,
            "delegation": mandate.delegation or "",
            "phone": person.phone or "",
            "email": person.email or "",
            "date_start": mandate.function_date or mandate.date_start or None,
            "date_end": mandate.date_end or None,
            "source": mandate.source,
            "source_date": mandate.source_date or None,
            "order": (
                mandate.kind,
                mandate.function_sequence,
                mandate.rank or UNRANKED,
                fold(f"{last_name} {first_name}"),
            ),
        }

    @api.model
    def _get_short_title(self, mandate):
        """Title without the words already on the page: `Première adjointe` of the commune."""
        if not (self.env.lang or "").startswith("fr"):
            return mandate.title or ""
        function, civility = mandate.function_id.code, mandate.partner_id.civility
        if function not in titles.SHORT:
            return mandate.title or ""
        return titles.title(function, mandate.rank, civility or "", short=True)

    @api.model
    def _split_persons(self, persons):
        """The persons of a commune in the order of a sheet: executive, councillors, staff.

        Who is mayor or deputy is not repeated among the councillors.
        """
        executive = [row for row in persons if row["function_code"] in EXECUTIVE]
        known = {row["person_id"] for row in executive}
        others = [row for row in persons if row["kind"] == "elected" and row not in executive]
        councillors = []
        for row in others:
            if row["person_id"] not in known or row["function_code"] not in COUNCILLORS:
                councillors.append(row)
            known.add(row["person_id"])
        councillors.sort(key=lambda row: row["order"][3])
        return {
            "executive": executive,
            "councillors": councillors,
            "staff": [row for row in persons if row["kind"] == "staff"],
        }

    @api.model
    def _get_function_rows(self, rows):
        """The same persons by function: `{function, persons}`, each row with its commune."""
        functions = {}
        for commune in rows:
            for row in commune["persons"]:
                functions.setdefault(row["function_id"], []).append(row | {"commune": commune})
        ordered = sorted(functions.values(), key=lambda persons: persons[0]["order"][:2])
        return [
            {
                "id": persons[0]["function_id"],
                "function": persons[0]["function"],
                "persons": persons,
            }
            for persons in ordered
        ]

    @api.model
    def _get_index_rows(self, rows):
        """One line per person and commune, by name.

        :return: list of dict: name, commune, id (of the person's first row in that commune)
        """
        entries = {}
        for commune in rows:
            for row in commune["persons"]:
                entries.setdefault(
                    (row["person_id"], commune["id"]),
                    {
                        "name": f"{row['last_name']} {row['first_name']}".strip(),
                        "commune": commune["name"],
                        "id": row["id"],
                    },
                )
        return sorted(
            entries.values(),
            key=lambda entry: (collate(entry["name"]), collate_place(entry["commune"])),
        )

    @api.model
    def _count_persons(self, rows):
        return len({row["person_id"] for commune in rows for row in commune["persons"]})
