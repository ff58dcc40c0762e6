"""Build backend: whool, on a copy of the tree that bears the addon's name.

whool names an addon after its folder; a clone may be called anything. The wheel has what a server
runs and what its administrator reads, no test and no tool. The libraries that only some actions
need are its extras: `[tool.commune.extras]` of pyproject.toml.
"""

import shutil
import tempfile
from contextlib import chdir, contextmanager
from pathlib import Path

from whool import buildapi
from whool.utils import load_pyproject_toml

ADDON = "commune_relations"
# What a server runs and what its administrator reads; pyproject.toml is read here, never packed.
SHIPPED = (
    *("__init__.py", "__manifest__.py", "hooks.py", "pyproject.toml", "requirements.txt"),
    *("CHANGELOG.md", "LICENSE", "README.md", "docs", "readme", "deploy"),
    *("cli", "controllers", "data", "demo", "engine", "i18n", "i18n_extra", "migrations", "models"),
    *("reports", "security", "static", "views", "wizards"),
)
LEFT_OUT = ("static/tests/", "docs/specimens/", "docs/decisions/", "docs/mutants.md")


def get_shipped(root):
    """Paths of the files that the wheel has, from the root."""
    found = [path for name in SHIPPED for path in (root / name, *(root / name).rglob("*"))]
    names = [path.relative_to(root).as_posix() for path in found if path.is_file()]
    return [name for name in names if not name.startswith(LEFT_OUT) and "__pycache__" not in name]


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
    """Metadata of the addon from whool, with its extras."""
    # The version of the manifest, whatever git knows of what came after it.
    options = {"post_version_strategy_override": "none"}
    metadata = buildapi.metadata_from_addon_dir(root, options, precomputed_metadata_file=None)
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
