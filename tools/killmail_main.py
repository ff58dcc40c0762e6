"""Mailings killed with kill -9, then resumed: who received what, letter by letter.

Three processes: this one receives the letters (SMTP on the loopback) and kills; a second one has
loaded Odoo and does nothing; a third one, its child, runs the scheduled actions that are due as a
cron worker of Odoo does, and is the one that is killed. Called by tools/killmail.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes

LOOPBACK = "127.0.0.1"
PERSONS, SHORT = 120, 40  # three batches of a mailing; persons of the digest
GATE = 1915  # advisory lock that stops a process where it is about to be killed
MOST_RUNS, MOST_WAIT = 40, 60
# The actions under test; the others sleep.
ACTIONS = (
    "mail.ir_cron_mail_scheduler_action",
    "mass_mailing.ir_cron_mass_mailing_queue",
    "commune_relations.ir_cron_send_network_digest",
)

# --- the process that has loaded Odoo -----------------------------------------------------


def serve_odoo(conf, db):
    """Obey lines of standard input: `scene PORT`, `mailing NAME`, `digest`, `sql …`, `run`."""
    from odoo import SUPERUSER_ID, api, sql_db
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", conf, "-d", db, "--no-http"], setup_logging=True)
    registry = Registry(db)
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        order, _space, rest = line.strip().partition(" ")
        if order in WORKS:
            sql_db.close_all()
            child = os.fork()
            if not child:
                WORKS[order](db, rest)
            answers.write(f"{child}\n")
            answers.flush()
            answer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        else:
            with registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                answer = ORDERS[order](env, *filter(None, [rest]))
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def run_jobs(db, _rest):
    """Run the due scheduled actions, as a cron worker does."""
    from odoo.addons.base.models.ir_cron import IrCron

    try:
        IrCron._process_jobs(db)
    finally:
        os._exit(0)


# What a child does, that may be killed.
WORKS = {"run": run_jobs}


def make_scene(env, port):
    """Create an audience and a mail server; no other action, no election, one letter a week."""
    env["ir.cron"].search([]).active = False
    for name in ACTIONS:
        cron = env.ref(name)
        cron.active, cron.nextcall = True, "2100-01-01 00:00:00"
    env["mail.mail"].search([("state", "=", "outgoing")]).cancel()
    env["ir.mail_server"].search([]).active = False
    env["ir.mail_server"].create(
        {
            "name": "Loopback",
            "smtp_host": LOOPBACK,
            "smtp_port": int(port),
            "smtp_encryption": "none",
        }
    )
    env["commune.election"].search([]).active = False  # no election review is asked for
    env.company.network_weekly_limit = 1
    env.company.email = "reseau@metropole.example"
    env.company._mark_sender_confirmed(env.user)
    env.user.email = "kill@metropole.example"
    env["res.partner"].create(
        [
            {"name": f"Personne {n}", "email": f"personne.{n}@mel.example"}
            for n in range(1, PERSONS + 1)
        ]
    )


def queue_mailing(env, name, size=PERSONS):
    """An approved letter of the network for these persons, in the queue."""
    domain = [("email", "like", "personne.%@mel.example")]
    persons = env["res.partner"].search(domain, order="id", limit=size)
    audience = env["commune.audience"].create(
        {
            "name": name,
            "included_ids": persons.ids,
            "function_ids": env["commune.function"].search([], limit=1).ids,
        }
    )
    body = "<p>Bonjour</p>"
    letter = env["mailing.mailing"].create(
        {
            "subject": name,
            "body_html": body,
            "body_arch": body,
            "audience_ids": audience.ids,
            "email_from": "Les Deux Rives <reseau@metropole.example>",
        }
    )
    letter.action_request_approval()
    letter.action_approve()
    letter.action_launch()


def queue_digest(env):
    """A letter beyond the limit of the week: it waits for the digest, which is due."""
    queue_mailing(env, "Au-delà de la limite", SHORT)


def make_digest_due(env):
    env.ref(ACTIONS[2]).nextcall = "2026-01-01 00:00:00"


def count_left(env):
    """Count the work left, and the records noted."""
    waiting = env["mail.mail"].search_count([("state", "=", "outgoing")])
    mailings = env["mailing.mailing"].search_count([("state", "in", ("in_queue", "sending"))])
    digest = env["commune.mailing.recipient"].search_count(
        [("outcome", "=", "digest"), ("digest_date", "=", False)]
    )
    Delivery = env["commune.letter.delivery"]
    states = {
        f"{kind} {state}": count
        for kind, state, count in Delivery._read_group([], ["kind", "state"], ["__count"])
        if kind in ("mailing", "digest")
    }
    return {"mails": waiting, "mailings": mailings, "digest": digest, "states": states}


def run_sql(env, text):
    env.cr.execute(text)


ORDERS = {
    "scene": make_scene,
    "mailing": queue_mailing,
    "beyond": queue_digest,
    "due": make_digest_due,
    "left": count_left,
    "sql": run_sql,
}

# --- the process that receives and kills ----------------------------------------------------


class Odoo:
    """Process that has loaded Odoo, and its current child."""

    def __init__(self, conf, db, log):
        command = [sys.executable, sys.argv[0], "--odoo", conf, db]
        self.log = open(log, "w")  # noqa: SIM115: as long as the process
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        self.child = None

    def order(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.read()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"Erreur : Odoo s’est arrêté ; voir {self.log.name}")
        return json.loads(line)

    def start(self, order="run"):
        """A new child begins to work."""
        self.child = self.order(order)

    def kill(self):
        os.kill(self.child, signal.SIGKILL)


class Mailbox:
    """Mail server that keeps each letter, and kills the sender at the points of `plan`."""

    def __init__(self, odoo):
        self.odoo, self.letters, self.plan, self.cut = odoo, [], None, []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self._is_time("before"):
            self.odoo.kill()
            return "451 killed"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content)
        kill = self._is_time("after")
        [address] = envelope.rcpt_tos
        if address.endswith("@mel.example"):  # the staff is notified of things to do
            self.letters.append((address, message["Subject"], message["Message-Id"]))
        if kill:
            self.cut.append(self.letters[-1])
            self.odoo.kill()
        return "250 OK"

    def _is_time(self, where):
        """`plan`: (before the letter is taken or after, how many letters from now)."""
        if not self.plan or self.plan[0] != where or len(self.letters) < self.plan[1]:
            return False
        self.plan = None
        return True


def wait_for(condition, what):
    limit = time.monotonic() + MOST_WAIT
    while not condition():
        if time.monotonic() > limit:
            raise SystemExit(f"Erreur : attendu en vain : {what}")
        time.sleep(0.02)


class Play:
    def __init__(self, conf, db, log):
        import psycopg2
        from aiosmtpd.controller import Controller

        self.odoo = Odoo(conf, db, log)
        self.mailbox = Mailbox(self.odoo)
        with socket.socket() as free:
            free.bind((LOOPBACK, 0))
            port = free.getsockname()[1]
        self.controller = Controller(self.mailbox, hostname=LOOPBACK, port=port)
        self.controller.start()
        self.pg = psycopg2.connect(dbname=db)
        self.pg.autocommit = True
        self.db, self.kills, self.runs = db, 0, 0
        self.odoo.order(f"scene {port}")

    def sql(self, text, *values):
        with self.pg.cursor() as cr:
            cr.execute(text, values)
            return cr.fetchall() if cr.description else None

    def _wait_until_gone(self):
        """PostgreSQL has seen that the process is dead: what it had not kept is undone."""
        query = """SELECT 1 FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
        wait_for(lambda: not self.sql(query), "la fin des connexions")

    def run(self, plan=None, order="run"):
        """A new process works, until its end or its death."""
        if plan:
            where, more = plan
            plan = (where, len(self.mailbox.letters) + more)
        self.mailbox.plan = plan
        self.odoo.start(order)
        code = self.odoo.read()
        self._settle(code, bool(plan))

    def _settle(self, code, expected):
        self.runs += 1
        if expected != (code == -signal.SIGKILL):
            raise SystemExit(f"Erreur : le processus devait{'' if expected else ' ne pas'} mourir")
        self.kills += code == -signal.SIGKILL
        self._wait_until_gone()

    def run_to_gate(self, rows, table="commune_letter_delivery", order="run"):
        """A new process works until it is about to write to a table, with so many rows before, and
        is killed there, its transaction open."""
        self.sql(f"""
            CREATE OR REPLACE FUNCTION killmail_gate() RETURNS trigger AS $$ BEGIN
                IF (SELECT count(*) FROM {table}) >= {rows} THEN
                    PERFORM pg_advisory_xact_lock({GATE});
                END IF;
                RETURN NULL;
            END $$ LANGUAGE plpgsql;
            CREATE TRIGGER killmail_gate BEFORE INSERT ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION killmail_gate();
            SELECT pg_advisory_lock({GATE})""")
        self.odoo.start(order)
        query = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        wait_for(lambda: self.sql(query), f"un processus au milieu de sa transaction ({table})")
        self.odoo.kill()
        code = self.odoo.read()
        self.sql(f"SELECT pg_advisory_unlock({GATE})")
        self._settle(code, True)
        self.sql(f"DROP TRIGGER killmail_gate ON {table}")

    def finish(self):
        for _turn in range(MOST_RUNS):
            left = self.odoo.order("left")
            if not (left["mails"] or left["mailings"]):
                return left
            self.run()
        raise SystemExit(f"Erreur : tout n’est pas parti : {left}")

    def close(self):
        self.odoo.process.stdin.close()
        self.odoo.process.wait()
        self.controller.stop()

    def count(self, words):
        return self.sql(f"SELECT count(*) FROM {words}")[0][0]


def play_mailing(play):
    """Cut in its first batch, in its third one, at ten letters, at thirty and at fifty."""
    play.odoo.order("mailing Lettre du réseau")
    play.run_to_gate(play.count("commune_letter_delivery"))
    play.run_to_gate(play.count("commune_letter_delivery") + 100)
    play.run()
    play.run(("before", 10))
    play.run(("after", 20))
    play.run(("after", 20))
    return play.finish()


def play_digest(play):
    """Cut while it is written, then at ten letters and at twenty."""
    play.odoo.order("beyond")
    play.finish()
    play.odoo.order("due")
    play.run_to_gate(play.count("commune_letter_delivery"))
    play.run()
    play.run(("before", 10))
    play.run(("after", 10))
    return play.finish()


def report(play, title, size, letters, cut):
    """One line of figures; the number of faults."""
    received = Counter(address for address, _subject, _id in letters)
    forgotten = size - len(received)
    twice = Counter({address: count - 1 for address, count in received.items() if count > 1})
    excused = Counter(address for address, _subject, _id in cut)
    others = twice - excused
    same = len({message for _address, _subject, message in letters}) == len(received)
    print(
        f"    {title} : {size} destinataires, {len(letters)} lettres reçues, {forgotten} oublié,"
        f" {twice.total()} en double (lettre en vol : {excused.total()} au plus),"
        f" {others.total()} de trop, même Message-Id : {'oui' if same else 'non'}"
    )
    return forgotten + others.total() + (not same)


def main(conf, db, log):
    began = time.monotonic()
    play = Play(conf, db, log)
    faults = 0
    try:
        for title, size, scene in (
            ("lettre", PERSONS, play_mailing),
            ("résumé", SHORT, play_digest),
        ):
            begin, cut, kills = len(play.mailbox.letters), len(play.mailbox.cut), play.kills
            left = scene(play)
            letters, in_flight = play.mailbox.letters[begin:], play.mailbox.cut[cut:]
            faults += report(play, title, size, letters, in_flight)
            print(f"      {play.kills - kills} kill -9 ; {left['states']}")
            faults += left["digest"]
    finally:
        play.close()
    print(f"    {play.runs} processus, {time.monotonic() - began:.0f} s, {faults} faute")
    return faults


if __name__ == "__main__":
    if sys.argv[1] == "--odoo":
        serve_odoo(*sys.argv[2:])
    else:
        sys.exit(bool(main(*sys.argv[1:])))
