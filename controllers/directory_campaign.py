"""The link of a directory campaign: a commune confirms its contact data in one press."""

from odoo import http
from odoo.http import request

from .personal_link import dead_page, open_link, private_page
from .portal_home import to_text
from .route_access import link, link_post


class DirectoryCampaign(http.Controller):
    def _find(self, token):
        recipient = request.env["commune.directory.recipient"]._find_by_token(token)
        return open_link(recipient, recipient.partner_id)

    def _render(self, recipient, problem="", status=200):
        if not recipient:
            return dead_page(
                request.env._("Contact data of the commune"),
                request.env._(
                    "The campaign is over, your mandate or post has ended, or the link was not"
                    " copied whole."
                ),
            )
        pages = recipient.env["commune.portal.page"]
        values = {
            "recipient": recipient,
            "commune": recipient.commune_id,
            "answer": recipient.answered_date and recipient,
            "shown": pages._get_campaign_lines(recipient.commune_id),
            "answer_url": f"/directory-campaign/{recipient.token}/answer",
            "mandates": recipient.commune_id._get_current_mandates(),
            "problem": problem,
        }
        return private_page("commune_relations.campaign_page", values, status)

    @link("/directory-campaign/<string:token>")
    def campaign(self, token, **kwargs):
        """Contact data to confirm, for the holder of the link. Read-only."""
        return self._render(self._find(token))

    @link_post("/directory-campaign/<string:token>/answer", sets=True)
    def campaign_answer(self, token, answer=None, correction="", **kwargs):
        """Same link by POST: confirms the data of the commune, or gives the correction to make."""
        recipient = self._find(token)
        if not recipient:
            return self._render(recipient)
        if not recipient._take_answer(to_text(answer), to_text(correction)):
            problem = recipient.env._("Write what is to be corrected.")
            return self._render(recipient, problem, status=422)
        return request.redirect(f"/directory-campaign/{token}")
