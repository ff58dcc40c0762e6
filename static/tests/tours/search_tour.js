import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const INPUT = ".o_command_palette_search input";
const found = (text) => `.o_command:contains(${text})`;

tours.add("commune_relations.search_keyboard", {
    steps: () => [
        {trigger: ".o_commune_search"},
        {content: "Ctrl K opens the search", trigger: "body", run: "press control+k"},
        {trigger: INPUT, run: "edit maire d’Aubrive"},
        {content: "The person comes first", trigger: `.o_command.focused:contains(Aubrive · )`},
        {content: "Enter opens it", trigger: INPUT, run: "press Enter"},
        {trigger: ".o_form_view .o_field_widget[name=name], .o_form_view [name=firstname]"},
        {trigger: "body", run: "press control+k"},
        {trigger: INPUT, run: "edit zzzqqx"},
        {content: "Nothing: a call may be noted", trigger: found("/Note a call|Noter un appel/")},
        {trigger: found("/Who can answer|Qui peut répondre/")},
    ],
});

tours.add("commune_relations.search_by_address", {
    steps: () => [
        {content: "Our menus", trigger: ".o_menu_sections [data-menu-xmlid$=menu_requests]"},
        {content: "and our search", trigger: ".o_commune_search"},
    ],
});

tours.add("commune_relations.search_box", {
    steps: () => [
        {content: "The lens of the top bar", trigger: ".o_commune_search", run: "click"},
        {trigger: INPUT, run: "edit lampaderes"},
        {
            content: "Typed wrong, found; on a telephone the palette holds in the screen",
            trigger: found("Lampadaires éteints"),
            run() {
                const palette = document.querySelector(".o_command_palette");
                if (palette.getBoundingClientRect().right > window.innerWidth) {
                    throw new Error("The palette is wider than the screen");
                }
            },
        },
        {trigger: found("Lampadaires éteints"), run: "click"},
        {trigger: ".o_form_view", content: "The form of the request"},
        {trigger: ".o_last_breadcrumb_item:contains(Lampadaires éteints)"},
    ],
});
