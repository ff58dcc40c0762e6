"""Talking points: sentences drawn from facts by rules, each with its reason.

Computed under the rights of the current user. The card, the silent communes and the tours show the
same; in the order of a talk: what the organisation owes, waits for, can offer."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ....engine.text import after_comma
from .card import READERS

# Rules in the order of display; each one gives pairs (sentence, reason).
RULES = (
    "promises",
    "late_requests",
    "unfilled",
    "late_decisions",
    "silence",
    "newcomers",
    "agreements",
    "waiting",
    "surveys",
    "events",
    "unused",
    "suggestions",
    "directory",
    "kept",
)
SENTENCES = 6
# Sections of the card whose facts the rules read.
FACTS = frozenset(
    {"promises", "open", "answered", "decisions", "events", "agreements", "unfilled", "surveys"}
)
NEW_DAYS = 180  # a mandate is new for six months
USE_DAYS = 365  # a service that was used in the year is used


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _get_talks(self, communes):
        """{commune id: talking points, a line for each sentence}, for several communes.

        A constant number of queries; nothing for users without a role that reads the card."""
        if not self._has_groups(READERS):
            return {}
        sections = [section for section in self._get_sections() if section.key in FACTS]
        return {
            commune_id: "\n".join(map(self._format_advice, self._get_advice(known)))
            for commune_id, known in self._collect_facts(communes, sections).items()
        }

    @api.model
    def _format_advice(self, advice):
        """Both sentences on a line, the first one with its full stop."""
        return f"– {advice['text'].rstrip('.')}. {advice['reason']}"

    @api.model
    def _get_newcomers(self, communes):
        """{commune id: [(name, title, since)]} of those in office for a few months."""
        since = self.env.company._get_today() - timedelta(days=NEW_DAYS)
        found = {}
        for one in communes._get_current_mandates([("date_start", ">=", since)]):
            row = (one.partner_id.name, after_comma(one.title), one.date_start)
            found.setdefault(one.commune_id.id, []).append(row)
        return found

    @api.model
    def _get_unused(self, communes):
        """{commune id: names} of the services that are counted by use, and that the commune has not
        used for a year."""
        Line, Use = (self.env[f"commune.service.{name}"] for name in ("subscription", "usage"))
        if not (self.env.company._uses("services") and Line.has_access("read")):
            return {}
        since = self.env.company._get_today() - timedelta(days=USE_DAYS)
        held = Line.search(
            Domain("commune_id", "in", communes.ids)
            & Domain("state", "=", "active")
            & Domain("date_start", "<=", since)
            & Domain("offer_id.unit_name", "!=", False)
        )
        recent = Domain("subscription_id", "in", held.ids) & Domain("date", ">", since)
        used = {line for (line,) in Use._read_group(recent, ["subscription_id"])}
        replaced = self._get_replaced(communes, since)
        found = {}
        for one in held.filtered(lambda line: line not in used):
            if one.offer_id.is_replacement and one.commune_id in replaced:
                continue
            found.setdefault(one.commune_id.id, []).append(one.offer_id.display_name)
        return found

    @api.model
    def _get_replaced(self, communes, since):
        """Those that had or will have an agent of replacement since a day: that is its use."""
        taken = Domain("state", "=", "filled") & Domain("date", ">", since)
        filled = Domain("commune_id", "in", communes.ids) & taken
        groups = self.env["commune.replacement.slot"].sudo()._read_group(filled, ["commune_id"])
        return communes.browse(commune.id for (commune,) in groups)

    @api.model
    def _get_advice(self, card):
        """At most six sentences: the first of each rule, then the second ones."""
        found = [getattr(self, f"_advise_{rule}")(card["facts"], card) for rule in RULES]
        ranked = [
            (rank, place) for place, some in enumerate(found) for rank, _one in enumerate(some)
        ]
        kept = sorted(sorted(ranked)[:SENTENCES], key=lambda pair: (pair[1], pair[0]))
        return [
            {"text": text, "reason": reason}
            for text, reason in (found[place][rank] for rank, place in kept)
        ]

    @api.model
    def _advise_late_requests(self, facts, _card):
        late = [row for row in facts.get("open", ()) if row["state"] == "overdue"]
        return [
            (
                self.env._("Say first that request %s is late.", row["name"]),
                self.env._(
                    "Promised for %(day)s: %(count)s d late.",
                    day=self._format_date(row["promised"]),
                    count=row["days_late"],
                ),
            )
            for row in late
            if not row["reserved"]
        ]

    @api.model
    def _advise_unfilled(self, facts, _card):
        return [
            (
                self.env._("Say where the search for “%s” stands.", row["post"]),
                self.env._(
                    "Half-days still to fill: %(count)s (%(period)s).",
                    count=row["missing"],
                    period=self._format_days(row["start"], row["end"]),
                ),
            )
            for row in facts.get("unfilled", ())
            if row["coming"]
        ]

    @api.model
    def _advise_late_decisions(self, facts, _card):
        return [
            (
                self.env._("Explain why a decision is late: %s", row["text"]),
                self.env._("It was to be done by %s.", self._format_date(row["deadline"])),
            )
            for row in facts.get("decisions", ())
            if row["late"]
        ]

    @api.model
    def _advise_agreements(self, facts, _card):
        return [self._advise_agreement(row) for row in facts.get("agreements", ()) if row["asks"]]

    @api.model
    def _advise_agreement(self, row):
        name, end = row["name"], self._format_date(row["end"])
        if row["asks"] == "pending":
            return (
                self.env._("Ask where the convention “%s” stands.", name),
                self.env._("It is not in force yet: %s.", row["state_label"]),
            )
        if row["asks"] == "again":
            return (
                self.env._("Propose to sign the convention “%s” again.", name),
                self.env._("It was signed before the last election and ends with the term."),
            )
        return (
            self.env._("Talk about the renewal of the convention “%s”.", name),
            self.env._("It ends on %s.", end) if end else self.env._("It is to be renewed."),
        )

    @api.model
    def _advise_waiting(self, facts, _card):
        return [
            (
                self.env._("Ask for what we wait for on request %s.", row["name"]),
                self.env._("It waits for an answer of the commune."),
            )
            for row in facts.get("open", ())
            if row["state"] == "waiting" and not row["reserved"]
        ]

    @api.model
    def _advise_surveys(self, facts, _card):
        return [
            (
                self.env._("Ask for an answer to the survey “%s”.", row["name"]),
                self.env._("It is open until %s.", self._format_date(row["end"])),
            )
            for row in facts.get("surveys", ())
        ]

    @api.model
    def _advise_events(self, facts, card):
        return [
            (
                self.env._("Invite them to “%s”.", row["name"]),
                self.env._(
                    "On %s: nobody of the commune is registered.", self._format_date(row["date"])
                ),
            )
            for row in facts.get("events", ())
            if card["reads_all"] and not row["names"] and not row["waiting"]
        ]

    @api.model
    def _advise_newcomers(self, _facts, card):
        return [
            (
                self.env._("Greet %(name)s, %(title)s.", name=name, title=title),
                self.env._("In office since %s.", self._format_date(since)),
            )
            for name, title, since in card["newcomers"]
        ]

    @api.model
    def _advise_unused(self, _facts, card):
        return [
            (
                self.env._("Ask why the service “%s” is not used.", name),
                self.env._("No use was noted for a year."),
            )
            for name in card["unused"]
        ]

    @api.model
    def _advise_suggestions(self, _facts, card):
        return [
            (self.env._("Present the service “%s”.", name), reason)
            for name, reason in card["suggestions"]
        ]

    @api.model
    def _advise_directory(self, _facts, card):
        if not card["to_confirm"]:
            return []
        return [
            (
                self.env._("Have the contact data of the town hall confirmed."),
                self.env._("They were not confirmed in the last 6 months."),
            )
        ]

    @api.model
    def _advise_kept(self, facts, card):
        """Good news, when all promises were kept."""
        answered = [row for row in facts.get("answered", ()) if row["state"] in ("kept", "late")]
        if not card["reads_all"] or not answered or any(r["state"] == "late" for r in answered):
            return []
        return [
            (
                self.env._("Recall that every recent answer came in time."),
                self.env._("Requests answered over 3 months: %s.", len(answered)),
            )
        ]
