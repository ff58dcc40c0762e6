"""A letter to 500 then 2,000 recipients: who receives it, and what sending costs a batch.

Read by `odoo shell`, in a database that has the addon: `env` is given. No message leaves: the
outgoing server is replaced, and everything is rolled back.
"""

import time
from unittest.mock import patch

from odoo.fields import Command

BATCH = 50
BODY = '<p>Bonjour,</p><p><a href="https://www.example.com/note">La note</a></p>'


def line(what, figure, reference, ratio, budget):
    print(f"{what:<44}{figure:>10}{reference:>12}{ratio:>9}{budget:>9}")


def measured(function):
    """Seconds, queries and result of one run, with cold caches."""
    env.flush_all()
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.perf_counter()
    result = function()
    env.flush_all()
    return time.perf_counter() - start, env.cr.sql_log_count - before, result


def prepare_letter(size, commune):
    """A letter approved, for an audience of `size` councillors."""
    persons = env["res.partner"].create(
        [
            {"name": f"Banc {size} {n}", "email": f"banc{size}.{n}@bench.example"}
            for n in range(size)
        ]
    )
    function = env["commune.function"]._by_code()["councillor"]
    env["commune.mandate"].create(
        [
            {
                "partner_id": person.id,
                "commune_id": commune.id,
                "function_id": function.id,
                "delegation": f"Banc {size}",
                "date_start": "2026-03-20",
            }
            for person in persons
        ]
    )
    audience = env["commune.audience"].create(
        {
            "name": f"Banc {size}",
            "function_ids": [Command.set(function.ids)],
            "delegation_words": f"Banc {size}",
        }
    )
    letter = env["mailing.mailing"].create(
        {
            "subject": "Lettre du banc",
            "body_html": BODY,
            "body_arch": BODY,
            "audience_ids": [Command.set(audience.ids)],
            "email_from": "Banc <banc@bench.example>",
        }
    )
    letter.action_request_approval()
    letter.action_approve()
    letter.state = "sending"
    return letter


env = env(context=dict(env.context, tracking_disable=True))
commune = env["res.partner"].create(
    {"name": "Banc", "is_company": True, "is_commune": True, "insee_code": "57999"}
)
kept = []
server = type(env["ir.mail_server"])


def keep(_server, message, *_args, **_kwargs):
    kept.append(message["To"])
    return message["Message-Id"]


figures = {}
with (
    patch.object(server, "_connect__", lambda *_args, **_kwargs: None),
    patch.object(server, "send_email", keep),
    patch.object(type(env.cr), "commit", lambda _cr: None),
):
    for size in (500, 2_000):
        letter = prepare_letter(size, commune)
        plan = measured(letter._plan_recipients)
        kept.clear()
        sent = measured(letter._action_send_mail)
        mails = env["mail.mail"].search([("mailing_id", "=", letter.id)])
        left = measured(mails[:500].send)
        traces = env["mailing.trace"].search_count([("mass_mailing_id", "=", letter.id)])
        assert len(plan[2]) == traces == size and len(kept) == 500
        figures[size] = plan, sent, left

(few_plan, few_sent, few_left), (plan, sent, left) = figures[500], figures[2_000]
print(f"{'lettres du réseau':<44}{'2 000':>10}{'500':>12}{'rapport':>9}{'budget':>9}")
line("destinataires, requêtes SQL", plan[1], few_plan[1], f"{plan[1] - few_plan[1]:+d}", "±2")
line(
    "destinataires (s)", f"{plan[0]:.2f}", f"{few_plan[0]:.2f}", f"{plan[0] / few_plan[0]:.1f}", ""
)
per_batch = [figure[1] / (size / BATCH) for size, figure in ((500, few_sent), (2_000, sent))]
line(
    "préparation, requêtes par lot de 50",
    f"{per_batch[1]:.1f}",
    f"{per_batch[0]:.1f}",
    f"{per_batch[1] / per_batch[0]:.2f}",
    "≤ 1",
)
line("préparation (s)", f"{sent[0]:.1f}", f"{few_sent[0]:.1f}", f"{sent[0] / few_sent[0]:.1f}", "")
line(
    "départ, requêtes par message",
    f"{left[1] / 500:.1f}",
    f"{few_left[1] / 500:.1f}",
    "",
    "",
)
env.cr.rollback()
