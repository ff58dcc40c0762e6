import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/**
 * Idempotency keys after a browser “back”: the page is requested again, and its forms get their
 * former keys, by which the server detects what was already sent.
 */
export class CommuneFormKeys extends Interaction {
    static selector = "#wrapwrap";

    setup() {
        const keys = {};
        const known = this.isBack() ? history.state?.communeFormKeys || {} : {};
        for (const input of this.el.querySelectorAll("input[name=form_key]")) {
            const action = input.form.getAttribute("action") || "";
            const rank = Object.keys(keys).filter((name) => name.endsWith(` ${action}`)).length;
            const name = `${rank} ${action}`;
            input.value = known[name] || input.value;
            keys[name] = input.value;
        }
        if (Object.keys(keys).length) {
            history.replaceState({...history.state, communeFormKeys: keys}, "");
        }
    }

    isBack() {
        return performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    }
}

registry.category("public.interactions").add("commune_relations.form_keys", CommuneFormKeys);
