"""At whose wish half-days were taken away: what is due follows it (decision 032)."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    unexplained_text = fields.Text(
        string="Taken away without knowing who asked",
        compute="_compute_unexplained_text",
        groups="base.group_user",
        help="Half-days that are not due until somebody states that the commune asked for it.",
    )

    @api.depends("slot_ids.state", "slot_ids.cancelled_by", "slot_ids.cancelled_date")
    @api.depends_context("lang")
    def _compute_unexplained_text(self):
        for mission in self:
            slots = mission._get_unexplained_slots()
            mission.unexplained_text = ", ".join(s._format_slot() for s in slots) or False

    def _get_unexplained_slots(self):
        slots = self.slot_ids.filtered(
            lambda s: s.state == "cancelled" and s.cancelled_date and not s.cancelled_by
        )
        return slots.sorted(lambda s: (s.date, s.half_day))

    def _explain_removal(self, by):
        """State at whose wish half-days were taken away: those of the commune may be due."""
        self.ensure_one()
        self.check_access("write")
        slots = self._get_unexplained_slots()
        if not slots:
            raise UserError(
                self.env._("%s: it is known who asked for each half-day taken away.", self.name)
            )
        initiators = dict(slots._fields["cancelled_by"]._description_selection(self.env))
        sentence = self.env._(
            "Taken away at the wish of: %(by)s. Half-days: %(half_days)s",
            by=initiators[by],
            half_days=self.unexplained_text,
        )
        slots.sudo().cancelled_by = by
        self.request_id._refresh_state()
        self.message_post(body=sentence)

    @api.model
    def _forget_assumed_initiators(self, before):
        """Until 19.0.1.18.0 an amendment wrote “the commune” without asking, and cost nothing. What
        it would cost now is not due, and the coordinator is asked who wanted it.

        :param before: moment of the update that makes these half-days due
        """
        self = self.sudo()  # half-days of every commune, billed or not
        domain = Domain("kind", "in", ("days", "extension")) & Domain("create_date", "<", before)
        versions = self.env["commune.replacement.amendment"].search(domain)
        removed = {
            (version.mission_id, day, half_day)
            for version in versions
            for day, half_day in version.days_before or ()
            if [day, half_day] not in (version.days or ())
        }
        slots = versions.mission_id.slot_ids.filtered(
            lambda s: (
                (s.mission_id, str(s.date), s.half_day) in removed
                and s.cancelled_by == "commune"
                and s.cancelled_date < before
            )
        )
        billed = self.env["commune.replacement.statement.line"]
        slots -= billed.search([("slot_id", "in", slots.ids), ("is_live", "=", True)]).slot_id
        slots = slots.mission_id._filter_due(slots)
        slots.cancelled_by = False
        for mission in slots.mission_id:
            mission._ask_initiator()

    def _filter_due(self, slots):
        """Those that are due today; all of them for a mission without tariff on these days."""
        try:
            return slots & slots.browse().union(*(slot for slot, _kind in self._get_due_slots()))
        except UserError:
            if len(self) == 1:
                return slots
        return slots.browse().union(*(m._filter_due(slots & m.slot_ids) for m in self))

    def _ask_initiator(self):
        user = self.user_id or self.env.ref("base.user_root")
        mission = self.with_context(lang=user.lang)
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=mission.env._("Who asked for these half-days to be taken away?"),
            note=plaintext2html(
                mission.env._(
                    "%(half_days)s. They were taken away by an amendment that did not ask at whose"
                    " wish. They are due only if the commune asked for it: state it on the"
                    " mission.",
                    half_days=mission.unexplained_text,
                )
            ),
            user_id=user.id,
        )
