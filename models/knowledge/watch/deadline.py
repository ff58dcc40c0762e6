"""Days of an item: when it takes effect, what is to be done before when.

Once the item is validated each day to come is an obligation: recalled to anyone who follows the
item, in the calendars of the staff and of the communes concerned. Archived, taken back or
corrected, it is withdrawn.
"""

from odoo import api, fields, models
from odoo.fields import Domain

LIVE = ("validated", "distributed")
# Fields that define an obligation, or whether an item is one.
FOLLOWED = frozenset(
    {"state", "name", "date_effect", "action_text", "legal_text", "link", "deadline_ids"}
)


class CommuneWatchDeadline(models.Model):
    _name = "commune.watch.deadline"
    _description = "Deadline of an item of the watch"
    _order = "date, id"

    item_id = fields.Many2one("commune.watch.item", required=True, index=True, ondelete="cascade")
    date = fields.Date(string="Before", required=True)
    name = fields.Char(string="What to do", required=True)

    @api.model_create_multi
    def create(self, vals_list):
        items = self.env["commune.watch.item"].browse(vals.get("item_id") for vals in vals_list)
        items._check_deadlines()
        deadlines = super().create(vals_list)
        deadlines.item_id._follow_deadlines()
        return deadlines

    def write(self, vals):
        self.item_id._check_deadlines()
        result = super().write(vals)
        self.item_id._follow_deadlines()
        return result

    def unlink(self):
        items = self.item_id
        items._check_deadlines()
        result = super().unlink()
        items._follow_deadlines()
        return result


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    deadline_ids = fields.One2many("commune.watch.deadline", "item_id", string="To do before")
    obligation_ids = fields.One2many(
        "commune.obligation", "watch_item_id", string="Days in the calendars"
    )
    next_date = fields.Date(
        string="Next day", compute="_compute_next_date", help="The nearest day to come."
    )

    @api.depends("date_effect", "deadline_ids.date")
    def _compute_next_date(self):
        today = self.env.company._get_today()
        for item in self:
            days = [day for day, _name in item._get_days() if day >= today]
            item.next_date = min(days, default=False)

    def _get_days(self):
        """[(day, what to do)], the day of effect first."""
        self.ensure_one()
        days = [(self.date_effect, self.name)] if self.date_effect else []
        return days + [(one.date, one.name) for one in self.deadline_ids if one.date]

    def _follow_changed_days(self, vals):
        self._follow_days()

    def _check_deadlines(self):
        """What was distributed stays as it was read."""
        if not self.env.su:
            self.filtered("id")._check_record_state({"date_effect": False})

    def _follow_deadlines(self):
        """A day more or less of an item that was validated: a colleague reads it again."""
        self._take_over()
        self.filtered(lambda item: item.state == "validated")._ask_again()
        self._follow_days()

    def _follow_days(self):
        """The obligations follow the days of the items, as superuser."""
        self = self.sudo()
        Obligation = self.env["commune.obligation"].with_context(active_test=False)
        known = Obligation.search([("watch_item_id", "in", self.ids)])
        kept, new = Obligation.browse(), []
        for item in self:
            own = known.filtered(lambda one, item=item: one.watch_item_id == item)
            for values in item._prepare_obligations():
                same = own.filtered(
                    lambda one, v=values: (one.event_date, one.name) == (v["event_date"], v["name"])
                )[:1]
                if same:
                    same.write({**values, "active": True})
                    kept |= same
                else:
                    new.append(values)
        withdrawn = (known - kept).filtered("active")
        withdrawn.activity_ids.unlink()
        withdrawn.write({"active": False, "reminded_for": False})
        Obligation.create(new)

    def _prepare_obligations(self):
        """Values of the obligations of an item: none before it is validated, nor for the days that
        were over by then."""
        if self.state not in LIVE:
            return []
        company, validated = self.env.company, self.validated_date
        start = company._get_organisation_date(validated) if validated else company._get_today()
        references = ", ".join(found.label for found in self._get_references())
        return [
            {
                "name": name,
                "scope": "commune",
                "trigger": "once",
                "event_date": day,
                "source": references or self.link or self.name,
                "note": "\n".join(filter(None, (self.action_text, self.link))),
                "user_id": self.user_id.id,
                "watch_item_id": self.id,
            }
            for day, name in self._get_days()
            if day >= start
        ]


class CommuneObligation(models.Model):
    _inherit = "commune.obligation"

    watch_item_id = fields.Many2one(
        "commune.watch.item",
        string="Item of the watch",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )

    @api.model
    def _get_for(self, places):
        """Adds the deadlines of items, for the communes that each item concerns."""
        items = self.env["commune.watch.item"].sudo()
        concerning = items._get_domain_concerning(items._get_territory() & places)
        watched = Domain("watch_item_id", "in", items._search(concerning))
        own = super()._get_for(places)
        return self.search(Domain("id", "in", own.ids) | watched)

    def _get_page_note(self):
        item = self.watch_item_id
        return (item.action_text or "", item.link or "") if item else super()._get_page_note()

    def _get_calendar_title(self):
        item = self.watch_item_id
        if item and (self.event_date, self.name) == (item.date_effect, item.name):
            return self.env._("Takes effect: %s", self.name)
        return super()._get_calendar_title()

    def _concerns(self, place):
        return not self.watch_item_id and super()._concerns(place)
