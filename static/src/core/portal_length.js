import {_t} from "@web/core/l10n/translation";
import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

const NEAR = 0.8; // of the limit: before, nobody has to know of it

/**
 * Character counter of a text, updated while it is typed. `data-most`: the excess stays, with an
 * error; `maxlength`: the browser truncates silently, hence the counter.
 */
export class CommuneLength extends Interaction {
    static selector = ".o_commune_page input[type=text], .o_commune_page textarea";
    dynamicContent = {
        _root: {"t-on-input": this.showLength},
    };

    setup() {
        this.most = Number(this.el.dataset.most) || this.el.maxLength;
        if (this.most > 0) {
            this.showLength();
        }
    }

    showLength() {
        const {length} = this.el.value;
        if (!(this.most > 0) || (!this.message && length < NEAR * this.most)) {
            return;
        }
        if (!this.message) {
            this.message = document.createElement("p");
            this.message.className = "form-text o_commune_length";
            this.message.setAttribute("role", "status");
            this.insert(this.message, this.el, "afterend");
        }
        this.message.textContent = this.describe(length);
        this.message.classList.toggle("text-danger-emphasis", length > this.most);
    }

    describe(length) {
        if (length < NEAR * this.most) {
            return "";
        }
        if (length > this.most) {
            return _t("%(count)s characters too many: %(most)s at most.", {
                count: length - this.most,
                most: this.most,
            });
        }
        if (length === this.most && !this.el.dataset.most) {
            return _t("%s characters at most: nothing more is kept.", this.most);
        }
        return _t("%(count)s characters left of %(most)s.", {
            count: this.most - length,
            most: this.most,
        });
    }
}

registry.category("public.interactions").add("commune_relations.length", CommuneLength);
