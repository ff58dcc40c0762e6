"""Results of three communes against figures worked out by hand; sheet and document."""

import io
from datetime import timedelta

from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import tagged

from .survey_case import SurveyCase

NBSP = "\N{NO-BREAK SPACE}"


@tagged("post_install", "-at_install")
class TestSurveyResults(SurveyCase):
    """Aubrive (4,200) answers yes with 1 agent, Bellefontaine (640) no with 2, Clairval (160) no
    with 6; 5,000 inhabitants together."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.action_open()
        mayor_a, mayor_b = cls.portal_a.partner_id, cls.portal_b.partner_id
        cls._answer(
            cls.commune_a, mayor_a, mayor_a, agents=1, themes=("Budget", "Urbanisme"), remark="=2+2"
        )
        cls._answer(cls.commune_b, mayor_b, mayor_b, shared="Non", agents=2, themes=("Budget",))
        cls._answer(cls.commune_c, cls.mayor_c, cls.mayor_c, shared="Non", agents=6, themes=())

    def _shown(self, start):
        campaign = self.campaign.with_context(lang="fr_FR")
        return next(
            question
            for question in campaign._get_results_shown()["questions"]
            if question["title"].startswith(start)
        )

    def test_choice_raw_and_weighted(self):
        rows = dict(self._shown("Voulez-vous")["rows"])
        # 1 of 3 communes; 4,200 of 5,000 inhabitants; no small commune, the large one.
        self.assertEqual(rows["Oui"], ["1", f"33{NBSP}%", f"84{NBSP}%", f"0{NBSP}%", f"100{NBSP}%"])
        self.assertEqual(rows["Non"], ["2", f"67{NBSP}%", f"16{NBSP}%", f"100{NBSP}%", f"0{NBSP}%"])

    def test_several_choices_on_those_who_chose(self):
        shown = self._shown("Quels")
        self.assertEqual(shown["answered"], 2)
        rows = dict(shown["rows"])
        # Budget: both; Urbanisme: Aubrive, 4,200 of 4,840 inhabitants = 86.8 %.
        self.assertEqual(rows["Budget"][:3], ["2", f"100{NBSP}%", f"100{NBSP}%"])
        self.assertEqual(rows["Urbanisme"][:3], ["1", f"50{NBSP}%", f"87{NBSP}%"])

    def test_numbers(self):
        rows = {label: cells[0] for label, cells in self._shown("Combien")["rows"]}
        # (1 + 2 + 6) / 3; (4,200 + 1,280 + 960) / 5,000 = 1.288
        self.assertEqual(list(rows.values()), ["3,00", "1,29", "9"])

    def test_small_groups_are_not_shown_anywhere(self):
        self.campaign.minimum_group = 2
        few = self.env["ir.qweb"].with_context(lang="fr_FR").env._("Too few answers")
        rows = dict(self._shown("Voulez-vous")["rows"])
        # Aubrive has 4,200 of the 5,000 inhabitants: “84 %” would be its answer.
        self.assertEqual(rows["Oui"][:3], ["1", f"33{NBSP}%", "–"])
        # The large band is Aubrive alone; the other would give it away.
        self.assertEqual(rows["Oui"][3:], [few, few])
        # Three communes are asked: the share of their inhabitants would reveal who is silent.
        shown = self.campaign._get_results_shown()
        self.assertEqual([row[4] for row in shown["rates"]], ["–"] * 3)
        self.assertIn("10", shown["rates_note"])
        self.campaign.minimum_group = 4
        self.assertTrue(self._shown("Voulez-vous")["hidden"])
        self.assertNotIn("84", str(self.campaign._get_results_shown()["questions"]))
        self.assertNotIn("84", self.campaign.results_html.split("question mb-4")[1])

    def test_response_rate(self):
        self._target(self.commune_c).action_reopen()
        shown = self.campaign._get_results_shown()
        rates = shown["rates"]
        self.assertEqual(shown["rates_note"], "", "a minimum of one asks for no secrecy")
        # 2 of 3 communes, 4,840 of 5,000 inhabitants = 96.8 %
        self.assertEqual(rates[0][1:], ["3", "2", f"67{NBSP}%", f"97{NBSP}%"])
        self.assertEqual(rates[1][1:], ["2", "1", f"50{NBSP}%", f"80{NBSP}%"])

    def test_free_texts_are_not_published(self):
        shown = self._shown("Des rem")
        self.assertEqual((shown["answered"], shown["rows"]), (1, []))
        self.assertNotIn("=2+2", str(self.campaign.results_html))

    def _export(self):
        report = self.env["report.commune_relations.survey_answers_xlsx"].with_user(self.officer)
        content, kind = report.create_xlsx_report(self.campaign.ids, {})
        self.assertEqual(kind, "xlsx")
        return load_workbook(io.BytesIO(content))

    def test_the_sheet_has_one_line_per_commune(self):
        self._target(self.commune_c).action_reopen()
        page = self._export().worksheets[0]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
        self.assertEqual([row[1] for row in rows], ["Aubrive", "Bellefontaine", "Clairval"])
        aubrive, _second, clairval = rows
        self.assertEqual(aubrive[0], "57901")
        self.assertEqual(aubrive[2], 4200)
        self.assertEqual(aubrive[9:], ["Oui", 1, "Budget; Urbanisme", 7, "=2+2"])
        self.assertEqual(page["N3"].data_type, "s", "a text is never a formula")
        self.assertEqual(clairval[9:], [None] * 5)
        logs = self.env["commune.export.log"].search([], order="id desc", limit=1)
        self.assertEqual((logs.user_id, logs.person_count), (self.officer, 2))

    def test_the_sheet_is_in_the_order_of_a_directory(self):
        """Of bytes, Chieulles and Yutz would come before Châtel and Étain."""
        names = ("Chieulles", "Étain", "Châtel")
        for commune, name in zip(self.communes, names, strict=True):
            commune.name = name
        page = self._export().worksheets[0]
        rows = [row[1].value for row in page.iter_rows(min_row=3)]
        self.assertEqual(rows[:3], ["Châtel", "Chieulles", "Étain"])

    def test_weights_that_would_reveal_one_commune_are_left_out_with_the_reason(self):
        """With a secret of two communes Aubrive, 4,200 of 5,000 inhabitants, is not read."""
        numbers = "Combien"
        self.assertFalse(self._shown(numbers)["weight_note"])
        self.campaign.minimum_group = 2
        reason = self.campaign.with_context(lang="fr_FR")._get_weight_note()
        for start in ("Voulez-vous", numbers):
            self.assertEqual(self._shown(start)["weight_note"], reason)
        means = [cells[0] for _label, cells in self._shown(numbers)["rows"]]
        self.assertEqual(means, ["3,00", "–", "9"])
        self.campaign.invalidate_recordset(["results_html"])
        page = self.campaign.with_context(lang="fr_FR").results_html
        # Under the rates, for the four tables whose weights are left out.
        self.assertEqual(page.count(reason), 1)
        rows = [[c.value for c in row] for row in self._export().worksheets[1].iter_rows(min_row=3)]
        yes = next(row for row in rows if row[1] == "Oui")
        self.assertEqual(yes[3:7], [3, 1, 0.33, None])
        self.assertTrue(yes[-1])

    def test_the_sheet_of_results_keeps_the_rule(self):
        page = self._export().worksheets[1]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]
        yes = next(row for row in rows if row[1] == "Oui")
        self.assertEqual(yes[3:7], [3, 1, 0.33, 0.84])
        self.campaign.minimum_group = 4
        rows = [[c.value for c in row] for row in self._export().worksheets[1].iter_rows(min_row=3)]
        self.assertFalse([row for row in rows if row[1] == "Oui"])

    def test_the_document(self):
        self.campaign.action_close()
        self.env["commune.survey.action"].create(
            {
                "campaign_id": self.campaign.id,
                "feedback_summary": "Vous manquez d’agents",
                "name": "Un vivier",
            }
        )
        report = self.env["ir.actions.report"].with_user(self.reader)
        html, _kind = report._render_qweb_html(
            "commune_relations.survey_results", self.campaign.ids
        )
        text = html.decode()
        self.assertIn("Un vivier", text)
        self.assertIn(f"84{NBSP}%", text)
        self.assertNotIn("=2+2", text)

    def test_the_queries_do_not_grow_with_the_communes(self):
        before = self._count_queries()
        communes = self.env["res.partner"].union(
            *(self._commune(f"Commune{i}", f"5791{i}", 100 + i) for i in range(6))
        )
        self.campaign._create_targets(communes)
        for commune in communes:
            mayor = self.mayor_c.copy()
            self._mandate(mayor, commune, "mayor")
            self._answer(commune, mayor, mayor)
        self.assertLessEqual(self._count_queries(), before)
        self.assertEqual(self.campaign.done_count, 9)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self.campaign._get_results()
        return self.env.cr.sql_log_count - start

    def test_shares_that_are_not_100_together_explain_why(self):
        self.assertTrue(self._shown("Quels")["note"], "several choices were possible")
        # 33 and 67 %, 84 and 16 %: nothing to explain.
        self.assertEqual(self._shown("Voulez-vous")["note"], "")
        self.assertEqual(self._shown("Combien")["note"], "")
        survey = self.survey.copy()
        question = self._question("Voulez-vous", survey)
        question.suggested_answer_ids = [Command.create({"value": "Plus tard"})]
        campaign = self._campaign(survey_id=survey.id)
        campaign.action_open()
        for commune, person, words in [
            (self.commune_a, self.portal_a.partner_id, "Oui"),
            (self.commune_b, self.portal_b.partner_id, "Non"),
            (self.commune_c, self.mayor_c, "Plus tard"),
        ]:
            self._answer(commune, person, person, campaign, shared=words)
        shown = campaign._get_results_shown()["questions"][0]
        # Three thirds: 33 % each, 99 % together.
        self.assertEqual([cells[1] for _label, cells in shown["rows"]], [f"33{NBSP}%"] * 3)
        self.assertTrue(shown["note"])

    def test_an_answer_in_their_own_words_counts_where_the_question_says_so(self):
        question = self._question("Quels")
        question.write({"comments_allowed": True, "comment_count_as_answer": True})
        self._target(self.commune_c).action_reopen()
        draft = self._target(self.commune_c)._get_answers()
        draft._save_lines(question, [], comment="Le numérique", overwrite_existing=True)
        draft._mark_done()
        self._target(self.commune_c)._validate(draft, self.mayor_c)
        shown = self._shown("Quels")
        self.assertEqual(shown["answered"], 3)
        # The last row: Clairval, 160 of 5,000 inhabitants; Budget is 2 of 3 then.
        self.assertEqual(shown["rows"][-1][1][:3], ["1", f"33{NBSP}%", f"3{NBSP}%"])
        self.assertEqual(dict(shown["rows"])["Budget"][1], f"67{NBSP}%")

    def test_a_population_that_is_not_known_is_reported_and_weighs_nothing(self):
        self.assertEqual(self.campaign._get_results_shown()["weightless"], 0)
        self.commune_b.population = 0
        self.assertEqual(self.campaign._get_results_shown()["weightless"], 1)
        rows = dict(self._shown("Voulez-vous")["rows"])
        # 4,200 of the 4,360 inhabitants that are known = 96.3 %; Aubrive is still 1 of 3.
        self.assertEqual(rows["Oui"][:3], ["1", f"33{NBSP}%", f"96{NBSP}%"])
        self.communes.population = 0
        self.assertEqual(dict(self._shown("Voulez-vous")["rows"])["Oui"][2], "–")

    def test_another_year_is_separate(self):
        following = self.campaign.copy({"date_end": self.today + timedelta(days=5)})
        following.action_open()
        self.assertEqual(following._get_results_shown()["rates"][0][2], "0")
