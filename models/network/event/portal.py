"""What a person of a commune sees of the events on the portal, and does there."""

from odoo import fields, models
from odoo.fields import Domain

from ...territory.mandate.mandate import PORTAL_ACCESS
from .seat_allocation import COUNTED, TAKEN

MOST_PAST = 20


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    def _get_portal_event_domain(self, place, person):
        """Events that concern this place, as the person may know of them."""
        place.ensure_one()
        role = place._get_portal_role(person)
        if not role:
            return Domain.FALSE
        seen = Domain("portal_scope", "=", "all")
        seen |= Domain("invitation_ids.partner_id", "=", person.id)
        seen |= Domain("registration_ids.attendee_partner_id", "=", person.id)
        if role == "full":
            seen |= Domain("invitation_ids.commune_id", "=", place.id)
            seen |= Domain("registration_ids.commune_id", "=", place.id)
        return Domain("kind", "!=", False) & seen

    def _search_portal_events(self, place, person, domain, **options):
        """Events of this domain that the person may see for this place, as superuser."""
        seen = self._get_portal_event_domain(place, person) & domain
        return self.env["event.event"].sudo().search(seen, **options)

    def _get_portal_events(self, place, person):
        """(coming, past) events."""
        coming = self._get_portal_coming_events(place, person)
        return coming, self._get_portal_past_events(place, person)

    def _get_portal_coming_events(self, place, person):
        """Events that are not over, the nearest first, as superuser."""
        coming = Domain("date_end", ">=", fields.Datetime.now())
        found = self._search_portal_events(place, person, coming, order="date_begin, id")
        found.fetch(["name", "active", "kanban_state", "date_begin", "date_end", "date_tz"])
        return found

    def _get_portal_past_events(self, place, person):
        """The last events at which somebody of the place was, as superuser."""
        registered = self._get_portal_registration_domain(place, person)
        return self._search_portal_events(
            place,
            person,
            Domain("date_end", "<", fields.Datetime.now())
            & Domain("registration_ids", "any", registered),
            order="date_begin desc, id desc",
            limit=MOST_PAST,
        )

    def _get_portal_registration_domain(self, place, person):
        """Registrations of the place that the person may see: all of them, or one's own."""
        place.ensure_one()
        role = place._get_portal_role(person)
        if not role:
            return Domain.FALSE
        domain = Domain("commune_id", "=", place.id)
        domain &= Domain(COUNTED)
        return domain if role == "full" else domain & Domain("attendee_partner_id", "=", person.id)

    def _get_portal_waiting(self, place, person):
        """Registrations that wait for a place at an event to come, as superuser, the nearest event
        first: of the place, as far as the person may see them, and the person's own anywhere."""
        place.ensure_one()
        registrations = self.env["event.registration"].sudo()
        seen = self._get_portal_registration_domain(place, person)
        seen |= Domain("attendee_partner_id", "=", person.id)
        found = registrations.search(seen & registrations._get_waiting_domain())
        return found.sorted(lambda r: (r.event_id.date_begin, r.event_id.id, r.waiting_rank))

    def _find_portal_event(self, place, event_id, person):
        """The event of this id when the person may see it for this place, as superuser."""
        place.ensure_one()
        return self._search_portal_events(place, person, Domain("id", "=", event_id))


class EventEvent(models.Model):
    _inherit = "event.event"

    def _get_portal_registrations(self, place, person):
        """Registrations of the place to these events that the person may see, without reading those
        of other places; as superuser, waiting ones last."""
        found = (
            self.env["event.registration"]
            .sudo()
            .search(
                Domain("event_id", "in", self.ids)
                & self.env["commune.portal.page"]._get_portal_registration_domain(place, person)
            )
        )
        return found.sorted(lambda r: (r.is_waiting, r.mandate_id.function_sequence, r.id))

    def _get_portal_choices(self, place, person):
        """Mandates and posts that the person may register here and that are not yet."""
        self = self.sudo()  # the page shows the person’s own posts
        self.ensure_one()
        mandates = self._get_registrable(place)
        if place._get_portal_role(person) != "full":
            mandates = mandates.filtered(lambda m: m.partner_id == person)
        held = self.registration_ids.filtered(lambda r: r.state in TAKEN or r.is_waiting)
        return mandates.filtered(lambda m: m.partner_id not in held.attendee_partner_id)

    def _get_registrars(self, place):
        """Who may register colleagues of a place, in the order of protocol.

        :return: text: `Anne AUBRY (maire), Sophie COLIN (secrétaire de mairie)`
        """
        mandates = self._get_registrable(place).filtered_domain(
            Domain(PORTAL_ACCESS) & Domain("function_id.portal_role", "=", "full")
        )
        return ", ".join(f"{mandate.partner_id.name} ({mandate.title})" for mandate in mandates)

    def _describe_places(self, places, reader):
        """Sentences for the person who has just registered somebody, by outcome.

        A waiting person reads the rank on the list, now and when asked again.
        """
        words = {
            "registered": self.env._("Registered: %s."),
            "waiting": self.env._("On the waiting list: %s."),
            "already": self.env._("Already registered: %s."),
            "quota": self.env._("Not registered, the commune has no place left: %s."),
            "closed": self.env._("Not registered, the event does not take registrations: %s."),
        }
        by_outcome, sentences = {outcome: [] for outcome in words}, []
        for place in places:
            name, line = place.mandate.partner_id.name, place.registration
            if not line.is_waiting:
                by_outcome[place.outcome].append(name)
            elif place.mandate.partner_id == reader:
                sentences.append(f"{line._describe_waiting(reader)}.")
            else:
                by_outcome["waiting"].append(f"{name} ({line._get_waiting_place()})")
        sentences += [words[one] % ", ".join(names) for one, names in by_outcome.items() if names]
        return sentences
