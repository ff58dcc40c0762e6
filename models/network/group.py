"""The discussion group of an audience: its members are exactly the persons in office."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..core.inside import get_inside
from ..requests.sender.recognise import DOUBT

# Odoo shows a public group to everybody, with the names in its fields.
READERS = "commune_relations.group_reader,commune_relations.group_referent"


class CommuneContactPreference(models.Model):
    _inherit = "commune.contact.preference"

    mail_group_id = fields.Many2one(
        "mail.group",
        string="Discussion group",
        ondelete="cascade",
        help="The person has left the discussion and is not put back into it.",
    )

    _scope_uniq = models.UniqueIndex(
        "(partner_id, COALESCE(theme_id, 0), COALESCE(audience_id, 0), COALESCE(mail_group_id, 0))",
        "There is already a preference of this person on the same matter: change it.",
    )


class MailGroup(models.Model):
    _inherit = "mail.group"

    audience_id = fields.Many2one(
        "commune.audience",
        string="Members of the audience",
        index="btree_not_null",
        ondelete="restrict",
        groups=READERS,
        help="The members are kept in step with the audience; staff may be added by hand.",
    )

    managers_moderate = fields.Boolean(
        string="Moderated by the managers",
        help="Those who have the rights of a manager, else the administrator, with an address:"
        " the moderators follow the current managers. Untick it to choose moderators by hand.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_audience(vals)
        groups = super().create(vals_list)
        groups._sync_members()
        return groups

    @api.model
    def _check_audience(self, vals):
        """Odoo lets every employee create a group, and its moderator reads the addresses of its
        members and writes to them all: a group of an audience requires the right to write it.

        :raise AccessError: this user may not change the audience
        """
        if vals.get("audience_id") and not self.env.su:
            self.env["commune.audience"].browse(vals["audience_id"]).check_access("write")

    def write(self, vals):
        self._check_audience(vals)
        result = super().write(vals)
        if {"audience_id", "active", "managers_moderate"} & vals.keys():
            self._sync_members()
        return result

    def _sync_members(self, partners=None):
        """Members as the audience is today; who has left the discussion stays out.

        :param partners: only these persons; everybody when it is not given
        """
        self = self.sudo()  # moderators may not read the audience
        groups = self.filtered("audience_id")
        if not groups:
            return
        groups._sync_moderators()
        members = groups.audience_id._get_members_by_audience(partners)
        wanted = {
            (group.id, person) for group in groups for person in members[group.audience_id]
        } - groups._get_leavers()
        domain = Domain("mail_group_id", "in", groups.ids)
        if partners is not None:
            domain &= Domain("partner_id", "in", partners.ids)
        known = self.env["mail.group.member"].search(domain)
        known.filtered(lambda m: not m._is_staff() and m._get_key() not in wanted).unlink()
        present = {m._get_key() for m in known.exists()}
        everyone = self.env["res.partner"].browse({person for _group, person in wanted})
        reachable = set(everyone.filtered("email_normalized").ids)
        self.env["mail.group.member"].create(
            [
                {"mail_group_id": group, "partner_id": person}
                for group, person in sorted(wanted - present)
                if person in reachable
            ]
        )

    def _sync_moderators(self):
        """Make current managers moderators, of groups without moderator too, so that no message
        waits for ever."""
        wanted = self._get_managers()
        if not wanted:
            return
        for group in self:
            known = group.moderator_ids.filtered("active")
            if (group.managers_moderate or not known) and known != wanted:
                group.moderator_ids = wanted

    def _get_managers(self):
        """Odoo moderates by e-mail: only who has an address."""
        users = self.env["res.users"]
        admin = self.env.ref("base.user_admin")
        return users._get_organisation_managers()._filter_notifiable() or admin._filter_notifiable()

    def message_post(self, *args, **kwargs):
        self._refresh_moderators()
        return super().message_post(*args, **kwargs)

    def _notify_moderators(self):
        self._refresh_moderators()
        return super()._notify_moderators()

    def _refresh_moderators(self):
        """Before anything else: a message held for moderation needs one in office."""
        self.sudo().filtered("audience_id")._sync_moderators()

    @api.constrains("moderator_ids", "moderation")
    def _check_moderator_existence(self):
        """A group of an audience may wait for its moderators: managers read what is pending."""
        return super(
            MailGroup, self.filtered(lambda group: not group.audience_id)
        )._check_moderator_existence()

    def _filter_managed(self):
        return self.filtered(lambda group: group.sudo().audience_id)

    def _get_leavers(self):
        """:return: set of (id of the group, id of the person) who do not want to be in it"""
        Preference = self.env["commune.contact.preference"]
        left = Preference.search_fetch(
            [("mail_group_id", "in", self.ids), ("opt_out", "=", True)],
            ["mail_group_id", "partner_id"],
        )
        return {(p.mail_group_id.id, p.partner_id.id) for p in left}

    def _notify_members(self, message):
        """Send a message to the persons in office at that time; one whose sender is not confirmed
        waits for the moderators, even in a group without moderation."""
        if self._filter_managed() and get_inside(self.env, DOUBT):
            message.moderation_status = "pending_moderation"
            return self._notify_moderators()
        self._sync_members()
        self.invalidate_recordset(["member_ids"])
        return super()._notify_members(message)

    def _join_group(self, email, partner_id=None):
        """Coming back is free for a member of the audience; nobody else enters by the site."""
        audience = self.sudo().audience_id
        person = self._find_person(email, partner_id)
        if audience and not self.env.user._is_internal():
            if person not in audience._get_members():
                raise UserError(
                    self.env._("This discussion is for those in office in the communes.")
                )
        if audience and person:
            person.env["commune.contact.preference"]._set_preference(person, False, group=self)
        return super()._join_group(email, partner_id)

    def _leave_group(self, email, partner_id=None, all_members=False):
        person = self._find_person(email, partner_id)
        result = super()._leave_group(email, partner_id, all_members)
        if self.sudo().audience_id and person:
            person.env["commune.contact.preference"]._set_preference(person, True, group=self)
        return result

    def _find_person(self, email, partner_id=None):
        """The person behind a membership, as superuser."""
        self = self.sudo()
        member = self._find_member(email, partner_id)
        person = member.partner_id if member else self.env["res.partner"]
        return person or person.browse(partner_id or []).exists()


class MailGroupMember(models.Model):
    _inherit = "mail.group.member"

    def _is_staff(self):
        return any(not user.share for user in self.partner_id.user_ids)

    def _get_key(self):
        return (self.mail_group_id.id, self.partner_id.id)


class CommuneAudience(models.Model):
    _inherit = "commune.audience"

    mail_group_ids = fields.One2many("mail.group", "audience_id", string="Discussion groups")

    def _sync(self, partners=None):
        result = super()._sync(partners)
        self.sudo().mail_group_ids._sync_members(partners)
        return result


class MailGroupMessage(models.Model):
    _inherit = "mail.group.message"

    def action_moderate_accept(self):
        """Whose messages are always accepted is known by the address: a forged one waits."""
        if get_inside(self.env, DOUBT):
            self -= self.filtered(lambda one: one.mail_group_id._filter_managed())
        return super().action_moderate_accept() if self else None
