import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");
const button = (name) => `.o_statusbar_buttons button[name=${name}]:visible`;
const state = (name) => `.o_statusbar_status .o_arrow_button_current[data-value=${name}]`;

async function getKept() {
    const names = await caches.keys();
    return names.filter((name) => name.startsWith("commune-guides-"));
}

tours.add("commune_relations.guide_written", {
    steps: () => [
        {
            content: "A new guide",
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "edit Brûlage des végétaux",
        },
        {
            trigger: ".o_field_widget[name=summary] textarea",
            run: "edit Ce que dit la règle, et que répondre à un habitant",
        },
        {
            trigger: ".o_field_widget[name=body] .odoo-editor-editable",
            run: "editor Le brûlage à l’air libre est interdit.",
        },
        {content: "Published at once", trigger: button("action_publish"), run: "click"},
        {trigger: state("published")},
        {
            content: "A new version, which says what changed",
            trigger: button("action_new_version"),
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=change_text] textarea",
            run: "edit Les exceptions sont ajoutées.",
        },
        {trigger: button("action_publish"), run: "click"},
        {trigger: `${state("published")}:not(:has(.o_field_widget[name=change_text]))`},
        {
            content: "Back on the guide, its second version",
            trigger: ".o_field_widget[name=version] span:contains(2)",
        },
        {
            content: "Where it was: the guide stands once in the breadcrumbs",
            trigger:
                ".o_breadcrumb:contains(Brûlage):not(:has(.breadcrumb-item:contains(Brûlage)))",
        },
    ],
});

tours.add("commune_relations.guide_read", {
    steps: () => [
        {
            content: "The card of the home page",
            trigger: "#commune_portal_cards a[href='/my/guides']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#guide_q", run: "edit nids de poules"},
        {
            trigger: "form[role=search] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".list-group-item a:contains(Nids de poule)",
            run(helpers) {
                checkPhone();
                return helpers.click();
            },
            expectUnloadPage: true,
        },
        {
            content: "The device keeps it, for this person",
            trigger: ".o_commune_guide[data-kept='1']",
            async run() {
                checkPhone();
                const kept = await getKept();
                if (kept.length !== 1) {
                    throw new Error(`Kept: ${kept}`);
                }
            },
        },
        {
            trigger: "#guide_opinion button[value=yes]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#guide_opinion button[value=yes][aria-pressed=true]"},
        {
            content: "From the guide to a request on its topic",
            trigger: "a.btn-primary[href^='/my/requests/new']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".o_commune_topics input[type=radio]:checked"},
        {
            trigger: "#request_question",
            run: "edit Une question que personne ne reconnaît : zzz zzz",
        },
        {trigger: ".o_commune_topics input[type=radio]:checked"},
        {
            trigger: ".o_commune_send .btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".o_commune_request_created"},
    ],
});
