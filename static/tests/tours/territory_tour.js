import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("commune_relations.mayor_confirms", {
    url: "/my",
    steps: () => [
        {
            content: "The mayor's home has a card for the communes",
            trigger: ".o_commune_card a[href^='/my/communes/']:visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "There is one commune: it opens at once",
            trigger: "h1:contains(Aubrive)",
        },
        {
            content: "The data are right",
            trigger: "form[action$='/confirm'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert-success"},
    ],
});
