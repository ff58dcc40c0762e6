"""Sessions of the committees, who came, and what became of their decisions."""

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.indicators import Figure
from ...committees.decision.decision import LATE
from ...committees.session.states import COMING, HELD
from .figures import Row
from .requests_figures import days_within

SESSION, DECISION, ATTENDANCE = "commune.session", "commune.decision", "commune.attendance.stat"


class CommuneSteering(models.AbstractModel):
    _inherit = "commune.steering"

    def _collect(self, period, scope):
        rows = super()._collect(period, scope)
        if self._reads(SESSION):
            rows += self._collect_sessions(period, scope)
        if self._reads(ATTENDANCE):
            called = days_within("date", period) & scope.on()
            present = Domain("actual", "in", ("present", "remote"))
            rows += self._share("sessions_attendance", ATTENDANCE, present, called)
        if self._reads(DECISION):
            rows += self._collect_decisions(period, scope)
        return rows

    def _collect_sessions(self, period, scope):
        """A session is for all the communes of its committee, not for some of them."""
        if not scope.is_all:
            return [Row("sessions_next", Figure(None)), Row("sessions_held", Figure(None))]
        coming = Domain("state", "in", COMING) & Domain("date", ">=", "today")
        return [
            *self._number("sessions_next", SESSION, coming),
            *self._number("sessions_held", SESSION, self._get_held_domain(period)),
        ]

    def _get_held_domain(self, period):
        return days_within("date", period) & Domain("state", "in", HELD)

    def _collect_decisions(self, period, scope):
        of_scope = Domain.TRUE if scope.is_all else Domain("commune_ids", "any", scope.on(""))
        done = (
            of_scope
            & days_within("done_date", period)
            & Domain("state", "=", "done")
            & Domain("deadline", "!=", False)
        )
        return [
            *self._number(
                "decisions_made", DECISION, days_within("session_date", period) & of_scope
            ),
            *self._number("decisions_late", DECISION, Domain(LATE) & of_scope),
            *self._share("decisions_done", DECISION, self._get_done_in_time(done), done),
        ]

    def _get_done_in_time(self, done):
        """Decisions carried out by their deadline; counts only records that the user may read."""
        decisions = self.env[DECISION]
        query = decisions._search(done)
        days = (
            decisions._field_to_sql(query.table, name, query) for name in ("done_date", "deadline")
        )
        query.add_where(SQL("%s <= %s", *days))
        return Domain("id", "in", list(query))
