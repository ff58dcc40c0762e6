import {registry} from "@web/core/registry";

// Two invented persons, in the layout of the national directory.
const COUNCIL = [
    "Code de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat;" +
        "Libellé de la fonction;Date de début de la fonction",
    "01010;EXEMPLE;Jeanne;F;2026-03-15;Maire;2026-03-22",
    "01010;SPÉCIMEN;Paul;M;2026-03-15;1er adjoint au Maire;2026-03-22",
].join("\n");
// Two dots wide, as no logo of Odoo is.
const LOGO =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGNwaDgARAwoFABblQkB7j6vqAAAAABJRU5ErkJggg==";

function drop(content, name, type) {
    return ({anchor}) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], name, {type}));
        anchor.files = transfer.files;
        anchor.dispatchEvent(new Event("change", {bubbles: true}));
    };
}

const begin = (code) => [
    {
        content: `The line ${code} is to be done: its button`,
        trigger: `.o_commune_onboarding .o_kanban_record:has([data-step=${code}]) .o_commune_onboarding_open`,
        run: "click",
    },
];
const done = (code) => ({
    content: `The line ${code} is done`,
    trigger: `.o_commune_onboarding .o_kanban_record:has([data-step=${code}]):has(.text-bg-success)`,
});
const home = {
    content: "Back to the first screen",
    trigger: ".o_menu_brand",
    run: "click",
};
const field = (name) => `.o_field_widget[name=${name}]`;

const territory = [
    ...begin("territory"),
    {
        content: "One of its communes is enough to find the intercommunality",
        trigger: `.o_commune_setup ${field("reference_epci_id")} input`,
        run: "edit Anglefort",
    },
    {trigger: ".o-autocomplete--dropdown-item:contains(200070852) a", run: "click"},
    {
        content:
            "What changes in Odoo is described, its communes are shown, nothing is written yet",
        trigger: `.alert-info ${field("settings_text")}`,
    },
    {trigger: `${field("line_ids")} .o_data_row:contains(01010)`},
    {
        trigger: ".o_statusbar_buttons button[name=action_apply]:visible",
        run: "click",
        expectUnloadPage: true,
    },
    done("territory"),
];

const officials = [
    ...begin("officials"),
    {
        content: "Drop a file of the national directory",
        trigger: `.modal ${field("attachment_ids")} input[type=file]:not(:visible)`,
        run: drop(COUNCIL, "essai-municipal.csv", "text/csv"),
    },
    {trigger: ".modal .o_attachment:contains(essai-municipal)"},
    {trigger: ".modal button[name=action_load]", run: "click"},
    {
        content: "The differences are shown, nothing is written yet",
        trigger: `${field("difference_ids")} .o_data_row:contains(EXEMPLE)`,
    },
    {trigger: ".o_statusbar_buttons button[name=action_apply]", run: "click"},
    {content: "A last look", trigger: ".modal-footer .btn-primary", run: "click"},
    {trigger: `${field("state")} .o_arrow_button_current[data-value=applied]`},
    home,
    done("officials"),
];

const organisation = [
    ...begin("organisation"),
    {trigger: `.modal ${field("street")} input`, run: "edit 1 place du Marché"},
    {trigger: `.modal ${field("zip")} input`, run: "edit 74910"},
    {trigger: `.modal ${field("city")} input`, run: "edit Seyssel"},
    {trigger: `.modal ${field("phone")} input`, run: "edit 04 00 00 00 01"},
    {trigger: `.modal ${field("opening_hours")} textarea`, run: "edit Lundi : 9 h – 17 h"},
    {
        trigger: `.modal ${field("hosting_provider")} textarea`,
        run: "edit Hébergeur, 1 rue Basse, Seyssel",
    },
    {
        trigger: `.modal ${field("privacy_email")} input`,
        run: "edit dpo@deux-rives.example",
    },
    {trigger: `.modal ${field("firstname")} input`, run: "edit Paule"},
    {trigger: `.modal ${field("lastname")} input`, run: "edit PRESLE"},
    {trigger: ".modal button[name=action_save]", run: "click"},
    done("organisation"),
    ...begin("look"),
    {
        trigger: `.modal ${field("logo")} input[type=file]:not(:visible)`,
        run: drop(
            Uint8Array.from(atob(LOGO), (letter) => letter.charCodeAt(0)),
            "logo.png",
            "image/png"
        ),
    },
    {content: "It is shown as communes see it", trigger: `.modal ${field("preview")} img`},
    {trigger: ".modal button[name=action_save]", run: "click"},
    done("look"),
];

const sender = [
    ...begin("sender"),
    {trigger: `${field("email")} input`, run: "edit relations@deux-rives.example"},
    {trigger: "button[name=action_save]", run: "click"},
    {trigger: `${field("address")}:contains(relations@deux-rives.example)`},
    {trigger: "button[name=action_send_check]", run: "click"},
    {trigger: `${field("code")} input`, run: "edit 012345"},
    {trigger: "button[name=action_check_code]", run: "click"},
    {trigger: `.alert-success ${field("confirmed_text")}:contains(manager)`},
    home,
    done("sender"),
];

const people = [
    ...begin("people"),
    {trigger: ".o_list_view button[name=action_add_staff_account]", run: "click"},
    {trigger: `.modal ${field("email")} input`, run: "edit lea.garnier@deux-rives.example"},
    {trigger: `.modal ${field("firstname")} input`, run: "edit Léa"},
    {trigger: `.modal ${field("lastname")} input`, run: "edit GARNIER"},
    {trigger: `.modal ${field("role")} input[data-value=officer]`, run: "click"},
    {trigger: ".modal button[name=action_save]", run: "click"},
    {trigger: ".o_list_view .o_data_row:contains(GARNIER)"},
    home,
    done("people"),
];

const invited = [
    ...begin("invited"),
    {
        trigger: ".o_list_view .o_data_row:contains(EXEMPLE) .o_data_cell[name=partner_id]",
        run: "click",
    },
    {
        content: "The national directory gives no e-mail: it is typed once",
        trigger: `.o_form_view ${field("partner_email")} input`,
        run: "edit mairie@anglefort.example",
    },
    {trigger: ".o_statusbar_buttons button[name=action_portal_invite]:visible", run: "click"},
    {content: "The invitation left", trigger: ".o_notification:contains(anglefort)"},
    home,
    {
        content: "Nothing is left to be done: the application begins by the day",
        trigger: ".o_day_page .o_day_date",
    },
];

registry.category("web_tour.tours").add("commune_relations.onboarding", {
    steps: () => [...territory, ...officials, ...organisation, ...sender, ...people, ...invited],
});

// The colleague who was invited, at the first login.
registry.category("web_tour.tours").add("commune_relations.first_colleague", {
    steps: () => [
        {trigger: ".o_day_page .o_day_date"},
        {
            content: "The daily work is hers",
            trigger: ".o_main_navbar [data-menu-xmlid='commune_relations.menu_requests']",
            run: "click",
        },
    ],
});

// The first mayor: the logo at the head of the portal.
registry.category("web_tour.tours").add("commune_relations.first_mayor", {
    steps: () => [
        {
            content: "The logo that was chosen is drawn",
            trigger: ".o_login_header img",
            run({anchor}) {
                if (!anchor.complete || anchor.naturalWidth !== 2) {
                    throw new Error(`Not our logo: ${anchor.src}, ${anchor.naturalWidth} px`);
                }
            },
        },
    ],
});
