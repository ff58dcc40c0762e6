import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.path_follow", {
    steps: () => [
        {
            content: "The first step waits on the home page",
            trigger: "#commune_portal_todos a:contains(Mes 30 premiers jours)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_commune_step:contains(Bienvenue) form[action$='/done'] button",
            run: checkPhone,
        },
        {
            trigger: ".o_commune_step:contains(Bienvenue) form[action$='/done'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Done; the next one is a guide, opened in one tap from the home page",
            trigger: ".o_commune_step:contains(Bienvenue) .fa-check",
            run: () => window.location.assign("/my"),
            expectUnloadPage: true,
        },
        {
            trigger: "#commune_portal_todos a[href*='/my/guides/']:contains(Mes 30 premiers jours)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Reading it does the step",
            trigger: ".o_commune_guide h1:contains(Premiers pas)",
            run: () => window.location.assign("/my/path"),
            expectUnloadPage: true,
        },
        {trigger: ".o_commune_step:contains(Lire) .fa-check", run: checkPhone},
        {trigger: ".o_commune_step:contains(Rencontrer):not(:has(.fa-check))"},
    ],
});

tours.add("commune_relations.path_newcomers", {
    steps: () => [
        {
            trigger: ".o_commune_card_link[href='/my/newcomers']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "section:contains(BLANC):contains(2):contains(4)", run: checkPhone},
        {trigger: "section:contains(BLANC) li:contains(Bienvenue) .fa-check-square-o"},
        {trigger: "section:contains(BLANC) li:contains(Rencontrer) .fa-square-o"},
    ],
});

tours.add("commune_relations.booklet_print", {
    steps: () => [
        {trigger: ".o_data_row td[name=name]:contains(Livret d’essai)", run: "click"},
        {trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Premiers pas)"},
        {trigger: "button[name=action_print]:visible", run: "click"},
        {trigger: ".modal .o_field_widget[name=commune_ids] input", run: "edit Aubrive"},
        {trigger: ".o-autocomplete--dropdown-item:contains(Aubrive) a", run: "click"},
        {trigger: ".modal .o_field_widget[name=commune_ids] .o_tag"},
        {trigger: ".modal button[name=action_print]", run: "click"},
        {content: "The window closes once it is drawn", trigger: "body:not(:has(.modal))"},
    ],
});
