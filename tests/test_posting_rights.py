"""Who speaks in the name of the organisation on a record that communes follow, by any route.

A model with a discussion that is missing from the table fails the test.
"""

import itertools
from contextlib import contextmanager

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .requests.answer_case import AnswerCase
from .test_access_matrix import (
    COORDINATORS,
    NOBODY,
    OFFICERS,
    PERSONS,
    STAFF,
    AccessRecords,
)

WITH_REFERENT = (*OFFICERS, "referent")
# record of `_get_records` -> who speaks on it; nobody of a commune does, but by our own pages.
SPEAKERS = {
    "commune_a": OFFICERS,
    "epci": OFFICERS,
    "person_a": OFFICERS,
    "request_a": OFFICERS,
    "request_b_of_the_referent": WITH_REFERENT,
    "contribution_of_the_officer": OFFICERS,
    "contribution_of_the_referent": WITH_REFERENT,
    "published": OFFICERS,
    "election_review": NOBODY,
    "mailing": OFFICERS,
    "event": OFFICERS,
    "registration": OFFICERS,
    "invitation": OFFICERS,
    "obligation": OFFICERS,
    "campaign": OFFICERS,
    "committee": OFFICERS,
    "session": OFFICERS,
    "attendance_a": OFFICERS,
    "decision_b": WITH_REFERENT,
    "dispatch": OFFICERS,
    "dispatch_line": NOBODY,
    "survey_campaign": OFFICERS,
    "survey_target": OFFICERS,
    "survey_link": NOBODY,
    "survey_answer": OFFICERS,
    "guide_everyone": OFFICERS,
    "guide_draft_referent": WITH_REFERENT,
    "service": WITH_REFERENT,
    "subscription_a": OFFICERS,
    "unit_cost": OFFICERS,
    "path": OFFICERS,
    "agreement_a": OFFICERS,
    "project": OFFICERS,
    "watch_source": OFFICERS,
    "watch_item": OFFICERS,
    "tariff": COORDINATORS,
    "timesheet": COORDINATORS,
    "statement": COORDINATORS,
    "exclusion": COORDINATORS,
    "replacement_request": COORDINATORS,
    "proposal": COORDINATORS,
    "mission": COORDINATORS,
    "amendment": COORDINATORS,
    "service_report": COORDINATORS,
    "activity_report": OFFICERS,
    "commitment_of_the_officer": OFFICERS,
    "commitment_of_the_referent": WITH_REFERENT,
    "commitment_published_a": OFFICERS,
}
# Discussions that communes do not read, and that are Odoo's: left as without us; a group of members
# has a test of its own.
OTHERS = {
    "helpdesk.sla",
    "helpdesk.ticket.team",
    "hr.employee",
    "ir.cron",
    "mail.group",
    "survey.survey",
}
WORDS = "<p>Bonjour</p>"


@tagged("post_install", "-at_install")
class TestPostingRights(AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mayor = cls.portal_a.partner_id
        cls.mayor.email = "maire@aubrive.example"
        cls.note = cls.env.ref("mail.mt_note")
        cls.comment = cls.env.ref("mail.mt_comment")

    def test_every_discussion_of_the_addon_is_in_the_table(self):
        known = {self.records[name]._name for name in SPEAKERS} | OTHERS
        managed = {
            name
            for name, model in self.env.registry.items()
            if not model._abstract
            and hasattr(model, "message_post")
            and any(
                part.__module__.startswith("odoo.addons.commune_relations") and part._name == name
                for part in model.__mro__
            )
        }
        self.assertEqual(sorted(managed - known), [])

    def test_the_staff_speaks_where_it_may_change_the_record(self):
        self._check_entry_points(STAFF, self._get_entry_points())

    def test_nobody_of_a_commune_speaks_through_routes_of_odoo(self):
        routes = self._get_entry_points()
        self._check_entry_points(
            PERSONS, {name: routes[name] for name in ("post", "create", "notify")}
        )

    def test_nobody_of_a_commune_follows_what_the_staff_says(self):
        """Followers of a record receive its messages by mail, even after the mandate."""
        for name in SPEAKERS:
            for who in PERSONS:
                user = getattr(self, who)
                record = self.records[name].with_user(user)
                with self.subTest(record=name, who=who), self.assertRaises(AccessError):
                    record.message_subscribe(user.partner_id.ids)
        supplier = self.env["res.partner"].create({"name": "Client", "email": "c@c.example"})
        customer = new_test_user(self.env, "third_party_customer", groups="base.group_portal")
        supplier.child_ids = customer.partner_id
        own = customer.partner_id.with_user(customer)
        self.assertTrue(own.message_subscribe(customer.partner_id.ids))

    def test_a_lead_or_the_management_asked_to_validate_speaks_on_that_request(self):
        """Named in the settings, as a reader; before and after, not a word."""
        director = self.reader
        self.env.company.request_direction_ids = director
        request = self.records["request_a"]
        for step, expected in ((False, False), ("direction", True), ("validated", False)):
            request.validation_step = step
            for name in ("post", "create", "follow", "notify"):
                with self.subTest(step=step, route=name):
                    speak = self._get_entry_points()[name]
                    self.assertEqual(self._passes(speak, request.with_user(director)), expected)
        request.validation_step = "direction"
        coordinator = request.with_user(self.coordinator)
        self.assertFalse(self._passes(self._post, coordinator))

    def test_a_colleague_is_notified_of_what_one_reads_and_persons_outside_are_not(self):
        request = self.records["request_a"].with_user(self.reader)
        request.message_notify(body=WORDS, partner_ids=self.officer.partner_id.ids)
        with self.assertRaises(AccessError):
            request.message_notify(
                body=WORDS, partner_ids=(self.officer.partner_id | self.mayor).ids
            )

    def test_without_a_record_nobody_writes_to_a_mayor_but_those_who_keep_the_directory(self):
        for who, allowed in (("employee", False), ("reader", False), ("officer", True)):
            thread = self.env["mail.thread"].with_user(getattr(self, who))
            routes = {
                "notify": lambda _r, t=thread: t.message_notify(
                    body=WORDS, partner_ids=self.mayor.ids
                ),
                "account": lambda _r, t=thread: self._send_template(
                    self.portal_a.with_env(t.env),
                ),
                "letter": lambda _r, t=thread: self._compose_for_many(
                    self.portal_a.with_env(t.env)
                ),
            }
            for route, speak in routes.items():
                with self.subTest(who=who, route=route):
                    self.assertEqual(self._passes(speak, None), allowed)

    def test_third_party_records_stay_as_without_the_addon(self):
        """Odoo: anyone who follows a contact, or was sent a message about it, may answer."""
        supplier = self.env["res.partner"].create({"name": "Fournisseur", "email": "f@f.example"})
        for route in (self._follow, self._reply, self._send_template):
            with self.subTest(route=route.__name__):
                self.assertTrue(self._passes(route, supplier.with_user(self.employee)))
        contact = supplier.with_user(self.employee)
        contact.message_notify(body=WORDS, partner_ids=supplier.ids)
        # A mayor is managed by the addon, whatever record the message is about.
        self.assertFalse(self._passes(self._notify, contact))

    def test_a_group_notifies_its_moderators_and_accepts_mail(self):
        group = self.env.ref("commune_relations.mail_group_dgs_secretaries")
        for who in ("employee", "reader", "officer", "portal_a"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                group.with_user(getattr(self, who)).message_post(
                    body=WORDS, subject="Bonjour", email_from=self.mayor.email
                )

    def _check_entry_points(self, people, routes):
        turns = itertools.count(1)
        for name, allowed in SPEAKERS.items():
            for who in people:
                record = self.records[name].with_user(getattr(self, who))
                expected = who in allowed
                for route, speak in self._get_tried(routes, expected and next(turns)):
                    with self.subTest(record=name, who=who, route=route):
                        self.assertEqual(self._passes(speak, record), expected)

    def _get_tried(self, routes, turn):
        """All the doors for who is refused, two for who is let through, each in its turn.

        A door that is left open by one person is open to all; a letter that really leaves takes
        ten times as long as a refusal.
        """
        doors = list(routes.items())
        return [doors[turn % len(doors)], doors[(turn + 5) % len(doors)]] if turn else doors

    def _passes(self, speak, record):
        """Whether this route lets the person post; nothing is stored."""
        try:
            with self._undone():
                speak(record)
        except AccessError:
            return False
        return True

    @contextmanager
    def _undone(self):
        class Undo(Exception):
            pass

        try:
            with self.env.cr.savepoint():
                yield
                raise Undo
        except Undo:
            self.env.invalidate_all()

    def _get_entry_points(self):
        return {
            "post": self._post,
            "create": self._create_message,
            "reply": self._reply,
            "follow": self._follow,
            "rewrite": self._rewrite,
            "notify": self._notify,
            "notify from elsewhere": self._notify_from_elsewhere,
            "composer": self._compose,
            "mass composer": self._compose_for_many,
            "template": self._send_template,
            "schedule": self._schedule_message,
            "activity": self._schedule_activity,
            "file": self._attach,
        }

    def _post(self, record):
        record.message_post(body=WORDS, partner_ids=self.mayor.ids, message_type="comment")

    def _create_message(self, record, **values):
        record.env["mail.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "body": WORDS,
                "message_type": "comment",
                "subtype_id": self.comment.id,
                **values,
            }
        )

    def _reply(self, record):
        """To a message that one was sent."""
        first = record.sudo().message_post(
            body=WORDS, partner_ids=record.env.user.partner_id.ids, subtype_xmlid="mail.mt_note"
        )
        self._create_message(record, parent_id=first.id)

    def _rewrite(self, record):
        """A message to the commune that one was sent too."""
        message = record.with_user(self.env.ref("base.user_root")).message_post(
            body=WORDS,
            partner_ids=record.env.user.partner_id.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        message.with_env(record.env).body = "<p>Autre chose</p>"

    def _follow(self, record):
        record.message_subscribe(record.env.user.partner_id.ids)
        self._create_message(record)

    def _notify(self, record):
        record.message_notify(body=WORDS, partner_ids=self.mayor.ids)

    def _notify_from_elsewhere(self, record):
        record.env["mail.thread"].message_notify(
            body=WORDS, partner_ids=self.mayor.ids, model=record._name, res_id=record.id
        )

    def _compose(self, record, mode="comment"):
        record.env["mail.compose.message"].create(
            {
                "model": record._name,
                "res_ids": record.ids,
                "composition_mode": mode,
                "body": WORDS,
                "subject": "Bonjour",
                "partner_ids": [Command.set(self.mayor.ids)],
            }
        ).action_send_mail()

    def _compose_for_many(self, record):
        self._compose(record, mode="mass_mail")

    def _send_template(self, record):
        template = self.env["mail.template"].create(
            {
                "name": "Essai",
                "model_id": self.env["ir.model"]._get_id(record._name),
                "subject": "Essai",
                "body_html": "<p>Essai</p>",
            }
        )
        template.with_env(record.env).send_mail(
            record.id, email_values={"body_html": WORDS, "email_to": self.mayor.email}
        )

    def _schedule_message(self, record):
        record.env["mail.scheduled.message"].create(
            {
                "model": record._name,
                "res_id": record.id,
                "body": WORDS,
                "subject": "Bonjour",
                "author_id": record.env.user.partner_id.id,
                "partner_ids": [Command.set(self.mayor.ids)],
                "scheduled_date": "2099-01-12 08:00:00",
            }
        )

    def _schedule_activity(self, record):
        record.env["mail.activity"].create(
            {
                "res_model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "user_id": record.env.uid,
            }
        )

    def _attach(self, record):
        record.env["ir.attachment"].create(
            {"name": "essai.txt", "raw": b"essai", "res_model": record._name, "res_id": record.id}
        )


@tagged("post_install", "-at_install")
class TestPostingRoute(AnswerCase, HttpCase):
    """The box under a record, in the back office."""

    def test_a_reader_writes_nothing_to_a_commune(self):
        data = {
            "thread_model": "helpdesk.ticket",
            "thread_id": self.request.id,
            "post_data": {"body": WORDS, "subtype_xmlid": "mail.mt_comment"},
        }
        before = self.request.message_ids
        self.authenticate("test_reader", "test_reader")
        with self.assertRaises(JsonRpcException), mute_logger("odoo.http"):
            self.make_jsonrpc_request("/mail/message/post", data)
        self.assertEqual(self.request.message_ids, before)
        self.authenticate("test_officer", "test_officer")
        self.make_jsonrpc_request("/mail/message/post", data)
        self.assertEqual((self.request.message_ids - before).author_id, self.officer.partner_id)
