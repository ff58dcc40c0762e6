"""Fields of the portal form of a request, in one table.

The page, its checks, the browser's draft, the created request, its page and the fields readable on
the portal all derive from it.
"""

import dataclasses

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

from ....engine.redaction import find_mentions, find_names
from ....engine.text import words
from ...core.text_limits import LENGTHS

_lt = LazyTranslate(__name__)
MOST_NAMES = 10


class FormError(UserError):
    """What is wrong with a form: `problems`, a list of (name of the field, sentence)."""

    def __init__(self, problems):
        super().__init__("\n".join(sentence for _name, sentence in problems))
        self.problems = problems


@dataclasses.dataclass(frozen=True)
class FormField:
    """Field of the form, named after the field of the request.

    block: part of the form. kind: `text`, `line` or `choice`. most: characters; too_long: the
    error. shown: label on the page of the request; empty when that page shows the field another
    way.
    """

    name: str
    block: str
    kind: str
    label: object
    help: object = ""
    missing: object = ""
    most: int = 0
    too_long: object = ""
    choices: dict = dataclasses.field(default_factory=dict)
    shown: object = ""

    def take(self, text):
        """A value that the request takes: one of the choices (the first when it is none), or the
        text without blanks around."""
        if self.choices:
            return text if text in self.choices else next(iter(self.choices))
        return (text or "").strip()


FORM = (
    FormField(
        "question",
        "what",
        "text",
        _lt("Your question or your request"),
        help=_lt("In your own words, as you would say it on the telephone."),
        missing=_lt("Write your question or your request."),
        most=LENGTHS["request"],
        too_long=_lt("Your text is too long: %s characters at most.", LENGTHS["request"]),
    ),
    FormField(
        "name",
        "what_next",
        "line",
        _lt("Title"),
        help=_lt("Taken from your question when you leave it empty."),
        most=LENGTHS["title"],
        too_long=_lt("The title is too long: %s characters at most.", LENGTHS["title"]),
    ),
    FormField(
        "place",
        "where",
        "line",
        _lt("Address or place in the commune (optional)"),
        most=LENGTHS["place"],
        too_long=_lt("The place is too long: %s characters at most.", LENGTHS["place"]),
        shown=_lt("Place"),
    ),
    FormField(
        "priority",
        "urgency",
        "choice",
        _lt("Urgency"),
        choices={
            "1": _lt("Normal urgency"),
            "2": _lt("Urgent request"),
            "3": _lt("Immediate danger"),
        },
    ),
    FormField(
        "confidentiality",
        "who_sees",
        "choice",
        _lt("Who may see it in the commune"),
        help=_lt(
            "The whole town hall: those who act in the name of the commune on this portal. In all"
            " cases, the staff in charge sees your request."
        ),
        choices={
            "commune": _lt("The whole town hall"),
            "maire_dgs": _lt("The mayor and the management"),
            "perso": _lt("Nobody but me"),
        },
        shown=_lt("Seen by"),
    ),
)
# The question becomes the description of the request.
STORED = tuple(field for field in FORM if field.name != "question")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    @api.model
    def _get_portal_problems(self, values, files=()):
        """What is missing or wrong, as a list of (name of the field, sentence), in the order of
        the page."""
        problems = []
        if values.get("topic_missing"):
            problems.append(("topic", self.env._("Choose who answers, or “None fits”.")))
        for field in FORM:
            text = (values.get(field.name) or "").strip()
            if field.missing and not text:
                problems.append((field.name, self.env._(field.missing)))
            elif field.most and len(text) > field.most:
                problems.append((field.name, self.env._(field.too_long)))
        problems += [
            ("files", sentence)
            for sentence in self.env["ir.attachment"]._get_commune_file_problems(list(files))
        ]
        return sorted(problems, key=lambda problem: problem[0] != "question")


class CommuneRequestPortal(models.AbstractModel):
    _inherit = "commune.request.portal"

    @api.model
    def _get_portal_form(self):
        """The form as its page shows it: {block: list of fields, in words}."""
        words, blocks = self.env._, {}
        for field in FORM:
            blocks.setdefault(field.block, []).append(
                {
                    "name": field.name,
                    "kind": field.kind,
                    "label": words(field.label),
                    "help": field.help and words(field.help),
                    "required": bool(field.missing),
                    "most": field.most or None,
                    "choices": [(value, words(label)) for value, label in field.choices.items()],
                }
            )
        return blocks

    def _get_portal_facts(self, ticket):
        """Values of the form, for the page of the request: list of (label, text)."""
        ticket.ensure_one()
        return [
            (self.env._(field.shown), self._get_portal_words(ticket, field))
            for field in STORED
            if field.shown and ticket[field.name]
        ]

    def _get_portal_words(self, ticket, field):
        """Value of a field of the form: label of a choice, or text."""
        value = ticket[field.name]
        label = field.choices.get(value)
        return self.env._(label) if label else value

    def _get_portal_urgency(self, ticket):
        """Label of the urgency chosen by the commune."""
        return self._get_portal_words(
            ticket, next(field for field in FORM if field.name == "priority")
        )

    @api.model
    def _find_mentions(self, text, place):
        """Passages of a text that seem to name a private person: not the agents of the
        organisation, nor the mayors, nor the officials and agents of the current place.

        :param place: commune in whose name the request is made (res.partner)
        """
        names = find_names(text)[:MOST_NAMES]
        return find_mentions(text, self._get_public_names(names, place) if names else ())

    @api.model
    def _get_public_names(self, names, place):
        """Names of officials and agents that a text may contain, in one query."""
        self = self.sudo()  # names alone, of persons whom the reader may not open
        longest = {max(words(name), key=len, default="") for name in names} - {""}
        alike = Domain.OR([("lastname", "ilike", word)] for word in longest)
        functions = self.env["commune.function"]._by_code()
        mandates = Domain("held_mandate_ids.commune_id", "in", place.ids)
        if mayor := functions.get("mayor"):
            mandates |= Domain("held_mandate_ids.function_id", "=", mayor.id)
        staff = Domain("user_ids.share", "=", False)
        found = self.env["res.partner"].search_fetch(alike & (mandates | staff), ["name"])
        return found.mapped("name")
