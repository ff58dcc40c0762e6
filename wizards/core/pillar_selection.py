"""Pillar selection by the manager; the wizard lists what a switched-off pillar hides."""

from odoo import api, fields, models

from ...models.core.pillar import PILLARS

NAMES = tuple(f"uses_{pillar}" for pillar in PILLARS)


class CommunePillars(models.TransientModel):
    _name = "commune.pillars"
    _description = "What we use"

    uses_requests = fields.Boolean(string="Requests")
    uses_network = fields.Boolean(string="Network")
    uses_committees = fields.Boolean(string="Committees")
    uses_services = fields.Boolean(string="Services")
    uses_surveys = fields.Boolean(string="Surveys")
    uses_replacement = fields.Boolean(string="Replacement")
    uses_knowledge = fields.Boolean(string="Guides and watch")
    uses_steering = fields.Boolean(string="Figures for the management")
    seen = fields.Char(help="What was in use when the window was opened.")
    left_behind = fields.Text(string="What would be out of sight", compute="_compute_left_behind")

    @api.model
    def default_get(self, fields):
        self.browse().check_access("create")
        company = self.env.company.sudo()
        values = {name: company[name] for name in NAMES if name in fields}
        values["seen"] = ",".join(name for name in NAMES if company[name])
        return {**super().default_get(fields), **values}

    @api.depends(*NAMES)
    def _compute_left_behind(self):
        """One line for each pillar that is about to be switched off."""
        company = self.env.company
        for choice in self:
            leaving = [p for p in PILLARS if company._uses(p) and not choice[f"uses_{p}"]]
            left = company._get_left_behind() if leaving else {}
            lines = [choice._describe_left(pillar, left.get(pillar, [])) for pillar in leaving]
            choice.left_behind = "\n".join(lines)

    def _describe_left(self, pillar, counts):
        """:param counts: see `_get_left_behind` of the company"""
        name = f"uses_{pillar}"
        label = self.fields_get([name], ["string"])[name]["string"]
        counted = [
            self.env._("%(label)s: %(count)s", label=what, count=count)
            for what, count in counts
            if count
        ]
        if not counted:
            return self.env._("%s: nothing is under way.", label)
        return self.env._(
            "%(pillar)s – %(counts)s. They stay as they are, but nobody sees them in the menus any"
            " more.",
            pillar=label,
            counts=", ".join(counted),
        )

    def action_save(self):
        """The menus follow at once for who saves, at the next page for the others. Only what was
        changed here is written: another manager may have switched something else meanwhile."""
        self.ensure_one()
        self.check_access("write")
        seen = (self.seen or "").split(",")
        changed = {name: self[name] for name in NAMES if self[name] != (name in seen)}
        self.env.company.sudo().write(changed)
        return {"type": "ir.actions.client", "tag": "reload"}
