"""Two members choose the same holder at the same moment: one is refused, with a sentence."""

import threading
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestProxyRace(TransactionCase):
    """Real transactions: what is made here is taken away at the end."""

    def setUp(self):
        super().setUp()
        # Connections of our own, beside that of the test.
        self.db = Registry(self.env.cr.dbname)._db
        self.made = []
        self.addCleanup(self._clean)

    def _in_transaction(self, work):
        with self.db.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            result = retrying(lambda: work(env), env)
            cr.commit()
            return result

    def _prepare(self, env):
        place = env["res.partner"].create(
            {"name": "Course", "is_company": True, "is_epci": True, "siren": "200000077"}
        )
        persons = env["res.partner"].create(
            [{"firstname": "P", "lastname": f"COURSE{n}"} for n in range(3)]
        )
        committee = env["commune.committee"].create(
            {"name": "Course", "kind": "group", "place_id": place.id}
        )
        env["commune.committee.member"].create(
            [{"committee_id": committee.id, "person_id": person.id} for person in persons]
        )
        session = env["commune.session"].create(
            {
                "committee_id": committee.id,
                "date_begin": fields.Datetime.now() + timedelta(days=20),
            }
        )
        session.write({"state": "convened", "notice_date": fields.Datetime.now()})
        self.made = [(r._name, r.ids) for r in (session, committee, persons | place)]
        return session.attendance_ids.ids

    def _clean(self):
        def remove(env):
            made = dict(self.made)
            sessions = tuple(made["commune.session"])
            # The history of the answers is never deleted, but for what a test has made.
            for table in ("commune_attendance_answer", "commune_attendance"):
                env.cr.execute(f"DELETE FROM {table} WHERE session_id IN %s", (sessions,))
            for model, ids in self.made:
                records = env[model].browse(ids)
                if model == "commune.session":
                    records.notice_date = False
                if model == "commune.committee":
                    records.member_ids.unlink()
                records.unlink()

        if self.made:
            self._in_transaction(remove)

    def test_one_holder_two_proxies_at_once(self):
        holder_id, *givers = self._in_transaction(self._prepare)
        barrier = threading.Barrier(2, timeout=30)
        outcomes = []

        def give(line_id):
            attempts = []

            def work(env):
                line = env["commune.attendance"].browse(line_id)
                holder = line.browse(holder_id)
                self.assertFalse(holder.proxy_from_ids)  # takes the snapshot
                if not attempts:
                    attempts.append(1)
                    barrier.wait()
                line._reply("proxy", "link", holder=holder)

            def again(env):
                if attempts:
                    line = env["commune.attendance"].browse(line_id)
                    return line._reply("proxy", "link", holder=line.browse(holder_id))
                return work(env)

            try:
                self._in_transaction(again)
                outcomes.append("taken")
            except UserError as error:
                outcomes.append(str(error))
            except Exception as error:  # the thread tells the test
                outcomes.append(repr(error))

        with mute_logger("odoo.sql_db", "odoo.service.model"):
            threads = [threading.Thread(target=give, args=(line_id,)) for line_id in givers]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        self.assertEqual(len(outcomes), 2)
        self.assertEqual(outcomes.count("taken"), 1, outcomes)
        refused = next(outcome for outcome in outcomes if outcome != "taken")
        self.assertIn("COURSE", refused)

        def read(env):
            lines = env["commune.attendance"].browse(givers)
            return sorted(lines.mapped(lambda line: line.answer or ""))

        self.assertEqual(self._in_transaction(read), ["", "proxy"])
