"""Sender settings: the address that letters leave from, its test letter, its domain."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize

from ...engine.mail import domain_of, is_local, is_sample
from ...models.core.display_notification import CLOSE, display_notification

KINDS = {"right": "success", "weak": "warning", "missing": "warning", "danger": "danger"}


class CommuneSender(models.TransientModel):
    """The settings of Odoo are for its administrators; the manager of this addon sets the
    e-mail of the organisation here, and nothing else of the company."""

    _name = "commune.sender"
    _description = "Sender of the organisation"

    email = fields.Char(
        string="E-mail of our service", help="Used where no address of a desk receives the mail."
    )
    address = fields.Char(string="Letters leave from", compute="_compute_state")
    place = fields.Selection(
        [
            ("desk", "The address of the desk of the requests"),
            ("catchall", "The address of all replies (alias domain)"),
            ("company", "The e-mail of our service, above"),
            ("epci", "The e-mail of the intercommunality"),
        ],
        string="This address is",
        compute="_compute_state",
    )
    state = fields.Selection(
        [
            ("missing", "No address yet"),
            ("to_test", "To be tested"),
            ("sent", "Test letter on its way"),
            ("confirmed", "Confirmed"),
        ],
        compute="_compute_state",
    )
    changes = fields.Boolean(compute="_compute_changes")
    waiting = fields.Integer(string="Letters that wait", compute="_compute_state")
    confirmed_text = fields.Char(compute="_compute_state")
    sender_check_text = fields.Char(compute="_compute_state")
    asks_code = fields.Boolean(compute="_compute_state")
    code = fields.Char(string="Code received")
    outgoing = fields.Char(string="Mail that leaves", compute="_compute_servers")
    incoming = fields.Char(string="Mail that comes in", compute="_compute_servers")
    links = fields.Char(string="Links of our letters", compute="_compute_links")
    links_local = fields.Boolean(compute="_compute_links")
    selector = fields.Char(
        string="Name of the key (DKIM selector)",
        help="Your IT department or your mail provider knows it; without it DKIM is not looked at.",
    )
    domain_report = fields.Html(readonly=True, sanitize=False)

    @api.model
    def default_get(self, fields):
        self.browse().check_access("create")
        company = self.env.company.sudo()
        values = {"email": company.email, "selector": company.sender_dkim_selector}
        own = {name: value for name, value in values.items() if name in fields}
        return {**super().default_get(fields), **own}

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Our sender")

    @api.depends_context("company")
    def _compute_state(self):
        for sender in self:
            company = self.env.company.sudo()
            known = company._get_organisation_addresses()
            sender.place, sender.address = known[0] if known else (False, False)
            alive = company._is_sender_check_pending()
            sender.waiting = company._count_held_letters()
            sender.asks_code = bool(alive and company.sender_check_code)
            sender.sender_check_text = alive and sender._describe_check(company)
            sender.confirmed_text = False
            if not known:
                sender.state = "missing"
            elif company._is_sender_confirmed():
                sender.state = "confirmed"
                sender.confirmed_text = sender._describe_confirmation(company)
            else:
                sender.state = "sent" if alive else "to_test"

    def _describe_confirmation(self, company):
        return self.env._(
            "Confirmed on %(date)s by %(person)s",
            date=self.env["commune.letter"]._format_datetime(company.sender_confirmed_at),
            person=company.sender_confirmed_by_id.name or "",
        )

    def _describe_check(self, company):
        return self.env._(
            "Sent to %(address)s on %(date)s",
            address=company.sender_check_email,
            date=self.env["commune.letter"]._format_datetime(company.sender_check_at),
        )

    @api.depends("email")
    def _compute_changes(self):
        """Whether saving this e-mail asks for another confirmation."""
        for sender in self:
            company = self.env.company.sudo()
            above = [place for place, _email in company._get_organisation_addresses()]
            typed = email_normalize(sender.email or "") or ""
            counts = not above or above[0] in ("company", "epci")
            differs = typed != (company.sender_confirmed_email or "")
            sender.changes = counts and differs and company._is_sender_confirmed()

    @api.depends_context("company")
    def _compute_servers(self):
        servers, boxes = self.env["ir.mail_server"].sudo(), self.env["fetchmail.server"].sudo()
        boxes = boxes.search([("state", "=", "done")])
        for sender in self:
            server, _from = servers._find_mail_server(sender.address or "")
            host, port, _secure = servers._get_smtp_endpoint(server)
            sender.outgoing = self._describe_outgoing(server, host, port)
            sender.incoming = self._describe_incoming(sender, boxes)

    @api.depends_context("company")
    def _compute_links(self):
        """Where the links begin. What only this machine opens is a dead end for a mayor."""
        address = self.env.company.sudo().get_base_url()
        self.links, self.links_local = address, is_local(address)

    def _describe_outgoing(self, server, host, port):
        if server:
            return self.env._("By the server %(host)s, port %(port)s", host=host, port=port)
        return self.env._(
            "No outgoing server is set in Odoo: it tries %(host)s, port %(port)s, of its"
            " configuration file",
            host=host,
            port=port,
        )

    def _describe_incoming(self, sender, boxes):
        if boxes:
            names = ", ".join(boxes.mapped("name"))
            return self.env._("Odoo reads the mailbox: %s", names)
        if self.env.company._is_read_by_odoo(sender.address or ""):
            return self.env._(
                "The address is an alias of Odoo, which reads no mailbox: your mail server has to"
                " hand the messages to it"
            )
        return self.env._("Replies go to your mailbox; Odoo does not read them")

    # buttons

    def action_save(self):
        """Write the e-mail of the organisation and the name of its key: nothing else of the
        company."""
        self.ensure_one()
        self.check_access("write")
        email = email_normalize(self.email or "") or ""
        if self.email and (not email or is_sample(email)):
            raise ValidationError(
                self.env._("“%s” is not an e-mail address that somebody can read.", self.email)
            )
        company = self.env.company.sudo()
        selector = (self.selector or "").strip()
        company.write({"email": email, "sender_dkim_selector": selector})
        return display_notification(self.env._("Saved."), following=CLOSE)

    def action_send_check(self):
        """Send a real letter at once, from the sender address to itself."""
        self.ensure_one()
        self.check_access("write")
        self.env.company._send_sender_check(self.env.user)
        sentence = self.env._(
            "The mail server took the test letter. Look into the mailbox, then type the code."
        )
        if not self.asks_code:
            sentence = self.env._(
                "The mail server took the test letter. The sender is confirmed by itself as soon as"
                " Odoo receives it: open this screen again in some minutes."
            )
        return display_notification(sentence, following=CLOSE)

    def action_check_code(self):
        """The code that the test letter holds. A wrong one is counted: no error may undo that."""
        self.ensure_one()
        self.check_access("write")
        wrong = self.env.company._check_sender_code(self.code, self.env.user)
        self.code = False
        if wrong:
            return display_notification(wrong, warning=True, following=CLOSE)
        return display_notification(
            self.env._("Our sender is confirmed: the letters that waited leave now.")
        )

    def action_look_up_domain(self):
        """Ask the DNS for some seconds at most."""
        self.ensure_one()
        self.check_access("write")
        if not self.address:
            raise UserError(self.env._("Type the e-mail of your service first, and save it."))
        found = self.env.company._read_sender_domain()
        self.domain_report = self._render_domain(found)
        return None

    def action_open_held(self):
        """The letters that wait."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "commune_relations.commune_letter_delivery_action"
        )
        return {**action, "context": {"search_default_held": 1}}

    def _render_domain(self, found):
        """:param found: findings; None when the DNS does not answer"""
        company = self.env.company
        row = Markup('<li class="text-%s">%s</li>')
        if found is None:
            title = self.env._("The DNS does not answer from here. Ask your IT department for:")
        else:
            title = self.env._("Domain %s", domain_of(self.address))
        rows = [row % (KINDS[one.level], company._describe_finding(one)) for one in found or ()]
        if found is not None and not any(one.about == "dkim" for one in found):
            rows.append(
                row % ("warning", self.env._("DKIM: type the name of the key to look at it."))
            )
        report = Markup("<p><strong>%s</strong></p>") % title
        if rows:
            report += Markup("<ul>%s</ul>") % Markup().join(rows)
        if found is not None and all(one.level == "right" for one in found):
            return report
        lines = Markup("<br/>").join(company._get_wanted_lines())
        if found is not None:
            report += Markup("<p>%s</p>") % self.env._("What to ask of your IT department:")
        return report + Markup('<p class="font-monospace text-break">%s</p>') % lines
