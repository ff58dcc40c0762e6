"""Messages that no person wrote: automatic answers, delivery reports."""

import re
from email.message import Message

_BULK = {"bulk", "junk", "list", "auto_reply"}
_ROBOT_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-AutoReply-From")
_ROBOT_SENDERS = {"mailer-daemon", "postmaster"}
# As mailers begin the subject of an automatic answer; a colon or the end must follow, because
# "Absence du bureau de vote" is a question.
_ROBOT_SUBJECT = re.compile(
    r"\s*(r[ée]ponse automatique|automatic reply|auto(matische|matic)? ?(antwort|response)"
    r"|out of (the )?office( reply)?|absence du bureau|message d['’]absence|auto-?reply|auto)"
    r"\s*(:|$)",
    re.IGNORECASE,
)
_ARRIVED = {"delayed", "delivered", "relayed", "expanded"}


def is_automatic(message: Message) -> bool:
    """Whether a machine wrote the message: nobody waits for an answer to it."""
    submitted = str(message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
    if submitted != "no":
        return True
    if str(message.get("Precedence") or "").strip().lower() in _BULK:
        return True
    if any(message.get(name) for name in _ROBOT_HEADERS):
        return True
    if str(message.get("Return-Path") or "").strip() == "<>":
        return True
    sender = str(message.get("From") or "").lower()
    if any(re.search(rf"\b{name}@", sender) for name in _ROBOT_SENDERS):
        return True
    return bool(_ROBOT_SUBJECT.match(str(message.get("Subject") or "")))


def is_delivery_failure(message: Message) -> bool:
    """Whether a report says that a message did not arrive.

    A receipt of reading, a notice of delay or of delivery are reports too: they say the
    contrary, or nothing yet.
    """
    if "disposition-notification" in str(message.get("Content-Type") or "").lower():
        return False
    actions = [
        str(status.get("Action") or "").strip().lower()
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for status in part.get_payload()[1:]
    ]
    actions = [action for action in actions if action]
    return not actions or any(action not in _ARRIVED for action in actions)
