"""Items that follow a late decision, on agendas that nobody has approved yet, are as the new ones:
the text of the decision is not repeated under its first words. It stays whole on the decision, and
an item in which somebody wrote keeps every word of theirs."""

from odoo import SUPERUSER_ID, api
from odoo.tools import html_sanitize, plaintext2html


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    items = env["commune.session.item"].search(
        [("followed_decision_id", "!=", False), ("session_id.state", "=", "draft")]
    )
    for item in items:
        shorter = drop_text(str(item.description or ""), item.followed_decision_id.text or "")
        if shorter != item.description:
            item.description = shorter


def drop_text(description, text):
    """The description without the text of the decision, where it stands as it was put there: once,
    behind the sentence of its days."""
    copied = str(html_sanitize(plaintext2html(text))) if text.strip() else ""
    if not copied or description.count(copied) != 1 or description.startswith(copied):
        return description
    return description.replace(copied, "")
