"""Check that this Python has a working Odoo 19: check_odoo.py MANIFEST [FOLDER OF ADDONS].

The Python of that Odoo runs it: it imports Odoo, its libraries and the addons of Odoo that the
manifest requires. It prints what is missing, in French, and exits with 1.
"""

import ast
import importlib
import importlib.util
import sys
from pathlib import Path

WANTED = 19
OLDEST_PYTHON = (3, 10)
# Where Odoo itself needs its libraries: the server, the database, the pages, the documents.
ROOMS = ("odoo.service.server", "odoo.http", "odoo.modules.registry", "odoo.addons.base")


def find_fault(manifest, addons):
    """What is wrong, as a sentence; empty when nothing is."""
    who = f"avec le Python {sys.executable}"
    if sys.version_info < OLDEST_PYTHON:
        return f"{who}, trop ancien : Odoo 19 demande Python 3.10 ou plus récent."
    try:
        release = importlib.import_module("odoo.release")
    except ImportError as error:
        return f"{who}, Odoo ne s’importe pas ({error}) : ses sources sont incomplètes."
    if release.version_info[0] != WANTED:
        return f"c’est Odoo {release.version} ; il faut Odoo {WANTED}."
    packages = importlib.import_module("odoo.addons").__path__
    if addons:
        packages.append(addons)
    # Addons of OCA come later, from requirements.txt.
    wanted = ast.literal_eval(Path(manifest).read_text(encoding="utf-8"))["depends"]
    later = Path(manifest).with_name("requirements.txt").read_text(encoding="utf-8")
    own = [name for name in wanted if f"odoo-addon-{name}==" not in later]
    absent = [name for name in own if not any((Path(at) / name).is_dir() for at in packages)]
    if absent:
        return f"ses modules sont incomplets : il manque {', '.join(absent)}."
    return find_missing_library(who, (*ROOMS, *(f"odoo.addons.{name}" for name in own)))


def find_missing_library(who, rooms):
    """A sentence that names the library, and how to bring it."""
    for room in rooms:
        try:
            importlib.import_module(room)
        except ModuleNotFoundError as error:
            return (
                f"{who}, la bibliothèque « {error.name} » manque. Installez celles d’Odoo dans un"
                " environnement Python (python3 -m venv ; pip install -r requirements.txt de ses"
                " sources), puis indiquez-le : ODOO_PYTHON=<environnement>/bin/python."
            )
        except Exception as error:
            return f"{who}, Odoo ne démarre pas : {error!r} (à l’import de {room})."
    return ""


if __name__ == "__main__":
    if fault := find_fault(sys.argv[1], "".join(sys.argv[2:3])):
        sys.exit(f"Erreur : Odoo 19 n’est pas utilisable ainsi : {fault}")
