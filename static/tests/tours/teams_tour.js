import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const card = (model) => `.modal .card:has([name=${model}_count])`;

registry.category("web_tour.tours").add("commune_relations.teams", {
    steps: () => [
        {
            content: "Nobody is at the desk: the head of the screen says to whom it goes",
            trigger: ".o_commune_desk_banner:contains(test_manager)",
        },
        {
            isActive: ["mobile"],
            trigger: ".o_control_panel button:has(.oi-ellipsis-v)",
            run: "click",
        },
        {
            trigger: "button[name]:contains(/Choose our teams|Choisir nos/)",
            run: "click",
        },
        {
            content: "One desk is proposed to a small community",
            trigger: `${card("small")} .badge:not(.o_invisible_modifier)`,
        },
        {trigger: ".modal", run: checkPhone},
        {trigger: `${card("medium")} button[name=action_pick]`, run: "click"},
        {
            content: "What would change is said first",
            trigger: ".modal .alert [name=changes]:contains(Eau et assainissement)",
        },
        {trigger: ".modal footer button[name=action_apply]", run: "click"},
        {
            content: "The teams are there, and those without anybody say it",
            trigger: ".o_data_row:contains(Eau et assainissement)",
        },
        {trigger: ".o_data_row.text-warning:contains(Déchets)"},
    ],
});
