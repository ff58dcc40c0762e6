"""What the secretary is asked is closed by the gesture, whatever language each of them reads."""

import importlib.util
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

    def test_each_item_proposed_is_told_even_when_its_title_is_part_of_another(self):
        session = self._session(days=40)
        for title in ("Sel de déneigement", "Sel", "Sel"):
            session._tell_secretary("session_item", f"Item proposed: {title}", about=title)
        self.assertEqual(
            sorted(session.activity_ids.mapped("commune_about")), ["Sel", "Sel de déneigement"]
        )

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
