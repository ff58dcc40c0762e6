"""Build backend: whool, on a copy of the tree that bears the addon's name.

whool names an addon after its folder; a clone may be called anything. The wheel has what a server
runs and what its administrator reads, no test and no tool. The libraries that only some gestures
need are its extras: `[tool.commune.extras]` of pyproject.toml.
"""

import shutil
import subprocess
import tempfile
from contextlib import chdir, contextmanager
from pathlib import Path

from whool import buildapi
from whool.utils import load_pyproject_toml

ADDON = "commune_relations"
# Whatever begins so stays at home; so do the hidden files.
DEVELOPER_ONLY = (
    *("bin/", "tests/", "static/tests/", "docs/specimens/", "docs/decisions/", "docs/mutants.md"),
    *("Dockerfile", "compose.yaml", "requirements-dev.txt"),
)


def get_shipped(root):
    """Paths of the files that the wheel has, from the root: git knows them, else all are taken."""
    command = ["git", "ls-files"]
    found = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if found.returncode == 0 and found.stdout:
        names = found.stdout.splitlines()
    else:
        names = [p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()]
    return [
        name
        for name in names
        if not name.startswith((".", *DEVELOPER_ONLY)) and "__pycache__" not in name
    ]


@contextmanager
def _named_tree():
    root = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ADDON
        for name in get_shipped(root):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, copy / name)
        with chdir(copy):
            yield


def _get_metadata(root):
    """What whool says of the addon, and its extras."""
    metadata = buildapi.metadata_from_addon_dir(root, {}, precomputed_metadata_file=None)
    for extra, libraries in load_pyproject_toml(root)["tool"]["commune"]["extras"].items():
        metadata["Provides-Extra"] = extra
        for library in libraries:
            metadata["Requires-Dist"] = f'{library}; extra == "{extra}"'
    return metadata


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Make the wheel `odoo_addon_commune_relations` in `wheel_directory`."""
    target = str(Path(wheel_directory).resolve())
    with _named_tree():
        buildapi._get_metadata = _get_metadata
        return buildapi.build_wheel(target, config_settings)
