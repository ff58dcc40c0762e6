"""Whose fault it is that a message did not leave, and when it is tried again."""

import smtplib
import unittest
from datetime import UTC, datetime, timedelta

from engine.mail import classify, next_try


def told(error):
    """The text that Odoo keeps of an exception while sending."""
    return (
        "Mail Delivery Failed\nMail delivery failed via SMTP server 'None'.\n"
        f"{type(error).__name__}: {error}"
    )


def refused(code, said, address="Anne.Aubry@mel.example"):
    return told(smtplib.SMTPRecipientsRefused({address: (code, said.encode())}))


class TestFailure(unittest.TestCase):
    def test_only_a_refusal_of_that_recipient_is_final(self):
        for code, said in (
            (550, "5.1.1 <anne.aubry@mel.example>: User unknown in virtual mailbox table"),
            (550, "No such user here"),
            (552, "5.2.2 Mailbox full"),
            (553, "5.1.3 Invalid address format"),
            (550, "Boîte inconnue, l'adresse n'existe pas"),
        ):
            with self.subTest(said=said):
                failure = classify(refused(code, said), "unknown")
                self.assertEqual(failure.kind, "address")
                self.assertEqual(failure.addresses, ("anne.aubry@mel.example",))
                self.assertTrue(failure.is_final)

    def test_a_server_that_asks_to_come_back_says_nothing_of_the_address(self):
        for text in (
            refused(451, "4.7.1 Greylisting in action, please come back later"),
            refused(450, "4.2.0 Recipient address rejected: Greylisted"),
            refused(421, "Too many connections"),
            told(smtplib.SMTPDataError(452, b"4.3.1 Insufficient system storage")),
            told(smtplib.SMTPSenderRefused(451, b"4.3.0 try again", "x@y.fr")),
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
            told(smtplib.SMTPSenderRefused(550, b"5.7.60 not your address", "x@y.fr")),
            told(smtplib.SMTPSenderRefused(553, b"Sender address rejected", "x@y.fr")),
        ):
            with self.subTest(text=text):
                failure = classify(text, "unknown")
                self.assertEqual((failure.kind, failure.is_final), ("relay", False))
        at_door = classify(str(smtplib.SMTPAuthenticationError(535, b"5.7.8 no")), "mail_smtp")
        self.assertEqual(at_door.kind, "relay")
        self.assertEqual(classify("No valid from", "mail_from_invalid").kind, "relay")

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
        cut = told(smtplib.SMTPServerDisconnected("Connection unexpectedly closed: timed out"))
        self.assertEqual(classify(cut, "unknown").kind, "closed")

    def test_what_is_refused_of_the_content_is_not_the_address(self):
        text = told(smtplib.SMTPDataError(552, b"5.3.4 Message size exceeds fixed limit"))
        self.assertEqual(classify(text, "unknown").kind, "content")

    def test_no_address_is_final_and_an_error_of_ours_is_not(self):
        self.assertTrue(classify("", "mail_email_missing").is_final)
        self.assertTrue(classify("", "mail_email_invalid").is_final)
        failure = classify("KeyError: 'nom'", "unknown")
        self.assertEqual((failure.kind, failure.is_final), ("unknown", False))
        self.assertFalse(classify("", "").is_final)

    def test_of_several_recipients_those_refused_for_good_are_named(self):
        error = smtplib.SMTPRecipientsRefused(
            {"a@x.fr": (550, b"5.1.1 unknown"), "b@x.fr": (451, b"4.7.1 later")}
        )
        failure = classify(told(error), "unknown")
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

    def test_hostile_text_is_read_in_time(self):
        for text in ("(550, b'" * 5_000, "'a@b': (550, b'\\" * 3_000, "{'" * 50_000, "\x00" * 9):
            with self.subTest(text=text[:20]):
                self.assertIn(classify(text, "unknown").kind, ("unknown", "address", "relay"))
