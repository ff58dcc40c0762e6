"""Where a promise comes from: the record on which it was noted, and the way back to it.

A record that was noted under the wrong commune takes its promises along. PostgreSQL cannot hold
this: Odoo drops a foreign key of two columns that begins with one of its own (`check_foreign_keys`
of the registry), so each side checks (`_check_source`, `CommuneCommitmentSourceMixin`).
"""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core.window_actions import open_dialog, open_record

# What a promise may come from; the field of its commune, when it has one.
SOURCES = [
    ("helpdesk.ticket", "Request"),
    ("commune.session", "Session"),
    ("commune.decision", "Decision"),
    ("commune.contact", "Visit, call or meeting"),
    ("mailing.mailing", "Mailing"),
    ("event.event", "Event"),
    ("agreement", "Convention"),
]
COMMUNE_FIELD = "commune_id"


class CommuneCommitment(models.Model):
    _inherit = "commune.commitment"

    res_model = fields.Selection(
        SOURCES, string="Comes from", readonly=True, groups="base.group_user"
    )
    res_id = fields.Many2oneReference(
        string="Record that it comes from",
        model_field="res_model",
        readonly=True,
        groups="base.group_user",
    )
    contact_id = fields.Many2one(
        "commune.contact",
        string="Noted during",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    source = fields.Char(
        string="Where it comes from", compute="_compute_source", groups="base.group_user"
    )
    _source_check = models.Constraint(
        "CHECK((res_model IS NULL) = (COALESCE(res_id, 0) = 0))",
        "A promise comes from one record, or from none.",
    )
    _source_idx = models.Index("(res_model, res_id) WHERE res_model IS NOT NULL")

    @api.depends("res_model", "res_id")
    def _compute_source(self):
        """The kind of record, and its name for anyone who may read it."""
        labels = dict(self._fields["res_model"]._description_selection(self.env))
        wanted = defaultdict(set)
        for promise in self:
            if promise.res_model:
                wanted[promise.res_model].add(promise.res_id)
        names = {}
        for model, ids in wanted.items():
            records = self.env[model].browse(sorted(ids)).exists()
            for record in records._filtered_access("read"):
                names[model, record.id] = record.display_name
        for promise in self:
            name = names.get((promise.res_model, promise.res_id))
            promise.source = " – ".join(filter(None, (labels.get(promise.res_model), name)))

    @api.constrains("res_model", "res_id", "commune_id")
    def _check_source(self):
        """A record that is there, and that of no other commune."""
        self = self.sudo()  # a record that its author may not open is still that of the commune
        for promise in self.filtered("res_model"):
            record = self.env[promise.res_model].browse(promise.res_id).exists()
            if not record:
                raise ValidationError(self.env._("The promise comes from a record that is gone."))
            commune = record[COMMUNE_FIELD] if COMMUNE_FIELD in record._fields else False
            if commune and commune.is_commune and commune != promise.commune_id:
                raise ValidationError(
                    self.env._("The promise is to the commune of the record it comes from.")
                )

    @api.model
    def _complete(self, vals):
        """The values of a new promise: what was noted during a contact comes from it."""
        if vals.get("contact_id"):
            contact = self.env["commune.contact"].browse(vals["contact_id"])
            vals = {
                "commune_id": contact.commune_id.id,
                **vals,
                "res_model": contact._name,
                "res_id": contact.id,
            }
        elif vals.get("res_model") == "commune.contact" and vals.get("res_id"):
            vals = {**vals, "contact_id": vals["res_id"]}
        if vals.get("res_model") and vals.get("res_id") and not self.env.su:
            # A source that the user may not read would reveal that it exists.
            if vals["res_model"] in dict(SOURCES):
                self.env[vals["res_model"]].browse(vals["res_id"]).check_access("read")
        return vals

    @api.model
    def _open_new(self, record):
        """The window in which a promise is noted from this record."""
        record.check_access("read")
        context = {}
        if record._name == "res.partner":
            context["default_commune_id"] = record.id if record.is_commune else False
        else:
            record.ensure_one()
            context.update(default_res_model=record._name, default_res_id=record.id)
            commune = record[COMMUNE_FIELD] if COMMUNE_FIELD in record._fields else False
            if commune and commune.is_commune:
                context["default_commune_id"] = commune.id
        return open_dialog(self, self._name, self.env._("Note a promise"), **context)

    def action_open_source(self):
        """The record that the promise comes from."""
        self.ensure_one()
        self.check_access("read")
        if not self.res_model:
            raise UserError(self.env._("This promise was noted on its own."))
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        return open_record(record)


class CommuneCommitmentSourceMixin(models.AbstractModel):
    """A record of one commune from which promises come."""

    _name = "commune.commitment.source.mixin"
    _description = "Record from which promises come"

    def _take_promises_along(self, vals):
        """Its promises are to its commune; what the new one reads is decided anew by an officer."""
        if not vals.get(COMMUNE_FIELD):
            return
        commune = self[:1].sudo()[COMMUNE_FIELD]
        promises = self.env["commune.commitment"].sudo().with_context(active_test=False)
        moved = promises.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("commune_id", "!=", commune.id),
            ]
        )
        if moved and commune.is_commune:
            moved.write({"commune_id": commune.id, "is_published": False})


class CommuneContact(models.Model):
    _name = "commune.contact"
    _inherit = ["commune.contact", "commune.commitment.source.mixin"]

    def write(self, vals):
        done = super().write(vals)
        self._take_promises_along(vals)
        return done


class HelpdeskTicket(models.Model):
    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "commune.commitment.source.mixin"]


class Agreement(models.Model):
    _name = "agreement"
    _inherit = ["agreement", "commune.commitment.source.mixin"]
