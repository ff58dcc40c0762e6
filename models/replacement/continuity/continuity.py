"""Communes whose town hall would close with one absence: who could go, what to prepare."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ...core.collation import collate_place
from ...territory.partner.map_figures import MapMeasure
from ...territory.partner.secretary import CODES, STATUSES
from ..planning.cover import cover

COVERS = [
    ("covered", "Somebody can go"),
    ("nobody", "Nobody can go"),
    ("no_agreement", "No convention"),
]
# Posts of the town hall itself: an absence there closes it to the public.
OFFICE = (
    *CODES,
    "deputy_dgs",
    "accountant",
    "human_resources",
    "urbanism",
    "civil_registry",
    "reception",
    "administrative_agent",
)


class CommuneReplacementContinuity(models.TransientModel):
    _name = "commune.replacement.continuity"
    _description = "Continuity of a town hall"
    _order = "sequence, id"
    _map_code = "continuity"

    sequence = fields.Integer()
    commune_id = fields.Many2one("res.partner", readonly=True, ondelete="cascade")
    population = fields.Integer(related="commune_id.population")
    staff_count = fields.Integer(string="Persons in the office", readonly=True)
    staff_text = fields.Char(string="Known in the office", readonly=True)
    is_alone = fields.Boolean(
        string="Depends on one person",
        readonly=True,
        help="One person alone is known in the posts of the town hall.",
    )
    cover = fields.Selection(COVERS, string="Next working morning", readonly=True)
    agent_text = fields.Char(string="Who, from how far", readonly=True)
    minutes = fields.Integer(string="Minutes of road", readonly=True)
    secretary_status = fields.Selection(STATUSES, string="Secretary in 2028", readonly=True)
    category_needed = fields.Char(string="Category asked in 2028", readonly=True)
    to_do = fields.Char(string="To prepare for 2028", readonly=True)
    need_text = fields.Char(string="Needs that come back", readonly=True)
    need_job = fields.Char(readonly=True)

    @api.depends("commune_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.commune_id.name or ""

    @api.model
    def _open(self):
        """A line for each commune, as of now; the morning is that of the next working day."""
        self.browse().check_access("create")
        day = self._get_next_working_day()
        lines = self.create(self._prepare_lines(day))
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_replacement_continuity_action"
        )
        name = self.env._(
            "Continuity of the town halls – morning of %s",
            self.env["commune.letter"]._format_date(day),
        )
        return {**action, "name": name, "display_name": name, "domain": [("id", "in", lines.ids)]}

    @api.model
    def _get_next_working_day(self):
        company = self.env.company
        return company._get_working_days().add(company._get_today(), 1)

    @api.model
    def _prepare_lines(self, day):
        members = self.env.company._get_epci()._get_members()
        covers = cover(members, day)
        posts = members._get_current_mandates([("function_id.code", "in", OFFICE)]).sudo()
        # The persons of several posts know nothing of the others: a query for each commune.
        posts.partner_id.fetch(["name"])
        held, needs = posts.grouped("commune_id"), self._get_needs()
        order = sorted(members, key=lambda one: collate_place(one.name))
        return [
            {
                "sequence": rank,
                "commune_id": one.id,
                **self._prepare_office(one, held.get(one, posts.browse())),
                **self._prepare_cover(covers[one]),
                **self._prepare_needs(needs.get(one, [])),
            }
            for rank, one in enumerate(order)
        ]

    def _prepare_office(self, commune, posts):
        persons = posts.partner_id
        secretaries = posts.filtered(lambda one: one.function_id.code in CODES)
        names = ", ".join(secretaries.partner_id.mapped("name"))
        status, category = commune.secretary_status, commune.secretary_category_needed
        return {
            "staff_count": len(persons),
            "staff_text": ", ".join(persons.mapped("name")),
            "is_alone": len(persons) == 1,
            "secretary_status": status,
            "category_needed": category,
            "to_do": self._get_to_do(status, category, names),
        }

    def _get_to_do(self, status, category, names):
        """What the commune has to prepare before 1 January 2028 (CGCT, L2122-19-1)."""
        if status == "below":
            return self.env._(
                "%(names)s: competition, promotion or training up to category %(category)s",
                names=names,
                category=category,
            )
        if status == "unknown":
            return self.env._("Note the category of %s", names)
        if status == "missing":
            return self.env._("Name a secretary general of category %s at least", category)
        return ""

    def _prepare_cover(self, found):
        if not found.agent:
            return {"cover": "nobody" if found.has_agreement else "no_agreement"}
        text = found.agent.name
        if found.minutes is not None:
            text = self.env._(
                "%(agent)s, %(km)s km, %(minutes)s min",
                agent=found.agent.name,
                km=round(found.km),
                minutes=found.minutes,
            )
        if found.count > 1:
            text = self.env._("%(first)s (%(number)s could go)", first=text, number=found.count)
        return {"cover": "covered", "agent_text": text, "minutes": found.minutes or 0}

    @api.model
    def _get_needs(self):
        """{commune: [(job, requests of the last twelve months)]} of those that come back."""
        figures, today = self.env["commune.replacement.figures"], self.env.company._get_today()
        start = today - relativedelta(years=1)
        domain = figures._get_request_domain(figures._get_period(start, today))
        found = {}
        for (commune, job), ids in figures._group_by_job(domain).items():
            if len(ids) > 1:
                found.setdefault(commune, []).append((job, len(ids)))
        return found

    def _prepare_needs(self, needs):
        needs = sorted(needs, key=lambda need: (-need[1], need[0]))
        text = ", ".join(f"{job} ({count})" for job, count in needs)
        return {"need_text": text, "need_job": needs[0][0] if needs else False}

    @api.model
    def _get_map_label(self):
        return self.env._("Replaced next working morning")

    @api.model
    def _get_map_measure(self, communes):
        """Whether somebody could go to each commune on the next working morning."""
        day = self._get_next_working_day()
        values = {}
        for one, found in cover(communes.sudo(), day).items():
            values[one.id] = self._prepare_cover(found)["cover"]
        labels = dict(self._fields["cover"]._description_selection(self.env))
        colours = {"covered": 0, "nobody": 2, "no_agreement": 3}
        return MapMeasure(
            code=self._map_code,
            label=self._get_map_label(),
            definition=self.env._(
                "Whether an agent of the pool is free on the morning of %s, knows the reception and"
                " the software, and is stopped by no rule.",
                self.env.company._format_document_date(day),
            ),
            kind="categorical",
            palette="status",
            options=[(code, labels[code], colour) for code, colour in colours.items()],
            values=values,
        )

    def action_share_post(self):
        """A draft project of a shared post, fed by the communes with the same need.

        :raise AccessError: the user who asks does not write projects
        """
        self.ensure_one()
        self.check_access("read")
        projects = self.env["commune.service.project"]
        projects.check_access("create")
        same = self._get_needs()
        communes = self.env["res.partner"].browse(
            [c.id for c, needs in same.items() if self.need_job in dict(needs)]
        )
        name = self.env._("Shared post: %s", self.need_job)
        project = projects._feed("replacement", name, communes)
        return {
            "type": "ir.actions.act_window",
            "res_model": project._name,
            "res_id": project.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
