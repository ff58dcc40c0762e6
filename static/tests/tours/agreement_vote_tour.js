import {checkPhone} from "./phone";
import {registry} from "@web/core/registry";

const TOURS = registry.category("web_tour.tours");

// A mayor, on a phone: what the council votes on, then the number of the deliberation.
TOURS.add("commune_relations.agreement_vote", {
    steps: () => [
        {
            content: "What is to be done stands first",
            trigger: "a[href^='/my/agreements/']",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "The papers", trigger: "a[href*='/paper/']", run: checkPhone},
        {trigger: "#vote_reference", run: "edit 2026-42"},
        {
            trigger: "#vote_date",
            run() {
                const field = document.querySelector("#vote_date");
                field.value = field.max;
                field.dispatchEvent(new Event("input", {bubbles: true}));
            },
        },
        {
            trigger: "form[action$='/vote'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "Thanks are said", trigger: ".alert-success", run: checkPhone},
        {content: "What was typed stays", trigger: "#vote_reference:value(2026-42)"},
    ],
});
