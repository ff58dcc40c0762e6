"""A convention of two options that two assemblies are to vote on."""

from odoo.fields import Command

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service


def plain(text):
    """A text with the spaces and hyphens of a keyboard."""
    spaces = dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", " ")
    return text.translate(str.maketrans({**spaces, "\N{HYPHEN}": "-"}))


class PackCase(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a.population = 1_250
        cls.portal_a.partner_id.email = "anne.aubry@aubrive.example"
        cls.mandate_ended.partner_id.email = "ancien@aubrive.example"
        cls.portal_b.partner_id.email = "bruno.bernard@ban.example"
        cls.env["commune.service.population"].search([]).unlink()
        cls.service = make_service(cls)
        cls.per_head = make_offer(cls, cls.service, "Réponse écrite", kind="inhabitant", unit=0.5)
        cls.days = make_offer(
            cls,
            make_service(cls, "Archives"),
            "Journée d’archiviste",
            kind="fixed_variable",
            fixed=365,
            unit=250,
            unit_name="jour",
        )
        cls.agreement = make_agreement(
            cls,
            cls.commune_a,
            cls.per_head | cls.days,
            # From July 2nd on, 183 days of 365 are left in 2027.
            start_date="2027-07-02",
            end_date="2030-12-31",
            commune_deliberation_ref=False,
            commune_deliberation_date=False,
            commune_transmission_date="2026-10-02",
            commune_publication_date="2026-10-02",
            forecast_ids=[Command.create({"offer_id": cls.days.id, "quantity": 7.3})],
        )
        # Odoo renders no PDF in tests by default.
        cls.drawn = cls.agreement.with_context(force_report_rendering=True)

    def _papers(self, agreement=None):
        return {a.name: a for a in (agreement or self.agreement).sudo().pack_attachment_ids}
