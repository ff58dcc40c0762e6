"""One Chromium for all the tests of a process, a new empty tab for each.

Starting a browser, and compiling the programs of a page again in each, took most of the time of
short tours. Cookies, storages and workers go with each test; what Odoo lets a browser keep for a
year (its bundles) stays, as for anyone who comes back. Debian's `chromium-headless-shell` is the
same browser without its windows: it starts in a third of the processor time."""

import os
import shutil
import signal
import subprocess
import time
from concurrent.futures import wait
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import requests

from odoo.tests.common import HOST, ChromeBrowser, _preexec

# Odoo ends the children of a case with its class: the browser is that of a shell, which ends it
# once the tests have.
KEEPER = """
(
    "$@" >/dev/null 2>&1 &
    echo $!
    exec >/dev/null
    while kill -0 "$OWNER" && kill -0 $!; do sleep 1; done
    kill $!
    wait $!
    rm -rf "$FOLDER"
) 2>/dev/null &
"""
# What Odoo asks of each browser at its end.
NO_WORKER = """
    ("serviceWorker" in navigator) &&
        navigator.serviceWorker.getRegistrations().then(
            registrations => Promise.all(registrations.map(r => r.unregister()))
        )
"""
SHELL = Path("/usr/lib/chromium/chromium-headless-shell")
_start, _stop = ChromeBrowser._chrome_start, ChromeBrowser.stop


class _Process:
    """A browser that is no child of the tests, with what Odoo asks of one."""

    def __init__(self, command, folder):
        env = {**os.environ, "OWNER": str(os.getpid()), "FOLDER": folder}
        keeper = ["sh", "-c", KEEPER, "sh", *command]
        found = subprocess.run(
            keeper, env=env, stdout=subprocess.PIPE, check=True, preexec_fn=_preexec
        )
        self.pid, self.folder = int(found.stdout), folder

    def poll(self):
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def terminate(self):
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    kill = terminate

    def wait(self, timeout=5):
        end = time.monotonic() + timeout
        while self.poll() is None and time.monotonic() < end:
            time.sleep(0.05)


class KeptBrowser:
    """Mixin that precedes `HttpCase` in the bases of a case."""

    def browser_js(self, *args, **kwargs):
        with (
            patch.object(ChromeBrowser, "_chrome_start", _take),
            patch.object(ChromeBrowser, "_spawn_chrome", _spawn),
            patch.object(ChromeBrowser, "stop", _give_back),
        ):
            return super().browser_js(*args, **kwargs)


# (process, port) by what is chosen when Chromium starts: a touch screen, a time zone.
_browsers = {}


def _take(browser, user_data_dir, touch_enabled, headless=True, debug=False):
    key = browser.kept_key = touch_enabled, os.environ.get("TZ")
    if key not in _browsers or _browsers[key][0].poll() is not None:
        _browsers[key] = _start(browser, user_data_dir, touch_enabled, headless, debug)
    else:
        shutil.rmtree(user_data_dir)
    return _browsers[key]


def _spawn(browser, command):
    if SHELL.exists():
        command = [str(SHELL), *command[1:]]
    process = _Process(command, browser.user_data_dir)
    port = Path(browser.user_data_dir, "DevToolsActivePort")
    for _try in range(200):
        if port.is_file() and port.stat().st_size > 5:
            return process, int(port.read_text().splitlines()[0])
        time.sleep(0.1)
    raise RuntimeError("Chromium does not start.")


def _give_back(browser):
    """The browser for the next test; one in which a test failed ends."""
    process, port = _browsers[browser.kept_key]
    if not hasattr(browser, "ws") or not browser._result.done() or browser.had_failure:
        del _browsers[browser.kept_key]
        _stop(browser)
        return
    browser.screencaster.stop()
    browser._websocket_request("Page.stopLoading")
    worker = {"expression": NO_WORKER, "awaitPromise": True}
    browser._websocket_request("Runtime.evaluate", params=worker)
    wait(browser._responses.values(), 10)
    stored = {"origin": browser.test_case.base_url(), "storageTypes": "all"}
    browser._websocket_request("Storage.clearDataForOrigin", params=stored)
    browser._websocket_request("Network.clearBrowserCookies")
    # A browser without a tab ends.
    requests.put(f"http://{HOST}:{port}/json/new?about:blank", timeout=10).raise_for_status()
    browser._websocket_send("Page.close")
    browser._receiver.join(10)
    browser.ws.close()
