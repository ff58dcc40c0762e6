"""Identity on documents of a commune: the commune's own heading.

A municipal council does not write under the heading of the organisation that provides the tool.
"""

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_document_identity(self, owner=None):
        identity = super()._get_document_identity(owner)
        if owner and owner.is_commune:
            return identity | owner.env["commune.place.wording"]._get_commune_identity(owner)
        return identity

    def _get_document_colors(self, owner=None):
        """The colours of the organisation are part of its head: a commune has none of them."""
        if owner and owner.is_commune:
            return self._make_colors(False, False)
        return super()._get_document_colors(owner)


class CommunePlaceWording(models.AbstractModel):
    _inherit = "commune.place.wording"

    def _get_commune_identity(self, commune):
        """Values that replace the organisation's on documents of a commune.

        See `_get_document_identity`. Read as superuser: the contact data of a town hall are public.
        """
        commune.ensure_one()
        place, company = commune.sudo(), self.env.company
        wording = place.env[self._name]
        title, epci = place._get_commune_title(), company._get_epci()
        name = epci._of_place(public=True) if epci else self.env._("of %s", company.name)
        return {
            "public_name": title,
            "legal_name": title,
            "legal_within": wording._get_commune_words(place),
            "legal_head": wording._get_commune_words(place, head=True),
            "imprint": title,
            "address": place._get_address_line(),
            "city": place.city or place.name or "",
            "logo": company._get_logo_uri(place.image_512),
            "contact": wording._get_town_hall_line(place),
            "made_with": self.env._("made with the tool %(of_organisation)s", of_organisation=name),
        }

    def _get_commune_words(self, place, head=False):
        """`la commune d’Augny` within a sentence, `La commune d’Augny` at its head."""
        words = self.env._("the commune %(of_place)s", of_place=place._of_place())
        return words[0].upper() + words[1:] if head else words

    def _get_town_hall_line(self, place):
        """`Mairie, 2 rue de la Libération, 57685 Augny · 03 87 38 30 25`."""
        address, phone = place._get_address_line(), place.phone or ""
        hall = address and self.env._("Town hall: %s", address)
        return " · ".join(filter(None, (hall, phone)))
