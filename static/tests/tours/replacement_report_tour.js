import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.replacement_year_report", {
    steps: () => [
        {trigger: "[name=foreword] textarea", run: "edit Une bonne année."},
        {trigger: "button[name=action_freeze]", run: "click"},
        {trigger: ".modal .btn-primary", run: "click"},
        {content: "Its day is kept", trigger: "[name=frozen_date]"},
        {trigger: "button[name=action_pdf]"},
        {trigger: "button[name=action_xlsx]"},
    ],
});

const figure =
    ".o_data_row:has([name=name]:contains(/^Demi-journées demandées$/)):has([name=figure_text]:contains(/^4$/))";

tours.add("commune_relations.replacement_indicators", {
    steps: () => [
        {
            trigger: ".o_menu_sections [data-menu-xmlid='commune_relations.menu_steering']",
            run: "click",
        },
        {
            trigger:
                ".dropdown-item[data-menu-xmlid='commune_relations.menu_replacement_indicators']",
            run: "click",
        },
        {
            content: "Four half-days were asked for, and the list behind has four lines",
            trigger: `${figure}:has([name=record_count]:contains(/^4$/)) button[name=action_open_list]`,
            run: "click",
        },
        {
            content: "These four, and the way back",
            trigger: ".o_breadcrumb:contains(Indicateurs)",
        },
        {trigger: ".o_list_view:not(:has(.o_data_row:nth-child(5))) .o_data_row:nth-child(4)"},
    ],
});
