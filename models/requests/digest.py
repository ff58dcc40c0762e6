"""The weekly digest of the management: what is late, what was handed over too often, what is
silent. Each figure is the count of the list to which it leads."""

from odoo import api, fields, models
from odoo.fields import Domain

SINCE = "today -7d"
# figure -> (path of the list, domain of what it counts)
LISTS = {
    "overdue": ("commune-requests-overdue", [("promise_state", "in", ["overdue"])]),
    "waiting": ("commune-requests-waiting", [("is_waiting_long", "=", True)]),
    "reopened": ("commune-requests-reopened", [("reopened_date", ">=", SINCE)]),
    "silent": ("commune-requests-silent", [("is_silent", "=", True)]),
}
SATISFIED = 4


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
        if operator != "in":
            return NotImplemented
        domain = self._get_waiting_long_domain()
        return domain if True in value else ~domain

    @api.model
    def _get_waiting_long_domain(self):
        company = self.env.company.sudo()
        today = fields.Date.context_today(self)
        limit = company._get_working_days().subtract(today, company.request_waiting_limit)
        running = Domain("date_end", "=", False) & Domain("date_start", "<", limit)
        return Domain("stage_kind", "=", "waiting") & Domain("pause_ids", "any", running)


class CommuneRequestDigest(models.AbstractModel):
    _name = "commune.request.digest"
    _description = "Weekly digest of the requests"

    @api.model
    def _cron_send(self):
        """One message for each person of the management, in each company."""
        companies = self.env["res.company"].search([("request_direction_ids", "!=", False)])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            self.with_company(company)._send()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _send(self):
        """Send the digest of the company at hand; returns the messages."""
        company = self.env.company.sudo()
        messages = self.env["mail.message"].sudo()
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
                    email_from=company._get_house_sender(),
                    author_id=company.partner_id.id,
                    email_layout_xmlid="commune_relations.request_mail_layout",
                    force_email_company=company,
                )
            )
        return messages

    @api.model
    def _get_subject(self):
        day = self.env.company._format_document_date(fields.Date.context_today(self))
        return self.env._("Requests of communes: the week of %s", day)

    @api.model
    def _get_digest(self):
        """What the digest says, in a constant number of queries."""
        Ticket = self.env["helpdesk.ticket"].sudo()
        found = {name: Ticket.search(domain) for name, (_path, domain) in LISTS.items()}
        transfers = self._get_beyond()
        values = {
            "company": self.env.company.sudo(),
            "urls": self._get_urls(),
            "counts": {name: len(tickets) for name, tickets in found.items()},
            "overdue": _count(found["overdue"], "department_id"),
            "silent": _count(found["silent"], "user_id"),
            "waiting": found["waiting"],
            "reopened": found["reopened"],
            "transfers": transfers,
            "satisfaction": self._get_satisfaction(),
        }
        nothing = not (any(found.values()) or transfers or values["satisfaction"]["count"])
        return {**values, "is_empty": nothing}

    @api.model
    def _get_urls(self):
        base = self.env.company.get_base_url()
        paths = {name: path for name, (path, _domain) in LISTS.items()}
        paths["transfers"] = "commune-handovers-beyond"
        paths["satisfaction"] = "commune-requests-ratings"
        urls = {name: f"{base}/odoo/{path}" for name, path in paths.items()}
        return {**urls, "request": f"{base}/odoo/commune-requests"}

    @api.model
    def _get_beyond(self):
        """Hand-overs of the week beyond the number promised, each with the manager's reason."""
        return (
            self.env["commune.request.transfer"]
            .sudo()
            .search([("date", ">=", SINCE), ("manager_reason", "!=", False)])
        )

    @api.model
    def _get_satisfaction(self):
        """Opinions of the week: count, mean out of 5, how many are satisfied."""
        ratings = (
            self.env["rating.rating"]
            .sudo()
            .search_fetch(
                [
                    ("res_model", "=", "helpdesk.ticket"),
                    ("consumed", "=", True),
                    ("write_date", ">=", SINCE),
                ],
                ["rating"],
            )
        )
        marks = ratings.mapped("rating")
        mean = sum(marks) / len(marks) if marks else 0
        return {
            "count": len(marks),
            "satisfied": sum(mark >= SATISFIED for mark in marks),
            "mean": f"{mean:.1f}".replace(".", "," if self.env.lang.startswith("fr") else "."),
        }


def _count(tickets, name):
    """Pairs (name, count) by a field, the largest first."""
    groups = tickets.grouped(name)
    rows = [(record.display_name or "", len(found)) for record, found in groups.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0]))
