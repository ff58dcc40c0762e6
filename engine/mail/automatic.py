"""Messages that no person wrote: automatic answers, delivery reports."""

import re
from email.message import Message

from .headers import header

_BULK = {"bulk", "junk", "list", "auto_reply"}
_ROBOT_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-AutoReply-From")
_ROBOT_SENDER = re.compile(r"\b(?:mailer-daemon|postmaster)@")
# As mailers begin the subject of an automatic answer; a colon or the end must follow, because
# "Absence du bureau de vote" is a question.
_ROBOT_SUBJECT = re.compile(
    r"\s{0,9}(r[ée]ponse automatique|automatic reply|auto(matische|matic)? ?(antwort|response)"
    r"|automatisch antwoord|abwesenheits(notiz|meldung)|afwezigheidsbericht"
    r"|out of (the )?office( reply)?|absence du bureau|message d['’]absence|auto-?reply|auto)"
    r"\s{0,9}(:|$)",
    re.IGNORECASE,
)
_ARRIVED = {"delayed", "delivered", "relayed", "expanded"}


def is_automatic(message: Message) -> bool:
    """Whether a machine wrote the message: nobody waits for an answer to it.

    >>> from email import message_from_string
    >>> is_automatic(message_from_string("Auto-Submitted: auto-replied\\n\\nEn congé"))
    True
    >>> is_automatic(message_from_string("Subject: Voirie\\n\\nBonjour"))
    False
    """
    submitted = (header(message, "Auto-Submitted") or "no").split(";")[0].strip().lower()
    if submitted != "no":
        return True
    if header(message, "Precedence").strip().lower() in _BULK:
        return True
    if any(header(message, name) for name in _ROBOT_HEADERS):
        return True
    if header(message, "Return-Path").strip() == "<>":
        return True
    if _ROBOT_SENDER.search(header(message, "From").lower()):
        return True
    return bool(_ROBOT_SUBJECT.match(header(message, "Subject")))


def refuses_answers(message: Message) -> bool:
    """Whether no automatic answer is to be sent to the message, which a person may have written.

    Exchange defines `X-Auto-Response-Suppress`, and many programs write it. An acknowledgement of
    the addon is an `AutoReply`; the addon sends no notice of absence (`OOF`).

    >>> from email import message_from_string
    >>> asked = ("All", "OOF, AutoReply", "OOF")
    >>> mails = (message_from_string(f"X-Auto-Response-Suppress: {one}\\n\\n") for one in asked)
    >>> list(map(refuses_answers, mails))
    [True, True, False]
    """
    named = header(message, "X-Auto-Response-Suppress").lower()
    return bool({"all", "autoreply"} & set(re.split(r"[\s,;]+", named)))


def is_delivery_failure(message: Message) -> bool:
    """Whether a report announces that a message did not arrive.

    Read receipts, notices of delay and notices of delivery are reports too, but no failures.

    >>> from email import message_from_string
    >>> report = "Content-Type: message/delivery-status\\n\\nReporting-MTA: x\\n\\nAction: {}\\n"
    >>> reports = (message_from_string(report.format(one)) for one in ("failed", "delayed"))
    >>> list(map(is_delivery_failure, reports))
    [True, False]
    """
    if "disposition-notification" in header(message, "Content-Type").lower():
        return False
    actions = [
        header(status, "Action").strip().lower()
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for status in _statuses(part)
    ]
    actions = [action for action in actions if action]
    return not actions or any(action not in _ARRIVED for action in actions)


def _statuses(part: Message) -> list[Message]:
    """Status fields of each recipient in a report; empty when the report cannot be parsed."""
    found = part.get_payload() or []
    return [status for status in found[1:] if isinstance(status, Message)]
