import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");
const step = (name) => ({
    content: `The case is at the step ${name}`,
    trigger: `.o_statusbar_status button.o_arrow_button_current[data-value='${name}']`,
});

tours.add("commune_relations.replacement_incident", {
    steps: () => [
        {trigger: ".o_data_row .o_data_cell[name=employee_id]", run: "click"},
        {
            content: "The facts are there",
            trigger: ".o_field_widget[name=fact_ids] .o_data_row:nth-child(2)",
        },
        {trigger: "button[name=action_open_case]", run: "click"},
        {trigger: "button[name=action_acknowledge]", run: "click"},
        step("acknowledged"),
        {trigger: "button[name=action_separate]", run: "click"},
        step("separate"),
        {trigger: "button[name=action_plan]", run: "click"},
        step("plan"),
        {trigger: "button[name=action_followup]", run: "click"},
        step("followup"),
        {trigger: ".o_notebook a[name=closing]", run: "click"},
        {
            trigger: "div[name=closing_note] textarea",
            run: "edit Tâches écrites à deux",
        },
        {trigger: "div[name=closing_result] input", run: "click"},
        {trigger: ".o_select_menu_item:first", run: "click"},
        {trigger: "button[name=action_close]", run: "click"},
        step("closed"),
    ],
});

tours.add("commune_relations.replacement_report", {
    steps: () => [
        {trigger: "a[href='/my/difficulties/new']", run: "click", expectUnloadPage: true},
        {content: "The form holds on a telephone", trigger: "#difficulty_kind", run: checkPhone},
        {trigger: "#difficulty_kind", run: "select task"},
        {trigger: "#difficulty_about", run: "select elected"},
        {trigger: "#difficulty_mission", run: "selectByIndex 1"},
        {trigger: "#difficulty_facts", run: "edit On me demande le ménage"},
        {
            trigger: ".o_commune_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "It has arrived", trigger: ".alert-success", run: checkPhone},
        {content: "It is in the list", trigger: "section h2"},
    ],
});
