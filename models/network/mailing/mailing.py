"""Mailings of the network: to whom, about what, under which rules."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...core.window_actions import open_record

NETWORK_KINDS = [
    ("letter", "Network letter"),
    ("invitation", "Invitation to an event"),
    ("watch", "Watch note"),
]


class MailingMailing(models.Model):
    _name = "mailing.mailing"
    _inherit = ["mailing.mailing", "commune.letter.document.mixin"]

    network_kind = fields.Selection(
        NETWORK_KINDS,
        string="Kind of letter",
        help="Letters to the network: their recipients are the members of audiences.",
    )
    audience_ids = fields.Many2many(
        "commune.audience",
        string="Audiences",
        tracking=True,
        help="All their members of the day of sending, once per address.",
    )
    theme_id = fields.Many2one(
        "commune.topic",
        ondelete="restrict",
        tracking=True,
        help="Persons may refuse the letters on a theme and keep the others.",
    )
    is_service = fields.Boolean(
        string="Service message",
        tracking=True,
        help="A convocation, an answer, a notice that the law or the service asks for: sent"
        " even to those who refuse letters, and not counted in the weekly limit. Never for"
        " information or promotion.",
    )
    resend_of_id = fields.Many2one(
        "mailing.mailing",
        string="Sent again to those who did not open",
        copy=False,
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    recipient_ids = fields.One2many("commune.mailing.recipient", "mailing_id", copy=False)

    # A reader has no right on the models of Odoo.
    mailing_model_real = fields.Char(compute_sudo=True)

    def _get_managed_threads(self):
        return super()._get_managed_threads() | self.filtered(lambda one: one.sudo().network_kind)

    def _filter_sheets(self):
        return self.filtered("network_kind")

    @api.model
    def _check_new_senders(self, vals_list):
        own = self.env.user.email_normalized
        for vals in vals_list:
            if vals.get("network_kind"):
                self._check_sender(vals.get("email_from", own))

    def _prepare_changed_network(self, vals):
        return self._prepare_network(vals, known=self)

    def _check_changed_sender(self, vals):
        if any(self.mapped("network_kind")):
            self._check_sender(vals["email_from"])

    @api.model
    def _check_sender(self, address):
        """Odoo's own constraint would stop on the name of a field."""
        if not address:
            raise UserError(
                self.env._(
                    "This letter has no sender. Type the address of the organisation first: "
                    "Configuration > Our sender, or ask for yours to be typed on your account."
                )
            )

    @api.model
    def _prepare_network(self, vals, known=None):
        """Target persons in a letter to audiences, whatever the standard fields."""
        retargeted = "mailing_model_id" in vals and known and any(known.mapped("network_kind"))
        if not (self._names_audiences(vals) or vals.get("network_kind") or retargeted):
            return vals
        values = {**vals, "mailing_model_id": self.env["ir.model"]._get_id("res.partner")}
        if not known or not all(known.mapped("network_kind")):
            values.setdefault("network_kind", "letter")
        return values

    @api.model
    def _names_audiences(self, vals):
        """Whether these values hold audiences; a copy passes an empty list for each mailing."""
        brought = (Command.LINK, Command.CREATE)
        return any(
            step[0] in brought or (step[0] == Command.SET and step[2])
            if isinstance(step, list | tuple)
            else step
            for step in vals.get("audience_ids") or ()
        )

    @api.onchange("is_service")
    def _onchange_is_service(self):
        self.use_exclusion_list = not self.is_service

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        """What was sent to communes, and to whom, is a proof: it is archived."""
        if self.filtered(
            lambda one: one.sudo().recipient_ids or (one.sent_date and one._is_for_communes())
        ):
            raise UserError(
                self.env._("A mailing that was sent cannot be deleted: archive it instead.")
            )

    # recipients

    def _goes_to_audiences(self):
        """Whether it is for members of audiences, which others who send letters may not read."""
        return bool(self.network_kind or self.sudo().audience_ids)

    def _get_recipients_domain(self):
        """Right at the moment of sending, whatever was computed or synchronised before."""
        self.ensure_one()
        if not self._goes_to_audiences():
            return super()._get_recipients_domain()
        plan = self._plan_recipients()
        return Domain("id", "in", [person for person, (how, _m) in plan.items() if how == "sent"])

    def _get_recipients(self):
        """A list of an audience is brought in step before anything is sent to it."""
        lists = self.contact_list_ids.filtered(
            lambda mailing_list: mailing_list.sudo().audience_ids
        )
        if self.mailing_on_mailing_list and lists and self.state != "draft":
            lists.action_sync()
        return super()._get_recipients()

    def _plan_recipients(self):
        """What happens to each member of the audiences, in a constant number of queries.

        :return: dict: id of the person -> (outcome, mandates as a list of Held); outcomes of
            `commune.mailing.recipient`, except the weekly limit: see `_split_by_limit`
        """
        self.ensure_one()
        self = self.sudo()  # members, refusals and readings that the writer may not open
        reached, mandates = {}, {}
        audiences = self.audience_ids
        for audience, persons in audiences._get_held_by_audience().items():
            for person, held in persons.items():
                reached.setdefault(person, set()).add(audience.id)
                mandates.setdefault(person, []).extend(held)
        partners = self.env["res.partner"].browse(sorted(self._keep_unopened(reached)))
        partners.fetch(["email_normalized"])
        refused, blacklisted = self._get_unwilling(partners, reached)
        plan, addresses = {}, set()
        for partner in partners:
            address = partner.email_normalized
            if not address:
                outcome = "no_email"
            elif address in refused:
                outcome = "refused"
            elif address in blacklisted:
                outcome = "blocked"
            elif address in addresses:
                outcome = "duplicate"
            else:
                outcome = "sent"
                addresses.add(address)
            plan[partner.id] = (outcome, mandates[partner.id])
        return plan

    def _get_unwilling(self, partners, reached):
        """Addresses of those who refuse, addresses on the exclusion list: a refusal is that of
        an address, which two persons may share. Nothing stops a service message."""
        if self.is_service:
            return set(), set()
        Preference = self.env["commune.contact.preference"]
        blocked = Preference._get_blocked(partners, self.theme_id, reached)
        addresses = partners.filtered("email_normalized").mapped("email_normalized")
        Blacklist = self.env["mail.blacklist"]
        blacklist = Blacklist.search_fetch([("email", "in", addresses)], ["email"])
        refused = {p.email_normalized for p in partners if p.id in blocked}
        return refused - {False}, set(blacklist.mapped("email"))

    def _keep_unopened(self, persons):
        """Ids among `persons` of those who received the first letter and did not open it."""
        if not self.resend_of_id:
            return set(persons)
        Trace = self.env["mailing.trace"]
        traces = Trace.search_fetch(
            [
                ("mass_mailing_id", "=", self.resend_of_id.id),
                ("model", "=", "res.partner"),
                ("trace_status", "=", "sent"),
                ("links_click_datetime", "=", False),
            ],
            ["res_id"],
        )
        return set(persons) & set(traces.mapped("res_id"))

    def action_resend_unopened(self):
        """A new letter of the same content, to be approved like any other."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "done":
            raise UserError(self.env._("This mailing has not been sent yet."))
        copy = self.copy({"resend_of_id": self.id, "subject": self.subject})
        return copy._get_form_action()

    def _get_form_action(self):
        return open_record(self)
