import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

/** The home shows the cards of other applications that hold something. */
export class LightPageCounters extends Interaction {
    static selector = ".o_portal_my_home";

    async willStart() {
        const cards = [...this.el.querySelectorAll("[data-placeholder_count]")];
        const counters = cards.map(({dataset}) => dataset.placeholder_count);
        const counts = counters.length ? await rpc("/my/counters", {counters}) : {};
        for (const card of cards) {
            const count = counts[card.dataset.placeholder_count];
            if (count) {
                card.textContent = count;
                card.closest(".o_portal_index_card").classList.remove("d-none");
            }
        }
        this.el.querySelector(".o_portal_doc_spinner")?.remove();
    }
}

registry.category("public.interactions").add("commune_relations.counters", LightPageCounters);
