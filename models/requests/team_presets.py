"""Teams to measure: one desk, a few teams, or the departments of a métropole.

Nothing but the desk exists until an organisation chooses. It may choose again at any time: what
somebody decided by hand stays, and so do the teams that serve.
"""

import csv
from io import StringIO

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import file_open

from ...engine.team_presets import suggest_model
from ..core.row_lock import lock_rows

MODELS = [
    ("small", "One desk"),
    ("medium", "A few teams"),
    ("metropole", "Departments and their services"),
]
NAMES = "commune_relations/data/requests/team_presets.csv"


class ResCompany(models.Model):
    _inherit = "res.company"

    request_team_preset = fields.Selection(
        MODELS,
        string="Model of teams",
        readonly=True,
        help="Empty until the organisation chose one.",
    )

    def _suggest_team_model(self):
        """A key of `MODELS`, from the kind and the size of the intercommunality."""
        epci = self._get_epci()
        return suggest_model(epci.epci_kind or "", epci.population, epci.member_count)


class HelpdeskTicketTeam(models.Model):
    _inherit = "helpdesk.ticket.team"

    @api.model
    def _choose_model(self, model):
        """Give the topics the teams of a model; teams that nobody uses any more are archived.

        :param model: a key of `MODELS`
        """
        # Two managers choose at the same moment: no team twice.
        company = self.env.company.sudo()
        lock_rows(company)
        names, unused = self._plan_model(model)
        topics = self.env["commune.topic"].union(*names)
        topics.filtered(lambda topic: (topic.team_id.name or "") != names[topic])._give_teams(names)
        unused.active = False
        company.request_team_preset = model

    @api.model
    def _plan_model(self, model):
        """What a model would change.

        :return: pair ({topic: name of its team, empty for none} of the topics whose team nobody
            chose by hand, teams that nobody would use any more)
        """
        topics = self.env["commune.topic"].with_context(active_test=False).search(Domain.TRUE)
        few = _read_names()
        names = {
            topic: self._name_in_model(model, topic, few)
            for topic in topics
            # A team that none of the models gives to this topic was chosen.
            if topic.team_id.name in (False, topic.suggested_department, few.get(topic.code))
        }
        chosen = topics.filtered(lambda topic: topic not in names).team_id
        return names, self._find_unused(set(names.values()), chosen)

    @api.model
    def _get_managed_teams_domain(self):
        """Another company of the same Odoo has its own teams, and so have other customers."""
        managed = Domain("serves_communes", "=", True)
        return managed & Domain("company_id", "in", (False, self.env.company.id))

    @api.model
    def _count_in_model(self, model):
        """How many teams a model has, the desk included."""
        few = _read_names()
        topics = self.env["commune.topic"].search(Domain.TRUE)
        return len({self._name_in_model(model, topic, few) for topic in topics} - {""}) + 1

    @api.model
    def _name_in_model(self, model, topic, few):
        if model == "medium":
            return few.get(topic.code, "")
        if model == "metropole" and topic.level == "metropole":
            return topic.suggested_department or ""
        return ""

    @api.model
    def _find_unused(self, names, chosen):
        """Active teams that no person, no request and no record needs, once the topics have moved.

        :param names: names of the teams that topics will have
        :param chosen: teams that somebody gave to a topic
        """
        teams = self.search(self._get_managed_teams_domain())
        used = chosen | teams._find_referred()
        used |= teams.filtered(
            lambda t: t.is_desk or t.name in names or t.user_id or t.user_ids or t.alias_name
        )
        above = {int(part) for team in used for part in (team.parent_path or "").split("/") if part}
        return teams.filtered(lambda team: team not in used and team.id not in above)

    def _find_referred(self):
        """Teams that a record of any pillar refers to, topics excepted."""
        named = self.browse()
        for field in self._get_referring_fields():
            records = self.env[field.model].sudo().with_context(active_test=False)
            groups = records._read_group([(field.name, "in", self.ids)], [field.name])
            named |= named.union(*(team for (team,) in groups if team in self))
        return named

    @api.model
    def _get_referring_fields(self):
        """The fields of the database that hold a team; a topic is moved by a model."""
        found = (
            self.env["ir.model.fields"]
            .sudo()
            .search(
                [
                    ("relation", "=", self._name),
                    ("store", "=", True),
                    ("ttype", "in", ("many2one", "many2many")),
                    ("model", "not in", (self._name, "commune.topic")),
                ]
            )
        )
        return found.filtered(
            lambda f: (
                f.model in self.env and self.env[f.model]._auto and not self.env[f.model]._transient
            )
        )


def _read_names():
    """{code of a topic: its team} in the model of a few teams."""
    with file_open(NAMES, "r") as file:
        rows = list(csv.DictReader(StringIO(file.read()), delimiter=";"))
    return {row["code"]: row["team"] for row in rows}
