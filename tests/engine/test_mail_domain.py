"""DNS records of a domain, as intercommunalities have them, worked out by hand."""

import unittest

from engine.mail.dns_lookup import look_up
from engine.mail.domain import read_dkim, read_dmarc, read_spf, wanted_lines


def codes(findings):
    return [(found.code, found.level) for found in findings]


class TestSpf(unittest.TestCase):
    def test_a_closed_list_is_right(self):
        for text in ("v=spf1 ip4:192.0.2.1 include:spf.hosting.example -all", "V=SPF1 MX -ALL"):
            with self.subTest(text=text):
                self.assertEqual(codes(read_spf(["v=msv1 t=1", text])), [("strict", "right")])
        self.assertEqual(codes(read_spf(["v=spf1 a mx ~all"])), [("soft", "right")])
        self.assertEqual(codes(read_spf(["v=spf1 redirect=_spf.x.example"])), [("soft", "right")])

    def test_everybody_may_send_is_a_danger(self):
        for text in ("v=spf1 +all", "v=spf1 all", "v=spf1 mx all"):
            with self.subTest(text=text):
                self.assertEqual(codes(read_spf([text])), [("open", "danger")])

    def test_a_list_without_an_end_holds_nobody_back(self):
        self.assertEqual(codes(read_spf(["v=spf1 mx"])), [("no_end", "weak")])
        self.assertEqual(codes(read_spf(["v=spf1"])), [("no_end", "weak")])
        self.assertEqual(codes(read_spf(["v=spf1 mx ?all"])), [("neutral", "weak")])
        # A domain whose name ends like the word is no end.
        self.assertEqual(codes(read_spf(["v=spf1 include:wall"])), [("no_end", "weak")])

    def test_two_lists_are_worth_none(self):
        self.assertEqual(codes(read_spf(["v=spf1 -all", "v=spf1 mx -all"])), [("two", "danger")])

    def test_another_version_is_no_list(self):
        self.assertEqual(codes(read_spf(["v=spf10 -all", "spf2.0/pra"])), [("none", "missing")])

    def test_more_than_ten_questions_are_an_error_for_receivers(self):
        ten = "v=spf1 a mx " + " ".join(f"include:s{n}.example" for n in range(8)) + " -all"
        self.assertEqual(codes(read_spf([ten])), [("strict", "right")])
        eleven = ten.replace(" -all", " ?mx:mx.example -all")
        self.assertEqual(codes(read_spf([eleven])), [("strict", "right"), ("lookups", "danger")])
        free = "v=spf1 " + " ".join(f"ip4:192.0.2.{n}" for n in range(30)) + " -all"
        self.assertEqual(codes(read_spf([free])), [("strict", "right")])


class TestDkim(unittest.TestCase):
    def test_a_key_signs(self):
        self.assertEqual(codes(read_dkim(["v=DKIM1; k=rsa; p=MIGfMA0"])), [("signed", "right")])
        self.assertEqual(codes(read_dkim(["k=rsa; t=s; p=MIG"])), [("signed", "right")])

    def test_no_key_an_empty_one_a_trial(self):
        self.assertEqual(codes(read_dkim(["hello"])), [("none", "missing")])
        self.assertEqual(codes(read_dkim(["v=DKIM1; p="])), [("revoked", "danger")])
        self.assertEqual(codes(read_dkim(["v=DKIM1; t=s:y; p=MIG"])), [("testing", "weak")])
        self.assertEqual(codes(read_dkim(["p=MIG", "p=MIH"])), [("two", "danger")])


class TestDmarc(unittest.TestCase):
    def test_what_becomes_of_a_forged_letter(self):
        report_tag = "rua=mailto:dmarc@metropole.example"
        for policy, expected in (
            ("none", ("watch", "weak")),
            ("quarantine", ("quarantine", "right")),
            ("REJECT", ("reject", "right")),
            ("nothing", ("broken", "danger")),
        ):
            with self.subTest(policy=policy):
                self.assertEqual(
                    codes(read_dmarc([f"v=DMARC1; p={policy}; {report_tag}"])), [expected]
                )

    def test_nobody_reads_the_reports(self):
        self.assertEqual(
            codes(read_dmarc(["v=DMARC1;p=reject"])), [("reject", "right"), ("no_report", "weak")]
        )

    def test_none_and_two(self):
        self.assertEqual(codes(read_dmarc([])), [("none", "missing")])
        self.assertEqual(
            codes(read_dmarc(["v=DMARC1; p=none", "v=DMARC1; p=reject"])), [("two", "danger")]
        )


class TestLookUp(unittest.TestCase):
    def test_a_domain_below_follows_the_rule_of_the_one_above(self):
        known = {"_dmarc.metz.example": ["v=DMARC1; p=reject"]}
        found = look_up("demandes.metz.example", ask=lambda name: known.get(name, []))
        self.assertEqual((found.spf, found.dkim), ([], None))
        self.assertEqual(found.dmarc, ["v=DMARC1; p=reject"])

    def test_the_key_is_asked_under_its_name(self):
        asked = []
        look_up("metz.example", "odoo", ask=lambda name: asked.append(name) or [])
        self.assertIn("odoo._domainkey.metz.example", asked)

    def test_without_an_answer_nothing_is_reported_missing(self):
        for silent in ("metz.example", "odoo._domainkey.metz.example", "_dmarc.metz.example"):
            with self.subTest(silent=silent):
                ask = lambda name, s=silent: None if name == s else []
                self.assertIsNone(look_up("metz.example", "odoo", ask=ask))


class TestWantedLines(unittest.TestCase):
    def test_a_relay_without_a_public_name_is_not_written(self):
        for relay in ("127.0.0.1", "localhost", ""):
            with self.subTest(relay=relay):
                self.assertEqual(
                    wanted_lines("metz.example", relay)[0],
                    'metz.example. TXT "v=spf1 mx -all"',
                )

    def test_what_is_not_known_is_left_open(self):
        lines = wanted_lines("metz.example")
        self.assertTrue(lines[1].startswith("[…]._domainkey.metz.example. "))
        self.assertEqual(lines[2], '_dmarc.metz.example. TXT "v=DMARC1; p=none"')
