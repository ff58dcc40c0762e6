"""Which population counts for the council of a commune on a day."""

from odoo import api, fields, models

from ....engine.opendata.renewal import general_renewal, renewal_of_census


class ResPartner(models.Model):
    _inherit = "res.partner"

    council_term_ids = fields.One2many(
        "commune.council.term", "commune_id", string="Terms of the council"
    )
    council_population = fields.Integer(
        string="Population for the rules of the council",
        compute="_compute_council_population",
        help="Municipal population at the last renewal of the council: it does not move until the"
        " next one (CGCT, R.2151-4).",
    )
    council_population_to_confirm = fields.Boolean(compute="_compute_council_population")

    @api.depends("population", "council_term_ids.population", "council_term_ids.to_confirm")
    def _compute_council_population(self):
        terms, today = self.env["commune.council.term"], self.env.company._get_today()
        for partner in self:
            term = terms._get_council_term(partner, today)
            partner.council_population = terms._get_council_population(partner, today)
            partner.council_population_to_confirm = partner.is_commune and (
                not term or term.to_confirm
            )

    def _log_changed_populations(self, vals):
        populated = self.filtered(lambda p: p.is_commune and p.population)
        self.env["commune.council.term"]._log_council_terms(populated)


class CommuneCouncilTerm(models.Model):
    _inherit = "commune.council.term"

    def _get_council_term(self, commune, day):
        """The term of the council on a day; empty when none is known."""
        commune.ensure_one()
        terms = commune.sudo().council_term_ids.filtered(
            lambda t: t.date_start and t.date_start <= day
        )
        return terms.sorted("date_start")[-1:]

    def _get_council_population(self, commune, day):
        """Inhabitants that decide which rules its council follows on a day (CGCT, R.2151-4).

        :return: at the last renewal; current for an intercommunality, or as long as no renewal is
            known
        """
        commune.ensure_one()
        term = self._get_council_term(commune, day) if commune.is_commune else None
        return term.population if term else commune.population

    def _log_council_terms(self, places):
        """Keep the populations of a renewal when they come; until then the first known ones are
        used, to be confirmed. Confirmed values stay."""
        today = self.env.company._get_today()
        communes = places.sudo()
        to_create = []
        for commune in communes:
            renewal = renewal_of_census(commune.population_year)
            start = renewal or general_renewal(today)
            known = commune.council_term_ids.filtered(lambda t, d=start: t.date_start == d)
            values = {
                "population": commune.population,
                "population_year": commune.population_year,
                "to_confirm": not renewal,
            }
            if not known and (renewal or not self._get_council_term(commune, today)):
                to_create.append({"commune_id": commune.id, "date_start": start, **values})
            elif renewal and known.to_confirm:
                known.write(values)
        communes.env["commune.council.term"].create(to_create)
