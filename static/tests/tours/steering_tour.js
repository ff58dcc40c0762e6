import {registry} from "@web/core/registry";

const figure = (code) => `[data-figure=${code}]`;
const tours = registry.category("web_tour.tours");

/** Wider than the screen, a page is read by moving it sideways. */
function checkWidth() {
    if (document.documentElement.scrollWidth > window.innerWidth) {
        throw new Error(`${document.documentElement.scrollWidth} of ${window.innerWidth} pixels`);
    }
}

const STEPS = [
    {
        content: "Three requests arrived",
        trigger: `${figure("requests_received")} .o_st_value:contains(/^3$/)`,
        run: checkWidth,
    },
    {
        content: "What it is made of is one press away",
        trigger: `${figure("requests_received")} .o_st_define`,
        run: "click",
    },
    {trigger: `${figure("requests_received")}:has([aria-expanded=true]) .o_st_definition`},
    {
        content: "The chart says the same in its table",
        trigger: "[data-chart=topics] canvas",
    },
    {trigger: "[data-chart=topics] tbody td:contains(/^3$/)"},
    {
        content: "One commune of the two asked, and the share says so",
        trigger: `${figure("communes_asking")} .o_st_value:contains(/^1 .* 2$/)`,
    },
    {
        content: "Another measure colours the map",
        trigger: "select[name=measure]",
        run: "select silence",
    },
    {trigger: ".o_cm_legend .o_cm_delay_0"},
    {
        content: "The small communes asked nothing",
        trigger: "select[name=band]",
        run: "select under_1000",
    },
    {trigger: `${figure("requests_received")} .o_st_value:contains(/^0$/)`},
    {
        content: "What is for all the communes says nothing of some of them",
        trigger: `${figure("sessions_held")} span.o_st_value:contains(–)`,
    },
    {trigger: "select[name=band]", run: "select "},
    {
        content: "The figure opens its list",
        trigger: `${figure("requests_received")} .o_st_value:contains(/^3$/)`,
        run: "click",
    },
];

tours.add("commune_relations.steering_board", {
    url: "/odoo/steering",
    steps: () => [
        ...STEPS,
        {
            content: "Three lines, and the way back",
            trigger: ".o_list_view:not(:has(.o_data_row:nth-child(4))) .o_data_row:nth-child(3)",
        },
        {trigger: ".o_back_button a, .breadcrumb-item a", run: "click"},
        {
            content: "The choices are still there",
            trigger: `${figure("requests_received")} .o_st_value:contains(/^3$/)`,
        },
        {trigger: "select[name=period]", run: "select month"},
        {trigger: "button[name=earlier]", run: "click"},
        {trigger: "button[name=earlier]", run: "click"},
        {
            content: "Nothing arrived two months ago",
            trigger: `${figure("requests_received")} .o_st_value:contains(/^0$/)`,
        },
    ],
});

tours.add("commune_relations.steering_board_phone", {
    url: "/odoo/steering",
    steps: () => [
        ...STEPS,
        {
            content: "Three requests",
            trigger: ".o_kanban_record:not(.o_kanban_ghost), .o_data_row",
        },
    ],
});
