"""The screens of the replacement service over a year, then over ten times as much: planning board
of 60 agents over eight weeks, indicators, demand, continuity.

Read by `odoo shell`, in a database that has the addon: `env` is given, all is rolled back.
"""

import time
from datetime import date, timedelta

from odoo.fields import Command

from odoo.addons.commune_relations.models.core.inside import NO_LETTERS

MONDAY = date(2027, 1, 11)
HALVES = [f"{day}_{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]


def line(what, figure, reference, ratio, budget):
    print(f"{what:<44}{figure:>10}{reference:>12}{ratio:>9}{budget:>9}")


def measured(function):
    """Seconds and queries of the second run: the first one warms the registry, not the records."""
    function()
    env.flush_all()
    env.invalidate_all()
    before, start = env.cr.sql_log_count, time.perf_counter()
    function()
    return time.perf_counter() - start, env.cr.sql_log_count - before


def create_communes(numbers):
    return env["res.partner"].create(
        [
            {
                "name": f"Banc {number}",
                "is_company": True,
                "is_commune": True,
                "insee_code": f"579{number:02}",
                "population": 300 + 170 * number,
                "epci_id": epci.id,
            }
            for number in numbers
        ]
    )


def create_agents(numbers):
    week = dict.fromkeys(HALVES, True)
    values = {"is_replacement_agent": True, "category": "B", "statut": "titulaire", **week}
    return env["hr.employee"].create(
        [{"name": f"Agent du banc {n}", "agent_code": f"Z{n}", **values} for n in numbers]
    )


def create_requests(communes, agents):
    """For each agent, eight weeks of Mondays to Wednesdays filled, of Thursdays to fill."""
    filled, opened = HALVES[:6], HALVES[6:8]
    values = {"post": "Accueil", "date_start": MONDAY, "date_end": MONDAY + timedelta(days=55)}
    for halves, state in ((filled, "filled"), (opened, "open")):
        requests = env["commune.replacement.request"].create(
            [
                {
                    **values,
                    "commune_id": communes[rank % len(communes)].id,
                    "need_ids": [Command.create({"skill_id": skill.id, "level": "2"})],
                    **dict.fromkeys(halves, True),
                }
                for rank in range(len(agents))
            ]
        )
        # As they were asked and agreed: what a convention and a plan check is measured elsewhere.
        requests._set({"state": "submitted"})
        if state == "filled":
            for request, agent in zip(requests, agents, strict=True):
                env.flush_all()
                env.cr.execute(
                    "UPDATE commune_replacement_slot SET state = 'filled', employee_id = %s"
                    " WHERE request_id = %s",
                    (agent.id, request.id),
                )
    env.invalidate_all()


SCREENS = {
    "planning, 8 semaines": lambda: env["commune.replacement.board"].get_window(
        str(MONDAY), "eight"
    ),
    "indicateurs": lambda: env["commune.replacement.figures"]._get_rows(
        date(2027, 1, 1), date(2027, 12, 31)
    ),
    "tableaux du rapport": lambda: env["commune.replacement.figures"]._get_breakdowns(
        date(2027, 1, 1), date(2027, 12, 31)
    ),
    "demande à venir": lambda: env["commune.replacement.demand"]._prepare(),
    "continuité": lambda: env["commune.replacement.continuity"]._prepare_lines(MONDAY),
}

env = env(user=env.ref("base.user_admin"), context=dict(NO_LETTERS))  # noqa: F821
env.user.group_ids += env.ref("commune_relations.group_manager")
env.user.group_ids += env.ref("commune_relations.group_replacement_coordinator")
epci = env["res.partner"].create(
    {"name": "Banc", "is_company": True, "is_epci": True, "siren": "200000001", "epci_kind": "CC"}
)
env.company.epci_id = epci
skill = env["hr.skill"]._by_commune_code()["ACC"]
print(f"{'service de remplacement':<44}{'dix fois':>10}{'une fois':>12}{'rapport':>9}{'budget':>9}")
create_requests(create_communes(range(1, 6)), create_agents(range(6)))
few = {name: measured(screen) for name, screen in SCREENS.items()}
create_requests(create_communes(range(6, 51)), create_agents(range(6, 60)))
many = {name: measured(screen) for name, screen in SCREENS.items()}
for name, (seconds, queries) in many.items():
    before, queries_before = few[name]
    ratio = f"{seconds / before:.1f}"
    line(f"{name} (ms)", f"{1000 * seconds:.0f}", f"{1000 * before:.0f}", ratio, "< 2000 ms")
    line(f"{name}, requêtes SQL", queries, queries_before, f"{queries - queries_before:+d}", "±0")
env.cr.rollback()
