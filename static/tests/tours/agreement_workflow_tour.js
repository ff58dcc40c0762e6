import {checkPhone} from "./phone";
import {registry} from "@web/core/registry";
import {openPaper, sign} from "./signing";

const tours = registry.category("web_tour.tours");
const button = (name) => `.o_statusbar_buttons button[name=${name}]:visible`;
const state = (name) => `.o_statusbar_status .o_arrow_button_current[data-value=${name}]`;

// The officer: a date is missing and the error names it; once typed, the signature starts.
tours.add("commune_relations.agreement_deliberate", {
    steps: () => [
        {trigger: button("action_deliberate"), run: "click"},
        {
            content: "Which date is missing, and what the law asks for",
            trigger: ".modal:contains(L. 2131-1)",
        },
        {trigger: ".modal .btn-primary", run: "click"},
        {trigger: ".o_notebook_headers a[name=deliberations]", run: "click"},
        {
            trigger: ".o_field_widget[name=commune_publication_date] :is(input, button)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=commune_publication_date] input",
            run: "edit +0d",
        },
        {trigger: ".o_field_widget[name=commune_transmission_date]", run: "click"},
        {trigger: button("action_deliberate"), run: "click"},
        {trigger: state("deliberated")},
    ],
});

// The mayor, on a phone: the text, the act of signing, then what it still waits for.
tours.add("commune_relations.agreement_mayor", {
    steps: () => [
        {
            trigger: "a[href^='/my/agreements/']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Nothing is read: the button says so, and opens the text",
            trigger: ".o_commune_signing button:contains(PDF)",
            run: checkPhone,
        },
        openPaper,
        ...sign("Anne AUBRY"),
        {content: "It is signed", trigger: ".alert-success", run: checkPhone},
        {trigger: ".o_commune_state_invited:contains(intercommunal)"},
    ],
});

// The president, in the office: the same text, and both are bound.
tours.add("commune_relations.agreement_president", {
    steps: () => [
        {trigger: button("action_sign_epci"), run: "click"},
        {
            content: "The text that is signed can be read",
            trigger: ".modal button[name=action_read]",
        },
        {trigger: ".modal .o_field_widget[name=signature] .o_signature", run: "click"},
        {trigger: ".modal .o_web_sign_auto_button", run: "click"},
        {
            trigger: ".modal:has(.o_web_sign_auto_button) footer .btn-primary:enabled",
            run: "click",
        },
        {trigger: ".modal .o_field_widget[name=signature] img"},
        {trigger: ".modal button[name=action_sign]", run: "click"},
        {trigger: state("active")},
    ],
});
