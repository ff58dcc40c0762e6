"""Limits of the files that communes send: number, size, real type.

The content decides the type: a file name proves nothing, and a browser could run SVG or HTML as a
page, so both are refused. The form shows the limits before a file is chosen.
"""

import base64
import logging
import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from PIL import Image

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...engine.opendata.archives import MEMBERS, METHODS, count_members
from ..core.inside import INSIDE, is_inside

_logger = logging.getLogger(__name__)
MEGABYTE = 1024 * 1024
MAX_FILES = 10
MAX_FILE_SIZE = 10 * MEGABYTE
MAX_TOTAL_SIZE = 25 * MEGABYTE
MAX_NAME = 120
# Of a picture, whatever it weighs: a few hundred kilobytes may unpack to gigabytes. No telephone
# takes larger photos by itself; above the second figure a picture is not made smaller by Odoo.
MAX_PIXELS = 64_000_000
MOST_UNPACKED = 25_000_000
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# ending of the name -> type under which the file is given back
MIMETYPES = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "pdf": "application/pdf",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "doc": "application/msword",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
IMAGES = ("jpg", "png", "webp", "heic")
_READ = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
OF_A_FORM = "commune_files"  # in the context
MANAGED = ("commune.", "helpdesk.ticket")
# Types of images too: without them a phone does not offer its camera.
ACCEPT = ",".join([*(f".{ending}" for ending in MIMETYPES), *(MIMETYPES[i] for i in IMAGES)])
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_PAGE = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml|body|head|iframe)\b", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*]")


def clean_name(name):
    """The name of a file without its folders nor what could disguise its ending."""
    name = _UNSAFE.sub("", re.split(r"[\\/]", name or "")[-1]).strip(" .")
    root, dot, ending = name.rpartition(".")
    return f"{root[: MAX_NAME - len(ending) - 1]}{dot}{ending}" if dot else name[:MAX_NAME]


def ending_of(name):
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_what_it_says(ending, content):
    """Whether the content is that of a file with this ending."""
    if ending in ("csv", "txt"):
        return not _CONTROL.search(content) and not _PAGE.search(content[:1024])
    if ending in ("odt", "ods", "docx", "xlsx"):
        return _is_document(ending, content)
    if ending in ("doc", "xls"):
        return content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    if ending == "pdf":
        return content[:5] == b"%PDF-"
    return ending in ("jpeg", *IMAGES) and bool(image_type(content))


def image_type(content):
    """What an image is, whatever its name: messaging applications rename photos as they like."""
    if content[:3] == b"\xff\xd8\xff":
        return "jpg"
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "heic"
    return ""


def count_pixels(content):
    """Pixels of a picture, read from its header without unpacking it; 0 when unreadable."""
    try:
        width, height = Image.open(BytesIO(content), formats=_READ).size
    except Image.DecompressionBombError:
        return MAX_PIXELS + 1
    except Exception:  # what a hostile file does to its reader has no end
        return 0
    return width * height


def _is_document(ending, content):
    """A zipped office document of this kind, without macros."""
    if count_members(BytesIO(content)) > MEMBERS:
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if ending in ("odt", "ods"):
                return _get_kind(archive) == MIMETYPES[ending].encode()
    except (BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError, OSError):
        return False
    folder = "word/" if ending == "docx" else "xl/"
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return (
        "[Content_Types].xml" in names
        and not macros
        and any(name.startswith(folder) for name in names)
    )


def _get_kind(archive):
    """Type that an OpenDocument declares, from its first bytes alone.

    The size declared by an archive may be false, and other compression methods unpack everything at
    once.
    """
    info = archive.getinfo("mimetype")
    if info.compress_type not in METHODS:
        return b""
    with archive.open(info) as stream:
        return stream.read(200)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_not_proof(self):
        self._check_not_of_commune()
        return super()._check_not_proof()

    def _check_not_of_commune(self):
        """:raise AccessError: a commune gave one of these files with its request"""
        if self.env.su or "helpdesk.ticket" not in self.mapped("res_model"):
            return
        given = Domain("commune_file_ids", "in", self.ids)
        tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False).search(given)
        if tickets.filtered("is_title_fixed"):
            raise AccessError(
                self.env._(
                    "A file that a commune gave with its request is neither changed nor deleted."
                )
            )

    @api.model
    def _get_commune_file_limits(self):
        """File limits that a form displays and checks before upload."""
        photos = [ending for ending in MIMETYPES if MIMETYPES[ending].startswith("image/")]
        documents = [ending for ending in MIMETYPES if ending not in (*photos, "pdf", "txt")]
        sentence = self.env._(
            "%(count)s files at most, %(each)s MB each, %(total)s MB in all: photos (%(photos)s),"
            " PDF, documents and sheets (%(documents)s), text.",
            count=MAX_FILES,
            each=MAX_FILE_SIZE // MEGABYTE,
            total=MAX_TOTAL_SIZE // MEGABYTE,
            photos=", ".join(IMAGES),
            documents=", ".join(documents),
        )
        return {
            "accept": ACCEPT,
            "max_files": MAX_FILES,
            "max_file_size": MAX_FILE_SIZE,
            "max_total_size": MAX_TOTAL_SIZE,
            "sentence": sentence,
        }

    @api.model
    def _get_commune_file_problems(self, files):
        """Why files sent by a commune cannot be kept, in sentences that name them.

        :param files: list of (name, bytes)
        :return: list of sentences, empty when all is well
        """
        if len(files) > MAX_FILES:
            return [self.env._("You chose too many files: %s at most for one sending.", MAX_FILES)]
        if sum(len(content) for _name, content in files) > MAX_TOTAL_SIZE:
            # The upload stopped here: the last file is truncated, so its type cannot be checked.
            return [
                self.env._(
                    "Your files weigh too much together: %s MB at most for one sending.",
                    MAX_TOTAL_SIZE // MEGABYTE,
                )
            ]
        return [problem for file in files if (problem := self._get_file_problem(*file))]

    @api.model
    def _get_file_problem(self, name, content):
        shown = clean_name(name) or self.env._("unnamed")
        ending = ending_of(shown)
        if not content:
            return self.env._("The file “%s” is empty.", shown)
        if len(content) > MAX_FILE_SIZE:
            return self.env._(
                "The file “%(name)s” weighs %(size)s MB: %(limit)s MB at most for each file.",
                name=shown,
                size=_megabytes(len(content)),
                limit=MAX_FILE_SIZE // MEGABYTE,
            )
        if ending not in MIMETYPES:
            return self.env._(
                "The file “%(name)s” is of a type that we do not take. Types taken: %(types)s.",
                name=shown,
                types=", ".join(MIMETYPES),
            )
        if not is_what_it_says(ending, content):
            return self.env._(
                "The file “%(name)s” is damaged, holds macros, or is not a real %(ending)s file:"
                " save it again, or send it as a PDF.",
                name=shown,
                ending=ending.upper(),
            )
        if image_type(content) and count_pixels(content) > MAX_PIXELS:
            return self.env._(
                "The photo “%(name)s” is too large: %(limit)s million pixels at most.",
                name=shown,
                limit=MAX_PIXELS // 1_000_000,
            )
        return False

    @api.model
    def _create_commune_files(self, record, files):
        """Keep checked files of a commune on a record, as superuser.

        :param record: a record, or an empty one of the model of messages being written
        :param files: list of (name, bytes) that `_get_commune_file_problems` has nothing against
        """
        self = self.sudo()
        kept = self.with_context(**{OF_A_FORM: INSIDE})
        files = kept.create(
            [
                {
                    "name": clean_name(name),
                    "raw": content,
                    "mimetype": MIMETYPES[image_type(content) or ending_of(clean_name(name))],
                    "res_model": record._name,
                    "res_id": record.id or 0,
                }
                for name, content in files
            ]
        )
        return files.with_env(self.env)

    def _postprocess_contents(self, values):
        """Odoo makes pictures smaller. One that a commune sends, by a form or by mail, stays as it
        came where that would fill the memory of the server, or where its data cannot be read."""
        managed = is_inside(self.env, OF_A_FORM) or (values.get("res_model") or "").startswith(
            MANAGED
        )
        if not managed or not self._compute_mimetype(values).startswith("image/"):
            return super()._postprocess_contents(values)
        content = values.get("raw") or base64.b64decode(values.get("datas") or b"")
        if isinstance(content, bytes) and count_pixels(content) > MOST_UNPACKED:
            return values
        try:
            return super()._postprocess_contents(values)
        except Exception as error:  # the reader of pictures stumbles over a hostile one
            _logger.info("A picture is kept as it came: %s", error)
            return values


def _megabytes(size):
    return f"{size / MEGABYTE:.1f}".replace(".", ",")
