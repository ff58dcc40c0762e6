"""Guides and watch switched off while things are under way, and on again some weeks later."""

from datetime import datetime, time, timedelta

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..network.test_mailing import QuietCase
from ..requests.smtp_case import SmtpCase
from .impact_case import make_item
from .path_case import get_path_records


@tagged("post_install", "-at_install")
class TestKnowledgeOff(QuietCase, SmtpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        get_path_records(cls)["path"].user_id = cls.officer
        cls.person = cls._person("Ève", "NEUVE", "mme", "eve.neuve@mel.example")
        mandate = cls._mandate(cls.person, cls.commune_a, "councillor", date_start=cls.today)
        cls.follow = cls.env["commune.path.progress"].search([("mandate_id", "=", mandate.id)])
        cls.item = make_item(cls.env, name="Une nouvelle")
        cls.item.sudo().state = "validated"
        # Midday: 24 hours later is the next day, also where an hour is added or taken away.
        cls.start = datetime.combine(cls.today, time(12))

    def _live(self, day):
        """What runs by itself on that day; {address: subjects of what arrived}."""
        received = {}
        with freeze_time(self.start + timedelta(days=day)), self.assertNoLogs(level="ERROR"):
            self.env["commune.path.progress"]._cron_follow_paths()
            self.env["commune.watch.source"]._cron_read()
            self.env["mailing.mailing"]._process_mass_mailing_queue()
            for recipients, message in self._outgoing():
                for address in recipients:
                    received.setdefault(address, []).append(
                        (message["Subject"], message.get_body(("html",)).get_content())
                    )
        self.env.invalidate_all()
        for user in (self.officer, self.manager):
            received.pop(user.email, None)
        return received

    def _switch(self, on, day):
        with freeze_time(self.start + timedelta(days=day)):
            self.env.company.uses_knowledge = on

    def _queue_digest(self):
        action = self.item.with_user(self.officer).action_prepare_digest()
        letter = self.env["mailing.mailing"].browse(action["res_id"]).with_user(self.officer)
        letter.audience_ids = [Command.set(self._audience("mayor", name="Maires").ids)]
        self._approve(letter).action_launch()
        return letter

    def test_nothing_leaves_meanwhile_and_nothing_is_lost(self):
        [(_subject, body)] = self._live(0)[self.person.email]
        self.assertIn("Bienvenue", body)
        letter = self._queue_digest()
        left = dict(self.env.company._get_left_behind()["knowledge"])
        self.assertEqual(left["paths under way"], 2)  # the mayor, the newcomer
        self.assertEqual(left["letters of the watch about to leave"], 1)
        self._switch(False, 1)
        for day in (1, 4, 11, 21):
            self.assertEqual(self._live(day), {}, day)
        self.assertEqual((letter.state, letter.approval_state), ("draft", "approved"))
        self.assertEqual((self.item.state, self.follow.state), ("validated", "running"))
        self._switch(True, 21)
        self.assertEqual(self._live(21), {})
        letter.action_launch()
        received = self._live(22)
        self.assertEqual(set(received), {self.mayor_a.email, self.mayor_b.email})
        self.assertEqual(self.item.state, "distributed")

    def test_the_paths_go_on_where_they_were(self):
        """Steps on the days 0, 3 and 10; off from day 1 to day 21: the third day is the 23rd."""
        self._live(0)
        self._switch(False, 1)
        self._switch(False, 5)  # already off: counted from the first day
        self._switch(True, 21)
        found = {}
        for day in range(21, 32):
            for _subject, body in self._live(day).get(self.person.email, []):
                found[day] = body
        self.assertEqual(list(found), [23, 30])
        self.assertIn("Rencontrer", found[23])
        self.assertNotIn("Le quiz", found[23])
        self.assertIn("Le quiz", found[30])
