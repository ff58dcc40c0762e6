import {checkPhone} from "./phone";
import {registry} from "@web/core/registry";

// A mayor, on a phone, changes an e-mail address: no other field is required, and it is confirmed.
registry.category("web_tour.tours").add("commune_relations.own_account", {
    steps: () => [
        {
            content: "No home address is asked",
            trigger: "form.address_autoformat:not(:has([name=street], [name=country_id]))",
            run: checkPhone,
        },
        {trigger: "input[name=phone]", run: "edit 06 12"},
        {trigger: "input[name=email]", run: "edit anne@nouveau"},
        {trigger: "#o_phone_wrong:not([hidden])"},
        {
            trigger: "#save_address",
            run: ({anchor, click}) => {
                if (anchor.getBoundingClientRect().height < 44) {
                    throw new Error("Too small for a finger");
                }
                return click();
            },
        },
        {
            content: "The telephone is shown beside its field alone",
            trigger: "#errors h5",
            run: () => {
                const shown = document.getElementById("o_phone_wrong").textContent.trim();
                const errors = document.getElementById("errors").textContent;
                if (errors.includes(shown)) {
                    throw new Error(`Shown twice: ${shown}`);
                }
            },
        },
        {trigger: "input[name=phone]", run: "edit 0387000001"},
        {trigger: "input[name=email]", run: "edit anne@nouveau.example"},
        {trigger: "#save_address", run: "click", expectUnloadPage: true},
        {trigger: "#commune_saved [role=status]:contains(signing waits)", run: checkPhone},
    ],
});
