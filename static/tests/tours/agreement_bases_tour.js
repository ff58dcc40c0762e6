import {checkPhone} from "./phone";
import {registry} from "@web/core/registry";
import {openPaper, sign} from "./signing";

const tours = registry.category("web_tour.tours");
const PAID = "Prestation payante";
// Kind of intercommunality -> the legal bases that it may choose: code, form, and what each asks
// for beside the votes. The case makes “Option <code>” for each, and “Refused <code>” where a
// basis closes a kind of price. Labels are in French, as on screen.
const BASES = {
    CC: [
        {code: "L5211-4-1", form: PAID, byUse: true, opinions: true, refused: true},
        {code: "L5211-4-2", form: "Service commun", opinions: true, impact: true},
    ],
    METRO: [{code: "L5215-27", form: PAID, byUse: true, refused: true}],
    CA: [{code: "L5216-7-1", form: "Conseil gratuit", refused: true}],
    CDG: [{code: "CGFP L452-44", form: PAID, byUse: true, refused: true}],
};
// “CCP L2113-6” → “2113-6”, as written in “Code de la commande publique, art. L. 2113-6”.
const article = (code) => code.match(/L([\d-]+)/)[1];
const EVERY = Object.values(BASES).flat();
const EFFECTS = ["organisation", "conditions", "pay", "rights"];

const field = (name) => `.o_field_widget[name=${name}]`;
const button = (name) => `.o_statusbar_buttons button[name=${name}]:visible`;
const state = (name) => `.o_statusbar_status .o_arrow_button_current[data-value=${name}]`;
const page = (name) => ({trigger: `.o_notebook_headers a[name=${name}]`, run: "click"});
const named = (code) => `.o_last_breadcrumb_item:contains(Convention ${code})`;
const write = (name, text) => ({
    trigger: `${field(name)} :is(input, textarea)`,
    run: `edit ${text}`,
});
const choose = (name, text, shown = text) => [
    {trigger: `${field(name)} input`, run: `edit ${text}`},
    {trigger: `.o-autocomplete--dropdown-item:contains(${text}) a`, run: "click"},
    {trigger: `${field(name)}:has(input:value(${shown}), .o_tag:contains(${shown}))`},
];
const select = (name, label) => [
    {trigger: `${field(name)} input`, run: "click"},
    {trigger: `.o_select_menu_item:contains(${label})`, run: "click"},
    {trigger: `${field(name)} input:value(${label})`},
];
const day = (name, text) => [
    {trigger: `${field(name)} :is(input, button)`, run: "click"},
    {trigger: `${field(name)} input`, run: `edit ${text}`},
];
// A window of the office is read, then closed by its first button.
const answer = (content, ...words) => [
    {content, trigger: `.modal${words.map((word) => `:contains(${word})`).join("")}`},
    {trigger: ".modal footer .btn-primary", run: "click"},
];
const closed = {trigger: "body:not(:has(.modal))"};

// The officer: heads, options, requirements of the basis; then the documents are sent.

function draft({code, form, byUse, opinions, impact, refused}) {
    return [
        {content: `${code}: a new convention`, trigger: ".o_form_status_indicator_new_record"},
        ...choose("commune_id", "Aubrive"),
        write("name", `Convention ${code}`),
        ...choose("legal_basis_id", code, `${code} –`),
        ...select("contract_form", form),
        ...day("start_date", "+0d"),
        ...day("end_date", "+3y"),
        page("options"),
        write("forecast", "Vingt jours par an"),
        ...(refused ? refuse(code) : []),
        ...choose("offer_ids", `Option ${code}`),
        ...(opinions ? giveOpinions(code) : []),
        ...(byUse ? giveForecast(code) : []),
        ...(impact ? describeImpact() : []),
        {trigger: button("action_send_pack"), run: "click"},
        ...answer(`${code}: are the papers to leave?`, "projets de délibération"),
        {content: `${code}: the papers have left`, trigger: named(code)},
        page("deliberations"),
        {trigger: `${field("pack_attachment_ids")} .o_attachment`},
    ];
}

function refuse(code) {
    return [
        ...choose("offer_ids", `Refused ${code}`),
        {trigger: ".o_form_button_save", run: "click"},
        ...answer(`${code}: a price that it closes`, `Refused ${code}`, "pas permis par", code),
        closed,
        {trigger: `${field("offer_ids")} .o_tag:contains(Refused) .o_delete`, run: "click"},
        {trigger: `${field("offer_ids")}:not(:has(.o_tag))`},
    ];
}

function giveForecast(code) {
    return [
        {trigger: button("action_send_pack"), run: "click"},
        ...answer(`${code}: are the papers to leave?`, "projets de délibération"),
        ...answer(`${code}: a sum is voted`, "dépend de leur usage", `Option ${code}`),
        {trigger: `.modal ${field("quantity")} input`, run: "edit 20"},
        {trigger: ".modal .o_form_button_save", run: "click"},
        closed,
    ];
}

function giveOpinions(code) {
    return [
        {trigger: button("action_send_pack"), run: "click"},
        ...answer(`${code}: are the papers to leave?`, "projets de délibération"),
        ...answer(`${code}: no vote without opinions`, "avant la délibération", "comité social"),
        closed,
        page("deliberations"),
        ...day("commune_opinion_date", "-50d"),
        ...select("commune_opinion", "Favorable"),
        ...day("epci_opinion_date", "-50d"),
        ...select("epci_opinion", "Réputé rendu"),
    ];
}

function describeImpact() {
    return [page("impact"), ...EFFECTS.map((name) => write(`impact_${name}`, "Rien ne change"))];
}

for (const [kind, bases] of Object.entries(BASES)) {
    tours.add(`commune_relations.agreement_bases_draft_${kind}`, {
        steps: () =>
            bases.flatMap((basis, index) => [
                ...(index ? [{trigger: ".o_form_button_create", run: "click"}] : []),
                ...draft(basis),
            ]),
    });
}

// The mayor, on a phone: the number and the three dates of the deliberation of each agreement.

const dated = (name, days) => ({
    trigger: `#vote_${name}`,
    run() {
        const input = document.querySelector(`#vote_${name}`);
        const date = new Date(`${input.max}T12:00:00Z`);
        date.setUTCDate(date.getUTCDate() - days);
        input.value = date.toISOString().slice(0, 10);
        input.dispatchEvent(new Event("input", {bubbles: true}));
    },
});
const open = (code) => [
    {
        trigger: `.list-group-item a:contains(Convention ${code})`,
        run: "click",
        expectUnloadPage: true,
    },
    {trigger: `h1:contains(Convention ${code})`, run: checkPhone},
];
const back = {
    trigger: ".breadcrumb a[href='/my/agreements']",
    run: "click",
    expectUnloadPage: true,
};
const vote = {trigger: "form[action$='/vote'] button", run: "click", expectUnloadPage: true};

tours.add("commune_relations.agreement_bases_vote", {
    steps: () =>
        EVERY.flatMap(({code}, index) => [
            ...open(code),
            {content: "What the council votes on", trigger: "a[href*='/paper/']"},
            {trigger: "#vote_reference", run: `edit 2026-${index + 1}`},
            dated("date", 20),
            ...(index ? [] : disorder()),
            dated("transmitted", 15),
            dated("published", 10),
            vote,
            {trigger: ".alert-success", run: checkPhone},
            back,
        ]),
});

function disorder() {
    return [
        dated("transmitted", 21),
        vote,
        {
            content: "Transmitted before it was voted: both dates are named",
            trigger: ".alert-danger:contains(vient après):contains(transmise au représentant)",
            run: checkPhone,
        },
    ];
}

// The officer: the vote of the other assembly, then to the signature.

const line = (code) => ({
    trigger: `.o_data_row .o_data_cell:contains(/^Convention ${code}$/)`,
    run: "click",
});
const list = {trigger: ".breadcrumb-item a:contains(Conventions)", run: "click"};

function deliberate({code}, index) {
    const dates = [
        ...day("epci_deliberation_date", "-18d"),
        ...day("epci_transmission_date", "-12d"),
        ...day("epci_publication_date", "-8d"),
    ];
    return [
        line(code),
        {trigger: named(code)},
        ...(index ? [] : [{trigger: button("action_deliberate"), run: "click"}]),
        ...(index ? [] : answer("What is missing", "intercommunalité publiée", "2131-1")),
        closed,
        page("deliberations"),
        write("epci_deliberation_ref", `CC-${code}`),
        ...dates,
        {trigger: button("action_deliberate"), run: "click"},
        {content: `${code}: to the signature`, trigger: state("deliberated")},
        list,
    ];
}

for (const [kind, bases] of Object.entries(BASES)) {
    tours.add(`commune_relations.agreement_bases_deliberate_${kind}`, {
        steps: () => bases.flatMap(deliberate),
    });
}

// The mayor, on a phone: the text is read and signed.

tours.add("commune_relations.agreement_bases_mayor", {
    steps: () =>
        EVERY.flatMap(({code}) => [
            ...open(code),
            {content: "The text that is signed", trigger: "a[href$='/pdf']"},
            {content: "On which text", trigger: `.o_commune_facts dd:contains(${article(code)})`},
            openPaper,
            ...sign("Anne AUBRY"),
            {content: `${code}: signed`, trigger: ".alert-success", run: checkPhone},
            {trigger: ".o_commune_state_invited:contains(intercommunal)"},
            back,
        ]),
});

// The president, in the office: the same text, and it is in force.

tours.add("commune_relations.agreement_bases_president", {
    steps: () =>
        EVERY.flatMap(({code}) => [
            line(code),
            {trigger: named(code)},
            {trigger: button("action_sign_epci"), run: "click"},
            {trigger: ".modal .o_field_widget[name=signature] .o_signature", run: "click"},
            {trigger: ".modal .o_web_sign_auto_button", run: "click"},
            {
                trigger: ".modal:has(.o_web_sign_auto_button) footer .btn-primary:enabled",
                run: "click",
            },
            {trigger: ".modal .o_field_widget[name=signature] img"},
            {trigger: ".modal button[name=action_sign]", run: "click"},
            {content: `${code}: in force`, trigger: state("active")},
            list,
        ]),
});
