"""One Chromium for all the tests of a process, a new empty tab for each.

Starting a browser, and compiling the programs of a page again in each, took most of the time of
short tours. Cookies, storages and workers go with each test; what Odoo lets a browser keep for a
year (its bundles) stays, as for anyone who comes back. Debian's `chromium-headless-shell` is the
same browser without its windows: it starts in a third of the processor time."""

import atexit
import os
import shutil
from concurrent.futures import wait
from unittest.mock import patch

import requests

from odoo.tests.common import HOST, ChromeBrowser

# What Odoo asks of each browser at its end.
NO_WORKER = """
    ("serviceWorker" in navigator) &&
        navigator.serviceWorker.getRegistrations().then(
            registrations => Promise.all(registrations.map(r => r.unregister()))
        )
"""


class _Kept:
    """A process of Chromium between two tests."""

    def __init__(self, process, port, folder):
        self.process, self.port, self.folder = process, port, folder
        atexit.register(self.end)

    def is_alive(self):
        return self.process.poll() is None

    def end(self):
        atexit.unregister(self.end)
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


# By what is chosen when Chromium starts: a touch screen, a time zone.
_browsers = {}


class KeptBrowser:
    """Mixin that precedes `HttpCase` in the bases of a case."""

    def browser_js(self, *args, **kwargs):
        with (
            patch.object(ChromeBrowser, "_chrome_start", _take),
            patch.object(ChromeBrowser, "stop", _give_back),
        ):
            return super().browser_js(*args, **kwargs)


_start, _stop = ChromeBrowser._chrome_start, ChromeBrowser.stop
if shell := shutil.which("chromium-headless-shell"):
    ChromeBrowser.executable = shell


def _get_key(touch):
    return touch, os.environ.get("TZ")


def _take(browser, user_data_dir, touch_enabled, headless=True, debug=False):
    key = _get_key(touch_enabled)
    kept = _browsers.get(key)
    if not kept or not kept.is_alive():
        process, port = _start(browser, user_data_dir, touch_enabled, headless, debug)
        kept = _browsers[key] = _Kept(process, port, user_data_dir)
    elif user_data_dir != kept.folder:
        shutil.rmtree(user_data_dir, ignore_errors=True)
    browser.kept_key = key
    return kept.process, kept.port


def _give_back(browser):
    """The browser for the next test; one in which a test failed ends."""
    kept = _browsers.get(getattr(browser, "kept_key", None))
    if not kept or not hasattr(browser, "ws") or not browser._result.done() or browser.had_failure:
        _browsers.pop(getattr(browser, "kept_key", None), None)
        _stop(browser)
        return
    browser.screencaster.stop()
    browser._websocket_request("Page.stopLoading")
    browser._websocket_request(
        "Runtime.evaluate", params={"expression": NO_WORKER, "awaitPromise": True}
    )
    wait(browser._responses.values(), 10)
    origin = browser.test_case.base_url()
    browser._websocket_request(
        "Storage.clearDataForOrigin", params={"origin": origin, "storageTypes": "all"}
    )
    browser._websocket_request("Network.clearBrowserCookies")
    # A browser without a tab ends.
    requests.put(f"http://{HOST}:{kept.port}/json/new?about:blank", timeout=10).raise_for_status()
    browser._websocket_send("Page.close")
    browser._receiver.join(10)
    browser.ws.close()
