"""Settings of Odoo for a French intercommunality, shared by the wizard and the command line.

A database without other users is set at once. Where others work, each change requires a
confirmation, and their settings stay unchanged without it.
"""

from odoo import api, models

from ....engine.calendar.zone import time_zone
from .apply import DEFAULT_COMPANY_NAMES

FRENCH = "fr_FR"
# In the order in which they are made: what follows is written in the language of the organisation.
SETTINGS_CHANGES = ("language", "currency", "zone", "digest", "password", "signup")
# Documents of other applications: anyone who has some works with this database.
OTHERS_DOCUMENTS = (
    "account.move",
    "sale.order",
    "purchase.order",
    "stock.picking",
    "project.task",
    "crm.lead",
    "hr.expense",
    "helpdesk.ticket",
    "mailing.mailing",
    "event.event",
)


class CommuneReferenceEpci(models.Model):
    _inherit = "commune.reference.epci"

    @api.model
    def _is_database_shared(self):
        """Whether others work here: another company, another name, documents of other
        applications."""
        env = self.sudo().env  # whether there is another, which no user may list
        company = env.company
        if env["res.company"].search_count([], limit=2) > 1:
            return True
        if company.name not in DEFAULT_COMPANY_NAMES and not company.partner_id.is_epci:
            return True
        return any(
            env[name].search_count([], limit=1) for name in OTHERS_DOCUMENTS if name in self.env
        )

    def _needs_settings_confirmation(self):
        """Whether changing Odoo's settings requires a confirmation.

        They are set once, with the territory; later, or in a shared database, the user who sets up
        is asked. A second territory never changes the organisation.
        """
        self.ensure_one()
        return bool(self.env.company.epci_id) or self._is_database_shared()

    def _get_settings_changes(self):
        """What is not yet as it should be and can be changed: a tuple of `SETTINGS_CHANGES`."""
        self.ensure_one()
        self = self.sudo()  # settings that a manager may not read
        company = self.env.company
        if company.epci_id and company.epci_id.siren != self.siren:
            return ()
        digest = self._get_odoo_digest()
        needed = {
            "language": self._needs_french(),
            "currency": company.currency_id.name != "EUR" and not self._has_entries(),
            "zone": company.partner_id.tz != time_zone(self.department),
            "digest": bool(digest) and digest.state == "activated",
            "password": self.env["res.users"]._can_require_long_passwords(),
            "signup": self.env["res.users"]._get_signup_invitation_scope() == "b2c",
        }
        return tuple(name for name in SETTINGS_CHANGES if needed[name])

    def _needs_french(self):
        """Whether to switch to French; after the set-up, users keep the language they choose."""
        company = self.env.company
        people = company.partner_id if company.epci_id else self._get_localised_partners()
        return not self._is_french_known() or set(people.mapped("lang")) != {FRENCH}

    def _is_french_known(self):
        return bool(self.env["res.lang"]._get_data(code=FRENCH))

    def _has_entries(self):
        """Amounts that are in the books keep their currency."""
        if "account.move.line" not in self.env:
            return False
        lines = self.env["account.move.line"]
        return bool(lines.search_count([("company_id", "=", self.env.company.id)], limit=1))

    def _get_odoo_digest(self):
        return self.env.ref("digest.digest_digest_default", raise_if_not_found=False)

    def _apply_settings_changes(self, changes):
        """Make these changes, of `_get_settings_changes`; the others are left as they are."""
        self.ensure_one()
        for name in SETTINGS_CHANGES:
            if name in changes:
                getattr(self.sudo(), f"_change_{name}")()

    def _get_localised_partners(self):
        """Partners who follow the company: itself, the visitors, those who work here."""
        users = self.env["res.users"].search([("share", "=", False)])
        public = self.env.ref("base.public_user")
        return self.env.company.partner_id | public.partner_id | users.partner_id

    def _change_language(self):
        """French, with the words of every application that is installed."""
        if not self._is_french_known():
            self.env["res.lang"]._activate_lang(FRENCH)
            installed = self.env["ir.module.module"].search([("state", "=", "installed")])
            installed._update_translations([FRENCH])
        self._get_localised_partners().lang = FRENCH
        self.env["commune.reversible.settings"]._change_default("res.partner", "lang", FRENCH)

    def _change_currency(self):
        self.env.company.currency_id = self.env.ref("base.EUR")

    def _change_zone(self):
        """The clock of the place, for who is there already and for who will come."""
        zone = time_zone(self.department)
        self._get_localised_partners().tz = zone
        self.env.company.resource_calendar_id.tz = zone
        self.env["commune.reversible.settings"]._change_default("res.partner", "tz", zone)

    def _change_digest(self):
        """Odoo's own digest speaks of its applications, in the name of the company."""
        found = self.env["commune.reversible.settings"]
        found._change(self._get_odoo_digest(), {"state": "deactivated"})
        found._change_parameter("digest.default_digest_emails", False)

    def _change_password(self):
        self.env["res.users"]._ask_long_passwords()

    def _change_signup(self):
        """Accounts open by invitation: nobody chooses a name and an address alone."""
        self.env["commune.reversible.settings"]._change_parameter(
            "auth_signup.invitation_scope", "b2b"
        )
