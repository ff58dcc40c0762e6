"""A browser on the portal, and files of every kind."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from odoo import http
from odoo.tests import HttpCase

from .request_case import RequestCase

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00"
    b"\x00\x00IEND\xaeB`\x82"
)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


def zipped(files, compression=ZIP_STORED):
    stream = BytesIO()
    with ZipFile(stream, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
DOCX = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"})


class PortalRequestCase(RequestCase, HttpCase):
    """`_login`, `_get`, `_post`, `_file` (the form), on top of the people of RequestCase."""

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _get(self, path, **kwargs):
        return self.url_open(path, **kwargs)

    def _post(self, path, files=None, allow_redirects=True, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(path, data=data, files=files, allow_redirects=allow_redirects)

    def _file(self, commune=None, files=None, **values):
        """Send the form of a request in the name of commune A."""
        return self._post(
            "/my/requests/new",
            files=files,
            **{
                "question": "Il y a un nid de poule rue de la Gare. Qui le répare ?",
                "commune_id": (commune or self.commune_a).id,
                "topic_id": self.road_topic.id,
                "form_key": "0123456789abcdef0123456789abcdef",
                **values,
            },
        )

    def _latest(self):
        return self.env["helpdesk.ticket"].search([], order="id desc", limit=1)

    def _count(self):
        return self.env["helpdesk.ticket"].search_count([])

    def _answer(self, ticket, text="<p>Le trou est rebouché.</p>"):
        """The answer, as staff sends it."""
        ticket.answer_html = text
        ticket.env["commune.request.answer"]._send_answer(ticket)
