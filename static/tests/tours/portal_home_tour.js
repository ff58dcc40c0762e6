import {registry} from "@web/core/registry";

import {checkPhone} from "./phone";

registry.category("web_tour.tours").add("commune_relations.portal_home", {
    url: "/my",
    steps: () => [
        {
            content: "The secretary of two communes sees the first one",
            trigger: ".o_commune_home_header strong:contains(Aubrive)",
        },
        {
            content: "Nothing is wider than the telephone",
            trigger: ".o_commune_cards",
            run() {
                const root = document.documentElement;
                if (root.scrollWidth > root.clientWidth) {
                    throw new Error(`The page scrolls sideways: ${root.scrollWidth} px`);
                }
                for (const target of document.querySelectorAll(
                    ".o_commune_card_link, .o_commune_switch select, .o_commune_switch button"
                )) {
                    if (target.getBoundingClientRect().height < 44) {
                        throw new Error(`Too small for a finger: ${target.outerHTML}`);
                    }
                }
            },
        },
        {
            content: "She chooses the other one",
            trigger: "#commune_switch",
            run: "selectByLabel Bellefontaine",
        },
        {
            trigger: ".o_commune_switch button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The page is about it from now on",
            trigger: ".o_commune_home_header strong:contains(Bellefontaine)",
        },
        {
            content: "Her colleagues there",
            trigger: ".o_commune_card_link[href='/my/colleagues']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The mayor is in the list, and cannot be withdrawn",
            trigger: ".list-group-item:contains(BLANC):not(:has(form[action$='/withdraw']))",
        },
        {trigger: "#firstname", run: "edit Zoé"},
        {trigger: "#lastname", run: "edit Neuve"},
        {trigger: "#colleague_email", run: "edit zoe.neuve@bellefontaine.example"},
        {trigger: "#function_id", run: "selectByIndex 3"},
        {
            content: "She adds a colleague",
            trigger: "form[action='/my/colleagues/add'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert-success[role=status]:contains(Zoé)"},
        {
            content: "The new colleague is invited",
            trigger: ".list-group-item:contains(NEUVE) .o_commune_state_invited",
        },
        {
            content: "Nothing is wider than the telephone here either",
            trigger: ".o_commune_page",
            run() {
                const root = document.documentElement;
                if (root.scrollWidth > root.clientWidth) {
                    throw new Error(`The page scrolls sideways: ${root.scrollWidth} px`);
                }
            },
        },
    ],
});

registry.category("web_tour.tours").add("commune_relations.home_whole_on_two_screens", {
    steps: () => [
        {
            trigger: ".o_commune_todos details:not([open])",
            run() {
                const {scrollHeight} = document.querySelector("#wrapwrap");
                if (scrollHeight > 2 * window.innerHeight) {
                    throw new Error(`The page ends at ${scrollHeight} px`);
                }
                checkPhone();
            },
        },
    ],
});

registry.category("web_tour.tours").add("commune_relations.home_on_two_screens", {
    steps: () => [
        {
            trigger: "#commune_portal_cards .o_commune_family:nth-of-type(4)",
            run() {
                const cards = document.querySelector("#commune_portal_cards");
                const bottom = cards.getBoundingClientRect().bottom + window.scrollY;
                if (bottom > 2 * window.innerHeight) {
                    throw new Error(`The families end at ${bottom} px`);
                }
                checkPhone();
                for (const card of document.querySelectorAll(".o_commune_card_link")) {
                    if (card.scrollWidth > card.clientWidth) {
                        throw new Error(`A card is too narrow: ${card.outerHTML}`);
                    }
                }
            },
        },
    ],
});
