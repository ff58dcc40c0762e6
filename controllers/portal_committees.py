"""Portal: my committees, my sessions, my answer; the items that my commune proposes."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.core.lengths import LENGTHS
from .portal_events import calendar_file
from .portal_home import PortalCommune, to_id, to_text
from .session_link import OUTCOME, REFUSED, answer_values, send_document, send_file, take_answer


class PortalCommittees(PortalCommune):
    def _prepare_commune_home_values(self, commune):
        person = request.env.user.partner_id
        coming, _past = person._get_portal_lines()
        calls = commune._get_open_calls(person)
        silent = coming.filtered(lambda line: not line.answer and line._is_open_to_answers())
        values = super()._prepare_commune_home_values(commune)
        return {
            **values,
            "session_shown": bool(coming or calls or person._get_portal_committees()),
            "session_wait_count": len(silent),
            "portal_todos": values["portal_todos"]
            + [
                {
                    "title": request.env._(
                        "Answer the notice of meeting: %s", line.committee_id.name
                    ),
                    "text": line.session_id._get_letter_when(),
                    "url": f"/my/sessions/{line.session_id.id}",
                }
                for line in silent
            ],
        }

    @http.route("/my/committees", type="http", auth="user", website=True)
    def portal_committees(self, **kwargs):
        person = request.env.user.partner_id
        values = self._prepare_portal_layout_values()
        commune = values["portal_commune"]
        coming, past = person._get_portal_lines()
        values.update(
            page_name="committees",
            outcome=request.session.pop(OUTCOME, ""),
            committees=person._get_portal_committees(),
            coming=coming,
            past=past,
            calls=commune._get_open_calls(person) if commune else (),
            proposals=commune._get_proposed_items(person) if commune else (),
        )
        return request.render("commune_relations.portal_committees", values)

    @http.route("/my/committees/<int:committee_id>", type="http", auth="user", website=True)
    def portal_committee(self, committee_id, **kwargs):
        person = request.env.user.partner_id
        committee = person._get_portal_committees().filtered(lambda c: c.id == committee_id)
        if not committee:
            raise NotFound()
        coming, past = person._get_portal_lines()
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "committee",
            "committee": committee,
            "members": committee.member_ids.filtered("in_force"),
            "lines": (coming | past).filtered(lambda a: a.committee_id == committee),
        }
        return request.render("commune_relations.portal_committee", values)

    @http.route(
        "/my/committees/<int:committee_id>/document/<int:document_id>",
        type="http",
        auth="user",
        website=True,
    )
    def portal_committee_document(self, committee_id, document_id, **kwargs):
        person = request.env.user.partner_id
        committee = person._get_portal_committees().filtered(lambda c: c.id == committee_id)
        return send_document(committee.document_ids.filtered(lambda d: d.id == document_id))

    # one session

    def _find_line(self, session_id):
        line = request.env.user.partner_id._find_portal_line(session_id)
        if not line:
            raise NotFound()
        return line

    def _render_session(self, line, status=200, **values):
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "session",
            "outcome": "",
            "problem": "",
            "base_url": f"/my/sessions/{line.session_id.id}",
            **answer_values(line),
            **values,
        }
        response = request.render("commune_relations.portal_session", values)
        response.status_code = status
        return response

    @http.route("/my/sessions/<int:session_id>", type="http", auth="user", website=True)
    def portal_session(self, session_id, **kwargs):
        line = self._find_line(session_id)
        line._note_opened()
        return self._render_session(line, outcome=request.session.pop(OUTCOME, ""))

    @http.route(
        "/my/sessions/<int:session_id>/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_session_answer(self, session_id, **form):
        line = self._find_line(session_id)
        try:
            take_answer(line, "portal", form)
        except UserError as error:
            return self._render_session(line, REFUSED, problem=str(error), tried=form.get("answer"))
        request.session[OUTCOME] = line._describe_reply()
        return request.redirect(f"/my/sessions/{session_id}")

    @http.route(
        "/my/sessions/<int:session_id>/calendar.ics", type="http", auth="user", website=True
    )
    def portal_session_calendar(self, session_id, **kwargs):
        line = self._find_line(session_id)
        return calendar_file("seance", line.session_id._get_ics_content(line))

    @http.route("/my/sessions/<int:session_id>/file.pdf", type="http", auth="user", website=True)
    def portal_session_file(self, session_id, **kwargs):
        return send_file(self._find_line(session_id).session_id)

    @http.route(
        "/my/sessions/<int:session_id>/document/<int:document_id>",
        type="http",
        auth="user",
        website=True,
    )
    def portal_session_document(self, session_id, document_id, **kwargs):
        return send_document(self._find_line(session_id).session_id._find_document(document_id))

    # the call for items

    def _find_call(self, place, session_id):
        calls = place._get_open_calls(request.env.user.partner_id)
        session = calls.filtered(lambda call: call.id == session_id)
        if not session:
            raise NotFound()
        return session

    @http.route("/my/sessions/<int:session_id>/propose", type="http", auth="user", website=True)
    def portal_propose(self, session_id, **kwargs):
        commune, places = self._get_portal_commune()
        # The link opens whatever commune was chosen last.
        for place in [commune, *(places - commune)]:
            calls = place and place._get_open_calls(request.env.user.partner_id)
            session = calls and calls.filtered(lambda call: call.id == session_id)
            if session:
                return self._render_propose(place, session)
        raise NotFound()

    def _render_propose(self, place, session, problem="", status=200, form=None):
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "propose",
            "place": place,
            "session": session,
            "kinds": session.item_ids._fields["kind"]._description_selection(request.env),
            "problem": problem,
            "form": form or {},
        }
        response = request.render("commune_relations.portal_propose", values)
        response.status_code = status
        return response

    @http.route(
        "/my/sessions/<int:session_id>/propose/send",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_propose_send(self, session_id, commune_id=None, **form):
        place = self._find_full_place(to_id(commune_id))
        session = self._find_call(place, session_id)
        title = " ".join(to_text(form.get("title")).split())[: LENGTHS["item_title"]]
        if not title:
            problem = request.env._("Give the item a title.")
            return self._render_propose(place, session, problem, REFUSED, form)
        session._propose_item(
            place,
            request.env.user.partner_id,
            title,
            to_text(form.get("text"), LENGTHS["item_text"]),
            to_text(form.get("kind")),
        )
        request.env["res.users"]._choose_portal_commune(place.id)
        request.session[OUTCOME] = request.env._("Thank you, the item is proposed.")
        return request.redirect("/my/committees")
