"""Style sheets of documents, read once for each thread."""

import unittest
from io import BytesIO
from unittest.mock import patch

from pypdf import PdfReader
from weasyprint import CSS
from weasyprint.urls import URLFetcher, URLFetcherResponse

from engine.pdf import pdf

HTML = (
    '<html lang="fr"><head><title>T</title><link rel="stylesheet" href="/s.css"/></head>'
    "<body>{}</body></html>"
)


class Served(URLFetcher):
    """One style sheet, or none."""

    def __init__(self, css):
        super().__init__()
        self.css = css

    def fetch(self, url, headers=None):
        if self.css is None:
            raise ValueError(url)
        return URLFetcherResponse(url, self.css, {"Content-Type": "text/css"})


class TestSheets(unittest.TestCase):
    def setUp(self):
        pdf._sheets.known.clear()
        pdf._page_class()  # reads a sheet of its own, once

    def _count_pages(self, css, body="<p>Un</p><p>Deux</p>"):
        html = HTML.format(body)
        made = pdf.render(html, Served(css), "http://odoo.example/")
        return len(PdfReader(BytesIO(made)).pages)

    def test_a_sheet_is_read_once_and_documents_differ(self):
        css = b"p { break-after: page }"
        with patch.object(pdf._weasyprint(), "CSS", wraps=CSS) as read:
            self.assertEqual(self._count_pages(css), 2)
            self.assertEqual(self._count_pages(css, "<p>Un</p><p>Deux</p><p>Trois</p>"), 3)
        self.assertEqual(read.call_count, 1)

    def test_a_sheet_that_changed_is_read_again(self):
        self.assertEqual(self._count_pages(b"p { break-after: page }"), 2)
        self.assertEqual(self._count_pages(b"p { color: black }"), 1)

    def test_a_sheet_that_was_read_is_still_refused_to_others(self):
        css = b"p { break-after: page }"
        self.assertEqual(self._count_pages(css), 2)
        with self.assertLogs("weasyprint", "ERROR"):
            self.assertEqual(self._count_pages(None), 1)
