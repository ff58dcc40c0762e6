"""The vote of the commune, reported by the commune itself: nobody types it twice."""

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

MAX_REFERENCE = 60
ACTIVITY = "commune_relations.mail_activity_type_agreement_vote"


class Agreement(models.Model):
    _inherit = "agreement"

    def _waits_for_vote(self):
        """Whether the commune may tell that its council has voted."""
        self.ensure_one()
        return self.state == "draft" and bool(self.pack_date)

    def _get_first_vote_day(self):
        """A council may have voted before the papers came, not years before: a year mistyped."""
        self.ensure_one()
        return self.pack_date - relativedelta(years=1)

    def _describe_pack(self):
        self.ensure_one()
        day = self.env.company._format_document_date(self.pack_date)
        return self.env._("Papers sent on %s, to be read by the council:", day)

    def _report_vote(self, reference, day):
        """The commune says under which number, and when, its council has voted.

        :param reference: as typed
        :param day: date of the meeting, as a form sends it (ISO)
        :raise UserError: a sentence for the person who reports
        """
        self.ensure_one()
        place = self.sudo().commune_id
        if place._get_portal_role(self.env.user.partner_id) != "full":
            raise AccessError(self.env._("Only those who act for the commune can tell this."))
        reference = " ".join((reference or "").split())[:MAX_REFERENCE]
        try:
            date = fields.Date.to_date(day)
        except ValueError:
            date = False
        if not reference or not date:
            raise UserError(self.env._("Write the number and the date of the deliberation."))
        if date > fields.Date.context_today(self):
            raise UserError(self.env._("The council votes first: this date is still to come."))
        agreement = self.sudo()
        agreement._lock()
        if not agreement._waits_for_vote():
            raise UserError(self.env._("This convention is not waiting for the vote any more."))
        if date < agreement._get_first_vote_day():
            raise UserError(self.env._("Check the year: the papers of this vote are more recent."))
        agreement._record_vote(reference, date)

    def _record_vote(self, reference, date):
        same = self.commune_deliberation_ref == reference and self.commune_deliberation_date == date
        if same:  # pressed twice
            return
        self.write({"commune_deliberation_ref": reference, "commune_deliberation_date": date})
        text = self.env._(
            "The council of %(commune)s has voted: deliberation %(vote)s, told on the portal by"
            " %(person)s.",
            commune=self.commune_id.name,
            vote=self._describe_deliberation("commune"),
            person=self.env.user.name,
        )
        self.message_post(body=text)
        self._close_vote_activity()  # told again, with another number: one activity is enough
        self.activity_schedule(
            ACTIVITY,
            user_id=(self.user_id or self.env.company._get_service_manager()).id,
            summary=self.env._("%s has voted: send the convention to sign?", self.commune_id.name),
        )

    def _close_vote_activity(self):
        """Nothing is left to ask once the convention waits for its signature."""
        self.sudo().activity_unlink([ACTIVITY])
