"""What the screens show of a commune: its mayor, its counts, how fresh its data are."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core.window_actions import open_action, open_record
from ..mandate.mandate import CURRENT

ELECTORAL_STATUSES = [
    ("complete", "Council in office"),
    ("former_term", "Mayor of a former term"),
    ("no_mayor", "Mayor not known"),
    ("no_official", "No elected official known"),
]
CONFIRMATION_MONTHS = 6


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "commune.dedicated.form.mixin"]
    _own_screen = "commune_action"

    mayor_id = fields.Many2one("res.partner", compute="_compute_mayor_id", compute_sudo=True)
    mayor_name = fields.Char(
        compute="_compute_mayor_id", compute_sudo=True, string="Name of the mayor"
    )
    elected_count = fields.Integer(
        string="Elected officials",
        compute="_compute_mandate_counts",
        compute_sudo=True,
        help="Persons who hold an elected mandate here today.",
    )
    staff_count = fields.Integer(
        string="Staff contacts",
        compute="_compute_mandate_counts",
        compute_sudo=True,
        help="Persons who hold a post here today.",
    )
    member_count = fields.Integer(compute="_compute_member_count", string="Communes")
    electoral_status = fields.Selection(
        ELECTORAL_STATUSES,
        compute="_compute_electoral_status",
        compute_sudo=True,
        search="_search_electoral_status",
    )
    contact_confirmed_date = fields.Date(
        string="Contact data confirmed on",
        copy=False,
        help="Day on which the commune last said that its contact data are right.",
    )
    contact_confirmed_by_id = fields.Many2one(
        "res.partner",
        string="Confirmed by",
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    contact_to_confirm = fields.Boolean(
        string="Directory to confirm",
        compute="_compute_contact_to_confirm",
        search="_search_contact_to_confirm",
        help="The contact data were never confirmed, or more than 6 months ago.",
    )
    last_contact_date = fields.Datetime(
        string="Last contact",
        compute="_compute_last_contact_date",
        compute_sudo=True,
        groups="base.group_user",
        help="Last e-mail or comment exchanged on the commune or with a person who holds a"
        " mandate or a post there, or last activity done.",
    )

    def _get_current_mandates(self, domain=None):
        """Mandates in force today in these places."""
        return self.env["commune.mandate"].search(
            Domain("commune_id", "in", self.ids) & Domain(CURRENT) & Domain(domain or [])
        )

    def _count_current_persons(self, domain=None):
        """How many persons hold a mandate or a post in force today in these places."""
        domain = Domain("commune_id", "in", self.ids) & Domain(CURRENT) & Domain(domain or [])
        [(count,)] = self.env["commune.mandate"]._read_group(
            domain, [], ["partner_id:count_distinct"]
        )
        return count

    def _count_persons_of_each(self):
        """{place: how many persons hold a mandate or a post in force there today}."""
        domain = Domain("commune_id", "in", self.ids) & Domain(CURRENT)
        return dict(
            self.env["commune.mandate"]._read_group(
                domain, ["commune_id"], ["partner_id:count_distinct"]
            )
        )

    def _compute_mayor_id(self):
        mandates = self._get_current_mandates([("function_id.code", "in", ["mayor", "president"])])
        heads = {mandate.commune_id: mandate.partner_id for mandate in reversed(mandates)}
        for partner in self:
            partner.mayor_id = heads.get(partner, False)
        for partner in self:  # once all are known, their names are read together
            partner.mayor_name = partner.mayor_id.name

    def _compute_mandate_counts(self):
        groups = self.env["commune.mandate"]._read_group(
            Domain("commune_id", "in", self.ids) & Domain(CURRENT),
            ["commune_id", "kind"],
            ["partner_id:count_distinct"],
        )
        counts = {(place.id, kind): count for place, kind, count in groups}
        for partner in self:
            partner.elected_count = counts.get((partner.id, "elected"), 0)
            partner.staff_count = counts.get((partner.id, "staff"), 0)

    def _compute_member_count(self):
        groups = self._read_group(
            [
                ("epci_id", "in", self.ids),
                ("is_commune", "=", True),
                "|",
                ("membership_date_end", "=", False),
                ("membership_date_end", ">=", "today"),
            ],
            ["epci_id"],
            ["__count"],
        )
        counts = {epci.id: count for epci, count in groups}
        for partner in self:
            partner.member_count = counts.get(partner.id, 0)

    # electoral status

    def _get_term_start(self):
        return self.env.company.last_renewal_date

    def _compute_electoral_status(self):
        groups = self.env["commune.mandate"]._read_group(
            Domain("commune_id", "in", self.ids) & Domain(CURRENT) & Domain("kind", "=", "elected"),
            ["commune_id", "function_id"],
            ["date_start:max"],
        )
        known, mayors = set(), {}
        for place, function, date_start in groups:
            known.add(place)
            if function.code in ("mayor", "president"):
                mayors[place] = date_start
        term = self._get_term_start()
        for partner in self:
            if not (partner.is_commune or partner.is_epci):
                partner.electoral_status = False
            elif partner not in known:
                partner.electoral_status = "no_official"
            elif partner not in mayors:
                partner.electoral_status = "no_mayor"
            elif term and mayors[partner] and mayors[partner] < term:
                partner.electoral_status = "former_term"
            else:
                partner.electoral_status = "complete"

    def _search_electoral_status(self, operator, value):
        if operator != "in":
            return NotImplemented
        elected = Domain(CURRENT) & Domain("kind", "=", "elected")
        head = elected & Domain("function_id.code", "in", ["mayor", "president"])
        place = Domain("is_commune", "=", True) | Domain("is_epci", "=", True)
        former = head & Domain("date_start", "<", self._get_term_start() or "1900-01-01")
        has = {
            name: Domain("mandate_ids", "any", domain)
            for name, domain in [("elected", elected), ("head", head)]
        }
        recent = Domain(
            "mandate_ids",
            "any",
            head
            & (
                Domain("date_start", "=", False)
                | Domain("date_start", ">=", self._get_term_start() or "1900-01-01")
            ),
        )
        domains = {
            "no_official": ~has["elected"],
            "no_mayor": has["elected"] & ~has["head"],
            "former_term": Domain("mandate_ids", "any", former) & ~recent,
            "complete": recent,
        }
        return place & Domain.OR(domains[status] for status in value if status in domains)

    # directory to confirm

    @api.depends("contact_confirmed_date", "is_commune")
    def _compute_contact_to_confirm(self):
        limit = fields.Date.subtract(self.env.company._get_today(), months=CONFIRMATION_MONTHS)
        for partner in self:
            confirmed = partner.contact_confirmed_date
            partner.contact_to_confirm = partner.is_commune and (not confirmed or confirmed < limit)

    def _search_contact_to_confirm(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = Domain("is_commune", "=", True) & (
            Domain("contact_confirmed_date", "=", False)
            | Domain("contact_confirmed_date", "<", f"today -{CONFIRMATION_MONTHS}m")
        )
        return domain if True in value else ~domain

    def action_confirm_contact(self):
        """Note that the current communes confirm their contact data today."""
        self.check_access("write")
        # Who confirmed, and when, is written by nobody by hand.
        for commune in self.sudo().filtered("is_commune"):
            commune._confirm_contact(self.env.user.partner_id)

    def _confirm_contact(self, partner):
        """Confirm the contact data: by the commune, or by the staff member who called it.

        Called as superuser.

        :param partner: who confirms (res.partner)
        """
        self.ensure_one()
        self.write(
            {
                "contact_confirmed_date": self.env.company._get_today(),
                "contact_confirmed_by_id": partner.id,
            }
        )
        self._message_log(body=self.env._("Contact data confirmed by %s.", partner.display_name))

    # last contact

    def _compute_last_contact_date(self):
        """Messages and activities on the commune and on its persons; two grouped reads each."""
        Mandate, names = self.env["commune.mandate"], ("partner_id", "commune_id")
        Mandate.flush_model(names)
        held = Mandate._search(Domain("commune_id", "in", self.ids) & Domain(CURRENT))
        pairs = held.select(*(SQL.identifier(held.table, name) for name in names))
        places = {partner.id: {partner.id} for partner in self}
        for person, commune in self.env.execute_query(pairs):
            places.setdefault(person, set()).add(commune)
        latest = {}
        for res_id, moment in self._get_last_exchanges(list(places)):
            for place in places[res_id]:
                latest[place] = max(latest.get(place, moment), moment)
        for partner in self:
            partner.last_contact_date = latest.get(partner.id, False)

    def _get_last_exchanges(self, partner_ids):
        """Pairs (partner id, datetime in UTC) of the last exchange on each partner."""
        self = self.sudo()  # dates alone, of messages that the reader may not open
        Message = self.env["mail.message"]
        messages = Message._read_group(
            [
                ("model", "=", "res.partner"),
                ("res_id", "in", partner_ids),
                ("message_type", "in", ["email", "comment", "email_outgoing"]),
            ],
            ["res_id"],
            ["date:max"],
        )
        Activity = self.env["mail.activity"]
        activities = Activity.with_context(active_test=False)._read_group(
            [
                ("res_model", "=", "res.partner"),
                ("res_id", "in", partner_ids),
                ("date_done", "!=", False),
            ],
            ["res_id"],
            ["date_done:max"],
        )
        yield from messages
        for res_id, day in activities:
            yield res_id, fields.Datetime.to_datetime(day)

    # actions

    def action_open_mandates(self):
        """List of the mandates and posts of the place, those in office first."""
        self.ensure_one()
        xmlid = "commune_relations.commune_mandate_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        kind = self.env.context.get("mandate_kind")
        return dict(
            action,
            domain=[("commune_id", "=", self.id)],
            context={
                "default_commune_id": self.id,
                "search_default_current": 1,
                **({f"search_default_{kind}": 1} if kind else {}),
            },
        )

    def action_print_sheet(self):
        """The one-page sheet of the current communes, as PDF."""
        self.check_access("read")
        return self.env.ref("commune_relations.commune_sheet_report").report_action(self)

    def action_print_labels(self):
        """Postal labels for the current communes."""
        return open_action(
            self,
            "commune_label_print_action",
            context={"active_model": self._name, "active_ids": self.ids},
        )

    def _has_own_screen(self):
        return self.is_commune

    @api.model
    def _get_commune_home_action(self):
        """First screen of the application: the communes, or the set-up while there are none."""
        manager = self.env.user.has_group("commune_relations.group_manager")
        if manager and not self.search_count([("is_commune", "=", True)], limit=1):
            return open_action(self, "commune_setup_action")
        return open_action(self, "commune_action")

    @api.model
    def _get_epci_action(self):
        """The sheet of the intercommunality of the current company."""
        epci = self.env.company.epci_id
        if not epci:
            return self._get_commune_home_action()
        return open_record(epci, "commune_view_form", name=epci.display_name)

    def action_open_members(self):
        """List of the member communes of the intercommunality."""
        self.ensure_one()
        return open_action(
            self, "commune_action", [("epci_id", "=", self.id), ("is_commune", "=", True)]
        )


class CommuneLetterDelivery(models.Model):
    _inherit = "commune.letter.delivery"

    @api.depends("partner_id")
    def _compute_phone(self):
        """Else that of the place where the person is in office: a mailing is of no commune."""
        result = super()._compute_phone()
        silent = self.filtered(lambda letter: not letter.phone)
        held = silent.partner_id.held_mandate_ids.filtered_domain(CURRENT)
        phones = {}
        for mandate in held.filtered("commune_id.phone"):
            phones.setdefault(mandate.partner_id, mandate.commune_id.phone)
        for letter in silent:
            letter.phone = phones.get(letter.partner_id, "")
        return result
