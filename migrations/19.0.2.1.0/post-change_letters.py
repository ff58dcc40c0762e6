"""The letters about changed half-days take their text of 19.0.2.0.0: subject that states what
happens, sentence that states what to do.

They are `noupdate`: only those that nobody rewrote, in any language, are replaced. Their French
comes with the catalogue, which Odoo reads after this.
"""

import json
import re
from pathlib import Path

from lxml import etree, html

from odoo import SUPERUSER_ID, api
from odoo.tools.convert import xml_import

MODULE = "commune_relations"
HERE = Path(__file__).parent
FORMER = HERE / "former_change_letters.json"
TODAY = HERE.parents[1] / "data" / "replacement" / "mail_template_data.xml"
FIELDS = ("subject", "body_html")


def migrate(cr, version):
    former = json.loads(FORMER.read_text(encoding="utf-8"))
    untouched = {name for name, texts in former.items() if is_untouched(cr, name, texts)}
    if untouched:
        empty_translations(cr, untouched)
        env = api.Environment(cr, SUPERUSER_ID, {})
        env.invalidate_all()
        xml_import(env, MODULE, None, "init").parse(read_records(untouched))


def is_untouched(cr, name, texts):
    cr.execute(
        "SELECT t.subject, t.body_html FROM mail_template t JOIN ir_model_data d"
        " ON d.model = 'mail.template' AND d.res_id = t.id WHERE d.module = %s AND d.name = %s",
        (MODULE, name),
    )
    row = cr.fetchone()
    return bool(row) and all(
        normalise(text) == normalise(texts[field].get(lang, ""))
        for field, words in zip(FIELDS, row, strict=True)
        for lang, text in words.items()
    )


def normalise(text):
    """The same for a text as it is in a file and as the database keeps it."""
    root = html.fragment_fromstring(text, create_parent=True)
    for node in root.iter():
        for name, value in node.attrib.items():
            node.set(name, re.sub(r"\s*([:;]|$)\s*", r"\1", value).rstrip(";"))
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", etree.tostring(root, method="c14n").decode()))


def empty_translations(cr, names):
    """Odoo would give to new sentences the translations of former ones that look like them."""
    cr.execute(
        "UPDATE mail_template t SET subject = jsonb_build_object('en_US', t.subject -> 'en_US'),"
        " body_html = jsonb_build_object('en_US', t.body_html -> 'en_US') FROM ir_model_data d"
        " WHERE d.model = 'mail.template' AND d.res_id = t.id AND d.module = %s AND d.name IN %s",
        (MODULE, tuple(names)),
    )


def read_records(names):
    """Subject and body of these records, of the file that the module installs."""
    root = etree.parse(TODAY).getroot()
    for record in root.findall(".//record"):
        if record.get("id") not in names:
            record.getparent().remove(record)
        for field in record.findall("field"):
            if field.get("name") not in FIELDS:
                record.remove(field)
    return root
