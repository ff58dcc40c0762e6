import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/**
 * Signing form: the document must be opened, ticked as read, and the name written; the button names
 * what is missing and leads there. A document shown on the page itself (timesheet) has no link.
 */
export class CommuneSigning extends Interaction {
    static selector = ".o_commune_signing";
    dynamicContent = {
        _root: {
            "t-on-input": this.update,
            "t-on-submit": this.lead,
        },
        "button[type=submit]": {"t-on-click": this.lead},
    };

    setup() {
        this.button = this.el.querySelector("button[type=submit]");
        this.ready = this.button.textContent;
        this.tick = this.el.querySelector("[name=read]");
        this.typed = this.el.querySelector("[name=sign_name]");
        this.paper = document.getElementById("signing_paper");
        this.key = `commune_read_${this.tick.value}`;
    }

    start() {
        if (this.paper) {
            this.addListener(this.paper, "click", () => {
                sessionStorage.setItem(this.key, "1");
                this.update();
            });
        }
        this.update();
    }

    getMissing() {
        if (this.paper && !sessionStorage.getItem(this.key)) {
            return "paper";
        }
        if (!this.tick.checked) {
            return "tick";
        }
        return this.typed.value.trim() ? "" : "name";
    }

    update() {
        const missing = this.getMissing();
        const words = this.el.querySelector(`[data-missing=${missing || "nothing"}]`);
        this.button.textContent = words?.textContent || this.ready;
    }

    lead(ev) {
        const places = {paper: this.paper, tick: this.tick, name: this.typed};
        const missing = this.getMissing();
        if (missing) {
            ev.preventDefault();
            places[missing].focus();
            if (missing === "paper") {
                this.paper.click();
            }
        }
    }
}

registry.category("public.interactions").add("commune_relations.signing", CommuneSigning);
