"""Legal number of members of a municipal council (CGCT, art. L. 2121-2 and L. 2121-2-1)."""

from dataclasses import dataclass

# Inhabitants (strictly under) -> members of the municipal council.
COUNCIL_SIZES = [
    (100, 7),
    (500, 11),
    (1500, 15),
    (2500, 19),
    (3500, 23),
    (5000, 27),
    (10000, 29),
    (20000, 33),
    (30000, 35),
    (40000, 39),
    (50000, 43),
    (60000, 45),
    (80000, 49),
    (100000, 53),
    (150000, 55),
    (200000, 59),
    (250000, 61),
    (300000, 65),
]
LARGEST_COUNCIL = 69
# A council of a small commune is held for complete with fewer: art. L. 2121-2-1, as law 2025-444 of
# 21 May 2025 (art. 5) wrote it, since the renewal of March 2026.
REDUCED = [(100, 5), (500, 9), (1000, 13)]
# Paris, Lyon and Marseille have texts of their own (art. L. 2512-3 and L. 2513-1).
SEPARATE_CITIES = ("75056", "69123", "13055")
SOURCE = "CGCT, art. L. 2121-2 et L. 2121-2-1"


@dataclass(frozen=True)
class Size:
    """full: members by law; least: from how many on the council is held for complete."""

    full: int
    least: int

    def says(self, count: int) -> str:
        """`few`, `many`, or nothing when that many members agree with the law."""
        if count > self.full:
            return "many"
        return "few" if count < self.least else ""


def members(population: int) -> int:
    """Members of the council of a commune of that many inhabitants.

    >>> [members(inhabitants) for inhabitants in (99, 100, 3499, 3500, 300_000)]
    [7, 11, 23, 27, 69]
    """
    return next((size for under, size in COUNCIL_SIZES if population < under), LARGEST_COUNCIL)


def legal_size(population: int, insee_code: str = "") -> Size | None:
    """Size of a council, from the population at its last renewal.

    None without population, or for a commune under a special law.

    >>> legal_size(480)
    Size(full=11, least=9)
    >>> legal_size(480).says(8), legal_size(480).says(12), legal_size(480).says(9)
    ('few', 'many', '')
    """
    if not population or insee_code in SEPARATE_CITIES:
        return None
    full = members(population)
    least = next((count for under, count in REDUCED if population < under), full)
    return Size(full, least)
