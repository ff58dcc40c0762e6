"""Portal: a commune confirms its contact data while a directory campaign is open."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from .portal_home import PortalCommune, to_id, to_text
from .route_access import page, page_post


class PortalCampaign(PortalCommune):
    def _find_campaign(self, place):
        """The campaign that is open for the place, for those who act in its name."""
        pages = place.env["commune.portal.page"]
        campaign = pages._get_open_campaign(place, request.env.user.partner_id)
        if not campaign:
            raise NotFound()
        return campaign

    def _render_campaign(self, place, problem="", status=200):
        campaign = self._find_campaign(place)
        commune = place.sudo()
        values = {
            "crumbs": [(request.env._("Contact data of the commune"), "")],
            "campaign": campaign,
            "commune": commune,
            "answer": campaign._get_answer(commune),
            "shown": commune.env["commune.portal.page"]._get_campaign_lines(commune),
            "mandates": commune._get_current_mandates(),
            "answer_url": "/my/directory-campaign/answer",
            "problem": problem,
        }
        return self._render_page("portal_campaign", values, status)

    @page("/my/directory-campaign")
    def portal_campaign(self, commune=None, **kwargs):
        """The contact data to confirm, for those who act in the name of the commune: the one that
        the address names, else the current user."""
        named = to_id(commune)
        place = self._find_full_place(named) if named else self._get_place(full=True)
        return self._render_campaign(place)

    @page_post("/my/directory-campaign/answer", sets=True)
    def portal_campaign_answer(self, commune_id=None, answer=None, correction="", **kwargs):
        """Same page by POST: confirms the data of the commune, or gives the correction to make."""
        place = self._find_full_place(to_id(commune_id))
        recipient = self._find_campaign(place)._ask(place, request.env.user.partner_id)
        if not recipient._take_answer(to_text(answer), to_text(correction)):
            problem = request.env._("Write what is to be corrected.")
            return self._render_campaign(place, problem, status=422)
        request.env["res.users"]._choose_portal_commune(place.id)
        return request.redirect("/my/directory-campaign")
