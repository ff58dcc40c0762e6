"""A half-day changed by hand, in the calendar or by an API client: the rules are run again."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..request.request import ENDED

# Fields of a half-day that users may write; the others follow proposals and missions.
CHANGED = {"date", "half_day", "employee_id"}
ADDED = {"request_id", "date", "half_day", "origin"}


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    @api.model
    def _check_added_fields(self, vals_list):
        for vals in vals_list:
            given = {name for name, value in vals.items() if value}
            self._raise_derived_fields(
                given - ADDED - ({"state"} if vals.get("state") == "open" else set())
            )

    def _change_by_hand(self, vals):
        self.check_access("write")
        vals = self._read_drag(vals)
        self._raise_derived_fields(set(vals) - CHANGED)
        self._change(vals)
        return True

    def _read_drag(self, vals):
        """The calendar speaks of hours: the half-day is that of the start. What a program
        repeats without changing it is left out."""
        vals = {name: value for name, value in vals.items() if not self._is_already(name, value)}
        vals.pop("stop_datetime", None)
        vals.pop("departure_datetime", None)
        start = fields.Datetime.to_datetime(vals.pop("start_datetime", None))
        if start:
            vals["date"], vals["half_day"] = self.env.company._get_half_day_of(start)
        return vals

    def _is_already(self, name, value):
        field = self._fields.get(name)
        return bool(field and field.type == "many2one") and all(
            (slot[name].id or False) == (value or False) for slot in self
        )

    def _raise_derived_fields(self, names):
        for name in sorted(names & set(self._fields)):
            raise UserError(
                self.env._(
                    "“%s” of a half-day is not written by hand: it follows the proposals and the"
                    " missions. Choose an agent in “Who can go?”, or change the mission.",
                    self._fields[name]._description_string(self.env),
                )
            )

    def _change(self, vals):
        """Another day, another agent: one by one for the days, by request for the agent."""
        is_given = "employee_id" in vals
        agent = self.env["hr.employee"].browse(vals.get("employee_id") or ())
        others = self.filtered(lambda s: s.employee_id != agent) if is_given else self.browse()
        others._detach()
        for slot in self:
            day = fields.Date.to_date(vals.get("date", slot.date))
            slot._move(day, vals.get("half_day", slot.half_day))
        if agent:
            for request, slots in others.grouped("request_id").items():
                request._assign(agent, slots)

    def _detach(self):
        """Take half-days out of proposals that nobody has received yet."""
        for slot in self:
            slot._check_changeable()
        held = self.sudo().filtered("proposal_id")
        for proposal, slots in held.grouped("proposal_id").items():
            proposal.slot_ids -= slots
            slots._release()
            if not proposal.slot_ids:
                proposal._withdraw()
        held.request_id._refresh_state()

    def _check_changeable(self):
        self.ensure_one()
        if self.mission_id:
            raise UserError(self.env._("The mission is agreed: change its days by an amendment."))
        if self.state not in ("open", "held"):
            raise UserError(
                self.env._(
                    "%s is over: only a half-day that is still to fill can be changed.",
                    self.display_name,
                )
            )
        if self.proposal_id and self.proposal_id.state != "draft":
            raise UserError(
                self.env._(
                    "%(slot)s is already proposed to %(agent)s: withdraw the proposal first.",
                    slot=self.display_name,
                    agent=self.employee_id.sudo().name,
                )
            )

    def _check_addable(self, vals_list):
        for slot in self:
            if slot.request_id.state in (*ENDED, "accepted", "filled"):
                raise UserError(
                    self.env._(
                        "%s is settled: no half-day can be added. File another request, or prolong"
                        " the mission.",
                        slot.request_id.name,
                    )
                )
            slot._check_open_day()
            slot._check_to_come()

    def _check_open_day(self):
        """Holidays depend on the commune: Good Friday is off in some, worked in others."""
        for slot in self:
            if slot.commune_id._is_closed_on(slot.date):
                raise UserError(
                    self.env._(
                        "%(day)s is a public holiday in %(commune)s: nobody can be sent.",
                        day=self.env["commune.letter"]._format_date(slot.date),
                        commune=slot.commune_id.brand_name or slot.commune_id.name,
                    )
                )

    def _check_to_come(self):
        requests = self.env["commune.replacement.request"]
        for slot in self.filtered(lambda s: s.date < requests._get_today()):
            raise UserError(requests._get_past_sentence(slot.date))

    @api.model
    def _create_checked(self, vals_list):
        """Half-days that a method of the service has checked."""
        return self.sudo().create(vals_list).with_env(self.env)
