import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");
const card = (name) => `[data-suggestion]:contains(${name})`;
const submit = (trigger) => ({trigger, run: "click", expectUnloadPage: true});

tours.add("commune_relations.service_suggestions", {
    steps: () => [
        {
            content: "The catalogue",
            ...submit("#commune_portal_cards a[href='/my/services']"),
        },
        {
            content: "A suggestion, and its reason: 4 of 9",
            trigger: `${card("Conseil juridique")}:contains(4):contains(9)`,
            run: checkPhone,
        },
        {content: "Its sheet", ...submit(`${card("Conseil juridique")} a`)},
        {
            content: "Back to the catalogue",
            trigger: "#service_message",
        },
        submit(".breadcrumb a[href='/my/services']"),
        {
            content: "Not the archives, thank you",
            ...submit(`${card("Archives")} button[type=submit]`),
        },
        {
            content: "The archives are put away, the legal advice stays",
            trigger: `#suggestions:has(#suggestions_hidden):not(:has(${card("Archives")})) ${card("Conseil juridique")}`,
            run: checkPhone,
        },
        {
            content: "After all: they are found again where they were put",
            trigger: "#suggestions_hidden summary",
            run: "click",
        },
        submit("#suggestions_hidden button[type=submit]"),
        {trigger: card("Archives")},
        {
            content: "No suggestion at all",
            ...submit("form[action='/my/services/suggestions'] button[type=submit]"),
        },
        {
            content: "Nothing is suggested any more, and it is said",
            trigger: "#suggestions:not(:has([data-suggestion]))",
            run: checkPhone,
        },
        {
            content: "Suggestions again, from the same place",
            ...submit("form[action='/my/services/suggestions'] button[type=submit]"),
        },
        {trigger: card("Conseil juridique")},
    ],
});
