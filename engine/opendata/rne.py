"""Read files of the Répertoire national des élus, whatever their layout.

Birth dates and places, professions, nationalities and political labels are never looked at.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .codes import INSEE, SIREN, Wanted
from .load import Load
from .merge import count_members, keep_newest_files, merge
from .messages import RneError
from .model import Issue, RneResult
from .sources import Source, open_sources

File = str | os.PathLike | tuple[str, bytes]


def read(
    files: Iterable[File],
    communes: Iterable[str] = (),
    epci: Iterable[str] = (),
    aliases: Mapping[str, str] | None = None,
) -> RneResult:
    """Read the mandates of the wanted places in one or several files.

    >>> header = "Code de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat"
    >>> content = f"{header}\\n57463;ROUX;Zoé;F;15/03/2026".encode()
    >>> found = read([("elus-conseillers-municipaux.csv", content)], ["57463"])
    >>> [(one.last_name, one.date_start.isoformat()) for one in found.mandates]
    [('ROUX', '2026-03-15')]

    :param files: paths, or (name, content); plain, gzipped or zipped
    :param communes: INSEE codes of the communes to keep in the files of mayors and municipal
        councillors, and in the files of community councillors when `epci` is empty
    :param epci: SIREN of the intercommunalities whose delegates to keep
    :param aliases: INSEE code of a former commune -> code of the commune of today
    :raises RneError: when a file cannot be used; nothing is returned then
    """
    wanted = Wanted(
        _checked(communes, INSEE, "bad_insee"), _checked(epci, SIREN, "bad_siren"), aliases
    )
    if not wanted.communes and not wanted.epci:
        raise RneError("no_place_wanted")
    files = list(files)
    if not files:
        raise RneError("no_file")
    names: set[str] = set()
    return _merge_loads([load for file in files for load in _read_file(file, wanted, names)])


def _checked(codes: Iterable[str], pattern, error: str) -> list[str]:
    codes = [str(code).strip().upper() for code in codes]
    for code in codes:
        if not pattern.match(code):
            raise RneError(error, value=code)
    return codes


def _read_file(file: File, wanted: Wanted, names: set[str]) -> list[Load]:
    """The loads of one file; in an archive, what is not a file of the RNE is only mentioned."""
    sources = [_renamed(source, names) for source in open_sources(file)]
    loads, refused = [], []
    for source in sources:
        try:
            loads.append(Load(source, wanted).run())
        except RneError as error:
            if len(sources) == 1:
                raise
            refused.append((source, error))
    if not loads:
        raise refused[0][1]
    for source, error in refused:
        issue = Issue("member_skipped", source.name, value=str(error), level="warning")
        loads[0].issues.append(issue)
    return loads


def _renamed(source: Source, names: set[str]) -> Source:
    """Give a source a unique name: two files of different folders may have the same name."""
    name, number = source.name, 1
    while name in names:
        number += 1
        name = f"{source.name} ({number})"
    names.add(name)
    return replace(source, name=name)


def _merge_loads(loads: list[Load]) -> RneResult:
    rows = keep_newest_files(row for load in loads for row in load.found.mandates)
    result = RneResult(
        rows_read=sum(load.rows_read for load in loads),
        rows_kept=sum(load.found.kept for load in loads),
        layouts=[load.layout() for load in loads],
        mandates=merge(rows),
        members=count_members(rows),
        issues=[issue for load in loads for issue in load.issues],
    )
    damaged = {place for load in loads for place in load.found.damaged}
    for load in loads:
        kind = load.table.kind
        before = result.covered.get(kind, frozenset())
        result.covered[kind] = (before | load.found.places) - damaged
    return result
