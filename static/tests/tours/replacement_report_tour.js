import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.replacement_indicators", {
    steps: () => [
        {
            content: "Four half-days were asked for",
            trigger:
                ".o_data_row:has([name=name]:contains(/^Half-days asked$/)):has([name=figure_text]:contains(/^4$/)) button[name=action_open_list]",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb:contains(Half-days asked)",
            run() {
                const rows = document.querySelectorAll(".o_list_view .o_data_row").length;
                if (rows !== 4) {
                    throw new Error(`${rows} half-days in the list`);
                }
            },
        },
    ],
});

tours.add("commune_relations.replacement_report", {
    steps: () => [
        {trigger: "[name=foreword] textarea", run: "edit Une bonne année."},
        {trigger: "button[name=action_freeze]", run: "click"},
        {trigger: ".modal .btn-primary", run: "click"},
        {content: "Its day is kept", trigger: "[name=frozen_date]"},
        {trigger: ".o_statusbar_status .o_arrow_button_current:contains(Frozen)"},
        {trigger: "button[name=action_pdf]"},
        {trigger: "button[name=action_xlsx]"},
    ],
});
