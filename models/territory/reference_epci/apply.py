"""From the open data to the intercommunality and its communes in the database."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.opendata.reference import local_law
from ....engine.opendata.territory import KnownCommune, plan
from ....engine.opendata.territory import brand_name as public_name

# Fields of a commune that follow the open data until a user types something else.
REFERENCE_FIELDS = [
    "name",
    "siren",
    "population",
    "population_year",
    "postal_codes",
    "local_law",
    "street",
    "street2",
    "zip",
    "city",
    "phone",
    "email",
    "website",
    "opening_hours",
    "partner_latitude",
    "partner_longitude",
]
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}
DEFAULT_COMPANY_NAMES = ("My Company", "YourCompany", "Ma société", "Mon entreprise")


class CommuneReferenceEpci(models.Model):
    _inherit = "commune.reference.epci"

    def _get_partner(self):
        """The intercommunality in the database, archived or not; empty before the set-up."""
        self.ensure_one()
        return self.env["res.partner"].search(
            [("is_epci", "=", True), ("siren", "=", self.siren), ("active", "in", [True, False])],
            limit=1,
        )

    def _get_commune_values(self):
        """INSEE code -> values of `REFERENCE_FIELDS` for each member commune."""
        self.ensure_one()
        data = self._get_reference()
        values = {}
        if not data.epci(self.siren).members_known:
            return values
        for commune in data.members(self.siren):
            hall = commune.town_hall
            values[commune.insee_code] = {
                "name": commune.name,
                "siren": commune.siren,
                "population": commune.population,
                "population_year": data.population_year,
                "postal_codes": ", ".join(commune.postal_codes),
                "local_law": local_law(commune.insee_code),
                "street": hall.street if hall else "",
                "street2": hall.street2 if hall else "",
                "zip": (hall and hall.zip) or (commune.postal_codes or ("",))[0],
                "city": (hall and hall.city) or commune.name,
                "phone": hall.phone if hall else "",
                "email": hall.email if hall else "",
                "website": hall.website if hall else "",
                "opening_hours": hall.opening_hours if hall else "",
                # The point of the town hall can be kilometres away: the centre is not.
                "partner_latitude": commune.latitude,
                "partner_longitude": commune.longitude,
            }
        return values

    def _get_plan(self):
        """What the set-up would do: list of engine.opendata.territory.CommuneChange."""
        self.ensure_one()
        epci = self._get_partner()
        reference_values = self._get_commune_values()
        if not reference_values:  # a public establishment of the Grand Paris
            raise UserError(
                self.env._(
                    "The open data do not list the communes %(of_epci)s: choose the"
                    " intercommunality that they belong to.",
                    of_epci=epci._of_place(),
                )
            )
        communes = self.env["res.partner"].search(
            [
                ("is_commune", "=", True),
                ("active", "in", [True, False]),
                "|",
                ("epci_id", "in", epci.ids),
                ("insee_code", "in", list(reference_values)),
            ]
        )
        known = [commune._get_known_commune(epci) for commune in communes]
        return plan(reference_values, known, self._get_reference().successor)

    def _apply_plan(self, changes, brand_name=None, use_company=None, settings=None):
        """Create or update the intercommunality and apply the current changes.

        :param changes: part or all of what `_get_plan` returned
        :param use_company: the intercommunality is the company itself; None decides by the
            company's name
        :param settings: what of Odoo to change, of `_get_settings_changes`; None changes all that
        may
            be changed without asking
        :return: the intercommunality (res.partner)
        """
        self.ensure_one()
        self.check_access("read")
        if settings is None:
            settings = () if self._needs_settings_confirmation() else self._get_settings_changes()
        # Public money is in euros, whatever the currency of the company.
        self.env["commune.reversible.settings"]._change(self.env.ref("base.EUR"), {"active": True})
        self._apply_settings_changes(settings)
        epci = self._apply_epci(brand_name, use_company)
        today = self.env.company._get_today()
        first_time = not epci.member_ids
        new_year = fields.Date.to_date(f"{self._get_reference().vintage}-01-01")
        to_create = []
        for change in changes:
            if change.kind == "new":
                start = False if first_time else new_year
                to_create.append(self._prepare_commune(change, epci, start))
            else:
                self._apply_change(change, epci, new_year, today)
        self.env["res.partner"].with_context(**QUIET).create(to_create)
        epci.population = sum(epci._get_members().mapped("population"))
        return epci

    def _apply_epci(self, brand_name, use_company):
        company = self.env.company.sudo()  # a manager sets up the territory, no company
        epci = self._get_partner()
        if use_company is None:
            use_company = self._is_company()
        if not epci and use_company:
            epci = company.partner_id
        values = {
            "is_epci": True,
            "is_company": True,
            "siren": self.siren,
            "epci_kind": self.kind,
            "population_year": self._get_reference().population_year,
            "reference_vintage": self._get_reference().vintage,
            "active": True,
        }
        if brand_name is None and not epci.brand_name:
            brand_name = public_name(self.siren)
        if brand_name is not None:
            values["brand_name"] = brand_name
        if not epci:
            epci = (
                self.env["res.partner"]
                .with_context(**QUIET)
                .create(dict(values, name=self.full_name, country_id=self.env.ref("base.fr").id))
            )
        else:
            if not epci.is_epci:
                values.update(name=self.full_name, country_id=self.env.ref("base.fr").id)
            epci.with_context(**QUIET).sudo().write(values)
        if not company.epci_id or use_company:
            company.epci_id = epci
        return epci.sudo(False)

    def _is_company(self):
        """Whether the current company is this intercommunality: same SIREN, same name, or a
        name that nobody has typed yet."""
        company = self.env.company
        return (
            company.partner_id.siren == self.siren
            or company.name.strip().lower() in (self.name.lower(), self.full_name.lower())
            or (company.name in DEFAULT_COMPANY_NAMES and not company.epci_id)
        )

    def _prepare_commune(self, change, epci, membership_start):
        return {
            **change.values,
            "is_commune": True,
            "is_company": True,
            "insee_code": change.insee_code,
            "epci_id": epci.id,
            "membership_date_start": membership_start,
            "country_id": self.env.ref("base.fr").id,
            "lang": self.env.company.sudo().partner_id.lang or self.env.lang,
            "reference_vintage": self._get_reference().vintage,
            "reference_values": change.values,
        }

    def _apply_change(self, change, epci, new_year, today):
        """Write one change of a commune that the database already holds."""
        commune = self.env["res.partner"].with_context(**QUIET).browse(change.record_id)
        day_before = fields.Date.subtract(new_year, days=1)
        if change.kind in ("left", "merged"):
            commune.membership_date_end = min(day_before, today)
            commune._message_log(body=self._get_departure_note(change, epci))
            return
        values = dict(change.values)
        values["reference_vintage"] = self._get_reference().vintage
        values["reference_values"] = {
            **(commune.reference_values or {}),
            **change.kept,
            **change.values,
        }
        if change.kind == "back" or commune.epci_id != epci:
            values.update(epci_id=epci.id, membership_date_start=new_year, active=True)
            values["membership_date_end"] = False
        commune.write(values)

    def _get_departure_note(self, change, epci):
        if change.kind == "merged":
            heir = self._get_reference().commune(change.successor)
            return self.env._(
                "Merged into %(heir)s according to the open data of %(year)s.",
                heir=heir.name,
                year=self._get_reference().vintage,
            )
        return self.env._(
            "No longer a member %(of_epci)s according to the open data of %(year)s.",
            of_epci=epci._of_place(),
            year=self._get_reference().vintage,
        )

    @api.model
    def _set_up(self, siren, brand_name=None):
        """Set up the intercommunality of this SIREN and all its communes, without asking.

        :return: the intercommunality (res.partner)
        :raise UserError: when no intercommunality has this SIREN
        """
        epci = self.search([("siren", "=", (siren or "").replace(" ", ""))])
        if not epci:
            raise UserError(
                self.env._("No intercommunality has the SIREN %s: check its nine digits.", siren)
            )
        return epci._apply_plan(epci._get_plan(), brand_name=brand_name)


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_known_commune(self, epci):
        """This commune in the terms of engine.opendata.territory."""
        self.ensure_one()
        values = {name: self[name] for name in REFERENCE_FIELDS}
        return KnownCommune(
            record_id=self.id,
            insee_code=self.insee_code,
            name=self.name,
            member=self.active
            and self.epci_id == epci
            and bool(epci)
            and not self.membership_date_end,
            values=values,
            baseline=self.reference_values or {},
        )

    def _get_members(self):
        """The communes that are members of these intercommunalities today."""
        return self.search(self._get_members_domain())

    def _get_members_domain(self):
        return [
            ("epci_id", "in", self.ids),
            ("is_commune", "=", True),
            "|",
            ("membership_date_end", "=", False),
            ("membership_date_end", ">=", "today"),
        ]
