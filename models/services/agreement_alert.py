"""Renewal of conventions: an activity six months before the end, another three months before."""

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from .agreement import RUNNING

ALERTS = (6, 3)  # months before the end, the longest first


class Agreement(models.Model):
    _inherit = "agreement"

    renewal_alert = fields.Integer(
        string="Last alert (months before the end)",
        readonly=True,
        copy=False,
        aggregator=None,
        groups="base.group_user",
    )

    def write(self, vals):
        """Another end: the alerts begin again."""
        if "end_date" in vals and "renewal_alert" not in vals:
            vals = {**vals, "renewal_alert": 0}
        return super().write(vals)

    def _alert_renewal(self):
        """One activity per alert; a late alert replaces the one it overtakes."""
        today = fields.Date.context_today(self)
        for agreement in self.sudo():
            # An amendment is renewed with its convention, which lasts as long.
            if agreement.parent_id or agreement.state not in RUNNING or not agreement.end_date:
                continue
            due = [m for m in ALERTS if agreement.end_date <= today + relativedelta(months=m)]
            if not due or (agreement.renewal_alert and agreement.renewal_alert <= due[-1]):
                continue
            agreement.renewal_alert = due[-1]
            agreement.activity_schedule(
                "commune_relations.mail_activity_type_agreement_renewal",
                user_id=(agreement.user_id or self.env.company._get_service_manager()).id,
                date_deadline=today + relativedelta(days=15),
                summary=self.env._(
                    "%(name)s ends on %(date)s: to be renewed?",
                    name=agreement.name,
                    date=self.env.company._format_document_date(agreement.end_date),
                ),
                note=self.env._(
                    "Less than %(months)s months are left. The notice is %(notice)s months.",
                    months=due[-1],
                    notice=agreement.notice_months,
                ),
            )
