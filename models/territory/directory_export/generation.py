"""Generation of a directory in a separate process, and its notification."""

import base64
import logging

from markupsafe import Markup

from odoo import api, models

from ....engine.background_task import NO_ROOM
from ....engine.pdf.worker import Drawing
from ...core.letter import LAYOUT
from ..reference_epci.local_time import at_local_time

_logger = logging.getLogger(__name__)
JOB = "commune_relations.ir_cron_render_directories"
REPORT = "commune_relations.directory_document"
PAGE_SIZE = 12_000  # signs of HTML of a page, about: a directory of 46 communes has 64


class CommuneDirectoryExport(models.Model):
    _name = "commune.directory.export"
    _inherit = ["commune.directory.export", "commune.background.task.mixin"]

    _task_job = JOB
    _task_class = Drawing
    _task_folder = "commune_papers"

    @api.model
    @at_local_time
    def _cron_generate(self):
        """One directory at a time; a failure records its reason, and the next one runs."""
        self.search([("state", "=", "running")], order="id")._run_tasks()

    def _call_job(self):
        self.env.ref(JOB)._trigger()

    def _as_asker(self):
        """This record with the rights of its requester, who gets only readable data."""
        export = self.with_user(self.user_id).with_company(self.company_id)
        return export.with_context(
            lang=self.user_id.lang, tz=self.user_id.tz, allowed_company_ids=self.company_id.ids
        )

    def _run_task(self, end):
        if not self.user_id.active:
            self._fail(self._describe_interruption())
            return True
        return super()._run_task(end)

    def _start_task(self, task):
        export = self._as_asker()
        wizard = export.env["commune.directory.print"].create(self.asked)
        reports = export.env["ir.actions.report"]
        html, base_url, resources = reports._prepare_worker_input(REPORT, wizard.ids)
        mandates = wizard._get_mandates()
        self.write(
            {
                "page_total": max(1, len(html) // PAGE_SIZE),
                "file_name": f"{wizard._get_file_name()}.pdf",
                "mandate_ids": mandates.ids,
                "person_ids": mandates.sudo().partner_id.filtered("active").ids,
            }
        )
        task.start(html, base_url, resources)

    def _prepare_progress_values(self, progress):
        return {"page": progress}

    def _write_result(self, found):
        self.write({"state": "ready", "drawn": base64.b64encode(found)})
        env = self._as_asker().env
        title = env._("Your directory is ready")
        self._notify_asker(title, env._("Open it to download it:"))
        if self.user_id.active:
            where = env._("%s: in “My directories”.", self.name)
            shown = {"type": "success", "title": title, "message": where, "sticky": True}
            self.user_id._bus_send("simple_notification", shown)

    def _fail(self, message):
        self._get_task().forget()
        self.write({"state": "failed", "message": message})
        env = self._as_asker().env
        self._notify_asker(env._("Your directory could not be drawn"), message)

    def _end(self, task, found):
        """Libraries' errors go to the log; the user reads what to do."""
        if isinstance(found, str):
            _logger.error("Directory %s: %s", self.id, found)
            return self._fail(self._describe_refusal(found))
        return super()._end(task, found)

    def _describe_refusal(self, error):
        if error == NO_ROOM:
            return self._describe_error(error)
        if error == "MemoryError":
            return self._as_asker().env._(
                "The server has not enough memory for so long a directory: ask for it sector by"
                " sector."
            )
        return self._describe_interruption()

    def _describe_interruption(self):
        return self._as_asker().env._("The drawing was cut before its end: start it again.")

    def _notify_asker(self, subject, sentence):
        """A letter to the user who asked, with the way to the document, never the document itself;
        to an account that was archived, nothing."""
        if not self.user_id.active:
            return
        export, company = self._as_asker(), self.company_id
        body = Markup(
            '<p>%s</p><p>%s</p><p><a href="%s/mail/view?model=%s&amp;res_id=%s">%s – %s</a></p>'
        )
        address = self.get_base_url(), self._name, self.id
        export.env["mail.thread"].sudo().message_notify(
            partner_ids=self.user_id.partner_id.ids,
            subject=subject,
            body=body % (export.env._("Hello,"), sentence, *address, self.name, self.size),
            author_id=company.partner_id.id,
            email_from=company._get_organisation_sender(),
            email_layout_xmlid=LAYOUT,
            force_email_company=company,
        )
