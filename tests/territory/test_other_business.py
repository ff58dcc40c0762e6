"""Contacts are everybody's in Odoo; the figures of communes are not."""

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..common import CommuneCase

SIRET = "21570090100006"  # its key fits


@tagged("post_install", "-at_install")
class TestOtherBusiness(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env, "test_clerk", groups="base.group_user,base.group_partner_manager"
        )

    def _refused(self, record, user, **values):
        before = {name: record[name] for name in values}
        with (
            self.subTest(user=user.login, values=values),
            self.assertRaisesRegex(AccessError, "officers of the service"),
            self.cr.savepoint(),
        ):
            record.with_user(user).write(values)
        record.invalidate_recordset()
        self.assertEqual({name: record[name] for name in values}, before)

    def test_a_clerk_of_contacts_writes_no_figure_of_a_commune(self):
        self.commune_a.siret = SIRET
        for values in (
            {"population": 1},
            {"population_year": 2020},
            {"siren": "215700902", "siret": False},
            {"siret": False},
            {"insee_code": "57999"},
            {"is_commune": False},
            {"epci_id": False},
            {"local_law": "general"},
            {"good_friday_church": "yes"},
            {"membership_date_end": "2020-01-01"},
            {"chorus_service_code": "X"},
            {"active": False},
            {"name": "Aubrive", "population": 2},
        ):
            self._refused(self.commune_a, self.clerk, **values)
        self._refused(self.epci, self.clerk, epci_kind="METRO")
        self._refused(self.epci, self.clerk, seat_commune_id=self.commune_b.id)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.epci.with_user(self.clerk).member_ids = [Command.unlink(self.commune_a.id)]
        self.commune_a.invalidate_recordset()
        self.assertEqual(self.commune_a.epci_id, self.epci)

    def test_roles_that_read_write_none_either(self):
        self.referent.group_ids += self.env.ref("base.group_partner_manager")
        self.coordinator.group_ids += self.env.ref("base.group_partner_manager")
        for user in (self.referent, self.coordinator):
            self._refused(self.commune_a, user, population=1)

    def test_a_clerk_makes_no_commune(self):
        partners = self.env["res.partner"].with_user(self.clerk)
        values = {"name": "Fausseville", "insee_code": "57998", "is_company": True}
        for model, more in (
            (partners, {"is_commune": True}),
            (partners, {"is_epci": True}),
            (partners.with_context(default_is_commune=True), {}),
        ):
            with self.subTest(more=more), self.assertRaises(AccessError), self.cr.savepoint():
                model.create({**values, **more})
        other = partners.create(values)
        with self.assertRaises(AccessError), self.cr.savepoint():
            other.is_commune = True
        person = self.portal_b.partner_id
        self._refused(person, self.clerk, is_epci=True)

    def test_a_clerk_adds_nothing_to_a_commune_by_merging(self):
        other = (
            self.env["res.partner"]
            .with_user(self.clerk)
            .create({"name": "Aubrive", "siret": SIRET, "is_company": True})
        )
        merge = self.env["base.partner.merge.automatic.wizard"].with_user(self.clerk)
        with self.assertRaises(AccessError), self.cr.savepoint():
            merge._merge((other | self.commune_a).ids, self.commune_a.with_user(self.clerk), False)
        self.assertFalse(self.commune_a.siret)

    def test_third_party_contacts_stay_the_clerk_s(self):
        company = (
            self.env["res.partner"]
            .with_user(self.clerk)
            .create({"name": "Menuiserie", "is_company": True, "siret": "123", "siren": "1"})
        )
        company.write({"siret": "4", "siren": "5", "population": 6, "epci_id": self.epci.id})
        company.write({"parent_id": False, "is_company": False, "active": False})
        self.assertEqual((company.siret, company.population), ("4", 6))

    def test_a_form_that_sends_back_what_it_was_given_is_saved(self):
        commune = self.commune_a.with_user(self.clerk)
        commune.write(
            {
                "phone": "03 00 00 00 02",
                "population": 4200,
                "siren": "215700901",
                "epci_id": self.epci.id,
                "membership_date_end": False,
            }
        )
        self.assertEqual(self.commune_a.phone, "03 00 00 00 02")

    def test_an_officer_writes_them(self):
        commune = self.commune_a.with_user(self.officer)
        commune.write({"population": 4300, "siret": SIRET, "local_law": "general"})
        self.assertEqual((self.commune_a.population, self.commune_a.siret), (4300, SIRET))
        made = commune.create(
            {"name": "Clairlieu", "insee_code": "57997", "is_company": True, "is_commune": True}
        )
        self.assertTrue(made.is_commune)

    def test_a_term_is_that_of_a_council(self):
        terms = self.env["commune.council.term"].with_user(self.officer)
        values = {"date_start": "2014-03-23", "population": 10}
        person = self.portal_b.partner_id
        with self.assertRaisesRegex(ValidationError, "Bruno BLANC"), self.cr.savepoint():
            terms.create({**values, "commune_id": person.id})
        term = terms.create({**values, "commune_id": self.commune_a.id})
        with self.assertRaisesRegex(ValidationError, "Bruno BLANC"), self.cr.savepoint():
            term.commune_id = person
        with self.assertRaises(AccessError), self.cr.savepoint():
            term.with_user(self.clerk).population = 11
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.commune_a.with_user(self.clerk).council_term_ids = [Command.clear()]
