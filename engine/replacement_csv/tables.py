"""Requests and agents read from the two CSV files."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from ..calendar import public_holidays
from ..opendata.places import ALSACE_MOSELLE, department_of
from ..orientation.csvfile import read_rows
from ..staffing import (
    WORKING_WEEK,
    Agent,
    HalfDay,
    Limits,
    Pattern,
    Places,
    Problem,
    Request,
    half_days,
    pad_code,
)
from ..text import flat
from .cells import Cells
from .days import read_pattern
from .events import apply_amendments, is_kept, read_events
from .flexibility import read_flexibility
from .messages import RegisterError, message

# “Contractuel sur le poste d’un titulaire” is not one.
_TENURED = re.compile(
    r"^(?!.*\b(?:non[ -]titulaire|contractuel|stagiaire|vacataire|apprenti|cdd|cdi))"
    r".*\btitulaire"
)


def read_problem(requests, agents, limits: Limits | None = None) -> Problem:
    """The problem that two files describe (paths, or open files).

    >>> import io
    >>> requests = io.BytesIO(b"demande_id;date_debut\\nR01;2027-01-04")
    >>> found = read_problem(requests, io.BytesIO(b"agent_id\\nA01\\nA02"))
    >>> len(found.requests), len(found.agents)
    (1, 2)

    :raises FrenchError: a file cannot be used
    """
    people = read_agents(agents)
    rows = list(_cells(requests, "demande_id"))
    places = Places(
        [row.text("commune") for row in rows] + [agent.home for agent in people],
        [pad_code(row.text("code_insee")) for row in rows],
    )
    asked = tuple(_request(row, places) for row in rows)
    return Problem(asked, people, limits=limits or Limits(), distance=places.distance)


def read_agents(source) -> tuple[Agent, ...]:
    """The agents of a file.

    >>> import io
    >>> (agent,) = read_agents(io.BytesIO(b"agent_id;categorie;competences\\nA01;B;CPT:2"))
    >>> agent.code, agent.category, agent.skills
    ('A01', 'B', {'CPT': 2})
    """
    return tuple(_agent(row) for row in _cells(source, "agent_id"))


def read_requests(source) -> tuple[Request, ...]:
    """The requests of a file.

    >>> import io
    >>> table = b"demande_id;date_debut;date_fin;jours\\nR01;2027-01-04;2027-01-10;lun:J mar:M"
    >>> [(slot.date.day, slot.half) for slot in read_requests(io.BytesIO(table))[0].slots]
    [(4, 'am'), (4, 'pm'), (5, 'am')]
    """
    rows = list(_cells(source, "demande_id"))
    names = [row.text("commune") for row in rows]
    places = Places(names, [pad_code(row.text("code_insee")) for row in rows])
    return tuple(_request(row, places) for row in rows)


def _cells(source, column: str):
    codes: dict = {}
    return [Cells(row, codes) for row in read_rows(source, (column,))]


def _agent(row: Cells) -> Agent:
    statut = row.text("statut").lower()
    start, end = row.day("date_debut"), row.day("date_fin")
    if start and end and end < start:
        raise row.error("end_before_start", "date_fin", start=start)
    signs = row.yes("signature_etat_civil_possible")
    tenured = not statut or bool(_TENURED.search(flat(statut)))
    return Agent(
        code=row.code("agent_id"),
        name=row.text("nom_fictif") or row.text("nom"),
        category=row.category("categorie"),
        statut=statut,
        pattern=row.pattern("jours_travailles").weekly or WORKING_WEEK,
        start=start,
        end=end,
        home=row.text("commune_domicile"),
        licence=row.yes("permis") is not False,
        radius=row.number("rayon_max_km"),
        skills=row.skills("competences"),
        software=row.codes_of("logiciels"),
        civil_registry=tenured and (signs if signs is not None else bool(statut)),
        exclusions=row.exclusions("communes_exclues"),
        absences=row.absences("indisponibilites"),
        weekly_hours=row.hours("heures_hebdo"),
        hourly_cost=row.number("cout_horaire_charge_eur"),
    )


def _request(row: Cells, places: Places) -> Request:
    commune = row.text("commune")
    code = pad_code(row.text("code_insee")) if row.text("code_insee") else ""
    code = code or places.code_of(commune)
    wished = row.codes_of("agent_demande")
    base = Request(
        code=row.code("demande_id"),
        commune=commune,
        insee_code=code,
        received=row.moment("date_demande"),
        population=row.count("population"),
        category=row.category("categorie_min"),
        skills=row.skills("competences_requises"),
        software=row.codes_of("logiciels_requis_un_parmi"),
        civil_registry=bool(row.yes("signature_etat_civil")),
        wished=wished,
        refused=row.codes_of("agents_refuses"),
        splittable=row.yes("fractionnable") is not False,
        km=row.number("km_aller_estime"),
        bus=row.yes("desserte_bus"),
    )
    return _with_slots(base, row, closed_days(_department(code, places), row.yes("vendredi_saint")))


def _department(code: str, places: Places) -> str:
    """Of the commune, else that of most communes of the file."""
    if code:
        return department_of(code)
    count = Counter(department_of(other) for other in sorted(places.codes))
    return count.most_common(1)[0][0] if count else ""


def closed_days(department: str, good_friday: bool | None = None):
    """Public holidays of a year, as a function.

    >>> date(2027, 3, 26) in closed_days("57")(2027)  # Good Friday, in Moselle
    True

    :param good_friday: Good Friday is a holiday; None: as in most communes of the department
    :raises RegisterError: by the function, when the library of public holidays is missing
    """
    if good_friday is None:
        good_friday = department in ALSACE_MOSELLE
    known: dict[int, set[date]] = {}

    def closed(year: int) -> set[date]:
        if year not in known:
            try:
                known[year] = public_holidays(department, [year], good_friday)
            except ImportError as error:
                raise RegisterError("no_library", value=error.name) from None
        return known[year]

    return closed


def _with_slots(request: Request, row: Cells, closed) -> Request:
    pattern = row.pattern("jours")
    asked = _dates(row, pattern)
    start, end = _period(row, pattern, asked)
    events = read_events(row.text("evenement_ulterieur"), start, end)
    end = events.end or end
    if not pattern:
        pattern = Pattern(WORKING_WEEK)
    flexibility, notes = row.text("flexibilite"), []
    other = read_flexibility(flexibility, pattern)
    if flexibility and not other:
        notes.append(message("not_understood", value=flexibility))
    first, agreement = start, row.yes("convention_signee") is not False
    if not agreement and events.signed:
        first, agreement = events.signed + timedelta(days=1), True

    def asked_in(days: Pattern, dates) -> tuple[HalfDay, ...]:
        found = half_days(days, start, end, closed, dates)
        found = apply_amendments(found, events, end, closed)
        return tuple(s for s in found if s.date >= first and is_kept(s, events.cancelled))

    slots = asked_in(pattern, asked)
    others = (asked_in(other, None),) if other and asked is None else ()
    return replace(
        request,
        slots=slots,
        alternatives=tuple(found for found in others if found and found != slots),
        agreement=agreement,
        evenings=events.evenings,
        notes=tuple(notes),
    )


def _period(row: Cells, pattern: Pattern, asked) -> tuple[date, date]:
    """First and last day, from the single dates when the columns are empty."""
    days = sorted(slot.date for slot in (asked or pattern.dated))
    start = row.day("date_debut") or (days[0] if days else None)
    if start is None:
        raise row.error("empty_value", "date_debut")
    end = row.day("date_fin") or (days[-1] if days else start)
    if end < start:
        raise row.error("end_before_start", "date_fin", value=end, start=start)
    for day in days:
        if not start <= day <= end:
            column = "dates_precises" if asked else "jours"
            raise row.error("outside_period", column, value=day, start=start, end=end)
    return start, end


def _dates(row: Cells, pattern: Pattern) -> frozenset[HalfDay] | None:
    """Half-days of `dates_precises`: the halves of their day of the week, else of any day."""
    words = row.text("dates_precises").replace("|", " ").replace(";", " ").replace(",", " ").split()
    if not words:
        return None
    kinds = {pattern.halves(day) for day, _half in pattern.weekly}
    usual = kinds.pop() if len(kinds) == 1 else ()
    found = set()
    for word in words:
        try:
            named = read_pattern(word).dated
        except ValueError:
            named = frozenset()
        if not named:
            raise row.error("bad_date", "dates_precises", value=word)
        if ":" not in word:
            day = next(iter(named)).date
            halves = pattern.halves(day.weekday()) or usual
            named = {HalfDay(day, half) for half in halves} or named
        found |= named
    return frozenset(found)
