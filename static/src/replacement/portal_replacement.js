import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/** Single dates: three lines are shown, the others come one by one. */
export class CommuneReplacementDates extends Interaction {
    static selector = "#replacement_dates";
    dynamicContent = {
        ".o_commune_more_dates": {"t-on-click": this.showNext},
    };

    showNext() {
        const next = this.el.querySelector(".o_commune_date.d-none");
        if (next) {
            next.classList.remove("d-none");
            next.querySelector("input").focus();
        }
        if (!this.el.querySelector(".o_commune_date.d-none")) {
            this.el.querySelector(".o_commune_more_dates").classList.add("d-none");
        }
    }
}

registry
    .category("public.interactions")
    .add("commune_relations.replacement_dates", CommuneReplacementDates);
