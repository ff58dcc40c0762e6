"""Changes of a signatory that nobody else would see: notified all the same, or escalated."""

from odoo.tests import Form, tagged

from odoo.addons.mail.tests.common import MockEmail

from .test_signatory import EMAILS, SignatoryCase


@tagged("post_install", "-at_install")
class TestTheOnlySignatory(SignatoryCase, MockEmail):
    """Céleste SEULE is the only signatory of a third commune: no account, no address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.env["res.partner"].create(
            {
                "name": "Courlande",
                "is_company": True,
                "is_commune": True,
                "insee_code": "57903",
                "siren": "215700903",
                "epci_id": cls.epci.id,
                "email": "mairie@courlande.example",
            }
        )
        cls.alone = cls.env["res.partner"].create({"firstname": "Céleste", "lastname": "SEULE"})
        cls.mandate_alone = cls._mandate(cls.alone, cls.place, "mayor")
        cls._watch_signatories()

    def _take(self, email="officer@elsewhere.example"):
        """The officer writes an address on her, then invites.

        :return: addresses notified and notices
        """
        self._as(self.alone, self.officer).email = email
        self.assertEqual(self._end()[0], [])
        with self.mock_mail_gateway():
            self.mandate_alone.with_user(self.officer).action_portal_invite()
        return self._end()

    def test_the_town_hall_is_notified_when_nobody_else_can_be(self):
        letters, notices = self._take()
        self.assertEqual(letters, ["mairie@courlande.example"])
        self.assertEqual(notices.partner_id, self.place)
        self.assertIn("Céleste SEULE", notices.change)
        self.assertFalse(self.place.activity_ids)

    def test_the_register_keeps_what_is_notified_to_nobody(self):
        self._as(self.alone, self.officer).email = "officer@elsewhere.example"
        letters, notices = self._end()
        self.assertEqual((letters, notices.partner_id.ids), ([], []))
        self.assertEqual((notices.person_ids, notices.author_id), (self.alone, self.officer))

    def test_without_address_of_the_town_hall_the_staff_calls(self):
        self.place.email = False
        letters, notices = self._take()
        self.assertEqual(letters, [])
        self.assertEqual((notices.person_ids, notices.partner_id.ids), (self.alone, []))
        activity = self.place.activity_ids
        self.assertIn("Call the town hall", activity.summary)
        self.assertEqual(
            activity.user_id,
            self.place.env["commune.portal.colleague"]._get_relations_manager(self.place),
        )

    def test_the_address_of_the_town_hall_that_is_the_person_s_notifies_nobody_else(self):
        self.place.email = "officer@elsewhere.example"
        self.assertEqual(self._take()[0], [])
        self.assertTrue(self.place.activity_ids)

    def test_a_signatory_of_today_vouches_for_nobody(self):
        other = self.env["res.partner"].create(
            {"firstname": "Faux", "lastname": "DGS", "email": "false@elsewhere.example"}
        )
        self._mandate(other, self.place, "dgs")
        self._end()
        letters, _notices = self._take()
        self.assertEqual(letters, ["false@elsewhere.example", "mairie@courlande.example"])

    def test_an_invented_person_is_notified_to_no_town_hall(self):
        self.alone.is_fictitious = True
        letters, _notices = self._take("maire@exemple.invalid")
        self.assertEqual(letters, [])
        self.assertTrue(self.place.activity_ids)

    def test_what_sets_a_demonstration_up_is_not_noted(self):
        for fictitious in (True, False):
            self.alone.is_fictitious = fictitious
            self.alone.email = f"{fictitious}@exemple.invalid"
            self.assertEqual(bool(self._end()[1]), not fictitious)

    def test_mandates_without_account_are_noted_in_a_fixed_number_of_queries(self):
        def end(count):
            persons = self.env["res.partner"].create(
                [{"firstname": f"P{n}", "lastname": f"L{count}"} for n in range(count)]
            )
            for person in persons:
                self._mandate(person, self.place, "dgs")
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            letters, notices = self._end()
            self.assertEqual((letters, len(notices)), ([], count))
            self.assertEqual(notices.person_ids, persons)
            return self.env.cr.sql_log_count - before

        end(1)
        self.assertLessEqual(end(30), end(3) + 2)


@tagged("post_install", "-at_install")
class TestOtherEntryPoints(SignatoryCase):
    def _waits(self):
        self.env.invalidate_all()
        return bool(self.mandate_a._get_signing_wait())

    def test_a_second_address_beside_the_first_is_notified_and_waits(self):
        both = f"{EMAILS['portal_a']}, intruder@elsewhere.example"
        self._as(self.mayor, self.officer).email = both
        letters, _notices = self._end()
        self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])
        self.assertTrue(self._waits())
        self._as(self.mayor, self.officer).email = "intruder@elsewhere.example"
        self.assertTrue(any(EMAILS["portal_a"] in email for email in self._end()[0]))

    def test_another_name_is_notified_and_waits(self):
        for values in ({"lastname": "INTRUSE"}, {"name": "Ida AUTRE"}):
            self._watch_signatories()
            former = self.mayor.name
            self._as(self.mayor, self.officer).write(values)
            letters, notices = self._end()
            self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])
            self.assertIn(former, notices[0].change)
            self.assertIn(self.mayor.name, notices[0].change)
            self.assertTrue(self._waits())

    def test_an_accent_a_capital_or_one_s_own_name_is_no_change(self):
        self._as(self.mayor, self.officer).write({"firstname": "ÀNNE", "lastname": "Aubry"})
        own = self.officer.partner_id
        self._mandate(own, self.commune_b, "dgs")
        self._watch_signatories()
        self._as(own, self.officer).write({"lastname": "MARTIN"})
        self.assertEqual(self._end()[0], [])
        self.assertFalse(self._waits() or own.sudo().signing_changed_at)

    def test_an_address_known_beside_is_notified_and_waits(self):
        known = self.env["commune.known.email"].with_user(self.officer)
        line = known.create({"partner_id": self.mayor.id, "value": "x@elsewhere.example"})
        letters, notices = self._end()
        self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])
        self.assertIn("Anne AUBRY", notices[0].change)
        self.assertTrue(self._waits())
        line.value = "y@elsewhere.example"
        self.assertEqual(len(self._end()[0]), 2)
        known.create({"partner_id": self.portal_a_limited.partner_id.id, "value": "z@l.example"})
        self.assertEqual(self._end()[0], [])

    def test_the_staff_reads_until_when_the_mayor_waits(self):
        mayor, mandate = self._as(self.mayor, self.reader), self.mandate_a.with_user(self.reader)
        self.assertFalse(mayor.signing_wait_until or mandate.signing_wait_until)
        self._as(self.mayor, self.officer).email = "x@elsewhere.example"
        self.env.invalidate_all()
        until = self.mandate_a._get_signing_wait()[1]
        self.assertEqual((mayor.signing_wait_until, mandate.signing_wait_until), (until, until))
        for view in (mayor.get_view(view_type="form"), mandate.get_view(view_type="form")):
            self.assertIn("signing_wait_until", view["arch"])

    def test_the_form_says_it_before_it_is_saved(self):
        def warning(email):
            form = Form(self.mayor.with_user(self.officer))
            with self.assertLogs("odoo.tests.form", "WARNING") as logs:
                form.email = email
            return "".join(logs.output)

        self.assertIn("24 hours", warning("x@elsewhere.example"))
        with self.assertRaises(AssertionError):
            warning(EMAILS["portal_a"].upper())

    def test_no_technical_address_is_given_as_contact(self):
        company = self.env.company
        notice = self.env["commune.signatory.notice"].create(
            {"partner_id": self.mayor.id, "email": EMAILS["portal_a"]}
        )
        company.phone = company.epci_id.phone = False
        self.env["helpdesk.ticket.team"]._get_desk().alias_id.alias_name = False
        expected = {
            "contact@deuxrives.fr": "write to us",
            "contact@deuxrives.example": company._get_organisation_name(),
            False: company._get_organisation_name(),
        }
        for email, words in expected.items():
            company.email = company.epci_id.email = email
            for sentence in (company._get_signing_contact(), notice._get_wrong_sentence()):
                self.assertIn(words, sentence)
                self.assertNotIn("odoobot", sentence)
                self.assertNotIn("call us", sentence)
