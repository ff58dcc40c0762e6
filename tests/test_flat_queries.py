"""Ten times the data cost no query more: what was measured once and would not be noticed again."""

from odoo.tests import tagged

from .common import CommuneCase
from .services.service_case import make_offer, make_service

FEW, MANY = 3, 30  # communes, or what they have


@tagged("post_install", "-at_install")
class TestFlatQueries(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.towns = cls.env["res.partner"].create(
            [
                {
                    "name": f"Commune {number:02d}",
                    "is_company": True,
                    "is_commune": True,
                    "epci_id": cls.epci.id,
                    "insee_code": f"579{number + 10}",
                    "population": 500 + number,
                    "email": f"mairie{number}@commune.example",
                }
                for number in range(MANY)
            ]
        )
        cls.persons = cls.env["res.partner"].create(
            [
                {
                    "firstname": "Prénom",
                    "lastname": f"Nom {number:02d}",
                    "email": f"maire{number}@commune.example",
                }
                for number in range(MANY)
            ]
        )
        cls.env["commune.mandate"].create(
            [
                cls._mandate_values(person, town, "mayor")
                for person, town in zip(cls.persons, cls.towns, strict=True)
            ]
        )

    def _check_flat(self, call, few, many, extra=0):
        """:param extra: queries that the larger one may cost, explained by each caller"""
        self._queries_of(lambda: call(few))  # fills what the server keeps
        once = self._queries_of(lambda: call(few))
        self.assertLessEqual(self._queries_of(lambda: call(many)), once + extra)

    def test_directory_as_a_workbook(self):
        reports = self.env["ir.actions.report"].with_user(self.reader)

        def write(towns):
            wizard = self.env["commune.directory.print"].with_user(self.reader)
            wizard = wizard.create({"commune_ids": towns.ids, "file_format": "xlsx"})
            reports._render_xlsx("commune_relations.directory_xlsx", wizard.ids, {})

        self._check_flat(write, self.towns[:FEW], self.towns)

    def test_yearly_statements_of_services_printed_together(self):
        service = make_service(self)
        offers = [
            make_offer(self, service, f"Offre {kind}", kind=kind, unit=2, unit_name="jour")
            for kind in ("unit", "inhabitant")
        ]
        lines = self.env["commune.service.subscription"].create(
            [
                {"commune_id": town.id, "offer_id": offer.id, "date_start": "2025-01-01"}
                for town in self.towns
                for offer in offers
            ]
        )
        self.env["commune.service.usage"].create(
            [{"subscription_id": line.id, "date": "2025-05-01", "quantity": 2} for line in lines]
        )

        def cost(towns):
            costs = towns.env["commune.service.year"]._get_each_service_costs(towns, 2025)
            return [costs[town]["actual"] for town in towns]

        # 2 days at 2 euros, and 2 euros for each inhabitant.
        self.assertEqual(cost(self.towns), [4 + 2 * (500 + number) for number in range(MANY)])
        self._check_flat(cost, self.towns[:FEW], self.towns)

    def test_set_up_window(self):
        """Whatever the size of the intercommunality, with all its communes to be proposed."""
        metz, basque = "200039865", "200067106"
        found = self.env["commune.reference.epci"].search([("siren", "in", [metz, basque])])
        small, large = found.sorted(lambda one: len(one._get_plan()))
        self.assertGreater(len(large._get_plan()), 2 * len(small._get_plan()))

        def propose(epci):
            wizard = self.env["commune.setup"].new({"reference_epci_id": epci.id})
            self.assertEqual(len(wizard.line_ids), len(epci._get_plan()))

        self._check_flat(propose, small, large)

    def test_statistics_of_letters(self):
        letter = self.env["mailing.mailing"].create(
            {
                "subject": "Lettre",
                "name": "Lettre",
                "mailing_model_id": self.env["ir.model"]._get("res.partner").id,
            }
        )
        self.env["commune.mailing.recipient"].create(
            [
                {
                    "mailing_id": letter.id,
                    "partner_id": person.id,
                    "commune_id": town.id,
                    "outcome": "no_email",
                }
                for person, town in zip(self.persons, self.towns, strict=True)
            ]
        )
        self.env.flush_all()
        lines = self.env["commune.mailing.stat"].search([("mailing_id", "=", letter.id)])
        self.assertEqual(len(lines), MANY)
        shown = ["mailing_id", "commune_id", "partner_id", "status", "sent", "opened"]
        specification = {name: {} for name in shown}
        for name in shown[:3]:
            specification[name] = {"fields": {"display_name": {}}}
        self._check_flat(
            lambda some: some.browse(some.ids).web_read(specification), lines[:FEW], lines
        )

    def test_audiences_and_their_mailing_lists(self):
        few, many = self.env["commune.audience"].create(
            [
                {
                    "name": f"Maires de moins de {most} habitants",
                    "function_ids": self.functions["mayor"].ids,
                    "population_max": most,
                }
                for most in (499 + FEW, 499 + MANY)
            ]
        )
        self.assertEqual((few.member_count, many.member_count), (FEW, MANY))
        for audience in few, many:
            audience._sync()
        self._check_flat(lambda audience: audience._sync(), few, many)

    def test_exchanges_between_communes(self):
        topic = self.env["commune.topic"].search([], limit=1)
        things = ["Broyeur de végétaux", "Nacelle", "Saleuse"]
        exchanges = self.env["commune.exchange"].create(
            [
                {
                    "name": things[number % 3],
                    "kind": ("offer", "need")[number % 2],
                    "nature": "equipment",
                    "topic_id": topic.id,
                    "commune_id": town.id,
                }
                for number, town in enumerate(self.towns)
            ]
        )
        self.assertTrue(all(exchanges.mapped("match_count")))
        self._check_flat(
            lambda some: some.browse(some.ids)._get_own_portal_lines(), exchanges[:FEW], exchanges
        )
