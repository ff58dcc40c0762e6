"""Notify requester and coordinators of a portal request."""

from odoo import SUPERUSER_ID, models
from odoo.fields import Domain

from ...core.inside import Inside, get_inside
from .urgency import AT_ONCE

# Who reads a copy of the alert; read from superusers alone, no client can choose it.
RECIPIENT = "replacement_recipient"
TEMPLATE = "mail_template_replacement_"
ASKED = ("sent_agent", "accepted_agent", "sent_commune")  # proposals that an agent knows of


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    def _notify_arrival(self):
        """The acknowledgement, then the thing to do and the letters of the coordination."""
        for request in self:
            request._send_letters(f"{TEMPLATE}received")
            circles = request._get_circles()
            request._ask_coordination(next(filter(None, circles)))
            request._write_to_coordination(circles)

    def _get_circles(self):
        """Groups of users who may be notified, the nearest first.

        The coordination, the officer in charge of relations with that commune, the desk of the
        requests, the administrator.

        :return: list of res.users, some of them empty
        """
        group = self.env.ref("commune_relations.group_replacement_coordinator")
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        circles = [
            group.user_ids,
            self.env["commune.portal.colleague"]._get_relations_manager(self.commune_id),
            desk.user_id or desk.user_ids,
        ]
        robot = self.env.ref("base.user_root")
        reachable = [
            users.filtered(lambda u: u.active and not u.share) - robot for users in circles
        ]
        return [*reachable, self.env.ref("base.user_admin")]

    def _choose_follower(self, users):
        """Anyone who looks after the commune, else anyone who followed its last request, else the
        first one who was named."""
        if self.commune_id.user_id in users:
            return self.commune_id.user_id
        domain = (
            Domain("commune_id", "=", self.commune_id.id)
            & Domain("user_id", "in", users.ids)
            & Domain("id", "!=", self.id)
        )
        return self.search(domain, order="id desc", limit=1).user_id or users.sorted("id")[:1]

    def _ask_coordination(self, users):
        """One thing to do, on the day on which an agent must be looked for."""
        user = self._choose_follower(users)
        request = self.with_context(
            lang=self.env["commune.letter"]._choose_lang(user.lang),
            # The addon's own letter replaces these notifications of Odoo.
            mail_activity_quick_update=True,
            mail_auto_subscribe_no_notify=True,
        )
        request.user_id = user
        request._schedule_once(
            "replacement_urgent" if self._is_urgent() else "replacement_request",
            summary=request._get_alert_title(),
            note=request._get_asker_line(),
            date_deadline=self._get_reading_day(),
            user_id=user.id,
        )

    def _write_to_coordination(self, circles):
        """One letter each to the nearest circle in which somebody has an address."""
        reached = (users.filtered(lambda u: u.partner_id.email_normalized) for users in circles)
        for user in next(filter(None, reached), self.env["res.users"]):
            addressed = self.with_context(**{RECIPIENT: Inside(user.partner_id.id)})
            addressed._send_letters(f"{TEMPLATE}arrived", replaces=False)

    def _get_asked_agents(self):
        """Agents who received a proposal that still runs (hr.employee, as superuser)."""
        return self.sudo().proposal_ids.filtered(lambda p: p.state in ASKED).employee_id

    def _notify_cancellation(self, agents):
        """The commune took its request back: who follows it knows, and calls the agents whom the
        letter does not reach."""
        if not agents:
            return
        request = self.with_user(SUPERUSER_ID)
        user = request.user_id or request._choose_follower(
            next(filter(None, request._get_circles()))
        )
        lang = self.env["commune.letter"]._choose_lang(user.lang)
        request.with_context(lang=lang)._schedule_once(
            "replacement_cancelled",
            summary=request.with_context(lang=lang)._describe_cancellation(agents),
            date_deadline=self._get_today(),
            user_id=user.id,
        )

    def _describe_cancellation(self, agents):
        names = ", ".join(agents.mapped("name"))
        if all(agent._get_letter_email() for agent in agents):
            return self.env._("The commune needs nobody any more: e-mail sent to %s", names)
        return self.env._("The commune needs nobody any more: tell %s", names)

    def _is_urgent(self):
        """Needed at once, in the words of the commune or by its first day."""
        soon = self._get_working_days().add(self._get_today(), 1)
        return self.urgency in AT_ONCE or self._get_first_day() <= soon

    def _get_first_day(self):
        return min(self.slot_ids.mapped("date"), default=self.date_start)

    def _get_reading_day(self):
        """When the coordination reads it at the latest: today when it is urgent, else on the next
        working day."""
        today = self._get_today()
        return today if self._is_urgent() else self._get_working_days().add(today, 1)

    def _finish_reading_activities(self, vals):
        """Close the reading activities of requests in progress, ended or sent back."""
        if vals.get("state") not in (None, "draft", "submitted"):
            # OdooBot writes: anyone who does it may have no address to write from.
            requests = self.with_user(SUPERUSER_ID)
            requests._finish_asked("replacement_urgent", "replacement_request")

    # letters

    def _get_letter_person(self):
        """A member of the staff for the alert, else the requester, if still authorised."""
        if recipient_id := get_inside(self.env, RECIPIENT):
            return self.env["res.partner"].browse(recipient_id)
        return self.commune_id._get_contact_person(self.requester_id)

    def _get_letter_reply(self):
        """To the coordination; the alert to it is answered by anyone who reads all replies."""
        recipient_id = get_inside(self.env, RECIPIENT)
        return "" if recipient_id else self._get_coordination_reply()

    def _get_coordination_reply(self, user=None):
        """Reply address for this request: see `_find_follower`."""
        return self._get_reply_address(self._find_follower(user))

    def _find_follower(self, user=None):
        """The colleague who follows this request, else who is to (res.users, as superuser).

        :param user: who follows what came of it, a mission (res.users)
        """
        robot = self.env.ref("base.user_root")
        known = ((user or self.user_id) | self.user_id) - robot
        follower = known.filtered(lambda one: one.active and not one.share)[:1]
        return follower or self._choose_follower(next(filter(None, self._get_circles())))

    def _get_letter_lines(self):
        """What was asked, as (label, value)."""
        self.ensure_one()
        lines = [
            (self.env._("Number"), self.name),
            (self.env._("Commune"), self.commune_id.brand_name or self.commune_id.name),
            (self.env._("Post to hold"), self.post),
            (self.env._("Half-days"), self.slot_ids._summarise()),
            (self.env._("Days"), self.week_text),
            (self.env._("Left out"), self.left_out_text),
        ]
        return [(label, value) for label, value in lines if value]

    def _get_alert_title(self):
        """`Urgent: an agent for Aubrive, Monday 30 November 2026`."""
        values = {
            "commune": self.commune_id.brand_name or self.commune_id.name,
            "day": self.env["commune.letter"]._format_date(self._get_first_day()),
        }
        if self._is_urgent():
            return self.env._("Urgent: an agent for %(commune)s, %(day)s", **values)
        return self.env._("An agent for %(commune)s from %(day)s", **values)

    def _get_asker_line(self):
        """Whom to call back: `Madame Sophie COLIN, Secrétaire de mairie, 03 00 00 00 00`."""
        person = self.requester_id
        name = self._name_person(person) if person else ""
        phone = person.phone or self.commune_id.phone
        return ", ".join(filter(None, (name, self.requester_title, phone)))

    def _get_staff_address(self):
        """Where the staff open the request; an account is asked for."""
        return f"{self.get_base_url()}/odoo/replacement-requests/{self.id}"

    def _get_portal_address(self):
        """Where the user who asked on the portal follows the request."""
        return f"{self.get_base_url()}/my/replacements/{self.id}"

    def _get_next_sentence(self):
        """What happens now, for the user who asked."""
        if self._is_urgent():
            return self.env._(
                "The coordination has been alerted and looks for an agent at once. As soon as an"
                " agent agrees, you receive an e-mail to accept or to decline."
            )
        return self.env._(
            "The coordination reads it by %s at the latest and looks for an agent. As soon as an"
            " agent agrees, you receive an e-mail to accept or to decline.",
            self.env["commune.letter"]._format_date(self._get_reading_day()),
        )

    def _get_urgent_sentence(self):
        """Whom to call when an e-mail would be too slow; else empty."""
        return self.env.company._get_replacement_call(self.name) if self._is_urgent() else ""
