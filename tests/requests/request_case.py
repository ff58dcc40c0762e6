"""Requests of the two communes, teams that answer them, and a charter of 1, 5 and 15 days."""

from ..common import CommuneCase


class RequestCase(CommuneCase):
    """Adds to the two communes: two departments (`roads`, `water`) with a lead and a member,
    the topics VOI-ENT and EAU-POT given to them, and `_request`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.topics = {t.code: t for t in cls.env["commune.topic"].search([])}
        cls.desk = cls.env["helpdesk.ticket.team"]._get_desk()
        cls.desk.user_id = cls.officer
        cls.roads, cls.water = cls.env["helpdesk.ticket.team"].create(
            [
                {
                    "name": "Pôle voirie",
                    "user_id": cls.manager.id,
                    "user_ids": [(4, cls.referent.id)],
                    "alias_name": "voirie-essai",
                },
                {"name": "Pôle eau", "user_id": cls.officer.id, "alias_name": "eau-essai"},
            ]
        )
        cls.road_topic, cls.water_topic = cls.topics["VOI-ENT"], cls.topics["EAU-POT"]
        cls.road_topic.team_id = cls.roads
        cls.water_topic.team_id = cls.water

    @classmethod
    def _request(cls, commune=None, requester=None, **values):
        """A request of commune A by its mayor on the roads, unless notified otherwise."""
        requester = requester or cls.portal_a
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "Trou dans la chaussée rue de la Gare",
                "description": "<p>Un trou profond devant l’école.</p>",
                "commune_id": (commune or cls.commune_a).id,
                "partner_id": requester.partner_id.id,
                "topic_id": cls.road_topic.id,
                **values,
            }
        )


def get_request_records(case):
    """Records of the requests pillar for the access matrix."""
    env = case.env
    desk = env["helpdesk.ticket.team"]._get_desk()
    water, topic = env["helpdesk.ticket.team"].create({"name": "Pôle eau (droits)"}), None
    topic = env["commune.topic"].search([("code", "=", "EAU-POT")])

    def request(commune, requester, **values):
        return env["helpdesk.ticket"].create(
            {
                "name": "Demande (droits)",
                "description": "<p>Question</p>",
                "commune_id": commune.id,
                "partner_id": requester.partner_id.id,
                "team_id": desk.id,
                "user_id": False,
                **values,
            }
        )

    request_a = request(case.commune_a, case.portal_a)
    request_a._transfer(water, "Réseau d’eau")
    referent = env["commune.topic.referent"].create(
        {"topic_id": topic.id, "user_id": case.officer.id}
    )
    return {
        "request_a": request_a,
        "request_a_councillor": request(case.commune_a, case.portal_a_limited),
        "request_a_personal": request(case.commune_a, case.portal_both, confidentiality="perso"),
        "request_b_of_the_referent": request(
            case.commune_b, case.portal_b, user_id=case.referent.id
        ),
        "opinion_a": env["rating.rating"].create(
            {
                "res_model_id": env["ir.model"]._get_id("helpdesk.ticket"),
                "res_id": request_a.id,
                "partner_id": case.portal_a.partner_id.id,
                "rating": 5,
                "consumed": True,
            }
        ),
        "stage": request_a.stage_id,
        "team": desk,
        "commitment": request_a.ticket_sla_ids.sla_id[:1],
        "clock_a": request_a.ticket_sla_ids[:1],
        "topic": topic,
        "term": env["commune.topic.term"].create({"topic_id": topic.id, "term": "droits"}),
        "topic_referent": referent,
        "orientation_log": env["commune.orientation.log"]._log("Question (droits)", []),
        "transfer_a": request_a.transfer_ids,
        "pause_a": env["commune.request.pause"].create({"ticket_id": request_a.id}),
    }
