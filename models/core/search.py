"""One search over all pillars, under the rights of who asks: each pillar says what is found of it.

Words are compared without accents by `fold` of PostgreSQL (`pg_schema.py`), which has an index of
trigrams where there may be tens of thousands of lines.
"""

from dataclasses import dataclass
from functools import partial

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...engine.search_query import LEAST_GUESSED, read, recognise, stem
from ...engine.text.fold import key
from .api_arguments import as_code, as_id

MOST_OF_A_KIND = 6
# A person has several mandates: so many lines are read for one that is shown.
SPARE = 3
# From how much on a word is taken for one typed wrong: in a long text more are alike by chance.
ALIKE_IN_TEXT = 0.52
# What a word that stands in the record weighs; in the title it weighs one more.
WHOLE = 100


@dataclass(frozen=True)
class Sought:
    """Where what is found of a kind is.

    :param label: the kind, in the language of the user
    :param title: field that is shown and searched
    :param texts: other stored fields that are searched
    :param folded: those of them whose words are folded already
    :param commune: field of the commune, "" when there is none
    :param action: window action whose form opens it, when it is not that of Odoo
    :param order: stored field; the latest first among those that fit alike (“… asc”: the first)
    :param shown: field of what opens, "" for the record itself
    :param detail: field shown behind the commune
    :param functions: field of the function, when words such as “mayor” say it
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
    def _get_sought(self):
        """{kind: Sought} in the order of the screen; each pillar adds its own."""
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
    def _check_may_search(self):
        groups = ("group_reader", "group_referent")
        if not any(self.env.user.has_group(f"commune_relations.{name}") for name in groups):
            raise AccessError(self.env._("The search is for the department."))

    @api.model
    def _get_open(self):
        """The kinds in use, of which the user may read something."""
        return {
            kind: sought
            for kind, sought in self._get_sought().items()
            if (not sought.pillar or self.env.company._uses(sought.pillar))
            and self.env[sought.model].has_access("read")
        }

    @api.model
    def get_kinds(self):
        """[(kind, label)], in the order of the screen.

        :raises AccessError: neither reader nor referent
        """
        self._check_may_search()
        return [(kind, sought.label) for kind, sought in self._get_open().items()]

    @api.model
    def find(self, question):
        """What a question finds, of what the user may read: nothing is said of the rest.

        :param question: text as typed; what is beyond 100 signs is left out
        :return: list of dicts `kind`, `id`, `title`, `detail`, `why`; the best of a kind
            first, six of each at most; the kind that holds the best one first, else in the order
            of the screen; two queries for all kinds, then those that read what a kind shows,
            whatever the number of records
        :raises AccessError: neither reader nor referent
        """
        self._check_may_search()
        asked = read(question if isinstance(question, str) else "")
        if not asked.number and not asked.words:
            return []
        places, used = recognise(asked.words, self._get_place_names())
        functions, said = recognise(asked.words, self._get_function_names())
        known = {"places": (places, used), "functions": (functions, said - used)}
        kinds = self._get_open()
        exact = self._find_ids(kinds, asked, known)
        others = {kind: sought for kind, sought in kinds.items() if not exact.get(kind)}
        alike = {} if asked.number else self._find_ids(others, asked, known, guessed=True)
        groups = []
        for kind, sought in kinds.items():
            ids = exact.get(kind) or alike.get(kind, ())
            plain = self._get_plain(sought, asked, known)
            records = self.env[sought.model].browse(ids)
            groups.append(self._show(kind, sought, records, plain, bool(exact.get(kind))))
        groups.sort(key=lambda group: self._rank_group(group, asked.words))
        return [one for group in groups for one in group] or self._find_places(places)

    @api.model
    def _rank_group(self, group, words):
        """0 for a kind of which a title is what was asked, word for word; 1 for another of which a
        title has all these words; 2 for the rest."""
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
        self._check_may_search()
        sought = self._get_open().get(as_code(kind))
        if not sought:
            raise AccessError(self.env._("The search is for the department."))
        record = self.env[sought.model].browse(as_id(record_id))
        if sought.shown:
            record = record[sought.shown]
        record.check_access("read")
        if not sought.action:
            return record.get_formview_action()
        actions = self.env["ir.actions.act_window"]
        action = actions._for_xml_id(f"commune_relations.{sought.action}")
        forms = [view for view in action["views"] if view[1] == "form"]
        opened = {"name": record.display_name, "res_id": record.id, "target": "current"}
        return action | opened | {"views": forms, "domain": False}

    @api.model
    def _find_ids(self, kinds, asked, known, guessed=False):
        """{kind: ids, the best first}, in one query.

        :param guessed: words that are only alike will do: they are looked for where none stands
            as it was typed
        """
        queries = {
            kind: query
            for kind, sought in kinds.items()
            if (query := self._get_query(sought, asked, known, guessed))
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
    def _get_query(self, sought, asked, known, guessed):
        """The ids of a kind; None when nothing of it can be meant."""
        if asked.number:
            condition = sought.number and self._by_number(sought, asked.number)
            rank = lambda _query: None
        else:
            condition, rank = self._by_words(sought, asked, known, guessed)
        if not condition:
            return None
        model = self.env[sought.model]
        query = model._search(Domain(list(sought.domain)))
        query.add_where(condition(query))
        query.order = self._get_order(sought, query, rank(query))
        query.limit = MOST_OF_A_KIND * (SPARE if sought.shown else 1)
        return query.select(SQL.identifier(query.table, "id"))

    @api.model
    def _get_order(self, sought, query, rank):
        """The best rank first; then what the kind says."""
        name, _space, way = sought.order.partition(" ")
        field = self.env[sought.model]._field_to_sql(query.table, name, query)
        way = SQL("ASC") if way else SQL("DESC")
        last = SQL.identifier(query.table, "id")
        order = SQL("%s %s NULLS LAST, %s %s", field, way, last, way)
        return SQL("(%s) DESC, %s", rank, order) if rank else order

    # what is compared

    @api.model
    def _has(self, sought, query, word, guessed=True, whole=True):
        """Whether a word, or one alike, stands in the record.

        :param guessed: a word that is alike will do, in the title: among many words, some are
        :param whole: in all that is searched, not the title alone
        """
        tests = []
        for name in (sought.title, *sought.texts) if whole else (sought.title,):
            alike = guessed and name == sought.title and len(word) >= LEAST_GUESSED
            model, table, kept = self.env[sought.model], query.table, name in sought.folded
            tests.append(self._stands_in(model, table, name, word, alike, kept))
        return SQL("(%s)", SQL(" OR ").join(tests))

    @api.model
    def _stands_in(self, model, alias, name, word, alike, folded=False):
        """In a field, or in that of another record: there by its index, once for all lines."""
        link, _dot, field = name.rpartition(".")
        if link:
            other = self.env[model._fields[link].comodel_name]
            table = SQL.identifier(other._table)
            test = self._stands_in(other, other._table, field, word, alike)
            own = model._field_to_sql(alias, link)
            return SQL("%s IN (SELECT id FROM %s WHERE %s)", own, table, test)
        own = model._field_to_sql(alias, field)
        text = own if folded else SQL("commune_relations.fold(%s)", own)
        if alike:
            return SQL("%s <%% %s", word, text)  # true of the word itself and of its beginning
        return SQL("%s ~ %s", text, rf"\m{stem(word)}")  # a word that begins so, of a-z and 0-9

    @api.model
    def _by_words(self, sought, asked, known, guessed):
        """The condition and the rank, made once the query is there.

        All the words stand in the record; or the words that name a commune (and a function) say
        which records, and the others stand in it.

        :param guessed: words that are only alike will do
        """
        places, used = known["places"] if sought.commune else (set(), set())
        functions, said = known["functions"] if sought.functions else (set(), set())
        left = [word for word in asked.words if word not in used | said]

        def link(query, name, ids):
            own = self.env[sought.model]._field_to_sql(query.table, name, query)
            return SQL("%s IN %s", own, tuple(ids))

        def condition(query):
            has = partial(self._has, sought, query, guessed=guessed)
            ways = [SQL(" AND ").join(map(has, asked.words))]
            named = []
            if places:
                named.append(link(query, sought.commune, places))
            if functions:
                named.append(link(query, sought.functions, functions))
            if named:
                ways.append(SQL(" AND ").join([*named, *map(has, left)]))
            return SQL("(%s)", SQL(" OR ").join(SQL("(%s)", way) for way in ways))

        def rank(query):
            unlike = len(asked.words) > 1 if guessed else sought.texts
            if not (unlike or places or functions):
                return None  # all have all the words in their title, or none
            parts = [
                SQL(
                    "CASE WHEN %s THEN %s WHEN %s THEN %s ELSE 0 END",
                    self._has(sought, query, word, False, False),
                    WHOLE + 1,
                    self._has(sought, query, word, False) if sought.texts else SQL("false"),
                    WHOLE,
                )
                for word in asked.words
            ]
            for ids, name, words in (
                (places, sought.commune, used),
                (functions, sought.functions, said),
            ):
                if ids:
                    test = link(query, name, ids)
                    parts.append(
                        SQL("CASE WHEN %s THEN %s ELSE 0 END", test, (WHOLE + 2) * len(words))
                    )
            return SQL(" + ").join(parts)

        return condition, rank

    @api.model
    def _by_number(self, sought, number):
        """“#123” is the 123 of any year, “2026-00123” that of one; zeros do not count."""
        year, _dash, last = number.rpartition("-")
        pattern = rf"{year}-0*{int(last)}$"

        def condition(query):
            own = self.env[sought.model]._field_to_sql(query.table, sought.number, query)
            return SQL("%s ~ %s", own, pattern)

        return condition

    # what is shown

    @api.model
    def _get_plain(self, sought, asked, known):
        """The words of a question that name neither a commune nor a function."""
        named = known["places"][1] if sought.commune else set()
        named = named | known["functions"][1] if sought.functions else named
        return [] if asked.number else [word for word in asked.words if word not in named]

    @api.model
    def _show(self, kind, sought, records, words, exact):
        found, seen = [], set()
        for record in records:
            shown = record[sought.shown] if sought.shown else record
            if shown.id in seen or len(found) == MOST_OF_A_KIND:
                continue
            seen.add(shown.id)
            title = self._get_title(sought, record)
            detail = self._get_detail(sought, record)
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
    def _get_title(self, sought, record):
        value = record
        for name in sought.title.split("."):
            value = value[name]
        return value or record.display_name

    @api.model
    def _get_detail(self, sought, record):
        detail = record[sought.detail] if sought.detail else ""
        if detail and record._fields[sought.detail].type in ("date", "datetime"):
            detail = format_date(self.env, detail)
        commune = record[sought.commune].sudo().name if sought.commune else ""
        return " · ".join(filter(None, (commune, detail)))

    @api.model
    def _get_why(self, words, shown, exact):
        """Why it was found, when what is shown does not say so.

        :param words: those of the question that name neither a commune nor a function
        """
        text = f" {key(shown)}"
        missing = " ".join(word for word in words if f" {stem(word)}" not in text)
        if not missing:
            return ""
        if exact:
            return self.env._("speaks of: %s", missing)
        return self.env._("close to: %s", missing)
