"""Stored models of letters: the article is quoted where it says something, nobody is “seul” or
“seul(e)”, and a commune keeps its “d’”. What a house has written otherwise stays."""

import json

from odoo.tools import SQL

NBSP = "\N{NO-BREAK SPACE}"
SMALL = '<p style="font-size: 14px; color: #495057;">'
BY_LAW = SMALL.replace("<p", '<p t-if="object.dispatch_id._is_by_law()"')
CODE = "code général des collectivités territoriales"
NAMED = '<strong t-out="object.sudo().commune_id.name">Aubrive</strong>'
OF = '<strong t-out="object.sudo().commune_id._of_place()">%s</strong>'
LOGIN = (f"Votre identifiant{NBSP}:", f"Vous vous connectez avec{NBSP}:")
CHANGES = {
    "dispatch": [
        (
            f"{SMALL}This letter is sent by law to every municipal councillor (",
            f"{BY_LAW}The law asks that municipal councillors receive these documents (",
        ),
        *(
            (
                f"{SMALL}Cet envoi est prévu par la loi pour chaque conseiller municipal"
                f" ({CODE}, {word}",
                f"{BY_LAW}La loi prévoit que les conseillers municipaux reçoivent ces documents"
                f" ({CODE}, art.{NBSP}",
            )
            for word in ("article ", f"article{NBSP}", f"art.{NBSP}")
        ),
    ],
    "agreement_in_force": [
        (
            f"conventions that {NAMED} has signed",
            f"conventions signed by the commune {OF % 'of Aubrive'}",
        ),
        (
            f"conventions que {NAMED} a signées",
            f"conventions signées par la commune {OF % 'd’Aubrive'}",
        ),
    ],
    "portal_invitation": [LOGIN],
    "portal_password": [("heures et pour vous seul(e)", "heures et vous est personnel"), LOGIN],
    "mate_invitation": [
        ("Votre identifiant est", f"Vous vous connectez avec{NBSP}:"),
        ("jours et pour vous seul", "jours et vous est personnel"),
    ],
}


def migrate(cr, version):
    for name, pairs in CHANGES.items():
        cr.execute(
            SQL(
                """
                SELECT t.id, t.body_html
                  FROM mail_template t
                  JOIN ir_model_data d ON d.res_id = t.id AND d.model = 'mail.template'
                 WHERE d.module = 'commune_relations' AND d.name = %s
                """,
                f"mail_template_{name}",
            )
        )
        for template, texts in cr.fetchall():
            body = json.dumps({lang: _change(text, pairs) for lang, text in texts.items()})
            cr.execute(SQL("UPDATE mail_template SET body_html = %s WHERE id = %s", body, template))


def _change(text, pairs):
    for former, words in pairs:
        text = text.replace(former, words)
    return text
