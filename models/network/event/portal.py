"""What a person of a commune sees of the events on the portal, and does there."""

from odoo import fields, models
from odoo.fields import Domain

from ...territory.mandate.mandate import PORTAL_ACCESS
from .register import TAKEN


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_portal_event_domain(self, person):
        """Events that concern this place, as the person may know of them."""
        self.ensure_one()
        role = self._get_portal_role(person)
        if not role:
            return Domain.FALSE
        seen = Domain("portal_scope", "=", "all")
        seen |= Domain("invitation_ids.partner_id", "=", person.id)
        seen |= Domain("registration_ids.attendee_partner_id", "=", person.id)
        if role == "full":
            seen |= Domain("invitation_ids.commune_id", "=", self.id)
            seen |= Domain("registration_ids.commune_id", "=", self.id)
        return Domain("kind", "!=", False) & seen

    def _get_portal_events(self, person):
        """(coming, past) events, as superuser; of the past, those at which somebody was."""
        self.ensure_one()
        Event = self.env["event.event"].sudo()
        domain = self._get_portal_event_domain(person)
        now = fields.Datetime.now()
        coming = Event.search(domain & Domain("date_end", ">=", now), order="date_begin, id")
        past = Event.search(
            domain & Domain("date_end", "<", now), order="date_begin desc, id desc", limit=20
        )
        return coming, past.filtered(lambda e: e._get_portal_registrations(self, person))

    def _find_portal_event(self, event_id, person):
        """The event of this id when the person may see it for this place, as superuser."""
        self.ensure_one()
        domain = self._get_portal_event_domain(person) & Domain("id", "=", event_id)
        return self.env["event.event"].sudo().search(domain)


class EventEvent(models.Model):
    _inherit = "event.event"

    def _get_portal_registrations(self, place, person):
        """Registrations of the place that the person may see: all of them, or one's own."""
        self.ensure_one()
        found = self.sudo().registration_ids.filtered(
            lambda r: r.commune_id == place and (r.state != "cancel" or r.excused)
        )
        if place._get_portal_role(person) != "full":
            found = found.filtered(lambda r: r.attendee_partner_id == person)
        return found.sorted(lambda r: (r.is_waiting, r.mandate_id.function_sequence, r.id))

    def _get_portal_choices(self, place, person):
        """Mandates and posts that the person may register here and that are not yet."""
        self.ensure_one()
        mandates = self.sudo()._get_registrable(place)
        if place._get_portal_role(person) != "full":
            mandates = mandates.filtered(lambda m: m.partner_id == person)
        held = self.sudo().registration_ids.filtered(lambda r: r.state in TAKEN or r.is_waiting)
        return mandates.filtered(lambda m: m.partner_id not in held.attendee_partner_id)

    def _get_registrars(self, place):
        """Who may register colleagues of a place, in the order of protocol.

        :return: text: `Anne AUBRY (maire), Sophie COLIN (secrétaire de mairie)`
        """
        mandates = self._get_registrable(place).filtered_domain(
            Domain(PORTAL_ACCESS) & Domain("function_id.portal_role", "=", "full")
        )
        return ", ".join(f"{mandate.partner_id.name} ({mandate.title})" for mandate in mandates)

    def _describe_places(self, places):
        """Sentences for the person who has just registered somebody, by outcome."""
        words = {
            "registered": self.env._("Registered: %s."),
            "waiting": self.env._("On the waiting list: %s."),
            "already": self.env._("Already registered: %s."),
            "quota": self.env._("Not registered, the commune has no place left: %s."),
            "closed": self.env._("Not registered, the event does not take registrations: %s."),
        }
        sentences = []
        for outcome, sentence in words.items():
            names = []
            for place in places:
                if place.outcome != outcome:
                    continue
                name = place.mandate.partner_id.name
                if outcome == "waiting":
                    name = self.env._(
                        "%(name)s (number %(rank)s)",
                        name=name,
                        rank=place.registration.waiting_rank,
                    )
                names.append(name)
            if names:
                sentences.append(sentence % ", ".join(names))
        return sentences
