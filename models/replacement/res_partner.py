"""Replacement data of a commune, and its agreement."""

from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ...engine.calendar import public_holidays
from ..services.agreement.agreement import RUNNING

# Signed by both sides: in force, to be, or over. One that was ended early covers its days until
# then, its notice included.
COVERING = ("signed", *RUNNING, "expired", "terminated")


class ResPartner(models.Model):
    _inherit = "res.partner"

    commune_software_ids = fields.Many2many(
        "commune.software",
        "commune_software_partner_rel",
        "commune_id",
        "software_id",
        string="Software in place",
    )
    has_bus_link = fields.Boolean(
        string="Served by bus", help="An agent without a car can come and go in the day."
    )
    replacement_preferences = fields.Text(
        string="Wishes for replacements", help="Hours, parking, who welcomes the agent…"
    )
    chorus_service_code = fields.Char(
        string="Service code (Chorus Pro)",
        help="Of the service of the commune that pays what is billed to it.",
    )
    chorus_needs_service = fields.Boolean(string="Chorus Pro asks for the service code")
    chorus_needs_engagement = fields.Boolean(string="Chorus Pro asks for an engagement number")
    replacement_request_ids = fields.One2many(
        "commune.replacement.request", "commune_id", string="Replacement requests"
    )
    replacement_request_count = fields.Integer(
        compute="_compute_replacement_request_count", compute_sudo=True, groups="base.group_user"
    )
    has_replacement_agreement = fields.Boolean(
        string="Replacement convention in force", compute="_compute_has_replacement_agreement"
    )

    @api.depends("replacement_request_ids")
    def _compute_replacement_request_count(self):
        counts = dict(
            self.env["commune.replacement.request"]._read_group(
                [("commune_id", "in", self.ids)], ["commune_id"], ["__count"]
            )
        )
        for commune in self:
            commune.replacement_request_count = counts.get(commune, 0)

    @api.depends_context("uid")
    def _compute_has_replacement_agreement(self):
        today = self.env.company._get_today()
        for commune in self:
            commune.has_replacement_agreement = bool(commune._get_replacement_agreement(today))

    def _get_replacement_agreement(self, day):
        """The agreement that covers a day, as superuser; empty when there is none."""
        self.ensure_one()
        return self._get_replacement_agreements(day)[:1]

    def _get_replacement_agreements(self, day):
        """Agreements of these communes that cover a day: see `_get_agreements_of_days`."""
        return self._get_agreements_of_days([day])[day]

    def _get_agreements_of_days(self, days):
        """{day: agreements of these communes that cover it, as superuser}, the latest first.

        The day checked is that on which an agent is requested, works or is billed, not the current
        day: an agreement signed by both sides for later covers its days, one that is over covers
        those before its end. An amendment replaces what it amends from its first day on.
        """
        days = sorted(set(days))
        if not days:
            return {}
        found = self._find_replacement_agreements(days[0], days[-1])
        return {day: found._filter_covering(day)._filter_last_versions() for day in days}

    def _list_agreements(self, days, otherwise):
        """[(agreement, its days in words)] for the days of a document: where two agreements follow
        one another, each is named with what it covers; one alone needs no days.

        :param otherwise: agreement of the days that none covers any more; may be empty
        """
        self.ensure_one()
        otherwise, by_agreement = otherwise.sudo(), {}
        for day, found in sorted(self._get_agreements_of_days(days).items()):
            agreement = found[:1] or otherwise
            by_agreement.setdefault(agreement, []).append(day)
        by_agreement.pop(otherwise.browse(), None)
        if len(by_agreement) < 2:
            return [(agreement, "") for agreement in by_agreement or otherwise]
        return [
            (agreement, self._describe_span(covered)) for agreement, covered in by_agreement.items()
        ]

    def _describe_span(self, days):
        company = self.env.company
        if len(days) == 1:
            return company._format_document_date(days[0])
        return company._format_document_period(days[0], days[-1])

    def _find_replacement_agreements(self, first, last):
        """Agreements that open the replacement service on a day of a period, or may."""
        agreements = self.env["agreement"].sudo()
        domain = (
            Domain("commune_id", "in", self.ids)
            & Domain("state", "in", COVERING)
            & (Domain("start_date", "=", False) | Domain("start_date", "<=", last))
            & (Domain("end_date", "=", False) | Domain("end_date", ">=", first))
        )
        # Not all of each: they are many, read together.
        named = ["version", "parent_id", "commune_id", "state", "start_date", "end_date"]
        found = agreements.search_fetch(domain, named, order="start_date desc, id desc")
        return found._filter_opens_replacement()

    def _has_replacement_agreement_ahead(self):
        """Whether an agreement covers a day from today on: an agent may be requested."""
        self.ensure_one()
        today = self.env.company._get_today()
        found = self._find_replacement_agreements(today, date.max)
        return any(found._filter_covering(max(one.start_date or today, today)) for one in found)

    def _get_days_off(self, years):
        """Public holidays of a commune."""
        self.ensure_one()
        code = self.insee_code or ""
        department = code[:3] if code.startswith("97") else code[:2]
        return public_holidays(department, years, self._has_good_friday_off())

    def _get_closed_days(self, year):
        """Public holidays of a commune in a year, as the staffing engine asks for them."""
        return self._get_days_off([year])

    def _is_closed_on(self, day):
        """Whether a day is a public holiday there."""
        return day in self._get_days_off([day.year])

    def action_open_replacement_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "commune_relations.commune_replacement_request_action"
        )
        return {
            **action,
            "domain": [("commune_id", "=", self.id)],
            "context": {"default_commune_id": self.id},
        }


class CommuneMap(models.AbstractModel):
    _inherit = "commune.map"

    def _get_map_measures(self, communes):
        measures = super()._get_map_measures(communes)
        lines = self.env["commune.replacement.continuity"]
        wanted = self.env.context.get("map_measure") == lines._map_code
        if not wanted or not self.env.company._uses("replacement"):
            return measures
        return [*measures, lines._get_map_measure(communes)]

    def _get_map_later(self):
        later = super()._get_map_later()
        if not self.env.company._uses("replacement"):
            return later
        lines = self.env["commune.replacement.continuity"]
        return [*later, {"code": lines._map_code, "label": lines._get_map_label()}]


class Agreement(models.Model):
    _inherit = "agreement"

    def _filter_covering(self, day):
        """Those in force on a day. What is signed comes into force by itself on its first day: it
        covers the days to come, and none before somebody has seen why it did not."""
        today = self.env.company._get_today()
        return self.filtered(
            lambda one: (
                (one.start_date or day) <= day <= (one.end_date or day)
                and (one.state != "signed" or (one.start_date or today) > today)
                and (one.state != "terminated" or one._was_in_force())
            )
        )

    def _was_in_force(self):
        """Whether this agreement was in force and ended early.

        One that never came into force has no such end, or keeps its own dates."""
        ended = self.termination_date or self.parent_id.termination_date
        return bool(ended) and self.end_date == ended
