"""Guides, watch, reviews, paths, booklets and the finder: 50 guides, 500 items of the watch, 2,000
requests, 46 communes; then 500, 5,000, 20,000 and 828.

Read by `odoo shell`, in a database that has the addon: `env` is given, all is rolled back and
nothing leaves. Pages are those of a mayor, rendered without their frame.
"""

import itertools
import random
from contextlib import contextmanager
from unittest.mock import patch

from bench_clock import Clock, load
from lxml import etree

from odoo import fields
from odoo.fields import Command
from odoo.http import Response
from odoo.tests import HttpCase
from odoo.tools import file_open

from odoo.addons.commune_relations.controllers.portal_guides import PortalGuides
from odoo.addons.commune_relations.controllers.portal_watch import PortalWatch
from odoo.addons.commune_relations.engine.orientation import read_questions
from odoo.addons.commune_relations.engine.web.fetch import Page
from odoo.addons.commune_relations.models.knowledge.watch import feed_polling
from odoo.addons.http_routing.tests.common import MockRequest

RUNS = 5
PAGE = 40  # lines of a list within a form
WHAT = ("guides", "items", "requests", "communes", "answers", "mandates")
FEW = dict(zip(WHAT, (50, 500, 2_000, 46, 500, 46), strict=True))
MANY = dict(zip(WHAT, (500, 5_000, 20_000, 828, 5_000, 870), strict=True))
SOURCES = 14
ENTRY = (
    "<item><title>Décret n° 2026-{n} sur les achats</title>"
    "<link>https://banc.example/{n}</link></item>"
)


def line(what, figure, reference, ratio, budget):
    print(f"{what:<44}{figure:>10}{reference:>12}{ratio:>9}{budget:>9}")


def measured(function, runs=RUNS):
    return clock.measured(function, runs)


@contextmanager
def undone():
    """Roll the block back and clear the record cache."""
    with env.cr.savepoint(flush=True) as savepoint:
        yield
        env.flush_all()
        savepoint.rollback()
    env.invalidate_all()


def once(function):
    """One run of what can be done only once."""
    with undone():
        return measured(function, runs=1)


# what is there


def some_words(number, count):
    """A text that is always the same for a number."""
    return " ".join(random.Random(number).choices(WORDS, k=count)).replace("'", "’")


def create_communes(first, last):
    return env["res.partner"].create(
        [
            {
                "name": f"Banc {n}",
                "is_company": True,
                "is_commune": True,
                "insee_code": f"{57000 + n}",
                "population": 100 + 37 * (n % 300),
                "epci_id": epci.id,
            }
            for n in range(first, last)
        ]
    )


def create_mayors(communes):
    mayors = env["res.partner"].create(
        [
            {"firstname": "Anne", "lastname": one.name, "email": f"{one.insee_code}@banc.example"}
            for one in communes
        ]
    )
    mandates = [
        {
            "partner_id": mayor.id,
            "commune_id": place.id,
            "function_id": functions["mayor"].id,
            "date_start": "2026-03-20",
        }
        for mayor, place in zip(mayors, communes, strict=True)
    ]
    env["commune.mandate"].create(mandates)
    return mayors


def create_guides(first, last):
    guides = env["commune.guide"].create(
        [
            {
                "name": some_words(n, 6),
                "summary": some_words(n + 1, 20),
                "body": f"<p>{some_words(n + 2, 150)} (CGCT, art. L. 5211-{n % 40}).</p>",
                "topic_ids": [Command.link(topics[n % len(topics)].id)],
                "population_max": 3000 if n % 3 == 0 else 0,
            }
            for n in range(first, last)
        ]
    )
    guides.action_publish()


def create_items(first, last):
    """Four out of five distributed; the tenth of them with a day to come."""
    items = env["commune.watch.item"].create(
        [
            {
                "name": some_words(n + 3, 8),
                "summary": some_words(n + 4, 30),
                "date": fields.Date.subtract(today, days=n % 700),
                "topic_ids": [Command.link(topics[n % len(topics)].id)],
                "population_max": 3000 if n % 2 else 0,
                "change_text": "Le seuil change.",
                "who_text": "Toutes les communes.",
                "action_text": "Revoir le guide.",
                "date_effect": fields.Date.add(today, days=n % 90 if n % 10 == 0 else -9),
            }
            for n in range(first, last)
        ]
    )
    items[: len(items) * 4 // 5]._set({"state": "distributed", "distributed_date": today})
    return items


def insert_answers(first, last):
    env["commune.published.answer"].create(
        [
            {
                "question": some_words(n + 5, 9),
                "answer": f"<p>{some_words(n + 6, 150)}</p>",
                "topic_id": topics[n % len(topics)].id,
            }
            for n in range(first, last)
        ]
    )._set({"state": "published"})


def insert_requests(first, last):
    values = {"text": some_words(7, 12), "first": first, "last": last - 1}
    values |= {"commune": home.id, "person": mayor.id}
    values |= {"stage": env.ref("commune_relations.stage_in_progress").id}
    values |= {"team": env["helpdesk.ticket.team"]._get_desk().id, "company": env.company.id}
    env.cr.execute(
        """
        INSERT INTO helpdesk_ticket
               (number, name, description, commune_id, partner_id, stage_id, stage_kind, team_id,
                topic_id, confidentiality, company_id, active, promised_date, rating_status,
                transfer_count, reopen_count, create_uid, write_uid, create_date, write_date)
        SELECT 'K' || n, %(text)s, '<p>Question</p>', %(commune)s, %(person)s, %(stage)s,
               'in_progress', %(team)s, (%(topics)s::int[])[1 + n %% %(many)s], 'commune',
               %(company)s, true, current_date, 'no_rate', 0, 0, 1, 1, now(), now()
          FROM generate_series(%(first)s, %(last)s) AS n
        """,
        {**values, "topics": topics.ids, "many": len(topics)},
    )


def fill(before, after):
    """Create the records missing between two sizes."""
    communes = create_communes(before["communes"], after["communes"])
    create_mayors(communes)
    create_guides(before["guides"], after["guides"])
    create_items(before["items"], after["items"])
    insert_answers(before["answers"], after["answers"])
    insert_requests(before["requests"], after["requests"])
    env.flush_all()
    env.cr.execute("ANALYZE")


# what is measured


def read_view(model, kind, records):
    """Read all the fields of a view, as the web client does."""
    arch = etree.fromstring(env[model].get_view(view_type=kind)["arch"])
    names = {
        node.get("name")
        for node in arch.iter("field")
        if not any(above.tag == "field" for above in node.iterancestors())
    }
    lists = {node.get("name") for node in arch.xpath("//field[list or kanban]")}
    spec = {
        name: {"fields": {"display_name": {}}} if env[model]._fields[name].relational else {}
        for name in names
    }
    for name in lists & names:
        spec[name]["limit"] = PAGE
    return records.web_read(spec)


def list_of(model, domain=()):
    return lambda: read_view(model, "list", env[model].search(list(domain), limit=80))


def form_of(model, domain=()):
    return lambda: read_view(model, "form", env[model].search(list(domain), limit=1))


no_server = patch.object(HttpCase, "http_port", lambda: None)


def page_of(controller, route, **params):
    """A page of the portal, as the mayor asks for it."""

    def render():
        with no_server, MockRequest(env(user=account)) as request:
            qweb = request.env["ir.qweb"]
            request.render = lambda template, values: Response(
                str(qweb._render(template, {**values, "request": request}))
            )
            request.update_context = lambda **_kwargs: None
            return getattr(controller, route)(**params)

    return render


def find_touched():
    annulled._find_touched()


def make_reviews():
    annulled._make_reviews(annulled._find_touched())


def prepare_digest():
    """The letter of the watch of the mayors, approved: five items, which concern some or all."""
    items = env["commune.watch.item"].search([("state", "=", "distributed")], limit=5)
    letter = items._make_digest()
    letter.audience_ids = env.ref("commune_relations.audience_mayors")
    letter.action_request_approval()
    letter.action_approve()
    letter.state = "sending"
    return letter


def read_sources():
    env["commune.watch.source"].sudo()._cron_read()


def serve(url, *_args):
    number = int(url.rpartition("/")[2])
    entries = "".join(ENTRY.format(n=1000 * number + n) for n in range(50))
    content = f"<rss version='2.0'><channel>{entries}</channel></rss>".encode()
    return Page(url, 200, content)


def create_newcomers(count):
    """A mandate for each of these persons, as the import of a general renewal makes them."""
    persons = env["res.partner"].create(
        [{"name": f"Nouveau {n}", "email": f"neuf{n}@banc.example"} for n in range(count)]
    )
    return [
        {
            "partner_id": person.id,
            "commune_id": home.id,
            "function_id": functions["councillor"].id,
            "date_start": today,
        }
        for person in persons
    ]


def measure_paths(count):
    """The paths of new mandates in one action, then their letters."""
    figures = {}
    env.ref("commune_relations.path_elected").action_switch_on()
    values = create_newcomers(count)
    with patch.object(type(env["commune.mandate"]), "_start_paths", lambda mandates: None):
        mandates = env["commune.mandate"].create(values)
    figures["parcours, début"] = measured(mandates._start_paths, runs=1)
    assert env["commune.path.progress"].search_count([]) == count
    follow = env["commune.path.progress"].sudo()
    figures["parcours, lettres du jour"] = measured(follow._cron_follow_paths, runs=1)
    assert env["mail.mail"].search_count([("model", "=", follow._name)]) == count
    figures["parcours, rien à écrire"] = measured(follow._cron_follow_paths)
    figures["parcours, liste"] = measured(list_of("commune.path.progress"))
    return figures


def draw_booklet():
    booklet._get_pages(home)


def read_library():
    """As the first question of a server does, once the scheduled action has kept the words."""
    env.registry.clear_cache()
    env["commune.finder"].sudo()._get_library()


def ask():
    env["commune.finder"]._find(next(questions))


def get_figures(mandates):
    """{what: (ms, queries)}"""
    figures = {}
    for name, model in (("guides", "commune.guide"), ("veille", "commune.watch.item")):
        figures[f"{name}, liste"] = measured(list_of(model))
        figures[f"{name}, fiche"] = measured(form_of(model))
    figures["bibliothèque"] = measured(page_of(PortalGuides(), "portal_guides"))
    figures["bibliothèque, recherche"] = measured(
        page_of(PortalGuides(), "portal_guides", q="nids de poules")
    )
    guide = env["commune.guide"].search([("population_max", "=", 0)], limit=1)
    figures["page d’un guide"] = measured(
        page_of(PortalGuides(), "portal_guide", guide_id=guide.id)
    )
    figures["veille du portail"] = measured(page_of(PortalWatch(), "portal_watch"))
    figures["communes concernées, 80 nouvelles"] = measured(
        lambda: env["commune.watch.item"].search([], limit=80).mapped("commune_count")
    )
    figures["article annulé, recherche"] = measured(find_touched, runs=3)
    figures["article annulé, à réviser"] = once(make_reviews)
    with undone():
        make_reviews()
        figures["à réviser, liste"] = measured(list_of("commune.review"))
        figures["à réviser, fiche"] = measured(form_of("commune.review"))
    figures["livret d’une commune"] = measured(draw_booklet)
    with undone():
        letter = prepare_digest()
        figures["lettre de veille, à qui"] = measured(letter._plan_recipients)
        figures["lettre de veille, préparation"] = measured(letter._action_send_mail, runs=1)
    figures["lecture des sources"] = once(read_sources)
    with undone():
        figures |= measure_paths(mandates)
    figures["recherche, tout relire"] = measured(read_library, runs=1)
    env["commune.finder"]._cron_keep_library()
    figures["recherche, première question"] = measured(read_library)
    figures["recherche, question"] = measured(ask, runs=40)
    return figures


env = env(user=env.ref("base.user_admin"), context={"tracking_disable": True})  # noqa: F821
env.user.group_ids += env.ref("commune_relations.group_manager")
clock = Clock(env)
random.seed(19)
with file_open("commune_relations/data/requests/benchmark_questions.csv", "rb") as file:
    TEXTS = [question.text for question in read_questions(file)]
questions = itertools.cycle(TEXTS)
WORDS = [word for text in TEXTS for word in text.split()]
today = env.company._get_today()
functions = env["commune.function"]._by_code()
topics = env["commune.topic"].search([("parent_id", "!=", False)])
epci = env["res.partner"].create(
    {"name": "Banc", "is_company": True, "is_epci": True, "siren": "200000001", "epci_kind": "CC"}
)
env.company.write({"epci_id": epci.id, "email": "banc@bench.example"})
env.user.email = "banc@bench.example"
home = create_communes(0, 1)
mayor = create_mayors(home)
account = env["res.users"].create(
    {
        "login": "bench",
        "partner_id": mayor.id,
        "group_ids": [Command.set(env.ref("base.group_portal").ids)],
    }
)
booklet = env["commune.booklet"].create({"name": "Livret du banc"})
annulled = env["commune.watch.item"].create(
    {"name": "Annulation", "kind": "cancelled", "legal_text": "CGCT, art. L. 5211-4"}
)
annulled.topic_ids = topics[:1]
env["commune.watch.source"].search([]).active = False
env["commune.watch.source"].create(
    [{"name": f"Banc {n}", "url": f"https://banc.example/{n}"} for n in range(SOURCES)]
)
NOTHING = dict.fromkeys(FEW, 0) | {"communes": 1}
with (
    patch.object(feed_polling, "fetch", serve),
    patch.object(type(env.cr), "commit", lambda _cr: None),
):
    fill(NOTHING, FEW)
    few = get_figures(FEW["mandates"])
    fill(FEW, MANY)
    many = get_figures(MANY["mandates"])
print(
    f"{f'guides et veille (charge {load()})':<44}{'dix fois':>10}{'une fois':>12}{'rapport':>9}{'budget':>9}"
)
for name, (time_taken, queries) in many.items():
    before, queries_before = few[name]
    line(f"{name} (ms)", f"{time_taken:.0f}", f"{before:.0f}", f"{time_taken / before:.1f}", "")
    line(f"{name}, requêtes SQL", queries, queries_before, f"{queries - queries_before:+d}", "±2")
env.cr.rollback()
