"""The persons and mandates that an import writes, in bulk."""

from odoo import models

from ...core.bulk import clone_rows, next_ids

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
# Columns of a person that differ from the prototype of the batch.
PERSON_COLUMNS = [
    "id",
    "firstname",
    "lastname",
    "name",
    "complete_name",
    "civility",
    "commercial_partner_id",
]
MANDATE_COLUMNS = [
    "partner_id",
    "commune_id",
    "function_id",
    "function_sequence",
    "rank",
    "date_start",
    "function_date",
]


class CommuneImport(models.Model):
    _inherit = "commune.import"

    # persons

    def _create_people(self, lines):
        """Create each new person once.

        :return: person key -> partner id, for all the lines
        """
        people, missing = {}, {}
        for line in lines:
            if not line._creates_mandate():
                continue
            if line.partner_id:
                people[line.person_key] = line.partner_id.id
            else:
                missing.setdefault(line.person_key, line)
        missing = {key: line for key, line in missing.items() if key not in people}
        if not missing:
            return people
        Partner = self.env["res.partner"].with_context(**QUIET)
        first_key, *other_keys = missing
        prototype = Partner.create(self._prepare_person(missing[first_key]))
        prototype.sudo().is_fictitious = self.source == "fictive"
        people[first_key] = prototype.id
        ids = next_ids(Partner, len(other_keys))
        rows = []
        for key, partner_id in zip(other_keys, ids, strict=True):
            line = missing[key]
            name = Partner._get_computed_name(line.last_name, line.first_name)
            people[key] = partner_id
            rows.append(
                (
                    partner_id,
                    line.first_name,
                    line.last_name,
                    name,
                    name,
                    line.civility or None,
                    partner_id,
                )
            )
        clone_rows(prototype, PERSON_COLUMNS, rows)
        self._recompute_other_fields(Partner.browse(ids))
        return people

    def _prepare_person(self, line):
        return {
            "firstname": line.first_name,
            "lastname": line.last_name,
            "civility": line.civility,
            "is_company": False,
            "lang": self.env.company.partner_id.lang or self.env.lang,
        }

    def _recompute_other_fields(self, partners):
        """Stored fields that other modules compute from the names were copied from the
        prototype: compute them for each person."""
        fields_ = partners._fields
        varying = [fields_[name] for name in ("firstname", "lastname", "name", "civility")]
        for field in varying:
            for dependent in self.env.registry.get_dependent_fields(field):
                if (
                    dependent.model_name == "res.partner"
                    and dependent.store
                    and dependent.compute
                    and dependent.name not in PERSON_COLUMNS
                ):
                    self.env.add_to_compute(dependent, partners)

    # mandates

    def _end_mandates(self, lines):
        """End the mandates that a next one replaces, or whose end was ticked, by date and cause."""
        by_end = {}
        # A replacement decides on the day: it comes after the ends that were ticked.
        for line in lines.sorted(lambda line: line.action == "replace"):
            if line.action in ("replace", "end"):
                day = line.date_end or self.env.company._get_today()
                by_end.setdefault((day, line.end_cause), []).extend(line.mandate_refs or [])
        Mandate = self.env["commune.mandate"]
        for (day, cause), ids in by_end.items():
            mandates = Mandate.browse(ids)
            # A mandate cannot end before it starts: a start after that day was wrong.
            late = mandates.filtered(lambda m, day=day: m.date_start and m.date_start > day)
            (mandates - late).write({"date_end": day, "end_cause": cause})
            for mandate in late:
                mandate.write({"date_end": mandate.date_start, "end_cause": cause})

    def _update_mandates(self, lines):
        """Correct dates or ranks in place."""
        functions = self.env["commune.function"]._by_code()
        source = self._prepare_source()
        for line in lines:
            values = dict(line.mandate_values or {})
            if code := values.pop("function", None):
                values["function_id"] = functions[code].id
            self.env["commune.mandate"].browse(line.mandate_refs or []).write({**values, **source})

    def _prepare_source(self):
        day = self.env.company._get_organisation_date(self.create_date)
        return {"source": self.source, "source_date": day}

    def _create_mandates(self, lines, people):
        """Insert the new mandates as copies of the first, made by `create`; returns them all."""
        Mandate = self.env["commune.mandate"]
        if not lines:
            return Mandate
        first, *others = lines
        values = dict(zip(MANDATE_COLUMNS, self._prepare_mandate(first, people), strict=True))
        del values["function_sequence"]  # follows the function
        values |= self._prepare_source()
        prototype = Mandate.create(values)
        rows = [self._prepare_mandate(line, people) for line in others]
        ids = next_ids(Mandate, len(rows))
        clone_rows(
            prototype,
            ["id", *MANDATE_COLUMNS],
            [(new_id, *row) for new_id, row in zip(ids, rows, strict=True)],
        )
        return prototype | Mandate.browse(ids)

    def _prepare_mandate(self, line, people):
        """Values of `MANDATE_COLUMNS`."""
        values = line.mandate_values
        return (
            people[line.person_key],
            line.place_id.id,
            line.function_id.id,
            line.function_id.sequence,
            values["rank"],
            values["date_start"],
            values["function_date"],
        )
