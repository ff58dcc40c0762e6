"""Steps of an incident, in the order of a mediation; each has its button."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ...core.pillar import when_used
from ...core.retention import get_expired_domain
from ...territory.reference_epci.local_time import at_local_time
from .labels import ENDED, NEXT


class CommuneReplacementIncident(models.Model):
    _inherit = "commune.replacement.incident"

    def action_acknowledge(self):
        """Acknowledge the report to the person who made it."""
        self.check_access("write")
        for case in self:
            case._expect("reported")
        self._go("acknowledged", acknowledged_date=fields.Datetime.now())
        reporters = self.party_ids.filtered(lambda one: one.role == "reporter" and one.partner_id)
        if reporters:
            reporters.action_notify()

    def action_separate(self):
        self._choose("separate")

    def action_joint(self):
        self._choose("joint")

    def action_mediation(self):
        self._choose("mediation")

    def action_plan(self):
        self._choose("plan")

    def action_followup(self):
        self._choose("followup")

    def _choose(self, step):
        self.check_access("write")
        for case in self:
            if step not in NEXT.get(case.step, ()):
                case._raise_wrong_step()
        self._go(step)

    def action_close(self):
        """The end, with its evaluation."""
        self.check_access("write")
        for case in self:
            case._expect("plan", "followup")
            if not case.closing_result or not (case.closing_note or "").strip():
                raise UserError(
                    self.env._(
                        "A case is closed with its evaluation: say the result, and what was done."
                    )
                )
        self._go("closed", closed_date=fields.Datetime.now())

    def action_no_action(self):
        """Close without action: the evaluation gives the reason."""
        self._leave("no_action")

    def action_send_hr(self):
        """Close the incident in the service: another organisation handles it."""
        self._leave("sent_hr")

    def _leave(self, step):
        self.check_access("write")
        for case in self:
            if case.step in ENDED:
                case._raise_wrong_step()
            if not (case.closing_note or "").strip():
                raise UserError(self.env._("Write why in the evaluation."))
        self._go(step, closed_date=fields.Datetime.now())

    def action_reopen(self):
        self.check_access("write")
        for case in self:
            case._expect(*ENDED)
            if case.anonymised_date:
                raise UserError(self.env._("This case was anonymised: open another one."))
        for case in self:
            now = fields.Datetime.now()
            case._go(
                "acknowledged",
                acknowledged_date=case.acknowledged_date or now,
                closed_date=False,
                closing_result=False,
                reopen_count=case.reopen_count + 1,
            )

    def _go(self, step, **values):
        labels = dict(self._fields["step"]._description_selection(self.env))
        self._set({"step": step, **values})
        self._log("step", labels[step])

    def _expect(self, *steps):
        if self.step not in steps:
            self._raise_wrong_step()

    def _raise_wrong_step(self):
        labels = dict(self._fields["step"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "%(name)s is at the step “%(state)s”: this cannot be done now.",
                name=self.name,
                state=labels[self.step],
            )
        )

    # the end of what is kept

    @api.model
    @when_used("replacement")
    @at_local_time
    def _cron_anonymise(self):
        """Anonymise incidents some years after their end: only dates and kind remain.

        Texts of evaluations and reviewed warnings are erased at the same age."""
        self.search(
            Domain("step", "in", ENDED)
            & get_expired_domain(self)
            & Domain("anonymised_date", "=", False)
        )._anonymise()
        self.env["commune.replacement.evaluation"]._forget_words()
        warnings = self.env["commune.replacement.alert"]
        warnings.search(get_expired_domain(warnings)).unlink()

    def _anonymise(self):
        """Called as superuser."""
        if not self:
            return
        self.write(
            {
                "anonymised_date": self.env.company._get_today(),
                **dict.fromkeys(("facts", "quotes", "analysis", "closing_note"), False),
                **dict.fromkeys(("mission_id", "evaluation_id", "employee_id"), False),
                **dict.fromkeys(("commune_id", "user_id"), False),
                "evidence_ids": [Command.clear()],
            }
        )
        files = Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
        self.env["ir.attachment"].search(files).unlink()
        self.interview_ids.unlink()
        self.measure_ids.unlink()
        self.party_ids.unlink()
        self.event_ids.filtered(lambda line: line.kind != "step").unlink()
        self.event_ids.write({"user_id": False})
        self._forget_authors()

    def _forget_authors(self):
        """Erase the authors of the rows, which would identify the person who reported."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE commune_replacement_incident SET create_uid = NULL, write_uid = NULL"
                " WHERE id IN %s",
                tuple(self.ids),
            )
        )
        self.event_ids.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE commune_replacement_incident_event SET create_uid = NULL, write_uid = NULL"
                " WHERE incident_id IN %s",
                tuple(self.ids),
            )
        )
        self.env.invalidate_all()
