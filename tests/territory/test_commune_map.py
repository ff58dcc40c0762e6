"""The map of the communes: right figures, every commune in a class, for the staff alone."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged, users

from ...models.territory.partner.map_figures import MapMeasure
from ..common import CommuneCase

NOON = "2026-11-25 12:00:00"
METZ = ["57463", "57412", "57751", "57447", "57017"]  # Metz and four neighbours


@tagged("post_install", "-at_install")
class TestCommuneMap(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci
        cls.Partner = cls.env["res.partner"]
        cls.metz = cls._create_communes(["57463"], population=122_572, population_year=2023)

    @classmethod
    def _create_communes(cls, codes, **values):
        return cls.Partner.create(
            [
                {
                    "name": f"Commune {code}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": code,
                    "epci_id": cls.epci.id,
                    **values,
                }
                for code in codes
            ]
        )

    def _get_map(self, user=None):
        model = self.Partner.with_user(user or self.reader)
        return model.with_context(lang="en_US").get_commune_map()

    def _get_values(self, data, measure):
        return {commune["insee_code"]: commune["values"][measure] for commune in data["communes"]}

    def _get_measure(self, data, code):
        return next(measure for measure in data["measures"] if measure["code"] == code)

    # figures

    def test_population_and_elected_officials_by_hand(self):
        data = self._get_map()
        self.assertEqual(
            self._get_values(data, "population"), {"57901": 4200, "57902": 640, "57463": 122_572}
        )
        # In A: the mayor and a councillor; the former deputy and the secretary do not count.
        self.assertEqual(
            self._get_values(data, "elected_count"), {"57901": 2, "57902": 1, "57463": 0}
        )
        population = self._get_measure(data, "population")
        self.assertIn("2023", population["definition"])
        self.assertEqual(
            [(c["label"], c["count"]) for c in population["classes"]],
            [("640", 1), ("4,200", 1), ("122,572", 1)],
        )

    def test_an_unknown_population_is_a_class_of_its_own(self):
        self.metz.population = 0
        data = self._get_map()
        self.assertIsNone(self._get_values(data, "population")["57463"])
        last = self._get_measure(data, "population")["classes"][-1]
        self.assertEqual((last["label"], last["count"]), ("Population not known", 1))
        self.assertIsNone(last["color_index"])

    @freeze_time(NOON)
    def test_days_since_the_last_contact(self):
        message = self.commune_a.message_post(body=self.epci.name, message_type="comment")
        message.date = "2026-10-26 08:00:00"
        data = self._get_map()
        self.assertEqual(
            self._get_values(data, "last_contact"), {"57901": 30, "57902": None, "57463": None}
        )
        commune = next(c for c in data["communes"] if c["insee_code"] == "57901")
        self.assertEqual(commune["dates"]["last_contact"], "2026-10-26")
        classes = self._get_measure(data, "last_contact")["classes"]
        self.assertEqual(
            [(c["label"], c["count"]) for c in classes],
            [
                ("Less than 30", 0),
                ("30 to 89", 1),
                ("90 to 179", 0),
                ("180 to 364", 0),
                ("365 and more", 0),
                ("No exchange noted", 2),
            ],
        )

    def test_days_since_the_contact_data_were_confirmed(self):
        self.commune_b.contact_confirmed_date = self.today - timedelta(days=200)
        self.assertEqual(
            self._get_values(self._get_map(), "contact_confirmed"),
            {"57901": None, "57902": 200, "57463": None},
        )

    def test_electoral_status_and_sector(self):
        sector = self.env["commune.sector"].create({"name": "Val de Moselle"})
        self.metz.sector_id = sector
        data = self._get_map()
        self.assertEqual(
            self._get_values(data, "electoral_status"),
            {"57901": "former_term", "57902": "former_term", "57463": "no_official"},
        )
        status = self._get_measure(data, "electoral_status")
        self.assertEqual(
            [(c["value"], c["count"]) for c in status["classes"]],
            [("former_term", 2), ("no_official", 1)],
        )
        self.assertEqual(
            [(c["label"], c["count"]) for c in self._get_measure(data, "sector")["classes"]],
            [("Val de Moselle", 1), ("No sector", 2)],
        )

    def test_every_commune_is_in_one_class_of_each_measure(self):
        self._create_communes(METZ[1:], population=500)
        data = self._get_map()
        for measure in data["measures"]:
            with self.subTest(measure=measure["code"]):
                found = [c["class_indexes"][measure["code"]] for c in data["communes"]]
                counts = [found.count(index) for index in range(len(measure["classes"]))]
                self.assertEqual(counts, [c["count"] for c in measure["classes"]])
                self.assertEqual(sum(counts), len(data["communes"]))

    def test_numbers_are_written_as_the_user_writes_them(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        data = self.Partner.with_context(lang="fr_FR").get_commune_map()
        labels = [c["label"] for c in self._get_measure(data, "population")["classes"]]
        self.assertEqual(labels[-1], "122\u202f572")

    def test_another_pillar_adds_its_measure(self):
        standard_map = type(self.env["commune.map"])
        standard = standard_map._get_map_measures

        def extended(figures, communes):
            rates = {
                commune.id: rate for commune, rate in zip(communes, (0.5, 1.25, 3.0), strict=False)
            }
            extra = MapMeasure(code="rate", label="Rate", values=rates, digits=2)
            return [*standard(figures, communes), extra]

        with patch.object(standard_map, "_get_map_measures", extended):
            data = self._get_map()
        self.assertEqual(
            [c["label"] for c in self._get_measure(data, "rate")["classes"]],
            ["0.5", "1.25", "3"],
        )

    # drawing

    def test_a_commune_without_contour_keeps_its_figures(self):
        communes = {c["insee_code"]: c for c in self._get_map()["communes"]}
        self.assertFalse(communes["57901"]["path"])
        self.assertIsNone(communes["57901"]["x"])
        self.assertTrue(communes["57463"]["path"].startswith("M"))

    def test_shapes_and_names_lie_in_the_drawing(self):
        self._create_communes(METZ[1:])
        data = self._get_map()
        drawn = [commune for commune in data["communes"] if commune["path"]]
        self.assertEqual(len(drawn), 5)
        for commune in drawn:
            self.assertTrue(0 < commune["x"] < data["width"], commune["name"])
            self.assertTrue(0 < commune["y"] < data["height"], commune["name"])

    def test_the_number_of_queries_does_not_depend_on_the_number_of_communes(self):
        few = self._create_communes(METZ[1:])
        many = self._create_communes([f"54{number:03}" for number in range(1, 42)])
        many.epci_id = False

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            data = self._get_map()
            return len(data["communes"]), self.cr.sql_log_count - before

        count()  # fills the caches of rights and contours
        small = count()
        many.epci_id = self.epci
        count()
        large = count()
        self.assertEqual((small[0], large[0]), (3 + len(few), 3 + len(few) + len(many)))
        self.assertEqual(large[1], small[1])
        self.assertLessEqual(large[1], 28)

    # which intercommunality

    def test_former_members_are_not_drawn(self):
        self.commune_b.membership_date_end = self.today - timedelta(days=1)
        self.assertNotIn("57902", self._get_values(self._get_map(), "population"))

    def test_without_intercommunality_there_is_nothing_but_a_way_to_begin(self):
        self.env.company.epci_id = False
        data = self._get_map(self.manager)
        self.assertIsNone(data["epci"])
        self.assertEqual((data["communes"], data["measures"]), ([], []))
        self.assertTrue(data["can_set_up"])
        self.assertFalse(self._get_map(self.reader)["can_set_up"])

    def test_another_intercommunality_can_be_chosen(self):
        other = self.Partner.create(
            {"name": "CC Voisine", "is_company": True, "is_epci": True, "siren": "200000002"}
        )
        self._create_communes(["54001"]).epci_id = other
        data = self.Partner.with_user(self.reader).get_commune_map(epci_id=other.id)
        self.assertEqual((data["epci"]["id"], data["epci"]["name"]), (other.id, "CC Voisine"))
        self.assertEqual(len(data["communes"]), 1)
        self.assertIn(self.epci.id, [epci["id"] for epci in data["epcis"]])
        with self.assertRaisesRegex(UserError, "no intercommunality number"):
            self.Partner.get_commune_map(epci_id=self.metz.id)

    # rights

    @users("test_reader", "test_referent", "test_officer", "test_manager")
    def test_the_staff_sees_the_map(self):
        self.assertEqual(len(self.env["res.partner"].get_commune_map()["communes"]), 3)

    def test_nobody_else_sees_the_map(self):
        stranger = new_test_user(self.env, "test_map_stranger", groups="base.group_user")
        for user in (self.portal_a, self.portal_both, self.public, stranger):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.Partner.with_user(user).get_commune_map()
