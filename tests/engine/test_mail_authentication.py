"""What the trusted relay says of a sender, from the examples of RFC 8601."""

from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st
from property_cases import often

from engine.mail import find_doubt, read_results
from engine.mail.authentication import DMARC, LONGEST_RESULTS, MISSING, SPF

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
    def told(self, text):
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
                self.assertEqual(self.told(text), expected)

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


class TestDoubt(TestCase):
    def doubt(self, *headers, domain="aubrive.example"):
        return find_doubt(headers, RELAY, domain)

    def test_dmarc_decides_when_it_is_there(self):
        self.assertEqual(self.doubt(f"{RELAY}; dmarc=fail; spf=pass; dkim=pass"), DMARC)
        self.assertEqual(self.doubt(f"{RELAY}; spf=fail; dkim=fail; dmarc=pass"), "")
        self.assertEqual(self.doubt(f"{RELAY}; dmarc=pass; dmarc=fail"), DMARC)
        self.assertEqual(self.doubt(f"{RELAY}; DMARC=Fail (p=none)"), DMARC)

    def test_what_dmarc_says_of_another_domain_confirms_nobody(self):
        for named, doubt in [
            ("aubrive.example", ""),
            ("MAIL.aubrive.example", ""),
            ("mechant.example", DMARC),
            ("xaubrive.example", DMARC),
        ]:
            with self.subTest(named):
                self.assertEqual(self.doubt(f"{RELAY}; dmarc=pass header.from={named}"), doubt)
        passed = f"{RELAY}; dmarc=pass header.from=aubrive.example"
        self.assertEqual(self.doubt(passed, domain="mairie.aubrive.example"), "")
        self.assertEqual(self.doubt(f"{passed}; dmarc=pass header.from=mechant.example"), DMARC)

    def test_without_dmarc_a_signature_makes_good_an_spf_failure(self):
        for spf in ("fail", "softfail"):
            with self.subTest(spf):
                self.assertEqual(self.doubt(f"{RELAY}; spf={spf}"), SPF)
                self.assertEqual(self.doubt(f"{RELAY}; spf={spf}; dkim=fail"), SPF)
                self.assertEqual(self.doubt(f"{RELAY}; spf={spf}; dmarc=none; dkim=none"), SPF)
                self.assertEqual(self.doubt(f"{RELAY}; spf={spf}; dkim=pass"), "")
        for spf in ("pass", "none", "neutral", "temperror"):
            with self.subTest(spf):
                self.assertEqual(self.doubt(f"{RELAY}; spf={spf}"), "")

    def test_a_signature_of_another_domain_proves_nothing(self):
        failed = f"{RELAY}; spf=fail; dkim=pass"
        for signer, doubt in [
            ("header.d=aubrive.example", ""),
            ("header.d=MAIL.aubrive.example", ""),
            ("header.d=example", SPF),
            ("header.i=@aubrive.example", ""),
            ("header.i=maire@aubrive.example", ""),
            ("header.d=autre.example", SPF),
            ("header.d=xaubrive.example", SPF),
        ]:
            with self.subTest(signer):
                self.assertEqual(self.doubt(f"{failed} {signer}"), doubt)
        self.assertEqual(
            self.doubt(f"{failed} header.d=aubrive.example", domain="a.aubrive.example"), ""
        )

    def test_only_the_topmost_header_of_the_relay_is_believed(self):
        good, bad = f"{RELAY}; dmarc=pass", f"{RELAY}; dmarc=fail"
        self.assertEqual(self.doubt(good, bad), "")
        self.assertEqual(self.doubt(bad, good), DMARC)
        self.assertEqual(self.doubt("mx.mechant.example; dmarc=pass", bad), DMARC)
        self.assertEqual(self.doubt("mx.autre.example; dmarc=fail", good), "")
        self.assertEqual(self.doubt(f"{RELAY.upper()} 1; dmarc=pass"), "")

    def test_without_the_header_of_the_relay_nobody_is_believed(self):
        for headers in (
            [],
            ["mx.mechant.example; dmarc=pass"],
            [f"{RELAY}.mechant.example; dmarc=pass"],
            [f"({RELAY}) mx.mechant.example; dmarc=pass"],
            [f"{RELAY}; dmarc=pass (open"],
        ):
            with self.subTest(headers):
                self.assertEqual(self.doubt(*headers), MISSING)

    def test_a_relay_that_looked_at_nothing_has_nothing_against_anybody(self):
        self.assertEqual(self.doubt(f"{RELAY}; none"), "")
