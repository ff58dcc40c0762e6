"""A database of mandates in memory, to compare, apply and compare again."""

from collections import Counter
from dataclasses import replace
from datetime import date

from engine.opendata import MandateRow, read
from engine.opendata.diff import Known, compare
from engine.opendata.functions import family

TODAY = date(2026, 9, 1)
OLD, NEW = date(2020, 5, 18), date(2026, 3, 15)
METZ, EPCI = "57463", "200039865"


def split(name):
    """Last and first names of “ROUX Zoé” or “DE LA TOUR/Zoé”."""
    last_name, _sign, first_name = name.partition("/" if "/" in name else " ")
    return last_name, first_name


def row(name, function="councillor", **values):
    """A line of the source; by default “ROUX Zoé”, councillor of Metz since March 2026."""
    last_name, first_name = split(name)
    place = values.pop("place", METZ)
    community = family(function) == "community"
    kind = values.pop("kind", "community" if community else "municipal")
    values = {"rank": 0, "date_start": NEW, "function_date": None, "civility": ""} | values
    return MandateRow(
        file=values.pop("file", f"{kind}.csv"),
        line=values.pop("line", 2),
        kind=kind,
        insee_code=values.pop("commune", METZ if community else place),
        siren=EPCI if community else "",
        last_name=last_name,
        first_name=first_name,
        function=function,
        **values,
    )


class Database:
    """Known mandates, and what applying differences does to them."""

    def __init__(self, communes=(METZ,), today=TODAY):
        self.known, self.names = {}, {}
        self.communes, self.today = communes, today

    def add(self, name, function="councillor", partner=0, **values):
        """A mandate typed by a user; returns the identifier of the person."""
        last_name, first_name = split(name)
        partner = partner or self._person(last_name, first_name)
        values = {"date_start": NEW} | values
        place = values.pop("place", EPCI if family(function) == "community" else METZ)
        self._mandate(partner, place, function=function, **values)
        return partner

    def _person(self, last_name, first_name):
        partner = len(self.names) + 1
        self.names[partner] = last_name, first_name
        return partner

    def _mandate(self, partner, place, **values):
        mandate = len(self.known) + 1
        self.known[mandate] = Known(mandate, partner, place, *self.names[partner], **values)

    def compare(self, *rows, covered=None):
        """Differences with these lines, which describe their places completely."""
        if covered is None:
            covered = {}
            for line in rows:
                covered[line.kind] = covered.get(line.kind, frozenset()) | {line.place}
        known = list(self.known.values())
        return compare(rows, known, self.communes, [EPCI], covered, self.today)

    def load(self, *files):
        """Differences with files of the RNE."""
        result = read(files, self.communes, [EPCI])
        assert not [issue for issue in result.issues if issue.level == "error"]
        return self.compare(*result.mandates, covered=result.covered)

    def apply(self, differences, ticked=lambda difference: difference.selected):
        """Write the ticked differences, as the product does."""
        people = {}
        for line in filter(ticked, differences):
            if line.action in ("replace", "end"):
                for mandate in line.mandate_ids:
                    ended = replace(self.known[mandate], date_end=line.date_end)
                    assert ended.date_start is None or ended.date_start <= ended.date_end, line
                    self.known[mandate] = ended
            if line.action == "update":
                (mandate,) = line.mandate_ids
                self.known[mandate] = replace(self.known[mandate], **line.values)
            if line.action in ("create", "replace"):
                partner = line.partner_id or people.get(line.person_key)
                if not partner:
                    partner = self._person(line.row.last_name, line.row.first_name)
                    people[line.person_key] = partner
                self._mandate(partner, line.place, **line.values)
        self._check_overlaps()

    def _check_overlaps(self):
        """The rule of PostgreSQL: one mandate at a time per person, place and function."""
        held = {}
        for known in sorted(self.known.values(), key=lambda known: known.date_start or date.min):
            key = known.partner_id, known.place, known.function
            before = held.get(key)
            if before:
                assert before.date_end and before.date_end < known.date_start, (before, known)
            held[key] = known

    def running(self):
        """(name, function, rank) of the mandates that are not over."""
        return sorted(
            (known.last_name, known.function, known.rank)
            for known in self.known.values()
            if known.date_end is None or known.date_end >= self.today
        )


def counts(differences):
    """Number of differences by change."""
    return dict(Counter(difference.change for difference in differences))


def reasons(differences):
    """(change, reason) of the differences that have a line, in order, then of the others."""
    return [(difference.change, difference.reason) for difference in differences]


def ticked_former(difference):
    """The renewal of the councils: what is selected, and the mandates of the former term."""
    return difference.selected or difference.former_term
