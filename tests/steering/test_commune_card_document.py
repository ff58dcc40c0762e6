"""The printed visit card: one page, for any number of talking points."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..territory.territory_document_case import TerritoryDocumentCase
from .steering_case import make_contact, make_promise

REPORT = "commune_relations.commune_card"
LONG = "Réfection complète de la chaussée de la rue du Général-de-Gaulle et de ses abords " * 2


@tagged("post_install", "-at_install")
class TestCommuneCardDocument(TerritoryDocumentCase):
    def _print(self, commune, user=None):
        return self._render(REPORT, commune, user=user or self.reader, lang="fr_FR")

    def _fill(self, commune):
        """Long lists of long names in every section that is simple to fill."""
        env = self.env
        self._council(commune, 55, deputies=16, name="Marie-Antoinette DE LA TOUR DU PIN")
        topic = env["commune.topic"].search([("code", "=", "VOI-ENT")])
        env["helpdesk.ticket"].create(
            [
                {
                    "name": f"{number} {LONG}",
                    "description": "<p>?</p>",
                    "commune_id": commune.id,
                    "topic_id": topic.id,
                }
                for number in range(15)
            ]
        )
        for number in range(12):
            make_promise(self, commune, days=number - 3, name=f"{number} {LONG}")
            make_contact(self, commune, weeks=number, subject=f"{number} {LONG}")
        env["commune.watch.item"].create(
            [{"name": LONG[:120], "kind": "law", "change_text": "Tout."} for _n in range(6)]
        ).sudo().write({"state": "distributed", "distributed_date": f"{self.today} 08:00:00"})

    def test_a_commune_with_much_content_holds_on_one_page(self):
        self._fill(self.commune_a)
        pdf = self._print(self.commune_a)
        self.assertEqual(len(pdf), 1)
        self.assertTrue(pdf.is_tagged)
        self.assertEqual(pdf.language, "fr")
        for text in (
            "FICHE DE VISITE",
            "Aubrive",
            "Anne AUBRY",
            "Ce qu’il faut dire",
            "Ce que nous avons promis",
            "Demandes en cours",
            "et 8 autres",
            "Derniers contacts",
            "Veille qui la concerne",
        ):
            self.assertIn(text, pdf.text)

    def test_a_commune_of_which_nothing_is_known_has_a_card(self):
        empty = self.env["res.partner"].create(
            {"name": "Vide", "is_company": True, "is_commune": True, "insee_code": "57999"}
        )
        pdf = self._print(empty)
        self.assertEqual(len(pdf), 1)
        self.assertIn("Aucune demande en cours.", pdf.text)

    def test_one_card_for_each_commune_of_a_list(self):
        pdf = self._print(self.communes)
        self.assertEqual(len(pdf), 2)
        self.assertIn("Aubrive", pdf.texts[0])
        self.assertIn("Bellefontaine", pdf.texts[1])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_anyone_who_has_no_role_gets_no_card(self):
        with self.assertRaises(AccessError):
            self._print(self.commune_a, user=self.employee)
