"""What a commune was promised, in two figures: kept, and late."""

from odoo import api, fields, models

from ...core.window_actions import open_action, open_dialog
from .commitment import LATE

STAFF = "commune_relations.group_reader,commune_relations.group_referent"


class ResPartner(models.Model):
    _inherit = "res.partner"

    commitment_kept_count = fields.Integer(
        string="Promises kept", compute="_compute_commitment_counts", groups=STAFF
    )
    commitment_late_count = fields.Integer(
        string="Promises late", compute="_compute_commitment_counts", groups=STAFF
    )
    commitment_open_count = fields.Integer(
        string="Promises to keep", compute="_compute_commitment_counts", groups=STAFF
    )
    commitment_summary = fields.Char(
        string="Promises kept and late", compute="_compute_commitment_counts", groups=STAFF
    )

    @api.depends_context("uid", "lang")
    def _compute_commitment_counts(self):
        counts = self._get_commitment_counts()
        for partner in self:
            figures = counts.get(partner.id, {})
            partner.commitment_kept_count = figures.get("kept", 0)
            partner.commitment_late_count = figures.get("late", 0)
            partner.commitment_open_count = figures.get("open", 0)
            partner.commitment_summary = self._format_commitments(
                figures.get("kept", 0), figures.get("late", 0)
            )

    @api.model
    def _format_commitments(self, kept, late):
        return self.env._("kept %(kept)s, late %(late)s", kept=kept, late=late)

    def _get_commitment_counts(self):
        """{commune id: {"open", "kept", "given_up", "late": number}}, of those that the current
        user may read; those late are open too. Two queries."""
        promises = self.env["commune.commitment"]
        domain = [("commune_id", "in", self.ids)]
        found = {}
        for commune, state, count in promises._read_group(
            domain, ["commune_id", "state"], ["__count"]
        ):
            found.setdefault(commune.id, {})[state] = count
        for commune, count in promises._read_group([*domain, *LATE], ["commune_id"], ["__count"]):
            found[commune.id]["late"] = count
        return found

    def action_open_commitments(self):
        """The promises made to the commune."""
        self.ensure_one()
        self.check_access("read")
        return open_action(
            self,
            "commune_commitment_action",
            domain=[("commune_id", "=", self.id)],
            context={"default_commune_id": self.id},
        )

    def action_open_contacts(self):
        """What was noted of visits, calls and meetings with the commune."""
        self.ensure_one()
        self.check_access("read")
        return open_action(
            self,
            "commune_contact_action",
            domain=[("commune_id", "=", self.id)],
            context={"default_commune_id": self.id},
        )

    def action_log_contact(self):
        """The window in which a visit, a call or a meeting with the commune is noted."""
        self.ensure_one()
        self.check_access("read")
        title = self.env._("Note a contact")
        return open_dialog(self, "commune.contact", title, default_commune_id=self.id)


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    @api.model
    def _get_portal_commitments(self, commune):
        """The promises that a page of the portal shows, under the rights of the current user."""
        return self.env["commune.commitment"].search_fetch(
            [("commune_id", "=", commune.id), ("is_published", "=", True)],
            ["commune_id", "state", "due_date"],
        )

    @api.model
    def _format_portal_commitments(self, promises):
        """“kept 12, late 2” of the promises that a page of the portal shows; empty without any."""
        kept = promises.filtered(lambda one: one.state == "kept")
        late = promises.filtered("is_late")
        return self.env["res.partner"]._format_commitments(len(kept), len(late)) if promises else ""

    def _get_portal_sheet(self, place, person):
        promises = self.sudo(False)._get_portal_commitments(place)
        words = self._format_portal_commitments(promises)
        return {**super()._get_portal_sheet(place, person), "commitment_words": words}
