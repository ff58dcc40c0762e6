"""The letters of a path: at most one a day and person, with all the steps of that day."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ...core.inside import is_inside
from ...core.pillar import when_used
from ...territory.mandate.mandate import LINKS
from ...territory.reference_epci.local_time import at_local_time

TEMPLATE = "mail_template_path_steps"
LAST_DAYS = 92  # three months: what was not done by then is not asked any more


class CommunePathProgress(models.Model):
    _inherit = "commune.path.progress"

    @api.model
    @when_used("knowledge")
    @at_local_time
    def _cron_follow_paths(self):
        """End finished paths, then send the steps due today; a second run on the same day sends
        nothing twice."""
        self._stop_ended()
        self._send_due()

    def _stop_ended(self):
        running = Domain("state", "=", "running")
        alive = Domain("mandate_id", "any", [*LINKS])
        # A mandate of a day to come has not ended: its path waits for it.
        alive |= Domain("mandate_id.active", "=", True) & Domain("date_start", ">", "today")
        ended = self.search(running & ~alive)
        (ended - ended._move_on())._stop("mandate")
        limit = self.env.company._get_today() - timedelta(days=LAST_DAYS)
        self.search(running & Domain("date_start", "<", limit))._stop("time")

    def _move_on(self):
        """Continue on another elected mandate of the same commune, as of a councillor just elected
        mayor.

        :return: those that go on
        """
        mandates = self.env["commune.mandate"].search(
            Domain(LINKS)
            & Domain("kind", "=", "elected")
            & Domain("partner_id", "in", self.partner_id.ids)
        )
        taken = self.search([("mandate_id", "in", mandates.ids)]).mandate_id
        others = {(m.partner_id, m.commune_id): m for m in mandates - taken}
        moved = self.filtered(lambda one: (one.partner_id, one.commune_id) in others)
        for follow in moved:
            follow.mandate_id = others[follow.partner_id, follow.commune_id]
        return moved

    def _send_due(self):
        today = self.env.company._get_today()
        lines = self.env["commune.path.progress.line"].search(
            Domain("date_due", "<=", today)
            & Domain("notified_date", "=", False)
            & Domain("done_date", "=", False)
            & Domain("step_id.is_written", "=", True)
            & Domain("progress_id.state", "=", "running")
        )
        notified_today = self.env["commune.path.progress.line"].search(
            [("notified_date", "=", today), ("progress_id", "in", lines.progress_id.ids)]
        )
        follows = (lines.progress_id - notified_today.progress_id).filtered(
            lambda follow: follow._get_letter_email()
        )
        follows = follows._filter_unwritten(TEMPLATE)
        if not follows or is_inside(self.env, "no_letters"):
            return
        lines = lines.filtered(lambda line: line.progress_id in follows)
        # The letter reads the steps of its day: they are noted first.
        lines.write({"notified_date": today})
        follows._send_letters(TEMPLATE)

    # wording of the letter

    def _get_letter_person(self):
        return self.partner_id

    def _get_letter_document(self):
        """The path: one thing to do names all whom its letters do not reach."""
        return self.path_id

    def _get_letter_lines(self):
        """Steps listed in the letter of the day."""
        today = self.env.company._get_today()
        return self.line_ids.filtered(lambda line: line.notified_date == today)

    def _get_letter_link(self):
        return f"{self.get_base_url()}/my/path"

    def _has_account(self):
        """Whether the person can open the page of the portal."""
        return bool(self.partner_id.user_ids.filtered("active"))
