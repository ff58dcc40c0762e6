"""The servers that `bin/bench --load` starts on this machine, and ends by their own number."""

import contextlib
import os
import signal
import socket
import statistics
import subprocess
import time
import urllib.request
from pathlib import Path

WORKERS = 4
START_SECONDS = 300
STOP_SECONDS = 30


def find_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def get_children(pid):
    """Processes that a process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


def get_pss(pid):
    """Megabytes of a process: what it shares counts in part."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0


class Server:
    """:param command: Odoo and its configuration, as a list"""

    def __init__(self, command, database, log):
        self.port = find_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.out = open(log, "w", encoding="utf-8")
        options = [
            *("-d", database, "--db-filter", f"^{database}$", f"--workers={WORKERS}"),
            *("--max-cron-threads=0", f"--http-port={self.port}", "--log-level=warn"),
            *(f"--gevent-port={find_port()}", "--http-interface=127.0.0.1"),
        ]
        self.process = subprocess.Popen(
            [*command, *options], stdout=self.out, stderr=self.out, start_new_session=True
        )
        self._wait()

    def _wait(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(f"{self.url}/web/login", timeout=60):
                    return
            time.sleep(1)
        self.stop()
        raise SystemExit("Erreur : le serveur de la mesure ne démarre pas.")

    def get_memory(self):
        """Median memory of the workers that answer, in megabytes, without the idle one."""
        sizes = [get_pss(pid) for pid in get_children(self.process.pid)]
        return statistics.median(sizes) if sizes else 0

    def stop(self):
        """Its own process and those that it started: they are a group of their own."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.out.close()
