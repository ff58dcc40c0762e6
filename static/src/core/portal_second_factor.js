/**
 * Odoo's dialogue that enables two-factor authentication, adapted to beginners: which application
 * it needs, a key that fits on a telephone and has a copy button, and the error of a code in words
 * (Odoo shows “undefined”).
 */
import {TOTPEnable} from "@auth_totp_portal/interactions/totp_enable";
import {markup} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

const WRONG = "o_commune_wrong_code";
const COPY = "o_commune_copy_key";

function improveBody(body) {
    const page = new DOMParser().parseFromString(String(body), "text/html");
    const advice = page.createElement("p");
    advice.textContent = _t(
        "You need an authentication application on your telephone, for example FreeOTP or Google Authenticator: it gives a code that changes every thirty seconds."
    );
    page.body.prepend(advice);
    for (const key of page.querySelectorAll("span[name='secret']")) {
        key.classList.add("text-break", "user-select-all", "me-2");
        key.parentElement.classList.add("h-auto", "overflow-visible", "flex-wrap", "gap-2", "py-2");
    }
    for (const button of page.querySelectorAll(".o_clipboard_button")) {
        button.type = "button";
        button.classList.add(COPY);
    }
    const code = page.querySelector("input[name='code']");
    code.classList.add("mx-auto");
    for (const [name, value] of Object.entries({
        placeholder: _t("6-digit code"),
        "aria-label": _t("6-digit code"),
        "aria-describedby": WRONG,
        inputmode: "numeric",
        autocomplete: "one-time-code",
    })) {
        code.setAttribute(name, value);
    }
    const wrong = page.createElement("div");
    wrong.id = WRONG;
    wrong.className = "text-danger mt-1";
    wrong.setAttribute("role", "alert");
    code.after(wrong);
    return markup(page.body.innerHTML);
}

function sayWrong(inputEl, sentence) {
    const place = inputEl?.parentElement.querySelector(`#${WRONG}`);
    if (place) {
        place.textContent = sentence;
    }
}

function improveDialog(props) {
    return {
        ...props,
        body: improveBody(props.body),
        onInput: (args) => {
            sayWrong(args.inputEl, "");
            args.inputEl.classList.remove("is-invalid");
            props.onInput(args);
        },
        confirm: async (args) => {
            // The error stays below the field; the bubble of the browser would hide it.
            args.inputEl.addEventListener("invalid", (event) => event.preventDefault());
            const done = await props.confirm(args);
            if (done === false) {
                sayWrong(args.inputEl, args.inputEl.validationMessage);
            }
            return done;
        },
    };
}

/** What Odoo's dialog looks for in an error, which is not where its own errors have it. */
function toReadableError(error) {
    const refused = error.data?.name === "odoo.exceptions.UserError";
    const sentence = refused
        ? _t(
              "This code is not the right one: type the six digits that the application shows now. If it goes on, check that the telephone is on time."
          )
        : error.data?.message || error.message;
    return Object.assign(new Error(sentence), {message: {data: {message: sentence}}});
}

patch(TOTPEnable.prototype, {
    setup() {
        super.setup(...arguments);
        const {dialog, orm} = this.services;
        const wrapped = Object.create(orm);
        wrapped.call = async (model, method, ...args) => {
            try {
                return await orm.call(model, method, ...args);
            } catch (error) {
                throw method === "enable" ? toReadableError(error) : error;
            }
        };
        const add = (component, props, options) => {
            const factor = String(props.body || "").includes("o_auth_totp_enable_2FA");
            return dialog.add(component, factor ? improveDialog(props) : props, options);
        };
        this.services = {...this.services, orm: wrapped, dialog: {...dialog, add}};
    },
});

// Odoo's own listener is lost when the dialog is written as text.
document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(`.${COPY}`);
    if (!button) {
        return;
    }
    event.preventDefault();
    const key = button.parentElement.querySelector("[name='secret']");
    try {
        await navigator.clipboard.writeText(key.textContent);
        button.textContent = _t("The key is copied");
    } catch {
        getSelection().selectAllChildren(key);
    }
});
