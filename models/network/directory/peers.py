"""The directory between peers: those who have the same kind of work and agree to be in it."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ....engine.text.fold import key
from ..audience.membership import MEMBER

SIZE_GAP = "size_gap"  # no field: see `_near`
PEERS = f"function_sequence, {SIZE_GAP}, commune_id, rank, id"


class ResPartner(models.Model):
    _inherit = "res.partner"

    network_directory_consent = fields.Boolean(
        string="Shown to peers",
        copy=False,
        help="The person agrees that colleagues of the other communes see name, e-mail and"
        " telephone. Given and taken back by the person on the portal.",
    )
    network_directory_date = fields.Date(string="Consent given or taken back on", copy=False)


class CommunePortalPage(models.AbstractModel):
    _inherit = "commune.portal.page"

    def _set_directory_consent(self, person, agrees):
        """The choice of the person, on the portal."""
        person.write(
            {
                "network_directory_consent": agrees,
                "network_directory_date": self.env.company._get_today(),
            }
        )

    @api.model
    def _get_peers_domain(self, person, words=""):
        """Mandates and posts of the same kind (elected or staff) of those who agree.

        :param words: text as typed; each word is in the name, the function or the commune
        """
        mandates = self.env["commune.mandate"].sudo()
        own = mandates.search_fetch(Domain(MEMBER) & Domain("partner_id", "=", person.id), ["kind"])
        peers = (
            Domain(MEMBER)
            & Domain("kind", "in", own.mapped("kind"))
            & Domain("partner_id.network_directory_consent", "=", True)
        )
        asked = key(words).split()
        if not asked:
            return peers
        found = [
            held.id
            for held in mandates.search(peers)
            if all(word in held._get_peer_words() for word in asked)
        ]
        return Domain("id", "in", found)

    @api.model
    def _get_places_begun(self, words):
        """Mandates of a commune whose name begins with the words, listed first."""
        begun = key(words)
        places = self.env["res.partner"].sudo()
        if begun:
            places = places.search([("is_commune", "=", True)])
        names = ("brand_name", "name")
        found = places.filtered(lambda p: any(key(p[n] or "").startswith(begun) for n in names))
        return Domain("commune_id", "in", found.ids)

    @api.model
    def _get_peers(self, mandates):
        """Directory of a person: by function, the communes most like one's own first.

        :param mandates: mandates of one page, in the order of PEERS
        :return: list of dicts `function`, `people` (dicts `name`, `title`, `place`, `size`,
            `email`, `phone`)
        """
        return [
            {
                "function": function.name,
                "people": [
                    {
                        "name": held.partner_id.name,
                        "title": held.title,
                        "delegation": held.delegation or "",
                        "place": held.commune_id.brand_name or held.commune_id.name,
                        "size": self._format_population(held.commune_id),
                        "email": held.partner_id.email or "",
                        "phone": held.partner_id.phone or "",
                    }
                    for held in found
                ],
            }
            for function, found in mandates.grouped("function_id").items()
        ]

    def _format_population(self, place):
        """The inhabitants of a commune in words; empty when nobody knows."""
        if not place.population:
            return ""
        return self.env._("%s inhabitants", formatLang(self.env, place.population, digits=0))


class CommuneMandate(models.Model):
    _inherit = "commune.mandate"

    def _near(self, place):
        """These, whose order PEERS begins with the communes most like a place in size."""
        return self.with_context(commune_peers_of=place.id)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Half as many inhabitants are as far as twice as many; a commune of unknown size comes
        after the others, and so does one's own: peers are elsewhere."""
        if field_name != SIZE_GAP:
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        own = self.env.context.get("commune_peers_of")
        if not own:
            return SQL()
        self.env["res.partner"].flush_model(["population"])
        return SQL(
            "(SELECT ABS(LN(peer.population::float / own.population))"
            " FROM res_partner peer JOIN res_partner own ON own.id = %s AND own.id != peer.id"
            " WHERE peer.id = %s AND peer.population > 0 AND own.population > 0)"
            " ASC NULLS LAST",
            own,
            SQL.identifier(alias, "commune_id"),
        )

    def _get_peer_words(self):
        """What a peer is looked for by: words without case nor accents."""
        place = self.commune_id
        texts = (
            self.partner_id.name,
            self.title,
            self.function_id.name,
            self.delegation,
            place.name,
            place.brand_name,
        )
        return key(" ".join(filter(None, texts)))
