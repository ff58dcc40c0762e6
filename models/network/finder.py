"""The events to come are found by the search box of the portal."""

from odoo import api, fields, models
from odoo.fields import Domain

from ..requests.finder.portal import MOST_OWN, Corner


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _get_corners(self, place):
        seen = place._get_portal_event_domain(self.env.user.partner_id)
        coming = Domain("date_end", ">=", fields.Datetime.now())
        events = self.env["event.event"].sudo().search(seen & coming, limit=MOST_OWN)
        corner = Corner(self.env._("Events and trainings"), "/my/events/%s", events)
        return super()._get_corners(place) | {"event": corner}
