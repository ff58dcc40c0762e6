"""The vote of the commune, reported by the commune itself: nobody types it twice."""

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...core.date_input import read_day
from ...core.field_error import FieldError
from ...core.text_limits import LENGTHS

ACTIVITY = "commune_relations.mail_activity_type_agreement_vote"


class Agreement(models.Model):
    _inherit = "agreement"

    def _waits_for_vote(self):
        """Whether the commune may report the vote of its council."""
        self.ensure_one()
        return self.state == "draft" and bool(self.pack_date)

    def _describe_pack(self):
        self.ensure_one()
        day = self.env.company._format_document_date(self.pack_date)
        return self.env._("Papers sent on %s, to be read by the council:", day)


class CommuneAgreementActs(models.AbstractModel):
    _inherit = "commune.agreement.acts"

    def _get_first_vote_day(self, agreement):
        """Earliest plausible vote: it may precede the documents, not by years (a typing error)."""
        agreement.ensure_one()
        return agreement.pack_date - relativedelta(years=1)

    def _report_vote(self, draft, reference, day, transmitted="", published=""):
        """Record the vote of the council, as the commune reports it: number and date.

        Then, on the same page, when the deliberation was transmitted to the State and published.

        :param reference: as typed
        :param day: date of the meeting, as a form sends it (ISO); the others may come later
        :raise UserError: a sentence for the person who reports; a `FieldError` when it is about one
            field of the page
        """
        draft.ensure_one()
        agreement = draft.sudo().with_context(commune_words=True)  # a person of the portal reports
        if agreement.commune_id._get_portal_role(self.env.user.partner_id) != "full":
            raise AccessError(self.env._("Only those who act for the commune can tell this."))
        reference = " ".join((reference or "").split())[: LENGTHS["reference"]]
        typed = {"date": day, "transmitted": transmitted, "published": published}
        for name, text in typed.items():
            if problem := self.env.company._get_day_problem(text):
                raise FieldError(problem, name)
        date, sent, published_on = map(read_day, typed.values())
        if not reference or not date:
            missing = self.env._("Write the number and the date of the deliberation.")
            raise FieldError(missing, "date" if reference else "reference")
        if date > self.env.company._get_today():
            still = self.env._("The council votes first: this date is still to come.")
            raise FieldError(still, "date")
        agreement._lock()
        if not agreement._waits_for_vote():
            raise UserError(self.env._("This convention is not waiting for the vote any more."))
        if date < self._get_first_vote_day(agreement):
            old = self.env._("Check the year: the papers of this vote are more recent.")
            raise FieldError(old, "date")
        acts = {"commune_transmission_date": sent, "commune_publication_date": published_on}
        agreement.write({name: value for name, value in acts.items() if value})
        self._record_vote(agreement, reference, date)

    def _record_vote(self, agreement, reference, date):
        same = (
            agreement.commune_deliberation_ref == reference
            and agreement.commune_deliberation_date == date
        )
        if same:  # pressed twice
            return
        agreement.write({"commune_deliberation_ref": reference, "commune_deliberation_date": date})
        text = self.env._(
            "The council of %(commune)s has voted: deliberation %(vote)s, noted on the portal by"
            " %(person)s.",
            commune=agreement.commune_id.name,
            vote=self.env["commune.agreement.document"]._describe_deliberation(
                agreement, "commune"
            ),
            person=self.env.user.name,
        )
        agreement.message_post(body=text)
        # reported again, with another number: one activity is enough
        self._close_vote_activity(agreement)
        agreement.activity_schedule(
            ACTIVITY,
            user_id=(agreement.user_id or self.env.company._get_service_manager()).id,
            summary=self.env._(
                "%s has voted: send the convention to sign?", agreement.commune_id.name
            ),
        )

    def _close_vote_activity(self, agreements):
        """Close the activity that asks for the vote, once the agreement waits for its signature."""
        agreements.sudo().activity_unlink([ACTIVITY])
