"""Measures of the benches: processor time of Odoo and of PostgreSQL, and number of queries.

Processor time depends little on the other processes of the machine.

Found by `PYTHONPATH`, which `bin/bench` sets.
"""

import os
import statistics
import time
from pathlib import Path


def load():
    """Load average of the machine over 1, 5 and 15 minutes."""
    return ", ".join(f"{value:.0f}" for value in os.getloadavg())


class Clock:
    """:param env: that of `odoo shell`; PostgreSQL counts when it runs on this machine"""

    def __init__(self, env):
        self.env = env
        env.cr.execute("SELECT pg_backend_pid()")
        self.file = Path(f"/proc/{env.cr.fetchone()[0]}/schedstat")

    def spent(self):
        """Milliseconds of processor so far."""
        base = int(self.file.read_text().split()[0]) / 1e6 if self.file.exists() else 0
        return time.process_time() * 1000 + base

    def measured(self, function, runs=5, warm=False):
        """Median of the milliseconds and the queries of the last run, with cold records.

        :param warm: run once before, not counted: the registry and its caches are ready
        """
        times, queries = [], 0
        for run in range(runs + warm):
            self.env.flush_all()
            self.env.invalidate_all()
            before, start = self.env.cr.sql_log_count, self.spent()
            function()
            self.env.flush_all()
            if run >= warm:
                times.append(self.spent() - start)
            queries = self.env.cr.sql_log_count - before
        return statistics.median(times), queries
