"""A search in a process of its own: it outlives the job or the server that began it.

python -m engine.staffing.apart FOLDER

The folder holds what is asked, a sign of life each second, how far the search is, the wish to stop
and what was found: whoever comes back later reads it there.
"""

import os
import pickle  # nosec B403: see _Reader
import shutil
import subprocess  # nosec B404: our own Python, on a folder of ours
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from .cpsat import Progress, solve
from .model import Plan, Problem

ROOT = Path(__file__).resolve().parents[2]
BEAT = 1.0  # seconds between two signs of life
SILENCE = 45.0  # seconds without one after which the search is dead
PLAIN = {
    "builtins": {"frozenset", "set"},
    "collections": {"Counter"},
    "datetime": {"date", "datetime", "time", "timedelta"},
}


class Search:
    """The search of one folder, seen from outside."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)

    def start(self, problem: Problem, solver: str, seconds: float) -> int:
        """Begin; what a former search left is forgotten.

        :return: the number of the process
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("found", "progress", "stop", "tries"):
            (self.folder / name).unlink(missing_ok=True)
        _write(self.folder / "asked", (problem, solver, seconds))
        (self.folder / "beat").touch()
        process = subprocess.Popen(  # nosec B603: nothing of it is typed by anybody
            [sys.executable, "-m", "engine.staffing.apart", str(self.folder)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # Whoever waits for it knows of its end at once; nobody has to.
        threading.Thread(target=process.wait, daemon=True).start()
        return process.pid

    @property
    def is_begun(self) -> bool:
        """Whether it was begun, here or by a job that is gone."""
        return (self.folder / "asked").exists()

    @property
    def is_dead(self) -> bool:
        """Whether it neither lives nor has found anything: it was killed."""
        with suppress(OSError):
            return time.time() - (self.folder / "beat").stat().st_mtime > SILENCE
        return True

    @property
    def progress(self) -> Progress | None:
        """How far it is; None before the first count."""
        return _read(self.folder / "progress")

    @property
    def found(self) -> Plan | str | None:
        """The plan, or why there is none, in words; None as long as it searches."""
        return _read(self.folder / "found")

    def try_again(self) -> int:
        """Count how often the step at hand was tried, to begin or to write what was found, this
        time included: a server may be cut each time."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / "tries"
        count = len(path.read_bytes()) + 1 if path.exists() else 1
        with suppress(OSError):
            path.write_bytes(b"." * count)
        return count

    def stop(self):
        """Ask for the best plan so far."""
        with suppress(OSError):
            (self.folder / "stop").touch()

    def forget(self):
        """Nothing is left of it; if it still lives, it ends."""
        shutil.rmtree(self.folder, ignore_errors=True)


def main(folder: Path):
    """The search itself."""
    _lift_limit()
    done = threading.Event()
    threading.Thread(target=_beat, args=(folder, done), daemon=True).start()
    try:
        problem, solver, seconds = _read(folder / "asked")
        found = solve(
            problem,
            solver,
            seconds=seconds,
            progress=lambda progress: _write(folder / "progress", progress),
            stop=lambda: (folder / "stop").exists() or not folder.exists(),
        )
    except Exception as error:  # told to whoever asked for the plan
        found = str(error) or type(error).__name__
    done.set()
    _write(folder / "found", found)


def _lift_limit():
    """The seconds of processor that a job of a server may use are not those of a search."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))


def _beat(folder: Path, done: threading.Event):
    while not done.wait(BEAT) and folder.exists():
        with suppress(OSError):
            os.utime(folder / "beat")


def _write(path: Path, value):
    """Whole or not at all; not at all when the folder is gone."""
    draft = path.with_suffix(".part")
    with suppress(OSError):
        draft.write_bytes(pickle.dumps(value))
        draft.replace(path)


def _read(path: Path):
    with suppress(OSError), path.open("rb") as file:
        return _Reader(file).load()
    return None


class _Reader(pickle.Unpickler):
    """Values of the staffing alone, under the name that its package has here."""

    def find_class(self, module, name):
        """:raise UnpicklingError: anything else"""
        _before, ours, rest = module.partition("engine.staffing.")
        if ours and "." not in rest:
            return super().find_class(f"{__package__}.{rest}", name)
        if name in PLAIN.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
