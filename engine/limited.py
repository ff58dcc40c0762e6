"""Run a function in a process of its own, which dies beyond its processor time or its memory.

For what others wrote, read by libraries that promise no time: the cleaner of HTML of Odoo and the
reader of feeds take minutes over some hundred kilobytes that are written for it. A server waits for
this process at most, and goes on; it costs 0.15 to 0.35 s to start (decision 033).

python -m engine.limited SECONDS MEGABYTES MODULE:FUNCTION
"""

import importlib
import io
import os
import pickle  # nosec B403: see background_task.Unpickler
import subprocess  # nosec B404: this Python, and a function that the addon names
import sys
from contextlib import suppress
from pathlib import Path

from .background_task import Unpickler
from .french_messages import FrenchError

ROOT = Path(__file__).resolve().parents[1]
MEGABYTES = 1_000
# Processor time: honest content takes less than 3 s for each megabyte.
SECONDS, SECONDS_BY_MEGABYTE = 2, 6
# Time of the clock for each second of the processor: the machine may have other work.
PATIENCE = 10


class DiedError(Exception):
    """The process ended without an answer."""


class RefusedError(Exception):
    """The function raised a FrenchError: `code` and `params` are its own."""

    def __init__(self, code, params):
        super().__init__(code)
        self.code, self.params = code, params


def run(name: str, *asked, package: str, size: int):
    """What the function returns.

    :param name: `engine.feed:read`, as Python imports it from the root or from its path
    :param asked: plain values
    :param package: whose classes the answer may hold: another one is refused
    :param size: of what is read, in bytes; the time follows from it
    :raises DiedError: it took too much, or could not begin
    :raises RefusedError: it says why it does not read this
    """
    kind, found = Unpickler(io.BytesIO(_spawn(name, asked, size)), package).load()
    if kind == "refused":
        raise RefusedError(*found)
    return found


def survives(name: str, *asked, size: int) -> bool:
    """Whether the function ends within its limits; what it returns is thrown away."""
    with suppress(DiedError):
        return bool(_spawn(name, asked, size))
    return False


def _spawn(name, asked, size):
    seconds = SECONDS + SECONDS_BY_MEGABYTE * size // 1_000_000
    command = [sys.executable, "-m", "engine.limited", str(seconds), str(MEGABYTES), name]
    try:
        return subprocess.run(  # nosec B603: nothing of it is typed by anybody
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            input=pickle.dumps(asked),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds * PATIENCE,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise DiedError(name) from error


# seen from inside


def _serve(seconds, megabytes, name):
    _limit(int(seconds), int(megabytes))
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no part of the answer
    module, _, function = name.partition(":")
    work = getattr(importlib.import_module(module), function)
    try:
        found = ("found", work(*pickle.load(sys.stdin.buffer)))  # nosec B301: the parent wrote it
    except FrenchError as error:
        found = ("refused", (error.code, error.params))
    with answer:
        pickle.dump(found, answer)


def _limit(seconds, megabytes):
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000,) * 2)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
