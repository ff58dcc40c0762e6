"""The window where elected officials are imported, and the files that it fetches: in words."""

from types import SimpleNamespace
from unittest.mock import patch

from lxml import html

from odoo.tests import tagged

from odoo.addons.commune_relations.models.territory.rne import download

from ..common import CommuneCase

FILE = (
    "Code de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat;"
    "Libellé de la fonction\n57463;ROUX;Zoé;F;15/03/2026;\n"
)


class Answer(SimpleNamespace):
    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return False

    def raise_for_status(self):
        pass

    def iter_content(self, _size):
        return iter([FILE.encode()])


@tagged("post_install", "-at_install")
class TestImportWindow(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.french = cls.env(user=cls.officer, context={"lang": "fr_FR"})

    def test_the_files_are_links_that_show_their_french_names(self):
        window = self.french["commune.import.upload"].create({})
        page = html.fromstring(window.source_links)
        links = {link.text: link.get("href") for link in page.iter("a")}
        self.assertEqual(
            list(links),
            ["Maires", "Conseillers municipaux", "Conseillers de l’intercommunalité"],
        )
        for name, address in links.items():
            self.assertTrue(address.startswith("https://www.data.gouv.fr/"), name)
        self.assertNotIn("data.gouv.fr", page.text_content())

    def test_the_files_that_are_fetched_show_their_names_and_days(self):
        for header, name in (
            ("Thu, 12 Nov 2026 08:00:00 GMT", "Maires (fichier du 12/11/2026)"),
            (None, "Maires"),
            ("some day", "Maires"),
        ):
            answer = Answer(headers={"Last-Modified": header} if header else {})
            with patch.object(download.requests, "get", lambda *_a, text=answer, **_o: text):
                files = self.french["commune.import"]._download()
            self.assertEqual(files[0], (name, FILE.encode()))
            self.assertEqual(len(files), 3)

    def test_one_line_is_shown_in_the_singular(self):
        fields = self.french["commune.import.line"].fields_get(["change"])["change"]["selection"]
        self.assertEqual(dict(fields)["new"], "Nouveau")
        form = self.french["commune.import"].get_view(view_type="form")["arch"]
        page = html.fromstring(form)
        shown = page.xpath("//field[@name='new_count']")
        self.assertEqual([one.get("string") for one in shown], [None, "Nouveau"])
        self.assertEqual(
            [one.get("invisible") for one in shown], ["new_count == 1", "new_count != 1"]
        )
