"""Why an agent for a request, in words that stay on the proposal: `déjà venue 3 fois, 12 km`."""

from collections import Counter

from odoo.fields import Domain

from ....engine.staffing import standing

GENDERS = {"mme": "f", "m": "m", "female": "f", "male": "m"}


class Motives:
    """Missions already done by the agents of a problem in its communes: one query, then words."""

    def __init__(self, staffing):
        self.staffing = staffing
        requests = list(staffing.requests.values())
        self.visits = self._count_visits(requests[0].browse().union(*requests)) if requests else {}

    def _count_visits(self, requests):
        """(agent, commune) -> missions that have begun and were not called off."""
        agents = [agent.id for agent in self.staffing.agents.values()]
        domain = (
            Domain("employee_id", "in", agents)
            & Domain("commune_id", "in", requests.commune_id.ids)
            & Domain("state", "!=", "cancelled")
            & Domain("date_start", "<", requests.env.company._get_today())
        )
        missions = requests.env["commune.replacement.mission"]
        counts = missions._read_group(domain, ["employee_id", "commune_id"], ["__count"])
        return Counter({(agent.id, commune.id): count for agent, commune, count in counts})

    def get(self, request, agent):
        """Ranking of an agent for a request.

        :param request, agent: as the engine calls them
        :return: engine.staffing.Standing
        """
        commune = self.staffing.requests[request].commune_id
        visits = self.visits[self.staffing.agents[agent].id, commune.id]
        return standing(self.staffing.board, request, agent, visits)

    def describe(self, request, agent):
        """The same in words, in the feminine for a woman."""
        person = self.staffing.agents[agent]
        gender = GENDERS.get(person.work_contact_id.civility) or GENDERS.get(person.sex) or ""
        return self.get(request, agent).describe(gender)
