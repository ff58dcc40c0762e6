"""One search for all that may answer a commune: topics, answers, services, guides, watch."""

import re
from dataclasses import dataclass
from html import unescape

from odoo import api, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.finder import Document, DocumentCache, Library, Match

# So many of each kind are compared with the rights of the person.
CANDIDATES = 500
# So many documents are read anew by a server at its first question: a quarter of a second.
MOST_FRESH = 200
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Source:
    """Search source: where the documents of a kind are stored.

    :param domain: documents that can be found: published, in force
    :param title: field of the title
    :param texts: fields of the text, plain or HTML
    :param keywords: fields of synonyms
    :param topics: field of its topic or topics
    :param pillar: nothing is found while the organisation does not use it
    :param is_open: every user who may see an interlocutor may read all of them
    """

    model: str
    domain: tuple = ()
    title: str = "name"
    texts: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    topics: str = ""
    pillar: str = "requests"
    is_open: bool = False

    def get_fields(self):
        """The fields that decide what is found."""
        conditions = Domain(list(self.domain)).iter_conditions()
        asked = {condition.field_expr for condition in conditions}
        named = {self.title, *self.texts, *self.keywords, self.topics}
        return asked | named - {""} | {"active"}


class CommuneFinder(models.AbstractModel):
    """Documents are read in French once per server; what a person may read of those found is
    asked of PostgreSQL, in one query."""

    _name = "commune.finder"
    _description = "Search of all that answers"

    @api.model
    def _get_sources(self):
        """{kind: Source}; each pillar adds its own. The model inherits `commune.findable`."""
        return {
            "topic": Source("commune.topic", domain=(("parent_id", "!=", False),), is_open=True),
            "answer": Source(
                "commune.published.answer",
                domain=(("state", "=", "published"),),
                title="question",
                texts=("answer",),
                topics="topic_id",
                pillar="knowledge",
                is_open=True,
            ),
        }

    @api.model
    def _find(self, question, kinds=None, limit=10, commune=None):
        """What may answer a question, the best first, of what the user may read.

        :param question: text as typed, whatever it holds
        :param kinds: kinds wanted, among `_get_sources`; None for all
        :param commune: res.partner or its id, for whom a portal account asks
        :return: list of dicts `kind`, `id`, `title`, `score`, `reasons` (French sentences),
            `by_words` (it has words of the question; otherwise it is about the same topic),
            `is_near` (not only words similar to the question); one query whatever the number
            of documents, plus the first read of each document
        """
        sources = self._get_open_sources(kinds, commune)
        matches = self._get_matches(question, sources)
        readable = self._get_readable(matches, sources)
        kept = [match for match in matches if (match.kind, match.id) in readable]
        return [
            {
                "kind": match.kind,
                "id": match.id,
                "title": match.title,
                "score": match.score,
                "reasons": list(match.reasons),
                "by_words": match.by_words,
                "is_near": match.is_near,
            }
            for match in kept[:limit]
        ]

    @api.model
    def _get_open_sources(self, kinds, commune):
        """The sources in use of which the user may read something."""
        used = {
            kind: source
            for kind, source in self._get_sources().items()
            if (kinds is None or kind in kinds) and self.env.company._uses(source.pillar)
        }
        can_show = (
            self._can_be_oriented(commune) if any(s.is_open for s in used.values()) else False
        )
        return {
            kind: source
            for kind, source in used.items()
            if (can_show if source.is_open else self.env[source.model].has_access("read"))
        }

    @api.model
    def _can_be_oriented(self, commune):
        topics = self.env["commune.topic"]
        try:
            topics._check_can_orient(topics._get_commune(commune))
        except AccessError:
            return False
        return True

    @api.model
    def _get_matches(self, question, sources):
        """Matches of the engine, best first, before any access check."""
        self = self.sudo()  # rights are checked afterwards, on what was found
        question = question or ""
        found = []
        for kind in sources.keys() - {"topic"}:
            found += self._get_library().find(question, CANDIDATES, (kind,))
        if "topic" in sources:
            index, ids = self.env["commune.topic"]._get_index()
            labels = {topic.code: topic.label for topic in index.topics}
            found += [
                Match(
                    "topic", ids[one.code], labels[one.code], one.score, lambda one=one: one.reasons
                )
                for one in index.answer(question, CANDIDATES)
            ]
        return sorted(found, key=lambda match: (-match.score, match.kind, match.id))

    @api.model
    def _get_readable(self, matches, sources):
        """{(kind, id)} of those that the user may read, in one query."""
        queries = []
        for kind in sources:
            ids = [match.id for match in matches if match.kind == kind]
            model = self.env[sources[kind].model].sudo(sources[kind].is_open or self.env.su)
            if ids:
                query = model._search([("id", "in", ids), *sources[kind].domain], order="id")
                query.order = None
                table = SQL.identifier(query.table, "id")
                queries.append(query.select(SQL("%s::text", kind), table))
        if not queries:
            return set()
        return set(self.env.execute_query(SQL(" UNION ALL ").join(queries)))

    # the documents in memory

    @tools.ormcache()
    def _get_library(self):
        """All the documents but the topics, ready to be searched."""
        index, ids = self.env["commune.topic"]._get_index()
        codes = {topic_id: code for code, topic_id in ids.items()}
        # A family includes all its topics.
        families = {
            str(topic.id): [codes[one.id] for one in topic | topic.child_ids if one.id in codes]
            for topic in self.env["commune.topic"].search_fetch([], ["child_ids"])
        }
        cache, _fresh = self._get_document_cache()
        return Library(cache, index, families)

    @api.model
    def _get_document_cache(self):
        """(cache of the documents as they are now, how many were read again for it)."""
        cache = DocumentCache.from_bytes(self._get_kept().raw or b"")
        known = cache.get_stamps()
        stamps = self._get_stamps()
        gone = [number for key, (number, stamp) in known.items() if stamps.get(key) != stamp]
        cache.drop(gone)
        fresh = [key for key, stamp in stamps.items() if known.get(key, (0, ""))[1] != stamp]
        for kind, source in self._get_sources().items():
            ids = [number for one, number in fresh if one == kind]
            for document in self._read_documents(kind, source, ids) if ids else ():
                cache.add(document, stamps[kind, document.id])
        return cache, len(fresh) + len(gone)

    @api.model
    def _get_stamps(self):
        """{(kind, id): when it was last written} of all that is found, but the topics."""
        stamps = {}
        for kind, source in self._get_sources().items():
            if kind == "topic":
                continue
            model = self.env[source.model]
            model.flush_model()
            query = model._search(list(source.domain), order="id")
            date = SQL("%s::text", SQL.identifier(query.table, "write_date"))
            rows = self.env.execute_query(query.select(SQL.identifier(query.table, "id"), date))
            stamps.update(((kind, number), stamp) for number, stamp in rows)
        return stamps

    @api.model
    def _read_documents(self, kind, source, ids):
        model = self.env[source.model].with_context(lang="fr_FR")
        names = {source.title, source.topics, *source.texts, *source.keywords} - {""}
        records = model.search_fetch([("id", "in", ids), *source.domain], sorted(names))
        return [
            Document(
                kind,
                record.id,
                record[source.title] or "",
                ", ".join(filter(None, (record[name] for name in source.keywords))),
                " ".join(_plain(record[name]) for name in source.texts),
                tuple(map(str, record[source.topics].ids)) if source.topics else (),
            )
            for record in records
        ]

    # what is kept of them beside, for the first question of each server

    @api.model
    def _get_kept(self):
        return self.env["ir.attachment"].search([("res_model", "=", self._name)], limit=1)

    @api.model
    def _cron_keep_library(self):
        """Kept anew when so many were written since that a server would take time to read them."""
        cache, fresh = self._get_document_cache()
        if fresh < MOST_FRESH:
            return
        values = {"name": self._name, "res_model": self._name, "raw": cache.to_bytes()}
        kept = self._get_kept()
        if kept:
            kept.write(values)
        else:
            kept.create(values)


def _plain(text):
    """Words of a text or of a page, without HTML tags and entities."""
    return unescape(_TAG.sub(" ", str(text))) if text else ""
