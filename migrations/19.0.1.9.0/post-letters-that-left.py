"""Letters that did not leave are followed; a server that was away accuses no address."""

from odoo import SUPERUSER_ID, api

from odoo.addons.commune_relations.engine.mail import classify
from odoo.addons.commune_relations.models.committees.attendance.proof import NOTICE

# Records that noted a letter as sent, or an address as returned, when it was queued.
QUEUED_AS_SENT = {
    "commune.dispatch.line": {"sent_at": False, "bounced_at": False, "state": "unsent"},
    "commune.survey.link": {"sent_date": False, "bounced_email": False},
    "commune.event.invitation": {"sent_date": False},
    "commune.attendance": {"bounced_at": False},
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    mails = (
        env["mail.mail"]
        .search(
            [
                ("state", "in", ("outgoing", "exception")),
                ("model", "!=", False),
                ("res_id", "!=", 0),
            ]
        )
        .filtered(_is_followed)
    )
    for model, found in mails.grouped("model").items():
        if model not in env:
            continue
        there = set(env[model].browse(found.mapped("res_id")).exists().ids)
        found = found.filtered(lambda mail, ids=there: mail.res_id in ids)
        for mail in found:
            letter = mail._follow(_get_kind(env, mail), replaces=False)
            if mail.state == "exception":
                _note(env, mail, letter)


def _is_followed(mail):
    """A letter – those written before version 19.0.1.7.0 bear no mark –, or what was said to
    somebody outside the staff."""
    written = mail.message_type == "email_outgoing" or mail.email_to
    return mail.is_house_letter or (
        mail._is_of_house() and (written or mail.recipient_ids.filtered("partner_share"))
    )


def _get_kind(env, mail):
    """The notice of a session is the letter that was queued with it."""
    if mail.model != "commune.attendance":
        return "message"
    line = env["commune.attendance"].browse(mail.res_id)
    queued = line.notice_queued_at
    same = queued and abs((mail.create_date - queued).total_seconds()) < 60
    return NOTICE if same else "message"


def _note(env, mail, letter):
    """It stays with whoever looks at the list: a letter of months ago does not leave by itself."""
    failure = classify(mail.failure_reason or "", mail.failure_type or "")
    letter.write(
        {
            "state": "lost",
            "attempts": 1,
            "failed_at": mail.write_date,
            "reason": failure.kind,
            "to_tell": False,
        }
    )
    if not failure.is_final and mail.model in QUEUED_AS_SENT:
        env[mail.model].browse(mail.res_id).write(QUEUED_AS_SENT[mail.model])
