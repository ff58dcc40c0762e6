"""Who's who of a booklet: who heads the intercommunality, who answers the communes."""

from odoo import models
from odoo.tools.image import image_data_uri

from ....engine.text import after_comma
from ....engine.text.initials import get_initials

HEADS = ("president", "vice_president")


class CommuneBooklet(models.Model):
    _inherit = "commune.booklet"

    def _get_people(self, epci):
        """Cards of the heads of the intercommunality, then of those whom the communes ask:
        dicts `name`, `title`, `note`, `phone`, `email`, `photo` (empty without one), `initials`."""
        rows = self.env["commune.directory"]._get_directory_rows(epci, kinds=("elected",))
        persons = (
            [row for row in rows[0]["persons"] if row["function_code"] in HEADS] if rows else []
        )
        partners = self.env["res.partner"].browse(row["person_id"] for row in persons)
        heads = [
            self._make_card(partner, row["name"], row["title"], note=row["delegation"])
            for row, partner in zip(persons, partners, strict=True)
        ]
        return {"heads": heads, "referents": self._get_referents(self.env["res.partner"])}

    def _get_referents(self, commune):
        """Who answers the communes, whether at work today or not: a booklet is read for a year.

        :param commune: to choose those named for it; empty for all
        """
        topics = self.env["commune.topic"].search(
            [("parent_id", "!=", False), ("level", "=", "metropole")]
        )
        families = {}
        for row in topics._get_first_candidates(commune):
            topic = topics.browse(row["topic_id"])
            families.setdefault(row["user_id"], {})[topic.parent_id.name] = row
        users = self.env["res.users"].browse(families)
        cards = []
        for user in users:
            row = next(iter(families[user.id].values()))
            card = self._make_card(
                user.partner_id, user.name, row["function"], note=", ".join(families[user.id])
            )
            cards.append({**card, "phone": row["phone"], "email": row["email"]})
        return cards

    def _make_card(self, partner, name, title, note=""):
        photo = partner.with_context(bin_size=False).image_128
        picture = image_data_uri(photo) if photo else ""
        return {
            "name": name,
            "title": title or "",
            "note": after_comma(note) if note else "",
            "phone": "",
            "email": "",
            # Odoo draws a letter for the agents who have no photo.
            "photo": "" if picture.startswith("data:image/svg") else picture,
            "initials": get_initials(name),
        }


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    def _get_first_candidates(self, commune):
        """Who is in charge of each of these topics for a commune, present or not: one row each,
        in the order of the topics."""
        first = {}
        for row in self._get_candidates(commune) if self else ():
            first.setdefault(row["topic_id"], row)
        return [first[topic.id] for topic in self if topic.id in first]
