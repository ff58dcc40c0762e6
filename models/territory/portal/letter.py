"""The letters that open an account: the invitation, and the link for a forgotten password.

Their link is created when the letter is sent, in that copy only: anyone who can read an account
reads its messages, and anyone who has the link can act as the mayor.
"""

from markupsafe import escape

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...core.display_notification import display_notification
from ...core.letter import LAYOUT
from ...core.mail_delivery.letter_document import ASKED_AFTER

LETTERS = {
    "signup": "commune_relations.mail_template_portal_invitation",
    "reset": "commune_relations.mail_template_portal_password",
}
ACCOUNT_KIND = "account_"
NOT_LEFT = "commune_relations.mail_activity_type_portal_letter"


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "commune.letter"]
    _asks_by_itself = True

    portal_letter_lost = fields.Boolean(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The last letter with a link to choose a password was not taken by the mail server.",
    )

    def _get_commune_accounts(self):
        """Filter the portal accounts of persons who hold or held a mandate."""
        users = self.sudo()  # asked of anybody's account
        known = users.filtered(lambda user: user.share and user.partner_id._filter_known())
        mandates = users.env["commune.mandate"].with_context(active_test=False)
        held = mandates.search([("partner_id", "in", known.partner_id.ids)]) if known else mandates
        known = known.filtered(lambda user: user.partner_id in held.partner_id)
        return known.with_env(self.env)

    def _has_organisation_account(self):
        """Whether the account uses the addon's page: contact data, letters and password only.

        Others have Odoo’s pages.
        """
        return bool(self._get_commune_accounts())

    def _cancel_former_links(self, vals):
        """Cancel the earlier links when a password is chosen.

        One of them may lie in a mailbox that another person reads.
        """
        managed = self.sudo().filtered(
            lambda user: any(user._get_staff_role()) or user._has_organisation_account()
        )
        managed.partner_id.filtered("signup_type").signup_cancel()

    def _send_portal_letter(self, kind):
        """Queue the letter of each account.

        :param kind: `signup` for an invitation, `reset` for a forgotten password, or another one
            of LETTERS
        :return: mail.mail
        """
        template = self.env.ref(LETTERS[kind], raise_if_not_found=False)
        if not template:
            raise UserError(
                self.env._("The model of the letter that opens an account was deleted: restore it.")
            )
        self.partner_id.signup_prepare(signup_type=self._get_signup_kind(kind))
        self.sudo().portal_letter_lost = False
        mails = template._send_together(self, {"is_organisation_letter": True}, LAYOUT)
        mails._follow(ACCOUNT_KIND + kind, self)
        mails._start_queue()
        return mails

    def _get_signup_kind(self, name):
        """What Odoo calls the link of this letter."""
        return name

    def _can_receive_link(self, name):
        return self._is_portal()

    def _get_letter_document(self):
        return self.partner_id

    def _after_letters_sent(self, letters):
        self.portal_letter_lost = False
        self.partner_id.activity_unlink([NOT_LEFT])

    def _after_letters_delayed(self, letters):
        """Notify a lasting delay like a failure; the letter is still sent as soon as possible."""
        for letter in letters.filtered(lambda one: one.attempts == ASKED_AFTER):
            self.browse(letter.res_id)._notify_letter_failed(letter.create_uid, letter.server_reply)

    def _after_letters_failed(self, letters):
        for letter in letters.filtered(lambda one: one.kind.startswith(ACCOUNT_KIND)):
            user = self.browse(letter.res_id)
            user._after_letter_failed(letter.create_uid, letter.server_reply)

    def _get_letter_person(self):
        return self.partner_id

    def _get_secret_address(self, name, person, email):
        """A link that is made as the letter leaves; those before die if they were of another kind,
        or at the first login."""
        if name not in LETTERS or person != self.partner_id or not self._can_receive_link(name):
            return ""
        kind = self._get_signup_kind(name)
        if person.signup_type != kind:
            person.signup_type = kind
        if self.portal_letter_lost:
            self.portal_letter_lost = False  # the letter is tried again
        return person._get_signup_url_for_action()[person.id]

    def _action_reset_password(self, signup_type="reset"):
        """Send the addon's letters to accounts of communes; they hold no secret while they wait."""
        kind = "signup" if self.env.context.get("create_user") else signup_type
        skipped = self.env.context.get("install_mode") or self.env.context.get("import_file")
        managed = self.browse() if skipped else self._get_commune_accounts()
        others = self - managed
        result = super(ResUsers, others)._action_reset_password(signup_type) if others else None
        if not managed:
            return result
        for user in managed:
            if not user.active:
                raise UserError(self.env._("The account of %s is archived.", user.name))
            if not user.email:
                raise UserError(self.env._("%s has no e-mail address: type it first.", user.name))
        managed._send_portal_letter(kind)
        return display_notification(self.env._("A link was sent by e-mail."))

    def _after_letter_failed(self, author, reply):
        """Cancel the link of a failed letter, and notify its owner.

        :param author: account that asked for the letter
        :param reply: last answer of the mail server, if any
        """
        self.partner_id.signup_cancel()
        self._notify_letter_failed(author, reply)

    def _notify_letter_failed(self, author, reply):
        self.portal_letter_lost = True
        kind = self.env.ref(NOT_LEFT)
        for user in self:
            person = user.partner_id
            person._message_log(body=user._describe_failed_letter(reply))
            if person.activity_ids.filtered(lambda found: found.activity_type_id == kind):
                continue
            person.activity_schedule(
                NOT_LEFT,
                user_id=user._get_invitation_owner(author).id,
                summary=self.env._("Invite again: the letter to %s did not leave", person.name),
                note=escape(
                    f"{user._describe_failed_letter(reply)} "
                    + self.env._("Check the address, then invite again.")
                ),
            )

    def _describe_failed_letter(self, reply):
        """:param reply: last answer of the mail server, if any"""
        email = self.partner_id.email or ""
        if not reply:
            return self.env._(
                "The letter with the link to choose a password did not reach %s: the person is not"
                " invited.",
                email,
            )
        return self.env._(
            "The letter with the link to choose a password did not reach %(email)s: the person is"
            " not invited. The mail server said: “%(reason)s”.",
            email=email,
            reason=reply.rstrip("."),
        )

    def _get_invitation_owner(self, author):
        """User in charge of a failed invitation: its sender, else the relations manager."""
        if author._is_internal() and author.active and not author._is_superuser():
            return author
        place = self.partner_id.held_mandate_ids.sorted("id")[-1:].commune_id
        return self.env["commune.portal.colleague"]._get_relations_manager(place)


class CommuneLetter(models.AbstractModel):
    _inherit = "commune.letter"

    def _get_failed_letter_owner(self, person):
        place = (
            person if person.is_commune else person.held_mandate_ids.sorted("id")[-1:].commune_id
        )
        return self.env["commune.portal.colleague"]._get_relations_manager(place)


class CommuneLetterDocumentMixin(models.AbstractModel):
    _inherit = "commune.letter.document.mixin"

    def _get_letters_owner(self):
        owner = super()._get_letters_owner()
        nobody = owner == self.env.ref("base.user_admin")
        return (
            self.env["commune.portal.colleague"]._get_relations_manager(self.env["res.partner"])
            if nobody
            else owner
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_signup_url(self):
        """Refuse the sign-up link.

        Odoo gives it to anyone who may write the contact: an officer could send oneself the
        template of a forgotten password, and act as the mayor. The addon sends its invitations as
        superuser to the address of the person.
        """
        if not self.env.su and self._filter_managed() and self.env.user.partner_id != self:
            if not self.env.user.has_group("base.group_erp_manager"):
                raise AccessError(
                    self.env._("The link to the account of %s is for nobody else.", self.name)
                )
        return super()._get_signup_url()
