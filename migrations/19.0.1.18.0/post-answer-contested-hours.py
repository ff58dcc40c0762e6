"""The letter to an agent whose hours are contested says that they may be answered. What a house has
written otherwise stays."""

import json

from odoo.tools import SQL

WORDS = [
    (
        "otherwise the coordination of the replacements, which knows of it, settles it with you.",
        "otherwise answer it, and the commune decides again. The coordination of the replacements"
        " knows of it too.",
    ),
    (
        "sinon, la coordination des remplacements, qui en est informée, règle la question avec"
        " vous.",
        "sinon, répondez-lui, elle se prononce de nouveau. La coordination des remplacements en est"
        " informée.",
    ),
]


def migrate(cr, version):
    cr.execute(
        """
        SELECT t.id, t.body_html
          FROM mail_template t
          JOIN ir_model_data d ON d.res_id = t.id AND d.model = 'mail.template'
         WHERE d.module = 'commune_relations' AND d.name = 'mail_template_replacement_contested'
        """
    )
    for template, texts in cr.fetchall():
        changed = json.dumps({lang: _change(text) for lang, text in (texts or {}).items()})
        cr.execute(SQL("UPDATE mail_template SET body_html = %s WHERE id = %s", changed, template))


def _change(text):
    for former, words in WORDS:
        text = text.replace(former, words)
    return text
