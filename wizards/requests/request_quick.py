"""Note a call in under thirty seconds: number, caller, commune, question."""

import re
from textwrap import shorten

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, plaintext2html

from ...models.core.display_notification import CLOSE, display_notification
from ...models.core.window_actions import open_record

TITLE_LENGTH = 80


class CommuneRequestQuick(models.TransientModel):
    _name = "commune.request.quick"
    _description = "Quick entry of a request"

    phone = fields.Char(string="Number of the caller")
    partner_id = fields.Many2one(
        "res.partner",
        string="Caller",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        domain="[('is_company', '=', False), ('held_mandate_ids', '!=', False)]",
    )
    commune_id = fields.Many2one(
        "res.partner",
        compute="_compute_commune_id",
        store=True,
        readonly=False,
        domain="['|', ('is_commune', '=', True), ('is_epci', '=', True)]",
    )
    question = fields.Text()
    suggested_topic_ids = fields.Many2many(
        "commune.topic", compute="_compute_suggested_topic_ids", string="Topics found"
    )
    topic_id = fields.Many2one(
        "commune.topic",
        compute="_compute_topic_id",
        store=True,
        readonly=False,
        domain="[('parent_id', '!=', False)]",
    )
    is_clear = fields.Boolean(compute="_compute_suggested_topic_ids")
    interlocutor = fields.Char(compute="_compute_interlocutor")
    outside_contact = fields.Char(compute="_compute_interlocutor", string="Who to ask instead")
    similar_ids = fields.Many2many(
        "helpdesk.ticket", string="Already asked", compute="_compute_similar_ids"
    )
    channel = fields.Selection(
        [("phone", "Phone"), ("other", "Meeting or visit")], required=True, default="phone"
    )
    is_urgent = fields.Boolean(string="Urgent")

    @api.depends("phone")
    def _compute_partner_id(self):
        for quick in self:
            found = self._find_by_phone(quick.phone)
            person = found.filtered(lambda p: not p.is_company)
            if len(person) == 1:
                quick.partner_id = person
            else:
                quick.partner_id = quick.partner_id

    @api.depends("partner_id", "phone")
    def _compute_commune_id(self):
        for quick in self:
            places = quick.partner_id.held_mandate_ids.filtered(
                lambda m: m.state == "current"
            ).commune_id
            if not places:
                found = self._find_by_phone(quick.phone)
                places = found.filtered(lambda p: p.is_commune or p.is_epci)
            communes = places.filtered("is_commune") or places
            if quick.commune_id not in places or not quick.commune_id:
                quick.commune_id = communes if len(communes) == 1 else quick.commune_id

    @api.model
    def _find_by_phone(self, phone):
        """Partners that have this number, whatever the way in which it is written.

        The last nine digits are compared: +33 3 87…, 03 87… and 0033387… are one number.
        """
        digits = re.sub(r"\D", "", phone or "")[-9:]
        partners = self.env["res.partner"]
        if len(digits) < 9:
            return partners
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_partner WHERE active AND phone IS NOT NULL"
                " AND right(regexp_replace(phone, '[^0-9]', '', 'g'), 9) = %s",
                digits,
                to_flush=partners._fields["phone"],
            )
        )
        return partners.browse([partner_id for (partner_id,) in rows])

    @api.depends("question", "commune_id")
    def _compute_suggested_topic_ids(self):
        for quick in self:
            cards = self.env["commune.topic"].orient(quick.question, quick.commune_id)
            quick.suggested_topic_ids = [card["topic_id"] for card in cards]
            quick.is_clear = bool(cards) and cards[0]["clear"]

    @api.depends("suggested_topic_ids")
    def _compute_topic_id(self):
        """The first topic when it is clear; otherwise the agent chooses."""
        for quick in self:
            # On screen the topics found belong to records that are not saved yet.
            found, chosen = quick.suggested_topic_ids._origin, quick.topic_id._origin
            if chosen not in found:
                chosen = found[:1] if quick.is_clear else found.browse()
            quick.topic_id = chosen

    @api.depends("topic_id", "commune_id")
    def _compute_interlocutor(self):
        """The person to name during the call: without a topic, who answers for the desk."""
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        for quick in self:
            topic = quick.topic_id._origin
            team = topic._get_team() if topic else desk
            person = topic._get_owner(quick.commune_id, team.id)
            words = (person.name, person.sudo().partner_id.phone)
            quick.interlocutor = " – ".join(filter(None, words))
            outside = topic and topic._is_outside(quick.commune_id)
            quick.outside_contact = topic._get_outside_sentence() if outside else False

    @api.depends("commune_id", "topic_id")
    def _compute_similar_ids(self):
        for quick in self:
            quick.similar_ids = (
                self.env["helpdesk.ticket"].search(
                    [
                        ("commune_id", "=", quick.commune_id.id),
                        ("topic_id", "=", quick.topic_id.id),
                        ("create_date", ">=", "today -30d"),
                        ("stage_kind", "!=", "cancelled"),
                    ],
                    limit=5,
                )
                if quick.commune_id and quick.topic_id
                else False
            )

    def _prepare_request(self):
        self.ensure_one()
        question = (self.question or "").strip()
        if not question:
            raise UserError(self.env._("Write what the commune asks before you save."))
        if not self.commune_id:
            raise UserError(self.env._("Choose the commune that asks before you save."))
        title = shorten(question.splitlines()[0], TITLE_LENGTH, placeholder="…")
        return {
            "name": title,
            "description": plaintext2html(question),
            "commune_id": self.commune_id.id,
            "partner_id": self.partner_id.id or self.commune_id.id,
            "partner_name": self.partner_id.name or self.commune_id.name,
            "partner_email": self.partner_id.email or self.commune_id.email,
            "partner_phone": self.phone,
            "topic_id": self.topic_id.id,
            "suggested_topic_id": self.suggested_topic_ids[:1].id,
            "priority": "2" if self.is_urgent else "1",
            "channel_id": self.env.ref(f"helpdesk_mgmt.helpdesk_ticket_channel_{self.channel}").id,
        }

    def _create_request(self):
        ticket = self.env["helpdesk.ticket"].create(self._prepare_request())
        cards = self.env["commune.topic"].orient(self.question, self.commune_id)
        self.env["commune.orientation.log"]._log(
            self.question, cards, "phone", self.topic_id, ticket
        )
        return ticket

    def action_save(self):
        """Save and note the next call."""
        ticket = self._create_request()
        return display_notification(
            self.env._("Saved: %s", ticket._get_name_for_commune()), following=CLOSE
        )

    def action_save_and_open(self):
        """Save and go to the request."""
        ticket = self._create_request()
        return open_record(ticket, "commune_request_view_form")
