import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";
import {sign} from "./signing";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.replacement_agent_week", {
    steps: () => [
        {
            content: "The oldest week to write",
            trigger: "a[href$='/hours/2027-01-11']",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "The week holds on a telephone", trigger: ".o_commune_hours", run: checkPhone},
        {trigger: "input[name='2027-01-12_am_task']", run: "edit Budget primitif"},
        {
            trigger: ".o_commune_send button[value=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "It is sent", trigger: ".alert-success", run: checkPhone},
    ],
});

tours.add("commune_relations.replacement_commune_signs", {
    steps: () => [
        {
            trigger: ".list-group a[href*='/my/replacement-hours/']",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "What was done is there", trigger: ".o_commune_hours:contains(Budget primitif)"},
        {
            content: "The second half-day is not right",
            trigger: "fieldset:contains(Budget primitif) input.o_commune_contest",
            run: "click",
        },
        {
            content: "The field of the objection has come",
            trigger: "fieldset:contains(Budget primitif) input[name^=reason]:visible",
            run: "edit Partie à 11 h",
        },
        ...sign("Anne AUBRY"),
        {trigger: ".alert-success", run: checkPhone},
    ],
});

tours.add("commune_relations.replacement_agent_answers", {
    steps: () => [
        {trigger: "a[href$='/hours/2027-01-11']", run: "click", expectUnloadPage: true},
        {trigger: "textarea[name$=_answer]", run: "edit Partie à 12 h"},
        {
            trigger: ".o_commune_send button[value=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "It is sent", trigger: ".alert-success"},
    ],
});

tours.add("commune_relations.replacement_commune_decides_again", {
    steps: () => [
        {
            trigger: ".list-group a[href*='/my/replacement-hours/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Of two answers that nobody has chosen, neither looks chosen",
            trigger: ".o_commune_hours:contains(Partie à 12 h)",
            run() {
                const choices = document.querySelectorAll("input[type=radio]");
                for (const {style} of choices) {
                    style.transition = "none";
                }
                const fills = new Set(
                    [...choices].map((choice) => getComputedStyle(choice).backgroundColor)
                );
                if (choices.length !== 2 || [...fills].join() !== "rgb(255, 255, 255)") {
                    throw new Error([...fills].join());
                }
            },
        },
        {trigger: "input[type=radio][value=ok]", run: "click"},
        ...sign("Anne AUBRY"),
        {trigger: ".alert-success", run: checkPhone},
    ],
});

tours.add("commune_relations.replacement_statement", {
    steps: () => [
        {
            content: "Contested weeks are one press away",
            trigger: "button[name=action_open]:has(div[name=contested_count]:contains(1))",
            run: "click",
        },
        {trigger: ".o_data_row td[name=commune_id]:contains(Aubrive)", run: "click"},
        {
            content: "The other line may be billed",
            trigger: "button[name=action_check]",
            run: "click",
        },
        {trigger: ".o_form_view div[name=checked_date]"},
        {
            content: "Statements",
            trigger: "[data-menu-xmlid='commune_relations.menu_services']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='commune_relations.menu_replacement_statements']",
            run: "click",
        },
        {
            trigger: ".o_control_panel button.btn-primary[name]",
            run: "click",
        },
        {
            content: "The oldest month to bill is proposed",
            trigger: ".modal div[name=found_text]:contains(1)",
        },
        {trigger: ".modal button[name=action_prepare]", run: "click"},
        {trigger: ".o_data_row td[name=commune_id]:contains(Aubrive)", run: "click"},
        {trigger: "button[name=action_check]", run: "click"},
        {trigger: "button[name=action_issue]", run: "click"},
        {trigger: ".modal footer .btn-primary", run: "click"},
        {content: "It has its number", trigger: ".o_form_view h1:contains(EL-)"},
    ],
});
