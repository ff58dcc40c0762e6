"""Requests of the twenty-four months before: answered, in time or not, handed over, opened again.

Two topics rise; the last weeks are in `requests.csv`."""

import csv
import random
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL, file_open, plaintext2html

from ...models.core.inside import NO_LETTERS
from ..territory.past import MONTH, MONTHS

PAST = "commune_relations/demo/requests/past.csv"
EACH_MONTH = (16, 19)  # requests of a month of the first year, of the second one
RISING = {"EAU-PLU": 5, "VOI-ECL": 4}  # more of them in each of the last three months
LATE = (0.24, 0.13)  # share of the answers after the promised day: first year, second one
HANDED_OVER, REOPENED, OUTSIDE = 0.12, 0.05, "HOR"
STILL_OPEN = (2, 4, 6, 9, 12, 16, 19, 23)  # days since they came
ELSEWHERE = "Demande reçue par un autre service"


class PastRequestsDemo:
    def _create_past_requests(self, epci):
        rng = random.Random(f"{epci.siren} requests")
        topics = {t.code: t for t in self.env["commune.topic"].search([])}
        with file_open(PAST, "r") as file:
            rows = [row for row in csv.DictReader(file, delimiter=";") if row["topic"] in topics]
        communes = self._get_talking_communes(epci)
        if not (rows and communes):
            return
        asked = self._pick_requests(rng, rows, communes)
        tickets = self._ask_in_the_past(rng, asked, topics, epci)
        self._hand_over_in_the_past(rng, tickets)
        answered = [
            (ticket, row["answer"])
            for ticket, (days, row, _commune) in zip(tickets, asked, strict=True)
            if days not in STILL_OPEN
        ]
        self._answer_in_the_past(rng, answered)

    def _pick_requests(self, rng, rows, communes):
        """[(days ago, row of the file, commune)], the oldest first: the larger a commune, the more
        often it asks, and each one has asked in the last five months."""
        weights = [2 + rank * 8 // len(communes) for rank in range(len(communes))]
        many = len(communes) / 40  # of a territory of some forty communes
        days = [
            MONTH * month + rng.randint(1, MONTH)
            for month in range(MONTHS)
            for _one in range(round(many * EACH_MONTH[month < MONTHS / 2]) + rng.randint(-2, 2))
        ]
        asked = [(ago, *rng.choices(communes, weights)) for ago in days]
        asked += [(29 + 3 * rank % 120, one) for rank, one in enumerate(communes)]
        drawn = [(ago, self._pick_row(rng, rows, ago), commune) for ago, commune in asked]
        for row in rows:
            more = 3 * RISING.get(row["topic"], 0)
            drawn += [(rng.randint(2, 88), row, rng.choice(communes)) for _one in range(more)]
        # Those that are open have days of their own.
        drawn = [(ago + (ago in STILL_OPEN), row, commune) for ago, row, commune in drawn]
        drawn += [(ago, self._pick_row(rng, rows, ago), rng.choice(communes)) for ago in STILL_OPEN]
        return sorted(drawn, key=lambda one: -one[0])

    def _pick_row(self, rng, rows, days):
        """A subject of the season."""
        month = str((self.env.company._get_today() - timedelta(days=days)).month)
        shares = [
            int(row["share"]) if month in (row["when"].split() or [month]) else 0 for row in rows
        ]
        return rng.choices(rows, shares)[0]

    def _ask_in_the_past(self, rng, asked, topics, epci):
        """The requests as they came, with the number of their year."""
        officer = self._get_demo_user("charge-mission")
        channel = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_web")
        speakers = self._get_fictive_mandates(epci).grouped("commune_id")
        moments, values = [self._get_moment(rng, days) for days, _row, _commune in asked], []
        owners = {}
        for moment, (_days, row, commune) in zip(moments, asked, strict=True):
            topic = topics[row["topic"]]
            if (topic, commune) not in owners:
                owners[topic, commune] = topic._get_owner(commune) or officer
            person = speakers[commune][:1].partner_id if commune in speakers else officer.browse()
            values.append(
                {
                    "number": self._get_number(moment),
                    "name": row["title"],
                    "description": plaintext2html(row["text"]),
                    "commune_id": commune.id,
                    "partner_id": person.id,
                    "partner_name": person.name or f"Mairie de {commune.name}",
                    "topic_id": topic.id,
                    "user_id": owners[topic, commune].id,
                    "channel_id": channel.id,
                }
            )
        quiet = {**NO_LETTERS, "mail_create_nolog": True, "tracking_disable": True}
        tickets = self.env["helpdesk.ticket"].with_context(**quiet, mail_create_nosubscribe=True)
        tickets = tickets.create(values)
        came = dict(zip(tickets, moments, strict=True))
        self._set_created(came, "holder_since", "acknowledged_date", "assigned_date")
        tickets.env["commune.request.clock"]._update_clocks(tickets)
        return tickets

    def _get_number(self, moment):
        day = self.env.company._get_organisation_date(moment)
        return self.env["ir.sequence"]._next_of_year("commune.request", day)

    def _hand_over_in_the_past(self, rng, tickets):
        """Some came to the desk, which gave them to the team in charge."""
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        officer = self._get_demo_user("charge-mission")
        given = tickets.filtered(lambda t: t.team_id != desk and rng.random() < HANDED_OVER)
        hours = {ticket: rng.randint(2, 50) for ticket in given}
        self.env["commune.request.transfer"].sudo().create(
            [
                {
                    "ticket_id": ticket.id,
                    "date": min(
                        ticket.create_date + timedelta(hours=hours[ticket]), fields.Datetime.now()
                    ),
                    "from_team_id": desk.id,
                    "to_team_id": ticket.team_id.id,
                    "from_user_id": officer.id,
                    "to_user_id": ticket.user_id.id,
                    "reason": ELSEWHERE,
                    "author_id": officer.id,
                    "rank": 1,
                    "hold_hours": hours[ticket],
                }
                for ticket in given
            ]
        )

    def _answer_in_the_past(self, rng, answered):
        """Answered before the promised day or after it, some opened again; all are closed."""
        now, rows = fields.Datetime.now(), []
        year_ago = now - timedelta(days=365)
        for ticket, answer in answered:
            came, again = ticket.create_date, None
            promised = fields.Datetime.to_datetime(ticket.promised_date) or came + timedelta(days=9)
            late = rng.random() < LATE[came > year_ago]
            days = max(1, (promised - came).days)
            given = came + timedelta(days=rng.randint(1, days), hours=2)
            if late:
                given = promised + timedelta(days=rng.randint(1, 14), hours=9)
            given = min(given, now - timedelta(hours=2))
            if rng.random() < REOPENED and given < now - timedelta(days=9):
                again = given + timedelta(days=4)
            rows.append((ticket, came, given, again, answer))
        self._write_answers(rows)

    def _write_answers(self, rows):
        """What follows from an answer, with the dates of then: PostgreSQL has no other way."""
        self.env.flush_all()
        tickets = self.env["helpdesk.ticket"].browse(ticket.id for ticket, *_rest in rows)
        for ticket, came, given, again, answer in rows:
            outside = ticket.topic_id.code.startswith(OUTSIDE)
            stage = ticket.stage_id._get_kind("rerouted" if outside else "closed", ticket.team_id)
            last = again + timedelta(days=2) if again else given
            self.env.execute_query(
                SQL(
                    """
                    UPDATE helpdesk_ticket
                       SET stage_id = %(stage)s, stage_kind = %(kind)s, answered_date = %(last)s,
                           first_response_date = %(given)s, closed_date = %(last)s,
                           last_stage_update = %(last)s, reopened_date = %(again)s,
                           reopen_count = %(times)s, days_to_answer = %(days)s,
                           answer_sent_html = %(html)s, answer_sent_date = %(last)s,
                           answer_sent_user_id = user_id, rerouted_count = %(outside)s,
                           level_answer = %(level)s
                     WHERE id = %(id)s RETURNING id
                    """,
                    stage=stage.id,
                    kind=stage.kind,
                    last=last,
                    given=given,
                    again=again,
                    times=int(bool(again)),
                    days=(last - came).total_seconds() / 86400,
                    html=str(plaintext2html(answer)),
                    outside=int(outside),
                    level=ticket.topic_id.level if outside else None,
                    id=ticket.id,
                )
            )
        tickets.invalidate_recordset()
        self.env["commune.request.clock"]._update_clocks(tickets)
