"""Answers published without names, and found again in French."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .answer_case import AnswerCase

WIZARD = "commune_relations.commune_request_publish_view_form"


@tagged("post_install", "-at_install")
class TestPublish(AnswerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci
        cls.request.answer_html = (
            "<p>Madame Aubry, le trou devant le 12 rue des Lilas à Aubrive sera rebouché."
            " Écrivez à <a href='mailto:a.b@example.org'>notre agent</a> ou au 03 87 00 00 00.</p>"
        )
        cls.request.with_user(cls.referent).action_send_answer()

    def _form(self, user):
        Wizard = self.env["commune.request.publish"].with_user(user)
        return Form(Wizard.with_context(default_ticket_id=self.request.id), view=WIZARD)

    def _publish(self, question, answer, **values):
        published = self.env["commune.published.answer"].create(
            {"topic_id": self.topic.id, "question": question, "answer": answer, **values}
        )
        published.action_publish()
        return published

    def test_names_are_taken_out_and_shown(self):
        form = self._form(self.officer)
        for name in ("Aubry", "Aubrive", "12 rue", "a.b@", "03 87"):
            self.assertNotIn(name, form.answer + form.question)
        self.assertIn("[commune]", form.answer)
        self.assertIn("Aubrive", form.replacements)
        self.assertEqual(form.topic_id, self.topic)

    def test_an_agent_reads_before_it_is_published(self):
        form = self._form(self.officer)
        with self.assertRaisesRegex(UserError, "Read both texts"):
            form.save().action_publish()
        form = self._form(self.officer)
        form.is_read = True
        form.save().action_publish()
        published = self.request.published_answer_ids
        self.assertEqual(published.state, "published")
        self.assertEqual(published.date_published, self.today)
        self.assertEqual(published.author_id, self.officer)

    def test_a_name_that_remains_stops_the_publication(self):
        form = self._form(self.officer)
        form.answer = "Le maire d’AUBRIVE l’a dit."
        form.is_read = True
        with self.assertRaisesRegex(UserError, "AUBRIVE.*maire d’AUBRIVE"):
            form.save().action_publish()

    def test_nothing_hides_in_a_tag_nor_in_a_link(self):
        for body in (
            "<p>Voir <a href='https://www.aubrive.example/'>le site</a></p>",
            "<p>Aub<b>rive</b></p>",
            "<p><img src='/x.png' alt='Photo Anne AUBRY'/></p>",
            "<p>agent@example.org</p>",
        ):
            draft = self.env["commune.published.answer"].create(
                {"topic_id": self.topic.id, "question": "Q", "answer": body}
            )
            with self.subTest(body=body), self.assertRaisesRegex(UserError, "still stands"):
                draft.action_publish()

    def test_a_published_text_is_checked_at_each_change(self):
        published = self._publish("Un trou ?", "<p>Appelez-nous.</p>")
        with self.assertRaisesRegex(UserError, "Aubrive"):
            published.with_user(self.officer).question = "Un trou à Aubrive ?"

    def test_referents_propose_officers_publish(self):
        form = self._form(self.referent)
        form.is_read = True
        form.save().action_propose()
        draft = self.request.published_answer_ids
        self.assertEqual(draft.state, "draft")
        with self.assertRaises(AccessError):
            draft.with_user(self.referent).action_publish()
        with self.assertRaises(UserError):
            draft.with_user(self.officer).state = "published"
        draft.with_user(self.officer).action_publish()
        self.assertEqual(draft.state, "published")
        self.assertFalse(draft.with_user(self.employee).search([("id", "=", draft.id)]) - draft)
        with self.assertRaises(AccessError):
            draft.with_user(self.employee).read(["ticket_id"])
        with self.assertRaises(UserError):
            draft.unlink()

    def test_drafts_are_for_those_who_answer(self):
        draft = self.env["commune.published.answer"].create(
            {"topic_id": self.topic.id, "question": "Q", "answer": "<p>R</p>"}
        )
        self.assertTrue(draft.with_user(self.reader).has_access("read"))
        self.assertFalse(draft.with_user(self.employee).has_access("read"))
        self.assertFalse(draft.with_user(self.portal_a).has_access("read"))

    def test_a_person_has_one_opinion_which_may_change(self):
        published = self._publish("Un trou ?", "<p>Appelez-nous.</p>")
        a, b = self.portal_a.partner_id, self.portal_b.partner_id
        for person, useful in ((a, True), (a, True), (b, True), (a, False)):
            published._give_opinion(person, useful)
        self.assertEqual((published.useful_count, published.useless_count), (1, 1))
        self.assertEqual(published._get_opinions(a), {published.id: False})


@tagged("post_install", "-at_install")
class TestSimilar(AnswerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Answer = cls.env["commune.published.answer"]
        cls.pothole, cls.bins, cls.bus = Answer.create(
            [
                {"topic_id": cls.topic.id, "question": question, "answer": answer}
                for question, answer in (
                    ("Nid de poule sur la chaussée", "<p>Nos équipes rebouchent en 48 heures.</p>"),
                    ("Poubelles non ramassées", "<p>Le collecteur repasse le lendemain.</p>"),
                    ("Arrêt de bus déplacé", "<p>Le délégataire étudie le déplacement.</p>"),
                )
            ]
        )
        (cls.pothole | cls.bins | cls.bus).action_publish()

    def _similar(self, question, **options):
        return self.env["commune.published.answer"]._search_similar(question, **options)

    def test_found_in_other_words_forms_and_accents(self):
        for question, expected in (
            ("nids de poules", self.pothole),
            ("NIDS DE POULE CHAUSSEE", self.pothole),
            ("ma poubelle n'a pas été ramassée", self.bins),
            ("déplacer un arret de bus", self.bus),
            ("le collecteur n'est pas repassé", self.bins),
        ):
            with self.subTest(question=question):
                self.assertEqual(self._similar(question)[:1], expected)

    def test_nothing_when_nothing_is_alike(self):
        for question in ("piscine municipale", "le la les de", "", None, "   "):
            with self.subTest(question=question):
                self.assertFalse(self._similar(question))

    def test_drafts_and_withdrawn_answers_are_not_found(self):
        self.pothole.action_archive()
        self.assertFalse(self._similar("nid de poule"))

    def test_odd_questions_break_nothing(self):
        for question in (
            "'; DROP TABLE commune_published_answer; --",
            "\U0001f573\ufe0f\U0001f6b2",
            "nid \x00 de \\ poule",
            "\ud800 nid de poule",
            "nid & | ! ( ) <-> :* poule",
            "%s %(x)s {0} $$",
            "nid de poule " * 2000,
            "a" * 20000,
            "é" * 3000 + " poule",
        ):
            with self.subTest(question=repr(question[:40])):
                self._similar(question)
        self.assertEqual(self._similar("nid \x00 de \\ poule")[:1], self.pothole)

    def test_the_topic_that_is_meant_comes_first(self):
        other = self.env["commune.topic"].create(
            {"name": "Autre", "code": "TST-2", "parent_id": self.family.id}
        )
        twin = self.pothole.copy({"topic_id": other.id})
        twin.action_publish()
        self.assertEqual(self._similar("nid de poule", topic=other)[:1], twin)
        self.assertEqual(self._similar("nid de poule", topic=self.topic)[:1], self.pothole)
        self.assertEqual(len(self._similar("nid de poule", limit=1)), 1)

    def test_two_queries_whatever_the_question(self):
        self._similar("nid de poule")
        self.env.flush_all()
        with self.assertQueryCount(2):
            self._similar("un nid de poule devant la poubelle à l'arrêt de bus " * 20)
