"""The path on the portal: one's own, and, for who acts in the name of the commune, how far the
newcomers are: which steps are done, never an answer nor a result."""

from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...core.collation import collate
from ...territory.mandate.mandate import PORTAL_ACCESS

SHOWN_DAYS = 120  # how long the newcomers of a commune are listed
MOST_SESSIONS = 3


class CommunePathProgress(models.Model):
    _inherit = "commune.path.progress"

    @api.model
    def _get_own(self):
        """The path of the current user, whose mandate opens the portal, as superuser; empty
        without one."""
        self = self.sudo()
        domain = Domain("partner_id", "=", self.env.user.partner_id.id)
        domain &= Domain("state", "!=", "stopped")
        held = self.env.user.partner_id._get_opening_mandates()
        if not held:
            return self.browse()
        domain &= Domain("mandate_id", "in", held.ids)
        # The day of the communes: at midnight that of PostgreSQL is still the day before.
        today = self.env.company._get_today()
        domain &= Domain("date_start", "<=", today)
        domain &= Domain("date_start", ">=", today - timedelta(days=SHOWN_DAYS))
        return self.search(domain, limit=1)

    @api.model
    def _get_newcomers(self, commune):
        """The paths of a commune, as superuser, for anyone who acts in its name."""
        commune._check_portal_role(self.env.user.partner_id)
        found = self.sudo().search(self._get_recent_domain(commune))
        return found.sorted(lambda follow: collate(follow.partner_id.name))

    @api.model
    def _get_recent_domain(self, commune):
        """The paths of the newcomers of a commune."""
        domain = Domain("commune_id", "=", commune.id)
        domain &= Domain("date_start", ">=", f"today -{SHOWN_DAYS}d")
        return domain & Domain("mandate_id", "any", PORTAL_ACCESS)

    def _get_next_line(self):
        """The first step that is not done."""
        return self.line_ids.filtered(lambda line: not line.done_date)[:1]

    def _get_portal_rows(self):
        """The steps as the person sees them: dicts `line`, `url` (empty when there is nothing to
        open), `people`, `sessions`, `result`."""
        self.ensure_one()
        return [line._get_portal_row() for line in self.line_ids]


class CommunePathProgressLine(models.Model):
    _inherit = "commune.path.progress.line"

    def _get_portal_row(self):
        people = self._get_people() if self.kind == "people" else []
        return {
            "line": self,
            "url": self._get_url(),
            "people": people,
            "sessions": self._get_sessions() if self.kind == "session" else [],
            "result": self._get_result() if self.kind == "quiz" else "",
        }

    def _get_url(self):
        """Where the step is done: the guide itself, else its place on the page of the path."""
        guide = self.step_id.guide_id
        if self.kind == "guide" and guide.state == "published":
            return f"/my/guides/{guide.id}"
        return f"/my/path#step-{self.id}"

    def _get_people(self):
        """(name, title, telephone) of whom to meet: the mayor and the head of staff of the
        commune, who follows it in the service."""
        commune = self.progress_id.commune_id
        codes = ("mayor", "president", "dgs", "town_hall_secretary")
        mandates = commune._get_current_mandates([("function_id.code", "in", codes)])
        others = mandates.filtered(lambda m: m.partner_id != self.progress_id.partner_id)
        people = [(m.partner_id.name, m.title, "") for m in others]
        desk = self.env.company._get_desk_card()
        return [*people, (desk["name"], self.env._("Our service"), desk["phone"])]

    def _get_sessions(self):
        """The next sessions of the person, as the members know of them."""
        if not self.env.company._uses("committees"):
            return []
        pages = self.env["commune.portal.page"]
        coming = pages._get_portal_coming_lines(self.progress_id.partner_id)
        return coming.session_id[:MOST_SESSIONS]

    def _get_result(self):
        """What the person alone reads of the quiz."""
        answer = self.answer_id
        if answer.state != "done":
            return ""
        return self.env._("Your result: %s %%", round(answer.scoring_percentage))

    def _start_quiz(self):
        """The address where the current user answers: the answer that was begun, else a new
        one.

        :raise AccessError: it is the path of another
        """
        self.ensure_one()
        line, user = self.sudo(), self.env.user
        if line.progress_id.partner_id != user.partner_id:
            raise AccessError(self.env._("This path is not yours."))
        if line.kind != "quiz":
            raise UserError(self.env._("This step is no quiz."))
        if not line.answer_id or (line.answer_id.state == "done" and not line.done_date):
            survey = line.step_id.survey_id
            line.answer_id = survey._create_answer(user=user, check_attempts=False)
        return line.answer_id.get_start_url()


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    def _log_view(self, commune, person):
        """Opening a guide of one's path does the step."""
        result = super()._log_view(commune, person)
        lines = self.env["commune.path.progress.line"].sudo()
        lines.search(
            Domain("step_id.guide_id", "=", self.id)
            & Domain("done_date", "=", False)
            & Domain("progress_id.partner_id", "=", person.id)
            & Domain("progress_id.state", "=", "running")
            & Domain("progress_id.date_start", "<=", self.env.company._get_today())
        )._set_done()
        return result
