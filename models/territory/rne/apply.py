"""Writing what an import found: all of it or nothing."""

from odoo import fields, models
from odoo.exceptions import LockError, UserError

from ....engine.opendata import diff


class CommuneImport(models.Model):
    _inherit = "commune.import"

    def action_apply(self):
        """Write the ticked lines in one transaction.

        :raise UserError: when somebody else applies it, has applied it, or has changed
            mandates of these places since the comparison
        """
        for record in self:
            record.check_access("write")
            record._lock()
            record._check_preview()
            record._check_nothing_moved()
            record._apply()
        return True

    def _lock(self):
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("Somebody else is applying this import at this moment.")
            ) from error
        self.invalidate_recordset(["state"])

    def _check_nothing_moved(self):
        """Refuse to write on the ground of a comparison that is no longer true."""
        moved = self.env["commune.mandate"].search_count(
            [
                ("commune_id", "in", self.line_ids.place_id.ids),
                ("kind", "=", "elected"),
                ("write_date", ">", self.compared_date or self.create_date),
                ("source", "!=", "fictive") if self.source != "fictive" else (1, "=", 1),
            ],
            limit=1,
        )
        if moved:
            raise UserError(
                self.env._(
                    "Mandates of these communes have changed since the comparison. Click"
                    " “Compare again”, then apply."
                )
            )

    def _apply(self):
        lines = self.line_ids.filtered("selected")
        self._resolve_choices(lines.filtered(lambda line: line._has_choice()))
        people = self._create_people(lines)
        self._end_mandates(lines)
        self._update_mandates(lines.filtered(lambda line: line.action == "update"))
        self._create_mandates(lines.filtered(lambda line: line._creates_mandate()), people)
        self._set(
            {
                "state": "applied",
                "applied_date": fields.Datetime.now(),
                "applied_by_id": self.env.uid,
            }
        )
        if self.source != "fictive" and self.remove_fictitious:
            self._remove_fictitious()
        self._log_on_places(lines)

    def _resolve_choices(self, lines):
        """Compare each doubtful line again with the person that the user chose, alone."""
        if not lines:
            return
        known = {}
        for mandate in self._get_known(self._get_places(), self.source == "fictive"):
            known.setdefault(mandate.partner_id, []).append(mandate)
        for line in lines:
            differences = diff.compare(
                [line._get_row()],
                known.get(line.partner_id.id, []),
                communes_expected=(),
                epci_expected=(),
                covered={},
                today=self.env.company._get_today(),
            )
            found = next(d for d in differences if d.row)
            line._set(
                {
                    "action": found.action,
                    "mandate_refs": list(found.mandate_ids),
                    "mandate_values": line._get_mandate_values(found),
                    "date_end": found.date_end,
                    # A choice for a new person holds for all the lines about that person.
                    "person_key": line.person_key if line.change == "new" else f"line:{line.id}",
                }
            )

    def _log_on_places(self, lines):
        """One note per commune on what the import changed there."""
        counts = {}
        for line in lines:
            counts.setdefault(line.place_id, {}).setdefault(line.change, []).append(line)
        labels = dict(
            self.env["commune.import.line"]._fields["change"]._description_selection(self.env)
        )
        places = self.env["res.partner"].browse(place.id for place in counts)
        bodies = {
            place.id: self.env._(
                "Import of elected officials: %s",
                ", ".join(f"{labels[change]} : {len(found)}" for change, found in changes.items()),
            )
            for place, changes in counts.items()
        }
        places._message_log_batch(bodies=bodies)

    def action_refresh(self):
        """Compare the same lines again with what is known now."""
        self.ensure_one()
        self.check_access("write")
        self._check_preview()
        places = self._get_places()
        rows = [row for line in self.line_ids if (row := line._get_row())]
        differences = diff.compare(
            rows,
            self._get_known(places, fictive=self.source == "fictive"),
            communes_expected=self._get_codes(places),
            epci_expected=self._get_sirens(places),
            covered={kind: frozenset(codes) for kind, codes in (self.covered or {}).items()},
            today=self.env.company._get_today(),
        )
        self.sudo().line_ids.unlink()
        self._set({"compared_date": fields.Datetime.now()})
        self._create_lines(differences, places)


class CommuneImportLine(models.Model):
    _inherit = "commune.import.line"

    def _has_choice(self):
        """Whether the user had to choose, or chose, which known person it is."""
        return self.change == "ambiguous" or bool(
            self.change == "new" and self.candidates and self.partner_id
        )

    def _creates_mandate(self):
        """Whether the ticked line gives a new mandate."""
        return self.action in ("create", "replace")
