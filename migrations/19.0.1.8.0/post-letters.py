"""The letters that open an account greet, speak and are signed as all the others: stored models
that still hold the words of before take those of today; what a house has changed stays."""

from odoo.tools import SQL

NAMES = ["mail_template_portal_invitation", "mail_template_portal_password"]
SENDER = (
    "{{ object.company_id.email_formatted or object.company_id.epci_id.email_formatted"
    " or user.email_formatted }}"
)
# As the text of a jsonb holds it, in each language.
GREETING = r"""<p>(Hello|Bonjour) <t t-out=\\"object.name or ''\\">Anne AUBRY</t>,</p>"""
GREETING_NOW = r"""<p t-out=\\"object._get_letter_greeting()\\">\1 Mme AUBRY,</p>"""


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            UPDATE mail_template t
               SET email_from = CASE WHEN email_from = %s THEN %s ELSE email_from END,
                   lang = CASE WHEN lang = %s THEN %s ELSE lang END,
                   body_html = regexp_replace(body_html::text, %s, %s, 'g')::jsonb
              FROM ir_model_data d
             WHERE d.module = 'commune_relations' AND d.model = 'mail.template'
               AND d.name = ANY(%s) AND d.res_id = t.id
            """,
            SENDER,
            "{{ object._get_letter_sender() }}",
            "{{ object.lang }}",
            "{{ object._get_letter_lang() }}",
            GREETING,
            GREETING_NOW,
            NAMES,
        )
    )
