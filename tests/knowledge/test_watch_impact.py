"""What an annulled article touches: exactly what cites it, reviewed one after the other."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.commune_relations.models.knowledge.review.reviewable_models import get_word

from .impact_case import ImpactCase

# Where the addon keeps texts of law, read here by PostgreSQL alone: table -> columns.
TABLES = {
    "commune.legal.basis": "code quote citation text obligations source version_read",
    "commune.agreement.clause": "name body",
    "commune.notice.rule": "legal_source legal_text",
    "commune.work.rule": "name source",
    "commune.obligation": "name source note",
    "commune.legal.value": "source note",
    "commune.election": "source",
    "commune.police.power": "legal_source",
    "commune.canned.answer": "name body",
}
# “L5211-4-2”, “L. 5211-4-2”, with any space; neither “L. 5211-4-21” nor “L. 5211-4-2-1”.
CITED = r"L\.?(?:[\s\u00a0\u202f]|&nbsp;)*5211-4-2(?![\d-])"


@tagged("post_install", "-at_install")
class TestImpact(ImpactCase):
    def test_exactly_what_cites_the_article(self):
        found = self._find()
        total = 0
        for model, columns in TABLES.items():
            with self.subTest(model):
                wanted = self._look_by_sql(model, columns.split())
                self.assertEqual(found.get(model, set()), wanted)
                total += len(wanted)
        self.assertGreater(total, 2)

    def _look_by_sql(self, model, columns):
        """Active records that cite the article, in English as the test reads them."""
        record = self.env[model]
        self.env.flush_all()
        texts = [
            SQL("%s->>'en_US'", SQL.identifier(name))
            if record._fields[name].translate
            else SQL("%s", SQL.identifier(name))
            for name in columns
        ]
        where = SQL(" OR ").join(SQL("%s ~ %s", text, CITED) for text in texts)
        active = SQL("AND active") if "active" in record._fields else SQL()
        table = SQL.identifier(record._table)
        rows = self.env.execute_query(SQL("SELECT id FROM %s WHERE (%s) %s", table, where, active))
        return {row[0] for row in rows}

    def test_a_thing_bears_the_name_that_people_give_it(self):
        french = self.env(context={"lang": "fr_FR"})
        words = [get_word(french, model) for model in ("agreement", "helpdesk.ticket")]
        self.assertEqual(words, ["Convention", "Demande"])
        self.assertNotIn("ticket", get_word(french, "commune.guide").lower())

    def test_an_officer_finds_the_same_rules_as_a_manager(self):
        item = self._make_item(legal_text="décret n° 2000-815")
        found = set(item.with_user(self.officer)._find_touched())
        self.assertEqual(found, set(item.with_user(self.manager)._find_touched()))
        self.assertIn("commune.work.rule", {model for model, _id in found})

    def test_guides_whatever_the_writing(self):
        cite = [
            "Selon l’article L5211-4-2 du CGCT, …",
            "CGCT, art.&nbsp;L.&nbsp;5211-4-2, III",
            "articles L. 5211-4-1 et L. 5211-4-2",
            "articles L. 5211-4-1 et suivants",
            "L. 5211-1 à L. 5211-5 du code général des collectivités territoriales",
        ]
        other = [
            "CGCT, art. L. 5211-4-1",
            "CGCT, art. L. 5211-4-3",
            "CGCT, art. R. 5211-4-2",
            "L. 5211-4-2 du code de la commande publique",
            "Appeler le 03 52 11 42 00",
        ]
        guides = [self._make_guide(text) for text in cite]
        kept_out = [self._make_guide(text) for text in other]
        found = self._find().get("commune.guide", set())
        self.assertLessEqual({guide.id for guide in guides}, found)
        self.assertFalse({guide.id for guide in kept_out} & found)

    def test_the_reason_quotes_the_words(self):
        guide = self._make_guide("Avant la lettre, selon l’article L. 5211-4-2 du CGCT, on signe.")
        match, reason = self.item._find_touched()["commune.guide", guide.id]
        self.assertEqual(match, "reference")
        self.assertIn("selon l’article L. 5211-4-2 du CGCT, on signe", reason)

    def test_a_thing_is_read_verbatim_with_its_passage_marked(self):
        """No sign of another language (`**Article**`) where words are bold; each citation is
        marked, that of another article is not; what would run in a browser is gone."""
        guide = self._make_guide(
            "<strong>Article 1</strong> – selon l’article L. 5211-4-2 du <b>CGCT</b>, puis"
            " l’article L. 2121-29 du CGCT.</p><ul><li>CGCT, art. L. 5211-4-2</li></ul><p>Fin"
        )
        guide.name = "Signer & <convenir>"
        [review] = self.item._make_reviews(self.item._find_touched()).filtered(
            lambda one: (one.res_model, one.res_id) == (guide._name, guide.id)
        )
        self.assertNotIn("*", review.reason)
        page = etree.HTML(review.with_user(self.officer).text)
        marked = [one.xpath("string()") for one in page.iterfind(".//mark")]
        self.assertEqual(marked, ["article L. 5211-4-2", "art. L. 5211-4-2"])
        self.assertEqual(page.xpath("//strong/text()"), ["Article 1"])
        self.assertEqual(len(page.xpath("//li")), 1)
        self.assertIn("Signer & <convenir>", page.xpath("string()"))
        self.assertNotIn("*", page.xpath("string()"))

    def test_a_topic_touches_all_that_is_on_it_and_open_requests_only(self):
        item = self._make_item(legal_text=False, topic_ids=[Command.set(self.topic.ids)])
        same = self._make_guide("Le plan local", self.topic)
        separate = self._make_guide("Le permis de construire", self.other)
        Ticket = self.env["helpdesk.ticket"]
        values = {"name": "PLUi", "description": "?", "commune_id": self.commune_a.id}
        requests = Ticket.create(
            [
                {**values, "topic_id": self.topic.id},
                {**values, "topic_id": self.other.id},
                {**values, "topic_id": self.topic.id},
            ]
        )
        closed = self.env["helpdesk.ticket.stage"].search([("kind", "=", "closed")], limit=1)
        requests[2].sudo().stage_id = closed
        self.env.flush_all()
        found = self._find(item)
        self.assertIn(same.id, found["commune.guide"])
        self.assertNotIn(separate.id, found["commune.guide"])
        self.assertEqual(found["helpdesk.ticket"], {requests[0].id})

    def test_a_family_touches_all_its_topics(self):
        item = self._make_item(legal_text=False, topic_ids=[Command.set(self.family.ids)])
        guides = self._make_guide("Un", self.topic) | self._make_guide("Deux", self.other)
        self.assertLessEqual(set(guides.ids), self._find(item)["commune.guide"])

    def test_a_convention_on_an_annulled_basis(self):
        basis = self.env["commune.legal.basis"].search([("code", "=", "L5211-4-2")])
        convention = self.env["agreement"].create(
            {
                "name": "Service commun",
                "commune_id": self.commune_a.id,
                "legal_basis_id": basis.id,
            }
        )
        self.assertIn(convention.id, self._find()["agreement"])

    def test_nothing_is_made_before_it_is_agreed(self):
        guide = self._make_guide("CGCT, art. L. 5211-4-2")
        action = self.item.action_find_touched()
        search = self.env[action["res_model"]].browse(action["res_id"])
        self.assertFalse(self.item.review_ids)
        line = search.line_ids.filtered(lambda one: one.res_model == "commune.guide")
        self.assertIn(guide.display_name, line.mapped("name"))
        self.assertIn("1", search.summary)
        (search.line_ids - line).is_kept = False
        search.action_make()
        self.assertEqual(self.item.review_ids.mapped("res_model"), ["commune.guide"])
        again = self.item.action_find_touched()
        known = self.env[again["res_model"]].browse(again["res_id"]).line_ids.filtered("is_known")
        self.assertEqual(known.mapped("res_id"), [guide.id])

    def test_found_again_adds_what_is_new_and_no_twin(self):
        self._make_guide("CGCT, art. L. 5211-4-2")
        first = self.item._make_reviews(self.item._find_touched())
        self._make_guide("L5211-4-2")
        second = self.item._make_reviews(self.item._find_touched())
        self.assertEqual(len(second), 1)
        self.assertEqual(self.item.review_count, len(first) + 1)

    def test_only_what_is_annulled_or_changed_touches(self):
        item = self._make_item(kind="law", legal_text="loi n° 2023-1380")
        with self.assertRaisesRegex(UserError, "annulled"):
            item.action_find_touched()

    def test_one_after_the_other_until_the_last(self):
        for text in ("L5211-4-2 un", "L5211-4-2 deux"):
            self._make_guide(text)
        touched = {
            thing: found
            for thing, found in self.item._find_touched().items()
            if thing[0] == "commune.guide"
        }
        first, second = self.item._make_reviews(touched).sorted("id")
        self.assertEqual(first.action_next()["res_id"], second.id)
        self.assertEqual(first.action_previous()["res_id"], second.id)
        self.assertEqual(first.action_unchanged()["res_id"], second.id)
        self.assertEqual(self.item.review_left, 1)
        self.assertEqual(second.action_changed()["tag"], "display_notification")
        self.assertEqual((first.state, second.state), ("unchanged", "changed"))
        self.assertEqual(first.date, self.today)
        self.assertFalse(self.item.activity_ids)

    def test_the_communes_read_that_it_is_under_review(self):
        guide = self._make_guide("L5211-4-2", for_elected=True)
        guide.action_publish()
        self.assertFalse(guide.is_under_review)
        review = self.item._make_reviews({("commune.guide", guide.id): ("reference", "L5211-4-2")})
        guide.invalidate_recordset()
        self.assertTrue(guide.is_under_review)
        found = guide.search([("is_under_review", "=", True)])
        self.assertIn(guide, found)
        self.assertNotIn(guide, guide.search([("is_under_review", "=", False)]))
        review.action_unchanged()
        guide.invalidate_recordset()
        self.assertFalse(guide.is_under_review)

    def test_a_referent_settles_their_own_only(self):
        guide = self._make_guide("L5211-4-2")
        answer = self.env["commune.canned.answer"].create({"name": "A", "body": "L5211-4-2"})
        guide.user_id = self.referent
        own, other = self.item._make_reviews(
            {
                ("commune.guide", guide.id): ("reference", "L5211-4-2"),
                ("commune.canned.answer", answer.id): ("reference", "L5211-4-2"),
            }
        )
        own.with_user(self.referent).action_unchanged()
        self.assertEqual(own.state, "unchanged")
        with self.assertRaises(AccessError):
            other.with_user(self.referent).action_unchanged()

    def test_the_message_waits_for_an_approval(self):
        item = self._make_item(legal_text=ARTICLE_OF_PLANS, population_max=1000)
        action = item.action_draft_message()
        letter = self.env["mailing.mailing"].browse(action["res_id"])
        self.assertEqual((letter.state, letter.approval_state), ("draft", "draft"))
        self.assertEqual(letter.audience_ids.commune_ids, self.commune_b)
        self.assertIn("Relire les conventions.", letter.body_html)
        self.assertIn("art.&nbsp;L.&nbsp;153-36", letter.body_html)
        self.assertEqual(item.action_draft_message()["res_id"], letter.id)
        with self.assertRaises(UserError):
            letter.action_launch()
        self.assertFalse(letter.sent_date)

    def test_a_title_is_no_program_of_the_letter(self):
        """Odoo fills what is between double braces in a subject; titles come from outside."""
        item = self._make_item(name="Loi {{ 6 * 7 }} {{ object.name }}").with_user(self.officer)
        letter = self.env["mailing.mailing"].browse(item.action_draft_message()["res_id"])
        person = self.portal_a.partner_id
        subject = letter.sudo()._render_field("subject", person.ids)[person.id]
        self.assertIn("6 * 7", subject)
        self.assertNotIn(person.name, subject)

    def test_a_referent_reads_of_no_request_but_their_own(self):
        ticket = self.env["helpdesk.ticket"].create(
            {"name": "Voisins", "description": "Essai", "topic_id": self.topic.id}
        )
        service = self.env["commune.canned.answer"].create({"name": "Essai", "body": "<p>A</p>"})
        reviews = self.item._make_reviews(
            {
                ("helpdesk.ticket", ticket.id): ("topic", "Sujet"),
                ("commune.canned.answer", service.id): ("topic", "Sujet"),
            }
        )
        read = (
            self.env["commune.review"].with_user(self.referent).search([("id", "in", reviews.ids)])
        )
        self.assertEqual(read.mapped("res_model"), ["commune.canned.answer"])
        reviews.sudo().filtered(lambda one: one not in read).user_id = self.referent
        self.assertEqual(read.search_count([("id", "in", reviews.ids)]), 2)

    def test_texts_are_recognised_when_an_item_comes(self):
        item = self.env["commune.watch.item"].create(
            {"name": "Loi n°2023-1380 du 30 décembre 2023 : secrétaires de mairie"}
        )
        self.assertEqual(item.legal_text, "loi n°\u00a02023-1380 du 30 décembre 2023")
        self.assertIn("/eli/loi/2023/12/30/2023-1380/jo/texte", item.legal_links)

    def test_the_same_queries_whatever_the_number(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.item._find_touched()
            return self.env.cr.sql_log_count - before

        self._make_guide("L5211-4-2 premier")
        self.item._find_touched()
        few = count()
        for number in range(30):
            self._make_guide(f"L5211-4-2 numéro {number}", self.topic)
        self.assertLessEqual(count(), few + 1)


ARTICLE_OF_PLANS = "code de l’urbanisme, art. L. 153-36"
