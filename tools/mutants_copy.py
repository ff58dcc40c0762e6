"""Copies of the tree in which mutants live: the working tree itself is never changed."""

import hashlib
import os
import queue
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEV = Path(os.environ.get("COMMUNE_DEV") or ROOT / ".dev")
CACHE = DEV / "mutants"


def tracked():
    """Files that git knows or would add, as paths from the root."""
    out = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [name for name in out.split("\0") if name and (ROOT / name).is_file()]


def digest(*paths):
    """One mark for what these files hold."""
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(Path(path).read_bytes() + b"\0")
    return found.hexdigest()[:16]


def copy_to(folder):
    shutil.rmtree(folder, ignore_errors=True)
    for name in tracked():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    return folder


def each(items, workers, places, work):
    """`work(item, place)` for each item, in any order; a place serves one item at a time."""
    free = queue.Queue()
    for place in places:
        free.put(place)

    def one(item):
        place = free.get()
        try:
            return work(item, place)
        finally:
            free.put(place)

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(one, items)
