import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const line = (words) => `.o_day_line:contains(${words})`;
let clicks = 0;
// A form turns to the page where its button leads by itself.
const turned = (event) => event.target.closest?.(".o_notebook_headers");
document.addEventListener("click", (event) => turned(event) || clicks++, true);

/** A key of the keyboard, wherever the focus is. */
const press = (key) =>
    function () {
        const target = document.activeElement || document.body;
        target.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
    };

/** All that waits is seen at once. */
function checkNoScrolling() {
    for (const box of [document.documentElement, document.querySelector(".o_content")]) {
        if (box.scrollHeight > box.clientHeight) {
            throw new Error(`The page scrolls: ${box.scrollHeight} > ${box.clientHeight} px`);
        }
    }
}

/** Number of clicks measured in `docs/parcours.md`. */
const checkClicks = (count) => ({
    trigger: "body",
    run() {
        if (clicks !== count) {
            throw new Error(`${clicks} clicks to the first act, not ${count}`);
        }
    },
});

const confirm = {trigger: ".modal .btn-primary", run: "click"};

tours.add("commune_relations.day_officer", {
    steps: () => [
        {trigger: ".o_day_late .o_day_line:nth-child(8)", run: checkNoScrolling},
        {trigger: ".o_day_others .o_day_line"},
        {trigger: `.o_day_late ${line("Arbre tombé")} .o_day_do`, run: "click"},
        confirm,
        {trigger: ".o_day_sentence:contains(Arbre tombé)"},
        checkClicks(2),
        {
            content: "It is no longer to take up",
            trigger: ".o_day_page:not(:has([data-line^=request_new]))",
        },
        {content: "The list has as many", trigger: ".o_day_late .o_day_source", run: "click"},
        {trigger: ".o_list_view .o_data_row:nth-child(7)"},
    ],
});

tours.add("commune_relations.day_keyboard", {
    steps: () => [
        {trigger: `.o_day_at${line("Premier")}`, run: press("j")},
        {trigger: `.o_day_at${line("Second")}`, run: press("ArrowDown")},
        {trigger: `.o_day_at${line("Troisième")}`, run: press("k")},
        {trigger: `.o_day_at${line("Second")}`, run: press("?")},
        {trigger: ".o_day_keys", run: press("?")},
        {trigger: ".o_day_page:not(:has(.o_day_keys))", run: press("s")},
        {trigger: ".o_day_panel [data-until=monday]", run: "click"},
        {trigger: `.o_day_page:not(:has(${line("Second")}))`},
        {trigger: ".o_day_undo", run: press("u")},
        {content: "Back", trigger: line("Second")},
        {trigger: `.o_day_at${line("Premier")}`, run: press("s")},
        {trigger: ".o_day_panel [data-until=tomorrow]:focus", run: press("Escape")},
        {trigger: ".o_day_page:not(:has(.o_day_panel))", run: press("s")},
        {trigger: ".o_day_panel [data-until=tomorrow]", run: "click"},
        {trigger: `.o_day_page:not(:has(${line("Premier")}))`},
        {trigger: ".o_day_off:contains(1)"},
        {trigger: `.o_day_at${line("Second")}`, run: press("t")},
        {
            content: "A name alone gives nothing",
            trigger: ".o_day_panel select:focus",
            run: "selectByIndex 1",
        },
        {trigger: `.o_day_at${line("Second")} .o_day_panel [type=submit]`, run: "click"},
        {trigger: `.o_day_page:not(:has(${line("Second")}))`},
        {trigger: `.o_day_at${line("Troisième")}`, run: press("e")},
        {content: "Our form opens, where one answers", trigger: ".nav-link.active[name=answer]"},
    ],
});

tours.add("commune_relations.day_referent", {
    steps: () => [
        {trigger: `${line("Trottoir abîmé")} .o_day_do`, run: "click"},
        {trigger: ".o_form_view:contains(Trottoir abîmé) .nav-link.active[name=answer]"},
        checkClicks(1),
    ],
});

tours.add("commune_relations.day_manager", {
    steps: () => [
        {trigger: `.o_day_today ${line("Rapport à présenter")} .o_day_do`, run: "click"},
        {trigger: ".o_day_sentence:contains(Rapport à présenter)"},
        checkClicks(1),
        {trigger: `.o_day_page:not(:has(${line("Rapport à présenter")}))`},
        {trigger: ".o_day_undo", run: "click"},
        {content: "Not done after all", trigger: line("Rapport à présenter")},
    ],
});

tours.add("commune_relations.day_coordinator", {
    steps: () => [
        {trigger: `${line("Secrétaire de mairie")} .o_day_do`, run: "click"},
        confirm,
        {trigger: ".o_day_sentence:contains(Secrétaire de mairie)"},
        checkClicks(2),
    ],
});

tours.add("commune_relations.day_reader", {
    steps: () => [
        {content: "Nothing to do", trigger: ".o_day_late:not(:has(.o_day_do))"},
        {trigger: `${line("Trottoir abîmé")} .o_day_title`, run: "click"},
        {trigger: ".o_form_view:contains(Trottoir abîmé)"},
        checkClicks(1),
    ],
});

tours.add("commune_relations.day_empty", {
    steps: () => [{trigger: ".o_day_empty h2"}],
});

tours.add("commune_relations.day_phone", {
    steps: () => [
        {
            trigger: ".o_day_late .o_day_line:nth-child(8)",
            run() {
                const root = document.querySelector(".o_content");
                if (root.scrollWidth > root.clientWidth) {
                    throw new Error(`The page scrolls sideways: ${root.scrollWidth} px`);
                }
                for (const target of document.querySelectorAll(".o_day_line button")) {
                    if (target.offsetParent && target.getBoundingClientRect().height < 44) {
                        throw new Error(`Too small for a finger: ${target.outerHTML}`);
                    }
                }
            },
        },
        {trigger: ".o_day_late .o_day_snooze", run: "click"},
        {trigger: ".o_day_panel [data-until=tomorrow]", run: "click"},
        {trigger: ".o_day_off:contains(1)"},
    ],
});
