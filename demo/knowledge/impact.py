"""What the annulled plan touches, reviewed in part; two letters of the watch, some readings."""

from odoo.fields import Domain

QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_activity_quick_update": True}
# What the officer noted, in turn.
SETTLED = (
    ("unchanged", "La règle citée ne vient pas du PLUi."),
    ("changed", "Le texte renvoie au document antérieur de la commune."),
    ("outdated", "N’a plus d’objet depuis le jugement."),
)
READERS = 9  # persons who opened each item, in turn


class ImpactDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        if not self.env["commune.review"].search_count([], limit=1):
            demo = self.with_context(**QUIET)
            demo._review_plan()
            demo._write_watch_letters()
            demo._read_watch()
        return sentences

    def _review_plan(self):
        """The annulment of July 2025: found by its topics, one thing in three reviewed."""
        officer = self._get_demo_user("charge-mission")
        item = self.env["commune.watch.item"].search(
            [("kind", "=", "cancelled"), ("topic_ids.code", "=", "URB-PLA")], limit=1
        )
        item = item.with_user(officer)
        if not item:
            return
        reviews = item._make_reviews(item._find_touched())
        for number, review in enumerate(reviews[::3]):
            state, note = SETTLED[number % len(SETTLED)]
            review.note = note
            getattr(review, f"action_{state}")()
        item.action_draft_message()

    def _write_watch_letters(self):
        """One waits for its approval, the next one is in preparation."""
        officer = self._get_demo_user("charge-mission")
        Item = self.env["commune.watch.item"].with_user(officer)
        for state, is_asked in (("distributed", True), ("validated", False)):
            items = Item.search([("state", "=", state)])
            if items:
                letter = self.env["mailing.mailing"].browse(items.action_prepare_digest()["res_id"])
                if is_asked:
                    letter.with_user(officer).action_request_approval()

    def _read_watch(self):
        items = self.env["commune.watch.item"].search([("state", "=", "distributed")])
        communes = items._get_concerned()
        Mandate = self.env["commune.mandate"]
        for item in items:
            held = Domain("commune_id", "in", communes[item].ids) & Domain("date_end", "=", False)
            held &= Domain("function_id.code", "=", "mayor")
            for mandate in Mandate.search(held, limit=READERS, order="id"):
                item._log_view(mandate.commune_id, mandate.partner_id)
