"""What the tests look at in a PDF: its pages, their texts, its language and its tags."""

import io
import re

from odoo.tools.pdf import PdfReader

POINTS_PER_MM = 72 / 25.4


class Pdf:
    """A PDF read back. texts: one string per page, spaces brought down to one."""

    def __init__(self, content):
        self.reader = PdfReader(io.BytesIO(content), strict=False)
        self.pages = list(self.reader.pages)
        self.texts = [self._text(page) for page in self.pages]
        self.text = "\n".join(self.texts)
        self.root = self.reader.trailer["/Root"].get_object()
        self.content = content

    @staticmethod
    def _text(page):
        return re.sub(r"\s+", " ", page.extract_text().replace("\N{NO-BREAK SPACE}", " "))

    def __len__(self):
        return len(self.pages)

    @property
    def language(self):
        return str(self.root.get("/Lang", ""))

    @property
    def is_tagged(self):
        return "/StructTreeRoot" in self.root and bool(
            self.root.get("/MarkInfo", {}).get("/Marked")
        )

    def page_of(self, text, start=0):
        """Number of the first page that holds a text, from 1, looking from index `start`."""
        for index in range(start, len(self.texts)):
            if text in self.texts[index]:
                return index + 1
        return 0

    def words_at(self, index):
        """Pieces of text of a page with their places: (text, x, y) in mm from the top left."""
        height = float(self.pages[index].mediabox[3])
        found = []

        def visit(text, ctm, matrix, _font, _size):
            if text.strip():
                x = matrix[4] * ctm[0] + matrix[5] * ctm[2] + ctm[4]
                y = matrix[4] * ctm[1] + matrix[5] * ctm[3] + ctm[5]
                found.append((text.strip(), x / POINTS_PER_MM, (height - y) / POINTS_PER_MM))

        self.pages[index].extract_text(visitor_text=visit)
        return found
