"""What the secretary is asked is closed by the operation, whatever language each of them reads."""

import itertools
from datetime import timedelta

from odoo.tests import tagged

from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestThingsToDo(CommitteeCase):
    def test_a_notice_sent_in_english_closes_what_was_asked_in_french(self):
        session = self._session(days=40)
        french = session.with_context(lang="fr_FR")
        french._warn_of_deadlines(session.notice_deadline - timedelta(days=1))
        self.assertEqual(session.activity_ids.summary, "Convocation à envoyer")
        session.with_context(lang="en_US")._warn_of_deadlines(session.notice_deadline)
        self.assertEqual(len(session.activity_ids), 1)
        session.with_context(lang="en_US").action_approve_agenda()
        session.with_context(lang="en_US").action_send_notice()
        self.assertFalse(session.activity_ids)

    def test_each_item_proposed_is_shown_even_when_its_title_is_part_of_another(self):
        session = self._session(days=40)
        for title in ("Sel de déneigement", "Sel", "Sel"):
            session._notify_secretary("session_item", f"Item proposed: {title}", about=title)
        self.assertEqual(
            sorted(session.activity_ids.mapped("commune_about")), ["Sel", "Sel de déneigement"]
        )

    def test_ten_times_the_sessions_ask_no_more_queries_in_the_morning(self):
        """Minutes and documents to send, late decisions, put on the agenda that comes."""
        numbers = itertools.count()

        def prepare(number):
            name = f"Comité {number}"
            committee = self._committee(name, "copil", secretary_id=self.officer.id)
            held, coming = self._session(committee, days=-60), self._session(committee, days=30)
            held.write({"state": "held", "notice_date": "2026-01-05 09:00:00"})
            decision = self.env["commune.decision"].create(
                {
                    "session_id": held.id,
                    "text": "Acheter le sel",
                    "deadline": self.today - timedelta(days=1),
                }
            )
            return held, coming, decision

        def spend(count):
            made = [prepare(next(numbers)) for _time in range(count)]
            queries = self._queries_of(self.env["commune.session"]._cron_follow_up)
            for held, coming, decision in made:
                self.assertEqual(held.activity_ids.user_id, self.officer)
                self.assertEqual(decision.activity_ids.user_id, self.officer)
                self.assertEqual(coming._get_agenda()[0].followed_decision_id, decision)
            return queries

        spend(2)
        few = spend(2)
        self.assertEqual(spend(20), few)
