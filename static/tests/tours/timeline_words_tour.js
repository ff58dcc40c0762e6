import {registry} from "@web/core/registry";

const DAYS = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
const MONTHS =
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre";

registry.category("web_tour.tours").add("commune_relations.timeline_words", {
    steps: () => [
        {
            content: "Days of the week as they are written in French",
            trigger: ".vis-time-axis .vis-text.vis-minor:not(.vis-measure)",
            run: "click",
        },
        {
            trigger: ".oe_timeline_button_scale_week:contains(Semaine)",
            run: "click",
        },
        {
            content: "The axis of a week",
            trigger: ".vis-time-axis .vis-text.vis-minor:not(.vis-measure):contains(ven.)",
            run() {
                const read = (kind) =>
                    [...document.querySelectorAll(`.vis-text.${kind}:not(.vis-measure)`)].map(
                        (node) => node.textContent.trim().split(" ")[0]
                    );
                const days = read("vis-minor").filter((word) => !DAYS.includes(word));
                const months = read("vis-major").filter((word) => !MONTHS.includes(word));
                if (days.length || months.length) {
                    throw new Error(`Not French: ${[...days, ...months].join(" ")}`);
                }
            },
        },
    ],
});
