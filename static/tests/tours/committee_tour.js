import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

const tours = registry.category("web_tour.tours");

function choose(field, text) {
    return [
        {trigger: `div[name=${field}] input`, run: `edit ${text}`},
        {
            trigger: `.o-autocomplete--dropdown-item a:contains(${text})`,
            run: "click",
        },
    ];
}

const confirmStep = {trigger: ".modal-footer .btn-primary", run: "click"};

tours.add("commune_relations.committee_secretary", {
    steps: () => [
        {
            content: "A committee, its chair and a member by mandate",
            trigger: "div[name=name] input, div[name=name] textarea",
            run: "edit COPIL du parcours",
        },
        ...choose("chair_id", "VICE"),
        {
            trigger: "div[name=member_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        ...choose("mandate_id", "AUBRY"),
        {
            trigger: "div[name=member_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {trigger: "div[name=member_ids] .o_data_row:not(.o_selected_row):contains(AUBRY)"},
        {trigger: "div[name=member_ids] .o_data_row:not(.o_selected_row):contains(AUBRY)"},
        ...choose("mandate_id", "BLANC"),
        {trigger: ".o_form_button_save", run: "click"},
        {
            content: "One session in the year to come",
            trigger: ".o_form_saved .o_statusbar_buttons button",
            run: "click",
        },
        {trigger: ".modal div[name=session_count] input", run: "edit 1"},
        {trigger: ".modal button[name=action_propose]", run: "click"},
        {trigger: ".modal div[name=line_ids] .o_data_row"},
        {trigger: ".modal button[name=action_create_sessions]", run: "click"},
        {
            trigger: ".o_list_view .o_data_row td[name=display_name]",
            run: "click",
        },
        {
            content: "An item on the agenda",
            trigger: "div[name=item_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal div[name=name] input, .modal div[name=name] textarea",
            run: "edit Achat de sel",
        },
        {trigger: ".modal .o_form_button_save", run: "click"},
        {trigger: "div[name=item_ids] .o_data_row:contains(Achat de sel)"},
        {trigger: "button[name=action_approve_agenda]", run: "click"},
        confirmStep,
        {
            content: "The notice leaves",
            trigger: "button[name=action_send_notice]",
            run: "click",
        },
        confirmStep,
        {
            content: "The members may be reminded: they are called",
            trigger: "button[name=action_send_again]",
        },
    ],
});

tours.add("commune_relations.committee_mayor_link", {
    steps: () => [
        {
            content: "The page of the letter holds on a telephone",
            trigger: "button[value=present]",
            run: checkPhone,
        },
        {
            content: "One press: I am coming",
            trigger: "button[value=present]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#outcome"},
        {
            content: "The answer in force still stands out when the page is opened again",
            trigger: "button[value=present][aria-pressed=true]:contains(ma réponse)",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        {
            trigger: "body:not(:has(#outcome)) button[value=present][aria-pressed=true]",
            run: checkPhone,
        },
        {content: "The file can be read", trigger: "a[href$='/file.pdf']"},
        {
            content: "In the end, a proxy",
            trigger: "details:has(#holder) summary",
            run: "click",
        },
        {trigger: "#holder", run: "selectByLabel Bruno BLANC – Bellefontaine"},
        {
            trigger: "button[value=proxy]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "#session_answer_now:contains(BLANC)", run: checkPhone},
    ],
});

tours.add("commune_relations.committee_mayor_portal", {
    steps: () => [
        {
            content: "The first page says that an answer is waited for",
            trigger: "a[href='/my/committees']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The session to come",
            trigger: ".list-group-item a.btn-primary[href^='/my/sessions/']",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "button[value=excused]", run: checkPhone},
        {trigger: "button[value=excused]", run: "click", expectUnloadPage: true},
        {trigger: "#outcome", run: checkPhone},
    ],
});

tours.add("commune_relations.committee_holder_link", {
    steps: () => [
        {
            content: "The holder reads whom he represents",
            trigger: "#session_proxies:contains(AUBRY)",
            run: checkPhone,
        },
        {
            content: "He cannot, but comes all the same",
            trigger: "#session_proxies button[value=decline]",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "body:not(:has(#session_proxies)) #outcome", run: checkPhone},
    ],
});

/** The documents of an item are beside its fields, on a telephone below them. */
function checkPapers() {
    const [impact, papers] = ["impact", "papers"].map((name) =>
        document.querySelector(`.o_commune_${name}`).getBoundingClientRect()
    );
    const stands =
        window.innerWidth < 576
            ? papers.top >= impact.bottom && papers.left < impact.right
            : papers.left >= impact.right && papers.top < impact.bottom;
    if (!stands) {
        throw new Error("The papers are not where one looks for them");
    }
}

tours.add("commune_relations.committee_papers", {
    steps: () => [
        {
            trigger: ".o_commune_papers a:contains(Note.txt)",
            run: checkPapers,
        },
        {trigger: ".o_commune_impact:contains(octobre)", run: checkPhone},
    ],
});
