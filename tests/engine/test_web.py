"""Addresses that hold a secret, and security headers of pages."""

import base64
import html
import re
import subprocess
import sys
import unittest
from pathlib import Path
from urllib.parse import quote, unquote

from engine.web import (
    MASK,
    Page,
    get_headers,
    get_page,
    get_pages_above,
    is_managed,
    is_plain_address,
    is_plain_value,
    is_portal_page,
    is_secret,
    is_storable,
    mask,
    mask_host_secrets,
    with_safe_session,
    without_null,
)
from engine.web.addresses import LOGIN_PATHS, PAGES, SHARED

SECRET = "Zm9vYmFyLWJhejEyMzQ1Njc4OTA_"
# Address and what is left of it in a log.
ADDRESSES = [
    (f"/session/{SECRET}", "/session/•••"),
    (f"/session/{SECRET}/calendar.ics", "/session/•••/calendar.ics"),
    (f"/session/{SECRET}/document/12", "/session/•••/document/12"),
    (f"/session-agenda/{SECRET}/answer", "/session-agenda/•••/answer"),
    (f"/event-invitation/{SECRET}", "/event-invitation/•••"),
    (f"/directory-campaign/{SECRET}", "/directory-campaign/•••"),
    (f"/replacement-proposal/{SECRET}", "/replacement-proposal/•••"),
    (f"/replacement-evaluation/{SECRET}/answer", "/replacement-evaluation/•••/answer"),
    (f"/replacement-calendar/{SECRET}.ics", "/replacement-calendar/•••"),
    (f"/my/calendar/{SECRET}.ics", "/my/calendar/•••.ics"),
    (f"/my/ticket/12/{SECRET}", "/my/ticket/12/•••"),
    (f"/commune-survey/{SECRET}/answer/3", "/commune-survey/•••/answer/3"),
    (f"/fr/session/{SECRET}", "/fr/session/•••"),
    (f"https://communes.example/session/{SECRET}", "https://communes.example/session/•••"),
    (f"/survey/start/{SECRET}?answer_token={SECRET}", "/survey/start/•••?answer_token=•••"),
    (f"/survey/{SECRET}/{SECRET}", "/survey/•••"),
    (f"/survey/print/{SECRET}", "/survey/print/•••"),
    (f"/rate/{SECRET}/5", "/rate/•••/5"),
    (f"/chat/12/{SECRET}", "/chat/12/•••"),
    (f"/calendar/join_videocall/{SECRET}", "/calendar/join_videocall/•••"),
    (f"/mail/track/12/{SECRET}/blank.gif", "/mail/track/12/•••/blank.gif"),
    (f"/dashboard/download/12/{SECRET}", "/dashboard/download/12/•••"),
    (f"/web/signup?db=x&token={SECRET}", "/web/signup?db=x&token=•••"),
    (f"/web/reset_password?token={SECRET}&login=a", "/web/reset_password?token=•••&login=a"),
    (f"/web/content/3?access_token={SECRET}&a=1", "/web/content/3?access_token=•••&a=1"),
    (f"/mailing/4/view?hash_token={SECRET}", "/mailing/4/view?hash_token=•••"),
    (f"/event/4/my_tickets?tickets_hash={SECRET}", "/event/4/my_tickets?tickets_hash=•••"),
    (f"/web/login?redirect=%2Fsession%2F{SECRET}", "/web/login?redirect=%2Fsession%2F•••"),
    (
        f"/web/login?redirect=%2Fweb%2Fsignup%3Ftoken%3D{SECRET}%26a%3Db",
        "/web/login?redirect=%2Fweb%2Fsignup%3Ftoken%3D•••%26a%3Db",
    ),
]
PLAIN = [
    "/my/sessions/12/answer",
    "/my/calendar/renew",
    "/web/session/authenticate",
    "/web/session/logout?redirect=/my",
    "/odoo/requests/12?view_type=form",
    "/survey/static/src/js/survey.js",
    "/web/assets/1621975/web.assets_frontend.min.css",
    "/my/requests?q=jeton%20token",
    "Module commune_relations loaded in 1.20s, 12 queries",
]


class TestSecretsOfAddresses(unittest.TestCase):
    def test_the_secret_part_is_hidden_and_the_rest_stays(self):
        for address, masked in ADDRESSES:
            with self.subTest(address=address):
                line = f'10.0.0.1 "GET {address} HTTP/1.1" 200'
                self.assertEqual(mask(line), f'10.0.0.1 "GET {masked} HTTP/1.1" 200')
                self.assertTrue(is_secret(address))

    def test_an_address_without_secret_is_left_alone(self):
        for address in PLAIN:
            with self.subTest(address=address):
                self.assertEqual(mask(address), address)
                self.assertFalse(is_secret(address))

    def test_a_log_is_masked_line_by_line(self):
        """python -m engine.web < LOG"""
        found = subprocess.run(
            [sys.executable, "-m", "engine.web"],
            input=f"GET /session/{SECRET} 200\nGET /my 200\n",
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertEqual(found.stdout, "GET /session/••• 200\nGET /my 200\n")

    def test_masking_twice_changes_nothing(self):
        for _address, masked in ADDRESSES:
            self.assertEqual(mask(masked), masked)

    def test_each_secret_of_a_text_is_hidden(self):
        text = f"see /session/{SECRET} and https://x.example/rate/{SECRET}/1, or\n?token={SECRET}"
        self.assertNotIn(SECRET, mask(text))
        self.assertEqual(mask(text).count("•••"), 3)


class TestHeadersOfPages(unittest.TestCase):
    def _policy(self, **values):
        return get_headers(Page(**{"nonce": "abc", **values}))["Content-Security-Policy"]

    def test_a_personal_link_is_kept_framed_and_disclosed_by_nobody(self):
        headers = get_headers(Page(f"/session/{SECRET}", nonce="abc"))
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])
        self.assertIn("'nonce-abc'", headers["Content-Security-Policy"])
        self.assertNotIn("script-src 'self' 'unsafe-inline'", headers["Content-Security-Policy"])

    def test_a_link_to_choose_a_password_is_disclosed_to_nobody(self):
        headers = get_headers(Page("/web/signup", f"token={SECRET}", nonce="abc"))
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(headers["X-Frame-Options"], "DENY")
        headers = get_headers(Page("/web/login", nonce="abc"))
        self.assertEqual(headers["Referrer-Policy"], "same-origin")

    def test_third_party_pages_are_left_alone(self):
        for path in ("/odoo", "/web", "/jobs", "/event/1/ics", "/web/image/3", "/mystery"):
            self.assertEqual(get_headers(Page(path, nonce="abc")), {}, path)

    def test_a_third_party_secret_page_is_only_kept_by_nobody(self):
        headers = get_headers(Page(f"/survey/start/{SECRET}", nonce="abc"))
        self.assertEqual(set(headers), {"Cache-Control", "Referrer-Policy"})
        picture = Page("/web/image/3", f"access_token={SECRET}", is_html=False)
        self.assertEqual(get_headers(picture), {})

    def test_the_portal_of_another_application_keeps_its_scripts(self):
        for path in ("/my/invoices/3", "/my/orders", "/my/projects/1", "/my/addresses"):
            self.assertEqual(get_headers(Page(path, policy="img-src *", nonce="abc")), {}, path)
        self.assertIn("script-src", self._policy(path="/my/requests/3"))

    def test_a_shared_page_has_its_look_for_managed_persons_only(self):
        for path in (*SHARED, "/my/"):
            self.assertEqual(get_headers(Page(path, nonce="abc", guest=True)), {}, path)
            self.assertIn("'nonce-abc'", self._policy(path=path), path)
        self.assertIn("'nonce-abc'", self._policy(path="/my/requests", guest=True))

    def test_each_of_our_pages_runs_our_scripts_only(self):
        for path in (*PAGES, *SHARED, "/my/", *LOGIN_PATHS):
            self.assertIn("'nonce-abc'", self._policy(path=path, nonce="abc"), path)

    def test_a_secret_in_a_third_party_page_is_disclosed_to_no_site(self):
        headers = get_headers(Page("/web/elsewhere", query=f"access_token={SECRET}"))
        self.assertEqual(headers, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})

    def test_third_party_scripts_in_our_pages_leave_them_without_a_rule_on_scripts(self):
        policy = self._policy(path="/my/requests", nonce="")
        self.assertNotIn("script-src", policy)
        self.assertIn("frame-ancestors 'none'", policy)

    def test_a_document_keeps_the_rule_that_it_has(self):
        policy = self._policy(
            path=f"/session/{SECRET}/file.pdf", is_html=False, policy="default-src 'none'"
        )
        self.assertEqual(policy, "default-src 'none'; frame-ancestors 'none'")

    def test_the_editor_of_the_site_frames_its_own_pages(self):
        headers = get_headers(Page("/my", edited=True, nonce="abc"))
        self.assertEqual(headers["X-Frame-Options"], "SAMEORIGIN")
        self.assertIn("frame-ancestors 'self'", headers["Content-Security-Policy"])

    def test_the_cookie_of_the_session_is_sent_by_no_other_site(self):
        text = with_safe_session("session_id=abc; HttpOnly; Path=/", is_https=True)
        self.assertEqual(text, "session_id=abc; HttpOnly; Path=/; SameSite=Lax; Secure")
        self.assertEqual(with_safe_session(text, is_https=True), text)
        self.assertNotIn("Secure", with_safe_session("session_id=abc", is_https=False))
        self.assertEqual(with_safe_session("tz=Europe/Paris", is_https=True), "tz=Europe/Paris")


class TestHostileText(unittest.TestCase):
    def test_a_json_value_with_what_cannot_be_kept_is_seen_wherever_it_is(self):
        for value in ("a\0b", ["a", ["\0"]], {"a": {"b\0": 1}}, {"a": [{"b": "\0"}]}, "\ud83d"):
            with self.subTest(value=value):
                self.assertFalse(is_storable(value))
        self.assertTrue(is_storable({"a": ["é\n\t😀", 1, None, True, 1.5, {"b": "\\u0000"}]}))

    def test_an_id_is_one_that_postgresql_can_hold(self):
        """Four bytes: 2,147,483,647 at most; no id is negative, a latitude may be."""
        for name, value, plain in (
            ("ticket_id", 0, True),
            ("ticket_id", 1, True),
            ("ticket_id", 2147483647, True),
            ("ticket_id", 2147483648, False),
            ("ticket_id", -1, False),
            ("offset", -1, True),
            ("offset", -2147483647, True),
            ("offset", -2147483648, False),
            ("word", "x" * 1000, True),
            ("word", "x" * 1001, False),
            ("ids", ",".join(["12"] * 600), True),
            ("page", None, True),
            ("page", 1.5, True),
        ):
            self.assertEqual(is_plain_value(name, value), plain, (name, str(value)[:20]))

    def test_the_character_that_nobody_types_is_left_out(self):
        self.assertEqual(without_null("Au\x00brive"), "Aubrive")
        self.assertEqual([without_null(value) for value in (None, 3)], [None, 3])

    def test_both_halves_of_a_pair_alone_are_no_character(self):
        for half in ("\ud800", "\udbff", "\udc00", "\udfff"):
            self.assertFalse(is_storable({"a": [f"é{half}"]}), ascii(half))
        self.assertTrue(is_storable({"a": ["\U0001f600 été"]}))

    def test_a_space_is_a_character_like_another(self):
        self.assertTrue(is_plain_address("/my/a b", [("redirect", "/my/a b"), ("q", "a\nb")]))
        self.assertFalse(is_plain_address("/my", [("redirect", "/my\r\nX: 1")]))

    def test_a_calendar_is_a_link_and_the_page_that_explains_it_is_none(self):
        """A page of the portal whose name ends as a calendar holds no secret."""
        self.assertTrue(is_secret(f"/my/calendar/{SECRET}.ics"))
        self.assertFalse(is_secret("/my/calendar/help"))
        self.assertFalse(is_secret("/web/content/plan.ics"))
        strict = Page("/my/calendar/help", policy="img-src 'self'", nonce="n")
        self.assertEqual(get_headers(strict)["Referrer-Policy"], "same-origin")
        self.assertTrue(is_managed("/my"))

    def test_a_rule_that_a_page_has_is_not_shown_twice(self):
        page = Page("/my/requests", policy="object-src 'self'; img-src *")
        self.assertEqual(
            get_headers(page)["Content-Security-Policy"],
            "object-src 'self'; img-src *; base-uri 'self'; frame-ancestors 'none'",
        )

    def test_an_address_holds_no_control_character(self):
        self.assertTrue(is_plain_address("/my/requests", [("q", "deux\r\nlignes")]))
        for path, query in (
            ("/a\0", []),
            ("/a\r\nb", []),
            ("/a\x7f", []),
            ("/a", [("q", "\0")]),
            ("/a", [("q\0", "x")]),
            ("/a", [("redirect", "/b\r\nX: y")]),
        ):
            with self.subTest(path=path, query=query):
                self.assertFalse(is_plain_address(path, query))

    def test_a_page_is_named_by_its_path_on_this_very_site(self):
        site, host = "https://communes.example:8069", "communes.example:8069"
        self.assertEqual(get_page(f"{site}/my/requests/new?q=a#b", host), "/my/requests/new")
        self.assertEqual(get_page("HTTPS://COMMUNES.example:8069/my/", host), "/my/")
        for other in (
            "",
            "/my",
            "//communes.example:8069/my",
            "https://communes.example/my",
            "https://communes.example:8069@elsewhere.example/my",
            "https://elsewhere.example/communes.example:8069/my",
            "ftp://communes.example:8069/my",
            "http://[",
            f"{site}//elsewhere.example/my",
            f"{site}/my/../odoo",
            f"{site}/my/\\elsewhere.example",
            f"{site}/my/%2f%2felsewhere.example",
            f"{site}/my/\u200b",
            site,
        ):
            with self.subTest(other=other):
                self.assertEqual(get_page(other, host), "")

    def test_a_page_of_the_portal_is_neither_login_page_nor_link(self):
        for path in (*PAGES, *SHARED, "/my/", "/my/requests/3"):
            self.assertTrue(is_portal_page(path), path)
        for path in (*LOGIN_PATHS, f"/session/{SECRET}", f"/my/calendar/{SECRET}.ics", "/odoo", ""):
            self.assertFalse(is_portal_page(path), path)

    def test_pages_above_begin_with_the_nearest(self):
        self.assertEqual(get_pages_above("/my/a/"), ["/my/a", "/my"])
        self.assertEqual(get_pages_above("/my"), ["/my"])


def read_slowly(text):
    """All that a person with a decoder would read in a text: written apart from the program."""
    seen = {text}
    for _round in range(4):
        for one in list(seen):
            plain = one.replace("\u200b", "").replace("\u00ad", "").replace("\\", "/")
            signs = re.sub(r"[-=]([0-9A-F]{2})", r"%\1", plain).replace("_", "/")
            codes = re.findall(r"[A-Za-z0-9+/=_-]{24,}", one)
            inner = [base64.b64decode(code + "==", altchars=b"-_") for code in codes]
            inner += [base64.b64decode(code + "==") for code in codes]
            seen |= {plain, unquote(plain), html.unescape(plain), unquote(signs)}
            seen |= {code.decode(errors="replace") for code in inner}
    return seen


class TestOurAddressesInATextOfSomebodyElse(unittest.TestCase):
    def test_only_the_secrets_of_our_host_are_hidden(self):
        text = (
            "Voir https://portail.exemple.fr/session/Zm9vYmFyLWJheg, "
            "https://relais.example/?u=https%3A%2F%2Fportail.exemple.fr%3A8069%2Frate%2Fabcdefgh "
            'et <a href="https://PORTAIL.exemple.fr/web/signup?db=x&amp;token=s3cr3t">ici</a>, '
            "https://partage.example/plan?token=garder"
        )
        hidden = mask_host_secrets(text, "portail.exemple.fr")
        for secret in ("Zm9vYmFyLWJheg", "abcdefgh", "s3cr3t"):
            self.assertNotIn(secret, hidden)
        self.assertIn("token=garder", hidden)
        self.assertIn("portail.exemple.fr/session/", hidden)

    def test_an_address_that_a_filter_rewrote_is_hidden_too(self):
        secret = "Zm9vYmFyLWJhei1xdXV4"
        link = f"https://portail.exemple.fr/session/{secret}"
        percent = quote(link, safe="")
        v2 = link.replace(":", "-3A").replace("/", "_")
        code = base64.b64encode(link.encode()).decode()
        urlsafe = base64.urlsafe_b64encode(link.encode()).decode().rstrip("=")
        key = "https://portail.exemple.fr/web/signup?db=x&token=" + secret
        forms = {
            "as it is": link,
            "port and capitals": f"HTTPS://Portail.Exemple.FR:8069/session/{secret}",
            "entities": link.replace("/", "&#x2F;").replace(":", "&#58;"),
            "named entities": link.replace("/", "&sol;"),
            "percent": percent,
            "percent twice": quote(percent, safe=""),
            "percent three times": quote(quote(percent, safe=""), safe=""),
            "every letter": "".join(f"%{ord(sign):02x}" for sign in link),
            "Safe Links": f"https://eur01.safelinks.protection.outlook.com/?url={percent}&data=05",
            "Safe Links in a page": "https://eur01.safelinks.protection.outlook.com/?url="
            f"{quote(key, safe='')}&amp;data=05",
            "Proofpoint 1": f"https://urldefense.proofpoint.com/v1/url?u={percent}&k=x",
            "Proofpoint 2": f"https://urldefense.proofpoint.com/v2/url?u={v2}&d=DwMFaQ&c=x",
            "Proofpoint 3": f"https://urldefense.com/v3/__{link}__;!!Abc!xyz$",
            "Sophos": f"https://eu-west-1.protection.sophos.com/?d=exemple.fr&u={code}&i=NTk",
            "Bitdefender": f"https://linkscan.example/scan/{urlsafe}/A1B2?c=1",
            "Barracuda": f"https://linkprotect.cudasvc.com/url?a={percent}&c=E,1",
            "Cisco": f"https://secure-web.cisco.com/1AbC/{percent}",
            "Mimecast": "https://protect-eu.mimecast.com/s/AbCdEf?domain=portail.exemple.fr",
            "Avanan": f"https://url.avanan.click/v2/___{link}___.YXAz",
            "Google": f"https://www.google.com/url?q={percent}&sa=D",
            "two filters": "https://eur01.safelinks.protection.outlook.com/?url="
            + quote(f"https://urldefense.proofpoint.com/v2/url?u={v2}&d=x", safe=""),
            "invisible signs": link.replace("session/", "session/\u200b"),
            "invisible signs in the host": link.replace("exemple", "exem\u00adple"),
            "backslashes": link.replace("/", "\\"),
            "quoted-printable": link.replace("/", "=2F"),
        }
        for name, form in forms.items():
            for around in ("Voir %s.", '<a href="%s">ici</a>', "(%s)"):
                with self.subTest(form=name, around=around):
                    hidden = mask_host_secrets(around % form, "portail.exemple.fr")
                    self.assertIn(MASK, hidden)
                    for seen in (*read_slowly(hidden), hidden):
                        self.assertNotIn(secret, seen)

    def test_a_text_written_to_hold_its_reader_is_hidden_unread(self):
        many = ("https://a-3A_b%25%32%35&amp;amp;" * 100 + " ") * 3_000
        link = quote("https://portail.exemple.fr/session/Zm9vYmFyLWJheg", safe="")
        hidden = mask_host_secrets(f"{many} https://filtre.example/?u={link}", "portail.exemple.fr")
        self.assertNotIn("Zm9vYmFy", hidden)

    def test_what_leads_elsewhere_or_says_no_secret_stays(self):
        for text in (
            "https://portail.exemple.fr/my/requests/12",
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fautre.example%2Frate%2Fabc",
            "maire@portail.exemple.fr",
            "https://protect-eu.mimecast.com/s/AbCdEf?domain=autre.example",
            "Une phrase à 100 % sans adresse, avec des=20signes et un-mot_composé-2F.",
            '<img src="data:image/png;base64,' + "iVBORw0KGgo" * 2_000 + '"/>',
        ):
            with self.subTest(text[:60]):
                self.assertEqual(mask_host_secrets(text, "portail.exemple.fr"), text)

    def test_without_a_host_or_an_address_of_it_nothing_changes(self):
        for text, host in (("/session/abc", ""), ("/session/abc", None), ("/rate/x", "a.fr")):
            self.assertEqual(mask_host_secrets(text, host), text)


if __name__ == "__main__":
    unittest.main()
