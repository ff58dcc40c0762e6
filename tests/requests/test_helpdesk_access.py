"""Routes of Odoo and of helpdesk_mgmt to a request: closed to anyone who is not staff.

Each is tried by a person of another commune, by one whose mandate has ended and, where only our
pages may act, by the mayor of the very commune; nothing may have changed afterwards.
"""

import json
from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.models.requests.ticket.portal import PORTAL_FIELDS

from .portal_request_case import PDF, PortalRequestCase

WATCHED = (
    "helpdesk.ticket",
    "helpdesk.ticket.sla",
    "helpdesk.ticket.stage",
    "commune.request.transfer",
    "commune.request.pause",
    "mail.message",
    "mail.followers",
    "mail.activity",
    "mail.mail",
    "ir.attachment",
    "rating.rating",
)


class HelpdeskAccessCase(PortalRequestCase):
    def setUp(self):
        super().setUp()
        self.ticket = self._request()
        attachments = self.env["ir.attachment"]
        self.file = attachments._create_commune_files(self.ticket, [("plan.pdf", PDF)])
        self.ticket.commune_file_ids = self.file
        self.message = self.ticket.message_post(
            body="Réponse du pôle", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.outsiders = (self.portal_b, self.portal_ended, self.portal_a_limited)

    def _state(self):
        """All that must not change: the request, and how many records there are around it."""
        self.env.flush_all()
        self.env.invalidate_all()
        columns = [
            name
            for name, field in self.ticket._fields.items()
            if field.store and field.column_type and name not in ("write_date", "write_uid")
        ]
        counts = {
            model: self.env[model].sudo().with_context(active_test=False).search_count([])
            for model in WATCHED
        }
        row = self.ticket.sudo().read(columns, load="")[0]
        row["followers"] = self.ticket.sudo().message_partner_ids.ids
        row["body"] = self.message.sudo().body
        return counts, row

    def _rpc(self, route, **params):
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
            answer = self.url_open(
                route,
                data=json.dumps({"jsonrpc": "2.0", "params": params}),
                headers={"Content-Type": "application/json"},
            )
        return answer.json() if answer.status_code == 200 else {"error": answer.status_code}


@tagged("post_install", "-at_install")
class TestHelpdeskRoutes(HelpdeskAccessCase):
    """D1: the pages of helpdesk_mgmt."""

    def test_no_route_of_helpdesk_changes_anything(self):
        closing = self.env["helpdesk.ticket.stage"].search([("kind", "=", "closed")], limit=1)
        closing.close_from_portal = True
        before = self._state()
        values = {"ticket_id": self.ticket.id, "stage_id": closing.id, "subject": "x"}
        values.update(description="x", category="", team=self.water.id)
        for user in (*self.outsiders, self.portal_a, self.officer):
            self._login(user)
            for path in ("/ticket/close", "/submitted/ticket"):
                with self.subTest(user=user.login, path=path):
                    link = self._get(path, params=values)
                    self.assertIn(link.status_code, (403, 404))
                    self.assertIn(self._post(path, **values).status_code, (403, 404))
        self.assertEqual(self._state(), before)

    def test_former_pages_lead_to_the_addon(self):
        self._login(self.portal_a)
        for path, managed in [
            ("/my/tickets", "/my/requests"),
            ("/my/tickets/page/2", "/my/requests"),
            ("/new/ticket", "/my/requests/new"),
            (f"/my/ticket/{self.ticket.id}", f"/my/requests/{self.ticket.id}"),
        ]:
            page = self._get(path)
            self.assertEqual(page.status_code, 200)
            self.assertTrue(page.url.endswith(managed), page.url)

    def test_a_former_page_of_another_commune_is_404(self):
        for user in self.outsiders:
            self._login(user)
            for method in (self._get, self._post):
                for suffix in ("", "/abc", "?access_token=abc"):
                    answer = method(f"/my/ticket/{self.ticket.id}{suffix}")
                    self.assertEqual(answer.status_code, 404)


@tagged("post_install", "-at_install")
class TestTokens(HelpdeskAccessCase):
    """No link opens a request without an account that may see it."""

    def setUp(self):
        super().setUp()
        self.ticket.sudo().access_token = "jeton"

    def test_a_token_opens_nothing(self):
        token, request_id = "jeton", self.ticket.id
        hash_, pid = (
            self.ticket._sign_token(self.portal_a.partner_id.id),
            self.portal_a.partner_id.id,
        )
        for user in (None, self.portal_b):
            if user:
                self._login(user)
            else:
                self.authenticate(None, None)
            for path in (
                f"/my/ticket/{request_id}/{token}",
                f"/my/ticket/{request_id}?access_token={token}",
                f"/my/requests/{request_id}?access_token={token}",
                f"/my/requests/{request_id}/file/{self.file.id}?access_token={token}",
                f"/mail/view?model=helpdesk.ticket&res_id={request_id}&access_token={token}"
                f"&pid={pid}&hash={hash_}",
                f"/mail/message/{self.message.id}",
            ):
                with self.subTest(path=path, user=user):
                    page = self._get(path)
                    self.assertNotIn(self.ticket.name, page.text)
                    self.assertNotIn("Réponse du pôle", page.text)

    def test_the_discussion_with_a_token_is_closed(self):
        pid = self.portal_a.partner_id.id
        keys = {"token": "jeton", "hash": self.ticket._sign_token(pid), "pid": pid}
        before = self._state()
        for user in (None, self.portal_b, self.portal_a):
            if user:
                self._login(user)
            else:
                self.authenticate(None, None)
            for route, params in self._discussion():
                with self.subTest(route=route, user=user):
                    self._check_closed(self._rpc(route, **params, **keys))
                    self._check_closed(self._rpc(route, **params))
        self.assertEqual(self._state(), before)

    def _discussion(self):
        thread = {"thread_model": "helpdesk.ticket", "thread_id": self.ticket.id}
        request_list = ["followers", "attachments", "activities", "suggestedRecipients"]
        keys = {"token": "jeton"}
        return [
            ("/portal/chatter_init", thread),
            ("/mail/chatter_fetch", thread),
            ("/mail/thread/messages", thread),
            ("/mail/thread/recipients", thread),
            ("/mail/thread/recipients/get_suggested_recipients", thread),
            ("/mail/message/post", {**thread, "post_data": {"body": "Intrus"}}),
            (
                "/mail/message/update_content",
                {"message_id": self.message.id, "update_data": {"body": "Intrus"}},
            ),
            (
                "/mail/message/reaction",
                {"message_id": self.message.id, "content": "👍", "action": "add"},
            ),
            ("/mail/thread/subscribe", self._followers()),
            ("/mail/thread/unsubscribe", self._followers()),
            (
                "/mail/data",
                {
                    "fetch_params": [
                        [
                            "mail.thread",
                            {**thread, "access_params": keys, "request_list": request_list},
                        ]
                    ]
                },
            ),
            ("/mail/attachment/delete", {"attachment_id": self.file.id}),
            ("/portal/attachment/remove", {"attachment_id": self.file.id, "access_token": "x"}),
            ("/mail/update_is_internal", {"message_id": self.message.id, "is_internal": False}),
        ]

    def _followers(self):
        return {
            "res_model": "helpdesk.ticket",
            "res_id": self.ticket.id,
            "partner_ids": [self.portal_b.partner_id.id, self.portal_a.partner_id.id],
        }

    def _check_closed(self, answer):
        text = json.dumps(answer.get("result", ""), ensure_ascii=False)
        for secret in ("Réponse du pôle", "plan.pdf", self.ticket.name, self.officer.name):
            self.assertNotIn(secret, text)

    def test_files_are_not_sent_by_another_route(self):
        before = self._state()
        for user in (*self.outsiders, self.portal_a):
            self._login(user)
            with mute_logger("odoo.http"):
                answer = self._post(
                    "/mail/attachment/upload",
                    files=[("ufile", ("x.pdf", PDF))],
                    thread_id=self.ticket.id,
                    thread_model="helpdesk.ticket",
                )
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(self._state(), before)

    def test_files_are_not_opened_by_another_route(self):
        sent = self.env["ir.attachment"]._create_commune_files(self.ticket, [("r.pdf", PDF)])
        self.message.attachment_ids = sent
        for user in (*self.outsiders, self.portal_a):
            self._login(user)
            for attachment in (self.file, sent):
                for path in (
                    f"/web/content/{attachment.id}",
                    f"/web/content/ir.attachment/{attachment.id}/datas",
                    f"/web/image/{attachment.id}",
                    f"/web/content/{attachment.id}?access_token=jeton",
                ):
                    with self.subTest(path=path, user=user.login), mute_logger("odoo.http"):
                        answer = self._get(path)
                        self.assertNotEqual(answer.content, PDF)
            path = f"/web/content/helpdesk.ticket/{self.ticket.id}/description"
            self.assertNotIn(b"trou profond", self._get(path).content)

    def test_mail_links_carry_no_token(self):
        self.assertFalse(self.ticket._portal_ensure_token())
        for link in (self.ticket.get_portal_url(), self.ticket._get_share_url()):
            self.assertEqual(link, f"/my/requests/{self.ticket.id}")
        self.ticket.partner_id.email = "maire@aubrive.example"
        self.ticket.message_subscribe(self.ticket.partner_id.ids)
        self.ticket.message_post(
            body="Bonjour", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        mail = self.env["mail.mail"].search([("res_id", "=", self.ticket.id)], limit=1)
        self.assertIn(f"/my/requests/{self.ticket.id}", mail.body_html)
        for secret in ("access_token", "jeton", "hash=", "signup"):
            self.assertNotIn(secret, mail.body_html)


@tagged("post_install", "-at_install")
class TestFollowers(HelpdeskAccessCase):
    """D9: following a request opens nothing, and stops with the mandate."""

    def setUp(self):
        super().setUp()
        followers = self.portal_b | self.portal_ended | self.portal_a_limited
        self.ticket.sudo().message_subscribe(followers.partner_id.ids)
        self.env["mail.notification"].create(
            {
                "mail_message_id": self.message.id,
                "res_partner_id": self.portal_b.partner_id.id,
                "notification_type": "inbox",
            }
        )
        self.message.partner_ids = self.portal_b.partner_id

    def test_a_follower_of_another_commune_opens_nothing(self):
        for user in self.outsiders:
            with self.subTest(user=user.login):
                ticket = self.ticket.with_user(user)
                self.assertFalse(ticket.has_access("read"))
                self.assertFalse(ticket.search([("id", "=", self.ticket.id)]))
                message = self.message.with_user(user)
                for operation in ("read", "write", "unlink"):
                    self.assertFalse(message.has_access(operation))
                self.assertFalse(message.search([("id", "=", message.id)]))
                self._login(user)
                self.assertEqual(self._get(f"/my/requests/{self.ticket.id}").status_code, 404)

    def test_a_follower_writes_nothing_in_the_discussion(self):
        for user in (*self.outsiders, self.portal_a):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["mail.message"].with_user(user).create(
                    {
                        "model": "helpdesk.ticket",
                        "res_id": self.ticket.id,
                        "body": "Intrus",
                        "message_type": "comment",
                        "subtype_id": self.env.ref("mail.mt_comment").id,
                    }
                )

    def test_the_author_does_not_rewrite_what_was_written(self):
        self.ticket.env["commune.request.portal"].with_user(self.portal_a)._portal_post(
            self.ticket.with_user(self.portal_a), "Ma parole"
        )
        message = self.ticket.message_ids[0]
        self.assertIn("Ma parole", message.body)
        self._login(self.portal_a)
        self._rpc(
            "/mail/message/update_content",
            message_id=message.id,
            update_data={"body": "Autre parole"},
        )
        message.invalidate_recordset()
        self.assertIn("Ma parole", message.body)
        with self.assertRaises(AccessError):
            message.with_user(self.portal_a).write({"body": "Autre parole"})

    def test_mail_stops_the_day_the_mandate_ends(self):
        """The requester alone is still notified of their request: see `_get_readers`."""
        everyone = self.portal_both | self.portal_b | self.portal_ended | self.portal_a_limited
        self.ticket.sudo().message_subscribe(everyone.partner_id.ids)
        self.assertEqual(self._post_to_followers() & everyone, self.portal_both)
        self.mandate_both_a.date_end = self.today
        self.assertFalse(self._post_to_followers() & everyone)

    def _post_to_followers(self):
        sent = self.ticket.message_post(
            body="Suite", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        return sent.notified_partner_ids.user_ids


@tagged("post_install", "-at_install")
class TestRemoteCalls(HelpdeskAccessCase):
    """The API, as anybody with an account may call it."""

    def test_a_portal_account_reads_the_fields_of_the_list_and_no_other(self):
        ticket = self.ticket.with_user(self.portal_a)
        readable = set()
        for name in ticket._fields:
            ticket.invalidate_recordset()
            try:
                ticket.read([name])
            except AccessError:
                continue
            readable.add(name)
        self.assertEqual(readable, PORTAL_FIELDS)
        self.assertEqual(set(ticket.read()[0]) - PORTAL_FIELDS, set())
        self.assertEqual(set(ticket.fields_get()) - PORTAL_FIELDS, set())
        for secret in ("is_sensitive", "validation_step", "activity_ids"):
            with self.assertRaises(AccessError):
                ticket.search([(secret, "!=", False)])
        # What helpdesk_mgmt shows its customers is searched among their tickets alone.
        for secret in ("message_ids", "user_id", "team_id", "access_token"):
            self.assertFalse(ticket.search(["|", (secret, "!=", False), ("id", "in", ticket.ids)]))

    def test_other_records_around_a_request_are_not_read(self):
        for model in (
            "commune.topic",
            "commune.topic.referent",
            "commune.topic.term",
            "commune.orientation.log",
            "commune.request.transfer",
            "commune.request.pause",
            "rating.rating",
            "mail.followers",
            "ir.attachment",
        ):
            with self.subTest(model=model):
                self.assertFalse(self.env[model].with_user(self.portal_a).has_access("read"))

    def test_no_public_method_changes_anything(self):
        before = self._state()
        for user in (self.portal_a, self.portal_b, self.portal_ended, self.public):
            for name in self._get_public_methods():
                with self.subTest(method=name, user=user.login):
                    self._call(user, name)
                    self.assertEqual(self._state(), before)

    def _get_public_methods(self):
        model = type(self.env["helpdesk.ticket"])
        names = []
        for name in dir(model):
            method = getattr(model, name, None)
            if not name.startswith("_") and callable(method):
                if not getattr(method, "_api_private", False):
                    names.append(name)
        self.assertIn("assign_to_me", names)
        return names

    def _call(self, user, name):
        """Call a method with each set of arguments that could fit it; refusals are welcome."""
        partner = self.portal_b.partner_id.id
        for args, kwargs in [
            ([], {}),
            ([{"name": "Intrus", "stage_id": 1, "active": False}], {}),
            ([[partner]], {}),
            ([5], {"rating": 1}),
            ([], {"body": "Intrus", "partner_ids": [partner]}),
            ([["name", "description"]], {}),
            ([[["id", "=", self.ticket.id]]], {}),
        ]:
            model = self.env["helpdesk.ticket"].with_user(user)
            quiet = mute_logger("odoo.sql_db", "odoo.addons.mail.models.mail_thread", "py.warnings")
            try:
                with quiet, self.env.cr.savepoint():
                    call_kw(model, name, [[self.ticket.id], *args], kwargs)
                    self.env.flush_all()
            except Exception:
                self.env.invalidate_all()

    def test_web_calls_are_refused(self):
        before = self._state()
        for user in (*self.outsiders, self.portal_a):
            self._login(user)
            for method, args in [
                ("write", [[self.ticket.id], {"name": "Intrus"}]),
                ("unlink", [[self.ticket.id]]),
                ("copy", [[self.ticket.id]]),
                ("create", [{"name": "Intrus", "description": "x"}]),
                ("assign_to_me", [[self.ticket.id]]),
                ("message_post", [[self.ticket.id]]),
                ("name_create", ["Intrus"]),
                ("_portal_close", [[self.ticket.id]]),
                ("_create_from_portal", [{}]),
            ]:
                with self.subTest(user=user.login, method=method):
                    answer = self._rpc(
                        f"/web/dataset/call_kw/helpdesk.ticket/{method}",
                        model="helpdesk.ticket",
                        method=method,
                        args=args,
                        kwargs={},
                    )
                    self.assertIn("error", answer)
        self.assertEqual(self._state(), before)

    def test_the_api_answers_those_who_may_read(self):
        """Without this, the refusals below would prove nothing."""
        answer = self._json_2(self.portal_a, "read", ids=self.ticket.ids, fields=["name"])
        self.assertEqual(answer.json(), [{"id": self.ticket.id, "name": self.ticket.name}])

    def _json_2(self, user, method, **body):
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            .sudo()
            ._generate("rpc", "essai", self.env.cr.now() + timedelta(days=9))
        )
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/json/2/helpdesk.ticket/{method}",
                data=json.dumps(body),
                headers={
                    "Content-Type": "application/json",
                    "Authorization": f"bearer {key}",
                },
            )

    def test_json_2_gives_no_other_access(self):
        before = self._state()
        ids = self.ticket.ids
        for user in (self.portal_b, self.portal_a):
            for method, body in [
                ("write", {"ids": ids, "vals": {"name": "Intrus"}}),
                ("message_post", {"ids": ids, "body": "Intrus"}),
                ("assign_to_me", {"ids": ids}),
                ("read", {"ids": ids, "fields": ["is_sensitive"]}),
            ]:
                with self.subTest(user=user.login, method=method):
                    self.assertEqual(self._json_2(user, method, **body).status_code, 403)
        self.assertEqual(self._json_2(self.portal_b, "read", ids=ids).status_code, 403)
        self.assertEqual(self._state(), before)

    def test_the_public_rewrites_no_step(self):
        """D2"""
        for user in (self.public, self.portal_a):
            stage = self.ticket.stage_id.with_user(user)
            self.assertFalse(stage.has_access("write"))
