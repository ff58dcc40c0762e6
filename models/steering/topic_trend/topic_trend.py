"""Topics that communes ask about more and more, proposed to a committee by an officer.

A topic rises when it had 50 % more requests over the last three months than over the three before,
and five at least. The agenda item shows its origin, and the topic is not proposed again while the
same three months are looked at.
"""

from datetime import UTC, datetime, time
from textwrap import shorten

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from ....engine.redaction import Names, redact
from ...committees.session.states import PREPARING
from ...core.row_lock import lock_rows
from ...core.window_actions import open_action, open_record

MONTHS = 3  # of each of the two periods
RISE = 1.5  # times as many requests
LEAST = 5  # requests over the last period
CASES = 12  # on the agenda, the first ones; the others are counted
CASE_LENGTH = 200  # characters of a case on the agenda


class CommuneTopicTrend(models.Model):
    _name = "commune.topic.trend"
    _description = "Rising topic"
    _auto = False
    _order = "proposed_date desc nulls first, recent_count desc, id"
    _rec_name = "topic_id"
    _depends = {
        "helpdesk.ticket": ["topic_id", "stage_kind"],
        "commune.session.item": ["trend_topic_id", "trend_date", "session_id"],
    }
    topic_id = fields.Many2one("commune.topic", readonly=True)
    recent_count = fields.Integer(string="Last three months", readonly=True)
    former_count = fields.Integer(string="Three months before", readonly=True)
    growth = fields.Integer(
        string="Rise (%)", readonly=True, aggregator="avg", help="0 when there was none before."
    )
    item_id = fields.Many2one(
        "commune.session.item", string="Proposed as", readonly=True, index="btree_not_null"
    )
    session_id = fields.Many2one("commune.session", string="Proposed to", readonly=True)
    proposed_date = fields.Date(string="Proposed on", readonly=True)

    @property
    def _table_query(self):
        today = self.env.company._get_today()
        return SQL(
            """
            SELECT counted.topic_id AS id, counted.topic_id, recent_count, former_count,
                   CASE WHEN former_count = 0 THEN 0
                        ELSE ROUND(100.0 * (recent_count - former_count) / former_count)
                   END::int AS growth,
                   item.id AS item_id, item.session_id, item.trend_date AS proposed_date
              FROM (SELECT topic_id,
                           COUNT(*) FILTER (WHERE day >= %(recent)s) AS recent_count,
                           COUNT(*) FILTER (WHERE day < %(recent)s) AS former_count
                      FROM (SELECT topic_id,
                                   (create_date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                                   AS day
                              FROM helpdesk_ticket
                             WHERE topic_id IS NOT NULL AND commune_id IS NOT NULL
                               AND stage_kind IS DISTINCT FROM 'cancelled') ticket
                     WHERE day >= %(former)s AND day < %(today)s
                  GROUP BY topic_id) counted
         LEFT JOIN LATERAL (SELECT id, session_id, trend_date FROM commune_session_item
                             WHERE trend_topic_id = counted.topic_id
                               AND trend_date > %(recent)s
                          ORDER BY trend_date DESC, id DESC LIMIT 1) item ON TRUE
             WHERE recent_count >= %(least)s AND recent_count >= %(rise)s * former_count
            """,
            recent=today - relativedelta(months=MONTHS),
            former=today - relativedelta(months=2 * MONTHS),
            today=today,
            zone=self.env.company._get_zone_name(),
            least=LEAST,
            rise=RISE,
        )

    def action_open_requests(self):
        """The requests of the last three months that make the figure."""
        self.ensure_one()
        self.check_access("read")
        domain = list(self._get_cases_domain())
        return open_action(self, "commune_request_action", domain=domain, context={})

    def _get_cases_domain(self):
        """The same requests as the count: by the days of the communes, today left out."""
        zone, today = self.env.company._get_zone(), self.env.company._get_today()
        first, end = (
            datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)
            for day in (today - relativedelta(months=MONTHS), today)
        )
        return Domain(
            [
                ("topic_id", "=", self.topic_id.id),
                ("commune_id", "!=", False),
                ("stage_kind", "!=", "cancelled"),
                ("create_date", ">=", first),
                ("create_date", "<", end),
            ]
        )

    def action_propose(self):
        """On the agenda of the next technical committee, to be kept or not by its secretary."""
        self.ensure_one()
        if not self.env.user.has_group("commune_relations.group_officer"):
            raise AccessError(self.env._("The officers propose items for an agenda."))
        topic = self.topic_id
        lock_rows(topic)
        self.invalidate_recordset()
        if self.item_id:
            return open_record(self.session_id)
        session = self._find_session()
        item = self.env["commune.session.item"].create(
            {
                "session_id": session.id,
                "name": self.env._("Requests on the rise: %s", topic.name),
                "kind": "debate",
                "state": "proposed",
                "topic_id": topic.id,
                "description": self._describe(),
            }
        )
        item._set({"trend_topic_id": topic.id, "trend_date": self.env.company._get_today()})
        return open_record(session)

    @api.model
    def _find_session(self):
        """The next session of a technical committee that is being prepared."""
        found = self.env["commune.session"].search(
            [
                ("committee_kind", "=", "cotech"),
                ("state", "in", PREPARING),
                ("date_begin", ">=", fields.Datetime.now()),
            ],
            order="date_begin",
            limit=1,
        )
        if not found:
            raise UserError(
                self.env._("No session of the technical committee is in preparation: plan one.")
            )
        return found

    # the cases, without a name

    def _describe(self):
        """Both counts, then each case that the whole commune may read, without a name."""
        head = self.env._(
            "%(recent)s requests over the last three months, %(former)s over the three before.",
            recent=self.recent_count,
            former=self.former_count,
        )
        cases = Markup("").join(Markup("<li>%s</li>") % case for case in self._list_cases())
        return Markup("<p>%s</p><ul>%s</ul>") % (head, cases)

    def _list_cases(self):
        tickets = self.env["helpdesk.ticket"].sudo().search(self._get_cases_domain(), order="id")
        open_cases = tickets.filtered(lambda ticket: ticket.confidentiality == "commune")
        bands = dict(tickets._fields["population_band"]._description_selection(self.env))
        names = self._get_names(tickets)
        for ticket in open_cases[:CASES]:
            words = f"{ticket.name} – {html2plaintext(ticket.description or '')}"
            words = redact(" ".join(words.split()), names).text
            yield self.env._(
                "A commune (%(size)s inhabitants): %(words)s",
                size=bands.get(ticket.population_band, "?").lower(),
                words=shorten(words, CASE_LENGTH, placeholder="…"),
            )
        if len(open_cases) > CASES:
            yield self.env._("and %s others", len(open_cases) - CASES)

    def _get_names(self, tickets):
        """All known names, plus the names of the requesters."""
        known = tickets.env["commune.request.answer"]._get_known_names()
        persons = {(one.firstname or "", one.lastname or "") for one in tickets.partner_id}
        numbers = {number for number in tickets.mapped("number") if number}
        return Names(
            communes=known.communes,
            persons=tuple(sorted({*known.persons, *persons} - {("", "")})),
            references=tuple(sorted(numbers)),
            kept=known.kept,
        )
