"""Each source of the day page, on a record of its pillar: on its day for whom it waits, nowhere
for a colleague, gone once it is done. The state and the dates are written in SQL: what the page
finds rests on them alone."""

from datetime import timedelta

from odoo.tests import tagged

from ..models.core.window_actions import open_record
from .my_day_case import DaySourceCase

# {source: (role, model, what makes it wait, day, days added to it, what ends it)}
# `me` is the user of the role, `my` the partner.
OWN = {
    "request_answer": (
        "officer",
        "helpdesk.ticket",
        {"stage_kind": "in_progress", "user_id": "me"},
        "promised_date",
        0,
        {"stage_kind": "answered"},
    ),
    "request_undated": (
        "officer",
        "helpdesk.ticket",
        {"stage_kind": "in_progress", "user_id": "me", "promised_date": None},
        "create_date",
        7,
        {"stage_kind": "answered"},
    ),
    "request_new": (
        "officer",
        "helpdesk.ticket",
        {"stage_kind": "received", "user_id": "me"},
        "promised_date",
        0,
        {"stage_kind": "in_progress"},
    ),
    "request_sender": (
        "officer",
        "helpdesk.ticket",
        {"stage_kind": "received", "user_id": "me", "sender_recognition": "unknown"},
        "promised_date",
        0,
        {"sender_recognition": "attached"},
    ),
    "contribution": (
        "referent",
        "commune.request.contribution",
        {"state": "asked", "user_id": "me"},
        "date_due",
        0,
        {"state": "answered"},
    ),
    "look": (
        "referent",
        "commune.election.review",
        {"state": "asked", "reader_id": "me"},
        "create_date",
        2,
        {"state": "read", "read_date": "2026-01-01"},
    ),
    "letter": (
        "officer",
        "commune.letter.delivery",
        {"state": "lost"},
        "failed_at",
        0,
        {"state": "settled"},
    ),
    "mailing_approve": (
        "manager",
        "mailing.mailing",
        {"state": "draft", "approval_state": "requested"},
        "write_date",
        1,
        {"approval_state": "draft"},
    ),
    "mailing_send": (
        "officer",
        "mailing.mailing",
        {"state": "draft", "approval_state": "approved", "user_id": "me"},
        "approved_date",
        1,
        {"state": "done"},
    ),
    "obligation": (
        "officer",
        "commune.obligation",
        {"user_id": "me", "is_settled": False},
        "date_due",
        0,
        {"is_settled": True},
    ),
    "session_prepare": (
        "officer",
        "commune.session",
        {"state": "draft", "secretary_id": "me"},
        "notice_deadline",
        0,
        {"state": "cancelled"},
    ),
    "session_notice": (
        "officer",
        "commune.session",
        {"state": "agenda", "secretary_id": "me"},
        "notice_deadline",
        0,
        {"state": "convened"},
    ),
    "session": (
        "officer",
        "commune.session",
        {"state": "convened", "secretary_id": "me"},
        "date",
        0,
        {"state": "held"},
    ),
    "minutes": (
        "officer",
        "commune.session",
        {"state": "held", "secretary_id": "me"},
        "minutes_deadline",
        0,
        {"state": "minutes_sent"},
    ),
    "decision": (
        "officer",
        "commune.decision",
        {"state": "to_do", "owner_id": "my"},
        "deadline",
        0,
        {"state": "done"},
    ),
    "agreement_renew": (
        "officer",
        "agreement",
        {"before_acts": True, "state": "to_renew", "user_id": "me"},
        "end_date",
        -180,
        {"state": "expired"},
    ),
    "agreement_draft": (
        "officer",
        "agreement",
        {"before_acts": True, "state": "draft", "user_id": "me", "pack_date": None},
        "create_date",
        90,
        {"state": "terminated"},
    ),
    "agreement_sign": (
        "officer",
        "agreement",
        {"before_acts": True, "state": "deliberated", "user_id": "me", "signature_step": "commune"},
        "commune_signature_date",
        15,
        {"state": "active"},
    ),
    "project": (
        "officer",
        "commune.service.project",
        {"stage": "review", "user_id": "me"},
        "review_date",
        0,
        {"stage": "done"},
    ),
    "survey_publish": (
        "officer",
        "commune.survey.campaign",
        {"state": "closed", "user_id": "me"},
        "date_end",
        14,
        {"state": "published"},
    ),
    "guide": (
        "officer",
        "commune.guide",
        {"state": "published", "user_id": "me"},
        "validity_date",
        0,
        {"state": "archived"},
    ),
    "review": (
        "officer",
        "commune.review",
        {"state": "to_review", "user_id": "me"},
        "create_date",
        14,
        {"state": "unchanged"},
    ),
    "watch_analyse": (
        "officer",
        "commune.watch.item",
        {"state": "to_sort", "user_id": "me"},
        "sorted_date",
        7,
        {"state": "archived"},
    ),
    "watch_validate": (
        "officer",
        "commune.watch.item",
        {"state": "analysed", "user_id": None},
        "write_date",
        3,
        {"state": "validated"},
    ),
    "watch_sort": (
        "officer",
        "commune.watch.item",
        {"state": "to_sort", "user_id": None},
        "create_date",
        7,
        {"state": "archived"},
    ),
    "replacement": (
        "coordinator",
        "commune.replacement.request",
        {"state": "qualified", "user_id": "me"},
        "date_start",
        0,
        {"state": "filled"},
    ),
    "replacement_new": (
        "coordinator",
        "commune.replacement.request",
        {"state": "submitted", "user_id": "me"},
        "received_date",
        1,
        {"state": "qualified"},
    ),
    "mission": (
        "coordinator",
        "commune.replacement.mission",
        {"state": "prepared", "user_id": "me"},
        "date_start",
        0,
        {"state": "confirmed"},
    ),
    "proposal": (
        "coordinator",
        "commune.replacement.proposal",
        {"state": "draft"},
        "create_date",
        1,
        {"state": "sent_agent"},
    ),
    "hours": (
        "coordinator",
        "commune.replacement.timesheet",
        {"state": "validated", "checked_date": None},
        "sign_date",
        3,
        {"state": "checked"},
    ),
    "hours_contested": (
        "coordinator",
        "commune.replacement.timesheet",
        {"state": "contested"},
        "sign_date",
        3,
        {"state": "validated"},
    ),
    "statement_check": (
        "coordinator",
        "commune.replacement.statement",
        {"state": "draft"},
        "date_end",
        15,
        {"state": "checked"},
    ),
    "statement": (
        "coordinator",
        "commune.replacement.statement",
        {"state": "checked"},
        "date_end",
        15,
        {"state": "issued"},
    ),
    "case_new": (
        "coordinator",
        "commune.replacement.incident",
        {"step": "reported", "user_id": "me"},
        "acknowledge_due",
        0,
        {"step": "no_action"},
    ),
    "case": (
        "coordinator",
        "commune.replacement.incident",
        {"step": "plan", "acknowledged_date": "2026-01-01", "user_id": "me"},
        "due_date",
        0,
        {"step": "no_action"},
    ),
    "promise": (
        "officer",
        "commune.commitment",
        {"state": "open", "kept_date": None, "user_id": "me"},
        "due_date",
        0,
        {"state": "kept", "kept_date": "2026-01-01"},
    ),
    "warning": (
        "coordinator",
        "commune.replacement.alert",
        {"state": "open"},
        "create_date",
        7,
        {"state": "dismissed"},
    ),
}
# To do from the day they come, however far the promised day is.
AT_ONCE = {"request_new", "request_sender"}
# What is awaited from others, whatever the day.
OTHERS = {
    "request_silent": (
        "officer",
        "helpdesk.ticket",
        {"stage_kind": "waiting", "user_id": "me"},
        {"stage_kind": "in_progress"},
    ),
    "directory": ("officer", "commune.directory.campaign", {"state": "open"}, {"state": "closed"}),
    "agreement_vote": (
        "officer",
        "agreement",
        {"before_acts": True, "state": "draft", "user_id": "me", "pack_date": "2026-01-01"},
        {"state": "active"},
    ),
    "agreement_signature": (
        "officer",
        "agreement",
        {"before_acts": True, "state": "deliberated", "user_id": "me", "signature_step": "none"},
        {"signature_step": "commune"},
    ),
    "proposal_agent": (
        "coordinator",
        "commune.replacement.proposal",
        {"state": "sent_agent"},
        {"state": "accepted_agent"},
    ),
    "proposal_commune": (
        "coordinator",
        "commune.replacement.proposal",
        {"state": "sent_commune"},
        {"state": "accepted"},
    ),
    "hours_commune": (
        "coordinator",
        "commune.replacement.timesheet",
        {"state": "submitted"},
        {"state": "validated"},
    ),
}
# Covered by test_my_day_compound.py and by the tests of requests and of actions.
ELSEWHERE = {
    "activity",
    "request_late",
    "request_validate",
    "request_validated",
    "contribution_asked",
    "look_asked",
    "mailing_asked",
    "event",
    "event_queue",
    "event_presence",
    "decision_late",
    "dispatch",
    "survey",
    "survey_call",
}


@tagged("post_install", "-at_install")
class TestDaySources(DaySourceCase):
    def test_every_source_is_covered_by_a_test(self):
        codes = set()
        for role in ("reader", "referent", "officer", "manager", "coordinator"):
            day = self.env["commune.my.day"].with_user(getattr(self, role))
            codes |= set(day._get_sources())
        self.assertEqual(codes, set(OWN) | set(OTHERS) | ELSEWHERE)

    def _get_sections(self, source, delay):
        """[(days from now, expected section)]; what has no deadline is never late."""
        past = "today" if delay else "late"
        if source in AT_ONCE:
            return [(-1, ["late"]), (0, ["today"]), (7, ["today"]), (99, ["today"])]
        return [(-1, [past]), (0, ["today"]), (7, ["week"]), (8, [])]

    def test_on_its_day_for_whom_it_waits_and_gone_once_done(self):
        for source, (role, model, waits, name, delay, done) in OWN.items():
            user, record = getattr(self, role), self._get_record(model)
            with self.subTest(source=source), self.env.cr.savepoint():
                self._write(record, user, waits)
                for days, section in self._get_sections(source, delay):
                    day = self.today + timedelta(days=days - delay)
                    self._put_on(record, user, name, day)
                    self.assertEqual(self._find(user, source, record), section, (days, day))
                    day = self.env["commune.my.day"].with_user(user)
                    for one in section:
                        action = day.open_list(source, one)
                        model = self.env[action["res_model"]].with_user(user)
                        self.assertIn(record.id, model.search(action["domain"]).ids)
                self._put_on(record, user, name, self.today - timedelta(days=delay))
                self.assertEqual(self._find(self.employee, source, record), [])
                self._write(record, user, done)
                self.assertEqual(self._find(user, source, record), [])

    def test_what_is_one_s_own_is_nobody_else_s(self):
        for source, (role, model, waits, name, delay, _done) in OWN.items():
            user, record = getattr(self, role), self._get_record(model)
            if not {"me", "my"} & set(map(str, waits.values())):
                continue
            with self.subTest(source=source), self.env.cr.savepoint():
                self._write(record, user, waits)
                self._put_on(record, user, name, self.today - timedelta(days=delay))
                # The management reads every session to come.
                reader = self.reader if source != "session" else self.employee
                for other in (self.manager, reader):
                    self.assertEqual(self._find(other, source, record), [])

    def test_what_others_are_awaited_for(self):
        for source, (role, model, waits, done) in OTHERS.items():
            user, record = getattr(self, role), self._get_record(model)
            with self.subTest(source=source), self.env.cr.savepoint():
                self._write(record, user, waits)
                self.assertEqual(self._find(user, source, record), ["others"])
                self._write(record, user, done)
                self.assertEqual(self._find(user, source, record), [])

    def test_every_list_opens_with_what_is_counted(self):
        for role in ("reader", "referent", "officer", "manager", "coordinator"):
            day = self.env["commune.my.day"].with_user(getattr(self, role))
            for section in day.get_day()["sections"]:
                for source in section["sources"]:
                    with self.subTest(role=role, source=source["code"]):
                        action = day.open_list(source["code"], section["code"])
                        model = self.env[action["res_model"]].with_user(getattr(self, role))
                        self.assertEqual(model.search_count(action["domain"]), source["count"])

    def test_every_line_opens(self):
        for role in ("reader", "referent", "officer", "manager", "coordinator"):
            day = self.env["commune.my.day"].with_user(getattr(self, role))
            for section in day.get_day()["sections"]:
                for line in section["lines"]:
                    with self.subTest(role=role, source=line["source"]):
                        self.assertTrue(line["title"])
                        action = day.open_line(line["source"], line["id"])["action"]
                        shown = self.env[action["res_model"]].browse(action["res_id"])
                        self.assertTrue(shown.with_user(getattr(self, role)).has_access("read"))

    def test_what_opens_is_our_own_form(self):
        """Not that of the addon which made the model: it has none of our buttons."""
        mixed = {
            "helpdesk.ticket": "commune_request_view_form",
            "event.event": "commune_event_view_form",
            "agreement": "agreement_view_form_commune",
            "res.partner": "commune_view_form",
        }
        for model, name in mixed.items():
            with self.subTest(model=model):
                record = self.commune_a if model == "res.partner" else self._get_record(model)
                form = self.env.ref(f"commune_relations.{name}").id
                managed = record.with_user(self.officer)
                self.assertEqual(managed.get_formview_id(), form)
                for action in (managed.get_formview_action(), open_record(managed)):
                    self.assertEqual([view[0] for view in action["views"]], [form])
                    self.assertEqual(action["res_id"], record.id)
                others = record.with_user(self.employee).sudo()
                self.assertNotEqual(others.get_formview_id(), form)
