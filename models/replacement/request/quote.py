"""Estimate of a request: half-days × tariff + travel; date and content are stored."""

import hashlib
import json
from datetime import timedelta
from decimal import Decimal

from babel.numbers import format_decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import babel_locale_parse

from ....engine import billing
from ....engine.law.civil_registry import concerns_civil_registry
from ....engine.text import after_comma
from ..statement.line import to_cents
from ..week_grid import EVENING

CIVIL_REGISTRY = "EC"  # code of the skill
QUOTE_DAYS = 30  # how long an estimate holds


class CommuneReplacementRequest(models.Model):
    _inherit = "commune.replacement.request"

    quote_date = fields.Date(
        string="Estimate made on",
        readonly=True,
        copy=False,
        help="Day on which the estimate was drawn first; it holds thirty days from then on. Other"
        " figures, or the end of the thirty days, make another one.",
    )
    quote_hash = fields.Char(
        string="Fingerprint of the estimate",
        readonly=True,
        copy=False,
        help="SHA-256 of what the estimate says.",
    )
    quote_currency_id = fields.Many2one("res.currency", compute="_compute_quote", compute_sudo=True)
    quote_total = fields.Monetary(
        string="Estimate",
        compute="_compute_quote",
        compute_sudo=True,  # with the cost of agents, whose files few open
        currency_field="quote_currency_id",
        help="Half-days still asked for, at the tariff of their day, with travel there and back.",
    )
    quote_text = fields.Char(
        string="How the estimate is made", compute="_compute_quote", compute_sudo=True
    )

    @api.depends(
        *("slot_ids.state", "slot_ids.date", "distance_km", "minimum_category"),
        *("evening_date", "evening_start", "evening_end"),
    )
    @api.depends_context("lang")
    def _compute_quote(self):
        currency = self.env.company._get_euro()
        for request in self:
            quote, sentence = self.env["commune.replacement.quote"]._get_quote(request)
            request.quote_currency_id = currency
            request.quote_total = float(quote.add_up("total")) if quote else 0
            request.quote_text = sentence

    def _get_civil_registry_limit(self, *texts):
        """Sentence on civil-registry acts, which no agent of the pool performs.

        It goes into the documents that offer an agent; empty when the request does not concern the
        civil registry. The mayor delegates these acts to permanent civil servants of the commune
        alone (CGCT, art. R2122-10); an agent lent to it is not one, unless the legal department has
        checked a delegation.

        :param texts: what else the document asks of the agent
        """
        self.ensure_one()
        skills = self.sudo().need_ids.skill_id.mapped("commune_code")
        texts = (self.post, self.job_family, self.tasks, *texts)
        is_asked = self.needs_civil_registry or CIVIL_REGISTRY in skills
        if not is_asked and not concerns_civil_registry(*texts):
            return ""
        return self.env._(
            "The agent prepares the files of the civil registry, but receives and signs no act: the"
            " mayor delegates these functions only to permanent civil servants of the commune"
            " (CGCT, art. R2122-10)."
        )

    def action_print_quote(self):
        self.ensure_one()
        self.check_access("read")
        self.env["commune.replacement.quote"]._check_quote_to_come(self)
        return self.env.ref("commune_relations.replacement_quote_report").report_action(self)


class CommuneReplacementQuote(models.AbstractModel):
    _name = "commune.replacement.quote"
    _description = "Estimate of a request of replacement"

    def _get_quote(self, demand):
        """(estimate of the engine or None, sentence that describes its basis), as superuser."""
        demand.ensure_one()
        slots = demand.slot_ids.filtered(lambda s: s.state not in ("cancelled", "lost"))
        if not slots:
            return None, self.env._("No half-day is asked for.")
        tariffs = self._get_quote_tariffs(slots)
        try:
            quote = billing.quote(tariffs._to_engine(), self._get_quote_works(demand, slots))
        except billing.NoTariff as error:
            return None, tariffs._explain_missing(error)
        return quote, self._describe_quote(quote, tariffs)

    def _get_quote_tariffs(self, slots):
        dates = slots.mapped("date")
        return self.env["commune.replacement.tariff"]._get_in_force(min(dates), max(dates))

    def _describe_evening_price(self, demand, slots):
        """“facturée une demi-journée de plus (110,00 €)”: what the commune reads before it accepts
        an evening. Empty where an evening is billed at its hours, or there is none."""
        held = slots.filtered(lambda slot: slot._get_evening_hours())
        if not held:
            return ""
        tariffs = self._get_quote_tariffs(held)
        try:
            quote = billing.quote(tariffs._to_engine(), self._get_quote_works(demand, held))
        except billing.NoTariff:
            return ""
        return self._describe_evening_charge(quote)

    def _describe_evening_charge(self, quote):
        charges = [
            charge
            for charge in quote.charges
            if charge.key[1] == EVENING and charge.tariff.unit in (billing.HALF_DAY, billing.DAY)
        ]
        if not charges:
            return ""
        amount = sum(charge.work for charge in charges)
        euros = self.env["commune.replacement.tariff"]._format_euros(float(amount))
        return self.env._("billed as one half-day more (%s)", euros)

    def _get_quote_works(self, demand, slots):
        """Half-days as they would be worked, an evening too; the way there and back once a day."""
        agents = slots.employee_id
        days = slots.mapped("date")
        pool = self._get_pool_rates(demand, days) if len(agents) != 1 else {}
        works, travelled = [], set()
        for slot in slots.sorted(lambda s: (s.date, s.half_day)):
            rate = pool[slot.date] if pool else agents._get_rate(slot.date)
            for period, start, stop in slot._get_periods():
                km = 0 if slot.date in travelled else 2 * demand.distance_km
                travelled.add(slot.date)
                works.append(
                    billing.Work(
                        key=(slot.id, period),
                        mission=demand.id,
                        day=slot.date,
                        half_day=period,
                        hours=to_cents(stop - start),
                        km=Decimal(km),
                        category=rate.category,
                        hourly_cost=rate.hourly_cost,
                    )
                )
        return works

    def _get_pool_rates(self, demand, days):
        """{day: rate} without an agent yet: the category asked for, the mean full cost of the
        agents who are of it on that day."""
        category = demand.minimum_category or ""
        agents = self.env["hr.employee"].search([("is_replacement_agent", "=", True)])
        found = {}
        for day in set(days):
            rates = [agent._get_rate(day) for agent in agents]
            costs = [r.hourly_cost for r in rates if r.category == category and r.hourly_cost]
            mean = sum(costs, Decimal(0)) / len(costs) if costs else Decimal(0)
            found[day] = billing.Rate(day, category, mean)
        return found

    def _describe_quote(self, quote, tariffs):
        used = {charge.tariff.key for charge in quote.charges}
        held = tariffs.browse(sorted(used))
        count = len({slot for slot, _period in (charge.key for charge in quote.charges)})
        words = {
            "half_days": self.env["commune.replacement.slot"]._format_count(count),
            "hours": self._format_quantity(quote.hours),
            "km": self._format_quantity(quote.km),
            "tariff": " ; ".join(held.mapped("description")),
        }
        if "km" not in held.mapped("travel"):  # within the unit cost, or by the day
            sentence = self.env._("%(half_days)s, %(hours)s h; %(tariff)s", **words)
        else:
            sentence = self.env._("%(half_days)s, %(hours)s h, %(km)s km; %(tariff)s", **words)
        slots = self.env["commune.replacement.slot"]
        slots = slots.browse({charge.key[0] for charge in quote.charges})
        evening = ", ".join(
            filter(None, (slots._describe_evenings(), self._describe_evening_charge(quote)))
        )
        if not evening:
            return sentence
        return self.env._("%(quote)s. Evening: %(price)s", quote=sentence, price=evening)

    def _format_quantity(self, number):
        """“21,5” in French."""
        return format_decimal(number, locale=babel_locale_parse(self.env.lang or "fr_FR"))

    def _check_quote_to_come(self, demands):
        """:raise UserError: an estimate comes before the mission: a half-day of it is past"""
        today = self.env.company._get_today()
        for request in demands:
            slots = request.slot_ids.filtered(lambda s: s.state not in ("cancelled", "lost"))
            if slots and min(slots.mapped("date")) < today:
                raise UserError(
                    self.env._(
                        "An estimate is made before the mission, and %(name)s began on %(day)s:"
                        " see its hours and its statement.",
                        name=request.name,
                        day=self.env.company._format_document_date(min(slots.mapped("date"))),
                    )
                )

    def _date_quote(self, demand, says):
        """Date of the estimate: its first rendering, while its content is unchanged and valid.

        Any user who may read it may render it: called as superuser.

        :param says: words and figures of the document
        :return: date
        """
        demand.ensure_one()
        mark = hashlib.sha256(json.dumps(says, ensure_ascii=False).encode()).hexdigest()
        today = self.env.company._get_today()
        last = demand.quote_date and demand.quote_date + timedelta(days=QUOTE_DAYS)
        if mark != demand.quote_hash or not last or last < today:
            demand.write({"quote_date": today, "quote_hash": mark})
        return demand.quote_date

    def _name_quote_signatory(self, demand):
        """“Claude MERCIER, coordinatrice”: who made the estimate, with what he or she does."""
        person = demand.user_id or self.env.company._get_service_manager()
        return ", ".join(filter(None, (person.name, after_comma(person.function or ""))))
