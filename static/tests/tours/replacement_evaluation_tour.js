import {registry} from "@web/core/registry";
import {checkPhone} from "./phone";

/** The button of a score is large enough for a thumb. */
function checkScores() {
    checkPhone();
    for (const label of document.querySelectorAll(".o_commune_scores label")) {
        if (label.getBoundingClientRect().height < 44) {
            throw new Error(`Too small for a finger: ${label.outerHTML}`);
        }
    }
}

const press = (name, value) => ({
    trigger: `.o_commune_scores label:has(input[name='${name}'][value='${value}'])`,
    run: "click",
});

registry.category("web_tour.tours").add("commune_relations.replacement_evaluation", {
    steps: () => [
        {content: "It holds on a telephone", trigger: ".o_commune_scores", run: checkScores},
        press("score_punctuality", 4),
        press("score_autonomy", 3),
        press("score_technical", 4),
        press("score_public", 4),
        press("score_elected", 3),
        press("score_discretion", 4),
        press("score_handover", 2),
        press("again", "yes"),
        {trigger: "textarea[name=comment]", run: "edit Merci à elle"},
        {
            trigger: ".o_commune_evaluation button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {content: "It is kept", trigger: ".alert-success", run: checkPhone},
    ],
});
