"""What waits in the replacement service, on the day page of who coordinates it."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import COORDINATOR, OTHERS, Source
from .incident.labels import ENDED

QUALIFY_DAYS, HOURS_DAYS, COMMUNE_DAYS, STATEMENT_DAYS, WARNING_DAYS = 1, 3, 7, 15, 7


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_models(self):
        return super()._get_day_models() | {"hr.employee": "replacement"}

    @api.model
    def _get_day_sources(self):
        return [
            *super()._get_day_sources(),
            *self._get_case_sources(),
            *self._get_replacement_sources(),
            *self._get_proposal_sources(),
            *self._get_hours_sources(),
            *self._get_statement_sources(),
        ]

    @api.model
    def _get_replacement_source(self, code, label, model, domain, day, **values):
        values = {"commune": "commune_id", **values}
        return Source(
            code,
            label,
            f"commune.replacement.{model}",
            domain,
            day=day,
            groups=(COORDINATOR,),
            pillar="replacement",
            screen=f"commune_replacement_{model}_action",
            **values,
        )

    @api.model
    def _get_replacement_sources(self):
        own = Domain("user_id", "in", (self.env.uid, False))
        to_fill = own & Domain("state", "in", ("qualified", "searching", "partially_filled"))
        return [
            self._get_replacement_source(
                "replacement",
                self.env._("Replacements to fill"),
                "request",
                to_fill,
                "date_start",
                title=("name", "post"),
                person="user_id",
                action="action_candidates",
                button=self.env._("Find an agent"),
                hand_over="user_id",
                activity_types=("replacement_request", "replacement_urgent"),
            ),
            self._get_replacement_source(
                "replacement_new",
                self.env._("Replacements to qualify"),
                "request",
                own & Domain("state", "=", "submitted"),
                "received_date",
                delay=QUALIFY_DAYS,
                title=("name", "post"),
                person="user_id",
                action="action_qualify",
                button=self.env._("Qualify"),
                confirm=self.env._("The need is understood: an agent is looked for."),
                hand_over="user_id",
                activity_types=("replacement_request", "replacement_urgent"),
            ),
            self._get_replacement_source(
                "mission",
                self.env._("Missions to confirm"),
                "mission",
                own & Domain("state", "=", "prepared"),
                "date_start",
                title=("name",),
                person="user_id",
                action="action_confirm",
                button=self.env._("Confirm"),
                confirm=self.env._(
                    "The mission can begin: its convention and its agent are ready."
                ),
                hand_over="user_id",
            ),
        ]

    @api.model
    def _get_proposal_sources(self):
        return [
            self._get_replacement_source(
                "proposal",
                self.env._("Proposals to send"),
                "proposal",
                Domain("state", "=", "draft"),
                "create_date",
                delay=QUALIFY_DAYS,
                action="action_send_agent",
                button=self.env._("Send to the agent"),
                confirm=self.env._("The agent receives a letter with these half-days."),
            ),
            self._get_replacement_source(
                "proposal_agent",
                self.env._("Answers of agents"),
                "proposal",
                Domain("state", "=", "sent_agent"),
                "expiry_date",
                person="employee_id",
                waits=OTHERS,
            ),
            self._get_replacement_source(
                "proposal_commune",
                self.env._("Answers of communes"),
                "proposal",
                Domain("state", "=", "sent_commune"),
                "expiry_date",
                person="asked_person_id",
                waits=OTHERS,
            ),
        ]

    @api.model
    def _get_hours_sources(self):
        # Of a week that the commune decides again, what it agreed to.
        unchecked = Domain("state", "=", "validated") & Domain("is_checked", "=", False)
        agreed = Domain("line_ids", "any", unchecked)
        return [
            self._get_replacement_source(
                "hours",
                self.env._("Hours to check"),
                "timesheet",
                Domain("state", "=", "validated") & Domain("checked_date", "=", False)
                | Domain("state", "=", "submitted") & agreed,
                "sign_date",
                delay=HOURS_DAYS,
                action="action_check",
                button=self.env._("Check"),
                confirm=self.env._("You have read the week: it may be billed."),
            ),
            self._get_replacement_source(
                "hours_contested",
                self.env._("Hours contested"),
                "timesheet",
                Domain("state", "=", "contested"),
                "sign_date",
                delay=HOURS_DAYS,
                button=self.env._("Settle"),
                activity_types=("mail.mail_activity_data_todo",),
            ),
            self._get_replacement_source(
                "hours_commune",
                self.env._("Hours that the communes validate"),
                "timesheet",
                Domain("state", "=", "submitted"),
                "submitted_date",
                delay=COMMUNE_DAYS,
                person="employee_id",
                waits=OTHERS,
            ),
        ]

    @api.model
    def _get_statement_sources(self):
        return [
            self._get_replacement_source(
                "statement_check",
                self.env._("Statements to check"),
                "statement",
                Domain("state", "=", "draft"),
                "date_end",
                delay=STATEMENT_DAYS,
                action="action_check",
                button=self.env._("Check"),
                undo="action_draft",
            ),
            self._get_replacement_source(
                "statement",
                self.env._("Statements to issue"),
                "statement",
                Domain("state", "=", "checked"),
                "date_end",
                delay=STATEMENT_DAYS,
                action="action_issue",
                button=self.env._("Issue"),
                confirm=self.env._("It takes its number and does not change any more."),
            ),
        ]

    @api.model
    def _get_case_sources(self):
        """Incidents of the current handler, those without a handler, and warnings."""
        own = Domain("user_id", "in", (self.env.uid, False))
        return [
            self._get_replacement_source(
                "case_new",
                self.env._("Cases to acknowledge"),
                "incident",
                own & Domain("step", "=", "reported"),
                "acknowledge_due",
                title=("name",),
                action="action_acknowledge",
                button=self.env._("Acknowledge"),
                confirm=self.env._("Who reported it is informed that it has been read."),
            ),
            self._get_replacement_source(
                "case",
                self.env._("Cases to settle"),
                "incident",
                own & Domain("step", "not in", ("reported", *ENDED)),
                "due_date",
                title=("name",),
                button=self.env._("Follow the case"),
            ),
            self._get_replacement_source(
                "warning",
                self.env._("Early warnings"),
                "alert",
                Domain("state", "=", "open"),
                "create_date",
                delay=WARNING_DAYS,
                button=self.env._("Look at"),
            ),
        ]
