"""Open data from the command line, without Odoo or a database.

python -m engine.opendata rne FILE... --communes 57463,57017
python -m engine.opendata rne FILE... --epci 200039865
python -m engine.opendata epci TEXT

JSON on standard output. An error is one line on standard error, with exit code 2.
"""

import sys

from .messages import OpenDataError

HELP = """Données ouvertes en ligne de commande ; le résultat est en JSON.

python -m engine.opendata rne FICHIER... --communes 57463,57017
python -m engine.opendata rne FICHIER... --epci 200039865
python -m engine.opendata epci TEXTE"""
CIVILITIES = {"mme": "Mme", "m": "M."}
OPTIONS = ("--communes", "--epci")


def main(arguments: list[str]) -> int:
    """Run one command and return the exit code."""
    try:
        text = run(arguments)
    except OpenDataError as error:
        sys.stderr.buffer.write(f"{error}\n".encode())
        return 2
    sys.stdout.buffer.write(text.encode() + b"\n")
    return 0


def run(arguments: list[str]) -> str:
    """What to print on standard output.

    :raises OpenDataError: nothing can be answered
    """
    if not arguments or arguments[0] in ("-h", "--help"):
        return HELP
    commands = {"rne": rne, "epci": epci}
    command = commands.get(arguments[0])
    if command is None:
        raise OpenDataError("unknown_command", value=arguments[0])
    return command(*split_options(arguments[1:]))


def split_options(arguments: list[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Files or words, and the comma-separated values of each option."""
    words, options = [], {name: [] for name in OPTIONS}
    rest = iter(arguments)
    for argument in rest:
        name, equal, value = argument.partition("=")
        if name in OPTIONS:
            value = value if equal else next(rest, "")
            values = [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
            if not values or value.startswith("--"):
                raise OpenDataError("missing_value", value=name)
            options[name] += values
        elif argument.startswith("-") and len(argument) > 1:
            raise OpenDataError("unknown_option", value=argument)
        else:
            words.append(argument)
    return words, options


def rne(files: list[str], options: dict[str, list[str]]) -> str:
    """The mandates of some communes or intercommunalities in files of the RNE, as JSON.

    One file: `layout` is its layout. Several: `layout` has them in `files`, and the kinds read
    in `kinds`.
    """
    from .reference import reference
    from .rne import read

    communes, data = list(options["--communes"]), reference()
    for siren in options["--epci"]:
        communes += data.member_codes("".join(siren.split()))
    result = read(files, communes, options["--epci"], data.aliases())
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


def epci(texts: list[str], _options: dict[str, list[str]]) -> str:
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
    sys.exit(main(sys.argv[1:]))
