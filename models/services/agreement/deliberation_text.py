"""Text of an act of the intercommunality on the agreements that it approves.

Who signs them, from when and until when, at which prices and how they are paid."""

from markupsafe import Markup

from odoo import models

from ....engine.postal.address import of_place
from ...core.collation import collate_place


class Agreement(models.Model):
    _inherit = "agreement"

    def _get_words(self):
        """Add the placeholders of the deliberation of the intercommunality."""
        return {
            **super()._get_words(),
            "signataires": self._describe_signatories(),
            "durees": self._render_terms(),
            "tarifs": self._render_rates(),
        }

    def _sort_voted(self):
        return self._get_voted().sorted(lambda a: (collate_place(a.sudo().commune_id.name), a.code))

    def _describe_signatories(self):
        """Authorised signatories: the president, and by name anyone who signs instead.

        Names come from the text of each agreement."""
        voted, held = self._sort_voted(), self._get_epci_mandates()
        by_signatory = {}
        for agreement in voted:
            mandate = agreement._get_epci_mandate(held)
            if mandate and not mandate.function_id.signs_agreements:
                name = agreement._name_substitute(mandate, held)
                by_signatory[name] = by_signatory.get(name, self.browse()) | agreement
        if len(voted) == len(by_signatory) == 1:
            return next(iter(by_signatory))
        president = self.env._(
            "%s, or whoever has received the delegation", self._get_president_office()
        )
        others = [own._describe_delegated_signatures(name) for name, own in by_signatory.items()]
        return " ".join([f"{president},", *others]).removesuffix(",") if others else president

    def _describe_delegated_signatures(self, name):
        """Of these agreements, who signs instead of the president."""
        named = [
            self.env._(
                "the convention no. %(code)s with the commune %(commune)s",
                code=agreement.code,
                commune=of_place(agreement.sudo().commune_id.name or ""),
            )
            for agreement in self
        ]
        return self.env._(
            "and, for %(conventions)s, %(person)s,", conventions=", ".join(named), person=name
        )

    def _name_substitute(self, mandate, held):
        """“Madame Paule PRESLE, première vice-présidente, le président étant maire de la
        commune”."""
        name = self._name_mandate(mandate)
        president = held.filtered("function_id.signs_agreements")[:1].partner_id
        words = {"person": name, "president": self._get_president_office()}
        if president and president == self.sudo().commune_id.mayor_id:
            return self.env._("%(person)s, %(president)s being mayor of the commune", **words)
        if president and self._find_double(president, self._get_commune_side()):
            return self.env._("%(person)s, %(president)s signing for the commune", **words)
        return name

    def _render_terms(self):
        """First day, last day and notice: a paragraph for each agreement."""
        day, blank = self.env.company._format_document_date, self._get_blank()
        return Markup("").join(
            self._paragraph(
                self.env._(
                    "The convention no. %(code)s takes effect on %(start)s and ends on %(end)s."
                    " Each party may end it with a notice of %(notice)s.",
                    code=agreement.code,
                    start=day(agreement.start_date) or blank,
                    end=day(agreement.end_date) or blank,
                    notice=agreement._describe_notice(),
                )
            )
            for agreement in self._sort_voted()
        )

    def _render_rates(self):
        """Text, price and payment of each option, each once."""
        voted, rows = self._sort_voted(), {}
        costs = voted._get_expected_costs()
        labels = dict(self._fields["payment_kind"]._description_selection(self.env))
        for agreement in voted:
            withheld, invoiced = agreement._split_offers()
            for offer in agreement.sudo().offer_ids:
                paid = "withheld" if offer in withheld else "invoiced"
                kind = paid if offer in withheld | invoiced else "free"
                price = agreement._describe_price(offer, costs[agreement.id]["population"])
                basis = agreement._get_offer_basis(offer).sudo()
                quoted = basis.quote or basis.code or ""
                rows[(offer.display_name, quoted, price, labels[kind])] = True
        heads = [
            self.env._("Option"),
            self.env._("Legal basis"),
            self.env._("Price"),
            self.env._("Payment"),
        ]
        return self._render_grid(heads, rows)
