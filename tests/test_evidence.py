"""What a person of a commune did, and what the software noted of it, is rewritten by nobody of the
staff: no screen types it, and a program of theirs does not either."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .field_inventory_case import FieldInventoryCase

DAY = "2026-01-05 10:00:00"
# record of the case -> values that each alone would change what is known
EVIDENCE = {
    "trace_of_letter": [
        {"trace_status": "bounce"},
        {"email": "other@mel.example"},
        {"sent_datetime": DAY},
        {"open_datetime": DAY},
    ],
    "mailing_sent": [
        {"state": "draft"},
        {"sent_date": DAY},
        {"approved_date": DAY},
        {"resend_of_id": False, "subject": "x"},
    ],
    "mailing": [{"state": "done"}, {"sent_date": DAY}],
    "import": [
        {"state": "applied"},
        {"applied_by_id": 1},
        {"applied_date": DAY},
        {"rows_kept": 9},
        {"name": "x.csv"},
    ],
    "import_line": [{"change": "ended"}, {"mandate_refs": [1]}, {"last_name": "X"}],
    "invitation": [{"answer": "no"}, {"answered_date": DAY}, {"sent_date": DAY}],
    "attendance": [{"state": "absent"}],
    "registration": [{"excused": True}, {"is_waiting": True}, {"registered_by_id": False}],
    "event": [{"thanked_date": DAY}, {"hot_survey_sent": True}],
    "attendance_a": [{"signed_at": DAY}],
    "presence": [{"mode": "remote"}, {"client_uid": "x"}, {"arrived_at": DAY}],
    "survey_answer": [
        {"state": "done"},
        {"partner_id": False},
        {"nickname": "x"},
        {"start_datetime": DAY},
        {"scoring_percentage": 100},
        {"survey_first_submitted": True},
    ],
    "survey_action": [{"notified_date": DAY}],
    "preference": [{"source": "staff"}, {"date": "2026-02-01 10:00:00"}],
    "term": [{"state": "accepted"}, {"decision_user_id": 1}],
    "request_a": [{"rating_last_value": 5}, {"assigned_date": DAY}, {"last_stage_update": DAY}],
}


@tagged("post_install", "-at_install")
class TestEvidence(FieldInventoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.preference = cls.env["commune.contact.preference"].create(
            {"partner_id": cls.portal_a_limited.partner_id.id, "source": "person", "date": DAY}
        )

    @classmethod
    def _get_stock_records(cls, records):
        found = super()._get_stock_records(records)
        found["trace_of_letter"] = found["trace"].copy(
            {"mass_mailing_id": found["mailing_sent"].id, "trace_status": "sent"}
        )
        return found

    def _get_record(self, name):
        if name == "preference":
            return self.preference
        return self.records[name]

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def test_nobody_of_the_staff_rewrites_it(self):
        for name, tries in EVIDENCE.items():
            record = self._get_record(name)
            for vals in tries:
                for user in (self.officer, self.manager):
                    with self.subTest(name, vals=vals, user=user.login):
                        with self.assertRaises(UserError), self._undone():
                            record.with_user(user).sudo(False).write(vals)
                            self.env.flush_all()

    def test_a_letter_that_left_is_put_away_and_discussed(self):
        letter = self.records["mailing_sent"].with_user(self.officer).sudo(False)
        letter.write({"favorite": True, "user_id": self.manager.id})
        letter.message_post(body="Bien reçue à Mey")
        letter.active = False
        self.assertFalse(letter.active)

    def test_traces_are_neither_made_nor_deleted_and_odoo_writes_them(self):
        trace = self.records["trace_of_letter"]
        own = trace.with_user(self.officer).sudo(False)
        for act in (own.unlink, own.copy, own.set_opened):
            with self.subTest(act.__name__), self.assertRaises(AccessError), self._undone():
                act()
        trace.sudo().set_opened()
        self.assertEqual(trace.trace_status, "open")

    def test_lines_of_an_import_that_was_applied_stay(self):
        line = self.records["import_line"].with_user(self.officer).sudo(False)
        line.selected = True
        line.import_id.remove_fictitious = False
        line.import_id.sudo().state = "applied"
        for write in (
            lambda: line.write({"selected": False}),
            lambda: line.import_id.write({"remove_fictitious": True}),
            lambda: line.import_id.write({"line_ids": [Command.update(line.id, {"rank": 2})]}),
        ):
            with self.assertRaises(UserError), self._undone():
                write()

    def test_a_choice_that_the_staff_changes_comes_from_the_staff(self):
        choice = self.preference
        choice.with_user(self.officer).sudo(False).opt_out = False
        self.assertEqual(choice.source, "staff")
        self.assertGreater(choice.date.isoformat(" "), DAY)

    def test_nobody_registers_in_the_name_of_another(self):
        values = {
            "event_id": self.records["event"].id,
            "mandate_id": self.portal_b.partner_id.held_mandate_ids[:1].id,
        }
        make = self.env["event.registration"].with_user(self.officer).create
        with self.assertRaises(UserError), self._undone():
            make({**values, "registered_by_id": self.portal_a.partner_id.id})
        self.assertEqual(make(values).registered_by_id, self.officer.partner_id)
