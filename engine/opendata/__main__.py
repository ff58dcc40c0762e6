"""Open data from the command line, without Odoo or a database.

python -m engine.opendata rne FILE... --communes 57463,57017
python -m engine.opendata rne FILE... --epci 200039865
python -m engine.opendata epci TEXT

JSON on standard output. An error is one line on standard error, with exit code 2.
"""

import sys

from ..text.cli import CommandError, Options, command
from .messages import OpenDataError

HELP = """Données ouvertes en ligne de commande ; le résultat est en JSON.

python -m engine.opendata rne FICHIER... --communes 57463,57017
python -m engine.opendata rne FICHIER... --epci 200039865
python -m engine.opendata epci TEXTE"""
CIVILITIES = {"mme": "Mme", "m": "M."}


def run(arguments: list[str]) -> str:
    """What to print on standard output.

    :raises FrenchError: nothing can be answered
    """
    if not arguments:
        return HELP
    commands = {"rne": rne, "epci": epci}
    if arguments[0] not in commands:
        raise OpenDataError("unknown_command", value=arguments[0])
    options = Options()
    options.add_argument("--communes", action="append", default=[])
    options.add_argument("--epci", action="append", default=[])
    words, found = options.parse(arguments[1:])
    return commands[arguments[0]](words, codes("communes", found), codes("epci", found))


def codes(name: str, options) -> list[str]:
    """The values of an option, several of them separated by commas or semicolons."""
    found = []
    for value in getattr(options, name):
        values = [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
        if not values:
            raise CommandError("missing_value", value=f"--{name}")
        found += values
    return found


def rne(files: list[str], communes: list[str], epcis: list[str]) -> str:
    """The mandates of some communes or intercommunalities in files of the RNE, as JSON.

    One file: `layout` is its layout. Several: `layout` has them in `files`, and the kinds read
    in `kinds`.
    """
    from .reference import reference
    from .rne import read

    data, wanted = reference(), list(communes)
    for siren in epcis:
        wanted += data.member_codes("".join(siren.split()))
    result = read(files, wanted, epcis, data.aliases())
    layouts = [layout_json(layout) for layout in result.layouts]
    kinds = sorted({layout.kind for layout in result.layouts})
    return dump(
        {
            "rows_read": result.rows_read,
            "rows_kept": result.rows_kept,
            "layout": layouts[0] if len(layouts) == 1 else {"files": layouts, "kinds": kinds},
            "mandates": [mandate_json(row) for row in result.mandates],
            "issues": [issue_json(issue) for issue in result.issues],
        }
    )


def epci(texts: list[str], _communes: list[str], _epcis: list[str]) -> str:
    """The intercommunalities that a text may mean, the best first, as JSON."""
    from .reference import reference

    if not texts:
        raise OpenDataError("no_text")
    return dump(
        [
            {
                "siren": found.siren,
                "name": found.name,
                "kind": found.kind,
                "population": found.population,
                "department": found.department,
                "departments": found.departments,
                "commune_count": found.commune_count,
                "members_known": found.members_known,
            }
            for found in reference().search_epci(" ".join(texts))
        ]
    )


def mandate_json(row) -> dict:
    """A mandate with the names of keys that other tools rely on."""
    if row.kind == "community":
        place = {"siren": row.siren, "commune_code": row.insee_code}
    else:
        place = {"insee_code": row.insee_code}
    return place | {
        "last_name": row.last_name,
        "first_name": row.first_name,
        "civility": CIVILITIES.get(row.civility, ""),
        "function": row.function,
        "rank": row.rank,
        "date_start": row.date_start and row.date_start.isoformat(),
        "function_date": row.function_date and row.function_date.isoformat(),
    }


def layout_json(layout) -> dict:
    """How a file is written."""
    return {
        "file": layout.file,
        "kind": layout.kind,
        "separator": layout.separator,
        "encoding": layout.encoding,
        "header_line": layout.header_line,
        "columns": layout.columns,
        "date_formats": layout.date_formats,
    }


def issue_json(issue) -> dict:
    """A remark about one line; `level` is `error` when the line was left aside."""
    return {**issue.params, "code": issue.code, "level": issue.level, "message": issue.message}


def dump(value) -> str:
    """Readable JSON, accents as they are."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    sys.exit(command(run, HELP, sys.argv[1:]))
