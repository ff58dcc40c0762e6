"""A place in a French sentence (“Commune d’Augny”, “conseillère métropolitaine”), its address."""

from urllib.parse import quote

from odoo import models
from odoo.fields import Domain

from ....engine.law import council_name, suit
from ....engine.postal.address import of_epci, of_place
from ....engine.text import after_comma


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "commune.collation"]
    _collated = ("name", "complete_name")

    def _search(self, domain, offset=0, limit=None, order=None, **options):
        """Sort by the French order when the domain uses a field of this addon.

        Such a search concerns managed places and persons; third-party contacts keep Odoo's order,
        and its index.
        """
        query = super()._search(domain, offset, limit, order, **options)
        names = {leaf.field_expr.split(".")[0] for leaf in Domain(domain).iter_conditions()}
        known = (self._fields[name] for name in names if name in self._fields)
        if order and any(field._modules[:1] == ("commune_relations",) for field in known):
            query.order = self.with_context(sorts_as_directory=True)._order_to_sql(order, query)
        return query

    def _is_collated(self, alias):
        if alias == self._table:
            return bool(self.env.context.get("sorts_as_directory"))
        return "commune" in alias  # of `commune_mandate`, or by `commune_id`

    def _get_place_sql(self, alias, query):
        place = self._field_to_sql(alias, "is_commune", query)
        query._order_groupby.append(place)
        return place

    def _is_in_french(self):
        return (self.env.lang or "").startswith("fr")

    def _of_place(self, public=False):
        """`d’Augny`, `du Ban-Saint-Martin`, `de la Communauté de communes du Pays Noir`, to follow
        a noun; `of Augny` in English.

        :param public: under the name used in public, as the portal does
        """
        name = (public and self.brand_name) or self.name or ""
        if self._is_in_french():
            return of_epci(name) if self.is_epci else of_place(name)
        return self.env._("of %s", name)

    def _get_address_line(self):
        """`18 rue de l’École, 57070 Mey`; empty when nothing is known."""
        self.ensure_one()
        town = " ".join(filter(None, (self.zip, self.city)))
        return ", ".join(filter(None, (self.street, self.street2, town)))

    def _get_map_address(self):
        """The map of a public commons: no application is asked for, no account followed."""
        return f"https://www.openstreetmap.org/search?query={quote(self._get_address_line())}"

    def _get_commune_title(self):
        """`Commune d’Augny`, for the heading of a document."""
        if self._is_in_french():
            return f"Commune {self._of_place()}"
        return self.env._("Commune of %s", self.name or "")

    def _get_head_words(self):
        """“Name, president” or “Name, mayor”, from the mandate in force; empty when none is known.

        Read as superuser: the head of a place is public.
        """
        heads = [("function_id.code", "in", ["mayor", "president"])]
        mandate = self.sudo()._get_current_mandates(heads)[:1]
        return ", ".join(filter(None, (mandate.partner_id.name, after_comma(mandate.title))))


class CommunePlaceWording(models.AbstractModel):
    _name = "commune.place.wording"
    _description = "Words for a commune and its assembly in documents"

    def _get_assembly_kind(self, place):
        """Kind of the intercommunality that this place is, or belongs to."""
        epci = place if place.is_epci else place.sudo().epci_id
        return (epci or self.env.company._get_epci()).epci_kind or ""

    def _get_assembly_name(self, place):
        """`conseil métropolitain`, `conseil communautaire`, by the kind of the intercommunality."""
        if place._is_in_french():
            return council_name(self._get_assembly_kind(place))
        return self.env._("council of the intercommunality")

    def _get_head_mandate(self, place, day):
        """The mandate of the mayor of this commune, or of the president of this intercommunality,
        on a day; none when two are known. Read as superuser: who heads a place is public."""
        place.ensure_one()
        mandates = self.env["commune.mandate"]
        started = Domain("date_start", "=", False) | Domain("date_start", "<=", day)
        lasts = Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        found = mandates.search(
            Domain("commune_id", "=", place.id)
            & Domain("function_id.code", "=", "mayor" if place.is_commune else "president")
            & started
            & lasts
        )
        return found if len(found) == 1 else mandates

    def _suit_title(self, place, title, feminine=False):
        """Title of an assembly member, agreed with this place: `Conseillère métropolitaine`."""
        if not place._is_in_french():
            return title
        return suit(title or "", self._get_assembly_kind(place), feminine)
