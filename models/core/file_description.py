"""Description of a file for its readers: number of pages and size."""

import io
import logging

from odoo import models, tools
from odoo.tools.pdf import PdfReader

from .attach import PDF

_logger = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024
# Counting the pages reads the whole file: above this size, only the size is given.
MOST_COUNTED = 10 * MEGABYTE


def human_size(size):
    """`340 ko`, `1,2 Mo`."""
    nbsp = "\N{NO-BREAK SPACE}"
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f}".replace(".", ",") + f"{nbsp}Mo"
    return f"{max(1, round((size or 0) / 1024))}{nbsp}ko"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _describe_size(self):
        """`12 pages, 340 ko`; the size alone when the pages are not known."""
        self.ensure_one()
        size, pages = human_size(self.file_size), 0
        if self.mimetype == PDF and self.file_size <= MOST_COUNTED:
            pages = self._count_pages(self.checksum)
        if not pages:
            return size
        if pages == 1:
            return self.env._("1 page, %s", size)
        return self.env._("%(count)s pages, %(size)s", count=pages, size=size)

    @tools.ormcache("checksum")
    def _count_pages(self, checksum):
        """Number of pages of a PDF, 0 for an unreadable one.

        Read as superuser: the number is the same for every reader of the file.

        :param checksum: of its content: the same file is read once
        """
        try:
            return len(PdfReader(io.BytesIO(self.sudo().raw or b""), strict=False).pages)
        except Exception as error:  # a damaged file of a third party is listed all the same
            _logger.info("The pages of document %s are not known: %s", self.id, error)
            return 0
