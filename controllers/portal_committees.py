"""Portal: my committees, my sessions, my answer; the items that my commune proposes."""

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from ..models.core.text_limits import LENGTHS
from .file_responses import send_attachment, send_calendar
from .portal_home import PortalCommune, to_id, to_text
from .route_access import page, page_post
from .session_link import OUTCOME, REFUSED, answer_values, send_file, send_minutes, take_answer


class PortalCommittees(PortalCommune):
    def _find_committee(self, committee_id):
        pages = request.env["commune.portal.page"].sudo()
        committees = pages._get_portal_committees(request.env.user.partner_id)
        committee = committees.filtered(lambda c: c.id == committee_id)
        if not committee:
            raise NotFound()
        return committee

    @page("/my/committees")
    def portal_committees(self, **kwargs):
        """The committees and sessions of the person, and the calls for items of the commune."""
        person = request.env.user.partner_id
        values = self._prepare_portal_layout_values()
        commune = values["portal_commune"]
        pages = request.env["commune.portal.page"]
        coming, past = pages.sudo()._get_portal_lines(person)
        values.update(
            crumbs=[(request.env._("Committees and sessions"), "")],
            outcome=request.session.pop(OUTCOME, ""),
            committees=pages.sudo()._get_portal_committees(person),
            coming=coming,
            past=past,
            calls=pages._get_open_calls(commune, person) if commune else (),
            proposals=pages._get_proposed_items(commune, person) if commune else (),
        )
        return request.render("commune_relations.portal_committees", values)

    @page("/my/committees/<int:committee_id>")
    def portal_committee(self, committee_id, **kwargs):
        """One committee, for its members."""
        person = request.env.user.partner_id
        committee = self._find_committee(committee_id)
        pages = request.env["commune.portal.page"].sudo()
        coming = pages._get_portal_coming_lines(person)
        past = pages._get_portal_past_lines(person, Domain("committee_id", "=", committee.id))
        values = {
            "crumbs": [
                (request.env._("Committees and sessions"), "/my/committees"),
                (committee.name, ""),
            ],
            "committee": committee,
            "members": committee.member_ids.filtered("in_force"),
            "lines": (coming | past).filtered(lambda a: a.committee_id == committee),
        }
        return self._render_page("portal_committee", values)

    @page("/my/committees/<int:committee_id>/document/<int:document_id>")
    def portal_committee_document(self, committee_id, document_id, **kwargs):
        """A document of a committee, for its members."""
        committee = self._find_committee(committee_id)
        return send_attachment(committee.document_ids.filtered(lambda d: d.id == document_id))

    # one session

    def _find_line(self, session_id):
        pages = request.env["commune.portal.page"].sudo()
        line = pages._find_portal_line(request.env.user.partner_id, session_id)
        if not line:
            raise NotFound()
        return line

    def _render_session(self, line, status=200, **values):
        values = {
            "crumbs": [
                (request.env._("Committees and sessions"), "/my/committees"),
                (line.session_id._get_letter_day(), ""),
            ],
            "outcome": "",
            "problem": "",
            "base_url": f"/my/sessions/{line.session_id.id}",
            "followed": line.session_id._get_followed_minutes(line.partner_id),
            **answer_values(line),
            **values,
        }
        return self._render_page("portal_session", values, status)

    @page("/my/sessions/<int:session_id>")
    def portal_session(self, session_id, **kwargs):
        """One's own line at a session; notes that the notice was opened."""
        line = self._find_line(session_id)
        line._mark_opened()
        return self._render_session(line, outcome=request.session.pop(OUTCOME, ""))

    @page_post("/my/sessions/<int:session_id>/answer", sets=True)
    def portal_session_answer(self, session_id, **form):
        """The same: takes the answer of the member to the notice."""
        line = self._find_line(session_id)
        try:
            request.session[OUTCOME] = take_answer(line, "portal", form)
        except UserError as error:
            return self._render_session(line, REFUSED, problem=str(error), tried=form.get("answer"))
        return request.redirect(f"/my/sessions/{session_id}")

    @page("/my/sessions/<int:session_id>/calendar.ics")
    def portal_session_calendar(self, session_id, **kwargs):
        """The session for a calendar, for its members."""
        line = self._find_line(session_id)
        return send_calendar("seance", line.session_id._get_ics_content(line))

    @page("/my/sessions/<int:session_id>/file.pdf")
    def portal_session_file(self, session_id, **kwargs):
        """The complete file of a session, for its members."""
        return send_file(self._find_line(session_id).session_id)

    @page("/my/sessions/<int:session_id>/minutes.pdf")
    def portal_session_minutes(self, session_id, **kwargs):
        """The minutes of a session, for its members, once they were sent."""
        return send_minutes(self._find_line(session_id).session_id)

    @page("/my/sessions/<int:session_id>/document/<int:document_id>")
    def portal_session_document(self, session_id, document_id, **kwargs):
        """A document of a session, for its members."""
        return send_attachment(self._find_line(session_id).session_id._find_document(document_id))

    # the call for items

    def _find_call(self, place, session_id):
        calls = place.env["commune.portal.page"]._get_open_calls(place, request.env.user.partner_id)
        return calls.filtered(lambda call: call.id == session_id)

    @page("/my/sessions/<int:session_id>/propose")
    def portal_propose(self, session_id, **kwargs):
        """The form of an item, for those who act in the name of a commune that is called."""
        for place in self._get_places_in_order():
            session = self._find_call(place, session_id)
            if session:
                return self._render_propose(place, session)
        raise NotFound()

    def _render_propose(self, place, session, problem="", status=200, form=None):
        values = {
            "crumbs": [
                (request.env._("Committees and sessions"), "/my/committees"),
                (request.env._("Propose an item"), ""),
            ],
            "place": place,
            "session": session,
            "kinds": session.sudo().committee_id._get_item_kinds(),
            "problem": problem,
            "form": form or {},
        }
        return self._render_page("portal_propose", values, status)

    def _get_item_problems(self, title, text):
        """(field, sentence) of what must be mended: nothing that was typed is cut."""
        words, problems = request.env._, []
        if not title:
            problems.append(("title", words("Give the item a title.")))
        if len(title) > LENGTHS["item_title"]:
            message = words(
                "The title is too long: %s characters at most. Say the rest below, in a few lines.",
                LENGTHS["item_title"],
            )
            problems.append(("title", message))
        if len(text) > LENGTHS["item_text"]:
            message = words("Your text is too long: %s characters at most.", LENGTHS["item_text"])
            problems.append(("text", message))
        return problems

    @page_post("/my/sessions/<int:session_id>/propose/send")
    def portal_propose_send(self, session_id, commune_id=None, **form):
        """The same: proposes the item to the secretary of the committee."""
        place = self._find_full_place(to_id(commune_id))
        session = self._find_call(place, session_id)
        if not session:
            raise NotFound()
        title = " ".join(to_text(form.get("title")).split())
        text = to_text(form.get("text"), LENGTHS["item_text"] + 1)
        for problem_field, problem in self._get_item_problems(title, text):
            values = {**form, "wrong": problem_field}
            return self._render_propose(place, session, problem, REFUSED, values)
        session._propose_item(
            place, request.env.user.partner_id, title, text, to_text(form.get("kind"))
        )
        message = request.env._("Thank you, the item is proposed.")
        return self._back_to("/my/committees", place, message, OUTCOME)
