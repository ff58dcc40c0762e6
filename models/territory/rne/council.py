"""Councils whose size in the file differs from the legal one: a remark, never a refusal."""

from odoo import api, models

from ....engine import law
from ...core.collation import collate_place


class CommuneCouncilTerm(models.Model):
    _inherit = "commune.council.term"

    def _get_council_size(self, commune, day):
        """Members that the council of a commune has by law on a day (engine.law.council.Size).

        :return: None where no number is known
        """
        commune.ensure_one()
        return law.legal_size(self._get_council_population(commune, day), commune.insee_code or "")

    def _count_whole_council(self, commune):
        """Size of the council in office when it equals the legal number; otherwise 0.

        With a vacant seat or an unknown mandate, the quorum would be wrong.
        """
        commune.ensure_one()
        size = self._get_council_size(commune, self.env.company._get_today())
        return size.full if size and size.full == commune.elected_count else 0

    def _describe_council(self, commune, found, size, says, day):
        values = {
            "commune": commune.name,
            "found": found,
            "full": size.full,
            "least": size.least,
            "population": self._get_council_population(commune, day),
            "law": law.cite(law.SOURCE),
        }
        if says == "many":
            return self.env._(
                "%(commune)s: %(found)s municipal councillors in the file, %(full)s by law for"
                " %(population)s inhabitants (%(law)s).",
                **values,
            )
        if size.least < size.full:
            return self.env._(
                "%(commune)s: %(found)s municipal councillors in the file, %(full)s by law for"
                " %(population)s inhabitants; the council is held for complete from %(least)s on"
                " (%(law)s). Seats may be vacant.",
                **values,
            )
        return self.env._(
            "%(commune)s: %(found)s municipal councillors in the file, %(full)s by law for"
            " %(population)s inhabitants (%(law)s). Seats may be vacant.",
            **values,
        )


class CommuneImport(models.Model):
    _inherit = "commune.import"

    @api.model
    def _describe_councils(self, members, places):
        """One sentence per commune whose municipal councillors are too few or too many.

        :param members: {INSEE code: persons in the files of councillors}
        """
        today = self.env.company._get_today()
        terms, remarks = self.env["commune.council.term"], []
        for commune in places.filtered("is_commune").sorted(
            lambda place: collate_place(place.name)
        ):
            found = members.get(commune.insee_code, 0)
            size = terms._get_council_size(commune, today) if found else None
            says = size and size.says(found)
            if says:
                remarks.append(terms._describe_council(commune, found, size, says, today))
        return remarks
