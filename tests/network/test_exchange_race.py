"""A double click posts an offer once."""

from odoo.tests import tagged

from ..race_case import RaceCase

VALUES = {"name": "Broyeur de branches", "kind": "offer", "nature": "equipment"}


@tagged("post_install", "-at_install")
class TestExchangeRace(RaceCase):
    def test_two_posts_at_once_are_one(self):
        def prepare(env):
            place = env["res.partner"].create(
                {"name": "Course", "is_company": True, "is_commune": True, "insee_code": "57998"}
            )
            person = env["res.partner"].create({"firstname": "P", "lastname": "COURSE"})
            mandate = env["commune.mandate"].create(
                {
                    "partner_id": person.id,
                    "commune_id": place.id,
                    "function_id": env["commune.function"]._by_code()["town_hall_secretary"].id,
                    "date_start": "2020-03-15",
                }
            )
            self._keep(mandate, place | person)
            return place.id, person.id

        place_id, person_id = self._in_transaction(prepare)

        def post(env):
            topic = env["commune.topic"].search([("parent_id", "!=", False)], limit=1)
            place, person = (env["res.partner"].browse(key) for key in (place_id, person_id))
            posted = env["commune.exchange"]._post(place, person, {**VALUES, "topic_id": topic.id})
            self.assertEqual(posted.name, VALUES["name"])

        def look(env):
            env["commune.exchange"].search_count([("commune_id", "=", place_id)])

        def count(env):
            made = env["commune.exchange"].search([("commune_id", "=", place_id)])
            self.rows.insert(0, (made._table, made._name, made.ids))
            return len(made)

        begun, errors = self._at_once(look, post, post)
        self.assertEqual((begun, errors), (3, []))
        self.assertEqual(self._in_transaction(count), 1)
        # Pressed again later, it is still the same.
        self._in_transaction(post)
        self.rows.pop(0)
        self.assertEqual(self._in_transaction(count), 1)
