"""Management figures over a period, compared with the period before it.

They are counted under the rights of the user who looks: a figure is what the list behind it shows.
What a person may not read at all is not among their figures."""

from dataclasses import dataclass, field
from fractions import Fraction

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ....engine.indicators import Figure, rate
from ....engine.steering import Span, before
from .catalogue import FIGURES, SECTIONS, TODAY

YEARS = (1900, 2999)  # of a period: there is one before it, and a day after
READERS = "commune_relations.group_reader,commune_relations.group_referent"


@dataclass(frozen=True)
class Scope:
    """Which communes: of a sector (id), of a population band (code), or all; and how many weeks
    without a sign make a commune silent."""

    sector: int = 0
    band: str = ""
    weeks: int = 8

    def on(self, path="commune_id"):
        """What keeps to these communes, for a model that names its commune by this path."""
        start = f"{path}." if path else ""
        domain = Domain.TRUE
        if self.sector:
            domain &= Domain(f"{start}sector_id", "=", self.sector)
        if self.band:
            domain &= Domain(f"{start}population_band", "=", self.band)
        return domain

    @property
    def is_all(self):
        return not (self.sector or self.band)


@dataclass(frozen=True)
class Row:
    """A figure over a period. domain: the list that makes it, of `count` records; whole: of a
    share, the list that it is a part of; sum_field: the value is a sum, not a count."""

    code: str
    figure: Figure
    model: str = ""
    domain: Domain = field(default_factory=lambda: Domain.FALSE)
    count: int = 0
    whole: Domain | None = None
    context: dict = field(default_factory=dict)


class CommuneSteering(models.AbstractModel):
    """Each fragment adds its rows to `_collect`: a constant number of queries."""

    _name = "commune.steering"
    _description = "Figures of the management"

    @api.model
    def _check_open(self):
        if not (self.env.su or self.env.user.has_groups(READERS)):
            raise AccessError(
                self.env._(
                    "The figures of the management are for the staff of the intercommunality: ask"
                    " an administrator for the access “Reader” or “Department referent”."
                )
            )

    @api.model
    def _get_figures(self, period, scope=None):
        """The figures of a period in the order of the catalogue, as plain values.

        :param period: anything with a `start` and an `end` (dates, both included)
        :param scope: a Scope; all the communes without
        :return: list of dicts `code, section, section_label, label, definition, unit, is_today,
            value` (None: no value, « – »), `numerator, denominator, text, detail, before,
            before_text, change_text, trend` (better, worse or empty; both empty as long as the
            period is not over), `model, domain, count` (the list of this many records that makes
            it), `whole_domain, whole_count` (of a share), `context`
        :raise AccessError: for users who are neither reader nor referent
        """
        self._check_open()
        scope = scope or Scope()
        span = Span(period.start, period.end)
        now = self._get_rows(span, scope)
        past = {row.code: row for row in self._get_rows(before(span), scope, past=True)}
        # Part of a period is not compared with a whole one.
        is_over = span.end <= self.env.company._get_today()
        found = {}
        for row in now:
            found[row.code] = self._describe(row, past.get(row.code), is_over, scope.weeks)
        return [found[code] for code in FIGURES if code in found]

    def _get_rows(self, span, scope, past=False):
        """:param past: without the figures of today"""
        period = self.env["commune.replacement.figures"]._get_period(span.start, span.end)
        used = {
            name
            for name, (_label, pillar) in SECTIONS.items()
            if not pillar or self.env.company._uses(pillar)
        }
        wanted = {
            code
            for code, (_label, _definition, section, _unit) in FIGURES.items()
            if section in used and not (past and code in TODAY)
        }
        rows = self.with_context(steering_wanted=frozenset(wanted))._collect(period, scope)
        return [row for row in rows if row.code in wanted]

    @api.model
    def _collect(self, period, scope):
        """Rows of a period; see the fragments.

        :param period: Period of the indicators of replacement: days, and the same as moments
        """
        return []

    def _reads(self, model):
        return self.env[model].has_access("read")

    def _wants(self, *codes):
        """Whether one of these figures is requested: others are not computed."""
        wanted = self.env.context.get("steering_wanted")
        return wanted is None or any(code in wanted for code in codes)

    # kinds of figures

    def _number(self, code, model, domain, **values):
        """How many records there are."""
        if not self._wants(code):
            return []
        count = self.env[model].search_count(domain)
        return [Row(code, Figure(Fraction(count)), model, domain, count, **values)]

    def _share(self, code, model, part, whole, **values):
        """Records of `whole` that also match `part`."""
        if not self._wants(code):
            return []
        found = self.env[model].search_count(whole & part)
        figure = rate(found, self.env[model].search_count(whole))
        return [Row(code, figure, model, whole & part, found, whole, **values)]

    def _median(self, code, model, domain, name):
        """The middle of the values of a stored field."""
        if not self._wants(code):
            return []
        records = self.env[model]
        query = records._search(domain)
        column = records._field_to_sql(records._table, name, query)
        ((count, value),) = self.env.execute_query(
            query.select(
                SQL("COUNT(%s)", column),
                SQL("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)", column),
            )
        )
        figure = Figure(Fraction(str(value)) if count else None, Fraction(count), Fraction(count))
        return [Row(code, figure, model, domain, count)]

    def _of_communes(self, code, ids, scope):
        """Communes of these ids, within the scope."""
        if not self._wants(code):
            return []
        whole = self._get_communes_domain() & scope.on("")
        return self._share(code, "res.partner", Domain("id", "in", sorted(ids)), whole)

    def _get_communes_domain(self):
        return (
            Domain("epci_id", "=", self.env.company.epci_id.id)
            & Domain("is_commune", "=", True)
            & (Domain("membership_date_end", "=", False)
               | Domain("membership_date_end", ">=", "today"))
        )  # fmt: skip

    def _grouped_communes(self, model, domain, path="commune_id"):
        """Ids of the communes of some records."""
        return [commune.id for (commune,) in self.env[model]._read_group(domain, [path]) if commune]
