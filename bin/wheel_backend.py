"""Build backend: whool, on a copy of the tree that bears the addon's name.

whool names an addon after its folder; a clone may be called anything.
"""

import shutil
import subprocess
import tempfile
from contextlib import chdir, contextmanager
from pathlib import Path

from whool import buildapi

ADDON = "commune_relations"
DEVELOPER_ONLY = ("bin", ".ci", ".dev", ".git")


def _files(root):
    """Paths of the files of the addon, from the root: git knows them, else all are taken."""
    command = ["git", "ls-files"]
    found = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if found.returncode == 0 and found.stdout:
        return [Path(name) for name in found.stdout.splitlines()]
    return [path.relative_to(root) for path in root.rglob("*") if path.is_file()]


@contextmanager
def _named_tree():
    root = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ADDON
        for path in _files(root):
            if path.parts[0] not in DEVELOPER_ONLY:
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(root / path, copy / path)
        with chdir(copy):
            yield


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Make the wheel `odoo_addon_commune_relations` in `wheel_directory`."""
    target = str(Path(wheel_directory).resolve())
    with _named_tree():
        return buildapi.build_wheel(target, config_settings)
