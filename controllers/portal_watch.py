"""Portal: the watch of the communes, one item."""

from werkzeug.exceptions import NotFound

from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal_home import PER_PAGE, PortalCommune, to_id
from .route_access import page


class PortalWatch(PortalCommune):
    @page(["/my/watch", "/my/watch/page/<int:page>"], methods=["GET"])
    def portal_watch(self, page=1, topic=None, due="", q="", **kwargs):
        """Distributed items that concern the person: all, by words, by topic, or to do.
        Read-only."""
        self._get_place()
        items = request.env["commune.watch.item"]
        searched = {"topic": to_id(topic), "due": bool(due), "words": q[:200]}
        found = items._get_portal_items(to_id(topic), bool(due), q[:200])
        page = max(1, to_id(str(page)))
        values = dict(
            page_name="watch",
            crumbs=[(request.env._("Watch"), "")],
            items=found[(page - 1) * PER_PAGE : page * PER_PAGE],
            found_count=len(found),
            kinds=dict(items._fields["kind"]._description_selection(request.env)),
            topics=items._get_portal_topics(),
            searched=searched,
            pager=portal_pager(
                url="/my/watch",
                url_args={"topic": searched["topic"] or "", "due": due, "q": searched["words"]},
                total=len(found),
                page=page,
                step=PER_PAGE,
            ),
        )
        return self._render_page("portal_watch", values)

    @page("/my/watch/<int:item_id>", methods=["GET"])
    def portal_watch_item(self, item_id, **kwargs):
        """One item: counts the reading of a portal account, once per person and day."""
        place = self._get_place()
        item = request.env["commune.watch.item"]._find_for_portal(item_id)
        if not item:
            raise NotFound()
        if request.env.user.share:
            item._log_view(place, request.env.user.partner_id)
        values = dict(
            item._get_portal_page(),
            page_name="watch_item",
            crumbs=[(request.env._("Watch"), "/my/watch"), (item.name, "")],
        )
        return self._render_page("portal_watch_item", values)
