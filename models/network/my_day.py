"""What waits in the network, on the day page: letters, events, obligations, the directory."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import MANAGER, OFFICER, OTHERS, READER, Source

APPROVE_DAYS, SEND_DAYS, PRESENCE_DAYS = 1, 1, 2
# An event whose attendance nobody noted is let go of after two months.
FORGOTTEN = "today -60d"


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_models(self):
        return super()._get_day_models() | {"mailing.mailing": "network", "event.event": "network"}

    @api.model
    def _get_day_sources(self):
        return [
            *super()._get_day_sources(),
            *self._get_mailing_sources(),
            *self._get_event_sources(),
            self._get_obligation_source(),
            self._get_directory_source(),
        ]

    @api.model
    def _get_mailing_source(self, code, label, domain, day, **values):
        values = {"groups": (OFFICER,), "person": "user_id", "title": ("subject",), **values}
        drafts = Domain("state", "=", "draft") & domain
        return Source(
            code,
            label,
            "mailing.mailing",
            drafts,
            day=day,
            pillar="network",
            screen="network_mailing_action",
            **values,
        )

    @api.model
    def _get_mailing_sources(self):
        asked, own = (
            Domain("approval_state", "=", "requested"),
            Domain("user_id", "=", self.env.uid),
        )
        approves = self.env.user.has_group(MANAGER)
        return [
            self._get_mailing_source(
                "mailing_approve",
                self.env._("Letters to approve"),
                asked,
                "write_date",
                delay=APPROVE_DAYS,
                groups=(MANAGER,),
                button=self.env._("Read"),
                activity_types=("mailing_approval",),
            ),
            self._get_mailing_source(
                "mailing_asked",
                self.env._("Letters being approved"),
                Domain.FALSE if approves else asked & own,
                "write_date",
                waits=OTHERS,
            ),
            self._get_mailing_source(
                "mailing_send",
                self.env._("Letters approved, to send"),
                Domain("approval_state", "=", "approved") & own,
                "approved_date",
                delay=SEND_DAYS,
                button=self.env._("Send"),
                action="action_launch",
                confirm=self.env._("It leaves for all those to whom it is written."),
            ),
        ]

    @api.model
    def _get_event_source(self, code, label, domain, day, **values):
        values = {"groups": (OFFICER,), "title": ("name",), **values}
        return Source(
            code,
            label,
            "event.event",
            Domain("kind", "!=", False) & Domain("kanban_state", "!=", "cancel") & domain,
            day=day,
            pillar="network",
            person="user_id",
            hand_over="user_id",
            screen="commune_event_action",
            **values,
        )

    @api.model
    def _get_event_sources(self):
        """Events of the person; managers see all coming events."""
        own = Domain("user_id", "=", self.env.uid)
        coming = Domain("date_begin", ">=", "now")
        queue = Domain("registration_ids", "any", [("is_waiting", "=", True)])
        unknown = Domain("registration_ids", "any", [("state", "=", "open")])
        over = Domain("date_end", "<", "now") & Domain("date_end", ">=", FORGOTTEN)
        reads = self._is_reader_only()
        return [
            self._get_event_source(
                "event_queue",
                self.env._("Events with a waiting list"),
                coming & own & queue,
                "date_begin",
                button=self.env._("Look at the list"),
            ),
            self._get_event_source(
                "event",
                self.env._("Events to come"),
                coming if reads else coming & own & ~queue,
                "date_begin",
                groups=(READER,),
                button="" if reads else self.env._("Prepare"),
            ),
            self._get_event_source(
                "event_presence",
                self.env._("Attendance to note"),
                over & own & unknown,
                "date_end",
                delay=PRESENCE_DAYS,
                button=self.env._("Note who came"),
            ),
        ]

    @api.model
    def _get_obligation_source(self):
        """Obligations that the user follows; managers also get the organisation's that nobody
        follows."""
        own = Domain("user_id", "=", self.env.uid)
        if self.env.user.has_group(MANAGER):
            own |= Domain("user_id", "=", False) & Domain("scope", "=", "epci")
        return Source(
            "obligation",
            self.env._("Obligations of the law"),
            "commune.obligation",
            own & Domain("is_settled", "=", False),
            day="date_due",
            groups=(OFFICER,),
            pillar="network",
            title=("name",),
            person="user_id",
            action="action_done",
            button=self.env._("Done"),
            undo="action_undo",
            hand_over="user_id",
            activity_types=("mail.mail_activity_data_todo",),
            screen="commune_obligation_action",
        )

    @api.model
    def _get_directory_source(self):
        return Source(
            "directory",
            self.env._("Directory being confirmed"),
            "commune.directory.campaign",
            Domain("state", "=", "open"),
            day="date_end",
            groups=(OFFICER,),
            pillar="network",
            title=("name",),
            waits=OTHERS,
            action="action_remind",
            button=self.env._("Remind"),
            confirm=self.env._("The communes that have not answered receive another letter."),
            screen="commune_directory_campaign_action",
        )
