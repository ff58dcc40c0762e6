"""The one search with 20,000 requests, 5,000 items of the watch, 47 communes and 940 persons.

Read by `odoo shell`, in a database that has the addon: `env` is given, all is rolled back.
"""

from bench_clock import Clock, load

RUNS = 15
REQUESTS = 20_000
SUBJECTS = (
    "Nid de poule rue %s",
    "Lampadaire éteint place %s",
    "Bacs non ramassés allée %s",
    "Avaloir bouché impasse %s",
    "Question sur un permis, chemin %s",
    "Remplacement d’une secrétaire, dossier %s",
)
QUESTIONS = (
    "maire d’Augny 12",
    "lampadaires",
    "lampaderes",
    "augny 12",
    "nid de poule augny 12",
    "#1234",
    "urbanisme",
    "zzzqqx",
)


def fill(table, columns, select, **values):
    env.cr.execute(f"INSERT INTO {table} ({columns}) {select}", values)
    # What a server does by itself: the index takes in what was written, the table is measured.
    if table == "helpdesk_ticket":
        env.cr.execute("SELECT gin_clean_pending_list('helpdesk_ticket_found_idx'::regclass)")
    env.cr.execute(f"ANALYZE {table}")


communes = env["res.partner"].create(
    [
        {
            "name": f"Augny {number}",
            "is_company": True,
            "is_commune": True,
            "insee_code": f"57{number:03d}",
            "population": 500 + number,
        }
        for number in range(900, 946)
    ]
    + [{"name": "Augny 12", "is_company": True, "is_commune": True, "insee_code": "57946"}]
)
functions = env["commune.function"]._by_code()
for commune in communes:
    persons = env["res.partner"].create(
        [{"firstname": "Anne", "lastname": f"MARTIN{commune.id}{rank}"} for rank in range(20)]
    )
    env["commune.mandate"].create(
        [
            {
                "partner_id": person.id,
                "commune_id": commune.id,
                "function_id": functions["mayor" if not rank else "councillor"].id,
                "date_start": "2026-03-15",
            }
            for rank, person in enumerate(persons)
        ]
    )
env.flush_all()
fill(
    "helpdesk_ticket",
    "number, name, description, commune_id, stage_id, stage_kind, team_id, confidentiality,"
    " company_id, active, rating_status, transfer_count, reopen_count, create_date, write_date",
    """
    SELECT 'D2026-' || lpad(n::text, 5, '0'),
           replace((%(subjects)s::text[])[1 + n %% %(size)s], '%%s', 'numéro ' || n),
           '<p>Question</p>', (%(communes)s::int[])[1 + n %% 47], %(stage)s, 'in_progress',
           %(team)s, 'commune', %(company)s, true, 'no_rate', 0, 0,
           now() - n * interval '1 hour', now()
      FROM generate_series(1, %(count)s) AS n
    """,
    subjects=list(SUBJECTS),
    size=len(SUBJECTS),
    communes=communes.ids,
    stage=env.ref("commune_relations.stage_in_progress").id,
    team=env["helpdesk.ticket.team"]._get_desk().id,
    company=env.company.id,
    count=REQUESTS,
)
fill(
    "commune_watch_item",
    "name, state, kind, date, create_date, write_date",
    """
    SELECT 'Texte ' || n || ' sur la dotation des communes', 'new', 'law',
           current_date - n %% 900, now(), now()
      FROM generate_series(1, 5000) AS n
    """,
)
env.cr.execute("SELECT gin_clean_pending_list('res_partner_found_idx'::regclass)")
env.cr.execute("ANALYZE res_partner")
officer = env["res.users"].create(
    {
        "name": "Banc",
        "login": "bench_search",
        "group_ids": [(6, 0, env.ref("commune_relations.group_officer").ids)],
    }
)
search = env["commune.search"].with_user(officer)
search.find("augny")
clock = Clock(search.env)
title = f"une recherche, 20 000 demandes (charge {load()})"
print(f"{title:<56}{'ms':>6}{'requêtes':>10}{'trouvés':>9}")
for question in QUESTIONS:
    found = len(search.find(question))
    own, queries = clock.measured(lambda asked=question: search.find(asked), RUNS)
    print(f"{question:<56}{own:>6.0f}{queries:>10}{found:>9}")
env.cr.rollback()
