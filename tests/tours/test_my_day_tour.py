"""The day page in a browser: the first act of the five roles, the keyboard, a telephone.

These tours count the clicks that `docs/parcours.md` states.
"""

from datetime import timedelta

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..requests.test_request_my_day import DayCase
from .common import without_missing_asset

HOME = "/odoo/action-commune_relations.application_home_action"


class DayTourCase(DayCase, HttpCase):
    """As many lines as an ordinary day of the demonstration has, and each list full."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        without_missing_asset(cls.env)
        cls.env.company.sudo().onboarding_dismissed = True
        staff = cls.officer | cls.referent | cls.manager | cls.coordinator | cls.reader
        for user in staff:
            user.write({"password": user.login, "lang": "fr_FR"})
        cls.env["commune.obligation"].search([]).active = False
        cls.roads.user_ids = [Command.link(cls.officer.id)]

    def _fill(self, user):
        """Seven lines or more in each list."""
        for days in (-3, 0, 3):
            for _rank in range(7):
                self._promise(days, user_id=user.id)
        for _rank in range(7):
            self._request(user_id=user.id)._move_to("waiting")

    def _promise(self, days, user_id=None, **values):
        request = super()._promise(days, **values)
        request.user_id = user_id or request.user_id
        return request

    def _tour(self, name, user):
        self.start_tour(HOME, f"commune_relations.day_{name}", login=user.login)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestDayTour(DayTourCase):
    browser_size = "1400x900"

    def test_the_officer_takes_a_request_up(self):
        self._fill(self.officer)
        fresh = self._request(user_id=False, team_id=self.roads.id, name="Arbre tombé")
        self._let_pass(fresh, 20)
        self._tour("officer", self.officer)
        self.assertEqual((fresh.user_id, fresh.stage_kind), (self.officer, "in_progress"))

    def _let_pass(self, ticket, days):
        """Its promised day was so many days ago."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET promised_date = %s WHERE id = %s",
            (self.today - timedelta(days=days), ticket.id),
        )
        ticket.invalidate_recordset()

    def test_the_keyboard(self):
        _first, second, _third = (
            self._promise(-3, name=name) for name in ("Premier", "Second", "Troisième")
        )
        self._tour("keyboard", self.referent)
        self.assertNotEqual(second.user_id, self.referent)
        self.assertTrue(second.user_id)
        snooze = self.env["commune.my.day.snooze"].search([("user_id", "=", self.referent.id)])
        self.assertEqual(snooze.until, self.today + timedelta(days=1))

    def test_the_referent_opens_what_is_promised(self):
        self._promise(-3, name="Trottoir abîmé")
        self._tour("referent", self.referent)

    def test_the_manager_notes_what_the_law_asks_and_takes_it_back(self):
        obligation = self.env["commune.obligation"].create(
            {
                "name": "Rapport à présenter",
                "source": "CGCT, art. L. 5211-39",
                "trigger": "once",
                "event_date": self.today,
                "user_id": self.manager.id,
            }
        )
        self._tour("manager", self.manager)
        self.assertFalse(obligation.done_date)

    def test_the_coordinator_qualifies_a_replacement(self):
        request = self.env["commune.replacement.request"].create(
            {
                "commune_id": self.commune_a.id,
                "post": "Secrétaire de mairie",
                "date_start": self.today,
                "date_end": self.today,
                "user_id": self.coordinator.id,
            }
        )
        request._set({"state": "submitted"})
        self._tour("coordinator", self.coordinator)
        self.assertEqual(request.state, "qualified")

    def test_the_management_reads_what_is_late(self):
        self._promise(-3, name="Trottoir abîmé")
        self._tour("reader", self.reader)

    def test_nothing_waits(self):
        self._tour("empty", self.reader)


@tagged("post_install", "-at_install")
class TestDayPhoneTour(DayTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_the_officer_on_a_telephone(self):
        self._fill(self.officer)
        self._tour("phone", self.officer)
