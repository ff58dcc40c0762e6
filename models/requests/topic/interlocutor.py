"""From a topic and a commune to the person who answers.

Order: the referent named for the commune, for its sector, for the topic, for its family; then
who answers for the team; then the desk (`team_people.py`). Those who are absent today are passed
over, and come back when nobody is there: the answer is never empty as long as somebody is at the
desk."""

from odoo import models
from odoo.tools import SQL

CANDIDATES = """
    WITH asked AS (
        SELECT a.id, t.parent_id, a.team_id, NULLIF(a.lead_id, 0) AS lead_id
          FROM unnest(%(topics)s::int[], %(teams)s::int[], %(leads)s::int[])
               AS a(id, team_id, lead_id)
          JOIN commune_topic t ON t.id = a.id
    ), reached AS (
        SELECT r.*,
               CASE WHEN EXISTS (SELECT FROM commune_topic_referent_commune_rel c
                                  WHERE c.commune_topic_referent_id = r.id
                                    AND c.res_partner_id = %(commune)s) THEN 3
                    WHEN EXISTS (SELECT FROM commune_sector_commune_topic_referent_rel s
                                  WHERE s.commune_topic_referent_id = r.id
                                    AND s.commune_sector_id = (
                                        SELECT sector_id FROM res_partner
                                         WHERE id = %(commune)s)) THEN 2
                    WHEN NOT EXISTS (SELECT FROM commune_topic_referent_commune_rel c
                                      WHERE c.commune_topic_referent_id = r.id)
                     AND NOT EXISTS (SELECT FROM commune_sector_commune_topic_referent_rel s
                                      WHERE s.commune_topic_referent_id = r.id) THEN 1
                    ELSE 0 END AS reach
          FROM commune_topic_referent r
         WHERE r.active
           AND (r.date_start IS NULL OR r.date_start <= %(today)s)
           AND (r.date_end IS NULL OR r.date_end >= %(today)s)
    ), found AS (
        SELECT a.id AS topic_id, r.id AS referent_id, r.user_id, r.role, r.reach,
               (r.topic_id != a.id)::int AS distance
          FROM asked a JOIN reached r ON r.topic_id IN (a.id, a.parent_id) AND r.reach > 0
         UNION ALL
        SELECT a.id, NULL, a.lead_id, 'lead', 0, 2
          FROM asked a WHERE a.team_id != %(desk)s
         UNION ALL
        SELECT a.id, NULL, %(desk_lead)s::int, 'desk', 0, 3
          FROM asked a
    )
    SELECT f.topic_id, f.referent_id, f.user_id, f.role, f.reach, f.distance,
           p.id, p.name, p.phone, p.email, p.function, a.team_id
      FROM found f
      JOIN asked a ON a.id = f.topic_id
      JOIN res_users u ON u.id = f.user_id AND u.active
      JOIN res_partner p ON p.id = u.partner_id
     ORDER BY f.reach DESC, f.distance, f.role DESC, f.referent_id
"""
READ = (
    "commune.topic",
    "commune.topic.referent",
    "res.users",
    "res.partner",
)
COLUMNS = (
    "topic_id",
    "referent_id",
    "user_id",
    "role",
    "reach",
    "distance",
    "partner_id",
    "name",
    "phone",
    "email",
    "function",
    "team_id",
)


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    def _get_interlocutors(self, commune=None):
        """The person who answers on each topic for a commune, in a constant number of queries.

        :return: dict topic id -> dict: `id` of the referent or False, `user_id`, `partner_id`,
            `name`, `phone`, `email`, `function`, `role` (holder, backup, lead, desk), `reach`
            (3 named for the commune, 2 for its sector, 1 for all, 0 for a lead), `available`,
            `team_id` of the team in charge of the topic
        """
        candidates = self._get_candidates(commune)
        users = self.env["res.users"].browse({row["user_id"] for row in candidates})
        absent = set(users._get_absent_users().ids)
        found = {}
        for row in candidates:
            row["available"] = row["user_id"] not in absent
            known = found.get(row["topic_id"])
            if not known or (row["available"] and not known["available"]):
                found[row["topic_id"]] = row
        return found

    def _get_candidates(self, commune):
        # Not all: a form that shows the interlocutor would be computed halfway.
        for name in READ:
            self.env[name].flush_model()
        teams = [topic._get_team() for topic in self.browse(self.ids)]
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        rows = self.env.execute_query(
            SQL(
                CANDIDATES,
                topics=list(self.ids),
                teams=[team.id or 0 for team in teams],
                leads=[team._get_own_lead().id or 0 for team in teams],
                desk=desk.id or 0,
                desk_lead=desk._get_own_lead().id or None,
                commune=commune.id if commune else 0,
                today=self.env.company._get_today(),
            )
        )
        candidates = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        for row in candidates:
            row["id"] = row.pop("referent_id") or False
            for name in ("phone", "email", "function"):
                row[name] = row[name] or ""
        return candidates

    def _get_owner(self, commune, team_id=None, people=None):
        """The user to whom a request of a commune on this topic goes; a manager when even the
        desk is empty.

        :param team_id: id of the team that takes over; when it is not the topic's, and without
            topic, who answers for it
        :param people: what `_get_interlocutors` gave for this commune, when a batch has asked
        """
        team = self.env["helpdesk.ticket.team"].browse(team_id or [])
        owner = self.env["res.users"]
        if not self or (team and self._get_team() != team):
            owner = team._get_lead()
        else:
            if people is None:
                people = self._get_interlocutors(commune)
            owner = owner.browse(people.get(self.id, {}).get("user_id"))
        if not owner and (self or team):
            owner = team._get_managers()[:1]
        return owner
