"""The law of access: for every model, who may read, write, create and unlink which record.

A model of the addon that is missing from the table fails the test.
"""

from datetime import timedelta
from itertools import product

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .committees.committee_case import get_committee_records
from .common import CommuneCase
from .knowledge.guide_case import get_guide_records
from .knowledge.impact_case import get_impact_records
from .knowledge.path_case import get_path_records
from .knowledge.watch_case import get_watch_records
from .network.event_case import get_event_records
from .network.network_case import get_network_records
from .replacement.hours_case import get_hours_records
from .replacement.replacement_case import get_replacement_records
from .requests.answer_case import get_answer_records
from .requests.request_case import get_request_records
from .services.service_case import get_service_records
from .steering.steering_case import get_ledger_records
from .surveys.survey_case import get_survey_records

STAFF = ("reader", "referent", "officer", "manager", "coordinator", "employee")
PORTAL = ("portal_a", "portal_a_limited", "portal_b", "portal_both", "portal_ended", "public")
EVERYONE = STAFF + PORTAL
OFFICERS = ("officer", "manager")
DIRECTORY = ("reader", "referent", "officer", "manager", "coordinator")
DIRECTORY_BUT_REFERENT = ("reader", "officer", "manager", "coordinator")
MANAGER = ("manager",)
IMPORT_READERS = ("reader", *OFFICERS, "coordinator")
NOBODY = ()
COORDINATORS = ("coordinator", "manager")
MISSION_READERS = (*DIRECTORY_BUT_REFERENT, "portal_a", "portal_both")
USERS = tuple(who for who in EVERYONE if who != "public")
PERSONS = tuple(who for who in PORTAL if who != "public")

# model -> record of `_get_records` -> who may (read, write, create, unlink); create is about
# the model and counted once, on the first record.
MATRIX = {
    "res.partner": {
        "commune_a": (
            (*STAFF, "portal_a", "portal_a_limited", "portal_both"),
            OFFICERS,
            OFFICERS,
            NOBODY,
        ),
        "commune_b": ((*STAFF, "portal_b", "portal_both"), OFFICERS, OFFICERS, NOBODY),
        "epci": (STAFF, OFFICERS, OFFICERS, NOBODY),
        "person_a": ((*STAFF, "portal_a"), OFFICERS, OFFICERS, NOBODY),
    },
    "commune.function": {"function": (USERS, MANAGER, MANAGER, NOBODY)},
    "commune.election": {"poll": (STAFF, MANAGER, MANAGER, NOBODY)},
    "commune.election.review": {"election_review": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.sector": {"sector": (USERS, MANAGER, MANAGER, NOBODY)},
    "commune.council.term": {"council_term": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.police.power": {"police_power": (STAFF, MANAGER, MANAGER, NOBODY)},
    "commune.police.decision": {"police_decision": (STAFF, MANAGER, MANAGER, MANAGER)},
    "commune.mandate": {
        "mandate_a": (
            (*DIRECTORY, "portal_a", "portal_a_limited", "portal_both"),
            OFFICERS,
            OFFICERS,
            NOBODY,
        ),
        "mandate_b": ((*DIRECTORY, "portal_b", "portal_both"), OFFICERS, OFFICERS, NOBODY),
        "mandate_ended": (
            (*DIRECTORY, "portal_a", "portal_a_limited", "portal_both", "portal_ended"),
            OFFICERS,
            OFFICERS,
            NOBODY,
        ),
    },
    "commune.import": {"import": (IMPORT_READERS, OFFICERS, OFFICERS, NOBODY)},
    "commune.import.line": {"import_line": (IMPORT_READERS, OFFICERS, NOBODY, NOBODY)},
    "commune.reference.epci": {"reference_epci": (STAFF, NOBODY, NOBODY, NOBODY)},
    # Any employee creates third-party ones, none of the addon's:
    # tests/requests/test_rating_access.py.
    "rating.rating": {"opinion_a": (DIRECTORY_BUT_REFERENT, NOBODY, STAFF, NOBODY)},
    "helpdesk.ticket": {
        "request_a": (
            (*DIRECTORY_BUT_REFERENT, "portal_a", "portal_both"),
            OFFICERS,
            (*OFFICERS, "referent"),
            NOBODY,
        ),
        "request_a_councillor": (
            (*DIRECTORY_BUT_REFERENT, "portal_a", "portal_a_limited", "portal_both"),
            OFFICERS,
            (*OFFICERS, "referent"),
            NOBODY,
        ),
        "request_a_personal": (
            (*DIRECTORY_BUT_REFERENT, "portal_both"),
            OFFICERS,
            (*OFFICERS, "referent"),
            NOBODY,
        ),
        "request_b_of_the_referent": (
            (*DIRECTORY, "portal_b", "portal_both"),
            (*OFFICERS, "referent"),
            (*OFFICERS, "referent"),
            NOBODY,
        ),
    },
    "helpdesk.ticket.stage": {"stage": (USERS, MANAGER, MANAGER, NOBODY)},
    "helpdesk.ticket.team": {"team": (STAFF, MANAGER, MANAGER, NOBODY)},
    "helpdesk.sla": {"commitment": (STAFF, MANAGER, MANAGER, NOBODY)},
    "helpdesk.ticket.sla": {
        "clock_a": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY),
    },
    "commune.topic": {"topic": (STAFF, MANAGER, MANAGER, NOBODY)},
    "commune.topic.term": {"term": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS)},
    "commune.topic.referent": {"topic_referent": (STAFF, OFFICERS, OFFICERS, NOBODY)},
    "commune.orientation.log": {"orientation_log": (OFFICERS, NOBODY, NOBODY, NOBODY)},
    "commune.request.transfer": {"transfer_a": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.request.pause": {"pause_a": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.canned.answer": {"canned": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.request.validation": {
        "validation_a": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)
    },
    "commune.request.contribution": {
        "contribution_of_the_officer": (
            DIRECTORY_BUT_REFERENT,
            OFFICERS,
            (*OFFICERS, "referent"),
            NOBODY,
        ),
        "contribution_of_the_referent": (
            DIRECTORY,
            (*OFFICERS, "referent"),
            (*OFFICERS, "referent"),
            NOBODY,
        ),
    },
    "commune.published.opinion": {"published_opinion": (MANAGER, NOBODY, NOBODY, NOBODY)},
    "commune.published.answer": {
        "published": (STAFF, OFFICERS, (*OFFICERS, "referent"), NOBODY),
        "published_draft": (DIRECTORY, OFFICERS, (*OFFICERS, "referent"), NOBODY),
    },
    "commune.guide": {
        "guide_elected_large": (
            (*DIRECTORY, "portal_a", "portal_a_limited"),
            OFFICERS,
            (*OFFICERS, "referent"),
            NOBODY,
        ),
        "guide_heads_small": (
            (*DIRECTORY, "portal_both"),
            OFFICERS,
            (*OFFICERS, "referent"),
            NOBODY,
        ),
        # Both communes follow the law of Alsace-Moselle.
        "guide_general_law": (DIRECTORY, OFFICERS, (*OFFICERS, "referent"), NOBODY),
        "guide_everyone": (
            (*DIRECTORY, "portal_a", "portal_a_limited", "portal_b", "portal_both"),
            OFFICERS,
            (*OFFICERS, "referent"),
            NOBODY,
        ),
        "guide_draft_referent": (
            DIRECTORY,
            (*OFFICERS, "referent"),
            (*OFFICERS, "referent"),
            NOBODY,
        ),
    },
    "commune.guide.version": {"guide_version": (DIRECTORY, OFFICERS, NOBODY, NOBODY)},
    "commune.guide.view": {"guide_view": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.guide.opinion": {"guide_opinion": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.guide.search": {"guide_search": (DIRECTORY, OFFICERS, NOBODY, NOBODY)},
    "commune.booklet": {"booklet": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.booklet.line": {"booklet_line": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS)},
    "commune.booklet.copy": {"booklet_copy": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.path": {"path": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.path.step": {"path_step": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS)},
    "commune.path.progress": {"path_follow": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.path.progress.line": {"path_line": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.known.email": {"known_email": (STAFF, OFFICERS, OFFICERS, OFFICERS)},
    "commune.watch.source": {"watch_source": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.watch.item": {
        "watch_item": (DIRECTORY, OFFICERS, OFFICERS, NOBODY),
        "watch_small": (
            (*DIRECTORY, "portal_b", "portal_both"),
            OFFICERS,
            OFFICERS,
            NOBODY,
        ),
    },
    "commune.watch.deadline": {
        "watch_deadline": ((*DIRECTORY, "portal_b", "portal_both"), OFFICERS, OFFICERS, OFFICERS)
    },
    "commune.watch.view": {"watch_view": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    # A referent settles their own alone.
    "commune.review": {"review": (DIRECTORY, OFFICERS, NOBODY, NOBODY)},
    "commune.audience": {"audience": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.contact.preference": {
        "preference": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, NOBODY)
    },
    "commune.mailing.recipient": {
        "mailing_recipient": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)
    },
    "commune.mailing.stat": {"mailing_stat": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "mailing.mailing": {"mailing": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, OFFICERS)},
    "event.event": {"event": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "event.registration": {"registration": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, NOBODY)},
    "commune.event.half.day": {"half_day": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS)},
    "commune.training.body": {"training_body": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.event.invitation": {
        "invitation": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, NOBODY)
    },
    "commune.event.attendance": {"attendance": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.legal.value": {"legal_value": (STAFF, MANAGER, MANAGER, NOBODY)},
    "commune.obligation": {"obligation": (DIRECTORY, OFFICERS, MANAGER, NOBODY)},
    "commune.directory.campaign": {
        "campaign": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, NOBODY)
    },
    "commune.directory.recipient": {
        "recipient": (DIRECTORY_BUT_REFERENT, NOBODY, OFFICERS, NOBODY)
    },
    "commune.exchange": {"exchange": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.exchange.notice": {
        "exchange_notice": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)
    },
    "commune.signatory.notice": {"signatory_notice": (OFFICERS, NOBODY, NOBODY, NOBODY)},
    "commune.notice.rule": {"notice_rule": (STAFF, MANAGER, MANAGER, NOBODY)},
    "commune.school.holiday": {"school_holiday": (STAFF, OFFICERS, OFFICERS, OFFICERS)},
    "commune.committee": {
        "committee": ((*DIRECTORY, "portal_a", "portal_both"), OFFICERS, OFFICERS, NOBODY)
    },
    "commune.committee.member": {
        "committee_member": (DIRECTORY, OFFICERS, OFFICERS, NOBODY),
    },
    "commune.session": {
        "session_draft": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, OFFICERS),
        "session": ((*DIRECTORY, "portal_a", "portal_both"), OFFICERS, OFFICERS, NOBODY),
    },
    "commune.session.item": {
        "item": ((*DIRECTORY, "portal_a", "portal_both"), OFFICERS, OFFICERS, OFFICERS),
        "item_proposed": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS),
    },
    "commune.attendance": {
        "attendance_a": ((*DIRECTORY_BUT_REFERENT, "portal_a"), OFFICERS, NOBODY, NOBODY)
    },
    "commune.attendance.answer": {
        "attendance_answer": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)
    },
    "commune.attendance.presence": {"presence": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.session.version": {"session_version": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.decision": {
        "decision_b": (
            (*DIRECTORY, "portal_b", "portal_both"),
            (*OFFICERS, "referent"),
            OFFICERS,
            NOBODY,
        )
    },
    "commune.decision.note": {"decision_note": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.attendance.stat": {
        "attendance_stat": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)
    },
    "commune.session.operation": {"operation": (OFFICERS, NOBODY, NOBODY, NOBODY)},
    "commune.dispatch": {"dispatch": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, NOBODY)},
    "commune.dispatch.line": {"dispatch_line": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.survey.campaign": {
        "survey_campaign": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, OFFICERS)
    },
    "commune.survey.target": {"survey_target": (DIRECTORY_BUT_REFERENT, OFFICERS, NOBODY, NOBODY)},
    "commune.survey.link": {"survey_link": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.survey.notice": {"survey_notice": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.survey.action": {
        "survey_action": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, NOBODY)
    },
    "survey.survey": {
        "survey_of_a_campaign": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, OFFICERS),
        "survey_of_the_organisation": (OFFICERS, OFFICERS, OFFICERS, OFFICERS),
    },
    "survey.user_input": {"survey_answer": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, NOBODY)},
    "survey.user_input.line": {
        "survey_answer_line": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)
    },
    "commune.service.family": {"family": ((*DIRECTORY, *PERSONS), MANAGER, MANAGER, NOBODY)},
    "commune.service": {
        "service": ((*DIRECTORY, *PERSONS), (*OFFICERS, "referent"), OFFICERS, NOBODY),
        "service_study": (DIRECTORY, (*OFFICERS, "referent"), OFFICERS, NOBODY),
        "service_pilot_b": (
            (*DIRECTORY, "portal_b", "portal_both"),
            (*OFFICERS, "referent"),
            OFFICERS,
            NOBODY,
        ),
    },
    "commune.service.change": {"service_change": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.service.offer": {
        "offer": ((*DIRECTORY, *PERSONS), OFFICERS, OFFICERS, NOBODY),
        "offer_study": (DIRECTORY, OFFICERS, OFFICERS, NOBODY),
    },
    "commune.service.price": {
        "price": ((*DIRECTORY, *PERSONS), OFFICERS, OFFICERS, NOBODY),
        "price_study": (DIRECTORY, OFFICERS, OFFICERS, NOBODY),
    },
    "commune.service.price.band": {
        "price_band": ((*DIRECTORY, *PERSONS), OFFICERS, OFFICERS, OFFICERS)
    },
    "commune.service.subscription": {
        "subscription_a": ((*DIRECTORY, "portal_a", "portal_both"), OFFICERS, OFFICERS, NOBODY)
    },
    "commune.service.usage": {
        "usage_a": (DIRECTORY, (*OFFICERS, "referent"), (*OFFICERS, "referent"), NOBODY)
    },
    "commune.service.population": {
        "service_population": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, NOBODY)
    },
    "commune.service.unit.cost": {"unit_cost": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.service.unit.cost.charge": {
        "unit_cost_charge": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS)
    },
    "commune.service.unit.cost.notice": {"unit_cost_notice": (DIRECTORY, NOBODY, NOBODY, NOBODY)},
    "commune.service.refusal": {"refusal_a": (DIRECTORY, NOBODY, OFFICERS, NOBODY)},
    "commune.legal.basis": {"legal_basis": (STAFF, MANAGER, MANAGER, NOBODY)},
    "commune.agreement.template": {"agreement_template": (DIRECTORY, MANAGER, MANAGER, NOBODY)},
    "commune.agreement.clause": {"agreement_clause": (DIRECTORY, MANAGER, MANAGER, NOBODY)},
    "commune.agreement.forecast": {"agreement_forecast": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS)},
    "commune.agreement.impact": {"agreement_impact": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS)},
    "agreement": {
        "agreement_a": ((*DIRECTORY, "portal_a", "portal_both"), OFFICERS, OFFICERS, NOBODY),
        "agreement_draft_a": (DIRECTORY, OFFICERS, OFFICERS, NOBODY),
        "agreement_vote_a": ((*DIRECTORY, "portal_a", "portal_both"), OFFICERS, OFFICERS, NOBODY),
    },
    "commune.service.project": {"project": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.service.scenario": {"scenario": (DIRECTORY, OFFICERS, OFFICERS, OFFICERS)},
    "commune.service.need": {"need": (DIRECTORY, OFFICERS, OFFICERS, NOBODY)},
    "commune.letter.delivery": {
        "letter_delivery": (("officer", "manager", "coordinator"), NOBODY, NOBODY, NOBODY),
    },
    "commune.export.log": {"export_log": (MANAGER, NOBODY, NOBODY, NOBODY)},
    # Of the reader, who asked for it; made by the window, written by the job.
    "commune.directory.export": {"directory_paper": (("reader",), NOBODY, NOBODY, NOBODY)},
    "commune.idempotency.key": {"sent_form": (NOBODY, NOBODY, NOBODY, NOBODY)},
    "commune.upload": {"upload": (NOBODY, NOBODY, NOBODY, NOBODY)},
    "commune.my.day.snooze": {"day_snooze": (NOBODY, NOBODY, NOBODY, NOBODY)},
    "commune.replacement.plan": {
        "plan": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, COORDINATORS)
    },
    "commune.replacement.report": {
        "service_report": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, COORDINATORS)
    },
    "commune.replacement.plan.line": {
        "plan_line": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, COORDINATORS)
    },
    "commune.replacement.plan.gap": {
        "plan_gap": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, COORDINATORS)
    },
    "commune.replacement.plan.learning": {
        "plan_learning": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, COORDINATORS)
    },
    "commune.replacement.tariff": {
        "tariff": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, NOBODY)
    },
    "commune.work.rule": {"work_rule": (COORDINATORS, MANAGER, MANAGER, NOBODY)},
    "commune.replacement.timesheet": {
        "timesheet": (MISSION_READERS, COORDINATORS, COORDINATORS, NOBODY)
    },
    "commune.replacement.timesheet.line": {
        "timesheet_line": (MISSION_READERS, COORDINATORS, COORDINATORS, NOBODY)
    },
    "commune.replacement.timesheet.log": {
        "timesheet_log": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)
    },
    "commune.replacement.statement": {
        "statement": (MISSION_READERS, COORDINATORS, COORDINATORS, NOBODY),
        "statement_draft": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, COORDINATORS),
    },
    "commune.replacement.statement.line": {
        "statement_line": (MISSION_READERS, NOBODY, NOBODY, NOBODY)
    },
    # Odoo opens the model to every employee, for leaves of one's own.
    "resource.calendar.leaves": {
        "agent_leave": (COORDINATORS, COORDINATORS, STAFF, COORDINATORS),
        "closure": (STAFF, MANAGER, STAFF, MANAGER),
    },
    "commune.software": {"software": (STAFF, COORDINATORS, COORDINATORS, NOBODY)},
    "commune.exclusion": {"exclusion": (COORDINATORS, COORDINATORS, COORDINATORS, NOBODY)},
    "commune.replacement.request": {
        "replacement_request": (MISSION_READERS, COORDINATORS, COORDINATORS, NOBODY)
    },
    "commune.replacement.need": {
        "replacement_need": (MISSION_READERS, COORDINATORS, COORDINATORS, COORDINATORS)
    },
    "commune.replacement.slot": {"slot": (MISSION_READERS, COORDINATORS, COORDINATORS, NOBODY)},
    "commune.replacement.proposal": {
        "proposal": (DIRECTORY_BUT_REFERENT, COORDINATORS, NOBODY, NOBODY)
    },
    "commune.replacement.mission": {"mission": (MISSION_READERS, COORDINATORS, NOBODY, NOBODY)},
    "commune.replacement.amendment": {"amendment": (MISSION_READERS, COORDINATORS, NOBODY, NOBODY)},
    "commune.replacement.checklist": {
        "checklist": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, COORDINATORS)
    },
    "commune.replacement.evaluation": {"evaluation": (COORDINATORS, NOBODY, NOBODY, NOBODY)},
    "commune.replacement.incident": {
        "incident": (COORDINATORS, COORDINATORS, COORDINATORS, NOBODY)
    },
    "commune.replacement.incident.party": {
        "incident_party": (
            (*COORDINATORS, "portal_a"),
            COORDINATORS,
            COORDINATORS,
            COORDINATORS,
        )
    },
    "commune.replacement.incident.interview": {
        "incident_interview": (
            (*COORDINATORS, "portal_a"),
            COORDINATORS,
            COORDINATORS,
            COORDINATORS,
        )
    },
    "commune.replacement.incident.measure": {
        "incident_measure": (COORDINATORS, COORDINATORS, COORDINATORS, NOBODY)
    },
    "commune.contact": {
        "contact_of_the_officer": (
            DIRECTORY_BUT_REFERENT,
            OFFICERS,
            (*OFFICERS, "referent", "coordinator"),
            NOBODY,
        ),
        "contact_of_the_referent": (
            DIRECTORY,
            (*OFFICERS, "referent"),
            (*OFFICERS, "referent", "coordinator"),
            NOBODY,
        ),
    },
    "commune.commitment": {
        "commitment_of_the_officer": (
            DIRECTORY_BUT_REFERENT,
            OFFICERS,
            (*OFFICERS, "referent", "coordinator"),
            NOBODY,
        ),
        "commitment_of_the_referent": (
            DIRECTORY,
            (*OFFICERS, "referent"),
            (*OFFICERS, "referent", "coordinator"),
            NOBODY,
        ),
        "commitment_published_a": (
            (*DIRECTORY_BUT_REFERENT, "portal_a", "portal_both"),
            OFFICERS,
            (*OFFICERS, "referent", "coordinator"),
            NOBODY,
        ),
    },
    "commune.silence": {"silence_a": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.topic.trend": {"topic_rise": (DIRECTORY_BUT_REFERENT, NOBODY, NOBODY, NOBODY)},
    "commune.activity.report": {
        "activity_report": (DIRECTORY_BUT_REFERENT, OFFICERS, OFFICERS, OFFICERS)
    },
    "commune.visit.tour": {
        "visit_tour": (DIRECTORY_BUT_REFERENT, OFFICERS, (*OFFICERS, "coordinator"), NOBODY),
    },
    "commune.visit.stop": {
        "visit_stop": (DIRECTORY_BUT_REFERENT, OFFICERS, (*OFFICERS, "coordinator"), OFFICERS),
    },
    "commune.replacement.alert": {"alert": (COORDINATORS, COORDINATORS, NOBODY, NOBODY)},
    "commune.replacement.alert.fact": {"alert_fact": (COORDINATORS, NOBODY, NOBODY, NOBODY)},
    "commune.replacement.incident.event": {
        "incident_event": (COORDINATORS, NOBODY, COORDINATORS, NOBODY)
    },
    "commune.replacement.incident.access": {"incident_access": (MANAGER, NOBODY, NOBODY, NOBODY)},
    "commune.replacement.level": {"skill_level": (COORDINATORS, COORDINATORS, NOBODY, NOBODY)},
    "commune.replacement.access": {
        "access": (DIRECTORY_BUT_REFERENT, COORDINATORS, COORDINATORS, COORDINATORS)
    },
}
# Wizards and reports: transient or abstract; who may create one.
TRANSIENT = {
    "commune.review.search": OFFICERS,
    "commune.review.search.line": OFFICERS,
    "commune.watch.session": OFFICERS,
    "commune.election.review.request": DIRECTORY,
    "commune.sender": MANAGER,
    "commune.replacement.candidates": COORDINATORS,
    "commune.replacement.candidate": COORDINATORS,
    "commune.replacement.mission.change": COORDINATORS,
    "commune.replacement.pair": COORDINATORS,
    "commune.replacement.pair.line": COORDINATORS,
    "commune.replacement.settings": MANAGER,
    "commune.pillars": MANAGER,
    "commune.teams": MANAGER,
    "commune.staff.account": MANAGER,
    "commune.settings": MANAGER,
    "commune.onboarding": MANAGER,
    "commune.onboarding.line": MANAGER,
    "commune.organisation.identity": MANAGER,
    "commune.organisation.branding": MANAGER,
    "commune.replacement.absence": COORDINATORS,
    "commune.replacement.absence.line": COORDINATORS,
    "commune.replacement.statement.prepare": COORDINATORS,
    "commune.replacement.today": DIRECTORY_BUT_REFERENT,
    "commune.replacement.indicators": DIRECTORY_BUT_REFERENT,
    "commune.replacement.continuity": DIRECTORY_BUT_REFERENT,
    "commune.replacement.demand": DIRECTORY_BUT_REFERENT,
    "commune.replacement.demand.line": DIRECTORY_BUT_REFERENT,
    "commune.replacement.indicator": DIRECTORY_BUT_REFERENT,
    "commune.replacement.year.print": DIRECTORY_BUT_REFERENT,
    "commune.replacement.import": COORDINATORS,
    "commune.replacement.import.line": COORDINATORS,
    "commune.setup": MANAGER,
    "commune.setup.line": MANAGER,
    "commune.import.upload": OFFICERS,
    "commune.directory.print": DIRECTORY,
    "commune.print.run": DIRECTORY,
    "commune.label.print": DIRECTORY,
    "commune.booklet.print": DIRECTORY,
    "commune.orientation.search": DIRECTORY,
    "commune.request.quick": (*OFFICERS, "referent"),
    "commune.request.transfer.wizard": (*OFFICERS, "referent"),
    "commune.request.attach.sender": (*OFFICERS, "referent"),
    "commune.request.ask": (*OFFICERS, "referent"),
    "commune.request.reroute": (*OFFICERS, "referent"),
    "commune.request.send.back": DIRECTORY,
    "commune.request.attach": (*OFFICERS, "referent"),
    "commune.request.publish": (*OFFICERS, "referent"),
    "commune.request.contribution.ask": (*OFFICERS, "referent"),
    "commune.request.contribution.ask.line": (*OFFICERS, "referent"),
    "commune.event.register": OFFICERS,
    "commune.agreement.sign": DIRECTORY,
    "commune.service.year.print": DIRECTORY,
    "commune.survey.phone": OFFICERS,
    "commune.survey.publish": OFFICERS,
    "commune.training.table": DIRECTORY_BUT_REFERENT,
    "commune.training.table.line": DIRECTORY_BUT_REFERENT,
    "commune.portal.invite": OFFICERS,
    "commune.mandate.end": OFFICERS,
    "commune.mailing.new": OFFICERS,
    "commune.session.move": OFFICERS,
    "commune.decision.progress": (*OFFICERS, "referent"),
    "commune.committee.calendar": OFFICERS,
    "commune.committee.calendar.line": OFFICERS,
}
PRIVATE_ADDRESSES = (
    "/event-invitation/%s",
    "/session/%s",
    "/session-agenda/%s",
    "/commune-survey/%s",
    "/directory-campaign/%s",
    "/replacement-proposal/%s",
    "/replacement-evaluation/%s",
    "/replacement-calendar/%s.ics",
    "/my/calendar/%s.ics",
)
ABSTRACT = {
    "commune.reversible.settings",
    "commune.dedicated.form.mixin",
    "report.commune_relations.visit_tour",
    "report.commune_relations.activity_report",
    "report.commune_relations.activity_report_xlsx",
    "commune.reading",
    "commune.findable",
    "commune.map",
    "commune.my.day",
    "commune.finder",
    "commune.place.wording",
    "commune.portal.account",
    "commune.portal.colleague",
    "commune.portal.home",
    "commune.portal.page",
    "commune.pillar.view",
    "commune.election.review.mixin",
    "commune.staff.thread",
    "commune.append.only",
    "commune.collation",
    "commune.commitment.source.mixin",
    "commune.readonly.fields.mixin",
    "commune.organisation.settings.mixin",
    "commune.upcoming.first.mixin",
    "commune.week.grid",
    "commune.mission.document",
    "commune.mission.sheet",
    "report.commune_relations.mission_order",
    "report.commune_relations.mission_amendment",
    "report.commune_relations.mission_entry",
    "report.commune_relations.mission_exit",
    "commune.replacement.figures",
    "commune.replacement.year",
    "report.commune_relations.replacement_statement",
    "report.commune_relations.replacement_statement_xlsx",
    "report.commune_relations.replacement_quote",
    "report.commune_relations.replacement_indicators",
    "report.commune_relations.replacement_report",
    "report.commune_relations.replacement_report_xlsx",
    "report.commune_relations.replacement_year",
    "report.commune_relations.replacement_year_xlsx",
    "commune.request.answer",
    "commune.request.clock",
    "commune.request.digest",
    "commune.request.duplicate",
    "commune.request.mail",
    "commune.request.portal",
    "commune.request.reminder",
    "commune.request.action.mixin",
    "commune.session.document",
    "commune.session.file",
    "commune.session.meeting",
    "commune.session.minutes",
    "report.commune_relations.session_notice",
    "report.commune_relations.session_file",
    "report.commune_relations.notice_proof_xlsx",
    "report.commune_relations.session_sheet",
    "report.commune_relations.session_minutes",
    "report.commune_relations.session_decisions",
    "report.commune_relations.attendance_xlsx",
    "report.commune_relations.dispatch_xlsx",
    "commune.demo",
    "commune.directory",
    "commune.handover.mixin",
    "commune.print.mixin",
    "commune.proof",
    "commune.background.task.mixin",
    "commune.signing.delay.mixin",
    "commune.letter",
    "commune.letter.document.mixin",
    "commune.private.link",
    "report.commune_relations.attendance_sheet",
    "report.commune_relations.certificate",
    "report.commune_relations.training_table_xlsx",
    "report.commune_relations.survey_results",
    "report.commune_relations.survey_answers_xlsx",
    "commune.card",
    "report.commune_relations.commune_card",
    "report.commune_relations.commune_sheet",
    "report.commune_relations.directory_document",
    "report.commune_relations.directory_xlsx",
    "report.commune_relations.label_document",
    "commune.search",
    "commune.replacement.board",
    "commune.replacement.csv.import",
    "commune.replacement.quote",
    "report.commune_relations.planning_board",
    "commune.service.matrix",
    "commune.service.suggestion",
    "commune.service.year",
    "commune.sender.recognition",
    "commune.service.price.mixin",
    "commune.agreement.acts",
    "commune.agreement.document",
    "commune.agreement.pack",
    "commune.agreement.part",
    "commune.agreement.signatory",
    "report.commune_relations.agreement_document",
    "report.commune_relations.agreement_paper",
    "report.commune_relations.agreement_commune_vote",
    "report.commune_relations.agreement_epci_vote",
    "report.commune_relations.agreement_impact",
    "report.commune_relations.service_year",
    "report.commune_relations.service_unit_cost",
    "report.commune_relations.booklet_document",
    "report.commune_relations.brochure_document",
    "report.commune_relations.guide_template",
    "report.commune_relations.service_matrix_xlsx",
    "report.commune_relations.service_simulation_xlsx",
    "commune.silence",
    "commune.steering",
}


class AccessRecords(CommuneCase):
    """A record of each kind, about commune A unless its name states otherwise."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = cls._get_records()

    @classmethod
    def _get_records(cls):
        imported = cls.env["commune.import"].create({"name": "maires.csv"})
        replacement = get_replacement_records(cls)
        poll = cls.env["commune.election"].create(
            {
                "name": "Municipales",
                "kind": "municipal",
                "first_round": "2050-03-13",
                "source": "Code électoral, article L. 52-1",
            }
        )
        return {
            "poll": poll,
            "election_review": cls.env["commune.election.review"].create(
                {
                    "name": "Lettre",
                    "res_model": "res.company",
                    "res_id": cls.env.company.id,
                    "election_id": poll.id,
                    "state": "asked",
                    "user_id": cls.officer.id,
                    "reader_id": cls.manager.id,
                }
            ),
            **get_request_records(cls),
            **get_service_records(cls),
            **get_event_records(cls),
            **get_answer_records(cls),
            **get_network_records(cls),
            **get_committee_records(cls),
            **get_survey_records(cls),
            **get_watch_records(cls),
            **replacement,
            **get_hours_records(cls, replacement),
            **get_guide_records(cls),
            **get_impact_records(cls),
            **get_path_records(cls),
            **get_ledger_records(cls),
            "commune_a": cls.commune_a,
            "commune_b": cls.commune_b,
            "epci": cls.epci,
            "company": cls.env.company,
            "person_a": cls.portal_a.partner_id,
            "function": cls.functions["mayor"],
            "sector": cls.env["commune.sector"].create({"name": "Nord (essai)"}),
            "council_term": cls.commune_b.council_term_ids,
            "police_power": cls.env.ref("commune_relations.police_power_road"),
            "police_decision": cls.env["commune.police.decision"].create(
                {
                    "power_id": cls.env.ref("commune_relations.police_power_road").id,
                    "place_id": cls.epci.id,
                }
            ),
            "mandate_a": cls.mandate_a,
            "mandate_b": cls.mandate_b,
            "mandate_ended": cls.mandate_ended,
            "import": imported,
            "import_line": cls.env["commune.import.line"].create(
                {"import_id": imported.id, "change": "new", "place_id": cls.commune_a.id}
            ),
            "known_email": cls.env["commune.known.email"].create(
                {"partner_id": cls.commune_a.id, "value": "accueil@aubrive.example"}
            ),
            "export_log": cls.env["commune.export.log"]._log("Annuaire", "", 3),
            "directory_paper": cls.env["commune.directory.export"].create(
                {
                    "name": "Annuaire",
                    "asked": {"kind": "both"},
                    "state": "ready",
                    "user_id": cls.reader.id,
                    "company_id": cls.env.company.id,
                }
            ),
            "sent_form": cls.env["commune.idempotency.key"]
            ._take("a" * 32, "/my", [])[0]
            .sudo(False),
            "upload": cls.env["commune.upload"]._insert("a" * 64),
            "day_snooze": cls.env["commune.my.day.snooze"].create(
                {
                    "user_id": cls.officer.id,
                    "source": "request_new",
                    "res_id": 1,
                    "until": cls.today + timedelta(days=1),
                }
            ),
            "reference_epci": cls.env["commune.reference.epci"].search([], limit=1),
        }


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessRecords):
    def test_every_model_of_the_addon_is_in_the_table(self):
        managed = {
            name
            for name in self.env.registry
            if self.env[name]._original_module == "commune_relations"
        }
        known = set(MATRIX) | set(TRANSIENT) | ABSTRACT
        self.assertEqual(sorted(managed - known), [])

    def test_each_person_has_exactly_the_rights_of_the_table(self):
        for model, lines in MATRIX.items():
            for name, rights in lines.items():
                record = self.records[name]
                self.assertEqual(record._name, model)
                for operation, allowed in zip(
                    ("read", "write", "create", "unlink"), rights, strict=True
                ):
                    for who in EVERYONE:
                        with self.subTest(model=model, record=name, operation=operation, who=who):
                            self._check(record, operation, who, who in allowed)

    def _check(self, record, operation, who, expected):
        record = record.with_user(getattr(self, who))
        if operation == "create":
            record = record.browse()
        if operation == "unlink" and not expected and record.has_access(operation):
            # Contacts may be deleted in Odoo; those with a history here may not.
            with self.assertRaises(UserError), self.env.cr.savepoint():
                record.unlink()
            return
        self.assertEqual(record.has_access(operation), expected)
        if operation == "read" and not expected:
            record.invalidate_recordset()
            with self.assertRaises(AccessError):
                record.read(["display_name"])
            if record.browse().has_access("read"):
                self.assertFalse(record.search([("id", "=", record.id)]))

    def test_wizards_are_open_to_those_who_need_them(self):
        for model, allowed in TRANSIENT.items():
            for who in EVERYONE:
                with self.subTest(model=model, who=who):
                    access = self.env[model].with_user(getattr(self, who)).has_access("create")
                    self.assertEqual(access, who in allowed)

    def test_ending_a_mandate_ends_the_access_the_same_day(self):
        commune = self.commune_a.with_user(self.portal_a)
        self.assertTrue(commune.has_access("read"))
        # The rule's domain is now in Odoo's cache for this user.
        self.mandate_a.date_end = self.today - timedelta(days=366)
        commune.invalidate_recordset()
        self.assertFalse(commune.has_access("read"))

    def test_a_parent_company_opens_nothing(self):
        """A person filed under a commune in Contacts does not see it, nor its persons."""
        self.portal_ended.partner_id.parent_id = self.commune_a
        colleague = self.env["res.partner"].create(
            {"name": "Collègue", "parent_id": self.commune_a.id}
        )
        for partner in (self.commune_a, colleague, self.portal_a.partner_id):
            with self.subTest(partner=partner.name):
                self.assertFalse(partner.with_user(self.portal_ended).has_access("read"))

    def test_internal_notes_are_hidden_from_the_commune(self):
        self.commune_a.comment = "<p>Note interne</p>"
        message = self.commune_a.message_post(
            body="Échange entre agents", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        self.assertFalse(message.with_user(self.portal_a).has_access("read"))
        self.assertTrue(message.with_user(self.reader).has_access("read"))
        commune = self.commune_a.with_user(self.portal_a)
        with self.assertRaises(AccessError):
            commune.read(["comment"])
        with self.assertRaises(AccessError):
            commune.read(["activity_ids"])


@tagged("post_install", "-at_install")
class TestPortalRoutes(CommuneCase, HttpCase):
    """Every portal route, tried with the other commune's record."""

    def test_a_person_of_another_commune_gets_404_and_changes_nothing(self):
        for login in ("test_mayor_b", "test_former_a"):
            self.authenticate(login, login)
            page = self.url_open(f"/my/communes/{self.commune_a.id}")
            self.assertEqual(page.status_code, 404)
            answer = self._post(f"/my/communes/{self.commune_a.id}/confirm")
            self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.commune_a.contact_confirmed_date)

    def test_a_councillor_reads_but_does_not_confirm(self):
        self.authenticate("test_councillor_a", "test_councillor_a")
        self.assertEqual(self.url_open(f"/my/communes/{self.commune_a.id}").status_code, 200)
        answer = self._post(f"/my/communes/{self.commune_a.id}/confirm")
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.commune_a.contact_confirmed_date)

    def test_the_mayor_confirms_once_by_post_never_by_a_link(self):
        self.authenticate("test_mayor_a", "test_mayor_a")
        link = self.url_open(f"/my/communes/{self.commune_a.id}/confirm")
        self.assertIn(link.status_code, (404, 405))
        self.assertFalse(self.commune_a.contact_confirmed_date)
        for _click in range(2):
            self._post(f"/my/communes/{self.commune_a.id}/confirm")
        self.assertEqual(self.commune_a.contact_confirmed_date, self.today)
        self.assertEqual(self.commune_a.contact_confirmed_by_id, self.portal_a.partner_id)

    def test_a_secretary_of_two_communes_chooses(self):
        self.authenticate("test_secretary_ab", "test_secretary_ab")
        page = self.url_open("/my/communes")
        self.assertIn("Aubrive", page.text)
        self.assertIn("Bellefontaine", page.text)

    def test_the_directory_campaign_and_the_certificates_are_those_of_the_commune(self):
        campaign = self.env["commune.directory.campaign"].create(
            {"name": "Annuaire (essai)", "date_end": self.today, "commune_ids": self.commune_a.ids}
        )
        campaign.action_open()
        registration = get_event_records(self)["registration"]
        certificate = f"/my/events/{registration.event_id.id}/certificate/{registration.id}"
        for login in ("test_mayor_b", "test_former_a", "test_councillor_a"):
            self.authenticate(login, login)
            for path in ("/my/directory-campaign", certificate):
                with self.subTest(login=login, path=path):
                    self.assertEqual(self.url_open(path).status_code, 404)
            self._post("/my/directory-campaign/answer")
        self.assertFalse(campaign.answered_count)
        self.authenticate(None, None)
        for path in ("/my/directory-campaign", certificate):
            self.assertIn("/web/login", self.url_open(path).url)

    def test_suggestions_are_refused_by_those_who_act_for_the_commune_alone(self):
        record = get_service_records(self)["refusal_a"]
        service, refusals = record.service_id, self.env["commune.service.refusal"]
        paths = ("/my/services/suggestions", f"/my/services/{service.id}/suggestion")
        for refused, login in product("10", ("test_mayor_b", "test_former_a", "test_councillor_a")):
            self.authenticate(login, login)
            for path in paths:
                with self.subTest(login=login, path=path, refused=refused):
                    values = {"commune_id": self.commune_a.id, "refused": refused}
                    self.assertEqual(self._post(path, **values).status_code, 404)
        self.authenticate(None, None)
        for path in paths:
            self.assertIn("/web/login", self._post(path, refused="1").url)
        self.assertEqual(refusals.search([]), record)
        self.assertFalse(record.end_date)
        self.authenticate("test_mayor_a", "test_mayor_a")
        self._post(paths[1], commune_id=self.commune_a.id, refused="0")
        self.assertEqual(record.end_partner_id, self.portal_a.partner_id)

    def test_what_is_no_secret_of_the_addon_opens_no_private_address(self):
        """Anything that a scanner types: an error page, never a fault of the server."""
        self.authenticate(None, None)
        for path in PRIVATE_ADDRESSES:
            for token in (
                "x",
                "a" * 32,
                "a" * 3000,
                "%C3%A9" * 40,
                "%00" + "a" * 40,
                "%27%3B--" * 9,
            ):
                with self.subTest(path=path, token=token[:20]):
                    self.assertEqual(self.url_open(path % token).status_code, 404)

    def test_no_form_breaks_on_a_character_that_a_text_never_holds(self):
        """PostgreSQL takes no null character: it is stripped, or reported as invalid."""
        self.env["commune.topic"].search([("parent_id", "!=", False)], limit=1).name = "Sel"
        topic = self.env["commune.topic"].search([("name", "=", "Sel")], limit=1)
        person, post = self.portal_a.partner_id, self.functions["town_hall_secretary"]
        week = {"date_start": "2027-01-04", "date_end": "2027-01-08", "mon_am": "1"}
        forms = {
            "/my/exchanges/post": {"kind": "offer", "nature": "equipment", "topic_id": topic.id},
            "/my/colleagues/add": {"email": "zoe@aubrive.example", "function_id": post.id},
            "/my/replacements/new": {"reason": "workload", "software": "²", **week},
            "/my/address/submit": {"partner_id": person.id, "country_id": "75"},
            "/my/requests/new": {},
        }
        texts = ("name", "description", "firstname", "lastname", "email", "post", "tasks", "street")
        texts += ("phone", "city", "question", "place", "workplace")
        self.authenticate("test_mayor_a", "test_mayor_a")
        for path, form in forms.items():
            with self.subTest(path=path):
                values = {**dict.fromkeys(texts, "Sel\x00"), "commune_id": self.commune_a.id}
                answer = self._post(path, **{**values, **form})
                self.assertIn(answer.status_code, (200, 422))
        self.assertEqual(
            self.env["commune.exchange"].search([("name", "ilike", "Sel")]).name, "Sel"
        )

    def test_visitors_are_sent_to_the_login_page(self):
        page = self.url_open(f"/my/communes/{self.commune_a.id}")
        self.assertIn("/web/login", page.url)

    def _post(self, path, **values):
        token = http.Request.csrf_token(self)
        return self.url_open(path, data={"csrf_token": token, **values}, allow_redirects=True)
