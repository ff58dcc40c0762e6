"""Surveys that the commune has not answered, and what it reads of the watch and of the guides."""

from odoo import api, models
from odoo.fields import Domain

from .card import RECENT

ANSWERED = ("done", "refused")


class CommuneCard(models.AbstractModel):
    _inherit = "commune.card"

    @api.model
    def _collect_surveys(self, communes, today):
        states = self._get_labels("commune.survey.target", "state")
        targets = self.env["commune.survey.target"].search(
            Domain("commune_id", "in", communes.ids)
            & Domain("campaign_id.state", "=", "open")
            & Domain("campaign_id.date_end", ">=", today)
            & Domain("state", "not in", ANSWERED)
        )
        rows = [
            {
                "id": target.id,
                "record": target,
                "commune_id": target.commune_id.id,
                "name": target.campaign_id.name,
                "end": target.campaign_id.date_end,
                "state_label": states[target.state],
            }
            for target in targets
        ]
        return self._group(sorted(rows, key=lambda row: (row["end"], row["id"])))

    @api.model
    def _prepare_surveys_row(self, row, _card):
        return {
            "text": row["name"],
            "detail": [
                row["state_label"],
                self.env._("ends %s", self._format_date(row["end"])),
            ],
            "mark": self.env._("no answer"),
            "tone": "wait",
            "record": row["record"],
        }

    @api.model
    def _collect_watch(self, communes, today):
        """Items distributed in the last months that concern the commune, read or not; those that
        change most first."""
        items = self.env["commune.watch.item"].search(
            Domain("state", "=", "distributed") & Domain("distributed_date", ">=", today - RECENT)
        )
        concerned = items._get_concerned()
        groups = self.env["commune.watch.view"]._read_group(
            Domain("item_id", "in", items.ids) & Domain("commune_id", "in", communes.ids),
            ["item_id", "commune_id"],
        )
        read = {(item.id, commune.id) for item, commune in groups}
        weights = {"high": 0, "medium": 1}
        rows = [
            {
                "id": item.id,
                "record": item,
                "commune_id": commune.id,
                "name": item.name,
                "effect": item.date_effect,
                "is_read": (item.id, commune.id) in read,
                "weight": weights.get(item.impact, 2),
            }
            for item in items
            for commune in concerned[item] & communes
        ]
        rows.sort(key=lambda row: (row["weight"], row["is_read"], row["id"]))
        return self._group(rows)

    @api.model
    def _prepare_watch_row(self, row, _card):
        effect = row["effect"] and self.env._("takes effect %s", self._format_date(row["effect"]))
        return {
            "text": row["name"],
            "detail": [effect],
            "mark": "" if row["is_read"] else self.env._("not read"),
            "tone": "" if row["is_read"] else "wait",
            "record": row["record"],
        }

    @api.model
    def _collect_guides(self, communes, today):
        groups = self.env["commune.guide.view"]._read_group(
            Domain("commune_id", "in", communes.ids) & Domain("date", ">=", today - RECENT),
            ["commune_id", "guide_id"],
            ["date:max", "__count"],
        )
        # A guide archived since is not named to users who may not read it.
        guides = self.env["commune.guide"].browse({guide.id for _c, guide, *_n in groups})
        readable = guides._filtered_access("read")
        rows = [
            {
                "id": guide.id,
                "record": guide,
                "commune_id": commune.id,
                "name": guide.name,
                "last": last,
                "count": count,
            }
            for commune, guide, last, count in groups
            if guide in readable
        ]
        return self._group(sorted(rows, key=lambda row: (-row["last"].toordinal(), row["id"])))

    @api.model
    def _prepare_guides_row(self, row, _card):
        return {
            "text": row["name"],
            "detail": [self.env._("last read %s", self._format_date(row["last"]))],
            "record": row["record"],
        }
