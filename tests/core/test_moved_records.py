"""A change that puts a record out of reach is refused: rules are asked after a write too."""

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import CommuneCase


@tagged("post_install", "-at_install")
class TestMovedRecords(CommuneCase):
    def _write(self, user, record, values):
        """By a program, in a request of its own."""
        self.env.flush_all()
        self.env.invalidate_all()
        with mute_logger("odoo.addons.base.models.ir_rule"), self.cr.savepoint():
            call_kw(self.env[record._name].with_user(user), "write", [record.ids, values], {})
            self.env.flush_all()

    def _refused(self, user, record, values):
        """It is, and nothing has changed."""
        names = list(values)
        before = record.sudo().read(names)
        with self.assertRaises(AccessError):
            self._write(user, record, values)
        self.env.invalidate_all()
        self.assertEqual(record.sudo().read(names), before)

    def _close(self, **values):
        days = {"date_from": "2027-05-07 06:00:00", "date_to": "2027-05-07 18:00:00"}
        closure = {"name": "Pont", **days, **values}
        return self.env["resource.calendar.leaves"].with_user(self.manager).create(closure)

    def test_a_closing_day_does_not_become_the_absence_of_a_colleague(self):
        colleague = self.env["hr.employee"].create({"name": "C", "user_id": self.employee.id})
        resource = {"resource_id": colleague.resource_id.id}
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._close(**resource)
        closure = self._close()
        self._refused(self.manager, closure, resource)
        self._write(self.manager, closure, {"name": "Pont de l’Ascension"})
        self.assertEqual(closure.name, "Pont de l’Ascension")

    def test_a_line_of_hours_does_not_pass_to_those_of_everybody(self):
        hours = self.env["resource.calendar"].with_user(self.manager).create({"name": "Guichet"})
        line = hours.sudo().attendance_ids[0]
        everybody = self.env.company.resource_calendar_id
        self._refused(self.manager, line, {"calendar_id": everybody.id})
        self._write(self.manager, line, {"hour_from": 8.5})

    def test_a_visit_does_not_pass_to_the_tour_of_a_colleague(self):
        other = new_test_user(
            self.env, "coord_2", groups="commune_relations.group_replacement_coordinator"
        )
        own, foreign = (
            self.env["commune.visit.tour"].with_user(user).create({"user_id": user.id})
            for user in (self.coordinator, other)
        )
        stop = self.env["commune.visit.stop"].with_user(self.coordinator)
        stop = stop.create({"tour_id": own.id, "commune_id": self.commune_a.id})
        self._refused(self.coordinator, stop, {"tour_id": foreign.id})

    def test_a_subscription_does_not_pass_to_the_letters_of_communes(self):
        mailer = new_test_user(
            self.env, "mailer", groups="base.group_user,mass_mailing.group_mass_mailing_user"
        )
        managed = self.env["mailing.list"].search([("audience_ids", "!=", False)], limit=1)
        self.assertTrue(managed)
        own, second = self.env["mailing.list"].create([{"name": "Boutique"}, {"name": "Salon"}])
        contact = self.env["mailing.contact"].create({"name": "X", "email": "x@shop.example"})
        subscription = self.env["mailing.subscription"].create(
            {"contact_id": contact.id, "list_id": own.id}
        )
        self._refused(mailer, subscription, {"list_id": managed.id})
        self._write(mailer, subscription, {"list_id": second.id})
        self.assertEqual(subscription.list_id, second)

    def test_a_third_party_agreement_does_not_become_a_convention(self):
        user = new_test_user(
            self.env, "contracts", groups="base.group_user,agreement.group_agreement_user"
        )
        agreement = self.env["agreement"].with_user(user).create({"name": "Bail", "code": "B1"})
        self._refused(user, agreement, {"commune_id": self.commune_a.id})
        self._write(user, agreement, {"name": "Bail du siège"})
