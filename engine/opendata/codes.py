"""INSEE codes of communes, SIREN and SIRET numbers, however a file writes them."""

import re
from collections.abc import Callable, Iterable, Mapping

from stdnum import luhn

INSEE = re.compile(r"(?:\d\d|2[AB])\d{3}$")
SIREN = re.compile(r"\d{9}$")
LA_POSTE = "356000000"
# Codes have nine signs, the name of a department beside its code some forty.
_LONGEST = 80
_SPREADSHEET = re.compile(r"^=?[\"']*(.*?)[\"']*$")
_POWER = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}$")
_DEPARTMENT = re.compile(r"(\d{1,3}|2[AB])$")
# Departments and collectivities overseas in the coding of the Ministry of the Interior.
OVERSEAS = {
    "ZA": "971",
    "ZB": "972",
    "ZC": "973",
    "ZD": "974",
    "ZM": "976",
    "ZN": "988",
    "ZP": "987",
    "ZS": "975",
    "ZW": "986",
    "ZX": "977",
}
# Rhône without and with Lyon, the collectivity of Paris, Corsica as other files write them.
_VARIANTS = {"69D": "69", "69M": "69", "75C": "75"}
_VARIANTS |= {zero + letter: f"2{letter}" for zero in ("02", "20") for letter in "AB"}


def bare(text: str) -> str:
    """A code without spaces, quotes or the decimals that a spreadsheet adds."""
    if text.isalnum():
        return text.upper()
    code = "".join(_SPREADSHEET.sub(r"\1", text.strip()[:_LONGEST]).split()).upper()
    head, dot, tail = code.replace(",", ".").partition(".")
    if dot and not tail.strip("0"):
        return head
    code = head + dot + tail
    return str(round(float(code))) if _POWER.match(code) else code


def department(text: str) -> str:
    """Code of a department (01, 2A, 971), alone or before its name, or “” when it is not one."""
    code = bare(text).partition("-")[0]
    code = OVERSEAS.get(code) or _VARIANTS.get(code, code)
    match = _DEPARTMENT.match(code)
    if not match:
        return ""
    code = match[1]
    return code.zfill(2) if len(code) < 3 else code.lstrip("0").zfill(2)


def insee_code(code: str, in_department: str = "") -> str:
    """INSEE code of a commune on five characters, or “” when it cannot be known.

    :param code: the code as written: five characters, four when a leading zero was lost, or up
        to three when the department is in another column
    :param in_department: the department as written
    """
    code = bare(code)
    if len(code) == 4 and code.isdigit():
        code = "0" + code
    if len(code) > 3 or not code.isdigit():
        return code if INSEE.match(code) else ""
    dep = department(in_department)
    if not dep:
        return ""
    if len(dep) == 2:
        return dep + code.zfill(3)
    # Overseas the third digit of the department is the first of the commune's three.
    return dep[:2] + code if len(code) == 3 and code[0] != "0" else dep + code[-2:].zfill(2)


def siren(text: str) -> str:
    """SIREN on nine digits, or “” when it is not one."""
    code = bare(text)
    if not code.isdigit() or not 7 <= len(code) <= 9:
        return ""
    return code.zfill(9)


def siret(text: str) -> str:
    """SIRET on fourteen digits, or “” when it is not one: its key is that of Luhn; the digits of
    numbers of La Poste have a sum divisible by five.

    >>> siret("200 039 865 00015"), siret("20003986500016"), siret("35600000049837")
    ('20003986500015', '', '35600000049837')
    """
    code = bare(text)
    if not (code.isascii() and code.isdigit() and len(code) == 14):
        return ""
    if luhn.is_valid(code):
        return code
    return code if code.startswith(LA_POSTE) and sum(map(int, code)) % 5 == 0 else ""


class Memo(dict):
    """A function of one text, remembered: large files repeat few values."""

    def __init__(self, function: Callable[[str], object]):
        super().__init__()
        self.function = function

    def __missing__(self, key):
        value = self[key] = self.function(key)
        return value


class Wanted:
    """The communes and intercommunalities to keep, known by any of their codes.

    aliases: code of a former commune -> code of the commune that it is part of today.
    """

    def __init__(
        self,
        communes: Iterable[str] = (),
        epci: Iterable[str] = (),
        aliases: Mapping[str, str] | None = None,
    ):
        self.communes = frozenset(communes)
        self.epci = frozenset(epci)
        aliases = aliases or {}
        self.current = {code: code for code in self.communes}
        self.current |= {old: new for old, new in aliases.items() if new in self.communes}

    def commune_texts(self) -> frozenset[str]:
        """Usual writings of the wanted codes, to recognise them without work on each row."""
        texts = set(self.current) | {code.lower() for code in self.current}
        short = {code[1:] for code in self.current if code[0] == "0"}
        return frozenset(texts | {f" {code}" for code in short} | {f"{code} " for code in short})

    def departments(self) -> frozenset[str]:
        """Departments of the wanted communes."""
        return frozenset(
            code[:3] if code[:2] in ("97", "98") else code[:2] for code in self.current
        )

    def has_commune(self, text: str) -> bool:
        """Whether a code without its department is a wanted commune."""
        return insee_code(text) in self.current

    def has_siren(self, text: str) -> bool:
        """Whether a text is the SIREN of a wanted intercommunality."""
        return siren(text) in self.epci
