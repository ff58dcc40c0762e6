import {checkPhone} from "./phone";
import {openPaper, sign} from "./signing";
import {registry} from "@web/core/registry";

const TAPS = "commune_taps";
// A field where one types is no link, no button and no box.
function countTap(event) {
    if (event.target.closest?.("a, button, summary, input[type=checkbox]")) {
        sessionStorage.setItem(TAPS, Number(sessionStorage.getItem(TAPS)) + 1);
    }
}
document.addEventListener("click", countTap, true);

const tap = (trigger) => ({trigger, run: "click", expectUnloadPage: true});
const todo = (words) => `.o_commune_todo:contains(${words})`;
const ask = (words) => [{trigger: "#orient_q", run: `edit ${words}`}, tap(".o_commune_ask button")];

/** A visit from the first page, with the number of taps given in `docs/parcours.md`. */
function addVisit(name, count, steps, done) {
    registry.category("web_tour.tours").add(`commune_relations.taps_${name}`, {
        steps: () => [
            {trigger: "#orient_q", run: () => sessionStorage.setItem(TAPS, 0)},
            ...steps,
            {
                trigger: done,
                run() {
                    checkPhone();
                    const taps = Number(sessionStorage.getItem(TAPS));
                    if (taps !== count) throw new Error(`${taps} taps, not ${count}`);
                },
            },
        ],
    });
}

addVisit(
    "call",
    2,
    [
        ...ask("lampadaire en panne"),
        {
            trigger: ".o_commune_topic:first a[href^='tel:']",
            run({anchor}) {
                anchor.addEventListener("click", (event) => event.preventDefault());
                anchor.click();
            },
        },
    ],
    ".o_commune_topic"
);
addVisit(
    "request",
    3,
    [
        ...ask("Un lampadaire est en panne rue Haute"),
        tap(".o_commune_topic a.btn-primary"),
        {
            content: "What was shown is not asked again: one screen and a half",
            trigger: ".o_commune_send .btn-primary",
            run({anchor}) {
                const bottom = anchor.getBoundingClientRect().bottom + window.scrollY;
                if (bottom > 1.5 * window.innerHeight) {
                    throw new Error(`The form ends at ${bottom} px`);
                }
            },
        },
        tap(".o_commune_send .btn-primary"),
    ],
    ".o_commune_request_created"
);
addVisit(
    "notice",
    2,
    [tap(todo("Comité")), tap("button[name=answer][value=present]")],
    "button[value=present][aria-pressed=true]"
);
addVisit(
    "event",
    2,
    [tap(todo("urbanisme")), tap("button[name=answer][value=yes]")],
    "[role=status]"
);
addVisit("directory", 2, [tap(todo("coordonnées")), tap("button[value=right]")], "[role=status]");
addVisit(
    "account",
    2,
    [
        tap(".o_portal_docs a[href='/my/account']"),
        {trigger: "input[name=phone]", run: "edit 03 87 11 22 33"},
        tap("#save_address"),
    ],
    "#commune_saved [role=status]"
);
addVisit(
    "convention",
    5,
    [tap(todo("CONV")), openPaper, ...sign("Anne AUBRY")],
    ".alert-success[role=status]"
);
addVisit("hours", 4, [tap(todo("heures")), ...sign("Anne AUBRY")], ".alert-success[role=status]");
