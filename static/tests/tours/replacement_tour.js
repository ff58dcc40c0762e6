import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.replacement_secretary", {
    steps: () => [
        {
            content: "From the list to the form",
            trigger: "a[href='/my/replacements/new']",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "The form holds on a telephone", trigger: ".o_commune_week", run: checkPhone},
        {trigger: "#replacement_post", run: "edit Comptable"},
        {
            content: "The field of a date takes ISO text from a program",
            trigger: "#replacement_date_start",
            run() {
                this.anchor.value = "2026-12-01";
            },
        },
        {
            trigger: "#replacement_date_end",
            run() {
                this.anchor.value = "2027-01-26";
            },
        },
        {trigger: "input[name=tue_am]", run: "click"},
        {content: "Other half-days", trigger: "#replacement_other summary", run: "click"},
        {trigger: "input[name=other_wed_am]", run: "click"},
        {trigger: "input[name=other_wed_am]:checked", run: checkPhone},
        {trigger: "#replacement_flexibility", run: "edit surtout pas le jeudi"},
        {trigger: "#replacement_dates summary", run: "click"},
        {trigger: ".o_commune_more_dates", run: "click"},
        {
            trigger: "input[name=date_3]",
            run() {
                this.anchor.value = "2027-01-29";
            },
        },
        {trigger: "input[name=date_3_pm]", run: "click"},
        {
            trigger: ".o_commune_send button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "It has arrived", trigger: ".alert-success", run: checkPhone},
    ],
});

tours.add("commune_relations.replacement_again", {
    steps: () => [
        {
            content: "First tap, on the home page",
            trigger: "a[href='/my/replacements']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Second tap: nothing is sent",
            trigger: "a[href$='/again']",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "All that is sent is said", trigger: ".o_commune_again", run: checkPhone},
        {
            content: "Third tap",
            trigger: ".o_commune_again button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "It has arrived", trigger: ".alert-success", run: checkPhone},
    ],
});

tours.add("commune_relations.replacement_coordinator", {
    steps: () => [
        {
            content: "Who can go?",
            trigger: "button[name=action_candidates]",
            run: "click",
        },
        {
            content: "One agent is stopped by a rule, with its reason",
            trigger: ".modal div[name=stopped_ids] td:contains(0/2)",
        },
        {
            content: "The other one takes all the half-days",
            trigger: ".modal div[name=eligible_ids] tr:contains(Nadia) button[name=action_choose]",
            run: "click",
        },
        {
            content: "The proposal is prepared: send it",
            trigger: "button[name=action_send_agent]",
            run: "click",
        },
        {trigger: "button[name=action_agent_agrees]", run: "click"},
        {trigger: "button[name=action_commune_agrees]", run: "click"},
        {
            content: "The mission is there",
            trigger: "div[name=mission_id] a",
            run: "click",
        },
        {trigger: ".o_form_view div[name=half_day_count]:contains(4)"},
    ],
});
