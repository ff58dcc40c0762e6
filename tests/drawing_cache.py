"""Documents of the same content are drawn once for a class of tests: drawing takes most of the time
of the tests that send documents, and each test draws again those of the records of its class."""

import hashlib
import pickle
from unittest.mock import patch

from odoo.addons.commune_relations.engine.pdf import pdf as engine
from odoo.addons.commune_relations.models.core.document.fetcher import collect


class KeptDrawings:
    """Mixin that precedes `TransactionCase` in the bases of a case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        drawn, draw = {}, engine.render

        def draw_once(html, fetcher, base_url):
            key = _fingerprint(html, fetcher, base_url)
            if key not in drawn:
                drawn[key] = draw(html, fetcher, base_url)
            return drawn[key]

        cls.startClassPatcher(patch.object(engine, "render", draw_once))


def _fingerprint(html, fetcher, base_url):
    """Of all that a document is drawn from: its text, its style sheets, its pictures."""
    content = (html, base_url, collect(html, fetcher, base_url))
    return hashlib.sha256(pickle.dumps(content)).digest()
