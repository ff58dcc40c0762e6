"""Early warning: what the facts between an agent and a commune add up to.

Nothing follows by itself: the coordinator opens an incident, or gives the reason not to."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import LazyTranslate

from ....engine.early_warning import score_alerts
from ...core.pillar import when_used
from ...core.window_actions import open_record
from ...territory.reference_epci.local_time import at_local_time

_lt = LazyTranslate(__name__)

FACTS = [
    ("not_again", "No wish to work together again"),
    ("early_end", "Early end of a mission"),
    ("low_score", "Low evaluation"),
    ("contested", "Hours contested"),
    ("refusal", "Proposal declined"),
    ("short_notice", "Mission cancelled at the last moment"),
    ("pair_again", "A second mission of the same two"),
]


class CommuneReplacementAlert(models.Model):
    _name = "commune.replacement.alert"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Early warning"
    _order = "state desc, score desc, id desc"
    _writable_fields = frozenset({"reason"})
    _readonly_reason = _lt("A warning follows from its facts: open a case, or say why not.")

    # As superuser: who looks at a warning may not open the file of the agent.
    display_name = fields.Char(compute_sudo=True)
    employee_id = fields.Many2one(
        "hr.employee", string="Agent", required=True, readonly=True, index=True, ondelete="cascade"
    )
    commune_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="cascade"
    )
    score = fields.Integer(readonly=True, aggregator=None, help="Sum of the weights of the facts.")
    state = fields.Selection(
        [("open", "To look at"), ("dismissed", "Kept aside"), ("case", "Case opened")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    reason = fields.Text(string="Why it is put aside")
    settled_date = fields.Datetime(string="Looked at on", readonly=True)
    settled_by_id = fields.Many2one("res.users", string="Looked at by", readonly=True)
    incident_id = fields.Many2one(
        "commune.replacement.incident", string="Case", readonly=True, index="btree_not_null"
    )
    fact_ids = fields.One2many("commune.replacement.alert.fact", "alert_id", readonly=True)
    _open_uniq = models.UniqueIndex(
        "(employee_id, commune_id) WHERE state = 'open'", "This pair already has a warning."
    )

    @api.depends("employee_id", "commune_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.employee_id.name or ''} – {one.commune_id.name or ''}"

    @api.model
    @when_used("replacement")
    @at_local_time
    def _cron_warn(self):
        """Each night: the pairs whose facts weigh enough; those looked at do not come back for
        the same facts."""
        settled = self.search([("state", "!=", "open")])
        found = score_alerts(self._collect_facts(), frozenset(settled.fact_ids.mapped("key")))
        known = {
            (one.employee_id.id, one.commune_id.id): one
            for one in self.search([("state", "=", "open")])
        }
        new = []
        for warning in found:
            one = known.pop((warning.agent, warning.commune), None)
            values = self._prepare_warning(warning)
            if not one:
                new.append(values)
            elif {fact.key for fact in warning.facts} != set(one.fact_ids.mapped("key")):
                one.write({**values, "fact_ids": [Command.clear(), *values["fact_ids"]]})
        self.create(new)
        self.union(*known.values()).unlink()  # their facts are too old, or were corrected

    @api.model
    def _prepare_warning(self, warning):
        return {
            "employee_id": warning.agent,
            "commune_id": warning.commune,
            "score": warning.score,
            "fact_ids": [
                Command.create({"date": fact.day, "kind": fact.kind, "key": fact.key})
                for fact in warning.facts
            ],
        }

    def action_dismiss(self):
        """Put aside, with a reason."""
        self.check_access("write")
        for one in self:
            one._expect_open()
            if not (one.reason or "").strip():
                raise UserError(self.env._("Write why the warning is put aside."))
        self._settle("dismissed")

    def action_open_case(self):
        """Open an incident about these two; the person who reviewed the warning handles it."""
        self.ensure_one()
        self.check_access("write")
        self._expect_open()
        labels = dict(self.fact_ids._fields["kind"]._description_selection(self.env))
        alert = self.sudo()  # the rights of the person who reviewed it were checked
        case = alert.env["commune.replacement.incident"].create(
            {
                "kind": "other",
                "source": "alert",
                "mission_id": alert._find_last_mission().id,
                "employee_id": self.employee_id.id,
                "commune_id": self.commune_id.id,
                "user_id": self.env.uid,
                "facts": "\n".join(
                    f"{fact.date:%d/%m/%Y} – {labels[fact.kind]}" for fact in self.fact_ids
                ),
            }
        )
        self._settle("case", incident_id=case.id)
        return open_record(case.sudo(False))

    def _find_last_mission(self):
        """The last mission of these two: an incident needs one to decide a measure on it."""
        return self.env["commune.replacement.mission"].search(
            [
                ("employee_id", "=", self.employee_id.id),
                ("commune_id", "=", self.commune_id.id),
            ],
            order="date_start desc, id desc",
            limit=1,
        )

    def _settle(self, state, **values):
        now = fields.Datetime.now()
        self._set({"state": state, "settled_date": now, "settled_by_id": self.env.uid, **values})

    def _expect_open(self):
        if self.state != "open":
            raise UserError(self.env._("This warning was already looked at."))


class CommuneReplacementAlertFact(models.Model):
    _name = "commune.replacement.alert.fact"
    _description = "Fact of an early warning"
    _order = "date, id"
    _rec_name = "key"

    alert_id = fields.Many2one(
        "commune.replacement.alert", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True)
    kind = fields.Selection(FACTS, string="Fact", required=True)
    key = fields.Char(required=True, index=True, help="Names the fact for ever: its record.")

    def action_open(self):
        """The record that the fact comes from."""
        self.ensure_one()
        self.check_access("read")
        model, number = self.key.partition(":")[0].split(",")
        return open_record(self.env[model].browse(int(number)))
