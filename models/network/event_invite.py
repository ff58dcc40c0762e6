"""Who is invited to an event, and the sending of the invitations."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..territory.mandate import LINKS


class EventEvent(models.Model):
    _inherit = "event.event"

    audience_ids = fields.Many2many("commune.audience", string="Audiences")
    invited_ids = fields.Many2many(
        "res.partner",
        "commune_event_invited_rel",
        string="Also invited",
        domain="[('is_company', '=', False), ('held_mandate_ids', '!=', False)]",
        help="Persons invited by hand, beside the audiences.",
    )
    invitation_ids = fields.One2many("commune.event.invitation", "event_id", readonly=True)
    invitation_count = fields.Integer(compute="_compute_invitation_counts")
    answer_count = fields.Integer(compute="_compute_invitation_counts")

    def _compute_invitation_counts(self):
        counts = {
            event: (total, answered)
            for event, total, answered in self.env["commune.event.invitation"]._read_group(
                [("event_id", "in", self.ids)], ["event_id"], ["__count", "answer:count"]
            )
        }
        for event in self:
            event.invitation_count, event.answer_count = counts.get(event, (0, 0))

    def _get_invitable(self):
        """One mandate or post in force for each person of the audiences or invited by hand.

        :return: commune.mandate; that which opens most of the portal comes first
        """
        self.ensure_one()
        persons = self.invited_ids
        chosen = self.env["commune.mandate"]
        if self.audience_ids:
            members = self.audience_ids._get_members()
            chosen = chosen.union(*members.values())
            persons |= self.env["res.partner"].union(*members)
        mandates = self.env["commune.mandate"].search(
            Domain(LINKS) & Domain("partner_id", "in", persons.ids)
        )
        return self._pick_one_each(mandates, chosen)

    def _pick_one_each(self, mandates, preferred=()):
        """Of several mandates of a person: the one asked for, else the one that decides."""
        weights = {"full": 0, "limited": 1}
        ordered = mandates.sorted(
            lambda m: (
                m not in preferred,
                weights.get(m.function_id.portal_role, 2),
                m.function_sequence,
                m.id,
            )
        )
        first = {}
        for mandate in ordered:
            first.setdefault(mandate.partner_id, mandate)
        return mandates.browse([mandate.id for mandate in mandates if mandate in first.values()])

    def _get_registrable(self, commune):
        """Mandates and posts in office in a commune, a person once, in the order of protocol."""
        return self._pick_one_each(commune.sudo()._get_current_mandates())

    def action_invite(self):
        """Invite whoever is in an audience today and was not invited yet."""
        self.ensure_one()
        self.check_access("write")
        if not self._is_open_to_answers():
            raise UserError(self.env._("The event is over or called off: nobody is invited."))
        mandates = self._get_invitable()
        known = self.invitation_ids.partner_id
        fresh = mandates.filtered(lambda m: m.partner_id not in known)
        silent = fresh.filtered(lambda m: not m.partner_id.email_normalized)
        invitations = self.env["commune.event.invitation"].create(
            [{"event_id": self.id, "mandate_id": mandate.id} for mandate in fresh - silent]
        )
        invitations._send_invitations()
        return self._tell_invited(invitations, silent)

    def action_invite_again(self):
        """Write again to those who have not answered and are still in office."""
        self.ensure_one()
        self.check_access("write")
        if not self._is_open_to_answers():
            raise UserError(self.env._("The event is over or called off: nobody is invited."))
        silent = self.invitation_ids.filtered(lambda i: not i.answer)
        silent = silent.filtered(lambda i: i.mandate_id.filtered_domain(LINKS))
        silent._send_invitations()
        return self._tell_invited(silent, self.env["commune.mandate"])

    def _tell_invited(self, invitations, silent):
        message = self.env._("Invitations sent: %s.", len(invitations))
        if silent:
            names = ", ".join(silent.partner_id.sorted("name").mapped("name")[:10])
            message = self.env._(
                "%(message)s Without an e-mail address: %(names)s.", message=message, names=names
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if silent else "success",
                "sticky": bool(silent),
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


class CommuneEventInvitation(models.Model):
    _inherit = "commune.event.invitation"

    def _send_invitations(self):
        for event, invitations in self.grouped("event_id").items():
            invitations._send_letters(
                "mail_template_event_invitation", event._make_ics_attachment()
            )
        self.sudo().write({"sent_date": fields.Datetime.now()})
