"""What an administrator receives: the wheel, the containers, the page of the addon. Each file names
others, versions and settings: they must be there, and the same everywhere."""

import ast
import email
import os
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import yaml
from lxml import html

ROOT = Path(__file__).resolve().parents[2]
ADDON = "odoo/addons/commune_relations/"
PILLARS = (
    *("core", "territory", "requests", "network", "committees", "services", "surveys"),
    *("replacement", "knowledge", "steering"),
)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


MANIFEST = ast.literal_eval(read("__manifest__.py"))
PINNED = dict(re.findall(r"^([\w.-]+)==(\S+)$", read("requirements.txt"), re.MULTILINE))
COMPOSE = yaml.safe_load(read("compose.yaml"))


class TestWheel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        # As pip does, from the folder of the sources; a process of its own: it changes folders.
        made = "import sys, wheel_backend; wheel_backend.build_wheel(sys.argv[1])"
        subprocess.run(
            [sys.executable, "-c", made, folder.name],
            cwd=ROOT,
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": "bin"},
        )
        [wheel] = Path(folder.name).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
            cls.files = [name.removeprefix(ADDON) for name in names if name.startswith(ADDON)]
            [described] = [name for name in names if name.endswith("/METADATA")]
            cls.metadata = email.message_from_bytes(archive.read(described))

    def test_it_has_no_test_and_no_tool(self):
        first = {name.partition("/")[0] for name in self.files}
        self.assertTrue({"models", "engine", "views", "i18n", "deploy", "README.md"} <= first)
        self.assertFalse(first & {"bin", "tests", "Dockerfile", "compose.yaml", "pyproject.toml"})
        self.assertEqual([name for name in self.files if "/tests/" in f"/{name}"], [])
        self.assertEqual([name for name in first if name.startswith(".") or "-dev" in name], [])

    def test_each_file_of_the_repository_is_shipped_or_stays_for_a_reason(self):
        command = ["git", "ls-files"]
        tracked = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        left = set(tracked.stdout.splitlines()) - set(self.files)
        reasons = (
            *(".", "bin/", "tools/", "tests/", "static/tests/", "docs/specimens/"),
            *("docs/decisions/", "docs/mutants.md", "Dockerfile", "compose.yaml"),
            *("pyproject.toml", "requirements-dev.txt", "CONTRIBUTING.md"),
        )
        self.assertEqual([name for name in sorted(left) if not name.startswith(reasons)], [])

    def test_it_has_all_that_the_manifest_names(self):
        named = [*MANIFEST["data"], *MANIFEST["demo"], *MANIFEST["images"]]
        self.assertEqual([name for name in named if name not in self.files], [])

    def test_it_declares_each_library_that_requirements_pins(self):
        asked = self.metadata.get_all("Requires-Dist")
        always = {one.partition("=")[0] for one in asked if ";" not in one} - {"odoo"}
        extras = {
            one.partition(";")[0]: one.rpartition("== ")[2].strip('"')
            for one in asked
            if ";" in one
        }
        self.assertEqual(extras["ortools"], "plan")
        self.assertEqual(extras["python-docx"], "word")
        self.assertEqual(set(self.metadata.get_all("Provides-Extra")), set(extras.values()))
        self.assertEqual(always | set(extras), set(PINNED))


class TestHooks(unittest.TestCase):
    def test_what_runs_before_a_commit_is_what_bin_lint_runs(self):
        [repository] = yaml.safe_load(read(".pre-commit-config.yaml"))["repos"]
        self.assertEqual(repository["repo"], "local")
        tools = {Path(hook["entry"].split()[0]).name for hook in repository["hooks"]}
        self.assertEqual(tools, {"ruff", "oca-checks-odoo-module", "oca-checks-po", "lint"})
        lint = read("bin/lint")
        self.assertEqual([tool for tool in tools - {"lint"} if f'"$BIN/{tool}"' not in lint], [])

    def test_each_command_of_the_guide_for_developers_is_there(self):
        named = set(re.findall(r"(?:bin|tests)/[\w/.]+\w", read("CONTRIBUTING.md")))
        self.assertIn("bin/test", named)
        self.assertEqual([name for name in sorted(named) if not (ROOT / name).exists()], [])


class TestContainers(unittest.TestCase):
    def test_the_image_is_the_debian_of_the_readme(self):
        [image] = re.findall(r"^FROM debian:(\d+)", read("Dockerfile"), re.MULTILINE)
        self.assertIn(f"Debian {image}", read("README.md"))

    def test_what_is_copied_is_there_and_not_left_out(self):
        left_out = [line for line in read(".dockerignore").splitlines() if line and line[0] != "#"]
        for line in re.findall(r"^COPY (.+)$", read("Dockerfile"), re.MULTILINE):
            for name in line.split()[:-1]:
                self.assertTrue((ROOT / name).exists(), name)
                if name != ".":
                    self.assertFalse(self._is_left_out(name, left_out), name)

    def _is_left_out(self, name, patterns):
        """The last line that matches decides; `!` takes back."""
        found = [one for one in patterns if fnmatch(name, one.lstrip("!"))]
        return bool(found) and not found[-1].startswith("!")

    def test_the_image_has_what_runs_and_no_test(self):
        left_out = [line for line in read(".dockerignore").splitlines() if line and line[0] != "#"]
        for name in ("models", "engine", "__manifest__.py", "requirements.txt", "bin/serve"):
            self.assertFalse(self._is_left_out(name, left_out), name)
        for name in ("tests", "static/tests", ".git", ".env", "bin/attack", "requirements-dev.txt"):
            self.assertTrue(self._is_left_out(name, left_out), name)

    def test_the_scripts_that_the_image_starts_are_enough(self):
        """What bin/serve sources or runs from bin/ is copied too."""
        used = set(
            re.findall(
                r'(?:bin|dirname "\$0"\))/([\w.]+\.(?:sh|py))',
                read("bin/serve") + read("bin/lib.sh"),
            )
        )
        self.assertEqual(used, {"lib.sh", "check_odoo.py"})
        self.assertTrue({f"!bin/{name}" for name in used} <= set(read(".dockerignore").split()))

    def test_the_files_of_the_services_are_there(self):
        for service in COMPOSE["services"].values():
            for volume in service.get("volumes", []):
                source = volume.partition(":")[0]
                if source.startswith("./"):
                    self.assertTrue((ROOT / source).exists(), source)
                elif not source.startswith("$"):
                    self.assertIn(source, COMPOSE["volumes"])
        self.assertTrue(os.access(ROOT / "deploy/nginx/start.sh", os.X_OK))

    def test_nginx_is_the_only_entry_point(self):
        odoo, nginx = COMPOSE["services"]["odoo"], COMPOSE["services"]["nginx"]
        self.assertEqual(nginx["network_mode"], "service:odoo")
        self.assertEqual(odoo["ports"], ["80:80", "443:443"])
        self.assertNotIn("--host", odoo["command"])  # 127.0.0.1, which nginx shares
        self.assertIn("--proxy-mode", odoo["command"])
        self.assertNotIn("ports", COMPOSE["services"]["db"])

    def test_the_versions_are_those_that_the_documents_ask_for(self):
        images = {name: one.get("image", "") for name, one in COMPOSE["services"].items()}
        self.assertGreaterEqual(int(images["db"].removeprefix("postgres:")), 13)
        nginx = [int(part) for part in images["nginx"].removeprefix("nginx:").split(".")]
        self.assertGreaterEqual(nginx, [1, 26])  # « http2 on; »
        locks = re.search(r"^LOCKS=(\S+)", read("bin/lib.sh"), re.MULTILINE)[1]
        self.assertIn(locks, COMPOSE["services"]["db"]["command"])

    def test_each_setting_is_compulsory_and_explained(self):
        settings = set(re.findall(r"\$\{(\w+)", read("compose.yaml")))
        self.assertEqual(len(settings), 5)
        for name in settings:
            self.assertNotRegex(read("compose.yaml"), rf"\$\{{{name}\}}")
            self.assertIn(name, read("docs/deployment.md"))

    def test_the_options_of_bin_serve_are_explained(self):
        options = set(re.findall(r"--(\w+)(?= \||\))", read("bin/serve")))
        self.assertTrue({"host", "foreground", "demo"} <= options)
        shown = subprocess.run(
            [ROOT / "bin/serve", "--help"], check=True, capture_output=True, text=True
        )
        self.assertEqual({one for one in options if f"--{one}" not in shown.stdout}, {"help"})


class TestDescription(unittest.TestCase):
    def test_the_page_shows_each_pillar_with_a_picture(self):
        page = html.fromstring(read("static/description/index.html"))
        self.assertEqual(set(page.xpath("//section/@id")), set(PILLARS))
        self.assertEqual(
            set(PILLARS),
            {p.name for p in (ROOT / "models").iterdir() if p.is_dir() and p.name[0] != "_"},
        )
        for picture in page.xpath("//img"):
            file = ROOT / "static/description" / picture.get("src")
            self.assertLess(file.stat().st_size, 100_000, file.name)
            self.assertTrue(picture.get("alt"))
        self.assertEqual(len(page.xpath("//section[@id]//img")), len(PILLARS))

    def test_the_manifest_says_who_and_what_and_nothing_that_is_not(self):
        """The project has no public address and no account: the site of an organisation that uses
        it, or a name that somebody else may take, would send people elsewhere."""
        self.assertEqual({"website", "maintainers"} & set(MANIFEST), set())
        self.assertEqual(MANIFEST["author"], "Commune Relations contributors")
        self.assertIn("contributors of Commune Relations", read("readme/CONTRIBUTORS.md"))
        for image in MANIFEST["images"]:
            self.assertTrue((ROOT / image).is_file(), image)
        self.assertIn(
            MANIFEST["development_status"], ("Alpha", "Beta", "Production/Stable", "Mature")
        )

    def test_the_fragments_of_a_readme_are_there_in_english(self):
        names = {path.stem for path in (ROOT / "readme").glob("*.md")}
        self.assertEqual(
            names,
            {"DESCRIPTION", "INSTALL", "CONFIGURE", "USAGE", "ROADMAP", "CONTRIBUTORS", "HISTORY"},
        )
        for pillar in PILLARS:
            self.assertIn(f"**{pillar}**", read("readme/DESCRIPTION.md"))
        for name in names:
            # The tool of the OCA writes the heading of each fragment itself.
            text = read(f"readme/{name}.md")
            self.assertFalse(text.startswith("#"), name)
            self.assertNotRegex(text, r"(?m)^(#|##) ", name)


if __name__ == "__main__":
    unittest.main()
