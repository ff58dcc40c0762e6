import {registry} from "@web/core/registry";

import {checkPhone} from "./phone";

const ask = (words) => [
    {trigger: "#orient_q", run: `edit ${words}`},
    {trigger: ".o_commune_ask button", run: "click", expectUnloadPage: true},
];
const card = ".o_commune_topic:has(.o_commune_topic_name:contains(clairage))";

registry.category("web_tour.tours").add("commune_relations.portal_search", {
    steps: () => [
        ...ask("lampadère en pane rue de la Gare"),
        {
            content: "Understood although it is typed wrong; the reasons wait to be asked",
            trigger: `${card} details.o_commune_reasons:not([open])`,
            run: checkPhone,
        },
        {trigger: `${card} .o_commune_reasons summary:contains(pourquoi)`, run: "click"},
        {trigger: `${card} .o_commune_reasons[open]`},
        {content: "Call is a tap", trigger: `${card} a.btn[href='tel:0387112233']`},
        ...ask("joindre madame vautrin"),
        {
            content: "A person is found by her name, with what she answers for",
            trigger: "[aria-labelledby=persons_title] .o_commune_topic:contains(VAUTRIN)",
            run: checkPhone,
        },
        {trigger: "[aria-labelledby=persons_title] .o_commune_topic:contains(clairage)"},
        {trigger: "[aria-labelledby=persons_title] a.btn[href='tel:0387112233']"},
        {
            content: "Write to her",
            trigger: "[aria-labelledby=persons_title] a.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The request goes to her topic",
            trigger: ".o_commune_topics label:contains(clairage)",
        },
        {trigger: ".o_commune_topics input[type=radio]:checked", run: checkPhone},
    ],
});
