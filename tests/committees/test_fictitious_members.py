"""The real file comes over the demonstration, where invented persons already sit."""

from datetime import timedelta

from odoo.tests import new_test_user, tagged

from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestFictitiousMembers(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [
                {"firstname": "Élu", "lastname": f"INVENTÉ {n}", "is_fictitious": True}
                for n in range(3)
            ]
        )
        function = cls.mandate_a_limited.function_id
        cls.mandates = cls.env["commune.mandate"].create(
            [
                {
                    "partner_id": person.id,
                    "commune_id": cls.commune_a.id,
                    "function_id": function.id,
                    "date_start": "2026-03-20",
                    "source": "fictive",
                }
                for person in cls.people
            ]
        )

    def _remove(self):
        self.env["commune.import"].create({"name": "rne.csv"})._remove_fictitious()
        self.env.flush_all()
        self.env.invalidate_all()

    def test_anyone_who_sits_on_a_committee_is_archived_the_others_leave(self):
        member, chair, nobody = self.people
        account = new_test_user(
            self.env, "invented", groups="base.group_portal", partner_id=member.id
        )
        seat = self._seat(self.copil, self.mandates[0])
        self.copil.chair_id = chair
        self._remove()
        self.assertFalse(nobody.exists())
        self.assertFalse(account.active)
        self.assertFalse(self.mandates[1:].exists())
        self.assertEqual((member | chair).mapped("active"), [False, False])
        self.assertEqual(self.mandates[0].date_end, self.today - timedelta(days=1))
        self.assertEqual(seat.mandate_id, self.mandates[0])
        self.assertEqual(self.copil.chair_id, chair)
        self.assertFalse(seat.in_force)

    def test_those_whom_nothing_names_leave_with_their_mandates(self):
        self._remove()
        self.assertFalse(self.people.exists())
        self.assertFalse(self.mandates.exists())
        self.assertTrue(self.mandate_a.exists())
