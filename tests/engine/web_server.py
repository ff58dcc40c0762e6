"""A web server of this machine whose every page misbehaves in its way."""

import gzip
import os
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BOMB = gzip.compress(bytes(50_000_000))


class Handler(BaseHTTPRequestHandler):
    """Each path misbehaves in its way."""

    def log_message(self, *_words):
        pass

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        name = self.path.strip("/").partition("?")[0].replace("-", "_")
        if name in self.server.files:
            self.answer(content=self.server.files[name], ETag=f'"{name}"')
        else:
            getattr(self, f"do_{name}", self.do_fine)()

    def answer(self, status=200, content=b"bonjour", **headers):
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def do_fine(self):
        self.answer(ETag='"1"', Content_Type="text/xml; charset=ISO-8859-15")

    def do_known(self):
        self.answer(304 if self.headers.get("If-None-Match") == '"1"' else 200, b"")

    def do_refused(self):
        self.answer(403)

    def do_failing(self):
        self.answer(500)

    def do_gone(self):
        self.answer(410)

    def do_packed(self):
        self.answer(content=gzip.compress(b"bonjour" * 9), Content_Encoding="gzip")

    def do_bomb(self):
        self.answer(content=BOMB, Content_Encoding="gzip")

    def do_cut_pack(self):
        self.answer(content=gzip.compress(os.urandom(9000))[:5000], Content_Encoding="gzip")

    def do_unknown_pack(self):
        self.answer(content=b"x", Content_Encoding="br")

    def do_cut(self):
        self.answer(content=b"court", Content_Length="900")

    def do_huge(self):
        self.answer(content=b"x" * 200_000)

    def do_endless(self):
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"x" * 10_000)

    def do_slow(self):
        """A byte at a time: never silent long enough to be given up, never done."""
        self.send_response(200)
        self.end_headers()
        while not self.server.over.wait(0.1):
            self.wfile.write(b"x")
            self.wfile.flush()

    def do_slow_head(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not self.server.over.wait(0.1):
            self.wfile.write(b"x")
            self.wfile.flush()

    def do_silent(self):
        self.server.over.wait(5)

    def do_loop(self):
        self.answer(302, b"", Location="/loop")

    def do_moved(self):
        self.answer(301, b"", Location="fine?utm=1")

    def do_to_internal(self):
        self.answer(302, b"", Location=f"http://127.0.0.2:{self.server.server_port}/secret")

    def do_to_file(self):
        self.answer(302, b"", Location="file:///etc/hostname")


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_request):
        """A reader that goes away is what is tried here."""


@contextmanager
def serving():
    server = Server(("127.0.0.1", 0), Handler)
    # Paths asked; pages of a test, by name; event that ends the slow responses.
    server.asked, server.files, server.over = [], {}, threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
