import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");
const button = (name) => `.o_statusbar_buttons button[name=${name}]:visible`;
const confirm = {trigger: ".modal .modal-footer .btn-primary", run: "click"};

tours.add("commune_relations.survey_send", {
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        {trigger: ".o_field_widget[name=name] input", run: "edit Essai 2027"},
        {trigger: ".o_field_widget[name=survey_id] input", run: "edit Besoins"},
        {trigger: ".o-autocomplete--dropdown-item:contains(Besoins) a", run: "click"},
        {trigger: ".o_field_widget[name=audience_ids] input", run: "edit Maires de"},
        {trigger: ".o-autocomplete--dropdown-item:contains(Maires de) a", run: "click"},
        {trigger: ".o_field_widget[name=audience_ids] .o_tag"},
        {content: "Write to the communes", trigger: button("action_open"), run: "click"},
        confirm,
        {
            content: "Two communes are asked",
            trigger: ".oe_stat_button:has([name=target_count]):contains(2)",
            run: "click",
        },
        {content: "The figure is a link to them", trigger: ".o_data_row:contains(Aubrive)"},
        {trigger: ".o_data_row:contains(Bellefontaine)"},
        {trigger: ".o_list_view:not(:has(.o_data_row:contains(Clairval)))"},
    ],
});

tours.add("commune_relations.survey_follow", {
    steps: () => [
        {trigger: ".oe_stat_button:has([name=done_count]):contains(1)"},
        {content: "Remind those missing", trigger: button("action_remind"), run: "click"},
        confirm,
        {content: "One commune is reminded", trigger: ".o_notification:contains(1)"},
        {content: "Results", trigger: ".o_notebook .nav-link[name=results]", run: "click"},
        {trigger: ".o_commune_survey_results .question:contains(service commun) td:contains(100)"},
        {trigger: button("action_close"), run: "click"},
        confirm,
        {content: "Publish them", trigger: button("action_open_publication"), run: "click"},
        {content: "The letter is shown", trigger: ".modal [name=preview]:contains(Essai 2027)"},
        {trigger: ".modal [name=person_count]:contains(3)"},
        {trigger: ".modal button[name=action_publish_and_write]:visible", run: "click"},
        {content: "They are informed", trigger: ".o_notification:contains(3)"},
        {trigger: button("action_withdraw")},
    ],
});

tours.add("commune_relations.survey_prepare", {
    steps: () => [
        {
            content: "One survey waits for the commune",
            trigger: ".o_commune_card_link[href='/my/surveys']:contains(1)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".list-group-item:contains(Formation 2027)",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "form[action$='/prepare'] button", run: checkPhone},
        {
            trigger: "form[action$='/prepare'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "For which commune", trigger: ".o_commune_survey_head:contains(Aubrive)"},
        {content: "One may stop", trigger: "a.o_commune_until_sent:visible"},
        {trigger: ".o_survey_choice_btn:contains(Non)", run: "click"},
        {trigger: "input.o_survey_question_numerical_box", run: "edit 4"},
        {trigger: "button[type=submit][value=next]:not(.disabled)", run: "click"},
        {trigger: ".js_question-wrapper:contains(thèmes)"},
        {trigger: "button[type=submit][value=finish]:not(.disabled)", run: "click"},
        {
            content: "Once sent, nothing is left to stop",
            trigger: "body:has(.o_survey_finished):not(:has(.o_commune_until_sent:visible))",
        },
        {
            content: "Back to the page of the commune",
            trigger: "#commune_survey_back",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is there, but not to be validated by a councillor",
            trigger: ".list-group-item[data-answer]:contains(ARNAUD)",
            run: checkPhone,
        },
        {trigger: ".o_commune_page:not(:has(form[action$='/refuse']))"},
    ],
});

tours.add("commune_relations.survey_last_page", {
    steps: () => [
        {trigger: ".o_survey_choice_btn:contains(Oui)", run: "click"},
        {
            content: "This answer opens another page",
            trigger: "button[type=submit][value=next]",
        },
        {trigger: ".o_survey_choice_btn:contains(Non)", run: "click"},
        {
            content: "The button says the words of the organisation again, not those of Odoo",
            trigger:
                "button.btn-primary[type=submit][value=finish]:contains(/^\\s*(Send|Envoyer)\\s*$/)",
            run: checkPhone,
        },
    ],
});

tours.add("commune_relations.survey_validate", {
    steps: () => [
        {
            trigger: ".list-group-item:contains(Formation 2027)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Read what the councillor has prepared",
            trigger: ".list-group-item[data-answer]:contains(ARNAUD) a",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".o_commune_reading:contains(Non)", run: checkPhone},
        {
            trigger: "form[action$='/validate'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#outcome", run: checkPhone},
        {content: "The DGS may still correct it", trigger: "form[action$='/reopen'] button"},
    ],
});
