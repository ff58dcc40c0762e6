"""What waits in the guides and the watch, on the day page."""

from odoo import api, models
from odoo.fields import Domain

from ..core.my_day.source import OFFICER, REFERENT, Source
from .watch.triage import QUEUE

SORT_DAYS, ANALYSE_DAYS, VALIDATE_DAYS, REVIEW_DAYS = 7, 7, 3, 14


class CommuneMyDay(models.AbstractModel):
    _inherit = "commune.my.day"

    @api.model
    def _get_day_sources(self):
        return [
            *super()._get_day_sources(),
            *self._get_guide_sources(),
            *self._get_watch_sources(),
        ]

    @api.model
    def _get_guide_sources(self):
        own = Domain("user_id", "=", self.env.uid)
        common = {"groups": (OFFICER, REFERENT), "pillar": "knowledge", "person": "user_id"}
        return [
            Source(
                "guide",
                self.env._("Guides to review"),
                "commune.guide",
                own & Domain("state", "=", "published"),
                day="validity_date",
                title=("name",),
                action="action_still_right",
                button=self.env._("Still right"),
                confirm=self.env._("You have read it again: it holds for another year."),
                hand_over="user_id",
                activity_types=("guide_review",),
                screen="commune_guide_action",
                **common,
            ),
            Source(
                "review",
                self.env._("To look over after a change of the law"),
                "commune.review",
                own & Domain("state", "=", "to_review"),
                day="create_date",
                delay=REVIEW_DAYS,
                title=("name",),
                action="action_unchanged",
                button=self.env._("Nothing to change"),
                undo="action_again",
                hand_over="user_id",
                screen="commune_review_action",
                most=3,
                **common,
            ),
        ]

    @api.model
    def _get_watch_source(self, code, label, domain, day, **values):
        return Source(
            code,
            label,
            "commune.watch.item",
            domain,
            day=day,
            groups=(OFFICER,),
            pillar="knowledge",
            title=("name",),
            person="user_id",
            screen="commune_watch_item_action",
            **values,
        )

    @api.model
    def _get_watch_sources(self):
        own = Domain("user_id", "=", self.env.uid)
        return [
            self._get_watch_source(
                "watch_validate",
                self.env._("Watch to validate"),
                Domain("state", "=", "analysed") & ~own,
                "write_date",
                delay=VALIDATE_DAYS,
                button=self.env._("Read"),
                activity_types=("watch_item",),
                most=2,
            ),
            self._get_watch_source(
                "watch_analyse",
                self.env._("Watch to analyse"),
                Domain("state", "=", "to_sort") & own,
                "sorted_date",
                delay=ANALYSE_DAYS,
                button=self.env._("Analyse"),
                most=2,
            ),
            self._get_watch_source(
                "watch_sort",
                self.env._("Watch to sort"),
                QUEUE,
                "create_date",
                delay=SORT_DAYS,
                action="action_open_sorting",
                button=self.env._("Sort"),
                most=1,
            ),
        ]
