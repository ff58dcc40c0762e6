"""What users had translated in our extensions of views, which `pre-2-expressions.py` emptied: the
terms that are still there keep their words, before the catalogue fills the others."""

import json

from odoo import SUPERUSER_ID, api
from odoo.tools.sql import table_exists
from odoo.tools.translate import xml_translate


def migrate(cr, version):
    if not table_exists(cr, "commune_former_view"):
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    field = env["ir.ui.view"]._fields["arch_db"]
    installed = {code for code, _name in env["res.lang"].get_installed()} - {"en_US"}
    env.flush_all()
    cr.execute(
        "SELECT v.id, f.arch_db, v.arch_db ->> 'en_US'"
        " FROM commune_former_view f JOIN ir_ui_view v ON v.id = f.id"
    )
    for number, former, today in cr.fetchall():
        texts = {lang: former[lang] for lang in installed if former.get(lang)}
        # Straight into the column: a view is not checked again for its words.
        new = {lang: translate(field, former["en_US"], texts[lang], today) for lang in texts}
        cr.execute(
            "UPDATE ir_ui_view SET arch_db = arch_db || %s::jsonb WHERE id = %s",
            (json.dumps(new), number),
        )
    env.invalidate_all()
    cr.execute("DROP TABLE commune_former_view")


def translate(field, former, text, today):
    """:param text: the translation of `former`"""
    found = field.get_translation_dictionary(former, {"lang": text})
    words = {term: known["lang"] for term, known in found.items() if known.get("lang")}
    return xml_translate(words.get, today)
