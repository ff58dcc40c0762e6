"""Canned answers: words replaced safely, refused when unknown, answers of the topic first."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..common import CommuneCase
from .answer_case import AnswerCase

VIEW = "commune_relations.commune_request_view_form"


@tagged("post_install", "-at_install")
class TestCannedAnswer(AnswerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.canned = cls.env["commune.canned.answer"].create(
            {
                "name": "Essai",
                "body": "<p>{civilite} {demandeur}, {fonction} de {commune} : {numero},"
                " {objet}, {interlocuteur}, {equipe}, {date_promise}, {intercommunalite}</p>",
            }
        )

    def test_every_word_is_replaced(self):
        self.request.promised_date = "2026-12-01"
        text = self.canned._render(self._as(self.referent))
        for word in (
            "Madame",
            self.portal_a.partner_id.name,
            "Aubrive",
            self.request.number,
            "Trou rue des Lilas",
            self.referent.name,
            "Voirie (essai)",
            "1er décembre 2026",
            "Communauté de communes des Deux Rives",
        ):
            self.assertIn(word, text)
        self.assertNotIn("{", text)

    def test_what_a_commune_typed_is_shown_never_run(self):
        self.request.name = "<script>alert(1)</script> {numero} {0.__class__}"
        text = self.canned._render(self.request)
        self.assertNotIn("<script>", text)
        self.assertIn("&lt;script&gt;", text)
        self.assertIn("{0.__class__}", text)

    def test_a_missing_value_is_to_be_filled_in(self):
        self.canned.body = "<p>Appelez le {telephone}.</p>"
        self.env.company.phone = False
        self.assertIn("[telephone à compléter]", self.canned._render(self.request))

    def test_an_unknown_word_is_refused_with_the_known_ones(self):
        for body in (
            "<p>{maire}</p>",
            "<p>{commune.name}</p>",
            "<p>{}</p>",
            "<p>{com<b>mune}</b></p>",
        ):
            with self.subTest(body=body), self.assertRaisesRegex(ValidationError, "{date_promise}"):
                self.canned.body = body

    def test_those_of_the_topic_come_first(self):
        Canned = self.env["commune.canned.answer"]
        own, family, foreign = Canned.create(
            [
                {
                    "name": "AAA du sujet",
                    "sequence": 99,
                    "topic_ids": self.topic.ids,
                    "body": "<p>a</p>",
                },
                {
                    "name": "AAB famille",
                    "sequence": 98,
                    "topic_ids": self.family.ids,
                    "body": "<p>b</p>",
                },
                {
                    "name": "AAC ailleurs",
                    "sequence": 1,
                    "topic_ids": self.family.create({"name": "x", "code": "TSTX"}).ids,
                    "body": "<p>c</p>",
                },
            ]
        )
        found = [
            answer_id
            for answer_id, _name in Canned.with_user(self.referent)
            .with_context(request_topic_id=self.topic.id)
            .name_search("", limit=50)
        ]
        self.assertEqual(found[:2], [own.id, family.id])
        self.assertEqual(found[-1], foreign.id)
        self.assertIn(self.canned.id, found)

    def test_inserting_appends_and_is_counted_once_saved(self):
        self.canned.body = "<p>Bonjour {commune}</p>"
        with Form(self._as(self.referent), view=VIEW) as form:
            form.answer_html = "<p>Début.</p>"
            form.canned_answer_id = self.canned
            self.assertFalse(form.canned_answer_id)
            self.assertIn("Début", form.answer_html)
            self.assertIn("Bonjour Aubrive", form.answer_html)
        self.assertEqual(self.request.canned_answer_ids, self.canned)
        self.canned.invalidate_recordset()
        self.assertEqual(self.canned.with_user(self.referent).use_count, 1)


@tagged("post_install", "-at_install")
class TestDefaultTexts(CommuneCase):
    def test_ten_french_texts_for_the_most_frequent_situations(self):
        texts = self.env["commune.canned.answer"].search([])
        shipped = texts.filtered(
            lambda t: t.get_external_id()[t.id].startswith("commune_relations.")
        )
        self.assertGreaterEqual(len(shipped), 10)
        for text in shipped:
            with self.subTest(text=text.name):
                self.assertNotRegex(str(text.body), r"[^\u00a0] [:;!?»]|'|« ")
