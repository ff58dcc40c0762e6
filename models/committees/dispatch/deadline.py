"""By when the municipal councillors receive what, and who recalls it (CGCT, L.5211-40-2)."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, models

# Kinds of committees of which the law sends something, and what.
BY_LAW = {"council": ("notice", "deliberations", "minutes"), "mayors": ("opinion",)}
# Reports that go with a sitting of the council only when it has them on its agenda: that on the
# budget guidelines (L.2312-1) with the notice, that on the activity by 30 September (L.5211-39).
REPORTS = {"council": ("budget", "activity")}
WITH_NOTICE = ("notice", "budget")
ACTIVITY_DAY = (9, 30)
# Reminder to the secretary, in days before the deadline.
WARNING_DAYS = 7


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _get_dispatch_deadline(self, kind):
        """Last day on which the councillors receive a document.

        Notices leave with the notices of the members; lists and opinions follow within a month of
        the sitting, minutes within a month of the sitting that adopted them (of their own as long
        as none did). A month goes from a day to the same day: 30 January, then 28 February.
        """
        self.ensure_one()
        if not self.date or kind in WITH_NOTICE:
            return self.notice_deadline or self.date
        if kind == "activity":
            return date(self.date.year, *ACTIVITY_DAY)
        adopted = kind == "minutes" and self.minutes_approved_date
        start, own_days = adopted or self.date, self.committee_id.dispatch_days
        month = start + relativedelta(months=1)
        return min(month, start + timedelta(days=own_days)) if own_days else month

    def _get_dispatch_summary(self, kind):
        env = self._with_organisation_lang().env
        kinds = dict(env["commune.dispatch"]._fields["kind"]._description_selection(env))
        return env._("To send to the municipal councillors: %s", kinds[kind])

    @api.model
    def _remind_activity_report(self, today):
        """In September, the secretary of each council of an intercommunality whose activity report
        of the year did not leave: once, on the first sitting of the year."""
        last = date(today.year, *ACTIVITY_DAY)
        if not last - timedelta(days=30) <= today <= last:
            return
        sessions = self.search(
            [
                ("committee_kind", "=", "council"),
                ("place_id.is_epci", "=", True),
                ("phase", "in", ("called", "held")),
                ("date", ">=", date(today.year, 1, 1)),
            ],
            order="date_begin",
        )
        for _committee, found in sessions.grouped("committee_id").items():
            sent = found.dispatch_ids.filtered(lambda d: d.kind == "activity" and d.sent_at)
            if not sent:
                summary = found[:1]._get_dispatch_summary("activity")
                found[:1]._notify_secretary("dispatch_activity", summary, day=last)

    @api.model
    def _remind_dispatches(self):
        """Remind the secretary a week before the month ends, once per document."""
        today = self.env.company._get_today()
        self._remind_activity_report(today)
        sessions = self.search(
            [
                ("committee_kind", "in", list(BY_LAW)),
                ("place_id.is_epci", "=", True),
                ("phase", "in", ("called", "held")),
                ("date", ">=", today - timedelta(days=365)),
            ]
        )
        due = {}
        for session in sessions:
            sent = session.dispatch_ids.filtered("sent_at").mapped("kind")
            for kind in BY_LAW[session.committee_kind]:
                last = session._get_dispatch_deadline(kind)
                if kind not in sent and last - timedelta(days=WARNING_DAYS) <= today:
                    due.setdefault(kind, {})[session] = last
        for kind, days in due.items():
            summary = sessions._get_dispatch_summary(kind)
            self.browse().union(*days)._notify_secretaries(
                f"dispatch_{kind}",
                lambda session, days=days, summary=summary: {
                    "summary": summary,
                    "date_deadline": days[session],
                },
            )

    def action_new_dispatch(self):
        """Open a dispatch with the legal deadline of this session and its existing documents."""
        self.ensure_one()
        self.check_access("write")
        known = self.dispatch_ids.mapped("kind")
        kinds = BY_LAW.get(self.committee_kind, ("minutes",))
        kinds += REPORTS.get(self.committee_kind, ())
        kind = next((kind for kind in kinds if kind not in known), "minutes")
        documents = self.notice_attachment_id if kind == "notice" else self.env["ir.attachment"]
        return {
            "type": "ir.actions.act_window",
            "res_model": "commune.dispatch",
            "views": [[False, "form"]],
            "context": {
                "default_session_id": self.id,
                "default_kind": kind,
                "default_document_ids": documents.ids,
            },
        }


class CommuneDispatch(models.Model):
    _inherit = "commune.dispatch"

    def _is_by_law(self):
        """Whether the article names what is sent: it knows the council of an intercommunality and
        the opinions of its mayors, no other committee."""
        session = self.session_id
        named = BY_LAW.get(session.committee_kind, ()) + REPORTS.get(session.committee_kind, ())
        return session.place_id.is_epci and self.kind in named
