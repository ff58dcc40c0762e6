"""One person in one council: the lines of the source against the mandates known."""

from collections.abc import Generator, Iterator
from datetime import date, timedelta

from .diff_model import Difference, Known
from .functions import EXCLUSIVE, PLAIN, family
from .lines import DAY, Lines, french, values_of
from .merge import TERM_GAP, reduce
from .model import MandateRow
from .persons import Group, runs
from .terms import Extent

_FIELDS = {
    "function": "fonction",
    "rank": "rang",
    "date_start": "début du mandat",
    "function_date": "début de la fonction",
}


class Council:
    """The lines of one person at one place.

    running: the known mandates of the person there that are not over; the differences account
    for all of them.
    """

    def __init__(self, extent: Extent, group: Group, rows: list[MandateRow], today: date):
        self.extent, self.group, self.rows, self.today = extent, group, rows, today
        self.lines = Lines(group, rows[0].place)
        council = family(rows[0].function)
        mandates = group.person.mandates if group.person else ()
        self.mandates = [
            known
            for known in mandates
            if known.place == rows[0].place and family(known.function) == council
        ]
        self.running = [known for known in self.mandates if runs(known, today)]

    def differences(self) -> Iterator[Difference]:
        """One difference per line, then one per function that the source has ceased to give."""
        for line in self._differences():
            same = self._overlap(line)
            if same:
                params = {"date": french(same.date_end)}
                line = self.lines.line(
                    line.row, "unchanged", "already_ended", [same], params=params
                )
            yield line

    def _overlap(self, line: Difference) -> Known | None:
        """The mandate that would be held twice at a time, which the database refuses."""
        if line.action not in ("create", "replace", "update"):
            return None
        held = {known.mandate_id: known for known in self.mandates}
        before = held[line.mandate_ids[0]] if line.action == "update" else None
        function = line.values.get("function", before and before.function)
        start = line.values.get("date_start", before and before.date_start) or date.min
        for known in self.mandates:
            end = line.date_end if known.mandate_id in line.mandate_ids else known.date_end
            if known is not before and known.function == function and (end or date.max) >= start:
                return known
        return None

    def _differences(self) -> Iterator[Difference]:
        kept = reduce(self.rows)
        for row in self.rows:
            if row not in kept:
                same = any(other.function == row.function for other in kept)
                yield self.lines.line(row, "unchanged", "duplicate" if same else "implied")
        left, others = list(self.running), []
        for row in kept:
            same = [known for known in left if known.function == row.function]
            if same:
                known = max(same, key=lambda known: (known.rank == row.rank, known.start))
                left = [other for other in left if other not in same]
                yield self._same_function(row, known)
            else:
                others.append(row)
        for row in others:
            left = yield from self._other_function(row, left)
        for known in left:
            if self._is_over(known):
                yield self._lost(known)

    def _same_function(self, row: MandateRow, known: Known) -> Difference:
        gap = _gap(row, known)
        if gap > TERM_GAP:
            return self.lines.replace(row, [known], row.date_start, "re_elected")
        start = row.function_date
        if gap < -TERM_GAP and (start is None or start < known.start):
            return self.lines.line(row, "unchanged", "older", [known])
        if row.rank and known.rank and row.rank != known.rank:
            if start and start > known.start:
                return self.lines.replace(row, [known], start, "rank_changed")
            if start and known.function_date and start < known.function_date:
                return self.lines.line(row, "unchanged", "older", [known])
        return self._correct(row, known)

    def _correct(self, row: MandateRow, known: Known) -> Difference:
        """Fill in or correct a mandate in place, when that changes nothing to its history."""
        values = {}
        if row.function != known.function:
            values = {"function": row.function, "rank": row.rank}
        elif row.rank and row.rank != known.rank:
            values["rank"] = row.rank
        if self._can_move(row, known):
            values["date_start"] = row.date_start
        before = known.function_date
        if row.function_date and row.function_date != before:
            if before is None or row.function_date - before > -TERM_GAP:
                values["function_date"] = row.function_date
        if not values:
            return self.lines.line(row, "unchanged", "same", [known])
        fields = ", ".join(_FIELDS[name] for name in values)
        return self.lines.line(
            row,
            "changed",
            "corrected",
            [known],
            params={"fields": fields},
            action="update",
            values=values,
        )

    def _can_move(self, row: MandateRow, known: Known) -> bool:
        """Whether the beginning of a mandate is to be corrected: never over an earlier one."""
        start = row.date_start
        if start is None or known.date_start in (start, row.function_date):
            return False
        if known.date_start and abs(start - known.date_start) > TERM_GAP:
            return False
        others = (other for other in self.mandates if other is not known)
        return not any(other.date_end and other.date_end >= start for other in others)

    def _other_function(
        self, row: MandateRow, left: list[Known]
    ) -> Generator[Difference, None, list[Known]]:
        """A function that the person was not known to hold; returns the mandates left."""
        former = self._former(row)
        if former:
            params = {"date": french(former.date_end)}
            yield self.lines.line(row, "unchanged", "already_ended", [former], params=params)
            return []
        denied = [known for known in left if self._gives_way(row, known)]
        if denied:
            yield self._changed_function(row, denied)
            return [known for known in left if known not in denied]
        if left and row.function in PLAIN:
            yield self.lines.line(row, "unchanged", "undisclosed", left[:1])
            return left[1:]
        yield self._new(row)
        return left

    def _gives_way(self, row: MandateRow, known: Known) -> bool:
        if row.function not in PLAIN and {row.function, known.function} <= EXCLUSIVE:
            return True
        return self.extent.contradicts(known)

    def _changed_function(self, row: MandateRow, denied: list[Known]) -> Difference:
        known = max(denied, key=lambda known: (known.date_start or date.min, known.start))
        latest = max(known.start for known in denied)
        if _gap(row, known) > TERM_GAP:
            return self.lines.replace(row, denied, row.date_start, "re_elected")
        plain = row.function in PLAIN
        start = row.function_date or (None if plain else row.date_start)
        older = self._is_older(row, known)
        if not older:
            # The source gives no date for the loss of a function: today is used.
            start = start or self.today
            if start > latest:
                reason = "function_lost" if plain else "function_changed"
                return self.lines.replace(row, denied, start, reason)
            if start == latest or known.function_date is None:
                return self._correct(row, known)
        return self.lines.line(row, "unchanged", "older", denied)

    def _is_older(self, row: MandateRow, known: Known) -> bool:
        """Whether a line describes a state earlier than a known mandate."""
        if self.extent.is_too_old_for(known):
            return True
        if _gap(row, known) >= -TERM_GAP:
            return False
        if row.function_date:
            return row.function_date < known.start
        return self.extent.is_old(row)

    def _new(self, row: MandateRow) -> Difference:
        fields = {"action": "create", "values": values_of(row, self._start(row))}
        fields["candidates"] = tuple(person.partner_id for person in self.group.candidates)
        if self.extent.is_old(row):
            params = {"date": french(row.date_start)}
            return self.lines.line(row, "ambiguous", "old_term", params=params, **fields)
        reason = "new_mandate" if self.group.person else "new_person"
        if fields["candidates"]:
            reason = "new_similar"
        return self.lines.line(row, "new", reason, **fields)

    def _start(self, row: MandateRow) -> date | None:
        """First day of a new mandate: not before the end of the same one held earlier."""
        start = row.date_start or row.function_date
        ends = [known.date_end for known in self.mandates if known.function == row.function]
        over = any(end is None or end >= start for end in ends) if start else False
        return row.function_date if over and row.function_date else start

    def _former(self, row: MandateRow) -> Known | None:
        """The ended mandate that a line still gives, if it does.

        While the person sits in the council, it can only be the very function of the line.
        """
        ended = [known for known in self.mandates if known not in self.running]
        start = row.date_start or row.function_date or date.min
        if self.running:
            if row.function in PLAIN and not row.function_date:
                # A former councillor can be one again by losing a function.
                return None
            ended = [known for known in ended if known.function == row.function]
            start = max(start, row.function_date or start)
        ended = [known for known in ended if known.date_end >= start]
        return max(ended, key=lambda known: known.date_end, default=None)

    def _is_over(self, known: Known) -> bool:
        """Whether a known function that is not in the lines has to be considered ended."""
        return (
            known.date_end is None
            and known.function not in PLAIN
            and bool(self.extent.kinds(known))
            and self.extent.contradicts(known)
            and not self.extent.is_too_old_for(known)
        )

    def _lost(self, known: Known) -> Difference:
        end = max(self.today - DAY, known.date_start or date.min)
        return self.lines.line(
            None, "ended", "function_absent", [known], action="end", date_end=end
        )


def _gap(row: MandateRow, known: Known) -> timedelta:
    """From the known beginning of the mandate to that of the source; nothing when unknown."""
    if row.date_start is None or known.date_start is None:
        return timedelta(0)
    return row.date_start - known.date_start
