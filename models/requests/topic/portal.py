"""The cards among which a commune chooses its interlocutor."""

import re

from odoo import api, models
from odoo.tools import format_date

from ....engine.orientation import Found, mended
from ....engine.text.initials import get_initials

# Chosen by the person, not found in the words.
WANTED = {"clear": False, "wanted": True}
# Keys merged over all the topics of a person.
JOINED = ("reasons", "guides", "similar")
_SPACE_IN_NUMBER = re.compile(r"(?<=\d) (?=\d)")
# Anyone who asks for a commune is not sent to its own town hall.
_OWN_HALL = re.compile(r"(?P<who>maire|mairie) de la commune(?: \([^)]*\))?(?:, | – )?", re.I)


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    @api.model
    def _get_portal_cards(self, question, commune, limit=3, wanted=0):
        """Up to three topics for a question, with all that the person needs to choose.

        :param wanted: id of the topic that the page before has chosen: it is among them
        :return: list of dicts of `orient`, plus `topic` (sudo), `family`, `person`,
            `promise`, `outside`, `similar`, `asked` (the question, its words typed right)
        """
        cards = self.orient(question, commune, limit=limit)
        cards = self._add_wanted(self._find_answerable(wanted), cards, commune)
        topics = self.sudo().browse(card["topic_id"] for card in cards)
        absent = topics._get_absent_holders(commune)
        place = self._get_commune(commune)
        handled = topics.filtered(lambda topic: not topic._is_outside(place))
        promises = handled._get_portal_promises(place)
        similar = self._get_portal_similar(question, commune) if cards else []
        for card, topic in zip(cards, topics, strict=True):
            card.update(
                topic=topic,
                family=topic.parent_id.name,
                person=topic._get_portal_interlocutor(card["referent"], absent.get(topic.id)),
                promise=promises.get(topic, ""),
                outside=topic._get_portal_outside(place),
                similar=[answer for answer in similar if answer["topic_id"] == topic.id][:2],
                asked=mended(question or "", card["repairs"]),
            )
        return cards

    @api.model
    def _group_by_person(self, cards):
        """Group search cards by person: the first card, with `cards`, all of them.

        Shared content about the person and the reading list appears once.
        """
        gathered = {}
        for card in cards:
            person = card["person"] or {}
            key = (person.get("user_id"), person.get("name")) if person else card["topic_id"]
            gathered.setdefault(key, []).append(card)
        return [
            {
                **own[0],
                **{name: self._join(card.get(name) or () for card in own) for name in JOINED},
                "promise": ", ".join(dict.fromkeys(filter(None, (one["promise"] for one in own)))),
                "cards": own,
            }
            for own in gathered.values()
        ]

    @api.model
    def _join(self, lists):
        """What several lists hold, each thing once."""
        joined = []
        for some in lists:
            joined += [one for one in some if one not in joined]
        return joined

    @api.model
    def _add_wanted(self, topic, cards, commune):
        """Add the card of a topic when it is missing, and keep the search order."""
        if not topic or topic.id in (card["topic_id"] for card in cards):
            return cards
        commune = self._get_commune(commune)
        person = topic._get_interlocutors(commune).get(topic.id)
        return [*cards, topic._prepare_card(Found(topic.code, 0.0, ()), person, commune) | WANTED]

    @api.model
    def _get_portal_similar(self, question, commune=None, limit=6):
        """Published answers to questions that look alike, the best first.

        :return: list of dicts `id`, `topic_id`, `question`, `answer`
        """
        found = self.env["commune.finder"]._find(question, ("answer",), limit, commune)
        answers = self.env["commune.published.answer"].sudo()
        return [
            {
                "id": answer.id,
                "topic_id": answer.topic_id.id,
                "question": answer.question,
                "answer": answer.answer,
            }
            for answer in answers.browse(one["id"] for one in found)
        ]

    @api.model
    def _find_answerable(self, topic_id):
        """The topic of this id when a request may be about it, as superuser."""
        return self.sudo().search([("id", "=", topic_id), ("parent_id", "!=", False)])

    def _get_absent_holders(self, commune):
        """Who would answer on each topic, were they at work today: topic id -> candidate."""
        candidates = self._get_candidates(commune) if self else []
        users = self.env["res.users"].browse({row["user_id"] for row in candidates})
        absent = set(users._get_absent_users().ids)
        first = {}
        for row in candidates:
            first.setdefault(row["topic_id"], row)
        return {topic: row for topic, row in first.items() if row["user_id"] in absent}

    def _get_portal_interlocutor(self, found, absent):
        """How the interlocutor is shown: a person, else the desk and how to reach it.

        Called as superuser, for persons of communes.
        """
        self.ensure_one()
        if not found:
            return self.env.company._get_desk_card()
        user = self.env["res.users"].browse(found["user_id"])
        desk = self.env.company._get_desk_card()
        day = self.env.company._get_day_of_answers()
        return {
            **found,
            "phone": user.partner_id.phone or desk["phone"],
            "initials": get_initials(found["name"]),
            "has_photo": user._has_commune_photo(),
            "presence": self._get_portal_presence(found, absent, day),
            "here": found["available"] and day == self.env.company._get_today(),
            "team": self._get_team().complete_name,
        }

    @api.model
    def _get_portal_presence(self, found, absent, day):
        """Whether the person is at work today, else the substitute, in gender-neutral words: the
        civility is often unknown."""
        is_open = day == self.env.company._get_today()
        if found["available"] and absent and is_open:
            return self.env._(
                "%(absent)s cannot be reached today: %(name)s takes over",
                absent=absent["name"],
                name=found["name"],
            )
        if found["available"] and is_open:
            return self.env._("Can be reached today")
        if found["available"]:
            return self._describe_availability(found["user_id"], day)
        return self.env._("Cannot be reached today")

    @api.model
    def _describe_availability(self, user_id, day):
        """The weekday on which the organisation opens again; empty when the person is away then, or
        when it is not within a week."""
        away = self.env["res.users"].browse(user_id)._get_absent_users(day)
        if away or (day - self.env.company._get_today()).days > 6:
            return ""
        weekday = format_date(self.env, day, date_format="EEEE")
        return self.env._("Can be reached on %s", weekday)

    def _get_portal_promises(self, commune):
        """Promise for a request filed now, in the words of its page, the only promise that communes
        read; else empty. One read of the charter."""
        commitments = self.env["helpdesk.sla"]._get_commitments()
        tickets, working, promises = self.env["helpdesk.ticket"], {}, {}
        today = self.env.company._get_today()
        for topic in self:
            asked = tickets.new(
                {
                    "topic_id": topic.id,
                    "team_id": topic._get_team().id,
                    "commune_id": commune.id,
                    "company_id": self.env.company.id,
                }
            )
            wanted = commitments._get_most_precise(asked)
            final = wanted.filtered(lambda sla: sla.milestone == "final_answer")
            promises[topic] = ""
            if final:
                day = (
                    asked.env["commune.request.clock"]
                    ._get_clock(asked, final, asked._get_working_days(working))
                    .deadline
                )
                asked.promised_date = day
                promises[topic] = asked.env["commune.request.portal"]._get_portal_delay(
                    asked, (day - today).days
                )
        return promises

    def _get_portal_outside(self, commune=None):
        """Who is in charge in a commune when it is not the intercommunality; False when it is."""
        level = self._get_level(commune)
        if level == "metropole":
            return False
        sentence, own = self._get_outside_sentence(), ""
        if level == "commune":
            own = self._describe_own_competence(commune)
            sentence = _OWN_HALL.sub("", sentence)
        return {
            # A telephone number is not cut at the end of a line.
            "sentence": _SPACE_IN_NUMBER.sub("\xa0", sentence),
            "unnamed": "" if self.outside_name else self._get_unnamed_outside(level),
            "note": self.outside_note,
            "own": own,
        }

    def _describe_own_competence(self, commune):
        """Describe who decides in the current user's commune; the mayor reads “you”."""
        if commune and not commune.is_commune:
            return self.env._("It is for each commune, not for the intercommunality.")
        named = _OWN_HALL.match(self.outside_name or "")
        is_mayors = self.police_power_id or (named and named["who"].lower() == "maire")
        if not is_mayors:
            return self.env._("It is for your town hall: a municipal service.")
        held = commune and commune._get_portal_mandates(self.env.user.partner_id)
        if held and "mayor" in held.function_id.mapped("code"):
            return self.env._("It is for you: police power of the mayor.")
        return self.env._("It is for the mayor of your commune: police power.")

    @api.model
    def _get_unnamed_outside(self, level):
        """Who to ask when the topic names nobody: a sentence, empty for the commune itself."""
        return {
            "departement": self.env._("Ask the departmental council."),
            "region": self.env._("Ask the regional council."),
            "etat": self.env._("Ask the prefecture or the sub-prefecture."),
            "operateur": self.env._(
                "Ask the operator of the network or of the service: its name and its telephone are"
                " on the bill or on the equipment."
            ),
        }.get(level, "")


class ResUsers(models.Model):
    _inherit = "res.users"

    def _has_commune_photo(self):
        """Whether the person, found as superuser, has a real photo: Odoo draws a letter for those
        who have none."""
        self.ensure_one()
        return bool(self.partner_id.with_context(bin_size=True).image_128)

    @api.model
    def _find_interlocutor(self, user_id):
        """An agent whom communes are sent to, as superuser: a referent, the lead or a member of a
        team. Photos of other staff are not for communes."""
        user = self.sudo().search([("id", "=", user_id), ("share", "=", False)])
        referents = user.env["commune.topic.referent"]
        teams = user.env["helpdesk.ticket.team"]
        known = user and (
            referents.search_count([("user_id", "=", user.id)], limit=1)
            or teams.search_count(
                ["|", ("user_id", "=", user.id), ("user_ids", "in", user.ids)], limit=1
            )
        )
        return user if known else self.browse()
