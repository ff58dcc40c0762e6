"""The drawing of a directory, in a process of its own, and what is told of it."""

import base64
import logging

from markupsafe import Markup

from odoo import api, models

from ....engine.background_task import NO_ROOM
from ....engine.pdf.worker import Drawing
from ...core.letter import LAYOUT
from ..reference_epci.local_time import at_house_time

_logger = logging.getLogger(__name__)
JOB = "commune_relations.ir_cron_draw_directories"
REPORT = "commune_relations.directory_document"
PAGE_SIZE = 12_000  # signs of HTML of a page, about: a directory of 46 communes has 64


class CommuneDirectoryPaper(models.Model):
    _name = "commune.directory.paper"
    _inherit = ["commune.directory.paper", "commune.apart"]

    _apart_job = JOB
    _apart_task = Drawing
    _apart_folder = "commune_papers"

    @api.model
    @at_house_time
    def _cron_draw(self):
        """One directory at a time; one that fails says why and lets the next one run."""
        self.search([("state", "=", "running")], order="id")._work_each_apart()

    def _call_job(self):
        self.env.ref(JOB).sudo()._trigger()

    def _as_asker(self):
        """This record as whoever asked for it: what is not open to them is not drawn."""
        paper = self.with_user(self.user_id).with_company(self.company_id)
        return paper.with_context(
            lang=self.user_id.lang, tz=self.user_id.tz, allowed_company_ids=self.company_id.ids
        )

    def _work_apart(self, end):
        if not self.user_id.active:
            self._fail(self._say_cut())
            return True
        return super()._work_apart(end)

    def _start_task(self, task):
        paper = self._as_asker()
        wizard = paper.env["commune.directory.print"].create(self.asked)
        reports = paper.env["ir.actions.report"]
        html, base_url, resources = reports._prepare_apart(REPORT, wizard.ids)
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

    def _get_told(self, progress):
        return {"page": progress}

    def _write_found(self, found):
        self.write({"state": "ready", "drawn": base64.b64encode(found)})
        env = self._as_asker().env
        title = env._("Your directory is ready")
        self._tell(title, env._("Open it to download it:"))
        if self.user_id.active:
            where = env._("%s: in “My directories”.", self.name)
            shown = {"type": "success", "title": title, "message": where, "sticky": True}
            self.user_id._bus_send("simple_notification", shown)

    def _fail(self, message):
        self._get_task().forget()
        self.write({"state": "failed", "message": message})
        env = self._as_asker().env
        self._tell(env._("Your directory could not be drawn"), message)

    def _end(self, task, found):
        """What a library says is for the log; the person reads what to do."""
        if isinstance(found, str):
            _logger.error("Directory %s: %s", self.id, found)
            return self._fail(self._say_refused(found))
        return super()._end(task, found)

    def _say_refused(self, error):
        if error == NO_ROOM:
            return self._describe_error(error)
        if error == "MemoryError":
            return self._as_asker().env._(
                "The server has not enough memory for so long a directory: ask for it sector by"
                " sector."
            )
        return self._say_cut()

    def _say_cut(self):
        return self._as_asker().env._("The drawing was cut before its end: start it again.")

    def _tell(self, subject, sentence):
        """A letter to whoever asked, with the way to the document, never the document itself;
        to an account that was archived, nothing."""
        if not self.user_id.active:
            return
        paper, house = self._as_asker(), self.company_id
        body = Markup(
            '<p>%s</p><p>%s</p><p><a href="%s/mail/view?model=%s&amp;res_id=%s">%s – %s</a></p>'
        )
        address = self.get_base_url(), self._name, self.id
        paper.env["mail.thread"].sudo().message_notify(
            partner_ids=self.user_id.partner_id.ids,
            subject=subject,
            body=body % (paper.env._("Hello,"), sentence, *address, self.name, self.size),
            author_id=house.partner_id.id,
            email_from=house._get_house_sender(),
            email_layout_xmlid=LAYOUT,
            force_email_company=house,
        )
