"""Portal home page: what waits over all communes of the person, and links to each area.

Each pillar declares what it expects of the person (`Todo`) and where it is done (`Card`).
"""

from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.tools import SQL

from ....engine.web import is_under


@dataclass(frozen=True)
class Todo:
    """Something to be done by the person.

    :param title: the action, in words that begin by a verb
    :param url: the page where it is done, whatever commune was chosen last
    :param place_id: commune or intercommunality for which it is done; 0: oneself
    :param day: the last day; None when nothing ends
    :param since: since when it waits, for what has no last day
    :param text: what distinguishes it from another, until when
    :param can_wait: nothing follows when it is not done (an invitation, a questionnaire): it comes
        after what the law, a promise or somebody’s work waits for
    """

    title: str
    url: str
    place_id: int = 0
    day: date | None = None
    text: str = ""
    can_wait: bool = False
    since: date | None = None

    @property
    def rank(self):
        """Urgent items first; then by nearest deadline; without deadline, the oldest first."""
        return self.can_wait, self.day or date.max, self.since or date.max

    def is_at(self, pages):
        """Whether it is done on one of these pages, or below."""
        path = self.url.partition("?")[0]
        return any(is_under(path, page) for page in pages)


@dataclass(frozen=True)
class Card:
    """An area of the portal.

    :param family: a key of `_get_families`
    :param icon: a class of the icon font
    :param pages: where else its things are done: what waits there is counted on the card
    :param known: (model, domain) of what the commune has there, or (model, values) as in
        `_get_presence_queries`: a card that has nothing, and where nothing waits, is folded.
        Without any, the card is always shown
    :param note: state of the page for the person, shown on a telephone too
    :param note_url: where it is read in full
    """

    family: str
    url: str
    title: str
    text: str
    icon: str
    pages: tuple = ()
    known: tuple = ()
    note: str = ""
    note_url: str = ""


class CommunePortalHome(models.AbstractModel):
    """As many queries for ten communes as for one: a source searches them together."""

    _name = "commune.portal.home"
    _description = "First page of a person of a commune"

    @api.model
    def _get_families(self):
        return {
            "ask": self.env._("Ask us"),
            "answer": self.env._("Answer us"),
            "services": self.env._("Our services"),
            "network": self.env._("Our network"),
        }

    # what may be there at all

    @api.model
    def _get_presence_queries(self, places):
        """{name: rows that must exist before the searches of that name are worth running}.

        A row is either (model, {stored field: values}) or a query. Most areas are empty most of the
        time: one query finds which, and their searches are skipped. Each pillar adds its own, never
        narrower than its search.

        :param places: those that a mandate or a post opens to the person
        """
        return {}

    @api.model
    def _load_presence(self):
        """This model, knowing where something may be found now (`_has_presence`)."""
        if "commune_home_held" in self.env.context:
            return self
        queries = self._get_presence_queries(
            self.env.user.partner_id._get_opening_mandates().commune_id
        )
        self.env.flush_all()
        tests = [self._make_test(rows) for rows in queries.values()]
        [row] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(tests)))
        found = {name for name, holds in zip(queries, row, strict=True) if holds}
        return self.with_context(commune_home_held=frozenset(found))

    @api.model
    def _make_test(self, rows):
        """SQL of whether there is such a row, archived ones too, no matter who asks."""
        if isinstance(rows, SQL):
            return SQL("EXISTS (%s)", rows)
        model, values = rows
        conditions = [
            SQL("%s = ANY(%s)", SQL.identifier(name), list(some)) for name, some in values.items()
        ]
        table = SQL.identifier(self.env[model]._table)
        return SQL("EXISTS (SELECT FROM %s WHERE %s)", table, SQL(" AND ").join(conditions))

    @api.model
    def _has_presence(self, name):
        held = self.env.context.get("commune_home_held")
        return held is None or name in held

    # hooks of each pillar

    @api.model
    def _get_todos(self, places, acted):
        """A list of `Todo`, as superuser where the person has no right on the model; each pillar
        adds its own.

        :param places: communes and intercommunalities that a mandate or a post opens to the person
        :param acted: those in whose name the person acts
        """
        return []

    @api.model
    def _get_cards(self, place, acts):
        """A list of `Card`, in the order of the page; each pillar adds its own.

        :param place: the commune that the pages are about
        :param acts: whether the person acts in its name
        """
        cards = [
            Card(
                "network",
                f"/my/communes/{place.id}",
                self.env._("My commune") if place.is_commune else self.env._("My intercommunality"),
                self.env._("Town hall, elected officials and contacts as we know them"),
                "fa-home",
                ("/my/directory-campaign",),  # its contact data are confirmed there
            )
        ]
        if acts:
            title = self.env._("My colleagues")
            text = self.env._("Who has access to this portal in the name of the commune")
            cards.append(Card("network", "/my/colleagues", title, text, "fa-users"))
        return cards

    # the page

    @api.model
    def _get_own_todos(self):
        """To-dos of the current account, in the order of `Todo.rank`, from pillars in use only.
        None without a mandate.
        """
        mandates = self.env.user.partner_id._get_opening_mandates()
        full = mandates.filtered(lambda one: one.function_id.portal_role == "full")
        places, acted = mandates.commune_id, full.commune_id
        shows = self.env.company._shows_page
        found = self._load_presence()._get_todos(places, acted) if places else []
        shown = [todo for todo in found if shows(todo.url.partition("?")[0])]
        return sorted(shown, key=lambda todo: todo.rank)

    @api.model
    def _get_page(self, place, choices):
        """What the first page shows.

        :param place: the commune that the pages are about
        :param choices: those among which it was chosen: with several, each line names its own
        :return: dict: `portal_todos` (dicts), `portal_families` (label, cards) and
            `portal_folded` (cards); a card is a dict with `count`, what waits there
        """
        return self._load_presence()._make_page(place, choices)

    @api.model
    def _make_page(self, place, choices):
        todos = self._get_own_todos()
        acts = place._get_portal_role(self.env.user.partner_id) == "full"
        shows = self.env.company._shows_page
        cards = [card for card in self._get_cards(place, acts) if shows(card.url)]
        others = set((choices - place).ids)
        own = [todo for todo in todos if todo.place_id not in others]
        counts = [sum(todo.is_at((card.url, *card.pages)) for todo in own) for card in cards]
        quiet = [card for card, count in zip(cards, counts, strict=True) if not count]
        known = self._get_known(quiet)
        families = self._get_families()
        shown, folded = {family: [] for family in families}, []
        for card, count in zip(cards, counts, strict=True):
            value = {"card": card, "count": count}
            (shown[card.family] if count or card.url in known else folded).append(value)
        return {
            "portal_todos": self._prepare_todos(todos, choices),
            "portal_families": [(families[one], some) for one, some in shown.items() if some],
            "portal_folded": folded,
        }

    @api.model
    def _prepare_todos(self, todos, choices):
        places = self.env["res.partner"].sudo().browse({todo.place_id for todo in todos} - {0})
        names = {one.id: one.brand_name or one.name for one in places} if len(choices) > 1 else {}
        return [
            {
                "title": todo.title,
                "text": todo.text[:1].upper() + todo.text[1:],
                "url": todo.url,
                "place": names.get(todo.place_id, ""),
                "can_wait": todo.can_wait,
            }
            for todo in todos
        ]

    @api.model
    def _get_known(self, cards):
        """Addresses of the cards that hold something, in one query."""
        asked = [(card.url, *pair) for card in cards for pair in card.known]
        known = {card.url for card in cards if not card.known}
        if not asked:
            return known
        tests = [
            self._make_test((model, rows))
            if isinstance(rows, dict)
            else SQL("EXISTS %s", self.env[model].sudo()._search(rows, limit=1).subselect())
            for _url, model, rows in asked
        ]
        [row] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(tests)))
        return known | {one[0] for one, found in zip(asked, row, strict=True) if found}
