"""Wizard: identify a sender once, for all requests from the address, present and future."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.mail import find_addresses
from ...models.territory.partner.selectable import check_selectable

SENDERS = ("unknown", "staff", "several", "domain", "town_hall")


class CommuneAttachSender(models.TransientModel):
    _name = "commune.request.attach.sender"
    _inherit = ["commune.request.action.mixin"]
    _description = "Attach a sender to a commune"

    ticket_ids = fields.Many2many("helpdesk.ticket", string="Requests", required=True)
    address = fields.Char(compute="_compute_address")
    sender_name = fields.Char(compute="_compute_address", string="Name given")
    other_count = fields.Integer(
        compute="_compute_address", string="Other requests from this address"
    )
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        domain="['|', ('is_commune', '=', True), ('is_epci', '=', True)]",
    )
    who = fields.Selection(
        [
            ("town_hall", "The town hall"),
            ("person", "A person of the directory"),
            ("new", "A person to create"),
        ],
        default="town_hall",
        required=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        domain="[('held_mandate_ids.commune_id', '=', commune_id)]",
    )
    civility = fields.Selection([("mme", "Ms"), ("m", "Mr")])
    firstname = fields.Char(string="First name")
    lastname = fields.Char(string="Last name")
    function_id = fields.Many2one("commune.function")
    remember = fields.Boolean(
        string="Remember this address",
        default=True,
        help="The next messages from this address are recognised by themselves.",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        tickets = self.env["helpdesk.ticket"].browse(self.env.context.get("active_ids") or [])
        if "ticket_ids" in fields and tickets and not values.get("ticket_ids"):
            values["ticket_ids"] = tickets.ids
        return values

    @api.constrains("partner_id", "commune_id")
    def _check_partner(self):
        check_selectable(self, "partner_id")

    @api.depends("ticket_ids")
    def _compute_address(self):
        for wizard in self:
            first = wizard.ticket_ids[:1]
            wizard.address = first.partner_email
            wizard.sender_name = first.partner_name
            wizard.other_count = len(wizard._get_requests() - wizard.ticket_ids._origin)

    @api.depends("commune_id")
    def _compute_partner_id(self):
        """The person whose address it is, when the request already has one."""
        for wizard in self:
            person = wizard.ticket_ids[:1].partner_id
            known = person.sudo().held_mandate_ids.commune_id
            wizard.partner_id = person if wizard.commune_id in known else False

    def _get_requests(self):
        """The current requests and the others of the same address that have no commune."""
        self.ensure_one()
        addresses = [address for address in self.ticket_ids.mapped("partner_email") if address]
        others = self.env["helpdesk.ticket"].search(
            [
                ("partner_email", "in", addresses),
                ("commune_id", "=", False),
                ("sender_recognition", "in", SENDERS),
            ]
        )
        return self.ticket_ids._origin | others

    def action_attach(self):
        """Attach, remember, acknowledge."""
        self.ensure_one()
        if len(set(self.ticket_ids.mapped("partner_email"))) > 1:
            raise UserError(
                self.env._("These requests come from several addresses: attach them one by one.")
            )
        requests = self._get_requests()
        requests.check_access("write")
        person = self._get_person()
        if self.remember:
            self._remember(person)
        requests.env["commune.request.mail"]._attach_sender(
            requests, self.commune_id, person or self.commune_id
        )
        return {"type": "ir.actions.act_window_close"}

    def _get_person(self):
        """The person who writes; empty for the town hall."""
        if self.who == "town_hall":
            return self.env["res.partner"]
        if self.who == "person":
            if not self.partner_id:
                raise UserError(self.env._("Choose the person, or the town hall."))
            return self.partner_id
        return self._create_person()

    def _create_person(self):
        """A person with a function in the commune, who starts today."""
        if not self.env.user.has_group("commune_relations.group_officer"):
            raise UserError(
                self.env._(
                    "You may not create persons: choose the town hall or somebody of the directory."
                )
            )
        if not (self.lastname and self.function_id):
            raise UserError(self.env._("Give the last name and the function of the person."))
        names = {name: self[name] for name in ("firstname", "lastname", "civility")}
        person = self.env["res.partner"].create(names)
        self.env["commune.mandate"].create(
            {
                "partner_id": person.id,
                "commune_id": self.commune_id.id,
                "function_id": self.function_id.id,
            }
        )
        return person

    def _remember(self, person):
        """Store the address as the person's e-mail, or as a known address beside the current one.

        As superuser: a referent may identify a sender without the right to edit the directory.
        """
        address = next(iter(find_addresses(self.address)), "")
        owner = (person or self.commune_id).sudo()
        recognition = self.env["commune.sender.recognition"].sudo()
        if not address or owner in recognition._find_by_address(address):
            return
        if not owner.email:
            owner.email = address
        else:
            self.env["commune.known.email"].sudo().create(
                {"partner_id": owner.id, "value": address}
            )
