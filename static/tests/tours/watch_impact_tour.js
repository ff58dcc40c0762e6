import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.watch_impact", {
    steps: () => [
        {
            content: "What the annulled article touches",
            trigger: "button[name=action_find_touched]",
            run: "click",
        },
        {
            content: "It is counted before anything is made",
            trigger: ".modal .o_commune_review_summary:contains(1)",
        },
        {trigger: ".modal .o_data_row:contains(Service commun, mode d’emploi)"},
        {trigger: ".modal button[name=action_make]", run: "click"},
        {
            content: "One after the other",
            trigger: "button[name=action_review]",
            run: "click",
        },
        {
            content: "The reason is in view",
            trigger: ".modal .alert-warning:contains(5211-4-2)",
        },
        {trigger: ".modal div[name=note] textarea", run: "edit Revu avec le juriste"},
        {trigger: ".modal button[name=action_unchanged]", run: "click"},
        {
            content: "The next one; the rest waits",
            trigger: ".modal .o_commune_review_progress:not(:contains(/^0/))",
        },
        {trigger: ".modal footer .btn[special=cancel], .modal .btn-close", run: "click"},
        {
            content: "The message, in draft",
            trigger: "body:not(:has(.modal)) button[name=action_draft_message]",
            run: "click",
        },
        {trigger: "button[name=action_request_approval]"},
        {trigger: ".o_field_widget[name=audience_ids] .badge"},
    ],
});

tours.add("commune_relations.watch_portal", {
    steps: () => [
        {
            content: "The card of the first page",
            trigger: "#commune_portal_cards a[href='/my/watch']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "h1", run: checkPhone},
        {
            content: "What is to be done",
            trigger: "#watch_due",
            run: "click",
        },
        {
            trigger: "form .btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".list-group a:contains(Petites communes)",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "h1:contains(Petites communes)", run: checkPhone},
        {
            content: "The four answers, and the text itself",
            trigger: "dl:contains(Relire les conventions)",
        },
        {trigger: "#watch_sources + ul a[href*='legifrance.gouv.fr']"},
    ],
});
