"""Shared parts of bin/attack: persons over HTTP, watch of the database, table of results."""

import html
import re
import time
from dataclasses import dataclass, field

import psycopg2
import requests
from psycopg2 import sql

# Errors with a clear message; any other one is a fault of the server.
CLEAN = {
    "odoo.exceptions.AccessDenied",
    "odoo.exceptions.AccessError",
    "odoo.exceptions.LockError",
    "odoo.exceptions.MissingError",
    "odoo.exceptions.RedirectWarning",
    "odoo.exceptions.UserError",
    "odoo.exceptions.ValidationError",
    "odoo.http.SessionExpiredException",
    "werkzeug.exceptions.BadRequest",
    "werkzeug.exceptions.Forbidden",
    "werkzeug.exceptions.NotFound",
    "werkzeug.exceptions.UnprocessableEntity",
}
ADDON = "commune_relations/"
TIMEOUT = 60


@dataclass
class Row:
    """One line of the result."""

    part: str
    what: str
    tries: int = 0
    left: int = 0
    failures: list = field(default_factory=list)
    note: str = ""

    def check(self, fine, sentence):
        """:param sentence: what went wrong and how to do it again, for the report"""
        self.tries += 1
        if not fine and sentence not in self.failures:
            self.failures.append(sentence)
        return fine


class Clock:
    """Seconds that remain to a part: the attack always stops by itself."""

    def __init__(self, seconds):
        self.end = time.monotonic() + seconds

    def __bool__(self):
        return time.monotonic() < self.end


@dataclass
class Answer:
    """Answer of an RPC call: a value, or the name of an error and its traceback."""

    value: object = None
    error: str = ""
    trace: str = ""
    text: str = ""

    @property
    def clean(self):
        """Whether the answer is a value, a clear refusal, or a fault of Odoo without the addon."""
        return not self.error or self.error in CLEAN or not self._is_managed()

    def _is_managed(self):
        frames = re.findall(r'File "([^"]+)", line \d+, in \w+', self.trace)
        addons = [f for f in frames if "/addons/" in f or ADDON in f or "/engine/" in f]
        return bool(addons) and any(part in addons[-1] for part in (ADDON, "/engine/"))

    @property
    def place(self):
        """Where the fault was, in one line."""
        frames = re.findall(r'File "[^"]*?([^/"]+/[^/"]+)", line (\d+), in (\w+)', self.trace)
        return ":".join(frames[-1]) if frames else ""


class Person:
    """One kind of user, with a session of its own."""

    def __init__(self, url, db, key, data):
        self.url, self.db, self.key, self.data = url, db, key, data
        self.http = requests.Session()
        self.http.headers["X-Forwarded-For"] = "127.0.0.1"
        self.canaries = data["canaries"]
        if data["login"]:
            self.login()

    def login(self):
        page = self.get("/web/login")
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        values = {
            "login": self.data["login"],
            "password": self.data["password"],
            "csrf_token": token[1] if token else "",
        }
        self.http.post(f"{self.url}/web/login", data=values, timeout=TIMEOUT)
        if self.call("res.users", "read", [[self.data["uid"]], ["login"]]).error:
            raise SystemExit(f"Erreur : {self.data['login']} ne peut pas se connecter.")

    def get(self, path, **options):
        options.setdefault("allow_redirects", False)
        return self.http.get(self.url + path, timeout=TIMEOUT, **options)

    def post(self, path, values=None, token=None, **options):
        """Post a form, with the CSRF token of this session when `token` is set."""
        values = dict(values or {})
        if token:
            values["csrf_token"] = self.csrf()
        options.setdefault("allow_redirects", False)
        return self.http.post(self.url + path, data=values, timeout=TIMEOUT, **options)

    def csrf(self):
        page = self.get("/my/requests/new" if self.data["portal"] else "/web")
        found = re.search(r'csrf_token["\']?(?:" value=|:)\s*"([^"]+)"', page.text)
        return found[1] if found else ""

    def call_route(self, path, params):
        body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        answer = self.http.post(self.url + path, json=body, timeout=TIMEOUT)
        try:
            content = answer.json()
        except ValueError:
            return Answer(error=f"HTTP {answer.status_code}", text=answer.text[:2000])
        if not isinstance(content, dict) or "error" not in content:
            value = content.get("result") if isinstance(content, dict) else content
            return Answer(value=value, text=answer.text)
        data = content["error"].get("data") or {}
        name = data.get("name") or content["error"].get("message", "")
        return Answer(error=name, trace=data.get("debug") or "", text=answer.text)

    def call(self, model, method, args, kwargs=None):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs or {}}
        return self.call_route("/web/dataset/call_kw", params)

    def call_json2(self, model, method, values):
        """The same by the interface for programs, with a key in place of a session."""
        headers = {"Authorization": f"bearer {self.data['api_key']}"}
        url = f"{self.url}/json/2/{model}/{method}"
        answer = requests.post(url, json=values, headers=headers, timeout=TIMEOUT)
        if answer.ok:
            return Answer(value=answer.json(), text=answer.text)
        try:
            payload = answer.json()
        except ValueError:
            payload = {}
        name = payload.get("name") or f"HTTP {answer.status_code}"
        return Answer(error=name, trace=payload.get("debug") or "", text=answer.text)

    def find_canary(self, text):
        """The first word of somebody else's records in this answer."""
        text = html.unescape(text)
        return next((word for word in self.canaries if word in text), "")


class Watch:
    """The database behind the demonstration: what changed, and no scheduled action meanwhile."""

    def __init__(self, db, tables):
        self.connection = psycopg2.connect(dbname=db)
        self.connection.autocommit = True
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name FROM information_schema.columns"
                " WHERE column_name = 'id' AND table_schema = current_schema"
                " AND table_name = ANY(%s)",
                [tables],
            )
            self.tables = [row[0] for row in cursor.fetchall()]
        self.crons = psycopg2.connect(dbname=db)
        with self.crons.cursor() as cursor:
            # Odoo's scheduler skips what somebody holds: whatever changes, the attack changed it.
            cursor.execute("SELECT id FROM ir_cron FOR NO KEY UPDATE SKIP LOCKED")

    def _ask(self, expression):
        parts = [
            sql.SQL("SELECT {}, count(*), " + expression + " FROM {}").format(
                sql.Literal(table), sql.Identifier(table)
            )
            for table in self.tables
        ]
        with self.connection.cursor() as cursor:
            cursor.execute(sql.SQL(" UNION ALL ").join(parts))
            return {table: (count, mark) for table, count, mark in cursor.fetchall()}

    def count(self):
        """{table: number of lines}"""
        return self._ask("0")

    def versions(self):
        """{table: (number of lines, mark of the version of each)}"""
        return self._ask("coalesce(sum(hashtext(id::text || ':' || xmin::text)::bigint), 0)")

    @staticmethod
    def changed(before, after):
        return sorted(table for table in after if before.get(table) != after[table])

    def close(self):
        self.crons.rollback()
        self.crons.close()
        self.connection.close()


def print_table(rows):
    """The result: part, tries, failures, first failure."""
    print(f"\n{'partie':<13}{'ce qui est essayé':<48}{'essais':>8}{'échecs':>8}  premier échec")
    for row in rows:
        first = row.failures[0] if row.failures else row.note
        if row.left:
            first = f"(temps écoulé, {row.left} non essayés) {first}"
        print(f"{row.part:<13}{row.what:<48}{row.tries:>8}{len(row.failures):>8}  {first[:150]}")
    tries, failures = sum(r.tries for r in rows), sum(len(r.failures) for r in rows)
    print(f"{'total':<61}{tries:>8}{failures:>8}")
