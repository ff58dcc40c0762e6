"""What the communes and the officer read: sheets, costs, signed copies, names of files."""

import io

from openpyxl import load_workbook

from odoo.tests import HttpCase, freeze_time, tagged

from ..common import CommuneCase
from .service_case import make_agreement, make_offer, make_service, on_paper, sign_for_commune


@tagged("post_install", "-at_install")
class TestServiceWords(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = make_service(cls)
        cls.offer = make_offer(cls, cls.service, kind="unit", unit=38, unit_name="acte")

    def test_who_may_subscribe_is_shown_once(self):
        lines = self.service._get_audience_lines
        label = self.service._get_audience_label()
        self.assertEqual(lines(), [label])
        self.service.audience = "Mairies sans juriste"
        self.assertEqual(lines(), [label, "Mairies sans juriste"])
        self.service.audience = f"{label}: it is compulsory."
        self.assertEqual(lines(), [f"{label}: it is compulsory."])

    def test_fewer_than_ten_thousand_rather_than_9999_at_most(self):
        self.service.write({"scope": "population", "population_max": 9999})
        figures = "".join(c for c in self.service._get_audience_label() if c.isdigit())
        self.assertEqual(figures, "10000")
        self.service.population_max = 1000
        figures = "".join(c for c in self.service._get_audience_label() if c.isdigit())
        self.assertEqual(figures, "1000")

    def test_80_percent_is_the_same_everywhere(self):
        """2.4 of 3: binary floats give 0.7999999999999999."""
        line = self._subscribe("2026-01-01")
        line.forecast_quantity = 3
        self._use(line, 2.4)
        with freeze_time("2026-11-25"):
            line.invalidate_recordset(["used_ratio"])
            self.assertEqual(line.used_ratio, 0.8)
        self.assertTrue(
            self.env["commune.service.year"]._get_service_costs(self.commune_a, 2026)["lines"][0][
                "alert"
            ]
        )

    def test_a_use_without_forecast_is_shown_to_the_commune(self):
        line = self._subscribe("2026-01-01")
        self._use(line, 2.5)
        self.authenticate("test_mayor_a", "test_mayor_a")
        text = self.url_open("/my/services/mine?year=2026").text
        self.assertRegex(text, r"2[.,]50 \(acte\)")

    def test_a_retired_service_has_no_dead_link(self):
        line = self._subscribe("2026-01-01")
        link = f"/my/services/{self.service.id}"
        self.authenticate("test_mayor_a", "test_mayor_a")
        self.assertIn(link, self.url_open("/my/services/mine?year=2026").text)
        self.service.action_retire()
        text = self.url_open("/my/services/mine?year=2026").text
        self.assertNotIn(link, text)
        self.assertIn(line.offer_id.display_name, text)

    def test_the_hour_of_a_signature_is_that_of_paris(self):
        agreement = make_agreement(self, self.commune_a, self.offer)
        agreement.action_deliberate()
        sign_for_commune(agreement, self.portal_a)
        agreement.sign_date = "2026-07-14 22:05:09"
        when = agreement.env["commune.agreement.document"]._get_signature_lines(agreement)[1][1]
        self.assertRegex(when, r"15 .*2026 .*\b0\D{1,4}05 \(")
        self.assertNotIn("+0", when)
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = self.url_open(f"/my/agreements/{agreement.id}?done=1").text
        self.assertIn('class="alert alert-success" role="status"', page)
        page = self.url_open(f"/my/agreements/{agreement.id}").text
        self.assertNotIn("alert-success", page)

    def test_a_convention_says_in_what_capacity_one_signs(self):
        agreement = make_agreement(self, self.commune_a, self.offer)
        words = (
            agreement.env["commune.agreement.document"]
            .with_context(lang="fr_FR")
            ._get_words(agreement.with_context(lang="fr_FR"))
        )
        self.assertRegex(words["maire"], r"Anne AUBRY, maire$")
        self.assertRegex(words["representant"], r"Paule PRESLE, présidente$")

    def test_an_amendment_is_not_called_a_convention(self):
        agreement = make_agreement(self, self.commune_a, self.offer)
        report = self.env["report.commune_relations.agreement_document"]
        self.assertIn("Convention", report._get_report_values(agreement.ids)["kind"])
        agreement.sudo().write({"state": "active", **on_paper(self.today)})
        amendment = agreement.action_amend()["res_id"]
        self.assertIn("Amendment", report._get_report_values([amendment])["kind"])

    def test_a_file_has_the_name_of_what_it_holds(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        family = self.service.family_id
        family.with_context(lang="fr_FR").name = "Juridique"
        answer = self.url_open(f"/my/services/brochure?family={family.id}")
        self.assertIn("Juridique.pdf", answer.headers["Content-Disposition"])
        report = self.env.ref("commune_relations.service_matrix_xlsx_report")
        self.assertNotIn("XLSX", report.name)

    def test_the_workbook_counts_no_commune_twice(self):
        other = make_offer(self, self.service, "Autre")
        other.price_ids.date_end = "2026-06-30"
        for offer in (self.offer, other):
            self._subscribe("2026-01-01", offer)
        report = self.env["report.commune_relations.service_matrix_xlsx"]
        content, _kind = report.create_xlsx_report([], {"year": 2026})
        page = load_workbook(io.BytesIO(content)).worksheets[3]
        head = [cell.value for cell in page[1]]
        last = [cell.value for cell in list(page.rows)[-1]]
        self.assertIsNone(last[3])
        self.assertIn("SUBTOTAL", last[9])
        rows = {row[0].value: row[len(head) - 1].value for row in page.iter_rows(min_row=2)}
        # From 1 July to 31 December no price holds.
        self.assertEqual(rows[other.display_name], 184)
        self.assertIsNone(rows[self.offer.display_name])

    def test_an_offer_paid_by_use_is_not_shown_as_free(self):
        free = make_offer(self, self.service, "Gratuite")
        columns = {
            column["id"]: column["free"]
            for column in self.env["commune.service.matrix"].get_matrix(2026)["offers"]
        }
        self.assertEqual((columns[self.offer.id], columns[free.id]), (False, True))

    def test_every_list_has_cards_for_a_telephone(self):
        for name in (
            "commune_service_offer_action",
            "commune_service_subscription_action",
            "commune_service_usage_action",
            "commune_agreement_action",
            "commune_agreement_action_term",
            "commune_agreement_action_new_mayor",
        ):
            action = self.env.ref(f"commune_relations.{name}").sudo()
            with self.subTest(action=name):
                self.assertIn("kanban", [kind for _view, kind in action.views])

    def _subscribe(self, start, offer=None):
        return self.env["commune.service.subscription"].create(
            {
                "commune_id": self.commune_a.id,
                "offer_id": (offer or self.offer).id,
                "date_start": start,
            }
        )

    def _use(self, line, quantity):
        self.env["commune.service.usage"].create(
            {"subscription_id": line.id, "date": "2026-05-01", "quantity": quantity}
        )
