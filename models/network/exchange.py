"""Offers and requests between communes: equipment, expertise; brought together by the thing itself,
advice by its topic too."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...engine.exchange import Market, Thing
from ..core.date_input import read_day
from ..territory.mandate.mandate import PORTAL_ACCESS

KINDS = [("offer", "Offer"), ("need", "Request")]
NATURES = [
    ("equipment", "Equipment"),
    ("expertise", "Expertise, advice"),
    ("experience", "Feedback from experience"),
    ("help", "A hand for a time"),
]
# Knowledge to share, not an item to lend: the topic names it.
ADVICE = ("expertise", "experience")
STATES = [("open", "To be settled"), ("settled", "Settled"), ("withdrawn", "Withdrawn")]
OPEN = [
    ("active", "=", True),
    ("state", "=", "open"),
    "|",
    ("date_end", "=", False),
    ("date_end", ">=", "today"),
]
# A change of these may bring an offer and a request together.
MATCHING = {"name", "kind", "nature", "topic_id", "commune_id", "state", "date_end", "active"}
MOST_MATCHES = 5  # shown of each on the portal
YEARS_AHEAD = 10  # of the last day of an offer


class CommuneExchange(models.Model):
    _name = "commune.exchange"
    _description = "Offer or request between communes"
    _order = "create_date desc, id desc"

    name = fields.Char(string="What", required=True)
    kind = fields.Selection(KINDS, required=True, default="offer", string="Offer or request")
    nature = fields.Selection(NATURES, required=True, default="equipment")
    topic_id = fields.Many2one("commune.topic", required=True, index=True, ondelete="restrict")
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        domain="['|', ('is_commune', '=', True), ('is_epci', '=', True)]",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Posted by", ondelete="set null", index="btree_not_null"
    )
    description = fields.Text()
    date_end = fields.Date(string="Valid until", help="Empty: until it is withdrawn.")
    state = fields.Selection(STATES, default="open", required=True)
    active = fields.Boolean(default=True)
    match_ids = fields.Many2many(
        "commune.exchange",
        string="May go together",
        compute="_compute_match_ids",
        help="What other communes ask for or offer that names the same thing; advice on the same"
        " topic.",
    )
    match_count = fields.Integer(compute="_compute_match_ids")

    @api.constrains("commune_id")
    def _check_place(self):
        for exchange in self:
            if not (exchange.commune_id.is_commune or exchange.commune_id.is_epci):
                raise ValidationError(self.env._("An offer or a request is that of a commune."))

    @api.depends(*sorted(MATCHING))
    def _compute_match_ids(self):
        """One search, whatever the number of offers."""
        today = self.env.company._get_today()
        running = self.filtered(
            lambda e: e.active and e.state == "open" and not (e.date_end and e.date_end < today)
        )
        market = Market(one._get_thing() for one in self.search(Domain(OPEN)) | running)
        for exchange in self:
            found = market.suits(exchange.id) if exchange in running else ()
            exchange.match_ids = self.browse(found)
            exchange.match_count = len(found)

    def _get_thing(self):
        topic = self.topic_id.id if self.nature in ADVICE else None
        return Thing(self.id, self.kind, self.commune_id.id, self.name or "", topic)

    # portal

    @api.model
    def _post(self, place, person, values):
        """What a commune posts on the portal, as superuser.

        :param values: dict of texts: `name`, `kind`, `nature`, `topic_id` (int), `description`,
            `date_end`
        :return: the exchange, or a list of (name of the field, sentence): what is to be corrected
        """
        place._check_portal_role(person)
        if problems := self._get_post_problems(values):
            return problems
        return self.sudo().create(
            {
                "name": values["name"],
                "kind": values["kind"],
                "nature": values["nature"],
                "topic_id": values["topic_id"],
                "commune_id": place.id,
                "description": values.get("description") or False,
                "date_end": read_day(values.get("date_end")),
                "partner_id": person.id,
            }
        )

    @api.model
    def _get_post_problems(self, values):
        """All that is to be corrected, in the order of the form."""
        problems = {}
        if values.get("kind") not in dict(KINDS) or values.get("nature") not in dict(NATURES):
            problems["kind"] = self.env._("Choose what you post in the list.")
        if not values.get("name"):
            problems["name"] = self.env._("Say in a few words what you offer or look for.")
        topic = self.env["commune.topic"].browse(values.get("topic_id") or 0).exists()
        if not topic:
            problems["topic_id"] = self.env._("Choose a topic in the list.")
        typed = values.get("date_end")
        if problem := self.env.company._get_day_problem(typed, YEARS_AHEAD):
            problems["date_end"] = problem
        elif typed and read_day(typed) < self.env.company._get_today():
            problems["date_end"] = self.env._("The last day is in the past.")
        return list(problems.items())

    @api.model
    def _find_own(self, exchange_id, person):
        """The open one of this id when the person acts for the commune that posted it, as
        superuser; else nothing."""
        found = self.sudo().search([("id", "=", exchange_id), ("state", "=", "open")])
        acts = found and found.commune_id._get_portal_role(person) == "full"
        return found if acts else found.browse()

    def _close(self, state, person):
        """The commune settles or withdraws what it posted."""
        exchange = self.sudo()
        exchange.commune_id._check_portal_role(person)
        exchange.state = state

    def _get_portal_lines(self):
        """What the portal shows: the commune and its town hall, never a personal contact; called as
        superuser."""
        natures = dict(self._fields["nature"]._description_selection(self.env))
        return [
            {
                "id": exchange.id,
                "name": exchange.name,
                "kind": exchange.kind,
                "nature": natures[exchange.nature],
                "topic": exchange.topic_id.name,
                "place": exchange.commune_id.brand_name or exchange.commune_id.name,
                "email": exchange.commune_id.email or "",
                "phone": exchange.commune_id.phone or "",
                "description": exchange.description or "",
                "date_end": exchange.date_end,
            }
            for exchange in self
        ]

    def _get_own_portal_lines(self):
        """The same for exchanges of one's own commune, with the best matches of each."""
        lines = zip(self, self._get_portal_lines(), strict=True)
        return [
            {**line, "matches": exchange.match_ids[:MOST_MATCHES]._get_portal_lines()}
            for exchange, line in lines
        ]

    # A matching offer and request: both communes are notified, once.

    @api.model_create_multi
    def create(self, vals_list):
        exchanges = super().create(vals_list)
        exchanges._notify_matches()
        return exchanges

    def write(self, vals):
        result = super().write(vals)
        if MATCHING & vals.keys():
            self._notify_matches()
        return result

    def _notify_matches(self):
        """Write to both communes of each pair that was not notified yet: a fixed number of
        queries."""
        exchanges = self.sudo()
        pairs = {_pair(exchange, other) for exchange in exchanges for other in exchange.match_ids}
        if not pairs:
            return
        Notice = exchanges.env["commune.exchange.notice"]
        known = Notice.search_fetch(
            Domain("exchange_id", "in", exchanges.ids) | Domain("other_id", "in", exchanges.ids),
            ["exchange_id", "other_id"],
        )
        pairs -= {_pair(notice.exchange_id, notice.other_id) for notice in known}
        sides = [side for pair in sorted(pairs) for side in (pair, pair[::-1])]
        recipients = exchanges.browse({own for own, _other in sides})._get_notice_recipients()
        notices = Notice.create(
            [
                {"exchange_id": own, "other_id": other, "partner_id": person.id}
                for own, other in sides
                for person in recipients[exchanges.browse(own)]
            ]
        )
        notices._send_letters("mail_template_exchange_match")

    def _get_notice_recipients(self):
        """Whom of its commune each offer or request is the business of.

        :return: dict: exchange -> res.partner; anyone who posted it, while he or she acts for the
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
        "(exchange_id, other_id, partner_id)", "This person has already been informed."
    )

    def _get_letter_person(self):
        return self.partner_id

    def _get_letter_document(self):
        return self.exchange_id

    def _get_other_line(self):
        """Line of the letter about the other commune: its town hall, never a personal contact."""
        self.ensure_one()
        return self.other_id.with_context(lang=self.env.lang)._get_portal_lines()[0]


def _pair(one, other):
    return tuple(sorted((one.id, other.id)))
