"""Intruder tests: signed, set or notified values, and records of another commune."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..common import CommuneCase
from .service_case import (
    get_service_records,
    make_agreement,
    make_offer,
    make_service,
    make_unit_cost,
    sign_for_commune,
)


@tagged("post_install", "-at_install")
class TestSignedTextStays(CommuneCase):
    """The commune has signed: whatever is changed around it, what is read and kept is the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offer = make_offer(cls, make_service(cls), kind="unit", unit=12, unit_name="dossier")
        cls.agreement = make_agreement(cls, cls.commune_a, cls.offer)
        cls.part = cls.env["commune.agreement.forecast"].create(
            {"agreement_id": cls.agreement.id, "offer_id": cls.offer.id, "quantity": 4}
        )
        cls.agreement.with_context(force_report_rendering=True).action_deliberate()
        sign_for_commune(cls.agreement, cls.portal_a)

    def _read(self):
        self.env.invalidate_all()
        report = self.env["report.commune_relations.agreement_document"]
        values = report._get_report_values(self.agreement.ids)
        heads = {f"for_{side}": head["title"] for side, head in values["heads"].items()}
        names = ("title", "heading", "kind", "subtitle", "body", "impact", "signature_lines")
        return {**{name: str(values[name]) for name in names}, **heads, **values["boxes"]}

    def test_other_names_prices_and_models_change_nothing(self):
        before, document = self._read(), self.agreement.document_id.raw
        officer, manager = self.officer, self.manager
        self.commune_a.with_user(officer).name = "Grand-Aubrive"
        self.epci.with_user(officer).name = "Communauté renommée"
        self.portal_a.partner_id.with_user(officer).lastname = "RENOMMÉE"
        self.offer.with_user(officer).write({"name": "Autre option", "description": "Autre"})
        self.offer.price_ids.with_user(officer).unit = 99
        self.offer.service_id.with_user(officer).name = "Autre service"
        template = self.agreement._get_template().with_user(manager)
        template.clause_ids.with_user(manager).write({"body": "<p>Autre</p>", "name": "Autre"})
        template.write({"clause_ids": [Command.clear()], "body": "<p>Autre</p>"})
        self.agreement.legal_basis_id.with_user(manager).citation = "Autre texte"
        self.assertEqual(self._read(), before)
        self.assertIn("Aubrive", before["for_commune"])
        self.assertEqual(self.agreement.document_id.raw, document)
        self.assertTrue(self.agreement._is_document_intact())

    def test_no_line_and_no_file_of_it_changes(self):
        parts = self.part.with_user(self.manager)
        other = make_offer(self, self.offer.service_id, "Autre")
        impact = self.env["commune.agreement.impact"].with_user(self.manager)
        agreement = self.agreement.with_user(self.manager)
        document = self.agreement.document_id.with_user(self.manager)
        for action in (
            lambda: parts.write({"quantity": 5}),
            parts.unlink,
            lambda: parts.create(
                {"agreement_id": agreement.id, "offer_id": other.id, "quantity": 1}
            ),
            lambda: impact.create({"agreement_id": agreement.id, "name": "Agent"}),
            lambda: agreement.write({"body": "<p>Autre</p>"}),
            lambda: agreement.write({"offer_ids": [Command.clear()]}),
            lambda: agreement.write({"forecast_ids": [Command.clear()]}),
            lambda: agreement.write({"document_parties": {}}),
            lambda: agreement.write({"document_body": "<p>Autre</p>"}),
            agreement.action_take_template,
            agreement.action_back_to_draft,
            lambda: document.write({"raw": b"autre"}),
            document.unlink,
            agreement.unlink,
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                action()


@tagged("post_install", "-at_install")
class TestUnitCostIsNotForged(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        basis = cls.env.ref("commune_relations.legal_basis_l5211_4_1")
        cls.service = make_service(cls, "Archives", legal_basis_id=basis.id)
        cls.days = make_offer(cls, cls.service, "Journée", kind="unit", unit=110, unit_name="jour")
        cls.sheet = make_unit_cost(cls, cls.service).with_user(cls.officer)

    def _refused(self, action, *args):
        with self.subTest(args=args), self.assertRaises(UserError), self.cr.savepoint():
            action(*args)

    def test_a_total_is_not_typed(self):
        for name in ("amount", "charge_total", "observed_total", "posts"):
            self._refused(self.sheet.write, {name: 1})
        made = make_unit_cost(self, self.service, 2028, amount=1, charge_total=1)
        self.assertEqual((made.amount, made.charge_total), (125.06, 100_050))

    def test_it_is_not_born_set_nor_copied_as_set(self):
        values = {"service_id": self.service.id, "year": 2029, "units": 1}
        for forged in (
            {"state": "set", "set_date": "2026-01-01"},
            {"set_user_id": self.manager.id},
            {"document_id": 1},
        ):
            self._refused(self.sheet.create, {**values, **forged})
        self.sheet.action_set()
        self.assertEqual(self.sheet.copy({"year": 2029}).state, "draft")

    def test_once_set_nothing_of_it_changes(self):
        self.sheet.action_set()
        for values in (
            {"units": 1},
            {"amount": 1},
            {"unit_name": "heure"},
            {"year": 2030},
            {"set_date": "2020-01-01"},
            {"state": "draft"},
            {"offer_ids": [Command.clear()]},
            {"charge_ids": [Command.clear()]},
            {"notice_ids": [Command.create({"commune_id": self.commune_a.id})]},
        ):
            self._refused(self.sheet.write, values)
        price = self.days.price_ids.filtered("unit_cost_id").with_user(self.officer)
        for values in (
            {"unit": 1},
            {"active": False},
            {"date_start": "2027-06-01"},
            {"date_end": "2027-06-30"},
            {"unit_cost_id": False},
        ):
            self._refused(price.write, values)
        price.date_end = "2027-12-31"
        forged = {
            "offer_id": self.days.id,
            "unit_cost_id": self.sheet.id,
            "date_start": "2030-01-01",
        }
        self._refused(price.create, forged)
        self.assertFalse(price.copy({"date_start": "2030-01-01", "date_end": False}).unit_cost_id)

    def test_no_other_file_is_sent_in_its_place(self):
        self.env["commune.service.subscription"].create(
            {"commune_id": self.commune_a.id, "offer_id": self.days.id, "date_start": "2026-01-01"}
        )
        self.portal_a.partner_id.email = "maire@aubrive.example"
        self.env["ir.attachment"].with_user(self.officer).create(
            {
                "name": "brouillon.pdf",
                "raw": b"%PDF-1.4 autre",
                "mimetype": "application/pdf",
                "res_model": self.sheet._name,
                "res_id": self.sheet.id,
            }
        )
        self.sheet.action_set()
        self.sheet.action_notify()
        notice = self.sheet.notice_ids
        delivery = (
            self.env["commune.letter.delivery"]
            .sudo()
            .search([("res_model", "=", notice._name), ("res_id", "=", notice.id)])
        )
        [sent] = delivery.mail_id.attachment_ids
        self.assertNotEqual(sent.name, "brouillon.pdf")
        self.assertEqual(sent, self.sheet.sudo().document_id)
        document = sent.with_user(self.officer)
        self._refused(document.write, {"raw": b"autre"})
        self._refused(document.unlink)
        self.assertEqual(notice.with_user(self.officer).state, "waiting")
        for values in (
            {"state": "told"},
            {"date": "2026-01-01"},
            {"commune_id": self.commune_b.id},
        ):
            self._refused(notice.with_user(self.officer).write, values)


@tagged("post_install", "-at_install")
class TestOthersReadNothing(CommuneCase, HttpCase):
    """The mayor of B, and an employee without role in the addon, on records of A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records = get_service_records(cls)
        names = (
            "subscription_a",
            "usage_a",
            "unit_cost",
            "unit_cost_charge",
            "unit_cost_notice",
            "service_population",
            "refusal_a",
            "agreement_a",
            "agreement_draft_a",
            "agreement_vote_a",
            "agreement_forecast",
            "agreement_impact",
            "project",
            "need",
        )
        cls.hidden = [records[name] for name in names]
        cls.files = cls.env["ir.attachment"].create(
            [
                {"name": "a.pdf", "raw": b"%PDF", "res_model": record._name, "res_id": record.id}
                for record in cls.hidden
            ]
        )

    def _sees(self, action):
        try:
            return action()
        except AccessError:
            return False

    def test_no_search_and_no_reading_shows_it(self):
        for user in (self.portal_b, self.employee):
            for record in self.hidden:
                model = self.env[record._name].with_user(user)
                domain = [("id", "in", record.ids)]
                for name, action in {
                    "search": lambda m=model, d=domain: m.search(d),
                    "search_count": lambda m=model, d=domain: m.search_count(d),
                    "search_read": lambda m=model, d=domain: m.search_read(d),
                    "read": lambda r=record, u=user: r.with_user(u).read(["display_name"]),
                    "name_search": lambda m=model, d=domain: m.name_search("", d),
                    "group": lambda m=model, d=domain: m.formatted_read_group(
                        d, ["create_uid"], ["__count"]
                    ),
                }.items():
                    with self.subTest(user=user.login, model=record._name, by=name):
                        self.env.invalidate_all()
                        self.assertFalse(self._sees(action))

    def test_no_file_of_it_is_read(self):
        for user in (self.portal_b, self.employee):
            files = self.env["ir.attachment"].with_user(user)
            with self.subTest(user=user.login):
                self.assertFalse(files.search([("id", "in", self.files.ids)]))
                for file in self.files.with_user(user):
                    self.assertFalse(self._sees(lambda f=file: f.read(["name", "raw"])))

    def test_no_address_gives_it(self):
        agreement = next(record for record in self.hidden if record._name == "agreement")
        paths = [f"/web/content/{file.id}" for file in self.files]
        paths += [
            f"/my/agreements/{agreement.id}",
            f"/my/agreements/{agreement.id}/pdf",
            f"/report/pdf/commune_relations.agreement_document/{agreement.id}",
            f"/report/html/commune_relations.agreement_document/{agreement.id}",
            f"/web/image/agreement/{agreement.id}/epci_signature",
            f"/web/content/agreement/{agreement.id}/epci_signature",
        ]
        for user in (self.portal_b, self.employee):
            self.authenticate(user.login, user.login)
            for path in paths:
                with self.subTest(user=user.login, path=path):
                    answer = self.url_open(path, allow_redirects=False)
                    self.assertNotIn(agreement.code, answer.text)
                    self.assertNotIn(b"%PDF", answer.content)
