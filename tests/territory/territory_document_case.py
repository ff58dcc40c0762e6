"""A commune with a town hall, and councils of any size."""

from ..core.document_case import DocumentCase


class TerritoryDocumentCase(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a.write(
            {
                "street": "1, place de l’Église",
                "zip": "57100",
                "city": "Aubrive",
                "phone": "03 87 00 00 01",
                "email": "mairie@aubrive.invalid",
                "opening_hours": "Lundi : 8 h – 12 h\nMardi : 14 h – 17 h",
            }
        )

    @classmethod
    def _council(cls, commune, size, deputies=0, name="Prénom NOM"):
        """A council: so many councillors, the first ones deputies of the mayor."""
        first, last = name.split(" ", 1)
        persons = cls.env["res.partner"].create(
            [
                {
                    "firstname": first,
                    "lastname": f"{last} {number:02d}",
                    "phone": "06 00 00 00 00",
                    "email": f"prenom.nom.numero{number}@commune-exemple.invalid",
                }
                for number in range(size)
            ]
        )
        cls.env["commune.mandate"].create(
            [
                cls._mandate_values(
                    person,
                    commune,
                    "deputy_mayor" if number <= deputies else "councillor",
                    rank=number if number <= deputies else 0,
                    delegation=number <= deputies and "Urbanisme, travaux et transition écologique",
                )
                for number, person in enumerate(persons, start=1)
            ]
        )
        return persons
