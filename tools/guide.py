"""Screenshots of the guide, taken with the accounts of the demonstration.

Or one screenshot of each pillar, for the page of the addon in Odoo's Apps. Called by tools/guide:
ADDRESS FOLDER WIDTH guide|description.
"""

import base64
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
import websocket
from PIL import Image

ACTION = "/odoo/action-commune_relations."
# name: (account, address, what is there once the page is ready)
SCREENS = {
    "premier-matin": ("direction", "/odoo/communes-first-morning", ".o_commune_onboarding_open"),
    "qui-nous-sommes": (
        "direction",
        f"{ACTION}commune_organisation_identity_action",
        ".modal .o_form_view",
    ),
    "expediteur": ("direction", "/odoo/communes-sender", ".o_form_view"),
    "equipes": ("direction", f"{ACTION}commune_teams_action", ".o_form_view"),
    "collegues": ("direction", "/odoo/communes-colleagues", ".o_data_row, .o_kanban_record"),
    "ce-que-nous-utilisons": ("direction", f"{ACTION}commune_pillars_action", ".o_form_view"),
    "import-elus": ("direction", f"{ACTION}commune_import_upload_action", ".modal .o_form_view"),
    "ma-journee": ("charge-mission", f"{ACTION}application_home_action", ".o_day_line"),
    "tableau-de-bord": ("direction", "/odoo/steering", ".o_st_chart canvas"),
    "demandes": ("charge-mission", "/odoo/commune-requests", ".o_data_row, .o_kanban_record"),
    "noter-un-appel": ("charge-mission", f"{ACTION}commune_request_quick_action", ".o_form_view"),
    "lettres": ("charge-mission", "/odoo/commune-letters", ".o_data_row, .o_kanban_record"),
    "seances": ("charge-mission", "/odoo/sessions", ".o_content > *"),
    "guides": ("charge-mission", "/odoo/guides", ".o_data_row, .o_kanban_record"),
    "veille-trier": ("charge-mission", "/odoo/watch-sorting", ".o_ws_card"),
    "parcours": (
        "charge-mission",
        f"{ACTION}commune_path_progress_action",
        ".o_data_row, .o_kanban_record",
    ),
    "portail-guides": ("secretaire", "/my/guides", "#wrap form"),
    "portail": ("secretaire", "/my", "#wrap"),
    "portail-demande": ("secretaire", "/my/requests/new", "#wrap form"),
}
# One of each pillar: static/description/index.html shows them all (tests/engine/test_arrival.py).
PILLARS = {
    "core": ("charge-mission", "/odoo/my-day", ".o_day_page h2"),
    "territory": ("charge-mission", "/odoo/communes-map", ".o_cm_map path"),
    "requests": ("charge-mission", "/odoo/commune-requests", ".o_data_row, .o_kanban_record"),
    "network": ("charge-mission", "/odoo/commune-audiences", ".o_data_row, .o_kanban_record"),
    "committees": ("charge-mission", "/odoo/sessions", ".o_content > *"),
    "services": ("charge-mission", "/odoo/service-matrix", ".o_service_matrix td"),
    "surveys": ("charge-mission", "/odoo/survey-campaigns", ".o_data_row, .o_kanban_record"),
    "replacement": (
        "coordination",
        "/odoo/replacement-planning",
        ".o_pb_agents tr",
    ),
    "knowledge": ("charge-mission", "/odoo/guides", ".o_data_row, .o_kanban_record"),
    "steering": ("direction", "/odoo/steering", ".o_st_section .o_st_figures > *"),
}
HEIGHT = 760
COLOURS = 96
WEBP_QUALITY = 72
MOST_BYTES = 100_000
PATIENCE = 60


class Browser:
    """A Chromium without a window, driven by its debugging socket."""

    def __init__(self, width):
        self.folder = tempfile.mkdtemp()
        binary = shutil.which("chromium") or shutil.which("google-chrome")
        self.process = subprocess.Popen(
            [
                binary,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                f"--user-data-dir={self.folder}",
                "about:blank",
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        ready = next(line for line in self.process.stderr if "DevTools listening" in line)
        port = re.search(r":(\d+)/", ready)[1]
        [page] = [
            one
            for one in requests.get(f"http://127.0.0.1:{port}/json", timeout=PATIENCE).json()
            if one["type"] == "page"
        ]
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=PATIENCE)
        self.last = 0
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=HEIGHT,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def call(self, method, **params):
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.last:
                return answer.get("result", {})

    def ask(self, expression):
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return found.get("result", {}).get("value")

    def open(self, address, sign):
        """Wait for the sign, then until nothing is fetched or moved any more.

        :raises TimeoutError: it never came
        """
        self.call("Page.navigate", url=address)
        end, still = time.monotonic() + PATIENCE, 0
        seen = f"document.readyState == 'complete' && !!document.querySelector({json.dumps(sign)})"
        known = None
        while still < 4:
            if time.monotonic() > end:
                raise TimeoutError(f"{address}: {sign}")
            time.sleep(0.3)
            size = self.ask("document.body.innerHTML.length") if self.ask(seen) else None
            still = still + 1 if size and size == known else 0
            known = size

    def shoot(self):
        found = self.call("Page.captureScreenshot", format="png")
        return Image.open(io.BytesIO(base64.b64decode(found["data"])))

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def log_in(address, login):
    """The cookie of a session; the accounts of the demonstration have their login as password."""
    session = requests.Session()
    page = session.get(f"{address}/web/login", timeout=PATIENCE).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    session.post(
        f"{address}/web/login",
        data={"login": login, "password": login, "csrf_token": token},
        timeout=PATIENCE,
    )
    return session.cookies["session_id"]


def wait_for(address):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return requests.get(f"{address}/web/login", timeout=PATIENCE)
        except requests.ConnectionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


def keep(picture, image):
    """The image in a file that stays small: PNG for the guide, WebP for the page of the addon.

    :raise SystemExit: it does not
    """
    if picture.suffix == ".webp":
        image.convert("RGB").save(picture, quality=WEBP_QUALITY, method=6)
    else:
        image.convert("RGB").quantize(COLOURS).save(picture, optimize=True)
    size = picture.stat().st_size
    print(f"    {picture.name} : {size // 1000} ko")
    if size > MOST_BYTES:
        sys.exit(f"{picture.name} : plus de {MOST_BYTES // 1000} ko")


def main(address, folder, width, which):
    wait_for(address)
    screens, suffix = {"guide": (SCREENS, "png"), "description": (PILLARS, "webp")}[which]
    cookies = {}
    browser = Browser(int(width))
    try:
        for name, (login, path, sign) in screens.items():
            cookies[login] = cookies.get(login) or log_in(address, login)
            browser.call("Network.setCookie", name="session_id", value=cookies[login], url=address)
            browser.open(address + path, sign)
            keep(Path(folder) / f"{name}.{suffix}", browser.shoot())
    finally:
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
