"""Persons of two communes with addresses, and the audiences that hold them."""

from datetime import timedelta

from odoo.fields import Command

from ..common import CommuneCase


def get_network_records(case):
    """One record of each model of the network, for the access matrix."""
    audience = case.env["commune.audience"].create(
        {"name": "Maires (essai)", "function_ids": [Command.set(case.functions["mayor"].ids)]}
    )
    mailing = case.env["mailing.mailing"].create(
        {"subject": "Lettre (essai)", "audience_ids": audience.ids}
    )
    recipient = case.env["commune.mailing.recipient"].create(
        {
            "mailing_id": mailing.id,
            "partner_id": case.portal_a.partner_id.id,
            "commune_id": case.commune_a.id,
            "outcome": "no_email",
        }
    )
    case.env.flush_all()
    topic = case.env["commune.topic"].search([("parent_id", "!=", False)], limit=1)
    offer, need = case.env["commune.exchange"].create(
        [
            {"name": "Broyeur", "commune_id": case.commune_a.id, "topic_id": topic.id},
            {
                "name": "Broyeur cherché",
                "kind": "need",
                "commune_id": case.commune_b.id,
                "topic_id": topic.id,
            },
        ]
    )
    return {
        "exchange": offer,
        "exchange_notice": case.env["commune.exchange.notice"].create(
            {
                "exchange_id": offer.id,
                "other_id": need.id,
                "partner_id": case.portal_ended.partner_id.id,
            }
        ),
        "signatory_notice": case.env["commune.signatory.notice"].create(
            {"partner_id": case.portal_a.partner_id.id, "email": "anne@aubrive.example"}
        ),
        "audience": audience,
        "mailing": mailing,
        "mailing_recipient": recipient,
        "mailing_stat": case.env["commune.mailing.stat"].browse(recipient.id),
        "preference": case.env["commune.contact.preference"].create(
            {"partner_id": case.portal_a.partner_id.id}
        ),
    }


class NetworkCase(CommuneCase):
    """Aubrive (4,200 inhabitants): a mayor, a deputy in charge of urban planning. Bellefontaine
    (640): a mayor. Their common secretary. Two communes of their own sector each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yesterday = cls.today - timedelta(days=1)
        cls.env.company.epci_id.brand_name = "Les Deux Rives"
        cls.mayor_a = cls.portal_a.partner_id
        cls.mayor_b = cls.portal_b.partner_id
        cls.secretary = cls.portal_both.partner_id
        cls.former = cls.portal_ended.partner_id
        for person, address in [
            (cls.mayor_a, "anne.aubry@aubrive.example"),
            (cls.mayor_b, "bruno.blanc@bellefontaine.example"),
            (cls.secretary, "sophie.colin@aubrive.example"),
            (cls.former, "denis.duval@mel.example"),
        ]:
            person.write({"email": address, "lang": "fr_FR"})
        cls.deputy = cls._person("Élise", "ÉTIENNE", "mme", "elise.etienne@aubrive.example")
        cls._mandate(
            cls.deputy, cls.commune_a, "deputy_mayor", rank=1, delegation="Urbanisme et travaux"
        )
        cls.north, cls.south = cls.env["commune.sector"].create(
            [{"name": "Essai nord"}, {"name": "Essai sud"}]
        )
        cls.commune_a.sector_id = cls.north
        cls.commune_b.sector_id = cls.south

    @classmethod
    def _person(cls, first_name, last_name, civility="m", email=False):
        return cls.env["res.partner"].create(
            {
                "firstname": first_name,
                "lastname": last_name,
                "civility": civility,
                "email": email,
                "lang": "fr_FR",
            }
        )

    @classmethod
    def _audience(cls, *codes, **values):
        """An audience of the functions of these codes."""
        functions = [cls.functions[code].id for code in codes]
        return cls.env["commune.audience"].create(
            {
                "name": values.pop("name", "Audience d’essai"),
                "function_ids": [Command.set(functions)],
                **values,
            }
        )
