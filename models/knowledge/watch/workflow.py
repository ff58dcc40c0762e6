"""From what changes to those whom it concerns: analysed, read by a colleague, distributed."""

from odoo import fields, models
from odoo.exceptions import UserError

ACTIVITY = "commune_relations.mail_activity_type_watch_item"
# What the colleague has read: a change of it asks for a new reading.
CONTENT = frozenset(
    {
        "name",
        "link",
        "summary",
        "kind",
        "change_text",
        "who_text",
        "date_effect",
        "action_text",
        "legal_text",
        "impact",
        "population_min",
        "population_max",
        "local_law",
        "sector_ids",
        "service_ids",
    }
)
# Before it is distributed.
WRITTEN = ("to_sort", "kept", "analysed", "validated")
# The four answers; an innovation has no date of effect.
ANSWERS = ("change_text", "who_text", "date_effect", "action_text")


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    def _check_record_state(self, vals):
        """What was distributed stays as it was read; it is taken back first."""
        if CONTENT & vals.keys() and self.filtered(lambda item: item.state == "distributed"):
            raise UserError(
                self.env._("This item was distributed: take it back before you change it.")
            )

    def _ask_again_when_changed(self, vals):
        """Changed after the validation: a colleague reads it again. Who changed it has written it,
        and does not validate it."""
        changed = self.filtered(lambda item: item.state in WRITTEN and item._differs(vals))
        yield
        changed._take_over()
        changed.filtered(lambda item: item.state == "validated")._ask_again()

    def _take_over(self):
        """The last person who wrote in an item that somebody has in hand answers for it."""
        if not self.env.su:
            taken = self.filtered(lambda item: item.user_id and item.user_id != self.env.user)
            taken._set({"user_id": self.env.uid})

    def _differs(self, vals):
        for name in CONTENT & vals.keys():
            field = self._fields[name]
            if field.type == "many2many":
                return True
            if field.convert_to_write(self[name], self) != (vals[name] or field.falsy_value):
                return True
        return False

    def _ask_again(self):
        for item in self:
            item.sudo().write(
                {"state": "analysed", "validated_by_id": False, "validated_date": False}
            )
            item._message_log(
                body=self.env._("The item was changed: it has to be validated again.")
            )
            item._notify_readers()

    def action_keep(self):
        """Kept, for oneself to analyse: it leaves what is to be sorted."""
        self.check_access("write")
        for item in self.filtered(lambda item: item.state == "to_sort"):
            item._set({"state": "kept", **item._prepare_sorted()})

    def action_analyse(self):
        """The four answers are there: a colleague reads them."""
        self.check_access("write")
        for item in self.filtered(lambda item: item.state in ("to_sort", "kept")):
            item._check_answers()
            item._set({"state": "analysed", **item._prepare_sorted()})
            item._notify_readers()

    def _check_answers(self):
        labels = self.fields_get(ANSWERS, ["string"])
        missing = [
            labels[name]["string"]
            for name in ANSWERS
            if not self[name] and not (name == "date_effect" and self.kind == "innovation")
        ]
        if missing:
            raise UserError(
                self.env._(
                    "“%(item)s” is not analysed yet. Missing: %(answers)s.",
                    item=self.name,
                    answers=", ".join(missing),
                )
            )

    def _get_readers(self):
        """Those who may validate: another person than the one who wrote, when there is one."""
        group = self.env.ref("commune_relations.group_officer").sudo()
        robot = self.env.ref("base.user_root")
        everybody = group.all_user_ids.filtered(lambda user: user.active and not user.share)
        return (everybody - robot - self.user_id) or self.user_id

    def _notify_readers(self):
        """Ask a manager to read, else an officer; never the author."""
        readers = self._get_readers() - self.user_id
        managers = readers.filtered(lambda u: u.has_group("commune_relations.group_manager"))
        reader = (managers or readers).sorted("id", reverse=True)[:1]
        if reader:
            self.sudo().activity_schedule(
                ACTIVITY,
                user_id=reader.id,
                summary=self.env._("To validate: %s", self.name),
            )

    def _stop_asking(self):
        """Close the activity of the colleague who was asked to read."""
        self.sudo().activity_unlink([ACTIVITY])

    def action_validate(self):
        """By another person than the one who wrote, when there are two."""
        self.check_access("write")
        for item in self.filtered(lambda item: item.state == "analysed"):
            if self.env.user not in item._get_readers():
                raise UserError(
                    self.env._("You analysed this item: a colleague reads it and validates it.")
                )
            item._check_answers()
            item._set(
                {
                    "state": "validated",
                    "validated_by_id": self.env.uid,
                    "validated_date": fields.Datetime.now(),
                }
            )
            item._stop_asking()

    def action_distribute(self):
        """Notify the communes concerned of the validated items."""
        self.check_access("write")
        for item in self.filtered(lambda item: item.state == "validated"):
            if not item.commune_count:
                raise UserError(
                    self.env._("“%s” concerns no commune: see its criteria.", item.name)
                )
            item._set({"state": "distributed", "distributed_date": fields.Datetime.now()})

    def action_put_away(self):
        """Archived: read, and nothing to do with it, or no more."""
        self.check_access("write")
        for item in self.filtered(lambda item: item.state != "archived"):
            item._set({"state": "archived", **item._prepare_sorted()})
            item._stop_asking()

    def action_take_back(self):
        """Back to the work: what was analysed is there, a colleague reads it again."""
        self.check_access("write")
        for item in self.filtered(lambda item: item.state not in ("to_sort", "kept")):
            item._set(
                {
                    "state": "kept",
                    "user_id": self.env.uid,
                    "validated_by_id": False,
                    "validated_date": False,
                    "distributed_date": False,
                }
            )
            item._stop_asking()

    def _prepare_sorted(self):
        """Who sorted, and when: the first time."""
        return {
            "user_id": (self.user_id or self.env.user).id,
            "sorted_date": self.sorted_date or fields.Datetime.now(),
        }
