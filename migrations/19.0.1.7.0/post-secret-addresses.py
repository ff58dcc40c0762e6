"""Secret addresses leave the texts: stored models of letters hold a place for them from now on, and
the messages of the past lose those that they still show. What waits in the queue leaves whole: the
text that is sent is another column, which the queue alone reads."""

from odoo.tools import SQL

PLACE = "/personal-link"
# As PostgreSQL reads them: what follows the last slash, or the question mark, is the secret.
PATTERNS = [
    r"/(session|session-agenda|event-invitation|directory-campaign|replacement-proposal"
    r"|commune-survey|rate)/[A-Za-z0-9_-]{16,}(/[1-5])?",
    r"/replacement-calendar/[A-Za-z0-9_-]{16,}\.ics",
    r"/web/(signup|reset_password|login)\?[^\"\'<> ]*token=[^\"\'<> ]*",
    r"/survey/start/[^\"\'<> ]*answer_token=[^\"\'<> ]*",
]


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            UPDATE mail_template t
               SET body_html = replace(t.body_html::text,
                   'object.partner_id._get_signup_url()',
                   'object._get_link_place(''signup'')')::jsonb
              FROM ir_model_data d
             WHERE d.module = 'commune_relations' AND d.model = 'mail.template'
               AND d.name = 'mail_template_portal_invitation' AND d.res_id = t.id
            """
        )
    )
    pattern = "|".join(PATTERNS)
    cr.execute(
        SQL(
            "UPDATE mail_message SET body = regexp_replace(body, %s, %s, 'g') WHERE body ~ %s",
            pattern,
            PLACE,
            pattern,
        )
    )
