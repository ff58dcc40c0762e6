"""The discussion group of DGS and secretaries: those in office, mail first, moderated."""

from email.message import EmailMessage
from email.utils import make_msgid

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .network_case import NetworkCase


@tagged("post_install", "-at_install")
class TestGroup(NetworkCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.email = "chef@metropole.example"
        cls.group = cls.env["mail.group"].create(
            {
                "name": "Secrétaires (essai)",
                "access_mode": "members",
                "alias_name": "secretaires-essai",
                "audience_id": cls._audience("town_hall_secretary", "dgs").id,
                "moderation": True,
                "moderator_ids": [Command.set(cls.manager.ids)],
            }
        )
        cls.dgs = cls._person("Dora", "GERANT", "mme", "dora.gerant@bellefontaine.example")
        cls.post = cls._mandate(cls.dgs, cls.commune_b, "dgs")

    def _members(self):
        self.group.invalidate_recordset()
        return self.group.member_ids.partner_id

    def _call(self, user, method, *args, **kwargs):
        """(result, name of the error) of a program with this account."""
        self.authenticate(user.login, user.login)
        params = {"model": "mail.group", "method": method, "args": args, "kwargs": kwargs}
        answer = self.url_open("/web/dataset/call_kw", json={"params": params}).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name")

    def _hand_in(self, results, user=None):
        """A message to the group under the name of Dora, whose messages are always accepted."""
        message = EmailMessage()
        message["From"] = "Dora Gérant <dora.gerant@bellefontaine.example>"
        message["To"], message["Subject"] = "secretaires-essai@metropole.example", "Bonjour"
        message["Message-Id"] = make_msgid(domain="bellefontaine.example")
        message["Authentication-Results"] = results
        message.set_content("Cliquez ici.")
        gateway = self.env["mail.thread"].with_user(user or self.env.ref("base.user_root"))
        known = self.group.mail_group_message_ids
        gateway.message_process("mail.group", message.as_bytes(), thread_id=self.group.id)
        self.group.invalidate_recordset()
        return self.group.mail_group_message_ids - known

    def test_a_forged_message_waits_whatever_the_address_is_worth(self):
        relay = "mx.metropole.example"
        self.env.company.request_relay = relay
        self.env["mail.group.moderation"].create(
            {"mail_group_id": self.group.id, "email": self.dgs.email, "status": "allow"}
        )
        for moderation in (True, False):
            self.group.moderation = moderation
            with self.subTest(moderation=moderation):
                forged = self._hand_in(f"{relay}; dmarc=fail; spf=fail")
                self.assertEqual(forged.moderation_status, "pending_moderation")
                self.assertIn("not confirmed", forged.body)
                true = self._hand_in(
                    f"{relay}; dmarc=pass header.from=bellefontaine.example; spf=pass"
                )
                self.assertEqual(true.moderation_status, "accepted")
                self.assertNotIn("not confirmed", true.body)
                with self.assertRaises(AccessError):
                    self._hand_in(f"{relay}; dmarc=pass", user=self.employee)

    def test_who_does_not_write_to_an_audience_makes_no_group_of_it(self):
        """Odoo lets every employee create a group, and its moderator reads all the addresses."""
        audience = self.group.audience_id
        denied = "odoo.exceptions.AccessError"
        for user in (self.employee, self.reader, self.referent):
            with self.subTest(user=user.login), mute_logger("odoo.http"):
                values = {"name": "À moi", "audience_id": audience.id}
                self.assertEqual(self._call(user, "create", [values])[1], denied)
                [group], error = self._call(user, "create", [{"name": "À moi"}])
                self.assertFalse(error)
                error = self._call(user, "write", [group], {"audience_id": audience.id})[1]
                self.assertEqual(error, denied)
                group = self.env["mail.group"].browse(group)
                self.assertFalse(group.audience_id)
                self.assertNotIn(self.dgs, group.member_ids.partner_id)
        [group], error = self._call(
            self.officer, "create", [{"name": "Secrétaires", "audience_id": audience.id}]
        )
        self.assertFalse(error)
        members = self.env["mail.group"].browse(group).member_ids.partner_id
        self.assertIn(self.dgs, members)

    def test_a_public_group_does_not_give_the_name_of_its_audience(self):
        self.group.access_mode = "public"
        asked = {"name": {}, "audience_id": {"fields": {"display_name": {}}}}
        denied = "odoo.exceptions.AccessError"
        for user in (self.employee, self.portal_b):
            with self.subTest(user=user.login), mute_logger("odoo.http"):
                self.assertEqual(self._call(user, "web_read", self.group.ids, asked)[1], denied)
                found = self._call(user, "search_count", [("audience_id.name", "ilike", "a")])
                self.assertEqual(found[1], denied)
                [read] = self._call(user, "read", self.group.ids, ["name"])[0]
                self.assertEqual(read["name"], self.group.name)

    def _write(self, sender, subject="Qui a un modèle de convention ?"):
        return self.group.with_user(self.env.ref("base.user_root")).message_post(
            body="<p>Bonjour à tous</p>", subject=subject, email_from=sender
        )

    def test_the_group_that_comes_with_the_addon(self):
        group = self.env.ref("commune_relations.mail_group_dgs_secretaries")
        self.assertTrue(group.moderation)
        self.assertEqual(group.access_mode, "members")
        self.assertIn(self.secretary, group.member_ids.partner_id)
        self.assertNotIn(self.mayor_a, group.member_ids.partner_id)

    def test_the_managers_of_today_moderate_it_and_no_message_waits_for_ever(self):
        group = self.env.ref("commune_relations.mail_group_dgs_secretaries")
        members = group.with_user(self.env.ref("base.user_root"))
        manager_group = self.env.ref("commune_relations.group_manager")
        admin = self.env.ref("base.user_admin")
        admin.email = "admin@metropole.example"
        admin.group_ids -= manager_group
        self.manager.email = False
        members.message_post(body="<p>Un</p>", subject="Un", email_from=self.secretary.email)
        # Nobody with an address is a manager: the administrator moderates.
        self.assertEqual(group.moderator_ids, admin)
        self.manager.email = "chef@metropole.example"
        self.assertEqual(group.moderator_ids, self.manager)
        members.message_post(body="<p>Deux</p>", subject="Deux", email_from=self.secretary.email)
        self.assertEqual(group.moderator_ids, self.manager)
        self.officer.group_ids += manager_group
        last_id = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.env["mail.group"]._cron_notify_moderators()
        self.assertEqual(group.moderator_ids, self.manager | self.officer)
        reminders = self.env["mail.message"].search([("id", ">", last_id)])
        self.assertIn(self.officer.partner_id, reminders.partner_ids)
        waiting = group.mail_group_message_ids
        self.assertEqual(set(waiting.mapped("moderation_status")), {"pending_moderation"})
        waiting.with_user(self.officer).action_moderate_accept()
        self.assertEqual(set(waiting.mapped("moderation_status")), {"accepted"})
        self.manager.active = False
        self.env["commune.audience"]._cron_sync()
        self.assertEqual(group.moderator_ids, self.officer)

    def test_moderators_chosen_by_hand_stay(self):
        self.group.moderator_ids = self.officer
        self.env["commune.audience"]._cron_sync()
        self.assertEqual(self.group.moderator_ids, self.officer)
        self.group.managers_moderate = True
        self.assertIn(self.manager, self.group.moderator_ids)
        self.assertNotIn(self.officer, self.group.moderator_ids)

    def test_members_are_those_in_office(self):
        self.assertEqual(self._members(), self.secretary | self.dgs)
        self.post.action_end_today()
        self.assertEqual(self._members(), self.secretary)

    def test_the_secretary_of_two_communes_stays_while_one_post_lasts(self):
        posts = self.secretary.held_mandate_ids
        posts[0].action_end_today()
        self.assertIn(self.secretary, self._members())
        posts[1].action_end_today()
        self.assertNotIn(self.secretary, self._members())

    def test_staff_added_by_hand_stay(self):
        self.group.member_ids = [Command.create({"partner_id": self.officer.partner_id.id})]
        self.group._sync_members()
        self.assertIn(self.officer.partner_id, self._members())

    def test_who_leaves_the_discussion_is_not_put_back(self):
        self.group._leave_group(self.dgs.email, self.dgs.id)
        self.env["commune.audience"]._cron_sync()
        self.assertNotIn(self.dgs, self._members())
        # Letters are another matter.
        self.assertFalse(self.env["commune.contact.preference"]._get_blocked(self.dgs))
        self.post.date_end = self.yesterday
        self._mandate(self.dgs, self.commune_b, "dgs", date_start=self.today)
        self.assertNotIn(self.dgs, self._members())
        self.group._join_group(self.dgs.email, self.dgs.id)
        self.env["commune.audience"]._cron_sync()
        self.assertIn(self.dgs, self._members())

    def test_nobody_else_enters_by_the_site(self):
        with self.assertRaises(UserError):
            self.group.with_user(self.public).sudo(False)._join_group(
                self.mayor_a.email, self.mayor_a.id
            )
        self.assertNotIn(self.mayor_a, self._members())

    def test_a_message_waits_for_the_moderator_then_goes_to_those_in_office(self):
        self._write(self.dgs.email)
        message = self.group.mail_group_message_ids
        self.assertEqual(message.moderation_status, "pending_moderation")
        sent = self.env["mail.mail"].search([("model", "=", "mail.group")])
        # The post ends without our hooks: the recipients are looked at again.
        self.env.cr.execute(
            "UPDATE commune_mandate SET date_end = %s WHERE partner_id = %s",
            (self.yesterday, self.secretary.id),
        )
        self.env.invalidate_all()
        message.with_user(self.manager).action_moderate_accept()
        after = self.env["mail.mail"].search([("model", "=", "mail.group")]) - sent
        addresses = " ".join(after.mapped("email_to"))
        self.assertNotIn(self.secretary.email, addresses)

    def test_the_archive_is_for_members_only(self):
        self._write(self.dgs.email, "Archive réservée")
        self.group.mail_group_message_ids.with_user(self.manager).action_moderate_accept()
        path = f"/groups/{self.group.id}"
        for login, code in (
            ("test_secretary_ab", 200),
            ("test_mayor_a", 403),
            ("test_former_a", 403),
            (None, 403),
        ):
            self.authenticate(login, login)
            page = self.url_open(path)
            self.assertEqual("Archive réservée" in page.text, code == 200, login)
        for post in self.secretary.held_mandate_ids:
            post.action_end_today()
        self.authenticate("test_secretary_ab", "test_secretary_ab")
        self.assertNotIn("Archive réservée", self.url_open(path).text)

    def test_members_read_their_group_in_our_frame_and_others_in_odoo_s(self):
        message = self._write(self.dgs.email).sudo()
        self.group.mail_group_message_ids.moderation_status = "accepted"
        self.assertTrue(message)
        self.group.alias_id.alias_domain_id = False
        self.authenticate("test_secretary_ab", "test_secretary_ab")
        page = self.url_open("/groups").text
        self.assertNotIn("o_mg_page_description", page)
        self.assertIn('data-is-member="1"', page)
        page = self.url_open(f"/groups/{self.group.id}").text
        self.assertIn("o_commune_page", page)
        self.assertIn("/commune/legal/contact", page)
        first = self.group.mail_group_message_ids[0]
        page = self.url_open(f"/groups/{self.group.id}/{first.id}").text
        self.assertIn("o_commune_page", page)
        self.assertIn("Bonjour à tous", page)
        self.authenticate("test_manager", "test_manager")
        self.assertNotIn("o_commune_page", self.url_open(f"/groups/{self.group.id}").text)
        self.assertIn("o_mg_page_description", self.url_open("/groups").text)

    def test_without_a_group_one_learns_what_to_do(self):
        self.env["mail.group"].search([]).active = False
        self.authenticate("test_secretary_ab", "test_secretary_ab")
        page = self.url_open("/groups").text
        self.assertIn("Vous n’êtes encore dans aucun groupe de discussion", page)
        self.assertNotIn("groupe de messagerie", page)

    def test_a_third_party_group_keeps_its_page(self):
        other = self.env["mail.group"].create(
            {"name": "Chorale", "access_mode": "public", "alias_name": "chorale-essai"}
        )
        self.authenticate("test_secretary_ab", "test_secretary_ab")
        page = self.url_open(f"/groups/{other.id}").text
        self.assertIn("Chorale", page)
        self.assertNotIn("o_commune_page", page)
