"""A message that a colleague forwards becomes an item; others are ignored, unanswered."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..requests.mail_case import MailCase

BODY = """Pour la veille, merci.
---------- Message transféré ---------
De : Lettre du droit <lettre@droit.example>
Le décret sur les achats : https://www.droit.example/achats?utm_source=lettre
Se désabonner : https://www.droit.example/desabonner
"""


@tagged("post_install", "-at_install")
class TestWatchMail(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Item = cls.env["commune.watch.item"]
        cls.alias = cls.Item._get_alias()
        cls.alias.alias_domain_id = cls.alias_domain
        cls.officer.email = "officier@metropole.example"
        cls.reader.email = "lecture@metropole.example"

    def _forward(self, sender, subject="TR: Lettre du droit : les achats", text=BODY, **headers):
        before = self.Item.search([])
        mails = self.env["mail.mail"].search_count([])
        message = self._mail(sender, subject, text, To=self.alias.alias_full_name, **headers)
        self.gateway.message_process(False, message.as_bytes())
        self.assertEqual(self.env["mail.mail"].search_count([]), mails, "something was answered")
        return self.Item.search([]) - before

    def test_a_colleague_forwards(self):
        item = self._forward("Officier <officier@metropole.example>")
        self.assertEqual(item.name, "Lettre du droit : les achats")
        self.assertEqual(item.link, "https://www.droit.example/achats")
        self.assertEqual((item.state, item.user_id.id), ("to_sort", False))
        self.assertTrue(item.summary.startswith("Pour la veille") and len(item.summary) <= 300)
        self.assertEqual(item.message_ids[:1].author_id, self.officer.partner_id)

    def test_a_page_that_is_known_is_not_noted_twice(self):
        item = self._forward("officier@metropole.example")
        count = len(item.message_ids)
        self.assertFalse(self._forward("officier@metropole.example", "Encore"))
        self.assertEqual(len(item.message_ids), count + 1)

    def test_without_a_link_it_is_an_item_too(self):
        item = self._forward("officier@metropole.example", "Lu hier", "La loi est parue.")
        self.assertEqual((item.name, item.link), ("Lu hier", False))

    def test_others_are_not_authorised_senders(self):
        for sender in (
            "lecture@metropole.example",
            "anne.aubry@mel.example",
            "inconnu@ailleurs.example",
        ):
            self.assertFalse(self._forward(sender), sender)

    def test_the_address_of_a_colleague_in_a_name_does_not_count(self):
        """The relay confirms the domain that really writes; the name is typed by anybody."""
        self.env.company.request_relay = "relais.metropole.example"
        passes = "relais.metropole.example; dmarc=pass header.from=mechant.example"
        for sender in (
            '"officier@metropole.example" <x@mechant.example>',
            "officier@metropole.example <x@mechant.example>",
            "officier@metropole.example, x@mechant.example",
            "<officier@metropole.example> <x@mechant.example>",
        ):
            message = self._mail("q@q.example", "TR", BODY, To=self.alias.alias_full_name)
            message["Authentication-Results"] = passes
            raw = message.as_bytes().replace(b"From: q@q.example", f"From: {sender}".encode())
            before = self.Item.search_count([])
            self.gateway.message_process(False, raw)
            self.assertEqual(self.Item.search_count([]), before, sender)

    def test_a_link_to_our_own_site_is_not_kept(self):
        """It may be the personal link of anyone who forwards their letter."""
        base = "http://maison.example"
        self.env["ir.config_parameter"].set_param("web.base.url", base)
        text = "https://MAISON.example/commune/secret puis https://droit.example/achats"
        item = self._forward("officier@metropole.example", text=text)
        self.assertEqual(item.link, "https://droit.example/achats")

    def test_machines_are_not_authorised_senders(self):
        sender = "officier@metropole.example"
        self.assertFalse(self._forward(sender, "Absence du bureau : TR: Lettre"))
        self.assertFalse(self._forward(sender, Auto_Submitted="auto-replied"))

    def test_a_sender_whom_the_relay_does_not_confirm_is_not_authorised(self):
        self.env.company.request_relay = "relais.metropole.example"
        self.assertFalse(self._forward("officier@metropole.example"))
        passes = "relais.metropole.example; dmarc=pass header.from=metropole.example"
        self.assertTrue(self._forward("officier@metropole.example", Authentication_Results=passes))

    def test_messages_are_handed_in_by_the_mail_server(self):
        with self.assertRaises(AccessError):
            self.Item.with_user(self.officer).message_new({"subject": "Par un programme"})
