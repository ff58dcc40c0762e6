"""Topics in charge of a list of questions, from the command line, without Odoo or a database.

python -m engine.orientation QUESTIONS.csv [--topics TOPICS.csv] [--limit 3]

JSON on standard output. An error is one line on standard error, with exit code 2.
"""

import sys

from ..text.cli import Options, command, warn
from .messages import OrientationError, message

HELP = """Les sujets compétents pour une liste de questions ; le résultat est en JSON.

python -m engine.orientation QUESTIONS.csv [--topics SUJETS.csv] [--limit 3]

QUESTIONS.csv : colonne « question », et « topic_code » (le bon sujet) pour calculer les scores.
SUJETS.csv : colonnes « code », « parent », « label » et « keywords » ; sans cette option, les
sujets livrés avec le module."""


def run(arguments: list[str]) -> str:
    """What to print on standard output.

    :raises FrenchError: nothing can be answered
    """
    options = Options()
    options.add_argument("--topics")
    options.add_argument("--limit", default="3")
    files, found = options.parse(arguments)
    if not files:
        raise OrientationError("no_questions_file")
    if len(files) > 1:
        raise OrientationError("too_many_files", value=files[1])
    return answer(files[0], found.topics, read_limit(found.limit))


def read_limit(value: str) -> int:
    """How many topics to give for each question."""
    if not (value.isascii() and value.isdigit() and int(value)):
        raise OrientationError("bad_limit", value=value)
    return int(value)


def answer(file: str, topics_file: str | None, limit: int) -> str:
    """The topics found for each question of a file, as JSON."""
    import json

    from .enrich import enriched
    from .evaluate import evaluate
    from .index import Index
    from .tables import default_topics, read_questions, read_topics

    questions = read_questions(file)
    topics = read_topics(topics_file) if topics_file else default_topics()
    unknown = {question.topic_code for question in questions} - {topic.code for topic in topics}
    if unknown - {""}:
        warn(message("unknown_codes", value=", ".join(sorted(unknown - {""}))))
    # The scores need three topics, even when fewer are shown.
    result = evaluate(Index(enriched(topics) if topics_file else topics), questions, max(limit, 3))
    answers = [
        {
            "question": found.question,
            "expected": found.expected or None,
            "found": [
                {"code": one.code, "score": one.score, "reasons": list(one.reasons)}
                for one in found.found[:limit]
            ],
        }
        for found in result.answers
    ]
    data = {"top1": result.top1, "top3": result.top3, "answers": answers}
    return json.dumps(data, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    sys.exit(command(run, HELP, sys.argv[1:]))
