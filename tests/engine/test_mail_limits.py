"""Whatever a stranger writes, reading it takes a time in proportion and never fails."""

import email
import email.policy
import re
from email.message import EmailMessage
from unittest import TestCase
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from pattern_cases import is_linear, patterns_of
from property_cases import often

from engine import mail
from engine.mail import addresses, authentication, automatic, headers, subject, text
from engine.orientation import spelling
from engine.redaction import Names, ambiguous_names, find_remaining, patterns, redact
from engine.replacement_csv import events, flexibility

READERS = (addresses, authentication, automatic, headers, subject, text, patterns, ambiguous_names)
# Pieces of mails that patterns begin to recognise, and never end.
PIECES = (
    *("a@", "@", "a.", ".fr", "a@b.c", "Re:", "[", "D2026-", "2026-0012 ", "De :", "> ", "\n"),
    *(
        "\r\n",
        " ",
        "\t",
        "le ",
        "a écrit :",
        "--",
        "_",
        "=?utf-8?q?",
        "?=",
        "é",
        "\u0300",
        "(",
        ")",
    ),
    *(
        '"',
        "\\",
        ";",
        "=",
        "spf=fail ",
        "dmarc=",
        "dkim=pass ",
        "/",
        "\x00",
        "\ud800",
        "😀",
        "<",
        ">",
    ),
    *("Mme ", "rue ", "12 ", "parcelle ", "section A ", ", ", "06 12 ", "d'", "Ab"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60).map("".join)
fuzz = often(150)
NAMES = Names(communes=("Aubrive",), persons=(("Anne", "AUBRY"),))


class Counted(str):
    """A text that remembers how much of it was asked for."""

    def __new__(cls, value):
        made = super().__new__(cls, value)
        made.longest = 0
        return made

    def __getitem__(self, key):
        found = super().__getitem__(key)
        self.longest = max(self.longest, len(found))
        return found


class TestPatterns(TestCase):
    """The shape of the patterns, instead of the time that they take on one machine."""

    def test_every_pattern_reads_a_text_in_one_pass(self):
        found = [pair for module in READERS for pair in patterns_of(module)]
        self.assertGreater(len(found), 15)
        for name, pattern in found:
            with self.subTest(name):
                self.assertTrue(is_linear(pattern), pattern.pattern)

    def test_a_pattern_that_is_not_linear_is_known(self):
        for shape in (
            r"[\w.]+@[\w-]+(?:\.[\w-]+)+",
            r"^\s*(a|b)",
            r"(?:a+)+b",
            r".*x.*y",
            r"(a|b)*",
        ):
            with self.subTest(shape):
                self.assertFalse(is_linear(re.compile(shape)))
        for shape in (r"\w+", r"[a-z0-9]+", r"[\w.]{1,64}@\w{1,63}", "é"):
            with self.subTest(shape):
                self.assertTrue(is_linear(re.compile(shape)))

    def test_what_a_request_shows_of_its_events_is_read_in_one_pass(self):
        for name, pattern in (*patterns_of(events), *patterns_of(flexibility)):
            with self.subTest(name):
                self.assertTrue(is_linear(pattern), pattern.pattern)

    def test_one_way_alone_to_read_a_mute_ending(self):
        # “ent” as e, n, t or as one: 2 ways for each made 2 to the power of their number.
        self.assertNotIn("e?nt", spelling._SOUNDS[-1][0].pattern)
        for word, sound in (("parlent", "parl"), ("grands", "gran"), ("regiment", "rejim")):
            self.assertTrue(spelling.sound(word).startswith(sound[:4]))


class TestBounds(TestCase):
    """A text is cut before the first pattern: 1 MB costs no more than the bound."""

    def test_only_the_beginning_of_a_text_is_looked_at(self):
        readers = [
            (mail.find_addresses, addresses.LONGEST_HEADER),
            (mail.host_of, addresses.LONGEST_HEADER),
            (mail.fold, addresses._LONGEST_WORDS),
            (mail.clean_title, subject.LONGEST_SUBJECT),
            (mail.find_numbers, subject.LONGEST_SUBJECT),
            (mail.own_words, text.LONGEST_TEXT),
            (mail.find_forwarded, text.LONGEST_TEXT),
        ]
        for reader, bound in readers:
            given_text = Counted("a b" * 300_000)
            with self.subTest(reader.__name__):
                reader(given_text)
                self.assertEqual(given_text.longest, bound)

    def test_headers_are_cut_before_they_are_decoded(self):
        message = EmailMessage(policy=email.policy.SMTP)
        message["Subject"] = "auto" + "a" * 1_000_000
        with patch.object(headers, "decode_header", wraps=headers.decode_header) as decode:
            self.assertFalse(mail.is_automatic(message))
        self.assertTrue(decode.called)
        self.assertLessEqual(
            max(len(call[0][0]) for call in decode.call_args_list), headers.LONGEST
        )

    def test_prefixes_without_end_are_taken_off(self):
        with patch.object(subject, "_PREFIX", wraps=subject._PREFIX) as prefix:
            self.assertEqual(mail.clean_title("Re: " * 500_000 + "Trou"), "")
            self.assertLessEqual(prefix.match.call_count, subject.LONGEST_SUBJECT)
        self.assertEqual(mail.clean_title("Re: " * 50 + "Trou"), "Trou")

    def test_a_domain_without_end_has_few_parents(self):
        self.assertEqual(mail.parents_of("a." * 100_000 + "fr"), [])
        self.assertEqual(len(mail.parents_of("a." * 100 + "mairie.fr")), 6)
        self.assertTrue(mail.is_public("a.b.c.d.e.f.g.h.wixsite.com"))

    def test_addresses_longer_than_the_standard_are_none(self):
        self.assertEqual(mail.find_addresses("a" * 65 + "@x.fr"), [])
        self.assertEqual(mail.find_addresses("a" * 64 + "@x.fr"), ["a" * 64 + "@x.fr"])
        self.assertEqual(mail.find_addresses("a@x.fr" + ".fr" * 20), [])
        self.assertEqual(mail.find_addresses("a" * 10_000), [])

    def test_an_address_that_the_cut_would_change_is_left_out(self):
        before = "x@y.fr " + " " * (addresses.LONGEST_HEADER - 7 - len("maire@a.fr"))
        self.assertEqual(mail.find_addresses(f"{before}maire@a.fr.example"), ["x@y.fr"])

    def test_the_name_of_a_forwarded_sender_may_be_below(self):
        self.assertEqual(mail.find_forwarded("De :\nAnne <a@b.fr>"), ("Anne", "a@b.fr"))
        self.assertEqual(mail.find_forwarded("\n" * 200_000 + "De : <a@b.fr>"), ("", ""))

    def test_names_are_taken_out_of_a_text_full_of_addresses(self):
        result = redact("a@b.fr, " * 3_000, NAMES)
        self.assertEqual(len(result.replacements), 3_000)
        self.assertNotIn("@", result.text)
        self.assertNotIn("@", redact("a" * 300 + "@b.fr", NAMES).text)


class TestFuzz(TestCase):
    """No text makes a reader fail, and none gives back more than it received."""

    @fuzz
    @given(texts)
    def test_texts(self, given_text):
        for found in mail.find_addresses(given_text):
            self.assertIn("@", found)
            self.assertLessEqual(len(found), 64 + 1 + 64 * 11)
            self.assertLessEqual(len(mail.parents_of(mail.domain_of(found))), 6)
        self.assertLessEqual(len(mail.own_words(given_text)), 600)
        self.assertLessEqual(len(mail.clean_title(given_text, "D2026-1")), subject.LONGEST + 1)
        self.assertLessEqual(sum(map(len, mail.find_numbers(given_text))), len(given_text) * 2)
        self.assertLessEqual(len("".join(mail.find_forwarded(given_text))), text.LONGEST_LINE)
        self.assertFalse(set(mail.names_in(given_text, ["Vaux", "Ay"])) - {"Vaux", "Ay"})
        self.assertIsInstance(mail.is_public(mail.host_of(given_text), given_text), bool)

    @fuzz
    @given(texts, texts, texts)
    def test_messages(self, sender, title, body):
        content = f"From: {sender}\nSubject: {title}\nReturn-Path: {body}\n\n{body}"
        for policy in (email.policy.SMTP, email.policy.compat32):
            message = email.message_from_bytes(content.encode(errors="replace"), policy=policy)
            self.assertIsInstance(mail.is_automatic(message), bool)
            self.assertIsInstance(mail.is_delivery_failure(message), bool)

    @fuzz
    @given(st.sampled_from(("7bit", "base64", "quoted-printable")), texts)
    def test_reports_that_came_back(self, encoding, body):
        content = (
            "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/"
            f"delivery-status\nContent-Transfer-Encoding: {encoding}\n\n{body}\n\n--x--"
        )
        message = email.message_from_bytes(
            content.encode(errors="replace"), policy=email.policy.SMTP
        )
        self.assertIsInstance(mail.is_delivery_failure(message), bool)

    def test_a_report_that_was_not_parsed_is_a_failure(self):
        message = EmailMessage()
        message["Content-Type"] = "message/delivery-status"
        for payload in ("Action: failed", "", None):
            message.set_payload(payload)
            self.assertTrue(mail.is_delivery_failure(message))

    @fuzz
    @given(texts)
    def test_answers_to_publish(self, given_text):
        result = redact(given_text, NAMES)
        again = {found.kind for found in find_remaining(result.text, NAMES)}
        self.assertFalse(again & {"email"})
