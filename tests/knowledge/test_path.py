"""The path of a new mandate: once, for those who begin, followed, and stopped in time."""

from datetime import timedelta
from unittest.mock import patch

from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .path_case import get_path_records


def _keep_all(follows, template):
    return follows


@tagged("post_install", "-at_install")
class TestPath(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = get_path_records(cls)
        cls.path, cls.guide = cls.records["path"], cls.records["path_guide"]
        cls.follows = cls.env["commune.path.progress"]

    def _begin(self, person, commune, code="councillor", **values):
        mandate = self._mandate(person, commune, code, **{"date_start": self.today, **values})
        return self.follows.search([("mandate_id", "=", mandate.id)])

    def _person(self, name, **values):
        return self.env["res.partner"].create(
            {"firstname": "Ève", "lastname": name, "email": f"{name.lower()}@example.com", **values}
        )

    def _letters(self, follow):
        return self.env["mail.mail"].search(
            [("model", "=", "commune.path.progress"), ("res_id", "=", follow.id)]
        )

    # who gets one

    def test_those_already_in_office_get_none_and_new_ones_get_their_steps(self):
        self.assertFalse(self.follows.search([("mandate_id", "=", self.mandate_b.id)]))
        follow = self._begin(self._person("Un"), self.commune_a)
        self.assertEqual(
            [(line.step_id.name, (line.date_due - self.today).days) for line in follow.line_ids],
            [("Bienvenue", 0), ("Lire", 0), ("Rencontrer", 3), ("Le quiz", 10)],
        )
        late = self._begin(self._person("Deux"), self.commune_a, date_start="2020-03-15")
        self.assertFalse(late)  # an old mandate noted today
        other = self._begin(self._person("Trois"), self.commune_a, "deputy_mayor")
        self.assertFalse(other)  # not of this path
        coming = self.today + timedelta(days=20)
        future = self._begin(self._person("Quatre"), self.commune_a, date_start=coming)
        self.assertEqual(future.date_start, coming)

    def test_switched_off_nobody_gets_one(self):
        self.path.with_user(self.officer).action_switch_off()
        self.assertFalse(self._begin(self._person("Un"), self.commune_a))
        shipped = self.env.ref("commune_relations.path_elected")
        self.assertFalse(shipped.date_from)

    def test_once_per_mandate_and_one_at_a_time(self):
        person = self._person("Un")
        follow = self._begin(person, self.commune_a)
        self.assertFalse(follow.mandate_id._start_paths())
        self.assertFalse(self._begin(person, self.commune_a, "mayor"))  # elected mayor too
        follow._stop("house")
        self.assertFalse(follow.mandate_id._start_paths())

    def test_who_is_elected_again_to_the_same_function_gets_none(self):
        self.mandate_b.date_end = self.today - timedelta(days=1)
        self.assertFalse(self._begin(self.portal_b, self.commune_b, "mayor"))
        # a councillor who becomes mayor, and a mayor who comes back years later, begin
        self.assertTrue(self._begin(self.portal_a_limited, self.commune_a, "mayor"))
        person = self._person("Un")
        self._mandate(person, self.commune_b, "mayor", date_end="2021-01-01")
        self.assertTrue(self._begin(person, self.commune_b, "mayor"))

    def test_an_import_begins_all_of_them_at_the_same_cost(self):
        def count(number):
            people = self.env["res.partner"].create(
                [{"firstname": "Élu", "lastname": f"N{number}-{n}"} for n in range(number)]
            )
            mandates = self.env["commune.mandate"].with_context(tracking_disable=True)
            self.path.sudo().date_from = False
            made = mandates.create(
                [
                    self._mandate_values(one, self.commune_a, "councillor", date_start=self.today)
                    for one in people
                ]
            )
            self.path.sudo().date_from = self.today
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            follows = made._start_paths()
            self.assertEqual(len(follows), number)
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(2), count(150))

    # letters

    def test_one_letter_a_day_with_the_steps_of_that_day(self):
        follow = self._begin(self._person("Un"), self.commune_a)
        for _run in range(3):
            self.follows._cron_follow_paths()
        letter = self._letters(follow)
        self.assertEqual(len(letter), 1)
        self.assertIn("Bienvenue, Lire", letter.subject)
        self.assertNotIn("Rencontrer", letter.body_html)
        follow.line_ids.sudo().write({"date_due": self.today})  # all the rest, the same day
        self.follows._cron_follow_paths()
        self.assertEqual(len(self._letters(follow)), 1)
        # The letter left in the night, more than half a day ago.
        with patch.object(self.registry["commune.path.progress"], "_filter_unwritten", _keep_all):
            self.follows._cron_follow_paths()
        self.assertEqual(len(self._letters(follow)), 1)

    def test_what_is_done_already_is_not_written(self):
        follow = self._begin(self._person("Un"), self.commune_a)
        follow.line_ids[:2]._set_done()
        self.follows._cron_follow_paths()
        self.assertFalse(self._letters(follow))

    def test_nothing_leaves_once_the_mandate_has_ended_or_the_person_says_so(self):
        gone, tired = (
            self._begin(self._person(name), self.commune_a) for name in ("Partie", "Lasse")
        )
        gone.mandate_id.date_end = self.today
        tired._stop("person")
        self.follows._cron_follow_paths()
        self.assertEqual((gone.state, gone.stop_cause), ("stopped", "mandate"))
        self.assertFalse(self._letters(gone) | self._letters(tired))
        old = self.records["path_follow"]
        old.sudo().date_start = self.today - timedelta(days=100)
        self.follows._cron_follow_paths()
        self.assertEqual((old.state, old.stop_cause), ("stopped", "time"))

    def test_a_councillor_whom_the_council_makes_mayor_goes_on(self):
        follow = self._begin(self._person("Un"), self.commune_a)
        follow.line_ids[0]._set_done()
        follow.mandate_id.date_end = self.today
        mayor = self._mandate(follow.partner_id, self.commune_a, "mayor", date_start=self.today)
        self.follows._cron_follow_paths()
        self.assertEqual((follow.state, follow.mandate_id), ("running", mayor))
        self.assertEqual(follow.progress, "1 / 4")

    def test_a_mandate_to_come_waits(self):
        coming = self.today + timedelta(days=5)
        follow = self._begin(self._person("Un"), self.commune_a, date_start=coming)
        self.follows._cron_follow_paths()
        self.assertEqual(follow.state, "running")
        self.assertFalse(self._letters(follow))

    def test_without_address_the_steps_wait_for_one(self):
        person = self._person("Un", email=False)
        follow = self._begin(person, self.commune_a)
        self.follows._cron_follow_paths()
        self.assertFalse(follow.line_ids.filtered("notified_date"))
        person.email = "un@example.com"
        self.follows._cron_follow_paths()
        self.assertEqual(len(follow.line_ids.filtered("notified_date")), 2)

    # steps

    def test_reading_the_guide_does_the_step(self):
        follow = self._begin(self.portal_b, self.commune_a)
        line = follow.line_ids.filtered(lambda one: one.kind == "guide")
        self.guide._log_view(self.commune_a, self.portal_a.partner_id)
        self.assertFalse(line.done_date)
        self.guide._log_view(self.commune_a, self.portal_b.partner_id)
        self.assertEqual(line.done_date, self.today)

    def test_the_quiz_is_done_when_it_is_sent_whatever_the_result(self):
        follow = self._begin(self.portal_b, self.commune_a)
        line = follow.line_ids.filtered(lambda one: one.kind == "quiz")
        with self.assertRaises(AccessError):
            line.with_user(self.portal_a)._start_quiz()
        url = line.with_user(self.portal_b)._start_quiz()
        self.assertEqual(line.with_user(self.portal_b)._start_quiz(), url)  # the same answer
        answer = line.sudo().answer_id
        self.assertEqual(answer.partner_id, self.portal_b.partner_id)
        self.assertFalse(answer.survey_id.certification)
        with self.assertRaises(AccessError):
            answer.with_user(self.officer).read(["access_token"])
        question = answer.survey_id.question_ids
        wrong = question.suggested_answer_ids[0]
        answer._save_lines(question, str(wrong.id))
        answer._mark_done()
        self.assertEqual(line.done_date, self.today)
        self.assertIn("0", line._get_result())
        lines = answer.user_input_line_ids
        for reader in (self.officer, self.manager, self.env.ref("base.user_admin")):
            for own in (answer, lines):
                self.assertTrue(own)
                self.assertFalse(own.with_user(reader).search([("id", "in", own.ids)]))

    def test_all_done_it_is_completed(self):
        follow = self._begin(self._person("Un"), self.commune_a)
        follow.line_ids._set_done()
        self.assertEqual((follow.state, follow.progress), ("done", "4 / 4"))
        follow._stop("house")
        self.assertEqual(follow.state, "done")

    # the organisation

    def test_a_step_says_what_it_is_about(self):
        for kind in ("guide", "quiz"):
            with self.subTest(kind=kind), self.assertRaises(ValidationError):
                self.env["commune.path.step"].create(
                    {"path_id": self.path.id, "name": "Vide", "kind": kind}
                )
        sent = self.env["survey.survey"].create({"title": "Besoins"})
        self.env["commune.survey.campaign"].create({"name": "Besoins", "survey_id": sent.id})
        with self.assertRaises(ValidationError):
            self.env["commune.path.step"].create(
                {"path_id": self.path.id, "name": "Q", "kind": "quiz", "survey_id": sent.id}
            )
        self.assertFalse(sent.users_login_required)
        with self.assertRaises(UserError):
            self.records["path_step"].unlink()
        empty = self.env["commune.path"].with_user(self.officer).create({"name": "Vide"})
        with self.assertRaises(UserError):
            empty.action_switch_on()
        with self.assertRaises(UserError):
            empty.date_from = self.today

    def test_the_officer_stops_and_nobody_writes_a_step_by_hand(self):
        follow = self.records["path_follow"]
        with self.assertRaises(AccessError):
            follow.with_user(self.referent).action_stop()
        follow.with_user(self.officer).action_stop()
        self.assertEqual((follow.state, follow.stop_cause), ("stopped", "house"))
        with self.assertRaises(UserError):
            follow.line_ids.with_user(self.officer).write({"done_date": self.today})

    # the portal

    def _get(self, login, url):
        self.authenticate(f"test_{login}", f"test_{login}")
        return self.url_open(url)

    def test_the_person_sees_the_next_step_and_the_head_of_staff_the_progress(self):
        follow = self._begin(self.portal_b, self.commune_a)
        page = self._get("mayor_b", "/my").text
        self.assertIn("Mes 30 premiers jours", page)
        self.assertIn("Bienvenue", page)
        page = self._get("mayor_b", "/my/path").text
        for step in ("Bienvenue", "Lire", "Rencontrer", "Le quiz"):
            self.assertIn(step, page)
        follow.line_ids[0]._set_done()
        page = self._get("secretary_ab", "/my/newcomers").text
        self.assertIn("Blanc", page.replace("BLANC", "Blanc"))
        self.assertEqual(self._get("secretary_ab", "/my/path").status_code, 404)
        self.assertEqual(self._get("councillor_a", "/my/newcomers").status_code, 404)

    def test_nobody_does_the_step_of_another(self):
        own = self._begin(self.portal_b, self.commune_a)
        other = self.records["path_follow"].line_ids[0]
        self.authenticate("test_mayor_b", "test_mayor_b")
        for line, status in ((other, 404), (own.line_ids[0], 200)):
            answer = self._post_form(f"/my/path/{line.id}/done", done="yes")
            self.assertEqual(answer.status_code, status)
        self.assertFalse(other.done_date)
        self.assertEqual(own.line_ids[0].done_date, self.today)
        quiz = own.line_ids[-1]
        self.assertEqual(self._post_form(f"/my/path/{quiz.id}/done", done="yes").status_code, 404)
        self._post_form("/my/path/stop")
        self.assertEqual((own.state, own.stop_cause), ("stopped", "person"))

    def _post_form(self, url, **values):
        return self.url_open(url, {"csrf_token": http.Request.csrf_token(self), **values})
