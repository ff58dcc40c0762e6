"""Another company in the same Odoo keeps its customers, teams and mail out of the addon."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .core.sender_case import SenderCase


@tagged("post_install", "-at_install")
class TestOtherCompany(SenderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create(
            {"name": "Menuiserie Durand", "email": "contact@menuiserie.example"}
        )
        cls.clerk = new_test_user(
            cls.env,
            "test_joiner",
            groups="base.group_user,helpdesk_mgmt.group_helpdesk_manager,base.group_partner_manager",
            email="paul@menuiserie.example",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.clerk_env = cls.env(
            user=cls.clerk, context={"allowed_company_ids": cls.other_company.ids}
        )
        cls.team = cls.clerk_env["helpdesk.ticket.team"].sudo().create({"name": "Fenêtres"})
        cls.customer = cls.clerk_env["res.partner"].create(
            {"lastname": "CLIENT", "email": "client@ailleurs.example"}
        )

    def _ticket(self, **values):
        values = {"name": "Ma fenêtre", "description": "<p>Elle ferme mal.</p>", **values}
        return self.clerk_env["helpdesk.ticket"].create({"partner_id": self.customer.id, **values})

    def test_what_is_written_to_their_customers_never_waits(self):
        ticket = self._ticket(team_id=self.team.id)
        self.assertEqual(ticket.company_id, self.other_company)
        ticket.message_post(
            body="Nous venons mardi.",
            partner_ids=self.customer.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        left = [recipients for recipients, _message in self._outgoing()]
        self.assertIn(["client@ailleurs.example"], left)
        self.assertNotIn(["anne.aubry@mel.example"], left)
        self.assertEqual(self._state(), "held")
        # Nor is it in the list of what the organisation wrote.
        deliveries = self.env["commune.letter.delivery"]
        managed = [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
        self.assertFalse(deliveries.search(managed))

    def test_a_third_party_ticket_goes_to_no_managed_desk(self):
        ticket = self._ticket(
            channel_id=self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web").id
        )
        self.assertNotEqual(ticket.sudo().team_id, self.desk)
        self.assertFalse(ticket.sudo().user_id & (self.officer | self.manager))
        self.assertFalse(ticket.sudo().acknowledged_date)
        self.assertEqual(self._outgoing(), [])

    def test_a_commune_that_is_a_third_party_customer_is_sent_nothing(self):
        """The same town hall buys windows: their ticket neither waits at the addon's desk nor is
        acknowledged in its name; the request of the same commune is."""
        # A desk of no company: Odoo gives a ticket the company of its team.
        self.desk.write({"company_id": False, "user_id": False, "user_ids": [Command.clear()]})
        kind = self.env.ref("commune_relations.mail_activity_type_request_nobody")
        values = {
            "name": "Fenêtres de la mairie",
            "description": "<p>Elles ferment mal.</p>",
            "commune_id": self.commune_a.id,
            "partner_id": self.portal_a.partner_id.id,
            "team_id": self.desk.id,
            "channel_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web").id,
        }
        tickets = self.env["helpdesk.ticket"].with_context(
            allowed_company_ids=(self.company | self.other_company).ids
        )
        foreign = tickets.create({**values, "company_id": self.other_company.id})
        managed = tickets.create({**values, "company_id": self.company.id})
        self.assertEqual(
            (foreign.company_id, managed.company_id), (self.other_company, self.company)
        )
        waiting = self.env["mail.activity"].search([("activity_type_id", "=", kind.id)])
        self.assertEqual(set(waiting.mapped("res_id")), {managed.id})
        self.assertFalse(foreign.acknowledged_date)
        self.assertTrue(managed.acknowledged_date)

    def test_no_banner_for_another_company(self):
        self.clerk.group_ids |= self.env.ref("commune_relations.group_reader")
        self.assertFalse(self.clerk_env["res.company"].get_sender_notice())
        self.assertTrue(self.company.with_user(self.manager).get_sender_notice())

    def test_switches_are_of_one_company(self):
        self.company.uses_requests = False
        self.assertTrue(self.other_company._uses("requests"))
        self.assertNotIn("requests", self.other_company._get_unused())

    def test_team_presets_leave_third_party_teams_alone(self):
        self.manager.company_ids |= self.other_company
        both = self.env["helpdesk.ticket.team"].with_user(self.manager)
        both = both.with_context(allowed_company_ids=(self.company | self.other_company).ids)
        self.team.name = "Déchets"
        both._choose_model("medium")
        both._choose_model("small")
        self.assertTrue(self.team.active)
        self.assertFalse(self.env["commune.topic"].search_count([("team_id", "=", self.team.id)]))

    def test_their_accounts_receive_no_role(self):
        window = self.env["commune.staff.account"].with_user(self.manager)
        colleague = window.create({"email": "paul@menuiserie.example", "role": "reader"})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            colleague.action_save()
        self.assertFalse(self.clerk.has_group("commune_relations.group_reader"))

    def test_the_mail_of_a_team_of_another_domain_leaves_by_what_was_confirmed(self):
        self.company._mark_sender_confirmed(self.manager)
        other = self.env["mail.alias.domain"].create({"name": "voirie.example"})
        self.roads.write({"alias_name": "travaux", "alias_domain_id": other.id})
        sender = self.company._get_organisation_sender(self.roads)
        self.assertIn("relations@deux-rives.example", sender)
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.officer)
            .create(
                {
                    "name": "Trou",
                    "description": "<p>Un trou.</p>",
                    "commune_id": self.commune_a.id,
                    "partner_id": self.portal_a.partner_id.id,
                    "team_id": self.roads.id,
                    "channel_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web").id,
                }
            )
        )
        self.assertEqual(ticket.team_id, self.roads)
        mails = self.env["mail.mail"].search(
            [("model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
        )
        [letter] = mails.filtered(lambda mail: self.portal_a.partner_id in mail.recipient_ids)
        self.assertIn("relations@deux-rives.example", letter.email_from)
        self.assertIn("travaux@voirie.example", letter.reply_to)
