"""Agents of the replacement service, on top of the employees of Odoo."""

from odoo import api, fields, models
from odoo.fields import Domain

CATEGORIES = [("A", "A"), ("B", "B"), ("C", "C")]
COORDINATOR = "commune_relations.group_replacement_coordinator"
# Who keeps the file of an agent. A field without groups that Odoo's public profile does not have
# would close to every employee his own file, and what Odoo reads of it (work locations).
FILE = f"{COORDINATOR},hr.group_hr_user"


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "commune.week.grid"]

    is_replacement_agent = fields.Boolean(
        string="Agent of the replacement service", index=True, groups=FILE
    )
    agent_code = fields.Char(string="Agent code", copy=False, index="btree_not_null", groups=FILE)
    grade = fields.Char(groups=FILE)
    category = fields.Selection(CATEGORIES, groups=FILE)
    statut = fields.Selection(
        [
            ("titulaire", "Permanent civil servant"),
            ("stagiaire", "Probationary civil servant"),
            ("contractuel", "Contract agent"),
        ],
        string="Status",
        groups=FILE,
    )
    civil_registry_allowed = fields.Boolean(
        string="May sign civil registry acts",
        groups=FILE,
        help="The mayor's delegation goes to permanent civil servants of the commune"
        " (CGCT, art. R2122-10). Have it confirmed by the legal department.",
    )

    # time
    working_ratio = fields.Integer(string="Working time (%)", default=100, groups=FILE)
    weekly_hours = fields.Float(string="Hours a week", default=35, groups=FILE)
    agent_date_start = fields.Date(string="In the pool from", groups=FILE)
    agent_date_end = fields.Date(
        string="In the pool until", help="Last day of the contract.", groups=FILE
    )
    no_evening = fields.Boolean(string="No evening duty", groups=FILE)
    mon_am = fields.Boolean(groups=FILE)
    mon_pm = fields.Boolean(groups=FILE)
    tue_am = fields.Boolean(groups=FILE)
    tue_pm = fields.Boolean(groups=FILE)
    wed_am = fields.Boolean(groups=FILE)
    wed_pm = fields.Boolean(groups=FILE)
    thu_am = fields.Boolean(groups=FILE)
    thu_pm = fields.Boolean(groups=FILE)
    fri_am = fields.Boolean(groups=FILE)
    fri_pm = fields.Boolean(groups=FILE)
    sat_am = fields.Boolean(groups=FILE)
    sat_pm = fields.Boolean(groups=FILE)
    week_text = fields.Char(groups=FILE)

    # travel
    base_commune_id = fields.Many2one(
        "res.partner",
        string="Home base",
        domain="[('is_commune', '=', True)]",
        ondelete="restrict",
        index="btree_not_null",
        groups=FILE,
    )
    max_radius_km = fields.Integer(
        string="Greatest distance (km)", help="0: no limit.", groups=FILE
    )
    has_licence = fields.Boolean(string="Driving licence and vehicle", default=True, groups=FILE)
    vehicle_insurance_until = fields.Date(
        string="Vehicle insured for work until",
        groups=FILE,
        help="End of the certificate that covers professional use without limit (décret"
        " n° 2006-781, art. 10): an order of mission by own vehicle asks for it.",
    )
    software_ids = fields.Many2many(
        "commune.software",
        "commune_software_employee_rel",
        "employee_id",
        "software_id",
        string="Software mastered",
        groups=FILE,
    )
    exclusion_ids = fields.One2many("commune.exclusion", "employee_id", groups=COORDINATOR)
    slot_ids = fields.One2many(
        "commune.replacement.slot", "employee_id", string="Half-days", groups=COORDINATOR
    )
    hourly_cost_charged = fields.Float(string="Full cost of an hour (€)", groups=COORDINATOR)
    agent_note = fields.Text(string="Note on the agent", groups=COORDINATOR)
    half_days_to_come = fields.Integer(
        compute="_compute_half_days", compute_sudo=True, groups=COORDINATOR
    )
    half_days_done = fields.Integer(
        compute="_compute_half_days", compute_sudo=True, groups=COORDINATOR
    )
    skill_text = fields.Char(string="Skills in short", compute="_compute_skill_text", groups=FILE)
    _agent_code_uniq = models.UniqueIndex(
        "(agent_code) WHERE agent_code IS NOT NULL", "Another agent has this code."
    )
    _working_ratio_check = models.Constraint(
        "CHECK(working_ratio BETWEEN 0 AND 100)", "The working time is between 0 and 100 %."
    )
    _agent_period_check = models.Constraint(
        "CHECK(agent_date_end IS NULL OR agent_date_start IS NULL"
        " OR agent_date_end >= agent_date_start)",
        "The contract ends before it starts.",
    )
    _civil_registry_check = models.Constraint(
        "CHECK(civil_registry_allowed IS NOT TRUE OR statut = 'titulaire')",
        "Only a permanent civil servant of the commune may sign civil registry acts (CGCT, art."
        " R2122-10): choose the status of a permanent civil servant first.",
    )

    @api.depends("slot_ids.state", "slot_ids.date")
    def _compute_half_days(self):
        today = self.env.company._get_today()
        held = Domain("employee_id", "in", self.ids) & Domain("state", "in", ("held", "filled"))
        slots = self.env["commune.replacement.slot"]
        counts = [
            dict(
                slots._read_group(
                    held & Domain("date", operator, today), ["employee_id"], ["__count"]
                )
            )
            for operator in (">=", "<")
        ]
        for agent in self:
            agent.half_days_to_come = counts[0].get(agent, 0)
            agent.half_days_done = counts[1].get(agent, 0)

    @api.depends("employee_skill_ids.skill_level_id")
    def _compute_skill_text(self):
        for agent in self:
            agent.skill_text = " · ".join(
                f"{code} {rank}" for code, rank in sorted(agent._get_skill_ranks().items())
            )

    def _get_skill_ranks(self, called="commune_code"):
        """Rank by skill, of the levels that are valid today.

        :param called: what a skill is called by, its code or its `name`
        """
        self.ensure_one()
        today = self.env.company._get_today()
        return {
            line.skill_id[called]: line.skill_level_id.commune_rank
            for line in self.sudo().employee_skill_ids
            if line.skill_id.commune_code
            and line.valid_from <= today
            and (not line.valid_to or line.valid_to >= today)
        }

    def _track_prepare(self, fields_iter):
        """Note the tracked values before a write: Odoo reads them all, including contract and place
        of work, which a coordinator may not read.

        As superuser, for the log alone: who reads a tracked value needs the groups of its field.
        """
        agents = self.sudo() if self._opens_agent_form() else self
        return super(HrEmployee, agents)._track_prepare(fields_iter)

    def _phone_get_country(self):
        """Odoo completes a number by the nationality of an employee, which is for the HR
        department: for who may not read it, a number is completed by the country of the company,
        to which Odoo falls back."""
        nationality = self._fields[self._phone_get_country_field()]
        return super()._phone_get_country() if self._has_field_access(nationality, "read") else {}

    @api.model
    def _filter_managed(self):
        """Agents of the pool."""
        return self.browse(self.sudo().filtered("is_replacement_agent").ids)

    def _split_coordinator_values(self, vals):
        """(values of the agent that a coordinator may set, commands on the lines of the agent).

        The lines are written with the rights of the coordinator: a command names any record.
        """
        allowed = self._get_coordinator_fields()
        kept = {name: value for name, value in vals.items() if name in allowed}
        lines = {
            name: kept.pop(name)
            for name in list(kept)
            if self._fields[name].type in ("one2many", "many2many")
        }
        return kept, lines

    @api.model
    def _get_coordinator_fields(self):
        """Fields that a coordinator may write: the addon's, the name and contact data."""
        managed = {
            name
            for name, field in self._fields.items()
            if field._module == "commune_relations" and field.store
        }
        return managed | {
            "name",
            "work_email",
            "work_phone",
            "mobile_phone",
            "image_1920",
            "employee_skill_ids",
            "current_employee_skill_ids",
        }

    def _opens_agent_form(self, access_uid=None):
        """Coordinators open agents of the pool in the addon's form, not in that of HR."""
        user = self.env["res.users"].browse(access_uid).sudo() if access_uid else self.env.user
        return (
            all(self.sudo().mapped("is_replacement_agent"))
            and user.has_group(COORDINATOR)
            and not user.has_group("hr.group_hr_user")
        )

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """The form that an address opens, `/odoo/hr.employee/7` for instance, names no view; that
        of the HR department reads what a coordinator may not (where somebody works today)."""
        if view_type == "form" and not view_id and self.browse()._opens_agent_form():
            view_id = self.env.ref("commune_relations.replacement_agent_view_form").id
        return super().get_view(view_id, view_type, **options)

    def get_formview_id(self, access_uid=None):
        if self._opens_agent_form(access_uid):
            return self.env.ref("commune_relations.replacement_agent_view_form").id
        return super().get_formview_id(access_uid=access_uid)

    def get_formview_action(self, access_uid=None):
        action = super().get_formview_action(access_uid=access_uid)
        if self._opens_agent_form(access_uid):
            action["res_model"] = self._name
            action["views"] = [(self.get_formview_id(access_uid), "form")]
        return action

    def _format_document_name(self):
        """“Madame Nadia FAVEREL”, like the other persons named in documents."""
        self.ensure_one()
        return self.env["commune.letter"]._name_person(self.work_contact_id, self.name)

    def _is_person(self, person):
        """Whether an agent is this person, under one contact or another: nobody answers, signs or
        judges for a commune what one does for it as an agent."""
        return bool(person and person._find_same_person(self._get_own_contacts()))

    def _get_own_contacts(self):
        """The contacts of these agents, of the personnel and of their accounts, as superuser."""
        agents = self.sudo()
        return agents.work_contact_id | agents.user_id.partner_id

    def action_open_slots(self):
        self.ensure_one()
        self.check_access("write")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_replacement_slot_action"
        )
        return {**action, "domain": [("employee_id", "=", self.id)], "context": {}}
