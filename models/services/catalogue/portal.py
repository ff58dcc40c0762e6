"""The catalogue as a commune sees it."""

from odoo import models
from odoo.fields import Domain

from ..text_key import get_key
from .service import OPEN


class CommuneService(models.Model):
    _inherit = "commune.service"

    def _is_shown_to(self, commune):
        """Whether the sheet is in the catalogue of a commune; a pilot only for its communes."""
        self.ensure_one()
        if self.state == "pilot":
            return not self._get_ineligible(commune)
        return self.state in ("active", "frozen")

    def _matches(self, words):
        """Whether every word is somewhere in the sheet, accents and case aside."""
        self.ensure_one()
        texts = [
            self.name,
            self.summary,
            str(self.content or ""),
            self.audience,
            self.family_id.name,
            self.department_id.name,
            *self.offer_ids.mapped("name"),
            *self.offer_ids.mapped("description"),
            self.topic_id.keywords,
        ]
        whole = get_key(" ".join(filter(None, texts)))
        return all(word in whole for word in words)

    def _get_portal_problem(self, commune):
        """Why the commune cannot ask for this service; empty when it can."""
        self.ensure_one()
        if self.state not in OPEN:
            return self._get_closed_sentence()
        return self._get_ineligible(commune)

    def _prepare_portal_request(self, commune, offer, message):
        """The request that asks for this service, on the topic of the sheet."""
        self.ensure_one()
        wish = offer.display_name if offer else self.name
        lines = [
            self.env._("Our commune asks for the service “%s”.", wish),
            (message or "").strip(),
        ]
        return {
            "question": "\n\n".join(filter(None, lines)),
            "name": self.env._("Service asked for: %s", wish)[:120],
            "commune": commune,
            "topic": self.topic_id,
            "confidentiality": "commune",
            "priority": "1",
        }

    def _get_free_offers(self):
        """Offers that still have a seat."""
        self.ensure_one()
        return self.offer_ids.filtered(lambda o: not o.seats or o.seats_left)


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    def _get_portal_services(self, place, text="", family=None, form=None):
        """Services of the catalogue of this commune, as superuser.

        :param family: id of a family; form: one of the contract forms
        """
        place.ensure_one()
        place._check_opened()
        domain = Domain("state", "in", ("pilot", "active", "frozen"))
        if family:
            domain &= Domain("family_id", "=", family)
        if form:
            domain &= Domain("contract_form", "=", form)
        words = get_key(text).split()
        commune = place.sudo()  # whom a service is for is not open to the portal
        return (
            commune.env["commune.service"]
            .search(domain)
            .filtered(lambda s: s._is_shown_to(commune) and (not words or s._matches(words)))
        )

    def _find_portal_service(self, place, service_id):
        return self._get_portal_services(place).filtered(lambda s: s.id == service_id)

    def _get_portal_subscriptions(self, place, states=("active", "future")):
        """What the commune has, as superuser, for those who may read it."""
        found = self.env["commune.service.subscription"].search(
            Domain("commune_id", "=", place.id) & Domain("state", "in", list(states))
        )
        return found.sudo()
