"""The letters of proxies, waiting lists and minutes say what a mayor says, that of a proxy leads
to the session, that of a replacement to the request: stored models that still hold the words of
before take those of today; what a house has changed stays."""

import json

from odoo.tools import SQL

NBSP = "\N{NO-BREAK SPACE}"
BUTTON = (
    '<p t-if="object.proxy_to_id" style="margin: 24px 0;"><a'
    ' t-att-href="object.proxy_to_id._get_link()" t-attf-style="display:'
    " inline-block; padding: 12px 20px; border-radius: 4px; font-weight: bold; text-decoration:"
    " none; background-color: {{object.env.company._get_document_colors()['primary']}}; color:"
    ' #ffffff;">%s</a></p>\n    <p style="font-size: 14px; color: #495057;">%s</p>'
)
FOLLOW = BUTTON.partition("\n")[0].replace("proxy_to_id._get_link", "_get_portal_address")
# Of each letter: (column, before, now), in English and in French.
CHANGES = {
    "event_waiting": [
        (
            "body_html",
            'You are number <strong t-out="object.waiting_rank">1</strong> on',
            'You are <strong t-out="object._get_waiting_place()">8e</strong> on',
        ),
        (
            "body_html",
            'Vous êtes en position <strong t-out="object.waiting_rank">1</strong> sur la liste'
            f" d’attente{NBSP}:",
            'Vous êtes <strong t-out="object._get_waiting_place()">8e</strong> sur la liste'
            f" d’attente pour{NBSP}:",
        ),
        (
            "subject",
            "You are on the waiting list:",
            "You are {{ object._get_waiting_place() }} on the waiting list:",
        ),
        (
            "subject",
            f"Liste d’attente{NBSP}:",
            f"Vous êtes {{{{ object._get_waiting_place() }}}} sur la liste d’attente{NBSP}:",
        ),
    ],
    "session_proxy": [
        (
            "body_html",
            "If you cannot come either, say so with the link of your own notice: the other member"
            " will be told.</p>",
            "If you cannot come either, or cannot hold this proxy, say so there: the other member"
            " will be told.</p>\n    "
            + BUTTON
            % (
                "See the session and whom I represent",
                "This link is yours: do not forward it.",
            ),
        ),
        (
            "body_html",
            'ne peut pas venir à la séance <t t-out="object.session_id._get_title()">Comité de'
            f" pilotage</t> et vous donne pouvoir{NBSP}:</p>",
            f"ne peut pas venir à la séance suivante et vous donne pouvoir{NBSP}: <strong"
            ' t-out="object.session_id._get_title()">Comité de pilotage</strong></p>',
        ),
        (
            "body_html",
            "Si vous ne pouvez pas venir non plus, dites-le avec le lien de votre convocation"
            f"{NBSP}: l’autre membre en sera prévenu.</p>",
            "Si vous ne pouvez pas venir non plus, ou ne pouvez pas accepter ce pouvoir, dites-le"
            f" ici{NBSP}: l’autre membre en sera prévenu.</p>\n    "
            + BUTTON
            % (
                "Voir la séance et qui je représente",
                f"Ce lien vous est personnel{NBSP}: ne le transférez pas.",
            ),
        ),
    ],
    "replacement_received": [
        (
            "body_html",
            "Call 03 00 00 00 00.</p>\n</div>",
            "Call 03 00 00 00 00.</p>\n    " + FOLLOW % "Follow my request" + "\n</div>",
        ),
        (
            "body_html",
            "Appelez le 03 00 00 00 00.</p>\n</div>",
            "Appelez le 03 00 00 00 00.</p>\n    " + FOLLOW % "Suivre ma demande" + "\n</div>",
        ),
    ],
    "session_proxy_lost": [
        ("name", "Sessions: proxy that lapses", "Sessions: proxy to give again"),
        ("name", f"Séances{NBSP}: pouvoir caduc", f"Séances{NBSP}: pouvoir à donner de nouveau"),
        ("subject", "Your proxy lapses:", "Your proxy is no longer valid:"),
        ("subject", "Votre pouvoir devient caduc", "Votre pouvoir n’est plus valable"),
        (
            "body_html",
            "does not come to the session of",
            "cannot represent you at the session of",
        ),
        ("body_html", "your proxy lapses.", "your proxy is no longer valid."),
        (
            "body_html",
            "Le membre à qui vous aviez donné pouvoir ne vient pas à la séance",
            "Le membre à qui vous aviez donné pouvoir ne peut pas vous représenter à la séance",
        ),
        ("body_html", "votre pouvoir devient caduc.", "votre pouvoir n’est plus valable."),
    ],
    "dispatch": [("body_html", "la séance de l’instance «", "la séance «")],
    "session_minutes": [("body_html", "la séance de l’instance «", "la séance «")],
}
# The longest word that its column holds.
BY_VIDEO = ("body_html", "En visioconférence</td>", "En visio</td>")
for letter in (
    "agenda_approval",
    "session_notice",
    "session_proxy",
    "session_proxy_lost",
    "session_reminder",
):
    CHANGES.setdefault(letter, []).append(BY_VIDEO)


def in_json(text):
    """As the text of a jsonb holds it."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def migrate(cr, version):
    for name, changes in CHANGES.items():
        for column, before, now in changes:
            cr.execute(
                SQL(
                    """
                    UPDATE mail_template t
                       SET %(column)s = replace(%(stored)s::text, %(before)s, %(now)s)::jsonb
                      FROM ir_model_data d
                     WHERE d.module = 'commune_relations' AND d.model = 'mail.template'
                       AND d.name = %(name)s AND d.res_id = t.id
                       AND strpos(%(stored)s::text, %(before)s) > 0
                    """,
                    column=SQL.identifier(column),
                    stored=SQL.identifier("t", column),
                    before=in_json(before),
                    now=in_json(now),
                    name=f"mail_template_{name}",
                )
            )
