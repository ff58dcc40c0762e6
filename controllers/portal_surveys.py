"""Portal: the surveys that a commune answers, their results and what follows from them."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from .portal_home import PortalCommune, to_id
from .route_access import page, page_post
from .survey_answering import SurveyAnswering


class PortalSurveys(PortalCommune, SurveyAnswering):
    def _find_survey_target(self, target_id):
        """The target of this id when it is one of the person's communes."""
        person = request.env.user.partner_id
        for place in self._get_places_in_order():
            targets = place.env["commune.portal.page"]._get_survey_targets(place, person)
            target = targets.filtered(lambda t: t.id == target_id)
            if target:
                return target
        raise NotFound()

    @page("/my/surveys")
    def portal_surveys(self, **kwargs):
        """The surveys of the commune, for all its persons."""
        commune, person = self._get_place(), request.env.user.partner_id
        pages = commune.env["commune.portal.page"]
        targets = pages._get_survey_targets(commune, person)
        asked = pages._get_surveys_to_answer(commune, person)
        values = {
            "crumbs": [(request.env._("Surveys"), "")],
            "asked": asked,
            "past": targets - asked,
        }
        return self._render_page("portal_surveys", values)

    def _render_survey_target(self, target, person, base, problem="", status=200):
        values = {
            **self._prepare_survey_target_values(target, person, base, problem),
            "crumbs": [(request.env._("Surveys"), "/my/surveys"), (target.campaign_id.name, "")],
        }
        return self._render_page("portal_survey", values, status)

    @page("/my/surveys/<int:target_id>")
    def portal_survey(self, target_id, **kwargs):
        """One of them: what each may do depends on the mandate."""
        target = self._find_survey_target(target_id)
        return self._render_survey_target(
            target, request.env.user.partner_id, f"/my/surveys/{target.id}"
        )

    @page("/my/surveys/<int:target_id>/answer/<int:answer_id>")
    def portal_survey_answer(self, target_id, answer_id, **kwargs):
        """One answer of the commune, to read."""
        target = self._find_survey_target(target_id)
        values = self._prepare_survey_reading_values(
            target, request.env.user.partner_id, f"/my/surveys/{target.id}", answer_id
        )
        crumbs = [
            (request.env._("Surveys"), "/my/surveys"),
            (target.campaign_id.name, values["base"]),
            (request.env._("Answer"), ""),
        ]
        return self._render_page("portal_survey_answer", {**values, "crumbs": crumbs})

    @page_post("/my/surveys/<int:target_id>/<string:step>")
    def portal_survey_step(self, target_id, step, commune_id=None, **post):
        """The same persons: prepares, validates, reopens or refuses; the model checks who may."""
        target = self._find_survey_target(target_id)
        # With two tabs, the commune of the form decides.
        if target.commune_id != self._find_place(to_id(commune_id)):
            raise NotFound()
        person = request.env.user.partner_id
        return self._take_survey_step(target, person, f"/my/surveys/{target.id}", step, post)
