"""Ordinary sittings of councils have the quorum of the law (CGCT, L.2121-17): the majority of the
members in office. A rule to which a house gave a quorum, or none, keeps it. The letter of
dispatches says to whom it goes, unless a house says it otherwise."""

import json

from odoo.tools import SQL

RULES = (
    "notice_rule_council_epci",
    "notice_rule_council_large",
    "notice_rule_council_small",
    "notice_rule_council_large_local",
    "notice_rule_council_small_local",
)
DESCRIPTIONS = {
    "Sent to each municipal councillor who does not sit, with the documents of the session": (
        "Sent to the municipal councillors, with the documents of the session: opinions of the"
        " mayors to all of them, the rest to those who do not sit"
    ),
    "Envoyé à chaque conseiller municipal qui ne siège pas, avec les documents de la séance": (
        "Envoyé aux conseillers municipaux, avec les documents de la séance\N{NO-BREAK SPACE}: les"
        " avis des maires à tous, le reste à ceux qui ne siègent pas"
    ),
}


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            UPDATE commune_notice_rule r
               SET quorum = 'majority'
              FROM ir_model_data d
             WHERE d.module = 'commune_relations' AND d.model = 'commune.notice.rule'
               AND d.res_id = r.id AND d.name IN %s AND r.quorum IS NULL
            """,
            RULES,
        )
    )
    cr.execute(
        SQL(
            """
            SELECT t.id, t.description
              FROM mail_template t
              JOIN ir_model_data d ON d.res_id = t.id AND d.model = 'mail.template'
             WHERE d.module = 'commune_relations' AND d.name = 'mail_template_dispatch'
               AND t.description IS NOT NULL
            """
        )
    )
    for template, texts in cr.fetchall():
        said = json.dumps({lang: DESCRIPTIONS.get(text, text) for lang, text in texts.items()})
        cr.execute(SQL("UPDATE mail_template SET description = %s WHERE id = %s", said, template))
