"""Traces of mailings: linked to their persons in one go; a return is looked into."""

from markupsafe import escape

from odoo import api, fields, models
from odoo.fields import Domain

from ..audience.membership import MEMBER

BOUNCE = "commune_relations.mail_activity_type_network_bounce"


class MailingTrace(models.Model):
    _inherit = "mailing.trace"

    _mailing_record_idx = models.Index("(mass_mailing_id, res_id)")

    @api.model_create_multi
    def create(self, vals_list):
        """The person is known from the start: mass_mailing_partner would look for it with two
        queries for each trace."""
        for vals in vals_list:
            if vals.get("model") == "res.partner" and vals.get("res_id"):
                vals.setdefault("partner_id", vals["res_id"])
        return super().create(vals_list)

    def partner_link(self):
        linked = self.filtered(lambda t: t.model == "res.partner" and t.partner_id.id == t.res_id)
        return super(MailingTrace, self - linked).partner_link()

    def set_bounced(self, domain=None, bounce_message=False):
        traces = super().set_bounced(domain=domain, bounce_message=bounce_message)
        traces.sudo()._report_bounce()
        return traces

    def _report_bounce(self):
        """One thing to do on the commune, whatever the number of returns of that address."""
        for trace in self.filtered("partner_id"):
            person = trace.partner_id
            for commune in trace._get_communes():
                known = commune.activity_ids.filtered(
                    lambda a, trace=trace: (
                        a.activity_type_id == self.env.ref(BOUNCE)
                        and trace.email in (a.summary or "")
                    )
                )
                if not known:
                    commune.activity_schedule(
                        BOUNCE,
                        user_id=trace._get_bounce_owner().id,
                        summary=self.env._(
                            "Address to check: %(name)s <%(email)s>",
                            name=person.name,
                            email=trace.email,
                        ),
                        note=escape(
                            self.env._(
                                "“%s” came back. Ask the town hall for the right address.",
                                trace.mass_mailing_id.subject or "",
                            )
                        ),
                    )

    def _get_communes(self):
        """The commune for which the person was written to, else the first of today."""
        lines = self.env["commune.mailing.recipient"].search(
            [
                ("mailing_id", "=", self.mass_mailing_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("commune_id", "!=", False),
            ],
            limit=1,
        )
        if lines:
            return lines.commune_id
        mandates = self.env["commune.mandate"].search(
            Domain(MEMBER) & Domain("partner_id", "=", self.partner_id.id), limit=1
        )
        return mandates.commune_id

    def _get_bounce_owner(self):
        owner = self.mass_mailing_id.user_id
        staff = owner.active and not owner.share
        return owner if staff else self.env["res.users"]._get_organisation_manager()


class UtmSource(models.Model):
    _inherit = "utm.source"

    # Read by record rules alone.
    letter_ids = fields.One2many(
        "mailing.mailing", "source_id", string="Letters", groups="base.group_system"
    )
