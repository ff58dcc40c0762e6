"""Composition of the LARGE database: rows of the demonstration to copy, and how often.

A family is copied `times` over five years, and `width` times for as many territories at once; its
`wide` tables have a row for each territory (a letter has many traces), the others one row a time.
"""

from dataclasses import dataclass, field

YEARS = 5
TERRITORIES = 18  # of 46 communes each: 828


@dataclass(frozen=True)
class Family:
    """:param tables: in an order where what is named mostly comes before what names it"""

    times: int
    width: int
    tables: tuple = ()
    wide: tuple = field(default=())

    @property
    def total(self):
        """How many copies there are of a wide table, the first one included."""
        return self.times * self.width

    def step(self):
        """Days between two times; whole weeks, so that a Monday stays one."""
        return YEARS * 365 // self.times // 7 * 7 if self.times > 1 else 0


TERRITORY = Family(
    1,
    TERRITORIES,
    wide=(
        "res_partner",
        "commune_mandate",
        "commune_council_term",
        "commune_service_population",
        "commune_audience_place_rel",
        "commune_topic_referent_commune_rel",
        "commune_known_email",
        "commune_contact_preference",
        "mailing_contact",
        "mailing_subscription",
        "commune_path_progress",
        "commune_path_progress_line",
        "commune_guide_view",
        "commune_watch_view",
    ),
)
AGENTS = Family(
    5,
    1,
    (
        "resource_resource",
        "hr_employee",
        "hr_version",
        "hr_employee_skill",
        "hr_employee_hr_skill_rel",
        "commune_software_employee_rel",
    ),
)
REQUESTS = Family(
    35,
    1,
    (
        "helpdesk_ticket",
        "helpdesk_ticket_sla",
        "commune_request_transfer",
        "commune_request_pause",
        "commune_contact",
        "commune_contact_user_rel",
        "commune_contact_person_rel",
        "commune_commitment",
        "commune_exchange",
    ),
)
MEMBERS = Family(1, 6, wide=("commune_committee_member",))
SESSIONS = Family(
    8,
    6,
    (
        "commune_session",
        "commune_session_item",
        "commune_decision",
        "commune_dispatch",
    ),
    (
        "commune_attendance",
        "commune_attendance_presence",
        "commune_attendance_answer",
        "commune_dispatch_line",
        "commune_decision_commune_rel",
    ),
)
EVENTS = Family(
    6,
    10,
    (
        "event_event",
        "commune_event_half_day",
        "commune_topic_event_event_rel",
        "commune_audience_event_event_rel",
    ),
    ("commune_event_invitation", "event_registration", "commune_event_attendance"),
)
LETTERS = Family(
    7,
    TERRITORIES,
    (
        "mailing_mailing",
        "commune_audience_mailing_mailing_rel",
        "commune_mailing_watch_item_rel",
        "commune_directory_campaign",
    ),
    (
        "mailing_trace",
        "commune_mailing_recipient",
        "commune_directory_campaign_res_partner_rel",
        "commune_directory_recipient",
    ),
)
SURVEYS = Family(
    2,
    TERRITORIES,
    ("commune_survey_campaign", "commune_survey_action"),
    (
        "commune_survey_campaign_place_rel",
        "commune_survey_target",
        "commune_survey_link",
        "survey_user_input",
        "survey_user_input_line",
        "survey_question_survey_user_input_rel",
    ),
)
SERVICES = Family(
    1,
    TERRITORIES,
    wide=(
        "agreement",
        "agreement_offer_rel",
        "commune_agreement_forecast",
        "commune_service_subscription",
        "commune_service_change",
        "commune_service_usage",
        "commune_service_unit_cost_notice",
        "commune_service_refusal",
        "commune_service_project_interested_rel",
    ),
)
REPLACEMENT = Family(
    94,
    1,
    (
        "commune_replacement_request",
        "commune_replacement_need",
        "commune_replacement_request_commune_software_rel",
        "commune_replacement_mission",
        "commune_replacement_proposal",
        "commune_replacement_slot",
        "commune_replacement_proposal_slot_rel",
        "commune_replacement_amendment",
        "commune_replacement_checklist",
        "commune_replacement_timesheet",
        "commune_replacement_timesheet_line",
        "commune_replacement_timesheet_log",
        "commune_replacement_statement",
        "commune_replacement_statement_line",
        "commune_replacement_evaluation",
        "commune_replacement_incident",
        "commune_replacement_incident_party",
        "commune_replacement_incident_event",
        "commune_service_need",
    ),
)
WATCH = Family(
    20,
    1,
    (
        "commune_watch_item",
        "commune_watch_item_source_rel",
        "commune_topic_commune_watch_item_rel",
        "commune_review",
    ),
)
FAMILIES = (
    TERRITORY,
    AGENTS,
    REQUESTS,
    MEMBERS,
    WATCH,
    SESSIONS,
    EVENTS,
    LETTERS,
    SURVEYS,
    SERVICES,
    REPLACEMENT,
)
# Of these tables only some rows are copied: {table: SQL that finds their numbers}
PARTLY = {
    "res_partner": """
        SELECT id FROM res_partner WHERE is_commune
         UNION
        SELECT m.partner_id FROM commune_mandate m
          JOIN res_partner p ON p.id = m.commune_id AND p.is_commune
        """,
    "commune_mandate": """
        SELECT m.id FROM commune_mandate m
          JOIN res_partner p ON p.id = m.commune_id AND p.is_commune
        """,
    "hr_employee": "SELECT id FROM hr_employee WHERE is_replacement_agent",
    "hr_version": """
        SELECT v.id FROM hr_version v JOIN hr_employee e ON e.id = v.employee_id
         WHERE e.is_replacement_agent
        """,
    "resource_resource": "SELECT resource_id FROM hr_employee WHERE is_replacement_agent",
}
# Invented, all of them.
ENDINGS = """le-Haut le-Bas les-Prés la-Forêt le-Château les-Bains la-Rivière les-Vignes la-Chapelle
le-Pont les-Étangs la-Grange le-Moulin les-Roches la-Fontaine le-Marché les-Tilleuls""".split()
SURNAMES = """Aubertin Bellanger Carlier Deschamps Estève Fabre Garnier Hubert Imbert Jacquin Klein
Lambert Maillard Nicolas Ory Perrin Quentin""".split()
ENDING = "'-' || (%(endings)s::text[])[c.n]"
SURNAME = "'-' || (%(surnames)s::text[])[c.n]"
NAME = f"CASE WHEN t.is_commune THEN {ENDING} ELSE {SURNAME} END"
YEARS_BACK = "t.{} - mod(c.n, 5) * interval '1 year'"
# {table.column: its value in copy c.n of row t}
TEXTS = {
    "res_partner.name": f"t.name || {NAME}",
    "res_partner.complete_name": f"t.complete_name || {NAME}",
    "res_partner.lastname": f"t.lastname || {SURNAME}",
    "res_partner.email": "'t' || c.n || '.' || t.email",
    "res_partner.email_normalized": "'t' || c.n || '.' || t.email_normalized",
    # No department has the number 96.
    "res_partner.insee_code": """
        '96' || lpad(((SELECT count(*) FROM res_partner o
        WHERE o.is_commune AND o.id < t.id) + 46 * (c.n - 1))::text, 3, '0')
        """,
    "res_partner.siren": "t.siren",
    "mailing_contact.email": "'t' || c.n || '.' || t.email",
    "mailing_contact.email_normalized": "'t' || c.n || '.' || t.email_normalized",
    "mailing_trace.email": "'t' || c.n || '.' || t.email",
    "hr_employee.name": f"t.name || {SURNAME}",
    "resource_resource.name": f"t.name || {SURNAME}",
    "hr_employee.agent_code": "t.agent_code || '-' || c.n",
    "helpdesk_ticket.number": "t.number || '-' || c.n",
    "commune_replacement_request.name": "t.name || '-' || c.n",
    "commune_replacement_request.code": "t.code || '-' || c.n",
    # A statement is of one year.
    "commune_replacement_statement.date_start": YEARS_BACK.format("date_start"),
    "commune_replacement_statement.date_end": YEARS_BACK.format("date_end"),
    "agreement.code": "t.code || '-' || c.n",
}
