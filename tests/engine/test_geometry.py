"""Contours checked by hand: shapes, inner rings and centres."""

import unittest
from math import cos, radians

from engine.opendata.geometry import Projected, project

SQUARE = {"type": "Polygon", "coordinates": [[[6, 49], [7, 49], [7, 50], [6, 50], [6, 49]]]}


class TestGeometry(unittest.TestCase):
    def test_a_degree_of_longitude_is_shortened_by_the_cosine_of_the_latitude(self):
        drawn = project({"a": SQUARE}, width=102, margin=1)
        self.assertAlmostEqual(drawn.height, 100 / cos(radians(49.5)) + 2, places=1)
        self.assertEqual(drawn.height, round(drawn.height, 1))

    def test_a_margin_on_each_side(self):
        for margin in (1, 2, 5):
            drawn = project({"a": SQUARE}, width=100 + 2 * margin, margin=margin)
            self.assertIn(f"L{100 + margin}.0,{margin}.0L{margin}.0,{margin}.0Z", drawn.paths["a"])
            self.assertAlmostEqual(drawn.height - 2 * margin, 100 / cos(radians(49.5)), places=1)

    def test_north_is_at_the_top(self):
        drawn = project({"a": SQUARE}, width=102)
        self.assertEqual(
            drawn.paths["a"],
            f"M1.0,{drawn.height - 1:.1f}L101.0,{drawn.height - 1:.1f}L101.0,1.0L1.0,1.0Z",
        )
        self.assertEqual(drawn.centres["a"], (51, round(drawn.height / 2, 1)))

    def test_rings_and_parts_are_sub_paths_and_the_centre_is_that_of_the_largest_part(self):
        geometry = {
            "type": "MultiPolygon",
            "coordinates": [
                [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]],
                [
                    [[4, 0], [8, 0], [8, 4], [4, 4], [4, 0]],
                    [[5, 1], [6, 1], [6, 2], [5, 2], [5, 1]],
                ],
            ],
        }
        drawn = project({"x": geometry}, width=802, margin=1)
        self.assertEqual(drawn.paths["x"].count("M"), 3)
        self.assertEqual(drawn.paths["x"].count("Z"), 3)
        self.assertAlmostEqual(drawn.centres["x"][0], 601, places=0)

    def test_the_centre_of_a_triangle_is_at_a_third_of_its_height(self):
        """600 wide from 1: the right angle on the left, so a third is 201."""
        ring = [[0, -1], [6, -1], [0, 2], [0, -1]]
        drawn = project({"a": {"type": "Polygon", "coordinates": [ring]}}, width=602, margin=1)
        (x, y), base = drawn.centres["a"], drawn.height - 1
        self.assertEqual(x, 201)
        self.assertAlmostEqual(y, base - (base - 1) / 3, places=0)

    def test_a_contour_without_surface_is_where_it_begins(self):
        ring = [[6, 49], [7, 49], [6, 49]]
        square = SQUARE["coordinates"][0]
        flat = {"type": "MultiPolygon", "coordinates": [[ring], [square]]}
        drawn = project({"a": {"type": "Polygon", "coordinates": [ring]}}, width=102)
        self.assertEqual((drawn.centres["a"], drawn.height), ((1, 1), 2))
        # Beside a surface, it is not the largest part.
        self.assertEqual(project({"a": flat}, width=102).centres["a"][0], 51)

    def test_without_contours_nothing_is_drawn(self):
        self.assertEqual(project({}, width=102), Projected(102, 0, {}, {}))

    def test_a_contour_without_width(self):
        ring = [[6, 49], [6, 50], [6, 49]]
        drawn = project({"a": {"type": "Polygon", "coordinates": [ring]}}, width=102)
        self.assertEqual((drawn.height, drawn.paths["a"]), (102, "M1.0,101.0L1.0,1.0Z"))

    def test_neighbours_share_their_border(self):
        east = {"type": "Polygon", "coordinates": [[[7, 49], [8, 49], [8, 50], [7, 50], [7, 49]]]}
        drawn = project({"a": SQUARE, "b": east}, width=202)
        self.assertIn("101.0,1.0", drawn.paths["a"])
        self.assertIn("101.0,1.0", drawn.paths["b"])

    def test_points_that_fall_together_are_drawn_once(self):
        ring = [[6, 49], [6.00001, 49], [7, 49], [7, 50], [6, 50], [6, 49]]
        drawn = project({"a": {"type": "Polygon", "coordinates": [ring]}}, width=102)
        self.assertEqual(drawn.paths["a"].count("L"), 3)

    def test_altitudes_are_ignored(self):
        ring = [[x, y, 180] for x, y in SQUARE["coordinates"][0]]
        drawn = project({"a": {"type": "Polygon", "coordinates": [ring]}}, width=102)
        self.assertEqual(drawn.paths, project({"a": SQUARE}, width=102).paths)

    def test_nothing_to_draw(self):
        self.assertEqual(project({}, width=100).paths, {})

    def test_a_point_is_not_a_contour(self):
        with self.assertRaises(ValueError):
            project({"a": {"type": "Point", "coordinates": [6, 49]}}, width=100)


if __name__ == "__main__":
    unittest.main()
