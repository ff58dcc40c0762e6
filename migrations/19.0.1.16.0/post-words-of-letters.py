"""The letters of the sessions say “la séance « … »”, not “la séance de l’instance « … »”: stored
models take the words of today; what a house has written otherwise stays."""

from odoo.tools import SQL

NAMES = ("mail_template_session_minutes", "mail_template_dispatch")
FORMER, WORDS = "la séance de l’instance «\xa0", "la séance «\xa0"


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            UPDATE mail_template t
               SET body_html = replace(body_html::text, %s, %s)::jsonb
              FROM ir_model_data d
             WHERE d.module = 'commune_relations' AND d.model = 'mail.template'
               AND d.name IN %s AND d.res_id = t.id AND body_html::text LIKE %s
            """,
            FORMER,
            WORDS,
            NAMES,
            f"%{FORMER}%",
        )
    )
