"""A mailbox on the loopback, that Odoo reads by IMAP: what a test letter comes back by.

Only the commands that Odoo sends; the messages come from an SMTP mailbox.
"""

import re
import socketserver
import threading

LOOPBACK = "127.0.0.1"
CAPABILITIES = "IMAP4rev1"


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._write_line("* OK ready")
        for line in self.rfile:
            tag, command, *rest = line.decode().split(maxsplit=2)
            name = command.lower()
            known = getattr(self, f"do_{name}", None)
            self.server.commands.append(name)
            if not known:
                self._write_line(f"{tag} BAD {command}")
                continue
            refused = known(rest[0].strip() if rest else "")
            self._write_line(f"{tag} {refused or 'OK done'}")
            if name == "logout":
                return

    def _write_line(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def do_capability(self, _asked):
        self._write_line(f"* CAPABILITY {CAPABILITIES}")

    def do_login(self, asked):
        words = [word.strip('"') for word in asked.split()]
        return None if words == list(self.server.account) else "NO wrong password"

    def do_select(self, _asked):
        self._write_line(f"* {len(self.server.messages)} EXISTS")

    def do_search(self, _asked):
        unread = [str(rank) for rank in self._ranks() if rank not in self.server.seen]
        self._write_line(" ".join(["* SEARCH", *unread]))

    def do_fetch(self, asked):
        rank = int(asked.split()[0])
        content = self.server.messages[rank - 1]
        self.wfile.write(f"* {rank} FETCH (RFC822 {{{len(content)}}}\r\n".encode())
        self.wfile.write(content + b")\r\n")

    def do_store(self, asked):
        rank, sign = re.match(r"(\d+) ([+-])FLAGS", asked).groups()
        change = self.server.seen.add if sign == "+" else self.server.seen.discard
        change(int(rank))

    def do_close(self, _asked):
        """Nothing is deleted."""

    def do_logout(self, _asked):
        self._write_line("* BYE")

    def _ranks(self):
        return range(1, len(self.server.messages) + 1)


class ImapServer(socketserver.ThreadingTCPServer):
    """`messages` (bytes), `seen` (their ranks, from 1 on), `commands` that were given."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, user, password):
        super().__init__((LOOPBACK, 0), Session)
        self.account = (user, password)
        self.messages, self.seen, self.commands = [], set(), []
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()
