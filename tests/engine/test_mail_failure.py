"""Whose fault it is that a message did not leave, and when it is tried again."""

import smtplib
import unittest
from datetime import UTC, datetime, timedelta

from engine.mail import classify, next_try


def describe(error):
    """The text that Odoo keeps of an exception while sending."""
    return (
        "Mail Delivery Failed\nMail delivery failed via SMTP server 'None'.\n"
        f"{type(error).__name__}: {error}"
    )


def refused(code, text, address="Anne.Aubry@mel.example"):
    return describe(smtplib.SMTPRecipientsRefused({address: (code, text.encode())}))


class TestFailure(unittest.TestCase):
    def test_only_a_refusal_of_that_recipient_is_final(self):
        for code, text in (
            (550, "5.1.1 <anne.aubry@mel.example>: User unknown in virtual mailbox table"),
            (550, "No such user here"),
            (552, "5.2.2 Mailbox full"),
            (553, "5.1.3 Invalid address format"),
            (550, "Boîte inconnue, l'adresse n'existe pas"),
        ):
            with self.subTest(text=text):
                failure = classify(refused(code, text), "unknown")
                self.assertEqual(failure.kind, "address")
                self.assertEqual(failure.addresses, ("anne.aubry@mel.example",))
                self.assertTrue(failure.is_final)

    def test_a_server_that_asks_to_come_back_says_nothing_of_the_address(self):
        for text in (
            refused(451, "4.7.1 Greylisting in action, please come back later"),
            refused(450, "4.2.0 Recipient address rejected: Greylisted"),
            refused(421, "Too many connections"),
            describe(smtplib.SMTPDataError(452, b"4.3.1 Insufficient system storage")),
            describe(smtplib.SMTPSenderRefused(451, b"4.3.0 try again", "x@y.fr")),
        ):
            with self.subTest(text=text):
                failure = classify(text, "unknown")
                self.assertEqual((failure.kind, failure.is_final), ("later", False))

    def test_a_server_that_refuses_us_says_nothing_of_the_address(self):
        for text in (
            refused(550, "5.7.1 Relaying denied"),
            refused(554, "Relay access denied"),
            refused(550, "5.7.1 Client host [192.0.2.1] blocked using zen.example"),
            refused(530, "5.7.0 Authentication required"),
            describe(smtplib.SMTPSenderRefused(550, b"5.7.60 not your address", "x@y.fr")),
            describe(smtplib.SMTPSenderRefused(553, b"Sender address rejected", "x@y.fr")),
        ):
            with self.subTest(text=text):
                failure = classify(text, "unknown")
                self.assertEqual((failure.kind, failure.is_final), ("relay", False))
        at_connection = classify(
            str(smtplib.SMTPAuthenticationError(535, b"5.7.8 no")), "mail_smtp"
        )
        self.assertEqual(at_connection.kind, "relay")
        self.assertEqual(classify("No valid from", "mail_from_invalid").kind, "relay")

    def test_the_codes_of_our_own_dialogue_prove_nothing_of_the_address(self):
        """Syntax and order (500 to 504), password (530, 534, 535, 538): whatever the words."""
        for code, kind in (
            *((code, "relay") for code in (500, 501, 504, 530, 534, 535, 538)),
            *((code, "address") for code in (505, 533, 550)),
            (499, "later"),
        ):
            with self.subTest(code=code):
                self.assertEqual(classify(refused(code, "Refus")).kind, kind)
        for code, kind in ((500, "relay"), (504, "relay"), (505, "content"), (499, "later")):
            with self.subTest(data=code):
                error = smtplib.SMTPDataError(code, b"Refus")
                self.assertEqual(classify(describe(error)).kind, kind)

    def test_the_policy_of_a_server_is_in_its_code_or_in_its_words(self):
        """x.7.x (RFC 3463) is about who sends, x.1.7 is not."""
        for text, kind in (("5.7.1 Refus", "relay"), ("5.1.7 Refus", "address")):
            with self.subTest(text=text):
                self.assertEqual(classify(refused(550, text)).kind, kind)
        spam = smtplib.SMTPDataError(554, b"looks like spam")
        self.assertEqual(classify(describe(spam)).kind, "relay")
        at_connection = "SMTPDataError: (554, b'Refus')"
        self.assertEqual(classify(at_connection, "mail_smtp").kind, "relay")

    def test_a_reply_without_its_exception(self):
        for text, kind in (
            ("450 4.3.0 Plus tard", "later"),
            ("Erreur : 554-Refus", "relay"),
            ("450 Plus tard\n554 Refus", "relay"),
            ("SMTPDataError: (451, b'no')\nSMTPDataError: (552, b'no')", "content"),
        ):
            with self.subTest(text=text):
                self.assertEqual(classify(text).kind, kind)

    def test_a_server_that_does_not_answer_is_closed(self):
        for text in (
            "[Errno 111] Connection refused",
            "[Errno -2] Name or service not known",
            "timed out",
            "Connection unexpectedly closed",
            "Missing SMTP Server\nPlease define at least one SMTP server",
        ):
            with self.subTest(text=text):
                self.assertEqual(classify(text, "mail_smtp").kind, "closed")
        cut = describe(smtplib.SMTPServerDisconnected("Connection unexpectedly closed: timed out"))
        self.assertEqual(classify(cut, "unknown").kind, "closed")
        for text in ("Connection Refused.\nTraceback", "Unable to connect"):
            self.assertEqual(classify(text, "unknown").kind, "closed")
        self.assertEqual(classify("Value refused here", "unknown").kind, "unknown")

    def test_what_is_refused_of_the_content_is_not_the_address(self):
        text = describe(smtplib.SMTPDataError(552, b"5.3.4 Message size exceeds fixed limit"))
        self.assertEqual(classify(text, "unknown").kind, "content")

    def test_no_address_is_final_and_an_own_error_is_not(self):
        self.assertTrue(classify("", "mail_email_missing").is_final)
        self.assertTrue(classify("", "mail_email_invalid").is_final)
        failure = classify("KeyError: 'nom'", "unknown")
        self.assertEqual((failure.kind, failure.is_final), ("unknown", False))
        self.assertFalse(classify("", "").is_final)

    def test_of_several_recipients_those_refused_for_good_are_named(self):
        error = smtplib.SMTPRecipientsRefused(
            {"a@x.fr": (550, b"5.1.1 unknown"), "b@x.fr": (451, b"4.7.1 later")}
        )
        failure = classify(describe(error), "unknown")
        self.assertEqual((failure.kind, failure.addresses), ("address", ("a@x.fr",)))

    def test_the_delay_grows_and_ends_after_four_days(self):
        first = now = datetime(2026, 12, 1, 8, tzinfo=UTC)
        delays, attempts = [], 0
        while True:
            attempts += 1
            moment = next_try(attempts, first, now)
            if moment is None:
                break
            delays.append((moment - now) / timedelta(minutes=1))
            now = moment
        self.assertEqual(delays[:6], [5, 15, 60, 180, 360, 720])
        self.assertEqual(set(delays[5:]), {720})
        # 10 h 20 for the first five, then seven times twelve hours fit into 96.
        self.assertEqual(len(delays), 5 + 7)
        self.assertLessEqual(now - first, timedelta(days=4))

    def test_the_last_try_is_four_days_after_the_first_failure(self):
        first = datetime(2026, 12, 1, 8, tzinfo=UTC)
        half_a_day_before = first + timedelta(days=3, hours=12)
        self.assertEqual(next_try(6, first, half_a_day_before), first + timedelta(days=4))
        self.assertIsNone(next_try(6, first, half_a_day_before + timedelta(seconds=1)))

    def test_hostile_text_is_read_in_time(self):
        for text in ("(550, b'" * 5_000, "'a@b': (550, b'\\" * 3_000, "{'" * 50_000, "\x00" * 9):
            with self.subTest(text=text[:20]):
                self.assertIn(classify(text, "unknown").kind, ("unknown", "address", "relay"))
