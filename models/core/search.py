"""One search over all pillars, with the rights of the user; each pillar adds its sources.

`fold` of PostgreSQL (`pg_schema.py`) compares words without accents, with a trigram index where
tables may hold tens of thousands of lines.
"""

from dataclasses import dataclass
from functools import partial

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...engine.search_query import LEAST_GUESSED, read, recognise, stem
from ...engine.text.fold import key
from .api_arguments import parse_code, parse_id

MOST_OF_A_KIND = 6
# A person has several mandates: so many lines are read for one that is shown.
SPARE = 3
# From how much on a word is taken for one typed wrong: in a long text more are alike by chance.
ALIKE_IN_TEXT = 0.52
# Weight of a word found in the record; in the title, one more.
WHOLE = 100


@dataclass(frozen=True)
class SearchSource:
    """Source of one kind of results.

    :param label: the kind, in the language of the user
    :param title: field that is shown and searched
    :param texts: other stored fields that are searched
    :param folded: of these fields, the ones stored folded
    :param commune: field of the commune, "" when there is none
    :param action: window action whose form opens it, when it is not that of Odoo
    :param order: stored field; the latest first among those that fit alike (“… asc”: the first)
    :param shown: field of what opens, "" for the record itself
    :param detail: field shown behind the commune
    :param functions: field of the function, when words such as “mayor” are searched
    :param number: field of the number by which one asks
    """

    model: str
    label: str
    title: str = "name"
    texts: tuple = ()
    folded: tuple = ()
    commune: str = ""
    action: str = ""
    order: str = "write_date"
    domain: tuple = ()
    pillar: str = ""
    shown: str = ""
    detail: str = ""
    functions: str = ""
    number: str = ""


class CommuneSearch(models.AbstractModel):
    _name = "commune.search"
    _description = "One search over communes, persons, requests and all the rest"

    @api.model
    def _get_search_sources(self):
        """{kind: SearchSource} in the order of the screen; each pillar adds its own."""
        return {}

    @api.model
    def _get_place_names(self):
        """{id: names} of the communes that a question may name."""
        return {}

    @api.model
    def _get_function_names(self):
        """{id: names} of the functions that a question may name."""
        return {}

    @api.model
    def _check_can_search(self):
        groups = ("group_reader", "group_referent")
        if not any(self.env.user.has_group(f"commune_relations.{name}") for name in groups):
            raise AccessError(self.env._("The search is for the department."))

    @api.model
    def _get_open(self):
        """The kinds in use, of which the user may read something."""
        return {
            kind: source
            for kind, source in self._get_search_sources().items()
            if (not source.pillar or self.env.company._uses(source.pillar))
            and self.env[source.model].has_access("read")
        }

    @api.model
    def get_kinds(self):
        """[(kind, label)], in the order of the screen.

        :raises AccessError: neither reader nor referent
        """
        self._check_can_search()
        return [(kind, source.label) for kind, source in self._get_open().items()]

    @api.model
    def find(self, question):
        """Results of a question, among the records that the user may read.

        :param question: text as typed; what is beyond 100 signs is left out
        :return: list of dicts `kind`, `id`, `title`, `detail`, `why`; the best of a kind first, six
            of each at most; the kind that holds the best one first, else in the order of the
            screen; two queries for all kinds, then those that read what a kind shows, whatever the
            number of records
        :raises AccessError: neither reader nor referent
        """
        self._check_can_search()
        asked = read(question if isinstance(question, str) else "")
        if not asked.number and not asked.words:
            return []
        places, used = recognise(asked.words, self._get_place_names())
        functions, function_words = recognise(asked.words, self._get_function_names())
        known = {"places": (places, used), "functions": (functions, function_words - used)}
        kinds = self._get_open()
        exact = self._find_ids(kinds, asked, known)
        others = {kind: source for kind, source in kinds.items() if not exact.get(kind)}
        alike = {} if asked.number else self._find_ids(others, asked, known, guessed=True)
        groups = []
        for kind, source in kinds.items():
            ids = exact.get(kind) or alike.get(kind, ())
            plain = self._get_plain(source, asked, known)
            records = self.env[source.model].browse(ids)
            groups.append(self._show(kind, source, records, plain, bool(exact.get(kind))))
        groups.sort(key=lambda group: self._rank_group(group, asked.words))
        return [one for group in groups for one in group] or self._find_places(places)

    @api.model
    def _rank_group(self, group, words):
        """0 for a kind with a title equal to the question; 1 with a title that has all its words;
        else 2."""
        titles = [read(one["title"]).words for one in group]
        if words in titles:
            return 0
        stems = tuple(stem(word) for word in words)
        whole = (all(any(w.startswith(s) for w in title) for s in stems) for title in titles)
        return 1 if stems and any(whole) else 2

    @api.model
    def _find_places(self, places):
        """The communes that a question names, when nothing else was found."""
        return []

    @api.model
    def open_found(self, kind, record_id):
        """The action that opens what was found; who may not read it is refused there.

        :raises AccessError: neither reader nor referent, or not of what this user may find
        """
        self._check_can_search()
        source = self._get_open().get(parse_code(kind))
        if not source:
            raise AccessError(self.env._("The search is for the department."))
        record = self.env[source.model].browse(parse_id(record_id))
        if source.shown:
            record = record[source.shown]
        record.check_access("read")
        if not source.action:
            return record.get_formview_action()
        actions = self.env["ir.actions.act_window"]
        action = actions._for_xml_id(f"commune_relations.{source.action}")
        forms = [view for view in action["views"] if view[1] == "form"]
        opened = {"name": record.display_name, "res_id": record.id, "target": "current"}
        return action | opened | {"views": forms, "domain": False}

    @api.model
    def _find_ids(self, kinds, asked, known, guessed=False):
        """{kind: ids, the best first}, in one query.

        :param guessed: similar words match too: they are searched where none matches as typed
        """
        queries = {
            kind: query
            for kind, source in kinds.items()
            if (query := self._get_query(source, asked, known, guessed))
        }
        if not queries:
            return {}
        if guessed:
            name = "pg_trgm.word_similarity_threshold"
            self.env.execute_query(SQL("SELECT set_config(%s, %s, true)", name, str(ALIKE_IN_TEXT)))
        lists = SQL(", ").join(SQL("ARRAY(%s)", query) for query in queries.values())
        [row] = self.env.execute_query(SQL("SELECT %s", lists))
        return dict(zip(queries, row, strict=True))

    @api.model
    def _get_query(self, source, asked, known, guessed):
        """The ids of a kind; None when nothing of it can be meant."""
        if asked.number:
            condition = source.number and self._by_number(source, asked.number)
            rank = lambda _query: None
        else:
            condition, rank = self._by_words(source, asked, known, guessed)
        if not condition:
            return None
        model = self.env[source.model]
        query = model._search(Domain(list(source.domain)))
        query.add_where(condition(query))
        query.order = self._get_order(source, query, rank(query))
        query.limit = MOST_OF_A_KIND * (SPARE if source.shown else 1)
        return query.select(SQL.identifier(query.table, "id"))

    @api.model
    def _get_order(self, source, query, rank):
        """The best rank first, then the order of the source."""
        name, _space, way = source.order.partition(" ")
        field = self.env[source.model]._field_to_sql(query.table, name, query)
        way = SQL("ASC") if way else SQL("DESC")
        last = SQL.identifier(query.table, "id")
        order = SQL("%s %s NULLS LAST, %s %s", field, way, last, way)
        return SQL("(%s) DESC, %s", rank, order) if rank else order

    # what is compared

    @api.model
    def _has(self, source, query, word, guessed=True, whole=True):
        """Whether the record contains a word, or a similar one.

        :param guessed: a word that is alike will do, in the title: among many words, some are
        :param whole: in all that is searched, not the title alone
        """
        tests = []
        for name in (source.title, *source.texts) if whole else (source.title,):
            alike = guessed and name == source.title and len(word) >= LEAST_GUESSED
            model, table, kept = self.env[source.model], query.table, name in source.folded
            tests.append(self._build_match(model, table, name, word, alike, kept))
        return SQL("(%s)", SQL(" OR ").join(tests))

    @api.model
    def _build_match(self, model, alias, name, word, alike, folded=False):
        """In a field, or in that of another record: there by its index, once for all lines."""
        link, _dot, field = name.rpartition(".")
        if link:
            other = self.env[model._fields[link].comodel_name]
            table = SQL.identifier(other._table)
            test = self._build_match(other, other._table, field, word, alike)
            own = model._field_to_sql(alias, link)
            return SQL("%s IN (SELECT id FROM %s WHERE %s)", own, table, test)
        own = model._field_to_sql(alias, field)
        text = own if folded else SQL("commune_relations.fold(%s)", own)
        if alike:
            return SQL("%s <%% %s", word, text)  # true of the word itself and of its beginning
        return SQL("%s ~ %s", text, rf"\m{stem(word)}")  # a word that begins so, of a-z and 0-9

    @api.model
    def _by_words(self, source, asked, known, guessed):
        """Condition and rank, built once the query exists.

        The record contains all the words; or the words that name a commune (and a function)
        select records, which contain the other words.

        :param guessed: words that are only alike will do
        """
        places, used = known["places"] if source.commune else (set(), set())
        functions, function_words = known["functions"] if source.functions else (set(), set())
        left = [word for word in asked.words if word not in used | function_words]

        def link(query, name, ids):
            own = self.env[source.model]._field_to_sql(query.table, name, query)
            return SQL("%s IN %s", own, tuple(ids))

        def condition(query):
            has = partial(self._has, source, query, guessed=guessed)
            ways = [SQL(" AND ").join(map(has, asked.words))]
            named = []
            if places:
                named.append(link(query, source.commune, places))
            if functions:
                named.append(link(query, source.functions, functions))
            if named:
                ways.append(SQL(" AND ").join([*named, *map(has, left)]))
            return SQL("(%s)", SQL(" OR ").join(SQL("(%s)", way) for way in ways))

        def rank(query):
            unlike = len(asked.words) > 1 if guessed else source.texts
            if not (unlike or places or functions):
                return None  # all have all the words in their title, or none
            parts = [
                SQL(
                    "CASE WHEN %s THEN %s WHEN %s THEN %s ELSE 0 END",
                    self._has(source, query, word, False, False),
                    WHOLE + 1,
                    self._has(source, query, word, False) if source.texts else SQL("false"),
                    WHOLE,
                )
                for word in asked.words
            ]
            for ids, name, words in (
                (places, source.commune, used),
                (functions, source.functions, function_words),
            ):
                if ids:
                    test = link(query, name, ids)
                    parts.append(
                        SQL("CASE WHEN %s THEN %s ELSE 0 END", test, (WHOLE + 2) * len(words))
                    )
            return SQL(" + ").join(parts)

        return condition, rank

    @api.model
    def _by_number(self, source, number):
        """“#123” is the 123 of any year, “2026-00123” that of one; zeros do not count."""
        year, _dash, last = number.rpartition("-")
        pattern = rf"{year}-0*{int(last)}$"

        def condition(query):
            own = self.env[source.model]._field_to_sql(query.table, source.number, query)
            return SQL("%s ~ %s", own, pattern)

        return condition

    # what is shown

    @api.model
    def _get_plain(self, source, asked, known):
        """The words of a question that name neither a commune nor a function."""
        named = known["places"][1] if source.commune else set()
        named = named | known["functions"][1] if source.functions else named
        return [] if asked.number else [word for word in asked.words if word not in named]

    @api.model
    def _show(self, kind, source, records, words, exact):
        found, seen = [], set()
        for record in records:
            shown = record[source.shown] if source.shown else record
            if shown.id in seen or len(found) == MOST_OF_A_KIND:
                continue
            seen.add(shown.id)
            title = self._get_title(source, record)
            detail = self._get_detail(source, record)
            found.append(
                {
                    "kind": kind,
                    "id": record.id,
                    "title": title,
                    "detail": detail,
                    "why": self._get_why(words, f"{title} {detail}", exact),
                }
            )
        return found

    @api.model
    def _get_title(self, source, record):
        value = record
        for name in source.title.split("."):
            value = value[name]
        return value or record.display_name

    @api.model
    def _get_detail(self, source, record):
        detail = record[source.detail] if source.detail else ""
        if detail and record._fields[source.detail].type in ("date", "datetime"):
            detail = format_date(self.env, detail)
        commune = record[source.commune].sudo().name if source.commune else ""
        return " · ".join(filter(None, (commune, detail)))

    @api.model
    def _get_why(self, words, shown, exact):
        """Reason of a result, when the text shown does not make it obvious.

        :param words: words of the question that name neither a commune nor a function
        """
        text = f" {key(shown)}"
        missing = " ".join(word for word in words if f" {stem(word)}" not in text)
        if not missing:
            return ""
        if exact:
            return self.env._("speaks of: %s", missing)
        return self.env._("close to: %s", missing)
