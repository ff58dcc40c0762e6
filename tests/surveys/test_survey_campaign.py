"""A campaign from its opening to its closing: who is written to, reminders, life of the answers."""

from datetime import timedelta
from unittest.mock import patch

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import CommuneCase
from .survey_case import SurveyCase


@tagged("post_install", "-at_install")
class TestSurveyCampaign(SurveyCase):
    def test_each_commune_is_asked_once_by_those_who_act_for_it(self):
        self.campaign.action_open()
        self.assertEqual(self.campaign.target_ids.commune_id, self.communes)
        in_a = self._target(self.commune_a).link_ids.partner_id
        self.assertEqual(in_a, self.portal_a.partner_id | self.portal_both.partner_id)
        self.assertEqual(self._target(self.commune_a).state, "queued")
        # Nobody can be written to in Clairval: the town hall is.
        self.assertEqual(self._target(self.commune_c).link_ids.partner_id, self.commune_c)
        letter = self._letters(self.portal_a)[-1]
        self.assertIn("Formation 2027", letter.subject)
        self.assertIn(self._target(self.commune_a).link_ids[0].token, self._copy(letter))
        with self.assertRaises(UserError):
            self.campaign.action_open()
        self._leave(self._waiting(self.campaign.target_ids.link_ids))
        self.assertEqual(self._target(self.commune_a).state, "sent")

    def test_the_members_of_an_audience_are_written_to_and_their_communes_asked(self):
        audience = self.env["commune.audience"].create(
            {
                "name": "Conseillers",
                "function_ids": [Command.set(self.functions["councillor"].ids)],
            }
        )
        campaign = self._campaign(commune_ids=False, audience_ids=audience.ids)
        campaign.action_open()
        self.assertEqual(campaign.target_ids.commune_id, self.commune_a)
        self.assertEqual(campaign.target_ids.link_ids.partner_id, self.portal_a_limited.partner_id)
        empty = self._campaign(commune_ids=False)
        with self.assertRaises(UserError):
            empty.action_open()

    def test_a_letter_that_did_not_leave_is_written_again_and_not_recalled(self):
        self.campaign.action_open()
        target = self._target(self.commune_a)
        first = self._letters(self.portal_a)
        self.campaign.target_ids.sudo().last_letter_date = self.today - timedelta(days=1)
        self.campaign.action_remind()
        self.assertEqual((target.state, target.reminder_count), ("queued", 0))
        waiting = self._letters(self.portal_a).filtered(lambda mail: mail.state == "outgoing")
        self.assertEqual(len(waiting), 1)
        self.assertEqual(waiting.subject, first.subject)

    def test_a_commune_without_any_address_is_to_be_called(self):
        self.commune_c.email = False
        self.campaign.action_open()
        self.assertEqual(self._target(self.commune_c).state, "pending")
        self.assertEqual((self.campaign.pending_count, self.campaign.queued_count), (1, 2))

    def test_figures_lead_to_their_lines(self):
        self.campaign.action_open()
        self._leave(self._waiting(self.campaign.target_ids.link_ids))
        person = self.portal_a.partner_id
        self._answer(self.commune_a, person, person)
        self._target(self.commune_b)._prepare(self.portal_b.partner_id)
        self.assertEqual(
            (self.campaign.done_count, self.campaign.draft_count, self.campaign.sent_count),
            (1, 1, 1),
        )
        self.assertAlmostEqual(self.campaign.response_rate, 100 / 3)
        Target = self.env["commune.survey.target"]
        for state, communes in [
            ("done", self.commune_a),
            ("draft", self.commune_b),
            ("sent", self.commune_c),
            ("missing", self.commune_b | self.commune_c),
            (False, self.communes),
        ]:
            action = self.campaign.with_context(target_state=state).action_open_targets()
            self.assertEqual(Target.search(action["domain"]).commune_id, communes, state)

    def test_the_words_of_a_letter_are_compiled_once_for_all_its_readers(self):
        qweb, compiled = self.env.registry["ir.qweb"], []
        compile_text = qweb._generate_code

        def count(model, template):
            if isinstance(template, etree._Element):
                # Odoo looks once whether a text may be rendered at all.
                checked = model.env.context.get("raise_on_forbidden_code_for_model")
                compiled.append((etree.tostring(template), model.env.lang, checked))
            return compile_text(model, template)

        with patch.object(qweb, "_generate_code", count):
            self.campaign.action_open()
        self.assertGreater(len(self.campaign.target_ids.link_ids), len(compiled))
        self.assertEqual(len(compiled), len(set(compiled)))
        for user, name in ((self.portal_a, "d’Aubrive"), (self.portal_b, "de Bellefontaine")):
            self.assertIn(f"<strong>{name}</strong>", self._letters(user)[-1:].body_html)

    def test_reminders_only_to_those_missing_not_twice_a_day_and_not_for_ever(self):
        self.campaign.reminder_max = 1
        self.campaign.action_open()
        self._leave(self._waiting(self.campaign.target_ids.link_ids))
        person = self.portal_a.partner_id
        self._answer(self.commune_a, person, person)
        self._target(self.commune_c)._refuse(self.mayor_c, "Nous n’avons pas le temps.")
        before = {u: len(self._letters(u)) for u in (self.portal_a, self.portal_b, self.commune_c)}

        def sent():
            return [len(self._letters(u)) - count for u, count in before.items()]

        self.campaign.with_user(self.officer).action_remind()
        self.assertEqual(sent(), [0, 0, 0], "the letter of the opening left today")
        self.campaign.target_ids.last_letter_date = self.today - timedelta(days=1)
        self.campaign.with_user(self.officer).action_remind()
        self.campaign.with_user(self.officer).action_remind()
        self.assertEqual(sent(), [0, 1, 0])
        self.assertEqual(self._target(self.commune_b).reminder_count, 1)
        self.campaign.target_ids.last_letter_date = self.today - timedelta(days=9)
        self.campaign.with_user(self.officer).action_remind()
        self.assertEqual(sent(), [0, 1, 0], "one reminder at most")

    def test_the_cron_waits_for_the_days_of_the_campaign(self):
        self.campaign.reminder_days = 7
        self.campaign.action_open()
        self._leave(self._waiting(self.campaign.target_ids.link_ids))
        target = self._target(self.commune_b)
        before = len(self._letters(self.portal_b))
        for days, letters in ((6, 0), (7, 1)):
            target.last_letter_date = self.today - timedelta(days=days)
            self.env["commune.survey.campaign"]._cron_remind()
            self.assertEqual(len(self._letters(self.portal_b)) - before, letters, days)
        target.last_letter_date = self.today - timedelta(days=30)
        self.campaign.date_end = self.today - timedelta(days=1)
        self.env["commune.survey.campaign"]._cron_remind()
        self.assertEqual(len(self._letters(self.portal_b)) - before, 1)
        self.env["commune.survey.campaign"]._cron_close()
        self.assertEqual(self.campaign.state, "closed")

    def test_a_commune_answers_on_the_last_day(self):
        self.campaign.action_open()
        target, mayor = self._target(self.commune_a), self.portal_a.partner_id
        self.campaign.date_end = self.today
        self.assertTrue(self.campaign._is_open())
        self.assertTrue(target._prepare(mayor))
        self.campaign.date_end = self.today - timedelta(days=1)
        self.assertFalse(self.campaign._is_open())
        with self.assertRaises(UserError):
            target._prepare(mayor)

    def test_a_successor_is_written_to_and_the_link_of_the_former_dies(self):
        self.campaign.action_open()
        target = self._target(self.commune_a)
        former = target.link_ids.filtered(lambda x: x.partner_id == self.portal_a.partner_id)
        self.assertTrue(former._is_alive())
        self.mandate_a.date_end = self.today
        self._mandate(self.portal_ended.partner_id, self.commune_a, "mayor", date_start=self.today)
        self.portal_ended.partner_id.email = "denis.duval@mel.example"
        self.assertFalse(former._is_alive())
        target.last_letter_date = self.today - timedelta(days=1)
        before = len(self._letters(self.portal_a))
        self.campaign.action_remind()
        self.assertIn(self.portal_ended.partner_id, target.link_ids.partner_id)
        self.assertEqual(len(self._letters(self.portal_a)), before)

    def test_an_address_that_comes_back_is_something_to_do(self):
        self.campaign.action_open()
        link = self._target(self.commune_a).link_ids.filtered(
            lambda x: x.partner_id == self.portal_a.partner_id
        )
        for _twice in range(2):
            link._message_receive_bounce("anne.aubry@mel.example", self.portal_a.partner_id)
        activity = self.commune_a.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertIn("anne.aubry@mel.example", activity.summary)
        self.assertEqual(activity.user_id, self.officer)
        self.assertEqual(link.bounced_email, "anne.aubry@mel.example")

    def test_opening_makes_the_questionnaire_fit(self):
        self.survey.write({"questions_layout": "one_page", "access_mode": "public"})
        self.campaign.action_open()
        self.assertEqual(self.survey.access_mode, "token")
        self.assertEqual(self.survey.questions_layout, "page_per_section")
        self.assertTrue(self.survey.users_can_go_back)
        empty = self.env["survey.survey"].create({"title": "Vide"})
        with self.assertRaises(UserError):
            self._campaign(survey_id=empty.id).action_open()

    def test_dates_and_states(self):
        late = self._campaign(date_end=self.today - timedelta(days=1))
        with self.assertRaises(UserError):
            late.action_open()
        self.campaign.action_open()
        with self.assertRaises(UserError):
            self.campaign.action_publish()
        self.campaign.action_close()
        with self.assertRaises(UserError):
            self.campaign.action_remind()
        with self.assertRaises(UserError):
            self._target(self.commune_a)._prepare(self.portal_a.partner_id)
        self.campaign.action_publish()
        self.assertEqual(self.campaign.published_date, self.today)
        self.campaign.action_reopen()
        self.assertTrue(self._target(self.commune_a)._prepare(self.portal_a.partner_id))
        with self.assertRaises(UserError):
            self.campaign.unlink()

    def test_one_target_per_commune(self):
        self.campaign.action_open()
        values = {"campaign_id": self.campaign.id, "commune_id": self.commune_a.id}
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["commune.survey.target"].create(values)

    def test_negative_numbers_are_refused(self):
        for values in ({"minimum_group": 0}, {"reminder_days": -1}):
            with (
                self.subTest(values=values),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.campaign.write(values)
                self.campaign.flush_recordset()

    def test_the_same_survey_next_year(self):
        self.campaign.action_open()
        copy = self.campaign.copy()
        self.assertEqual((copy.state, copy.previous_campaign_id), ("draft", self.campaign))
        self.assertNotEqual(copy.survey_id, self.survey)
        self.assertEqual(copy.survey_id.title, self.survey.title)
        self.assertFalse(copy.target_ids)

    def test_the_map_shows_the_state_of_each_answer(self):
        self.campaign.action_open()
        self._leave(self._waiting(self.campaign.target_ids.link_ids))
        person = self.portal_a.partner_id
        self._answer(self.commune_a, person, person)
        measures = {
            m.code: m for m in self.communes.env["commune.map"]._get_map_measures(self.communes)
        }
        self.assertEqual(
            measures[self.campaign.action_open_map()["params"]["choices"]["measureCode"]].values,
            {self.commune_a.id: "done", self.commune_b.id: "sent", self.commune_c.id: "sent"},
        )


@tagged("post_install", "-at_install")
class TestSurveyAnswer(SurveyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.action_open()
        cls.target = cls._target(cls.commune_a)
        cls.mayor = cls.portal_a.partner_id
        cls.councillor = cls.portal_a_limited.partner_id
        cls.secretary = cls.portal_both.partner_id

    def test_a_councillor_prepares_and_the_mayor_validates(self):
        draft = self.target._prepare(self.councillor)
        self.assertEqual(self.target.state, "draft")
        with self.assertRaisesRegex(UserError, "function"):
            self.target._validate(draft, self.councillor)
        with self.assertRaisesRegex(UserError, "last page"):
            self.target._validate(draft, self.mayor)
        self._fill(draft)
        self.target._validate(draft, self.mayor)
        self.assertEqual(self.target.state, "done")
        self.assertEqual(self.target.official_id, draft)
        self.assertEqual(self.target.validated_by_id, self.mayor)
        body = self.target.message_ids[0].body
        self.assertIn(self.councillor.name, body)
        self.assertIn(self.mayor.name, body)

    def test_two_persons_prepare_and_nothing_of_either_is_lost(self):
        first = self._fill(self.target._prepare(self.councillor), agents=2)
        second = self.target._prepare(self.secretary, source=first)
        self.assertNotEqual(first, second)
        self.assertEqual(second._get_reading()[1]["lines"], first._get_reading()[1]["lines"])
        self._fill(second, agents=9)
        agents = self._question("Combien")

        def number(draft):
            lines = draft.user_input_line_ids.filtered(lambda line: line.question_id == agents)
            return lines.value_numerical_box

        self.assertEqual((number(first), number(second)), (2, 9))
        self.target._validate(second, self.mayor)
        with self.assertRaisesRegex(UserError, "already answered"):
            self.target._validate(first, self.secretary)
        self.assertEqual(self.target.official_id, second)
        self.assertIn(first, self.target._get_answers())

    def test_a_person_has_one_draft_and_comes_back_to_it(self):
        draft = self.target._prepare(self.councillor)
        self._fill(draft)
        again = self.target._prepare(self.councillor)
        self.assertEqual((again, again.state), (draft, "in_progress"))
        self.assertTrue(draft.user_input_line_ids)

    def test_a_mandatory_question_left_empty_is_named(self):
        draft = self.target._prepare(self.mayor)
        draft._mark_done()
        with self.assertRaisesRegex(UserError, "service commun"):
            self.target._validate(draft, self.mayor)

    def test_an_official_answer_does_not_change_by_any_route(self):
        draft = self._answer(self.commune_a, self.mayor, self.mayor)
        line = draft.user_input_line_ids[0]
        for change in (
            lambda: draft._save_lines(self._question("Combien"), "99"),
            lambda: line.unlink(),
            lambda: line.write({"skipped": False}),
            lambda: line.copy(),
            lambda: draft._mark_in_progress(),
            lambda: draft.unlink(),
            lambda: self.target._prepare(self.secretary),
            lambda: self.target._refuse(self.mayor, "Finalement non"),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        with self.assertRaises(UserError):
            draft.with_user(self.officer).write({"is_official": False})

    def test_the_validator_or_an_agent_reopens_and_the_former_answer_is_kept(self):
        official = self._answer(self.commune_a, self.councillor, self.mayor, agents=3)
        with self.assertRaisesRegex(UserError, "reopen"):
            self.target._reopen(self.secretary)
        self.target._reopen(self.mayor)
        self.assertEqual(self.target.state, "draft")
        self.assertTrue(official.is_superseded)
        draft = self.target._get_own_draft(self.mayor)
        self.assertEqual(draft._get_reading()[1]["lines"], official._get_reading()[1]["lines"])
        self.assertIn(self.mayor.name, self.target.message_ids[0].body)
        self._fill(draft, agents=5)
        self.target._validate(draft, self.mayor)
        self.assertEqual(self.target.official_id, draft)
        self.target.with_user(self.officer).action_reopen()
        self.assertTrue(draft.is_superseded)
        self.assertEqual(self.target._get_answers().partner_id, self.mayor)

    def test_a_refusal_has_a_reason_and_may_be_taken_back(self):
        with self.assertRaisesRegex(UserError, "few words"):
            self.target._refuse(self.mayor, "  ")
        with self.assertRaisesRegex(UserError, "function"):
            self.target._refuse(self.councillor, "Non")
        self.target._refuse(self.mayor, "Trop petite commune")
        self.assertEqual((self.target.state, self.campaign.refused_count), ("refused", 1))
        self.target._prepare(self.secretary)
        self.assertEqual(self.target.state, "draft")
        self.assertFalse(self.target.refusal_reason)

    def test_functions_chosen_by_the_campaign(self):
        self.campaign.write(
            {
                "prepare_function_ids": [Command.set(self.functions["town_hall_secretary"].ids)],
                "validate_function_ids": [Command.set(self.functions["mayor"].ids)],
            }
        )
        self.assertEqual(self.target._get_rights(self.mayor), {"prepare", "validate"})
        self.assertEqual(self.target._get_rights(self.secretary), {"prepare"})
        self.assertEqual(self.target._get_rights(self.councillor), set())
        self.assertEqual(self.target._get_rights(self.portal_b.partner_id), set())
        self.assertEqual(self.target._get_rights(self.portal_ended.partner_id), set())

    def test_those_whom_the_campaign_does_not_choose_prepare_nothing(self):
        """The secretary alone prepares: neither the councillor, nor the mayor of elsewhere, nor
        whose mandate ended, on the portal or on the telephone. The mayor, who validates, does."""
        self.campaign.prepare_function_ids = self.functions["town_hall_secretary"]
        self.campaign.validate_function_ids = self.functions["mayor"]
        wizard = self.env["commune.survey.phone"].with_user(self.officer)
        strangers = (self.portal_a_limited, self.portal_b, self.portal_ended)
        for user in strangers:
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(AccessError, self.commune_a.name):
                    self.target.with_user(user).sudo()._prepare(user.partner_id)
                call = {"target_id": self.target.id, "partner_id": user.partner_id.id}
                with self.assertRaisesRegex(UserError, user.partner_id.name):
                    wizard.create(call).action_apply()
        self.assertFalse(self.target.answer_ids)
        for user, person in ((self.portal_both, self.secretary), (self.portal_a, self.mayor)):
            draft = self.target.with_user(user).sudo()._prepare(person)
            self.assertEqual(draft.partner_id, person)

    def test_an_agent_notes_an_answer_given_on_the_telephone(self):
        wizard = self.env["commune.survey.phone"].with_user(self.officer)
        entry = wizard.create({"target_id": self.target.id, "partner_id": self.mayor.id})
        self.assertIn(self.mayor, entry.person_ids)
        self.assertNotIn(self.portal_b.partner_id, entry.person_ids)
        action = entry.action_apply()
        draft = self.target._get_answers()
        self.assertIn(draft.access_token, action["url"])
        self.assertEqual(draft.partner_id, self.mayor)
        self.assertEqual(draft.representative_partner_id, self.officer.partner_id)
        self.assertIn(self.officer.name, draft._get_author_name())
        self._fill(draft)
        wizard.create(
            {"target_id": self.target.id, "partner_id": self.mayor.id, "kind": "validate"}
        ).action_apply()
        self.assertEqual(self.target.official_id, draft)
        message = self.target.message_ids[0]
        self.assertEqual(message.author_id, self.officer.partner_id)
        self.assertIn(self.mayor.name, message.body)

    def test_on_the_telephone_only_those_who_may_validate_are_proposed_to_validate(self):
        wizard = self.env["commune.survey.phone"].with_user(self.officer)
        entry = wizard.create({"target_id": self.target.id, "partner_id": self.councillor.id})
        self.assertIn(self.councillor, entry.person_ids)
        self._fill(self.target._prepare(self.councillor))
        for kind in ("validate", "refuse"):
            entry = wizard.create(
                {
                    "target_id": self.target.id,
                    "partner_id": self.councillor.id,
                    "kind": kind,
                    "reason": "Non",
                }
            )
            self.assertEqual(entry.person_ids, self.mayor | self.secretary)
            with self.assertRaisesRegex(UserError, self.councillor.name):
                entry.action_apply()

    def test_a_questionnaire_is_not_put_away_while_communes_answer(self):
        with self.assertRaisesRegex(UserError, "Formation 2027"):
            self.survey.action_archive()
        self.campaign.action_close()
        self.survey.action_archive()
        self.assertFalse(self.survey.active)

    def test_an_agent_notes_a_refusal(self):
        self.env["commune.survey.phone"].with_user(self.officer).create(
            {
                "target_id": self.target.id,
                "partner_id": self.mayor.id,
                "kind": "refuse",
                "reason": "Conseil trop chargé",
            }
        ).action_apply()
        self.assertEqual(self.target.refused_by_id, self.mayor)
        self.assertEqual(self.target.message_ids[0].author_id, self.officer.partner_id)

    def test_last_year_is_proposed_to_be_checked(self):
        self._answer(self.commune_a, self.mayor, self.mayor, agents=4, themes=("Budget",))
        self.campaign.action_close()
        following = self.campaign.copy({"date_end": self.today + timedelta(days=5)})
        # Next year a choice has gone and a question has other words.
        self._question("Quels", following.survey_id).suggested_answer_ids[0].value = "Finances"
        self._question("Votre satis", following.survey_id).title = "Votre note"
        following.action_open()
        draft = self._target(self.commune_a, following)._prepare(self.councillor)
        by_title = {q["title"]: (q["lines"], q["to_check"]) for q in draft._get_reading()}
        self.assertEqual(by_title["Voulez-vous un service commun ?"], (["Oui"], True))
        self.assertEqual(by_title["Combien d’agents ?"], (["4"], True))
        self.assertEqual(by_title["Quels thèmes ?"], ([], False))
        self.assertEqual(by_title["Votre note"], ([], False))
        draft._save_lines(self._question("Combien", following.survey_id), "4")
        checked = {q["title"]: q["to_check"] for q in draft._get_reading()}
        self.assertFalse(checked["Combien d’agents ?"])
        self.assertTrue(checked["Voulez-vous un service commun ?"])
        other = self._target(self.commune_b, following)._prepare(self.portal_b.partner_id)
        self.assertFalse(other.user_input_line_ids, "what a commune said is not for another one")


@tagged("post_install", "-at_install")
class TestSurveyOrganisation(CommuneCase):
    def test_other_surveys_of_the_organisation_go_on_as_before(self):
        survey = self.env["survey.survey"].create(
            {
                "title": "Satisfaction interne",
                "access_mode": "public",
                "question_and_page_ids": [
                    Command.create({"title": "Ça va ?", "question_type": "char_box"})
                ],
            }
        )
        answers = self.env["survey.user_input"].union(
            *(survey._create_answer(partner=self.portal_a.partner_id) for _twice in range(2))
        )
        answers[0]._save_lines(survey.question_ids, "Oui")
        answers[0]._mark_done()
        answers[0]._mark_in_progress()
        answers.unlink()
        self.assertFalse(answers.exists())
