"""What to say to a commune: points drawn from what all the pillars keep of it, one search each."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...core.window import open_record
from ...requests.stage import OPEN_KINDS
from ...services.res_company import PREPARED

NEW_DAYS = 180  # a mandate is new for six months
USE_DAYS = 365  # a service that was used in the year is used


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_talking_points(self):
        """{commune id: [sentence]}, of the communes at hand, the most pressing first; as superuser:
        whoever prepares a visit knows how many requests wait, not what is in them. Nothing of a
        pillar that is off."""
        points, uses = defaultdict(list), self.env.company._uses
        communes = self.sudo()
        for pillar, gather in (
            ("requests", communes._talk_of_requests),
            ("steering", communes._talk_of_promises),
            ("network", communes._talk_of_invitations),
            ("surveys", communes._talk_of_surveys),
            ("services", communes._talk_of_agreements),
            ("services", communes._talk_of_services),
            ("", communes._talk_of_newcomers),
        ):
            for commune_id, sentence in gather() if not pillar or uses(pillar) else ():
                points[commune_id].append(sentence)
        return points

    def _talk_of_requests(self):
        tickets = self.env["helpdesk.ticket"]
        ours = [("commune_id", "in", self.ids), ("stage_kind", "in", OPEN_KINDS)]
        late = [("promised_date", "<", fields.Date.context_today(self))]
        overdue = dict(tickets._read_group([*ours, *late], ["commune_id"], ["__count"]))
        for commune, count in tickets._read_group(ours, ["commune_id"], ["__count"]):
            yield (
                commune.id,
                self.env._(
                    "Open requests: %(count)s, of which late: %(late)s",
                    count=count,
                    late=overdue.get(commune, 0),
                ),
            )

    def _talk_of_promises(self):
        promises = self.env["commune.commitment"].search(
            [("commune_id", "in", self.ids), ("is_late", "=", True)], order="due_date, id"
        )
        for promise in promises:
            day = self._say_day(promise.due_date)
            yield (
                promise.commune_id.id,
                self.env._("Late promise: %(name)s (for %(day)s)", name=promise.name, day=day),
            )

    def _talk_of_invitations(self):
        """Events to come to which nobody of the commune has answered."""
        found = self.env["commune.event.invitation"].search(
            [
                ("commune_id", "in", self.ids),
                ("sent_date", "!=", False),
                ("event_id.date_begin", ">", fields.Datetime.now()),
            ]
        )
        answered = {(one.commune_id, one.event_id) for one in found if one.answer}
        asked = {(one.commune_id, one.event_id) for one in found} - answered
        for commune, event in sorted(asked, key=lambda pair: (pair[1].date_begin, pair[1].id)):
            day = self._say_day(fields.Datetime.context_timestamp(self, event.date_begin).date())
            yield (
                commune.id,
                self.env._("Invited, not answered: %(name)s (%(day)s)", name=event.name, day=day),
            )

    def _talk_of_surveys(self):
        targets = self.env["commune.survey.target"].search(
            [
                ("commune_id", "in", self.ids),
                ("campaign_id.state", "=", "open"),
                ("state", "not in", ("done", "refused")),
            ]
        )
        for target in targets:
            name = target.campaign_id.display_name
            yield target.commune_id.id, self.env._("Survey without answer: %s", name)

    def _talk_of_agreements(self):
        found = self.env["agreement"].search(
            [("commune_id", "in", self.ids), ("state", "in", PREPARED)], order="id"
        )
        for agreement in found:
            name = agreement.display_name
            yield agreement.commune_id.id, self.env._("Convention to vote or to sign: %s", name)

    def _talk_of_services(self):
        """Services that are counted by use, and that the commune has not used for a year."""
        since = fields.Date.context_today(self) - timedelta(days=USE_DAYS)
        held = self.env["commune.service.subscription"].search(
            [
                ("commune_id", "in", self.ids),
                ("state", "=", "active"),
                ("date_start", "<=", since),
                ("offer_id.unit_name", "!=", False),
            ]
        )
        used = self.env["commune.service.usage"]._read_group(
            [("subscription_id", "in", held.ids), ("date", ">", since)], ["subscription_id"]
        )
        for one in held - self.env["commune.service.subscription"].union(*(u for (u,) in used)):
            name = one.offer_id.display_name
            yield one.commune_id.id, self.env._("Service not used for a year: %s", name)

    def _talk_of_newcomers(self):
        since = fields.Date.context_today(self) - timedelta(days=NEW_DAYS)
        for mandate in self._get_current_mandates([("date_start", ">=", since)]):
            yield (
                mandate.commune_id.id,
                self.env._(
                    "New: %(name)s, %(title)s", name=mandate.partner_id.name, title=mandate.title
                ),
            )

    @api.model
    def _say_day(self, day):
        return self.env.company._format_document_date(day)


class CommuneSilence(models.Model):
    _inherit = "commune.silence"

    phone = fields.Char(related="commune_id.phone")
    mayor_name = fields.Char(related="commune_id.mayor_name")
    points = fields.Text(string="To talk about", compute="_compute_points", compute_sudo=True)
    is_silent = fields.Boolean(
        string="Silent for too long", compute="_compute_is_silent", search="_search_is_silent"
    )

    @api.depends_context("lang")
    def _compute_points(self):
        points = self.commune_id._get_talking_points()
        for one in self:
            one.points = "\n".join(f"– {point}" for point in points.get(one.commune_id.id, ()))

    def _compute_is_silent(self):
        silent = self._get_silent()
        for one in self:
            one.is_silent = one in silent

    def _search_is_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = self._get_silent_domain()
        return domain if True in value else ~domain

    def action_note_call(self):
        """A call to the commune, now, by the person at hand: its silence is over."""
        self.ensure_one()
        self.check_access("read")
        self.env["commune.contact"].create(
            {
                "kind": "call",
                "commune_id": self.commune_id.id,
                "subject": self.env._("Call to have news"),
            }
        )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_commune(self):
        """The sheet of the commune."""
        self.ensure_one()
        self.check_access("read")
        return open_record(self.commune_id, "commune_view_form")

    def action_plan_visits(self):
        """A tour of the communes at hand, in the order that makes the shortest way."""
        self.check_access("read")
        return self.env["commune.visit.tour"]._open_new(self.commune_id)
