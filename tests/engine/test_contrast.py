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
        self.assertLess(contrast.readable("#777777"), "#777777")

    def test_light_of_dark_and_of_plain_channels(self):
        """Published table of sRGB: 10 gives 0.003035, 11 gives 0.003347, 128 gives 0.215861."""
        for channel, light in (
            (0, 0),
            (1, 0.000304),
            (10, 0.003035),
            (11, 0.003347),
            (128, 0.215861),
        ):
            for color, share in (("{0}0000", 0.2126), ("00{0}00", 0.7152), ("0000{0}", 0.0722)):
                found = contrast.luminance(color.format(f"{channel:02x}"))
                self.assertAlmostEqual(found, light * share, places=6, msg=(channel, color))

    def test_a_colour_between_two(self):
        for share, wanted in ((1, "#204060"), (0.5, "#90a0b0"), (0.25, "#c7cfd7"), (0, "#ffffff")):
            self.assertEqual(contrast.mix("#204060", "#ffffff", share), wanted, share)

    def test_a_colour_is_darkened_by_twentieths_until_it_is_readable(self):
        """0x77 is 119: 95 hundredths of it are 113, or 0x71."""
        self.assertEqual(contrast.readable("#777777"), "#717171")
        self.assertEqual(contrast.readable("#767676", contrast.ratio("#767676")), "#767676")
        for color in ("#ffd700", "#ff0000", "#00ffff", "#ffffff"):
            shades = [contrast.mix(color, "#000000", 1 - n * 0.05) for n in range(20)]
            wanted = next(shade for shade in shades if contrast.ratio(shade) >= 4.5)
            self.assertEqual(contrast.readable(color), wanted)
        self.assertEqual(contrast.readable("#ffffff", 21), "#000000")

    def test_short_and_bare_writings_are_read(self):
        self.assertEqual(contrast.channels("#1F4"), (0x11, 0xFF, 0x44))
        self.assertEqual(contrast.channels(" 1f4e79 "), (0x1F, 0x4E, 0x79))

    def test_what_is_not_a_colour_is_refused(self):
        for text in ("", None, "blue", "#12345", "#12345g", "#1234567", "rgb(1,2,3)"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                contrast.channels(text)

    def test_a_colour_that_can_be_read_stays_as_it_is(self):
        """7a3b00 on white is far above 4.5:1; yellow becomes darker until it is read."""
        self.assertEqual(contrast.readable("#7a3b00"), "#7a3b00")
        darker = contrast.readable("#ffd700")
        self.assertNotEqual(darker, "#ffd700")
        self.assertGreaterEqual(contrast.ratio(darker, "#ffffff"), 4.5)


if __name__ == "__main__":
    unittest.main()
