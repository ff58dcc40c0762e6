"""The two parties as the text names them, and who is to sign in each box."""

from odoo import models

from ....engine.postal.address import epci_in_full
from ....engine.text import after_comma


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _get_words(self, agreement):
        """Add the placeholders of the parties: name, number and address, as far as known."""
        return {
            **super()._get_words(agreement),
            "partie_intercommunalite": self._name_epci_party(),
            "adresse_commune": self._describe_town_hall(agreement),
        }

    def _name_epci_party(self):
        """“Metz Métropole, dite Eurométropole de Metz (SIREN 200039865)”.

        The public name appears once, when it is not the legal one."""
        epci = self.env.company._get_epci()
        identity = self.env.company._get_document_identity()
        name = epci_in_full(identity["legal_name"])
        if identity["public_name"] != identity["legal_name"]:
            name = self.env._(
                "%(name)s, known as %(public)s", name=name, public=identity["public_name"]
            )
        return f"{name} (SIREN {epci.siren})" if epci.siren else name

    def _describe_town_hall(self, agreement):
        """“, dont la mairie est située 1 rue Haute, 57070 Mey”; empty when it is not known."""
        commune = agreement.commune_id
        if not (commune.street and commune.city):
            return ""
        place = " ".join(filter(None, (commune.zip, commune.city)))
        streets = filter(None, (commune.street, commune.street2, place))
        address = ", ".join(streets).replace("'", "’")
        return self.env._(", whose town hall is at %s", address)

    def _get_box_heads(self, agreement):
        """{side: dict(title, person)} of the boxes: the party, then who is to sign, if known."""
        names = self._get_kept_parties(agreement)
        return {
            "epci": {
                "title": names["epci"],
                "person": self.env["commune.agreement.signatory"]._name_epci_signatory(agreement),
            },
            "commune": {
                "title": names["commune"],
                "person": self._name_commune_signatory(agreement),
            },
        }

    def _get_kept_parties(self, agreement):
        """As the text that is signed names them, else of today."""
        return agreement.document_parties or self._get_party_names(agreement)

    def _get_party_names(self, agreement):
        """dict(subtitle, epci, commune): the place of the document, the head of each box."""
        commune = agreement.commune_id
        legal_name = self.env.company._get_document_identity()["legal_name"]
        return {
            "subtitle": commune._get_commune_title(),
            "epci": self.env._("For %s", epci_in_full(legal_name)),
            "commune": self.env._("For the commune %s", commune._of_place()),
        }

    def _name_commune_signatory(self, agreement):
        """“Madame Anne AUBRY, maire”, or anyone who has the delegation, with its reference."""
        person = self.env["commune.agreement.signatory"]._get_commune_signatory(agreement)
        mandate = agreement._get_signing_mandate(person) if person else False
        commune = agreement.commune_id
        if not mandate:
            return self._name_with_title(agreement, person, commune)
        title = (
            self.env["commune.agreement.signatory"]._get_signing_title(
                agreement, "commune", mandate
            )
            or ""
        )
        named = ", ".join(filter(None, (agreement._name_person(person), after_comma(title))))
        represents = agreement.document_mayor_id or commune.mayor_id
        if not agreement.delegation_ref or represents in (person, commune.browse()):
            return named
        # In the text the mayor represents the commune: another signatory signs for the mayor.
        mayor = self._name_with_title(agreement, represents, commune)
        return self.env._("%(person)s, for %(mayor)s", person=named, mayor=mayor)
