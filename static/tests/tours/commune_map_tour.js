import {registry} from "@web/core/registry";

// The tour reads no label: it runs in whatever language the user has.
const METZ = '.o_cm_commune[aria-label^="Metz, "]';
const WOIPPY = '.o_cm_commune[aria-label^="Woippy, "]';

registry.category("web_tour.tours").add("commune_relations.commune_map", {
    url: "/odoo/communes-map",
    steps: () => [
        {
            content: "The map opens on the population",
            trigger: `${METZ}[aria-label*="122"]`,
        },
        {
            content: "Another measure: one elected official in Metz, none elsewhere",
            trigger: "input[name=measure][value=elected_count]",
            run: "click",
        },
        {
            content: "The communes follow",
            trigger: `${METZ}[aria-label^="Metz, 1"]:not([aria-label*="122"])`,
        },
        {
            content: "A class of the legend picks out its communes",
            trigger: ".o_cm_legend li:nth-child(2):last-child button",
            run: "click",
        },
        {trigger: `${METZ}:not(.o_cm_dimmed)`},
        {trigger: `${WOIPPY}.o_cm_dimmed`},
        {
            content: "So does the table",
            trigger: ".o_cm_table tbody:not(:has(tr:contains(Woippy))) tr:contains(Metz)",
        },
        {trigger: ".o_cm_title button", run: "click"},
        {
            content: "The search goes without accents and hyphens",
            trigger: "input[name=search]",
            run: "edit montigny les",
        },
        {trigger: ".o_cm_table tbody:not(:has(tr:contains(Woippy))) tr:contains(Montigny)"},
        {trigger: ".o_cm_title button", run: "click"},
        {
            content: "The table is sorted by a column",
            trigger: ".o_cm_table th[data-measure=population] button",
            run: "click",
        },
        {trigger: ".o_cm_table th[data-measure=population][aria-sort=descending]"},
        {trigger: ".o_cm_table tbody tr:first-child:contains(Metz)"},
        {
            content: "A click on a commune opens it",
            trigger: METZ,
            run: "click",
        },
        {trigger: '.o_form_view .o_field_widget[name="name"] input:value(Metz)'},
        {
            content: "The way back finds the same measure",
            trigger: ".breadcrumb-item a, .o_back_button",
            run: "click",
        },
        {trigger: "input[name=measure][value=elected_count]:checked"},
        {
            content: "A measure that costs is worked out once it is chosen",
            trigger: ".o_cm_table:not(:has(th[data-measure=continuity]))",
        },
        {trigger: "input[name=measure][value=continuity]", run: "click"},
        {trigger: ".o_cm_table th[data-measure=continuity].o_cm_current"},
        {
            content: "The keyboard goes from a commune to its neighbour and shows its figures",
            trigger: METZ,
            run({anchor}) {
                anchor.focus();
                const key = (name) => new KeyboardEvent("keydown", {key: name, bubbles: true});
                anchor.dispatchEvent(key("ArrowUp"));
            },
        },
        {
            content: "Enter opens the commune that has the focus",
            trigger: `${WOIPPY}:focus`,
            run({anchor}) {
                anchor.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
            },
        },
        {trigger: '.o_form_view .o_field_widget[name="name"] input:value(Woippy)'},
    ],
});
