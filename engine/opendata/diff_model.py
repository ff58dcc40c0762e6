"""Data classes of the comparison between a load of the RNE and the database."""

from dataclasses import dataclass, field
from datetime import date

from .messages import message
from .model import MandateRow


@dataclass(frozen=True, slots=True)
class Known:
    """One elected mandate of the database, future, current or ended, in the current places.

    place: INSEE code of the commune or SIREN of the intercommunality. date_start: first day, None
    when unknown; it can be the date of the function where a mandate followed another one.
    date_end: last day, None while it lasts.
    """

    mandate_id: int
    partner_id: int
    place: str
    last_name: str
    first_name: str
    function: str
    rank: int = 0
    date_start: date | None = None
    function_date: date | None = None
    date_end: date | None = None

    @property
    def start(self) -> date:
        """First day in the function; the beginning of time when unknown."""
        return max(self.date_start or date.min, self.function_date or date.min)


@dataclass(frozen=True, slots=True)
class Difference:
    """One line to show to the user before anything is written.

    change: `new`, `changed`, `ended`, `unchanged`, `ambiguous` or `incomplete`.
    action: what applying does: `create` a mandate; `replace`: end `mandate_ids` on `date_end` and
        create one; `update` the one of `mandate_ids` with `values`; `end` them on `date_end`;
        `none`.
    place: INSEE code or SIREN. row: the line of the source, None for what the source lacks.
    mandate_ids: the known mandates concerned, those to end first.
    partner_id: the known person, 0 for a new one or while the user has to choose.
    person_name: first name then last name, “” for what the source lacks.
    person_key: lines with the same key are about one person, to be created once.
    candidates: partners to choose from (ambiguous), or with a name close to a new person's.
    values: fields of the mandate to create or update: function, rank, date_start, function_date.
    former_term: the mandate began in an earlier term of office than the council of the source.
    match: how the person was recognised: `exact` (same spelling), `spelling` (accents, hyphens),
        `first_name` (one writing has more first names), “” when new.
    reason: code of the sentence in `message`; params: its values.
    """

    change: str
    place: str
    action: str = "none"
    row: MandateRow | None = None
    mandate_ids: tuple[int, ...] = ()
    partner_id: int = 0
    person_name: str = ""
    person_key: str = ""
    candidates: tuple[int, ...] = ()
    values: dict = field(default_factory=dict)
    date_end: date | None = None
    former_term: bool = False
    match: str = ""
    reason: str = ""
    params: dict = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The French sentence that explains the line."""
        return message(self.reason, **self.params)

    @property
    def selected(self) -> bool:
        """Whether to tick the line at first: never what ends a mandate or is in doubt."""
        return self.change in ("new", "changed")
