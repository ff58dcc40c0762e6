"""Another team of the same Odoo, with its agent, its customers and its commitments."""

from odoo.fields import Command
from odoo.tests import new_test_user

from .mail_case import MailCase


class OtherTeamCase(MailCase):
    """Adds to the communes: `computers`, a team of the same company that answers no commune, its
    `agent` (helpdesk_mgmt’s groups alone), and two persons of one customer, `buyer` and `boss`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env,
            "test_computers",
            groups="base.group_user,helpdesk_mgmt.group_helpdesk_user",
            email="agent@informatique.example",
        )
        cls.computers = cls.env["helpdesk.ticket.team"].create(
            {
                "name": "Informatique",
                "alias_name": "informatique-essai",
                "user_ids": [Command.link(cls.agent.id)],
                "use_sla": True,
                "resource_calendar_id": cls.env.company.resource_calendar_id.id,
            }
        )
        customer = cls.env["res.partner"].create(
            {"name": "Menuiserie Durand", "is_company": True, "email": "durand@client.example"}
        )
        cls.buyer, cls.boss = (
            new_test_user(
                cls.env, login, groups="base.group_portal", email=f"{login}@client.example"
            )
            for login in ("test_buyer", "test_boss")
        )
        (cls.buyer | cls.boss).partner_id.parent_id = customer
        stages = ("new", "in_progress", "awaiting", "done", "cancelled", "rejected")
        cls.steps = {
            name: found
            for name in stages
            if (
                found := cls.env.ref(
                    f"helpdesk_mgmt.helpdesk_ticket_stage_{name}", raise_if_not_found=False
                )
            )
        }

    @classmethod
    def _ticket(cls, **values):
        """A ticket of the buyer with the other team."""
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "Mon écran est noir",
                "description": "<p>Depuis ce matin.</p>",
                "team_id": cls.computers.id,
                "partner_id": cls.buyer.partner_id.id,
                "partner_email": cls.buyer.email,
                **values,
            }
        )
