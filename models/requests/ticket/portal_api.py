"""A program of a commune files a request by JSON-2, with the key of a person of this commune: what
the form of the portal takes, no more."""

from odoo import api, models
from odoo.exceptions import AccessError

from ...core.text_limits import LENGTHS
from .form import STORED
from .portal_list import clean_text

# The question of the form is the description.
KEY_FIELDS = ("commune_id", "description", *(field.name for field in STORED))


class CommuneRequestPortal(models.AbstractModel):
    _inherit = "commune.request.portal"

    @api.model
    def _is_filed_by_commune(self, vals_list):
        """Whether a portal account asks for requests in the name of communes."""
        asks = not self.env.su and self.env.user._is_portal()
        return asks and all(vals.get("commune_id") for vals in vals_list)

    @api.model
    def _file_by_program(self, vals_list):
        """File requests as the form of the portal does: same checks, same topic when it is clear.

        :raise AccessError: another field, or a commune that is not the person's
        :raise FormError: something is missing or too long
        """
        places, filed = (
            self.env["res.partner"]._get_portal_places(),
            self.env["helpdesk.ticket"].browse(),
        )
        for vals in vals_list:
            if set(vals) - set(KEY_FIELDS):
                raise AccessError(
                    self.env._(
                        "A request filed with the key of a person of a commune gives these fields"
                        " alone: %s.",
                        ", ".join(KEY_FIELDS),
                    )
                )
            commune = places.filtered(lambda place, vals=vals: place.id == vals["commune_id"])
            question = clean_text(vals.get("description"))
            asked = commune and question[: LENGTHS["question"]]
            cards = asked and self.env["commune.topic"]._get_portal_cards(asked, commune)
            clear = bool(cards) and cards[0]["clear"] and cards[0]["topic_id"]
            filed |= self._create_from_portal(
                {
                    **{field.name: clean_text(vals.get(field.name)) for field in STORED},
                    "question": question,
                    "commune": commune,
                    "cards": cards or [],
                    "topic": self.env["commune.topic"].sudo().browse(clear or []),
                }
            )
        return filed
