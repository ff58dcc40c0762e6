"""Letters say “de l’Eurométropole de Metz”, “de la Communauté de communes …”, and leave out a unit
or a person to call back that nobody wrote: stored models take the words of today; what a house has
written otherwise stays."""

import json

from odoo.tools import SQL

CHAIN = (
    "object.company_id.epci_id.brand_name or object.company_id.epci_id.name or"
    " object.company_id.name"
)
HOUSE, OF_HOUSE = "object.company_id._get_house_name()", "object.company_id._of_house()"
PORTAL = "communes’ portal"
UNIT = "object.unit_cost_id.unit_name"
# [(words of before, words of today)], in English and in French.
WORDS = {
    "mail_template_portal_invitation": [
        (f"{PORTAL} of {{{{ {CHAIN} }}}}", f"{PORTAL} {{{{ {OF_HOUSE} }}}}"),
        (f"des communes : {{{{ {CHAIN} }}}}", f"des communes {{{{ {OF_HOUSE} }}}}"),
    ],
    "mail_template_portal_password": [
        (f"{PORTAL} of {{{{ {CHAIN} }}}}", f"{PORTAL} {{{{ {OF_HOUSE} }}}}"),
        (f"des communes : {{{{ {CHAIN} }}}}", f"des communes {{{{ {OF_HOUSE} }}}}"),
        (f'{PORTAL} of <t t-out="{CHAIN}">', f'{PORTAL} <t t-out="{OF_HOUSE}">'),
        (f'des communes : <t t-out="{CHAIN}">', f'des communes <t t-out="{OF_HOUSE}">'),
    ],
    "mail_template_mate_invitation": [
        (f"communes of {{{{ {HOUSE} }}}}", f"communes {{{{ {OF_HOUSE} }}}}"),
        (f"communes de {{{{ {HOUSE} }}}}", f"communes {{{{ {OF_HOUSE} }}}}"),
        (f'communes of <t t-out="{HOUSE}">', f'communes <t t-out="{OF_HOUSE}">'),
        (f'communes de <t t-out="{HOUSE}">', f'communes <t t-out="{OF_HOUSE}">'),
    ],
    "mail_template_unit_cost": [
        (
            f" ({label} <t t-out=\"{UNIT} or ''\">{word}</t>).",
            f'<t t-if="{UNIT}"> ({label} <t t-out="{UNIT}">{word}</t>)</t>.',
        )
        for label, word in (("unit:", "day"), ("unité :", "jour"))
    ],
    "mail_template_replacement_arrived": [
        (f"<p>{label}", f'<p t-if="object._get_asker_line()">{label}')
        for label in ("To call back:", "À rappeler :")
    ],
}


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            SELECT d.name, t.id, t.subject, t.body_html
              FROM mail_template t
              JOIN ir_model_data d ON d.res_id = t.id AND d.model = 'mail.template'
             WHERE d.module = 'commune_relations' AND d.name IN %s
            """,
            tuple(WORDS),
        )
    )
    for name, number, *texts in cr.fetchall():
        found = [_say(text, WORDS[name]) for text in texts]
        if found != texts:
            cr.execute(
                SQL(
                    "UPDATE mail_template SET subject = %s, body_html = %s WHERE id = %s",
                    *(text and json.dumps(text) for text in found),
                    number,
                )
            )


def _say(text, words):
    """:param text: {language: words}, or None"""
    if not text:
        return text
    said = {}
    for lang, sentence in text.items():
        for former, now in words:
            for space in (" :", "\xa0:"):
                told = former.replace(" :", space), now.replace(" :", space)
                sentence = (sentence or "").replace(*told)
        said[lang] = sentence
    return said
