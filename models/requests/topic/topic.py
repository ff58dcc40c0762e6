"""Topics of requests: subject, owners and keywords."""

import csv
from io import StringIO

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import file_open

LEVELS = [
    ("metropole", "Intercommunality"),
    ("commune", "The commune itself"),
    ("departement", "Department"),
    ("region", "Region"),
    ("etat", "State"),
    ("operateur", "Operator"),
]
REFERENCE = "commune_relations/data/requests/topics.csv"


class CommuneTopic(models.Model):
    _name = "commune.topic"
    _inherit = ["commune.readonly.fields.mixin"]
    _description = "Topic"
    _parent_store = True
    _order = "sequence, code"
    _rec_names_search = ["name", "code", "keywords"]
    _readonly_fields = frozenset()  # what is worked out apart

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Name of the topic for imports and reports.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        "commune.topic",
        string="Family",
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("commune.topic", "parent_id", string="Topics")
    keywords = fields.Text(
        help="Words and expressions of those who ask, separated by commas: they are what the"
        " orientation looks for."
    )
    description = fields.Text(help="One sentence that the communes read under the name.")

    # who is in charge
    level = fields.Selection(LEVELS, string="In charge", required=True, default="metropole")
    legal_basis = fields.Char(
        help="Text that gives the competence, for example “CGCT, art. L. 5217-2”."
    )
    suggested_department = fields.Char(
        string="Department (suggested)",
        help="Where this work is usually done; turn it into a team, or forget it.",
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('serves_communes', '=', True)]",
        context={"default_serves_communes": True},
    )
    people_note = fields.Char(
        string="Who answers", compute="_compute_people_note", compute_sudo=True
    )
    department_id = fields.Many2one(
        "helpdesk.ticket.team",
        string="Directorate",
        related="team_id.department_id",
        store=True,
    )
    referent_ids = fields.One2many("commune.topic.referent", "topic_id", string="Referents")
    term_ids = fields.One2many("commune.topic.term", "topic_id", string="Learned words")
    is_sensitive = fields.Boolean(
        string="Answers to validate",
        help="The answer to a request on this topic is validated before it is sent.",
    )
    disambiguation = fields.Char(
        string="Question to ask", help="“Is the road inside the built-up area?”"
    )

    # outside the organisation's competence
    outside_name = fields.Char(
        string="Who to ask instead", help="“Departmental council, roads office”."
    )
    outside_contact = fields.Char(
        string="How to reach them", help="Phone number, e-mail or website given to the commune."
    )
    outside_note = fields.Text(string="What the commune reads")
    _code_uniq = models.Constraint("UNIQUE(code)", "This code already names another topic.")

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A topic cannot be below itself."))

    @api.depends("name", "parent_id.name")
    @api.depends_context("topic_with_family")
    def _compute_display_name(self):
        for topic in self:
            topic.display_name = topic.name
            if topic.parent_id and self.env.context.get("topic_with_family"):
                topic.display_name = f"{topic.parent_id.name} › {topic.name}"

    @api.model
    def _load_reference(self):
        """Create the topics of the reference that this database does not have yet.

        Runs at each update: topics that users changed or archived are left alone.
        """
        with file_open(REFERENCE, "r") as file:
            rows = list(csv.DictReader(StringIO(file.read()), delimiter=";"))
        known = {t.code: t for t in self.with_context(active_test=False).search([])}
        for families in (True, False):
            missing = [
                (number, row)
                for number, row in enumerate(rows)
                if row["code"] not in known and bool(row["parent"]) != families
            ]
            values = [
                {**self._prepare_reference(row, known), "sequence": number}
                for number, row in missing
            ]
            for topic in self.create(values):
                known[topic.code] = topic

    @api.model
    def _prepare_reference(self, row, known):
        parent = known.get(row["parent"])
        return {
            "code": row["code"],
            "name": row["label"],
            "parent_id": parent.id if parent else False,
            "keywords": row["keywords"],
            "level": row.get("level") or "metropole",
            "police_power_id": self._get_police_power(row.get("police_power")).id,
            "suggested_department": (row.get("department") or "")
            .replace("(à confirmer)", "")
            .strip(),
            "legal_basis": row.get("legal_basis"),
            "disambiguation": row.get("disambiguation"),
            "outside_name": row.get("outside_name"),
            "outside_contact": row.get("outside_contact"),
        }

    @api.model
    def _get_police_power(self, code):
        return self.env["commune.police.power"].search([("code", "=", code or "")], limit=1)

    def _get_team(self):
        """The team in charge: the topic's, else the family's, where somebody answers; else the
        desk."""
        self.ensure_one()
        topic = self.sudo()
        for team in (topic.team_id, topic.parent_id.team_id):
            if team.active and team._get_own_lead():
                return team
        return team._get_desk()

    @api.depends("team_id.is_staffed", "parent_id.team_id.is_staffed", "level")
    @api.depends_context("lang")
    def _compute_people_note(self):
        """Note of an unstaffed topic; empty when somebody answers or another body is competent."""
        for topic in self:
            is_organisation = topic.level == "metropole" or topic.police_power_id
            team = topic._get_team()
            chosen = team == topic.team_id and team.is_staffed
            nobody = is_organisation and (team.is_desk or not team) and not chosen
            topic.people_note = team._get_nobody_note() if nobody else ""

    def _get_outside_sentence(self):
        """Who to ask instead and how, for a topic that is not the intercommunality's."""
        self.ensure_one()
        return " – ".join(filter(None, [self.outside_name, self.outside_contact]))

    @api.model
    def _check_team_given(self, vals_list):
        """Check the rights to give a topic to a third-party team.

        The team becomes managed by the addon, so the user needs the right to change that team.
        """
        teams = self.env["helpdesk.ticket.team"].browse(
            {vals["team_id"] for vals in vals_list if vals.get("team_id")}
        )
        teams.filtered(lambda team: not team.serves_communes).check_access("write")

    def _check_new_team(self, vals):
        self._check_team_given([vals])

    # From the departments suggested by the reference to teams.

    def action_create_teams(self):
        """Make the suggested departments into teams and give them the topics that have none.

        A family's department becomes the parent of the services of its topics. A team of the
        same name is used, never made twice.
        """
        self.check_access("write")
        topics = self.filtered(lambda t: t.suggested_department and not t.team_id)
        topics |= topics.parent_id.filtered(lambda t: t.suggested_department and not t.team_id)
        if not topics:
            raise UserError(
                self.env._("These topics already have a team, or no department is suggested.")
            )
        topics._give_teams({topic: topic.suggested_department for topic in topics})

    def _give_teams(self, names):
        """Give these topics the team of a name, the families first; made when there is none.

        :param names: {topic: name of its team, empty for none}
        """
        teams = self.env["helpdesk.ticket.team"].with_context(active_test=False)
        is_organisation = teams.search(teams._get_managed_teams_domain(), order="active, id desc")
        known = {team.name: team for team in is_organisation}
        for topic in self.sorted(lambda topic: bool(topic.parent_id)):
            topic.team_id = topic._get_or_create_team(names[topic], known)

    def _get_or_create_team(self, name, known):
        """:param known: {name: team}, archived or not; completed here"""
        team = known.get(name)
        if name and not team:
            parent = self.parent_id.team_id
            team = known[name] = self.env["helpdesk.ticket.team"].create(
                {
                    "name": name,
                    "parent_id": parent.id if parent.name != name else False,
                    "serves_communes": True,
                }
            )
        if team and not team.active:
            team.active = True
        return team
