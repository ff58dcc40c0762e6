"""The personal link of a survey: no account; opening it changes nothing but “opened”."""

from odoo import http
from odoo.http import request

from .personal_link import dead_page, open_link, private_page
from .route_access import link, link_post
from .survey_answering import SurveyAnswering


class SurveyLink(http.Controller, SurveyAnswering):
    def _find(self, token):
        """The link, in the language of the person; empty when it does not open."""
        link = request.env["commune.survey.link"]._find_by_token(token)
        return open_link(link, link.partner_id)

    def _dead(self):
        return dead_page(
            request.env._("Survey"),
            request.env._(
                "The survey is closed, your mandate or post has ended, or the link was not"
                " copied whole. Nothing was changed."
            ),
        )

    def _render_survey_target(self, target, person, base, problem="", status=200):
        values = self._prepare_survey_target_values(target, person, base, problem)
        return private_page("commune_relations.survey_link_page", values, status)

    @link("/commune-survey/<string:token>")
    def survey_link(self, token, **kwargs):
        """Anyone who holds the link: the survey of the commune; notes that it was opened."""
        link = self._find(token)
        if not link:
            return self._dead()
        link._mark_opened()
        return self._render_survey_target(link.target_id, link.partner_id, link._get_path())

    @link("/commune-survey/<string:token>/answer/<int:answer_id>")
    def survey_link_answer(self, token, answer_id, **kwargs):
        """The same: one answer of the commune, to read."""
        link = self._find(token)
        if not link:
            return self._dead()
        values = self._prepare_survey_reading_values(
            link.target_id, link.partner_id, link._get_path(), answer_id
        )
        return private_page("commune_relations.survey_link_answer", values)

    @link_post("/commune-survey/<string:token>/<string:step>")
    def survey_link_step(self, token, step, **post):
        """Same link by POST: prepares, validates, reopens or refuses; the model checks who may."""
        link = self._find(token)
        if not link:
            return self._dead()
        post.pop("csrf_token", None)
        return self._take_survey_step(link.target_id, link.partner_id, link._get_path(), step, post)
