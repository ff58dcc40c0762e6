"""Actions of the day page: put off, hand over, take back; two persons at once; nobody else."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..race_case import RaceCase
from ..requests.test_request_my_day import DayCase


@tagged("post_install", "-at_install")
class TestMyDayActions(DayCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.day = cls.env["commune.my.day"].with_user(cls.referent)
        cls.snoozes = cls.env["commune.my.day.snooze"]

    def _codes(self, user):
        return {line["id"] for line in self._lines(user, "request_answer")}

    # put off

    def test_a_line_put_off_is_counted_nowhere_and_comes_back_that_day(self):
        kept, off = self._promise(-1), self._promise(-1)
        self.day.snooze("request_answer", off.id, "tomorrow")
        self.assertEqual(self._codes(self.referent), {kept.id})
        self.assertEqual(self._sources(self.referent)["request_answer"], {"late": 1})
        self.assertEqual(self._page(self.referent)["off"], 1)
        domain = self.day.open_list("request_answer", "late")["domain"]
        self.assertEqual(self.env["helpdesk.ticket"].search(domain), kept)
        with freeze_time(self.today + timedelta(days=1, hours=12)):
            self.assertEqual(self._codes(self.referent), {kept.id, off.id})
            self.assertEqual(self._page(self.referent)["off"], 0)

    def test_put_off_twice_the_last_day_counts(self):
        request = self._promise(-1)
        self.day.snooze("request_answer", request.id, "tomorrow")
        week = self.today + timedelta(days=7)
        self.day.snooze("request_answer", request.id, str(week))
        self.assertEqual(self.snoozes.search([]).mapped("until"), [week])

    def test_monday_is_the_next_one(self):
        self.assertEqual(self.day._get_snooze_day("monday").weekday(), 0)
        self.assertGreater(self.day._get_snooze_day("monday"), self.today)
        self.assertLessEqual(self.day._get_snooze_day("monday"), self.today + timedelta(days=7))

    def test_a_day_that_is_over_or_no_day_is_refused(self):
        request = self._promise(-1)
        for day in (str(self.today), "2020-01-01", "2999-01-01", "bientôt", ""):
            with self.assertRaises(UserError):
                self.day.snooze("request_answer", request.id, day)

    def test_what_one_puts_off_is_hidden_from_nobody_else(self):
        request = self._promise(-1)
        late = self._sources(self.reader)["request_late"]
        self.day.snooze("request_answer", request.id, "tomorrow")
        self.assertEqual(self._sources(self.reader)["request_late"], late)
        with self.assertRaises(AccessError):
            self.snoozes.with_user(self.referent).search([])

    def test_taken_back_one_or_all(self):
        one, two = self._promise(-1), self._promise(-1)
        for request in (one, two):
            self.day.snooze("request_answer", request.id, "tomorrow")
        self.day.unsnooze("request_answer", one.id)
        self.assertEqual(self._codes(self.referent), {one.id})
        self.day.snooze("request_answer", one.id, "tomorrow")
        self.day.unsnooze()
        self.assertEqual(self._codes(self.referent), {one.id, two.id})

    def test_the_night_forgets_what_is_back_and_what_no_longer_waits(self):
        done, waits, back = self._promise(-1), self._promise(-1), self._promise(-1)
        for request in (done, waits, back):
            self.day.snooze("request_answer", request.id, str(self.today + timedelta(days=9)))
        self.snoozes.search([("res_id", "=", back.id)]).until = self.today
        done._move_to("answered")
        self.snoozes._gc_lines()
        self.assertEqual(self.snoozes.search([]).mapped("res_id"), [waits.id])

    def test_the_night_forgets_those_of_who_left_and_goes_on(self):
        left, gone, waits = (self._promise(-1) for _number in range(3))
        until = str(self.today + timedelta(days=9))
        left.user_id = self.officer
        gone.user_id = self.manager
        for user, request in ((self.officer, left), (self.manager, gone), (self.referent, waits)):
            day = self.env["commune.my.day"].with_user(user)
            day.snooze("request_answer", request.id, until)
        self.officer.group_ids = self.env.ref("base.group_user")
        self.manager.active = False
        self.snoozes._gc_lines()
        kept = self.snoozes.search([("user_id", "in", (self.officer + self.referent).ids)])
        self.assertEqual(kept.mapped("res_id"), [waits.id])

    # hand over

    def test_a_request_changes_hands_and_the_colleague_is_notified(self):
        request = self._promise(-1)
        people = {one["id"] for one in self.day.get_colleagues("request_answer")}
        self.assertIn(self.officer.id, people)
        self.assertFalse(people & set((self.referent | self.employee | self.portal_a).ids))
        day = self.day.with_context(tracking_disable=False)
        answer = day.hand_over("request_answer", request.id, self.officer.id)
        self.assertIn(self.officer.name, answer["sentence"])
        self.assertEqual(request.user_id, self.officer)
        self.assertFalse(self._codes(self.referent))
        self.assertEqual(self._codes(self.officer), {request.id})
        self.assertIn(self.officer.partner_id, request.message_partner_ids)

    def test_what_has_no_owner_is_asked_of_the_colleague(self):
        contribution = self.env["commune.request.contribution"].create(
            {
                "ticket_id": self._promise(3).id,
                "team_id": self.roads.id,
                "user_id": self.referent.id,
                "question": "La voie est-elle à nous ?",
                "date_due": self.today,
            }
        )
        self.day.hand_over("contribution", contribution.id, self.officer.id)
        asked = contribution.activity_ids.filtered(lambda one: one.user_id == self.officer)
        self.assertEqual(asked.date_deadline, self.today)
        self.assertEqual(self._sources(self.officer)["activity"], {"today": 1})
        self.assertNotIn("contribution", self._sources(self.referent))

    def test_nothing_is_given_to_who_has_no_right(self):
        request = self._promise(-1)
        for user in (self.employee, self.portal_a, self.reader):
            with self.assertRaises(UserError):
                self.day.hand_over("request_answer", request.id, user.id)
        self.assertEqual(request.user_id, self.referent)

    def test_nothing_is_asked_of_a_colleague_who_could_not_open_it(self):
        """Another referent, of no team of this request."""
        other = new_test_user(self.env, "autre_referent", groups="commune_relations.group_referent")
        contribution = self.env["commune.request.contribution"].create(
            {
                "ticket_id": self._promise(3).id,
                "team_id": self.roads.id,
                "user_id": self.referent.id,
                "question": "La voie est-elle à nous ?",
                "date_due": self.today,
            }
        )
        with self.assertRaisesRegex(UserError, "cannot take it"), self.cr.savepoint():
            self.day.hand_over("contribution", contribution.id, other.id)
        self.assertFalse(contribution.activity_ids.filtered(lambda one: one.user_id == other))
        self.assertIn("contribution", self._sources(self.referent))

    # what one may not do

    def test_the_line_of_somebody_else_is_not_touched(self):
        request = self._request(team_id=self.water.id, user_id=self.officer.id)
        for action in ("act", "open_line"):
            answer = getattr(self.day, action)("request_new", request.id)
            self.assertIn("no longer waits", answer["refusal"])
        self.assertIn("refusal", self.day.snooze("request_new", request.id, "tomorrow"))
        self.assertIn("refusal", self.day.hand_over("request_new", request.id, self.manager.id))
        self.assertEqual((request.user_id, request.stage_kind), (self.officer, "received"))

    def test_what_one_may_write_but_does_not_wait_for_one_is_not_touched(self):
        """An officer writes all the obligations: a colleague's are not on the page."""
        foreign = self._make_obligation(self.manager)
        done = self._make_obligation(self.officer)
        done.with_user(self.officer).action_done()
        day = self.env["commune.my.day"].with_user(self.officer)
        for obligation in (foreign, done):
            for action in ("act", "open_line"):
                self.assertIn("refusal", getattr(day, action)("obligation", obligation.id))
            self.assertIn("refusal", day.snooze("obligation", obligation.id, "tomorrow"))
            self.assertIn("refusal", day.hand_over("obligation", obligation.id, self.manager.id))
        self.assertFalse(foreign.done_date)
        self.assertEqual((foreign + done).user_id, self.manager + self.officer)
        self.assertFalse(self.snoozes.search([]))

    def _make_obligation(self, user):
        return self.env["commune.obligation"].create(
            {
                "name": "Rapport",
                "source": "CGCT",
                "trigger": "once",
                "event_date": self.today,
                "scope": "epci",
                "user_id": user.id,
            }
        )

    def test_two_persons_have_the_same_line_and_one_puts_it_off(self):
        """What nobody follows is on the page of each manager."""
        other = new_test_user(self.env, "autre_direction", groups="commune_relations.group_manager")
        obligation = self._make_obligation(self.env["res.users"])
        own, foreign = (self.env["commune.my.day"].with_user(one) for one in (self.manager, other))
        before = self._sources(other)["obligation"]
        own.snooze("obligation", obligation.id, "tomorrow")
        self.assertEqual(self._sources(other)["obligation"], before)
        self.assertEqual((own.get_day()["off"], foreign.get_day()["off"]), (1, 0))
        # Nor does one take back what a colleague has put off.
        foreign.unsnooze("obligation", obligation.id)
        foreign.unsnooze()
        self.assertEqual(own.get_day()["off"], 1)

    def test_no_method_is_named_from_outside(self):
        request = self._promise(-1)
        for code in ("nothing", "unlink", "", None):
            self.assertIn("refusal", self.day.act(code, request.id))
            self.assertIn("refusal", self.day.undo(code, request.id))
        self.assertIn("refusal", self.day.act("request_answer", request.id))

    def test_who_is_not_of_the_organisation_is_refused_at_each_entry_point(self):
        request = self._promise(-1)
        for user in (self.employee, self.portal_a, self.portal_b):
            day = self.env["commune.my.day"].with_user(user)
            routes = [
                day.get_day,
                day.unsnooze,
                lambda day=day: day.act("request_answer", request.id),
                lambda day=day: day.undo("request_answer", request.id),
                lambda day=day: day.open_line("request_answer", request.id),
                lambda day=day: day.open_list("request_answer", "late"),
                lambda day=day: day.snooze("request_answer", request.id, "tomorrow"),
                lambda day=day: day.get_colleagues("request_answer"),
                lambda day=day: day.hand_over("request_answer", request.id, 1),
            ]
            for route in routes:
                with self.assertRaises(AccessError), mute_logger("odoo.http"):
                    route()

    def test_what_can_be_undone_is(self):
        obligation = self._make_obligation(self.officer)
        day = self.env["commune.my.day"].with_user(self.officer)
        self.assertTrue(day.act("obligation", obligation.id)["undo"])
        self.assertEqual(obligation.done_date, self.today)
        day.undo("obligation", obligation.id)
        self.assertFalse(obligation.done_date)
        reader = self.env["commune.my.day"].with_user(self.reader)
        self.assertIn("refusal", reader.undo("obligation", obligation.id))


@tagged("post_install", "-at_install")
class TestDayRace(RaceCase):
    def test_two_colleagues_at_once_the_second_is_informed(self):
        def make(env):
            obligation = env["commune.obligation"].create(
                {
                    "name": "Course",
                    "source": "CGCT",
                    "trigger": "once",
                    "event_date": env.company._get_today(),
                    "user_id": False,
                }
            )
            self._keep(obligation)
            return obligation.id

        number = self._in_transaction(make)
        people = ("base.user_root", "base.user_admin")  # both are managers
        answers = {}

        def take(name):
            def work(env):
                day = env["commune.my.day"].with_user(env.ref(name))
                answers[name] = day.act("obligation", number)

            return work

        _begun, errors = self._at_once(
            lambda env: env["commune.obligation"].browse(number).done_date, *map(take, people)
        )
        self.assertFalse(errors)
        refused = [answer for answer in answers.values() if "refusal" in answer]
        self.assertEqual(len(refused), 1)

    def _make_promise(self, env):
        commune = env["res.partner"].create(
            {"name": "Course", "is_company": True, "is_commune": True, "insee_code": "99999"}
        )
        promise = env["commune.commitment"].create(
            {
                "name": "Course",
                "commune_id": commune.id,
                "due_date": env.company._get_today(),
                "user_id": env.ref("base.user_admin").id,
            }
        )
        self._keep(promise, commune)
        return promise.id

    def test_put_off_twice_at_once_is_put_off_once(self):
        number = self._in_transaction(self._make_promise)
        user = "base.user_admin"

        def put_off(until):
            def work(env):
                env["commune.my.day"].with_user(env.ref(user)).snooze("promise", number, until)

            return work

        def look(env):
            snoozes = env["commune.my.day.snooze"].with_user(env.ref(user))
            return snoozes._get_of_user()

        _begun, errors = self._at_once(look, put_off("tomorrow"), put_off("tomorrow"))

        def count(env):
            lines = env["commune.my.day.snooze"].search(
                [("source", "=", "promise"), ("res_id", "=", number)]
            )
            self._keep(lines)
            return len(lines)

        found = self._in_transaction(count)
        self.assertEqual((errors, found), ([], 1))

    def test_handed_over_to_two_colleagues_at_once_it_goes_to_one(self):
        number = self._in_transaction(self._make_promise)
        login = {"login": "course_charge", "name": "Course", "email": "course@example.org"}

        def make(env):
            groups = env.ref("commune_relations.group_officer") | env.ref("base.group_user")
            user = env["res.users"].create({**login, "group_ids": [(6, 0, groups.ids)]})
            self._keep(user, user.partner_id)
            return user.id

        colleague, answers = self._in_transaction(make), []

        def give(env):
            day = env["commune.my.day"].with_user(env.ref("base.user_admin"))
            answers.append(day.hand_over("promise", number, colleague))

        def look(env):
            return env["commune.commitment"].browse(number).user_id

        _begun, errors = self._at_once(look, give, give)
        self.assertFalse(errors)
        self.assertEqual(len([one for one in answers if "refusal" in one]), 1)
