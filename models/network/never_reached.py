"""Communes that no letter reaches: looked at across the letters of a year, not one by one."""

from odoo import api, fields, models
from odoo.tools import SQL

LAST_LETTERS = 5
MEANING = (
    "Of the last five letters of the past twelve months meant for the commune, nobody there"
    " opened a single one; or the last letter of each of its persons came back; or no letter of"
    " these twelve months was meant for anybody there."
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
        if operator != "in":
            return NotImplemented
        wanted = "in" if True in value else "not in"
        if True in value and False in value:
            return []
        return [("id", wanted, self._get_never_reached().ids)]

    @api.model
    def _get_never_reached(self):
        """Member communes that no letter reaches; none before the first letter.

        A letter on its way says nothing yet; a digest cannot be followed letter by letter.
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
