"""What the tests draw once: never a document whose text, style or pictures have changed."""

import io

from weasyprint.urls import URLFetcher, URLFetcherResponse

from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from odoo.addons.commune_relations.engine.pdf import pdf as engine

from ..common import CommuneCase

BASE = "http://localhost"
PAGE = """<html lang="fr"><head><title>Essai</title><link rel="stylesheet" href="/own.css"></head>
<body><p>%s</p></body></html>"""


class OneSheet(URLFetcher):
    """Serves one style sheet, whatever is asked for."""

    def __init__(self, css):
        super().__init__()
        self.css = css

    def fetch(self, url, headers=None):
        return URLFetcherResponse(url, self.css.encode(), {"Content-Type": "text/css"})


@tagged("post_install", "-at_install")
class TestDrawingCache(CommuneCase):
    def _draw(self, text="Bonjour", size="A4"):
        return engine.render(PAGE % text, OneSheet(f"@page {{ size: {size} }}"), BASE)

    def _get_width(self, drawn):
        return round(float(PdfReader(io.BytesIO(drawn)).pages[0].mediabox.width))

    def test_the_same_content_is_drawn_once(self):
        self.assertIs(self._draw(), self._draw())

    def test_another_text_or_style_sheet_is_another_document(self):
        self.assertIsNot(self._draw(), self._draw(text="Bonsoir"))
        # 210 and 148 mm in points
        self.assertEqual(
            [self._get_width(self._draw(size=size)) for size in ("A4", "A5")], [595, 420]
        )
