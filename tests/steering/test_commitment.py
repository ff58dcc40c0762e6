"""Promises: noted from a record, kept or late, recalled once, read by those they are made to."""

from datetime import datetime, time, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..requests.request_case import RequestCase
from ..services.service_case import make_agreement, make_offer, make_service
from .steering_case import make_contact, make_promise

FIGURES = """
    SELECT count(*) FILTER (WHERE state = 'kept'),
           count(*) FILTER (WHERE state = 'open' AND due_date < %s)
      FROM commune_commitment WHERE commune_id = %s AND active
"""


@tagged("post_install", "-at_install")
class TestCommitment(RequestCase):
    def test_it_is_noted_from_a_request_with_its_commune_and_its_source(self):
        request = self._request(user_id=self.officer.id)
        action = self.env.ref("commune_relations.commitment_from_request_action")
        context = {"active_model": request._name, "active_id": request.id}
        window = action.with_user(self.officer).with_context(**context).run()
        promises = self.env["commune.commitment"].with_user(self.officer)
        form = Form(promises.with_context(**window["context"]))
        form.name = "Reboucher le trou"
        form.due_date = self.today + timedelta(days=15)
        promise = form.save()
        self.assertEqual(promise.commune_id, self.commune_a)
        self.assertEqual((promise.user_id, promise.state), (self.officer, "open"))
        self.assertIn(request.number, promise.source)
        opened = promise.action_open_source()
        self.assertEqual((opened["res_model"], opened["res_id"]), (request._name, request.id))

    def test_anyone_who_may_not_read_the_source_reads_its_kind_only(self):
        request = self._request(name="Sujet confidentiel", topic_id=self.water_topic.id)
        promise = make_promise(
            self, res_model=request._name, res_id=request.id, user_id=self.referent.id
        )
        own = promise.with_user(self.referent)
        self.assertEqual(own.source, "Request")
        with self.assertRaises(AccessError):
            own.action_open_source()
        with self.assertRaises(AccessError):
            by_default = {"default_res_model": request._name, "default_res_id": request.id}
            make = self.env["commune.commitment"].with_user(self.referent)
            make.with_context(**by_default).create(
                {"name": "x", "commune_id": self.commune_a.id, "due_date": self.today}
            )
        with self.assertRaises(AccessError):
            make = self.env["commune.commitment"].with_user(self.referent)
            make.create(
                {
                    "name": "x",
                    "commune_id": self.commune_a.id,
                    "due_date": self.today,
                    "res_model": request._name,
                    "res_id": request.id,
                }
            )

    def test_nobody_binds_a_promise_to_a_contact_that_one_may_not_read(self):
        """The name of the contact would be shown beside one’s own promise."""
        contact = make_contact(self, subject="Affaire réservée")
        foreign = make_promise(self)
        own_record = make_promise(self, user_id=self.referent.id).with_user(self.referent)
        with self.assertRaises(UserError):
            own_record.contact_id = contact.id
        own = make_contact(self, user_ids=[(6, 0, self.referent.ids)]).with_user(self.referent)
        with self.assertRaises(UserError):
            own.commitment_ids = [(4, foreign.id)]
        by_default = {"default_contact_id": contact.id}
        values = {"name": "x", "commune_id": self.commune_a.id, "due_date": self.today}
        make = self.env["commune.commitment"].with_user(self.referent)
        with self.assertRaises(AccessError):
            make.create({**values, "contact_id": contact.id})
        with self.assertRaises(AccessError):
            make.with_context(**by_default).create(values)
        self.assertFalse(own_record.contact_id or foreign.contact_id)

    def test_its_source_is_of_a_known_kind_and_of_the_same_commune(self):
        with self.assertRaises(ValueError):
            make_promise(self, res_model="res.users", res_id=self.officer.id)
        request = self._request(self.commune_b, self.portal_b)
        with self.assertRaisesRegex(ValidationError, "the commune of the record"):
            make_promise(self, res_model=request._name, res_id=request.id)

    def test_what_is_promised_during_a_visit_comes_from_it(self):
        form = Form(self.env["commune.contact"].with_user(self.referent))
        form.commune_id = self.commune_b
        form.kind = "visit"
        form.subject = "Visite de l’école"
        with form.commitment_ids.new() as line:
            line.name = "Rappeler avant la rentrée"
            line.due_date = self.today + timedelta(days=30)
        contact = form.save()
        promise = contact.commitment_ids
        self.assertEqual(promise.commune_id, self.commune_b)
        self.assertEqual(promise.user_id, self.referent)
        self.assertEqual((promise.res_model, promise.res_id), ("commune.contact", contact.id))

    def test_what_was_noted_under_the_wrong_commune_takes_its_promises_along(self):
        """Archived promises too; publication to another commune is decided again."""
        contact = make_contact(self)
        request = self._request(user_id=self.officer.id)
        beside = make_promise(self, is_published=True)
        of_contact = make_promise(self, contact_id=contact.id, is_published=True)
        old = make_promise(self, contact_id=contact.id, active=False)
        of_request = make_promise(self, res_model=request._name, res_id=request.id)
        contact.with_user(self.officer).commune_id = self.commune_b
        moved = of_contact | old
        self.assertEqual(moved.mapped("commune_id"), self.commune_b)
        self.assertFalse(of_contact.is_published)
        self.assertEqual((of_request | beside).commune_id, self.commune_a)
        self.assertTrue(beside.is_published)
        request.with_user(self.officer).write(
            {"commune_id": self.commune_b.id, "partner_id": self.commune_b.id}
        )
        self.assertEqual(of_request.commune_id, self.commune_b)
        with self.assertRaisesRegex(ValidationError, "the commune of the record"):
            of_contact.commune_id = self.commune_a

    def test_a_convention_of_another_commune_takes_its_promises_along(self):
        convention = make_agreement(self, self.commune_a, make_offer(self, make_service(self)))
        noted = make_promise(self, res_model="agreement", res_id=convention.id, is_published=True)
        kept = make_promise(self)
        convention.commune_id = self.commune_b
        self.assertEqual(noted.commune_id, self.commune_b)
        self.assertFalse(noted.is_published)
        self.assertEqual(kept.commune_id, self.commune_a)

    def test_kept_and_late_are_those_of_sql(self):
        for days in (-20, -10, 0, 5):
            make_promise(self, days=days)
        kept = [make_promise(self, days=days) for days in (-40, -3, 8)]
        make_promise(self, self.commune_b, days=-1)
        self.env["commune.commitment"].union(*kept).with_user(self.officer).action_keep()
        self.assertEqual(kept[0].kept_date, self.today)
        self.env.flush_all()
        self.env.cr.execute(FIGURES, (self.today, self.commune_a.id))
        self.assertEqual(self.env.cr.fetchone(), (3, 2))
        sheet = self.commune_a.with_user(self.reader)
        figures = sheet.commitment_kept_count, sheet.commitment_late_count
        self.assertEqual(figures, (3, 2))
        self.assertEqual(sheet.commitment_summary, "kept 3, late 2")
        # A commune without any, read with the others.
        self.assertEqual((self.commune_a + self.epci).mapped("commitment_late_count"), [2, 0])

    def test_it_is_not_given_up_without_a_reason(self):
        promise = make_promise(self).with_user(self.officer)
        with self.assertRaisesRegex(UserError, "Write why"):
            promise.action_give_up()
        promise.reason = "La commune y renonce."
        promise.action_give_up()
        self.assertEqual(promise.state, "given_up")

    def test_its_state_is_not_written_by_hand_and_nothing_is_deleted(self):
        promise = make_promise(self)
        with self.assertRaisesRegex(UserError, "noted by its buttons"):
            promise.with_user(self.manager).state = "kept"
        with self.assertRaisesRegex(UserError, "never deleted"):
            promise.unlink()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            promise.due_date = promise.promised_date - timedelta(days=1)
            promise.flush_recordset()

    def test_a_new_day_stays_in_its_history(self):
        promises = self.env["commune.commitment"].with_context(tracking_disable=False)
        promise = promises.browse(make_promise(self, days=4).id)
        self.cr.flush()
        before = promise.message_ids
        promise.with_user(self.officer).due_date = self.today + timedelta(days=40)
        self.cr.flush()
        promise.invalidate_recordset()
        values = (promise.message_ids - before).sudo().tracking_value_ids
        self.assertEqual(values.field_id.name, "due_date")
        self.assertEqual(values.old_value_datetime.date(), self.today + timedelta(days=4))

    def test_it_is_recalled_before_its_day_then_at_its_day_once_each(self):
        promise = make_promise(self, days=6)
        far = make_promise(self, days=8)
        cron = self.env["commune.commitment"]
        for _time in range(3):
            cron._cron_remind()
        soon = self.env.ref("commune_relations.mail_activity_type_commitment_soon")
        due = self.env.ref("commune_relations.mail_activity_type_commitment_due")
        self.assertEqual(promise.activity_ids.activity_type_id, soon)
        self.assertEqual(promise.activity_ids.user_id, self.officer)
        self.assertFalse(far.activity_ids)
        promise.activity_ids.action_feedback()
        cron._cron_remind()
        self.assertFalse(promise.activity_ids)
        with freeze_time(datetime.combine(promise.due_date, time(12))):
            for _time in range(3):
                cron._cron_remind()
            self.assertEqual(promise.activity_ids.activity_type_id, due)
            promise.with_user(self.officer).action_keep()
            self.assertFalse(promise.activity_ids)
            cron._cron_remind()
            self.assertFalse(promise.activity_ids)

    def test_the_promise_of_a_colleague_who_left_is_recalled_to_the_manager(self):
        promise = make_promise(self, days=1, user_id=self.referent.id)
        self.referent.active = False
        self.assertEqual(promise.user_id, self.referent)
        self.env["commune.commitment"]._cron_remind()
        self.assertTrue(promise.activity_ids.user_id.has_group("commune_relations.group_manager"))

    def test_nothing_is_reminded_when_the_organisation_does_not_steer(self):
        promise = make_promise(self, days=1)
        self.env.company.uses_steering = False
        self.env["commune.commitment"]._cron_remind()
        self.assertFalse(promise.activity_ids)

    def test_officers_alone_publish(self):
        promise = make_promise(self, user_id=self.referent.id)
        with self.assertRaisesRegex(AccessError, "officers publish"):
            promise.with_user(self.referent).is_published = True
        own = promise.with_user(self.referent).with_context(default_is_published=True)
        with self.assertRaisesRegex(AccessError, "officers publish"):
            own.create({"name": "x", "commune_id": self.commune_a.id, "due_date": self.today})
        promise.with_user(self.officer).is_published = True

    def test_the_commune_reads_neither_the_source_nor_the_reason(self):
        promise = make_promise(self, is_published=True, reason="Budget refusé")
        own = promise.with_user(self.portal_a)
        self.assertEqual(own.name, "Envoyer le plan des travaux")
        for name in ("reason", "res_model", "source", "user_id", "promised_by_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                own.read([name])

    def test_what_is_noted_from_the_window_of_a_contact_is_listed_on_it(self):
        contact = make_contact(self)
        promises = self.env["commune.commitment"].with_user(self.officer)
        window = {"default_res_model": contact._name, "default_res_id": contact.id}
        noted = promises.with_context(**window).create(
            {"name": "Rappeler", "commune_id": contact.commune_id.id, "due_date": self.today}
        )
        self.assertEqual(contact.commitment_ids, noted)

    def test_promises_of_a_morning_are_reminded_together_by_one_message(self):
        """Ten times as many ask no more queries, and nobody gets a letter for each."""
        domain = [("partner_ids", "in", self.officer.partner_id.ids)]
        messages = self.env["mail.message"]

        def recall(count):
            promises = self.env["commune.commitment"].union(
                *(make_promise(self, name=f"Plan {number}", days=-1) for number in range(count))
            )
            known = messages.search(domain)
            queries = self._queries_of(promises._cron_remind)
            self.assertEqual(promises.activity_ids.user_id, self.officer)
            self.assertEqual(len(promises.activity_ids), count)
            return queries, messages.search(domain) - known

        recall(2)
        few, _message = recall(2)
        many, message = recall(20)
        self.assertEqual(many, few)
        self.assertEqual(len(message), 1)
        self.assertEqual(message.body.count("– Aubrive"), 20)
        self.assertIn("commune.commitment", message.body)
        _one, message = recall(1)
        self.assertEqual(len(message), 1)
        self.assertTrue(message.res_id, "one alone is told on its record, as Odoo does")

    def test_as_many_queries_for_ten_times_as_many(self):
        make_promise(self)
        contact = make_contact(self)
        kept = {"res_model": "commune.contact", "res_id": contact.id}

        def ask():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            promises = self.env["commune.commitment"].with_user(self.reader)
            promises.search([("commune_id", "=", self.commune_a.id)]).mapped("source")
            (self.commune_a + self.commune_b).with_user(self.reader).mapped("commitment_summary")
            return self.cr.sql_log_count - before

        make_promise(self, **kept)
        ask()
        few = ask()
        for _number in range(20):
            make_promise(self, **kept)
        self.env.flush_all()
        self.assertEqual(ask(), few)


@tagged("post_install", "-at_install")
class TestPortalCommitments(RequestCase, HttpCase):
    def test_a_mayor_reads_what_is_published_to_the_commune(self):
        make_promise(self, is_published=True, days=-2)
        kept = make_promise(self, name="Prêter la scène", is_published=True)
        kept.word = "La scène vous attend."
        kept.with_user(self.officer).action_keep()
        make_promise(self, name="Promesse interne")
        make_promise(self, self.commune_b, name="Autre commune", is_published=True)
        self.authenticate("test_mayor_a", "test_mayor_a")
        home, page = self.url_open("/my").text, self.url_open("/my/commitments").text
        self.assertIn("/my/commitments", home)
        # One kept, one late, of the two that are published.
        sheet = self.url_open(f"/my/communes/{self.commune_a.id}").text
        for text in (home, sheet):
            self.assertIn("tenus 1, en retard 1", text)
            self.assertIn("/my/commitments", text)
        for words in ("Envoyer le plan des travaux", "Prêter la scène", "La scène vous attend."):
            self.assertIn(words, page)
        for words in ("Promesse interne", "Autre commune"):
            self.assertNotIn(words, page)

    def test_nobody_else_of_the_communes_does(self):
        make_promise(self, is_published=True)
        for login in ("test_councillor_a", "test_former_a"):
            with self.subTest(login=login):
                self.authenticate(login, login)
                self.assertEqual(self.url_open("/my/commitments").status_code, 404)
                for path in ("/my", f"/my/communes/{self.commune_a.id}"):
                    self.assertNotIn("/my/commitments", self.url_open(path).text)
        self.authenticate("test_mayor_b", "test_mayor_b")
        self.assertNotIn("/my/commitments", self.url_open("/my").text)
        self.assertNotIn("plan des travaux", self.url_open("/my/commitments").text)
