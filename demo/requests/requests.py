"""Demonstration requests: invented, spread over the last weeks and over the steps."""

import csv
from datetime import timedelta

from markupsafe import Markup

from odoo import fields
from odoo.tools import file_open, plaintext2html

from ...models.core.inside import NO_LETTERS
from ...models.core.sender.sender_check import DEMONSTRATION

REQUESTS = "commune_relations/demo/requests/requests.csv"
REFERENTS = ["VOI", "VOI-ECL"]
OPINIONS = ((5, "Réponse claire, le jour même."), (3, ""), (4, "Merci."))


class RequestsDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        self.env["ir.config_parameter"].set_param(DEMONSTRATION, "1")
        company = self.env.company
        if not company._get_organisation_email():
            company.email = "relations-communes@demonstration.example"
        company._mark_sender_confirmed(self.env.user)
        epci = epci or self.env.company.epci_id
        if not self.env["helpdesk.ticket"].search_count([("commune_id", "!=", False)], limit=1):
            self._create_teams()
            self._create_past_requests(epci)
            self._create_requests(epci)
        sentences.append(
            self.env._("None of our e-mails leaves this demonstration, and none goes to a commune.")
        )
        return sentences

    def _get_demo_user(self, login):
        return self.env["res.users"].search([("login", "=", login)], limit=1)

    def _create_teams(self):
        """Departments of the reference, led by the accounts of the demonstration."""
        teams = self.env["helpdesk.ticket.team"]
        teams._choose_model("metropole")
        officer, referent = self._get_demo_user("charge-mission"), self._get_demo_user("referent")
        teams._get_desk().write(
            {"user_id": officer.id, "user_ids": [fields.Command.link(officer.id)]}
        )
        self.env.company.request_direction_ids = self._get_demo_user("direction")
        referent.partner_id.phone = "03 87 00 00 10"
        officer.partner_id.phone = "03 87 00 00 11"
        topics = self.env["commune.topic"].search([("code", "in", REFERENTS)])
        topics.team_id.write({"user_ids": [fields.Command.link(referent.id)]})
        topics.team_id.department_id.user_id = referent
        teams.search([("parent_id", "=", False), ("user_id", "=", False)]).user_id = officer
        self.env["commune.topic.referent"].create(
            [{"topic_id": topic.id, "user_id": referent.id} for topic in topics]
        )

    def _create_requests(self, epci):
        dgs, secretary = self._get_demo_user("dgs"), self._get_demo_user("secretaire")
        topics = {t.code: t for t in self.env["commune.topic"].search([])}
        askers = []
        for user in (dgs, secretary):
            for place in user.partner_id.held_mandate_ids.commune_id:
                askers.append((user, place))
        officer = self._get_demo_user("charge-mission")
        requests = self.env["helpdesk.ticket"].with_context(
            **NO_LETTERS, mail_create_nolog=True, tracking_disable=True
        )
        with file_open(REQUESTS, "r") as file:
            rows = [row for row in csv.DictReader(file, delimiter=";") if row["topic"] in topics]
        for rank, row in enumerate(rows if askers else []):
            user, place = askers[rank % len(askers)]
            person = user.partner_id
            topic = topics[row["topic"]]
            arrival = fields.Datetime.now() - timedelta(days=int(row["days"]))
            ticket = requests.create(
                {
                    "number": self._get_number(arrival),
                    "name": row["title"],
                    "description": plaintext2html(row["text"]),
                    "commune_id": place.id,
                    "partner_id": person.id,
                    "partner_name": person.name,
                    "partner_email": person.email,
                    "topic_id": topic.id,
                    "suggested_topic_id": topic.id,
                    "user_id": (topic._get_owner(place) or officer).id,
                    "channel_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web").id,
                }
            )
            self._grow_old(ticket, user, arrival, row["step"], row["answer"])
            if row["step"] == "closed":
                rate, comment = OPINIONS[rank % len(OPINIONS)]
                portal = ticket.env["commune.request.portal"].with_user(user)
                portal._portal_rate(ticket.with_user(user), rate, comment)

    def _grow_old(self, ticket, user, arrival, kind, answer):
        """Give a request its author, the moment of its arrival and its step."""
        # Who created a record, and when, is written by PostgreSQL: nothing else can set it.
        self.env.cr.execute(
            """UPDATE helpdesk_ticket SET create_uid = %s, create_date = %s, holder_since = %s
                WHERE id = %s""",
            (user.id, arrival, arrival, ticket.id),
        )
        ticket.invalidate_recordset(["create_uid", "create_date", "holder_since"])
        ticket.acknowledged_date = arrival
        if kind == "waiting":
            ticket.env["commune.request.answer"]._ask_commune(ticket, Markup("<p>%s</p>") % answer)
        elif answer:
            ticket.level_answer = ticket.topic_id.level if kind == "rerouted" else False
            ticket.answer_html = Markup("<p>%s</p>") % answer
            ticket.env["commune.request.answer"]._send_answer(ticket)
        if kind in ("in_progress", "closed"):
            ticket._move_to(kind)
        ticket.env["commune.request.clock"]._update_clocks(ticket)
