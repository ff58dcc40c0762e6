import {registry} from "@web/core/registry";

// Two fictitious persons, in the layout of the national directory.
const FILE = [
    "Code de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat;" +
        "Libellé de la fonction;Date de début de la fonction",
    "57463;EXEMPLE;Jeanne;F;2026-03-15;Maire;2026-03-22",
    "57463;SPÉCIMEN;Paul;M;2026-03-15;1er adjoint au Maire;2026-03-22",
].join("\n");

function dropFile({anchor}) {
    const transfer = new DataTransfer();
    transfer.items.add(new File([FILE], "essai-municipal.csv", {type: "text/csv"}));
    anchor.files = transfer.files;
    anchor.dispatchEvent(new Event("change", {bubbles: true}));
}

registry.category("web_tour.tours").add("commune_relations.first_morning", {
    steps: () => [
        {
            content: "The first screen asks which intercommunality one works for",
            trigger: ".o_commune_setup .o_field_widget[name=reference_epci_id] input",
            run: "edit Peltre",
        },
        {
            content: "One of its communes is enough to find it",
            trigger: ".o-autocomplete--dropdown-item:contains(200039865) a",
            run: "click",
        },
        {
            content: "Its communes are shown before anything is written",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(57463)",
        },
        {
            content: "Create them",
            trigger: ".o_statusbar_buttons button[name=action_apply]:visible",
            run: "click",
        },
        {
            content: "The communes are there",
            trigger: ".o_commune_kanban .o_kanban_record:contains(Amanvillers)",
        },
        {
            content: "On a map too",
            trigger: "[data-menu-xmlid='commune_relations.menu_territory']",
            run: "click",
        },
        {trigger: "[data-menu-xmlid='commune_relations.menu_territory_map']", run: "click"},
        {
            content: "A click on Metz opens it",
            trigger: '.o_cm_commune[aria-label^="Metz, "]',
            run: "click",
        },
        {trigger: '.o_form_view .o_field_widget[name="name"] input:value(Metz)'},
        {
            content: "No elected official yet: import them",
            trigger: "[data-menu-xmlid='commune_relations.menu_import']",
            run: "click",
        },
        {trigger: "[data-menu-xmlid='commune_relations.menu_import_upload']", run: "click"},
        {
            content: "Drop a file of the national directory",
            trigger: ".modal .o_field_widget[name=attachment_ids] input[type=file]:not(:visible)",
            run: dropFile,
        },
        {trigger: ".modal .o_attachment:contains(essai-municipal)"},
        {trigger: ".modal button[name=action_load]", run: "click"},
        {
            content: "The differences are shown, nothing is written yet",
            trigger: ".o_field_widget[name=difference_ids] .o_data_row:contains(EXEMPLE)",
        },
        {trigger: ".o_statusbar_buttons button[name=action_apply]", run: "click"},
        {
            content: "A last look",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            content: "Applied",
            trigger: ".o_field_widget[name=state] .o_arrow_button_current[data-value=applied]",
        },
    ],
});

registry.category("web_tour.tours").add("commune_relations.mayor_confirms", {
    url: "/my",
    steps: () => [
        {
            content: "The mayor's home has a card for the communes",
            trigger: ".o_commune_card a[href^='/my/communes/']:visible",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "There is one commune: it opens at once",
            trigger: "h1:contains(Aubrive)",
        },
        {
            content: "The data are right",
            trigger: "form[action$='/confirm'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert-success"},
    ],
});
