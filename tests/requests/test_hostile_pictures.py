"""Pictures of a few bytes that would fill the memory of the server, or that no reader reads."""

import io
import struct
import zlib

from odoo import http
from odoo.tests import tagged

from .mail_case import MailCase
from .portal_request_case import PortalRequestCase

BROKEN = b"garbage"  # where the orientation of a photo is written


def chunk(name, data):
    content = name + data
    return struct.pack(">I", len(data)) + content + struct.pack(">I", zlib.crc32(content))


def picture(width, height, exif=b""):
    """A PNG that declares these sizes, whatever its content."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    more = chunk(b"eXIf", exif) if exif else b""
    data = chunk(b"IDAT", zlib.compress(b"\0" * 20_000))
    return b"\x89PNG\r\n\x1a\n" + head + more + data + chunk(b"IEND", b"")


@tagged("post_install", "-at_install")
class TestPicturesOfForms(PortalRequestCase):
    def test_more_than_a_telephone_takes_is_refused(self):
        self._login(self.portal_a)
        self._get("/my/requests/new")
        before = self._count()
        for side in (8_001, 13_000, 60_000):  # above 64 million pixels
            content = picture(side, side)
            with self.subTest(side=side):
                answer = self.url_open(
                    "/my/uploads",
                    data={"csrf_token": http.Request.csrf_token(self), "token": f"{side:032x}"},
                    files={"file": ("toit.png", io.BytesIO(content))},
                )
                self.assertEqual(answer.status_code, 422)
                self.assertIn("64 millions", answer.json()["problem"])
                page = self._file(files={"files": ("toit.png", io.BytesIO(content))})
                self.assertIn("64 millions", page.text)
        self.assertEqual(self._count(), before)

    def test_what_is_large_or_unreadable_is_kept_as_it_came(self):
        self._login(self.portal_a)
        for name, content in [
            ("grand.png", picture(8_000, 8_000)),
            ("abime.png", picture(10, 10, BROKEN)),
        ]:
            self._file(files={"files": (name, io.BytesIO(content))}, question=f"Voir {name}")
            file = self._latest().commune_file_ids
            self.assertEqual((file.name, file.raw), (name, content))

    def test_a_photo_is_still_made_smaller(self):
        self._login(self.portal_a)
        content = picture(4_000, 5)
        self._file(files={"files": ("long.png", io.BytesIO(content))})
        width, _height = struct.unpack(">II", self._latest().commune_file_ids.raw[16:24])
        self.assertEqual(width, 1_920)


@tagged("post_install", "-at_install")
class TestPicturesOfMails(MailCase):
    def test_a_mail_is_never_lost_for_its_picture(self):
        for name, content in [
            ("immense.png", picture(60_000, 60_000)),
            ("abime.png", picture(10, 10, BROKEN)),
        ]:
            message = self._mail(self.portal_a.email, f"Voir {name}")
            message.add_attachment(content, maintype="image", subtype="png", filename=name)
            file = self._receive(message).message_ids.attachment_ids
            self.assertEqual((file.name, file.raw), (name, content))
