"""One search: what is found, by whom, in its current state."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.commune_relations.models.requests.finder import finder as finder_model

from .request_case import RequestCase


@tagged("post_install", "-at_install")
class TestFinder(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.published, cls.draft = cls.env["commune.published.answer"].create(
            [
                {
                    "topic_id": cls.road_topic.id,
                    "question": "Qui rebouche un nid de poule ?",
                    "answer": "<p>Le pôle voirie, sous <b>dix jours</b>.</p>",
                },
                {
                    "topic_id": cls.road_topic.id,
                    "question": "Qui rebouche un nid de poule la nuit ?",
                    "answer": "<p>Personne encore.</p>",
                },
            ]
        )
        cls.published.action_publish()

    def _find(self, question, user=None, **options):
        return self.env["commune.finder"].with_user(user or self.officer)._find(question, **options)

    def _keys(self, found):
        return [(one["kind"], one["id"]) for one in found]

    def test_topics_and_answers_with_the_words_that_were_typed(self):
        found = self._find("Des NIDS DE POULES partout")
        self.assertIn(("topic", self.road_topic.id), self._keys(found))
        self.assertIn(("answer", self.published.id), self._keys(found))
        self.assertNotIn(("answer", self.draft.id), self._keys(found))
        answer = next(one for one in found if one["kind"] == "answer")
        self.assertEqual(answer["title"], "Qui rebouche un nid de poule ?")
        self.assertIn("NIDS", " ".join(answer["reasons"]))
        scores = [one["score"] for one in found]
        self.assertEqual(scores, sorted(scores, reverse=True))

    def test_only_the_kinds_asked_for_and_no_more_than_the_limit(self):
        found = self._find("nid de poule", kinds=["answer"])
        self.assertEqual(self._keys(found), [("answer", self.published.id)])
        self.assertEqual(len(self._find("nid de poule", limit=1)), 1)
        self.assertEqual(self._find("nid de poule", kinds=[]), [])

    def test_what_changes_is_found_at_once_and_withdrawn_at_once(self):
        self.assertEqual(self._find("zorglub"), [])
        self.published.question = "Que faire d’un zorglub ?"
        self.assertEqual(self._keys(self._find("zorglub")), [("answer", self.published.id)])
        self.published.action_archive()
        self.assertEqual(self._find("zorglub"), [])

    def test_a_counter_of_opinions_makes_nothing_anew(self):
        library = self.env["commune.finder"]._get_library()
        self.published._give_opinion(self.portal_a.partner_id, True)
        self.assertIs(self.env["commune.finder"]._get_library(), library)

    def test_what_is_kept_is_not_read_again_and_what_changed_is(self):
        finder, read = self.env["commune.finder"], []
        before = self._find("nid de poule", limit=50)

        def note(model, kind, source, ids):
            read.extend(ids)
            return self.reading(model, kind, source, ids)

        self.reading = type(finder)._read_documents
        with patch.object(finder_model, "MOST_FRESH", 1):
            finder._cron_keep_library()
        with patch.object(type(finder), "_read_documents", note):
            self.env.registry.clear_cache()
            self.assertEqual(self._find("nid de poule", limit=50), before)
            self.assertEqual(read, [])
            self.published.question = "Que faire d’un zorglub ?"
            self.env.flush_all()
            # As a transaction of later does.
            self.env.cr.execute(
                "UPDATE commune_published_answer SET write_date = '2030-01-01' WHERE id = %s",
                [self.published.id],
            )
            self.assertEqual(self._keys(self._find("zorglub")), [("answer", self.published.id)])
            self.assertEqual(read, self.published.ids)
            self.published.action_archive()
            self.assertEqual(self._find("zorglub"), [])

    def test_little_is_not_kept(self):
        finder = self.env["commune.finder"]
        finder._cron_keep_library()
        self.assertFalse(finder._get_kept())

    def test_a_commune_is_informed_while_a_mandate_lasts_and_for_itself(self):
        own = self._find("nid de poule", self.portal_a, commune=self.commune_a)
        self.assertIn(("answer", self.published.id), self._keys(own))
        others = self._find("nid de poule", self.portal_a, commune=self.commune_b)
        self.assertEqual(others, [])
        self.assertEqual(self._find("nid de poule", self.portal_ended), [])

    def test_answers_go_with_their_pillar(self):
        self.env.company.uses_knowledge = False
        self.assertEqual(self._find("nid de poule", kinds=["answer"]), [])

    def test_text_without_meaning_finds_nothing(self):
        for question in (None, "", "  ", "?!", "😀" * 40, "x" * 20000, "'; DROP TABLE", "42"):
            with self.subTest(question=(question or "")[:10]):
                self.assertEqual(self._find(question, kinds=["answer"]), [])

    def test_one_query_for_the_rights_whatever_was_found(self):
        self.env["commune.published.answer"].create(
            [
                {
                    "topic_id": self.road_topic.id,
                    "question": f"Le nid de poule numéro {number}",
                    "answer": "<p>Oui.</p>",
                }
                for number in range(40)
            ]
        ).action_publish()
        self._find("nid de poule", self.portal_a, commune=self.commune_a)
        self.env.flush_all()
        start = self.env.cr.sql_log_count
        found = self._find("nid de poule", self.portal_a, limit=50, commune=self.commune_a)
        self.assertGreater(len(found), 40)
        self.assertLessEqual(self.env.cr.sql_log_count - start, 4)
