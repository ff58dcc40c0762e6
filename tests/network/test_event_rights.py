"""Events of communes belong to our officers; users of Odoo's events run their own."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .event_case import EventCase


@tagged("post_install", "-at_install")
class TestEventRights(EventCase):
    def test_a_user_of_events_without_a_role_changes_nothing_of_those_of_communes(self):
        user = new_test_user(
            self.env, "test_events", groups="base.group_user,event.group_event_manager"
        )
        days = {"date_begin": "2037-03-01 08:00:00", "date_end": "2037-03-01 10:00:00"}
        own = self.env["event.event"].with_user(user).create({"name": "Foire", **days})
        own.flush_recordset()  # its letters are worked out once it is saved
        own_guest = own.env["event.registration"].create({"event_id": own.id, "name": "Ève"})
        template = self.env.ref("event.event_reminder")
        letter = {"interval_type": "before_event", "template_ref": f"mail.template,{template.id}"}
        own_letter = own.env["event.mail"].create({"event_id": own.id, **letter})
        event = self.event
        guest = event.registration_ids[:1] or self.env["event.registration"].create(
            {"event_id": event.id, "name": "Zoé"}
        )
        place = {"event_id": event.id}
        acts = {
            "questionnaire": lambda: event.with_user(user).write({"hot_survey_id": False}),
            "deletion": lambda: event.with_user(user).unlink(),
            "guest": lambda: guest.with_user(user).write({"state": "cancel"}),
            "new guest": lambda: own_guest.create({"name": "Luc", **place}),
            "moved guest": lambda: own_guest.write(place),
            "letter": lambda: own_letter.create({**letter, **place}),
            "moved letter": lambda: own_letter.write(place),
            "kind": lambda: own.write({"kind": "visit"}),
            "new event": lambda: own.create({"name": "Foire", "kind": "visit", **days}),
        }
        for name, act in acts.items():
            with self.subTest(name), self.assertRaises(AccessError), self.cr.savepoint():
                act()
        own.name = "Grande foire"
        own_guest.state = "cancel"
        event.with_user(self.officer).note = "<p>Merci</p>"
