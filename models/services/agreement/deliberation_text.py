"""Text of an act of the intercommunality on the agreements that it approves.

Who signs them, from when and until when, at which prices and how they are paid."""

from markupsafe import Markup

from odoo import models

from ....engine.postal.address import of_place
from ...core.collation import collate_place


class CommuneAgreementDocument(models.AbstractModel):
    _inherit = "commune.agreement.document"

    def _get_words(self, agreement):
        """Add the placeholders of the deliberation of the intercommunality."""
        return {
            **super()._get_words(agreement),
            "signataires": self._describe_signatories(agreement),
            "durees": self._render_terms(agreement),
            "tarifs": self._render_rates(agreement),
        }

    def _sort_voted(self, agreement):
        return self._get_voted(agreement).sorted(
            lambda a: (collate_place(a.commune_id.name), a.code)
        )

    def _describe_signatories(self, agreements):
        """Authorised signatories: the president, and by name anyone who signs instead.

        Names come from the text of each agreement."""
        signatory = self.env["commune.agreement.signatory"]
        voted, held = self._sort_voted(agreements), signatory._get_epci_mandates()
        by_signatory = {}
        for agreement in voted:
            mandate = signatory._get_epci_mandate(agreement, held)
            if mandate and not mandate.function_id.signs_agreements:
                name = self._name_substitute(agreement, mandate, held)
                by_signatory[name] = by_signatory.get(name, agreements.browse()) | agreement
        if len(voted) == len(by_signatory) == 1:
            return next(iter(by_signatory))
        president = self.env._(
            "%s, or the person who has received the delegation", self._get_president_office()
        )
        others = [
            self._describe_delegated_signatures(own, name) for name, own in by_signatory.items()
        ]
        return " ".join([f"{president},", *others]).removesuffix(",") if others else president

    def _describe_delegated_signatures(self, agreements, name):
        """Of these agreements, who signs instead of the president."""
        named = [
            self.env._(
                "the convention no. %(code)s with the commune %(commune)s",
                code=agreement.code,
                commune=of_place(agreement.commune_id.name or ""),
            )
            for agreement in agreements
        ]
        return self.env._(
            "and, for %(conventions)s, %(person)s,", conventions=", ".join(named), person=name
        )

    def _name_substitute(self, agreement, mandate, held):
        """“Madame Paule PRESLE, première vice-présidente, le président étant maire de la
        commune”."""
        name = self.env["commune.agreement.signatory"]._name_mandate(agreement, mandate)
        president = held.filtered("function_id.signs_agreements")[:1].partner_id
        words = {"person": name, "president": self._get_president_office()}
        if president and president == agreement.commune_id.mayor_id:
            return self.env._("%(person)s, %(president)s being mayor of the commune", **words)
        if president and self.env["commune.agreement.signatory"]._find_double(
            agreement,
            president,
            self.env["commune.agreement.signatory"]._get_commune_side(agreement),
        ):
            return self.env._("%(person)s, %(president)s signing for the commune", **words)
        return name

    def _render_terms(self, agreements):
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
            for agreement in self._sort_voted(agreements)
        )

    def _render_rates(self, agreements):
        """Text, price and payment of each option, each once."""
        voted, rows = self._sort_voted(agreements), {}
        costs = voted.env["commune.service.year"]._get_expected_costs(voted)
        labels = dict(agreements._fields["payment_kind"]._description_selection(self.env))
        for agreement in voted:
            withheld, invoiced = self._split_offers(agreement)
            for offer in agreement.offer_ids:
                paid = "withheld" if offer in withheld else "invoiced"
                kind = paid if offer in withheld | invoiced else "free"
                price = self._describe_price(agreement, offer, costs[agreement.id]["population"])
                basis = agreement._get_offer_basis(offer)
                quoted = basis.quote or basis.code or ""
                rows[(offer.display_name, quoted, price, labels[kind])] = True
        heads = [
            self.env._("Option"),
            self.env._("Legal basis"),
            self.env._("Price"),
            self.env._("Payment"),
        ]
        return self._render_grid(heads, rows)
