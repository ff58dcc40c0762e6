"""The communes are notified of the results and of the actions: whom, once, and where it leads."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .survey_case import SurveyCase, SurveyHttpCase


@tagged("post_install", "-at_install")
class TestSurveyResultNotification(SurveyCase):
    """Luc ARNAUD (councillor) prepared for Aubrive and Anne AUBRY validated; Bellefontaine
    refused; Clairval did not answer and its mayor has no account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mayor_c.email = "chloe.caron@mel.example"
        cls.campaign.action_open()
        cls.councillor = cls.portal_a_limited.partner_id
        cls._answer(cls.commune_a, cls.councillor, cls.portal_a.partner_id)
        cls._target(cls.commune_b)._refuse(cls.portal_b.partner_id, "Trop petite commune")
        cls.campaign.action_close()

    def _written(self):
        return self.env["mail.mail"].search([("model", "=", "commune.survey.notice")])

    def _publish(self):
        self.campaign.with_user(self.officer).action_publish()
        return self.campaign.with_user(self.officer)._notify_communes("results")

    def test_those_who_gave_something_and_those_who_act_once_each(self):
        notices = self._publish()
        expected = (
            self.portal_a.partner_id
            | self.councillor
            | self.portal_b.partner_id
            | self.portal_both.partner_id
            | self.mayor_c
        )
        self.assertEqual(notices.partner_id, expected)
        self.assertEqual(self._written().recipient_ids, expected)
        # The secretary of two communes receives one letter, with a page for each.
        hers = notices.filtered(lambda n: n.partner_id == self.portal_both.partner_id)
        self.assertEqual(hers.target_ids.commune_id, self.commune_a | self.commune_b)
        letter = self._letters(self.portal_both)[-1]
        for commune in (self.commune_a, self.commune_b):
            self.assertIn(f"/my/surveys/{self._target(commune).id}", letter.body_html)
        self.assertNotIn(f"/my/surveys/{self._target(self.commune_c).id}", letter.body_html)

    def test_neither_those_who_left_nor_other_communes_nor_those_who_want_no_letter(self):
        other = self._commune("Doncourt", "57904", 300)
        stranger = self._portal("mayor_d", "Dora", "DENIS", "mme")
        stranger.partner_id.email = "dora.denis@mel.example"
        self._mandate(stranger, other, "mayor")
        silent = self._portal("councillor_b", "Basile", "BRUN", "m")
        silent.partner_id.email = "basile@brun.example"
        self._mandate(silent, self.commune_b, "councillor")
        self.portal_ended.partner_id.email = "denis.duval@mel.example"
        # Luc ARNAUD prepared, and his mandate ends today; Sophie COLIN is shut out of Aubrive.
        self.mandate_a_limited.date_end = self.today
        self.mandate_both_a.portal_blocked = True
        # Neither wants a letter: Anne AUBRY validated, Chloé CARON gave nothing.
        for person in (self.portal_a.partner_id, self.mayor_c):
            person.env["commune.contact.preference"]._set_preference(person, True)
        notices = self._publish()
        persons = self.portal_a.partner_id | self.portal_b.partner_id | self.portal_both.partner_id
        self.assertEqual(notices.partner_id, persons)
        hers = notices.filtered(lambda n: n.partner_id == self.portal_both.partner_id)
        self.assertEqual(hers.target_ids.commune_id, self.commune_b)

    def test_an_address_on_the_exclusion_list_gets_what_it_asked_for_only(self):
        self.env["mail.blacklist"]._add(self.mayor_c.email)
        self.env["mail.blacklist"]._add(self.councillor.email)
        recipients = self._publish().partner_id
        self.assertNotIn(self.mayor_c, recipients)
        self.assertIn(self.councillor, recipients)

    def test_never_twice_for_the_same_publication(self):
        self._publish()
        count = len(self._written())
        with self.assertRaisesRegex(UserError, "nobody receives this letter twice"):
            self.campaign._notify_communes("results")
        self.assertEqual(len(self._written()), count)
        # Withdrawn and published again: another publication, notified if the officer wants so.
        self.campaign.action_withdraw()
        with self.assertRaisesRegex(UserError, "Publish the results first"):
            self.campaign._notify_communes("results")
        self._publish()
        self.assertEqual(len(self._written()), 2 * count)

    def test_two_windows_open_at_once(self):
        Wizard = self.env["commune.survey.publish"].with_user(self.officer)
        first, second = (Wizard.create({"campaign_id": self.campaign.id}) for _twice in range(2))
        self.assertEqual((first.kind, first.person_count, first.commune_count), ("results", 5, 3))
        self.assertFalse(first.unreached_ids)
        first.action_publish_and_write()
        self.assertEqual(self.campaign.state, "published")
        count = len(self._written())
        self.assertEqual(count, 5)
        with self.assertRaisesRegex(UserError, "twice"):
            second.action_publish_and_write()
        with self.assertRaises(UserError):
            second.action_publish_only()
        self.assertEqual(len(self._written()), count)

    def test_the_letter_is_shown_before_it_leaves_and_looking_sends_nothing(self):
        self.env["commune.survey.action"].create(
            {
                "campaign_id": self.campaign.id,
                "feedback_summary": "Trop loin",
                "name": "Un car <navette>",
            }
        )
        wizard = self.env["commune.survey.publish"].with_user(self.officer)
        wizard = wizard.create({"campaign_id": self.campaign.id})
        self.assertIn("Formation 2027", wizard.preview)
        self.assertIn("Un car &lt;navette&gt;", wizard.preview)
        self.assertIn("/my/surveys/", wizard.preview)
        self.assertFalse(self._written())
        self.assertFalse(self.campaign.notice_ids)
        wizard.action_publish_only()
        self.assertEqual(self.campaign.state, "published")
        self.assertFalse(self._written())

    def test_too_few_answers_to_show_a_figure_is_shown_before(self):
        for minimum, nothing in ((1, False), (2, True)):
            self.campaign.minimum_group = minimum
            wizard = self.env["commune.survey.publish"].create({"campaign_id": self.campaign.id})
            self.assertEqual(wizard.nothing_shown, nothing, "one commune answered")

    def test_nobody_to_write_to_is_shown_before(self):
        self.mayor_c.email = False
        wizard = self.env["commune.survey.publish"].create({"campaign_id": self.campaign.id})
        self.assertEqual(wizard.unreached_ids, self.commune_c)
        persons = self.portal_a | self.portal_b | self.portal_both | self.portal_a_limited
        persons.partner_id.email = False
        wizard = self.env["commune.survey.publish"].create({"campaign_id": self.campaign.id})
        self.assertFalse(wizard.person_count)
        with self.assertRaisesRegex(UserError, "no address"):
            wizard.action_publish_and_write()

    def test_what_was_done_since_is_notified_to_the_communes_concerned(self):
        Action = self.env["commune.survey.action"]
        first = Action.create({"campaign_id": self.campaign.id, "name": "Une formation"})
        self._publish()
        self.assertTrue(first.notified_date)
        self.assertEqual(self.campaign._get_kind_to_notify(), "")
        with self.assertRaisesRegex(UserError, "already (announced|informed)"):
            self.campaign._notify_communes("actions")
        later = Action.create(
            {
                "campaign_id": self.campaign.id,
                "name": "Une aide à Bellefontaine",
                "commune_ids": [Command.set(self.commune_b.ids)],
            }
        )
        self.assertEqual(self.campaign.unnotified_count, 1)
        notices = self.campaign._notify_communes("actions")
        persons = self.portal_b.partner_id | self.portal_both.partner_id
        self.assertEqual(notices.partner_id, persons)
        body = self._letters(self.portal_b)[-1].body_html
        self.assertIn("Une aide à Bellefontaine", body)
        self.assertNotIn("Une formation", body)
        self.assertTrue(later.notified_date)
        with self.assertRaisesRegex(UserError, "already (announced|informed)"):
            self.campaign._notify_communes("actions")
        # Done at last: it is proposed again; a word corrected is not.
        first.name = "Une formation en mars"
        self.assertFalse(self.campaign.unnotified_count)
        first.state = "done"
        self.assertEqual(self.campaign._get_unnotified_actions(), first)

    def test_an_action_of_one_commune_is_not_read_by_another(self):
        self.env["commune.survey.action"].create(
            {
                "campaign_id": self.campaign.id,
                "name": "Une aide à Bellefontaine",
                "commune_ids": [Command.set(self.commune_b.ids)],
            }
        )
        self._publish()
        self.assertIn("Une aide", self._letters(self.portal_b)[-1].body_html)
        self.assertNotIn("Une aide", self._letters(self.portal_a)[-1].body_html)

    def test_a_reader_does_not_write_to_the_communes(self):
        self.campaign.action_publish()
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.reader)._notify_communes("results")
        with self.assertRaises(UserError):
            self.campaign.with_user(self.officer).write({"notified_date": False})

    def test_the_queries_do_not_grow_with_the_communes(self):
        self._count_queries()
        before, persons = self._count_queries()
        communes = self.env["res.partner"].union(
            *(self._commune(f"Commune{i}", f"5791{i}", 100 + i) for i in range(6))
        )
        self.campaign._create_targets(communes)
        for number, commune in enumerate(communes):
            mayor = self.mayor_c.copy({"email": f"maire{number}@mel.example"})
            self._mandate(mayor, commune, "mayor")
        after, more = self._count_queries()
        self.assertEqual((after, more), (before, persons + 6))

    def _count_queries(self):
        """Published and notified from scratch: the number of queries, and of persons."""
        if self.campaign.state == "published":
            self.campaign.action_withdraw()
        self.campaign.action_publish()
        self.campaign.target_ids.link_ids.unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        recipients = self.campaign._notify_communes("results")
        self.env.flush_all()
        return self.env.cr.sql_log_count - start, len(recipients)

    def test_communes_added_since_the_opening_are_asked_by_a_button(self):
        self.campaign.action_reopen()
        other = self._commune("Doncourt", "57904", 300, email="mairie@doncourt.example")
        before = len(self._letters(self.portal_a))
        self.campaign.commune_ids |= other
        self.campaign.commune_ids -= self.commune_c
        for _twice in range(2):
            self.campaign.with_user(self.officer).action_ask_added()
        self.assertEqual(self.campaign.target_ids.commune_id, self.communes | other)
        self.assertEqual(self._target(other).state, "queued")
        self.assertEqual(len(self._letters(other)), 1)
        self.assertEqual(len(self._letters(self.portal_a)), before)
        self._leave(self._waiting(self._target(other).link_ids))
        self.assertEqual(self._target(other).state, "sent")
        self.campaign.date_end = self.today - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "not open"):
            self.campaign.action_ask_added()


@tagged("post_install", "-at_install")
class TestSurveyNews(SurveyHttpCase):
    def setUp(self):
        super().setUp()
        self.mayor_c.email = "chloe.caron@mel.example"
        self.campaign.action_open()
        person = self.portal_a.partner_id
        self._answer(self.commune_a, person, person)
        self.campaign.action_close()

    def test_results_are_news_for_a_month_on_the_first_page(self):
        self._login(self.portal_b)
        self.assertNotIn("commune_survey_news", self.url_open("/my").text)
        self.campaign.action_publish()
        page = self.url_open("/my").text
        self.assertIn("commune_survey_news", page)
        self.assertIn(f"/my/surveys/{self._target(self.commune_b).id}", page)
        self.campaign.published_date = self.today - timedelta(days=31)
        self.assertNotIn("commune_survey_news", self.url_open("/my").text)

    def test_without_an_account_the_results_are_read_by_a_link_that_changes_nothing(self):
        self.campaign.action_publish()
        target = self._target(self.commune_c)
        state = target.state
        self.campaign._notify_communes("results")
        path = self._link(target, self.mayor_c)
        self.assertIn(path, self._copy(self._letters(self.mayor_c)[-1]))
        self._login(None)
        page = self.url_open(path)
        self.assertIn('id="survey_results"', page.text)
        for step in ("prepare", "validate", "refuse"):
            self.assertEqual(self._post(f"{path}/{step}", reason="Non").status_code, 422)
        target.invalidate_recordset()
        self.assertEqual((target.state, len(target.answer_ids)), (state, 0))
        # Taken back, the results are nowhere to be read.
        self.campaign.action_withdraw()
        self.assertEqual(self.url_open(path).status_code, 404)
