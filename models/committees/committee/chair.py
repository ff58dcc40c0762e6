"""Seat of the chair: attendance sheet, minutes, and quorum by the rule of the committee."""

from odoo import api, fields, models
from odoo.fields import Domain


class CommuneCommittee(models.Model):
    _inherit = "commune.committee"

    chair_counts = fields.Boolean(
        string="The chair counts for the quorum",
        default=True,
        tracking=True,
        help="A chair who is no member otherwise is called and presides; this says whether his or"
        " her voice counts among the members in office.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        committees = super().create(vals_list)
        committees._seat_chair()
        return committees

    def write(self, vals):
        result = super().write(vals)
        if {"chair_id", "chair_counts"} & set(vals):
            self._seat_chair(self.env.company._get_today())
        return result

    def _seat_chair(self, start=False):
        """A chair without a seat gets one, which ends with the chair; who sits already keeps the
        seat as it is.

        :param start: first day of the seat; False: since the committee exists
        """
        self = self.sudo()  # seats follow the chair, for any user who changes it
        today = self.env.company._get_today()
        values = []
        for committee in self:
            seats = committee.member_ids.filtered(
                lambda seat: seat.is_chair_seat and (not seat.date_end or seat.date_end >= today)
            )
            own = seats.filtered(lambda seat, c=committee: seat.partner_id == c.chair_id)
            (seats - own)._leave_chair(today)
            own.write({"voting": committee.chair_counts, "date_end": False})
            seated = committee.member_ids.filtered(lambda seat: seat._sits_on(today)).partner_id
            if committee.chair_id and committee.chair_id not in seated:
                values.append(committee._prepare_chair_seat(start))
        self.env["commune.committee.member"].create(values)

    def _get_usual_chair(self, day, session_kind="ordinary"):
        """Who chairs (res.partner), as superuser: the chair of the committee; where none is
        chosen, the mayor or the president for a council (CGCT, L.2121-14), who is not known yet at
        its first sitting.

        :param day: of the session
        """
        committee = self.sudo()
        if committee.chair_id or committee.kind != "council" or session_kind == "first":
            return committee.chair_id
        wording = committee.env["commune.place.wording"]
        return wording._get_head_mandate(committee.place_id, day).partner_id

    def _prepare_chair_seat(self, start):
        """By the mandate held in the place of the committee, whose end the seat follows; a chair
        who holds none there sits as a person."""
        self.ensure_one()
        held = self.chair_id.held_mandate_ids.filtered(
            lambda m: m.commune_id == self.place_id and m.active and m.state == "current"
        )
        by = {"mandate_id": held[0].id} if held else {"person_id": self.chair_id.id}
        return {
            **by,
            "committee_id": self.id,
            "role": "chair",
            "voting": self.chair_counts,
            "is_chair_seat": True,
            "date_start": start,
        }


class CommuneCommitteeMember(models.Model):
    _inherit = "commune.committee.member"

    is_chair_seat = fields.Boolean(
        readonly=True, copy=False, help="Given by the chair, and ends with it."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A seat of one's own takes the place of the one that the chair gave."""
        mandates = self.env["commune.mandate"].browse(
            [vals["mandate_id"] for vals in vals_list if vals.get("mandate_id")]
        )
        persons = {mandate.id: mandate.partner_id.id for mandate in mandates.sudo()}
        pairs = {
            (vals.get("committee_id"), vals.get("person_id") or persons.get(vals.get("mandate_id")))
            for vals in vals_list
            if not vals.get("is_chair_seat")
        }
        given = self.sudo().search(
            Domain("is_chair_seat", "=", True)
            & Domain("committee_id", "in", [committee for committee, _person in pairs])
        )
        given = given.filtered(lambda seat: (seat.committee_id.id, seat.partner_id.id) in pairs)
        given._leave_chair(self.env.company._get_today())
        return super().create(vals_list)

    def _leave_chair(self, today):
        """These seats end: nothing stays of those by which nobody was ever called."""
        lines = self.env["commune.attendance"].search([("member_id", "in", self.ids)])
        called = lines.filtered(lambda line: line.session_id.notice_date)
        (lines - called).unlink()
        kept = called.member_id
        for seat in kept:
            seat.write({"date_end": max(today, seat.date_start or today)})
        (self - kept).unlink()
