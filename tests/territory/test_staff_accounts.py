"""My colleagues: what the manager gives and takes, and what stays out of the manager's reach."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..core.sender_case import SenderCase

ADDRESS = "lea.garnier@deux-rives.example"


@tagged("post_install", "-at_install")
class TestStaffAccounts(SenderCase):
    def _add(self, email=ADDRESS, user=None, **values):
        window = self.env["commune.staff.account"].with_user(user or self.manager)
        values = {"firstname": "Léa", "lastname": "GARNIER", "role": "officer", **values}
        window.create({"email": email, **values}).action_save()
        return self.env["res.users"].search([("login", "=", email)])

    def _listed(self):
        users = self.env["res.users"].with_user(self.manager)
        action = users.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_staff_accounts_action"
        )
        domain = [("share", "=", False), *users._get_staff_domain()]
        self.assertIn("all_group_ids", str(action["domain"]))
        return users.search(domain)

    def _confirm_sender(self):
        self.env.company.email = "relations@deux-rives.example"
        self.env.company._mark_sender_confirmed(self.manager)

    def test_a_colleague_is_added_with_our_role_and_no_other_right(self):
        self.env.company.partner_id.tz = "Indian/Reunion"
        self.env["res.lang"]._activate_lang("fr_FR")
        colleague = self._add(function="Chargée de mission")
        self.assertEqual(colleague.name, "Léa GARNIER")
        self.assertEqual((colleague.lang, colleague.tz), ("fr_FR", "Indian/Reunion"))
        managed = self.env.ref("commune_relations.group_officer")
        self.assertEqual(colleague.group_ids, managed | self.env.ref("base.group_user"))
        self.assertFalse(colleague.share)
        self.assertEqual(colleague.company_ids, self.env.company)
        self.assertIn(colleague, self._listed())

    def test_the_invitation_waits_for_the_sender_then_opens_the_account(self):
        colleague = self._add()
        state = colleague.with_user(self.manager)
        self.assertEqual(state.staff_state, "held")
        self._confirm_sender()
        left = [message for to, message in self._outgoing() if to == [ADDRESS]]
        letters = [message.get_body(("html",)).get_content() for message in left]
        state.invalidate_recordset()
        self.assertEqual(state.staff_state, "sent")
        self.assertEqual(len(letters), 1)
        self.assertRegex(letters[0], r"/web/signup\?[^\"]*token=")
        stored = self.env["mail.message"].search([("model", "=", "res.users")], order="id desc")
        self.assertNotIn("token=", "".join(map(str, stored.mapped("body"))))

    def test_who_has_an_account_is_proposed_and_keeps_everything(self):
        self.employee.write({"email": "paul.henry@deux-rives.example"})
        stays = self.env.ref("base.group_partner_manager")
        self.employee.group_ids |= stays
        before = self.env["res.users"].search_count([])
        form = Form(self.env["commune.staff.account"].with_user(self.manager))
        form.email = "Paul.Henry@deux-rives.example"
        self.assertEqual(form.known_id, self.employee)
        form.role = "referent"
        form.save().action_save()
        self.assertEqual(self.env["res.users"].search_count([]), before)
        self.assertTrue(self.employee.has_group("commune_relations.group_referent"))
        self.employee.with_user(self.manager).action_withdraw_staff_account()
        self.assertFalse(self.employee.has_group("commune_relations.group_referent"))
        self.assertIn(stays, self.employee.group_ids)
        self.assertTrue(self.employee.has_group("base.group_user"))
        self.assertTrue(self.employee.active)

    def test_a_role_is_changed_in_place(self):
        colleague = self._add()
        window = self.env["commune.staff.account"].with_user(self.manager)
        form = Form(window.with_context(default_user_id=colleague.id))
        self.assertEqual((form.role, form.coordinates), ("officer", False))
        form.role, form.coordinates = "reader", True
        form.save().action_save()
        self.assertTrue(colleague.has_group("commune_relations.group_replacement_coordinator"))
        self.assertFalse(colleague.has_group("commune_relations.group_officer"))
        self.assertFalse(colleague.has_group("base.group_partner_manager"))

    def test_withdrawn_the_invitation_opens_nothing_and_teams_are_left(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Voirie", "serves_communes": True})
        colleague = self._add(team_ids=[Command.set(team.ids)])
        self.assertEqual(team.user_ids, colleague)
        self.assertEqual(colleague.with_user(self.manager).staff_teams, "Voirie")
        colleague.with_user(self.manager).action_withdraw_staff_account()
        self.assertFalse(colleague.partner_id.signup_type)
        self.assertFalse(colleague._get_secret_address("mate", colleague.partner_id, ""))
        self.assertFalse(team.user_ids)
        self.assertNotIn(colleague, self._listed())
        self.assertFalse(colleague.share)

    def test_addresses_of_persons_of_communes_are_refused(self):
        self.portal_a.partner_id.email = "anne.aubry@mel.example"
        self.commune_a.email = "mairie@aubrive.example"
        for email in ("anne.aubry@mel.example", "mairie@aubrive.example"):
            with (
                self.subTest(email=email),
                self.assertRaisesRegex(UserError, "already the address"),
            ):
                self._add(email)
        self.assertTrue(self.portal_a.share)

    # intruders

    def _intrude(self, action):
        before = {user: user.group_ids for user in self.env["res.users"].search([])}
        with self.assertRaises(UserError), self.env.cr.savepoint():
            action()
            self.env.flush_all()
        self.env.invalidate_all()
        after = {user: user.group_ids for user in self.env["res.users"].search([])}
        self.assertEqual(before, after)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_else_gives_a_role(self):
        for who in ("reader", "referent", "officer", "coordinator", "employee", "portal_a"):
            user = getattr(self, who)
            with self.subTest(who=who):
                self._intrude(lambda u=user: self._add(user=u))
                colleagues = self.reader.with_user(user)
                self._intrude(colleagues.action_withdraw_staff_account)
                self._intrude(colleagues.action_invite_staff_account)
                self._intrude(lambda u=user: u.with_user(u).action_change_staff_account())

    def test_an_administrator_is_out_of_reach_by_address_and_by_number(self):
        admin = self.env.ref("base.user_admin")
        admin.email = "admin@deux-rives.example"
        administrator = self.employee
        administrator.group_ids |= self.env.ref("base.group_erp_manager")
        administrator.email = "keeper@deux-rives.example"
        window = self.env["commune.staff.account"].with_user(self.manager)
        for user in (
            admin,
            administrator,
            self.env.ref("base.user_root"),
            self.portal_a,
            self.manager,
        ):
            with self.subTest(user=user.login):
                self._intrude(user.with_user(self.manager).action_withdraw_staff_account)
                self._intrude(user.with_user(self.manager).action_invite_staff_account)
                made = {"user_id": user.id, "role": "reader"}
                self._intrude(lambda m=made: window.create(m).action_save())
        for user in (admin, administrator, self.manager):
            self._intrude(lambda e=user.email: self._add(e or "", role="reader"))

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.res_users")
    def test_the_manager_writes_no_account_by_programs(self):
        colleague = self._add()
        own_record = self.env["res.users"].with_user(self.manager)
        admins = self.env.ref("base.group_system")
        for values in (
            {"login": "autre"},
            {"email": "autre@deux-rives.example"},
            {"password": "Un long mot de passe"},
            {"group_ids": [Command.link(admins.id)]},
        ):
            with self.subTest(values=values):
                self._intrude(lambda v=values: colleague.with_user(self.manager).write(v))
                self._intrude(lambda v=values: own_record.create({"name": "X", "login": "x", **v}))
        self._intrude(
            lambda: colleague.partner_id.with_user(self.manager).write({"email": "m@x.example"})
        )
        own = {"group_ids": [Command.link(admins.id)]}
        self._intrude(lambda: self.manager.with_user(self.manager).write(own))

    def test_an_archived_account_is_not_opened_again(self):
        self.employee.write({"email": "paul.henry@deux-rives.example", "active": False})
        self._intrude(lambda: self._add("paul.henry@deux-rives.example"))
        self.assertFalse(self.employee.active)

    def test_the_link_is_for_the_colleague_alone(self):
        colleague = self._add()
        colleague._get_staff_link()
        self.assertFalse(colleague._get_secret_address("mate", self.officer.partner_id, ""))
        self.assertFalse(colleague._get_secret_address("signup", colleague.partner_id, ""))
        admin = self.env.ref("base.user_admin")
        self.assertFalse(admin._get_secret_address("mate", admin.partner_id, ""))
