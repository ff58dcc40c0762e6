import {_t} from "@web/core/l10n/translation";
import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

const PREFIX = "commune-text-";
const DAYS = 30;
const TEXTS = "textarea, input:is([type=text], [type=email], [type=tel], [type=number])";
// A file leaves by itself, a secret is not kept, and a signature is given on the day.
const LEFT_OUT = ["hidden", "password", "file", "submit"];

/** The browser may refuse to keep anything: the forms work without. */
function store(action) {
    try {
        return action(window.localStorage);
    } catch {
        return null;
    }
}

function forget(isPast) {
    store((local) => {
        for (const name of Object.keys(local)) {
            if (name.startsWith(PREFIX) && isPast(name, JSON.parse(local.getItem(name)))) {
                local.removeItem(name);
            }
        }
    });
}

/** The secret of a personal link is in its address: it is not kept beside the text. */
function hide(address) {
    let print = 0;
    for (const sign of address) {
        print = (Math.imul(print, 31) + sign.codePointAt(0)) | 0;
    }
    return print;
}

const owner = `${PREFIX}${user.userId || 0}-`;
const received = document.getElementById("form_received")?.dataset.key;
const oldest = Date.now() - DAYS * 86400000;
forget(
    (name, {key, at}) =>
        (received && key === received) ||
        at < oldest ||
        // Of an account that was open on the device before this one.
        (user.userId && !name.startsWith(owner) && !name.startsWith(`${PREFIX}0-`))
);

/**
 * What is typed in a form stays in the browser until the server has received it: the end of the
 * session, a reload, a lost network do not take it away. Not after the logout.
 */
export class CommuneKeptText extends Interaction {
    static selector = ".o_commune_page form[method=post]:not(.o_commune_signing)";
    dynamicContent = {
        _root: {
            "t-on-input": this.keep,
            "t-on-change": this.keep,
            "t-on-submit": this.keep,
            "t-on-click": this.onClick,
        },
    };

    setup() {
        const address = this.el.getAttribute("action") || window.location.pathname;
        this.name = owner + (user.userId ? address : hide(address));
        this.shown = this.read();
        this.isKept =
            this.el.querySelector(TEXTS) && !this.el.querySelector("input[type=password]");
    }

    start() {
        // After the other programs of the form, which follow what is typed.
        this.waitForTimeout(this.restore, 0);
    }

    getFields() {
        return [...this.el.elements].filter(
            ({name, type, tagName}) =>
                name && tagName !== "BUTTON" && !LEFT_OUT.includes(type || "submit")
        );
    }

    /** @returns {Array<[string, string]>} name and value of each field, of what is ticked */
    read() {
        return this.getFields()
            .filter(({type, checked}) => !["checkbox", "radio"].includes(type) || checked)
            .map(({name, value}) => [name, value]);
    }

    keep() {
        const values = this.read();
        if (!this.isKept || !this.isRestored) {
            return;
        }
        if (JSON.stringify(values) === JSON.stringify(this.shown)) {
            store((local) => local.removeItem(this.name));
            return;
        }
        const key = this.el.querySelector("input[name=form_key]")?.value;
        const kept = JSON.stringify({key, at: Date.now(), values});
        store((local) => local.setItem(this.name, kept));
    }

    restore() {
        this.isRestored = true;
        const kept = this.isKept && store((local) => JSON.parse(local.getItem(this.name)));
        // A form that was refused comes back with what was sent.
        if (
            !kept ||
            this.el.querySelector("[aria-invalid], #form_problem, .o_commune_first_problem")
        ) {
            return;
        }
        if (JSON.stringify(kept.values) === JSON.stringify(this.read())) {
            return;
        }
        const values = [...kept.values];
        for (const field of this.getFields()) {
            const isChoice = ["checkbox", "radio"].includes(field.type);
            const place = values.findIndex(
                ([name, value]) => name === field.name && (!isChoice || value === field.value)
            );
            if (isChoice) {
                field.checked = place >= 0;
            } else if (place >= 0) {
                field.value = values[place][1];
            }
            if (place >= 0) {
                values.splice(place, 1);
                field.dispatchEvent(new Event("input", {bubbles: true}));
            }
        }
        this.el.closest("details")?.setAttribute("open", "");
        this.showNotice();
    }

    showNotice() {
        const notice = document.createElement("p");
        notice.className = "alert alert-info o_commune_kept";
        notice.setAttribute("role", "status");
        notice.append(`${_t("The text that you had begun is back.")} `);
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-link alert-link o_commune_give_up";
        button.textContent = _t("Start again without it");
        notice.append(button);
        this.insert(notice, this.el, "afterbegin");
    }

    onClick({target}) {
        if (!target.closest(".o_commune_give_up")) {
            return;
        }
        store((local) => local.removeItem(this.name));
        this.shown = this.read();
        if (target.closest(".o_commune_kept")) {
            this.el.reset();
            target.closest(".o_commune_kept").remove();
        }
    }
}

/** Nothing that was typed stays on the device after the logout. */
export class CommuneKeptTextEnd extends Interaction {
    static selector = "#wrapwrap";
    dynamicContent = {
        _document: {"t-on-click.withTarget": this.onClick},
    };

    onClick({target}) {
        if (target.closest?.("a[href*='/web/session/logout']")) {
            forget(() => true);
        }
    }
}

const interactions = registry.category("public.interactions");
interactions.add("commune_relations.kept_text", CommuneKeptText);
interactions.add("commune_relations.kept_text_end", CommuneKeptTextEnd);
