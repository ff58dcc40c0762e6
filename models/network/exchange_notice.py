"""An offer and a request that go together: both communes are told, once."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..territory.mandate import PORTAL_ACCESS

# A change of these may bring an offer and a request together.
MATCHING = {"kind", "nature", "topic_id", "commune_id", "state", "date_end", "active"}


class CommuneExchangeNotice(models.Model):
    _name = "commune.exchange.notice"
    _inherit = ["commune.letter"]
    _description = "Notice that an offer and a request go together"
    _order = "id desc"
    _rec_name = "exchange_id"

    exchange_id = fields.Many2one(
        "commune.exchange", string="What the commune posted", required=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "commune.exchange",
        string="What goes with it",
        required=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Written to", required=True, index=True, ondelete="cascade"
    )

    _pair_uniq = models.UniqueIndex(
        "(exchange_id, other_id, partner_id)", "This person has already been told."
    )

    def _get_letter_person(self):
        return self.partner_id

    def _get_other_line(self):
        """What the letter says of the other commune: its town hall, never a personal contact."""
        self.ensure_one()
        return self.other_id.with_context(lang=self.env.lang)._get_portal_lines()[0]


class CommuneExchange(models.Model):
    _inherit = "commune.exchange"

    @api.model_create_multi
    def create(self, vals_list):
        exchanges = super().create(vals_list)
        exchanges._tell_matches()
        return exchanges

    def write(self, vals):
        result = super().write(vals)
        if MATCHING & vals.keys():
            self._tell_matches()
        return result

    def _tell_matches(self):
        """Write to both communes of each pair that was not told yet: a fixed number of queries."""
        ours = self.sudo()
        pairs = {_pair(exchange, other) for exchange in ours for other in exchange.match_ids}
        if not pairs:
            return
        Notice = self.env["commune.exchange.notice"].sudo()
        known = Notice.search_fetch(
            Domain("exchange_id", "in", ours.ids) | Domain("other_id", "in", ours.ids),
            ["exchange_id", "other_id"],
        )
        pairs -= {_pair(notice.exchange_id, notice.other_id) for notice in known}
        sides = [side for pair in sorted(pairs) for side in (pair, pair[::-1])]
        recipients = ours.browse({mine for mine, _other in sides})._get_notice_recipients()
        notices = Notice.create(
            [
                {"exchange_id": mine, "other_id": other, "partner_id": person.id}
                for mine, other in sides
                for person in recipients[ours.browse(mine)]
            ]
        )
        notices._send_letters("mail_template_exchange_match")

    def _get_notice_recipients(self):
        """Whom of its commune each offer or request is the business of.

        :return: dict: exchange -> res.partner; whoever posted it, while he or she acts for the
            commune; else those who do and have an account; else the town hall
        """
        mandates = self.env["commune.mandate"].search(
            Domain(PORTAL_ACCESS)
            & Domain("function_id.portal_role", "=", "full")
            & Domain("commune_id", "in", self.commune_id.ids)
            & Domain("partner_id.email_normalized", "!=", False)
        )
        acting = mandates.grouped("commune_id")
        recipients = {}
        for exchange in self:
            persons = acting.get(exchange.commune_id, mandates.browse()).partner_id
            recipients[exchange] = (
                persons & exchange.partner_id
                or persons.filtered("user_ids")
                or exchange.commune_id.filtered("email_normalized")
            )
        return recipients


def _pair(one, other):
    return tuple(sorted((one.id, other.id)))
