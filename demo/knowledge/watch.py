"""Watch of the demonstration: invented news in each state, two persons who sort and validate."""

import csv
from datetime import timedelta

from odoo.fields import Command
from odoo.tools import file_open

ITEMS = "commune_relations/demo/knowledge/items.csv"
ANSWERS = {"change": "change_text", "who": "who_text", "action": "action_text"}
# What was done to come there, in order.
STEPS = {
    "kept": ("action_keep",),
    "analysed": ("action_analyse",),
    "validated": ("action_analyse", "action_validate"),
    "distributed": ("action_analyse", "action_validate", "action_distribute"),
    "archived": ("action_put_away",),
}


class WatchDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        if not self.env["commune.watch.item"].search_count([], limit=1):
            demo = self.with_context(tracking_disable=True, mail_activity_quick_update=True)
            demo._load_watch()
        return sentences

    def _load_watch(self):
        with file_open(ITEMS, "r") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter=";")):
                item = self.env["commune.watch.item"].create(self._prepare_item(number, row))
                if row["state"] != "to_sort":
                    self._bring_item(item, row["state"])

    def _prepare_item(self, number, row):
        source = row["source"] and self.env.ref(f"commune_relations.watch_source_{row['source']}")
        topics = self.env["commune.topic"].search([("code", "in", row["topics"].split())])
        services = self.env["commune.service"].search([("code", "in", row["services"].split())])
        return {
            "name": row["name"],
            "link": f"https://veille.example/nouvelle-{number + 1}",
            "date": self._get_watch_day(row["days"], -1),
            "summary": row["summary"],
            "kind": row["kind"],
            "legal_text": row["law"] or False,
            "impact": row["impact"],
            "date_effect": self._get_watch_day(row["effect"], 1),
            "source_ids": [Command.set(source.ids if source else [])],
            "topic_ids": [Command.set(topics.ids)],
            "service_ids": [Command.set(services.ids)],
            "population_min": int(row["population_min"] or 0),
            "population_max": int(row["population_max"] or 0),
            **{field: row[name] or False for name, field in ANSWERS.items()},
        }

    def _get_watch_day(self, text, sign):
        """A day as it is written, or so many days before or after today."""
        if not text or text.count("-") == 2:
            return text or False
        return self.env.company._get_today() + sign * timedelta(days=int(text))

    def _bring_item(self, item, state):
        """Sorted by the officer, validated by the manager."""
        officer, manager = self._get_demo_user("charge-mission"), self._get_demo_user("direction")
        for step in STEPS[state]:
            who = manager if step == "action_validate" else officer
            getattr(item.with_user(who), step)()
