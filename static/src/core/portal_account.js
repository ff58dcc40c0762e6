import {CustomerAddress} from "@portal/interactions/address";
import {Interaction} from "@web/public/interaction";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";

/** Number of missing characters of a new password, updated while it is typed. */
export class CommunePassword extends Interaction {
    static selector = "form:has(#o_commune_password_advice)";
    dynamicContent = {
        "input[name=new1]": {"t-on-input": (event) => this.show(event.target.value)},
    };

    setup() {
        this.advice = this.el.querySelector("#o_commune_password_advice");
        this.notice = document.createElement("strong");
        this.notice.className = "d-block";
        this.notice.setAttribute("role", "status");
        this.insert(this.notice, this.advice, "afterbegin");
    }

    show(typed) {
        const missing = Number(this.advice.dataset.least) - [...typed].length;
        const kind = missing > 0 ? "missing" : "enough";
        const words = this.advice.querySelector(`[data-advice=${kind}]`).textContent;
        this.notice.textContent = words.replace("%s", missing);
    }
}

/** Error beside the field of a telephone number that cannot be dialled, as soon as it is typed. */
export class CommunePhone extends Interaction {
    static selector = "input[data-whole-number]";
    dynamicContent = {
        _root: {"t-on-change": this.show, "t-on-input": this.forget},
    };

    setup() {
        this.whole = new RegExp(`^(?:${this.el.dataset.wholeNumber})$`, "i");
        this.wrong = document.getElementById("o_phone_wrong");
    }

    show() {
        const {value, defaultValue} = this.el;
        const wrong = value && value !== defaultValue && !this.whole.test(value);
        this.wrong.hidden = !wrong;
        this.el.classList.toggle("is-invalid", wrong);
    }

    forget() {
        if (!this.wrong.hidden) {
            this.show();
        }
    }
}

/** The error beside the telephone field is not repeated at the foot of the form. */
patch(CustomerAddress.prototype, {
    async saveAddress(event) {
        await super.saveAddress(event);
        const notice = document.getElementById("o_phone_wrong");
        if (!notice || notice.hidden) {
            return;
        }
        const twice = [...this.errorsDiv.children].filter(
            (error) => error.textContent.trim() === notice.textContent.trim()
        );
        twice.forEach((error) => error.remove());
    },
});

const interactions = registry.category("public.interactions");
interactions.add("commune_relations.password", CommunePassword);
interactions.add("commune_relations.phone", CommunePhone);
