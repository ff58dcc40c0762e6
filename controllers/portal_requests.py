"""Portal: the requests of a commune, followed to the answer."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.requests.ticket.portal_list import TABS, clean_text
from .portal_home import PortalCommune, to_id
from .portal_uploads import get_file_values, get_files
from .route_access import page, page_post

PER_PAGE = 20
DONE = ("created", "sent", "closed", "reopened", "cancelled", "rated")


class PortalRequests(PortalCommune):
    @page(["/my/requests", "/my/requests/page/<int:page>"], methods=["GET"], readonly=True)
    def portal_requests(self, page=1, tab="open", search="", scope="", **kwargs):
        """The requests that the person may see, by tab and by words. Changes nothing."""
        values = self._prepare_portal_layout_values()
        commune, choices = values["portal_commune"], values["portal_places"]
        # Requests in the name of a place that is not among the choices are listed too.
        every = request.env["res.partner"]._get_portal_places()
        nearby = every - choices
        tab, search = tab if tab in TABS else "open", clean_text(search)
        everywhere = scope == "all" and len(choices) > 1
        page = max(1, to_id(str(page)))
        offset = (page - 1) * PER_PAGE
        rows, counts = request.env["commune.request.portal"]._get_portal_list(
            every if everywhere else commune | nearby, tab, search, offset, PER_PAGE
        )
        args = {"tab": tab, "search": search, "scope": "all" if everywhere else ""}
        values.update(
            crumbs=[(request.env._("My requests"), "")],
            rows=rows,
            counts=counts,
            tab=tab,
            search=search,
            everywhere=everywhere,
            pager=portal_pager(
                url="/my/requests",
                url_args={name: value for name, value in args.items() if value},
                total=counts[tab],
                page=page,
                step=PER_PAGE,
            ),
        )
        return request.render("commune_relations.portal_requests", values)

    @page("/my/requests/<int:request_id>", methods=["GET"])
    def portal_request(self, request_id, done=None, **kwargs):
        """Number, promise, answer, exchange: all that a commune may know of its request."""
        return self._render_request(self._find_request(request_id), done=done)

    @page_post("/my/requests/<int:request_id>/<any(message,close,reopen,cancel,rate):action>")
    def portal_request_act(self, request_id, action, **form):
        """What the commune does with the request: see the methods of the model."""
        demand = self._find_request(request_id)
        if not request.env.user.share:
            raise NotFound()
        try:
            with request.env.cr.savepoint():
                done = self._act(demand, action, form)
        except UserError as error:
            demand.invalidate_recordset()
            return self._render_request(
                demand, problem=error.args[0], problem_action=action, kept=form
            )
        return request.redirect(f"/my/requests/{request_id}?done={done}", 303)

    def _act(self, demand, action, form):
        text = str(form.get("text") or "")
        portal = demand.env["commune.request.portal"]
        if action == "message":
            portal._portal_post(demand, text, get_files())
        elif action == "close":
            portal._portal_close(demand)
        elif action == "reopen":
            portal._portal_reopen(demand, text)
        elif action == "cancel":
            portal._portal_cancel(demand, text)
        else:
            rate = str(form.get("rate") or "")
            portal._portal_rate(demand, int(rate) if rate in "12345" and rate else 0, text)
        return {
            "message": "sent",
            "close": "closed",
            "reopen": "reopened",
            "cancel": "cancelled",
            "rate": "rated",
        }[action]

    def _find_request(self, request_id):
        """The request when the current user may see it.

        :raise NotFound: whether it does not exist or is somebody else's
        """
        demand = request.env["helpdesk.ticket"]._find_for_portal(request_id)
        if not demand:
            raise NotFound()
        return demand

    def _render_request(self, demand, done=None, problem="", problem_action="", kept=None):
        values = dict(
            crumbs=[(request.env._("My requests"), "/my/requests"), (demand.number, "")],
            demand=demand.env["commune.request.portal"]._get_portal_page(demand),
            done=done if done in DONE else False,
            problem=problem,
            problem_action=problem_action,
            kept=kept or {},
            **get_file_values(),
        )
        return self._render_page("portal_request", values)
