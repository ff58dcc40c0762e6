"""The answer to an evaluation: every criterion, “again?”, a word if one wishes; once."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.retention import get_expired_domain
from .grid import AGAIN, CRITERIA, HIGHEST, LEVELS, LOWEST


class CommuneReplacementEvaluation(models.Model):
    _inherit = "commune.replacement.evaluation"

    def _get_questions(self):
        """[(field, question)] of the side that is asked, in its language."""
        return [(name, self.env._(label)) for name, label in CRITERIA[self.side]]

    def _get_levels(self):
        """[(score, its word)], from the worst."""
        return [(score, self.env._(label)) for score, label in LEVELS]

    def _read_answer(self, sent):
        """What a page sent, checked.

        :param sent: {field: text}, whatever a browser sends
        :raise UserError: a question has no answer
        """
        values = {}
        for name, _question in self._get_questions():
            text = sent.get(name)  # a file, when somebody plays
            digit = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) == 1
            score = int(text) if digit else 0
            if not LOWEST <= score <= HIGHEST:
                raise UserError(self.env._("Choose an answer to every question."))
            values[name] = score
        if sent.get("again") not in dict(AGAIN):
            raise UserError(self.env._("Say whether you would work together again."))
        return {**values, "again": sent["again"]}

    def _answer(self, sent, comment=""):
        """Keep the answer of the side that was asked; the first one counts. Called as superuser.

        :raise UserError: a sentence for this person
        """
        self.ensure_one()
        self.lock_for_update()
        if self.state != "asked":
            raise UserError(self.env._("This evaluation has already been answered."))
        if self.side == "commune":
            self.person_id._check_single_side(
                self.employee_id._get_own_contacts(),
                self.env._(
                    "You were the agent of this mission: another person who acts for the commune"
                    " evaluates it."
                ),
            )
        values = self._read_answer(sent)
        self.write(
            {
                **values,
                "state": "answered",
                "answered_date": fields.Datetime.now(),
                "comment": comment or False,
            }
        )
        self._after_answer()

    def _after_answer(self):
        """What follows from an answer."""
        self._propose_levels()
        self.mission_id._refresh_evaluated()

    def _forget_words(self):
        """Old evaluations keep their scores, without texts or respondents. Called as superuser."""
        known = Domain("comment", "!=", False) | Domain("person_id", "!=", False)
        old = self.search(get_expired_domain(self) & known)
        old.write({"comment": False, "person_id": False})
