"""The members of an intercommunality brought up to date without losing what users wrote."""

from unittest import TestCase

from engine.opendata.territory import KnownCommune, brand_name, merge, plan


class TestMerge(TestCase):
    def test_three_ways(self):
        """Values that no user edited follow the reference; edited ones are kept and reported."""
        for case, current, baseline, reference, wanted in (
            ("the same", "01 02", "01 02", "01 02", ({}, {})),
            ("nothing on either side", False, "", None, ({}, {})),
            ("changed in the reference", "01 02", "01 02", "03 04", ({"phone": "03 04"}, {})),
            ("written by a user", "05 06", "01 02", "03 04", ({}, {"phone": "03 04"})),
            ("emptied by a user", "", "01 02", "03 04", ({}, {"phone": "03 04"})),
            ("a user's, the reference has not moved", "05 06", "01 02", "01 02", ({}, {})),
            ("gone from the reference", "01 02", "01 02", "", ({"phone": ""}, {})),
            ("empty then and now", "", "", "03 04", ({"phone": "03 04"}, {})),
        ):
            with self.subTest(case):
                found = merge({"phone": current}, {"phone": baseline}, {"phone": reference})
                self.assertEqual(found, wanted)

    def test_a_field_that_was_never_compared(self):
        """Without a baseline an empty field is filled and a written one is the user's."""
        self.assertEqual(merge({}, {}, {"phone": "03"}), ({"phone": "03"}, {}))
        self.assertEqual(merge({"phone": "05"}, {}, {"phone": "03"}), ({}, {"phone": "03"}))
        self.assertEqual(merge({"phone": "05"}, {}, {"phone": ""}), ({}, {}))


class TestPlan(TestCase):
    def changes(self, reference, *known):
        """{code: (kind, values, successor)}"""
        found = plan(
            {code: {"name": name} for code, name in reference.items()},
            known,
            lambda code: {"57002": "57001"}.get(code, code),
        )
        self.assertEqual([one.insee_code for one in found], sorted(one.insee_code for one in found))
        return {one.insee_code: (one.kind, one.values, one.successor) for one in found}

    def known(self, code, name, member=True):
        return KnownCommune(7, code, name, member, {"name": name}, {"name": name})

    def test_what_becomes_of_each_commune(self):
        found = self.changes(
            {"57009": "Neuve", "57001": "Aubrive", "57003": "Clairval-le-Haut", "57005": "Revenue"},
            self.known("57005", "Revenue", member=False),
            self.known("57001", "Aubrive"),
            self.known("57002", "Bellefontaine"),
            self.known("57003", "Clairval"),
            self.known("57004", "Partie"),
            self.known("57006", "Étrangère", member=False),
        )
        self.assertEqual(
            found,
            {
                "57001": ("unchanged", {}, ""),
                "57002": ("merged", {}, "57001"),
                "57003": ("changed", {"name": "Clairval-le-Haut"}, ""),
                "57004": ("left", {}, ""),
                "57005": ("back", {}, ""),
                "57009": ("new", {"name": "Neuve"}, ""),
            },
        )

    def test_the_values_before_are_reported(self):
        (one,) = plan(
            {"57003": {"name": "Clairval-le-Haut"}}, [self.known("57003", "Clairval")], str
        )
        self.assertEqual((one.before, one.record_id), ({"name": "Clairval"}, 7))


class TestBrand(TestCase):
    def test_the_name_used_in_public(self):
        self.assertEqual(brand_name("200039865"), "Eurométropole de Metz")
        self.assertEqual(brand_name("000000000"), "")
