import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.activity_report", {
    steps: () => [
        {trigger: ".o_list_button_add", run: "click"},
        {
            trigger: "[name=introduction] .odoo-editor-editable",
            run: "editor Une année près des communes.",
        },
        {trigger: "[name=signatory] input", run: "edit Anne Essai, vice-présidente"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved, .o_form_button_save:not(:visible)"},
        {trigger: "button[name=action_freeze]", run: "click"},
        {trigger: ".modal .btn-primary", run: "click"},
        {content: "Its day and its fingerprint are kept", trigger: "[name=fingerprint]"},
        {trigger: "button[name=action_new_version]"},
        {trigger: "button[name=action_xlsx]", run: "click"},
        {trigger: "button[name=action_pdf]", run: "click"},
        {content: "Still there once it is downloaded", trigger: "[name=frozen_date]"},
    ],
});
