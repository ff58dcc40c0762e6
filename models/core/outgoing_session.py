"""HTTP session that protects the fetches of stock applications (SSRF guard).

Odoo reads the links of messages, mailings and its editor with `requests`, which reaches anything
that the server can reach. The methods below give it a session that refuses internal addresses, even
after redirections, and limits the size read.
"""

import codecs
import io

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from ...engine.text import defuse
from ...engine.web.fetch import FetchError, Limits, fetch

LIMITS = Limits(wait=3, total=6, size=2 * 1024 * 1024)
MAX_LINKS = 5  # of one message: as Odoo
OWN_PAGES = r"%s(?:odoo|web|chat)(?:/|$|#|\?)"  # no news: as Odoo


class CheckedAdapter(BaseAdapter):
    """Connects where `engine/web/fetch.py` allows it."""

    def send(self, request, **_options):
        if request.method != "GET":
            raise requests.exceptions.InvalidURL(request.url)
        try:
            page = fetch(request.url, limits=LIMITS)
        except FetchError as error:
            raise requests.exceptions.ConnectionError(str(error)) from error
        response = requests.Response()
        response.status_code = page.status
        response.headers = CaseInsensitiveDict(page.headers)
        response.headers.pop("Content-Encoding", None)  # unpacked already
        response.encoding = get_encoding_from_headers(response.headers)
        response.raw = io.BytesIO(self._thin(page))
        response.url, response.request = page.address, request
        return response

    def _thin(self, page):
        """What Odoo gives to its parser, without a bomb of attributes."""
        if page.content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or (
            page.charset.lower().startswith(("utf-16", "utf-32", "utf16", "utf32"))
        ):
            raise requests.exceptions.InvalidHeader(page.charset)  # no page of the web
        return defuse(page.content.decode("latin-1")).encode("latin-1")

    def close(self):
        pass


def get_outgoing_session():
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, CheckedAdapter())
    return session
