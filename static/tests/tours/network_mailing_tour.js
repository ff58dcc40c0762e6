import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const status = (name) => `.o_statusbar_buttons button[name=${name}]:visible`;

tours.add("commune_relations.letter_request", {
    steps: () => [
        {
            content: "The letter was written; three persons would receive it",
            trigger: ".oe_stat_button[name=action_open_recipients]:contains(3)",
        },
        {
            content: "There is no button to send it yet",
            trigger: ".o_form_view:not(:has(button[name=action_launch]:visible))",
        },
        {trigger: status("action_request_approval"), run: "click"},
        {
            content: "It waits for a manager: nothing is left to ask",
            trigger: ".o_form_view:not(:has(button[name=action_request_approval]:visible))",
        },
        {trigger: ".o_form_view:not(:has(button[name=action_approve]:visible))"},
    ],
});

tours.add("commune_relations.letter_approve", {
    steps: () => [
        {trigger: status("action_approve"), run: "click"},
        {content: "It may be sent", trigger: status("action_launch"), run: "click"},
        {trigger: ".modal .modal-footer .btn-primary", run: "click"},
        {
            content: "It is in the queue",
            trigger: ".o_statusbar_buttons:has(button[name=action_cancel]:visible)",
        },
    ],
});

tours.add("commune_relations.letter_typed", {
    steps: () => [
        {
            content: "The words of the model give way to those of the officer",
            trigger: "[name=body_arch] :iframe .c-text p:contains([)",
            run: "editor Rendez-vous à Metz",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {
            content: "It is saved, and made ready for readers of mail",
            trigger: ".o_form_view:not(:has(.o_form_button_save:visible))",
        },
    ],
});

tours.add("commune_relations.exchange_portal", {
    url: "/my",
    steps: () => [
        {
            trigger: ".o_commune_card_link[href='/my/exchanges']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#kind_need", run: "click"},
        {trigger: "#exchange_name", run: "edit Tondeuze pour une semaine"},
        {trigger: "#exchange_topic", run: "selectByLabel Tonte des talus"},
        {
            content: "The mayor posts what the commune looks for",
            trigger: "form[action='/my/exchanges/post'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "An offer goes with it", trigger: ".o_commune_match:contains(Tondeuse)"},
        {
            content: "Nothing is wider than the telephone",
            trigger: ".o_commune_page",
            run() {
                const root = document.documentElement;
                if (root.scrollWidth > root.clientWidth) {
                    throw new Error(`The page scrolls sideways: ${root.scrollWidth} px`);
                }
            },
        },
        {
            content: "It is settled",
            trigger: "form[action$='/settled'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#outcome.alert-success"},
    ],
});
