"""Who is at work today; whose tickets are requests of communes alone."""

from datetime import datetime, time

from pytz import timezone, utc

from odoo import models
from odoo.tools import SQL

NOON = time(12)


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_led_to_requests(self):
        """Whether all tickets of the person are requests of communes: they act for one, and have no
        ticket with another team."""
        self.ensure_one()
        if not self.partner_id._get_opening_mandates():
            return False
        others = [("is_commune_request", "=", False)]
        return not (
            self._has_other_tickets() and self._get_own_tickets().search_count(others, limit=1)
        )

    def _has_other_tickets(self):
        """Whether other teams have tickets of the persons of the account, or followed by them: one
        query, where the rule of helpdesk_mgmt asks three. Who has some is asked by the rule."""
        tickets = self.env["helpdesk.ticket"]
        tickets.flush_model(["partner_id", "is_commune_request"])
        self.env["res.partner"].flush_model(["parent_id"])
        self.env["mail.followers"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE person AS (
                    SELECT %s AS id
                     UNION
                    SELECT p.id FROM res_partner p JOIN person ON p.parent_id = person.id
                )
                SELECT EXISTS (
                    SELECT FROM person
                      JOIN helpdesk_ticket t ON t.partner_id = person.id
                     WHERE NOT t.is_commune_request
                ) OR EXISTS (
                    SELECT FROM person
                      JOIN mail_followers f
                        ON f.partner_id = person.id AND f.res_model = 'helpdesk.ticket'
                      JOIN helpdesk_ticket t ON t.id = f.res_id
                     WHERE NOT t.is_commune_request
                )
                """,
                self.partner_id.commercial_partner_id.id,
            )
        )
        return rows[0][0]

    def _get_own_tickets(self):
        """Tickets with the access rights of the account: “env.user” is a superuser here."""
        return self.env["helpdesk.ticket"].with_user(self)

    def _get_page_of_tickets(self):
        """Where the list of helpdesk_mgmt leads; empty for who has tickets there."""
        return "/my/requests" if self._is_led_to_requests() else ""

    def _get_absent_users(self, day=None):
        """Users among these who do not work on a day, in one query.

        Sources: their out-of-office dates, their leaves (hr_holidays writes the approved ones
        there), a closure of their calendar, a weekday outside it.

        :param day: date, today by default; evaluated at noon
        """
        if not self:
            return self
        day = day or self.env.company._get_today()
        zone = timezone(self.env.company._get_zone_name())
        noon = zone.localize(datetime.combine(day, NOON)).astimezone(utc).replace(tzinfo=None)
        self.flush_model(["out_of_office_from", "out_of_office_to"])
        for name in ("resource.resource", "resource.calendar.leaves"):
            self.env[name].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT u.id
                  FROM res_users u
                  LEFT JOIN resource_resource r ON r.user_id = u.id AND r.active
                 WHERE u.id = ANY(%(users)s)
                   AND ((u.out_of_office_from <= %(noon)s
                         AND (u.out_of_office_to IS NULL OR u.out_of_office_to >= %(noon)s))
                     OR (r.calendar_id IS NOT NULL AND NOT EXISTS (
                            SELECT FROM resource_calendar_attendance a
                             WHERE a.calendar_id = r.calendar_id AND a.dayofweek = %(weekday)s))
                     OR EXISTS (
                            SELECT FROM resource_calendar_leaves l
                             WHERE (l.resource_id = r.id
                                    OR (l.resource_id IS NULL AND r.calendar_id = l.calendar_id))
                               AND l.date_from <= %(noon)s AND l.date_to > %(noon)s))
                """,
                users=list(self.ids),
                noon=noon,
                weekday=str(day.weekday()),
            )
        )
        return self.browse([user_id for (user_id,) in rows])
