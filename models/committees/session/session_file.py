"""The complete file of a session: cover, agenda and every document, pages numbered, one PDF."""

import hashlib
import io
import logging

from PIL import Image

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools.pdf import PdfReader, PdfWriter

from ...core.inside import Inside

_logger = logging.getLogger(__name__)
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")
A4 = (595, 842)
MARGIN = 40
LARGEST_IMAGE = 40_000_000  # pixels


class CommuneSession(models.Model):
    _inherit = "commune.session"

    def action_print_file(self):
        """Make the complete file and hand it over."""
        self.ensure_one()
        self.check_access("read")
        if self.env.user.share:  # the members have it on the page of the session
            raise AccessError(self.env._("The complete file is on the page of the session."))
        session = self.sudo()  # the file is made once, for every reader
        attachment = session.env["commune.session.file"]._get_file_attachment(session)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "new",
        }

    def _get_file_documents(self):
        """(item or empty, attachment) in the order of the file, each document once."""
        self.ensure_one()
        session, seen, found = self.sudo(), set(), []
        parts = [(session.item_ids.browse(), session.document_ids)]
        parts += [(item, item.document_ids) for item in session._get_agenda()]
        for item, documents in parts:
            for document in documents:
                if document.id not in seen:
                    seen.add(document.id)
                    found.append((item, document))
        return found


class CommuneSessionFile(models.AbstractModel):
    _name = "commune.session.file"
    _description = "File of a session: its documents bound in one"

    def _get_file_attachment(self, record):
        """Session file, as superuser, rendered again only when its content has changed.

        Cost: a notice to a hundred members is opened a hundred times on the same day."""
        record.ensure_one()
        session = record._with_organisation_lang()
        maker = session.env["commune.session.file"]
        key = f"session_file:{maker._get_file_key(session)}"
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("description", "=like", "session_file%"),
            ],
            order="id",
        )
        same = files.filtered(lambda file: file.description == key)
        if same:
            return same[0]
        values = {
            "name": f"{session.env._('Complete file')}.pdf",
            "raw": maker._make_file(session),
            "description": key,
        }
        if files:
            files[0].write(values)
            return files[0]
        return files.create(
            {
                **values,
                "mimetype": "application/pdf",
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    def _get_file_key(self, session):
        """Fingerprint of the content of the file: its cover page, as text, and each document."""
        entries = [
            {"item": item, "document": document, "reader": None, "page": 0}
            for item, document in session._get_file_documents()
        ]
        reports = self.env["ir.actions.report"].with_context(session_file=Inside(entries))
        front, _kind = reports._render_qweb_html(
            "commune_relations.session_file_report", session.ids
        )
        digest = hashlib.sha256(front)
        for entry in entries:
            digest.update((entry["document"].checksum or "").encode())
        return digest.hexdigest()

    def _make_file(self, record):
        """The PDF, as bytes: front, then the documents from the page that the front gives."""
        record.ensure_one()
        session = record._with_organisation_lang()
        entries = [
            {"item": item, "document": document, "reader": self._read_document(document)}
            for item, document in session._get_file_documents()
        ]
        maker = session.env["commune.session.file"]
        front = maker._render_cover(session, entries, 1)
        pages = len(PdfReader(io.BytesIO(front)).pages)
        if any(entry["reader"] for entry in entries):
            front = maker._render_cover(session, entries, pages)
        return maker._bind(session, front, entries)

    def _render_cover(self, session, entries, front_pages):
        """Cover and agenda, with the first page of each document."""
        page = front_pages + 1
        for entry in entries:
            entry["page"] = page if entry["reader"] else 0
            page += len(entry["reader"].pages) if entry["reader"] else 0
        reports = self.env["ir.actions.report"].with_context(
            lang=self.env.lang, session_file=Inside(entries), session_pages=Inside(page - 1)
        )
        content, _kind = reports._render_qweb_pdf(
            "commune_relations.session_file_report", session.ids
        )
        return content

    def _bind(self, session, front, entries):
        """Put the parts together; each page gets its number in the file."""
        writer = PdfWriter()
        readers = [PdfReader(io.BytesIO(front)), *(e["reader"] for e in entries if e["reader"])]
        total = sum(len(reader.pages) for reader in readers)
        number = 0
        for page in (page for reader in readers for page in reader.pages):
            number += 1
            try:
                self._stamp(page, number, total)
            except Exception as error:  # a page that cannot be written on is kept as it is
                _logger.info("Page %s of the file has no number: %s", number, error)
            writer.add_page(page)
        for entry in entries:
            if entry["page"]:
                writer.add_outline_item(entry["document"].name, entry["page"] - 1)
        writer.add_metadata({"/Title": session.display_name})
        stream = io.BytesIO()
        writer.write(stream)
        return stream.getvalue()

    def _stamp(self, page, number, total):
        """Write `7 / 23` at the foot of a page, whatever its size and rotation."""
        from reportlab.pdfgen import canvas

        page.transfer_rotation_to_content()
        box = page.mediabox
        left, bottom, width = float(box.left), float(box.bottom), float(box.width)
        packet = io.BytesIO()
        drawing = canvas.Canvas(packet, pagesize=(width, float(box.height)))
        text = self.env._("File, page %(number)s of %(total)s", number=number, total=total)
        size = drawing.stringWidth(text, "Helvetica", 8) + 10
        drawing.translate(left, bottom)
        drawing.setFillColorRGB(1, 1, 1)
        drawing.rect(width - size - 24, 10, size, 14, fill=1, stroke=0)
        drawing.setFillColorRGB(0.2, 0.2, 0.2)
        drawing.setFont("Helvetica", 8)
        drawing.drawRightString(width - 29, 14, text)
        drawing.save()
        page.merge_page(PdfReader(io.BytesIO(packet.getvalue())).pages[0])

    def _read_document(self, document):
        """A reader of the document; None for what has no pages: it is listed instead."""
        content = document.raw or b""
        try:
            if document.mimetype == "application/pdf" or content.startswith(b"%PDF"):
                reader = PdfReader(io.BytesIO(content), strict=False)
                # Read now: what is damaged further on is left out here, not half-way through.
                sizes = not reader.is_encrypted and [page.mediabox.width for page in reader.pages]
                return reader if sizes else None
            if document.mimetype in IMAGES:
                return PdfReader(io.BytesIO(self._image_to_pdf(content)))
        except Exception as error:  # a damaged file of a third party must not stop the others
            _logger.info("Document %s is left out of the file: %s", document.id, error)
        return None

    def _image_to_pdf(self, content):
        """An image on one page A4."""
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > LARGEST_IMAGE:
                raise ValueError("too large")
            picture = image.convert("RGB")
        wide = picture.width > picture.height
        page = (A4[1], A4[0]) if wide else A4
        scale = 2  # 144 dots per inch
        frame = [(side - 2 * MARGIN) * scale for side in page]
        picture.thumbnail(frame)
        sheet = Image.new("RGB", [side * scale for side in page], "white")
        sheet.paste(
            picture,
            [(side - part) // 2 for side, part in zip(sheet.size, picture.size, strict=True)],
        )
        stream = io.BytesIO()
        sheet.save(stream, "PDF", resolution=72 * scale)
        return stream.getvalue()
