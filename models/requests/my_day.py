"""What waits in the requests: those to take up, to answer, to validate, contributions, senders."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import MANAGER, OTHERS, READER, REFERENT, Source
from .stage import OPEN_KINDS
from .ticket.validation import PENDING

UNKNOWN = ("unknown", "unproven")
# A commune that does not answer is called after a week; what no day was promised for is looked at
# after a week too.
SILENT_DAYS, UNDATED_DAYS = 7, 7


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_models(self):
        return super()._get_day_models() | {"helpdesk.ticket": "requests"}

    @api.model
    def _get_day_sources(self):
        return [
            *super()._get_day_sources(),
            self._get_request_late_source(),
            *self._get_request_sources(),
            *self._get_validation_sources(),
            *self._get_contribution_sources(),
            self._get_sender_source(),
        ]

    @api.model
    def _get_request_source(self, code, label, domain, day="promised_date", **values):
        values = {
            "groups": (REFERENT,),
            "title": ("number", "name"),
            "commune": "commune_id",
            "person": "user_id",
            "hand_over": "user_id",
            "screen": "commune_request_action",
            **values,
        }
        domain &= Domain("is_commune_request", "=", True)
        return Source(code, label, "helpdesk.ticket", domain, day=day, pillar="requests", **values)

    @api.model
    def _get_own_domain(self):
        return Domain("user_id", "=", self.env.uid)

    @api.model
    def _get_team_domain(self):
        """Requests of the teams where one works or that one leads."""
        user = self.env.uid
        return Domain("team_id.user_ids", "in", [user]) | Domain("team_id.user_id", "=", user)

    @api.model
    def _get_request_sources(self):
        own = self._get_own_domain()
        known = Domain("sender_recognition", "not in", UNKNOWN)
        nobody = Domain("user_id", "=", False) & self._get_team_domain()
        fresh = Domain("stage_kind", "=", "received") & known & (own | nobody)
        work = Domain("stage_kind", "in", ("in_progress", "to_validate")) & known & own
        return [
            self._get_request_source(
                "request_answer",
                self.env._("Answers promised"),
                work & Domain("validation_step", "not in", PENDING),
                button=self.env._("Answer the commune"),
                page="answer",
                activity_types=("request_soon", "request_overdue"),
            ),
            self._get_request_source(
                "request_undated",
                self.env._("Requests without promised day"),
                work
                & Domain("validation_step", "not in", PENDING)
                & Domain("promised_date", "=", False),
                day="create_date",
                delay=UNDATED_DAYS,
                button=self.env._("Answer the commune"),
                page="answer",
                activity_types=("request_soon", "request_overdue"),
            ),
            self._get_request_source(
                "request_new",
                self.env._("Requests to take up"),
                fresh,
                at_once=True,
                action="action_take",
                button=self.env._("Take up"),
                confirm=self.env._("You become its owner, and the commune reads that it is begun."),
                activity_types=("request_untaken", "request_soon", "request_overdue"),
            ),
            self._get_request_source(
                "request_silent",
                self.env._("Waiting for the commune"),
                own & Domain("stage_kind", "=", "waiting"),
                day="last_stage_update",
                delay=SILENT_DAYS,
                waits=OTHERS,
            ),
        ]

    @api.model
    def _get_request_late_source(self):
        """Late requests held by other users: managers see them as late, the officer waits for them.

        A request that another line of the same user already counts is left out.
        """
        manages = self.env.user.has_group(MANAGER)
        counted = (
            self._get_own_domain()
            | self._get_asked_domain()
            | self._get_team_domain()
            & (
                Domain("user_id", "=", False) & Domain("stage_kind", "=", "received")
                | Domain("sender_recognition", "in", UNKNOWN)
            )
        )
        others = Domain("promise_state", "in", ["overdue"]) & ~counted
        return self._get_request_source(
            "request_late",
            self.env._("Late requests of the organisation"),
            others,
            groups=(READER,) if self._is_reader_only() else (MANAGER,),
            waits=OTHERS if manages else "me",
        )

    @api.model
    def _get_asked_domain(self):
        """Requests whose validation is asked of the person."""
        kind = self.env.ref("commune_relations.mail_activity_request_validation").id
        asked = Domain("user_id", "=", self.env.uid) & Domain("activity_type_id", "=", kind)
        return Domain("validation_step", "in", PENDING) & Domain("activity_ids", "any", asked)

    @api.model
    def _get_validation_sources(self):
        pending = Domain("stage_kind", "in", OPEN_KINDS) & Domain("validation_step", "in", PENDING)
        own = self._get_asked_domain()
        return [
            self._get_request_source(
                "request_validate",
                self.env._("Answers to validate"),
                pending & own,
                groups=(READER, REFERENT),
                button=self.env._("Read"),
                hand_over="",
                activity_types=(
                    "commune_relations.mail_activity_request_validation",
                    "request_overdue",
                ),
            ),
            self._get_request_source(
                "request_validated",
                self.env._("Answers being validated"),
                pending & self._get_own_domain() & ~own,
                waits=OTHERS,
            ),
        ]

    @api.model
    def _get_contribution_sources(self):
        asked, own = Domain("state", "=", "asked"), self._get_own_domain()
        common = {
            "day": "date_due",
            "groups": (REFERENT,),
            "pillar": "requests",
            "commune": "commune_id",
            "screen": "commune_request_contribution_action",
        }
        return [
            Source(
                "contribution",
                self.env._("Contributions to give"),
                "commune.request.contribution",
                asked & own,
                person="owner_id",
                button=self.env._("Contribute"),
                activity_types=("commune_relations.mail_activity_request_contribution",),
                **common,
            ),
            Source(
                "contribution_asked",
                self.env._("Contributions asked"),
                "commune.request.contribution",
                asked & ~own & Domain("ticket_id.user_id", "=", self.env.uid),
                person="user_id",
                waits=OTHERS,
                **common,
            ),
        ]

    @api.model
    def _get_sender_source(self):
        unknown = Domain("sender_recognition", "in", UNKNOWN)
        unknown &= Domain("stage_kind", "in", [kind for kind in OPEN_KINDS if kind != "waiting"])
        own = self._get_team_domain() | self._get_own_domain()
        return self._get_request_source(
            "request_sender",
            self.env._("Senders to attach"),
            unknown & own,
            at_once=True,
            action="action_attach_sender",
            button=self.env._("Attach"),
            screen="commune_request_action_senders",
        )
