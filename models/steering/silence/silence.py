"""Communes that give no sign of life: the last one of each, and who has been silent for long.

A sign is a request or a message to one, a registration, presence or answer for an event, an answer
to a survey, to the notice of a session or to a campaign of the directory, a connection to the
portal, or a contact that the staff noted. One query reads them all; a list opened with
`_get_silent_domain` has the communes that `_get_silent` counts.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

SIGNS = [
    ("request", "Request"),
    ("event", "Event"),
    ("survey", "Answer to a survey"),
    ("session", "Answer to the notice of a session"),
    ("login", "Connection to the portal"),
    ("answer", "Answer to a letter"),
    ("contact", "Contact noted"),
]
# Commune, moment (UTC) and kind of the last sign of each kind: what is sorted afterwards is a few
# lines a commune, and not all that was ever written. Read once (`MATERIALIZED`): of some communes,
# PostgreSQL would read it again for each.
READ = """
    SELECT commune_id, MAX(create_date) AS date, 'request' AS kind FROM helpdesk_ticket
     WHERE commune_id IS NOT NULL GROUP BY commune_id
 UNION ALL
    SELECT commune_id, MAX(create_date), 'request' FROM commune_replacement_request
     GROUP BY commune_id
 UNION ALL
    SELECT commune_id,
           MAX(GREATEST(create_date, CASE WHEN state = 'done' THEN date_closed END)), 'event'
      FROM event_registration WHERE commune_id IS NOT NULL GROUP BY commune_id
 UNION ALL
    SELECT target.commune_id, MAX(COALESCE(answer.end_datetime, answer.start_datetime,
                                           answer.create_date)), 'survey'
      FROM survey_user_input answer
      JOIN commune_survey_target target ON target.id = answer.commune_target_id
     WHERE answer.state IN ('in_progress', 'done') GROUP BY target.commune_id
 UNION ALL
    SELECT commune_id, MAX(refused_date), 'survey' FROM commune_survey_target
     WHERE refused_date IS NOT NULL GROUP BY commune_id
 UNION ALL
    SELECT commune_id, MAX(GREATEST(answered_at, signed_at)), 'session' FROM commune_attendance
     WHERE commune_id IS NOT NULL AND (answered_at IS NOT NULL OR signed_at IS NOT NULL)
     GROUP BY commune_id
 UNION ALL
    SELECT commune_id, MAX(answered_date), 'event' FROM commune_event_invitation
     WHERE answered_date IS NOT NULL GROUP BY commune_id
 UNION ALL
    SELECT commune_id, MAX(answered_date), 'answer' FROM commune_directory_recipient
     WHERE answered_date IS NOT NULL GROUP BY commune_id
 UNION ALL
    SELECT ticket.commune_id, MAX(message.date), 'request'
      FROM helpdesk_ticket ticket
      JOIN mail_message message ON message.model = 'helpdesk.ticket'
       AND message.res_id = ticket.id AND message.author_id = ticket.partner_id
     WHERE ticket.commune_id IS NOT NULL AND message.message_type IN ('email', 'comment')
     GROUP BY ticket.commune_id
 UNION ALL
    SELECT mandate.commune_id, MAX(log.create_date), 'login'
      FROM res_users_log log
      JOIN res_users account ON account.id = log.create_uid AND account.share
      JOIN commune_mandate mandate ON mandate.partner_id = account.partner_id AND mandate.active
       AND (mandate.date_start IS NULL OR mandate.date_start
            <= (log.create_date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date)
       AND (mandate.date_end IS NULL OR mandate.date_end
            >= (log.create_date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date)
     GROUP BY mandate.commune_id
 UNION ALL
    SELECT commune_id, MAX(date), 'contact' FROM commune_contact WHERE active
     GROUP BY commune_id
"""


class CommuneSilence(models.Model):
    """One line for each commune, that of its last sign; without any, it comes first."""

    _name = "commune.silence"
    _inherit = ["commune.collation"]
    _description = "Last sign of life of a commune"
    _auto = False
    _order = "date asc nulls first, commune_name, id"
    _collated = ("commune_name",)
    _rec_name = "commune_id"
    _depends = {
        "res.partner": [
            "name",
            "is_commune",
            "active",
            "epci_id",
            "sector_id",
            "population_band",
            "membership_date_end",
        ],
        "helpdesk.ticket": ["commune_id", "partner_id"],
        "commune.replacement.request": ["commune_id"],
        "event.registration": ["commune_id", "state", "date_closed"],
        "survey.user_input": ["commune_target_id", "state", "start_datetime", "end_datetime"],
        "commune.survey.target": ["commune_id", "refused_date"],
        "commune.attendance": ["commune_id", "answered_at", "signed_at"],
        "commune.event.invitation": ["commune_id", "answered_date"],
        "commune.directory.recipient": ["commune_id", "answered_date"],
        "mail.message": ["model", "res_id", "author_id", "message_type", "date"],
        "res.users": ["partner_id", "share"],
        "commune.mandate": ["partner_id", "commune_id", "date_start", "date_end", "active"],
        "commune.contact": ["commune_id", "date", "active"],
    }
    commune_id = fields.Many2one("res.partner", readonly=True)
    commune_name = fields.Char(string="Name of the commune", readonly=True)
    epci_id = fields.Many2one("res.partner", string="Intercommunality", readonly=True)
    sector_id = fields.Many2one("commune.sector", readonly=True)
    population_band = fields.Selection(
        selection=lambda self: (
            self.env["res.partner"]._fields["population_band"]._description_selection(self.env)
        ),
        string="Size of the commune",
        readonly=True,
    )
    date = fields.Datetime(string="Last sign", readonly=True)
    kind = fields.Selection(SIGNS, string="What it was", readonly=True)
    weeks = fields.Integer(
        string="Weeks of silence",
        readonly=True,
        aggregator="avg",
        help="Whole weeks since the last sign; 0 when there never was one.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
              WITH last AS MATERIALIZED (
                   SELECT DISTINCT ON (commune_id) commune_id, date, kind
                     FROM (%(read)s) sign ORDER BY commune_id, date DESC, kind)
            SELECT commune.id, commune.id AS commune_id, commune.name AS commune_name,
                   commune.epci_id, commune.sector_id, commune.population_band,
                   last.date, last.kind,
                   COALESCE(FLOOR(EXTRACT(EPOCH FROM %(now)s - last.date) / 604800), 0)::int
                   AS weeks
              FROM res_partner commune
         LEFT JOIN last ON last.commune_id = commune.id
             WHERE commune.is_commune AND commune.active AND commune.epci_id IS NOT NULL
               AND (commune.membership_date_end IS NULL OR commune.membership_date_end >= %(day)s)
            """,
            now=fields.Datetime.now(),
            read=SQL(READ, zone=self.env.company._get_zone_name()),
            day=self.env.company._get_today(),
        )

    @api.model
    def _get_silent_domain(self, weeks=None):
        """What a list of the silent communes asks for.

        :param weeks: whole weeks without a sign; those that the organisation has chosen without
        """
        company = self.env.company
        limit = fields.Datetime.now() - timedelta(weeks=weeks or company.silence_weeks)
        old = Domain("date", "=", False) | Domain("date", "<", limit)
        return Domain("epci_id", "=", company.epci_id.id) & old

    @api.model
    def _get_silent(self, weeks=None):
        """The silent communes of the intercommunality, the longest silence first."""
        return self.search_fetch(self._get_silent_domain(weeks), ["commune_id"])
