"""A half-day is billed once: as worked, or as taken away late."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import plaintext2html


class CommuneReplacementStatement(models.Model):
    _inherit = "commune.replacement.statement"

    @api.model
    def _get_billable_lines(self, start, end, communes=None):
        """Hours of a half-day that is billed as taken away wait until that statement is cancelled:
        they are of a database from before the rule that excludes one by the other."""
        lines = super()._get_billable_lines(start, end, communes)
        domain = Domain("mission_id", "in", lines.mission_id.ids) & Domain("is_live", "=", True)
        domain &= Domain("date", "in", lines.mapped("date")) & Domain("slot_id", "!=", False)
        billed = lines.env["commune.replacement.statement.line"].search(domain)
        taken = {(line.mission_id, line.date, line.half_day) for line in billed}
        return lines.filtered(lambda line: (line.mission_id, line.date, line.half_day) not in taken)

    def _report_double_billing(self, found):
        """What an update found: half-days of this statement that another one bills too.

        :param found: [(id of the statement that bills them, whether this one is issued, mission id,
            day, half-day, amount)]
        """
        self.ensure_one()
        is_issued = found[0][1]
        missions = self.env["commune.replacement.mission"].browse({row[2] for row in found})
        user = missions.user_id[:1] or self.env.ref("base.user_root")
        statement = self.with_context(lang=user.lang)
        lines = "\n".join(statement._describe_double_billing(*row) for row in found)
        if is_issued:
            text = statement.env._(
                "These half-days are billed twice, as worked and as taken away. A statement that is"
                " issued does not change: cancel one of the two by a cancelling statement.",
            )
        else:
            self._compute_totals()
            if self.state == "checked":
                self.state = "draft"
            text = statement.env._(
                "These half-days left this draft: they are already billed, as worked or as taken"
                " away. Read its lines again, then check it.",
            )
        summary = statement.env._("Half-days billed twice, as worked and as taken away")
        note = plaintext2html(f"{text}\n{lines}")
        self.message_post(body=note)
        self.activity_schedule(
            "mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id
        )

    def _describe_double_billing(self, kept_id, _is_issued, mission_id, day, half_day, amount):
        """“Lundi 11 janvier 2027, matin (REMP-12) : 94,50 €, aussi dans EL-2027-3”"""
        slot = self.env["commune.replacement.slot"].new({"date": day, "half_day": half_day})
        return self.env._(
            "%(half_day)s (%(mission)s): %(amount)s, also in %(statement)s",
            half_day=slot._format_slot(),
            mission=self.env["commune.replacement.mission"].browse(mission_id).name,
            amount=self._format_euros(float(amount)),
            statement=self.browse(kept_id).display_name,
        )
