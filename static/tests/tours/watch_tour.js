import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");
const title = (words) => `.o_ws_title:contains(${words})`;

/** A key of the keyboard, wherever the focus is: by its letter, or by its place. */
const press = (key, code = "") =>
    function () {
        document.body.dispatchEvent(
            new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true})
        );
    };

tours.add("commune_relations.watch_sorting", {
    steps: () => [
        {content: "The newest first, its topics proposed", trigger: title("nids-de-poule")},
        {trigger: ".o_ws_topics .btn[aria-pressed=false]:contains(1)"},
        {trigger: ".o_ws_count:contains(3)"},
        {content: "A law", trigger: ".o_ws_card", run: press("l")},
        {trigger: ".btn-primary[data-kind=law][aria-pressed=true]"},
        {
            content: "The first topic, by the key of 1 on a French keyboard",
            trigger: ".o_ws_card",
            run: press("&", "Digit1"),
        },
        {trigger: ".o_ws_topics .btn[aria-pressed=true]:contains(1)"},
        {content: "Kept", trigger: ".o_ws_card", run: press("g")},
        {trigger: title("fuite")},
        {trigger: ".o_ws_sentence:contains(nids-de-poule)"},
        {trigger: ".o_ws_count:contains(2)"},
        {content: "The next one, and back", trigger: ".o_ws_card", run: press("ArrowRight")},
        {trigger: title("Colloque")},
        {trigger: ".o_ws_card", run: press("ArrowLeft")},
        {trigger: title("fuite")},
        {trigger: ".o_ws_card", run: press("ArrowRight")},
        {content: "Archived", trigger: title("Colloque"), run: press("a")},
        {trigger: title("fuite")},
        {trigger: ".o_ws_count:contains(1)"},
        {content: "Undone: it is back", trigger: ".o_ws_card", run: press("u")},
        {trigger: title("Colloque")},
        {trigger: ".o_ws_count:contains(2)"},
        {content: "Archived by the pointer", trigger: ".o_ws_away", run: "click"},
        {trigger: title("fuite")},
        {trigger: ".o_ws_keep", run: "click"},
        {content: "Everything is sorted", trigger: ".o_ws_empty"},
        {trigger: ".o_ws_count:contains(0)"},
    ],
});

tours.add("commune_relations.watch_sorting_phone", {
    steps: () => [
        {trigger: title("nids-de-poule"), run: checkPhone},
        {
            content: "Every button is large enough for a finger",
            trigger: ".o_ws_actions",
            run() {
                for (const target of document.querySelectorAll(".o_watch_sorting .btn")) {
                    if (target.getBoundingClientRect().height < 44) {
                        throw new Error(`Too small for a finger: ${target.outerHTML}`);
                    }
                }
            },
        },
        {trigger: "[data-kind=innovation]", run: "click"},
        {trigger: ".btn-primary[data-kind=innovation]"},
        {trigger: ".o_ws_keep", run: "click"},
        {trigger: title("fuite")},
        {trigger: ".o_ws_next", run: "click"},
        {trigger: title("Colloque")},
        {trigger: ".o_ws_undo:enabled", run: "click"},
        {trigger: title("nids-de-poule")},
    ],
});

tours.add("commune_relations.watch_topics", {
    steps: () => [
        {
            content: "One of the topics proposed, and not the others",
            trigger: ".o_commune_watch_topics button:first",
            run: "click",
        },
        {trigger: ".o_field_widget[name=topic_ids] .o_tag:only"},
        {content: "Kept, it says so", trigger: "button[name=action_keep]", run: "click"},
        {trigger: ".o_arrow_button_current[data-value=kept]"},
        {trigger: "body:not(:has(button[name=action_keep]))"},
    ],
});

tours.add("commune_relations.watch_sources", {
    steps: () => [
        {
            content: "A link for the bookmarks, which leads to our form",
            trigger: ".o_commune_watch_share a",
            run() {
                const {href} = this.anchor;
                const door = `${window.location.origin}/watch/add?url=`;
                if (!href.startsWith("javascript:") || !href.includes(door)) {
                    throw new Error(`Another link: ${href}`);
                }
            },
        },
        {
            content: "What could not be read says why",
            trigger: ".o_data_row:contains(Journal d’essai) td[name=last_error]:contains(interne)",
        },
    ],
});

tours.add("commune_relations.watch_add", {
    steps: () => [
        {
            content: "The form is filled",
            trigger: ".o_field_widget[name=name] textarea:value(Une page lue)",
        },
        {trigger: ".o_field_widget[name=link] input:value(https://a.example/1)"},
        {content: "Saved by hand only", trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
    ],
});
