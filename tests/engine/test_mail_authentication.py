"""Sender authentication by the trusted relay, from the examples of RFC 8601."""

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from property_cases import often

from engine.mail import find_doubt, read_results
from engine.mail.authentication import DMARC, LONGEST_RESULTS, MISSING, SPF, is_aligned

RELAY = "relay.metropole.example"
PIECES = (
    "relay",
    ".example",
    ";",
    "=",
    " ",
    "(",
    ")",
    '"',
    "\\",
    "none",
    "spf",
    "dmarc",
    "1",
    "/",
    "@",
)


class TestHeader(TestCase):
    def parse(self, text):
        found = read_results(text)
        return found and (found.relay, [(one.method, one.value) for one in found.found])

    def test_the_examples_of_the_standard(self):
        for text, expected in [
            ("example.org 1; none", ("example.org", [])),
            ("example.com; none", ("example.com", [])),
            (
                "example.com;\r\n          spf=pass smtp.mailfrom=example.net",
                ("example.com", [("spf", "pass")]),
            ),
            (
                "example.com;\n auth=pass (cram-md5) smtp.auth=sender@example.net;\n"
                " spf=pass smtp.mailfrom=example.net",
                ("example.com", [("auth", "pass"), ("spf", "pass")]),
            ),
            (
                "example.com;\n dkim=pass (good signature) header.d=example.com",
                ("example.com", [("dkim", "pass")]),
            ),
            (
                'example.com; dkim=pass reason="good; signature = (so)" header.i=@mail.example'
                '; dkim=fail reason="bad \\"signature\\"" header.i=@newyork.example.com',
                ("example.com", [("dkim", "pass"), ("dkim", "fail")]),
            ),
        ]:
            with self.subTest(text):
                self.assertEqual(self.parse(text), expected)

    def test_comments_wherever_the_standard_lets_them(self):
        found = read_results(
            "foo.example.net (foobar) 1 (baz);\n dkim (Because (I) like it) / 1 (One yay) ="
            " (wait for it) fail\n  policy (A dot can go here) . (like that) expired"
            " (this surprised me) = (as I wasn't \\) expecting it) 1362471462"
        )
        self.assertEqual(found.relay, "foo.example.net")
        self.assertEqual([(one.method, one.value) for one in found.found], [("dkim", "fail")])
        self.assertEqual(found.found[0].properties, {"policy.expired": "1362471462"})

    def test_quoted_values_and_addresses(self):
        found = read_results('"relay; x"; spf=fail smtp.mailfrom="a b"@y.fr reason="x=y"')
        self.assertEqual(found.relay, "relay; x")
        self.assertEqual(found.found[0].properties, {"smtp.mailfrom": "a b@y.fr", "reason": "x=y"})

    def test_what_is_not_written_so_says_nothing(self):
        for text in (
            *("", ";", "= x", "relay (open", 'relay; spf="open', "relay 2; spf=pass", "relay; spf"),
            *("relay; =pass", "relay; spf=", "relay; spf==pass", "relay; spf=pass x", "a=b; c=d"),
            "relay; spf=pass" + " " * LONGEST_RESULTS,
        ):
            with self.subTest(text[:30]):
                self.assertIsNone(read_results(text))
        self.assertIsNone(read_results(None))

    @often(300)
    @given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join))
    def test_any_text_is_read_or_left(self, text):
        found = read_results(text)
        if found:
            self.assertLessEqual(len(found.relay), len(text))
        self.assertIn(find_doubt([text], "relay", "x.fr"), ("", MISSING, DMARC, SPF))


# What the relay writes after its name, for a mayor who writes from aubrive.example: RFC 8601 for
# the writing, RFC 7489 (section 3.1) for what it proves.
PROOFS = (
    # DMARC of the domain is enough
    ("dmarc=pass header.from=aubrive.example", ""),
    ("dmarc=pass (p=reject dis=none) header.from=AUBRIVE.example", ""),
    ("spf=fail; dkim=fail; dmarc=pass header.from=aubrive.example", ""),
    ("dmarc=pass", ""),
    ("dmarc=pass header.from=mechant.example", DMARC),
    ("dmarc=pass header.from=xaubrive.example", DMARC),
    ("dmarc=pass header.from=aubrive.example; dmarc=pass header.from=mechant.example", DMARC),
    ("dmarc=fail header.from=aubrive.example; spf=pass smtp.mailfrom=aubrive.example", DMARC),
    ("dmarc=fail (p=none); dkim=pass header.d=aubrive.example", DMARC),
    ("dmarc=pass; dmarc=fail", DMARC),
    ("dmarc=pass; dmarc=none", SPF),
    # without a policy, SPF of an aligned envelope
    ("spf=pass smtp.mailfrom=aubrive.example", ""),
    ("dmarc=none header.from=aubrive.example; spf=pass smtp.mailfrom=maire@aubrive.example", ""),
    ("spf=pass smtp.mailfrom=<rebond@lettres.aubrive.example>", ""),
    ("dmarc=none; spf=pass smtp.mailfrom=mechant.example", SPF),
    ("dmarc=none; spf=pass smtp.mailfrom=aubrive.example@mechant.example", SPF),
    ("spf=pass smtp.mailfrom=aubrive.example.mechant.example", SPF),
    ("spf=pass smtp.helo=aubrive.example", SPF),
    ("spf=pass", SPF),
    ("spf=pass smtp.mailfrom=example", SPF),
    ("spf=softfail smtp.mailfrom=aubrive.example", SPF),
    ("spf=neutral smtp.mailfrom=aubrive.example", SPF),
    ("spf=none smtp.mailfrom=aubrive.example", SPF),
    ("spf=temperror smtp.mailfrom=aubrive.example; dmarc=temperror", SPF),
    # or a signature of an aligned domain
    ("dkim=pass header.d=aubrive.example", ""),
    ("dkim=pass header.d=MAIL.aubrive.example; spf=fail smtp.mailfrom=liste.example", ""),
    ("dkim=pass header.i=@aubrive.example", ""),
    ("dkim=pass header.i=maire@aubrive.example; dmarc=none", ""),
    ("dkim=fail header.d=aubrive.example; dkim=pass header.d=aubrive.example", ""),
    ("dkim=pass header.d=mechant.example; dkim=fail header.d=aubrive.example", SPF),
    ("dkim=pass header.d=mechant.example header.i=@aubrive.example", SPF),
    ("dkim=pass header.d=example", SPF),
    ("dkim=pass", SPF),
    ("dkim=none header.d=aubrive.example", SPF),
    # nothing of all that
    ("dmarc=none header.from=aubrive.example", SPF),
    ("dmarc=bestguesspass header.from=aubrive.example", SPF),
    ("auth=pass smtp.auth=maire@aubrive.example", SPF),
    ("arc=pass; iprev=pass policy.iprev=192.0.2.1", SPF),
    ("none", MISSING),
)


class TestDoubt(TestCase):
    def doubt(self, *headers, domain="aubrive.example"):
        return find_doubt(headers, RELAY, domain)

    def test_what_each_header_proves(self):
        for text, doubt in PROOFS:
            with self.subTest(text):
                self.assertEqual(self.doubt(f"{RELAY}; {text}"), doubt)

    def test_the_same_from_another_relay_proves_nothing(self):
        for text, _doubt in PROOFS:
            for name in ("mx.mechant.example", f"{RELAY}.mechant.example", f"x{RELAY}"):
                with self.subTest(text, relay=name):
                    self.assertEqual(self.doubt(f"{name}; {text}"), MISSING)

    def test_a_domain_below_or_above_is_aligned_and_a_suffix_is_not(self):
        for text, domain, aligned in (
            ("aubrive.fr", "mairie.aubrive.fr", True),
            ("mairie.aubrive.fr", "aubrive.fr", True),
            ("aubrive.fr.", "Aubrive.FR", True),
            ("a.aubrive.fr", "b.aubrive.fr", False),
            ("gouv.fr", "moselle.gouv.fr", False),
            ("asso.fr", "mairie.asso.fr", False),
            ("fr", "aubrive.fr", False),
            ("xaubrive.fr", "aubrive.fr", False),
            ("", "aubrive.fr", False),
            ("aubrive.fr", "", False),
        ):
            with self.subTest(text, domain=domain):
                self.assertEqual(is_aligned(text, domain), aligned)
                doubt = self.doubt(f"{RELAY}; dkim=pass header.d={text or 'x'}", domain=domain)
                self.assertEqual(doubt, "" if aligned else SPF)

    def test_two_headers_of_the_relay_prove_nothing(self):
        good, bad = f"{RELAY}; dmarc=pass", f"{RELAY}; dmarc=fail"
        for headers in ((good, bad), (bad, good), (good, good)):
            self.assertEqual(self.doubt(*headers), MISSING)
        self.assertEqual(self.doubt("mx.mechant.example; dmarc=pass", bad), DMARC)
        self.assertEqual(self.doubt("mx.autre.example; dmarc=fail", good), "")
        self.assertEqual(self.doubt(f"{RELAY.upper()} 1; DMARC=Pass"), "")

    def test_without_the_header_of_the_relay_nobody_is_believed(self):
        for headers in (
            [],
            ["mx.mechant.example; dmarc=pass"],
            [f"({RELAY}) mx.mechant.example; dmarc=pass"],
            [f"{RELAY}; dmarc=pass (open"],
        ):
            with self.subTest(headers):
                self.assertEqual(self.doubt(*headers), MISSING)
