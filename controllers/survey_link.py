"""The personal link of a survey: no account; opening it changes nothing but “opened”."""

from odoo import http
from odoo.http import request

from .personal_link import check_own_link, private_page
from .survey_answering import SurveyAnswering


class SurveyLink(http.Controller, SurveyAnswering):
    def _find(self, token):
        """The link, in the language of the person; empty when it does not open."""
        link = request.env["commune.survey.link"]._find_by_token(token)
        lang = link._get_letter_lang() if link else request.env.lang
        request.update_context(lang=lang)
        check_own_link(link.partner_id)
        return link.with_context(lang=lang)

    def _dead(self):
        return private_page("commune_relations.survey_link_dead", {}, status=404)

    def _render_survey_target(self, target, person, base, problem="", status=200):
        values = self._prepare_survey_target_values(target, person, base, problem)
        return private_page("commune_relations.survey_link_page", values, status)

    @http.route(
        "/commune-survey/<string:token>", type="http", auth="public", website=True, sitemap=False
    )
    def survey_link(self, token, **kwargs):
        link = self._find(token)
        if not link:
            return self._dead()
        link._note_opened()
        return self._render_survey_target(link.target_id, link.partner_id, link._get_path())

    @http.route(
        "/commune-survey/<string:token>/answer/<int:answer_id>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def survey_link_answer(self, token, answer_id, **kwargs):
        link = self._find(token)
        if not link:
            return self._dead()
        values = self._prepare_survey_reading_values(
            link.target_id, link.partner_id, link._get_path(), answer_id
        )
        return private_page("commune_relations.survey_link_answer", values)

    @http.route(
        "/commune-survey/<string:token>/<string:step>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["POST"],
    )
    def survey_link_step(self, token, step, **post):
        link = self._find(token)
        if not link:
            return self._dead()
        post.pop("csrf_token", None)
        return self._take_survey_step(link.target_id, link.partner_id, link._get_path(), step, post)
