"""A pool of two agents, a commune with a convention, one without."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.fields import Command

from ..common import CommuneCase
from ..services.service_case import make_offer, on_paper

TODAY = date(2026, 11, 26)  # a Thursday: the day of these cases for the user who asks for an agent
MONDAY = date(2027, 1, 11)  # a week without holiday
WEEK = {
    f"{day}_{half}": True for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")
}


def get_replacement_offer(case):
    """The option that opens the replacement service."""
    offers = case.env["commune.service.offer"]
    found = offers.search([("code", "=", "REMPL-ESSAI")])
    if not found:
        family = case.env.ref("commune_relations.service_family_hr")
        values = {"name": "Remplacement (essai)", "family_id": family.id}
        service = case.env["commune.service"].create(values)
        found = make_offer(case, service, "Agent")
        found.write({"code": "REMPL-ESSAI", "is_replacement": True})
    return found


class ReplacementCase(CommuneCase):
    """`nadia` (B, permanent, all week) and `karim` (C, contract, all week).

    Aubrive (A) has a convention, Bellefontaine (B) has none. `_request` asks for reception on
    the mornings of Monday and Tuesday, 11 to 22 January 2027: 4 half-days.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        requests = cls.env.registry["commune.replacement.request"]
        cls.startClassPatcher(patch.object(requests, "_get_today", lambda self: TODAY))
        cls.skills = cls.env["hr.skill"]._by_commune_code()
        cls.software = cls.env["commune.software"]._by_code()
        cls.nadia = cls._agent("A01", "Nadia F.", "B", "titulaire", {"ACC": 2, "CPT": 3}, ["JVS"])
        cls.karim = cls._agent("A06", "Karim B.", "C", "contractuel", {"ACC": 3}, ["JVS"])
        cls.agreement = cls._agree(cls.commune_a)

    @classmethod
    def _agent(cls, code, name, category, statut, skills, software=(), **values):
        levels = {n: cls.env.ref(f"commune_relations.skill_level_{n}") for n in range(4)}
        kind = cls.env.ref("commune_relations.skill_type_town_hall")
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "is_replacement_agent": True,
                "agent_code": code,
                "category": category,
                "statut": statut,
                "work_email": f"{code.lower()}@pool.example",
                "employee_skill_ids": [
                    Command.create(
                        {
                            "skill_type_id": kind.id,
                            "skill_id": cls.skills[skill].id,
                            "skill_level_id": levels[level].id,
                            "valid_from": "2020-01-01",
                        }
                    )
                    for skill, level in skills.items()
                ],
                "software_ids": [Command.set([cls.software[s].id for s in software])],
                **WEEK,
                **values,
            }
        )

    @classmethod
    def _agree(cls, commune, **values):
        return cls.env["agreement"].create(
            {
                "name": f"Convention de remplacement – {commune.name}",
                "commune_id": commune.id,
                "state": "active",
                "offer_ids": [Command.set(get_replacement_offer(cls).ids)],
                **on_paper("2026-01-15"),
                "start_date": "2026-02-01",
                **values,
            }
        )

    @classmethod
    def _request(cls, commune=None, needs=(("ACC", "2"),), software=(), submit=True, **values):
        request = cls.env["commune.replacement.request"].create(
            {
                "commune_id": (commune or cls.commune_a).id,
                "post": "Secrétaire de mairie",
                "date_start": MONDAY,
                "date_end": MONDAY + timedelta(days=11),
                "mon_am": True,
                "tue_am": True,
                "need_ids": [
                    Command.create({"skill_id": cls.skills[skill].id, "level": level})
                    for skill, level in needs
                ],
                "software_ids": [Command.set([cls.software[s].id for s in software])],
                **values,
            }
        )
        if submit:
            request.action_submit()
        return request

    @staticmethod
    def _days(slots):
        return [
            (str(slot.date), slot.half_day) for slot in slots.sorted(lambda s: (s.date, s.half_day))
        ]


def get_replacement_records(case):
    """Records for the access matrix: a mission of commune A, under a convention, and its pieces."""
    env = case.env
    ReplacementCase._agree.__func__(case, case.commune_a)
    agent = env["hr.employee"].create(
        {"name": "Agent (essai)", "is_replacement_agent": True, "statut": "titulaire", **WEEK}
    )
    colleague = env["hr.employee"].create({"name": "Collègue hors pool"})
    request = env["commune.replacement.request"].create(
        {
            "commune_id": case.commune_a.id,
            "post": "Secrétaire",
            "date_start": MONDAY,
            "date_end": MONDAY,
            "mon_am": True,
            "need_ids": [
                Command.create(
                    {"skill_id": env.ref("commune_relations.skill_acc").id, "level": "1"}
                )
            ],
        }
    )
    proposal = request._hold(agent, request.slot_ids)
    proposal._answer("agent", True, case.portal_a.partner_id)
    proposal._answer("commune", True, case.portal_a.partner_id)
    mission = proposal.mission_id
    incident = env["commune.replacement.incident"].create(
        {
            "kind": "task",
            "mission_id": mission.id,
            "source": "mission",
            "facts": "Ménage de la salle",
            "party_ids": [
                Command.create({"partner_id": case.portal_a.partner_id.id, "role": "reporter"})
            ],
        }
    )
    alert = env["commune.replacement.alert"].create(
        {
            "employee_id": agent.id,
            "commune_id": case.commune_a.id,
            "score": 5,
            "fact_ids": [
                Command.create(
                    {
                        "date": MONDAY,
                        "kind": "early_end",
                        "key": f"commune.replacement.mission,{mission.id}",
                    }
                )
            ],
        }
    )
    plan = env["commune.replacement.plan"].create({"date_start": MONDAY, "date_end": MONDAY})
    return {
        "evaluation": mission._ask_evaluations("end")[:1].sudo(False),
        "incident": incident,
        "incident_measure": env["commune.replacement.incident.measure"].create(
            {"incident_id": incident.id, "kind": "exclusion"}
        ),
        "alert": alert,
        "alert_fact": alert.fact_ids,
        "incident_party": incident.party_ids,
        "incident_interview": env["commune.replacement.incident.interview"].create(
            {
                "incident_id": incident.id,
                "date": "2027-01-12 09:00:00",
                "party_ids": incident.party_ids.ids,
            }
        ),
        "incident_event": incident.event_ids[:1],
        "incident_access": env["commune.replacement.incident.access"].create(
            {"incident_id": incident.id, "user_id": case.coordinator.id}
        ),
        "skill_level": env["commune.replacement.level"].create(
            {
                "employee_id": agent.id,
                "skill_id": env.ref("commune_relations.skill_acc").id,
                "rank": 3,
            }
        ),
        "plan": plan,
        "plan_line": env["commune.replacement.plan.line"].create(
            {"plan_id": plan.id, "request_id": request.id, "employee_id": agent.id}
        ),
        "plan_gap": env["commune.replacement.plan.gap"].create(
            {"plan_id": plan.id, "request_id": request.id}
        ),
        "plan_learning": env["commune.replacement.plan.learning"].create(
            {"plan_id": plan.id, "name": "Paie (niveau 2)"}
        ),
        "service_report": env["commune.replacement.report"].create({"year": 2024}),
        "agent": agent,
        "agent_leave": env["resource.calendar.leaves"].create(
            {"resource_id": agent.resource_id.id, "date_from": MONDAY, "date_to": "2027-01-12"}
        ),
        "closure": env["resource.calendar.leaves"].create(
            {"name": "Pont", "date_from": "2020-05-22 06:00:00", "date_to": "2020-05-22 18:00:00"}
        ),
        "colleague": colleague,
        "work_rule": env.ref("commune_relations.work_rule_day_hours"),
        "software": env["commune.software"].search([], limit=1),
        "exclusion": env["commune.exclusion"].create(
            {"employee_id": agent.id, "commune_id": case.commune_b.id, "reason": "Essai"}
        ),
        "replacement_request": request,
        "replacement_need": request.need_ids,
        "slot": request.slot_ids,
        "proposal": proposal,
        "mission": mission,
        "amendment": mission.amendment_ids,
        "checklist": mission.checklist_ids[:1],
        "access": env["commune.replacement.access"].create(
            {"mission_id": mission.id, "name": "Logiciel"}
        ),
    }
