import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("commune_relations.replacement_year_report", {
    steps: () => [
        {trigger: "[name=foreword] textarea", run: "edit Une bonne année."},
        {trigger: "button[name=action_freeze]", run: "click"},
        {trigger: ".modal .btn-primary", run: "click"},
        {content: "Its day is kept", trigger: "[name=frozen_date]"},
        {trigger: "button[name=action_pdf]"},
        {trigger: "button[name=action_xlsx]"},
    ],
});
