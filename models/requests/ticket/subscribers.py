"""What follows when a request is filed or changes, in the order in which it does.

The guards come first, on the values as they were typed: a corrected topic, or another team, then
writes again request by request, each with the person in charge.
"""

from functools import partial

from odoo import api, models

from ...core import record_changes
from ...core.record_changes import AFTER, AROUND, BEFORE, NORMALISE, Subscriber
from .correspondents import FIXED
from .promise import MOVES_CLOCKS

STAGE = frozenset({"stage_id"})
SENDER = frozenset({"commune_id"})

GUARDS = (
    Subscriber(
        "requests",
        "create",
        BEFORE,
        "_check_can_file",
        "a request that is refused wastes no number",
    ),
    Subscriber(
        "requests",
        "create",
        NORMALISE,
        "_leave_out_arrival",
        "how a request arrived is noted by the software",
        for_all=True,
    ),
    Subscriber(
        "requests",
        "write",
        BEFORE,
        "_check_typed_values",
        "what the steps write is not typed",
    ),
    Subscriber(
        "requests",
        "write",
        BEFORE,
        "_check_question",
        "what the commune asked stays in its words",
        frozenset(FIXED),
    ),
    Subscriber(
        "requests",
        "write",
        BEFORE,
        "_check_validated",
        "a sensitive answer is validated before it is sent",
        STAGE,
    ),
    Subscriber(
        "requests",
        "write",
        BEFORE,
        "_check_can_lower",
        "validators alone end the sensitive status",
        frozenset({"is_sensitive"}),
    ),
)
SUBSCRIBERS = (
    Subscriber(
        "requests",
        "create",
        AFTER,
        "_check_requester",
        "users choose no person of another commune, who would get the answer",
    ),
    Subscriber(
        "requests",
        "create",
        AFTER,
        "_start_clocks",
        "what is promised, and until when",
    ),
    Subscriber(
        "requests",
        "create",
        AFTER,
        "_notify_empty_desk",
        "managers, when nobody answers at the desk",
    ),
    Subscriber(
        "requests",
        "create",
        AFTER,
        "_acknowledge_direct",
        "the acknowledgement of what comes from the portal or by telephone",
    ),
    Subscriber(
        "requests",
        "write",
        NORMALISE,
        "_with_recognised_sender",
        "who gives a commune to an unknown sender has recognised it",
        SENDER,
    ),
    Subscriber(
        "requests",
        "write",
        NORMALISE,
        "_log_hand_over",
        "its row in the log; the new team holds it from now on",
        frozenset({"team_id"}),
    ),
    Subscriber(
        "requests",
        "write",
        AFTER,
        "_check_requester",
        "users choose no person of another commune, who would get the answer",
        SENDER | {"partner_id"},
    ),
    Subscriber(
        "steering",
        "write",
        AFTER,
        "_take_promises_along",
        "the promises noted on it are to its commune",
        SENDER,
    ),
    Subscriber(
        "requests",
        "write",
        AROUND,
        "_follow_stage",
        "pauses, and the dates of its answer",
        STAGE,
    ),
    Subscriber(
        "requests",
        "write",
        AFTER,
        "_cancel_contributions",
        "nothing is expected of other departments once it is answered",
        STAGE,
    ),
    Subscriber(
        "requests",
        "write",
        AFTER,
        "_move_clocks",
        "what is promised, and until when",
        MOVES_CLOCKS,
    ),
    Subscriber(
        "requests",
        "write",
        AROUND,
        "_acknowledge_recognised",
        "the acknowledgement of a sender who was unknown",
        SENDER,
    ),
    Subscriber(
        "requests",
        "write",
        AFTER,
        "_close_reminders",
        "what is done is no longer recalled",
        STAGE,
    ),
    Subscriber(
        "requests",
        "write",
        AFTER,
        "_move_reminders",
        "reminders go to its new owner and department",
        frozenset({"team_id", "user_id"}),
    ),
    Subscriber(
        "requests",
        "write",
        AROUND,
        "_restart_changed_validations",
        "an answer that changes is validated anew",
    ),
)


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    @api.model_create_multi
    def create(self, vals_list):
        portal = self.env["commune.request.portal"]
        if portal._is_filed_by_commune(vals_list):
            return portal._file_by_program(vals_list)
        do_create = partial(self._create_checked, super().create)
        return record_changes.create(self, vals_list, GUARDS, do_create)

    def _create_checked(self, do_create, vals_list):
        return record_changes.create(
            self,
            self._complete_values(vals_list),
            SUBSCRIBERS,
            do_create,
            filter_managed=lambda tickets: tickets._filter_managed(),
        )

    def write(self, vals):
        managed = self if self._are_managed(vals) else self._filter_managed()
        others = self - managed
        if others or not self:
            super(HelpdeskTicket, others).write(vals)
        if not managed:
            return True
        guards = record_changes.select(GUARDS, "write", vals)
        return record_changes.write(managed, vals, guards, managed._write_checked)

    def _write_checked(self, vals):
        transfer = self.env["commune.request.transfer"]
        if vals.get("topic_id") and "team_id" not in vals:
            return transfer._correct_topic(self, vals)  # it writes again, with the team
        if vals.get("team_id") and "user_id" not in vals:
            moving = self.filtered(lambda t: t.commune_id and t.team_id.id != vals["team_id"])
            if moving:
                return transfer._write_team(moving, vals) and (self - moving).write(vals)
        chosen = record_changes.select(SUBSCRIBERS, "write", vals)
        return record_changes.write(self, vals, chosen, super().write)
