"""Time zone of the communes: the one day and hour of everything that the addon dates or compares.

Odoo works out “today” in the zone that the caller sends, else in that of the account, else in UTC:
a mandate would start at two in the morning, and the user who sends another zone would keep an
access for half a day more. Nothing here depends on who asks.
"""

from datetime import UTC, datetime
from functools import wraps
from zoneinfo import ZoneInfo

from odoo import api, models, tools
from odoo.fields import Domain

from ....engine.calendar.zone import PARIS

MODULE = "commune_relations"


class ResCompany(models.Model):
    _inherit = "res.company"

    @tools.ormcache("self.id")
    def _get_zone_name(self):
        """Time zone of the communes, by its name; set with the territory.

        Cached: pages of other addons, which read neither company nor contact, ask for it through
        the record rules of the addon.
        """
        zone = self.sudo().partner_id.tz
        return zone if zone and zone != "UTC" else PARIS

    def _get_zone(self):
        return ZoneInfo(self._get_zone_name())

    def _get_today(self):
        """The day of the communes, whatever the clock of the server or of the current user."""
        return datetime.now(self._get_zone()).date()

    def _get_organisation_date(self, moment):
        """The day of a moment (naive UTC) in the communes."""
        return moment.replace(tzinfo=UTC).astimezone(self._get_zone()).date()


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _refresh_company_zone(self, vals):
        if self.env["res.company"].sudo().search_count([("partner_id", "in", self.ids)], limit=1):
            self.env.registry.clear_cache()


def at_local_time(method):
    """For scheduled code without a user: “today” is the local date of the communes, in computations
    and searches."""

    @wraps(method)
    def run(self, *args, **kwargs):
        zone = self.env.company._get_zone_name()
        return method(self.with_context(tz=zone), *args, **kwargs)

    return run


class Base(models.AbstractModel):
    _inherit = "base"

    def _search(self, domain, *args, **kwargs):
        """In a search, a filter or a record rule, 'today' is the day of the communes."""
        domain = Domain(domain)
        return super(Base, self._in_communes_zone(domain))._search(domain, *args, **kwargs)

    def filtered_domain(self, domain):
        """The same of records already read: the rules of those that one opens, too."""
        zoned = self._in_communes_zone(Domain(domain or []))
        return super(Base, zoned).filtered_domain(domain).with_env(self.env)

    def _in_communes_zone(self, domain):
        """These records as read in the communes; unchanged when nothing of this addon is asked."""
        if not (self._name.startswith("commune.") or self._asks_own_day(domain)):
            return self
        zone = self.env.company._get_zone_name()
        return self if str(self.env.tz) == zone else self.with_context(tz=zone)

    def _asks_own_day(self, domain):
        """Whether a model of another addon is searched by a field of this one that may name a day:
        by a relative date, by what it is linked to, or by a search of its own."""
        for condition in domain.iter_conditions():
            name, _dot, path = condition.field_expr.partition(".")
            field, value = self._fields.get(name), condition.value
            if field is None or MODULE not in field._modules:
                continue
            relative = isinstance(value, str) and value.startswith("today")
            if relative or path or not field.store or "any" in condition.operator:
                return True
        return False


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    @api.model
    def _next_of_year(self, code, day=None):
        """The next number of a sequence that holds a year: the year written and the counter
        follow the local date.

        :param day: today by default
        """
        day = day or self.env.company._get_today()
        dated = self.sudo().with_context(ir_sequence_date=str(day))
        return dated.next_by_code(code)
