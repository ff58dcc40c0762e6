"""Construction of the differences about one person at one place."""

from datetime import date, timedelta

from .diff_model import Difference, Known
from .model import MandateRow
from .persons import Group, Person, how_matched
from .titles import title

DAY = timedelta(days=1)


def french(day: date | None) -> str:
    """dd/mm/yyyy."""
    return day.strftime("%d/%m/%Y") if day else "?"


def full_name(holder: MandateRow | Known | Person) -> str:
    """First name, then last name."""
    return f"{holder.first_name} {holder.last_name}".strip()


def values_of(row: MandateRow, start: date | None) -> dict:
    """The fields of a new mandate."""
    return {
        "function": row.function,
        "rank": row.rank,
        "date_start": start,
        "function_date": row.function_date,
    }


class Lines:
    """Makes the differences of one group of lines."""

    def __init__(self, group: Group, place: str):
        self.group, self.place = group, place
        self.civility = next((row.civility for row in group.rows if row.civility), "")

    def title(self, holder: MandateRow | Known) -> str:
        """The French title of a line or of a known mandate."""
        return title(holder.function, holder.rank, self.civility)

    def line(self, row, change, reason, known=(), *, params=None, **fields) -> Difference:
        """One difference.

        :param row: the line of the source (MandateRow), None for what it lacks
        :param known: the known mandates concerned, shown as “before” in the sentence
        """
        person = self.group.person
        details = {"before": ", ".join(self.title(mandate) for mandate in known)} if known else {}
        if row:
            details["title"] = self.title(row)
        return Difference(
            change,
            self.place,
            row=row,
            mandate_ids=tuple(mandate.mandate_id for mandate in known),
            partner_id=person.partner_id if person else 0,
            person_name=full_name(row or person),
            person_key=f"partner:{person.partner_id}" if person else self.group.key,
            match=how_matched(row, person) if row and person else "",
            reason=reason,
            params=details | (params or {}),
            **fields,
        )

    def replace(self, row: MandateRow, known: list[Known], start: date, reason: str) -> Difference:
        """End known mandates the day before another one begins."""
        return self.line(
            row,
            "changed",
            reason,
            known,
            params={"date": french(start)},
            action="replace",
            values=values_of(row, start),
            date_end=start - DAY,
        )
