"""Data classes that the reader of the RNE returns."""

from dataclasses import dataclass, field
from datetime import date

from .messages import message


@dataclass(frozen=True, slots=True)
class MandateRow:
    """One mandate read in a file.

    file, line: where it was read; the first physical line of the row, from 1.
    kind: the file it comes from: `mayor`, `municipal` or `community`.
    insee_code: the commune; for a community row the commune that the person represents, “”
        when the file does not give it.
    siren: the intercommunality of a community row, “” for the others.
    last_name: in capitals. first_name: as written, or recased. civility: `mme`, `m` or “”.
    function: code of the function (engine.opendata.functions). rank: 1 for a first deputy, 0
        for none.
    date_start: beginning of the mandate. function_date: beginning of the function.
    has_namesake: the files show that somebody else there has the same name.
    """

    file: str
    line: int
    kind: str
    insee_code: str
    siren: str
    last_name: str
    first_name: str
    civility: str
    function: str
    rank: int
    date_start: date | None
    function_date: date | None
    has_namesake: bool = False

    @property
    def place(self) -> str:
        """SIREN of the intercommunality or INSEE code of the commune where the mandate is held."""
        return self.siren or self.insee_code


@dataclass(frozen=True, slots=True)
class Issue:
    """Issue reported on one line; `error` means that the line was left out."""

    code: str
    file: str
    line: int = 0
    column: str = ""
    value: str = ""
    level: str = "error"

    @property
    def message(self) -> str:
        """The French sentence."""
        return message(self.code, **self.params)

    @property
    def params(self) -> dict:
        """Values of the sentence, for a caller that translates."""
        return {"file": self.file, "line": self.line, "column": self.column, "value": self.value}


@dataclass(frozen=True, slots=True)
class Layout:
    """Detected layout of a file.

    header_line: physical line of the header, from 1. columns: role -> text of the header.
    date_formats: formats seen in the rows kept.
    """

    file: str
    kind: str
    separator: str
    encoding: str
    header_line: int
    columns: dict[str, str]
    date_formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RneResult:
    """One load of one or several files.

    rows_read: rows of data in the files. rows_kept: rows about the wanted places.
    covered: kind -> places that the files of this kind have rows for, all of them readable; a
        kind that was loaded is always a key. What is absent from a place that is not covered
        is unknown, not ended.
    members: commune -> persons in the files of municipal councillors, whatever else is loaded.
    """

    rows_read: int
    rows_kept: int
    layouts: list[Layout] = field(default_factory=list)
    mandates: list[MandateRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    covered: dict[str, frozenset[str]] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
