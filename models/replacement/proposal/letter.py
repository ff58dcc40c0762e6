"""Letters of a proposal: to the agent, then to the persons who act for the commune."""

from datetime import UTC

from odoo import models

from ...core.mail_delivery.delivery import PENDING


class CommuneReplacementProposal(models.Model):
    _inherit = "commune.replacement.proposal"

    def _get_letter_person(self):
        """Anyone who is asked now: the agent, then the requester of the commune."""
        return self._get_side_person(self._get_side())

    def _get_side(self):
        """Who is asked now: `agent` or `commune`."""
        return "agent" if self.state in ("draft", "sent_agent") else "commune"

    def _get_side_person(self, side):
        """Who answers for a side; empty for a side that does not exist."""
        if side == "agent":
            return self.employee_id.sudo().work_contact_id
        if side == "commune":
            return self.asked_person_id or self._get_commune_person()
        return self.env["res.partner"]

    def _get_commune_person(self):
        """The requester as long as a mandate or a post is held, and who is not the agent; else the
        commune itself."""
        person = self.commune_id._get_contact_person(self.request_id.requester_id)
        return self.commune_id if self.employee_id._is_person(person) else person

    def _send_side(self, side):
        self._send_letters(f"mail_template_replacement_{side}")

    def _take_back_questions(self):
        """A question that was answered or withdrawn does not leave any more: its link is dead."""
        letters = self.env["commune.letter.delivery"].sudo()
        kinds = [f"mail_template_replacement_{side}" for side in ("agent", "commune")]
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        waiting = [("kind", "in", kinds), ("state", "in", PENDING)]
        letters.search([*domain, *waiting])._replace()

    def _get_letter_lines(self):
        """What the person must know before answering, as (label, value)."""
        self.ensure_one()
        request = self.request_id
        slots = self._get_held_slots() or self.slot_ids
        lines = [
            (self.env._("Commune"), self.commune_id.brand_name or self.commune_id.name),
            (self.env._("Post to hold"), request.post),
            (self.env._("Half-days"), slots._summarise()),
            (self.env._("Days"), slots._describe_pattern()),
            (self.env._("Evening"), self._describe_evenings(slots)),
            (self.env._("Later arrival"), slots._describe_late_arrivals()),
            (self.env._("Workplace"), request.workplace),
            (self.env._("Tasks"), request.tasks),
            (self.env._("Acts of the civil registry"), request._get_civil_registry_limit()),
            (self.env._("Agent"), self._get_side() == "commune" and self._get_agent_profile()),
        ]
        return [(label, value) for label, value in lines if value]

    def _describe_evenings(self, slots):
        """The evening, with what it costs for the commune where this is more than its hours."""
        quote = self.env["commune.replacement.quote"]
        is_commune = self._get_side() == "commune"
        price = is_commune and quote._describe_evening_price(self.request_id, slots)
        return ", ".join(filter(None, (slots._describe_evenings(), price)))

    def _get_agent_profile(self):
        """Name and grade: what a commune needs, nothing of the private life."""
        agent = self.employee_id.sudo()
        return ", ".join(filter(None, (agent.name, agent.grade)))

    def _get_letter_link(self):
        """Link in the letter: see `commune.private.link`."""
        return self._get_link_place(self._get_side())

    def _get_letter_deadline(self):
        """`mardi 1er décembre 2026 à 9 h`, on the clock of the communes."""
        moment = self.expiry_date.replace(tzinfo=UTC).astimezone(self.env.company._get_zone())
        day = self._format_date(moment.date())
        hour = self._format_hour(moment.hour + moment.minute / 60)
        return self.env._("%(day)s at %(hour)s", day=day, hour=hour)
