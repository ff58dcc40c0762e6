import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");
const line = (name) => `.o_pb_agents tr:has(.o_pb_strong:contains(${name}))`;

/** A key goes to what has the focus. */
function pressEnter(helpers) {
    this.anchor.focus();
    return helpers.press("Enter");
}

/** Each cell truncates its text: none overflows on its neighbour. */
function checkCells() {
    for (const cell of document.querySelectorAll(".o_pb_cell")) {
        const {width} = cell.getBoundingClientRect();
        const room = cell.closest("td").getBoundingClientRect().width;
        if (width > room + 1 || getComputedStyle(cell).overflow !== "hidden") {
            throw new Error(`“${cell.textContent}” leaves its cell`);
        }
        if (!cell.title.includes(cell.textContent.trim())) {
            throw new Error(`“${cell.textContent}” is nowhere in full`);
        }
    }
}

tours.add("commune_relations.planning_board", {
    steps: () => [
        {
            content: "Everybody has a line, also without a half-day",
            trigger: `${line("Karim")}:not(:has(.o_pb_cell))`,
        },
        {trigger: ".o_pb_lanes .o_pb_cell", run: checkCells},
        {
            content: "Karim cannot: he does not do accounts",
            trigger: ".o_pb_lanes .o_pb_cell:first",
            run: `drag_and_drop ${line("Karim")} .o_pb_name`,
        },
        {
            content: "The reason is read, in French",
            trigger: ".o_pb_refusal[role=alert]:contains(Karim):contains(0/2)",
        },
        {
            content: "The half-day is back where it was",
            trigger: `.o_pb_lanes .o_pb_head:contains(2)`,
        },
        {trigger: `${line("Karim")}:not(:has(.o_pb_cell))`},
        {
            content: "Nadia can",
            trigger: ".o_pb_lanes .o_pb_cell:first",
            run: `drag_and_drop ${line("Nadia")} .o_pb_name`,
        },
        {trigger: ".o_pb_done:contains(Nadia)"},
        {trigger: `${line("Nadia")} .o_pb_held .o_pb_cell`, run: checkCells},
        {content: "Undone", trigger: ".o_pb_undo:enabled", run: "click"},
        {trigger: ".o_pb_lanes .o_pb_head:contains(2)"},
        {
            content: "The whole request by the keyboard: Enter opens the list",
            trigger: ".o_pb_request",
            run: pressEnter,
        },
        {
            content: "The list says why not, and has the focus",
            trigger: ".o_pb_panel:has(.o_pb_stopped_list) .o_pb_taker:focus:contains(Nadia)",
            run: "press Enter",
        },
        {trigger: ".o_pb_lanes .o_pb_head:contains(0)"},
        {trigger: `${line("Nadia")}:has(.o_pb_held .o_pb_cell) .o_pb_load:contains(2/10)`},
        {
            content: "A half-day of the line, given back by the keyboard",
            trigger: `${line("Nadia")} .o_pb_cell:first`,
            run: pressEnter,
        },
        {trigger: ".o_pb_panel .o_pb_free", run: "click"},
        {trigger: ".o_pb_lanes .o_pb_cell"},
        {
            content: "Eight weeks: the blocks still hold in their cells",
            trigger: ".o_pb_mode",
            run: "select eight",
        },
        {trigger: ".o_pb_table.o_pb_narrow .o_pb_lanes .o_pb_cell", run: checkCells},
    ],
});

tours.add("commune_relations.planning_board_phone", {
    steps: () => [
        {trigger: ".o_pb_phone .o_pb_cell", run: checkPhone},
        {trigger: ".o_pb_phone .o_pb_cell:first", run: "click"},
        {trigger: ".o_pb_taker:contains(Nadia)", run: "click"},
        {trigger: ".o_pb_phone .btn-group .btn:eq(1)", run: "click"},
        {trigger: ".o_pb_phone section:contains(Nadia) .o_pb_held", run: checkPhone},
        {trigger: ".o_pb_phone .btn-group .btn:eq(2)", run: "click"},
        {trigger: ".o_pb_phone select", run: checkPhone},
    ],
});
