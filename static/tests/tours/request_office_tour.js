import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const status = (name) => `.o_statusbar_buttons button[name=${name}]:visible`;
const choose = (field, text) => [
    {trigger: `.o_field_widget[name=${field}] input`, run: `edit ${text}`},
    {trigger: `.o-autocomplete--dropdown-item:contains(${text}) a`, run: "click"},
];
const answerPage = {
    content: "The page of the answer",
    trigger: ".o_notebook_headers a[name=answer]",
    run: "click",
};

tours.add("commune_relations.office_call", {
    steps: () => [
        {
            content: "A mayor calls: note the question",
            trigger: ".modal .o_field_widget[name=commune_id] input",
            run: "edit Aubrive",
        },
        {trigger: ".o-autocomplete--dropdown-item:contains(Aubrive) a", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=question] textarea",
            run: "edit Peut-on fermer le chemin qui borde la carrière ?",
        },
        {
            trigger: ".modal button[name=action_save_and_open]",
            run: "click",
        },
        {
            content: "The request is open: hand it over",
            trigger: status("action_transfer"),
            run: "click",
        },
        ...choose("team_id", "Voirie (essai)"),
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit Chemin métropolitain",
        },
        {trigger: ".modal button[name=action_transfer]", run: "click"},
        {
            content: "One hand-over is counted",
            trigger: ".o_form_view:not(:has(.modal)) .o_notebook_headers a[name=transfers]",
        },
        {
            content: "It is a delicate one",
            trigger: ".o_field_widget[name=is_sensitive] input",
            run: "click",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))"},
    ],
});

tours.add("commune_relations.office_answer", {
    steps: () => [
        answerPage,
        {
            content: "A canned answer, with the words of the request",
            trigger: ".o_field_widget[name=canned_answer_id] input",
            run: "edit Étude",
        },
        {trigger: ".o-autocomplete--dropdown-item:contains(Étude en cours) a", run: "click"},
        {
            trigger:
                ".o_field_widget[name=answer_html] .odoo-editor-editable:contains(Voirie (essai))",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {
            content: "It is sensitive: it cannot be sent at once",
            trigger: `.o_form_view:not(:has(${status("action_send_answer")}))`,
        },
        {trigger: status("action_ask_validation"), run: "click"},
        {
            content: "Everybody sees whose word is waited for",
            trigger: ".alert-warning:visible .o_field_widget[name=validation_step]",
        },
    ],
});

tours.add("commune_relations.office_validate", {
    steps: () => [
        answerPage,
        {
            content: "Read what is to be validated",
            trigger: ".o_field_widget[name=answer_html]:contains(Voirie (essai))",
        },
        {trigger: status("action_validate_answer"), run: "click"},
        {
            content: "Done: nothing more is asked of this person",
            trigger: ".o_field_widget[name=validation_ids] .o_data_row .text-bg-success",
        },
        {trigger: ".o_form_view:not(:has(button[name=action_validate_answer]))"},
    ],
});

tours.add("commune_relations.office_send", {
    steps: () => [
        {trigger: status("action_send_answer"), run: "click"},
        {
            content: "One last look",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        answerPage,
        {
            content: "What the commune received is kept",
            trigger: ".o_field_widget[name=answer_sent_html]:contains(Voirie (essai))",
        },
    ],
});
