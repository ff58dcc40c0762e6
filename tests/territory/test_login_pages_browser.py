"""The login pages of the organisation in a browser: the key of the device, the characters that are
missing."""

import re

from odoo.tests import tagged

from .portal_case import PortalCase

# The browser asks for the key; the person refuses, then shows it. The form is not sent.
PASSKEY = """
(async () => {
    const form = document.querySelector("form.oe_login_form");
    const bytes = new Uint8Array([1, 2, 3]).buffer;
    const response = {authenticatorData: bytes, clientDataJSON: bytes, signature: bytes};
    const key = {id: "AQID", rawId: bytes, type: "public-key", response,
        getClientExtensionResults: () => ({})};
    let asked = null;
    const answer = (act) => {
        const there = new Promise((done) => { asked = done; });
        navigator.credentials.get = async (options) => { asked(options); return act(); };
        document.querySelector(".passkey_login_link a, a.passkey_login_link").click();
        return there;
    };
    const refusal = () => { throw new DOMException("no", "NotAllowedError"); };
    const {publicKey} = await answer(refusal);
    if (!publicKey.challenge.byteLength) throw new Error("no challenge");
    await new Promise((done) => setTimeout(done));
    if (form.elements.webauthn_response.value) throw new Error("refused, and yet filled in");
    const sent = new Promise((done) => { form.submit = done; });
    await answer(() => key);
    await sent;
    if (form.elements.type.value !== "webauthn") throw new Error(form.elements.type.value);
    if (JSON.parse(form.elements.webauthn_response.value).id !== "AQID") throw new Error("no key");
    console.log("test successful");
})().catch((error) => console.error(error.stack || error));
"""
CHECK_MESSAGES = """
(() => {
    const input = document.querySelector("input[name='password']");
    const say = (words) => {
        input.value = words;
        input.dispatchEvent(new Event("input"));
        return document.querySelector("#o_commune_password_advice [role=status]").textContent;
    };
    const told = ["", "Aubrive", "Aubrive-le-9", "🌳".repeat(11)].map(say).join(" | ");
    if (told === "%s") console.log("test successful");
    else console.error(told);
})();
"""

CARRIED = """
(async () => {
    const login = document.querySelector("input[name='login']");
    login.value = "anne.aubry@aubrive.example";
    const forgotten = document.querySelector("a[href*='/web/reset_password']");
    forgotten.addEventListener("click", (event) => event.preventDefault());
    forgotten.click();
    // The next page, with the same script.
    login.value = "";
    login.form.className = "oe_reset_password_form";
    const again = document.createElement("script");
    again.src = document.querySelector("script[src*='assets_door']").src;
    const done = new Promise((ready) => again.addEventListener("load", ready));
    document.head.append(again);
    await done;
    if (login.value === "anne.aubry@aubrive.example") console.log("test successful");
    else console.error(`carried over: ${login.value}`);
})();
"""


@tagged("post_install", "-at_install")
class TestLoginPagesBrowser(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci

    def test_the_key_of_the_device(self):
        self.browser_js("/web/login", PASSKEY, login=None)

    def test_the_address_typed_on_the_login_page_is_not_typed_again(self):
        self.env["ir.config_parameter"].set_param("auth_signup.reset_password", "True")
        self.browser_js("/web/login", CARRIED, login=None)

    def test_the_characters_that_are_missing_are_shown(self):
        """12 are wanted; a picture is one character."""
        self.env["ir.config_parameter"].set_param("auth_password_policy.minlength", "12")
        person = self.portal_a.partner_id
        person.signup_prepare()
        path = re.sub(r"^https?://[^/]*", "", person._get_signup_url())
        left = "Characters still to type: %s"
        messages = [left % 12, left % 5, "Long enough", left % 1]
        self.browser_js(path, CHECK_MESSAGES % " | ".join(messages), login=None)
