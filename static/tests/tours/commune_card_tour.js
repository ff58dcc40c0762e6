import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The card holds on a telephone: nothing beside the screen, each tap large enough. */
function checkCard() {
    const page = document.querySelector(".o_card_page");
    if (page.scrollWidth > page.clientWidth) {
        throw new Error(`The card scrolls sideways: ${page.scrollWidth} px`);
    }
    for (const target of page.querySelectorAll("a")) {
        if (target.getBoundingClientRect().height < 24) {
            throw new Error(`Too small for a finger: ${target.outerHTML}`);
        }
    }
}

tours.add("commune_relations.commune_card_phone", {
    steps: () => [
        {
            content: "From the sheet of the commune",
            trigger: "button[name=action_open_card]",
            run: "click",
        },
        {
            content: "What to say comes before the sections, and the mayor is a tap away",
            trigger:
                ".o_card_page h1:contains(Aubrive), .o_card_page a[href='tel:0387000001']:contains(03 87)",
            run: checkCard,
        },
        {trigger: ".o_card_page a[href='mailto:mairie@aubrive.invalid']"},
        {trigger: ".o_card_advice li:contains(Refaire le devis)"},
        {
            content: "A line opens its record",
            trigger: ".o_card_open:contains(Trou dans la chaussée)",
            run: "click",
        },
        {
            trigger:
                ".o_form_view [name=name]:contains(Trou dans la chaussée), .o_form_view textarea",
        },
    ],
});

tours.add("commune_relations.commune_card_list", {
    steps: () => [
        {trigger: ".o_kanban_record:contains(Aubrive)"},
        {trigger: ".o_switch_view.o_list", run: "click"},
        {trigger: ".o_data_row:contains(Aubrive)"},
        {trigger: ".o_list_table thead .o_list_record_selector input", run: "click"},
        {trigger: "button[name=action_print_card]", run: "click"},
        {content: "Five cards are drawn by steps", trigger: ".modal:contains(5)"},
        // Each card has the ten seconds of a step; one that was quicker is passed over.
        ...[0, 1, 2, 3, 4].map((done) => ({
            content: `More than ${done} are drawn`,
            trigger: `body:not(:has(.o_commune_print[data-done='${done}']))`,
        })),
        {content: "The window closes", trigger: "body:not(:has(.modal))"},
    ],
});
