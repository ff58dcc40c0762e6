"""The documented nginx keeps the promises of the table of addresses."""

import re
import unittest
from pathlib import Path

from engine.web.addresses import CLOSED, LINKS, LOGIN_PATHS

ROOT = Path(__file__).resolve().parents[2]
CONF = (ROOT / "deploy" / "nginx" / "commune-relations.conf").read_text(encoding="utf-8")
SECRET = "Zm9vYmFyLWJhejEyMzQ1Njc4OTA_"


def python_regex(text):
    """A regular expression of nginx in the writing of Python."""
    return re.compile(re.sub(r"\(\?<(debut|fin|chemin)>", r"(?P<\1>", text))


def read_map():
    """Each line of the map that masks addresses: (expression, what is written)."""
    block = re.search(r"map \$request_uri \$commune_chemin \{(.*?)\n\}", CONF, re.DOTALL)[1]
    lines = re.findall(r'^\s*"~(.*?)"\s+"?([^";]*)"?;', block, re.MULTILINE)
    return [(python_regex(expression), written) for expression, written in lines]


def logged(address):
    """What nginx writes of an address: the first expression that matches wins."""
    for expression, written in read_map():
        found = expression.match(address)
        if found:
            parts = found.groupdict()
            return re.sub(r"\$(\w+)", lambda name, parts=parts: parts[name[1]] or "", written)
    return ""


class TestDocumentedNginx(unittest.TestCase):
    def test_every_personal_link_is_masked(self):
        for prefix in LINKS:
            for before in ("", "/fr", "/fr_FR"):
                self.assertEqual(logged(f"{before}{prefix}{SECRET}"), f"{before}{prefix}***")
            self.assertEqual(logged(f"{prefix}{SECRET}/answer?a=b"), f"{prefix}***/answer")
        self.assertEqual(logged(f"/my/calendar/{SECRET}.ics"), "/my/calendar/***.ics")
        self.assertEqual(logged(f"/my/ticket/12/{SECRET}"), "/my/ticket/12/***")

    def test_the_secrets_of_odoo_are_masked_too(self):
        for path in (
            f"/survey/start/{SECRET}?answer_token={SECRET}",
            f"/survey/{SECRET}/{SECRET}",
            f"/rate/{SECRET}/5",
            f"/chat/12/{SECRET}",
            f"/mail/track/12/{SECRET}/blank.gif",
            f"/dashboard/share/12/{SECRET}",
            f"/web/signup?token={SECRET}",
            f"/mailing/3/view?hash_token={SECRET}",
            f"/web/login?redirect=%2Fsession%2F{SECRET}",
        ):
            self.assertNotIn(SECRET, logged(path))
            self.assertTrue(logged(path).startswith(path[:5]), path)

    def test_what_odoo_closes_is_closed_before_odoo(self):
        blocks = re.findall(r"location ~ (\S+) \{ return 404; \}", CONF)
        for path in CLOSED:
            for before in ("", "/fr", "/fr_FR"):
                self.assertTrue(any(re.match(one, before + path) for one in blocks), path)

    def test_an_ordinary_address_keeps_its_path(self):
        self.assertEqual(logged("/my/sessions/12/answer"), "/my/sessions/12/answer")
        self.assertEqual(logged("/survey/static/src/a.js?v=1"), "/survey/static/src/a.js")
        self.assertEqual(logged("/my/requests?q=voirie"), "/my/requests")

    def test_nothing_else_writes_an_address(self):
        formats = re.findall(r"log_format.*?;", CONF, re.DOTALL)
        self.assertEqual(len(formats), 1)
        for name in ("$request ", '$request"', "$request_uri", "$uri", "$http_referer", "$args"):
            self.assertNotIn(name, formats[0])
        self.assertEqual(CONF.count("error_log  /"), CONF.count(" crit;"))
        for line in re.findall(r"^\s*access_log .*", CONF, re.MULTILINE):
            self.assertRegex(line, r" commune;| off;")

    def test_login_pages_and_links_are_limited(self):
        # The places that count requests, as the expression of each `location ~`.
        places = re.findall(r"location ~ (\S+) \{\n\s+limit_req zone=(\w+)", CONF)
        for path, zone in (
            *((f"{prefix}{SECRET}", "commune_liens") for prefix in LINKS),
            *((route, "commune_portes") for route in LOGIN_PATHS),
            ("/fr/web/login", "commune_portes"),
            ("/web/session/authenticate", "commune_portes"),
            (f"/my/calendar/{SECRET}.ics", "commune_liens"),
        ):
            zones = [name for expression, name in places if re.match(expression, path)]
            self.assertEqual(zones, [zone], path)

    def test_each_port_is_open_in_ipv6_too(self):
        ports = re.findall(r"^\s*listen (\d+[^;]*);", CONF, re.MULTILINE)
        sixth = re.findall(r"^\s*listen \[::\]:(\d+[^;]*);", CONF, re.MULTILINE)
        self.assertEqual(len(ports), 4)
        self.assertEqual(ports, sixth)


if __name__ == "__main__":
    unittest.main()
