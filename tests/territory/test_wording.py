"""Places within sentences, the order of their names, titles by the kind of intercommunality."""

from odoo.tests import tagged

from ...models.core.collation import collate_place
from ..common import CommuneCase

NAMES = ["Augny", "Le Ban-Saint-Martin", "Châtel-Saint-Germain", "Chieulles", "Étain", "L’Hôpital"]
NAMES += ["Laquenexy", "La Maxe", "Œting", "Yutz"]


@tagged("post_install", "-at_install")
class TestWording(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")

    def _communes(self):
        values = [
            {"name": name, "is_commune": True, "insee_code": f"5795{index}"}
            for index, name in enumerate(reversed(NAMES))
        ]
        return self.env["res.partner"].create(values)

    def test_the_head_of_a_document_elides(self):
        wanted = {
            "Augny": "Commune d’Augny",
            "Le Ban-Saint-Martin": "Commune du Ban-Saint-Martin",
            "Les Étangs": "Commune des Étangs",
            "La Maxe": "Commune de La Maxe",
            "L'Hôpital": "Commune de L’Hôpital",
            "Hayange": "Commune de Hayange",
            "Yutz": "Commune d’Yutz",
        }
        commune = self.commune_a.with_context(lang="fr_FR")
        for name, title in wanted.items():
            commune.name = name
            self.assertEqual(commune._get_commune_title(), title)
        commune.brand_name = "Ville d’Essai"
        self.assertEqual(commune._of_place(), "d’Yutz")
        self.assertEqual(commune._of_place(public=True), "de Ville d’Essai")

    def test_the_organisation_is_named_with_its_article(self):
        wanted = {
            "Communauté de communes du Pays Noir": "de la Communauté de communes du Pays Noir",
            "Eurométropole de Metz": "de l’Eurométropole de Metz",
            "Metz Métropole": "de Metz Métropole",
            "Les Deux Rives": "des Deux Rives",
        }
        self.env.company.epci_id = self.epci
        company = self.env.company.with_context(lang="fr_FR")
        for name, words in wanted.items():
            self.epci.brand_name = name
            self.assertEqual(company._get_organisation_genitive(), words)
            self.assertEqual(self.epci.with_context(lang="fr_FR")._of_place(public=True), words)
        self.epci.write({"name": "CC du Pays Noir", "brand_name": False})
        identity = company._get_document_identity()
        self.assertEqual(identity["legal_within"], "la communauté de communes du Pays Noir")
        self.assertEqual(identity["legal_head"], "La communauté de communes du Pays Noir")

    def test_postgresql_and_python_sort_as_a_directory(self):
        communes = self._communes()
        scope = [("id", "in", communes.ids), ("is_commune", "=", True)]
        Partner = self.env["res.partner"]
        self.assertEqual(Partner.search(scope).mapped("name"), NAMES)
        self.assertEqual(Partner.search(scope, order="name desc").mapped("name"), NAMES[::-1])
        self.assertEqual(sorted(reversed(NAMES), key=collate_place), NAMES)
        nothing = [("id", "in", []), ("is_commune", "=", True)]
        self.assertFalse(Partner.search(nothing, order="name"))
        found = dict(Partner.name_search("", scope))
        self.assertEqual(list(found.values()), NAMES)

    def test_the_third_party_contacts_keep_their_order(self):
        """Accents behind z, as the database sorts; and its index serves."""
        values = [{"name": name} for name in ("Étain", "Zoé", "Eloi")]
        contacts = self.env["res.partner"].create(values)
        query = self.env["res.partner"]._search([("id", "in", contacts.ids)], order="complete_name")
        self.assertNotIn("fold", query.order.code)
        query = self.env["res.partner"]._search([("is_commune", "=", True)], order="complete_name")
        self.assertIn("fold", query.order.code)

    def test_the_article_of_a_person_counts(self):
        """A person called Le Goff is sorted at L, beside the communes whose article does not."""
        names = ["Le Ban-Saint-Martin", "Durand", "Le Goff", "La Maxe"]
        people = self.env["res.partner"].create([{"name": name} for name in ("Le Goff", "Durand")])
        mixed = self._communes().filtered(lambda one: one.name in names) | people
        asked = [("id", "in", mixed.ids), ("is_epci", "=", False)]
        self.assertEqual(self.env["res.partner"].search(asked).mapped("name"), names)

    def test_what_is_sorted_by_commune_follows(self):
        person = self.portal_a.partner_id
        communes = self._communes()
        for commune in communes:
            self._mandate(person, commune, "councillor", date_start="2026-03-15")
        scope = [("commune_id", "in", communes.ids)]
        Mandate = self.env["commune.mandate"]
        self.assertEqual(Mandate.search(scope).mapped("commune_id.name"), NAMES)
        groups = Mandate._read_group(scope, ["commune_id"], ["__count"], order="commune_id")
        self.assertEqual([commune.name for commune, _count in groups], NAMES)

    def test_a_metropole_has_metropolitan_councillors(self):
        function = self.functions["community_councillor"].with_context(lang="fr_FR")
        function.write(
            {"name": "Conseiller communautaire", "name_feminine": "Conseillère communautaire"}
        )
        mandate = self._mandate(self.portal_a, self.epci, "community_councillor")
        mandate = mandate.with_context(lang="fr_FR")
        person = mandate.partner_id
        titles = {}
        for kind in ("CC", "METRO", "EPT"):
            self.epci.epci_kind = kind
            for civility in ("m", "mme"):
                person.civility = civility
                titles[kind, civility] = mandate.title
        self.assertEqual(
            titles,
            {
                ("CC", "m"): "Conseiller communautaire",
                ("CC", "mme"): "Conseillère communautaire",
                ("METRO", "m"): "Conseiller métropolitain",
                ("METRO", "mme"): "Conseillère métropolitaine",
                ("EPT", "m"): "Conseiller territorial",
                ("EPT", "mme"): "Conseillère territoriale",
            },
        )
        self.epci.epci_kind = "MET69"
        epci = self.epci.with_context(lang="fr_FR")
        name = epci.env["commune.place.wording"]._get_assembly_name(epci)
        self.assertEqual(name, "conseil métropolitain")
