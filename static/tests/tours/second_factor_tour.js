import {checkPhone} from "./phone";
import {registry} from "@web/core/registry";

// A mayor, on a phone, turns two-factor authentication on and mistypes the code.
registry.category("web_tour.tours").add("commune_relations.second_factor", {
    steps: () => [
        {trigger: "#auth_totp_portal_enable", run: "click"},
        {trigger: ".modal [name=password]", run: "edit test_mayor_a"},
        {trigger: ".modal .btn-primary:contains(Confirm Password)", run: "click"},
        {
            content: "Which application it takes",
            trigger: ".modal p:contains(FreeOTP)",
            run: checkPhone,
        },
        {
            content: "The key is whole on the screen",
            trigger: ".modal span[name=secret]:visible",
            run() {
                const box = this.anchor.getBoundingClientRect();
                if (box.right > document.documentElement.clientWidth) {
                    throw new Error("The key is wider than the screen");
                }
            },
        },
        {trigger: ".modal .o_commune_copy_key:visible"},
        {trigger: ".modal input[name=code]", run: "edit 000000"},
        {trigger: ".modal .btn-primary:contains(Activate)", run: "click"},
        {
            content: "What is wrong, in words",
            trigger: ".modal [role=alert]:contains(This code is not the right one)",
        },
        {trigger: ".modal input[name=code]", run: "edit 000001"},
        {trigger: ".modal [role=alert]:not(:contains(code)):not(:visible)"},
    ],
});
// Asking for access of a colleague: the buttons that unfold look like their neighbours.
registry.category("web_tour.tours").add("commune_relations.colleague_buttons", {
    steps: () => [
        {
            trigger: ".o_commune_page details > summary.btn",
            run() {
                checkPhone();
                const style = getComputedStyle(this.anchor);
                if (parseFloat(style.paddingLeft) < 8 || style.textDecorationLine !== "none") {
                    throw new Error("A button that unfolds has not the look of a button");
                }
            },
        },
    ],
});
