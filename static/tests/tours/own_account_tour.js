import {checkPhone} from "./phone";
import {registry} from "@web/core/registry";

// A mayor, on a phone, changes an e-mail address: nothing else is asked, and it is said.
registry.category("web_tour.tours").add("commune_relations.own_account", {
    steps: () => [
        {
            content: "No home address is asked",
            trigger: "form.address_autoformat:not(:has([name=street], [name=country_id]))",
            run: checkPhone,
        },
        {trigger: "input[name=email]", run: "edit anne@nouveau.example"},
        {trigger: "#save_address", run: "click", expectUnloadPage: true},
        {trigger: "#commune_saved [role=status]:contains(signing waits)", run: checkPhone},
    ],
});
