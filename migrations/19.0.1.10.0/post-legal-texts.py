"""Legal bases and model texts that nobody has edited become those of this version; the others stay
as they are and the log names them. Signed papers keep their words: each has its own copy."""

import hashlib
import logging
import re
from html import unescape

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.tools import SQL, file_path
from odoo.tools.convert import xml_import
from odoo.tools.sql import column_exists
from odoo.tools.translate import TranslationImporter, get_po_paths

_logger = logging.getLogger(__name__)
MODULE = "commune_relations"
FILES = ("legal_basis_data.xml", "agreement_template_data.xml", "agreement_paper_data.xml")
# Digests of the former values, in English then in French.
FORMER = {
    "legal_basis_l5211_4_1": {
        "code": ("514707453048",),
        "name": ("9699cbf83fb2", "a30654e53d73"),
        "text": ("6b498c3dce0f", "46f50e439938"),
        "citation": ("363b435cfdb2",),
        "obligations": ("7a3fa7742658", "ff6400754952"),
        "source": ("a37344e6e459",),
    },
    "legal_basis_l5211_4_2": {
        "code": ("1d12127fdcf1",),
        "name": ("5b2d474d1ee1", "c44464a15110"),
        "text": ("7014f0458bd9", "df4d7343dbf0"),
        "citation": ("1b658ab42814",),
        "obligations": ("436aadf7fd33", "4c4ac417120e"),
        "source": ("c5ea6069f4c0",),
    },
    "legal_basis_l5215_27": {
        "code": ("521f42b30b50",),
        "name": ("029ede8758a4", "76b3baf2e8d5"),
        "text": ("3204020aec45", "0157e313498e"),
        "citation": ("a1880f6235b4",),
        "obligations": ("b17a8ebb0e4c", "7cb2ec3458de"),
        "source": ("f9decf3f4b91",),
    },
    "legal_basis_l5214_16_1": {
        "code": ("e89d81592723",),
        "name": ("3c95fde7c1d3", "34e40c3d9900"),
        "text": ("a54bf133665d", "c67c91ddf012"),
        "citation": ("109edcb568a4",),
        "obligations": ("b17a8ebb0e4c", "7cb2ec3458de"),
        "source": ("0aec83228b1a",),
    },
    "legal_basis_l5111_1": {
        "code": ("2dadaacc5a60",),
        "name": ("43f6e0d0cd84", "dfb44e41c1a0"),
        "text": ("099431aca629", "26fcc876cad2"),
        "citation": ("da0aaf17ddfd",),
        "obligations": ("4612b9958074", "92baca493d30"),
        "source": ("43be7dacfbe4",),
    },
    "legal_basis_l2113_6": {
        "code": ("64705996f0d0",),
        "name": ("d6ca9fa0dd75", "d58c5be3bf0c"),
        "text": ("cb42f357d938", "7b5b77dff3c5"),
        "citation": ("a3f03fadb577",),
        "obligations": ("9e04c06a7d33", "4b919a2182f0"),
        "source": ("e597156724b1",),
    },
    "agreement_template_framework": {
        "body": ("075840229e97",),
    },
    "agreement_template_shared": {
        "body": ("2547f7fb2f5a",),
    },
    "agreement_template_amendment": {
        "body": ("2bc27571c168",),
    },
    "agreement_template_epci_vote": {
        "name": ("8bf71dd3e29a",),
        "body": ("21c8378bfae2", "13985867e124"),
    },
    "agreement_template_impact": {
        "name": ("45ad064f5c11",),
        "body": ("eb87f5525162",),
    },
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    _move_bases(env)
    known = {name: env.ref(f"{MODULE}.{name}", raise_if_not_found=False) for name in FORMER}
    edited = {name for name, record in known.items() if record and _is_edited(env, record, name)}
    fresh = {name for name, record in known.items() if record} - edited
    for name in FILES:
        _load(env, name, fresh)
    _translate(env, fresh)
    if edited:
        kept = ", ".join(sorted(known[name].display_name for name in edited))
        _logger.warning(
            "Textes modifiés par vos services, laissés tels quels et à relire au regard de"
            " docs/law.md : %s",
            kept,
        )


def _move_bases(env):
    """The legal basis of a template, one until now, is the first of several."""
    if not column_exists(env.cr, "commune_agreement_template", "legal_basis_id"):
        return
    rows = env.execute_query(
        SQL(
            "SELECT id, legal_basis_id FROM commune_agreement_template"
            " WHERE legal_basis_id IS NOT NULL"
        )
    )
    for template, basis in rows:
        record = env["commune.agreement.template"].browse(template)
        if not record.basis_ids:
            record.basis_ids = [Command.link(basis)]


def _digest(text):
    plain = unescape(re.sub(r"<[^>]+>", " ", text or ""))
    return hashlib.sha256(" ".join(plain.split()).encode()).hexdigest()[:12]


def _is_edited(env, record, name):
    """Whether a value differs from the former one, in one of the languages of the house."""
    langs = [code for code, _name in env["res.lang"].get_installed()]
    return any(
        _digest(record.with_context(lang=lang)[field]) not in digests
        for field, digests in FORMER[name].items()
        for lang in ("en_US", *langs)
    )


def _load(env, name, fresh):
    """Read a file of data again, for the records that nobody has edited."""
    root = etree.parse(file_path(f"{MODULE}/data/services/{name}")).getroot()
    for node in root.findall("record"):
        if node.get("id") not in fresh:
            root.remove(node)
    xml_import(env, MODULE, {}, "init", noupdate=True).parse(root)


def _translate(env, fresh):
    importer = TranslationImporter(env.cr, verbose=False)
    for code, _name in env["res.lang"].get_installed():
        for path in get_po_paths(MODULE, code):
            importer.load_file(path, code, xmlids={f"{MODULE}.{name}" for name in fresh})
    importer.save(overwrite=True, force_overwrite=True)
