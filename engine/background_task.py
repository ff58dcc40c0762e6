"""Background task in a separate process, which outlives the job or server that started it.

A folder holds what is asked, a sign of life each second, how far the work is, the wish to stop and
what was found: anyone who comes back later reads it there. Its name is the fingerprint of what is
asked, and what is found bears it: servers may share their files, or one of them find again what was
begun for another question."""

import hashlib
import os
import pickle  # nosec B403: see Unpickler
import shutil
import subprocess  # nosec B404: this Python, on a folder that the addon creates
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from .disk import is_full

ROOT = Path(__file__).resolve().parents[1]
BEAT = 1.0  # seconds between two signs of life
NO_ROOM = "no room left"  # what is found, in words, when the disk is full
SILENCE = 45.0  # seconds without one after which the work is dead
PLAIN = {
    "builtins": {"frozenset", "set"},
    "collections": {"Counter"},
    "datetime": {"date", "datetime", "time", "timedelta"},
}


class Task:
    """The work of one folder, seen from outside."""

    module = ""  # what does it, as Python names it from the root: python -m MODULE FOLDER
    lifted = ("RLIMIT_CPU",)  # limits of Odoo's workers, which do not apply to this process

    def __init__(self, home: Path, mark: str = ""):
        """:param home: folder of the tasks of one kind
        :param mark: fingerprint of the task, as recorded when it began
        """
        self.home, self.mark = Path(home), mark or ""
        self.folder = self.home / self.mark

    def begin(self, *asked) -> int:
        """Begin; what a former work on the same question left is forgotten.

        :return: the number of the process
        """
        content = pickle.dumps(asked)
        self.mark = _fingerprint(content)
        self.folder = self.home / self.mark
        (self.home / "tries").unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700)
        (self.folder / "asked").write_bytes(content)
        (self.folder / "beat").touch()
        _mark_alive(self.folder)
        process = subprocess.Popen(  # nosec B603: nothing of it is typed by anybody
            [sys.executable, "-m", self.module, str(self.folder)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # Anyone who waits for it knows of its end at once; nobody has to.
        threading.Thread(target=process.wait, daemon=True).start()
        return process.pid

    @property
    def is_begun(self) -> bool:
        """Whether it was begun, here or by a job that is gone."""
        return bool(self.mark) and (self.folder / "asked").exists()

    @property
    def is_dead(self) -> bool:
        """Whether it neither lives nor has found anything: it was killed."""
        with suppress(OSError):
            return time.time() - (self.folder / "beat").stat().st_mtime > SILENCE
        return True

    @property
    def progress(self):
        """Progress of the task; None before the first report."""
        return self._read("progress")

    @property
    def asked(self):
        """Input of the task, as it was at the start."""
        return self._read("asked")

    @property
    def found(self):
        """Result, or the reason of a failure in words.

        None while the task runs, and when the result answers another input.
        """
        mark, found = self._read("found") or ("", None)
        return found if mark == self.mark else None

    def _read(self, name):
        return _read(self.folder / name, self.module.rpartition(".")[0])

    def try_again(self) -> int:
        """Count how often the current step was tried, to begin or to write what was found, this
        time included: a server may be cut each time."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.home / "tries"
        count = len(path.read_bytes()) + 1 if path.exists() else 1
        with suppress(OSError):
            path.write_bytes(b"." * count)
        return count

    def stop(self):
        """Ask for the best so far."""
        with suppress(OSError):
            (self.folder / "stop").touch()

    def forget(self):
        """Stop the task if it runs and delete its files. Tasks of another server stay."""
        if self.mark:
            shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):
            (self.home / "tries").unlink(missing_ok=True)
            self.home.rmdir()

    # seen from inside

    @classmethod
    def run(cls, folder: Path, work):
        """Run the task and write its result.

        :param work: function of the task and of its input, which returns the result
        """
        task = cls(folder.parent, folder.name)
        _lift(cls.lifted)
        done, mark = threading.Event(), ""
        threading.Thread(target=_beat, args=(folder, done), daemon=True).start()
        try:
            mark = _fingerprint((folder / "asked").read_bytes())
            found = work(task, *task.asked)
        except Exception as error:  # shown to the user who started the task
            found = NO_ROOM if is_full(error) else str(error) or type(error).__name__
        done.set()
        _write(folder / "found", (mark, found))

    def report(self, progress):
        """Note how far the work is."""
        _write(self.folder / "progress", progress)

    @property
    def is_stopped(self) -> bool:
        """Whether nobody waits for more."""
        return (self.folder / "stop").exists() or not self.folder.exists()


def _fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _lift(names):
    with suppress(ImportError, OSError, ValueError):
        import resource

        for name in names:
            hard = resource.getrlimit(getattr(resource, name))[1]
            resource.setrlimit(getattr(resource, name), (hard, hard))


def _beat(folder: Path, done: threading.Event):
    while not done.wait(BEAT) and folder.exists():
        with suppress(OSError):
            _mark_alive(folder)


def _mark_alive(folder: Path):
    """At the time of the clock that `is_dead` reads: a file server dates files by its own."""
    now = time.time()
    os.utime(folder / "beat", (now, now))


def _write(path: Path, value):
    """Whole or not at all; not at all when the folder is gone."""
    draft = path.with_suffix(".part")
    with suppress(OSError):
        draft.write_bytes(pickle.dumps(value))
        draft.replace(path)


def _read(path: Path, package):
    with suppress(OSError), path.open("rb") as file:
        return Unpickler(file, package).load()
    return None


class Unpickler(pickle.Unpickler):
    """Unpickler limited to plain values and to the classes of one package of the addon.

    Any other class is refused: a file of the folder must not be able to run code.
    """

    def __init__(self, file, package):
        super().__init__(file)
        self.package = package

    def find_class(self, module, name):
        """:raise UnpicklingError: anything else"""
        _before, separator, rest = module.partition(f"{self.package}.")
        if separator and rest and "." not in rest and name.isidentifier():
            here = __package__.rpartition("engine")[0]
            return super().find_class(f"{here}{self.package}.{rest}", name)
        if name in PLAIN.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")
