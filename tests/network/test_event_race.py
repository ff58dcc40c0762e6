"""Two persons at the same time: real transactions of their own, taken away at the end."""

import threading
from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

WAIT = 25


@tagged("post_install", "-at_install")
class TestEventRace(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.made = {}
        self.addCleanup(self._clean)

    def _in_transaction(self, work):
        """As the server does for a request: again after a serialisation failure."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
            return retrying(lambda: work(env), env)

    def _prepare(self, count, seats):
        """An event and persons without an address: nothing is sent.

        :return: ids of the mandates
        """

        def prepare(env):
            place = env["res.partner"].create(
                {"name": "Course", "is_company": True, "is_commune": True, "insee_code": "57999"}
            )
            persons = env["res.partner"].create(
                [{"firstname": "P", "lastname": f"N{number}"} for number in range(count)]
            )
            function = env["commune.function"]._by_code()["councillor"]
            mandates = env["commune.mandate"].create(
                [
                    {"partner_id": p.id, "commune_id": place.id, "function_id": function.id}
                    for p in persons
                ]
            )
            begin = fields.Datetime.now() + timedelta(days=5)
            event = env["event.event"].create(
                {
                    "name": "Course",
                    "kind": "information",
                    "date_begin": begin,
                    "date_end": begin + timedelta(hours=2),
                    "seats_limited": True,
                    "seats_max": seats,
                }
            )
            self.made = {
                "event.event": event.ids,
                "commune.mandate": mandates.ids,
                "res.partner": (persons | place).ids,
            }
            return mandates.ids

        return self._in_transaction(prepare)

    def _clean(self):
        def remove(env):
            made = {model: env[model].browse(ids) for model, ids in self.made.items()}
            made["event.event"].registration_ids.unlink()
            # A commune is never deleted: this one has never been one.
            made["res.partner"].filtered("is_commune").is_commune = False
            for records in made.values():
                records.unlink()

        if self.made:
            self._in_transaction(remove)

    def _event(self, env):
        return env["event.event"].browse(self.made["event.event"])

    def _at_once(self, *works):
        """Run each in a thread; all have looked before one of them acts.

        :return: number of times that a work was begun
        """
        barrier = threading.Barrier(len(works), timeout=WAIT)
        begun, errors = [], []

        def run(work):
            first = []

            def attempt(env):
                begun.append(work)
                self._event(env).registration_ids.mapped("state")
                if not first:
                    first.append(True)
                    barrier.wait()
                work(env)

            try:
                self._in_transaction(attempt)
            except Exception as error:  # told to the test, which runs in another thread
                errors.append(error)

        threads = [threading.Thread(target=run, args=(work,), daemon=True) for work in works]
        # The thread of the tests holds the lock of the registries from the start to the end.
        lock = patch.object(Registry, "_lock", threading.RLock())
        with lock, mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(WAIT)
        self.assertFalse([thread for thread in threads if thread.is_alive()])
        self.assertEqual(errors, [])
        return len(begun)

    def _read(self):
        """list of (state, is_waiting), in the order of the mandates"""

        def read(env):
            lines = self._event(env).registration_ids.sorted("mandate_id")
            return [(line.state, line.is_waiting) for line in lines]

        return self._in_transaction(read)

    def _registration(self, env, mandate):
        return self._event(env).registration_ids.filtered(lambda r: r.mandate_id.id == mandate)

    def test_the_last_place_is_given_once(self):
        mandates = self._prepare(2, seats=1)

        def register(mandate):
            def work(env):
                held = env["commune.mandate"].browse(mandate)
                self._event(env)._register_persons(held, held.partner_id)

            return work

        self.assertEqual(self._at_once(*map(register, mandates)), 3)
        self.assertEqual(sorted(self._read()), [("draft", True), ("open", False)])

    def test_two_places_given_back_go_to_two_persons(self):
        mandates = self._prepare(4, seats=2)
        self._in_transaction(
            lambda env: self._event(env)._register_persons(
                env["commune.mandate"].browse(mandates), env.user.partner_id
            )
        )
        places, queue = [("open", False)] * 2, [("draft", True)] * 2
        self.assertEqual(self._read(), places + queue)

        def give_back(mandate):
            return lambda env: self._registration(env, mandate)._withdraw()

        self.assertEqual(self._at_once(*map(give_back, mandates[:2])), 3)
        self.assertEqual(self._read(), [("cancel", False)] * 2 + [("open", False)] * 2)
