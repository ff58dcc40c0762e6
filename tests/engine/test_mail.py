"""Reading mail: addresses, domains, automatic messages, subjects and texts."""

import email
import email.policy
from unittest import TestCase

from lxml.html import fragment_fromstring

from engine import mail
from engine.mail.addresses import LONGEST_HEADER, find_senders
from engine.mail.headers import header
from engine.mail.mail_body import dress


def _message(headers, body="Bonjour"):
    return email.message_from_string(f"{headers}\n\n{body}", policy=email.policy.SMTP)


class TestAddresses(TestCase):
    def test_all_the_addresses_of_a_text_are_found_whatever_separates_them(self):
        self.assertEqual(
            mail.find_addresses("Mairie@X.fr; dgs@x.fr, 'Élodie' <e.l@y-z.fr>. mairie@x.fr"),
            ["mairie@x.fr", "dgs@x.fr", "e.l@y-z.fr"],
        )
        self.assertEqual(mail.find_addresses("personne"), [])
        self.assertEqual(mail.find_addresses(None), [])

    def test_a_sender_is_alone_however_the_others_are_written(self):
        alone, both = ["a@x.fr"], {"a@x.fr", "b@y.fr"}
        for written in (
            "a@x.fr",
            "Anne <a@x.fr>",
            '"b@y.fr, Anne" <a@x.fr>',
            "a@x.fr (b@y.fr)",
            "a@x.fr (dite (Anne) b@y.fr)",
            "=?utf-8?q?b=40y.fr?= <a@x.fr>",
            "=?utf-8?q?Mairie_=28Anne?= <a@x.fr>",
        ):
            with self.subTest(written):
                message = _message(f"From: {written}")
                self.assertEqual(mail.senders_of(message), alone)
                self.assertEqual(mail.sender_of(message), "a@x.fr")
        for written in (
            "Anne <a@x.fr>, b@y.fr",
            "b@y.fr <a@x.fr>",  # Odoo reads the name
            "b@y.fr, Anne <a@x.fr>",
            "Anne <a@x.fr> b@y.fr",
            "a@x.fr; Anne <b@y.fr>",
            "=?utf-8?q?a=40x.fr,_?= b@y.fr",
            "=?utf-8?b?ImFAeC5mciwgIg==?= b@y.fr",
            'a@x.fr " <b@y.fr>',
            "a@x.fr ( <b@y.fr>",
        ):
            with self.subTest(written):
                message = _message(f"From: {written}")
                self.assertLessEqual(both, set(mail.senders_of(message)))
                self.assertEqual(mail.sender_of(message), "")
        self.assertEqual(find_senders("a@x.fr; Anne <b@y.fr>"), ["a@x.fr", "b@y.fr"])
        twice = _message("From: a@x.fr\nFrom: a@x.fr")
        self.assertEqual(mail.sender_of(twice), "")
        quoted = _message('From: "a@x.fr"@y.fr')
        self.assertGreater(len(mail.senders_of(quoted)), 1)

    def test_an_address_of_an_example_is_no_contact(self):
        for address in ("odoobot@example.com", "a@x.example", "a@b.invalid", "a@localhost", "a"):
            self.assertFalse(mail.is_real(address), address)
        for address in ("a@metz.fr", "a@example-ville.fr"):
            self.assertTrue(mail.is_real(address), address)

    def test_the_server_that_refuses_is_quoted_in_its_own_words(self):
        for reason, text in [
            (
                "Échec d’envoi\nMail delivery failed via SMTP server 'None'.\n"
                "SMTPRecipientsRefused: {'x@y.fr': (550, b'5.1.1 <x@y.fr>: user unknown')}",
                "<x@y.fr>: user unknown",
            ),
            (
                "SMTPSenderRefused: (553, b\"5.7.1 It's refused.\\n5.7.1 Write to us.\", 'a@b.fr')",
                "It's refused. Write to us.",
            ),
            ("Échec\nConnectionRefusedError: [Errno 111] Connection refused", "Connection refused"),
            ("L’adresse n’est pas valable.", "L’adresse n’est pas valable."),
            ("None", ""),
            (None, ""),
            (False, ""),
        ]:
            with self.subTest(reason=reason):
                self.assertEqual(mail.last_words(reason), text)

    def test_a_website_gives_its_host(self):
        for website, host in [
            ("https://www.aubrive.example/contact", "aubrive.example"),
            ("aubrive.example", "aubrive.example"),
            ("HTTP://Aubrive.example:8080", "aubrive.example"),
            ("en construction", ""),
            ("http://[", ""),
            (False, ""),
        ]:
            self.assertEqual(mail.host_of(website), host)

    def test_a_public_provider_reveals_no_commune(self):
        self.assertTrue(mail.is_public("wanadoo.fr"))
        self.assertTrue(mail.is_public("mairie.aubrive.wixsite.com"))
        self.assertFalse(mail.is_public("aubrive.example"))
        self.assertTrue(mail.is_public("regie.example", "autre.example, regie.example"))

    def test_domains_above_never_reach_the_last_label(self):
        self.assertEqual(mail.parents_of("a.b.fr"), ["a.b.fr", "b.fr"])
        self.assertEqual(mail.parents_of("fr"), [])


class TestAutomatic(TestCase):
    def test_machines_are_recognised(self):
        for headers in (
            "Auto-Submitted: auto-replied",
            "Auto-Submitted: auto-generated; owner=x",
            "Precedence: bulk",
            "Precedence: auto_reply",
            "X-Autoreply: yes",
            "Return-Path: <>",
            "From: MAILER-DAEMON@aubrive.example",
            "Subject: Réponse automatique : Trou dans la chaussée",
            "Subject: Out of office",
            "Subject: Automatisch antwoord: Wegenwerken",
            "Subject: Abwesenheitsnotiz: Rathaus",
            "Subject: Absence du bureau",
        ):
            with self.subTest(headers):
                self.assertTrue(mail.is_automatic(_message(headers)))

    def test_persons_are_not_machines(self):
        for headers in (
            "Subject: Absence du bureau de vote",
            "Subject: Automobile en stationnement gênant",
            "Auto-Submitted: no",
            "Precedence: normal",
            "From: mairie@aubrive.example",
        ):
            with self.subTest(headers):
                self.assertFalse(mail.is_automatic(_message(headers)))

    def test_only_a_failure_is_a_failure(self):
        report = (
            "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
            "--x\nContent-Type: text/plain\n\nSorry\n--x\nContent-Type: message/delivery-status"
            "\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@b.fr\nAction: {}\n\n--x--",
        )
        for action, failed in [("failed", True), ("delayed", False), ("delivered", False)]:
            with self.subTest(action):
                found = mail.is_delivery_failure(_message(report[0], report[1].format(action)))
                self.assertEqual(found, failed)

    def test_a_receipt_of_reading_is_no_failure(self):
        receipt = _message(
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
            "--x\nContent-Type: text/plain\n\nLu\n--x--",
        )
        self.assertFalse(mail.is_delivery_failure(receipt))


class TestSubject(TestCase):
    def test_marks_of_answers_and_forwards_go(self):
        for subject, title in [
            ("RE: TR : Re[2]: Nid-de-poule", "Nid-de-poule"),
            ("Rép. : Fwd:Nid  de poule ", "Nid de poule"),
            ("Réfection : rue de la Gare", "Réfection : rue de la Gare"),
            ("Travaux", "Travaux"),
            (None, ""),
        ]:
            self.assertEqual(mail.clean_title(subject), title)
        self.assertEqual(mail.clean_title("Re: [D2026-0012] Trou", "D2026-0012"), "Trou")

    def test_a_header_that_cannot_be_decoded_is_kept_as_it_came(self):
        """An encoding that does not exist, bytes that are not of it, letters that are no code."""
        for raw in ("=?x-zz?q?a=E9?=", "=?utf-8?q?a=E9?=", "=?utf-8?b?a?="):
            with self.subTest(raw):
                found = email.message_from_string(f"Subject: {raw}\n\nBonjour")
                self.assertEqual(header(found, "Subject"), raw)

    def test_a_long_subject_is_cut_at_a_word(self):
        title = mail.clean_title("voirie " * 40)
        self.assertLess(len(title), 125)
        self.assertTrue(title.endswith("voirie…"))

    def test_numbers_are_found_with_or_without_brackets(self):
        self.assertEqual(mail.find_numbers("RE: [D2026-0012] Trou"), ["D2026-0012"])
        self.assertEqual(mail.find_numbers("votre demande d2026-0012"), ["D2026-0012"])
        self.assertEqual(mail.find_numbers("Budget 2026"), [])


class TestText(TestCase):
    def test_signature_and_quotations_are_left_out(self):
        text = "Un trou.\n\nLe 3 mars 2026 à 10:00, Accueil <a@b.fr> a écrit :\n> ancien"
        self.assertEqual(mail.own_words(text), "Un trou.")
        self.assertEqual(mail.own_words("Un trou.\n-- \nMairie d’Aubrive"), "Un trou.")
        self.assertEqual(
            mail.own_words("Le maire a écrit au préfet."), "Le maire a écrit au préfet."
        )

    def test_the_first_sender_of_a_forwarded_message_is_found(self):
        text = "Pour suite.\n\nDe : Anne Aubry <mairie@aubrive.example>\nEnvoyé : lundi"
        self.assertEqual(mail.find_forwarded(text), ("Anne Aubry", "mairie@aubrive.example"))
        self.assertEqual(mail.find_forwarded("De : nous à vous"), ("", ""))

    def test_a_name_inside_a_longer_one_does_not_count(self):
        names = ["Metz", "Saint-Julien-lès-Metz", "Vaux"]
        self.assertEqual(
            mail.names_in("la mairie de ST. Saint Julien les Metz", names),
            ["Saint-Julien-lès-Metz"],
        )
        self.assertEqual(mail.names_in("Commune de VAUX : voirie", names), ["Vaux"])
        self.assertEqual(mail.names_in("vauxois", names), [])


class TestAddressesOfALongHeader(TestCase):
    def test_an_address_that_the_limit_may_have_cut_is_left_out(self):
        """One that ends exactly at the limit was read whole."""
        address = "a@aubrive.example"
        fill = " " * (LONGEST_HEADER - len(address))
        self.assertEqual(mail.find_addresses(fill + address), [address])
        self.assertEqual(mail.find_addresses(fill + address + "s"), [])


class TestDress(TestCase):
    def _find(self, body, path):
        return fragment_fromstring(dress(body, "#1d3c6a").body).xpath(path)

    def test_the_first_of_three_answers_is_the_button_and_the_others_are_separate(self):
        link = '<a href="/%s" style="display: inline-block; color: red;">%s</a>'
        three = "".join(link % (word, word) for word in ("oui", "peut-être", "non"))
        body = f"<p>Bonjour,</p><p>{three}</p>"
        [button] = self._find(body, "//a[@class='c-button']")
        self.assertEqual(button.text, "oui")
        others = self._find(body, "//a[contains(@style, 'margin-right')]")
        self.assertEqual([one.text for one in others], ["peut-être", "non"])

    def test_a_link_in_a_text_takes_the_colour_of_the_organisation_unless_it_has_its_own(self):
        body = '<p><a href="/a">Ici</a> <a href="/b" style="color: red;">Là</a></p>'
        [own_record, own] = self._find(body, "//a")
        self.assertIn("#1d3c6a", own_record.get("style"))
        self.assertEqual(own.get("style"), "color: red;")

    def test_headings_beside_their_values_are_marked_for_narrow_screens(self):
        """The first row sets the widths for all."""
        first = '<tr><td style="padding: 4px; width: 110px;">Quand</td><td>Lundi</td></tr>'
        more = '<tr><td style="padding: 4px;">Où</td><td>Metz</td></tr><tr><td>Venez.</td></tr>'
        labels = self._find(f"<table>{first}{more}</table>", "//td[@class='c-label']")
        self.assertEqual([one.text for one in labels], ["Quand", "Où"])
        self.assertEqual(self._find(f"<table>{more}</table>", "//td[@class='c-label']"), [])
