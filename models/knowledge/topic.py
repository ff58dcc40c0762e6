"""Who decides, acts and pays on a topic: data of the “who does what” guides."""

from odoo import fields, models


class CommuneTopic(models.Model):
    _inherit = "commune.topic"

    who_decides = fields.Char(
        string="Who decides",
        help="Empty: who is in charge of the topic, as said above. “The mayor, by a decree of"
        " police”.",
    )
    who_acts = fields.Char(
        string="Who acts",
        help="Empty: the directorate of the topic, or who to ask instead. “The road centre of the"
        " sector”.",
    )
    who_pays = fields.Char(
        string="Who pays", help="“The intercommunality; the commune for what it adds”."
    )
