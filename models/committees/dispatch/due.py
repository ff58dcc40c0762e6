"""By when the municipal councillors receive what, and who recalls it (CGCT, L.5211-40-2)."""

from datetime import timedelta

from odoo import api, fields, models

# Kinds of committees of which the law sends something, and what.
BY_LAW = {"council": ("notice", "deliberations", "minutes"), "mayors": ("opinion",)}
# Told to the secretary so many days before the last day.
WARNING_DAYS = 7


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def _get_dispatch_deadline(self, kind):
        """Notices go with those of the members; the rest within a month (L.5211-40-2)."""
        self.ensure_one()
        if not self.date or kind == "notice":
            return self.notice_deadline or self.date
        return self.date + timedelta(days=self.committee_id.dispatch_days)

    def _get_dispatch_summary(self, kind):
        env = self._in_house_language().env
        kinds = dict(env["commune.dispatch"]._fields["kind"]._description_selection(env))
        return env._("To send to the municipal councillors: %s", kinds[kind])

    @api.model
    def _remind_dispatches(self):
        """The secretary is told a week before the month is over, once for each document."""
        today = fields.Date.context_today(self)
        sessions = self.search(
            [
                ("committee_kind", "in", list(BY_LAW)),
                ("place_id.is_epci", "=", True),
                ("phase", "in", ("called", "held")),
                ("date", ">=", today - timedelta(days=365)),
            ]
        )
        for session in sessions:
            sent = session.dispatch_ids.filtered("sent_at").mapped("kind")
            for kind in BY_LAW[session.committee_kind]:
                last = session._get_dispatch_deadline(kind)
                if kind not in sent and last - timedelta(days=WARNING_DAYS) <= today:
                    summary = session._get_dispatch_summary(kind)
                    session._tell_secretary(f"dispatch_{kind}", summary, day=last)

    def action_new_dispatch(self):
        """What the law says of this session, with the documents that are there already."""
        self.ensure_one()
        self.check_access("write")
        known = self.dispatch_ids.mapped("kind")
        kinds = BY_LAW.get(self.committee_kind, ("minutes",))
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
