"""Town halls: where they are, how to reach them, when they are open."""

import json
import re
from dataclasses import dataclass

DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
_NBSP = "\u00a0"
_TEN_DIGITS = re.compile(r"0\d{9}$")
_COMPLEMENT = re.compile(r"^(.*?)\s*(?:\n|\||;| - )\s*(.+)$", re.S)


@dataclass(frozen=True, slots=True)
class TownHall:
    """A town hall; texts are “” when unknown.

    phone: “03 87 55 50 00”. website: with its scheme. opening_hours: readable French, one line
    per range of days. latitude, longitude: degrees; can be wrong by kilometres, so that maps use
    the centre of the commune.
    """

    street: str
    street2: str
    zip: str
    city: str
    phone: str
    email: str
    website: str
    latitude: float | None
    longitude: float | None
    opening_hours: str


def town_hall(row: list[str]) -> TownHall:
    """A row of mairies_france.csv, whose columns are fixed."""
    _code, _commune, address, zip_code, city, phone, email, site, latitude, longitude, hours = row
    street, street2 = split_address(address)
    email, website = _mail_and_site(email, site)
    return TownHall(
        street=street,
        street2=street2,
        zip=zip_code,
        city=city,
        phone=display_phone(phone),
        email=email,
        website=website,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        opening_hours=opening_hours(hours),
    )


def split_address(address: str) -> tuple[str, str]:
    """Street, and what is written after it (place, building), with the apostrophe of print.

    >>> split_address("1 place d'Armes")
    ('1 place d’Armes', '')
    """
    address = address.strip().replace("'", "’")
    match = _COMPLEMENT.match(address)
    parts = match.groups() if match else (address, "")
    return " ".join(parts[0].split()), " ".join(parts[1].split())


def display_phone(phone: str) -> str:
    """Ten digits by twos; any other form is left as it is, with single spaces."""
    digits = re.sub(r"[\s.\-/]", "", phone)
    digits = re.sub(r"^(?:\+|00)33\(?0?\)?", "0", digits)
    if _TEN_DIGITS.match(digits):
        return " ".join(digits[index : index + 2] for index in range(0, 10, 2))
    return " ".join(phone.split())


def _mail_and_site(email: str, site: str) -> tuple[str, str]:
    """E-mail and web address; some town halls typed one in the place of the other."""
    email, site = email.strip(), site.strip()
    if "@" in site and "/" not in site:
        return email or site, ""
    site = re.sub(r"^(https?):/*", r"\1://", site, flags=re.I)
    return email, f"https://{site}" if site and "://" not in site else site


def opening_hours(text: str) -> str:
    """Readable opening hours: “Du lundi au vendredi : 8 h – 12 h et 13 h – 17 h”.

    :param text: JSON list of [first day, last day, [[opening, closing], ...]]
    :return: one line per range of days, in the order of the week; “” when nothing is known
    """
    try:
        ranges = json.loads(text or "[]")
    except ValueError:
        return ""
    lines = []
    for first, last, periods in sorted(ranges, key=lambda item: _order(item[0])):
        spans = [f"{_hour(start)} – {_hour(end)}" for start, end in periods if start < end]
        line = f"{_days(first, last)}{_NBSP}: {_join(spans)}"
        if spans and line not in lines:
            lines.append(line)
    return "\n".join(lines)


def _order(day: str) -> int:
    return DAYS.index(day) if day in DAYS else len(DAYS)


def _days(first: str, last: str) -> str:
    if not last or first == last:
        return first.capitalize()
    if _order(last) == _order(first) + 1:
        return f"{first.capitalize()} et {last}"
    return f"Du {first} au {last}"


def _hour(clock: str) -> str:
    """“8 h” or “13 h 30” with unbreakable spaces."""
    hour, minute = clock.split(":")[:2]
    text = f"{int(hour)}{_NBSP}h"
    return text if minute == "00" else f"{text}{_NBSP}{minute}"


def _join(spans: list[str]) -> str:
    return " et ".join([", ".join(spans[:-1]), spans[-1]] if len(spans) > 1 else spans)
