"""The deliberation pack: documents from data, sent to the commune, which reports its vote."""

import io
import re
import zipfile
from datetime import date
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..core.pdf_reading import Pdf
from .pack_case import PackCase, plain
from .service_case import OPINIONS, make_agreement, make_offer, make_service

BASES = "commune_relations.legal_basis_"
EFFECTS = ("impact_organisation", "impact_conditions", "impact_pay", "impact_rights")


@tagged("post_install", "-at_install")
class TestAgreementPack(PackCase):
    # figures

    def test_a_whole_year_and_the_first_one_are_worked_out(self):
        costs = self.agreement.env["commune.service.year"]._get_expected_costs(self.agreement)[
            self.agreement.id
        ]
        self.assertEqual((costs["year"], costs["first_year"]), (2028, 2027))
        # 1,250 x 0.50 = 625.00; 365 + 7.3 x 250 = 2,190.00
        self.assertEqual([str(row["full"]) for row in costs["rows"]], ["625.00", "2190.00"])
        # 625 x 183 / 365 = 313.36; 183.00 + 3.66 x 250 = 1,098.00
        self.assertEqual([str(row["first"]) for row in costs["rows"]], ["313.36", "1098.00"])
        self.assertEqual((str(costs["full"]), str(costs["first"])), ("2815.00", "1411.36"))

    def test_the_cost_of_many_conventions_takes_no_more_queries(self):
        communes = self.env["res.partner"].create(
            [
                {"name": f"Commune {n}", "is_company": True, "is_commune": True, "population": 500}
                for n in range(12)
            ]
        )
        some = self.agreement.browse()
        for commune in communes:
            some |= make_agreement(self, commune, self.per_head, start_date="2027-01-01")

        def count(agreements):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            agreements.env["commune.service.year"]._get_expected_costs(agreements)
            return self.env.cr.sql_log_count - before

        count(some)
        self.assertEqual(count(some[:2]), count(some))

    def test_a_year_that_begins_on_its_first_day_is_the_only_one_shown(self):
        self.agreement.start_date = "2027-01-01"
        costs = self.agreement.env["commune.service.year"]._get_expected_costs(self.agreement)[
            self.agreement.id
        ]
        self.assertEqual((costs["year"], costs["first_year"]), (2027, False))
        self.assertNotIn(
            "2028",
            str(self.agreement.env["commune.agreement.document"]._render_expected(self.agreement)),
        )
        self.assertNotIn(
            "proportion to the days",
            str(self.agreement.env["commune.agreement.document"]._render_expected(self.agreement)),
        )
        self.agreement.start_date = "2027-03-01"
        self.assertIn(
            "proportion to the days",
            str(self.agreement.env["commune.agreement.document"]._render_expected(self.agreement)),
        )

    def test_a_use_that_nobody_forecast_is_not_counted_as_nothing(self):
        self.agreement.forecast_ids.unlink()
        rows = self.agreement.env["commune.service.year"]._get_expected_costs(self.agreement)[
            self.agreement.id
        ]["rows"]
        self.assertEqual([row["open"] for row in rows], [False, True])
        table = str(
            self.agreement.env["commune.agreement.document"]._render_expected(self.agreement)
        )
        # Once for the option, once for the total, in each of the two years.
        self.assertEqual(table.count("according to use"), 4 + 1)
        # 625 euros known / 1,250 inhabitants, and the rest is stated as left out.
        self.assertRegex(table, r"0,50.*per inhabitant.*without the part according to use")
        self.agreement.forecast_ids = [Command.create({"offer_id": self.days.id, "quantity": 1})]
        self.assertNotIn(
            "without the part",
            str(self.agreement.env["commune.agreement.document"]._render_expected(self.agreement)),
        )

    def test_the_forecast_goes_to_the_subscription(self):
        self.agreement.write(
            {
                "start_date": self.today,
                "commune_deliberation_ref": "12",
                "commune_deliberation_date": "2026-10-01",
                "commune_transmission_date": "2026-10-02",
                "commune_publication_date": "2026-10-02",
            }
        )
        self.drawn.action_deliberate()
        self.agreement.write(
            {"commune_signature_date": self.today, "epci_signature_date": self.today}
        )
        self.agreement.action_sign_paper()
        self.assertEqual(self.agreement.state, "active")
        forecasts = {s.offer_id: s.forecast_quantity for s in self.agreement.subscription_ids}
        self.assertEqual(forecasts, {self.per_head: 0, self.days: 7.3})
        with self.assertRaisesRegex(UserError, "is signed"):
            self.agreement.forecast_ids.quantity = 90
        with self.assertRaisesRegex(UserError, "is signed"):
            self.agreement.forecast_ids.unlink()

    def test_no_option_by_use_leaves_for_a_vote_without_its_forecast(self):
        """The sentence names the option alone that lacks one, and its button opens the line."""
        self.agreement.forecast_ids.unlink()
        for action in ("action_prepare_pack", "action_send_pack", "action_print_epci_vote"):
            with self.assertRaisesRegex(RedirectWarning, "Journée d’archiviste") as caught:
                getattr(self.drawn.with_user(self.officer), action)()
            sentence, action, *_button = caught.exception.args
            self.assertNotIn("Réponse écrite", sentence)
        lines = self.env[action["res_model"]].with_user(self.officer)
        with Form(lines.with_context(**action["context"])) as line:
            line.quantity = 3
        # 365 + 3 x 250
        costs = self.agreement.env["commune.service.year"]._get_expected_costs(self.agreement)[
            self.agreement.id
        ]
        self.assertEqual(str(costs["rows"][1]["full"]), "1115.00")
        self.drawn.with_user(self.officer).action_prepare_pack()

    def test_no_text_that_nobody_read_is_voted_under_or_printed(self):
        basis = self.agreement.legal_basis_id
        self.service.legal_basis_id = basis
        brochure = self.env["report.commune_relations.brochure_document"]
        values = brochure._get_report_values(self.service.family_id.ids)

        def draw():
            page = "commune_relations.brochure_service"
            drawn = self.env["ir.qweb"]._render(page, {**values, "service": self.service})
            return plain(str(drawn))

        self.assertIn("L. 5214-16-1", draw())
        basis.confirmed_by = False
        self.assertFalse(basis.version_read)
        self.assertNotIn("L. 5214-16-1", draw())
        with self.assertRaisesRegex(RedirectWarning, "no version was read") as caught:
            self.drawn.with_user(self.officer).action_prepare_pack()
        action = caught.exception.args[1]
        self.assertEqual((action["res_model"], action["res_id"]), (basis._name, basis.id))
        basis.version_read = "Légifrance, 1er janvier 2027"
        self.drawn.with_user(self.officer).action_prepare_pack()

    def test_a_price_by_use_that_is_over_before_the_first_day_asks_for_nothing(self):
        self.agreement.forecast_ids.unlink()
        self.days.price_ids.date_end = "2027-07-01"
        self.assertFalse(self.agreement._get_unforecast_offers())
        self.days.price_ids.date_end = "2027-07-02"
        self.assertEqual(self.agreement._get_unforecast_offers(), self.days)

    # documents

    def test_the_draft_deliberation_of_the_commune_is_written_from_the_data(self):
        self.commune_a.mayor_id.civility = "mme"
        self.drawn.with_user(self.officer).action_prepare_pack()
        self.assertEqual(len(self._papers()), 5)
        vote = next(
            a for name, a in self._papers().items() if name.startswith("1 ") and "pdf" in name
        )
        text = Pdf(vote.raw).text.replace("\N{HYPHEN}", "-")
        for word in (
            self.agreement.code,
            "Communauté de communes des Deux Rives",
            "L. 5214-16-1",
            "1 250",
            "2 815,00",
            "1 411,36",
            "2,25",  # per inhabitant: 2,815 / 1,250 = 2.252
            "2026-05-12",
            "autoriser la maire à la signer",
        ):
            self.assertIn(word, text)

    def test_a_vote_names_each_option_as_the_convention_does_and_its_text(self):
        """No slogan of the catalogue, one visa for one code, that of planning when it is applied,
        and the source of the population."""
        self.service.summary = "Vous décidez"
        self.per_head.description = "Vingt questions"
        shared = make_service(
            self, "Instruction", legal_basis_id=self.env.ref(f"{BASES}l5211_4_2").id
        )
        topics = self.env["commune.topic"]
        permits = topics.search([("code", "=", "URB-ADS")]) or topics.create(
            {"name": "Permis", "code": "URB-ADS"}
        )
        body = plain(
            str(
                self.agreement.env["commune.agreement.document"]._render_deliberation(
                    self.agreement, "commune_vote"
                )
            )
        )
        self.assertNotIn("code de l’urbanisme", body)
        shared.topic_id = permits
        self.agreement.offer_ids |= make_offer(self, shared, "Dossiers", kind="free")
        self.commune_a.population_year = 2023
        self.env["commune.service.population"].search([]).unlink()
        body = plain(
            str(
                self.agreement.env["commune.agreement.document"]._render_deliberation(
                    self.agreement, "commune_vote"
                )
            )
        )
        self.assertNotIn("Vous décidez", body)
        self.assertRegex(body, "Vingt questions – CGCT, art. L. 5214-16-1</li>")
        self.assertIn(
            "Vu le code général des collectivités territoriales, notamment ses articles"
            " L. 5214-16-1 et L. 5211-4-2,",
            body,
        )
        self.assertIn("Vu le code de l’urbanisme, notamment ses articles L. 423-1", body)
        self.assertRegex(body, "for 1.250 inhabitants .municipal population, source Insee, .*2023")
        rates = plain(
            str(self.agreement.env["commune.agreement.document"]._render_rates(self.agreement))
        )
        for quote in ("L. 5214-16-1", "L. 5211-4-2"):
            self.assertIn(f"<td>CGCT, art. {quote}</td>", rates)

    def test_the_editable_copy_says_the_same(self):
        self.drawn.action_prepare_pack()
        editable = [a for a in self._papers().values() if a.name.endswith(".docx")]
        self.assertEqual(len(editable), 2)
        for document in editable:
            with zipfile.ZipFile(io.BytesIO(document.raw)) as archive:
                tree = etree.fromstring(archive.read("word/document.xml"))
            text = plain("".join(tree.itertext()))
            self.assertIn(self.agreement.code, text)
            self.assertIn("2 815,00", text)

    def test_without_the_library_of_word_the_pack_says_which_one_is_missing(self):
        with patch.dict("sys.modules", {"docx": None}):
            self.drawn.action_prepare_pack()
        names = [document.name for document in self._papers().values()]
        self.assertTrue(names)
        self.assertTrue(all(name.endswith(".pdf") for name in names), names)
        self.assertIn("“python-docx”", self.agreement.message_ids[:1].body)

    def test_a_shared_service_carries_its_impact_sheet(self):
        self.agreement.write(
            {
                "legal_basis_id": self.env.ref(f"{BASES}l5211_4_2").id,
                "commune_deliberation_ref": "12",
                "commune_deliberation_date": "2026-10-01",
                "commune_transmission_date": "2026-10-02",
                "commune_publication_date": "2026-10-02",
                **OPINIONS,
                "impact_ids": [
                    Command.create({"name": "Archiviste", "category": "B", "ratio": 80}),
                    Command.create({"name": "Agent d’accueil", "agent_count": 2, "share": 25}),
                ],
            }
        )
        posts = self.agreement.impact_ids
        # 0.8 and 2 x 0.25: 1.30 in all
        self.assertEqual(posts.mapped("fte"), [0.8, 0.5])
        self.assertEqual(posts.mapped("outcome"), ["transfer", "available"])
        with self.assertRaisesRegex(UserError, "impact sheet.*Pay"):
            self.agreement.action_deliberate()
        for name in EFFECTS:
            self.agreement[name] = f"Effet de {name}"
        self.drawn.action_prepare_pack()
        self.assertIn("4 Fiche d’impact.pdf", self._papers())
        self.drawn.action_deliberate()
        text = plain(Pdf(self.agreement.document_id.raw).text)
        for word in ("Archiviste", "1,30", "Effet de impact_rights"):
            self.assertIn(word, text)
        with self.assertRaisesRegex(UserError, "waiting for its signature"):
            posts[0].share = 10

    def test_what_is_paid_and_what_is_received_are_one_table_with_the_net(self):
        """An assembly sees what it pays, what it receives and the difference, in both years."""
        self.agreement.legal_basis_id = self.env.ref(f"{BASES}l5211_4_2")
        self.assertNotIn(
            "Net cost",
            str(self.agreement.env["commune.agreement.document"]._render_expected(self.agreement)),
        )
        self.assertIn(
            "That is",
            str(self.agreement.env["commune.agreement.document"]._render_expected(self.agreement)),
        )
        self.agreement.impact_ids = [
            Command.create({"name": "Archiviste", "share": 40, "full_time_cost": 42300}),
        ]
        table = plain(
            str(self.agreement.env["commune.agreement.document"]._render_expected(self.agreement))
        ).replace("\N{MINUS SIGN}", "-")
        amounts = re.findall(r">([^<>]*\d)[^<>\d]*€<", table.split("Total")[1])
        figures = [re.sub(r"[^\d-]", "", amount) for amount in amounts[:6]]
        # 40 % of 42,300 = 16,920; 183 days of 365: 8,483.18; 2,815.00 and 1,411.36 to pay
        wanted = ["281500", "141136", "-1692000", "-848318", "-1410500", "-707182"]
        self.assertEqual(figures, wanted)
        # Below a cost that is negative: 2,815 / 1,250 is that of the services alone.
        self.assertRegex(table.split("Net cost")[1], "Before what is paid back.*2.25")
        self.assertNotIn("That is", table)
        conventions = plain(
            str(self.agreement.env["commune.agreement.document"]._render_agreements(self.agreement))
        )
        self.assertRegex(conventions, "16.?920.00")
        self.agreement.impact_ids.full_time_cost = 0
        self.assertNotIn(
            "Net cost",
            str(self.agreement.env["commune.agreement.document"]._render_expected(self.agreement)),
        )
        self.assertIn(
            "according to their pay",
            str(
                self.agreement.env["commune.agreement.document"]._render_agreements(self.agreement)
            ),
        )
        self.agreement.impact_ids.unlink()
        self.assertNotIn(
            "Expected expense",
            str(
                self.agreement.env["commune.agreement.document"]._render_agreements(self.agreement)
            ),
        )

    def test_without_a_shared_service_no_agent_is_touched(self):
        post = self.env["commune.agreement.impact"].create(
            {"agreement_id": self.agreement.id, "name": "Archiviste"}
        )
        self.assertEqual(post.outcome, "stays")

    def test_several_conventions_are_one_vote_of_the_intercommunality(self):
        other = make_agreement(self, self.commune_b, self.per_head, start_date="2027-01-01")
        self.commune_b.population = 400
        both = self.agreement | other
        action = both.action_print_epci_vote()
        report = self.env["report.commune_relations.agreement_epci_vote"]
        values = report.with_context(lang="fr_FR")._get_report_values([], action["data"])
        body = plain(str(values["body"]))
        # 2,815.00 and 400 x 0.50 = 200.00: 3,015.00
        for word in (self.agreement.code, other.code, "200,00", "3 015,00"):
            self.assertIn(word, body)

    def test_several_conventions_on_other_texts_are_all_named_and_all_grounded(self):
        """Title and visas of one convention alone would leave the others without a vote."""
        shared = make_agreement(
            self,
            self.commune_b,
            self.per_head,
            name="Service commun",
            legal_basis_id=self.env.ref(f"{BASES}l5211_4_2").id,
            **OPINIONS,
        )
        both = self.agreement | shared
        report = self.env["report.commune_relations.agreement_epci_vote"]
        data = {"agreement_ids": both.ids}
        body = plain(str(report.with_context(lang="fr_FR")._get_report_values([], data)["body"]))
        head = body.split("</p>")[0]
        self.assertNotIn(self.agreement.name, head)
        self.assertIn("2 communes", head)
        for word in ("L. 5214-16-1", "L. 5211-4-2", "3 mars 2026", "2 avril 2026"):
            self.assertIn(word, body)
        alone = report._get_report_values(shared.ids)["body"]
        self.assertIn("Service commun", str(alone).split("</p>")[0])
        self.assertNotIn("5215", plain(str(alone)))

    def test_documents_drawn_twice_do_not_pile_up_before_they_are_sent(self):
        own = [("res_model", "=", "agreement"), ("res_id", "=", self.agreement.id)]
        for _press in range(2):
            self.drawn.action_prepare_pack()
        self.drawn.with_user(self.officer).action_send_pack()
        self.assertEqual(self.env["ir.attachment"].search_count(own), 5)

    def test_an_option_that_is_not_counted_has_no_unit(self):
        line = self.env["commune.agreement.forecast"].create(
            {"agreement_id": self.agreement.id, "offer_id": self.per_head.id, "quantity": 12}
        )
        self.assertFalse(line.unit_name)
        text = self.agreement.env["commune.agreement.document"]._render_forecast(self.agreement)
        self.assertIn("12 per year<", text)
        self.assertIn("(unit: jour)", text)

    def test_a_convention_not_saved_yet_is_called_by_its_name(self):
        draft = self.env["agreement"].new({"name": "Cadre", "commune_id": self.commune_a.id})
        self.assertEqual(draft.display_name, "Cadre")

    def test_the_statement_of_the_year_before_comes_with_a_renewal(self):
        year = self.agreement._get_price_day().year - 1
        self.env["commune.service.subscription"].create(
            {
                "commune_id": self.commune_a.id,
                "offer_id": self.per_head.id,
                "date_start": date(year, 1, 1),
            }
        )
        self.drawn.action_prepare_pack()
        statement = next(a for name, a in self._papers().items() if name.startswith("5 "))
        self.assertIn("625,00", plain(Pdf(statement.raw).text))

    def test_what_is_missing_is_shown_before_anything_is_drawn(self):
        self.agreement.offer_ids = False
        with self.assertRaisesRegex(UserError, "Options chosen"):
            self.agreement.action_send_pack()
        self.assertFalse(self.agreement.pack_date)
