"""A change that makes a person a signatory is always notified, whatever its entry point."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.commune_relations.demo import Demo
from odoo.addons.commune_relations.models.core.odoo import res_users
from odoo.addons.commune_relations.models.network.signatory import change_detection

from ...engine.proconnect import BY_HAND
from ..common import CommuneCase

EMAILS = {
    "portal_a": "anne.aubry@mel.example",
    "portal_a_limited": "luc@arnaud.example",
    "portal_b": "bruno.blanc@mel.example",
    "portal_both": "sophie.colin@mel.example",
}

HEADER = (
    "Code de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat;"
    "Libellé de la fonction;Date de début de la fonction"
)


class SignatoryCase(CommuneCase):
    """Aubrive has two signatories, the mayor and the secretary whom Bellefontaine has too."""

    watches_signatories = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, email in EMAILS.items():
            getattr(cls, name).partner_id.email = email
        cls.env.company.phone = "03 00 00 00 57"
        cls.mayor = cls.portal_a.partner_id
        cls.secretary = cls.portal_both.partner_id
        cls.system = new_test_user(
            cls.env, "test_system", groups="base.group_system,commune_relations.group_officer"
        )
        cls._watch_signatories()

    def _end(self):
        """End of the HTTP request, when pending changes are notified.

        :return: addresses written to, sorted, and the notices
        """
        known = self.env["commune.signatory.notice"].search([])
        mails = self.env["mail.mail"].search([])
        self.env.cr.flush()
        written = (self.env["mail.mail"].search([]) - mails).filtered(
            lambda mail: mail.model == "commune.signatory.notice"
        )
        self.assertEqual(set(written.mapped("state")) - {"outgoing"}, set())
        addresses = sorted(mail.email_to for mail in written)
        return addresses, self.env["commune.signatory.notice"].search([]) - known

    def _as(self, record, user):
        self.env.flush_all()
        return record.with_user(user)


@tagged("post_install", "-at_install")
class TestSignatoriesNotified(SignatoryCase):
    def test_the_former_address_and_the_other_signatories_are_notified(self):
        self._as(self.mayor, self.officer).write(
            {"email": "someone@elsewhere.example", "phone": "03 00 00 00 01"}
        )
        letters, notices = self._end()
        self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])
        self.assertEqual(notices.author_id, self.officer)
        letter = self.env["mail.mail"].search([("email_to", "=", EMAILS["portal_a"])], limit=1)
        for words in ("l’adresse électronique a été modifiée.", "03 00 00 00 57"):
            self.assertIn(words, letter.body_html)
        self.assertNotIn("elsewhere.example", letter.body_html)
        self.assertNotIn(self.officer.name, letter.body_html)
        self.assertTrue(self.mandate_a._get_signing_wait())
        self.assertFalse(self.mandate_both_a._get_signing_wait())

    def test_a_secretary_of_two_communes_is_notified_to_both_mayors(self):
        self._as(self.secretary, self.officer).email = "new@mel.example"
        letters, _notices = self._end()
        expected = [EMAILS["portal_a"], EMAILS["portal_b"], EMAILS["portal_both"]]
        self.assertEqual(letters, expected)

    def test_several_writes_of_one_request_make_one_letter(self):
        mayor = self._as(self.mayor, self.officer)
        mayor.email = "one@elsewhere.example"
        mayor.email = "two@elsewhere.example"
        self._as(self.mandate_a, self.officer).date_end = self.today + timedelta(days=90)
        letters, notices = self._end()
        self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])
        self.assertEqual(len(notices[0].change.splitlines()), 2)

    def test_the_copy_of_an_address_is_written_by_nobody(self):
        """Odoo computes it from the typed value: other writes are ignored."""
        commune, agent = self.commune_a, self.officer.partner_id
        agent.email = "olivier@rives.example"
        for user in (self.referent, self.officer, self.manager, self.system):
            for record in (self.mayor, commune, agent):
                before = record.email_normalized
                with suppress(AccessError), self.cr.savepoint():
                    self._as(record, user).write({"email_normalized": "x@elsewhere.example"})
                self.env.flush_all()
                self.env.invalidate_all()
                self.assertEqual(record.email_normalized, before, (user.login, record.name))
        self._as(self.portal_a, self.system).write({"email_normalized": "x@elsewhere.example"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.mayor.email_normalized, EMAILS["portal_a"])
        self.assertEqual(self._end()[0], [])

    def test_a_contact_made_with_another_copy_has_that_of_its_address(self):
        partners = self.env["res.partner"].with_user(self.officer)
        typed = {"name": "Zoé ZIMMER", "email": "Zoe@mel.example"}
        made = partners.create({**typed, "email_normalized": EMAILS["portal_a"]})
        made |= partners.with_context(default_email_normalized=EMAILS["portal_a"]).create(typed)
        # A third-party contact, written while it was tracked by nobody, then given a mandate.
        later = partners.create(typed)
        later.write({"email_normalized": EMAILS["portal_a"]})
        self.assertEqual(later.email_normalized, EMAILS["portal_a"])  # as Odoo has it for others
        self._mandate(later, self.commune_b, "councillor")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((made | later).mapped("email_normalized"), ["zoe@mel.example"] * 3)

    def test_another_copy_starts_the_clock_however_it_came(self):
        self.mayor.sudo().write({"email_normalized": "x@elsewhere.example"})
        self.assertEqual(self._end()[0], [EMAILS["portal_a"], EMAILS["portal_both"]])
        self.assertTrue(self.mandate_a._get_signing_wait())

    def test_another_identity_that_opens_the_account_starts_the_delay_and_is_notified(self):
        """Without the module that has them, two other fields replace the identity."""
        watched = [
            replace(one, fields=one.fields | {"city", "zip"}) if "oauth_uid" in one.fields else one
            for one in res_users.SUBSCRIBERS
        ]
        with (
            patch.object(change_detection, "LINK", ("city", "zip")),
            patch.object(res_users, "SUBSCRIBERS", watched),
        ):
            user = self._as(self.portal_a, self.system).sudo()
            user._link_proconnect({"city": "Fournisseur", "zip": "Identité"})
            letters, notices = self._end()
            self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])
            self.assertIn("ProConnect", notices[:1].change)
            self.assertTrue(self.mandate_a._get_signing_wait())
            self._watch_signatories()
            user.write({"city": "Fournisseur", "zip": "Identité"})
            self.assertEqual(self._end()[0], [])
            self.assertFalse(self.mandate_a._get_signing_wait())

    def test_an_address_that_somebody_else_gave_lately_opens_nothing_by_proconnect(self):
        """Who writes it may own it, and be who enters; the password still opens."""
        own, users = "intrus@deux-rives.example", self.env["res.users"]
        self.assertEqual(users._choose_proconnect_account(EMAILS["portal_a"])[0], self.portal_a)
        self._as(self.mayor, self.officer).email = own
        self._end()
        self.assertEqual(users._choose_proconnect_account(own), (users, BY_HAND))
        notices = self.env["commune.signatory.notice"].search([("person_ids", "=", self.mayor.id)])
        notices.date = fields.Datetime.now() - timedelta(hours=25)
        self.assertEqual(users._choose_proconnect_account(own)[0], self.portal_a)

    def test_an_address_that_the_mayor_chose_opens_by_proconnect_at_once(self):
        own, users = "anne@aubrive.example", self.env["res.users"]
        self._as(self.mayor, self.portal_a).sudo().email = own
        self._end()
        self.assertEqual(users._choose_proconnect_account(own)[0], self.portal_a)

    def test_an_address_taken_away_is_notified_too(self):
        self._as(self.mayor, self.officer).email = False
        letters, _notices = self._end()
        self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])

    def test_no_client_silences_the_letters(self):
        mayor = self._as(self.mayor, self.officer)
        mayor.with_context(no_letters=True, tracking_disable=True).email = "x@elsewhere.example"
        letters, _notices = self._end()
        self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])

    def test_the_person_who_changes_the_own_address_is_notified_at_the_former_one(self):
        self._as(self.mayor, self.portal_a).sudo().email = "mine@mel.example"
        letters, notices = self._end()
        self.assertEqual(letters, [EMAILS["portal_a"], EMAILS["portal_both"]])
        self.assertEqual(notices[0]._get_author_text(), "Anne AUBRY")
        self.assertTrue(self.mandate_a._get_signing_wait())

    def test_anyone_who_signs_nothing_is_not_watched(self):
        self._as(self.portal_a_limited.partner_id, self.officer).email = "luc@new.example"
        self._as(self.commune_a, self.officer).email = "mairie@aubrive.example"
        self._as(self.mayor, self.officer).write({"email": "ANNE.AUBRY@mel.example", "phone": "1"})
        self.assertEqual(self._end()[0], [])
        self.assertFalse(self.mandate_a._get_signing_wait())

    def test_a_person_without_account_is_notified_of_when_the_account_opens(self):
        person = self.env["res.partner"].create({"firstname": "Zoé", "lastname": "NEUVE"})
        self._mandate(person, self.commune_b, "dgs")
        person.email = "zoe@bellefontaine.example"
        letters, notices = self._end()
        self.assertEqual(letters, [])
        # The register keeps it all the same.
        self.assertEqual((notices.person_ids, notices.partner_id.ids), (person, []))
        self.assertEqual(len(notices.change.splitlines()), 2)
        person.env["commune.portal.account"].with_user(self.officer)._invite_to_portal(
            person.with_user(self.officer)
        )
        letters, notices = self._end()
        # The person has the invitation in hand.
        self.assertEqual(letters, [EMAILS["portal_b"], EMAILS["portal_both"]])
        self.assertIn(
            "Un compte sur le portail a été ouvert, ou rouvert, pour Zoé NEUVE", notices[0].change
        )

    def test_an_officer_who_makes_himself_mayor_is_notified(self):
        self.officer.partner_id.email = "officer@deuxrives.example"
        self._as(self.env["commune.mandate"], self.officer).create(
            {
                "partner_id": self.officer.partner_id.id,
                "commune_id": self.commune_a.id,
                "function_id": self.functions["mayor"].id,
            }
        )
        letters, _notices = self._end()
        expected = [EMAILS["portal_a"], "officer@deuxrives.example", EMAILS["portal_both"]]
        self.assertEqual(letters, expected)

    def test_addresses_of_a_demonstration_are_not_written_to_but_noted(self):
        self.mayor.email = "maire@exemple.invalid"
        self._end()
        self.mayor.email = "anne@mel.example"
        letters, notices = self._end()
        self.assertEqual(letters, [EMAILS["portal_both"]])
        self.assertIn("maire@exemple.invalid", notices.mapped("email"))

    def test_many_mandates_at_once_take_no_more_queries(self):
        def end(mandates):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            mandates.write({"date_end": self.today + timedelta(days=200)})
            self._end()
            mandates.write({"date_end": False})
            self._end()
            return self.env.cr.sql_log_count - before

        few = self._holders(2)
        many = self._holders(12)
        for warm in (few, many):
            end(warm)
        self.assertLessEqual(end(many), end(few) + 2)

    def _holders(self, count):
        persons = self.env["res.partner"].create(
            [
                {"firstname": f"P{n}", "lastname": f"L{count}", "email": f"p{n}@{count}.example"}
                for n in range(count)
            ]
        )
        for person in persons:
            self._account(person)
        return self.env["commune.mandate"].create(
            [
                {
                    "partner_id": person.id,
                    "commune_id": self.commune_b.id,
                    "function_id": self.functions["dgs"].id,
                    "date_start": "2020-03-15",
                }
                for person in persons
            ]
        )

    def _account(self, person):
        return (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "login": person.email,
                    "partner_id": person.id,
                    "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
                }
            )
        )


@tagged("post_install", "-at_install")
class TestSigningWaits(SignatoryCase):
    def _waits(self, mandate=None):
        mandate = mandate or self.mandate_a
        mandate.invalidate_recordset()
        mandate.partner_id.invalidate_recordset()
        return bool(mandate._get_signing_wait())

    def _after(self, route):
        """Whether the mayor waits after a change by an entry point; then undo it."""
        with self.env.cr.savepoint() as savepoint:
            route()
            self.env.flush_all()
            waits = self._waits()
            savepoint.rollback()
        self.env.cr.precommit.clear()
        self.assertFalse(self._waits())
        return waits

    def test_every_entry_point_makes_the_mayor_wait(self):
        officer, system = self.officer, self.system
        mandate, mayor, user = self.mandate_a, self.mayor, self.portal_a
        tomorrow = self.today + timedelta(days=1)
        user.sudo().totp_secret = "JBSWY3DPEHPK3PXP"
        self._watch_signatories()
        routes = {
            "address": lambda: mayor.with_user(officer).write({"email": "x@new.example"}),
            "address on the mandate": lambda: mandate.with_user(officer).write(
                {"partner_email": "x@new.example"}
            ),
            "address of the account": lambda: user.with_user(system).write(
                {"email": "x@new.example"}
            ),
            "form": lambda: mayor.with_user(officer).web_save({"email": "x@new.example"}, {}),
            "import": lambda: mayor.with_user(officer).load(
                [".id", "email"], [[str(mayor.id), "x@new.example"]]
            ),
            "page of the account": lambda: (
                mayor.with_user(user).sudo().write({"email": "x@new.example"})
            ),
            "login": lambda: user.with_user(system).write({"login": "other"}),
            "password": lambda: user.with_user(system).write({"password": "Another-1234"}),
            "link to choose a password": lambda: mayor.with_user(system).signup_prepare(),
            "second factor": lambda: user.with_user(system).sudo().write({"totp_secret": False}),
            "opened again": lambda: (
                user.with_user(system).action_archive(),
                user.with_user(system).action_unarchive(),
            ),
            "other account": lambda: self.portal_ended.with_user(system).write(
                {"partner_id": mayor.id}
            ),
            "end": lambda: mandate.with_user(officer).write({"date_end": tomorrow}),
            "access given back": lambda: (
                mandate.with_user(officer).action_portal_withdraw(),
                mandate.with_user(officer).action_portal_restore(),
            ),
            "commune": lambda: mandate.with_user(officer).write({"commune_id": self.commune_b.id}),
        }
        for name, route in routes.items():
            with self.subTest(route=name):
                self.assertTrue(self._after(route))

    def test_a_function_that_gives_more_rights_waits_for_all_its_holders(self):
        function = self.functions["councillor"].with_user(self.manager)
        function.portal_role = "full"
        self.assertTrue(self._waits(self.mandate_a_limited))
        self.assertFalse(self._waits())
        self.assertIn(EMAILS["portal_a_limited"], self._end()[0])

    def test_another_person_in_the_mandate_waits(self):
        self.mandate_a.with_user(self.officer).partner_id = self.portal_a_limited.partner_id
        self.assertTrue(self._waits())
        letters, _notices = self._end()
        expected = [EMAILS["portal_a"], EMAILS["portal_a_limited"], EMAILS["portal_both"]]
        self.assertEqual(letters, expected)
        self.assertIn("ne peut plus agir", _notices[0].change)

    def test_merged_contacts_wait(self):
        other = self.env["res.partner"].create(
            {"firstname": "Anna", "lastname": "AUBRY", "email": "anna@elsewhere.example"}
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.system)
        self.portal_a.with_user(self.system).action_archive()
        self._watch_signatories()
        wizard._merge([other.id, self.mayor.id], other, extra_checks=False)
        self.mandate_a.invalidate_recordset()
        self.assertEqual(self.mandate_a.partner_id, other)
        self.assertTrue(self._waits())
        self.assertEqual(self._end()[0], [EMAILS["portal_a"], EMAILS["portal_both"]])

    def test_an_import_makes_the_new_mayors_wait_and_notifies_of_those_who_have_an_account(self):
        """The second row is written in bulk, as a copy of the first."""
        known = self._portal("councillor_b", "Béa", "BARON", "mme")
        known.partner_id.email = "bea@baron.example"
        self._mandate(known, self.commune_b, "councillor")
        self._watch_signatories()
        rows = [
            "57901;NOUVELLE;Nadine;F;15/03/2026;Maire;22/03/2026",
            "57902;BARON;Béa;F;15/03/2026;Maire;22/03/2026",
        ]
        run = self.env["commune.import"].load_files(
            [("maires.csv", "\n".join([HEADER, *rows]).encode())]
        )
        run.line_ids.selected = True
        run.action_apply()
        new = self.env["commune.mandate"].search([("source", "=", "rne")])
        self.assertEqual(new.partner_id.mapped("lastname"), ["NOUVELLE", "BARON"])
        for mandate in new:
            self.assertTrue(self._waits(mandate))
        letters, notices = self._end()
        self.assertEqual(len(letters), len(set(letters)))
        self.assertLessEqual({"bea@baron.example", EMAILS["portal_both"]}, set(letters))
        changes = "".join(notices.filtered("email").mapped("change"))
        self.assertIn("Béa BARON peut désormais agir pour Bellefontaine", changes)
        self.assertNotIn("NOUVELLE", changes)

    def test_what_the_person_does_alone_does_not_wait(self):
        portal = self.portal_a
        routes = {
            "own password": lambda: (
                portal.with_user(portal).sudo()._change_password("Another-1234")
            ),
            "forgotten password": lambda: (
                self.mayor.with_user(self.public).sudo().signup_prepare("reset")
            ),
            "telephone": lambda: self.mayor.with_user(self.officer).write({"phone": "03"}),
            "rank": lambda: self.mandate_a.with_user(self.officer).write({"delegation": "Écoles"}),
        }
        for name, route in routes.items():
            with self.subTest(route=name):
                self.assertFalse(self._after(route))

    def test_nobody_writes_the_clock_by_hand(self):
        self.mayor.with_user(self.officer).email = "x@new.example"
        for user in (self.officer, self.manager, self.system):
            for record in (self.mayor, self.mandate_a, self.functions["mayor"]):
                with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                    record.with_user(user).write({"signing_changed_at": "2020-01-01 00:00:00"})
                self.assertIn(type(caught.exception).__name__, ("UserError", "AccessError"))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.mayor.with_user(self.system).write({"signing_changed_at": False})
        self.assertTrue(self._waits())

    def test_the_sentence_says_since_when_until_when_and_what_to_do(self):
        self.mayor.with_user(self.officer).email = "x@new.example"
        stop = self.mandate_a.with_user(self.portal_a)._get_signing_stop()
        since, until = self.mandate_a._get_signing_wait()
        self.assertEqual(until - since, timedelta(hours=24))
        for moment in (since, until):
            self.assertIn(self.mandate_a._format_signing_datetime(moment), stop)
        for words in ("another person who may sign", "on paper", "03 00 00 00 57"):
            self.assertIn(words, stop)

    def test_a_day_later_the_mayor_signs(self):
        self.mayor.with_user(self.officer).email = "x@new.example"
        day_before = fields.Datetime.now() - timedelta(hours=24, seconds=1)
        self.mayor.sudo().signing_changed_at = day_before
        self.assertFalse(self._waits())
        self.mayor.sudo().signing_changed_at = day_before + timedelta(minutes=1)
        self.assertTrue(self._waits())

    def test_the_invented_persons_of_a_demonstration_sign_at_once(self):
        self.mayor.with_user(self.officer).email = "x@new.example"
        self.mayor.sudo().is_fictitious = True
        Demo(self.env)._forget_signing_changes()
        self.assertFalse(self._waits())
