import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.contact_noted", {
    steps: () => [
        {
            content: "Which commune",
            trigger: ".o_field_widget[name=commune_id] input",
            run: "edit Bellefontaine",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Bellefontaine) a",
            run: "click",
        },
        {trigger: ".o_field_widget[name=kind] label:contains(Visit)", run: "click"},
        {
            trigger: ".o_field_widget[name=subject] input",
            run: "edit Visite de l’atelier",
        },
        {
            trigger: ".o_field_widget[name=notes] textarea",
            run: "edit La toiture fuit.",
        },
        {
            content: "What we promised, in the same form",
            trigger: ".o_field_widget[name=commitment_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=commitment_ids] [name=name] input",
            run: "edit Envoyer un technicien",
        },
        {
            trigger: ".o_field_widget[name=commitment_ids] [name=due_date] :is(input, button)",
            run: "click",
        },
        {trigger: ".o_date_picker .o_today", run: "click"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
    ],
});

tours.add("commune_relations.commitments_read", {
    steps: () => [
        {
            content: "The card of the home page",
            trigger: "a[href='/my/commitments']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Kept and late, on a phone",
            trigger: ".o_commune_page h3:contains(Envoyer le plan des travaux)",
            run: checkPhone,
        },
    ],
});
