"""Reports made for one test, and their PDF."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.commune_relations.engine.pdf import pdf as engine

from ..common import CommuneCase
from .pdf_reading import Pdf

ADDON_ARCH = """
<t t-name="commune_relations.{key}">
    <t t-call="commune_relations.document_layout">
        <t t-set="title" t-value="'Essai'" />
        {body}
    </t>
</t>
"""
STANDARD = """
<t t-name="commune_relations.{key}">
    <t t-call="web.html_container">
        <t t-foreach="docs" t-as="doc">
            <t t-call="web.external_layout">
                <div class="page">{body}</div>
            </t>
        </t>
    </t>
</t>
"""


@tagged("post_install", "-at_install")
class DocumentCase(CommuneCase):
    drawn = {}
    render = staticmethod(engine.render)

    @classmethod
    def _render_once(cls, html, fetcher, base_url):
        """The tests of a class that print the same page read the same PDF."""
        key = cls, html, fetcher.env.user
        if key not in cls.drawn:
            cls.drawn[key] = cls.render(html, fetcher, base_url)
        return cls.drawn[key]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # French alone is active where the addon was set up; the tests read English too.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env = cls.env(context=dict(cls.env.context, force_report_rendering=True, lang="en_US"))
        cls.communes = (cls.commune_a | cls.commune_b).with_env(cls.env)

    @classmethod
    def _make_report(cls, key, body, arch=ADDON_ARCH, **values):
        """A report on res.partner, with its template."""
        cls.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": key,
                "key": f"commune_relations.{key}",
                "arch": arch.format(key=key, body=body),
            }
        )
        return cls.env["ir.actions.report"].create(
            {
                "name": key,
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": f"commune_relations.{key}",
                "is_organisation_document": arch == ADDON_ARCH,
                **values,
            }
        )

    @classmethod
    def _render(cls, report, records, user=None, **context):
        """The PDF of a report, as a user would get it."""
        env = cls.env(user=user or cls.env.user, context=dict(cls.env.context, **context))
        with patch.object(engine, "render", cls._render_once):
            content, kind = env["ir.actions.report"]._render_qweb_pdf(report, records.ids)
        assert kind == "pdf"
        return Pdf(content)
