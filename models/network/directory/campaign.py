"""Once or twice a year each commune confirms its contact data: who was asked, who answered."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate, email_normalize

from ...core.display_notification import display_notification
from ...core.mail_delivery.unwritten import describe_sending, display_opening
from ...core.row_lock import lock_rows
from ...core.window_actions import open_action
from ...territory.partner.map_figures import MapMeasure

_lt = LazyTranslate(__name__)

LETTER = "mail_template_campaign"
REMINDER = "mail_template_campaign_reminder"
ANSWERED = [("answered_date", "!=", False)]


class CommuneDirectoryCampaign(models.Model):
    _name = "commune.directory.campaign"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.letter.document.mixin",
    ]
    _description = "Directory campaign"
    _order = "date_open desc, id desc"
    _readonly_reason = _lt("The steps of a campaign follow from its buttons.")
    _readonly_fields = frozenset({"state", "date_open"})
    _values_at_creation = {"state": "draft"}

    name = fields.Char(required=True)
    state = fields.Selection(
        [("draft", "In preparation"), ("open", "Under way"), ("closed", "Over")],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
    )
    date_open = fields.Date(string="Opened on", readonly=True, copy=False)
    date_end = fields.Date(string="Answers until", required=True)
    commune_ids = fields.Many2many(
        "res.partner",
        string="Communes",
        domain="[('is_commune', '=', True)]",
        default=lambda self: self.env["res.partner"].search([("is_commune", "=", True)]),
    )
    recipient_ids = fields.One2many(
        "commune.directory.recipient", "campaign_id", readonly=True, copy=False
    )
    asked_count = fields.Integer(string="Communes asked", compute="_compute_progress")
    answered_count = fields.Integer(string="Communes that answered", compute="_compute_progress")
    progress = fields.Float(compute="_compute_progress", help="Communes that answered, in %.")

    @api.depends("recipient_ids.answered_date")
    def _compute_progress(self):
        asked, answered = self._count_communes([]), self._count_communes(ANSWERED)
        for campaign in self:
            campaign.asked_count = count = asked.get(campaign._origin, 0)
            campaign.answered_count = done = answered.get(campaign._origin, 0)
            campaign.progress = 100 * done / count if count else 0

    def _count_communes(self, domain):
        """{campaign: communes of which a recipient fulfils the domain}."""
        return dict(
            self.env["commune.directory.recipient"]._read_group(
                [("campaign_id", "in", self._origin.ids), *domain],
                ["campaign_id"],
                ["commune_id:count_distinct"],
            )
        )

    def action_open(self):
        """Write to the persons who act for each commune, and to its town hall."""
        self.ensure_one()
        self.check_access("write")
        if not self.commune_ids:
            raise UserError(self.env._("Choose the communes to ask."))
        if self.date_end < self.env.company._get_today():
            raise UserError(self.env._("The last day for the answers is over."))
        self._set({"state": "open", "date_open": self.env.company._get_today()})
        known = {(r.commune_id, r.partner_id) for r in self.recipient_ids}
        recipients = self.env["commune.directory.recipient"].create(
            [
                {"campaign_id": self.id, "commune_id": commune.id, "partner_id": person.id}
                for commune, person in self._get_addressees()
                if (commune, person) not in known
            ]
        )
        recipients._send_letters(LETTER, may_wait=True)
        return display_opening(self.env, len(recipients))

    def _get_addressees(self):
        """(commune, person or town hall) that can be written to; nobody twice for a commune."""
        mandates = self.commune_ids._get_current_mandates(
            [("function_id.portal_role", "=", "full"), ("portal_blocked", "=", False)]
        )
        held, pairs = mandates.grouped("commune_id"), []
        (mandates.partner_id | self.commune_ids).fetch(["email_normalized"])  # one by one otherwise
        for commune in self.commune_ids:
            persons = held.get(commune, mandates.browse()).partner_id
            addresses = set()
            for person in persons | commune:
                if person.email_normalized and person.email_normalized not in addresses:
                    addresses.add(person.email_normalized)
                    pairs.append((commune, person))
        return pairs

    def action_remind(self):
        """Write again to the communes from which nobody has answered; to nobody twice on the same
        day."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "open":
            raise UserError(self.env._("The campaign is not open."))
        answered = self.recipient_ids.filtered("answered_date").commune_id
        silent = self.recipient_ids.filtered(lambda r: r.commune_id not in answered)
        silent = silent.filtered(lambda r: r._can_answer())
        lock_rows(self)
        silent = silent._filter_unwritten(REMINDER)
        silent._send_letters(REMINDER, may_wait=True)
        message = self.env._("Reminders being sent: %s.", len(silent))
        return display_notification(describe_sending(self.env, message, len(silent)), not silent)

    def action_open_map(self):
        """The communes that have answered, on the map."""
        return open_action(
            self, "commune_map_action", params={"choices": {"measureCode": "directory_campaign"}}
        )

    # what the portal shows

    def _get_answer(self, commune):
        """The latest answer (recipient) given for the commune, empty without one."""
        self.ensure_one()
        return self.env["commune.directory.recipient"].search(
            Domain("campaign_id", "=", self.id)
            & Domain("commune_id", "=", commune.id)
            & Domain("answered_date", "!=", False),
            order="answered_date desc, id desc",
            limit=1,
        )

    @api.model
    def _get_unanswered(self, communes):
        """{commune: the open campaign for which nobody has answered in its name}."""
        opened = self.search_fetch(
            Domain("state", "=", "open")
            & Domain("date_end", ">=", self.env.company._get_today())
            & Domain("commune_ids", "in", communes.ids),
            ["date_end"],
        )
        if not opened:
            return {}
        asked, answered = {}, opened._get_asked_ids(communes)
        for campaign in opened:
            for commune in communes:
                if (campaign.id, commune.id) in answered:
                    asked.setdefault(commune, campaign)
        return {
            one: campaign for one, campaign in asked.items() if not answered[campaign.id, one.id]
        }

    def _get_asked_ids(self, communes):
        """{(campaign, commune): whether it has answered}, as ids: of all those that a campaign
        asks, these alone are read."""
        field = self._fields["commune_ids"]
        self.flush_model(["commune_ids"])
        self.env["commune.directory.recipient"].flush_model()
        query = SQL(
            "SELECT %(campaign)s, %(commune)s, EXISTS (SELECT FROM commune_directory_recipient r"
            " WHERE r.campaign_id = %(campaign)s AND r.commune_id = %(commune)s"
            " AND r.answered_date IS NOT NULL) FROM %(relation)s"
            " WHERE %(campaign)s IN %(campaigns)s AND %(commune)s IN %(communes)s",
            campaign=SQL.identifier(field.column1),
            commune=SQL.identifier(field.column2),
            relation=SQL.identifier(field.relation),
            campaigns=tuple(self.ids),
            communes=tuple(communes.ids),
        )
        return {tuple(pair): has_answered for *pair, has_answered in self.env.execute_query(query)}

    def _has_answered(self, commune):
        return bool(self._get_answer(commune))

    def _ask(self, commune, person):
        """The recipient through which the person answers: who took office since the opening, or
        has no address, was not written to."""
        self.ensure_one()
        commune._check_portal_role(person)
        pair = {"campaign_id": self.id, "commune_id": commune.id, "partner_id": person.id}
        recipients = self.env["commune.directory.recipient"]
        known = recipients.search([(name, "=", value) for name, value in pair.items()])
        return known or recipients.create(pair)

    def action_close(self):
        self._set({"state": "closed"})


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    def _get_open_campaign(self, place, person):
        """The campaign that the person may answer for this place, as superuser."""
        place.ensure_one()
        campaigns = self.env["commune.directory.campaign"].sudo()
        if place._get_portal_role(person) != "full":
            return campaigns
        return campaigns.search_fetch(
            [
                ("state", "=", "open"),
                ("date_end", ">=", self.env.company._get_today()),
                ("commune_ids", "in", place.ids),
            ],
            ["date_end"],
            limit=1,
        )

    def _get_campaign_lines(self, place):
        """Label and value of the data to confirm."""
        place.ensure_one()
        church = dict(place._fields["good_friday_church"]._description_selection(self.env))
        local = [
            (self.env._("Protestant or mixed church"), church.get(place.good_friday_church, ""))
        ]
        return [
            (self.env._("Address"), place._get_address_line()),
            (self.env._("Phone"), place.phone or ""),
            (self.env._("E-mail"), email_normalize(place.email) or place.email or ""),
            (self.env._("Web site"), place.website or ""),
            (self.env._("Opening hours"), place.opening_hours or ""),
            *(local if place._asks_good_friday() else []),
        ]


class CommuneMap(models.AbstractModel):
    _inherit = "commune.map"

    def _get_map_measures(self, communes):
        measures = super()._get_map_measures(communes)
        if not self.env.company._uses("network"):
            return measures
        campaign = self.env["commune.directory.campaign"].sudo()
        latest = campaign.search([("state", "!=", "draft")], limit=1)
        return [*measures, self._get_campaign_measure(communes, latest)] if latest else measures

    def _get_campaign_measure(self, communes, campaign):
        """Whether each commune has answered the latest campaign."""
        asked = set(campaign.recipient_ids.commune_id.ids)
        answered = set(campaign.recipient_ids.filtered("answered_date").commune_id.ids)
        return MapMeasure(
            code="directory_campaign",
            label=self.env._("Directory campaign: %s", campaign.name),
            definition=self.env._("Communes that have confirmed or corrected their contact data."),
            kind="categorical",
            palette="status",
            options=[
                ("answered", self.env._("Answered"), 0),
                ("waiting", self.env._("No answer yet"), 2),
            ],
            values={
                commune.id: "answered"
                if commune.id in answered
                else "waiting"
                if commune.id in asked
                else None
                for commune in communes
            },
            none_label=self.env._("Not asked"),
        )
