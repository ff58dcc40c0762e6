"""Letters ready to be approved and sent."""

from odoo.fields import Command

from .network_case import NetworkCase

BODY = '<div><p>Bonjour,</p><p><a href="https://www.example.com/note">La note</a></p></div>'


class MailingCase(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.audience = cls._audience("mayor", "deputy_mayor", name="Élus d’essai")
        cls.officer.email = "claire@metropole.example"

    def _letter(self, audiences=None, user=None, **values):
        """A letter in preparation, by an officer."""
        audiences = audiences or self.audience
        return (
            self.env["mailing.mailing"]
            .with_user(user or self.officer)
            .create(
                {
                    "subject": "Lettre du réseau n° 1",
                    "body_html": BODY,
                    "body_arch": BODY,
                    "audience_ids": [Command.set(audiences.ids)],
                    "email_from": "Les Deux Rives <reseau@metropole.example>",
                    **values,
                }
            )
        )

    def _approve(self, letter):
        letter.action_request_approval()
        letter.with_user(self.manager).action_approve()
        return letter

    def _send(self, letter):
        """Approve and send as the queue does."""
        self._approve(letter).action_launch()
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        return letter

    def _traces(self, letter):
        return self.env["mailing.trace"].search([("mass_mailing_id", "=", letter.id)])

    def _written_to(self, letter):
        return self._traces(letter).filtered(lambda t: t.trace_status != "cancel").partner_id

    def _outcomes(self, letter):
        lines = self.env["commune.mailing.recipient"].search([("mailing_id", "=", letter.id)])
        return {line.partner_id: line.outcome for line in lines}
