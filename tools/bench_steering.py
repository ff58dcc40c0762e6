"""Screens and documents of steering: five years of history for 46 communes, then for 828.

Read by `odoo shell`, in a database that has the addon and nothing else: `env` is given, all is
rolled back. The demonstration is copied over and over, each copy some weeks further back and its
communes turned: what is open stays open, so that most of it is late, the worst case.
"""

import sys

from bench_clock import Clock, load
from lxml import etree

SIREN = "200039865"
YEARS = 5
FEW, MANY = (46, 40), (828, 80)  # communes, copies of the demonstration
APART = 1_000_000  # between the numbers of two copies
TURN = 47  # places that a copy turns the communes by: all of them are reached
# In this order: a copy names the copies made before it.
TABLES = (
    "commune_session",
    "commune_session_item",
    "commune_attendance",
    "commune_attendance_presence",
    "commune_decision",
    "commune_decision_commune_rel",
    "helpdesk_ticket",
    "commune_request_contribution",
    "event_event",
    "event_registration",
    "commune_event_invitation",
    "agreement",
    "commune_service_subscription",
    "commune_replacement_request",
    "commune_replacement_mission",
    "commune_replacement_slot",
    "commune_replacement_incident",
    "commune_contact",
    "commune_contact_user_rel",
    "commune_commitment",
    "mailing_mailing",
    "mailing_trace",
    "commune_watch_item",
    "commune_watch_view",
    "commune_guide",
    "commune_guide_view",
    "commune_survey_campaign",
    "commune_survey_target",
)
ROLES = {
    "lecture": "vice-presidence",
    "référent": "referent",
    "chargé de mission": "charge-mission",
    "responsable": "direction",
    "coordination": "coordination",
}
LISTS = {"communes silencieuses": "commune.silence", "engagements": "commune.commitment"}


def line(what, figure, reference, ratio, budget):
    print(f"{what:<44}{figure:>10}{reference:>12}{ratio:>9}{budget:>9}")


# what is there


def get_columns(table):
    """{column: type} of a table, without its number."""
    env.cr.execute(
        """
        SELECT column_name, data_type FROM information_schema.columns
         WHERE table_name = %s AND table_schema = current_schema AND column_name <> 'id'
        """,
        [table],
    )
    return dict(env.cr.fetchall())


def get_targets(table):
    """{column: table that it names}"""
    env.cr.execute(
        """
        SELECT a.attname, c.confrelid::regclass::text FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.conrelid = %s::regclass
        """,
        [table],
    )
    return dict(env.cr.fetchall())


def get_unique(table):
    """First columns of the unique indexes."""
    env.cr.execute(
        """
        SELECT a.attname FROM pg_index i
          JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
         WHERE i.indisunique AND i.indrelid = %s::regclass
        """,
        [table],
    )
    return {name for (name,) in env.cr.fetchall()}


def write_value(name, kind, target, unique, before):
    """What a copy writes in a column: a turned commune, the copy of what it names, a day further
    back.

    :param before: tables that are copied already, this one included
    """
    if target == "res_partner" and name in ("commune_id", "res_partner_id"):
        rank = f"(t.{name}_rank + c.n * {TURN}) %% %(size)s"
        return f"COALESCE((%(places)s::int[])[1 + {rank}], t.{name})"
    if target in before:
        return f"t.{name} + c.n * {APART}"
    if kind in ("date", "timestamp without time zone"):
        return f"t.{name} - c.n * %(step)s * interval '1 day'"
    if name in unique and kind in ("character varying", "text"):
        return f"t.{name} || '-' || c.n"
    return f"t.{name}"


def copy_table(table, first, last, communes, step):
    columns, targets, unique = get_columns(table), get_targets(table), get_unique(table)
    before = TABLES[: TABLES.index(table) + 1]
    values = [
        write_value(name, kind, targets.get(name), unique, before) for name, kind in columns.items()
    ]
    # A copy on a day that is taken is left out, hence what names it.
    there = [
        f"(t.{name} IS NULL OR EXISTS (SELECT FROM {targets[name]} p WHERE p.id = {value}))"
        for name, value in zip(columns, values, strict=True)
        if targets.get(name) in before and targets[name] != table
    ]
    ranks = [
        f", array_position(%(old)s::int[], o.{name}) AS {name}_rank"
        for name in columns
        if name in ("commune_id", "res_partner_id") and targets.get(name) == "res_partner"
    ]
    has_id = not table.endswith("_rel")
    own = [name for name, target in targets.items() if target in TABLES]
    first_ones = " AND ".join(f"o.{name} < {APART}" for name in (["id"] if has_id else own))
    names = [*(["id"] if has_id else []), *(f'"{name}"' for name in columns)]
    given = [*([f"t.id + c.n * {APART}"] if has_id else []), *values]
    env.cr.execute(
        f"""
        INSERT INTO {table} ({", ".join(names)})
        SELECT {", ".join(given)}
          FROM (SELECT o.* {"".join(ranks)} FROM {table} o
                 WHERE {first_ones}) t
          CROSS JOIN generate_series(%(first)s, %(last)s) c(n)
         WHERE {" AND ".join(there) or "true"}
            ON CONFLICT DO NOTHING
        """,
        {
            "first": first,
            "last": last,
            "places": communes.ids,
            "size": len(communes),
            "old": home.ids,
            "step": step,
        },
    )


def create_communes(count):
    """Communes like those that are there, each with its mayor."""
    places = env["res.partner"].create(
        [
            {
                "name": f"Banc {n}",
                "is_company": True,
                "is_commune": True,
                "insee_code": f"{88000 + n}",
                "population": 100 + 37 * (n % 300),
                "epci_id": env.company.epci_id.id,
                "sector_id": home[n % len(home)].sector_id.id,
            }
            for n in range(count)
        ]
    )
    mayors = env["res.partner"].create(
        [{"firstname": "Anne", "lastname": f"BANC{place.id}"} for place in places]
    )
    mayor = env["commune.function"]._by_code()["mayor"].id
    env["commune.mandate"].create(
        [
            {
                "partner_id": person.id,
                "commune_id": place.id,
                "function_id": mayor,
                "date_start": "2026-03-20",
            }
            for person, place in zip(mayors, places, strict=True)
        ]
    )
    return places


def fill(before, after):
    """Create what is missing between two sizes: communes, then copies of the demonstration."""
    global communes
    communes += create_communes(after[0] - len(communes))
    env.flush_all()
    step = YEARS * 365 / after[1]
    for table in TABLES:
        copy_table(table, before[1] + 1, after[1], communes, step)
    env.invalidate_all()
    # What a server does by itself: the indexes take in what was written, the tables are measured.
    env.cr.execute(
        """
        SELECT gin_clean_pending_list(i.oid) FROM pg_class i JOIN pg_am m ON m.oid = i.relam
         WHERE m.amname = 'gin' AND i.relkind = 'i' AND i.relname LIKE '%found%idx'
        """
    )
    env.cr.execute("ANALYZE")


def count():
    return env["helpdesk.ticket"].search_count([])


# what is measured


def as_role(login):
    user = env["res.users"].search([("login", "=", login)])
    return env(user=user.id, context={"lang": "fr_FR", "tz": "Europe/Paris"})


def list_of(model):
    """The list of a screen, as the web client asks for it, and how many lines there are."""
    view = etree.fromstring(staff_env[model].get_view(view_type="list")["arch"])
    fields = {
        node.get("name"): {"fields": {"display_name": {}}}
        if staff_env[model]._fields[node.get("name")].relational
        else {}
        for node in view.iter("field")
    }
    return lambda: staff_env[model].web_search_read([], fields, limit=80)


def printed(report, records):
    reports = staff_env(context={**staff_env.context, "force_report_rendering": True})[
        "ir.actions.report"
    ]
    return lambda: reports._render_qweb_pdf(f"commune_relations.{report}", records.ids)


def workbook(report):
    name = "commune_relations.activity_report_xlsx_report"
    return lambda: staff_env["ir.actions.report"]._render_xlsx(name, report.ids, {})


def get_figures(report, warm):
    """{what: (ms, queries)}, each printed as soon as it is known.

    :param warm: run each page once before, not counted
    """
    commune = home.with_env(staff_env)[:1]
    pages = {
        "tableau de bord": staff_env["commune.steering"].get_board,
        **{
            f"ma journée, {role}": as_role(login)["commune.my.day"].get_day
            for role, login in ROLES.items()
        },
        "fiche de visite, données": lambda: staff_env["commune.card"]._get_cards(commune),
        "fiche de visite, PDF": printed("commune_card_report", commune),
        "recherche, maire d’une commune": lambda: staff_env["commune.search"].find("maire d’Augny"),
        "recherche, un mot": lambda: staff_env["commune.search"].find("lampadaires"),
        "rapport d’activité, chiffres": report._work_out,
        "rapport d’activité, PDF": printed("activity_report_report", report),
        "rapport d’activité, XLSX": workbook(report),
        **{f"{name}, liste": list_of(model) for name, model in LISTS.items()},
    }
    figures = {}
    for name, page in pages.items():
        figures[name] = clock.measured(page, 1, warm)
        print(f"  {name} : %.0f ms, %s requêtes" % figures[name], file=sys.stderr, flush=True)
    return figures


env = env(context={"tracking_disable": True, "lang": "fr_FR"})
clock = Clock(env)
if not env.company.epci_id:
    list(env["commune.reference.epci"]._set_up_everything(SIREN, demo=True, online=False))
home = communes = env.company.epci_id._get_members()
staff_env = as_role(ROLES["responsable"])
fill((FEW[0], 0), FEW)
report = staff_env["commune.activity.report"].create({})
few, few_count = get_figures(report, warm=True), count()
fill(FEW, MANY)
many, few_count = get_figures(report, warm=False), f"{count()} et {few_count} demandes"
title = f"pilotage, {few_count} (charge {load()})"
print(f"{title:<44}{'828':>10}{'46':>12}{'rapport':>9}{'budget':>9}")
for name, (time_taken, queries) in many.items():
    before, queries_before = few[name]
    line(f"{name} (ms)", f"{time_taken:.0f}", f"{before:.0f}", f"{time_taken / before:.1f}", "")
    line(f"{name}, requêtes SQL", queries, queries_before, f"{queries - queries_before:+d}", "±2")
env.cr.rollback()
