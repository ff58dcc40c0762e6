"""Reminders: at the right moment, to the right person, once."""

from ast import literal_eval
from datetime import timedelta

from odoo.tests import freeze_time, tagged

from .mail_case import MailCase

# A Monday: no holiday of Moselle comes near.
NOW = "2026-09-07 08:00:00"


class ReminderCase(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = freeze_time(NOW)
        clock.start()
        cls.addClassCleanup(clock.stop)
        cls.backup = cls.employee
        cls.env["commune.topic.referent"].create(
            [
                {"topic_id": cls.road_topic.id, "user_id": cls.referent.id},
                {"topic_id": cls.road_topic.id, "user_id": cls.backup.id, "role": "backup"},
            ]
        )
        cls.Ticket = cls.env["helpdesk.ticket"]

    def _make(self, days=0, step="in_progress", **values):
        """A request of the referent whose promise ends in a number of days of the calendar."""
        ticket = self._request(user_id=self.referent.id, **values)
        ticket._move_to(step)
        ticket.promised_date = self.env.company._get_today() + timedelta(days=days)
        return ticket

    def _arrived(self, *tickets):
        """create_date is set by PostgreSQL, which does not know the frozen clock."""
        found = self.Ticket.union(*tickets)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = ANY(%s)", [NOW, found.ids]
        )
        found.invalidate_recordset(["create_date"])
        found.env["commune.request.clock"]._update_clocks(found)

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("commune_relations.ir_cron_remind_requests").method_direct_trigger()

    def _reminders(self, ticket, *kinds):
        return ticket.env["commune.request.reminder"]._get_reminders(
            ticket, *(kinds or ("overdue", "soon", "untaken"))
        )


@tagged("post_install", "-at_install")
class TestReminders(ReminderCase):
    def test_an_overdue_request_has_exactly_one_activity_whatever_the_runs(self):
        ticket = self._make(days=1)
        self._run()
        self.assertEqual(self._reminders(ticket).user_id, self.referent)
        ticket.promised_date = self.env.company._get_today() - timedelta(days=1)
        for _run in range(3):
            self._run()
        activity = self.env["mail.activity"].search(
            [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)]
        )
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity, self._reminders(ticket, "overdue"))
        self.assertEqual(activity.user_id, self.manager)

    def test_what_runs_by_itself_speaks_the_language_of_the_organisation(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.company.partner_id.lang = "fr_FR"
        ticket = self._make(days=-1)
        self._run()
        summaries = self._reminders(ticket, "overdue").mapped("summary")
        self.assertEqual(summaries, ["En retard\N{NO-BREAK SPACE}: la commune attend sa réponse"])

    def test_the_third_party_scheduled_actions_keep_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.company.partner_id.lang = "fr_FR"
        code = "env['ir.config_parameter'].set_param('essai.lang', env.lang or 'none')"
        action = self.env["ir.cron"].create(
            {
                "name": "Essai",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "code",
                "code": code,
            }
        )
        with self.enter_registry_test_mode():
            action.method_direct_trigger()
        summaries = self.env["ir.config_parameter"].get_param("essai.lang")
        self.assertNotEqual(summaries, "fr_FR")

    def test_the_department_s_lead_is_notified_for_a_service_below(self):
        service = self.env["helpdesk.ticket.team"].create(
            {"name": "Service éclairage", "parent_id": self.roads.id, "user_id": self.officer.id}
        )
        ticket = self._make(days=-1)
        ticket._transfer(service, "Éclairage")
        ticket.promised_date = self.env.company._get_today() - timedelta(days=1)
        self._run()
        self.assertEqual(self._reminders(ticket).user_id, self.manager)

    def test_owners_are_notified_two_working_days_before(self):
        # Friday and Monday do not count in the same way: today is a Monday.
        later, soon = self._make(days=3), self._make(days=2)
        self._run()
        self.assertFalse(self._reminders(later))
        self.assertEqual(self._reminders(soon).user_id, self.referent)
        with freeze_time("2026-09-10 08:00:00"):
            over_the_weekend = self._make(days=4)
            self._run()
            self.assertEqual(self._reminders(over_the_weekend, "soon").user_id, self.referent)

    def test_a_done_reminder_does_not_come_back_for_the_same_promise(self):
        ticket = self._make(days=-1)
        self._run()
        self._reminders(ticket).action_feedback("Vu avec l’équipe.")
        self._run()
        self.assertFalse(self._reminders(ticket))
        ticket.promised_date = self.env.company._get_today() - timedelta(days=2)
        self._run()
        self.assertEqual(len(self._reminders(ticket)), 1)

    def test_nothing_while_waiting_for_the_commune(self):
        ticket = self._make(days=-1)
        self._run()
        ticket._move_to("waiting")
        self.assertFalse(self._reminders(ticket))
        ticket.promised_date = self.env.company._get_today() - timedelta(days=1)
        self._run()
        self.assertFalse(self._reminders(ticket))

    def test_an_answer_closes_the_reminder(self):
        ticket = self._make(days=-1)
        self._run()
        ticket._move_to("answered")
        self.assertFalse(self._reminders(ticket))
        self._run()
        self.assertFalse(self._reminders(ticket))

    def test_the_backup_of_an_absent_owner_is_notified_too(self):
        ticket = self._make(days=2)
        self.referent.out_of_office_from = "2026-09-01"
        self.referent.out_of_office_to = "2026-09-30"
        self._run()
        self.assertEqual(self._reminders(ticket).user_id, self.referent | self.backup)

    def test_a_request_that_nobody_takes_up_goes_to_the_backup_and_the_lead(self):
        ticket = self._request(user_id=self.referent.id)
        self._arrived(ticket)
        self._run()
        self.assertFalse(self._reminders(ticket))
        with freeze_time("2026-09-08 08:00:00"):
            self._run()
            self.assertFalse(self._reminders(ticket))
        with freeze_time("2026-09-09 08:00:00"):
            for _run in range(2):
                self._run()
            reminders = self._reminders(ticket, "untaken")
            self.assertEqual(
                sorted(reminders.user_id.ids), sorted((self.backup | self.manager).ids)
            )
            self.assertEqual(len(reminders), 2)
            ticket._move_to("in_progress")
            self.assertFalse(self._reminders(ticket))

    def test_reminders_follow_the_request_to_its_new_department(self):
        ticket = self._make(days=-1)
        self._run()
        ticket._transfer(self.water, "Fuite du réseau", self.officer)
        self.assertEqual(self._reminders(ticket, "overdue").user_id, self.officer)

    def test_being_reminded_is_not_following(self):
        ticket = self._make(days=-1)
        self._run()
        self.assertNotIn(self.manager.partner_id, ticket.message_partner_ids)

    def test_one_message_for_each_person(self):
        self.manager.partner_id.email = "chef@deuxrives.example"
        for _n in range(3):
            self._make(days=-1)
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        self._run()
        messages = self.env["mail.message"].search(
            [
                ("id", ">", before),
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", self.manager.partner_id.ids),
            ]
        )
        self.assertEqual(len(messages), 1)
        self.assertEqual(messages.body.count("/odoo/commune-requests/"), 3)

    def test_ten_times_more_requests_cost_no_more_queries(self):
        counts = []
        for size in (2, 20):
            for _n in range(size):
                self._make(days=-1)
                self._arrived(self._request(user_id=self.referent.id))
            with freeze_time("2026-09-09 08:00:00"):
                self.env.flush_all()
                self.env.invalidate_all()
                start = self.env.cr.sql_log_count
                for kind in ("overdue", "soon", "untaken"):
                    tickets = self.Ticket.env["commune.request.reminder"]._find_to_remind(kind)
                    self.assertGreaterEqual(len(tickets), size if kind != "soon" else 0)
                    tickets.env["commune.request.reminder"]._remind_all(tickets, kind)
                counts.append(self.env.cr.sql_log_count - start)
        self.assertAlmostEqual(counts[0], counts[1], delta=2)


@tagged("post_install", "-at_install")
class TestDigest(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader.write({"email": "direction@deuxrives.example", "lang": "fr_FR"})
        cls.env.company.request_direction_ids = cls.reader
        cls.Digest = cls.env["commune.request.digest"].with_context(lang="fr_FR")

    def _section(self, word):
        return next(s for s in self.Digest._get_digest()["sections"] if word in s["url"])

    def test_a_quiet_week_says_so_in_one_sentence(self):
        message = self.Digest._send()
        self.assertIn("Rien à signaler cette semaine", message.body)
        self.assertNotIn("<h2", message.body)
        self.assertEqual(message.partner_ids, self.reader.partner_id)

    def test_each_figure_is_the_count_of_its_list(self):
        self._make(days=-1)
        waiting = self._make(days=3, step="waiting")
        waiting.pause_ids.date_start = "2026-08-01 08:00:00"
        again = self._make(days=3, step="answered")
        again._move_to("in_progress")
        pushed = self._make(days=3)
        for team in (self.water, self.roads, self.water):
            pushed.with_user(self.manager)._transfer(
                team, "Réseau", manager_reason="Expertise de l’eau nécessaire"
            )
        self.env.flush_all()
        for word, count in (
            ("overdue", 1),
            ("waiting", 1),
            ("reopened", 1),
            ("beyond", 1),
            ("ratings", 0),
        ):
            with self.subTest(word):
                section = self._section(word)
                self.assertEqual(section["count"], count)
                path = section["url"].rpartition("/")[2]
                action = self.env["ir.actions.act_window"].search([("path", "=", path)])
                listed = self.env[action.res_model].search(literal_eval(action.domain))
                self.assertEqual(len(listed), count)
        text = self.Digest._send().body
        self.assertIn("Expertise de l’eau nécessaire", text)
        self.assertIn("Pôle voirie", text)

    def test_a_wait_is_long_after_its_limit_not_on_it(self):
        """Ten working days before Monday 7 September: Monday 24 August."""
        self.env.company.request_waiting_limit = 10
        waiting = self._make(days=3, step="waiting")
        for day, count in (("24", 0), ("21", 1)):
            waiting.pause_ids.date_start = f"2026-08-{day} 08:00:00"
            self.env.flush_all()
            self.assertEqual(self._section("waiting")["count"], count, day)

    def test_opinions_are_summed_up(self):
        ticket = self._make(days=3, step="answered")
        for rate in (5, 2):
            rating = self.env["rating.rating"].create(
                {
                    "res_model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                    "res_id": ticket.id,
                    "rating": rate,
                    "consumed": True,
                }
            )
            rating.flush_recordset()
        section = self._section("ratings")
        self.assertEqual(section["count"], 2)
        self.assertIn("3,5 sur 5", section["lines"][0]["text"])

    def test_the_cron_writes_to_the_management_of_each_company(self):
        with self.enter_registry_test_mode():
            self.env.ref("commune_relations.ir_cron_send_request_digest").method_direct_trigger()
        found = self.env["mail.message"].search(
            [("partner_ids", "in", self.reader.partner_id.ids)], order="id desc", limit=1
        )
        self.assertIn("semaine du 7 septembre 2026", found.subject)
