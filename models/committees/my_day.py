"""What waits in the committees, on the day page: notices, minutes, decisions, dispatches."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import OTHERS, READER, STAFF, Source
from .decision.decision import OPEN_DECISIONS


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_sources(self):
        return [
            *super()._get_day_sources(),
            *self._get_session_sources(),
            *self._get_decision_sources(),
            self._get_dispatch_source(),
        ]

    @api.model
    def _get_session_source(self, code, label, domain, day, **values):
        values = {"groups": STAFF, "hand_over": "secretary_id", **values}
        return Source(
            code,
            label,
            "commune.session",
            domain,
            day=day,
            pillar="committees",
            person="secretary_id",
            screen="commune_session_action",
            **values,
        )

    @api.model
    def _get_session_sources(self):
        own = Domain("secretary_id", "=", self.env.uid)
        reads = self._is_reader_only()
        sits = own | Domain("chair_id", "=", self.env.user.partner_id.id)
        return [
            self._get_session_source(
                "session_prepare",
                self.env._("Agendas to prepare"),
                own & Domain("state", "=", "draft"),
                "notice_deadline",
                button=self.env._("Prepare"),
                activity_types=("session_agenda",),
            ),
            self._get_session_source(
                "session_notice",
                self.env._("Notices to send"),
                own & Domain("state", "=", "agenda"),
                "notice_deadline",
                action="action_send_notice",
                button=self.env._("Convene"),
                confirm=self.env._("The notice leaves for all the members."),
                activity_types=("session_notice",),
            ),
            self._get_session_source(
                "session",
                self.env._("Sessions to come"),
                Domain("state", "=", "convened") & (Domain.TRUE if reads else sits),
                "date",
                groups=(READER,),
                button="" if reads else self.env._("Open"),
            ),
            self._get_session_source(
                "minutes",
                self.env._("Minutes to write and send"),
                own & Domain("state", "=", "held"),
                "minutes_deadline",
                button=self.env._("Write"),
                activity_types=("session_minutes",),
            ),
        ]

    @api.model
    def _get_decision_source(self, code, label, domain, **values):
        return Source(
            code,
            label,
            "commune.decision",
            domain & Domain("state", "in", OPEN_DECISIONS),
            day="deadline",
            groups=STAFF,
            pillar="committees",
            title=("text",),
            person="owner_id",
            screen="commune_decision_action",
            **values,
        )

    @api.model
    def _get_decision_sources(self):
        own = Domain("owner_id", "=", self.env.user.partner_id.id)
        late = Domain("deadline", "<", "today") & ~own
        follows = Domain("session_id.secretary_id", "=", self.env.uid)
        reads = self._is_reader_only()
        return [
            self._get_decision_source(
                "decision",
                self.env._("Decisions to carry out"),
                own,
                button=self.env._("Say where it stands"),
                action="action_log_progress",
                activity_types=("decision_late",),
            ),
            self._get_decision_source(
                "decision_late",
                self.env._("Late decisions"),
                late if reads else late & follows,
                waits="me" if reads else OTHERS,
                activity_types=() if reads else ("decision_late",),
            ),
        ]

    @api.model
    def _get_dispatch_source(self):
        return Source(
            "dispatch",
            self.env._("To send to the municipal councillors"),
            "commune.dispatch",
            Domain("session_id.secretary_id", "=", self.env.uid) & Domain("sent_at", "=", False),
            day="deadline",
            groups=STAFF,
            pillar="committees",
            action="action_send",
            button=self.env._("Send"),
            confirm=self.env._("It leaves for all the municipal councillors."),
            screen="commune_dispatch_action",
        )
