"""The invitation says who sends it, and the answer goes to that person: stored models that still
hold the words of before take those of today; what a house has changed stays."""

from odoo.tools import SQL

REPLY = "{{ object._get_invitation_reply(user) }}"
# As the text of a jsonb holds it, in each language.
OPENS = (
    r"<p><t t-out=\\\"object\.company_id\.epci_id\.brand_name or object\.company_id\.epci_id\.name"
    r" or object\.company_id\.name\\\">[^<]*</t> [^<]*"
    r"(?=<t t-out=\\\"object\._get_portal_invitation_purpose)"
)
INVITES = r"""<p><t t-out=\\"object._say_who_invites(user)\\">Claire AUBRY</t> """


def migrate(cr, version):
    cr.execute(
        SQL(
            """
            UPDATE mail_template t
               SET reply_to = COALESCE(NULLIF(reply_to, ''), %s),
                   body_html = regexp_replace(body_html::text, %s, %s, 'g')::jsonb
              FROM ir_model_data d
             WHERE d.module = 'commune_relations' AND d.model = 'mail.template'
               AND d.name = 'mail_template_portal_invitation' AND d.res_id = t.id
            """,
            REPLY,
            OPENS,
            INVITES,
        )
    )
