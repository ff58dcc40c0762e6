"""Scenario of `bin/bench --load` for locust: four portal users for one staff user.

LOAD_KIND selects the database: `addon`, or `stock` (Odoo with helpdesk_mgmt). LOAD_PEOPLE is a
JSON file,
{kind: {portal: {login: session}, staff: {login: session}, tickets: {login: [number]}}}.
"""

import itertools
import json
import os
import random
from pathlib import Path

from locust import FastHttpUser, between, task

KIND = os.environ["LOAD_KIND"]
PEOPLE = json.loads(Path(os.environ["LOAD_PEOPLE"]).read_text(encoding="utf-8"))[KIND]
LOGINS = {part: itertools.cycle(PEOPLE[part]) for part in ("portal", "staff")}
PAGES = {
    "addon": ("/my", "/my/requests", "/my/requests/%d", "/my/events", "/my/guides", "/my/services"),
    "stock": ("/my", "/my/tickets", "/my/ticket/%d", "/my/account"),
}[KIND]
TICKETS = {"number": {}, "name": {}, "partner_id": {"fields": {"display_name": {}}}}
TICKETS |= {"stage_id": {"fields": {"display_name": {}}}, "create_date": {}}
PERSONS = {"complete_name": {}, "email": {}, "phone": {}}


class Visitor(FastHttpUser):
    """Reads a page every second or two."""

    abstract = True
    wait_time = between(1, 2.5)
    part = "portal"

    def on_start(self):
        login = next(LOGINS[self.part])
        self.headers = {"Cookie": f"session_id={PEOPLE[self.part][login]}"}
        self.tickets = PEOPLE["tickets"].get(login, PEOPLE["tickets"]["all"])


class Commune(Visitor):
    weight = 4

    @task
    def read_page(self):
        page = random.choice([one for one in PAGES if self.tickets or "%d" not in one])
        path = page % random.choice(self.tickets) if "%d" in page else page
        with self.client.get(path, name=page, headers=self.headers, catch_response=True) as answer:
            if "/web/login" in (answer.url or ""):
                answer.failure("la personne n’est pas entrée")


class StaffVisitor(Visitor):
    weight = 1
    part = "staff"

    def call(self, model, method, args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with self.client.post(
            f"/web/dataset/call_kw/{model}/{method}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            name=f"{model} {method}",
            headers=self.headers,
            catch_response=True,
        ) as answer:
            if '"error"' in (answer.text or "")[:200]:
                answer.failure("refus")

    @task(2)
    def list_tickets(self):
        self.call(
            "helpdesk.ticket", "web_search_read", [], domain=[], specification=TICKETS, limit=80
        )

    @task
    def list_persons(self):
        self.call("res.partner", "web_search_read", [], domain=[], specification=PERSONS, limit=80)

    @task
    def read_ticket(self):
        self.call(
            "helpdesk.ticket",
            "web_read",
            [[random.choice(self.tickets)]],
            specification={**TICKETS, "description": {}},
        )
