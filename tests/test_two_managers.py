"""Two managers at the same moment on the screens of the onboarding: nothing twice."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .race_case import RaceCase

ADDRESS = "course@deux-rives.example"


@tagged("post_install", "-at_install")
class TestTwoManagers(RaceCase):
    def setUp(self):
        super().setUp()
        self.managers = self._in_transaction(self._prepare)

    def _prepare(self, env):
        group = env.ref("commune_relations.group_manager")
        users = env["res.users"].create(
            [
                {"name": f"Responsable {n}", "login": f"race_{n}", "group_ids": [(4, group.id)]}
                for n in range(2)
            ]
        )
        company = env.ref("base.main_company")
        names = [name for name in company._fields if name.startswith(("uses_", "sender_"))]
        names += ["request_team_preset", "email"]
        before = {name: company[name] for name in names}
        values = {
            name: value.id if company._fields[name].type == "many2one" else value
            for name, value in before.items()
        }
        self.addCleanup(self._in_transaction, lambda env: self._give_back(env, company.id, values))
        partners = users.partner_id
        self._keep(users, partners)
        return users.ids

    def _give_back(self, env, company_id, values):
        env["res.company"].browse(company_id).write(values)
        teams = env["helpdesk.ticket.team"].with_context(active_test=False)
        made = teams.search([("id", "not in", self.teams)]) if hasattr(self, "teams") else teams
        topics = env["commune.topic"].with_context(active_test=False)
        topics.search([("team_id", "in", made.ids)]).team_id = False
        made.unlink()

    def _as(self, env, number):
        return env(user=self.managers[number], su=False)

    def _press(self, action):
        """Each manager does the same thing, having looked before."""

        def look(env):
            env["res.company"].search([]).mapped("email")

        works = [lambda env, n=n: action(self._as(env, n), n) for n in range(2)]
        return self._at_once(look, *works)

    def test_the_same_model_of_teams_makes_no_team_twice(self):
        def remember(env):
            teams = env["helpdesk.ticket.team"].with_context(active_test=False)
            return teams.search([]).ids

        self.teams = self._in_transaction(remember)
        _begun, errors = self._press(
            lambda env, _n: env["helpdesk.ticket.team"]._choose_model("medium")
        )
        self.assertEqual(errors, [])

        def read(env):
            teams = env["helpdesk.ticket.team"].with_context(active_test=False)
            return teams.search([("id", "not in", self.teams)]).mapped("name")

        names = self._in_transaction(read)
        self.assertEqual(len(names), len(set(names)))

    def test_the_same_colleague_is_one_account_and_one_invitation(self):
        def add(env, _n):
            window = env["commune.staff.account"].create(
                {"email": ADDRESS, "firstname": "Léa", "lastname": "COURSE", "role": "reader"}
            )
            window.action_save()

        _begun, errors = self._press(add)

        def read(env):
            users = env["res.users"].search([("login", "=", ADDRESS)])
            letters = env["commune.letter.delivery"].search(
                [("res_model", "=", "res.users"), ("res_id", "in", users.ids)]
            )
            live = letters.filtered(lambda letter: letter.state != "replaced")
            mails = letters.mail_id
            self._keep(letters, mails, users, users.partner_id)
            partners = env["res.partner"].search_count([("email", "=", ADDRESS)])
            return len(users), partners, len(live)

        self.assertEqual(self._in_transaction(read), (1, 1, 1))
        self.assertEqual(errors, [])

    def test_each_switch_stays_as_the_one_who_touched_it_left_it(self):
        pillars = ("surveys", "services")

        def switch(env, number):
            windows = env["commune.pillars"]
            window = windows.browse(opened[number])
            window[f"uses_{pillars[number]}"] = False
            window.action_save()

        def open_all(env):
            env.ref("base.main_company").write({f"uses_{name}": True for name in pillars})
            found = []
            for number in range(2):
                windows = self._as(env, number)["commune.pillars"]
                values = windows.default_get(list(windows._fields))
                found.append(windows.create(values).id)
            return found

        opened = self._in_transaction(open_all)
        _begun, errors = self._press(switch)
        self.assertEqual(errors, [])

        def read(env):
            company = env.ref("base.main_company")
            return [company[f"uses_{name}"] for name in pillars]

        self.assertEqual(self._in_transaction(read), [False, False])

    def test_one_test_letter_and_a_sentence_for_the_second(self):
        def give_address(env):
            env.ref("base.main_company").email = "relations@deux-rives.example"

        self._in_transaction(give_address)
        sent = []

        def hand_over(_company, email, _code, _token):
            sent.append(email)

        place = "odoo.addons.commune_relations.models.core.sender.sender_check.ResCompany"
        with (
            patch(f"{place}._deliver_sender_check", hand_over),
            patch.object(self.registry["ir.mail_server"], "_disable_send", lambda server: False),
        ):
            _begun, errors = self._press(
                lambda env, _n: env["commune.sender"].create({}).action_send_check()
            )
        self.assertEqual(len(sent), 1)
        [error] = errors
        self.assertIsInstance(error, UserError)
        self.assertRegex(str(error), "Responsable [01] has just sent a test letter")
