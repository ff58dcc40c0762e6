"""“Who does what” table, generated from the topics, with its missing values."""

from odoo import api, fields, models
from odoo.fields import Domain

COLUMNS = ("decides", "acts", "pays")


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    who_html = fields.Html(
        string="As the communes read it", compute="_compute_who_html", sanitize=False
    )

    @api.depends("kind", "topic_ids")
    @api.depends_context("lang")
    def _compute_who_html(self):
        """Table of the portal page, generated from the topics, with their missing values."""
        for guide in self:
            if guide.kind != "who":
                guide.who_html = False
                continue
            rows = guide._get_who_rows()
            guide.who_html = self.env["ir.qweb"]._render(
                "commune_relations.guide_who_does_what_preview",
                {"who_rows": rows, "blanks": self._get_who_blanks(rows)},
            )

    def _get_who_topics(self):
        """Topics of the guide, as superuser, in order; a family includes all of its topics."""
        self.ensure_one()
        chosen = self.sudo().topic_ids
        families = chosen.filtered(lambda topic: not topic.parent_id)
        return chosen.search(
            Domain("parent_id", "in", families.ids) | Domain("id", "in", (chosen - families).ids)
        )

    def _get_who_rows(self, commune=None):
        """Who decides, acts and pays, and whom to call, on each topic for a commune.

        :param commune: res.partner; without it, as the intercommunality decided for all
        :return: list of dicts `topic`, `family`, `decides`, `acts`, `pays` (empty: nobody wrote
            it), `call` (dict `name`, `phone`, `email`, or False)
        """
        topics = self._get_who_topics()
        people = topics._get_interlocutors(commune) if topics else {}
        return [topic._get_who_row(commune, people.get(topic.id)) for topic in topics]

    @api.model
    def _get_who_blanks(self, rows):
        """Missing values of the topics, as sentences for the owner."""
        blanks = []
        labels = self._get_who_labels()
        for name in COLUMNS:
            missing = [row["topic"] for row in rows if not row[name]]
            if missing:
                blanks.append(
                    self.env._(
                        "“%(column)s” is not said for: %(topics)s.",
                        column=labels[name],
                        topics=", ".join(missing),
                    )
                )
        return blanks

    @api.model
    def _get_who_labels(self):
        return {
            "decides": self.env._("Who decides"),
            "acts": self.env._("Who acts"),
            "pays": self.env._("Who pays"),
        }


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    def _get_who_row(self, commune, person):
        """:param person: what `_get_interlocutors` gave for this topic, or None"""
        self.ensure_one()
        level = self._get_level(commune)
        is_organisation = level == "metropole"
        team = self._get_team()._get_shown_team()
        acts = team.complete_name if is_organisation else self.outside_name
        # “Operator” alone names nobody.
        named = level == "operateur" and self.outside_name
        return {
            "topic": self.name,
            "family": self.parent_id.name,
            "decides": self.who_decides or named or self._get_level_label(level),
            "acts": self.who_acts or acts or "",
            "pays": self.who_pays or "",
            "call": self._get_who_to_call(is_organisation, person),
        }

    def _get_who_to_call(self, is_organisation, person):
        """Contact of a topic: its person, else the desk, else another competent body."""
        if not is_organisation and self.outside_name:
            return {"name": self.outside_name, "phone": "", "reach": self.outside_contact or ""}
        found = person or self.env.company._get_desk_card()
        phone = found["phone"] or self.env.company._get_organisation_phone()
        return {"name": found["name"], "phone": phone, "reach": ""}
