"""Life of a service, from the idea to its end: who moved it, when and why."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .service import NEXT, OPEN, STATES


class CommuneServiceChange(models.Model):
    """Log that nobody writes by hand."""

    _name = "commune.service.change"
    _description = "Change in the life of a service"
    _order = "date desc, id desc"
    _rec_name = "service_id"

    service_id = fields.Many2one(
        "commune.service", required=True, index=True, readonly=True, ondelete="cascade"
    )
    state_from = fields.Selection(STATES, string="From", readonly=True)
    state_to = fields.Selection(STATES, string="To", readonly=True, required=True)
    date = fields.Datetime(required=True, readonly=True, default=lambda self: fields.Datetime.now())
    user_id = fields.Many2one("res.users", string="By", readonly=True, required=True)
    reason = fields.Char(readonly=True)


class CommuneService(models.Model):
    _inherit = "commune.service"

    state = fields.Selection(
        STATES, default="idea", required=True, readonly=True, tracking=True, copy=False, index=True
    )
    state_date = fields.Datetime(
        string="Since", readonly=True, copy=False, default=lambda self: fields.Datetime.now()
    )
    state_user_id = fields.Many2one(
        "res.users",
        string="Decided by",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        groups="base.group_user",
    )
    state_reason = fields.Char(
        string="Reason of the next change", copy=False, groups="base.group_user"
    )
    change_ids = fields.One2many(
        "commune.service.change",
        "service_id",
        string="Life of the service",
        readonly=True,
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        services = super().create(vals_list)
        services._log_change(dict.fromkeys(services, False))
        return services

    @api.model
    def _raise_user_write(self, name=None):
        """A sheet begins before the communes see it."""
        if name == "state":
            raise UserError(self.env._("A new service is an idea or under study."))
        return super()._raise_user_write(name)

    def write(self, vals):
        """A state written by the interface of programs follows the same rules as the buttons."""
        if "state" not in vals:
            return super().write(vals)
        before = {service: service.state for service in self}
        moved = self.filtered(lambda s: s.state != vals["state"])
        moved._check_next(vals["state"])
        dated = self.sudo()  # nobody types when and by whom a state was set
        reason = vals.get("state_reason") or dated[:1].state_reason
        result = super().write({**vals, "state_reason": False})
        dated.write({"state_date": fields.Datetime.now(), "state_user_id": self.env.uid})
        moved._log_change(before, reason)
        return result

    def _check_next(self, state):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for service in self:
            if state not in NEXT[service.state]:
                raise UserError(
                    self.env._(
                        "“%(name)s” is at the step “%(state)s”: it cannot go to “%(next)s”.",
                        name=service.name,
                        state=labels[service.state],
                        next=labels.get(state, state),
                    )
                )
            service._check_ready(state)

    def _check_ready(self, state):
        """Check that text, contacts and topic are filled before communes see the sheet."""
        self.ensure_one()
        if state not in OPEN:
            return
        missing = [
            self._fields[name]._description_string(self.env)
            for name in ("content", "department_id", "referent_id", "topic_id")
            if not self[name]
        ]
        if missing:
            raise UserError(
                self.env._(
                    "Before the communes see “%(name)s”, fill in: %(fields)s.",
                    name=self.name,
                    fields=", ".join(missing),
                )
            )
        if state == "pilot" and not (self.scope == "list" and self.commune_ids):
            raise UserError(
                self.env._("A pilot has named communes: choose them under “Who may subscribe”.")
            )

    def _log_change(self, before, reason=None):
        self.env["commune.service.change"].sudo().create(
            [
                {
                    "service_id": service.id,
                    "state_from": before[service],
                    "state_to": service.state,
                    "user_id": self.env.uid,
                    "reason": reason or False,
                }
                for service in self
            ]
        )

    def _move(self, state):
        self.check_access("write")
        self.write({"state": state})

    def action_study(self):
        self.check_access("write")
        self._move("study")

    def action_pilot(self):
        self.check_access("write")
        self._move("pilot")

    def action_activate(self):
        self.check_access("write")
        self._move("active")

    def action_freeze(self):
        self.check_access("write")
        self._move("frozen")

    def action_retire(self):
        """Subscriptions go on until their end: only new ones are refused."""
        self.check_access("write")
        self._move("retired")

    def action_print_brochure(self):
        """One document of the services that the communes may ask for, whatever is ticked."""
        self.check_access("read")
        return self.env.company._open_look() or self._get_brochure()

    @api.model
    def _get_brochure(self):
        report = self.env.ref("commune_relations.service_brochure_report")
        return report.report_action(None, data={"whole": True}, config=False)
