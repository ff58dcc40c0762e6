"""What became of the mailings, commune by commune and person by person."""

from odoo import fields, models
from odoo.tools import SQL

from .recipient import STATUSES


class CommuneMailingStat(models.Model):
    _name = "commune.mailing.stat"
    _description = "Mailings by commune"
    _auto = False
    _order = "date desc, id"  # as the index of the recipients: a page reads its own lines alone
    _rec_name = "partner_id"

    _depends = {
        "commune.mailing.recipient": [
            "mailing_id",
            "partner_id",
            "carrier_id",
            "commune_id",
            "outcome",
            "digest_date",
        ],
        "mailing.mailing": ["network_kind", "theme_id"],
        "mailing.trace": ["trace_status", "links_click_datetime", "res_id", "mass_mailing_id"],
        "res.partner": ["sector_id"],
    }
    mailing_id = fields.Many2one("mailing.mailing", readonly=True)
    date = fields.Datetime(readonly=True)
    network_kind = fields.Selection(
        selection=lambda self: (
            self.env["mailing.mailing"]._fields["network_kind"]._description_selection(self.env)
        ),
        readonly=True,
        string="Kind of letter",
    )
    theme_id = fields.Many2one("commune.topic", readonly=True)
    commune_id = fields.Many2one("res.partner", readonly=True)
    sector_id = fields.Many2one("commune.sector", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Person", readonly=True)
    status = fields.Selection(STATUSES, readonly=True)
    recipients = fields.Integer(readonly=True)
    sent = fields.Integer(readonly=True, help="Left our server.")
    arrived = fields.Integer(readonly=True, help="Sent, and not returned.")
    opened = fields.Integer(readonly=True)
    clicked = fields.Integer(readonly=True)
    bounced = fields.Integer(string="Returned", readonly=True)
    unreached = fields.Integer(string="Not reached", readonly=True)

    @property
    def _table_query(self):
        """One line per person, commune and mailing. A trace is that of the person written to;
        the digest carries no trace of each letter."""
        return SQL(
            """
            SELECT line.*,
                   1 AS recipients,
                   (status IN ('sent', 'opened', 'clicked', 'bounced'))::int AS sent,
                   (status IN ('sent', 'opened', 'clicked'))::int AS arrived,
                   (status IN ('opened', 'clicked'))::int AS opened,
                   (status = 'clicked')::int AS clicked,
                   (status = 'bounced')::int AS bounced,
                   (status NOT IN ('sent', 'opened', 'clicked', 'outgoing'))::int AS unreached
              FROM (
                SELECT recipient.id,
                       recipient.mailing_id,
                       recipient.create_date AS date,
                       mailing.network_kind,
                       mailing.theme_id,
                       recipient.commune_id,
                       commune.sector_id,
                       recipient.partner_id,
                       recipient.outcome,
                       CASE
                         WHEN recipient.outcome = 'digest' AND digest_date IS NOT NULL THEN 'sent'
                         WHEN recipient.outcome NOT IN ('sent', 'duplicate')
                         THEN recipient.outcome
                         WHEN trace.links_click_datetime IS NOT NULL THEN 'clicked'
                         WHEN trace.trace_status IN ('open', 'reply') THEN 'opened'
                         WHEN trace.trace_status IN ('sent', 'pending') THEN 'sent'
                         WHEN trace.trace_status = 'bounce' THEN 'bounced'
                         WHEN trace.trace_status IN ('outgoing', 'process') THEN 'outgoing'
                         ELSE 'failed'
                       END AS status
                  FROM commune_mailing_recipient recipient
                  JOIN mailing_mailing mailing ON mailing.id = recipient.mailing_id
                  LEFT JOIN res_partner commune ON commune.id = recipient.commune_id
                  LEFT JOIN (
                    SELECT mass_mailing_id, res_id, links_click_datetime, trace_status
                      FROM mailing_trace one
                     WHERE model = 'res.partner'
                       AND NOT EXISTS (
                        SELECT
                          FROM mailing_trace later
                         WHERE later.mass_mailing_id = one.mass_mailing_id
                           AND later.model = 'res.partner'
                           AND later.res_id = one.res_id
                           AND later.id > one.id
                       )
                  ) trace
                    ON trace.mass_mailing_id = recipient.mailing_id
                   AND trace.res_id = recipient.carrier_id
              ) line
            """
        )
