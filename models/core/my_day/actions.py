"""Actions of the day page: action of a line, undo, postpone, hand over.

Each action reads the line again with the rights of the user: a line that no longer waits is not
changed, and the answer explains it. Of two concurrent users, the second is informed.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..api_arguments import parse_code, parse_id
from ..row_lock import lock_rows
from ..window_actions import open_action, open_record
from .my_day import HANDED_OVER
from .source import SECTIONS

LONGEST = 366


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _find_source(self, code):
        """The source of this code that the current user sees, or None."""
        return self._get_sources().get(parse_code(code))

    @api.model
    def _find_line(self, code, number):
        """(source, record that still waits); the record is empty when it no longer does."""
        self._check_staff()
        source = self._find_source(code)
        if not source:
            return None, None
        domain = source.domain & Domain("id", "=", parse_id(number))
        return source, self._get_model(source).search(domain)

    @api.model
    def _get_waiting(self):
        """{code: ids} of all that waits for the current user, put off or not."""
        return {
            code: set(self._get_model(source).search(source.domain).ids)
            for code, source in self._get_sources().items()
        }

    @api.model
    def _describe_stale_line(self):
        return {"refusal": self.env._("This no longer waits: somebody has seen to it meanwhile.")}

    @api.model
    def open_line(self, code, number):
        """The record of a line, or what it is about.

        :return: dict: `action` and `page` (where its button leads), or `refusal`
        """
        source, record = self._find_line(code, number)
        if not record:
            return self._describe_stale_line()
        record = record.sudo(False)
        if source.target:
            model, number = (record[name] for name in source.target)
            record = self.env[model].browse(number).exists()
        if not record:
            return self._describe_stale_line()
        return {"action": open_record(record), "page": source.page}

    @api.model
    def open_list(self, code, section, kind=0):
        """Action that opens all lines of a source in a section, as many as the page counts.

        :param kind: id of the kind shared by grouped lines, when the source has kinds
        :return: an action
        """
        self._check_staff()
        source = self._find_source(code)
        if not source or section not in SECTIONS:
            raise UserError(self.env._("This list is no longer there: open the page again."))
        off = self.env["commune.my.day.snooze"]._get_of_user()
        domain = self._get_domain(source, section, off.get(code, ()))
        if kind and source.kind:
            domain &= Domain(source.kind, "=", int(kind))
        if source.is_own:  # ids, since others may not read these records
            domain = Domain("id", "in", self._get_model(source).search(domain).ids)
        values = {"domain": list(domain), "context": {}, "name": source.label}
        if source.screen:
            return open_action(self, source.screen, **values)
        return {
            "type": "ir.actions.act_window",
            "res_model": source.model,
            "views": [[False, "list"], [False, "form"]],
            **values,
        }

    @api.model
    def act(self, code, number):
        """The one action of a line.

        :return: dict: `refusal` (a sentence, when it no longer waits), else `sentence`, `undo`
            whether it can be taken back, and `action` when a window follows
        """
        source, record = self._find_line(code, number)
        if not record or not source.action:
            return self._describe_stale_line()
        record = record.sudo(False)
        lock_rows(record)
        if not self._find_line(code, number)[1]:
            return self._describe_stale_line()
        title = source.get_title(record)
        following = getattr(record, source.action)()
        sentence = self.env._("Done: %s", title)
        if isinstance(following, dict):
            if following.get("tag") != "display_notification":
                return {"action": following, "undo": False, "sentence": ""}
            sentence = following["params"]["message"]
        return {"action": False, "undo": bool(source.undo), "sentence": sentence}

    @api.model
    def undo(self, code, number):
        """Take back the action of a line, with the rights that its own button asks."""
        self._check_staff()
        source = self._find_source(code)
        record = source and self.env[source.model].browse(parse_id(number)).exists()
        if not record or not source.undo:
            return self._describe_stale_line()
        record.check_access("write")
        getattr(record, source.undo)()
        return {"sentence": self.env._("Taken back: %s", source.get_title(record))}

    # put off

    @api.model
    def snooze(self, code, number, until):
        """Put a line off, for oneself: it comes back on that day.

        :param until: `tomorrow`, `monday`, or a day
        """
        _source, record = self._find_line(code, number)
        if not record:
            return self._describe_stale_line()
        day = self._get_snooze_day(until)
        self.env["commune.my.day.snooze"]._put_off(code, record.id, day)
        return {"sentence": self.env._("Back %s.", self._format_due_date(day))}

    @api.model
    def _get_snooze_day(self, until):
        today = self._get_today()
        known = {
            "tomorrow": today + timedelta(days=1),
            "monday": today + timedelta(days=7 - today.weekday()),
        }
        try:
            day = known.get(parse_code(until)) or fields.Date.to_date(parse_code(until))
        except ValueError:
            day = None
        if not day or not today < day <= today + timedelta(days=LONGEST):
            raise UserError(self.env._("Choose a day to come, within a year."))
        return day

    @api.model
    def unsnooze(self, code=None, number=None):
        """Back at once: one line, or all those that one has put off."""
        self._check_staff()
        if code is None:
            self.env["commune.my.day.snooze"]._take_back()
        else:
            self.env["commune.my.day.snooze"]._take_back(parse_code(code), parse_id(number))
        return {"sentence": self.env._("They are back on the page.")}

    # hand over

    @api.model
    def get_colleagues(self, code):
        """Those to whom a line of this source may be given: [{id, name}], by name."""
        self._check_staff()
        source = self._find_source(code)
        if not source or not self._can_give(source):
            return []
        groups = [self.env.ref(name).id for name in source.groups]
        people = self.env["res.users"].search(
            [("all_group_ids", "in", groups), ("share", "=", False), ("id", "!=", self.env.uid)],
            order="name, id",
        )
        return [{"id": user.id, "name": user.name} for user in people]

    @api.model
    def hand_over(self, code, number, user):
        """Hand a line over to a colleague, whom Odoo notifies: as its owner, or by an activity.

        A line that cannot change owner stays with the user too; it is postponed until the next
        working week.
        """
        source, record = self._find_line(code, number)
        if record:
            lock_rows(record)
            record = self._find_line(code, number)[1]
        if not record:
            return self._describe_stale_line()
        if parse_id(user) not in {one["id"] for one in self.get_colleagues(code)}:
            self._raise_unsuitable_colleague()
        colleague = self.env["res.users"].browse(parse_id(user))
        self._give(source, record.sudo(False), colleague)
        return {"sentence": self.env._("Handed over to %s.", colleague.name)}

    @api.model
    def _raise_unsuitable_colleague(self):
        raise UserError(self.env._("This colleague cannot take it: choose another one."))

    @api.model
    def _give(self, source, record, colleague):
        name = source.hand_over
        day = self._get_day(source, record) or self._get_today()
        if name:
            record[name] = colleague
        if not record.with_user(colleague).has_access("read"):
            self._raise_unsuitable_colleague()  # it would be asked of who cannot open it
        if name == "user_id" and getattr(record._fields[name], "tracking", False):
            return  # Odoo notifies the new owner
        if "activity_ids" in record._fields:
            # As superuser: after the hand-over, the user may no longer read the record.
            record.sudo()._schedule_once(
                HANDED_OVER,
                about=f"{source.code} {colleague.id}",
                user_id=colleague.id,
                summary=source.label,
                date_deadline=day,
            )
        if not name:
            until = self._get_snooze_day("monday")
            self.env["commune.my.day.snooze"]._put_off(source.code, record.id, until)
