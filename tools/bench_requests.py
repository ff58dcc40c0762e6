"""Orientation with a long past, and the portal list with 1,000 then 10,000 requests.

Read by `odoo shell`, in a database that has the addon: `env` is given.
"""

import statistics
import time

from odoo import fields
from odoo.tools import file_open

from odoo.addons.commune_relations.engine.orientation import read_questions

PAST = 20_000
RUNS = 40


def line(what, figure, reference, ratio, budget):
    print(f"{what:<44}{figure:>10}{reference:>12}{ratio:>9}{budget:>9}")


def measured(function):
    """Median in milliseconds and the number of queries of the last run."""
    times, queries = [], 0
    for _run in range(RUNS):
        env.invalidate_all()
        before, start = env.cr.sql_log_count, time.perf_counter()
        function()
        times.append((time.perf_counter() - start) * 1000)
        queries = env.cr.sql_log_count - before
    return statistics.median(times), queries


def insert_answers(count, topics):
    """Published answers made of the words of the benchmark questions, in one statement."""
    env.cr.execute(
        """
        INSERT INTO commune_published_answer
               (question, answer, answer_text, topic_id, state, create_uid, write_uid,
                create_date, write_date)
        SELECT (%(texts)s::text[])[1 + n %% %(size)s] || ' ' || n,
               '<p>' || (%(texts)s::text[])[1 + (n * 7) %% %(size)s] || '</p>',
               (%(texts)s::text[])[1 + (n * 7) %% %(size)s],
               (%(topics)s::int[])[1 + n %% %(many)s], 'published', 1, 1, now(), now()
          FROM generate_series(1, %(count)s) AS n
        """,
        {
            "texts": TEXTS,
            "size": len(TEXTS),
            "topics": topics.ids,
            "many": len(topics),
            "count": count,
        },
    )
    env.cr.execute("ANALYZE commune_published_answer")


def insert_requests(count, start, commune, person, stage, team, topics):
    env.cr.execute(
        """
        INSERT INTO helpdesk_ticket
               (number, name, description, commune_id, partner_id, stage_id, stage_kind, team_id,
                topic_id, confidentiality, company_id, active, promised_date, rating_status,
                transfer_count,
                reopen_count, create_uid, write_uid, create_date, write_date)
        SELECT 'B' || n, (%(texts)s::text[])[1 + n %% %(size)s], '<p>Question</p>', %(commune)s,
               %(person)s, %(stage)s, 'in_progress', %(team)s, (%(topics)s::int[])[1 + n %% %(many)s],
               'commune', %(company)s, true, current_date + (n %% 30), 'no_rate', 0, 0, 1, 1,
               now() - n * interval '1 hour', now()
          FROM generate_series(%(start)s, %(end)s) AS n
        """,
        {
            "texts": TEXTS,
            "size": len(TEXTS),
            "commune": commune.id,
            "person": person.id,
            "stage": stage.id,
            "team": team.id,
            "topics": topics.ids,
            "many": len(topics),
            "company": env.company.id,
            "start": start,
            "end": start + count - 1,
        },
    )
    env.cr.execute("ANALYZE helpdesk_ticket")


with file_open("commune_relations/data/requests/benchmark_questions.csv", "rb") as file:
    TEXTS = [question.text for question in read_questions(file)]
topics = env["commune.topic"].search([("parent_id", "!=", False)])
commune = env["res.partner"].create(
    {"name": "Banc", "is_company": True, "is_commune": True, "insee_code": "57999"}
)
mayor = env["res.partner"].create({"firstname": "Anne", "lastname": "BANC"})
user = env["res.users"].create(
    {
        "login": "bench",
        "partner_id": mayor.id,
        "group_ids": [fields.Command.set(env.ref("base.group_portal").ids)],
    }
)
env["commune.mandate"].create(
    {
        "partner_id": mayor.id,
        "commune_id": commune.id,
        "function_id": env["commune.function"]._by_code()["mayor"].id,
        "date_start": "2026-03-15",
    }
)
env.flush_all()

print(f"{'orientation et portail':<44}{'nous':>10}{'référence':>12}{'rapport':>9}{'budget':>9}")
questions = iter(TEXTS * RUNS)


def orient():
    question = next(questions)
    env["commune.topic"].orient(question, commune)
    env["commune.published.answer"]._search_similar(question)


orient()
empty, _queries = measured(orient)
insert_answers(PAST, topics)
full, queries = measured(orient)
line(
    "question, 20 000 réponses passées (ms)",
    f"{full:.1f}",
    f"{empty:.1f}",
    f"{full / empty:.1f}",
    "< 50 ms",
)
line("question, requêtes SQL", queries, "", "", "≤ 4")

stage = env.ref("commune_relations.stage_in_progress")
team = env["helpdesk.ticket.team"]._get_desk()
requests = env["helpdesk.ticket"].with_user(user)
figures = []
for number, start in ((1_000, 1), (9_000, 1_001)):
    insert_requests(number, start, commune, mayor, stage, team, topics)
    requests.env["commune.request.portal"]._get_portal_list(commune)
    figures.append(
        measured(lambda: requests.env["commune.request.portal"]._get_portal_list(commune))
    )
(few, queries_few), (many, queries_many) = figures
line("portail, 10 000 demandes / 1 000 (ms)", f"{many:.1f}", f"{few:.1f}", f"{many / few:.1f}", "")
line("portail, requêtes SQL", queries_many, queries_few, f"{queries_many - queries_few:+d}", "±2")
env.cr.rollback()
