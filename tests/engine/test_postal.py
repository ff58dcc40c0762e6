"""Postal addresses and sheets of labels."""

import unittest

from engine.postal import address, labels


class TestAddress(unittest.TestCase):
    def test_street_and_place_are_capitals_without_accent_or_punctuation(self):
        self.assertEqual(
            address.lines(
                ["Madame Céline D’ANGELO", "Maire du Ban-Saint-Martin"],
                street="1, rue de l’Église n° 2",
                postal_code="57 050",
                place="Le Ban-Saint-Martin",
            ),
            [
                "Madame Céline D’ANGELO",
                "Maire du Ban-Saint-Martin",
                "1 RUE DE L EGLISE N 2",
                "57050 LE BAN SAINT MARTIN",
            ],
        )

    def test_letters_that_no_accent_makes(self):
        for name, wanted in {
            "rue Strauß": "RUE STRAUSS",
            "Quai Søren Kierkegaard": "QUAI SOREN KIERKEGAARD",
            "allée du Cœur": "ALLEE DU COEUR",
            "place Lech Wałęsa": "PLACE LECH WALESA",
        }.items():
            with self.subTest(name):
                self.assertEqual(address.plain(name), wanted)

    def test_building_comes_before_the_street_and_post_box_after(self):
        self.assertEqual(
            address.lines(["Mairie"], "1 place d’Armes", "Bâtiment B", "57000", "Metz"),
            ["Mairie", "BATIMENT B", "1 PLACE D ARMES", "57000 METZ"],
        )
        self.assertEqual(
            address.lines(["Mairie"], "1 place d’Armes", "BP 21025", "57036", "Metz Cedex 1"),
            ["Mairie", "1 PLACE D ARMES", "BP 21025", "57036 METZ CEDEX 1"],
        )

    def test_no_line_is_longer_than_38_characters_and_there_are_six_at_most(self):
        found = address.lines(
            [
                "Madame la Présidente Marie-Antoinette DE LA TOUR DU PIN DES CHÂTEAUX",
                "Maire de Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson",
            ],
            "125 boulevard du Général Marie-Joseph-Pierre-François Koenig",
            "CS 12345",
            "51290",
            "Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson",
        )
        self.assertEqual(len(found), 6)
        self.assertLessEqual(max(map(len, found)), 38)
        self.assertEqual(found[-1], "51290 ST REMY EN BOUZEMONT ST GENEST")
        self.assertTrue(found[3].startswith("125 BD DU GAL MARIE"))

    def test_a_long_name_leaves_a_line_to_each_of_the_others(self):
        """Street and place: four lines remain, so two for the first of three names."""
        long = "Monsieur le président du syndicat intercommunal des eaux et de la forêt de Metz"
        found = address.lines(
            [long, "Service des eaux", "Madame AUBRY"], "1 rue A", "", "57000", "X"
        )
        self.assertEqual(
            found,
            [
                "Monsieur le président du syndicat",
                "intercommunal des eaux et de la forêt",
                "Service des eaux",
                "Madame AUBRY",
                "1 RUE A",
                "57000 X",
            ],
        )

    def test_names_without_room_are_left_out_from_the_last(self):
        names = ["Un", "Deux", "Trois", "Quatre", "Cinq"]
        found = address.lines(names, "1 rue A", "BP 1", "57000", "X", "Belgique")
        self.assertEqual(found, ["Un", "Deux", "1 RUE A", "BP 1", "57000 X", "BELGIQUE"])

    def test_a_line_of_38_characters_is_whole_and_one_more_is_abbreviated(self):
        whole = "12 AVENUE DU GENERAL LECLERC DE FRANCE"
        self.assertEqual(len(whole), 38)
        self.assertEqual(address.shorten(whole), whole)
        self.assertEqual(address.shorten(whole + "S"), "12 AV DU GENERAL LECLERC DE FRANCES")

    def test_words_of_a_name_on_as_few_lines_as_possible(self):
        self.assertEqual(address.wrap("un deux trois", 3, 7), ["un deux", "trois"])
        self.assertEqual(address.wrap("un deux trois", 1, 7), ["un deux"])
        self.assertEqual(address.wrap("anticonstitutionnel", 2, 10), ["anticonsti", "tutionnel"])

    def test_a_line_that_fits_is_not_abbreviated(self):
        self.assertEqual(
            address.shorten("12 AVENUE DU GENERAL LECLERC"), "12 AVENUE DU GENERAL LECLERC"
        )

    def test_names_of_places_are_linked_as_in_speech(self):
        for name, linked in {
            "Metz": "de Metz",
            "Amanvillers": "d’Amanvillers",
            "Éply": "d’Éply",
            "Le Ban-Saint-Martin": "du Ban-Saint-Martin",
            "La Maxe": "de La Maxe",
            "Les Étangs": "des Étangs",
            "L’Hôpital": "de L’Hôpital",
            "Œting": "d’Œting",
            "Hauconcourt": "de Hauconcourt",
        }.items():
            with self.subTest(name=name):
                self.assertEqual(address.of_place(name), linked)


class TestLabels(unittest.TestCase):
    def test_labels_fill_the_sheet_symmetrically(self):
        for label in labels.FORMATS.values():
            with self.subTest(code=label.code):
                x, y = label.place(label.count - 1)
                self.assertAlmostEqual(x + label.width, 210 - label.left, places=1)
                self.assertAlmostEqual(y + label.height, 297 - label.top, places=1)
                self.assertGreaterEqual(label.left, 0)
                self.assertGreaterEqual(label.top, 0)

    def test_a_sheet_that_was_begun_is_finished_first(self):
        label = labels.FORMATS["3x8"]
        pages = labels.sheets([["a"], ["b"], ["c"]], label, start=23)
        self.assertEqual([len(page) for page in pages], [2, 1])
        self.assertEqual((pages[0][0].x, pages[0][0].y), (70, 259.5))
        self.assertEqual((pages[1][0].x, pages[1][0].y), (0, 0.5))

    def test_each_format_as_it_is_sold(self):
        """Labels, then the corner of the second of the second line, in millimetres."""
        for code, count, corner in (
            ("3x8", 24, (70.0, 37.5)),
            ("2x8", 16, (106.25, 46.8)),
            ("3x7", 21, (73.25, 53.25)),
        ):
            label = labels.FORMATS[code]
            self.assertEqual(label.count, count)
            self.assertEqual(label.place(label.columns + 1), corner, code)

    def test_letters_are_as_large_as_the_label_allows_by_half_points(self):
        """A label of 70 × 37 mm: 60 mm are 170 points. Nineteen capitals of 0.6: 14.9, so the
        largest, 10.5; 32 of them: 8.85, so 9 and
        that line narrowed; 32 small letters of 0.5: 10.6. Eight lines share
        31 mm, 87.9 points: 9.15 with 1.2 between, so 9."""
        label = labels.FORMATS["3x8"]
        for lines, size in (
            (["A" * 19], 10.5),
            (["A" * 32], 9),
            (["a" * 32], 10.5),
            (["1" * 32], 9),
            (["A"] * 8, 9),
            ([], 10.5),
            ([""], 10.5),
            (["A" * 60], 9),
        ):
            self.assertEqual(labels.font_size(lines, label), size, lines)

    def test_a_line_too_long_is_narrowed_alone(self):
        """38 capitals at 9 points: 205.2 points in 170.08; a short line above stays as it is."""
        placed = labels.sheets([["Metz", "A" * 38]], labels.FORMATS["3x8"])[0][0]
        self.assertEqual(placed.narrowed, (1, 0.829))

    def test_a_position_that_does_not_exist_is_refused(self):
        for start in (0, 25):
            with self.assertRaises(ValueError):
                labels.sheets([["a"]], labels.FORMATS["3x8"], start)

    def test_the_longest_line_that_the_standard_allows_fits_in_each_label(self):
        for label in labels.FORMATS.values():
            with self.subTest(code=label.code):
                size = labels.font_size(["A" * 38] * 6, label)
                self.assertGreaterEqual(size, labels.SMALLEST_FONT)
                self.assertLessEqual(6 * size * labels.LINE_HEIGHT * 25.4 / 72, label.height)


if __name__ == "__main__":
    unittest.main()
