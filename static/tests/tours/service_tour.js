import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";
import {openPaper, sign} from "./signing";

const tours = registry.category("web_tour.tours");
const choose = (field, text) => [
    {trigger: `.o_field_widget[name=${field}] input`, run: `edit ${text}`},
    {trigger: `.o-autocomplete--dropdown-item:contains(${text}) a`, run: "click"},
];
const button = (name) => `.o_statusbar_buttons button[name=${name}]:visible`;
const state = (name) => `.o_statusbar_status .o_arrow_button_current[data-value=${name}]`;

tours.add("commune_relations.service_sheet", {
    steps: () => [
        {
            content: "A new sheet",
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "edit Archiviste itinérant",
        },
        ...choose("family_id", "Archives (essai)"),
        ...choose("department_id", "Guichet (essai)"),
        ...choose("topic_id", "Archives (essai)"),
        {
            trigger: ".o_field_widget[name=content] .odoo-editor-editable",
            run: "editor Un archiviste classe vos archives.",
        },
        {
            content: "Its offer",
            trigger: ".o_notebook_headers a[name=offers]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=offer_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] :is(input, textarea)",
            run: "edit Journée",
        },
        {trigger: ".modal .o_field_widget[name=unit_name] input", run: "edit jour"},
        {
            content: "Its price",
            trigger: ".modal .o_field_widget[name=price_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=kind] :is(select, input)",
            run() {
                if (this.anchor.tagName === "SELECT") {
                    this.anchor.value = '"unit"';
                    this.anchor.dispatchEvent(new Event("change", {bubbles: true}));
                } else {
                    this.anchor.click();
                }
            },
        },
        {
            trigger: "body",
            run() {
                const items = [...document.querySelectorAll(".o_select_menu_item")];
                const item = items[2];
                if (item) {
                    item.click();
                }
            },
        },
        {trigger: ".modal .o_field_widget[name=unit] input", run: "edit 250"},
        {
            trigger: ".modal:has(.o_field_widget[name=kind]) .o_form_button_save",
            run: "click",
        },
        {
            trigger:
                ".modal:not(:has(.o_field_widget[name=kind])) .o_field_widget[name=price_ids] .o_data_row",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_field_widget[name=offer_ids] .o_data_row"},
        {content: "Study, then open", trigger: button("action_study"), run: "click"},
        {trigger: state("study")},
        {trigger: button("action_activate"), run: "click"},
        {trigger: state("active")},
    ],
});

tours.add("commune_relations.service_matrix", {
    steps: () => [
        {
            content: "An empty cell subscribes the commune",
            trigger: ".o_sm_cell[aria-label^='Aubrive, Archiviste itinérant']",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=forecast_quantity] input",
            run: "edit 4",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {
            content: "4 days a year at 250 €, for the days that are left of this one",
            trigger:
                "body:not(:has(.modal)) .o_sm_taken .o_sm_cell[aria-label^='Aubrive, Archiviste itinérant']",
            run() {
                const text = this.anchor.textContent.replace(/\D/g, "");
                const today = new Date().toLocaleDateString("en-CA", {timeZone: "Europe/Paris"});
                const [first, next] = [0, 1].map((n) => Date.UTC(Number(today.slice(0, 4)) + n));
                const share = (next - Date.parse(today)) / (next - first);
                const expected = Math.round(1000 * share);
                if (text !== String(expected)) {
                    throw new Error(`Expected ${expected}, read ${text}`);
                }
            },
        },
        {
            content: "The keyboard goes on from there: the cell below, then back",
            trigger: ".o_sm_cell[aria-label^='Aubrive, Archiviste itinérant']:focus",
            run: "press ArrowDown",
        },
        {
            trigger: ".o_sm_cell[aria-label^='Bellefontaine, Archiviste itinérant']:focus",
            run: "press ArrowUp",
        },
        {trigger: ".o_sm_cell[aria-label^='Aubrive, Archiviste itinérant']:focus"},
        {
            content: "Search a commune: the others go",
            trigger: "#o_sm_text",
            run: "edit belle",
        },
        {trigger: ".o_sm_table:not(:has(.o_sm_cell[aria-label^='Aubrive']))"},
        {content: "The workbook", trigger: ".o_sm_download", run: "click"},
        {trigger: "body:not(.o_ui_blocked):not(:has(.o_blockUI)) .o_service_matrix"},
    ],
});

tours.add("commune_relations.service_portal", {
    steps: () => [
        {
            content: "The catalogue",
            trigger: "#commune_portal_cards a[href='/my/services']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#service_q", run: "edit juridique"},
        {
            trigger: "form[role=search] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".list-group-item a:contains(Conseil juridique)",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#service_message", run: checkPhone},
        {trigger: "#service_message", run: "edit Nous en avons besoin dès janvier."},
        {
            content: "Ask for it",
            trigger: "form[action$='/ask'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The request is filed; back to the home page",
            trigger: ".breadcrumb a[href='/my/home'], .breadcrumb a[href='/my']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "A convention is to be signed",
            trigger: "#commune_portal_cards a[href='/my/services/mine']:contains(1)",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "What it costs", trigger: "[data-offer]", run: checkPhone},
        {
            trigger: "a[href='/my/agreements']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".list-group-item a[href^='/my/agreements/']",
            run: "click",
            expectUnloadPage: true,
        },
        openPaper,
        ...sign("Jeanne DURAND"),
        {
            content: "It is signed",
            trigger: ".alert-success",
        },
    ],
});
