"""Communes and intercommunalities, as the reference data describe them."""

from dataclasses import dataclass

from .town_halls import TownHall

ALSACE_MOSELLE = ("57", "67", "68")
_PREFIXES = {
    "CC ": "Communauté de communes ",
    "CA ": "Communauté d’agglomération ",
    "CU ": "Communauté urbaine ",
}


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune. population: inhabitants (municipal population). latitude, longitude: its centre,
    in degrees, None when unknown. siren, epci_siren: “” when it has none."""

    insee_code: str
    name: str
    siren: str
    department: str
    postal_codes: tuple[str, ...]
    population: int
    epci_siren: str
    latitude: float | None
    longitude: float | None
    town_hall: TownHall | None = None


@dataclass(frozen=True, slots=True)
class Epci:
    """An intercommunality.

    name: as in the legal texts, with the usual abbreviation. kind: CC, CA, CU, METRO, MET69 or
    EPT. population: inhabitants, the sum of its communes. department: code of the main one.
    members_known: False for an EPT, whose communes the data attach to the Grand Paris.
    """

    siren: str
    name: str
    kind: str
    population: int
    department: str
    departments: tuple[str, ...]
    commune_count: int
    members_known: bool = True

    @property
    def full_name(self) -> str:
        """The name with “Communauté de communes” spelled out."""
        return _PREFIXES.get(self.name[:3], self.name[:3]) + self.name[3:]


def department_of(insee_code: str) -> str:
    """Code of the department or overseas collectivity of a commune."""
    return insee_code[:3] if insee_code[:2] in ("97", "98") else insee_code[:2]


def local_law(insee_code: str) -> str:
    """`alsace_moselle` where the local law applies, else `general`."""
    return "alsace_moselle" if insee_code[:2] in ALSACE_MOSELLE else "general"


def commune_of(row: list[str], hall: TownHall | None = None) -> Commune:
    """A row of communes_france.csv, whose columns are fixed."""
    code, name, siren, department, _region, _district, postal, population, epci, lat, lon = row[:11]
    return Commune(
        insee_code=code,
        name=name,
        siren=siren,
        department=department,
        postal_codes=tuple(filter(None, postal.split("|"))),
        population=int(population or 0),
        epci_siren=epci,
        latitude=float(lat) if lat else None,
        longitude=float(lon) if lon else None,
        town_hall=hall,
    )


def epci_of(row: list[str], members: int, population: int) -> Epci:
    """A row of epci_france.csv, with the number and the population of its communes."""
    siren, name, kind, _tax, count, announced, _total, department, departments = row
    return Epci(
        siren=siren,
        name=name,
        kind=kind,
        population=population or int(announced or 0),
        department=department,
        departments=tuple(departments.split("|")),
        commune_count=members or int(count),
        members_known=members > 0,
    )
