"""What a document may show: images, style sheets, fonts and bar codes of this Odoo, from memory.

Everything else is refused: network, and server files outside the public folders of addons. A
template with a hostile address gets a blank and discloses nothing.
"""

import base64
import mimetypes
import re
from html import unescape
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tools.image import image_process
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.misc import file_open

from ....engine.pdf.pdf import SHEETS

PICTURE = "/web/<any(image, content):_route>/"
SIZE = "/<int:width>x<int:height>"
ROUTES = Map(
    [
        Rule("/web/assets/<string:_unique>/<string:filename>", endpoint="assets"),
        Rule("/web/binary/company_logo", endpoint="company_logo"),
        Rule("/logo", endpoint="company_logo"),
        Rule("/logo.png", endpoint="company_logo"),
        Rule("/report/barcode", endpoint="barcode"),
        Rule("/report/barcode/<string:barcode_type>/<path:value>", endpoint="barcode"),
        Rule("/<string:module>/static/<path:path>", endpoint="static"),
        *(
            Rule(f"{PICTURE}{which}{size}{name}", endpoint="binary")
            for which in (
                "<int:id>",
                "<int:id>-<string:_unique>",
                "<string:model>/<int:id>/<string:field>",
                "<string:xmlid>",
            )
            for size in ("", SIZE)
            for name in ("", "/<string:_filename>")
        ),
        Rule("/web/image", endpoint="binary"),
        Rule("/web/content", endpoint="binary"),
    ],
    strict_slashes=False,
    merge_slashes=False,
)
BARCODE_OPTIONS = {"width", "height", "humanreadable", "quiet", "mask", "barBorder", "barLevel"}
BINARY_OPTIONS = {"model", "id", "field", "xmlid", "width", "height", "access_token"}
# What a document can show; a file of another kind is refused, whatever its address.
SHOWN = ("image/", "font/", "text/css", "application/font", "application/x-font")
mimetypes.add_type("font/ttf", ".ttf")
mimetypes.add_type("font/otf", ".otf")
mimetypes.add_type("font/woff", ".woff")
mimetypes.add_type("font/woff2", ".woff2")

# Addresses in a page and in its style sheets.
PICTURES = re.compile(r'<img[^>]* src="([^"]+)"')
URLS = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


class Refused(ValueError):
    """An address that a document may not show."""


class ResourceFetcher(URLFetcher):
    """Serves the addresses of a document with the rights of the user who asks for it.

    :param env: environment of that user; superuser rights are dropped, as a browser would
    :param base_url: address of this Odoo that relative addresses start from
    """

    def __init__(self, env, base_url):
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.env = env(su=False)
        web_base_url = env["res.company"].get_base_url()
        self.origins = {urlsplit(url)[:2] for url in (base_url, web_base_url) if url}

    def fetch(self, url, headers=None):
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        parts = urlsplit(url)
        path = unquote(parts.path)
        if parts[:2] not in self.origins or "\\" in path or "\0" in path:
            raise Refused(url)
        if any(segment in ("..", ".") for segment in path.split("/")):
            raise Refused(url)
        try:
            endpoint, values = ROUTES.bind("").match(path)
        except HTTPException as error:
            raise Refused(url) from error
        query = {name: texts[-1] for name, texts in parse_qs(parts.query).items()}
        try:
            # A number too large for the database must not spoil the rest of the document.
            with self.env.cr.savepoint(flush=False):
                body, mimetype = getattr(self, f"_serve_{endpoint}")(query, **values)
        except (AccessError, MissingError, UserError, OSError) as error:
            raise Refused(url) from error
        if not body or not mimetype.startswith(SHOWN):
            raise Refused(url)
        return URLFetcherResponse(url, body, {"Content-Type": mimetype})

    def _serve_static(self, _query, module, path):
        mimetype = mimetypes.guess_type(path)[0] or ""
        with file_open(f"{module}/static/{path}", "rb") as stream:
            return stream.read(), mimetype

    def _serve_assets(self, _query, filename, _unique):
        """A bundle of style sheets, compiled if it is not yet."""
        name, rtl, kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(filename, False)
        if kind != "css":
            raise Refused(filename)
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            name, css=True, js=False, debug_assets=False, rtl=rtl, autoprefix=autoprefix
        )
        return bundle.css().raw, "text/css"

    def _serve_binary(self, query, **values):
        """A picture held by a record that the user can read."""
        options = {name: query[name] for name in BINARY_OPTIONS & query.keys()} | values
        binary = self.env["ir.binary"]
        field = options.get("field", "raw")
        record = binary._find_record(
            options.get("xmlid"),
            options.get("model", "ir.attachment"),
            int(options["id"]) if "id" in options else None,
            options.get("access_token"),
            field=field,
        )
        size = (int(options.get("width", 0)), int(options.get("height", 0)))
        return self._read_picture(record, field, size)

    def _read_picture(self, record, field, size=(0, 0)):
        """Bytes and type of a picture, read as the record's user.

        Odoo's own streams need an HTTP request, and answer to its headers.
        """
        if getattr(record._fields.get(field), "type", "") not in ("binary", "image"):
            raise Refused(field)
        value = record.with_context(bin_size=False)[field] or b""
        body = value if field == "raw" else base64.b64decode(value)
        mimetype = record.mimetype if field == "raw" else guess_mimetype(body)
        if any(size) and mimetype.startswith("image/") and mimetype != "image/svg+xml":
            body = image_process(body, size=size)
        return body, mimetype or ""

    def _serve_company_logo(self, query):
        """The logo of a company: anybody sees it on the login page."""
        number = query.get("company", "")
        companies = self.env["res.company"].sudo()
        company = companies.browse(int(number) if number.isdigit() else ())
        company = company.exists() or companies.env.company
        return self._read_picture(company, "logo")

    def _serve_barcode(self, query, barcode_type=None, value=None):
        options = {name: query[name] for name in BARCODE_OPTIONS & query.keys()}
        picture = self.env["ir.actions.report"].barcode(
            barcode_type or query.get("barcode_type", ""),
            value or query.get("value", ""),
            **options,
        )
        return picture, "image/png"


def collect(html, fetcher, base_url):
    """What a page and its style sheets show, for a process that has no database; what is refused
    is left out, and leaves a blank there too.

    :return: {address: (bytes, mimetype)}
    """
    found = {}
    waiting = [
        urljoin(base_url, unescape(url))
        for pattern in (SHEETS, PICTURES, URLS)
        for url in pattern.findall(html)
    ]
    while waiting:
        url = waiting.pop()
        if url in found or url[:5].lower() == "data:":
            continue
        try:
            served = fetcher.fetch(url)
        except Refused:
            continue
        body, mimetype = served.read(), served.content_type
        found[url] = body, mimetype
        if mimetype == "text/css":
            css = body.decode(errors="replace")
            waiting += [urljoin(url, inner) for inner in URLS.findall(css)]
    return found
