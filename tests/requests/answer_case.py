"""People and a request for the tests of the answers."""

from odoo.fields import Command
from odoo.tests import new_test_user

from ..common import CommuneCase


class AnswerCase(CommuneCase):
    """Teams Roads (lead `lead`, member `referent`) and Water (member `other`); management
    `director`; `request` of commune A on a topic of Roads, owned by `referent`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = new_test_user(
            cls.env, "test_lead", groups="commune_relations.group_referent", name="Claire Chef"
        )
        cls.other = new_test_user(
            cls.env, "test_other", groups="commune_relations.group_referent", name="Omar Autre"
        )
        cls.director = new_test_user(
            cls.env, "test_director", groups="commune_relations.group_reader", name="Dora Direction"
        )
        cls.env.company.request_direction_ids = cls.director
        Team = cls.env["helpdesk.ticket.team"]
        cls.roads, cls.water = Team.create(
            [
                {
                    "name": "Voirie (essai)",
                    "user_id": cls.lead.id,
                    "user_ids": [Command.set((cls.referent | cls.lead).ids)],
                },
                {"name": "Eau (essai)", "user_ids": [Command.set(cls.other.ids)]},
            ]
        )
        cls.family = cls.env["commune.topic"].create({"name": "Espace", "code": "TST"})
        cls.topic = cls.env["commune.topic"].create(
            {
                "name": "Nids-de-poule",
                "code": "TST-1",
                "parent_id": cls.family.id,
                "team_id": cls.roads.id,
            }
        )
        cls.portal_a.partner_id.email = "mairie.aubrive@example.org"
        cls.request = cls._ask()

    @classmethod
    def _ask(cls, **values):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "Trou rue des Lilas",
                "description": "<p>Un trou devant le 12 rue des Lilas à Aubrive.</p>",
                "commune_id": cls.commune_a.id,
                "partner_id": cls.portal_a.partner_id.id,
                "topic_id": cls.topic.id,
                "user_id": cls.referent.id,
                **values,
            }
        )

    def _get_portal(self):
        return self.env["commune.request.portal"].with_user(self.portal_a)

    def _as(self, user, request=None):
        return (request or self.request).with_user(user)

    def _comments(self, request=None):
        """What the commune reads in the thread."""
        return (request or self.request).message_ids.filtered(
            lambda m: m.subtype_id == self.env.ref("mail.mt_comment")
        )


def get_answer_records(case):
    """Records about answers for the access matrix: to a request that the referent does not see."""
    env = case.env
    request = env["helpdesk.ticket"].create(
        {
            "name": "Réponse (droits)",
            "description": "<p>Question</p>",
            "commune_id": case.commune_a.id,
            "partner_id": case.portal_a.partner_id.id,
            "user_id": False,
        }
    )
    common = {"ticket_id": request.id, "team_id": request.team_id.id, "date_due": case.today}
    first, second = env["commune.request.contribution"].create(
        [
            {**common, "user_id": user.id, "question": "Votre avis ?"}
            for user in (case.officer, case.referent)
        ]
    )
    topic = env["commune.topic"].search([("parent_id", "!=", False)], limit=1)
    draft, published = env["commune.published.answer"].create(
        [
            {"topic_id": topic.id, "question": text, "answer": "<p>Réponse</p>"}
            for text in ("Brouillon", "Question")
        ]
    )
    published.action_publish()
    return {
        "canned": env["commune.canned.answer"].search([], limit=1),
        "validation_a": env["commune.request.validation"].create(
            {"ticket_id": request.id, "step": "owner", "decision": "asked"}
        ),
        "contribution_of_the_officer": first,
        "contribution_of_the_referent": second,
        "published": published,
        "published_draft": draft,
        "published_opinion": env["commune.published.opinion"].create(
            {"answer_id": published.id, "partner_id": case.portal_a.partner_id.id, "useful": True}
        ),
    }
