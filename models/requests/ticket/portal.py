"""What the portal may read of a request, and where its links lead.

A request is read through the pages of the addon, which show what is meant for the commune. Any
other way in that Odoo offers (reading fields by the API, the discussion, links with a token) is
closed here for anyone who is not staff, field by field: a field that is added later is closed
too."""

from odoo import api, fields, models
from odoo.fields import Domain

from .form import STORED

# No client can send this value: a search that excludes commune requests.
LEFT_OUT = object()
# All that a portal account reads of a request outside the pages of the addon.
PORTAL_FIELDS = frozenset(
    {
        *(field.name for field in STORED),
        "id",
        "display_name",
        "number",
        "description",
        "commune_id",
        "partner_id",
        "stage_kind",
        "promised_date",
        "create_date",
        # asked for by any search
        "active",
        "sequence",
    }
)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    commune_file_ids = fields.Many2many(
        "ir.attachment",
        "commune_request_file_rel",
        string="Files of the request",
        copy=False,
        groups="base.group_user",
        help="Given by the commune with its request. What staff adds stays among staff, unless it"
        " goes with a message to the commune.",
        bypass_search_access=True,
    )

    def _has_field_access(self, field, operation):
        """Hide the fields outside PORTAL_FIELDS of commune requests from non-staff users.

        On records the rule follows the record; in a search, it applies until commune requests are
        excluded.
        """
        if field.name not in PORTAL_FIELDS and not self.env.su and self.env.user.share:
            excluded = not self._filter_managed() if self else self._excludes_managed()
            if not excluded:
                return False
        return super()._has_field_access(field, operation)

    def _excludes_managed(self):
        return self.env.context.get("commune_requests") is LEFT_OUT

    def _exclude_managed(self, domain, names):
        """Exclude commune requests when a non-staff user searches by fields hidden from communes.

        :param names: fields requested in addition to the fields of the domain
        :return: pair (model, domain) of the search
        """
        if self.env.su or not self.env.user.share or self._excludes_managed():
            return self, domain
        domain = Domain(domain)
        asked = {condition.field_expr for condition in domain.iter_conditions()} | set(names)
        if {name.split(".")[0] for name in asked} <= PORTAL_FIELDS:
            return self, domain
        kept = domain & Domain("is_commune_request", "=", False)
        return self.browse().with_context(commune_requests=LEFT_OUT), kept

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        names = [term.split()[0] for term in (order or "").split(",") if term.strip()]
        model, domain = self._exclude_managed(domain, names)
        return super(HelpdeskTicket, model)._search(domain, offset, limit, order, **kwargs)

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        model, domain = self._exclude_managed(domain, field_names or ())
        found = super(HelpdeskTicket, model).search_fetch(domain, field_names, offset, limit, order)
        return found.with_env(self.env)

    # links

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for ticket in self._filter_managed():
            ticket.access_url = f"/my/requests/{ticket.id}"
        return result

    def _portal_ensure_token(self):
        """No link opens a request without an account: there is no token to give."""
        if not self._filter_managed():
            return super()._portal_ensure_token()
        return False

    def _get_share_url(self, redirect=False, signup_partner=False, pid=None, share_token=True):
        self.ensure_one()
        if not self._filter_managed():
            return super()._get_share_url(redirect, signup_partner, pid, share_token)
        return f"/mail/view?model={self._name}&res_id={self.id}" if redirect else self.access_url

    def get_portal_url(
        self, suffix=None, report_type=None, download=None, query_string=None, anchor=None
    ):
        self.ensure_one()
        if not self._filter_managed():
            return super().get_portal_url(suffix, report_type, download, query_string, anchor)
        return f"{self.access_url}{suffix or ''}{f'#{anchor}' if anchor else ''}"

    # the discussion, by entry points other than the addon's pages

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        """Neither a token nor the right to read opens the discussion to the portal."""
        if not self.browse(thread_id).exists()._filter_managed():
            return super()._get_thread_with_access(thread_id, mode=mode, **kwargs)
        if self.env.user.share:
            return self.browse()
        return super()._get_thread_with_access(thread_id, mode=mode)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Rights needed to write on a request.

        helpdesk_mgmt lets every reader of a request post, and managers read all requests here.
        Users asked to validate an answer may comment on it.
        """
        found = super()._mail_get_operation_for_mail_message_operation(message_operation)
        managed = self._filter_managed()
        if self.env.user.share:
            found.update(dict.fromkeys(managed, "write"))
        elif message_operation == "create" and self.env.user._is_internal():
            found.update(
                dict.fromkeys(
                    managed.filtered(
                        lambda t: t.env["commune.request.validation"]._is_asked_to_validate(t)
                    ),
                    "read",
                )
            )
        return found

    def _get_managed_threads(self):
        return self.exists()._filter_managed()

    def _is_spoken_for_by(self, partner):
        """Whether a person of the organisation may speak on the request; a mail passes no other
        check."""
        users = partner.user_ids.filtered(lambda u: u._is_internal())
        return any(self.sudo(False).with_user(user)._filter_postable() for user in users)

    def message_unsubscribe(self, partner_ids=None):
        """Reserve the removal of followers for staff."""
        self._check_says_who_follows()
        return super().message_unsubscribe(partner_ids=partner_ids)


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, *, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access) and self.env.user.share:
            requests = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
            others = requests._search([("is_commune_request", "=", False)])
            domain = Domain(domain) & (
                Domain("model", "!=", "helpdesk.ticket") | Domain("res_id", "in", others)
            )
        return super()._search(domain, offset, limit, order, bypass_access=bypass_access, **kwargs)

    def _get_forbidden_access(self, operation):
        """Followers, recipients and authors keep rights in Odoo for ever: not on requests."""
        forbidden = super()._get_forbidden_access(operation)
        if self.env.user.share:
            messages = self.sudo().filtered(lambda m: m.model == "helpdesk.ticket")
            requests = messages.env["helpdesk.ticket"].browse(set(messages.mapped("res_id")))
            managed = set(requests.exists()._filter_managed().ids)
            forbidden |= messages.filtered(lambda m: m.res_id in managed).with_env(self.env)
        return forbidden
