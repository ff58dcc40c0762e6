"""Numbers and sums in French: `vingt et un`, `deux cent un` (traditional spelling), `1re`, `8e`."""

from decimal import Decimal

from .cents import round_cent

UNITS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
    " seize dix-sept dix-huit dix-neuf"
).split()
TENS = {
    20: "vingt",
    30: "trente",
    40: "quarante",
    50: "cinquante",
    60: "soixante",
    80: "quatre-vingt",
}
_MILLION = 10**6
_LARGE = ((10**9, "milliard"), (_MILLION, "million"))


def below_hundred(number: int) -> str:
    """0 to 99, without the s of `quatre-vingts`, which only ends a number.

    >>> [below_hundred(number) for number in (21, 71, 80, 81, 91)]
    ['vingt et un', 'soixante et onze', 'quatre-vingt', 'quatre-vingt-un', 'quatre-vingt-onze']
    """
    if number < 20:
        return UNITS[number]
    ten = 60 if 70 <= number < 80 else 80 if number >= 80 else number - number % 10
    unit = number - ten
    if not unit:
        return TENS[ten]
    link = " et " if unit in (1, 11) and ten != 80 else "-"
    return TENS[ten] + link + UNITS[unit]


def _below_thousand(number: int, ends: bool) -> str:
    """ends: no other numeral follows, so that `cents` and `quatre-vingts` take their s."""
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds:
        several = hundreds > 1
        words.append(f"{UNITS[hundreds]} cent" if several else "cent")
        if several and not rest and ends:
            words[-1] += "s"
    if rest or not hundreds:
        words.append(below_hundred(rest) + ("s" if rest == 80 and ends else ""))
    return " ".join(words)


def number_in_words(number: int) -> str:
    """A whole number, not negative, under a thousand milliards.

    >>> number_in_words(80_000), number_in_words(1_200_380)
    ('quatre-vingt mille', 'un million deux cent mille trois cent quatre-vingts')
    """
    words, rest = [], number
    for size, name in _LARGE:
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{_below_thousand(count, True)} {name}{'s' if count > 1 else ''}")
    thousands, rest = divmod(rest, 1000)
    if thousands:
        words.append("mille" if thousands == 1 else f"{_below_thousand(thousands, False)} mille")
    if rest or not words:
        words.append(_below_thousand(rest, True))
    return " ".join(words)


def euros_in_words(amount: Decimal) -> str:
    """A sum in euros, to the cent, as an act writes it after the figures.

    >>> euros_in_words(Decimal("81.01")), euros_in_words(Decimal("0.01"))
    ('quatre-vingt-un euros et un centime', 'un centime')
    >>> euros_in_words(Decimal("1000000"))
    'un million d’euros'
    """
    cents = int(round_cent(abs(amount)) * 100)
    minus = "moins " if amount < 0 and cents else ""
    euros, cents = divmod(cents, 100)
    words = []
    if euros or not cents:
        link = " d’" if euros and euros % _MILLION == 0 else " "
        words.append(f"{number_in_words(euros)}{link}euro{'s' if euros > 1 else ''}")
    if cents:
        words.append(f"{number_in_words(cents)} centime{'s' if cents > 1 else ''}")
    return minus + " et ".join(words)


def ordinal(number: int, feminine: bool = False) -> str:
    """A place in an order, in figures.

    >>> ordinal(1), ordinal(1, feminine=True), ordinal(8, feminine=True), ordinal(21)
    ('1er', '1re', '8e', '21e')
    """
    if number == 1:
        return "1re" if feminine else "1er"
    return f"{number}e"
