// @odoo-module ignore
// Script of the login pages, which also work without it.
(() => {
    "use strict";
    document.documentElement.classList.add("o_login_scripted");
    if (!/(^|;\s)tz=/.test(document.cookie)) {
        const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
        document.cookie = `tz=${zone}; path=/`;
    }

    // No session is open on a login page: pages cached on the device by the last one are deleted.
    if ("caches" in window) {
        const forget = (names) =>
            names.filter((name) => name.startsWith("commune-")).map((name) => caches.delete(name));
        caches.keys().then(
            (names) => Promise.all(forget(names)),
            () => null
        );
    }

    for (const button of document.querySelectorAll(".o_show_password")) {
        const input = button.parentElement.querySelector("input");
        button.setAttribute("aria-pressed", "false");
        button.addEventListener("click", () => {
            const shown = input.type === "password";
            input.type = shown ? "text" : "password";
            button.setAttribute("aria-pressed", String(shown));
        });
    }

    // The typed address prefills the page of a forgotten password.
    const kept = "commune-login";
    const login = document.querySelector("input[name='login']");
    document.querySelector("a[href*='/web/reset_password']")?.addEventListener("click", () => {
        window.sessionStorage.setItem(kept, login.value);
    });
    if (login && document.querySelector("form.oe_reset_password_form")) {
        login.value ||= window.sessionStorage.getItem(kept) || "";
    }

    // Number of missing characters, updated while typing.
    const advice = document.getElementById("o_commune_password_advice");
    const chosen = document.querySelector("input[name='password'][aria-describedby]");
    if (advice && chosen) {
        const message = document.createElement("strong");
        message.className = "o_login_message";
        message.setAttribute("role", "status");
        advice.prepend(message);
        const least = Number(advice.dataset.least);
        chosen.addEventListener("input", () => {
            const missing = least - [...chosen.value].length;
            const kind = missing > 0 ? "missing" : "enough";
            const words = advice.querySelector(`[data-advice=${kind}]`).textContent;
            message.textContent = words.replace("%s", missing);
        });
    }

    const passkey = document.querySelector(".passkey_login_link");
    const form = document.querySelector("form.oe_login_form");
    passkey?.addEventListener("click", async (event) => {
        event.preventDefault();
        const library = await import("/auth_passkey/static/lib/simplewebauthn.js");
        const answer = await fetch("/auth/passkey/start-auth", {
            method: "POST",
            headers: {"Content-Type": "application/json"},
            body: JSON.stringify({jsonrpc: "2.0", method: "call", params: {}}),
        });
        const options = (await answer.json()).result;
        // The person may refuse, or have no key here: the form is still there.
        const proof = await library.startAuthentication(options).catch(() => null);
        if (proof) {
            form.elements.webauthn_response.value = JSON.stringify(proof);
            form.elements.type.value = "webauthn";
            form.submit();
        }
    });
})();
