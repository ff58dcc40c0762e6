"""Hostile mails read as a relay would give them; nothing is kept.

Read by `odoo shell`: `env` is given. ATTACK_MAILS: the mails; ATTACK_RESULT: where to write
{what: [seconds of the processor, megabytes, error]}.
"""

import json
import os
import resource
import signal
import time
from contextlib import suppress

MOST = 20  # seconds before a mail is given up


def stop(_signal, _frame):
    raise TimeoutError(f"plus de {MOST} s")


def read(mail):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, error = time.process_time(), ""
    signal.alarm(MOST)
    try:
        env["mail.thread"].message_process("helpdesk.ticket", mail.encode())
        env.flush_all()
    except Exception as caught:  # whatever it is, the mail would be lost with it
        error = f"{type(caught).__name__} {str(caught)[:80]}"
    finally:
        signal.alarm(0)
        with suppress(Exception):
            env.cr.rollback()
        env.invalidate_all()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return [time.process_time() - start, grown // 1024, error]


def main():
    signal.signal(signal.SIGALRM, stop)
    with open(os.environ["ATTACK_MAILS"], encoding="utf-8") as file:
        mails = json.load(file)
    # The first mail pays for what is loaded once.
    read("From: a@exemple.invalid\r\nSubject: essai\r\nMessage-Id: <z@e.invalid>\r\n\r\nBonjour")
    results = {what: read(mail) for what, mail in mails.items()}
    with open(os.environ["ATTACK_RESULT"], "w", encoding="utf-8") as file:
        json.dump(results, file)


main()
