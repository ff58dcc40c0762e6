"""The day of the sessions is that of the communes; what runs in the morning runs once a day."""

from datetime import datetime, timedelta

from odoo.tests import freeze_time, tagged

from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestOrganisationDay(CommitteeCase):
    def test_overseas_a_call_for_items_is_open_until_midnight_there(self):
        self.env.company.partner_id.tz = "America/Martinique"
        last = self.today + timedelta(days=10)
        call = self._session(days=40, items_open=True, items_deadline=last)
        for hour, is_open in (("22:00", True), ("23:59", True), ("00:01", False)):
            day = last if is_open else last + timedelta(days=1)
            # four hours behind
            moment = datetime.fromisoformat(f"{day} {hour}:00") + timedelta(hours=4)
            with freeze_time(moment), self.subTest(there=hour):
                found = self.commune_a.env["commune.portal.page"]._get_open_calls(
                    self.commune_a, self.portal_a.partner_id
                )
                self.assertEqual(call in found, is_open)

    def test_late_minutes_are_asked_of_the_secretary_once(self):
        session = self._session(days=-30)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE commune_session SET state = 'held', minutes_deadline = %s WHERE id = %s",
            (self.today - timedelta(days=9), session.id),
        )
        session.invalidate_recordset()
        crons = [
            self.env.ref(f"commune_relations.ir_cron_{name}_sessions")
            for name in ("follow_up", "remind")
        ]
        seen = []
        with self.enter_registry_test_mode():
            for _time in range(3):
                for cron in crons:
                    cron.method_direct_trigger()
                asked = session.activity_ids
                messages = self.env["mail.message"].search_count([])
                seen.append((asked.ids, asked.user_id, asked.summary, messages))
        self.assertEqual(seen[0][1:3], (self.officer, "Compte rendu à envoyer"))
        self.assertEqual(seen[1:], seen[:1] * 2)
        self.assertEqual(session.activity_ids.date_deadline, self.today - timedelta(days=9))
