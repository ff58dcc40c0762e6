"""Each scheduled action, run three times on the same day, does its work once."""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from .test_access_matrix import AccessRecords

# Those for which the records below hold something to do.
BUSY = {
    "ir_cron_update_agreements",
    "ir_cron_freeze_populations",
    "ir_cron_expire_replacement_proposals",
    "ir_cron_anonymise_incidents",
    "ir_cron_remind_late_incidents",
    "ir_cron_follow_evaluations",
    "ir_cron_warn_replacement",
    "ir_cron_remind_obligations",
    "ir_cron_remind_registered",
    "ir_cron_send_surveys",
    "ir_cron_sync_audiences",
    "ir_cron_send_network_digest",
    "ir_cron_follow_up_sessions",
    "ir_cron_remind_guide_reviews",
    "ir_cron_send_path_steps",
    "ir_cron_remind_sessions",
    "ir_cron_remind_requests",
    "ir_cron_send_request_digest",
    "ir_cron_remind_surveys",
    "ir_cron_read_watch_sources",
    "ir_cron_remind_commitments",
}
# The first works on what a button has started, in a process of its own: here nothing is. The second
# asks in March and April, of services lent: see tests/services/test_unit_cost.py.
IDLE = {"ir_cron_work_replacement_plans", "ir_cron_remind_unit_costs"}
# So is a directory: see tests/territory/test_directory_print.py.
IDLE |= {"ir_cron_render_directories"}
# The hours of the mission of the records are sent: see tests/replacement/test_hours_reminder.py.
IDLE |= {"ir_cron_remind_replacement_timesheets"}
# What is found is kept once it is much: see tests/requests/test_finder.py.
IDLE |= {"ir_cron_keep_library"}
# What each belongs to; those that keep a fact of the day, or end what a mandate gave, have none.
PILLARS = {
    "ir_cron_update_agreements": ("services",),
    "ir_cron_expire_replacement_proposals": ("replacement",),
    "ir_cron_remind_replacement_timesheets": ("replacement",),
    "ir_cron_anonymise_incidents": ("replacement",),
    "ir_cron_remind_late_incidents": ("replacement",),
    "ir_cron_warn_replacement": ("replacement",),
    "ir_cron_follow_evaluations": ("replacement",),
    "ir_cron_remind_obligations": ("network",),
    "ir_cron_remind_registered": ("network",),
    "ir_cron_send_surveys": ("network",),
    "ir_cron_send_network_digest": ("network",),
    "ir_cron_follow_up_sessions": ("committees",),
    "ir_cron_remind_sessions": ("committees",),
    "ir_cron_remind_requests": ("requests",),
    "ir_cron_send_request_digest": ("requests", "steering"),
    "ir_cron_remind_surveys": ("surveys",),
    "ir_cron_remind_guide_reviews": ("knowledge",),
    "ir_cron_read_watch_sources": ("knowledge",),
    "ir_cron_send_path_steps": ("knowledge",),
    "ir_cron_remind_commitments": ("steering",),
}
EVERY_PILLAR = ("requests", "network", "committees", "services", "surveys", "replacement")
EVERY_PILLAR += ("knowledge", "steering")
# Of the machine, not of the work.
ASIDE = ("ir.", "bus.", "base.", "res.users.log", "auth.")


@tagged("post_install", "-at_install")
class TestCronsAgain(AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env, records = cls.env, cls.records
        cls.portal_a.partner_id.email = "anne.aubry@mel.example"
        cls.manager.email = "direction@deuxrives.example"
        env.company.request_direction_ids = cls.manager
        day = timedelta(days=1)
        now = fields.Datetime.now()
        # requests, sessions, surveys
        records["request_a"].sudo().write({"promised_date": cls.today - day})
        session = records["session"]
        session.committee_id.reminder_days = 60
        held = env["commune.session"].search([("state", "=", "held")])
        held.write({"minutes_deadline": cls.today - day})
        records["survey_campaign"].reminder_days = 1
        records["survey_target"].sudo().last_letter_date = cls.today - 3 * day
        # network
        obligation = records["obligation"]
        obligation.reminded_for = False
        tomorrow = datetime.combine(cls.today + day, time(10))
        coming = records["event"].copy(
            {"name": "Demain", "date_begin": tomorrow, "date_end": tomorrow + day / 8}
        )
        coming._register_persons(cls.mandate_a, cls.portal_a.partner_id)
        env.cr.execute(
            "UPDATE event_registration SET create_date = create_date - interval '30 days'"
            " WHERE event_id = %s",
            [coming.id],
        )
        past = records["event"]
        past.write(
            {"hot_survey_id": records["survey_of_the_organisation"].id, "cold_survey_days": 1}
        )
        env.cr.execute(
            "UPDATE event_event SET date_begin = %s, date_end = %s WHERE id = %s",
            [now - 4 * day, now - 3 * day, past.id],
        )
        records["path_follow"].partner_id.email = "anne.aubry@aubrive.example"
        records["audience"]._sync()
        env["mailing.subscription"].search(
            [("list_id", "=", records["audience"].mailing_list_id.id)]
        ).unlink()
        records["mailing_recipient"].write({"outcome": "digest", "digest_date": False})
        # guides, services, replacement
        records["guide_everyone"].validity_date = cls.today + 10 * day
        records["agreement_a"].sudo().write({"state": "active", "end_date": cls.today + 10 * day})
        proposal = records["proposal"].copy({"mission_id": False})
        proposal.sudo().write({"state": "sent_agent", "expiry_date": now - day})
        late = records["incident"].sudo().copy()
        late.reported_date = now - 30 * day
        records["incident"].sudo().write({"step": "no_action", "closed_date": now - 3000 * day})
        records["evaluation"].sudo().expiry_date = cls.today - day
        env.flush_all()
        env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.env.flush_all()
        self.first = self._read_tables(self._get_tables())

    @contextmanager
    def _undone(self):
        """A block that leaves the database as it was, from which `_snapshot` starts."""
        self.env.flush_all()
        self._writes = self._count_writes()
        with self.env.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()

    def _count_writes(self):
        """{table: rows created, changed and deleted so far in this transaction, undone or not}."""
        rows = self.env.execute_query(
            SQL("SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables")
        )
        return {table: counts for table, *counts in rows}

    def _snapshot(self):
        """{table: its rows, but for the moment when they were written}. Those where nothing was
        written since the block began are as at the beginning of the test."""
        self.env.flush_all()
        writes = self._count_writes()
        changed = {table for table in self.first if writes.get(table) != self._writes.get(table)}
        return {**self.first, **self._read_tables(changed)}

    def _get_tables(self):
        return {
            model._table
            for name, model in self.env.registry.items()
            if not model._abstract
            and model._auto
            and not model._transient
            and not name.startswith(ASIDE)
        }

    def _read_tables(self, tables):
        return {
            table: self.env.execute_query(
                SQL(
                    "SELECT COUNT(*), md5(string_agg((to_jsonb(t) - 'write_date' - 'write_uid'"
                    " - 'message_main_attachment_id')::text, '|' ORDER BY t.id)) FROM %s t",
                    SQL.identifier(table),
                )
            )
            for table in sorted(tables)
        }

    def _run(self, cron):
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _get_changed(self, before, after):
        return sorted(table for table in before if before[table] != after[table])

    def test_each_scheduled_action_does_its_work_once(self):
        data = self.env["ir.model.data"].search(
            [("module", "=", "commune_relations"), ("model", "=", "ir.cron")]
        )
        self.assertEqual(set(data.mapped("name")), BUSY | IDLE)
        for entry in data:
            cron = self.env["ir.cron"].browse(entry.res_id)
            with self.subTest(cron=entry.name), self._undone():
                start = self._snapshot()
                self._run(cron)
                once = self._snapshot()
                worked = bool(self._get_changed(start, once))
                self.assertEqual(worked, entry.name in BUSY)
                self._run(cron)
                self._run(cron)
                self.assertEqual(self._get_changed(once, self._snapshot()), [])

    def test_the_scheduled_actions_of_a_pillar_that_is_off_do_nothing(self):
        company = self.env.company
        everything = [f"uses_{pillar}" for pillar in EVERY_PILLAR]
        for name in sorted(BUSY):
            cron = self.env.ref(f"commune_relations.{name}")
            pillars = PILLARS.get(name, ())
            own = [f"uses_{pillar}" for pillar in pillars]
            with self.subTest(cron=name), self._undone():
                # The others off: it works all the same.
                company.write({field: field in own for field in everything})
                start = self._snapshot()
                self._run(cron)
                self.assertNotEqual(self._get_changed(start, self._snapshot()), [])
            for field in own:
                with self.subTest(cron=name, off=field), self._undone():
                    company.write({field: False})
                    start = self._snapshot()
                    self._run(cron)
                    self.assertEqual(self._get_changed(start, self._snapshot()), [])
