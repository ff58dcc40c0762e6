"""Requests on a visit card: those in progress, the late ones first, and the recent answers.

The card goes to the town hall, where others than the mayor read it: of a request that is not open
to the whole commune neither its number nor its subject is on it."""

from odoo import api, models
from odoo.fields import Domain

from ...requests.stage import OPEN_KINDS
from .card import RECENT

READ = [
    "number",
    "name",
    "commune_id",
    "stage_kind",
    "promised_date",
    "answered_date",
    "create_date",
    "confidentiality",
]
# What comes first on the card.
ORDER = ("overdue", "soon", "on_time", False, "waiting")


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _collect_open(self, communes, today):
        domain = Domain("commune_id", "in", communes.ids) & Domain("stage_kind", "in", OPEN_KINDS)
        rows = [self._prepare_request(ticket, today) for ticket in self._find_requests(domain)]
        rows.sort(key=lambda row: (ORDER.index(row["state"]), row["promised"] or today, row["id"]))
        return self._group(rows)

    @api.model
    def _collect_answered(self, communes, today):
        domain = Domain("commune_id", "in", communes.ids)
        domain &= Domain("answered_date", ">=", today - RECENT)
        domain &= Domain("stage_kind", "in", ("answered", "closed", "rerouted"))
        rows = [self._prepare_request(ticket, today) for ticket in self._find_requests(domain)]
        rows.sort(key=lambda row: (row["answered"], row["id"]), reverse=True)
        return self._group(rows)

    @api.model
    def _find_requests(self, domain):
        return self.env["helpdesk.ticket"].search_fetch(domain, READ)

    @api.model
    def _prepare_request(self, ticket, today):
        def day(moment):
            return moment and self.env.company._get_organisation_date(moment)

        promised = ticket.promised_date
        state = self.env["commune.request.clock"]._get_promise_state(ticket, today)
        return {
            "id": ticket.id,
            "record": ticket,
            "commune_id": ticket.commune_id.id,
            "name": self._name_request(ticket),
            "since": day(ticket.create_date),
            "promised": promised,
            "answered": day(ticket.answered_date),
            "state": state,
            "days_late": self._count_days(promised, today) if state == "overdue" else 0,
            # Anyone who goes to see the mayor must not speak of it.
            "reserved": ticket.confidentiality != "commune" and ticket.confidentiality,
        }

    @api.model
    def _prepare_open_row(self, row, _card):
        mark, tone = "", ""
        if row["state"] == "overdue":
            mark, tone = self.env._("late by %s d", row["days_late"]), "late"
        elif row["state"] == "waiting":
            mark, tone = self.env._("waiting for the commune"), "wait"
        return {
            "text": row["name"],
            "detail": [
                self.env._("since %s", self._format_date(row["since"])),
                row["promised"] and self.env._("promised %s", self._format_date(row["promised"])),
                self._warn_reserved(row),
            ],
            "mark": mark,
            "tone": tone,
            "record": row["record"],
        }

    @api.model
    def _prepare_answered_row(self, row, _card):
        late = row["state"] == "late"
        return {
            "text": row["name"],
            "detail": [
                self.env._("answered %s", self._format_date(row["answered"])),
                self._warn_reserved(row),
            ],
            "mark": self.env._("answered late") if late else "",
            "tone": "late" if late else "",
            "record": row["record"],
        }

    @api.model
    def _get_open_note(self, rows, card):
        late = sum(1 for row in rows if row["state"] == "overdue")
        if not card["reads_all"]:
            return self.env._("Those of your teams alone.")
        if not rows:
            return self.env._("No request in progress.")
        return self.env._("In progress: %(count)s, late: %(late)s", count=len(rows), late=late)

    @api.model
    def _name_request(self, ticket):
        if ticket.confidentiality != "commune":
            return self.env._("Confidential request")
        return f"{ticket.number} {ticket.name}"

    @api.model
    def _warn_reserved(self, row):
        words = {
            "perso": self.env._("reserved to its author"),
            "maire_dgs": self.env._("reserved to the mayor and the head of administration"),
        }
        return words.get(row["reserved"], "")
