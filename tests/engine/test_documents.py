"""What the documents name exists: tests, links between pages, labels of the screens."""

import re
import unittest
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FRENCH = (ROOT / "i18n" / "fr.po").read_text(encoding="utf-8")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def slug(title):
    """The anchor that the reader of Markdown makes of a title."""
    kept = re.sub(r"[^\w\s-]", "", title.strip().lower())
    return re.sub(r"\s", "-", kept)


def anchors(text):
    return {slug(title) for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


class TestDocuments(unittest.TestCase):
    def test_every_promise_names_a_test_that_exists(self):
        promises = re.findall(r"`(tests/[\w/.]+)`", read("docs/security.md"))
        self.assertGreater(len(promises), 20)
        for path in promises:
            self.assertTrue((ROOT / path).exists(), path)

    def test_links_between_pages_lead_somewhere(self):
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
                path, _hash, anchor = unquote(target).partition("#")
                found = (page.parent / path).resolve() if path else page
                self.assertTrue(found.exists(), f"{page.name}: {target}")
                if anchor:
                    there = anchors(found.read_text(encoding="utf-8"))
                    self.assertIn(anchor, there, f"{page.name}: {target}")

    def test_the_guides_use_the_labels_of_the_screens(self):
        """Documents that an officer or an administrator must be able to find."""
        for page, label in (
            ("guide-utilisateur", "Inviter sur le portail"),
            ("guide-utilisateur", "Changements de signataires"),
            ("guide-utilisateur", "Signatures sur le portail"),
            ("guide-utilisateur", "Noter la signature sur papier"),
            (
                "guide-utilisateur",
                "Protéger votre signature par la double authentification (code de votre téléphone)",
            ),
            ("deployment", "La signature demande une double authentification"),
            ("deployment", "Relais de messagerie de confiance"),
            ("deployment", "Comptes sans mandat"),
            ("deployment", "Notre intercommunalité"),
        ):
            text = re.sub(r"\s+", " ", read(f"docs/{page}.md"))
            with self.subTest(label=label):
                self.assertTrue(f'msgstr "{label}"' in FRENCH and label in text)

    def test_the_deployment_names_what_the_security_page_asks_for(self):
        text = read("docs/deployment.md")
        for word in (
            "web.base.url.freeze",
            "request_relay",
            "from_filter",
            "sites-enabled/default",
            "-u commune_relations",
            "cd /srv/odoo/addons/commune_relations\npython3 -m engine.web",
            "commune_setup -c /etc/odoo/odoo.conf",
            "systemctl edit odoo",
        ):
            self.assertIn(word, text)


if __name__ == "__main__":
    unittest.main()
