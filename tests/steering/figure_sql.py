"""Each figure of the management in SQL, independent of the addon: days follow the
organisation, whatever the moment is in UTC; a promise is kept when the day of the answer is not
past it.

Parameters: `start`, `end`, `today` (days), `zone`, `epci` (id), `sector` (id or 0), `band`."""


def day(moment):
    return f"({moment} AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date"


def within(moment):
    return f"{day(moment)} BETWEEN %(start)s AND %(end)s"


def days(column):
    return f"{column} BETWEEN %(start)s AND %(end)s"


def of_scope(column):
    return f"""(%(sector)s = 0 AND %(band)s = '' OR {column} IN (
        SELECT id FROM res_partner
         WHERE (%(sector)s = 0 OR sector_id = %(sector)s)
           AND (%(band)s = '' OR population_band = %(band)s)))"""


OPEN = "('received', 'in_progress', 'waiting', 'to_validate')"
TICKET = "FROM helpdesk_ticket ticket WHERE ticket.active AND " + of_scope("ticket.commune_id")
RECEIVED = f"{TICKET} AND stage_kind != 'cancelled' AND {within('ticket.create_date')}"
ANSWERED = (
    f"{TICKET} AND stage_kind IN ('answered', 'closed', 'rerouted') AND {within('answered_date')}"
)
MEMBERS = f"""FROM res_partner member
    WHERE member.active AND epci_id = %(epci)s AND is_commune
      AND (membership_date_end IS NULL OR membership_date_end >= %(today)s)
      AND {of_scope("member.id")}"""
EVENT = f"""FROM event_event event WHERE active AND kind IS NOT NULL AND kanban_state != 'cancel'
    AND {within("date_begin")}"""
PLACES = f"""FROM event_registration place JOIN event_event event ON event.id = place.event_id
    WHERE place.active AND event.kind IS NOT NULL AND event.kanban_state != 'cancel'
      AND place.commune_id IS NOT NULL AND place.state IN ('open', 'done')
      AND place.is_waiting IS NOT TRUE AND {within("event.date_begin")}
      AND {of_scope("place.commune_id")}"""
RUNNING = f"""FROM commune_service_subscription WHERE active AND date_start <= %(end)s
    AND (date_end IS NULL OR date_end >= %(end)s) AND {of_scope("commune_id")}"""
AGREEMENT = f"""FROM agreement WHERE active AND commune_id IS NOT NULL AND parent_id IS NULL
    AND {of_scope("commune_id")}"""
REPLACEMENT = f"""FROM commune_replacement_request WHERE state NOT IN ('draft', 'cancelled')
    AND {within("received_date")} AND {of_scope("commune_id")}"""
SLOTS = f"""FROM commune_replacement_slot slot
    JOIN commune_replacement_request request ON request.id = slot.request_id
    WHERE request.state NOT IN ('draft', 'cancelled') AND {days("slot.date")}
      AND {of_scope("slot.commune_id")}"""
LOST = f"""SELECT COUNT(DISTINCT (slot.request_id, slot.date, slot.half_day)) {SLOTS}
    AND slot.state = 'cancelled' AND slot.cancelled_by IN ('agent', 'service')
    AND EXISTS (SELECT FROM commune_replacement_mission mission
                 WHERE mission.id = slot.mission_id AND mission.ended_by IN ('agent', 'service'))
    AND NOT EXISTS (SELECT FROM commune_replacement_slot again
                     WHERE again.request_id = slot.request_id AND again.date = slot.date
                       AND again.half_day = slot.half_day AND again.state != 'cancelled')"""
ASKED = f"""FROM commune_survey_target target
    JOIN commune_survey_campaign campaign ON campaign.id = target.campaign_id
    WHERE campaign.state != 'draft' AND {days("campaign.date_open")}
      AND {of_scope("target.commune_id")}"""
DONE = f"""FROM commune_decision WHERE state = 'done' AND deadline IS NOT NULL
    AND {days("done_date")}"""
CALLED = f"""FROM commune_attendance seat
    JOIN commune_session session ON session.id = seat.session_id
    WHERE session.active AND session.state IN ('held', 'minutes_sent', 'approved')
      AND {days("session.date")} AND {of_scope("seat.commune_id")}"""
LETTER = f"""FROM commune_mailing_recipient letter
    LEFT JOIN LATERAL (SELECT trace_status, links_click_datetime FROM mailing_trace
                        WHERE mass_mailing_id = letter.mailing_id AND model = 'res.partner'
                          AND res_id = letter.carrier_id ORDER BY id DESC LIMIT 1) trace ON TRUE
    WHERE {within("letter.create_date")} AND {of_scope("letter.commune_id")}"""
OPENED = """(outcome IN ('sent', 'duplicate')
    AND (links_click_datetime IS NOT NULL OR trace_status IN ('open', 'reply')))"""
ARRIVED = f"""({OPENED} OR outcome = 'digest' AND digest_date IS NOT NULL
    OR outcome IN ('sent', 'duplicate') AND trace_status IN ('sent', 'pending'))"""

CONTACT = f"""FROM commune_contact WHERE active AND {within("date")}
    AND {of_scope("commune_id")}"""
PROMISE = f"FROM commune_commitment WHERE active AND {of_scope('commune_id')}"


def count(rows):
    return f"SELECT COUNT(*) {rows}"


def member_in(rows, column="commune_id"):
    return f"SELECT COUNT(*) {MEMBERS} AND member.id IN (SELECT {column} {rows})"


# code: (number or part, whole of a share or None)
FIGURES = {
    "requests_received": (count(RECEIVED), None),
    "requests_open": (count(f"{TICKET} AND stage_kind IN {OPEN}"), None),
    "requests_overdue": (
        count(
            f"{TICKET} AND stage_kind IN {OPEN} AND stage_kind != 'waiting'"
            " AND promised_date < %(today)s"
        ),
        None,
    ),
    "requests_answered": (count(ANSWERED), None),
    "requests_in_time": (
        count(f"{ANSWERED} AND {day('answered_date')} <= promised_date"),
        count(f"{ANSWERED} AND promised_date IS NOT NULL"),
    ),
    "requests_transfers": (
        f"""SELECT COUNT(*) FROM commune_request_transfer passage
              JOIN helpdesk_ticket ticket ON ticket.id = passage.ticket_id
             WHERE {within("passage.date")} AND {of_scope("ticket.commune_id")}""",
        None,
    ),
    "requests_reopened": (count(f"{TICKET} AND {within('reopened_date')}"), None),
    "communes_asking": (member_in(RECEIVED), count(MEMBERS)),
    "contacts_made": (count(CONTACT), None),
    "communes_met": (member_in(CONTACT), count(MEMBERS)),
    "promises_kept": (
        count(f"{PROMISE} AND state = 'kept' AND {days('kept_date')}"),
        None,
    ),
    "promises_late": (count(f"{PROMISE} AND state = 'open' AND due_date < %(today)s"), None),
    "sessions_next": (
        """SELECT COUNT(*) FROM commune_session WHERE active AND date >= %(today)s
              AND state IN ('draft', 'agenda', 'convened')""",
        None,
    ),
    "sessions_held": (
        f"""SELECT COUNT(*) FROM commune_session WHERE active AND {days("date")}
              AND state IN ('held', 'minutes_sent', 'approved')""",
        None,
    ),
    "sessions_attendance": (
        count(f"""{CALLED} AND EXISTS (SELECT FROM commune_attendance_presence presence
                                        WHERE presence.attendance_id = seat.id)"""),
        count(CALLED),
    ),
    "decisions_made": (
        f"""SELECT COUNT(*) FROM commune_decision decision
              JOIN commune_session session ON session.id = decision.session_id
             WHERE {days("session.date")}""",
        None,
    ),
    "decisions_late": (
        """SELECT COUNT(*) FROM commune_decision
            WHERE state IN ('to_do', 'in_progress') AND deadline < %(today)s""",
        None,
    ),
    "decisions_done": (count(f"{DONE} AND done_date <= deadline"), count(DONE)),
    "events_held": (count(EVENT), None),
    "events_registered": (count(PLACES), None),
    "events_attendance": (
        count(f"{PLACES} AND place.state = 'done' AND event.date_end < NOW() AT TIME ZONE 'UTC'"),
        count(f"{PLACES} AND event.date_end < NOW() AT TIME ZONE 'UTC'"),
    ),
    "events_waiting": (
        f"""SELECT COUNT(*) FROM event_registration place
              JOIN event_event event ON event.id = place.event_id
             WHERE place.active AND place.is_waiting AND event.kind IS NOT NULL
               AND event.kanban_state != 'cancel'
               AND event.date_begin >= NOW() AT TIME ZONE 'UTC'
               AND {of_scope("place.commune_id")}""",
        None,
    ),
    "events_communes": (
        member_in(f"{PLACES} AND place.state = 'done'", "place.commune_id"),
        count(MEMBERS),
    ),
    "services_taken": (count(RUNNING), None),
    "services_communes": (member_in(RUNNING), count(MEMBERS)),
    "agreements_running": (count(f"{AGREEMENT} AND state IN ('active', 'to_renew')"), None),
    "agreements_renew": (count(f"{AGREEMENT} AND state = 'to_renew'"), None),
    "replacement_requests": (count(REPLACEMENT), None),
    "replacement_unfilled": (count(f"{REPLACEMENT} AND state = 'unfilled'"), count(REPLACEMENT)),
    "replacement_filled": (
        count(f"{SLOTS} AND slot.state = 'filled'"),
        f"SELECT ({count(SLOTS)} AND slot.state != 'cancelled') + ({LOST})",
    ),
    "surveys_opened": (
        f"""SELECT COUNT(*) FROM commune_survey_campaign
             WHERE state != 'draft' AND {days("date_open")}""",
        None,
    ),
    "surveys_answers": (count(f"{ASKED} AND target.state = 'done'"), count(ASKED)),
    "letters_arrived": (count(f"{LETTER} AND {ARRIVED}"), None),
    "letters_opened": (
        count(f"{LETTER} AND {OPENED}"),
        count(f"{LETTER} AND {ARRIVED}"),
    ),
    "guides_read": (
        f"""SELECT COUNT(*) FROM commune_guide_view
             WHERE {days("date")} AND {of_scope("commune_id")}""",
        None,
    ),
    "watch_sent": (
        f"""SELECT COUNT(*) FROM commune_watch_item
             WHERE state IN ('distributed', 'archived') AND {within("distributed_date")}""",
        None,
    ),
    "watch_read": (
        f"""SELECT COUNT(*) FROM commune_watch_view
             WHERE {days("date")} AND {of_scope("commune_id")}""",
        None,
    ),
}
# The middle of the days, without the functions of PostgreSQL that make one.
MEDIAN = f"""
    SELECT AVG(spent) FROM (
        SELECT EXTRACT(EPOCH FROM answered_date - create_date) / 86400 AS spent,
               ROW_NUMBER() OVER (ORDER BY answered_date - create_date) AS place,
               COUNT(*) OVER () AS number
          {ANSWERED}) found
     WHERE place IN ((number + 1) / 2, (number + 2) / 2)"""
# Figures without a scope of communes: they count for all, or omit some communes.
NOT_OF_SCOPE = {"sessions_next", "sessions_held", "watch_sent"}
BY_DECISION = {
    "decisions_made",
    "decisions_late",
    "decisions_done",
    "events_held",
    "surveys_opened",
}
