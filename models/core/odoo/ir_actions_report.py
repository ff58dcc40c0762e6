"""Reports as PDF: WeasyPrint renders the addon's, and Odoo's when wkhtmltopdf is absent."""

import io

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_actions_report import IrActionsReport as OdooReport

from ....engine.pdf import pdf as engine
from ....engine.text import curl_page
from ..document import wkhtmltopdf_compat
from ..document.pdf_merge import bind

# States in which the wkhtmltopdf of the server really makes a PDF.
WKHTMLTOPDF_WORKS = ("ok", "upgrade")


class Kept:
    """What documents printed together share. Two are never the same: a context compares them."""

    def __init__(self):
        self.values = {}

    def once(self, name, make):
        """:param make: function that works it out, called for the first document alone"""
        if name not in self.values:
            self.values[name] = make()
        return self.values[name]


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    is_organisation_document = fields.Boolean(
        string="Document of the organisation",
        help="Laid out by our own style sheet and drawn by WeasyPrint, one accessible PDF per"
        " record, whatever the other reports are drawn by.",
    )

    @api.model
    def get_wkhtmltopdf_state(self):
        """`ok` when WeasyPrint is used: otherwise the web client shows HTML instead of a PDF."""
        state = super().get_wkhtmltopdf_state()
        if state not in WKHTMLTOPDF_WORKS and engine.is_available():
            return "ok"
        return state

    def _is_rendered_by_weasyprint(self):
        return self.is_organisation_document or (
            super().get_wkhtmltopdf_state() not in WKHTMLTOPDF_WORKS and engine.is_available()
        )

    def _check_pdf_engine(self):
        """Raise an error that names what the server lacks, rather than print without layout."""
        if self.is_organisation_document and not engine.is_available():
            raise UserError(
                self.env._(
                    "The document “%(name)s” cannot be made: the library that draws PDF files"
                    " (WeasyPrint) is not installed on the server. Please ask the administrator"
                    " of the server to install it.",
                    name=self.name,
                )
            )

    def report_action(self, docids, data=None, config=True):
        report = self.sudo()
        report._check_pdf_engine()
        # Documents of the addon do not use Odoo's layout: do not ask the user to configure it.
        config = config and not report.is_organisation_document
        action = super().report_action(docids, data=data, config=config)
        if report.is_organisation_document:
            action["is_organisation_document"] = True
        return action

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"is_organisation_document"}

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Render as PDF, with the records of a report that comes with options.

        The web client then drops the ids: the options of the addon hold them too, as
        `document_ids`.
        """
        if not res_ids and data and data.get("document_ids"):
            res_ids = data["document_ids"]
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """One PDF per record where each record is a document of its own.

        What is already saved as an attachment, and what will be, stays the business of Odoo.
        """
        report = self._get_report(report_ref)
        if not report._is_rendered_by_weasyprint():
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        report._check_pdf_engine()
        self = self._with_document_language(report).with_context(document_kept=Kept())
        distinct = list(dict.fromkeys(res_ids or ()))
        repeated = len(distinct) != len(res_ids or ())
        # Without attachment names, a report of Odoo may be one document about many records.
        separate = report.is_organisation_document or (report.attachment and not repeated)
        if not separate or len(res_ids or ()) < 2:
            return self._prepare_document_streams(report, data, res_ids, distinct)
        streams = {}
        for res_id in distinct:
            streams |= self._prepare_document_streams(
                report, dict(data or {}), [res_id], distinct, unsaved=repeated
            )
        if not repeated:
            return streams
        merged = self._merge_pdfs([streams[res_id]["stream"] for res_id in res_ids])
        return {False: {"stream": merged, "attachment": None}}

    def _prepare_document_streams(self, report, data, res_ids, all_ids, unsaved=False):
        """Streams that Odoo prepares for these records, with the ids given explicitly.

        :param all_ids: records printed at the same time, to be read together
        :param unsaved: neither look for attachments nor make any
        """
        context = {"document_ids": list(res_ids or ()), "document_prefetch_ids": all_ids}
        if unsaved:
            context["report_pdf_no_attachment"] = True
        renderer = self.with_context(**context)
        return super(IrActionsReport, renderer)._render_qweb_pdf_prepare_streams(
            report.with_env(renderer.env).sudo(), data, res_ids=res_ids
        )

    @api.model
    def _merge_pdfs(self, streams, handle_error=OdooReport._handle_merge_pdfs_error):
        """Tagged documents stay so; the others are merged as Odoo does."""
        bound = bind(streams)
        if not bound:
            return super()._merge_pdfs(streams, handle_error=handle_error)
        merged = io.BytesIO(bound)
        streams.append(merged)  # the caller closes it, as it does Odoo's streams
        return merged

    @api.model
    def _prepare_worker_input(self, report_ref, res_ids):
        """All that a process without a database needs to draw a document, with the rights of
        the current user.

        :return: HTML, address of this Odoo, resources by their address
        """
        from ..document.fetcher import ResourceFetcher, collect

        report = self._get_report(report_ref)
        report._check_pdf_engine()
        renderer = self._with_document_language(report)
        html = curl_page(renderer._render_qweb_html(report_ref, res_ids)[0].decode())
        base_url = report._get_report_url()
        return html, base_url, collect(html, ResourceFetcher(renderer.env, base_url), base_url)

    def _with_document_language(self, report):
        """Documents of the addon use the language of the reader, else of the intercommunality."""
        if not report.is_organisation_document or self.env.lang:
            return self
        return self.with_context(lang=self.env.company.partner_id.lang)

    def _prepare_html(self, html, report_model=False):
        """Documents of the addon are whole pages: no header, footer or body to separate."""
        if not self.is_organisation_document:
            return super()._prepare_html(html, report_model=report_model)
        return [curl_page(html.decode())], self.env.context.get("document_ids", []), "", "", {}

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        report = self._get_report(report_ref) if report_ref else self.sudo()
        if not report._is_rendered_by_weasyprint():
            return super()._run_wkhtmltopdf(
                bodies,
                report_ref=report_ref,
                header=header,
                footer=footer,
                landscape=landscape,
                specific_paperformat_args=specific_paperformat_args,
                set_viewport_size=set_viewport_size,
            )
        from ..document.fetcher import ResourceFetcher

        base_url = report._get_report_url()
        fetcher = ResourceFetcher(self.env, base_url)
        if report.is_organisation_document:
            return engine.render(bodies[0], fetcher, base_url)
        css = wkhtmltopdf_compat.page_css(
            report.get_paperformat(), landscape, specific_paperformat_args or {}
        )
        language = (self.env.lang or "en").split("_")[0]
        pages = wkhtmltopdf_compat.documents(bodies, header, footer, css, language)
        return engine.render_pages(pages, fetcher, base_url)
