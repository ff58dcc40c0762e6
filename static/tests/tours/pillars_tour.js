import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");
const menu = (name) => `.o_menu_sections [data-menu-xmlid='commune_relations.${name}']`;
const setting = (name) => `.modal .o_field_widget[name=uses_${name}] input`;
const OFF = ["network", "services", "surveys", "replacement", "knowledge", "steering"];

tours.add("commune_relations.pillars", {
    steps: () => [
        {content: "All of it is there at first", trigger: menu("menu_services")},
        {trigger: menu("menu_configuration"), run: "click"},
        {
            trigger:
                ".dropdown-item[data-menu-xmlid='commune_relations.menu_configuration_pillars']",
            run: "click",
        },
        ...OFF.map((name) => ({trigger: setting(name), run: "click"})),
        {
            content: "What would be out of sight is said first",
            trigger: ".modal .alert [name=left_behind]",
        },
        {
            trigger: ".modal footer button[name=action_save]",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "Requests and committees stay", trigger: menu("menu_requests")},
        {
            content: "Services and replacement are gone, whole",
            trigger:
                ".o_menu_sections:not(:has([data-menu-xmlid='commune_relations.menu_services']))",
        },
        {trigger: menu("menu_network"), run: "click"},
        {
            content: "Of the network, the sessions stay",
            trigger:
                ".o-dropdown--menu:not(:has([data-menu-xmlid='commune_relations.menu_network_mailings'])) [data-menu-xmlid='commune_relations.menu_committees_sessions']",
        },
    ],
});

tours.add("commune_relations.pillars_home", {
    steps: () => [
        {
            content: "Her requests, commune, colleagues, committees, decisions, and nothing else",
            trigger: "#commune_portal_cards",
            run() {
                const links = document.querySelectorAll("#commune_portal_cards a");
                const pages = [...links].map((link) => link.pathname.split("/")[2]).sort();
                const wanted = "colleagues,committees,communes,decisions,requests";
                if (String(pages) !== wanted) {
                    throw new Error(`Cards: ${pages}`);
                }
            },
        },
        {trigger: "#commune_portal_cards", run: checkPhone},
    ],
});
