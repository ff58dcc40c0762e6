"""Gaps of the source: mandates that may be over, communes without data.

Absence from a file never ends a mandate by itself: the user decides on these lines.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from .diff_model import Difference, Known
from .functions import family
from .lines import DAY, french, full_name
from .model import MandateRow
from .persons import Group, Person, runs
from .terms import Extent
from .titles import title


class Absences:
    """Mandates and places that are missing from a load.

    communes, epcis: codes of the places that the load is expected to cover.
    """

    def __init__(
        self,
        extent: Extent,
        rows: Collection[MandateRow],
        communes: Collection[str],
        epcis: Collection[str],
        today: date,
    ):
        self.extent, self.rows, self.today = extent, rows, today
        self.communes, self.epcis = sorted(set(communes)), sorted(set(epcis))
        self.silent = self._silent_communes()
        self.held_back: dict[str, list[int]] = {}

    def _silent_communes(self) -> set[str]:
        """Communes without a delegate, when the source gives the commune of each delegate."""
        known = {row.insee_code for row in self.rows if row.kind == "community" and row.insee_code}
        if not known or len(self.epcis) != 1:
            return set()
        return set(self.communes) - known

    def ended(
        self, persons: Iterable[Person], groups: Iterable[Group], seen: Collection[int]
    ) -> Iterator[Difference]:
        """Running mandates that the source should give and does not.

        :param seen: identifiers of the mandates already accounted for
        """
        groups = list(groups)
        doubtful = {p.partner_id for group in groups if group.doubt for p in group.candidates}
        homes = {group.person.partner_id: group.commune for group in groups if group.person}
        for person in persons:
            if person.partner_id in doubtful:
                continue
            for known in person.mandates:
                if known.mandate_id not in seen and self._is_missing(known):
                    commune = self._silent_home(person, known, homes.get(person.partner_id, ""))
                    if commune:
                        self.held_back.setdefault(commune, []).append(known.mandate_id)
                    else:
                        yield self._end(known)

    def _is_missing(self, known: Known) -> bool:
        return (
            bool(family(known.function))
            and known.date_end is None
            and runs(known, self.today)
            and bool(self.extent.kinds(known))
            and not self.extent.is_too_old_for(known)
        )

    def _silent_home(self, person: Person, known: Known, home: str) -> str:
        """The commune of a delegate, when the source has forgotten all of its delegates."""
        if known.place not in self.epcis:
            return ""
        homes = {other.place for other in person.mandates if runs(other, self.today)}
        homes = {home} if home else homes & person.communes or person.communes
        return min(homes) if homes and homes <= self.silent else ""

    def _end(self, known: Known) -> Difference:
        former = self.extent.is_former(known)
        term = self.extent.terms.get((known.place, family(known.function)))
        end = term - DAY if former else self.today - DAY
        return Difference(
            "ended",
            known.place,
            "end",
            mandate_ids=(known.mandate_id,),
            partner_id=known.partner_id,
            person_name=full_name(known),
            person_key=f"partner:{known.partner_id}",
            date_end=max(end, known.date_start or date.min),
            former_term=former,
            reason="former_term" if former else "absent",
            params={"before": title(known.function, known.rank), "date": french(end)},
        )

    def incomplete(self, running: Collection[Known]) -> Iterator[Difference]:
        """Places without data in the source; called after `ended`, which sets what is held back."""
        yield from self._damaged()
        yield from self._no_council()
        yield from self._no_mayor(running)
        yield from self._no_delegate()

    def _line(self, place: str, reason: str, **params) -> Difference:
        return Difference("incomplete", place, reason=reason, params={"place": place, **params})

    def _damaged(self) -> Iterator[Difference]:
        """Places with lines that could not be read: nothing is ended there."""
        places = {
            row.place for row in self.rows if row.place not in self.extent.covered.get(row.kind, ())
        }
        for place in sorted(places):
            yield self._line(place, "partly_read")

    def _no_council(self) -> Iterator[Difference]:
        places = {"mayor": self.communes, "municipal": self.communes, "community": self.epcis}
        council = set(self.extent.covered.get("municipal", ()))
        for kind in self.extent.covered:
            known = {row.place for row in self.rows if row.kind == kind}
            known |= set(self.extent.covered[kind])
            # _no_mayor already reports a council without a mayor.
            known |= council if kind == "mayor" else set()
            for place in places[kind]:
                if place not in known:
                    yield self._line(place, f"no_line_{kind}")

    def _no_mayor(self, running: Collection[Known]) -> Iterator[Difference]:
        is_stated = ("municipal", "mayor") in self.extent.stated_functions
        known = {mandate.place for mandate in running if mandate.function == "mayor"}
        council = set(self.extent.covered.get("municipal", ()))
        for place in self.communes:
            headless = place in council and not self.extent.mayors.get(place)
            if headless and (is_stated or place not in known):
                yield self._line(place, "no_mayor")

    def _no_delegate(self) -> Iterator[Difference]:
        for commune in sorted(self.silent):
            yield Difference(
                "incomplete",
                self.epcis[0],
                mandate_ids=tuple(self.held_back.get(commune, ())),
                reason="no_delegate",
                params={"place": self.epcis[0], "commune": commune},
            )
