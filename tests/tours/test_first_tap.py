"""The first tap on a slow network: personal links are answered without any program."""

from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tests.common import ChromeBrowser

from ..sudo_route_case import SudoRouteCase

PROGRAMS = "assets_page.min.js"
DRAWN = "document.readyState === 'complete' && !document.documentElement.dataset.programs"
TAP = """
    sessionStorage.tapped = "1";
    document.querySelector(%r).click();
"""
# In each page: the page loaded after the tap reports success.
FOLLOWED = """
    addEventListener("DOMContentLoaded", () => {
        if (sessionStorage.tapped) console.log("test successful");
    });
"""


@tagged("post_install", "-at_install")
class TestFirstTap(SudoRouteCase, HttpCase):
    def _tap(self, path, button):
        """Open a page to which its programs never come, and touch a button: the page leaves."""
        navigate = ChromeBrowser.navigate_to

        def navigate_without(browser, *args, **kwargs):
            browser._websocket_request("Network.enable")
            browser._websocket_request("Network.setBlockedURLs", params={"urls": [f"*{PROGRAMS}*"]})
            script = {"source": FOLLOWED}
            browser._websocket_request("Page.addScriptToEvaluateOnNewDocument", params=script)
            return navigate(browser, *args, **kwargs)

        with patch.object(ChromeBrowser, "navigate_to", navigate_without):
            self.browser_js(
                path,
                TAP % button,
                DRAWN,
                error_checker=lambda message: "ERR_BLOCKED_BY" not in message,
            )
        self.env.invalidate_all()

    def test_an_invitation_is_answered(self):
        invitation = self.records["invitation"]
        invitation.event_id.registration_ids.unlink()
        self._tap(f"/event-invitation/{invitation.token}", "button[name=answer][value=yes]")
        self.assertEqual(invitation.event_id.registration_ids.mandate_id, invitation.mandate_id)

    def test_a_convocation_is_answered(self):
        line = self.records["attendance_a"]
        line.sudo().answer = False
        self._tap(f"/session/{line.token}", "button[name=answer][value=present]")
        self.assertEqual(line.answer, "present")
