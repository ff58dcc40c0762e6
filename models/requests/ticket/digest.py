"""The weekly digest of the management: late requests, requests transferred too often, silent ones.
Each figure is the count of the list to which it leads."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core.letter import LAYOUT
from ...core.pillar import when_used
from ...core.row_lock import lock_rows
from ...territory.reference_epci.local_time import at_local_time

SINCE = "today -7d"
# figure -> (path of the list, domain of what it counts)
LISTS = {
    "overdue": ("commune-requests-overdue", [("promise_state", "in", ["overdue"])]),
    "waiting": ("commune-requests-waiting", [("is_waiting_long", "=", True)]),
    "reopened": ("commune-requests-reopened", [("reopened_date", ">=", SINCE)]),
    "silent": ("commune-requests-silent", [("is_silent", "=", True)]),
}
# figure -> path of the list to which it leads
PATHS = {
    **{name: path for name, (path, _domain) in LISTS.items()},
    "transfers": "commune-handovers-beyond",
    "satisfaction": "commune-requests-ratings",
}
SATISFIED = 4
# A server that comes back late does not wait for a whole week.
REST = timedelta(days=4)
# Requests that are named; the figure leads to the others.
SHOWN = 10


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    is_waiting_long = fields.Boolean(
        string="Waiting for long",
        compute="_compute_is_waiting_long",
        search="_search_is_waiting_long",
        groups="base.group_user",
        help="Waiting for the commune for longer than the limit of the settings.",
    )

    def _compute_is_waiting_long(self):
        found = self.search(Domain("id", "in", self.ids) & self._get_waiting_long_domain())
        for ticket in self:
            ticket.is_waiting_long = ticket in found

    def _search_is_waiting_long(self, operator, value):
        # Odoo asks for the groups of stored fields alone.
        self._check_field_access(self._fields["is_waiting_long"], "read")
        if operator != "in":
            return NotImplemented
        domain = self._get_waiting_long_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_waiting_long_domain(self):
        company = self.env.company
        today = company._get_today()
        limit = company._get_working_days().subtract(today, company.request_waiting_limit)
        running = Domain("date_end", "=", False) & Domain("date_start", "<", limit)
        # Anyone who reads a request knows since when it waits, not each of its waits.
        found = self.sudo()._search(Domain("pause_ids", "any", running))
        return Domain("stage_kind", "=", "waiting") & Domain("id", "in", found)


class CommuneRequestDigest(models.AbstractModel):
    _name = "commune.request.digest"
    _description = "Weekly digest of the requests"

    @api.model
    @when_used("requests", "steering")
    @at_local_time
    def _cron_send(self):
        """One message for each person of the management, in each company; once a week, however
        often it is called."""
        companies = self.env["res.company"].search([("request_direction_ids", "!=", False)])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            lock_rows(company)
            today = self.env.company._get_today()
            last = company.request_digest_date
            if not last or last <= today - REST:
                company.request_digest_date = today
                self.with_company(company)._send()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _send(self):
        """Send the digest of the current company, as superuser; returns the messages."""
        company = self.env.company
        messages = self.env["mail.message"]
        users = company.request_direction_ids.filtered("active")
        for lang, readers in users.grouped(lambda u: u.lang or self.env.lang).items():
            digest = self.with_context(lang=lang)
            body = self.env["ir.qweb"]._render(
                "commune_relations.request_digest_letter", digest._get_digest(), lang=lang
            )
            messages |= (
                self.env["mail.thread"]
                .with_context(lang=lang)
                .message_notify(
                    partner_ids=readers.partner_id.ids,
                    subject=digest._get_subject(),
                    body=body,
                    email_from=company._get_organisation_sender(),
                    author_id=company.partner_id.id,
                    email_layout_xmlid=LAYOUT,
                    force_email_company=company,
                )
            )
        return messages

    @api.model
    def _get_subject(self):
        day = self.env.company._format_document_date(self.env.company._get_today())
        return self.env._("Requests of communes: the week of %s", day)

    @api.model
    def _get_digest(self):
        """Content of the digest, in a constant number of queries.

        :return: dict: `is_empty`, `sections` (dicts `title`, `count`, `url`, `empty`, `lines`)
        """
        Ticket = self.env["helpdesk.ticket"]
        found = {name: Ticket.search(domain) for name, (_path, domain) in LISTS.items()}
        lines = {
            "overdue": _count(found["overdue"], "department_id"),
            "waiting": self._get_request_lines(found["waiting"]),
            "reopened": self._get_request_lines(found["reopened"]),
            "silent": _count(found["silent"], "user_id"),
        }
        counts = {name: len(tickets) for name, tickets in found.items()}
        counts["transfers"], lines["transfers"] = self._get_transfers()
        counts["satisfaction"], lines["satisfaction"] = self._get_satisfaction()
        sections = [
            {
                "title": title,
                "empty": empty,
                "count": counts[name],
                "lines": lines[name],
                "url": f"{self.env.company.get_base_url()}/odoo/{PATHS[name]}",
            }
            for name, (title, empty) in self._get_titles().items()
        ]
        return {"sections": sections, "is_empty": not any(counts.values())}

    @api.model
    def _get_titles(self):
        """Title of each section, and its sentence when it is empty."""
        days = self.env.company.request_waiting_limit
        return {
            "overdue": (self.env._("Overdue"), self.env._("No request is overdue.")),
            "transfers": (
                self.env._("Handed over more often than promised, this week"),
                self.env._("No request was handed over more often than promised."),
            ),
            "waiting": (
                self.env._("Waiting for the commune for more than %s working days", days),
                self.env._("No request waits for long."),
            ),
            "reopened": (
                self.env._("Reopened this week"),
                self.env._("No request was reopened."),
            ),
            "silent": (
                self.env._("Open requests whose owner is silent"),
                self.env._("No owner is silent."),
            ),
            "satisfaction": (
                self.env._("Opinions of communes this week"),
                self.env._("No opinion was given."),
            ),
        }

    @api.model
    def _get_request_lines(self, tickets):
        """The first requests of a list; its figure leads to the others."""
        return [
            {
                "name": ticket._get_name_for_commune(),
                "url": self.env["commune.request.mail"]._get_office_url(ticket),
                "text": ticket.commune_id.name or "",
            }
            for ticket in tickets[:SHOWN]
        ]

    @api.model
    def _get_transfers(self):
        """Hand-overs of the week beyond the number promised, each with the manager's reason."""
        Transfer = self.env["commune.request.transfer"]
        transfers = Transfer.search([("date", ">=", SINCE), ("manager_reason", "!=", False)])
        lines = self._get_request_lines(transfers.ticket_id)
        by_request = {}
        for transfer in transfers:
            text = self.env._(
                "%(commune)s, from %(former)s to %(team)s: %(reason)s",
                commune=transfer.commune_id.name or "",
                former=transfer.from_team_id.name,
                team=transfer.to_team_id.name,
                reason=transfer.manager_reason,
            )
            by_request.setdefault(transfer.ticket_id, []).append(text)
        for line, ticket in zip(lines, transfers.ticket_id, strict=False):
            line["text"] = " ; ".join(by_request[ticket])
        return len(transfers), lines

    @api.model
    def _get_satisfaction(self):
        """Opinions of the week: count, mean out of 5, how many are satisfied."""
        Rating = self.env["rating.rating"]
        requests = self.env["helpdesk.ticket"].with_context(active_test=False)
        marks = Rating.search_fetch(
            [
                ("res_model", "=", "helpdesk.ticket"),
                ("res_id", "in", requests._search([("is_commune_request", "=", True)])),
                ("consumed", "=", True),
                ("write_date", ">=", SINCE),
            ],
            ["rating"],
        ).mapped("rating")
        if not marks:
            return 0, []
        mean = f"{sum(marks) / len(marks):.1f}"
        if (self.env.lang or "").startswith("fr"):
            mean = mean.replace(".", ",")
        text = self.env._(
            "%(mean)s out of 5 on average; satisfied: %(satisfied)s",
            mean=mean,
            satisfied=sum(mark >= SATISFIED for mark in marks),
        )
        return len(marks), [{"name": "", "text": text}]


def _count(tickets, name):
    """Lines (name, count) by a field, the largest count first."""
    groups = tickets.grouped(name)
    rows = [(record.display_name or "", len(found)) for record, found in groups.items()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return [{"name": label or "–", "text": str(count)} for label, count in rows]
