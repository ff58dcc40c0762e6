"""Portal: file a request, and find who answers a question."""

from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from ..models.core.text_limits import LENGTHS
from ..models.requests.ticket.form import FORM, STORED, FormError
from ..models.requests.ticket.portal_actions import get_title
from ..models.requests.ticket.portal_list import clean_text
from .portal_home import PortalCommune, to_id
from .portal_uploads import get_file_values, get_files
from .route_access import page, page_form, page_post

# Beyond this length, a question adds nothing that identifies its topic.
MAX_QUESTION = LENGTHS["question"]
FIELDS = (*(field.name for field in FORM), "topic_id", "short")


class PortalRequestForm(PortalCommune):
    def _get_words(self):
        """Values that identify a request, so that a second post is not a second request.

        Title and files are excluded: a page may fill or forget them by itself. The topic is the
        suggested one when none is chosen: a page that was shown again contains it.
        """
        kept = self._read_form()
        topic_id = kept["topic_id"]
        if not topic_id and kept["step"] != "orient":
            topic_id = str(self._choose_topic(kept, self._get_cards(kept))["topic"].id or "")
        parameters = [(name, kept[name]) for name in ("question", "commune_id", "step")]
        parameters += [(f.name, f.take(kept[f.name])) for f in STORED if f.name != "name"]
        return [*parameters, ("topic_id", topic_id)]

    def _read_form(self):
        form = request.httprequest.form
        kept = {name: clean_text(form.get(name)) for name in (*FIELDS, "commune_id", "step")}
        return {**kept, "commune": self._find_place(to_id(kept["commune_id"]))}

    @page_form("/my/requests/new", words=_get_words)
    def portal_request_new(self, **form):
        """The form of a request, and its filing, for the persons of a commune."""
        values = self._prepare_portal_layout_values()
        if not values["portal_commune"]:
            raise NotFound()
        if request.httprequest.method == "GET":
            kept = self._prepare_first_form(values["portal_commune"], form)
            cards = self._get_cards(kept)
            return self._render_form(values, self._prepare_short_form(kept, cards), cards)
        kept = self._read_form()
        if kept["step"] == "orient":
            return self._render_form(values, kept, self._get_cards(kept))
        return self._file(values, kept)

    def _prepare_first_form(self, commune, form):
        """An empty form, or the one that the search box fills in."""
        question = clean_text(form.get("q"))[:MAX_QUESTION]
        topic_id = str(form.get("topic") or "")
        return {
            **dict.fromkeys(FIELDS, ""),
            "question": question,
            "name": get_title(question) if question else "",
            "topic_id": topic_id if topic_id == "none" or to_id(topic_id) else "",
            "commune": commune,
        }

    def _prepare_short_form(self, kept, cards):
        """Short form after a search: the interlocutor and the title are known, the rest is
        folded."""
        for card in cards:
            if str(card["topic_id"]) == kept["topic_id"]:
                asked = card["asked"]
                return {**kept, "short": "1", "name": get_title(asked[:1].upper() + asked[1:])}
        return kept

    def _file(self, values, kept):
        """File the request, or show the form again with what was typed."""
        portal = request.env["commune.request.portal"]
        cards = self._get_cards(kept)
        found = [card for card in cards if not card.get("wanted")]
        filed = {**kept, **self._choose_topic(kept, cards), "cards": found}
        try:
            with request.env.cr.savepoint():
                demand = portal._create_from_portal(filed, get_files())
        except FormError as error:
            problems = error.problems
        except UserError as error:
            problems = [("question", error.args[0])]
        else:
            return request.redirect(f"/my/requests/{demand.id}?done=created", 303)
        return self._render_form(values, kept, cards, problems=problems, lost=self._has_files())

    def _has_files(self):
        """Whether files came with the form itself."""
        return any(file.filename for file in request.httprequest.files.getlist("files"))

    def _choose_topic(self, kept, cards):
        """The topic that the person chose, as superuser; the only clear one when they did not."""
        topics = request.env["commune.topic"].sudo()
        if kept["topic_id"] == "none" or not cards:
            return {"topic": topics, "none_fits": kept["topic_id"] == "none"}
        if to_id(kept["topic_id"]):
            return {"topic": topics._find_answerable(to_id(kept["topic_id"]))}
        clear = cards[0]["clear"] and cards[0]["topic_id"]
        return {"topic": topics.browse(clear or []), "topic_missing": not clear}

    def _get_cards(self, kept):
        wanted = to_id(kept["topic_id"])
        if not (kept["question"] or wanted):
            return []
        return request.env["commune.topic"]._get_portal_cards(
            kept["question"][:MAX_QUESTION], kept["commune"], wanted=wanted
        )

    def _render_form(self, values, kept, cards, problems=(), lost=False):
        """The form.

        :param cards: the interlocutors for the question
        :param problems: list of (name of the field, sentence)
        :param lost: whether files have to be chosen again
        """
        if not kept["name"] and kept["question"]:
            kept["name"] = get_title(kept["question"])
        values.update(
            crumbs=[
                (request.env._("My requests"), "/my/requests"),
                (request.env._("Make a request"), ""),
            ],
            kept=kept,
            cards=cards,
            cards_seen=bool(kept["question"]),
            chosen=self._get_chosen(kept, cards),
            is_short=bool(kept["short"]),
            mentions=self._get_mentions(kept),
            problems=problems,
            problem_fields={name for name, _sentence in problems},
            files_lost=lost,
            form=request.env["commune.request.portal"]._get_portal_form(),
            phone=request.env.company._get_organisation_phone(),
            **get_file_values(),
        )
        return request.render("commune_relations.portal_request_new", values)

    def _get_mentions(self, kept):
        """Private persons whom the question seems to name, as a sentence quotes them."""
        found = request.env["commune.request.portal"]._find_mentions(
            kept["question"], kept["commune"]
        )
        return ", ".join(found[:3])

    def _get_chosen(self, kept, cards):
        """What is ticked: the person's choice, else the first card when it is clear."""
        shown = {str(card["topic_id"]) for card in cards} | {"none"}
        if kept["topic_id"] in shown:
            return kept["topic_id"]
        return str(cards[0]["topic_id"]) if cards and cards[0]["clear"] else ""

    @page_post("/my/requests/orient", type="jsonrpc", readonly=True)
    def portal_request_orient(self, question="", commune_id=None, topic_id="", short="", **kwargs):
        """The cards for a question that is being typed, ready to be shown; that of the topic
        which the page before has chosen stays."""
        place = self._find_place(commune_id if isinstance(commune_id, int) else 0)
        question = clean_text(question)[:MAX_QUESTION]
        kept = {"question": question, "commune": place, "topic_id": clean_text(topic_id)}
        cards = self._get_cards(kept)
        html = request.env["ir.qweb"]._render(
            "commune_relations.portal_request_cards",
            {
                "cards": cards,
                "cards_seen": bool(question),
                "chosen": self._get_chosen(kept, cards),
                "is_short": bool(short),
                "mentions": self._get_mentions(kept),
                "problem_fields": set(),
            },
        )
        return {"html": html, "title": get_title(question) if question else ""}

    @page("/my/orient", methods=["GET"])
    def portal_orient(self, q="", answer=None, **kwargs):
        """The search box of the home page: who answers, and all that was written or planned.
        Changes nothing but the log of the questions."""
        values = self._prepare_portal_layout_values()
        commune = values["portal_commune"]
        if not commune:
            raise NotFound()
        question = clean_text(q)[:MAX_QUESTION]
        topics = request.env["commune.topic"]
        cards = topics._get_portal_cards(question, commune) if question else []
        if question:
            request.env["commune.orientation.log"]._log(question, cards, origin="search")
        finder = request.env["commune.finder"]
        persons = finder._find_persons(question, commune, guessed=not cards)
        people = finder._find_people(question, commune, guessed=not cards)
        cards = finder._keep_topics(question, cards, persons + people)
        shown = {answer["id"] for card in cards for answer in card["similar"]}
        similar = topics._get_portal_similar(question) if question else []
        answers = request.env["commune.published.answer"].sudo()
        listed = answers.browse(shown | {answer["id"] for answer in similar})
        values.update(
            crumbs=[(request.env._("Search"), "")],
            opinions=listed._get_opinions(request.env.user.partner_id),
            opened=to_id(answer),
            question=question,
            cards=topics._group_by_person(cards),
            persons=persons,
            people=people,
            found=finder._find_for_portal(question, commune, cards),
            similar=[answer for answer in similar if answer["id"] not in shown][:3],
        )
        return request.render("commune_relations.portal_orient", values)

    @page_post("/my/answers/<int:answer_id>/opinion", sets=True)
    def portal_answer_opinion(self, answer_id, useful="", q="", **kwargs):
        """Whether a published answer was useful: for those who have a commune."""
        place, _places = self._get_portal_commune()
        answers = request.env["commune.published.answer"].sudo()
        found = answers.search([("id", "=", answer_id), ("state", "=", "published")])
        if not (place and found) or useful not in ("yes", "no"):
            raise NotFound()
        found._give_opinion(request.env.user.partner_id, useful == "yes")
        question = clean_text(q)[:MAX_QUESTION]
        query = urlencode({"q": question, "answer": answer_id})
        return request.redirect(f"/my/orient?{query}", 303)
