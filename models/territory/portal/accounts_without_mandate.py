"""Portal accounts that no mandate opens any more: the staff see them and archive them."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...core.window_actions import open_record

# A mandate that opens the portal, today or later on.
OPENS = [
    ("active", "=", True),
    ("function_id.portal_role", "!=", False),
    ("portal_blocked", "=", False),
    "|",
    ("date_end", "=", False),
    ("date_end", ">", "today"),
]


class ResUsers(models.Model):
    _inherit = "res.users"

    without_mandate = fields.Boolean(
        compute="_compute_without_mandate",
        search="_search_without_mandate",
        help="A portal account whose mandates and posts have all ended or lost the access.",
    )
    last_mandate_id = fields.Many2one(
        "commune.mandate",
        string="Last mandate or post",
        compute="_compute_last_mandate_id",
        compute_sudo=True,
        groups="commune_relations.group_reader,commune_relations.group_referent",
    )
    last_mandate_date_end = fields.Date(
        compute="_compute_last_mandate_id", compute_sudo=True, string="Ended on"
    )
    portal_commune_id = fields.Many2one(
        "res.partner",
        string="Commune chosen on the portal",
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="Last commune chosen by a person who has several. A choice that the person's"
        " mandates do not open any more is ignored.",
    )

    def _get_without_mandate_domain(self):
        history = Domain("held_mandate_ids", "any", Domain.TRUE)
        opened = Domain("held_mandate_ids", "any", Domain(OPENS))
        persons = self.env["res.partner"].sudo().with_context(active_test=False)
        found = persons._search(history & ~opened)
        return Domain("share", "=", True) & Domain("partner_id", "in", found)

    def _compute_without_mandate(self):
        found = self.search(self._get_without_mandate_domain() & Domain("id", "in", self.ids))
        for user in self:
            user.without_mandate = user in found

    def _search_without_mandate(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_without_mandate_domain()
        return domain if True in value else ~domain

    def _compute_last_mandate_id(self):
        mandates = self.env["commune.mandate"].search(
            [("partner_id", "in", self.partner_id.ids)], order="date_end desc nulls first, id desc"
        )
        latest = {mandate.partner_id: mandate for mandate in reversed(mandates)}
        for user in self:
            user.last_mandate_id = latest.get(user.partner_id, False)
            user.last_mandate_date_end = user.last_mandate_id.date_end

    def action_portal_archive(self):
        """Archive the accounts that no mandate opens any more."""
        if not self.env.user.has_group("commune_relations.group_officer"):
            raise AccessError(
                self.env._("Only the officers of the relations with communes may do this.")
            )
        users = self.filtered("without_mandate").sudo()
        users.action_archive()
        for person in users.partner_id:
            person._message_log(
                body=self.env._("Portal account archived: no mandate opens it any more."),
                author_id=self.env.user.partner_id.id,
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_person(self):
        """The person behind the account, where a new mandate or post can be typed."""
        self.ensure_one()
        return open_record(self.partner_id)

    @api.model
    def _get_lost_access_action(self):
        """The list of these accounts, with their number in the title."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.res_users_action_without_mandate"
        )
        count = self.search_count(self._get_without_mandate_domain())
        if count:
            name = self.env._("Accounts without mandate (%s)", count)
            action.update(name=name, display_name=name)
        return action

    # The commune that a person with several works for on the portal: chosen once, it stays.

    def _get_portal_commune(self):
        """The place that the user's pages are about, and those among which it is chosen.

        :return: (place, choices): res.partner, empty when no mandate opens anything
        """
        user = self.env.user
        places = self.env["res.partner"]._get_portal_places()
        choices = places._get_portal_choices(user.partner_id)
        return choices.filtered(lambda p: p == user.portal_commune_id) or choices[:1], choices

    def _choose_portal_commune(self, place_id):
        """Remember the choice of the current user; False when the place is not the user's."""
        places = self.env["res.partner"]._get_portal_places()
        if place_id not in places.ids:
            return False
        self.env.user.portal_commune_id = place_id
        return True
