"""Anyone who holds a mandate is known, whatever the way it came; the others are asked nothing."""

from odoo.tests import new_test_user, tagged

from ..common import CommuneCase
from .test_import import MAYORS, ImportCase


@tagged("post_install", "-at_install")
class TestKnown(CommuneCase):
    def _make_person(self, name="Anna AUTRE"):
        return self.env["res.partner"].create({"name": name})

    def test_a_third_party_contact_is_not_and_a_holder_is(self):
        other = self._make_person()
        self.assertFalse(other.is_tracked)
        self.assertFalse(other._filter_managed())
        for user in (self.portal_a, self.portal_b, self.portal_both, self.portal_ended):
            self.assertTrue(user.partner_id.is_tracked)
            self.assertEqual(user.partner_id._filter_managed(), user.partner_id)
        self.assertEqual(self.commune_a._filter_managed(), self.commune_a)

    def test_another_holder_of_a_mandate_is_known_in_the_same_write(self):
        other = self._make_person()
        self.mandate_a.partner_id = other
        self.assertEqual(other._filter_managed(), other)

    def test_anyone_who_takes_the_mandates_of_a_merged_contact_is_known(self):
        other = self._make_person()
        self.portal_a.action_archive()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge([other.id, self.mandate_a.partner_id.id], other, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(self.mandate_a.partner_id, other)
        self.assertTrue(other.is_tracked)

    def test_anyone_who_is_put_into_an_audience_follows_its_list(self):
        other = self._make_person()
        other.email = "anna@autre.example"
        audience = self.env["commune.audience"].create({"name": "Invitées", "kind": "elected"})
        audience.included_ids = other
        self.assertTrue(other.is_tracked)
        self.assertFalse(other._filter_managed())  # nothing of hers is a proof
        other.email = "anna@ailleurs.example"
        emails = audience.mailing_list_id.contact_ids.mapped("email")
        self.assertIn("anna@ailleurs.example", emails)
        self.assertNotIn("anna@autre.example", emails)

    def test_nobody_makes_somebody_unknown(self):
        mayor = self.mandate_a.partner_id
        mayor.with_user(self.manager).write({"is_tracked": False, "street": "1, rue Neuve"})
        self.assertTrue(mayor.is_tracked)
        self.assertEqual(mayor.street, "1, rue Neuve")
        self.mandate_a.active = False
        self.assertEqual(mayor._filter_managed(), mayor)

    def test_nobody_invents_a_person_by_hand(self):
        """One invented person watermarks every document of the organisation."""
        sales = new_test_user(
            self.env, login="sales", groups="base.group_user,base.group_partner_manager"
        )
        persons = self.env["res.partner"].with_user(sales)
        made = persons.create({"name": "Anna AUTRE", "is_fictitious": True})
        made.is_fictitious = True
        by_default = persons.with_context(default_is_fictitious=True).create({"name": "Une autre"})
        self.mandate_a.partner_id.with_user(sales).is_fictitious = True
        found = (made | by_default).sudo() | self.mandate_a.partner_id
        self.assertEqual(found.mapped("is_fictitious"), [False] * 3)


@tagged("post_install", "-at_install")
class TestKnownByImport(ImportCase):
    def test_all_whom_an_import_writes_in_bulk(self):
        self._apply(self._file(MAYORS))
        holders = self._current().partner_id
        self.assertEqual(len(holders), 45)
        self.env.invalidate_all()
        self.assertEqual(holders.filtered("is_tracked"), holders)
