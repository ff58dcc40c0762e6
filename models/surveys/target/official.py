"""The official answer: validated by the mayor, the DGS or the secretary, one per commune."""

from psycopg2.errors import UniqueViolation

from odoo import fields, models
from odoo.exceptions import UserError


class CommuneSurveyTarget(models.Model):
    _inherit = "commune.survey.target"

    def _validate(self, answer, person, author=None):
        """Make an answer the one of the commune; two at once: the first counts.

        :param author: the agent who notes on the telephone that the person validates
        """
        self._check_open()
        self._check_right(person, "validate")
        self._lock()
        self._check_not_answered()
        answer = self._get_answers() & answer
        if not answer:
            raise UserError(self.env._("This answer was replaced since: read the new one."))
        answer._check_complete()
        values = {
            "is_official": True,
            "official_date": fields.Datetime.now(),
            "validated_by_id": person.id,
        }
        try:
            with self.env.cr.savepoint():
                answer.write(values)
                answer.flush_recordset()
        except UniqueViolation as error:
            raise UserError(
                self.env._(
                    "Another answer %s was validated at the same moment: it is the one that"
                    " counts.",
                    self.commune_id._of_place(),
                )
            ) from error
        self._forget_refusal(person)
        self._log_note(
            self.env._(
                "Answer prepared by %(author)s and validated by %(person)s.",
                author=answer._get_author_name(),
                person=person.name,
            ),
            author or person,
        )

    def _reopen(self, person, staff=False):
        """Correct an official answer: it is kept as it was, and a copy becomes a draft.

        :param person: who asks for it: the one who validated, or (staff) an agent
        """
        self._check_open()
        if not staff:
            self._check_right(person, "validate")
        self._lock()
        official = self.official_id
        if not official:
            raise UserError(self.env._("There is no official answer to correct."))
        if not staff and official.validated_by_id != person:
            raise UserError(
                self.env._(
                    "Only %s, who validated the answer, or our department can reopen it.",
                    official.validated_by_id.name,
                )
            )
        official.write({"is_official": False, "is_superseded": True})
        holder = person if not staff else official.partner_id or official.validated_by_id
        draft = self._get_own_draft(holder)
        if draft:
            # The person had one of her own: it is kept too, behind the one to correct.
            draft.is_superseded = True
        # Before the copy: two current drafts of one person would be refused.
        self.answer_ids.flush_recordset()
        self._create_draft(holder, official)
        self._log_note(
            self.env._(
                "Official answer of %(day)s reopened by %(person)s.",
                day=self._format_datetime(official.official_date),
                person=person.name,
            ),
            person,
        )

    def action_reopen(self):
        """An agent lets the commune correct its answer."""
        self.ensure_one()
        self.check_access("write")
        self.sudo()._reopen(self.env.user.partner_id, staff=True)  # nobody types an answer
