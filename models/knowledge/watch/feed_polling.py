"""Polling of the sources: a failure is reported and never stops the other sources."""

import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain

from ....engine.feed import FeedError, read_limited
from ....engine.french_messages import FrenchError
from ....engine.web.fetch import Limits, fetch
from ...core.display_notification import display_notification
from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time

_logger = logging.getLogger(__name__)
# Names or addresses of the internal network that may be read, separated by commas or spaces.
ALLOWED = "commune_relations.internal_hosts"
ACTIVITY = "commune_relations.mail_activity_type_watch_source"
# REST: minimum delay between two readings of a source. PATIENCE: failure time before a notice.
REST = timedelta(hours=3)
PATIENCE = timedelta(days=7)
LIMITS = Limits()
MAX_CUTS = 3  # readings during which the server, or the process that reads, was stopped


class CommuneWatchSource(models.Model):
    _inherit = "commune.watch.source"

    @api.model
    @when_used("knowledge")
    @at_local_time
    def _cron_read(self):
        """Those that have rested, the longest first; each is kept as soon as it is read."""
        rested = Domain("last_try", "=", False) | Domain(
            "last_try", "<", fields.Datetime.now() - REST
        )
        sources = self.search(rested, order="last_try NULLS FIRST, id")
        self.env["ir.cron"]._commit_progress(remaining=len(sources))
        for source in sources:
            try:
                # Another transaction that reads this feed now holds the lock: leave it.
                if source.try_lock_for_update() and source._begin_reading():
                    source._try_to_read()
            except psycopg2.OperationalError:
                # Concurrent write of one of its items: the source comes first in the next run.
                self.env.cr.rollback()
                source.write({"last_try": False, "cut_count": 0})
            if not self.env["ir.cron"]._commit_progress(1):
                break
        self._notify_feed_failure()

    def _begin_reading(self):
        """Note the reading before it begins, in a transaction of its own: one that kills the server
        is not the first to be read again, and the third time the source is put aside.

        :return: whether it is read now
        """
        self.ensure_one()
        if self.cut_count >= MAX_CUTS:
            self._put_aside()
            return False
        self.write({"last_try": fields.Datetime.now(), "cut_count": self.cut_count + 1})
        self.env["ir.cron"]._commit_progress()
        return self.try_lock_for_update()

    def _put_aside(self):
        """Stop reading the source until somebody follows it again; notify its follower."""
        reason = self.env._(
            "The reading of this source was stopped %s times: it is no longer followed. Look at its"
            " address, then follow it again.",
            self.cut_count,
        )
        self.active = False  # its readings begin anew when somebody follows it again
        self._mark_failed(reason)
        self._notify_follower(self.env._("Put aside: %s", self.name), reason)

    def action_read(self):
        """Read now, on the screen of a source."""
        self.check_access("write")
        before = self._count_items()
        for source in self.sudo():
            # Somebody else reads it at this moment: what it brings is counted all the same.
            if source.try_lock_for_update() and source._begin_reading():
                source._try_to_read()
        failed = self.filtered("failing_since")
        if failed:
            return display_notification(failed[:1].last_error, warning=True)
        count = self._count_items() - before
        if not count:
            return display_notification(self.env._("Nothing new."))
        return display_notification(self.env._("%s item(s) more to sort.", count))

    def _count_items(self):
        return self.env["commune.watch.item"].search_count([("source_ids", "in", self.ids)])

    def _try_to_read(self):
        """One reading; whatever it meets is a sentence on the source."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._read_feed()
        except psycopg2.OperationalError:
            raise  # the database, not the source: Odoo tries again
        except FrenchError as error:
            died = isinstance(error, FeedError) and error.code == "died"
            self._mark_failed(str(error), self.cut_count if died else 0)
            if self.cut_count >= MAX_CUTS:
                self._put_aside()
        except Exception:
            _logger.exception("Source of the watch %s (%s)", self.id, self.url)
            self._mark_failed(self.env._("The reading failed: see the log of the server."))

    def _read_feed(self):
        """:raise FrenchError: nothing can be read there"""
        page = self._fetch()
        now = fields.Datetime.now()
        values = {"last_try": now, "last_success": now, "last_error": False}
        values.update(failing_since=False, cut_count=0)
        if page.status != 304:
            asked = page.content, page.charset, page.address, self.titles_only
            feed = read_limited(*asked)
            values["last_count"] = len(feed.entries)
            values["etag"] = page.headers.get("etag", "")[:500]
            values["last_modified"] = page.headers.get("last-modified", "")[:100]
            self.env["commune.watch.item"]._take(self, feed.entries)
        recovered = self.failing_since
        self.write(values)
        if recovered:
            self.activity_unlink([ACTIVITY])

    def _fetch(self):
        """What the address answers, nothing of it when it has not changed.

        :raise FetchError: it cannot be read
        """
        known = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        headers = {name: value for name, value in known.items() if value and value.isascii()}
        allowed = self.env["ir.config_parameter"].sudo().get_param(ALLOWED) or ""
        hosts = frozenset(allowed.lower().replace(",", " ").split())
        return fetch(self.url, headers, hosts, LIMITS)

    def _mark_failed(self, sentence, cut_count=0):
        now = fields.Datetime.now()
        self.write(
            {
                "last_try": now,
                "last_error": sentence,
                "failing_since": self.failing_since or now,
                "cut_count": cut_count,
            }
        )

    @api.model
    def _notify_feed_failure(self):
        """One activity for each source that has failed for a week, until it is read again."""
        failing = self.search([("failing_since", "<=", fields.Datetime.now() - PATIENCE)])
        notified = failing.filtered(
            lambda s: s.activity_search([ACTIVITY], additional_domain=[("active", "=", True)])
        )
        for source in failing - notified:
            summary = self.env._("Not read for a week: %s", source.name)
            source._notify_follower(summary, source.last_error)

    def _notify_follower(self, summary, note):
        self.activity_schedule(
            ACTIVITY,
            user_id=(self.user_id or self.env.company._get_service_manager()).id,
            summary=summary,
            note=note,
        )
