"""What a document may show: nothing of the network, nothing of the server's files."""

import base64
import socket
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from ...models.core.document.fetcher import Refused, ResourceFetcher
from .document_case import DocumentCase

BASE = "http://odoo.test"
PIXEL = base64.b64encode(
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xfc\xff\x9f\xa1\x1e\x00\x07\x82\x02\x7f=\xc8H"
    b"\xef\x00\x00\x00\x00IEND\xaeB`\x82"
).decode()
HOSTILE = """
    <p>Avant</p>
    <img src="file:///etc/passwd" alt="a" />
    <img src="/web/static/../../../../../../etc/passwd" alt="b" />
    <img src="/web/static/%2e%2e/%2e%2e/etc/passwd" alt="c" />
    <img src="http://127.0.0.1:1/image.png" alt="d" />
    <img src="//127.0.0.1:1/image.png" alt="e" />
    <img src="ftp://127.0.0.1:1/image.png" alt="f" />
    <img src="/web/image/res.partner/99999999999999999999/image_128" alt="g" />
    <link rel="stylesheet" href="http://127.0.0.1:1/style.css" />
    <link rel="stylesheet" href="file:///etc/passwd" />
    <link rel="attachment" href="file:///etc/passwd" />
    <a rel="attachment" href="file:///etc/passwd">Annexe</a>
    <object data="file:///etc/passwd" />
    <style>@import url(file:///etc/passwd); p { background: url(http://127.0.0.1:1/fond.png) }
    @font-face { font-family: X; src: url(file:///etc/passwd) } b { font-family: X }</style>
    <svg width="10" height="10"><image href="file:///etc/passwd" width="9" height="9" />
    <use href="file:///etc/passwd#x" /></svg>
    <b>Après</b>
"""


@tagged("post_install", "-at_install")
class TestPdfResources(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fetcher = cls._fetcher(cls.reader)

    @classmethod
    def _fetcher(cls, user):
        return ResourceFetcher(cls.env(user=user), BASE)

    def _fetch(self, path, user=None):
        fetcher = self._fetcher(user) if user else self.fetcher
        response = fetcher.fetch(f"{BASE}{path}")
        return response.content_type, response.read()

    def assertRefused(self, url, user=None):
        with self.assertRaises(Refused, msg=url):
            (self._fetcher(user) if user else self.fetcher).fetch(url)

    @mute_logger("weasyprint")
    def test_hostile_addresses_leak_nothing_and_leave_a_blank(self):
        report = self._make_report("hostile", HOSTILE)
        attempts = []

        def connect(_socket, address):
            attempts.append(address)
            raise OSError("no network in documents")

        with patch.object(socket.socket, "connect", connect):
            pdf = self._render(report, self.commune_a)
        self.assertEqual(attempts, [])
        self.assertIn("Avant", pdf.text)
        self.assertIn("Après", pdf.text)
        self.assertNotIn("root:", pdf.text)
        self.assertNotIn("/EmbeddedFiles", pdf.root.get("/Names", {}))
        self.assertFalse([page for page in pdf.pages if list(page.images)])
        self.assertEqual(self._files(pdf), [])

    @staticmethod
    def _files(pdf):
        """Objects of the PDF that hold an embedded file or the text of the password file."""
        found = []
        for number in range(1, int(pdf.reader.trailer["/Size"])):
            thing = pdf.reader.get_object(number)
            data = thing.get_data() if hasattr(thing, "get_data") else b""
            kind = thing.get("/Type") if hasattr(thing, "get") else ""
            if kind in ("/EmbeddedFile", "/Filespec") or b"root:" in data:
                found.append(thing)
        return found

    def test_other_places_are_refused(self):
        for url in (
            "file:///etc/passwd",
            "http://127.0.0.1:1/web/static/img/logo.png",
            "http://odoo.test@127.0.0.1/web/static/img/logo.png",
            "https://odoo.test/web/static/img/logo.png",
            f"{BASE}/web/static/../../../../etc/passwd",
            f"{BASE}/web/static/%2e%2e/%2e%2e/__manifest__.py",
            f"{BASE}/web/static/..%2f..%2f__manifest__.py",
            f"{BASE}/web/static/..\\..\\__manifest__.py",
            f"{BASE}/web/__manifest__.py",
            f"{BASE}/web/static/src/main.js",
            f"{BASE}/etc/static/passwd",
            f"{BASE}/web/login",
            f"{BASE}/web/database/manager",
            f"{BASE}/web/assets/1/web.assets_backend.min.js",
        ):
            with self.subTest(url=url):
                self.assertRefused(url)

    def test_public_files_of_addons_are_served(self):
        kind, content = self._fetch("/commune_relations/static/src/core/document.css")
        self.assertEqual(kind, "text/css")
        with file_open("commune_relations/static/src/core/document.css", "rb") as stream:
            self.assertEqual(content, stream.read())
        kind, _content = self._fetch(
            "/commune_relations/static/src/core/fonts/SourceSans3-Bold.ttf.woff?v=1"
        )
        self.assertEqual(kind, "font/woff")

    def test_style_sheets_of_odoo_are_served(self):
        kind, content = self._fetch("/web/assets/1234567/web.report_assets_common.min.css")
        self.assertEqual(kind, "text/css")
        self.assertGreater(len(content), 10000)

    def test_data_addresses_are_read_in_place(self):
        response = self.fetcher.fetch(f"data:image/png;base64,{PIXEL}")
        self.assertTrue(response.read().startswith(b"\x89PNG"))

    def test_bar_codes_are_drawn(self):
        for path in (
            "/report/barcode/QR/essai?width=100&height=100",
            "/report/barcode/?barcode_type=Code128&value=57463&width=200&height=50",
        ):
            kind, content = self._fetch(path)
            self.assertEqual(kind, "image/png")
            self.assertTrue(content.startswith(b"\x89PNG"))

    def test_pictures_follow_the_rights_of_the_user(self):
        self.commune_b.image_1920 = PIXEL
        path = f"/web/image/res.partner/{self.commune_b.id}/image_128"
        kind, content = self._fetch(path, self.reader)
        self.assertEqual(kind, "image/png")
        self.assertTrue(content)
        self._fetch(path, self.portal_b)
        self.assertRefused(BASE + path, self.portal_a)
        self.assertRefused(BASE + path, self.public)

    def test_rights_of_the_superuser_do_not_pass_to_the_document(self):
        self.commune_b.image_1920 = PIXEL
        fetcher = ResourceFetcher(self.env(user=self.portal_a, su=True), BASE)
        with self.assertRaises(Refused):
            fetcher.fetch(f"{BASE}/web/image/res.partner/{self.commune_b.id}/image_128")

    def test_only_pictures_of_a_record_are_shown(self):
        secret = self.env["ir.attachment"].create(
            {"name": "note.txt", "raw": b"secret", "mimetype": "text/plain"}
        )
        self.assertRefused(f"{BASE}/web/content/{secret.id}", self.env.user)
        self.assertRefused(f"{BASE}/web/image/res.users/{self.reader.id}/password", self.reader)

    def test_logo_of_the_company_is_seen_by_all(self):
        self.env.company.logo = PIXEL
        for path in ("/logo.png", f"/web/binary/company_logo?company={self.env.company.id}"):
            kind, content = self._fetch(path, self.portal_a)
            self.assertTrue(kind.startswith("image/"))
            self.assertTrue(content)
