"""Versions of a mission: what was agreed, from which day, and what it replaced."""

import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.row_lock import lock_rows
from ..slot.slot import LIVE
from ..week_grid import HALF_DAYS

KINDS = [
    ("initial", "First version"),
    ("days", "Change of days"),
    ("extension", "Prolongation"),
    ("early_end", "Early end"),
    ("cancellation", "Cancellation"),
]
# What comes to a version once it is signed: its order of mission.
BESIDE = {"message_ids", "order_date", "order_facts", "order_hash", "order_number", "order_days"}


class CommuneReplacementAmendment(models.Model):
    """Number 1 is the mission as agreed; the days are frozen in each version."""

    _name = "commune.replacement.amendment"
    _inherit = ["commune.staff.thread", "commune.readonly.fields.mixin"]
    _description = "Version of a mission"
    _order = "mission_id, number"

    mission_id = fields.Many2one(
        "commune.replacement.mission",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    commune_id = fields.Many2one(related="mission_id.commune_id", store=True, index=True)
    number = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date_effect = fields.Date(string="Takes effect on", required=True, readonly=True)
    reason = fields.Text(readonly=True)
    days = fields.Json(readonly=True, help="Half-days of the mission in this version.")
    days_before = fields.Json(readonly=True)
    half_day_count = fields.Integer(string="Half-days", readonly=True)
    change_text = fields.Text(string="What changes", compute="_compute_change_text")
    state = fields.Selection(
        [("draft", "To sign"), ("signed", "Signed")],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
    )
    signed_date = fields.Datetime(string="Signed on", readonly=True)
    signed_hash = fields.Char(
        string="Fingerprint", readonly=True, help="SHA-256 of what was signed."
    )
    _number_uniq = models.Constraint(
        "UNIQUE(mission_id, number)", "This version of the mission already exists."
    )

    @api.depends("mission_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(mission)s, version %(number)s",
                mission=version.mission_id.name,
                number=version.number,
            )

    @api.depends("days", "days_before")
    def _compute_change_text(self):
        for version in self:
            before = {tuple(d) for d in version.days_before or ()}
            after = {tuple(d) for d in version.days or ()}
            lines = []
            if after - before and version.number > 1:
                lines.append(self.env._("Added: %s", version._list_days(after - before)))
            if before - after:
                lines.append(self.env._("Removed: %s", version._list_days(before - after)))
            version.change_text = "\n".join(lines)

    def _list_days(self, days):
        """Dates of half-days in order; a whole day appears once."""
        grouped = {}
        for day, half in sorted(days):
            grouped.setdefault(day, []).append(half)
        halves = dict(
            self.env["commune.replacement.slot"]
            ._fields["half_day"]
            ._description_selection(self.env)
        )
        lines = []
        for day, found in grouped.items():
            text = f"{fields.Date.to_date(day):%d/%m/%Y}"
            if len(found) < len(HALF_DAYS):
                text += f" ({halves[found[0]].lower()})"
            lines.append(text)
        return ", ".join(lines)

    def write(self, vals):
        if any(version.state == "signed" for version in self) and set(vals) - BESIDE:
            raise UserError(self.env._("A signed version is frozen: make a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A version of a mission is never deleted."))

    def action_sign(self):
        self.check_access("write")
        for version in self.filtered(lambda v: v.state == "draft"):
            parties = version.mission_id.employee_id._get_own_contacts()
            self.env.user.partner_id._check_single_side(
                parties | version.commune_id._get_acting_persons(),
                self.env._(
                    "You are the agent of this mission or act for its commune: another coordinator"
                    " signs this version for the service."
                ),
            )
            version._set(
                {
                    "signed_hash": version._get_fingerprint(),
                    "signed_date": fields.Datetime.now(),
                    "state": "signed",
                }
            )

    def _get_fingerprint(self):
        mission = self.mission_id
        content = json.dumps(
            [mission.name, self.number, self.kind, str(self.date_effect), self.reason, self.days],
            ensure_ascii=False,
        )
        return hashlib.sha256(content.encode()).hexdigest()


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    def _get_days(self):
        """Half-days of today's version, ready for JSON."""
        self.ensure_one()
        slots = self.slot_ids.filtered(lambda s: s.state in LIVE)
        return sorted([str(slot.date), slot.half_day] for slot in slots)

    def _open_version(self, kind, day, reason, before=()):
        self.ensure_one()
        mission = self.sudo()
        lock_rows(mission)  # two changes at once: the second starts again, with the next number
        days = self._get_days()
        versions = mission.env["commune.replacement.amendment"]
        version = versions.create(
            {
                "mission_id": self.id,
                "number": self.version + 1,
                "kind": kind,
                "date_effect": day,
                "reason": reason,
                "days": days,
                "days_before": list(before),
                "half_day_count": len(days),
            }
        )
        return version.with_env(self.env)
