"""Requests of the communes: how many, how soon answered; which communes ask, which are silent;
contacts with them and promises made to them."""

from odoo import models
from odoo.fields import Domain

from ...requests.stage import OPEN_KINDS
from ..commitment.commitment import LATE

TICKET, TRANSFER = "helpdesk.ticket", "commune.request.transfer"
MANAGED = Domain("is_commune_request", "=", True)
CONTACT, PROMISE = "commune.contact", "commune.commitment"
SILENCE = "commune.silence"


def within(name, period):
    """Moments of a period."""
    return Domain(name, ">=", str(period.first)) & Domain(name, "<", str(period.last))


def days_within(name, period):
    """Days of a period."""
    return Domain(name, ">=", str(period.start)) & Domain(name, "<=", str(period.end))


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    def _collect(self, period, scope):
        rows = super()._collect(period, scope)
        if self._reads(TICKET):
            rows += self._collect_requests(period, scope)
            if self.env.company._uses("requests"):
                rows += self._collect_asking(period, scope)
        if self._wants("communes_silent") and self._reads(SILENCE):
            silent = self.env[SILENCE]._get_silent(scope.weeks).commune_id.ids
            rows += self._of_communes("communes_silent", silent, scope)
        if self._reads(CONTACT):
            rows += self._collect_contacts(period, scope)
        if self._reads(PROMISE):
            kept = days_within("kept_date", period) & Domain("state", "=", "kept") & scope.on()
            rows += self._number("promises_kept", PROMISE, kept)
            rows += self._number("promises_late", PROMISE, Domain(LATE) & scope.on())
        return rows

    def _collect_contacts(self, period, scope):
        noted = within("date", period) & scope.on()
        met = self._grouped_communes(CONTACT, noted) if self._wants("communes_met") else []
        return [
            *self._number("contacts_made", CONTACT, noted),
            *self._of_communes("communes_met", met, scope),
        ]

    def _collect_asking(self, period, scope):
        if not self._wants("communes_asking"):
            return []
        asking = self._grouped_communes(TICKET, self._get_received_domain(period, scope))
        return self._of_communes("communes_asking", asking, scope)

    def _get_received_domain(self, period, scope):
        received = within("create_date", period) & Domain("stage_kind", "!=", "cancelled")
        return received & MANAGED & scope.on()

    def _get_answered_domain(self, period, scope):
        return (
            within("answered_date", period)
            & Domain("stage_kind", "not in", ("cancelled", *OPEN_KINDS))
            & MANAGED
            & scope.on()
        )

    def _collect_requests(self, period, scope):
        answered = self._get_answered_domain(period, scope)
        promised = answered & Domain("promised_date", "!=", False)
        handed_over = within("date", period) & scope.on("ticket_id.commune_id")
        rows = [
            *self._number("requests_received", TICKET, self._get_received_domain(period, scope)),
            *self._number(
                "requests_open",
                TICKET,
                Domain("stage_kind", "in", OPEN_KINDS) & MANAGED & scope.on(),
            ),
            *self._number(
                "requests_overdue", TICKET, Domain("promise_state", "=", "overdue") & scope.on()
            ),
            *self._number("requests_answered", TICKET, answered),
            *self._share(
                "requests_in_time", TICKET, Domain("promise_state", "=", "kept"), promised
            ),
            *self._median("requests_delay", TICKET, answered, "days_to_answer"),
            *self._number(
                "requests_reopened", TICKET, within("reopened_date", period) & scope.on()
            ),
        ]
        if self._reads(TRANSFER):
            rows += self._number("requests_transfers", TRANSFER, handed_over)
        return rows
