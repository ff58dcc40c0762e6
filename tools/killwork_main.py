"""Background work of guides and watch killed with kill -9, then restarted: the final state.

The three processes of `killmail_main.py`. Sources are read by their scheduled action; the mandates
of a renewal and the marking of an annulled text are the action of somebody, who presses again.
Called by tools/killmail.
"""

import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import killmail_main as kill

CRON = "commune_relations.ir_cron_read_watch_sources"
ALLOWED = "commune_relations.internal_hosts"
SOURCES, ENTRIES, MANDATES, GUIDES = 3, 50, 870, 60
ARTICLE = "CGCT, art. L. 5211-4-2"
ENTRY = (
    "<item><title>Décret n° 2026-{n} du banc</title><link>https://banc.example/{n}</link></item>"
)

# --- the process that has loaded Odoo -----------------------------------------------------


def make_watch(env, port):
    """Sources that this machine serves, due; no other action runs."""
    env["ir.cron"].search([]).active = False
    env["commune.watch.source"].search([]).active = False
    host = f"{kill.LOOPBACK}:{port}"
    env["ir.config_parameter"].set_param(ALLOWED, host)
    env["commune.watch.source"].create(
        [{"name": f"Banc {n}", "url": f"http://{host}/{n}"} for n in range(SOURCES)]
    )
    make_due(env)


def make_due(env):
    """The action is due; a source whose reading was cut has rested since, the last to be read."""
    cut = env["commune.watch.source"].search([("cut_count", ">", 0)])
    cut.write({"last_try": "2026-01-01 00:00:00"})
    cron = env.ref(CRON)
    cron.active, cron.nextcall = True, "2026-01-01 00:00:00"


def make_guides(env):
    """Create guides that cite an article, and the watch item on its annulment."""
    guides = env["commune.guide"].create(
        [{"name": f"Guide {n}", "body": f"<p>Selon {ARTICLE}.</p>"} for n in range(GUIDES)]
    )
    guides.action_publish()
    values = {"name": "Annulation", "kind": "cancelled", "legal_text": ARTICLE}
    return env["commune.watch.item"].create(values).id


def make_place(env):
    """A commune, persons, and the path of those who are elected, switched on."""
    env["res.partner"].create(
        {"name": "Banc", "is_company": True, "is_commune": True, "insee_code": "57998"}
    )
    env["res.partner"].create([{"name": f"Élue {n}"} for n in range(MANDATES)])
    env.ref("commune_relations.path_elected").action_switch_on()


def elect(env):
    """A general renewal, in one action."""
    persons = env["res.partner"].search([("name", "=like", "Élue %")])
    place = env["res.partner"].search([("insee_code", "=", "57998")])
    function = env["commune.function"].search([("code", "=", "councillor")])
    env["commune.mandate"].create(
        [
            {
                "partner_id": person.id,
                "commune_id": place.id,
                "function_id": function.id,
                "date_start": env.company._get_today(),
            }
            for person in persons
        ]
    )


def mark(env):
    """Mark the records that the annulled article affects."""
    item = env["commune.watch.item"].search([("name", "=", "Annulation")])
    item._make_reviews(item._find_touched())


def work(db, name):
    """An action of somebody, in one transaction."""
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    code = 1
    try:
        with Registry(db).cursor() as cr:
            {"elect": elect, "mark": mark}[name](api.Environment(cr, SUPERUSER_ID, {}))
        code = 0
    finally:
        os._exit(code)


kill.WORKS["work"] = work
kill.ORDERS |= {"watch": make_watch, "due": make_due, "guides": make_guides, "place": make_place}

# --- the process that serves the sites and kills ---------------------------------------------


class Site(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802: as the library calls it
        number = int(self.path.strip("/"))
        entries = "".join(ENTRY.format(n=1000 * number + n) for n in range(ENTRIES))
        content = f"<rss version='2.0'><channel>{entries}</channel></rss>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        pass


def play_sources(play):
    """Killed in the first source, then in the second one; then all are read."""
    site = ThreadingHTTPServer((kill.LOOPBACK, 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    play.odoo.order(f"watch {site.server_port}")
    before = play.count("commune_watch_item")
    play.run_to_gate(before, "commune_watch_item")
    play.odoo.order("due")
    play.run_to_gate(before + ENTRIES, "commune_watch_item")
    for _turn in range(2):  # the second time there is nothing left to read
        play.odoo.order("due")
        play.run()
    site.shutdown()
    banc = "FROM commune_watch_item WHERE strpos(link, 'https://banc.example/') = 1"
    return {
        "nouvelles": (play.sql(f"SELECT count(*) {banc}")[0][0], SOURCES * ENTRIES),
        "distinctes": (play.sql(f"SELECT count(DISTINCT link) {banc}")[0][0], SOURCES * ENTRIES),
        "sources lues": (
            play.count("commune_watch_source WHERE active AND last_success IS NOT NULL"),
            SOURCES,
        ),
        "sources en échec": (
            play.count("commune_watch_source WHERE active AND failing_since IS NOT NULL"),
            0,
        ),
    }


def play_paths(play):
    """Killed before the paths, then between them and their steps; then it is done again."""
    play.odoo.order("place")
    for table in ("commune_path_progress", "commune_path_progress_line"):
        play.run_to_gate(0, table, "work elect")
    play.run(order="work elect")
    steps = play.count(
        "commune_path_step s JOIN commune_path p ON p.id = s.path_id WHERE p.date_from IS NOT NULL"
    )
    return {
        "mandats": (play.count("commune_mandate"), MANDATES),
        "parcours": (play.count("commune_path_progress"), MANDATES),
        "étapes": (play.count("commune_path_progress_line"), MANDATES * steps),
    }


def play_reviews(play):
    """Kill before the reviews, then after them and before their owners are notified, then twice."""
    item = play.odoo.order("guides")
    asked = play.count("mail_activity")
    for table, rows in (("commune_review", 0), ("mail_activity", asked)):
        play.run_to_gate(rows, table, "work mark")
    for _turn in range(2):
        play.run(order="work mark")
    source = f"FROM commune_review WHERE item_id = {item} AND res_model = 'commune.guide'"
    return {
        "guides à revoir": (play.sql(f"SELECT count(*) {source}")[0][0], GUIDES),
        "distincts": (play.sql(f"SELECT count(DISTINCT res_id) {source}")[0][0], GUIDES),
        "activités": (
            play.count(f"mail_activity WHERE res_model = 'commune.watch.item' AND res_id = {item}"),
            1,
        ),
    }


def main(conf, db, log):
    began = time.monotonic()
    play = kill.Play(conf, db, log)
    faults = 0
    try:
        for title, scene in (
            ("sources", play_sources),
            ("parcours", play_paths),
            ("texte annulé", play_reviews),
        ):
            figures = scene(play)
            faults += sum(found != wanted for found, wanted in figures.values())
            summary = ", ".join(f"{name} {one} sur {all_}" for name, (one, all_) in figures.items())
            print(f"    {title} : {summary}")
    finally:
        play.close()
    print(f"    {play.kills} kill -9, {time.monotonic() - began:.0f} s, {faults} faute")
    return faults


if __name__ == "__main__":
    if sys.argv[1] == "--odoo":
        kill.serve_odoo(*sys.argv[2:])
    else:
        sys.exit(bool(main(*sys.argv[1:])))
