"""Portal: a commune asks for a replacement and follows its requests."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from ..models.replacement.request.portal import DATES, MOST_DATES
from ..models.replacement.request.request import URGENCIES
from ..models.replacement.week_grid import WEEKDAYS
from .portal_home import PortalCommune, to_id
from .route_access import page, page_form, page_post


class PortalReplacement(PortalCommune):
    def _find_demand(self, demand_id):
        """The request under the rights of the person; anything else does not exist."""
        demands = request.env["commune.replacement.request"]
        demand = demands.search([("id", "=", demand_id)], limit=1)
        if not demand:
            raise NotFound()
        return demand

    @page(["/my/replacements", "/my/replacements/page/<int:page>"])
    def portal_replacements(self, page=1, **kwargs):
        """The requests for an agent, for those who act in the name of the commune: the nearest
        half-day without agent first."""
        values = self._prepare_portal_layout_values()
        commune = values["portal_commune"]
        if not commune or values["portal_role"] != "full":
            raise NotFound()
        cut = self._cut(
            "/my/replacements",
            page,
            (
                request.env["commune.replacement.request"],
                Domain("commune_id", "=", commune.id),
                "next_date, date_start desc, id desc",
            ),
        )
        values.update(page_name="replacements", demands=cut["parts"][0], pager=cut["pager"])
        values["last"] = self._find_again(commune)
        return request.render("commune_relations.portal_replacements", values)

    def _find_again(self, commune):
        """Latest request of the commune, when it may be repeated."""
        last = request.env["commune.replacement.request"]._find_last(commune)
        return last if last and commune._has_replacement_agreement_ahead() else last.browse()

    @page("/my/replacements/<int:demand_id>")
    def portal_replacement(self, demand_id, done=None, **kwargs):
        """One of them, as the rules of access show it."""
        demand = self._find_demand(demand_id)
        ended = demand.state == "cancelled"
        is_confirmed = done == "created" and not ended or done == "cancelled" and ended
        return self._render_demand(demand, done=is_confirmed and done)

    def _render_demand(self, demand, done="", problem="", status=200):
        asked, more_asked = demand._describe_asked()
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "replacement",
            "demand": demand,
            "asked": asked,
            "more_asked": more_asked,
            "slots": demand.slot_ids.sorted(lambda s: (s.date, s.half_day)),
            "agents": demand._get_portal_agents(),
            "off": demand._get_portal_off() if done == "created" else [],
            "next_sentence": demand.sudo()._get_next_sentence() if done == "created" else "",
            "urgent_sentence": demand.sudo()._get_urgent_sentence() if done == "created" else "",
            "done": done,
            "problem": problem,
        }
        response = request.render("commune_relations.portal_replacement", values)
        response.status_code = status
        return response

    @page_post("/my/replacements/<int:demand_id>/cancel")
    def portal_replacement_cancel(self, demand_id, text="", **kwargs):
        """The same: takes the request back as long as that is possible."""
        demand = self._find_demand(demand_id)
        try:
            with request.env.cr.savepoint():
                demand._cancel_from_portal(text)
        except UserError as error:
            return self._render_demand(demand, problem=error.args[0], status=422)
        return request.redirect(f"/my/replacements/{demand.id}?done=cancelled", 303)

    @page_form("/my/replacements/new")
    def portal_replacement_new(self, empty="", **kwargs):
        """The form of a request, filled as the last one unless it is asked for empty, and its
        filing, for those who act in the name of the commune."""
        values = self._prepare_portal_layout_values()
        demands = request.env["commune.replacement.request"]
        form = request.httprequest.form
        if request.httprequest.method == "GET":
            commune = values["portal_commune"]
            if not commune or values["portal_role"] != "full":
                raise NotFound()
            last = demands if empty else demands._find_last(commune)
            kept = last._read_again() if last else demands._read_portal_form(form)
            return self._render_new(values, commune, kept, last=last)
        commune = self._find_full_place(to_id(form.get("commune_id")))
        return self._file_demand(values, commune, demands._read_portal_form(form))

    @page_form("/my/replacements/<int:demand_id>/again")
    def portal_replacement_again(self, demand_id, **kwargs):
        """Repeat a request: show it on the next similar days, then file it on the days shown."""
        demand, form = self._find_demand(demand_id), request.httprequest.form
        commune = self._find_full_place(demand.commune_id.id)
        kept = demand._read_again()
        if request.httprequest.method == "GET":
            kept["date_start"], kept["date_end"] = demand._propose_dates()
            return self._render_again(demand, commune, kept)
        typed = demand._read_portal_form(form)
        kept.update({name: typed[name] for name in ("reason", "unread", *DATES)})
        problems = demand._get_portal_problems(kept)
        of_days = bool({name for name, _sentence in problems} & {*DATES})
        if of_days or form.get("shown") != self._name_days(kept):
            return self._render_again(demand, commune, kept, problems, changed=True)
        values = self._prepare_portal_layout_values()
        return self._file_demand(values, commune, kept)

    def _name_days(self, kept):
        """Dates of the request, which the form sends back to detect a change since it was shown."""
        return f"{kept['date_start']} {kept['date_end']}"

    def _render_again(self, demand, commune, kept, problems=(), changed=False):
        """:param changed: the days are not those that the person had before the eyes"""
        start, end = kept["date_start"], kept["date_end"]
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "replacement_again",
            "last": demand,
            "place": commune,
            "kept": kept,
            "facts": demand._describe_again(kept),
            "reasons": demand._get_portal_reasons(),
            "preview": {} if problems else demand._preview_again(start, end),
            "shown": "" if problems else self._name_days(kept),
            "changed": changed and not problems,
            "problems": problems,
            "problem_fields": {field for field, _sentence in problems},
        }
        response = request.render("commune_relations.portal_replacement_again", values)
        response.status_code = 422 if problems else 200
        return response

    def _file_demand(self, values, commune, kept):
        """File the request, or show the form with what is to be mended."""
        demands = request.env["commune.replacement.request"]
        problems = demands._get_portal_problems(kept)
        if not problems:
            try:
                with request.env.cr.savepoint():
                    person = request.env.user.partner_id
                    demand = demands._create_from_portal(commune, person, kept)
            except UserError as error:
                problems = [("grid", error.args[0])]
            else:
                request.env["res.users"]._choose_portal_commune(commune.id)
                return request.redirect(f"/my/replacements/{demand.id}?done=created", 303)
        return self._render_new(values, commune, kept, problems)

    def _render_new(self, values, commune, kept, problems=(), last=None):
        """:param last: the request that fills the form"""
        env = request.env
        demands = env["commune.replacement.request"]
        values.update(
            page_name="replacement_new",
            commune=commune.sudo(),
            agreement=commune._has_replacement_agreement_ahead(),
            missing=commune._get_missing_agreement_sentence(),
            call=env.company._get_replacement_call(),
            phone=env.company._get_replacement_phone(),
            kept=kept,
            problems=problems,
            problem_fields={field for field, _sentence in problems},
            last=last,
            folded=demands._describe_folded(kept),
            days=list(zip(WEEKDAYS, env["commune.week.grid"]._get_day_names(), strict=True)),
            reasons=demands._get_portal_reasons(),
            urgencies=demands._get_labels("urgency", URGENCIES),
            skills=demands._get_portal_skills(),
            softwares=self._sort_software(commune),
            most_dates=range(MOST_DATES),
        )
        response = request.render("commune_relations.portal_replacement_new", values)
        response.status_code = 422 if problems else 200
        return response

    def _sort_software(self, commune):
        """Persons of the commune first: the most likely choice."""
        known = commune.sudo().commune_software_ids
        others = request.env["commune.software"].sudo().search([("family", "=", "business")])
        return [*known, *(others - known)]
