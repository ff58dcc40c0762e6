"""The page of a commune in a survey: the same on the portal and behind a personal link."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from .portal_home import to_id, to_text


class SurveyAnswering:
    """What a person does for the answer of a commune.

    Subclasses give `_render_survey_target(target, person, base, problem="", status=200)`.
    """

    def _prepare_survey_target_values(self, target, person, base, problem):
        return {
            **target._get_portal_values(person),
            "base": base,
            "problem": problem,
            "outcome": request.session.pop("commune_survey_outcome", ""),
        }

    def _prepare_survey_reading_values(self, target, person, base, answer_id):
        """Values of the page where an answer is read."""
        values = target._get_portal_values(person)
        answer = (values["answers"] | values["official"]).filtered(lambda a: a.id == answer_id)
        if not answer:
            raise NotFound()
        return {**values, "base": base, "answer": answer, "reading": answer._get_reading()}

    def _take_survey_step(self, target, person, base, step, post):
        """One step by POST; a refusal is shown on the page and changes nothing."""
        answers = target._get_answers()
        chosen = answers.filtered(lambda a: a.id == to_id(post.get("answer_id")))
        url, outcome = base, ""
        try:
            with request.env.cr.savepoint():
                if step == "prepare":
                    draft = target._prepare(person, chosen)
                    url = draft.get_start_url()
                elif step == "validate":
                    target._validate(chosen, person)
                    outcome = request.env._("The answer is official. Thank you!")
                elif step == "reopen":
                    target._reopen(person)
                    outcome = request.env._("The answer is open again: correct it, then validate.")
                elif step == "refuse":
                    target._refuse(person, to_text(post.get("reason")))
                    outcome = request.env._("We note that the commune does not answer.")
                else:
                    raise NotFound()
        except UserError as error:
            target.invalidate_recordset()
            return self._render_survey_target(target, person, base, str(error), status=422)
        request.session["commune_survey_outcome"] = outcome
        return request.redirect(url)
