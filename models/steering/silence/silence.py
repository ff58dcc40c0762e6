"""Silent communes: those that gave no sign – request, event, answer, login – for so many weeks."""

from collections import namedtuple
from datetime import UTC, timedelta

from odoo import api, models
from odoo.tools import SQL, LazyTranslate

_lt = LazyTranslate(__name__)

SILENT_WEEKS = 8  # unless another number is asked for
KINDS = [
    ("request", _lt("Request")),
    ("event", _lt("Event")),
    ("answer", _lt("Answer")),
    ("login", _lt("Login to the portal")),
]
# Moments at which a commune gave a sign, by kind; of each the last counts. A login is that of a
# person who acts for the commune today; a letter to a request is from who made it.
SIGNS = """
    SELECT 'request' AS kind, commune_id, create_date AS moment FROM helpdesk_ticket
     UNION ALL
    SELECT 'request', commune_id, received_date FROM commune_replacement_request
     WHERE state != 'draft'
     UNION ALL
    SELECT 'event', registration.commune_id, registration.create_date
      FROM event_registration registration
     WHERE registration.state != 'cancel'
     UNION ALL
    SELECT 'event', registration.commune_id, event.date_begin
      FROM event_registration registration
      JOIN event_event event ON event.id = registration.event_id
     WHERE registration.state = 'done'
     UNION ALL
    SELECT 'event', attendance.commune_id, presence.arrived_at
      FROM commune_attendance attendance
      JOIN commune_attendance_presence presence ON presence.attendance_id = attendance.id
     UNION ALL
    SELECT 'answer', target.commune_id, answer.official_date
      FROM survey_user_input answer
      JOIN commune_survey_target target ON target.id = answer.commune_target_id
     UNION ALL
    SELECT 'answer', commune_id, answered_at FROM commune_attendance
     UNION ALL
    SELECT 'answer', commune_id, answered_date FROM commune_event_invitation
     UNION ALL
    SELECT 'answer', commune_id, answered_date FROM commune_directory_recipient
     UNION ALL
    SELECT 'answer', ticket.commune_id, message.date
      FROM helpdesk_ticket ticket
      JOIN mail_message message ON message.res_id = ticket.id
                               AND message.model = 'helpdesk.ticket'
                               AND message.author_id = ticket.partner_id
     WHERE message.message_type IN ('email', 'comment')
     UNION ALL
    SELECT 'login', mandate.commune_id, log.create_date
      FROM res_users_log log
      JOIN res_users person ON person.id = log.create_uid AND person.share
      JOIN commune_mandate mandate ON mandate.partner_id = person.partner_id
     WHERE mandate.active
       AND (mandate.date_start IS NULL OR mandate.date_start <= %(today)s)
       AND (mandate.date_end IS NULL OR mandate.date_end >= %(today)s)
"""
# The last one of each commune; at the same moment, the first of the alphabet.
LAST = """
    SELECT DISTINCT ON (commune_id) commune_id, moment, kind
      FROM (%(signs)s) sign
     WHERE commune_id IN %(communes)s AND moment <= %(now)s
  ORDER BY commune_id, moment DESC, kind
"""

Sign = namedtuple("Sign", "day kind")


class CommuneSilence(models.AbstractModel):
    """Read as superuser: a sign says when and of which kind, never what about."""

    _name = "commune.silence"
    _description = "Last sign of each commune"

    @api.model
    def _get_last_signs(self, communes=None):
        """The last sign of each commune, in one query.

        :param communes: res.partner; the members of the intercommunality of the company without
        :return: {commune id: Sign(day, kind), or None for a commune that never gave one}
        """
        if communes is None:
            communes = self.env.company.sudo().epci_id._get_members()
        if not communes:
            return {}
        self.env.flush_all()
        today, now = self.env.company._get_today(), self.env.cr.now()
        signs = SQL(SIGNS, today=today)
        found = self.env.execute_query(
            SQL(LAST, signs=signs, communes=tuple(communes.ids), now=now)
        )
        zone = self.env.company._get_zone()
        last = {
            commune_id: Sign(moment.replace(tzinfo=UTC).astimezone(zone).date(), kind)
            for commune_id, moment, kind in found
        }
        return {commune.id: last.get(commune.id) for commune in communes}

    @api.model
    def _get_silent(self, weeks=SILENT_WEEKS, communes=None):
        """Communes that gave no sign for so many weeks.

        :param weeks: whole number of weeks; the day before they began is already silent
        :return: as `_get_last_signs`, for the silent communes alone, those silent for longest first
        """
        since = self.env.company._get_today() - timedelta(weeks=weeks)
        signs = self._get_last_signs(communes)
        silent = {key: sign for key, sign in signs.items() if not sign or sign.day < since}
        return dict(
            sorted(silent.items(), key=lambda found: (bool(found[1]), found[1] and found[1].day))
        )
