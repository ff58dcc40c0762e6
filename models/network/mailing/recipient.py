"""Who a mailing was for, commune by commune, and what became of it."""

from odoo import fields, models

OUTCOMES = [
    ("sent", "Sent"),
    ("digest", "In the digest of the week"),
    ("no_email", "No e-mail"),
    ("refused", "Refuses these letters"),
    ("blocked", "Address on the exclusion list"),
    ("duplicate", "Same address as another person"),
    ("left", "No longer in office"),
]
STATUSES = [
    ("outgoing", "Being sent"),
    ("sent", "Arrived"),
    ("opened", "Opened"),
    ("clicked", "Clicked"),
    ("bounced", "Returned"),
    ("failed", "Not sent"),
    *[outcome for outcome in OUTCOMES if outcome[0] not in ("sent", "duplicate")],
]


class CommuneMailingRecipient(models.Model):
    _name = "commune.mailing.recipient"
    _description = "Recipient of a mailing"
    _order = "mailing_id desc, commune_id, id"
    _rec_name = "partner_id"

    mailing_id = fields.Many2one("mailing.mailing", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade", string="Person"
    )
    carrier_id = fields.Many2one(
        "res.partner",
        ondelete="set null",
        string="Reached through",
        help="The person whose address is the same and who was written to.",
        index="btree_not_null",
    )
    commune_id = fields.Many2one("res.partner", index=True, ondelete="restrict")
    mandate_id = fields.Many2one("commune.mandate", ondelete="set null", index="btree_not_null")
    outcome = fields.Selection(OUTCOMES, required=True)
    digest_date = fields.Datetime(string="Sent with the digest on")
    _written_idx = models.Index("(create_date DESC, id)")
    _person_uniq = models.UniqueIndex(
        "(mailing_id, partner_id, COALESCE(commune_id, 0))",
        "This person is already a recipient of this mailing.",
    )
