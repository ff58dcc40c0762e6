"""Contrast of two colours, as the accessibility rules measure it.

Formulas: WCAG 2.2, definitions of "relative luminance" and "contrast ratio"
(https://www.w3.org/TR/WCAG22/#dfn-relative-luminance, #dfn-contrast-ratio).
Success criterion 1.4.3 (level AA, taken over by RGAA 3.2) asks for 4.5:1 for text.
"""

import re
from functools import lru_cache

MINIMUM_FOR_TEXT = 4.5
WHITE = "#ffffff"
_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\Z")


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue (0 to 255) of `#1f4e79`, `1F4E79` or `#fff`.

    :raises ValueError: for anything else
    """
    match = _HEX.match((color or "").strip())
    if not match:
        raise ValueError(color)
    digits = match[1]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return tuple(int(digits[i : i + 2], 16) for i in (0, 2, 4))


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(color: str) -> float:
    """Relative luminance: 0 for black, 1 for white."""
    red, green, blue = (_linear(channel) for channel in channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(color: str, other: str = WHITE) -> float:
    """Contrast ratio of two colours, from 1.0 (same luminance) to 21.0 (black on white)."""
    darker, lighter = sorted((luminance(color), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@lru_cache(maxsize=64)  # each letter of a sending asks for the same colours
def mix(color: str, other: str, share: float) -> str:
    """A colour between two: `share` is the part of the first, from 0 to 1."""
    pairs = zip(channels(color), channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


@lru_cache(maxsize=64)
def readable(color: str, minimum: float = MINIMUM_FOR_TEXT) -> str:
    """The colour itself, or as little darker as makes it readable on white."""
    for share in range(100, 0, -5):
        darker = mix(color, "#000000", share / 100)
        if ratio(darker) >= minimum:
            return darker
    return "#000000"
