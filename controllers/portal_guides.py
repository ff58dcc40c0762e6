"""Portal: the library of guides, one guide, what a device keeps of it."""

from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo.http import request
from odoo.tools import file_open

from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.core.text_limits import LENGTHS
from ..models.knowledge.guide.portal import AUDIENCES
from ..models.requests.ticket.portal_list import clean_text
from .file_responses import PRIVATE, send_attachment, send_content
from .portal_home import PortalCommune, to_id, to_text
from .route_access import link_file, page, page_post

PER_PAGE = 30
WORKER = "commune_relations/static/src/knowledge/guides_worker.js"
MISSED = "commune_guides_missed"  # searches of this session that are already counted


class PortalGuides(PortalCommune):
    @page(["/my/guides", "/my/guides/page/<int:page>"], methods=["GET"])
    def portal_guides(self, page=1, q="", topic=None, audience="", new="", **kwargs):
        """List the person's guides, by words, topic, audience, or the new ones. Log searches
        without result."""
        place = self._get_place()
        words = clean_text(q)[: LENGTHS["search"]]
        guides = request.env["commune.guide"]
        searched = {
            "q": words,
            "topic": to_id(topic),
            "audience": audience if audience in AUDIENCES else "",
            "new": bool(new),
        }
        found = guides._get_library(words, searched["topic"], searched["audience"], bool(new))
        if words and guides._is_missed(words):
            self._log_missed(words)
        page = max(1, to_id(str(page)))
        topics = guides._get_library_topics()
        audiences = [
            (name, guides._fields[name]._description_string(request.env)) for name in AUDIENCES
        ]
        kinds = dict(guides._fields["kind"]._description_selection(request.env))
        values = dict(
            page_name="guides",
            crumbs=[(request.env._("Guides"), "")],
            place=place,
            guides=found[(page - 1) * PER_PAGE : page * PER_PAGE],
            found_count=len(found),
            booklets=request.env["commune.booklet"]._get_portal_booklets(
                place, request.env.user.partner_id
            ),
            kinds=kinds,
            topics=topics,
            audiences=audiences,
            searched=searched,
            chosen=self._describe_filters(searched, topics, dict(audiences)),
            pager=portal_pager(
                url="/my/guides",
                url_args={"q": words, "topic": topic, "audience": audience, "new": new},
                total=len(found),
                page=page,
                step=PER_PAGE,
            ),
        )
        return self._render_page("portal_guides", values)

    def _describe_filters(self, searched, topics, audiences):
        """What the list is narrowed to: list of (words, address of the list without it)."""
        names = {
            "q": searched["q"],
            "topic": topics.filtered(lambda one: one.id == searched["topic"]).name,
            "audience": audiences.get(searched["audience"]),
            "new": request.env._("New or revised"),
        }
        kept = {name: "1" if value is True else value for name, value in searched.items() if value}
        return [
            (
                names[name] or request.env._("Topic"),
                "/my/guides?" + urlencode({key: kept[key] for key in kept if key != name}),
            )
            for name in kept
        ]

    def _log_missed(self, words):
        """Once a session: a page that is loaded again asks for nothing more."""
        known = request.session.get(MISSED) or []
        if words not in known:
            request.env["commune.guide.search"]._log_missed(words)
            request.session[MISSED] = [*known, words][-20:]

    def _find_guide(self, guide_id):
        """(place, guide) when the current user may read it.

        :raise NotFound: whether it does not exist or is not for them
        """
        place = self._get_place()
        guide = request.env["commune.guide"]._find_for_portal(guide_id)
        if not guide:
            raise NotFound()
        return place, guide

    @page("/my/guides/<int:guide_id>", methods=["GET"])
    def portal_guide(self, guide_id, done=None, **kwargs):
        """One guide: counts the reading, once per person and day."""
        place, guide = self._find_guide(guide_id)
        person = request.env.user.partner_id
        if request.env.user.share:
            guide._log_view(place, person)
        opinion = guide._get_opinion(person)
        values = dict(
            guide._get_portal_page(place),
            page_name="guide",
            crumbs=[(request.env._("Guides"), "/my/guides"), (guide.name, "")],
            place=place,
            opinion=opinion,
            done=done == "opinion",
            request_url=self._get_request_url(guide),
            switch_redirect=f"/my/guides/{guide.id}",
        )
        return self._render_page("portal_guide", values)

    def _get_request_url(self, guide):
        """The form of a request, with the topic of the guide."""
        topic = guide._get_request_topic()
        return "/my/requests/new" + (f"?{urlencode({'topic': topic.id})}" if topic else "")

    @page("/my/guides/<int:guide_id>/offline", methods=["GET"])
    def portal_guide_offline(self, guide_id, **kwargs):
        """Offline copy of a guide for a device: the guide only, without data of the person or the
        commune. Read-only."""
        _place, guide = self._find_guide(guide_id)
        nobody = request.env["res.partner"]
        values = {
            **guide._get_portal_page(nobody),
            "phone": request.env.company._get_organisation_phone(),
            "kept_title": request.env._("Guides kept on this device"),
        }
        response = request.render("commune_relations.portal_guide_offline", values)
        response.headers["Cache-Control"] = "no-store"
        return response

    @page_post("/my/guides/<int:guide_id>/opinion", sets=True)
    def portal_guide_opinion(self, guide_id, useful="", comment="", **kwargs):
        """Whether the guide was useful, and what is missing in it."""
        place, guide = self._find_guide(guide_id)
        if useful not in ("yes", "no") or not request.env.user.share:
            raise NotFound()
        comment = to_text(comment, LENGTHS["correction"])
        person = request.env.user.partner_id
        guide._give_opinion(place, person, useful == "yes", comment)
        return request.redirect(f"/my/guides/{guide_id}?done=opinion#guide_opinion", 303)

    @page("/my/guides/<int:guide_id>/document/<int:document_id>", methods=["GET"])
    def portal_guide_document(self, guide_id, document_id, **kwargs):
        """A document of the guide."""
        _place, guide = self._find_guide(guide_id)
        return send_attachment(guide.attachment_ids.filtered(lambda d: d.id == document_id))

    @page("/my/guides/<int:guide_id>/model/<any(docx,pdf):kind>", methods=["GET"])
    def portal_guide_model(self, guide_id, kind, commune=None, **kwargs):
        """A model document, filled for a commune of the person: made for this request, kept
        nowhere. Without the library of Word its page names it."""
        _place, guide = self._find_guide(guide_id)
        place = self._find_place(to_id(commune))
        if guide.kind != "model" or not place.is_commune:
            raise NotFound()
        name, content, mimetype = guide.with_user(request.env.user)._make_model(place, kind)
        return send_content(content, name, mimetype)

    @page("/my/guides/<int:guide_id>/<any(video,subtitles):part>", methods=["GET"])
    def portal_guide_video(self, guide_id, part, **kwargs):
        """The video of the guide, or its subtitles, for the player of the page."""
        _place, guide = self._find_guide(guide_id)
        name = f"{part}_file"
        if not guide[name]:
            raise NotFound()
        stream = request.env["ir.binary"]._get_stream_from(guide, name, guide[f"{part}_name"])
        if part == "subtitles":
            stream.mimetype = "text/vtt"
        is_shown = stream.mimetype.startswith(("video/", "text/vtt"))
        response = stream.get_response(as_attachment=not is_shown)
        response.headers.extend(PRIVATE)
        return response

    @link_file("/my/guides/worker.js", methods=["GET"], readonly=True)
    def portal_guides_worker(self, **kwargs):
        """Service worker that shows stored guides offline; it holds no personal data."""
        with file_open(WORKER) as file:
            content = file.read()
        return request.make_response(
            content,
            [
                ("Content-Type", "text/javascript; charset=utf-8"),
                ("Service-Worker-Allowed", "/my/guides"),
                ("Cache-Control", "no-cache"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
