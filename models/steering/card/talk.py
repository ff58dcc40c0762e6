"""What to say during the visit: a few sentences drawn from the facts of the card by rules, each
with its reason. Nothing is said that no fact of the card says; the order is that of the talk:
what we owe, what we wait for, what we can offer."""

from odoo import api, models

# Rules in the order in which they are said; each one gives pairs (sentence, reason).
RULES = (
    "promises",
    "late_requests",
    "unfilled",
    "late_decisions",
    "silence",
    "conventions",
    "waiting",
    "surveys",
    "events",
    "suggestions",
    "directory",
    "kept",
)
SENTENCES = 6


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

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
                self.env._("Say first that request %s is late.", self._name_request(row)),
                self.env._(
                    "Promised for %(day)s: %(count)s d late.",
                    day=self._format_day(row["promised"]),
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
                self.env._("It was to be done by %s.", self._format_day(row["deadline"])),
            )
            for row in facts.get("decisions", ())
            if row["late"]
        ]

    @api.model
    def _advise_conventions(self, facts, _card):
        return [self._advise_convention(row) for row in facts.get("conventions", ()) if row["asks"]]

    @api.model
    def _advise_convention(self, row):
        name, end = row["name"], self._format_day(row["end"])
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
                self.env._("Ask for what we wait for on request %s.", self._name_request(row)),
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
                self.env._("It is open until %s.", self._format_day(row["end"])),
            )
            for row in facts.get("surveys", ())
        ]

    @api.model
    def _advise_events(self, facts, card):
        return [
            (
                self.env._("Invite them to “%s”.", row["name"]),
                self.env._(
                    "On %s: nobody of the commune is registered.", self._format_day(row["date"])
                ),
            )
            for row in facts.get("events", ())
            if card["reads_all"] and not row["names"] and not row["waiting"]
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
        """What went well, when all of what was promised was kept."""
        answered = [row for row in facts.get("answered", ()) if row["state"] in ("kept", "late")]
        if not card["reads_all"] or not answered or any(r["state"] == "late" for r in answered):
            return []
        return [
            (
                self.env._("Recall that every recent answer came in time."),
                self.env._("Requests answered over 3 months: %s.", len(answered)),
            )
        ]
