import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.event_invite", {
    steps: () => [
        {
            content: "An audience is chosen on the form of the event",
            trigger: ".o_field_widget[name=audience_ids] input",
            run: "edit Secrétaires (essai)",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains('Secrétaires (essai)')",
            run: "click",
        },
        {trigger: ".o_field_widget[name=audience_ids] .o_tag:contains('Secrétaires (essai)')"},
        {trigger: ".o_statusbar_buttons button[name=action_invite]:visible", run: "click"},
        {trigger: ".modal .modal-footer .btn-primary", run: "click"},
        {
            content: "One person was invited and has not answered",
            trigger: ".oe_stat_button:contains('0 / 1')",
        },
    ],
});

tours.add("commune_relations.event_register", {
    steps: () => [
        {
            content: "The first page says that an answer is awaited",
            trigger: "#commune_portal_todos a:contains(urbanisme)",
            run: checkPhone,
        },
        {
            trigger: ".o_commune_card_link[href='/my/events']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The event is announced to the commune",
            trigger: ".list-group-item a:contains(urbanisme)",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "The page holds on a telephone", trigger: "fieldset", run: checkPhone},
        {trigger: "label:contains(Élu0)", run: "click"},
        {trigger: "label:contains(Élu1)", run: "click"},
        {trigger: "label:contains(Élu2)", run: "click"},
        {
            content: "Three colleagues are registered at once",
            trigger: "form[action$='/register'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#outcome:contains(Élu0)"},
        {
            content: "The third one waits",
            trigger:
                ".list-group-item:contains(Élu2) .o_commune_state_invited:contains(1er sur la liste)",
        },
        {
            content: "The first one cannot come",
            trigger: ".list-group-item:contains(Élu0) form button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The one who waited has the place",
            trigger: ".list-group-item:contains(Élu2) .o_commune_state_active",
            run: checkPhone,
        },
    ],
});

tours.add("commune_relations.event_check_in", {
    steps: () => [
        {trigger: "#present_count strong:contains(0)", run: checkPhone},
        {
            content: "The agent notes who is there",
            trigger: ".list-group-item:contains(Élu2) button[value=present]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#present_count strong:contains(1)"},
        {trigger: ".list-group-item:contains(Élu2) button[aria-pressed=true]"},
        {
            content: "And who is not",
            trigger: ".list-group-item:contains(Élu1) button[value=absent]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".list-group-item:contains(Élu1) button[aria-pressed=true]"},
    ],
});

tours.add("commune_relations.event_certificate", {
    steps: () => [
        {
            content: "Who was there has a certificate",
            trigger: ".list-group-item:contains(Élu2) a[href*='/certificate/']",
            run: checkPhone,
        },
        {
            content: "Who was not has none",
            trigger: ".list-group-item:contains(Élu1):not(:has(a[href*='/certificate/']))",
        },
        {
            content: "It is a PDF",
            trigger: ".list-group-item:contains(Élu2) a[href*='/certificate/']",
            async run({anchor}) {
                const answer = await fetch(anchor.href);
                if (!answer.ok || answer.headers.get("Content-Type") !== "application/pdf") {
                    throw new Error(`No certificate: ${answer.status}`);
                }
            },
        },
    ],
});

tours.add("commune_relations.event_invitation", {
    steps: () => [
        {content: "No account is asked for", trigger: "button[value=yes]", run: checkPhone},
        {trigger: "button[value=yes]", run: "click", expectUnloadPage: true},
        {trigger: "#outcome"},
        {trigger: "details summary", run: "click"},
        {trigger: "details[open] .form-check-label:contains(ARNAUD)", run: "click"},
        {trigger: "button[value=other]", run: "click", expectUnloadPage: true},
        {trigger: "#outcome:contains(ARNAUD)"},
        {trigger: "button[value=no]", run: "click", expectUnloadPage: true},
        {trigger: "#outcome", run: checkPhone},
    ],
});
