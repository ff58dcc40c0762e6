"""Routes of the portal that act as superuser: who may call each, and how a page calls it.

A line of a table: name of the method, who gets through, and the call, given an account and its
person. The record is always one of commune A.
"""

from werkzeug.datastructures import MultiDict

from odoo.tests import new_test_user

from .knowledge.impact_case import distribute, make_item
from .test_access_matrix import AccessRecords

ACTS = {"portal_a"}
SEES = {"portal_a", "portal_a_limited"}


class SudoRouteCase(AccessRecords):
    """Adds to the records of the matrix an agent with an account, and what is open today: a call
    for items, a directory campaign, a request at each step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(cls.env, "test_agent", groups="base.group_portal")
        cls.records["agent"].user_id = cls.agent
        cls.document = cls.env["ir.attachment"].create({"name": "a.pdf", "raw": b"%PDF-1"})
        cls._open_records()
        cls.requests = {kind: cls._create_request(kind) for kind in ("received", "answered")}
        cls.requests["closed"] = cls._create_request("closed")
        cls.requests["received"].commune_file_ids = cls.document
        cls.env.flush_all()

    @classmethod
    def _open_records(cls):
        records = cls.records
        records["session_draft"].write({"items_open": True, "items_deadline": cls.today})
        records["item_proposed"].proposed_by_id = cls.commune_a
        records["session"].document_ids = cls.document
        records["guide_elected_large"].topic_ids = cls.env["commune.topic"].search([], limit=1)
        records["watch_large"] = cls._distribute_item(records["guide_elected_large"].topic_ids)
        records["event"].portal_scope = "all"
        records["agreement_a"].sudo().document_id = cls.document
        records["replacement_request"].days_left_out = [str(cls.today)]
        records["campaign"].commune_ids = cls.commune_a
        records["campaign"].sudo().state = "open"

    @classmethod
    def _distribute_item(cls, topics):
        values = {"kind": "law", "population_min": 3500, "topic_ids": topics.ids}
        item = make_item(cls.env, "Grandes communes", **values)
        distribute(item)
        return item

    @classmethod
    def _create_request(cls, kind):
        ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "Demande",
                "description": "<p>Question</p>",
                "commune_id": cls.commune_a.id,
                "partner_id": cls.portal_a.partner_id.id,
            }
        )
        if kind != "received":
            ticket._move_to(kind)
        return ticket


def get_sudo_routes(case):
    return [
        *get_territory_routes(case),
        *get_request_routes(case),
        *get_network_routes(case),
        *get_committee_routes(case),
        *get_service_routes(case),
        *get_survey_routes(case),
        *get_replacement_routes(case),
        *get_guide_routes(case),
        *get_path_routes(case),
        *get_watch_routes(case),
    ]


def get_guide_routes(case):
    """Of a guide for the elected officials of large communes."""
    guide = case.records["guide_elected_large"]
    guides, one, place = case.env["commune.guide"].with_user, guide.with_user, case.commune_a
    return [
        ("_find_for_portal", SEES, lambda u, p: guides(u)._find_for_portal(guide.id)),
        ("_get_library", SEES, lambda u, p: guides(u)._get_library("nids de poule")),
        ("_get_library_topics", SEES, lambda u, p: guides(u)._get_library_topics()),
        ("_log_view", SEES, lambda u, p: one(u)._log_view(place, p)),
        ("_give_opinion", SEES, lambda u, p: one(u)._give_opinion(place, p, True)),
    ]


def get_path_routes(case):
    """Of the path of the mayor of A, and of what is filled and printed for A."""
    follows, place = case.env["commune.path.progress"].with_user, case.commune_a
    line, booklet = case.records["path_line"].with_user, case.records["booklet"].with_user
    guide = case.records["guide_elected_large"].with_user
    return [
        ("_get_own", ACTS, lambda u, p: follows(u)._get_own()),
        ("_get_newcomers", ACTS, lambda u, p: follows(u)._get_newcomers(place)),
        ("_start_quiz", ACTS, lambda u, p: line(u)._start_quiz()),
        ("_get_pdf", SEES, lambda u, p: booklet(u)._get_pdf(place)),
        ("_get_portal_booklets", SEES, lambda u, p: booklet(u)._get_portal_booklets(place, p)),
        ("_make_model", SEES, lambda u, p: guide(u)._make_model(place.with_user(u), "docx")),
    ]


def get_watch_routes(case):
    """Of an item of the watch that concerns large communes."""
    item = case.records["watch_large"]
    items = case.env["commune.watch.item"].with_user
    return [
        ("_get_portal_items", SEES, lambda u, p: items(u)._get_portal_items() & item),
        ("_get_portal_topics", SEES, lambda u, p: items(u)._get_portal_topics() & item.topic_ids),
    ]


def get_territory_routes(case):
    pages = case.env["commune.portal.page"].with_user
    place, held = case.commune_a.with_user, case.mandate_a_limited.sudo()
    own = {case.portal_b: case.commune_b}  # a place where the account does act
    new = {"firstname": "Zoé", "lastname": "ZIMMER", "civility": "mme", "email": "z@mel.example"}
    new["function_id"] = case.functions["town_hall_secretary"].id
    choose = case.env["res.users"].with_user
    colleagues = case.env["commune.portal.colleague"].with_user
    return [
        (
            "_choose_portal_commune",
            SEES,
            lambda u, p: choose(u)._choose_portal_commune(place(u).id),
        ),
        ("_get_portal_sheet", SEES, lambda u, p: pages(u)._get_portal_sheet(place(u), p)),
        (
            "_get_portal_colleagues",
            ACTS,
            lambda u, p: colleagues(u)._get_portal_colleagues(place(u), p),
        ),
        (
            "_find_portal_colleague",
            ACTS,
            lambda u, p: colleagues(u)._find_portal_colleague(place(u), held.partner_id.id, p),
        ),
        ("_add_colleague", ACTS, lambda u, p: colleagues(u)._add_colleague(place(u), new, p)),
        (
            "_invite_colleague",
            ACTS,
            lambda u, p: colleagues(u)._invite_colleague(place(u), held, "luc@mel.example", p),
        ),
        (
            "_withdraw_colleague",
            ACTS,
            lambda u, p: colleagues(u)._withdraw_colleague(place(u), held, p),
        ),
        (
            "_withdraw_colleague",
            ACTS,
            lambda u, p: colleagues(u)._withdraw_colleague(
                own.get(u, case.commune_a).with_user(u), held, p
            ),
        ),
        (
            "_restore_colleague",
            ACTS,
            lambda u, p: colleagues(u)._restore_colleague(place(u), held, p),
        ),
    ]


def get_request_routes(case):
    portal, topics = (
        case.env["commune.request.portal"].with_user,
        case.env["commune.topic"].with_user,
    )
    place = case.commune_a.with_user
    received, answered, closed = (
        case.requests[kind].with_user for kind in ("received", "answered", "closed")
    )
    question = "Qui entretient la voirie ?"
    published = case.records["published"]
    return [
        (
            "_get_portal_list",
            SEES,
            lambda u, p: portal(u)._get_portal_list(place(u))[0],
        ),
        (
            "_get_portal_page",
            ACTS,
            lambda u, p: portal(u)._get_portal_page(received(u)),
        ),
        (
            "_find_portal_file",
            ACTS,
            lambda u, p: portal(u)._find_portal_file(received(u), case.document.id),
        ),
        (
            "_portal_post",
            ACTS,
            lambda u, p: portal(u)._portal_post(received(u), "Bonjour"),
        ),
        (
            "_portal_cancel",
            ACTS,
            lambda u, p: portal(u)._portal_cancel(received(u)),
        ),
        (
            "_portal_close",
            ACTS,
            lambda u, p: portal(u)._portal_close(answered(u)),
        ),
        (
            "_portal_reopen",
            ACTS,
            lambda u, p: portal(u)._portal_reopen(answered(u), "Pas réglé"),
        ),
        (
            "_portal_rate",
            ACTS,
            lambda u, p: portal(u)._portal_rate(closed(u), 5),
        ),
        (
            "_create_from_portal",
            SEES,
            lambda u, p: portal(u)._create_from_portal({"question": question, "commune": place(u)}),
        ),
        ("_get_portal_cards", SEES, lambda u, p: topics(u)._get_portal_cards(question, place(u))),
        ("orient", SEES, lambda u, p: topics(u).orient(question, case.commune_a.id)),
        ("_give_opinion", set(), lambda u, p: published.with_user(u)._give_opinion(p, True)),
    ]


def get_network_routes(case):
    pages = case.env["commune.portal.page"].with_user
    place, event = case.commune_a.with_user, case.records["event"].with_user
    exchanges, exchange = case.env["commune.exchange"].with_user, case.records["exchange"]
    campaign = case.records["campaign"].sudo()
    post = {"name": "Tente", "kind": "offer", "nature": "equipment"}
    post["topic_id"] = exchange.topic_id.id
    found = case.records["event"].id
    return [
        (
            "_get_portal_coming_events",
            SEES,
            lambda u, p: pages(u)._get_portal_coming_events(place(u), p),
        ),
        ("_find_portal_event", SEES, lambda u, p: pages(u)._find_portal_event(place(u), found, p)),
        ("_get_portal_waiting", set(), lambda u, p: pages(u)._get_portal_waiting(place(u), p)),
        (
            "_get_portal_registrations",
            ACTS,
            lambda u, p: event(u)._get_portal_registrations(place(u), p),
        ),
        ("_get_portal_choices", SEES, lambda u, p: event(u)._get_portal_choices(place(u), p)),
        (
            "_register_persons",
            SEES,
            lambda u, p: event(u)._register_persons(case.mandate_a_limited, p),
        ),
        ("_post", ACTS, lambda u, p: exchanges(u)._post(place(u), p, post)),
        (
            "_mark_attendance",
            set(),
            lambda u, p: (
                case.records["registration"]
                .with_user(u)
                .sudo(False)
                ._mark_attendance(case.records["half_day"].sudo(), "absent")
            ),
        ),
        ("_find_own", ACTS, lambda u, p: exchanges(u)._find_own(exchange.id, p)),
        ("_close", ACTS, lambda u, p: exchange.with_user(u)._close("settled", p)),
        ("_get_open_campaign", ACTS, lambda u, p: pages(u)._get_open_campaign(place(u), p)),
        ("_ask", ACTS, lambda u, p: campaign.with_user(u).sudo()._ask(place(u), p)),
    ]


def get_committee_routes(case):
    pages = case.env["commune.portal.page"].with_user
    place, session = case.commune_a.with_user, case.records["session"].with_user
    call, line = case.records["session_draft"].with_user, case.records["attendance_a"].sudo()
    return [
        ("_get_open_calls", ACTS, lambda u, p: pages(u)._get_open_calls(place(u), p)),
        ("_propose_item", ACTS, lambda u, p: call(u)._propose_item(place(u), p, "Sel")),
        ("_get_proposed_items", ACTS, lambda u, p: pages(u)._get_proposed_items(place(u), p)),
        ("_find_document", ACTS, lambda u, p: session(u)._find_document(case.document.id)),
        ("_reply", ACTS, lambda u, p: line.with_user(u).sudo()._reply("excused", "portal")),
        ("_decline_proxy", ACTS, lambda u, p: [line.with_user(u)._decline_proxy(0, "portal")]),
        ("_approve_agenda", set(), lambda u, p: call(u)._approve_agenda(p, by_link=True)),
        ("_reject_agenda", set(), lambda u, p: call(u)._reject_agenda("Non")),
    ]


def get_service_routes(case):
    pages = case.env["commune.portal.page"].with_user
    years = case.env["commune.service.year"].with_user
    acts = case.env["commune.agreement.acts"].with_user
    place, records = case.commune_a.with_user, case.records
    refusals = case.env["commune.service.refusal"].with_user
    agreement, vote = records["agreement_a"].with_user, records["agreement_vote_a"].with_user
    return [
        ("_get_portal_services", SEES, lambda u, p: pages(u)._get_portal_services(place(u))),
        (
            "_get_portal_subscriptions",
            ACTS,
            lambda u, p: pages(u)._get_portal_subscriptions(place(u)),
        ),
        ("_get_service_costs", ACTS, lambda u, p: years(u)._get_service_costs(place(u), 2026)),
        (
            "_get_suggestion_refusals",
            ACTS,
            lambda u, p: pages(u)._get_suggestion_refusals(place(u), p),
        ),
        (
            "_get_portal_suggestions",
            ACTS,
            lambda u, p: pages(u)._get_portal_suggestions(place(u), p),
        ),
        (
            "_set",
            ACTS,
            lambda u, p: refusals(u)._set(place(u), records["service_study"].sudo(), True, p),
        ),
        ("_get_portal_agreements", ACTS, lambda u, p: pages(u)._get_portal_agreements(place(u))),
        ("_get_portal_pdf", ACTS, lambda u, p: agreement(u)._get_portal_pdf()),
        (
            "_report_vote",
            ACTS,
            lambda u, p: acts(u)._report_vote(vote(u), "2026-12", str(case.today)),
        ),
        (
            "_check_portal_signature",
            ACTS,
            lambda u, p: agreement(u)._check_portal_signature("Nom", "iVBO"),
        ),
        ("_sign_from_portal", ACTS, lambda u, p: agreement(u)._sign_from_portal("Nom", "iVBO")),
    ]


def get_survey_routes(case):
    pages = case.env["commune.portal.page"].with_user
    place, target = case.commune_a.with_user, case.records["survey_target"].sudo()
    draft = case.records["survey_answer"].sudo()
    return [
        ("_get_survey_targets", SEES, lambda u, p: pages(u)._get_survey_targets(place(u), p)),
        ("_get_surveys_to_answer", SEES, lambda u, p: pages(u)._get_surveys_to_answer(place(u), p)),
        ("_get_answers", set(), lambda u, p: target.sudo(False).with_user(u)._get_answers()),
        ("_get_portal_values", SEES, lambda u, p: target.with_user(u)._get_portal_values(p)),
        ("_prepare", SEES, lambda u, p: target.with_user(u).sudo()._prepare(p)),
        ("_refuse", ACTS, lambda u, p: target.with_user(u).sudo()._refuse(p, "Trop petit")),
        ("_reopen", ACTS, lambda u, p: target.with_user(u).sudo()._reopen(p)),
        ("_validate", ACTS, lambda u, p: target.with_user(u).sudo()._validate(draft, p)),
    ]


def get_replacement_routes(case):
    place, records, agents = case.commune_a.with_user, case.records, {"agent"}
    demands = case.env["commune.replacement.request"].with_user
    demand, week = records["replacement_request"].with_user, records["timesheet"].with_user
    sheets, mission = case.env["commune.replacement.timesheet"].with_user, records["mission"].sudo()
    monday = records["timesheet"].week_start
    form = MultiDict({"post": "Secrétaire", "date_start": "2027-01-04", "mon_am": "1"})

    def file(user, person):
        kept = demands(user)._read_portal_form(form)
        return demands(user)._create_from_portal(place(user), person, kept)

    return [
        ("_create_from_portal", ACTS, file),
        ("_cancel_from_portal", ACTS, lambda u, p: demand(u)._cancel_from_portal()),
        ("_get_portal_agents", ACTS, lambda u, p: demand(u)._get_portal_agents()),
        ("_get_portal_off", ACTS, lambda u, p: demand(u)._get_portal_off()),
        ("_read_again", ACTS, lambda u, p: demand(u)._read_again()),
        ("_propose_dates", ACTS, lambda u, p: demand(u)._propose_dates()),
        ("_describe_asked", ACTS, lambda u, p: demand(u)._describe_asked()),
        ("_check_decisions", ACTS, lambda u, p: week(u)._check_decisions({}, "Nom", "")),
        ("_decide", ACTS, lambda u, p: week(u)._decide({}, "Nom", "")),
        ("_get_agent_missions", agents, lambda u, p: sheets(u)._get_agent_missions()),
        ("_get_agent_weeks", agents, lambda u, p: sheets(u)._get_agent_weeks()),
        ("_find_sheet", agents, lambda u, p: sheets(u)._find_sheet(mission, monday)),
        ("_save_entries", agents, lambda u, p: sheets(u)._save_entries(mission, monday, [])),
    ]
