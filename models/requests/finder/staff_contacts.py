"""The people of the organisation that the search box finds by their name."""

from odoo import api, models
from odoo.fields import Domain

from ....engine.search_query import names, read

MOST_PERSONS = 3
MOST_TOPICS = 4


class CommuneFinder(models.AbstractModel):
    _inherit = "commune.finder"

    @api.model
    def _find_persons(self, question, place, guessed=False):
        """Those to whom the topics lead this commune, when the question names them. Without a
        name in it, two queries.

        :param question: text as typed
        :param guessed: a name may be typed wrong: nothing else was found
        :return: list of dicts, as `person` of the cards (`_get_portal_cards`), and `topics` (sudo)
        """
        asked = read(question).words
        if not asked or not self._can_be_oriented(place):
            return []
        users = self.env["res.users"].sudo()
        staff = users.search_fetch(Domain("share", "=", False), ["partner_id"], order="id")
        named = staff.filtered(
            lambda user: names(
                asked, user.partner_id.lastname or "", user.partner_id.firstname or "", guessed
            )
        )
        return self._show_persons(named, place) if named else []

    @api.model
    def _show_persons(self, users, place):
        """Only those whom the cards of a topic would show to this commune."""
        topics = users.env["commune.topic"].search([("parent_id", "!=", False)])
        rows, known = {}, {}
        for row in topics._get_candidates(place):
            known.setdefault(row["topic_id"], row)
            if row["user_id"] in users.ids and known[row["topic_id"]] is row:
                rows.setdefault(row["user_id"], []).append(row)
        absent = set(users._get_absent_users().ids)
        found = []
        for user_id, own in list(rows.items())[:MOST_PERSONS]:
            own_topics = topics.browse(row["topic_id"] for row in own)
            row = {**own[0], "available": user_id not in absent}
            person = own_topics[:1]._get_portal_interlocutor(row, None)
            found.append({**person, "topics": own_topics[:MOST_TOPICS]})
        return found
