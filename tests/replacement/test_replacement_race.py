"""Two coordinators give the same agent at the same time: one of them, and a sentence."""

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import TransactionCase, tagged
from odoo.tests.common import release_test_lock
from odoo.tools import SQL, mute_logger


@tagged("post_install", "-at_install")
class TestReplacementRace(TransactionCase):
    """Real transactions: what is made here is taken away at the end."""

    def setUp(self):
        super().setUp()
        # Connections of our own, beside that of the test.
        self.db = Registry(self.env.cr.dbname)._db
        self.made = {}
        self.addCleanup(self._clean)

    def _in_transaction(self, work):
        with self.db.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            result = retrying(lambda: work(env), env)
            cr.commit()
            return result

    def _prepare(self, env):
        places = env["res.partner"].create(
            [
                {"name": name, "is_company": True, "is_commune": True, "insee_code": code}
                for name, code in (("Course-Haute", "57998"), ("Course-Basse", "57999"))
            ]
        )
        agent = env["hr.employee"].create({"name": "Agent de course", "is_replacement_agent": True})
        requests = env["commune.replacement.request"].create(
            [
                {
                    "commune_id": place.id,
                    "post": "Accueil",
                    "date_start": "2027-01-11",
                    "date_end": "2027-01-11",
                    "mon_am": True,
                }
                for place in places
            ]
        )
        self.made = {
            "commune_replacement_slot": requests.slot_ids.ids,
            "commune_replacement_request": requests.ids,
            "hr_employee": agent.ids,
            "res_partner": places.ids,
        }
        return agent.id, requests.slot_ids.ids

    def _clean(self):
        """By SQL: users may delete none of this."""

        made, self.made = self.made, {}

        def remove(env):
            query = SQL(
                "UPDATE commune_replacement_slot SET state = 'open', employee_id = NULL,"
                " proposal_id = NULL WHERE request_id = ANY(%(ids)s);"
                "DELETE FROM commune_replacement_proposal WHERE request_id = ANY(%(ids)s)",
                ids=made["commune_replacement_request"],
            )
            env.cr.execute(query)
            for table in ("commune_replacement_slot", "commune_replacement_request"):
                query = SQL("DELETE FROM %s WHERE id = ANY(%s)", SQL.identifier(table), made[table])
                env.cr.execute(query)
            env["hr.employee"].browse(made["hr_employee"]).unlink()
            places = env["res.partner"].browse(made["res_partner"])
            # A commune is never deleted: this one has never been one.
            places.is_commune = False
            places.unlink()

        if made:
            self._in_transaction(remove)

    def _race(self, agent_id, slot_ids):
        """Each thread reads, waits for the other, then gives its half-day to the agent."""
        barrier = threading.Barrier(2, timeout=20)
        refusals, errors = [], []

        def give(slot_id):
            attempts = []

            def work(env):
                slot = env["commune.replacement.slot"].browse(slot_id)
                self.assertIn(slot.state, ("open", "held"))  # takes the snapshot
                if not attempts:
                    attempts.append(1)
                    barrier.wait()
                slot._give_to(env["hr.employee"].browse(agent_id))

            try:
                self._in_transaction(work)
            except UserError as refusal:
                refusals.append(str(refusal))
            except Exception as error:  # the thread passes it on to the test
                errors.append(error)

        threads = [threading.Thread(target=give, args=(each,)) for each in slot_ids]
        # The server holds the lock of the registry while it runs the tests.
        with release_test_lock(), patch.object(Registry, "_lock", DummyRLock()):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(50)
        self.assertEqual(errors, [])
        return refusals

    @mute_logger("odoo.sql_db")
    def test_the_same_agent_for_two_communes(self):
        agent_id, slot_ids = self._in_transaction(self._prepare)
        refusals = self._race(agent_id, slot_ids)
        self.assertEqual(len(refusals), 1)
        states = self._in_transaction(
            lambda env: env["commune.replacement.slot"].browse(slot_ids).mapped("state")
        )
        self.assertEqual(sorted(states), ["held", "open"])
        taken = "Course-Haute" if states[0] == "held" else "Course-Basse"
        self.assertIn(taken, refusals[0])
        self.assertIn("Agent de course", refusals[0])

    def test_the_same_half_day_given_twice(self):
        agent_id, slot_ids = self._in_transaction(self._prepare)
        refusals = self._race(agent_id, [slot_ids[0], slot_ids[0]])
        self.assertEqual(len(refusals), 1)
        self.assertIn("Agent de course", refusals[0])

    def test_two_coordinators_at_the_board(self):
        """Both see the half-day to fill: the second reads who has it, and it stays there."""
        agent_id, slot_ids = self._in_transaction(self._prepare)
        slot_id = slot_ids[0]

        def second_agent(env):
            other = env["hr.employee"].create({"name": "Second", "is_replacement_agent": True})
            self.made["hr_employee"].append(other.id)
            return other.id

        agents = [agent_id, self._in_transaction(second_agent)]
        barrier, refusals = threading.Barrier(2, timeout=20), []

        def drag(chosen):
            attempts = []

            def work(env):
                env["commune.replacement.slot"].browse(slot_id).mapped("state")
                if not attempts:
                    attempts.append(1)
                    barrier.wait()
                env["commune.replacement.board"].give([[slot_id, False]], chosen)

            try:
                self._in_transaction(work)
            except UserError as refusal:
                refusals.append(str(refusal))

        requests = self.env.registry["commune.replacement.request"]
        threads = [threading.Thread(target=drag, args=(one,)) for one in agents]
        with (
            patch.object(requests, "_check_agent", lambda self, agent, slots: None),
            release_test_lock(),
            patch.object(Registry, "_lock", DummyRLock()),
            mute_logger("odoo.sql_db"),
        ):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(50)
        self.assertEqual(len(refusals), 1)
        holder = self._in_transaction(
            lambda env: env["commune.replacement.slot"].browse(slot_id).employee_id.name
        )
        self.assertIn(f"was given to {holder} by", refusals[0])
