"""Which communes a mailing reached: figures of its form, each leading to its list."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core.window_actions import open_action
from ..audience.membership import is_in_territory

LAST_LETTERS = 5
MEANING = (
    "Of the last five letters of the past twelve months meant for the commune, nobody there"
    " opened a single one; or the last letter of each of its persons came back; or no letter of"
    " these twelve months was meant for anybody there."
)


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    person_count = fields.Integer(
        string="Persons now",
        compute="_compute_person_count",
        compute_sudo=True,
        help="Who would receive it today.",
    )
    aside_count = fields.Integer(
        string="Left aside",
        compute="_compute_person_count",
        compute_sudo=True,
        help="Members without address, who refuse these letters or share an address.",
    )
    unreached_commune_ids = fields.Many2many(
        "res.partner",
        string="Communes not reached",
        compute="_compute_unreached_commune_ids",
        compute_sudo=True,
        help="Communes of the audiences in which the letter reached nobody.",
    )
    unreached_commune_count = fields.Integer(
        compute="_compute_unreached_commune_ids", compute_sudo=True
    )

    @api.depends("state", "audience_ids", "theme_id", "is_service", "resend_of_id")
    def _compute_person_count(self):
        for mailing in self:
            managed = mailing.audience_ids and mailing.state not in ("sending", "done")
            plan = mailing._plan_recipients() if managed else {}
            sent = [outcome for outcome, _m in plan.values() if outcome == "sent"]
            mailing.person_count = len(sent)
            mailing.aside_count = len(plan) - len(sent)

    @api.depends("state", "audience_ids")
    def _compute_unreached_commune_ids(self):
        arrived, members = {}, self.env["res.partner"]
        sent = self.filtered(lambda one: one.state == "done" and one.network_kind)
        for mailing, commune in sent and self.env["commune.mailing.stat"]._read_group(
            Domain("mailing_id", "in", sent.ids) & Domain("arrived", "=", 1),
            ["mailing_id", "commune_id"],
        ):
            arrived.setdefault(mailing, set()).add(commune.id)
        epci = sent and self.env.company.epci_id
        members = epci._get_members() if epci else members
        for mailing in self:
            communes = members.browse()
            if mailing in sent and mailing.audience_ids:
                reached = arrived.get(mailing, set())
                aimed = mailing._get_aimed_communes(members)
                communes = aimed.filtered(lambda c, reached=reached: c.id not in reached)
            mailing.unreached_commune_ids = communes
            mailing.unreached_commune_count = len(communes)

    def _get_aimed_communes(self, members):
        """Communes of the territory of the audiences, with a known member or not; called as
        superuser, to count also those of audiences of colleagues."""
        criteria = [a._get_criteria() for a in self.audience_ids]
        functions = self.audience_ids.function_ids
        if functions and all(f.place == "epci" for f in functions):
            return self.recipient_ids.commune_id.filtered("is_commune")
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
        return open_action(
            self, "commune_mailing_stat_action", [("mailing_id", "=", self.id)], context={}
        )

    def action_open_unreached(self):
        self.ensure_one()
        self.check_access("read")
        return open_action(
            self,
            "commune_action",
            [("id", "in", self.unreached_commune_ids.ids)],
            name=self.env._("Communes not reached"),
            context={},
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    network_never_reached = fields.Boolean(
        string="Never reached by letters",
        compute="_compute_network_never_reached",
        search="_search_network_never_reached",
        groups="commune_relations.group_reader,commune_relations.group_referent",
        help=MEANING,
    )

    def _compute_network_never_reached(self):
        never = self._get_never_reached()
        for partner in self:
            partner.network_never_reached = partner in never

    def _search_network_never_reached(self, operator, value):
        # Odoo asks for the groups of stored fields alone.
        self._check_field_access(self._fields["network_never_reached"], "read")
        if operator != "in":
            return NotImplemented
        wanted = "in" if True in value else "not in"
        if True in value and False in value:
            return []
        return [("id", wanted, self._get_never_reached().ids)]

    @api.model
    def _get_never_reached(self):
        """Member communes that no letter reaches; none before the first letter.

        A pending letter is not counted yet; the delivery of a digest is not tracked letter by
        letter.
        """
        epci = self.env.company.epci_id
        Stat = self.env["commune.mailing.stat"].sudo()
        if not epci or not Stat.search_count([("date", ">=", "today -1y")], limit=1):
            return self.browse()
        for model in ("commune.mailing.recipient", "mailing.mailing", "mailing.trace"):
            self.env[model].flush_model()
        reached = [commune for (commune,) in self.env.execute_query(self._get_reached_query(Stat))]
        return epci._get_members() - self.browse(reached)

    @api.model
    def _get_reached_query(self, stat):
        """Communes where one of the last letters was opened, and one address at least is good."""
        return SQL(
            """
            SELECT commune_id
              FROM (
                SELECT commune_id,
                       status,
                       DENSE_RANK() OVER (
                           PARTITION BY commune_id ORDER BY mailing_id DESC
                       ) AS letter,
                       ROW_NUMBER() OVER (
                           PARTITION BY commune_id, partner_id ORDER BY mailing_id DESC
                       ) AS latest
                  FROM %(stat)s
                 WHERE date >= now() AT TIME ZONE 'UTC' - interval '1 year'
                   AND status NOT IN ('outgoing', 'digest')
                   AND outcome <> 'digest'
              ) line
             GROUP BY commune_id
            HAVING bool_or(status IN ('opened', 'clicked') AND letter <= %(count)s)
               AND NOT bool_and(status = 'bounced') FILTER (WHERE latest = 1)
            """,
            stat=SQL("(%s) stat", stat._table_query),
            count=LAST_LETTERS,
        )


class CommuneMailingStat(models.Model):
    _inherit = "commune.mailing.stat"

    never_reached = fields.Boolean(
        related="commune_id.network_never_reached", string="Never reached", help=MEANING
    )
