"""The organisation behind the letters and the pages: its public name, its addresses, its
language."""

from odoo import models
from odoo.tools import email_normalize, formataddr

from ...engine.mail import domain_of, is_real, is_sample
from ...engine.postal.address import epci_in_full, of_epci


def _is_french(env):
    return (env.lang or "").startswith("fr")


class ResCompany(models.Model):
    _inherit = "res.company"

    def _get_organisation_name(self):
        """The public name of the intercommunality."""
        epci = self._get_epci()
        return epci.brand_name or epci.name or self.name

    def _get_organisation_genitive(self):
        """`de l’Eurométropole de Metz`, to follow a noun; `of …` in English."""
        name = self._get_organisation_name()
        return of_epci(name) if _is_french(self.env) else self.env._("of %s", name)

    def _name_in_text(self, name):
        """(within a sentence, at its head): `l’Eurométropole de Metz`, `L’Eurométropole de Metz`.

        :param name: the public name, or the legal one for an act
        """
        within = epci_in_full(name) if _is_french(self.env) else name
        return within, within[:1].upper() + within[1:]

    def _get_organisation_lang(self):
        """Language of what the organisation writes for everybody: documents, minutes, mailings."""
        return self.env["commune.letter"]._choose_lang(self.sudo().partner_id.lang)

    def _get_organisation_phone(self):
        return self.phone or self._get_epci().phone or ""

    def _get_organisation_contact(self):
        """(telephone, e-mail) shown on pages; either may be empty."""
        return self._get_organisation_phone(), self._get_organisation_email()

    def _get_organisation_hours(self):
        """When somebody answers, as the organisation typed it; may be empty."""
        company = self.sudo()
        return (company.epci_id or company.partner_id).opening_hours or ""

    def _get_organisation_footer(self, record=None):
        """Lines at the foot of a letter, in the current language.

        :param record: what the letter is about, if anything
        """
        phone = self._get_organisation_phone()
        return [self.env._("Telephone: %s", phone)] if phone else []

    def _shows_letter_button(self, record):
        """Whether a letter about this record leads to its page by the button of Odoo."""
        return record._uses_organisation_notifications()

    def _get_desk_addresses(self, team=None):
        """Where mail is read as soon as it arrives, the best first; some may be empty.

        :param team: who follows, if anybody
        """
        return []

    def _get_organisation_addresses(self, team=None):
        """[(field, address)], the best first: a desk, or else the e-mail of the organisation.

        Excludes addresses shipped with the software, such as that of its robot.
        """
        company = self.sudo()
        candidates = [
            *(("desk", address) for address in company._get_desk_addresses(team)),
            ("catchall", company.catchall_email),
            ("company", company.email),
            ("epci", company.epci_id.email),
        ]
        known = [(place, email_normalize(address or "")) for place, address in candidates]
        return [(place, email) for place, email in known if email and not is_sample(email)]

    def _get_organisation_email(self, team=None):
        """Address of the organisation for replies; empty until one is typed."""
        return next((email for _place, email in self._get_organisation_addresses(team)), "")

    def _get_public_email(self):
        """Public address of the desk or the organisation; empty when neither is real."""
        company = self.sudo()
        candidates = [*company._get_desk_addresses(), company.email, company.epci_id.email]
        addresses = (email_normalize(email or "") for email in candidates)
        return next((email for email in addresses if email and is_real(email)), "")

    def _get_organisation_sender(self, team=None):
        """`Les Deux Rives <relations@deux-rives.fr>`; empty without an address.

        What was confirmed of the address of the organisation holds for one domain: a team whose
        address is of another one writes by the address of the organisation, and reads the replies
        at its own.
        """
        email, main_email = self._get_organisation_email(team), self._get_organisation_email()
        if domain_of(email) != domain_of(main_email):
            email = main_email
        return formataddr((self._get_organisation_name(), email)) if email else ""
