"""Light pages: the words of their programs, and a bundle that is sent compressed.

See `views/core/light_page_templates.xml` and decision 034.
"""

import gzip
import json
import re

from markupsafe import Markup

from odoo import models, tools
from odoo.http import request
from odoo.tools.translate import code_translations

ADDON = "commune_relations"
BUNDLE = f"{ADDON}.assets_page"
BUNDLES = f"/{ADDON}.assets_"
WORDS = re.compile(r"""\b_t\(\s*(["'])((?:\\.|(?!\1).)*)\1""", re.DOTALL)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @tools.ormcache("self.env.lang", cache="assets")
    def _get_page_words(self):
        """
        :return: the texts of the programs of light pages, {source: translation}
        """
        messages = code_translations.get_web_translations(ADDON, self.env.lang)["messages"]
        translated = {message["id"]: message["string"] for message in messages}
        words = {}
        for path, full_path, *_rest in self.env["ir.asset"]._get_asset_paths(BUNDLE, {}):
            if path.endswith(".js") and full_path:
                with tools.file_open(full_path) as program:
                    sources = [text for _quote, text in WORDS.findall(program.read())]
                words |= {text: translated[text] for text in sources if text in translated}
        return words

    def _get_page_data(self):
        """
        :return: the account and the words for the programs of a light page, as JSON that no text
            can leave (`page_runtime/page_data.js`)
        """
        data = {"uid": request.session.uid or 0, "words": self._get_page_words()}
        return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))  # nosec B704

    @classmethod
    def _compress(cls, response):
        """Compress the bundles of light pages and of the login where no server before Odoo does.

        A page is not: it holds a secret (BREACH), and without Odoo's bundle it is small.
        """
        headers = response.headers
        accepted = request.httprequest.headers.get("Accept-Encoding", "")
        if BUNDLES not in request.httprequest.path or response.status_code != 200:
            return
        headers.add("Vary", "Accept-Encoding")
        done = {"Content-Encoding", "X-Accel-Redirect", "X-Sendfile"} & set(headers.keys())
        if "gzip" not in accepted or done:
            return
        response.direct_passthrough = False
        response.set_data(gzip.compress(response.get_data(), mtime=0))
        headers["Content-Encoding"] = "gzip"
