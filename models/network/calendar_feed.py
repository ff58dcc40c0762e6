"""The calendar of a person of a commune, followed from a phone by a private address."""

import secrets

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ...engine.calendar.ics import Entry, calendar
from ..core.private_link import TOKEN_BYTES, find_by_token


class ResUsers(models.Model):
    _inherit = "res.users"

    commune_calendar_token = fields.Char(groups="base.group_system", copy=False, index=True)

    def _renew_calendar_token(self):
        """A new private address; the one before opens nothing any more."""
        self.ensure_one()
        self.commune_calendar_token = secrets.token_urlsafe(TOKEN_BYTES)

    def _revoke_calendar_token(self):
        self.ensure_one()
        self.commune_calendar_token = False

    def _has_calendar(self):
        """Anyone who acts in a commune today, and the staff who follow the obligations."""
        self.ensure_one()
        obligations = self.env["commune.obligation"].with_user(self)
        return bool(
            self.env["res.partner"].with_user(self)._get_portal_places()
            or obligations.has_access("read")
        )

    def _get_calendar_url(self):
        self.ensure_one()
        token = self.commune_calendar_token
        return token and f"{self.get_base_url()}/my/calendar/{token}.ics"

    @api.model
    def _find_by_calendar_token(self, token):
        """The person of a private address, as superuser; empty when it opens nothing."""
        return find_by_token(self, "commune_calendar_token", token)

    def _get_calendar_content(self):
        """What the person may see today: nothing any more the day the last mandate ends."""
        self.ensure_one()
        lang = self.env["commune.letter"]._choose_lang(self.lang)
        user = self.with_user(self).with_context(lang=lang)
        entries = user.env["commune.portal.page"]._get_calendar_entries()
        return calendar(user.env._("My communes"), entries, followed=True)


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    @api.model
    def _get_calendar_entries(self):
        """Entries of the calendar of the current user; each area adds its own by `super()`."""
        person = self.env.user.partner_id
        places = self.env["res.partner"]._get_portal_places()
        registrations = self.env["event.registration"].sudo()
        for place in places:
            seen = Domain("commune_id", "=", place.id)
            if place._get_portal_role(person) != "full":
                seen &= Domain("attendee_partner_id", "=", person.id)
            seen &= Domain("state", "in", ("open", "done")) | Domain("is_waiting", "=", True)
            registrations |= registrations.search(seen & Domain("event_id.kind", "!=", False))
        entries = []
        for event, held in registrations.grouped("event_id").items():
            event = event.with_context(lang=self.env.lang)
            entries += event._get_ics_entries(waiting=all(held.mapped("is_waiting")))
        acted = places.filtered(lambda place: place._get_portal_role(person) == "full")
        entries += self._get_calendar_obligations(acted)._get_ics_entries()
        return entries

    @api.model
    def _get_obligations_to_show(self):
        """Obligations of the places in whose name the current user acts, as information: coming
        days, nearest first, then past ones."""
        person = self.env.user.partner_id
        places = self.env["res.partner"]._get_portal_places()
        acted = places.filtered(lambda place: place._get_portal_role(person) == "full")
        found = self.env["commune.obligation"].sudo()._get_for(acted).filtered("date_due")
        today = self.env.company._get_today()
        return found.filtered(lambda one: not one.aside_reason).sorted(
            lambda one: (one.date_due < today, one.date_due, one.id)
        )

    @api.model
    def _get_calendar_obligations(self, acted):
        """What the law asks of these places; all of it for the staff of the intercommunality, who
        have it on their screens.

        :param acted: places in whose name the current user acts
        """
        read = self.env["commune.obligation"].has_access("read")
        obligations = self.env["commune.obligation"].sudo()
        return obligations.search(Domain.TRUE) if read else obligations._get_for(acted)


class CommuneObligation(models.Model):
    _inherit = "commune.obligation"

    @api.model
    def action_follow(self):
        """The page of the private address, which a phone or Outlook follows."""
        return {"type": "ir.actions.act_url", "url": "/my/calendar", "target": "self"}

    def _get_page_note(self):
        """Pair (note shown on the page, address of the legal text, empty without one)."""
        self.ensure_one()
        return self.note or "", ""

    def _get_ics_entries(self):
        """Legal obligations, a whole day each, except those done or without object; as superuser,
        which reads the name of the database."""
        database = self.env["ir.config_parameter"].get_param("database.uuid")
        return [
            Entry(
                uid=f"obligation-{obligation.id}-{obligation.date_due:%Y}@{database}",
                title=obligation._get_calendar_title(),
                start=obligation.date_due,
                end=obligation.date_due,
                stamp=pytz.utc.localize(obligation.write_date),
                text="\n".join(filter(None, (obligation.source, obligation.note))),
            )
            for obligation in self
            if obligation.state not in ("done", "aside") and obligation.date_due
        ]
