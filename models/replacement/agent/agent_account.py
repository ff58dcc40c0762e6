"""The account with which an agent writes the hours from a phone."""

from odoo import models
from odoo.exceptions import AccessError, UserError


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def action_open_agent_access(self):
        """A portal account for the agent, invited by e-mail; nothing more than the missions."""
        self.check_access("write")
        for agent in self.sudo():
            if agent.user_id:
                raise UserError(self.env._("%s already has an account.", agent.name))
            agent._check_reachable()
            known = agent._find_account()
            agent._link_account(known or agent._create_account())
            if not known:
                agent.user_id._send_portal_letter("signup")

    def _check_reachable(self):
        if not self.is_replacement_agent or not self.work_email:
            raise UserError(self.env._("Write the e-mail address of %s at work first.", self.name))

    def _find_account(self):
        return self.env["res.users"].search([("login", "=", self.work_email)], limit=1)

    def _create_account(self):
        partner = self.work_contact_id or self.env["res.partner"].create(
            {"name": self.name, "email": self.work_email}
        )
        portal = self.env.ref("base.group_portal")
        users = self.env["res.users"].with_context(no_reset_password=True)
        return users.create(
            {
                "login": self.work_email,
                "partner_id": partner.id,
                "lang": partner.lang or self.env.lang,
                "group_ids": [(6, 0, portal.ids)],
            }
        )

    def _link_account(self, user):
        self.user_id = user


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_agent_accounts(self):
        """Portal accounts that belong to agents of the pool."""
        agents = self.env["hr.employee"].sudo().with_context(active_test=False)
        found = agents.search([("user_id", "in", self.ids), ("is_replacement_agent", "=", True)])
        return self.filtered(lambda user: user.share and user in found.user_id)

    def _get_commune_accounts(self):
        return super()._get_commune_accounts() | self._get_agent_accounts()

    def _uses_organisation_pages(self):
        return (
            super()._uses_organisation_pages()
            or self._is_portal()
            and bool(self._get_agent_accounts())
        )

    def _has_organisation_account(self):
        """An agent who is a customer too keeps Odoo’s pages, where parcels are sent."""
        return super()._has_organisation_account() and not self._is_agent_and_customer()

    def _is_agent_and_customer(self):
        person = self.sudo().partner_id
        # customer_rank: of Odoo’s invoicing, where it is installed.
        is_customer = person.child_ids or ("customer_rank" in person and person.customer_rank)
        return bool(is_customer and self._get_agent_accounts() and not person.held_mandate_ids)

    def _get_page_of_tickets(self):
        """An agent without any ticket is not shown their empty list."""
        page = super()._get_page_of_tickets()
        if page or not self._get_agent_accounts():
            return page
        return "" if self._get_own_tickets().search_count([], limit=1) else "/my/missions"

    def _get_opened_accounts(self):
        return super()._get_opened_accounts() | self._get_agent_accounts()

    def _get_portal_invitation_purpose(self):
        if self._get_agent_accounts():
            return self.env._("You find your missions there, and you write your hours.")
        return super()._get_portal_invitation_purpose()

    def _check_agent_file(self, vals):
        """Odoo lets employees edit their own file; coordinators edit the file of an agent with a
        portal account."""
        if not self.env.su and self.env.user._is_portal():
            fields = (self._fields[name] for name in vals if name in self._fields)
            related = (field.related_field for field in fields if field.related_field)
            of_file = any(field.model_name == "hr.employee" for field in related)
            if of_file and self.env.user._get_agent_accounts():
                raise AccessError(self.env._("The file of an agent is kept by the coordination."))
