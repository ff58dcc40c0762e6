"""Contrast of colours, against the values that the WCAG publishes."""

import unittest

from engine import contrast


class TestContrast(unittest.TestCase):
    def test_black_on_white_has_the_greatest_contrast(self):
        self.assertEqual(contrast.ratio("#000000"), 21)
        self.assertEqual(contrast.ratio("#fff"), 1)

    def test_ratio_does_not_depend_on_the_order(self):
        self.assertEqual(contrast.ratio("#123456", "#abcdef"), contrast.ratio("#abcdef", "#123456"))

    def test_known_limits_of_grey(self):
        """#767676 is the lightest grey that passes on white, #777777 does not."""
        self.assertAlmostEqual(contrast.ratio("#767676"), 4.54, places=2)
        self.assertAlmostEqual(contrast.ratio("#777777"), 4.48, places=2)
        self.assertEqual(contrast.readable("#767676"), "#767676")
        self.assertNotEqual(contrast.readable("#777777"), "#777777")

    def test_short_and_bare_writings_are_read(self):
        self.assertEqual(contrast.channels("#1F4"), (0x11, 0xFF, 0x44))
        self.assertEqual(contrast.channels(" 1f4e79 "), (0x1F, 0x4E, 0x79))

    def test_what_is_not_a_colour_is_refused(self):
        for text in ("", None, "blue", "#12345", "#12345g", "#1234567", "rgb(1,2,3)"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                contrast.channels(text)


if __name__ == "__main__":
    unittest.main()
