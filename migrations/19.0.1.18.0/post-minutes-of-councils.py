"""The letter of the minutes calls those of a council “procès-verbal”; on agendas that nobody has
approved yet, an item that follows a late decision begins by what was decided. What a house has
written otherwise stays."""

import json

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

WORD = '<t t-out="object.session_id._get_minutes_word()">%s</t>'
NAME = "{{ object.session_id._get_minutes_name() }}"
NBSP = "\N{NO-BREAK SPACE}"
WORDS = [
    ("Here are the minutes of", f"Here are the {WORD % 'minutes'} of"),
    ("Voici le compte rendu de", f"Voici le {WORD % 'compte rendu'} de"),
    ("Minutes: {{", NAME + ": {{"),
    (f"Compte rendu{NBSP}: {{{{", f"{NAME}{NBSP}: {{{{"),
]


def migrate(cr, version):
    cr.execute(
        """
        SELECT t.id, t.subject, t.body_html
          FROM mail_template t
          JOIN ir_model_data d ON d.res_id = t.id AND d.model = 'mail.template'
         WHERE d.module = 'commune_relations' AND d.name = 'mail_template_session_minutes'
        """
    )
    for template, subject, body in cr.fetchall():
        cr.execute(
            SQL(
                "UPDATE mail_template SET subject = %s, body_html = %s WHERE id = %s",
                _change(subject),
                _change(body),
                template,
            )
        )
    env = api.Environment(cr, SUPERUSER_ID, {})
    items = env["commune.session.item"].search(
        [("followed_decision_id", "!=", False), ("session_id.state", "=", "draft")]
    )
    for item in items:
        decision = item.followed_decision_id
        before, known, after = (item.name or "").partition(decision.display_name)
        if known and not after and before in (f"Suivi{NBSP}: ", "Follow-up: "):
            item.name = f"{before}{decision._shorten()} ({decision.number})"


def _change(texts):
    """:param texts: {language: text}, as Odoo keeps it"""
    changed = {}
    for lang, text in (texts or {}).items():
        for former, words in WORDS:
            text = text.replace(former, words)
        changed[lang] = text
    return json.dumps(changed) if changed else None
