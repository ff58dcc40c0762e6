"""Which communes a mailing reached: figures of its form, each leading to its list."""

from odoo import api, fields, models
from odoo.fields import Domain

from .audience_members import is_in_territory


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    person_count = fields.Integer(
        string="Persons now", compute="_compute_person_count", help="Who would receive it today."
    )
    aside_count = fields.Integer(
        string="Left aside",
        compute="_compute_person_count",
        help="Members without address, who refuse these letters or share an address.",
    )
    unreached_commune_ids = fields.Many2many(
        "res.partner",
        string="Communes not reached",
        compute="_compute_unreached_commune_ids",
        help="Communes of the audiences in which the letter reached nobody.",
    )
    unreached_commune_count = fields.Integer(compute="_compute_unreached_commune_ids")

    @api.depends("state", "audience_ids", "theme_id", "is_service", "resend_of_id")
    def _compute_person_count(self):
        for mailing in self:
            ours = mailing.audience_ids and mailing.state not in ("sending", "done")
            plan = mailing._plan_recipients() if ours else {}
            sent = [outcome for outcome, _m in plan.values() if outcome == "sent"]
            mailing.person_count = len(sent)
            mailing.aside_count = len(plan) - len(sent)

    @api.depends("state", "audience_ids")
    def _compute_unreached_commune_ids(self):
        arrived = {}
        for mailing, commune in self.env["commune.mailing.stat"]._read_group(
            Domain("mailing_id", "in", self.ids) & Domain("arrived", "=", 1),
            ["mailing_id", "commune_id"],
        ):
            arrived.setdefault(mailing, set()).add(commune.id)
        epci = self.env.company.epci_id
        members = epci._get_members() if epci else self.env["res.partner"]
        for mailing in self:
            communes = members.browse()
            if mailing.state == "done" and mailing.audience_ids:
                reached = arrived.get(mailing, set())
                aimed = mailing._get_aimed_communes(members)
                communes = aimed.filtered(lambda c, reached=reached: c.id not in reached)
            mailing.unreached_commune_ids = communes
            mailing.unreached_commune_count = len(communes)

    def _get_aimed_communes(self, members):
        """Communes of the territory of the audiences, with a known member or not."""
        criteria = [a._get_criteria() for a in self.sudo().audience_ids]
        functions = self.sudo().audience_ids.function_ids
        if functions and all(f.place == "epci" for f in functions):
            return self.sudo().recipient_ids.commune_id.filtered("is_commune")
        return members.filtered(
            lambda commune: any(wanted and is_in_territory(commune, wanted) for wanted in criteria)
        )

    def action_open_recipients(self):
        """The members today with what would happen, or the lines once it is sent."""
        self.ensure_one()
        self.check_access("read")
        if self.state in ("sending", "done"):
            return self._get_stat_action()
        plan = self._plan_recipients()
        persons = [person for person, (outcome, _m) in plan.items() if outcome == "sent"]
        partners = self.env["res.partner"].browse(persons)
        return self.audience_ids[:1]._get_person_action(self.env._("Recipients today"), partners)

    def action_open_aside(self):
        self.ensure_one()
        self.check_access("read")
        plan = self._plan_recipients()
        persons = [person for person, (outcome, _m) in plan.items() if outcome != "sent"]
        partners = self.env["res.partner"].browse(persons)
        return self.audience_ids[:1]._get_person_action(self.env._("Left aside"), partners)

    def action_open_stats(self):
        self.ensure_one()
        self.check_access("read")
        return self._get_stat_action()

    def _get_stat_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_mailing_stat_action"
        )
        return dict(action, domain=[("mailing_id", "=", self.id)], context={})

    def action_open_unreached(self):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("commune_relations.commune_action")
        return dict(
            action,
            name=self.env._("Communes not reached"),
            domain=[("id", "in", self.unreached_commune_ids.ids)],
            context={},
        )
