"""Two persons at the same time: real transactions of their own, taken away at the end."""

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name
from odoo.tools import SQL, mute_logger

WAIT = 25
# A rule that is missing is seen by what a test asserts, or by a statement that waits for so long.
MOST_STATEMENT = "15s"
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


class RaceCase(BaseCase):
    """Race tests commit what they create: `self.rows` lists what to delete, in that order."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.rows = []
        self.last_letter = self._in_transaction(self._find_last_letter)
        self.addCleanup(self._clean)

    def _find_last_letter(self, env):
        env.cr.execute("SELECT COALESCE(max(id), 0) FROM commune_letter_delivery")
        return env.cr.fetchone()[0]

    def _in_transaction(self, work):
        """As the server does for a request: again after a serialisation failure."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, QUIET)

            def attempt():
                # Before the snapshot, and again after each rollback.
                cr.execute("SELECT set_config('statement_timeout', %s, true)", [MOST_STATEMENT])
                return work(env)

            return retrying(attempt, env)

    def _keep(self, *recordsets):
        """Register rows to delete, first recordset first."""
        self.rows += [(records._table, records._name, records.ids) for records in recordsets]

    def _clean(self):
        """In SQL: the models refuse to delete what they keep as a proof."""

        def remove(env):
            env.flush_all()
            # A letter to a colleague is about nothing that was created here.
            query = "DELETE FROM commune_letter_delivery WHERE id > %s"
            env.cr.execute(query, [self.last_letter])
            for table, model, ids in self.rows:
                env.cr.execute(SQL("DELETE FROM %s WHERE id = ANY(%s)", SQL.identifier(table), ids))
                for kept, column in (
                    ("mail_message", "model"),
                    ("mail_followers", "res_model"),
                    ("mail_activity", "res_model"),
                    ("ir_attachment", "res_model"),
                ):
                    env.cr.execute(
                        SQL(
                            "DELETE FROM %s WHERE %s = %s AND res_id = ANY(%s)",
                            SQL.identifier(kept),
                            SQL.identifier(column),
                            model,
                            ids,
                        )
                    )

        if self.rows:
            self._in_transaction(remove)

    def _at_once(self, look, *works):
        """Run each work in a thread; all have looked before one of them acts.

        :param look: called first, with the environment of the thread: it takes the snapshot
        :return: (number of times that a work was begun, exceptions)
        """
        barrier = threading.Barrier(len(works), timeout=WAIT)
        begun, errors = [], []

        def run(work):
            first = []

            def attempt(env):
                begun.append(work)
                look(env)
                if not first:
                    first.append(True)
                    barrier.wait()
                work(env)

            try:
                self._in_transaction(attempt)
            except Exception as error:  # passed on to the test, which runs in another thread
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
        return len(begun), errors
