"""The layout and address of the organisation serve its records, its software and its roles;
a notification to a colleague names no record that they cannot read."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import html2plaintext

from ..common import CommuneCase

FRAME = "commune_relations.request_mail_layout"


@tagged("post_install", "-at_install")
class TestOrganisationLayout(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = new_test_user(cls.env, "test_colleague", groups="base.group_user")
        cls.colleague.notification_type = "email"
        cls.event = (
            cls.env["calendar.event"]
            .with_user(cls.colleague)
            .create(
                {
                    "name": "Essai",
                    "start": fields.Datetime.now(),
                    "stop": fields.Datetime.now() + timedelta(hours=1),
                }
            )
        )

    def _get_mails(self, write):
        mails = self.env["mail.mail"].sudo()
        before = mails.search([], order="id desc", limit=1).id or 0
        write()
        self.env.flush_all()
        return mails.search([("id", ">", before)])

    def _mails_of(self, user):
        values = {"body": "Notre RIB change", "partner_ids": self.portal_a.partner_id.ids}
        event = self.event.with_user(user)
        return self._get_mails(lambda: event.message_post(**values, email_layout_xmlid=FRAME))

    def test_nobody_without_a_role_takes_the_organisation_layout(self):
        mails = self._mails_of(self.colleague)
        self.assertTrue(mails)
        for mail in mails:
            self.assertFalse(mail._is_sent_by_organisation())
            self.assertNotIn("c-card", mail.body_html)

    def test_nor_by_a_template_of_one_s_own(self):
        template = self.env["mail.template"].create(
            {
                "name": "Essai",
                "model_id": self.env["ir.model"]._get_id("calendar.event"),
                "subject": "Essai",
                "body_html": "<p>Notre RIB change</p>",
                "email_to": "ailleurs@exemple.invalid",
            }
        )
        for values in ({}, {"is_organisation_letter": True}):
            mail = self._get_mails(
                lambda values=values: template.with_user(self.colleague).send_mail(
                    self.event.id, email_values=values, email_layout_xmlid=FRAME
                )
            )
            self.assertEqual(len(mail), 1)
            self.assertFalse(mail._is_sent_by_organisation(), values)
            self.assertNotIn("c-card", mail.body_html)

    def test_a_third_party_mail_beside_a_managed_one_is_sent_as_third_party(self):
        values = {"email_to": "ailleurs@exemple.invalid", "body_html": "<p>Essai</p>"}
        managed, foreign = self.env["mail.mail"].create(
            [
                {**values, "is_organisation_letter": True},
                {**values, "is_organisation_letter": False},
            ]
        )
        seen = {}

        def note(mails, *args, **options):
            seen.update(dict.fromkeys(mails.ids, mails.env.context.get("third_party_letters")))

        with patch.object(self.env.registry["mail.mail"], "_send", note):
            (managed | foreign).send()
        self.assertEqual(seen, {managed.id: False, foreign.id: True})

    def test_what_begins_the_history_of_our_records_agrees_with_any_kind(self):
        """“Séance d’une instance créé”: Odoo's words name the kind of record."""
        committee = self.env["commune.committee"].create({"name": "Voirie", "kind": "commission"})
        for record, is_managed in ((committee, True), (self.event, False)):
            kind = self.env["ir.model"]._get(record._name).name
            text = record._creation_message()
            self.assertEqual(kind not in text, is_managed, text)

    def test_the_note_of_what_is_asked_is_in_its_letter(self):
        place = self.commune_a.with_user(self.manager).sudo()
        mail = self._get_mails(
            lambda: place.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.officer.id,
                summary="Rappeler la mairie",
                note="<p>Avant midi.</p>",
            )
        )
        text = html2plaintext(mail.body_html)
        for words in ("Rappeler la mairie", "Avant midi.", self.commune_a.name):
            self.assertIn(words, text)

    def test_a_record_that_is_not_read_is_not_named(self):
        secret = self.env["helpdesk.ticket"].create(
            {
                "name": "Absence de Mme Roy",
                "description": "<p>…</p>",
                "commune_id": self.commune_a.id,
                "partner_id": self.portal_a.partner_id.id,
            }
        )
        self.assertFalse(secret.with_user(self.colleague).has_access("read"))
        mail = self._get_mails(
            lambda: (
                secret.with_user(self.manager)
                .sudo()
                .activity_schedule(
                    "mail.mail_activity_data_todo", user_id=self.colleague.id, summary="Relire"
                )
            )
        )
        self.assertIn("Relire", mail.body_html)
        self.assertNotIn("Absence", f"{mail.subject} {mail.body_html}")

    def test_a_mandate_opens_on_the_day_of_the_communes(self):
        """Noon in France: it is tomorrow already in Kiritimati, which anyone who calls may name."""
        person = self.portal_b.partner_id
        with freeze_time("2031-03-03 12:00:00"):
            self._mandate(person, self.commune_a, "deputy_mayor", date_start="2031-03-04")
            for zone in ("Europe/Paris", "Pacific/Kiritimati"):
                places = person.with_context(tz=zone)._get_opening_mandates().commune_id
                self.assertEqual(places, self.commune_b, zone)
            self.env.cr.execute(
                "UPDATE commune_mandate SET date_end = '2031-03-03' WHERE commune_id = %s",
                [self.commune_b.id],
            )
            self.env.invalidate_all()
            for zone in ("Europe/Paris", "Pacific/Midway"):
                self.assertFalse(person.with_context(tz=zone)._get_opening_mandates(), zone)
