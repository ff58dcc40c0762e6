"""Tables and lists of the documents: options, forecast, expected cost, posts affected."""

from decimal import Decimal

from markupsafe import Markup

from odoo import models
from odoo.tools import format_amount, formatLang

from ....engine.pricing import part_of_year, per_inhabitant
from ....engine.text import round_cent
from ...core.collation import collate_place
from ..catalogue.price import to_decimal


class Agreement(models.Model):
    _inherit = "agreement"

    def _get_price_day(self):
        return self.start_date or self.env["commune.service.year"]._get_next_new_year()


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _get_document_offers(self, agreement):
        """Options that a document covers.

        An impact sheet covers the shared services alone, if there is one among them."""
        offers = agreement.offer_ids
        if not self.env.context.get("impact_sheet"):
            return offers
        shared = offers.filtered(lambda offer: agreement._get_offer_basis(offer).needs_impact)
        return shared or offers

    def _render_services(self, agreement):
        """What the commune takes, in the words of the agreement, and its legal basis."""
        offers = self._get_document_offers(agreement)
        if not offers:
            return self._get_blank()
        items = []
        for offer in offers:
            basis = agreement._get_offer_basis(offer)
            facts = filter(None, (offer.description, basis.quote or basis.code))
            text = "".join(f" – {fact}" for fact in facts)
            items.append(Markup("<li><b>%s</b>%s</li>") % (offer.display_name, text))
        return Markup("<ul>%s</ul>") % Markup("").join(items)

    def _render_forecast(self, agreement):
        """The forecast typed, then that of each option: `Réponse écrite : 20 questions par an`."""
        lines = [
            Markup("<li>%s</li>") % self._describe_forecast(offer, quantity)
            for offer, quantity in agreement._get_forecasts().items()
        ]
        table = Markup("<ul>%s</ul>") % Markup("").join(lines) if lines else ""
        return self._keep_lines(agreement.forecast) + table

    def _describe_forecast(self, offer, quantity):
        """An offer that is not counted has no unit: none is made up."""
        words = {
            "option": offer.display_name,
            "quantity": formatLang(self.env, quantity, digits=0 if quantity % 1 == 0 else 2),
        }
        if not offer.unit_name:
            return self.env._("%(option)s: %(quantity)s per year", **words)
        return self.env._(
            "%(option)s: %(quantity)s per year (unit: %(unit)s)", **words, unit=offer.unit_name
        )

    def _format_cost(self, amount):
        return format_amount(self.env, float(amount), self.env.company._get_euro())

    def _render_expected(self, agreement):
        """Expected cost of a whole year, and of the first one when it is shorter."""
        costs = self._get_document_costs(agreement)
        first = costs["first_year"]
        heads = [
            self.env._("Option"),
            self.env._("Price"),
            self.env._("A whole year (%s)", costs["year"]),
            *([self.env._("First year (%s)", first)] if first else []),
        ]
        rows = [
            [
                row["offer"].display_name,
                self._describe_price(agreement, row["offer"], costs["population"]),
                self._describe_amount(row, "full"),
                *([self._describe_amount(row, "first")] if first else []),
            ]
            for row in costs["rows"]
        ]
        names = ["full", *(["first"] if first else [])]
        total = [self.env._("Total"), "", *(self._describe_sum(costs["rows"], n) for n in names)]
        if back := self._get_back(agreement):
            rows += [total, *self._get_back_rows(costs, back, names)]
            total = rows.pop()
        grid = self._render_grid(heads, rows, total, numbers=2)
        return (
            grid + self._render_first_share(first) + self._render_per_head(agreement, costs, back)
        )

    def _get_document_costs(self, agreement):
        """Expected costs of the options that the document covers."""
        costs, offers = (
            self.env["commune.service.year"]._get_expected_costs(agreement)[agreement.id],
            self._get_document_offers(agreement),
        )
        rows = [row for row in costs["rows"] if row["offer"] in offers]
        sums = {name: sum((row[name] for row in rows), Decimal(0)) for name in ("full", "first")}
        return {**costs, **sums, "rows": rows}

    def _get_back(self, agreement):
        """{"full", "first"}: Decimal euros that the intercommunality pays back for the agents made
        available, over a whole year and over the first one, by days; empty when there is none, or
        when the cost of one of them is not known."""
        posts = agreement.impact_ids.filtered(lambda post: post.outcome == "available")
        if not posts or not all(posts.mapped("full_time_cost")):
            return {}
        full = sum(map(to_decimal, posts.mapped("paid_back")))
        start = agreement._get_price_day()
        first = part_of_year(full, start.year, start, agreement.end_date or None)
        return {"full": full, "first": round_cent(first)}

    def _get_back_rows(self, costs, back, names):
        """What the commune receives, then the net: its sign shows who pays."""
        gross = {name: sum(row[name] for row in costs["rows"]) for name in names}
        known = {key: any(row[key] for row in costs["rows"]) for key in ("open", "unpriced")}
        net = [
            self._describe_amount({**known, name: gross[name] - back[name]}, name) for name in names
        ]
        received = [self._format_cost(-back[name]) for name in names]
        return [
            [self.env._("Paid back to the commune for the agents made available"), "", *received],
            [self.env._("Net cost for the commune (negative: it receives)"), "", *net],
        ]

    def _render_first_share(self, first):
        """How the amount of a first year that is shorter was worked out."""
        if not first:
            return ""
        return self._paragraph(
            self.env._(
                "For the first year (%s), the forecast and the fixed part are counted in"
                " proportion to the days.",
                first,
            )
        )

    def _render_agreements(self, agreements):
        """The agreements that an assembly votes at once: one, unless several are printed."""
        voted = self._get_voted(agreements).sorted(lambda a: collate_place(a.commune_id.name))
        costs = voted.env["commune.service.year"]._get_expected_costs(voted)
        heads = [
            self.env._("Commune"),
            self.env._("Convention"),
            self.env._("Options"),
            self.env._("Expected receipts, a whole year"),
            self.env._("Expected expense for the agents made available, a whole year"),
        ]
        rows = [
            [
                agreement.commune_id.name,
                agreement.code,
                ", ".join(agreement.offer_ids.mapped("display_name")),
                self._describe_sum(costs[agreement.id]["rows"], "full"),
                self._describe_back(agreement),
            ]
            for agreement in voted
        ]
        everything = [row for agreement in voted for row in costs[agreement.id]["rows"]]
        total = [self.env._("Total"), "", "", self._describe_sum(everything, "full")]
        total.append(self._describe_back(voted))
        if not voted.impact_ids.filtered(lambda post: post.outcome == "available"):
            heads, rows, total = heads[:-1], [row[:-1] for row in rows], total[:-1]
        return self._render_grid(heads, rows, total, numbers=3)

    def _describe_back(self, agreement):
        """What is paid back in a whole year for the agents made available to these services."""
        posts = agreement.impact_ids.filtered(lambda post: post.outcome == "available")
        if not all(posts.mapped("full_time_cost")):
            return self.env._("according to their pay")
        return self._format_cost(sum(posts.mapped("paid_back")))

    def _describe_price(self, agreement, offer, population):
        """The price on the first day; one that nobody has set is never “free”."""
        price = offer.price_ids._at(agreement._get_price_day())
        return price._describe_for(population) if price else self._get_blank()

    def _describe_sum(self, rows, name):
        """Sum of lines; a line that is not settled leaves the sum open."""
        whole = {key: any(row[key] for row in rows) for key in ("open", "unpriced")}
        return self._describe_amount({**whole, name: sum(row[name] for row in rows)}, name)

    def _describe_amount(self, row, name):
        """Amount; without price or forecast it is unknown, not zero."""
        amount = row[name]
        if row["unpriced"]:
            return self._get_blank()
        if not row["open"]:
            return self._format_cost(amount)
        if not amount:
            return self.env._("according to use")
        return self.env._("%s, and according to use", self._format_cost(amount))

    def _render_per_head(self, agreement, costs, back):
        """Cost of the services per inhabitant; below a net cost, it is marked as not net.

        :param back: what `_get_back` returned
        """
        if not costs["population"] or not costs["full"]:
            return ""
        words = {
            "amount": self._format_cost(per_inhabitant(costs["full"], costs["population"])),
            "population": self._describe_population(agreement)
            or self.env._("%s inhabitants", formatLang(self.env, costs["population"], digits=0)),
        }
        is_open = any(row["open"] for row in costs["rows"])
        return self._paragraph(self._describe_per_head(is_open, bool(back), words))

    def _describe_per_head(self, is_open, is_net, words):
        if is_net and is_open:
            return self.env._(
                "Before what is paid back, the services cost %(amount)s per inhabitant and year,"
                " without the part according to use, for %(population)s.",
                **words,
            )
        if is_net:
            return self.env._(
                "Before what is paid back, the services cost %(amount)s per inhabitant and year,"
                " for %(population)s.",
                **words,
            )
        if is_open:
            return self.env._(
                "That is %(amount)s per inhabitant and year, without the part according to use,"
                " for %(population)s.",
                **words,
            )
        return self.env._(
            "That is %(amount)s per inhabitant and year, for %(population)s.", **words
        )

    def _describe_payment(self, agreement):
        """How it is paid: credits of the budget, compensation withheld, or nothing; and what is
        paid back for agents made available."""
        (withheld, invoiced), sentences = self._split_offers(agreement), []
        if invoiced:
            sentences.append(self.env._("To enter the credits needed in the budget of the commune"))
        if withheld:
            sentences.append(
                self.env._(
                    "To accept that the cost is charged to the attribution de compensation of the"
                    " commune, after the decision of both assemblies"
                )
            )
        if not sentences:
            sentences.append(self.env._("To note that these services are free of charge"))
        if agreement.impact_ids.filtered(lambda post: post.outcome == "available"):
            sentences.append(
                self.env._(
                    "To enter in receipts what the intercommunality pays back for the agents made"
                    " available"
                )
            )
        first, *others = sentences
        return "\N{NO-BREAK SPACE}; ".join([first, *(t[:1].lower() + t[1:] for t in others)])

    def _render_posts(self, agreement):
        """Posts of the commune that the shared service touches."""
        posts = agreement.impact_ids
        if not posts:
            return self._paragraph(
                self.env._("No post of the commune is transferred or made available.")
            )
        outcomes = dict(posts._fields["outcome"]._description_selection(self.env))
        heads = [
            self.env._("Post of the commune"),
            self.env._("Category"),
            self.env._("What becomes of them"),
            self.env._("Workplace today, then afterwards"),
            self.env._("Agents"),
            self.env._("Full-time equivalents"),
        ]
        rows = [
            [
                post.name,
                post.category or "",
                outcomes[post.outcome],
                " → ".join(filter(None, (post.place_before, post.place_after))),
                str(post.agent_count),
                formatLang(self.env, post.fte, digits=2),
            ]
            for post in posts
        ]
        total = [self.env._("Total"), "", "", ""]
        total += [
            str(sum(posts.mapped("agent_count"))),
            formatLang(self.env, sum(posts.mapped("fte")), digits=2),
        ]
        return self._render_grid(heads, rows, total, numbers=4)

    def _render_grid(self, heads, rows, total=(), numbers=99):
        """A table; the columns from `numbers` on hold figures."""

        def cells(values, tag):
            return Markup("").join(
                Markup("<%s%s>%s</%s>")
                % (Markup(tag), Markup(' class="number"') if i >= numbers else "", value, tag)  # nosec B704: th or td
                for i, value in enumerate(values)
            )

        return Markup(
            '<table class="grid"><thead><tr>%s</tr></thead><tbody>%s</tbody>%s</table>'
        ) % (
            cells(heads, "th"),
            Markup("").join(Markup("<tr>%s</tr>") % cells(row, "td") for row in rows),
            Markup("<tfoot><tr>%s</tr></tfoot>") % cells(total, "th") if total else "",
        )
