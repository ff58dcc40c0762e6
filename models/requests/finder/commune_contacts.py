"""The people of the communes, and the town halls, that the search box finds by their name."""

from odoo import api, models
from odoo.fields import Domain

from ....engine.search_query import names, names_only, read, recognise

MOST_PEOPLE = 6
# Words typed beside the name of a commune to find its town hall.
_TOWN_HALL = frozenset("mairie maire commune ville village secretariat telephone adresse".split())


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _find_people(self, question, place, guessed=False):
        """The persons of the communes whom the pages of the portal show to the current user,
        then the town halls, that the question names.

        :param question: text as typed
        :param place: the commune that the page is about
        :param guessed: a name may be typed wrong: nothing else was found
        :return: list of dicts `name`, `function`, `place`, `phone`, `email`, `url`, as shown on
            these pages and no more
        """
        asked = read(question).words
        if not asked or not self._can_be_oriented(place):
            return []
        known = self._get_known_people(self.env["res.partner"]._get_portal_places())
        found = [
            {**self._show_held(held), **shown}
            for partner, (held, shown) in known.items()
            if names(asked, partner.lastname or "", partner.firstname or "", guessed)
        ]
        # Persons who match all the words come before those who match one.
        whole = [card for card in found if names_only(asked, card["name"])]
        return [*(whole or found)[:MOST_PEOPLE], *self._find_town_halls(asked, place)]

    @api.model
    def _get_known_people(self, places):
        """{person: (mandate, what is shown beside)}, as superuser, of whom a page of the portal
        names to the current user; each pillar adds its own. Here the sheets of one's own communes:
        a name, never a contact. Thousands of persons: cards are made of those found alone."""
        known = {}
        for held in places._get_current_mandates().sudo():
            known.setdefault(held.partner_id, (held, {"url": f"/my/communes/{held.commune_id.id}"}))
        return known

    @api.model
    def _show_held(self, held):
        """The card of a mandate or post, without contact."""
        return {
            "name": held.partner_id.name,
            "function": held.title,
            "place": held.commune_id.brand_name or held.commune_id.name,
            "phone": "",
            "email": "",
            "url": "",
        }

    @api.model
    def _find_town_halls(self, asked, place):
        """The communes of the same intercommunality that the words name, and nothing else."""
        words = [word for word in asked if word not in _TOWN_HALL]
        place = place.sudo()
        epci = place.epci_id or place
        own = Domain("is_commune", "=", True) & Domain("epci_id", "=", epci.id)
        halls = place.env["res.partner"]
        halls = halls.search_fetch(own, ["name", "phone", "email"], order="name, id")
        found, used = recognise(words, {hall.id: (hall.name or "",) for hall in halls})
        if not words or used != set(words):
            return []
        return [
            {
                "name": self.env._("Town hall: %s", hall.brand_name or hall.name),
                "function": "",
                "place": "",
                "phone": hall.phone or "",
                "email": hall.email or "",
                "url": "",
            }
            for hall in halls.filtered(lambda hall: hall.id in found)[:MOST_PEOPLE]
        ]

    @api.model
    def _keep_topics(self, question, cards, persons):
        """Topics shown below persons.

        None when the question is a person's name, except for a lone word that clearly names a topic
        (“fontaine”).

        :param persons: dicts with `name`, of the persons found by it
        """
        asked = read(question).words
        named = any(names_only(asked, person["name"]) for person in persons)
        lone = len(asked) == 1 and any(card["clear"] for card in cards)
        return cards if lone or not named else []
