"""Promises made to a commune: content, owner, deadline, outcome.

A promise is never deleted: its dates and its owner change before everybody, in its history.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

STATES = [("open", "To keep"), ("kept", "Kept"), ("given_up", "Given up on")]
LATE = [("state", "=", "open"), ("due_date", "<", "today")]
# Somebody of the organisation or of the intercommunality: an agent, an elected official of the
# EPCI.
ORGANISATION_PERSONS = [
    ("is_company", "=", False),
    "|",
    ("user_ids.share", "=", False),
    ("held_mandate_ids.commune_id.is_epci", "=", True),
]


class CommuneCommitment(models.Model):
    _name = "commune.commitment"
    _inherit = [
        "commune.staff.thread",
        "mail.activity.mixin",
        "commune.readonly.fields.mixin",
        "commune.handover.mixin",
    ]
    _description = "Promise made to a commune"
    _order = "due_date desc, id desc"
    _readonly_reason = _lt("Whether a promise is kept is noted by its buttons.")
    _readonly_fields = frozenset(
        {"state", "kept_date", "res_model", "res_id", "contact_id", "soon_for", "due_for"}
    )
    _values_at_creation = {"res_model": None, "res_id": None, "contact_id": None}

    name = fields.Char(string="What is promised", required=True, tracking=True)
    commune_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
        domain="[('is_commune', '=', True)]",
    )
    sector_id = fields.Many2one(related="commune_id.sector_id", store=True)
    promised_by_id = fields.Many2one(
        "res.partner",
        string="Promised by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user.partner_id,
        domain=ORGANISATION_PERSONS,
        groups="base.group_user",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person in charge",
        required=True,
        index=True,
        tracking=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        groups="base.group_user",
        help="Who sees to it that it is kept.",
    )
    promised_date = fields.Date(
        string="Promised on", required=True, default=lambda self: self.env.company._get_today()
    )
    due_date = fields.Date(string="For", required=True, index=True, tracking=True)
    state = fields.Selection(
        STATES, required=True, default="open", readonly=True, index=True, tracking=True
    )
    kept_date = fields.Date(string="Kept on", readonly=True, copy=False)
    word = fields.Text(
        string="A word for the commune", help="Read on the portal, when the promise is published."
    )
    reason = fields.Text(string="Why it is given up", tracking=True, groups="base.group_user")
    is_late = fields.Boolean(string="Late", compute="_compute_is_late", search="_search_is_late")
    is_published = fields.Boolean(
        string="On the portal",
        copy=False,
        tracking=True,
        help="Read by those who act in the name of the commune.",
    )
    active = fields.Boolean(default=True)
    _dates_check = models.Constraint(
        "CHECK(due_date >= promised_date)", "A promise is for a later day than that of its making."
    )
    _kept_check = models.Constraint(
        "CHECK((state = 'kept') = (kept_date IS NOT NULL))",
        "A promise that is kept says since when.",
    )
    _commune_idx = models.Index("(commune_id, state, due_date)")

    @api.constrains("commune_id")
    def _check_commune(self):
        if not all(self.mapped("commune_id.is_commune")):
            raise ValidationError(self.env._("A promise is made to a commune."))

    @api.constrains("user_id")
    def _check_user(self):
        if any(self.sudo().user_id.mapped("share")):
            raise ValidationError(self.env._("The owner of a promise works in the organisation."))

    def _compute_is_late(self):
        today = self.env.company._get_today()
        for promise in self:
            promise.is_late = bool(
                promise.state == "open" and promise.due_date and promise.due_date < today
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain(LATE) if True in value else ~Domain(LATE)

    @api.model_create_multi
    def create(self, vals_list):
        # In the dialogue of another record, that record is the default source of the commitment.
        start = self.default_get(["contact_id", "res_model", "res_id"])
        promises = super().create([self._complete({**start, **vals}) for vals in vals_list])
        promises._check_can_publish()
        return promises

    def write(self, vals):
        done = super().write(vals)
        if "is_published" in vals:
            self._check_can_publish()
        return done

    def _check_can_publish(self):
        """Looked at once written: a value by default publishes as well as one that is typed.

        :raise AccessError: what a commune reads is decided by the officers
        """
        if any(self.mapped("is_published")) and not self.env.su:
            if not self.env.user.has_group("commune_relations.group_officer"):
                raise AccessError(self.env._("The officers publish promises on the portal."))

    # actions

    def action_keep(self):
        """The current promises are kept, today."""
        self._close("kept", kept_date=self.env.company._get_today())

    def action_give_up(self):
        """Nobody will keep them: the reason is typed first."""
        self.check_access("write")
        if not all((promise.reason or "").strip() for promise in self):
            raise UserError(self.env._("Write why the promise is given up."))
        self._close("given_up", kept_date=False)

    def action_reopen(self):
        """Neither kept nor given up, after all."""
        self._set({"state": "open", "kept_date": False})

    def _close(self, state, **values):
        self._set({"state": state, **values})
        self.sudo()._finish_asked("commitment_soon", "commitment_due")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A promise is never deleted: archive it."))
