"""Registrations: a person of a commune at an event, with a place or in the queue."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, LazyTranslate

from ....engine.text import ordinal
from .seat_allocation import PROMOTION_ORDER, TAKEN

_lt = LazyTranslate(__name__)


class EventRegistration(models.Model):
    _name = "event.registration"
    _inherit = ["event.registration", "commune.letter", "commune.readonly.fields.mixin"]
    _readonly_reason = _lt("What the person answered and was sent is not written by hand.")
    _readonly_error = AccessError
    _readonly_fields = frozenset(
        {
            "certificate_number",
            "cold_input_id",
            "excused",
            "hot_input_id",
            "invitation_id",
            "is_waiting",
            "left_list",
            "registered_by_id",
            "reminded_day",
            "reminded_week",
            "waiting_since",
        }
    )

    mandate_id = fields.Many2one(
        "commune.mandate",
        string="Mandate or post",
        ondelete="restrict",
        index="btree_not_null",
        help="In whose name the person comes.",
    )
    commune_id = fields.Many2one(
        related="mandate_id.commune_id", string="Commune", store=True, index=True
    )
    attendee_partner_id = fields.Many2one(
        related="mandate_id.partner_id", string="Person", store=True, index=True
    )
    attendee_title = fields.Char(related="mandate_id.title", string="Function")
    registered_by_id = fields.Many2one(
        "res.partner", string="Registered by", readonly=True, index="btree_not_null"
    )
    invitation_id = fields.Many2one(
        "commune.event.invitation",
        string="Answer to",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    link_id = fields.Many2one(
        "commune.event.invitation",
        string="Link of one’s own",
        compute="_compute_link_id",
        compute_sudo=True,
    )
    is_waiting = fields.Boolean(string="On the waiting list", readonly=True, tracking=True)
    waiting_since = fields.Datetime(readonly=True)
    waiting_rank = fields.Integer(compute="_compute_waiting_rank", help="1 for the next one.")
    excused = fields.Boolean(
        readonly=True, tracking=True, help="Said beforehand that he or she cannot come."
    )
    left_list = fields.Boolean(
        string="Left the waiting list",
        readonly=True,
        tracking=True,
        help="Waited for a place, and gave the rank back: no absence to excuse.",
    )
    reminded_week = fields.Boolean(readonly=True, copy=False)
    reminded_day = fields.Boolean(readonly=True, copy=False)
    _person_uniq = models.UniqueIndex(
        "(event_id, attendee_partner_id) WHERE attendee_partner_id IS NOT NULL",
        "This person is already registered for this event.",
    )

    def _get_managed_threads(self):
        return super()._get_managed_threads() | self.filtered(lambda one: one.sudo().mandate_id)

    @api.depends("is_waiting", "waiting_since", "event_id")
    def _compute_waiting_rank(self):
        """Counted by PostgreSQL, in one query whatever the number of events and who waits."""
        ranks = {}
        if waiting := self.filtered("is_waiting"):
            self.flush_model(["event_id", "is_waiting", "waiting_since", "active"])
            queue = SQL(
                """
                SELECT id, row_number() OVER (PARTITION BY event_id ORDER BY %s) AS rank
                  FROM event_registration
                 WHERE is_waiting AND active AND event_id = ANY(%s)
                """,
                SQL(PROMOTION_ORDER),
                waiting.event_id.ids,
            )
            rows = self.env.execute_query(
                SQL("SELECT id, rank FROM (%s) queue WHERE id = ANY(%s)", queue, waiting.ids)
            )
            ranks = dict(rows)
        for registration in self:
            registration.waiting_rank = ranks.get(registration._origin.id, 0)

    @api.model
    def _get_waiting_domain(self):
        """Those who wait for a place that they may still get."""
        return (
            Domain("is_waiting", "=", True)
            & Domain("event_id.date_end", ">=", fields.Datetime.now())
            & Domain("event_id.kanban_state", "!=", "cancel")
        )

    def _get_waiting_place(self):
        """`8e`, and `1re` for a woman; empty for who does not wait."""
        rank = self.waiting_rank
        return ordinal(rank, self._get_letter_person().civility == "mme") if rank else ""

    def _describe_waiting(self, reader):
        """:param reader: the person (res.partner) who reads it, perhaps of oneself"""
        place = self._get_waiting_place()
        if self._get_letter_person() == reader:
            return self.env._("You are %s on the waiting list", place)
        return self.env._("%s on the waiting list", place)

    @api.model
    def _can_start_with(self, name, value):
        """One registers in one's own name."""
        own = name == "registered_by_id" and value == self.env.user.partner_id.id
        return own or super()._can_start_with(name, value)

    @api.model_create_multi
    def create(self, vals_list):
        """The person of the mandate, under the name and at the address of today."""
        held = [vals["mandate_id"] for vals in vals_list if vals.get("mandate_id")]
        mandates = self.env["commune.mandate"].sudo()
        for vals in vals_list:
            if not vals.get("mandate_id"):
                continue
            person = mandates.browse(vals["mandate_id"]).with_prefetch(held).partner_id
            vals["partner_id"] = person.id
            vals.setdefault("name", person.name)
            vals.setdefault("email", person.email)
            vals.setdefault("phone", person.phone)
            if "registered_by_id" not in vals:
                vals["registered_by_id"] = self.env.user.partner_id.id
        return super().create(vals_list)

    def write(self, vals):
        """Offer a released place to the first in line, whatever the button."""
        frees = vals.get("state") in ("cancel", "draft") or vals.get("active") is False
        held = self.filtered(lambda r: r.state in TAKEN and r.event_id.kind) if frees else self
        if frees and held:
            held.event_id.sudo()._lock_places()
        follows = {}
        if vals.get("state") == "cancel" or vals.get("active") is False:
            follows = {"is_waiting": False, "waiting_since": False}
        elif vals.get("state") in TAKEN:
            follows = dict.fromkeys(("is_waiting", "waiting_since", "excused", "left_list"), False)
        if self.env.su:
            vals = {**vals, **follows}
        result = super().write(vals)
        if follows and not self.env.su:
            super(EventRegistration, self.sudo()).write(follows)
        if vals.keys() & {"is_waiting", "active"} or follows:
            self.invalidate_model(["waiting_rank"])
        if frees and held:
            held.event_id._promote_waiting()
        return result

    def unlink(self):
        events = self.event_id.filtered("kind")
        result = super().unlink()
        events._promote_waiting()
        return result

    def _withdraw(self):
        """Release the places; a person on the waiting list leaves it without being excused.

        Waiting persons leave first, so that none of them receives a place released here.

        :return: those who had a place or a rank
        """
        waited = self.filtered("is_waiting")
        held = self.filtered(lambda r: r.state in TAKEN) - waited
        for lines, gone, answer in ((waited, "left_list", "left"), (held, "excused", "no")):
            if lines:
                lines.sudo().write({"state": "cancel", gone: True})
                lines.sudo().link_id._log_withdrawal(answer)
        return waited | held

    def _withdraw_with_messages(self, reader):
        """Release the places, or the ranks on the waiting list.

        :param reader: the person (res.partner) who does it, perhaps for oneself
        :return: list of sentences to display
        """
        return [registration._describe_left(reader) for registration in self._withdraw()]

    def _describe_left(self, reader):
        """Sentence for the person who has just released a place or a rank."""
        oneself = self._get_letter_person() == reader
        if not self.left_list:
            if oneself:
                return self.env._("Thank you, you are excused.")
            return self.env._("%s is excused. Thank you for telling us.", self.name)
        if oneself:
            return self.env._("You are no longer on the waiting list.")
        return self.env._("%s is no longer on the waiting list.", self.name)

    def _describe_leaving(self, reader, seats_left):
        """What is lost by giving the place or the rank back; empty when another is there to take.

        :param reader: the person (res.partner) who is about to do it
        :param seats_left: `_get_seats_left` of the event
        """
        oneself, place = self._get_letter_person() == reader, self._get_waiting_place()
        values = {"name": self.name, "place": place}
        if place and oneself:
            return self.env._(
                "You are %(place)s on the waiting list. If you leave it, this place is lost.",
                **values,
            )
        if place:
            return self.env._(
                "%(name)s is %(place)s on the waiting list. Once off the list, this place is lost.",
                **values,
            )
        if seats_left != 0:
            return ""
        return self.env._("No other place is free: this one goes to the next person.")

    def action_excuse(self):
        """The person called: he or she cannot come, or waits no longer."""
        self.check_access("write")
        self._withdraw()

    # letters

    def _get_letter_document(self):
        return self.event_id

    def _get_letter_person(self):
        return self.attendee_partner_id or self.partner_id

    def _get_registered_by_other(self):
        """Name of the colleague who registered the person, if it was somebody else."""
        author = self.registered_by_id
        return author.name if author and author != self._get_letter_person() else ""

    @api.depends("event_id.invitation_ids", "attendee_partner_id")
    def _compute_link_id(self):
        found = self.env["commune.event.invitation"].search_fetch(
            [
                ("event_id", "in", self.event_id.ids),
                ("partner_id", "in", self.attendee_partner_id.ids),
            ],
            ["event_id", "partner_id"],
        )
        links = {(link.event_id, link.partner_id): link for link in found}
        for registration in self:
            key = registration.event_id, registration.attendee_partner_id
            registration.link_id = links.get(key)

    def _get_answer_url(self):
        """Where the person answers: the link of one's own, which needs no account."""
        self.ensure_one()
        link = self.link_id
        return link._get_link() if link else self.event_id._get_portal_url()
