"""Stored models of letters take the words of today: a commune as a sentence names it, no quotation
marks within others, “un clic” everywhere. What a house has written otherwise stays."""

import json

from odoo.tools import SQL

NBSP = "\N{NO-BREAK SPACE}"
DAY = '<t t-out="object.session_id._get_letter_day()">lundi 14 décembre 2026</t>'
TITLE = '<strong t-out="object.session_id._get_title()">%s</strong>'
BODY, COUNCIL = TITLE % "Comité de pilotage", TITLE % "Conseil métropolitain"
AGENDA = '<strong t-out="object._get_title()">Comité de pilotage</strong>'
PLACE = "object.sudo().commune_id.name"
NAMED = f'<strong t-out="{PLACE}">Aubrive</strong>'
OF = '<strong t-out="object.sudo().commune_id._of_place()">%s</strong>'
ASKED = '<strong t-out="object.commune_id.name">Aubrive</strong>'
ASKED_OF = '<strong t-out="object.commune_id._of_place()">%s</strong>'
PERIOD = "From 1 January 2027 to 31 December 2029", "Du 1er janvier 2027 au 31 décembre 2029"
ONE_CLICK = [
    ("une pression les confirme", "un clic les confirme"),
    ("Une pression les confirme", "Un clic les confirme"),
]
CHANGES = {
    "session_minutes": [
        (
            f"de la séance «{NBSP}{BODY}{NBSP}», tenue le {DAY}.",
            f"de la séance tenue le {DAY}{NBSP}: {BODY}.",
        )
    ],
    "dispatch": [
        (
            f"de la séance «{NBSP}{COUNCIL}{NBSP}» du {DAY}{NBSP}:",
            f"de la séance du {DAY} ({COUNCIL}){NBSP}:",
        )
    ],
    "session_off": [
        ("</strong> prévue le", "</strong>, prévue le"),
        ("lundi 14 décembre 2026</t> est", "lundi 14 décembre 2026</t>, est"),
    ],
    "agenda_approval": [
        (
            f"L’ordre du jour de {AGENDA} est prêt.",
            f"L’ordre du jour de cette séance est prêt{NBSP}: {AGENDA}.",
        )
    ],
    "request_closed": [
        (
            f"Êtes-vous satisfait ou satisfaite de la suite donnée{NBSP}?",
            f"La suite donnée vous convient-elle{NBSP}?",
        )
    ],
    "portal_invitation": [
        (
            "Vous y êtes invité(e) en qualité de",
            "Cette invitation vous est adressée au titre de vos fonctions",
        ),
        ("jours et pour vous seul(e)", "jours et vous est personnel"),
    ],
    "portal_password": [("heures et pour vous seul(e)", "heures et vous est personnel")],
    "exchange_match": [(">Quoi<", ">Objet<")],
    "event_invitation": [("Une pression suffit", "Un clic suffit")],
    "replacement_agent": [("Un seul geste suffit", "Un clic suffit")],
    "replacement_commune": [("Un seul geste suffit", "Un clic suffit")],
    "campaign": ONE_CLICK,
    "campaign_reminder": ONE_CLICK,
    "agreement_pack": [
        (f"the council of {NAMED}", f"the council {OF % 'of Aubrive'}"),
        (
            f"le conseil municipal a besoin ({NAMED}) pour",
            f"le conseil municipal {OF % 'd’Aubrive'} a besoin pour",
        ),
    ],
    "agreement_sign": [
        (f"the signature of {NAMED}", f"the signature of the commune {OF % 'of Aubrive'}"),
        (f"de la commune ({NAMED})", f"de la commune {OF % 'd’Aubrive'}"),
    ],
    "agreement_signed": [
        (
            f'<p t-out="object._describe_period()">{words}</p>',
            f'<p><t t-out="object._describe_period()">{words}</t>.</p>',
        )
        for words in PERIOD
    ],
    "agreement_in_force": [(f"{words}</t></li>", f"{words}</t>.</li>") for words in PERIOD],
    "survey": [
        (f"the answer of {ASKED}", f"the answer of the commune {ASKED_OF % 'of Aubrive'}"),
        (f"de la commune {ASKED}", f"de la commune {ASKED_OF % 'd’Aubrive'}"),
    ],
    "survey_reminder": [
        (f"yet from {ASKED}", f"yet from the commune {ASKED_OF % 'of Aubrive'}"),
        (f"de la commune {ASKED}", f"de la commune {ASKED_OF % 'd’Aubrive'}"),
        (f"Relance{NBSP}:", f"Rappel{NBSP}:"),
    ],
}


def migrate(cr, version):
    for name, pairs in CHANGES.items():
        cr.execute(
            SQL(
                """
                SELECT t.id, t.subject, t.body_html
                  FROM mail_template t
                  JOIN ir_model_data d ON d.res_id = t.id AND d.model = 'mail.template'
                 WHERE d.module = 'commune_relations' AND d.name = %s
                """,
                f"mail_template_{name}",
            )
        )
        for template, *texts in cr.fetchall():
            subject, body = (_change(text, pairs) for text in texts)
            cr.execute(
                SQL(
                    "UPDATE mail_template SET subject = %s, body_html = %s WHERE id = %s",
                    subject,
                    body,
                    template,
                )
            )


def _change(texts, pairs):
    """:param texts: {language: text}, as Odoo keeps it"""
    changed = {}
    for lang, text in (texts or {}).items():
        for former, words in pairs:
            text = text.replace(former, words)
        changed[lang] = text
    return json.dumps(changed) if changed else None
