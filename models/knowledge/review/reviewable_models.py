"""What an item of the watch may touch: one line for each model."""

from dataclasses import dataclass

from odoo.tools import LazyTranslate

from ...requests.stage import OPEN_KINDS

_lt = LazyTranslate(__name__)


@dataclass(frozen=True)
class Source:
    """Reviewable model: which of its fields cite the law.

    :param texts: fields in which references to the law are looked for
    :param topic: field of their topics, whatever the path; empty: they have none
    :param owner: field of the user in charge of a record; empty: any user who analysed the item
    :param domain: records still in use
    :param word: usual name of a record; empty: the name of the model
    :param is_law: a rule taken from a public text: found for every user
    """

    model: str
    texts: tuple[str, ...] = ()
    topic: str = ""
    owner: str = ""
    domain: tuple = ()
    is_law: bool = False
    word: str = ""


SOURCES = (
    # Guides, model documents, questions and answers.
    Source(
        "commune.guide",
        texts=("name", "summary", "body", "transcript", "legal_text"),
        topic="topic_ids",
        owner="user_id",
        domain=(("state", "!=", "archived"),),
    ),
    Source(
        "commune.canned.answer",
        texts=("name", "body"),
        topic="topic_ids",
    ),
    Source(
        "commune.published.answer",
        texts=("question", "answer_text"),
        topic="topic_id",
        owner="author_id",
        domain=(("state", "!=", "archived"),),
    ),
    Source(
        "commune.service",
        texts=("name", "summary", "content", "audience", "excluded", "how_to_ask", "legal_note"),
        topic="topic_id",
        owner="referent_id",
        domain=(("state", "!=", "retired"),),
    ),
    Source(
        "agreement",
        word=_lt("Convention"),
        texts=("legal_basis", "body", "document_body"),
        topic="offer_ids.service_id.topic_id",
        owner="user_id",
        domain=(("commune_id", "!=", False), ("state", "not in", ("expired", "terminated"))),
    ),
    Source("commune.agreement.clause", texts=("name", "body")),
    Source(
        "commune.legal.basis",
        texts=("code", "quote", "citation", "text", "obligations", "source", "version_read"),
    ),
    Source("commune.notice.rule", texts=("legal_source", "legal_text"), is_law=True),
    Source("commune.work.rule", texts=("name", "source"), is_law=True),
    Source("commune.obligation", texts=("name", "source", "note"), owner="user_id", is_law=True),
    Source("commune.legal.value", texts=("source", "note"), is_law=True),
    Source("commune.election", texts=("source",), is_law=True),
    Source("commune.police.power", texts=("legal_source",), is_law=True),
    # Requests that are open, by topic alone: what a commune writes is no source of law.
    Source(
        "helpdesk.ticket",
        word=_lt("Request"),
        topic="topic_id",
        owner="user_id",
        domain=(("stage_kind", "in", tuple(OPEN_KINDS)),),
    ),
)
WORDS = {source.model: source.word for source in SOURCES if source.word}


def get_word(env, model):
    """What people call a thing of this model, in the language of the reader."""
    if word := WORDS.get(model):
        return env._(word)
    return env["ir.model"]._get(model).name or model
