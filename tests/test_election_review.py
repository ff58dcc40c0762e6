"""The months before an election: a broadcast asks for an election review, and goes on."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .network.mailing_case import MailingCase


@tagged("post_install", "-at_install")
class TestSecondLook(MailingCase):
    """A municipal election on 7 and 14 March 2032: its period begins on 1 September 2031."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.poll = cls.env["commune.election"].create(
            {
                "name": "Municipales d’essai",
                "kind": "municipal",
                "first_round": "2032-03-07",
                "last_round": "2032-03-14",
                "source": "Code électoral, article L. 52-1",
            }
        )

    def _wizard(self, record, user, **values):
        action = record.with_user(user).action_request_election_review()
        model = self.env[action["res_model"]].with_user(user).with_context(**action["context"])
        return model.create(values)

    def _near(self):
        """Three months before the election."""
        clock = freeze_time("2031-12-10 10:00:00")
        clock.start()
        self.addCleanup(clock.stop)
        self.env.invalidate_all()

    def test_the_period_is_that_of_the_calendar(self):
        self.assertEqual(self.poll.restricted_from, date(2031, 9, 1))
        for day, near in [
            ("2031-08-31", False),
            ("2031-09-01", True),
            ("2032-03-14", True),
            ("2032-03-15", False),
        ]:
            with freeze_time(f"{day} 10:00:00"), self.subTest(day=day):
                self.assertEqual(bool(self.env["commune.election"]._get_restricting()), near)
        self.poll.requires_review = False
        self._near()
        self.assertFalse(self.env["commune.election"]._get_restricting())

    def test_far_from_a_poll_nothing_is_asked(self):
        letter = self._approve(self._letter())
        self.assertFalse(letter.look_state)
        letter.action_launch()
        self.assertEqual(letter.state, "in_queue")

    def test_a_letter_waits_for_its_reader_and_then_leaves(self):
        self._near()
        letter = self._approve(self._letter())
        self.assertEqual(letter.look_state, "due")
        window = letter.action_launch()
        self.assertEqual(window["res_model"], "commune.election.review.request")
        self.assertEqual(letter.state, "draft")
        self._wizard(letter, self.officer, reader_id=self.reader.id).action_confirm()
        look = self.env["commune.election.review"].search([("res_id", "=", letter.id)])
        self.assertEqual(look.activity_ids.user_id, self.reader)
        self.assertEqual(letter.look_state, "asked")
        with self.assertRaises(AccessError):
            look.with_user(self.manager).action_read()
        look.with_user(self.reader).action_read()
        self.assertEqual((look.state, look.reader_id), ("read", self.reader))
        self.assertTrue(look.read_date)
        self.assertFalse(look.activity_ids)
        letter.invalidate_recordset()
        self.assertEqual(letter.look_state, "settled")
        letter.action_launch()
        self.assertEqual(letter.state, "in_queue")

    def test_anyone_who_goes_on_without_it_states_why(self):
        self._near()
        letter = self._approve(self._letter())
        with self.assertRaises(UserError):
            self._wizard(letter, self.officer, way="without", reason="  ").action_confirm()
        self._wizard(letter, self.officer, way="without", reason="Alerte crue").action_confirm()
        look = self.env["commune.election.review"].search([("res_id", "=", letter.id)])
        self.assertEqual((look.user_id, look.reason), (self.officer, "Alerte crue"))
        letter.action_launch()
        self.assertEqual(letter.state, "in_queue")

    def test_other_words_are_read_again(self):
        self._near()
        letter = self._letter()
        self._wizard(letter, self.officer, way="without", reason="Alerte crue").action_confirm()
        self.assertEqual(letter.look_state, "settled")
        letter.subject = "Un bilan exceptionnel"
        letter.invalidate_recordset()
        self.assertEqual(letter.look_state, "due")

    def test_all_that_leaves_is_read_again(self):
        """Links, images, files, sender and audiences, not the words alone."""
        self._near()
        letter = self._letter()
        letter.body_html = '<p>Voir <a href="https://rives.example/a">la page</a></p>'
        file = self.env["ir.attachment"].with_user(self.officer)
        file = file.create({"name": "bilan.pdf", "raw": b"un"})
        for values in (
            {"body_html": '<p>Voir <a href="https://autre.example/b">la page</a></p>'},
            {"body_html": '<p>Voir <a href="/b">la page</a></p>'},
            {"body_html": '<p>Voir <a href="/b">la page</a><img src="/c"/></p>'},
            {"attachment_ids": [(4, file.id)]},
            {"email_from": "autre@rives.example"},
            {"audience_ids": [(5,)]},
        ):
            self._wizard(letter, self.officer, way="without", reason="Alerte crue").action_confirm()
            self.assertEqual(letter.look_state, "settled")
            letter.write(values)
            letter.invalidate_recordset()
            with self.subTest(values=values):
                self.assertEqual(letter.look_state, "due")
        self._wizard(letter, self.officer, way="without", reason="Alerte crue").action_confirm()
        file.raw = b"deux"
        letter.invalidate_recordset()
        self.assertEqual(letter.look_state, "due")

    def test_another_look_at_the_same_words_asks_nothing(self):
        self._near()
        letter = self._letter()
        letter.body_html = '<p style="color: red">Bonjour</p>'
        self._wizard(letter, self.officer, way="without", reason="Alerte crue").action_confirm()
        letter.body_html = '<p style="color: blue">Bonjour</p>'
        letter.invalidate_recordset()
        self.assertEqual(letter.look_state, "settled")

    def test_no_other_way_leads_to_the_queue(self):
        self._near()
        letter = self._approve(self._letter()).with_user(self.officer)
        for action in (letter.action_put_in_queue, lambda: letter.write({"state": "in_queue"})):
            with self.assertRaisesRegex(UserError, "second"), self.env.cr.savepoint():
                action()
            letter.invalidate_recordset()
            self.assertEqual(letter.state, "draft")
        self._wizard(letter, self.officer, way="without", reason="Alerte crue").action_confirm()
        letter.action_put_in_queue()
        self.assertEqual(letter.state, "in_queue")

    def test_a_message_of_the_service_is_not_concerned(self):
        self._near()
        letter = self._approve(self._letter(is_service=True))
        self.assertFalse(letter.look_state)
        letter.action_launch()
        self.assertEqual(letter.state, "in_queue")

    def test_the_second_reader_is_another_colleague(self):
        self._near()
        letter = self._letter()
        for person in (self.officer, self.employee, self.portal_a):
            with self.subTest(person=person.name), self.assertRaises(UserError):
                self._wizard(letter, self.officer, reader_id=person.id).action_confirm()
        values = {
            "name": "Lettre",
            "res_model": "mailing.mailing",
            "res_id": letter.id,
            "election_id": self.poll.id,
            "state": "asked",
            "user_id": self.officer.id,
            "reader_id": self.officer.id,
        }
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["commune.election.review"].create(values)

    def test_the_window_opens_on_nothing_else(self):
        self._near()
        for model, user in (("res.partner", self.officer), ("mailing.mailing", self.reader)):
            values = {"res_model": model, "res_id": self.commune_a.id}
            look = self.env["commune.election.review.request"].with_user(user)
            look = look.with_context(**{f"default_{key}": value for key, value in values.items()})
            with self.subTest(model=model), self.assertRaises(AccessError):
                look.create({"way": "without", "reason": "x"}).action_confirm()

    def test_the_brochure_asks_too(self):
        services = self.env["commune.service"].with_user(self.reader)
        self.assertEqual(services.action_print_brochure()["type"], "ir.actions.report")
        self._near()
        self.assertEqual(services.action_print_brochure()["type"], "ir.actions.act_window")
        company = self.env.company
        self._wizard(company, self.reader, reader_id=self.manager.id).action_confirm()
        look = self.env["commune.election.review"].search([("res_model", "=", "res.company")])
        manager = look.with_user(self.manager)
        self.assertEqual(manager.action_open_document()["type"], "ir.actions.report")
        manager.action_read()
        company.invalidate_recordset()
        self.assertEqual(services.action_print_brochure()["type"], "ir.actions.report")
        with self.assertRaises(AccessError):
            company.with_user(self.employee).action_request_election_review()

    def test_what_is_published_of_a_survey_asks_too(self):
        survey = self.env["survey.survey"].create({"title": "Essai"})
        campaign = self.env["commune.survey.campaign"].create(
            {"name": "Essai", "survey_id": survey.id}
        )
        campaign.sudo().state = "closed"
        officer = campaign.with_user(self.officer)
        self.assertEqual(officer.action_open_publication()["res_model"], "commune.survey.publish")
        self._near()
        self.assertEqual(
            officer.action_open_publication()["res_model"], "commune.election.review.request"
        )
        self._wizard(campaign, self.officer, way="without", reason="Échéance").action_confirm()
        self.assertEqual(officer.action_open_publication()["res_model"], "commune.survey.publish")

    def test_a_look_is_not_written_by_hand(self):
        look = self.env["commune.election.review"].with_user(self.manager)
        with self.assertRaises(UserError):
            look.create({"name": "x"})
