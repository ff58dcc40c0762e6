"""A good guest: in an Odoo that others work with, those who are not managed by this addon work as
without us."""

import json
from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.http import request
from odoo.tests import Form, HttpCase, TransactionCase, new_test_user, tagged

from odoo.addons.base.models.ir_http import IrHttp

MODULE = "commune_relations"
PASSWORD = "un mot de passe de douze lettres"


class GuestCase(TransactionCase):
    def _make_user(self, login, *groups):
        names = ",".join(["base.group_user", *groups])
        return new_test_user(self.env, login=login, groups=names, email=f"{login}@shop.example")


@tagged("post_install", "-at_install")
class TestThirdPartyMailing(GuestCase):
    def setUp(self):
        super().setUp()
        self.enterContext(
            patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)
        )
        self.user = self._make_user("marketing", "mass_mailing.group_mass_mailing_user")
        contacts = self.env["mailing.contact"].create(
            [{"name": f"C{n}", "email": f"c{n}@client.example"} for n in range(3)]
        )
        self.list = self.env["mailing.list"].create(
            {"name": "Clients", "contact_ids": [Command.set(contacts.ids)]}
        )

    def _write_mailing(self):
        """As on the screen: every field of the form of that user is read and written."""
        form = Form(
            self.env["mailing.mailing"].with_user(self.user),
            view="mass_mailing.view_mail_mass_mailing_form",
        )
        form.subject = "Soldes"
        form.contact_list_ids = self.list
        mailing = form.save()
        mailing.body_html = mailing.body_arch = "<div><p>Bonjour</p></div>"
        return mailing

    def _send_queue(self):
        self.env["mailing.mailing"]._process_mass_mailing_queue()

    def _sent_to(self, mailing):
        traces = self.env["mailing.trace"].search([("mass_mailing_id", "=", mailing.id)])
        return sorted(traces.mapped("email"))

    def test_a_mailing_is_written_and_sent_without_approval(self):
        mailing = self._write_mailing()
        self.assertFalse(mailing.needs_approval)
        mailing.action_put_in_queue()
        self._send_queue()
        self.assertEqual(mailing.state, "done")
        self.assertEqual(
            self._sent_to(mailing),
            ["c0@client.example", "c1@client.example", "c2@client.example"],
        )

    def test_a_mailing_that_was_sent_is_deleted(self):
        mailing = self._write_mailing()
        mailing.action_put_in_queue()
        self._send_queue()
        self.assertTrue(mailing.sent_date)
        mailing.unlink()
        self.assertFalse(mailing.exists())

    def test_a_mailing_is_scheduled_and_leaves_at_its_hour(self):
        mailing = self._write_mailing()
        mailing.write({"schedule_type": "scheduled", "schedule_date": "2099-01-01 08:00:00"})
        mailing.action_schedule()
        self._send_queue()
        self.assertEqual(mailing.state, "in_queue")
        mailing.schedule_date = "2020-01-01 08:00:00"
        self._send_queue()
        self.assertEqual((mailing.state, len(self._sent_to(mailing))), ("done", 3))

    def test_a_mailing_is_tested_cancelled_and_copied(self):
        mailing = self._write_mailing()
        test = self.env["mailing.mailing.test"].with_user(self.user)
        test.create(
            {"mass_mailing_id": mailing.id, "email_to": "moi@shop.example"}
        ).send_mail_test()
        mailing.action_put_in_queue()
        mailing.action_cancel()
        self.assertEqual(mailing.state, "draft")
        self.assertEqual(mailing.copy().contact_list_ids, self.list)
        self.assertFalse(mailing.read(["needs_approval", "look_state"])[0]["needs_approval"])

    def test_contacts_of_no_audience_are_deleted_and_those_of_an_audience_are_kept(self):
        managed = self.env["mailing.list"].search([("audience_ids", "!=", False)], limit=1)
        syncing = self.env["mailing.contact"].with_context(syncing=True)
        without, both = syncing.create(
            [
                {"name": "Sans liste", "email": "sans@client.example"},
                {
                    "name": "Deux listes",
                    "email": "deux@client.example",
                    "list_ids": [Command.set([self.list.id, managed.id])],
                },
            ]
        )
        (without | self.list.contact_ids - both).with_user(self.user).unlink()
        self.assertFalse(without.exists())
        self.assertEqual(self.list.contact_ids, both)
        with self.assertRaises(AccessError):
            both.with_user(self.user).unlink()

    def test_a_copy_by_somebody_who_knows_our_audiences_goes_where_the_mailing_went(self):
        mailing = self._write_mailing().sudo()
        copy = mailing.copy()
        self.assertEqual(copy.mailing_model_id.model, "mailing.list")
        self.assertFalse(copy.network_kind)
        copy.action_put_in_queue()
        self._send_queue()
        self.assertEqual((copy.state, len(self._sent_to(copy))), ("done", 3))

    def test_a_mailing_may_be_made_in_the_queue(self):
        """Third-party programs do so."""
        mailing = (
            self.env["mailing.mailing"]
            .with_user(self.user)
            .create(
                {
                    "subject": "Soldes",
                    "body_html": "<p>Bonjour</p>",
                    "contact_list_ids": [Command.set(self.list.ids)],
                    "state": "in_queue",
                }
            )
        )
        self._send_queue()
        self.assertEqual(mailing.state, "done")

    def test_what_our_staff_sends_is_approved_first(self):
        officer = self._make_user("officer_of_guest", "commune_relations.group_officer")
        mailing = self._write_mailing().with_user(officer)
        self.assertTrue(mailing.needs_approval)
        with self.assertRaisesRegex(UserError, "approved"):
            mailing.action_put_in_queue()
        mailing.with_user(self.user).action_put_in_queue()
        self._send_queue()
        self.assertEqual(mailing.state, "done")

    def test_who_sends_to_others_queues_nothing_to_a_mayor_nor_of_our_staff(self):
        """The queue sends as superuser: what may leave is asked when it is put there."""
        commune = self.env["res.partner"].create(
            {"name": "Aubrive", "is_company": True, "is_commune": True, "insee_code": "57901"}
        )
        mayor = self.env["res.partner"].create(
            {"firstname": "Anne", "lastname": "AUBRY", "email": "anne@aubrive.example"}
        )
        self.env["commune.mandate"].create(
            {
                "partner_id": mayor.id,
                "commune_id": commune.id,
                "function_id": self.env["commune.function"]._by_code()["mayor"].id,
            }
        )
        body = "<div><p>Bonjour</p></div>"
        values = {"subject": "Soldes", "body_arch": body, "body_html": body}
        model = self.env["ir.model"]._get_id("res.partner")
        domain = f"[('id', '=', {mayor.id})]"
        values |= {"mailing_model_id": model, "mailing_domain": domain}
        own = self.env["mailing.mailing"].with_user(self.user).create(values)
        officer = self._make_user("officer", "commune_relations.group_officer")
        prepared = own.with_user(officer).create(values).with_user(self.user)
        for letter, error in ((own, AccessError), (prepared, UserError)):
            for act in (
                lambda one: one.action_put_in_queue(),
                lambda one: one.write({"state": "in_queue"}),
            ):
                with self.assertRaises(error), self.env.cr.savepoint():
                    act(letter)
            self.assertEqual(letter.state, "draft")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            own.create({**values, "state": "in_queue"})

    def test_who_sends_to_others_leaves_our_letters_and_lists_alone(self):
        audience = self.env["commune.audience"].create({"name": "Maires", "kind": "elected"})
        letter = self.env["mailing.mailing"].create(
            {"subject": "Lettre", "body_html": "<p>…</p>", "audience_ids": audience.ids}
        )
        foreign = letter.with_user(self.user)
        self.assertEqual(foreign.subject, "Lettre")
        for action in (
            foreign.unlink,
            foreign.action_archive,
            lambda: foreign.write({"network_kind": False}),
        ):
            with self.assertRaises(AccessError):
                action()
        with self.assertRaisesRegex(UserError, "follows an audience"):
            audience.mailing_list_id.with_user(self.user).unlink()
        officer = self._make_user("officer_of_letters", "commune_relations.group_officer")
        letter.with_user(officer).unlink()
        self.assertFalse(letter.exists())

    def test_who_sends_to_others_refuses_nothing_for_a_mayor(self):
        person = self.env["res.partner"].create({"name": "Anne", "email": "anne@mairie.example"})
        audience = self.env["commune.audience"].create(
            {"name": "Choisis", "kind": "elected", "included_ids": person.ids}
        )
        foreign = audience.mailing_list_id.with_user(self.user)
        line = foreign.subscription_ids.filtered(lambda one: one.contact_id.partner_id == person)
        self.assertEqual(line.contact_id.email, "anne@mairie.example")
        for action in (
            lambda: line.write({"opt_out": True}),
            line.unlink,
            line.contact_id.unlink,
            lambda: foreign.write({"name": "Autre"}),
            lambda: foreign.write({"contact_ids": [Command.clear()]}),
            foreign.action_archive,
        ):
            with self.assertRaises(AccessError):
                action()
        self.assertFalse(person.contact_preference_ids)
        own = self.list.with_user(self.user)
        own.contact_ids = [Command.create({"name": "Client", "email": "client@client.example"})]
        own.subscription_ids.filtered("contact_id.email")[:1].opt_out = True
        own.contact_ids.unlink()
        self.assertFalse(own.contact_ids)

    def test_a_person_in_a_third_party_list_keeps_an_address(self):
        person = self.env["res.partner"].create({"name": "Client", "email": "cl@client.example"})
        contact = self.env["mailing.contact"].create(
            {"partner_id": person.id, "list_ids": [Command.set(self.list.ids)]}
        )
        with self.assertRaisesRegex(UserError, "mailing contact"):
            person.email = False
        contact.partner_id.unlink()
        self.assertTrue(contact.exists())


@tagged("post_install", "-at_install")
class TestThirdPartyWork(GuestCase):
    """Forms as those persons see them, all fields read, a copy made."""

    def _read_managed(self, record):
        """As a program that reads all that is kept: what is closed to the person is left out."""
        kept = [field for field in record._fields.values() if field.store and not field.compute]
        managed = [field for field in kept if MODULE in field._modules]
        names = [field.name for field in managed if record._has_field_access(field, "read")]
        self.assertEqual(len(record.read(["id", *names])), 1)

    def _work(self, user, model, values, view=None):
        form = Form(self.env[model].with_user(user), view=view)
        for name, value in values.items():
            setattr(form, name, value)
        record = form.save()
        self._read_managed(record)
        with Form(record.with_user(user), view=view):
            pass
        return record

    def test_an_hr_officer(self):
        user = self._make_user("hr_of_guest", "hr.group_hr_user")
        employee = self._work(user, "hr.employee", {"name": "Jean Client"})
        employee.write({"work_phone": "01 02 03 04 05", "job_title": "Vendeur"})
        employee.action_archive()
        self.assertFalse(employee.active)

    def test_an_event_manager(self):
        user = self._make_user("event_of_guest", "event.group_event_manager")
        values = {"name": "Salon", "date_begin": "2030-01-01 08:00:00"}
        event = self._work(user, "event.event", {**values, "date_end": "2030-01-01 18:00:00"})
        registration = self._work(
            user, "event.registration", {"event_id": event, "name": "Une cliente"}
        )
        registration.action_set_done()
        registration.action_cancel()
        self.assertEqual(event.copy().name, "Salon (copy)")
        event.action_set_done()

    def test_a_survey_user(self):
        user = self._make_user("survey_of_guest", "survey.group_survey_user")
        survey = self._work(user, "survey.survey", {"title": "Satisfaction"})
        self.assertTrue(survey.copy().access_token)
        survey.action_archive()
        self.assertFalse(survey.active)

    def test_a_calendar_user(self):
        user = self._make_user("calendar_of_guest")
        other = self._make_user("other_of_guest")
        meeting = self._work(
            user,
            "calendar.event",
            {"name": "Point", "start": "2030-01-01 08:00:00", "stop": "2030-01-01 09:00:00"},
        )
        meeting.partner_ids = [Command.link(other.partner_id.id)]
        self.assertIn(other.partner_id, meeting.attendee_ids.partner_id)
        meeting.unlink()

    def test_a_user_of_agreements(self):
        user = self._make_user("agreement_of_guest", "agreement.group_agreement_user")
        menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
        self.assertIn(self.env.ref("agreement.agreement_menu_root").id, menus)
        other = self.env["res.partner"].create({"name": "Bailleur"})
        values = {"name": "Bail", "code": "B-1", "partner_id": other}
        agreement = self._work(user, "agreement", values)
        self.assertEqual(agreement.copy().name, "Bail")

    def test_a_colleague_reads_a_contact(self):
        user = self._make_user("colleague_of_guest")
        contact = self.env["res.partner"].create({"name": "Client"}).with_user(user)
        self._read_managed(contact)


@tagged("post_install", "-at_install")
class TestThirdPartyCustomer(HttpCase):
    def setUp(self):
        super().setUp()
        self.user = new_test_user(
            self.env, login="customer", groups="base.group_portal", password=PASSWORD
        )
        self.user.partner_id.write({"name": "Client", "email": "client@shop.example"})

    def _submit(self, **values):
        token = self.url_open("/my/account").text.split('csrf_token: "')[1].split('"')[0]
        country = self.env.ref("base.fr").id
        return self.url_open(
            "/my/address/submit",
            data={
                "csrf_token": token,
                "name": "Client Nouveau",
                "email": "client@shop.example",
                "phone": "0102030405",
                "street": "1, rue Neuve",
                "city": "Lyon",
                "zip": "69001",
                "country_id": country,
                "address_type": "billing",
                **values,
            },
        )

    def test_a_customer_changes_the_name_and_the_address(self):
        self.authenticate("customer", PASSWORD)
        answer = self._submit(partner_id=self.user.partner_id.id)
        self.assertEqual(answer.json(), {"redirectUrl": "/my/addresses"})
        self.assertEqual(self.user.partner_id.street, "1, rue Neuve")
        self.assertEqual(self.user.partner_id.name, "Client Nouveau")

    def test_a_customer_has_a_book_of_addresses(self):
        self.authenticate("customer", PASSWORD)
        self.assertTrue(self.url_open("/my/addresses").url.endswith("/my/addresses"))
        answer = self._submit(name="Livraison", address_type="delivery")
        self.assertIn("redirectUrl", json.loads(answer.text))
        self.assertEqual(self.user.partner_id.child_ids.mapped("name"), ["Livraison"])

    def test_a_customer_does_not_take_the_address_of_a_town_hall(self):
        self.env["res.partner"].create(
            {
                "name": "Aubrive",
                "is_commune": True,
                "is_company": True,
                "insee_code": "57999",
                "email": "mairie@aubrive.example",
            }
        )
        self.authenticate("customer", PASSWORD)
        answer = self._submit(partner_id=self.user.partner_id.id, email="mairie@aubrive.example")
        self.assertIn("email", answer.json()["invalid_fields"])
        self.assertEqual(self.user.partner_id.email, "client@shop.example")

    def test_the_home_of_a_customer_says_nothing_of_communes(self):
        self.authenticate("customer", PASSWORD)
        page = self.url_open("/my")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("commune", page.text.split("<main>")[1].split("</main>")[0].lower())


@tagged("post_install", "-at_install")
class TestThirdPartyRefusal(GuestCase):
    def test_a_refusal_leaves_nothing_to_read(self):
        """Records read as superuser for an error message stay within the person's access."""
        other = self.env["res.company"].create({"name": "Autre société"})
        hidden = self.env["res.partner"].create(
            {"name": "Client", "email": "client@shop.example", "company_id": other.id}
        )
        colleague = self._make_user("voisin")
        self.env.invalidate_all()
        seen = hidden.with_user(colleague)
        named = []
        for name in ("name", "email", "is_company"):
            with suppress(AccessError):  # `assertRaises` would empty what stays
                named.append(seen[name])
        self.assertEqual(named, [])


@tagged("post_install", "-at_install")
class TestWithAWebSite(HttpCase):
    def test_the_header_is_named_before_a_web_site_takes_it_away(self):
        """`website.layout` puts its own header in place of that of the portal: a view that names
        the latter afterwards stops the installation (bin/peers event)."""
        managed = self.env.ref(f"{MODULE}.frontend_layout_inherit_brand")
        of_a_site = self.env["ir.ui.view"].default_get(["priority"])["priority"]
        self.assertLess(managed.priority, of_a_site)

    def test_an_address_that_we_refuse_is_not_looked_for_among_its_pages(self):
        """A site reads the language of the request, which an address without page has not."""
        with patch.object(
            IrHttp, "_serve_fallback", classmethod(lambda _cls: request.lang and None)
        ):
            for path in (f"/my/calendar/{'a' * 3000}.ics", "/my?page=%00", "/nowhere"):
                with self.subTest(path=path[:20]):
                    self.assertEqual(self.url_open(path).status_code, 404)
