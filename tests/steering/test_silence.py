"""The silent communes: who has given no sign for how long, and what ends a silence."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from ..requests.request_case import RequestCase
from .steering_case import make_contact, set_created

# The same question, asked in another way: the latest of the latest signs of each kind.
APART = """
    SELECT commune.id, GREATEST(
        (SELECT max(create_date) FROM helpdesk_ticket WHERE commune_id = commune.id),
        (SELECT max(create_date) FROM commune_replacement_request WHERE commune_id = commune.id),
        (SELECT max(create_date) FROM event_registration WHERE commune_id = commune.id),
        (SELECT max(answered_at) FROM commune_attendance WHERE commune_id = commune.id),
        (SELECT max(date) FROM commune_contact WHERE commune_id = commune.id AND active),
        (SELECT max(log.create_date) FROM res_users_log log, res_users u, commune_mandate m
          WHERE u.id = log.create_uid AND u.share AND m.partner_id = u.partner_id
            AND m.commune_id = commune.id
            AND (m.date_end IS NULL OR m.date_end >= log.create_date)))
      FROM res_partner commune WHERE commune.id IN %s
"""


@tagged("post_install", "-at_install")
class TestSilence(RequestCase):
    def _silent(self, weeks=None):
        return self.env["commune.silence"]._get_silent(weeks).commune_id

    def _line(self, commune):
        self.env["commune.silence"].invalidate_model()
        return self.env["commune.silence"].browse(commune.id)

    def test_a_commune_without_any_sign_comes_first(self):
        set_created(self._request(self.commune_a), 20)
        self.assertEqual(self._silent(), self.commune_b + self.commune_a)
        self.assertFalse(self._line(self.commune_b).kind)
        self.assertEqual(self._line(self.commune_a).kind, "request")
        self.assertEqual(self._line(self.commune_a).weeks, 20)

    def test_the_signs_of_several_communes_are_read_once(self):
        """PostgreSQL, left to itself, reads them again for each commune."""
        asked = [("commune_id", "in", (self.commune_a + self.commune_b).ids)]
        read = self.env["commune.silence"]._search(asked).select()
        plan = self.env.execute_query(SQL("EXPLAIN %s", read))
        self.assertTrue(any("CTE Scan on last" in line for (line,) in plan), plan)

    def test_the_organisation_sets_after_how_many_weeks(self):
        set_created(self._request(self.commune_a), 12.1)
        make_contact(self, self.commune_b, weeks=11.9)
        self.assertEqual(self._silent(), self.commune_a)
        self.env.company.silence_weeks = 11
        self.assertEqual(self._silent(), self.commune_a + self.commune_b)
        self.assertFalse(self._silent(13))

    def test_a_call_that_is_logged_ends_the_silence(self):
        set_created(self._request(self.commune_a), 30)
        self.assertIn(self.commune_a, self._silent())
        call = make_contact(self)
        self.assertNotIn(self.commune_a, self._silent())
        self.assertEqual(self._line(self.commune_a).kind, "contact")
        call.active = False
        self.assertIn(self.commune_a, self._silent())

    def test_a_connection_counts_while_the_mandate_lasts(self):
        for user in (self.portal_b, self.portal_ended):
            self.env["res.users.log"].with_user(user).sudo().create({})
        self.assertEqual(self._silent(), self.commune_a)
        self.assertEqual(self._line(self.commune_b).kind, "login")

    def test_a_contact_is_not_noted_beforehand(self):
        with self.assertRaisesRegex(ValidationError, "once it has taken place"):
            make_contact(self, date=fields.Datetime.now() + timedelta(days=1))

    def test_the_list_is_that_of_sql(self):
        set_created(self._request(self.commune_a), 15)
        make_contact(self, self.commune_a, weeks=14)
        set_created(self._request(self.commune_b, self.portal_b), 40)
        communes = self.commune_a + self.commune_b
        self.env.flush_all()
        self.env.cr.execute(APART, (tuple(communes.ids),))
        separate = dict(self.env.cr.fetchall())
        lines = self.env["commune.silence"].search([("commune_id", "in", communes.ids)])
        self.assertEqual({line.commune_id.id: line.date for line in lines}, separate)
        self.assertEqual(lines.commune_id, self.commune_b + self.commune_a)

    def test_a_commune_that_left_is_not_called(self):
        self.commune_b.membership_date_end = self.today - timedelta(days=1)
        self.assertNotIn(self.commune_b, self._silent())

    def test_what_waits_for_the_commune_is_not_late_and_what_is_called_off_is_no_invitation(self):
        """Two requests promised for last week; one of them waits for the commune."""
        late, waiting = self._request(self.commune_a), self._request(self.commune_a)
        waiting.stage_id = self.env["helpdesk.ticket.stage"]._get_kind("waiting", waiting.team_id)
        both = late + waiting
        both.flush_recordset()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET promised_date = %s WHERE id IN %s",
            (self.today - timedelta(days=7), tuple(both.ids)),
        )
        both.invalidate_recordset()
        day = self.today + timedelta(days=9)
        event = self.env["event.event"].create(
            {
                "name": "Visite du dépôt",
                "kind": "encounter",
                "date_begin": f"{day} 08:00:00",
                "date_end": f"{day} 10:00:00",
            }
        )
        mayor = self.env["commune.mandate"].search(
            [
                ("partner_id", "=", self.portal_a.partner_id.id),
                ("commune_id", "=", self.commune_a.id),
            ],
            limit=1,
        )
        self.env["commune.event.invitation"].sudo().create(
            {
                "event_id": event.id,
                "mandate_id": mayor.id,
                "sent_date": fields.Datetime.now(),
            }
        )

        def talk():
            card = self.env["commune.card"].with_user(self.reader)
            return card._get_talks(self.commune_a)[self.commune_a.id]

        self.assertIn(f"Say first that request {late.number}", talk())
        self.assertNotIn(f"Say first that request {waiting.number}", talk())
        self.assertIn("Visite du dépôt", talk())
        event.action_cancel_event()
        self.assertNotIn("Visite du dépôt", talk())

    def test_one_query_whatever_the_number(self):
        silences = self.env["commune.silence"]
        self.assertEqual(len(silences._get_silent()), 2)
        before = self.env.cr.sql_log_count
        silences._get_silent().mapped("date")
        asked = self.env.cr.sql_log_count - before
        self.env["res.partner"].create(
            [
                {
                    "name": f"Clairval-{number}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"57{number:03d}",
                    "epci_id": self.epci.id,
                }
                for number in range(10, 30)
            ]
        )
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(len(silences._get_silent().mapped("kind")), 22)
        self.assertEqual(self.env.cr.sql_log_count - before, asked)
