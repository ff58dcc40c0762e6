"""What a person of a commune sees of it on the portal."""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...core.collation import collate, collate_place
from ..mandate.mandate import LINKS


def _get_directory_order(place):
    """Communes first, then by name: as PostgreSQL sorts them (`commune.collation`)."""
    fold = collate_place if place.is_commune else collate
    return (not place.is_commune, fold(place.name), place.name or "", place.id)


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_portal_places(self):
        """Communes and intercommunalities that the user's mandates open, communes first.

        Equal to the portal record rule, but also serves staff who open the portal, who hold no
        mandate and see nothing there. Costs no query, since every page calls it.
        """
        if not self.env["commune.mandate"].has_access("read"):
            return self.browse()
        person = self.env.user.partner_id
        opened = person._get_opening_mandates().commune_id
        (person | opened).mapped("is_commune")  # read together, in one query
        places = opened.filtered(
            lambda place: (
                place.active
                and (place.is_commune or place.is_epci)
                and (not place.company_id or place.company_id in self.env.companies.parent_ids)
            )
        )
        return self.browse(places.sorted(_get_directory_order).ids)

    def _get_portal_choices(self, person):
        """Of the places of the person, those between which there is a choice to make: a mayor who
        sits in the intercommunality too is not asked; who acts in its name is."""
        mandates = person._get_opening_mandates()
        acted = mandates.filtered(lambda one: one.function_id.portal_role == "full").commune_id
        return self.filtered("is_commune") | (self & acted) or self

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Hide the staff's messages on a commune from its portal readers, and from employees who
        have no role here: all of them read the contact.

        Recipients get them by mail.
        """
        result = super()._mail_get_operation_for_mail_message_operation(message_operation)
        if message_operation == "read" and self._hides_notes():
            managed = self._filter_managed()
            result = {one: result[one] for one in result if one not in managed}
        elif self.env.user.share:
            managed = self if self._is_followed_by_communes() else self._filter_managed()
            result.update(dict.fromkeys(managed, "write"))
        return result

    def _get_portal_role(self, person):
        """`full`, `limited` or False: what the person may do for this place on the portal."""
        self.ensure_one()
        roles = self._get_portal_mandates(person).function_id.mapped("portal_role")
        return "full" if "full" in roles else "limited" if "limited" in roles else False

    def _check_opened(self):
        """The right to read these places. What a mandate of the person opens needs no look at the
        record rule, which in Python reads the mandates of everybody."""
        if self - self._get_portal_places():
            self.check_access("read")

    def _check_portal_role(self, person, role="full"):
        """Check of the role, in each superuser method: pages may forget their own.

        :param role: `full`, or `limited` for what every person of the place may do
        :raise AccessError: no mandate or post of the person gives that role here today
        """
        if self._get_portal_role(person) not in {"full", role}:
            raise AccessError(
                self.env._("No mandate or post of yours lets you do this for this commune.")
            )

    def _get_portal_mandates(self, person):
        """Mandates and posts that open the portal of this place to the person, as superuser."""
        self.ensure_one()
        return person._get_opening_mandates().filtered(lambda m: m.commune_id == self)

    def _get_opening_mandates(self):
        """Mandates and posts that open the portal of some place to this person, as superuser.

        Asked some twenty times for one page: they are read once, and what changes a mandate
        changes the answer.
        """
        return self.sudo().held_mandate_ids._filter_opening()

    def _get_contact_person(self, person):
        """Who is written to in the name of this place: the person, as long as one of the mandates
        or posts held here lasts and keeps its access, else the place itself.

        Anyone who never held one here was named by the staff, and stays.
        """
        self.ensure_one()
        return self._get_contact_persons([(self, person)])[self, person]

    @api.model
    def _get_contact_persons(self, pairs):
        """{(place, person): who is written to, as `_get_contact_person`}, in one query."""
        mandates = self.env["commune.mandate"].sudo().with_context(active_test=False)
        held = mandates.search(
            Domain("commune_id", "in", [place.id for place, _person in pairs])
            & Domain("partner_id", "in", [person.id for _place, person in pairs])
        )
        gone = {(mandate.commune_id.id, mandate.partner_id.id) for mandate in held}
        lasting = held.filtered_domain(LINKS)
        gone -= {(mandate.commune_id.id, mandate.partner_id.id) for mandate in lasting}
        return {
            (place, person): place if not person or (place.id, person.id) in gone else person
            for place, person in pairs
        }


class CommunePortalPage(models.AbstractModel):
    _name = "commune.portal.page"
    _description = "What a person of a commune reads on the portal"

    def _get_portal_lost(self, person):
        """Notice for a person whose mandates open nothing any more; False for others.

        :return: dict: `date_start` of the next mandate or False, `name`, `email` and `phone` of
            whom to ask
        """
        person.ensure_one()
        mandates = person.with_context(active_test=True).held_mandate_ids
        if not mandates:
            return False
        future = mandates.filtered(lambda m: m.state == "future" and not m.portal_blocked)
        company, epci = self.env.company, self.env.company.epci_id
        return {
            "date_start": min(future.mapped("date_start"), default=False),
            "name": company._get_organisation_name(),
            "email": company.email or epci.email,
            "phone": company.phone or epci.phone,
        }

    def _get_portal_sheet(self, place, person):
        """Values of the page of one place: only public data and names, never personal contact.

        :param person: the partner who looks
        """
        place.ensure_one()
        place._check_opened()
        # A person's own record is not open to colleagues: the name alone is shown.
        mandates = place._get_current_mandates().sudo()
        known = place.sudo()
        people = {
            kind: [
                {
                    "name": mandate.partner_id.name,
                    "title": mandate.title,
                    "delegation": mandate.delegation or "",
                    "is_fictitious": mandate.partner_id.is_fictitious,
                }
                for mandate in mandates.filtered(lambda m, kind=kind: m.kind == kind)
            ]
            for kind in ("elected", "staff")
        }
        return {
            "place": place,
            "elected": people["elected"],
            "staff": people["staff"],
            "portal_role": place._get_portal_role(person),
            "sector_name": known.sector_id.name,
            "epci_name": known.epci_id.brand_name or known.epci_id.name,
        }
