"""Links, clicks, traces and trials of letters to communes: a user of other mailings, who may not
change these letters, changes nothing of what they did either."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .test_mailing import QuietCase

SITE = "https://www.metropole.example/infos"


@tagged("post_install", "-at_install")
class TestLetterLinks(QuietCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = new_test_user(
            cls.env, "test_mailer", groups="base.group_user,mass_mailing.group_mass_mailing_user"
        )

    def setUp(self):
        super().setUp()
        body = f'<p>Bonjour, <a href="{SITE}">lisez</a></p>'
        self.letter = self._send(self._letter(body_html=body, body_arch=body))
        [self.link] = self.env["link.tracker"].search([("mass_mailing_id", "=", self.letter.id)])
        self.click = self.env["link.tracker.click"].create({"link_id": self.link.id})

    def test_where_a_letter_leads_and_whom_it_reached_is_not_changed(self):
        trace = self._traces(self.letter)[:1]
        for record, values in (
            (self.link, {"url": "https://intruder.example/"}),
            (trace, {"trace_status": "error"}),
        ):
            with self.subTest(model=record._name):
                for act in (lambda one: one.write(values), lambda one: one.unlink()):  # noqa: B023
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        act(record.with_user(self.stranger))
        self.link.with_user(self.officer).check_access("write")
        self.assertFalse(trace.with_user(self.officer).has_access("write"))
        self.assertEqual(self.link.url, SITE)

    def test_who_has_no_role_does_not_read_the_links_of_a_letter(self):
        links = self.env["link.tracker"].with_user(self.employee)
        other = links.sudo().create({"url": "https://shop.example/", "title": "Boutique"})
        self.assertEqual(links.search([("id", "in", [self.link.id, other.id])]).ids, other.ids)
        clicks = self.env["link.tracker.click"].with_user(self.employee)
        self.assertFalse(clicks.search([("link_id", "=", self.link.id)]))
        self.assertTrue(self.link.with_user(self.reader).url)
        sources = self.env["utm.source"].with_user(self.employee)
        shop = sources.sudo().create({"name": "Boutique"})
        named = self.letter.source_id | shop
        self.assertEqual(sources.search([("id", "in", named.ids)]), shop)
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.letter.source_id.with_user(self.stranger).name = "Autre"

    def test_a_letter_is_tried_by_those_who_may_change_it(self):
        draft = self._letter()
        tests = self.env["mailing.mailing.test"]
        values = {"mass_mailing_id": draft.id, "email_to": "moi@shop.example"}
        tests.with_user(self.officer).create(values).send_mail_test()
        before = self.env["mail.mail"].sudo().search_count([])
        with self.assertRaises(AccessError):
            tests.with_user(self.stranger).create(values).send_mail_test()
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), before)
