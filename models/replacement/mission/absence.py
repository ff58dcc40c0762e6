"""Half-days that an agent leaves because of an absence: open again for somebody else."""

from odoo import models


class CommuneReplacementSlot(models.Model):
    _inherit = "commune.replacement.slot"

    def _leave_for_absence(self):
        """Free half-days; a mission keeps its trace, in a new version.

        :return: half-days to fill, the same days in the same requests
        """
        self.env["commune.replacement.request"].check_access("write")
        agreed = self.filtered("mission_id")
        freed = self - agreed
        freed.sudo()._leave_proposals()
        for mission, slots in agreed.grouped("mission_id").items():
            freed |= mission._lend(slots)
        self.request_id._refresh_state()
        return freed

    def _create_again(self):
        """The same half-days in the same requests, to fill: those cancelled keep their trace.

        :return: the new ones
        """
        # One of each in a request that is not cancelled.
        self.flush_recordset()
        return self._create_checked(
            [
                {
                    "request_id": slot.request_id.id,
                    "date": slot.date,
                    "half_day": slot.half_day,
                    "origin": slot.origin,
                }
                for slot in self
            ]
        )

    def _leave_proposals(self):
        """Out of proposals that were not answered yet; an empty one is withdrawn."""
        for proposal, slots in self.filtered("proposal_id").grouped("proposal_id").items():
            proposal.slot_ids -= slots
            slots._release()
            if proposal.slot_ids:
                proposal.message_post(
                    body=self.env._("Taken back, the agent is away: %s", slots._summarise())
                )
            else:
                proposal._withdraw()


class CommuneReplacementMission(models.Model):
    _inherit = "commune.replacement.mission"

    def _lend(self, slots):
        """The agent is away on these days of the mission: somebody else may come.

        :return: the half-days that are open in exchange
        """
        self.ensure_one()
        self.check_access("write")
        self._check_live()
        before = self._get_days()
        reason = self.env._("Agent away")
        slots._cancel("agent")
        self._open_version(self._get_change_kind(), min(slots.mapped("date")), reason, before)
        self._end_without_half_days("agent", reason)
        return slots._create_again()
