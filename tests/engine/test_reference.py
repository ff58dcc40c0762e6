"""The bundled data: every intercommunality, its communes, their town halls and contours."""

import csv
import gzip
import json
import tempfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from unittest import TestCase

from engine.opendata.messages import ReferenceDataError
from engine.opendata.reference import FOLDER, Reference, local_law, reference
from engine.opendata.search import Index
from engine.opendata.town_halls import display_phone, opening_hours, split_address, town_hall

METZ = "200039865"


def rows(name):
    """Rows of a bundled file, read by the csv module alone."""
    with gzip.open(FOLDER / name, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class TestReference(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.data = reference()

    def names(self, text, limit=20):
        return [epci.name for epci in self.data.search_epci(text, limit)]

    def test_vintage_and_sources(self):
        self.assertEqual((self.data.vintage, self.data.population_year), ("2026", 2023))
        for source in self.data.sources:
            with self.subTest(source["file"]):
                self.assertTrue(all(source[key] for key in ("title", "source", "licence", "url")))
                self.assertTrue(list(FOLDER.glob(source["file"].replace("XX", "*"))))

    def test_metz(self):
        epci = self.data.epci("200 039 865")
        self.assertEqual((epci.name, epci.kind, epci.department), ("Metz Métropole", "METRO", "57"))
        self.assertEqual((epci.commune_count, epci.population), (46, 232612))
        members = self.data.members(METZ)
        self.assertEqual(sum(commune.population for commune in members), 232612)
        self.assertEqual([commune.insee_code for commune in members], self.data.member_codes(METZ))
        lessy = next(commune for commune in members if commune.name == "Lessy")
        self.assertEqual(
            (lessy.insee_code, lessy.siren, lessy.population), ("57396", "215703968", 794)
        )
        self.assertEqual(lessy.postal_codes, ("57160",))
        self.assertAlmostEqual(lessy.latitude, 49.126)
        self.assertEqual(lessy.town_hall.street, "4 bis rue de Châtel")
        self.assertEqual(lessy.town_hall.phone, "03 87 60 55 42")
        self.assertEqual(lessy.town_hall.website, "https://mairie-lessy.fr")
        self.assertTrue(all(commune.town_hall for commune in members))

    def test_every_intercommunality_has_its_communes(self):
        communes = rows("communes_france_2026.csv.gz")
        members = Counter(row["epci_siren"] for row in communes)
        population = Counter()
        for row in communes:
            population[row["epci_siren"]] += int(row["population_municipale_2023"] or 0)
        epcis = self.data.epcis()
        self.assertEqual(Counter(epci.members_known for epci in epcis), {True: 1255, False: 11})
        for epci in epcis:
            if epci.members_known:
                self.assertEqual(epci.commune_count, members[epci.siren], epci)
                self.assertEqual(epci.population, population[epci.siren], epci)
        announced = {
            row["siren"]: int(row["nb_communes"]) for row in rows("epci_france_2026.csv.gz")
        }
        self.assertEqual({epci.siren: epci.commune_count for epci in epcis}, announced)

    def test_the_communes_of_an_ept_are_not_known(self):
        epci = self.data.epci("200057867")
        self.assertEqual((epci.kind, epci.members_known), ("EPT", False))
        for ask in (self.data.members, self.data.member_codes):
            with self.assertRaises(ReferenceDataError) as caught:
                ask(epci.siren)
            self.assertEqual(caught.exception.code, "members_unknown")
            self.assertIn("Plaine Commune", str(caught.exception))

    def test_what_does_not_exist(self):
        for ask, code in (
            (lambda: self.data.epci("123456789"), "unknown_epci"),
            (lambda: self.data.members("123456789"), "unknown_epci"),
            (lambda: self.data.member_codes("123456789"), "unknown_epci"),
            (lambda: self.data.commune("57999"), "unknown_commune"),
        ):
            with self.assertRaises(LookupError) as caught:
                ask()
            self.assertEqual(caught.exception.code, code)
        with tempfile.TemporaryDirectory() as folder:
            for ask in (Reference(folder).epcis, lambda: Reference(folder).vintage):
                with self.assertRaises(ReferenceDataError) as caught:
                    ask()
                self.assertEqual(caught.exception.code, "missing_reference")
            for name in ("epci_france_2026.csv.gz", "communes_france_2026.csv.gz"):
                content = (FOLDER / name).read_bytes()
                (Path(folder) / name).write_bytes(content[: len(content) // 2])
            with self.assertRaises(ReferenceDataError):
                Reference(folder).epcis()

    def test_search(self):
        firsts = {
            "metz": "Metz Métropole",
            "Eurométropole de Metz": "Metz Métropole",
            "METZ METROPOLE": "Metz Métropole",
            "peltre": "Metz Métropole",
            "Saint-Julien-lès-Metz": "Metz Métropole",
            "st julien les metz": "Metz Métropole",
            "200 039 865": "Metz Métropole",
            "cc haut chemin": "CC Haut Chemin - Pays de Pange",
            "communauté de communes du haut chemin": "CC Haut Chemin - Pays de Pange",
            "val de fensch": "CA du Val de Fensch",
            "communauté d'agglomération du Val de Fensch": "CA du Val de Fensch",
            "métropole de lyon": "Métropole de Lyon",
            "nancy": "Métropole du Grand Nancy",
            "strasb": "Eurométropole de Strasbourg",
            "st-etienne metropole": "Saint-Étienne Métropole",
            "cu du grand reims": "CU du Grand Reims",
            "Plaine Commune": "Plaine Commune",
            "paris": "Métropole du Grand Paris",
            "ajaccio": "CA du Pays Ajaccien",
            "57463": "Metz Métropole",
            "2a004": "CA du Pays Ajaccien",
            "97101": "CA CAP Excellence",
            "13201": "Métropole d'Aix-Marseille-Provence",
            "57160": "Metz Métropole",
        }
        for text, name in firsts.items():
            with self.subTest(text):
                self.assertEqual(self.names(text)[0], name)
        self.assertEqual(self.names("zzzz"), [])
        # An island that belongs to no intercommunality.
        self.assertEqual(self.names("Île-de-Sein"), [])
        self.assertEqual(self.names("  "), [])
        self.assertEqual(len(self.names("agglo", 7)), 7)
        sirens = [epci.siren for epci in self.data.search_epci("2000398", 100)]
        wanted = [row["siren"] for row in rows("epci_france_2026.csv.gz")]
        self.assertEqual(sirens, sorted(siren for siren in wanted if siren.startswith("2000398")))

    def test_every_word_typed_begins_a_word_of_the_commune(self):
        """“Saint-Avold” begins like “saint georges” and is not it."""
        communes = [("Saint-Avold", "1"), ("Saint-Georges", "2"), ("Saint-Georges-sur-Eure", "3")]
        index = Index([], communes)
        self.assertEqual(index.search("saint georges", 9), ["2", "3"])
        self.assertEqual(index.search("st geo", 9), ["2", "3"])
        self.assertEqual(index.search("saint", 2), ["1", "2"])

    def test_the_largest_comes_first_among_names_that_match_as_well(self):
        named = [
            SimpleNamespace(siren=siren, name=name, kind="CC", population=population)
            for siren, name, population in (
                ("1", "CC du Val d'Or", 100),
                ("2", "CC du Val d'Argent", 900),
                ("3", "CC Grand Val", 5000),
                ("4", "CC Val", 10),
            )
        ]
        # The very name, then names that begin so, then the word further on.
        self.assertEqual(Index(named, []).search("val", 9), ["4", "2", "1", "3"])

    def test_names_spelled_out(self):
        found = self.data.search_epci("cc haut chemin")[0]
        self.assertEqual(found.full_name, "Communauté de communes Haut Chemin - Pays de Pange")
        self.assertEqual(self.data.epci(METZ).full_name, "Metz Métropole")

    def test_communes(self):
        self.assertEqual(self.data.commune("2A004").name, "Ajaccio")
        self.assertIsNone(self.data.commune("98411").latitude)
        self.assertEqual(self.data.successor("13201"), "13055")
        self.assertEqual(self.data.successor("57463"), "57463")
        former = rows("communes_historiques_2026.csv.gz")
        moved = {r["code_insee"]: r["commune_actuelle"] for r in former}
        self.assertEqual(
            self.data.aliases(), {old: new for old, new in moved.items() if old != new}
        )

    def test_contours(self):
        found = self.data.contours(["57463", "2A004", "97101", "98411", "99999"])
        self.assertEqual(sorted(found), ["2A004", "57463", "97101"])
        self.assertEqual(found["57463"]["type"], "Polygon")
        ring = found["57463"]["coordinates"][0]
        self.assertEqual(ring[0], ring[-1])
        commune = self.data.commune("57463")
        self.assertLess(min(point[0] for point in ring), commune.longitude)
        self.assertGreater(max(point[1] for point in ring), commune.latitude)

    def test_local_law(self):
        laws = {"57463": "alsace_moselle", "67482": "alsace_moselle", "68224": "alsace_moselle"}
        for code, law in (
            laws | {"54395": "general", "2A004": "general", "97411": "general"}
        ).items():
            self.assertEqual(local_law(code), law)

    def test_one_reading_for_all(self):
        self.assertIs(reference(), reference())


class TestTownHalls(TestCase):
    def test_opening_hours(self):
        text = json.dumps(
            [
                ["vendredi", "vendredi", [["14:00:00", "18:30:00"]]],
                ["lundi", "jeudi", [["08:00:00", "12:00:00"], ["13:30:00", "17:00:00"]]],
                ["samedi", "", [["09:05:00", "12:00:00"]]],
                ["dimanche", "dimanche", [["10:00:00", "10:00:00"]]],
            ]
        )
        self.assertEqual(
            opening_hours(text).replace("\u00a0", " "),
            "Du lundi au jeudi : 8 h – 12 h et 13 h 30 – 17 h\nVendredi : 14 h – 18 h 30\n"
            "Samedi : 9 h 05 – 12 h",
        )
        pair = opening_hours('[["mardi", "mercredi", [["09:00:00", "12:00:00"]]]]')
        self.assertEqual(pair.replace("\u00a0", " "), "Mardi et mercredi : 9 h – 12 h")
        for nothing in ("", "[]", "?"):
            self.assertEqual(opening_hours(nothing), "")

    def test_phones(self):
        cases = {
            "03 87 55 50 00": "03 87 55 50 00",
            "0324714563": "03 24 71 45 63",
            "+33 3 87 55 50 00": "03 87 55 50 00",
            "0033 387555000": "03 87 55 50 00",
            "05 90.41.80.00": "05 90 41 80 00",
            "30 13": "30 13",
            "03 22 3 750 53": "03 22 37 50 53",
            "03 90  6": "03 90 6",
            "": "",
        }
        for phone, wanted in cases.items():
            with self.subTest(phone):
                self.assertEqual(display_phone(phone), wanted)

    def test_addresses(self):
        self.assertEqual(split_address("1 place  d'Armes"), ("1 place d’Armes", ""))
        self.assertEqual(split_address("1 rue Haute\nBP 12"), ("1 rue Haute", "BP 12"))
        self.assertEqual(split_address("1 rue Haute | Bâtiment A"), ("1 rue Haute", "Bâtiment A"))

    def test_sites_and_mails_typed_one_for_the_other(self):
        def hall(mail, site):
            row = ["57001", "A", "1 rue B", "57000", "A", "", mail, site, "49.1", "", ""]
            found = town_hall(row)
            return found.email, found.website

        self.assertEqual(hall("", "mairie@a.fr"), ("mairie@a.fr", ""))
        self.assertEqual(hall("x@a.fr", "mairie@a.fr"), ("x@a.fr", ""))
        self.assertEqual(hall("", "www.a.fr"), ("", "https://www.a.fr"))
        self.assertEqual(hall("", "https:/www.a.fr"), ("", "https://www.a.fr"))
        self.assertEqual(hall("", "http://a.fr"), ("", "http://a.fr"))

    def test_every_town_hall_is_readable(self):
        with gzip.open(
            FOLDER / "mairies_france.csv.gz", "rt", encoding="utf-8", newline=""
        ) as file:
            reader = csv.reader(file)
            next(reader)
            for number, row in enumerate(reader):
                if number % 20 == 0:
                    hall = town_hall(row)
                    self.assertTrue(not hall.website or "://" in hall.website, row)
                    self.assertNotIn("None", hall.opening_hours)
