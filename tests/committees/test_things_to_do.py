"""What the secretary is asked is closed by the operation, whatever language each of them reads."""

import importlib.util
import itertools
from datetime import timedelta
from pathlib import Path

from odoo.tests import tagged

from .committee_case import CommitteeCase

SCRIPT = Path(__file__).parents[2] / "migrations" / "19.0.1.8.0" / "post-activity-kinds.py"


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

    def test_things_asked_before_take_their_kind_and_those_of_people_stay(self):
        session = self._session(days=40)
        todo = "mail.mail_activity_data_todo"
        sending = "À envoyer aux conseillers municipaux\N{NO-BREAK SPACE}: Compte rendu"
        for summary in (
            "Convocation à envoyer",
            "Item proposed: Sel",
            sending,
            "Acheter des croissants",
        ):
            session.activity_schedule(todo, summary=summary, user_id=self.officer.id)
        spec = importlib.util.spec_from_file_location("commune_activity_kinds", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.cr, "19.0.1.7.0")
        session.invalidate_recordset()
        kinds = {one.summary: one.activity_type_id for one in session.activity_ids}
        found = {
            summary: kind.get_external_id()[kind.id].rpartition("mail_activity_type_")[2]
            for summary, kind in kinds.items()
        }
        self.assertEqual(
            found,
            {
                "Convocation à envoyer": "session_notice",
                "Item proposed: Sel": "session_item",
                sending: "dispatch_minutes",
                "Acheter des croissants": "mail.mail_activity_data_todo",
            },
        )
        self.assertEqual(
            session.activity_ids.filtered("commune_about").mapped("commune_about"), ["Sel"]
        )
