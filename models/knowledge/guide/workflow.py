"""The life of a guide: published, reviewed in time, revised, withdrawn."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.pillar import when_used
from ...core.row_lock import lock_rows
from ...core.window_actions import open_record
from ...territory.reference_epci.local_time import at_local_time
from .guide import CONTENT

REMINDER_DAYS = 30  # before the end of the validity: time to ask and to write
VALIDITY = relativedelta(years=1)  # given again by “Still right”


class CommuneGuide(models.Model):
    _inherit = "commune.guide"

    version_ids = fields.One2many("commune.guide.version", "guide_id", string="Versions")
    is_under_review = fields.Boolean(
        string="To look over",
        compute="_compute_is_under_review",
        search="_search_is_under_review",
        help="Published, and its validity has ended: the communes read that it is under review.",
    )
    has_draft_version = fields.Boolean(
        string="New version begun", compute="_compute_has_draft_version"
    )

    @api.depends("state", "validity_date")
    def _compute_is_under_review(self):
        today = self.env.company._get_today()
        for guide in self:
            day = guide.validity_date
            guide.is_under_review = bool(guide.state == "published" and day and day < today)

    def _search_is_under_review(self, operator, value):
        if operator != "in":
            return NotImplemented
        ended = Domain("state", "=", "published") & Domain("validity_date", "<", "today")
        return ended if True in value else ~ended

    @api.depends("version_ids.state")
    def _compute_has_draft_version(self):
        for guide in self:
            guide.has_draft_version = "draft" in guide.version_ids.mapped("state")

    def action_publish(self):
        """Publish the guide to its communes and save its content as a version."""
        self.check_access("write")
        self._check_has_readers()
        for guide in self.filtered(lambda guide: guide.state != "published"):
            first = not guide.version
            words = guide.env._("First version.") if first else guide.env._("Published again.")
            draft = guide._begin_version(change_text=words)
            guide._take_version(draft)

    def action_new_version(self):
        """Write beside what the communes read: the version already begun, else a new one."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "published":
            raise UserError(self.env._("Only a published guide needs a new version: write in it."))
        begun = self.version_ids.filtered(lambda version: version.state == "draft")
        return open_record((begun or self._begin_version()).with_env(self.env))

    def action_withdraw(self):
        """The communes do not find it any more; it stays, with its versions."""
        self.check_access("write")
        self._finish_asked("guide_review")
        self._set({"state": "archived"})

    def action_take_up(self):
        """A withdrawn guide is written again, then published."""
        self.check_access("write")
        self.filtered(lambda guide: guide.state == "archived")._set({"state": "draft"})

    def action_still_right(self):
        """Reviewed, nothing changes: valid for one more year."""
        self.check_access("write")
        self.write({"validity_date": self.env.company._get_today() + VALIDITY})
        self._finish_asked("guide_review")

    def _begin_version(self, **values):
        """Create a version from the current content, as superuser."""
        self = self.sudo()
        self.ensure_one()
        lock_rows(self)  # two versions at once: each has a number of its own
        content = self._read_content()
        numbers = self.version_ids.mapped("number")
        number = max(numbers, default=0) + 1
        version = self.env["commune.guide.version"]
        version.flush_model(["state"])  # PostgreSQL allows one that is being written
        return version.create({"guide_id": self.id, "number": number, **content, **values})

    def _take_version(self, version):
        """Freeze a version, and let the communes read it."""
        self.ensure_one()
        self._check_has_readers()
        today = self.env.company._get_today()
        version.write({"state": "published", "date": today, "user_id": self.env.uid})
        self._set(
            {
                **version._read_content(),
                "state": "published",
                "version": version.number,
                "date_published": self.date_published or today,
                "date_revised": today,
            }
        )
        if not self.validity_date or self.validity_date < today:
            self.validity_date = today + VALIDITY
        self._finish_asked("guide_review")

    def _read_content(self):
        return _read_content(self)

    # what runs by itself

    @api.model
    @when_used("knowledge")
    @at_local_time
    def _cron_remind_reviews(self):
        """From a month before the end of its validity on, the owner of a guide is asked once to
        look it over."""
        limit = self.env.company._get_today() + timedelta(days=REMINDER_DAYS)
        guides = self.search([("state", "=", "published"), ("validity_date", "<=", limit)])
        for guide in guides:
            guide._schedule_once(
                "guide_review",
                about=str(guide.validity_date),
                user_id=guide._get_reviewer().id,
                date_deadline=guide.validity_date,
                summary=self.env._("Look over the guide “%s”", guide.name),
                note=escape(
                    self.env._(
                        "Still right: give it a new date. Otherwise write a new version: until"
                        " then the communes read that it is being looked over."
                    )
                ),
            )

    def _get_reviewer(self):
        """The owner; a manager when the owner cannot log in any more."""
        owner = self.user_id.filtered("active")
        return owner or self.env.company._get_service_manager()


class CommuneGuideVersion(models.Model):
    _inherit = "commune.guide.version"

    def _read_content(self):
        return _read_content(self)


def _read_content(record):
    """What a version keeps, ready to be written on the guide or on a version of it."""
    record.ensure_one()
    values = {name: record[name] for name in CONTENT if name != "attachment_ids"}
    return {**values, "attachment_ids": [fields.Command.set(record.attachment_ids.ids)]}
