"""The list of requests on the portal."""

import re

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core.text_limits import LENGTHS
from ..stage import CLOSED_KINDS, OPEN_KINDS

TABS = {"open": OPEN_KINDS, "answered": ("answered",), "closed": CLOSED_KINDS}
# Bootstrap badge of each step; the label carries the same information, for accessibility.
COLORS = {
    "received": "text-bg-secondary",
    "in_progress": "text-bg-primary",
    "waiting": "text-bg-warning",
    "to_validate": "text-bg-primary",
    "answered": "text-bg-success",
}


class CommuneRequestPortal(models.AbstractModel):
    _inherit = "commune.request.portal"

    @api.model
    def _get_portal_list(self, places, tab="open", search="", offset=0, limit=20):
        """One page of the requests of places that the current user sees, and how many there are.

        :param places: res.partner that the person's mandates open
        :param tab: key of TABS
        :return: (rows, counts): list of dicts, dict tab -> number
        """
        domain = Domain("commune_id", "in", places.ids)
        if search:
            self.env["helpdesk.ticket"].flush_model(["number", "name", "description"])
            domain &= self._get_portal_search_domain(search)
        # The person's rights are evaluated once, to select the records; the rest is read as
        # superuser.
        seen, requests = (
            Domain("id", "in", self.env["helpdesk.ticket"]._search(domain)),
            self.env["helpdesk.ticket"].sudo(),
        )
        kinds = dict(requests._read_group(seen, ["stage_kind"], ["__count"]))
        counts = {name: sum(kinds.get(kind, 0) for kind in TABS[name]) for name in TABS}
        found = requests.search(
            seen & Domain("stage_kind", "in", TABS[tab]),
            order="create_date desc, id desc",
            offset=offset,
            limit=limit,
        )
        return [self._get_portal_row(request) for request in found], counts

    @api.model
    def _get_portal_search_domain(self, text):
        """Words in any order, in French: “nids de poules” finds “nid de poule”; or part of the
        number, title or description as typed."""
        text = clean_text(text)[: LENGTHS["search"]]
        return Domain.custom(to_sql=lambda model, alias, query: _matches(alias, text))

    def _get_portal_row(self, ticket):
        """What the list shows of one request, read as superuser."""
        return {
            "id": ticket.id,
            "url": ticket.access_url,
            "number": ticket.number,
            "name": ticket.name,
            "commune": ticket.commune_id.brand_name or ticket.commune_id.name,
            "requester": ticket.partner_id.name,
            "person": ticket.user_id.name,
            "created": self.env.company._format_document_date(
                self.env["commune.request.clock"]._to_day(ticket, ticket.create_date)
            ),
            "state": self._get_portal_state(ticket),
            "promise": self._get_portal_promise(ticket),
        }

    def _get_portal_state(self, ticket):
        """The step in words that a commune understands, and the class of its badge."""
        words = {
            "received": self.env._("Received"),
            "in_progress": self.env._("In progress"),
            "waiting": self.env._("Waiting for your answer"),
            "to_validate": self.env._("In progress"),
            "answered": self.env._("Answered"),
            "closed": self.env._("Closed"),
            "rerouted": self.env._("Not for us"),
            "cancelled": self.env._("Cancelled"),
        }
        return {
            "label": words.get(ticket.stage_kind, words["received"]),
            "color": COLORS.get(ticket.stage_kind, "text-bg-light border"),
        }

    def _get_portal_promise(self, ticket):
        """The promised date in a sentence, and the class of its colour: False without promise."""
        today = self.env.company._get_today()
        state = self.env["commune.request.clock"]._get_promise_state(ticket, today)
        if not state:
            return False
        if state == "waiting":
            sentence = self.env._("The delay runs again as soon as you answer")
        elif state in ("kept", "late"):
            sentence = self._get_portal_kept(ticket, state)
        else:
            sentence = self._get_portal_delay(ticket, (ticket.promised_date - today).days)
        colors = {"overdue": "text-danger-emphasis", "soon": "text-warning-emphasis"}
        return {"sentence": sentence, "state": state, "color": colors.get(state, "")}

    def _get_portal_kept(self, ticket, state):
        day = self._format_portal_date(
            self.env["commune.request.clock"]._to_day(ticket, ticket.answered_date)
        )
        if state == "kept":
            return self.env._("Answered on %s, in time", day)
        return self.env._(
            "Answered on %(day)s; it was promised for %(promised)s",
            day=day,
            promised=self._format_portal_date(ticket.promised_date),
        )

    def _get_portal_delay(self, ticket, days):
        """“Answer promised for 12 December (in 3 days)”."""
        day = self._format_portal_date(ticket.promised_date)
        if days == 0:
            return self.env._("Answer promised for today, %s", day)
        if days == 1:
            return self.env._("Answer promised for tomorrow, %s", day)
        if days > 1:
            return self.env._(
                "Answer promised for %(day)s (in %(count)s days)", day=day, count=days
            )
        if days == -1:
            return self.env._("Answer promised for %s: one day late", day)
        return self.env._("Answer promised for %(day)s: %(count)s days late", day=day, count=-days)

    def _format_portal_date(self, day):
        """“12 December”, with the year when it is another."""
        this_year = day.year == self.env.company._get_today().year
        text = self.env.company._format_document_date(day)
        return text.removesuffix(f" {day.year}") if this_year else text


def clean_text(text):
    """A text of a form as PostgreSQL takes it: no null character, no blank around."""
    return str(text or "").replace("\x00", "").strip()


def _matches(alias, text):
    """Whether the request contains the words of a text, ignoring accents and endings."""
    document = SQL(
        "commune_relations.fold(concat_ws(' ', %s, %s, %s))",
        SQL.identifier(alias, "number"),
        SQL.identifier(alias, "name"),
        SQL("regexp_replace(%s, '<[^>]*>', ' ', 'g')", SQL.identifier(alias, "description")),
    )
    return SQL(
        "(to_tsvector('french', %(document)s) @@ plainto_tsquery('french', "
        "commune_relations.fold(%(text)s))"
        " OR %(document)s ILIKE commune_relations.fold(%(typed)s))",
        document=document,
        text=text,
        typed="%" + re.sub(r"([\\%_])", r"\\\1", text) + "%",
    )
