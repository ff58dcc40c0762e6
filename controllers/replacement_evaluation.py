"""The link of an evaluation: a page of big buttons, answered once, without account.

Scanners of mail open every link: opening it shows the questions, only the button answers.
"""

from odoo import http
from odoo.exceptions import LockError, UserError
from odoo.http import request

from .personal_link import dead_page, open_link, private_page
from .portal_home import to_text
from .route_access import link, link_post

COMMENT_LENGTH = 1000


class ReplacementEvaluation(http.Controller):
    def _find(self, token):
        evaluation = request.env["commune.replacement.evaluation"]._find_by_token(token)
        return open_link(evaluation, evaluation._get_link_persons() if evaluation else ())

    def _render(self, evaluation, sent=None, status=200, problem=""):
        if not evaluation:
            return dead_page(
                request.env._("Evaluation of a mission"),
                request.env._(
                    "The time to answer this evaluation is over, or it was made for somebody who"
                    " is no longer there. Call the replacement service if you have something to"
                    " say."
                ),
            )
        values = {
            "evaluation": evaluation,
            "questions": evaluation._get_questions(),
            "levels": evaluation._get_levels(),
            "sent": sent or {},
            "problem": problem,
            "comment_length": COMMENT_LENGTH,
        }
        return private_page("commune_relations.replacement_evaluation_page", values, status)

    @link("/replacement-evaluation/<string:token>")
    def evaluation(self, token, **kwargs):
        """For the holder of the link, of the agent or of the commune. Read-only."""
        return self._render(self._find(token))

    @link_post("/replacement-evaluation/<string:token>/answer")
    def evaluation_answer(self, token, comment=None, **kwargs):
        """The same: keeps the answer of the side of the link, once."""
        evaluation = self._find(token)
        if not evaluation:
            return self._render(evaluation)
        try:
            with request.env.cr.savepoint():
                evaluation._answer(kwargs, to_text(comment, COMMENT_LENGTH))
        except LockError:
            return self._render(evaluation, status=409)
        except UserError as error:
            status = 422 if evaluation.state == "asked" else 409
            return self._render(evaluation, {**kwargs, "comment": comment}, status, error.args[0])
        return request.redirect(f"/replacement-evaluation/{token}", 303)
