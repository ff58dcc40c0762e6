"""What a reading brings: new items, and other sources of items already known."""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Command, Domain

from ....engine.feed import Entry, Known, identity
from ....engine.feed.duplicate_news import NEAR_DAYS, TEXT_DAYS

WINDOW = timedelta(days=max(NEAR_DAYS, TEXT_DAYS))


class CommuneWatchItem(models.Model):
    _inherit = "commune.watch.item"

    @api.model
    def _take(self, source, entries):
        """Import the entries of a source.

        :param entries: list of engine.feed.Entry, each once
        :return: the items that are new
        """
        known = self._get_known(entries)
        fresh, again = [], set()
        for entry in entries:
            found = known.find(entry, source.id)
            if found is None:
                fresh.append(self._prepare_entry(source, entry))
                known.add("fresh", entry, {source.id})
            elif found != "fresh":
                again.add(found)
        others = self.browse(sorted(again)).filtered(lambda item: source not in item.source_ids)
        others.write({"source_ids": [Command.link(source.id)]})
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        return quiet.create(fresh).with_env(self.env)

    @api.model
    def _get_known(self, entries):
        """Items that these entries may duplicate: same page at any date, or same weeks."""
        known = Known()
        if not entries:
            return known
        days = [entry.day for entry in entries if entry.day]
        today = self.env.company._get_today()
        near = Domain("date", ">=", min(days, default=today) - WINDOW)
        near &= Domain("date", "<=", max(days, default=today) + WINDOW)
        same = Domain("entry_key", "in", [identity(entry) for entry in entries])
        for item in self.search_fetch(
            near | same, ["name", "link", "date", "entry_key", "source_ids"], order="id"
        ):
            entry = Entry(item.name, item.link or "", item.date)
            known.add(item.id, entry, set(item.source_ids.ids), item.entry_key)
        return known

    @api.model
    def _prepare_entry(self, source, entry):
        return {
            "name": entry.title,
            "link": entry.link or False,
            "date": entry.day or self.env.company._get_today(),
            "summary": entry.summary or False,
            "kind": source.kind,
            "source_ids": [Command.link(source.id)],
            "entry_key": identity(entry),
        }
