"""The visit card of a commune: all that one must know before seeing its mayor, in sections.

Rows are read under the rights of the current user, for several communes together and in a
constant number of queries; what that person may not read has no section. Each section is collected
as facts (`_collect_…`, which the tests and the advice read), then prepared as lines
(`_prepare_…_row`).
"""

from dataclasses import dataclass
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import LazyTranslate, format_date

from ....engine.feed import shorten
from ...core.api_arguments import parse_id

_lt = LazyTranslate(__name__)

READER = "commune_relations.group_reader"
READERS = f"{READER},commune_relations.group_referent"
COORDINATORS = "commune_relations.group_replacement_coordinator,commune_relations.group_manager"
LONGEST = 90  # characters of a subject on a line
RECENT = relativedelta(months=3)  # what is still fresh in the mind of a mayor
YEAR = relativedelta(months=12)


@dataclass(frozen=True)
class Section:
    """Section of the card: the model it reads, how many lines are printed, the rest counted.

    groups: for these roles alone, beside the right to read the model. A user who reads one record
    for another reason must not conclude that there is no other.
    """

    key: str
    pillar: str
    model: str
    limit: int
    title: object
    groups: str = READERS


SECTIONS = (
    Section("promises", "steering", "commune.commitment", 5, _lt("What we promised")),
    Section("open", "requests", "helpdesk.ticket", 7, _lt("Requests in progress")),
    Section("answered", "requests", "helpdesk.ticket", 4, _lt("Answers of the last 3 months")),
    Section("contacts", "steering", "commune.contact", 4, _lt("Last contacts")),
    Section("decisions", "committees", "commune.decision", 4, _lt("Decisions that concern it")),
    Section("sessions", "committees", "commune.session", 4, _lt("Next sessions")),
    Section("events", "network", "event.event", 4, _lt("Events to come"), READER),
    Section("agreements", "services", "agreement", 5, _lt("Conventions")),
    Section("services", "services", "commune.service.subscription", 7, _lt("Services")),
    Section(
        "missions", "replacement", "commune.replacement.mission", 5, _lt("Replacement"), READER
    ),
    Section(
        "unfilled",
        "replacement",
        "commune.replacement.request",
        3,
        _lt("Half-days not filled"),
        READER,
    ),
    Section(
        "incidents",
        "replacement",
        "commune.replacement.incident",
        3,
        _lt("Difficulties"),
        COORDINATORS,
    ),
    Section("surveys", "surveys", "commune.survey.target", 3, _lt("Surveys without answer")),
    Section("watch", "knowledge", "commune.watch.item", 3, _lt("Watch that concerns it")),
    Section("guides", "knowledge", "commune.guide.view", 3, _lt("Guides read")),
)


class CommuneCard(models.AbstractModel):
    _name = "commune.card"
    _description = "Visit card of a commune"

    @api.model
    def _get_cards(self, communes):
        """The cards of these communes, in their order.

        :param communes: res.partner
        :return: list of dicts of `_prepare_head`, plus `facts` {section: rows}, `sections` (dicts
            `key`, `title`, `lines`, `more`, `note`), `advice` (dicts `text`, `reason`) and
            `reads_all`: whether what is missing here does not exist
        :raise AccessError: the current user has no role that reads the communes
        :raise UserError: one of these partners is no commune
        """
        self._check_reader(communes)
        heads, sections = self._get_heads(communes), self._get_sections()
        promised = communes._get_commitment_counts()
        cards = []
        for commune_id, known in self._collect_facts(communes, sections).items():
            card = heads[commune_id] | known | {"promised": promised.get(commune_id, {})}
            card["sections"] = [self._prepare_section(section, card) for section in sections]
            card["advice"] = self._get_advice(card)
            cards.append(card)
        return cards

    @api.model
    def _collect_facts(self, communes, sections):
        """{commune id: what the advice and the sections are drawn from}, in the order of the
        communes."""
        today, reads_all = self.env.company._get_today(), self._has_groups(READER)
        collected = {
            section.key: getattr(self, f"_collect_{section.key}")(communes, today)
            for section in sections
        }
        silences, suggestions = self._get_silences(communes), self._get_suggestions(communes)
        newcomers, unused = self._get_newcomers(communes), self._get_unused(communes)
        return {
            commune.id: {
                "facts": {key: found.get(commune.id, []) for key, found in collected.items()},
                "today": today,
                "reads_all": reads_all,
                "to_confirm": commune.contact_to_confirm,
                "silence": silences.get(commune.id, {}),
                "suggestions": suggestions.get(commune.id, []),
                "newcomers": newcomers.get(commune.id, []),
                "unused": unused.get(commune.id, []),
            }
            for commune in communes
        }

    @api.model
    @api.readonly
    def get_page(self, commune_id):
        """What the screen shows of a commune, as HTML made here: no text of a person is markup.

        :raise AccessError: the current user has no role that reads the communes
        """
        commune = self.env["res.partner"].browse(parse_id(commune_id)).exists()
        self._check_reader(commune)
        if not commune:
            raise UserError(self.env._("This commune is not there any more."))
        card = self._get_cards(commune)[0]
        page = self.env["ir.qweb"]._render("commune_relations.card_screen", {"card": card})
        return {"name": card["name"], "html": page}

    @api.model
    def _check_reader(self, communes):
        if not self._has_groups(READERS):
            raise AccessError(self.env._("The visit card is for the service of the communes."))
        communes.check_access("read")
        if others := communes.filtered(lambda partner: not partner.is_commune):
            raise UserError(
                self.env._(
                    "%(name)s is not a commune: only communes have a visit card.",
                    name=others[0].display_name,
                )
            )

    @api.model
    def _get_sections(self):
        """Sections of the pillars in use that the current user may read."""
        company = self.env.company
        return [
            section
            for section in SECTIONS
            if company._uses(section.pillar)
            and self._has_groups(section.groups)
            and self.env[section.model].has_access("read")
        ]

    @api.model
    def _has_groups(self, groups):
        return self.env.su or self.env.user.has_groups(groups)

    @api.model
    def _prepare_section(self, section, card):
        facts = card["facts"][section.key]
        prepare = getattr(self, f"_prepare_{section.key}_row")
        get_note = getattr(self, f"_get_{section.key}_note", None)
        return {
            "key": section.key,
            "title": str(section.title),
            "model": section.model,
            "count": len(facts),
            "lines": [self._make_line(**prepare(fact, card)) for fact in facts[: section.limit]],
            "more": self._describe_hidden_count(len(facts) - section.limit),
            "note": get_note(facts, card) if get_note else "",
        }

    @api.model
    def _make_line(self, text, detail=(), mark="", tone="", record=None):
        """A line of a section.

        :param detail: what follows, in pieces; the empty ones are left out
        :param mark: a highlighted word, in a `tone`: late, wait, good
        :param record: what the line opens on a screen
        """
        return {
            "text": shorten(text or "", LONGEST),
            "detail": " · ".join(shorten(piece, LONGEST) for piece in detail if piece),
            "mark": mark,
            "tone": tone,
            "model": record._name if record else "",
            "id": record.id if record else 0,
        }

    @api.model
    def _describe_hidden_count(self, count):
        """Text under a truncated list; empty when it is complete."""
        if count < 1:
            return ""
        return self.env._("and 1 other") if count == 1 else self.env._("and %s others", count)

    @api.model
    def _group(self, rows):
        """Rows by their commune: {commune id: rows}."""
        found = {}
        for row in rows:
            found.setdefault(row["commune_id"], []).append(row)
        return found

    @api.model
    def _format_date(self, day):
        return format_date(self.env, day, date_format="dd/MM/y") if day else ""

    @api.model
    def _count_days(self, since, until):
        return (until - since) // timedelta(days=1)
