"""Files of the communes: what is taken, what is refused and why, who opens them."""

import tracemalloc
from zipfile import ZIP_BZIP2, ZIP_DEFLATED

from odoo.tests import TransactionCase, tagged

from odoo.addons.commune_relations.models.requests.attachment_rules import (
    MAX_FILE_SIZE,
    MIMETYPES,
    clean_name,
)

from .portal_request_case import DOCX, HTML, ODT, PDF, PNG, SVG, PortalRequestCase, zipped


class TestAttachmentRules(TransactionCase):
    def _problems(self, *files):
        return self.env["ir.attachment"]._get_commune_file_problems(list(files))

    def test_archives_made_to_explode_are_refused_without_being_unpacked(self):
        kind = MIMETYPES["odt"]
        members = {"mimetype": kind + "\0" * (40 << 20), "content.xml": ""}
        content = bytearray(zipped(members, ZIP_DEFLATED))
        place = content.index(b"PK\x01\x02")
        content[place + 24 : place + 28] = len(kind).to_bytes(4, "little")
        many = {"[Content_Types].xml": "", **{f"word/{n}.xml": "" for n in range(1500)}}
        packed = zipped({"mimetype": kind, "content.xml": ""}, ZIP_BZIP2)
        for name, exploding in [
            ("note.odt", bytes(content)),
            ("note.docx", zipped(many)),
            ("note.odt", packed),
        ]:
            tracemalloc.start()
            try:
                problems = self._problems((name, exploding))
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
            self.assertIn(name, problems[0])
            self.assertLess(peak, 5 << 20)

    def test_usual_files_are_taken(self):
        for name, content in [
            ("photo.png", PNG),
            ("PHOTO.JPG", b"\xff\xd8\xff\xe0" + b"0" * 20),
            ("renommee.jpg", PNG),
            ("photo.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
            ("photo.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"),
            ("plan.pdf", PDF),
            ("note.odt", ODT),
            ("note.docx", DOCX),
            ("ancien.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 20),
            ("liste.csv", "nom;prénom\r\n".encode()),
            ("liste.csv", "nom;prénom\r\n".encode("cp1252")),
            ("note.txt", "Un œil".encode()),
        ]:
            with self.subTest(name=name):
                self.assertEqual(self._problems((name, content)), [])

    def test_what_a_browser_could_run_is_refused_whatever_its_name(self):
        macros = zipped(
            {"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": "x"}
        )
        for name, content in [
            ("dessin.svg", SVG),
            ("dessin.png", SVG),
            ("page.html", HTML),
            ("page.pdf", HTML),
            ("page.txt", HTML),
            ("page.csv", b"  \n<SCRIPT>alert(1)</SCRIPT>"),
            ("image.png", b"\x89PNG"),
            ("note.docx", macros),
            ("note.docx", ODT),
            ("note.odt", DOCX),
            ("note.odt", b"PK\x03\x04rien"),
            ("programme.exe", b"MZ"),
            ("sans_fin", PNG),
            ("photo.png.html", PNG),
            ("photo.png\x00.exe", PNG),
            ("vide.pdf", b""),
            ("tableau.txt", b"\x00\x01\x02"),
        ]:
            with self.subTest(name=name):
                (problem,) = self._problems((name, content))
                self.assertIn(clean_name(name), problem)

    def test_limits_are_shown_with_the_name_of_the_file(self):
        heavy = PNG + b"0" * MAX_FILE_SIZE
        (problem,) = self._problems(("lourd.png", heavy))
        self.assertIn("lourd.png", problem)
        self.assertIn("10 MB", problem)
        (problem,) = self._problems(*[(f"{n}.png", PNG) for n in range(11)])
        self.assertIn("10 at most", problem)
        large = PNG + b"0" * (9 * 1024 * 1024)
        (problem,) = self._problems(*[(f"{n}.png", large) for n in range(3)])
        self.assertIn("25 MB", problem)

    def test_names_cannot_disguise_anything(self):
        for name, cleaned in [
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\Users\\x\\plan.pdf", "plan.pdf"),
            ("plan\u202efdp.exe", "planfdp.exe"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
            ("é" * 200 + ".pdf", "é" * 116 + ".pdf"),
            ("", ""),
        ]:
            self.assertEqual(clean_name(name), cleaned)


@tagged("post_install", "-at_install")
class TestPortalRequestFiles(PortalRequestCase):
    def setUp(self):
        super().setUp()
        self.ticket = self._request()
        attachments = self.env["ir.attachment"]
        self.given = attachments._create_commune_files(self.ticket, [("plan.pdf", PDF)])
        self.ticket.commune_file_ids = self.given
        self.internal = attachments.create(
            {
                "name": "interne.pdf",
                "raw": PDF,
                "res_model": "helpdesk.ticket",
                "res_id": self.ticket.id,
            }
        )
        self.note = attachments._create_commune_files(self.ticket, [("note.pdf", PDF)])
        self.ticket.message_post(
            body="Note", subtype_xmlid="mail.mt_note", attachment_ids=self.note.ids
        )
        self.sent = attachments._create_commune_files(self.ticket, [("reponse.pdf", PDF)])
        self.ticket.message_post(
            body="Réponse",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachment_ids=self.sent.ids,
        )

    def _open(self, attachment, ticket=None):
        return self._get(f"/my/requests/{(ticket or self.ticket).id}/file/{attachment.id}")

    def test_the_commune_opens_its_files_and_those_sent_to_it(self):
        self._login(self.portal_a)
        for attachment in (self.given, self.sent):
            answer = self._open(attachment)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.content, PDF)
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_files_of_staff_stay_among_staff(self):
        self._login(self.portal_a)
        page = self._get(f"/my/requests/{self.ticket.id}").text
        for attachment in (self.internal, self.note):
            self.assertEqual(self._open(attachment).status_code, 404)
            self.assertNotIn(attachment.name, page)

    def test_another_request_gives_no_access_to_a_file(self):
        other = self._request(commune=self.commune_b, requester=self.portal_b)
        for user in (self.portal_b, self.portal_ended, self.portal_a_limited):
            self._login(user)
            self.assertEqual(self._open(self.given).status_code, 404)
        self._login(self.portal_b)
        self.assertEqual(self._open(self.given, other).status_code, 404)
