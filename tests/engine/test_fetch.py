"""What a server may read for somebody, and what it never reads, tried on a real server."""

import os
import socket
from unittest import TestCase
from unittest.mock import patch

from web_server import serving

from engine.web import fetch as fetching
from engine.web.fetch import FetchError, Limits, fetch, is_public

INTERNAL = (
    *("127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0.0.0.0", "localhost"),
    *("10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1"),
    *("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[fe80::1]", "[fd00::1]"),
    *(
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
        "[ff02::1]",
    ),
)
BOUNDS = Limits(size=100_000, redirects=3)
SHORT = Limits(wait=0.3, total=1)


class TestFetch(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = cls.enterClassContext(serving())
        cls.host = f"127.0.0.1:{cls.server.server_port}"

    def get(self, path, **more):
        more = {"allowed": {self.host}, "limits": BOUNDS} | more
        return fetch(f"http://{self.host}/{path}", **more)

    def refuse(self, code, path, **more):
        with self.assertRaises(FetchError) as error:
            self.get(path, **more)
        self.assertEqual(error.exception.code, code)
        return error.exception

    def test_a_page(self):
        page = self.get("fine")
        self.assertEqual(
            (page.status, page.content, page.charset), (200, b"bonjour", "ISO-8859-15")
        )
        self.assertEqual(page.headers["etag"], '"1"')
        self.assertEqual(self.get("packed").content, b"bonjour" * 9)

    def test_nothing_new(self):
        page = self.get("known", headers={"If-None-Match": '"1"'})
        self.assertEqual((page.status, page.content), (304, b""))
        self.assertEqual(self.get("known").status, 200)

    def test_the_answer_of_the_site_is_reported(self):
        self.assertIn("refuse les lectures automatiques", str(self.refuse("forbidden", "refused")))
        self.assertIn("en panne (réponse 500)", str(self.refuse("failed", "failing")))
        self.refuse("gone", "gone")

    def test_a_size_at_most_also_once_unpacked(self):
        for path in ("huge", "endless", "bomb"):
            self.refuse("too_large", path)

    def test_what_is_damaged_is_not_read(self):
        for path in ("cut", "cut-pack", "unknown-pack"):
            self.refuse("cut", path)

    def test_a_time_at_most_whatever_trickles(self):
        for path in ("slow", "slow-head", "silent"):
            self.refuse("slow", path, limits=SHORT)

    def test_redirections(self):
        page = self.get("moved")
        self.assertEqual(page.address, f"http://{self.host}/fine?utm=1")
        before = len(self.server.asked)
        self.refuse("redirects", "loop")
        self.assertEqual(len(self.server.asked) - before, 4)

    def test_a_redirection_never_leads_inside(self):
        before = len(self.server.asked)
        self.refuse("internal", "to-internal")
        self.refuse("bad_address", "to-file")
        self.assertEqual(len(self.server.asked) - before, 2)

    def test_addresses_of_the_internal_network_are_refused_in_every_form(self):
        for host in INTERNAL:
            with self.subTest(host), self.assertRaises(FetchError) as error:
                fetch(f"http://{host}:{self.server.server_port}/", limits=BOUNDS)
            self.assertIn(error.exception.code, ("internal", "unknown_host"), host)
        for number in ("93.184.216.34", "2001:4860:4860::8888", "::ffff:93.184.216.34"):
            self.assertTrue(is_public(number), number)

    def test_what_is_allowed_is_that_name_or_that_port_alone(self):
        self.assertEqual(self.get("fine", allowed={self.host}).status, 200)
        self.refuse("internal", "fine", allowed={"127.0.0.1:1", "localhost"})
        # A name opens the ports of the web, not the ports of mail or of a database.
        error = self.refuse("port", "fine", allowed={"127.0.0.1"})
        self.assertIn(self.host, str(error))

    def _fetch_outside(self, address, allowed=()):
        """The outcome of an address, and the hosts that were reached."""
        reached = []

        def connect(_link, place):
            reached.append(place)
            raise ConnectionRefusedError

        def resolve(host, port, **_more):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]

        with (
            patch.object(fetching.socket, "getaddrinfo", resolve),
            patch.object(fetching.socket.socket, "connect", connect),
            self.assertRaises(FetchError) as error,
        ):
            fetch(address, allowed=allowed, limits=BOUNDS)
        return error.exception.code, [port for _host, port in reached]

    def test_a_public_host_is_asked_on_the_ports_of_the_web_only(self):
        for port in (0, 22, 25, 587, 3306, 5432, 8025, 8080):
            with self.subTest(port=port):
                found = self._fetch_outside(f"http://site.example:{port}/")
                self.assertEqual(found, ("port", []))
        for address, port in (
            ("http://site.example/", 80),
            ("https://site.example/", 443),
            ("http://site.example:443/", 443),
        ):
            self.assertEqual(self._fetch_outside(address), ("unreachable", [port]))
        allowed = {"site.example:8080"}
        found = self._fetch_outside("http://site.example:8080/", allowed)
        self.assertEqual(found, ("unreachable", [8080]))
        self.assertEqual(self._fetch_outside("http://site.example:25/", allowed), ("port", []))

    def test_a_redirection_leads_to_no_other_port(self):
        page = fetching.Page("", 302, b"", {"location": "http://site.example:25/"})
        real = fetching._fetch_one

        def fetch_one(address, *rest):
            return page if address == "http://site.example/" else real(address, *rest)

        with patch.object(fetching, "_fetch_one", fetch_one):
            self.assertEqual(self._fetch_outside("http://site.example/"), ("port", []))

    def test_a_name_is_resolved_once_and_that_number_is_reached(self):
        """DNS rebinding: the name resolves to a public address first, then to a local one."""
        asked = []

        def resolve(host, port, **_more):
            asked.append(host)
            number = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))]

        reached = []

        def connect(_link, place):
            reached.append(place[0])
            raise ConnectionRefusedError

        with (
            patch.object(fetching.socket, "getaddrinfo", resolve),
            patch.object(fetching.socket.socket, "connect", connect),
            self.assertRaises(FetchError) as error,
        ):
            fetch("http://change.example/", limits=BOUNDS)
        self.assertEqual(error.exception.code, "unreachable")
        self.assertEqual((asked, reached), (["change.example"], ["93.184.216.34"]))

    def test_a_name_with_one_internal_number_is_refused(self):
        places = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80))
            for number in ("93.184.216.34", "10.0.0.1")
        ]
        with (
            patch.object(fetching.socket, "getaddrinfo", lambda *_a, **_k: places),
            self.assertRaises(FetchError) as error,
        ):
            fetch("http://double.example/", limits=BOUNDS)
        self.assertEqual(error.exception.code, "internal")

    def test_proxies_of_the_environment_are_not_used(self):
        proxies = {name: "http://127.0.0.1:9" for name in ("http_proxy", "HTTP_PROXY", "all_proxy")}
        with patch.dict(os.environ, proxies):
            self.assertEqual(self.get("fine").status, 200)

    def test_no_address_of_the_web(self):
        for address in (
            *(
                "file:///etc/hostname",
                "ftp://a.fr/",
                "//a.fr",
                "a.fr",
                "",
                "http://",
                "http://[::1",
            ),
            *("http://moi:secret@a.fr/", "javascript:1", "http://a..fr/", "http://a.fr:port/"),
        ):
            with self.subTest(address), self.assertRaises(FetchError) as error:
                fetch(address, limits=BOUNDS)
            self.assertEqual(error.exception.code, "bad_address")

    def test_no_line_is_added_to_what_is_asked(self):
        self.get("fine%0d%0aX-Mine:%201?a=b c\u00e9")
        path, headers = self.server.asked[-1]
        self.assertEqual(path, "/fine%0d%0aX-Mine:%201?a=b%20c%C3%A9")
        self.assertNotIn("X-Mine", headers)
