"""Open things to do are found by their kind from now on: those asked before, by their words, in
whatever installed language they were written, take the kind that they would have today."""

import re

from odoo import SUPERUSER_ID, api
from odoo.tools.translate import code_translations

MODULE = "commune_relations"
SENDING = "To send to the municipal councillors: %s"
# model, kind, words; what `%s` stands for is what the activity is about.
KINDS = [
    ("commune.session", "session_item", "Item proposed: %s"),
    ("commune.session", "session_agenda", "Agenda to change before approval"),
    ("commune.session", "session_notice", "Notice to send"),
    (
        "commune.session",
        "session_notice_unreached",
        "Members to call otherwise: no e-mail address",
    ),
    ("commune.session", "session_notice_bounce", "The notice to %s came back"),
    ("commune.session", "session_proxy", "Proxy of %s to look at"),
    ("commune.session", "session_minutes", "Minutes to send"),
    (
        "commune.session",
        "session_minutes_unreached",
        "Minutes to hand over otherwise: no e-mail address",
    ),
    ("commune.session", "session_minutes_bounce", "The minutes sent to %s came back"),
    ("commune.decision", "decision_late", "Late decision"),
    ("agreement", "agreement_stopped", "Signed, but cannot come into force"),
    ("agreement", "agreement_mayor", "The mayor has changed: prepare the text again"),
    (
        "res.partner",
        "partner_invite",
        "Invite %s to the portal: an e-mail address is proposed, check it",
    ),
    ("res.partner", "partner_known_email", "Check an e-mail address that is already in use: %s"),
    ("res.partner", "partner_call", "Call the town hall: a change about %s"),
    ("res.partner", "partner_directory", "Correct the directory: %s"),
]
# Of these the words named the record itself, not what the activity is about.
ABOUT_NOTHING = ("partner_directory",)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    asked = env["mail.activity"].search(
        [
            ("res_model", "in", list({model for model, _kind, _words in KINDS})),
            ("activity_type_id", "=", env.ref("mail.mail_activity_data_todo").id),
            ("automated", "=", True),
        ]
    )
    patterns = [
        found
        # The words of the source as well: English may have been put away since.
        for lang in {"en_US", *dict(env["res.lang"].get_installed())}
        for found in _get_patterns(env(context={"lang": lang}))
    ]
    for activity in asked:
        for model, kind, pattern in patterns:
            said = activity.res_model == model and pattern.fullmatch(activity.summary or "")
            if said:
                about = said.group(1) if said.groups() and kind not in ABOUT_NOTHING else False
                activity.write(
                    {
                        "activity_type_id": env.ref(f"{MODULE}.mail_activity_type_{kind}").id,
                        "commune_about": about,
                    }
                )
                break


def _get_patterns(env):
    """[(model, kind, pattern)] in a language."""
    translated = code_translations.get_python_translations(MODULE, env.lang)

    def make(words):
        words = re.escape(translated.get(words, words)).replace("%s", "(.+)")
        return re.compile(words, re.DOTALL)

    found = [(model, kind, make(words)) for model, kind, words in KINDS]
    sending = translated.get(SENDING, SENDING)
    papers = env["commune.dispatch"]._fields["kind"]._description_selection(env)
    for kind, label in papers:
        pattern = re.compile(re.escape(sending.replace("%s", label)))
        found.append(("commune.session", f"dispatch_{kind}", pattern))
    return found
