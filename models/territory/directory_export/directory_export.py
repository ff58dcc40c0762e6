"""Export of a long directory, generated in the background, then downloaded.

It contains personal data: only the user who requested it reads it, as long as that user may read
each person, and for some days.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Domain

from ...core.retention import get_expired_domain
from ...core.row_lock import lock_rows

STATES = [("running", "Being drawn"), ("ready", "Ready"), ("failed", "Failed")]
# What was chosen in the window, and makes the document.
CHOICES = ("kind", "function_ids", "parts", "commune_ids", "sector_ids")


class CommuneDirectoryExport(models.Model):
    _name = "commune.directory.export"
    _description = "Directory being drawn"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    size = fields.Char(string="Communes and persons", readonly=True)
    choices = fields.Char(readonly=True)
    asked = fields.Json(required=True, readonly=True, help="What was chosen in the window.")
    user_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    state = fields.Selection(STATES, required=True, default="running", readonly=True)
    page = fields.Integer(string="Pages laid out", readonly=True)
    page_total = fields.Integer(string="Pages in all, about", readonly=True)
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")
    message = fields.Char(readonly=True)
    file_name = fields.Char(readonly=True)
    mandate_ids = fields.Json(groups=fields.NO_ACCESS, help="Whom the document holds.")
    person_ids = fields.Json(groups=fields.NO_ACCESS, help="Those who were not archived then.")
    drawn = fields.Binary(attachment=True, groups=fields.NO_ACCESS)
    content = fields.Binary(string="Document", compute="_compute_content")

    @api.depends("page", "page_total", "state")
    def _compute_progress(self):
        """The last pages are those that are written, which is not counted."""
        for export in self:
            share = export.page / export.page_total if export.page_total else 0
            export.progress = 100 if export.state == "ready" else min(95, round(100 * share))

    @api.depends_context("uid")
    @api.depends("drawn", "mandate_ids")
    def _compute_content(self):
        for export in self:
            export._check_persons()
            export.content = export.sudo().drawn

    def _check_persons(self):
        """Check current access rights, not those at generation. Persons who left office since stay:
        the document has its own date.

        :raise AccessError: somebody of the document was withdrawn or archived, or is not to be
            read any more
        """
        self.ensure_one()
        self.check_access("read")
        export = self.sudo()
        held = {"commune.mandate": export.mandate_ids, "res.partner": export.person_ids}
        for model, ids in held.items():
            wanted = Domain("id", "in", ids or [])
            records = self.env[model].with_context(active_test=True)
            if records.search_count(wanted) != len(ids or []):
                raise AccessError(
                    self.env._(
                        "Persons of this directory were withdrawn since, or are not open to you"
                        " any more: ask for it again."
                    )
                )

    def _can_return_content(self, field_name=None, access_token=None):
        """What is not drawn yet is not found, rather than an empty file."""
        if field_name == "content" and self.state != "ready":
            raise MissingError(self.env._("This directory is not drawn yet."))
        return super()._can_return_content(field_name, access_token)

    @api.model
    def _ask(self, wizard):
        """The document of these choices for this person: the one being drawn, else a new one.

        :param wizard: commune.directory.print
        """
        asked = {name: wizard[name] for name in CHOICES}
        asked = {name: getattr(value, "ids", value) for name, value in asked.items()}
        lock_rows(self.env.user)
        running = Domain("user_id", "=", self.env.uid) & Domain("state", "=", "running")
        same = self.search(running).filtered(lambda export: export.asked == asked)[:1]
        if same:
            return same
        wizard = wizard.with_context(lang=self.env.user.lang)  # read in “My directories”
        values = {
            "name": wizard._get_title(),
            "size": wizard.summary,
            "choices": wizard._describe_filters(),
            "asked": asked,
            "user_id": self.env.uid,
            "company_id": self.env.company.id,
        }
        export = self.sudo().create(values)
        export._call_job()
        return export.sudo(False)

    def action_again(self):
        """Draw what was cut."""
        self.ensure_one()
        self.check_access("read")
        if self.state == "failed":
            export = self.sudo()  # nobody writes how far it is
            lock_rows(export)
            export.write({"state": "running", "message": False, "page": 0})
            self._call_job()

    def action_refresh(self):
        """Look again at the progress."""

    def action_download(self):
        self.ensure_one()
        self.check_access("read")
        if self.state != "ready":
            raise UserError(self.env._("This directory is not drawn yet."))
        self._check_persons()
        url = f"/web/content/{self._name}/{self.id}/content/{self.file_name}?download=true"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    @api.autovacuum
    def _gc_old(self):
        old = self.search(get_expired_domain(self))
        for export in old:
            export._get_task().forget()
        old.unlink()
