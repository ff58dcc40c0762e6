"""Coverage of a load of the RNE, and its date.

The files carry no date of their own: their age is read in the dates of the mandates.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from .diff_model import Known
from .functions import PLAIN, family
from .merge import TERM_GAP
from .model import MandateRow


def term_start(dates: Iterable[date]) -> date:
    """Beginning of the term of a council, from the dates of its members.

    Not the newest, since members join between two elections; nor the oldest, since one line in
    ten may be out of date.
    """
    ordered = sorted(dates)
    return ordered[len(ordered) // 10]


class Extent:
    """Coverage of a load: what its lines prove about a place.

    covered: kind -> places that the files of this kind cover completely.
    """

    def __init__(
        self,
        rows: Collection[MandateRow],
        running: Iterable[Known],
        covered: Mapping[str, Collection[str]],
    ):
        self.covered = covered
        self.horizon = _horizons(rows)
        self.stated_functions = {(family(row.function), row.function) for row in rows}
        self.mayors = defaultdict(list)
        by_file = defaultdict(list)
        for row in rows:
            if row.function == "mayor":
                self.mayors[row.place].append(row)
            if row.date_start:
                by_file[row.place, family(row.function), row.file].append(row.date_start)
        self.file_terms = {key: term_start(dates) for key, dates in by_file.items()}
        self.terms: dict[tuple[str, str], date] = {}
        for (place, council, _file), start in self.file_terms.items():
            self.terms[place, council] = max(start, self.terms.get((place, council), start))
        self.known_terms = _known_terms(running)

    def kinds(self, known: Known) -> list[str]:
        """Kinds of files of the load that show whether a mandate still exists."""
        council = family(known.function)
        kinds = [council, "mayor"] if known.function == "mayor" else [council]
        return [kind for kind in kinds if known.place in self.covered.get(kind, ())]

    def is_too_old_for(self, known: Known) -> bool:
        """Whether a mandate began after the newest date of the files that could show it."""
        horizons = [self.horizon[kind] for kind in self.kinds(known) if kind in self.horizon]
        return bool(horizons) and known.start > max(horizons)

    def is_old(self, row: MandateRow) -> bool:
        """Whether a line belongs to an earlier term than the council known or loaded."""
        council = row.place, family(row.function)
        terms = [self.known_terms.get(council)]
        newest = self.terms.get(council)
        if newest != self.file_terms.get((*council, row.file)):
            terms.append(newest)
        terms = [term for term in terms if term]
        return bool(terms and row.date_start) and max(terms) - row.date_start > TERM_GAP

    def is_former(self, known: Known) -> bool:
        """Whether a known mandate began in an earlier term than the council of the source."""
        term = self.terms.get((known.place, family(known.function)))
        return bool(term and known.date_start) and term - known.date_start > TERM_GAP

    def contradicts(self, known: Known) -> bool:
        """Whether the lines of a person in a council deny a function that none of them gives.

        Being a plain councillor denies a function that the source gives to others; a mayor is
        denied by the mention of another mayor.
        """
        if known.function in PLAIN:
            return True
        if known.function == "mayor":
            return bool(self.mayors.get(known.place))
        return (family(known.function), known.function) in self.stated_functions


def _horizons(rows: Iterable[MandateRow]) -> dict[str, date]:
    horizon: dict[str, date] = {}
    for row in rows:
        newest = max(row.date_start or date.min, row.function_date or date.min)
        horizon[row.kind] = max(newest, horizon.get(row.kind, date.min))
    return horizon


def _known_terms(running: Iterable[Known]) -> dict[tuple[str, str], date]:
    dates = defaultdict(list)
    for known in running:
        if known.date_start:
            dates[known.place, family(known.function)].append(known.date_start)
    # The newest term that a third of the council belongs to: former members may still be there.
    return {key: sorted(values, reverse=True)[len(values) // 3] for key, values in dates.items()}
