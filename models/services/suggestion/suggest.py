"""“Communes like yours use…”: from subscriptions to the engine, from its figures to sentences.

The rules are in `engine.service_suggestion`: which communes are alike, which figures may be
disclosed. The reader never learns which commune has what: only the suggested services."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

from ....engine.service_suggestion import BAND, SECTOR, Commune, Rules, Service, suggest
from ...territory.partner.res_partner import POPULATION_BANDS
from ..catalogue.service import OPEN

# An agreement in progress brings its services soon: they are not suggested meanwhile.
COMING = ("draft", "deliberated", "signed")
LIMITS = {code: (low, high) for code, _label, low, high in POPULATION_BANDS}


class CommuneServiceSuggestion(models.AbstractModel):
    _name = "commune.service.suggestion"
    _description = "Services suggested to the communes"

    @api.model
    def _suggest(self, communes=None):
        """{commune id: suggestions} for the members of the intercommunality.

        The number of queries does not depend on the number of communes.

        :param communes: for these alone; their suggestions are computed from all the members
        """
        suggester = self.sudo()
        members = suggester.env.company.epci_id._get_members()
        members.fetch(["population", "population_band", "sector_id"])
        services = suggester.env["commune.service"].search(Domain("state", "in", OPEN))
        return suggest(
            suggester._get_communes(members),
            suggester._get_services(services, members),
            Rules(),
            None if communes is None else frozenset(communes.ids),
        )

    @api.model
    def _get_communes(self, members):
        held = self._get_subscribed(members, "active")
        coming = self._get_subscribed(members, "future")
        signing = self._get_signing(members)
        refused = self.env["commune.service.refusal"]._get_refused(members)
        return [
            Commune(
                commune.id,
                commune.population_band,
                commune.sector_id.id or None,
                frozenset(held.get(commune.id, ())),
                frozenset(
                    coming.get(commune.id, set())
                    | signing.get(commune.id, set())
                    | refused.get(commune.id, set())
                ),
                opted_out=False in refused.get(commune.id, ()),
            )
            for commune in members
        ]

    @api.model
    def _get_subscribed(self, members, state):
        """{commune id: ids of the services that it has, or is to have}."""
        groups = self.env["commune.service.subscription"]._read_group(
            Domain("commune_id", "in", members.ids) & Domain("state", "=", state),
            ["commune_id", "service_id"],
        )
        found = {}
        for commune, service in groups:
            found.setdefault(commune.id, set()).add(service.id)
        return found

    @api.model
    def _get_signing(self, members):
        """{commune id: ids of the services of agreements in progress}."""
        agreements = self.env["agreement"].search_fetch(
            Domain("commune_id", "in", members.ids) & Domain("state", "in", COMING),
            ["commune_id", "offer_ids"],
        )
        found = {}
        for agreement in agreements:
            services = found.setdefault(agreement.commune_id.id, set())
            services.update(agreement.offer_ids.service_id.ids)
        return found

    @api.model
    def _get_services(self, services, members):
        return [
            Service(
                service.id,
                order,
                frozenset(service._filter_eligible(members).ids),
                is_full=not service._get_free_offers(),
                total_known=any(service.offer_ids.mapped("seats")),
            )
            for order, service in enumerate(services)
        ]

    @api.model
    def _get_reason(self, figure):
        """Why it is suggested, in one sentence: “6 communes out of 14 of 1,000 to 3,499
        inhabitants use it.”"""
        if figure.criterion not in (BAND, SECTOR):
            return self.env._(
                "At least %s communes that have several services in common with yours use it.",
                figure.users,
            )
        values = {
            "users": figure.users,
            "size": figure.size,
            "alike": (
                self._get_band_words(figure.group)
                if figure.criterion == BAND
                else self.env._("of your sector")
            ),
        }
        if figure.at_least:
            return self.env._(
                "At least %(users)s communes out of %(size)s %(alike)s use it.", **values
            )
        return self.env._("%(users)s communes out of %(size)s %(alike)s use it.", **values)

    @api.model
    def _get_band_words(self, band):
        low, high = LIMITS[band]
        if not low:
            limit = formatLang(self.env, high + 1, digits=0)
            return self.env._("of less than %s inhabitants", limit)
        if high is None:
            return self.env._("of %s inhabitants and more", formatLang(self.env, low, digits=0))
        return self.env._(
            "of %(low)s to %(high)s inhabitants",
            low=formatLang(self.env, low, digits=0),
            high=formatLang(self.env, high, digits=0),
        )
