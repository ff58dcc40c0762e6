"""bin/serve reports in French what is missing, before it creates anything."""

import ast
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = {
    'ID=debian\nVERSION_ID="13"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n': True,
    'ID=debian\nPRETTY_NAME="Debian GNU/Linux forky/sid"\n': True,
    'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n': False,
    'ID=ubuntu\nVERSION_ID="24.04"\nID_LIKE=debian\nPRETTY_NAME="Ubuntu 24.04.3 LTS"\n': False,
}
DEPENDS = ast.literal_eval((ROOT / "__manifest__.py").read_text(encoding="utf-8"))["depends"]


class TestServe(unittest.TestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def _run(self, *command, **environment):
        kept = {key: value for key, value in os.environ.items() if key != "ODOO_PYTHON"}
        found = subprocess.run(
            command,
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
            env={**kept, "COMMUNE_DEV": str(self.folder / "dev"), **environment},
        )
        return found.returncode, found.stderr

    def _make(self, name, text=""):
        path = self.folder / "odoo19" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _serve(self, home):
        code, text = self._run("bin/serve", "--prepare", ODOO_HOME=str(home))
        self.assertEqual(code, 1, text)
        self.assertFalse((self.folder / "dev" / "venv").exists())
        self.assertEqual(len(text.splitlines()), 1, text)  # a sentence, no traceback
        return text

    def test_a_home_without_odoo_is_refused(self):
        self.assertIn("n’est pas un dossier", self._serve(self.folder / "nowhere"))
        (self.folder / "empty").mkdir()
        self.assertIn("aucun odoo-bin dans ODOO_HOME", self._serve(self.folder / "empty"))

    def test_sources_that_do_not_start_are_refused_with_what_is_missing(self):
        home = self.folder / "odoo19"
        self._make("odoo-bin", "#!/usr/bin/env no-such-python\n")
        self.assertIn("ODOO_PYTHON", self._serve(home))
        self._make("odoo-bin", "#!/usr/bin/python3\n")
        self._make("odoo/__init__.py")
        self.assertIn("sources sont incomplètes", self._serve(home))
        self._make("odoo/release.py", "version = '17.0'\nversion_info = (17, 0)\n")
        self.assertIn("c’est Odoo 17.0 ; il faut Odoo 19.", self._serve(home))
        self._make("odoo/release.py", "version = '19.0'\nversion_info = (19, 0)\n")
        self._make("odoo/addons/__init__.py")
        self._make("odoo/addons/base/__init__.py")
        text = self._serve(home)
        self.assertIn("ses modules sont incomplets", text)
        self.assertIn("survey", text)
        self.assertNotIn("helpdesk_mgmt", text)  # of OCA: brought later
        for name in DEPENDS:
            self._make(f"addons/{name}/__init__.py")
        self._make("odoo/service/__init__.py")
        self._make("odoo/service/server.py", "import no_such_library\n")
        text = self._serve(home)
        self.assertIn("« no_such_library » manque", text.replace("\xa0", " "))
        self.assertIn("pip install", text)

    def test_odoo_has_a_package_for_debian_13_alone(self):
        for text, has in SYSTEMS.items():
            (self.folder / "os-release").write_text(text, encoding="utf-8")
            read = f". bin/lib.sh; OS_RELEASE={self.folder}/os-release; "
            code, _text = self._run("bash", "-c", f"{read} can_have_debian_odoo")
            self.assertEqual(code == 0, has, text)
            if not has:
                code, shown = self._run("bash", "-c", f"{read} install_debian_odoo")
                self.assertEqual(code, 1)
                self.assertIn(text.split('"')[-2], shown)
                self.assertIn("ODOO_HOME=", shown)
                self.assertIn("docker compose up", shown)

    def test_an_option_that_says_nothing_is_refused(self):
        for options in (["--host"], ["--host", ""], ["--host", "a b"], ["--port", "x"], ["--what"]):
            code, _text = self._run("bin/serve", *options)
            self.assertIn(code, (1, 2), options)


if __name__ == "__main__":
    unittest.main()
