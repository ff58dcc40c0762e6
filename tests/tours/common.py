"""What tours need: the back office, a network that is slow or cut."""

from odoo.tests import HttpCase
from odoo.tests.common import ChromeBrowser
from odoo.tools.misc import file_path

# Debian's Odoo leaves this file of `mail` out for its licence: its absence is an error in the
# console, which would fail any tour.
LEFT_OUT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def without_missing_asset(env):
    """Take the file that Debian leaves out of the bundle, where it is missing.

    The database of `bin/test` comes without it: taken out by a test, it would have that test build
    the bundle of the back office again, while Odoo lets a page wait for twenty seconds."""
    try:
        file_path(LEFT_OUT)
    except FileNotFoundError:
        if env["ir.asset"].search_count([("path", "=", LEFT_OUT)], limit=1):
            return
        env["ir.asset"].create(
            {
                "name": "Debian: file left out of mail",
                "bundle": "web.assets_backend",
                "directive": "remove",
                "path": LEFT_OUT,
            }
        )


NETWORKS = {
    # A telephone far from its mast: 800 kbit/s, 200 ms.
    "network slow": {"latency": 200, "downloadThroughput": 100_000, "uploadThroughput": 100_000},
    "network cut": {"latency": 0, "downloadThroughput": 0, "uploadThroughput": 0, "offline": True},
    "network back": {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1},
}


class NetworkCase(HttpCase):
    """A tour that writes one of `NETWORKS` in the console has that network from then on."""

    def setUp(self):
        super().setUp()
        handle = ChromeBrowser._handle_console

        def listen(browser, type, args=None, **kwargs):
            found = NETWORKS.get(args[0].get("value")) if args else None
            if found:
                browser._websocket_send("Network.enable")
                browser._websocket_send(
                    "Network.emulateNetworkConditions", params={"offline": False, **found}
                )
            return handle(browser, type, args=args, **kwargs)

        self.patch(ChromeBrowser, "_handle_console", listen)


class SlowPhoneCase(NetworkCase):
    """The tours of a telephone (`touch_enabled`) have the slow network from the first page on: the
    programs of the portal are there already, as for anyone who comes back."""

    def browser_js(self, url_path, code, *args, **kwargs):
        if self.touch_enabled:
            code = f"console.log('network slow'); {code}"
        return super().browser_js(url_path, code, *args, **kwargs)
