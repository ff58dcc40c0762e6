"""Who is given the power to sign, and under which contact: tried as an intruder."""

from functools import partial

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..network.test_signatory import SignatoryCase
from .service_case import (
    PIXEL,
    complete_epci,
    get_president,
    make_agreement,
    make_offer,
    make_service,
    sign_for_commune,
)


class IntruderCase(SignatoryCase):
    """The president of the two communes has the address below; her vice-president has no account
    of the portal, and one of the office."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        complete_epci(cls)
        cls.president = get_president(cls)
        cls.president.partner_id.email = "presidente@deuxrives.example"
        cls.vice, cls.vice_mandate = cls._office("vice_rives", "Vera", "VIDAL", "vice_president")
        cls.vice.partner_id.email = "vice@deuxrives.example"
        cls.offer = make_offer(cls, make_service(cls), kind="free")
        cls.agreement = make_agreement(cls, cls.commune_a, cls.offer)
        cls._watch_signatories()

    @classmethod
    def _office(cls, login, first, last, code, **values):
        """A person of the intercommunality with an account of the office."""
        user = (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": login,
                    "name": f"{first} {last}",
                    "group_ids": cls.env.ref("commune_relations.group_reader").ids,
                }
            )
        )
        user.partner_id.write({"firstname": first, "lastname": last})
        return user, cls._mandate(user, cls.epci, code, **values)

    def _refused(self, words, action, *args):
        with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
            action(*args)

    def _delegate(self, user=None):
        mandate = self._as(self.vice_mandate, user or self.officer)
        mandate.write({"sign_delegation_ref": "arrêté n° 9", "sign_delegation_start": self.today})


@tagged("post_install", "-at_install")
class TestDelegationNotified(IntruderCase):
    def test_a_delegation_is_notified_to_the_president_and_waits(self):
        self.agreement.epci_signatory_id = self.vice.partner_id
        self._delegate()
        letters, notices = self._end()
        self.assertEqual(letters, ["presidente@deuxrives.example", "vice@deuxrives.example"])
        self.assertEqual(notices.person_ids, self.vice.partner_id)
        self.assertIn("par délégation", notices[0].change)
        self.assertEqual(notices.author_id, self.officer)
        self.agreement.action_deliberate()
        signatory = self.env["commune.agreement.signatory"].with_user(self.vice)
        signs = partial(signatory._sign_for_epci, self.agreement.with_user(self.vice))
        self._refused("you can sign from", signs, "Vera VIDAL", PIXEL)
        self._watch_signatories()
        signs("Vera VIDAL", PIXEL)
        self.assertEqual(self.agreement.signature_step, "epci")

    def test_each_change_of_it_is_notified(self):
        self._delegate()
        self._end()
        mandate = self._as(self.vice_mandate, self.officer)
        for values in (
            {"sign_delegation_ref": "arrêté n° 10"},
            {"sign_delegation_end": "2099-12-31"},
            {"sign_delegation_start": "2026-01-01"},
            {"sign_delegation_ref": False},
        ):
            mandate.write(values)
            letters, _notices = self._end()
            self.assertEqual(
                letters, ["presidente@deuxrives.example", "vice@deuxrives.example"], values
            )
        mandate.write({"sign_delegation_ref": False})
        self.assertEqual(self._end()[0], [])

    def test_a_mandate_that_comes_with_its_delegation_is_notified(self):
        self.officer.partner_id.email = "officer@deuxrives.example"
        self._end()
        self._as(self.env["commune.mandate"], self.officer).create(
            {
                "partner_id": self.officer.partner_id.id,
                "commune_id": self.epci.id,
                "function_id": self.functions["vice_president"].id,
                "sign_delegation_ref": "arrêté n° 0",
                "sign_delegation_start": self.today,
            }
        )
        self.assertIn("presidente@deuxrives.example", self._end()[0])

    def test_anyone_who_has_a_delegation_is_a_signatory_whose_address_is_watched(self):
        self._as(self.vice.partner_id, self.system).email = "x@elsewhere.example"
        self.assertEqual(self._end()[0], [])
        self._delegate()
        self._end()
        self._watch_signatories()
        self._as(self.vice.partner_id, self.system).email = "y@elsewhere.example"
        letters, _notices = self._end()
        self.assertEqual(letters, ["presidente@deuxrives.example", "x@elsewhere.example"])
        self.assertTrue(self.vice_mandate._get_signing_wait())

    def test_anyone_named_for_the_commune_waits_and_the_mayor_is_notified(self):
        self.agreement.action_deliberate()
        agreement = self._as(self.agreement, self.officer)
        agreement.write({"signatory_id": self.secretary.id, "delegation_ref": "arrêté n° 3"})
        letters, notices = self._end()
        self.assertEqual(letters, ["anne.aubry@mel.example", "sophie.colin@mel.example"])
        self.assertIn("Sophie COLIN", notices[0].change)
        self._refused("you can sign from", sign_for_commune, self.agreement, self.portal_both)
        # What she signs elsewhere does not wait.
        self.assertFalse(self.mandate_both_a._get_signing_wait())
        self._refused("from its buttons|by hand", agreement.write, {"signing_changed_at": False})
        self.agreement.sudo().signing_changed_at = False
        sign_for_commune(self.agreement, self.portal_both)
        self.assertEqual(self.agreement.signature_step, "commune")


@tagged("post_install", "-at_install")
class TestOnePersonUnderTwoContacts(IntruderCase):
    """The mayor of Aubrive has a second contact, in the office, where she presides."""

    def setUp(self):
        super().setUp()
        self.epci.mayor_id.held_mandate_ids.date_end = "2026-01-01"
        self.twin, _mandate = self._office("aubry_rives", "Anne", "AUBRY", "president")
        self.vice_mandate.write(
            {"sign_delegation_ref": "arrêté n° 9", "sign_delegation_start": "2026-01-01"}
        )
        self.env.invalidate_all()
        self._watch_signatories()

    def _choose(self):
        """The officer names the second contact on purpose."""
        self.agreement.epci_signatory_id = self.twin.partner_id
        self.agreement.action_deliberate()

    def _sign_twice(self):
        sign_for_commune(self.agreement, self.portal_a)
        self.agreement.env["commune.agreement.signatory"].with_user(self.twin)._sign_for_epci(
            self.agreement.with_user(self.twin), self.twin.partner_id.name, PIXEL
        )

    def test_the_vice_president_is_named_in_her_place(self):
        self.assertIn(
            "VIDAL",
            self.agreement.env["commune.agreement.document"]._get_words(self.agreement)[
                "representant"
            ],
        )

    def test_one_name_does_not_sign_for_both(self):
        self._choose()
        self._refused("Two persons of one name", self._sign_twice)
        self.assertEqual(self.agreement.state, "deliberated")

    def test_first_name_last_and_capitals_make_no_other_person(self):
        self.twin.partner_id.write({"firstname": "aubry", "lastname": "Anne"})
        self._watch_signatories()
        self._choose()
        self._refused("Two persons of one name", self._sign_twice)

    def test_a_namesake_signs_once_an_officer_has_stated_why(self):
        self._choose()
        agreement = self._as(self.agreement, self.officer)
        agreement.namesake_reason = "Nées en 1960 et 1985, deux adresses"
        self._sign_twice()
        self.assertIn(self.agreement.state, ("signed", "active"))
        self._refused("signed", agreement.write, {"namesake_reason": "Autre"})

    def test_nobody_says_it_of_oneself(self):
        self._choose()
        self.twin.group_ids += self.env.ref("commune_relations.group_officer")
        agreement = self._as(self.agreement, self.twin)
        self._refused("A colleague", agreement.write, {"namesake_reason": "C’est une autre"})
        values = {
            "name": "Autre",
            "commune_id": self.commune_a.id,
            "epci_signatory_id": self.twin.partner_id.id,
            "namesake_reason": "C’est une autre",
        }
        self._refused("A colleague", agreement.create, values)

    def test_one_address_or_one_login_is_one_person_whatever_is_stated(self):
        self._choose()
        self.agreement.namesake_reason = "Deux personnes"
        self.twin.partner_id.write({"firstname": "Annie", "lastname": "AUBRY"})
        own, twin = self.portal_a, self.twin
        for person, address in (
            (twin.partner_id, "Anne.Aubry@mel.example"),
            (twin.partner_id, "autre@mel.example, anne.aubry@mel.example"),
        ):
            person.email = address
            self._watch_signatories()
            with self.subTest(address=address):
                self._refused("nobody signs for both", self._sign_twice)
        twin.partner_id.email = "annie@mel.example"
        own.login = "annie@mel.example"
        self._watch_signatories()
        self._refused("nobody signs for both", self._sign_twice)

    def test_two_names_sign(self):
        self.twin.partner_id.write({"firstname": "Agnès"})
        self._watch_signatories()
        self._choose()
        self._sign_twice()
        self.assertIn(self.agreement.state, ("signed", "active"))
