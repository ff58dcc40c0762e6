"""Odoo's pages of a survey, when the answer is that of a commune.

The token of an answer is a secret like the personal link that led to it. It opens the pages as
long as the person still acts for the commune, the campaign is open and nothing is official.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.survey.controllers.main import Survey

from ..models.core.inside import INSIDE
from .personal_link import is_own_link, other_person_page, private_page
from .route_access import page

CLOSED = "commune_closed"
OTHER = "commune_other"


class CommuneSurveyPages(Survey):
    def _check_validity(
        self, survey_sudo, answer_sudo, answer_token, ensure_token=True, check_partner=True
    ):
        target = answer_sudo and answer_sudo.commune_target_id
        if not target:
            return super()._check_validity(
                survey_sudo, answer_sudo, answer_token, ensure_token, check_partner
            )
        if not self._can_open(target, answer_sudo, reading=not check_partner):
            return CLOSED
        reader = not check_partner and request.env.user.has_group("commune_relations.group_reader")
        if not (reader or answer_sudo.representative_partner_id):
            if not is_own_link(answer_sudo.partner_id):
                return OTHER
        return super()._check_validity(
            survey_sudo, answer_sudo, answer_token, ensure_token, check_partner=False
        )

    def _can_open(self, target, answer, reading):
        """:param reading: the printable page: staff read every answer there"""
        if request.env.user.has_group("commune_relations.group_reader") and reading:
            return True
        if answer.representative_partner_id:
            alive = request.env.user.has_group("commune_relations.group_officer")
        else:
            alive = bool(target._get_rights(answer.partner_id))
        current = not (answer.is_official or answer.is_superseded or target.official_id)
        return alive and current and target.campaign_id._is_open()

    def _redirect_with_error(self, access_data, error_key):
        if error_key == CLOSED:
            return request.render(
                "commune_relations.survey_answer_closed", {"answer": access_data["answer_sudo"]}
            )
        if error_key == OTHER:
            return other_person_page()
        return super()._redirect_with_error(access_data, error_key)

    @page("/commune-survey-answer/<int:answer_id>", sitemap=False)
    def survey_answer_reading(self, answer_id, **kwargs):
        """What a commune answered, for the staff who may read it."""
        answers = request.env["survey.user_input"]
        answer = answers.has_access("read") and answers.search(
            [("id", "=", answer_id), ("commune_target_id", "!=", False)]
        )
        if not answer:
            raise NotFound()
        values = {"answer": answer.sudo(), "reading": answer.sudo()._get_reading()}
        return private_page("commune_relations.survey_staff_answer", values)

    @http.route()
    def survey_submit(self, survey_token, answer_token, **post):
        """What the mayor sends counts at once."""
        request.update_context(commune_sends=INSIDE)
        return super().survey_submit(survey_token, answer_token, **post)

    @http.route()
    def survey_retry(self, survey_token, answer_token, **post):
        """One draft per person: another one would belong to no commune."""
        _survey, answer = self._fetch_from_access_token(survey_token, answer_token)
        if answer.commune_target_id:
            return request.redirect(answer.with_env(request.env)._get_commune_page())
        return super().survey_retry(survey_token, answer_token, **post)
