import {registry} from "@web/core/registry";

// A real image of one point.
const PHOTO =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

function choosePhoto({anchor}) {
    const bytes = Uint8Array.from(atob(PHOTO), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "trou.png", {type: "image/png"}));
    anchor.files = transfer.files;
    anchor.dispatchEvent(new Event("change", {bubbles: true}));
}

function noSideways() {
    if (document.documentElement.scrollWidth > window.innerWidth) {
        throw new Error(`The page is wider than the screen: ${document.title}`);
    }
}

registry.category("web_tour.tours").add("commune_relations.mayor_files_a_request", {
    url: "/my",
    steps: () => [
        {
            content: "The search box of the home page",
            trigger: "#orient_q",
            run: "edit Il y a un nid de poule rue de la Gare",
        },
        {
            trigger: ".o_commune_ask button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The interlocutor is shown; a request may be made at once",
            trigger: ".o_commune_topic a.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The question is kept, the interlocutor is chosen",
            trigger: ".o_commune_topics input[type=radio]:checked",
            run: noSideways,
        },
        {
            content: "More words: the interlocutors follow while one types",
            trigger: "#request_question",
            run: "edit Un nid de poule rue de la Gare, devant l'école : qui le répare ?",
        },
        {
            content: "Where it is folds with what is rarely said",
            trigger: ".o_commune_request_more > summary",
            run: "click",
        },
        {trigger: "#request_place", run: "edit 12 rue de la Gare"},
        {trigger: ".o_commune_topics input[type=radio]:checked"},
        {trigger: "#request_name", run: "edit Nid de poule devant l'école"},
        {content: "A photo", trigger: "#request_files", run: choosePhoto},
        {
            content: "It is seen, and may be taken away",
            trigger: ".o_commune_uploads li:not([hidden]) img.o_commune_upload_photo:not([hidden])",
        },
        {trigger: ".o_commune_uploads li:not([hidden]) .o_commune_upload_remove", run: "click"},
        {trigger: ".o_commune_file_block:not(:has(li:not([hidden])))"},
        {content: "The photo again", trigger: "#request_files", run: choosePhoto},
        {trigger: ".o_commune_uploads:has(input[name=upload])"},
        {
            trigger: ".o_commune_send .btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Filed: number and promised date",
            trigger: ".o_commune_request_created",
        },
        {trigger: ".o_commune_promise", run: noSideways},
        {trigger: ".o_commune_files a:contains(trou.jpg)"},
        {trigger: ".o_commune_steps li[aria-current=step]"},
        {
            content: "In the list",
            trigger: ".breadcrumb a[href='/my/requests']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_commune_request_row:contains(Nid de poule)",
            run: noSideways,
        },
    ],
});

registry.category("web_tour.tours").add("commune_relations.mayor_reads_the_answer", {
    steps: () => [
        {
            content: "The answer stands out",
            trigger: ".o_commune_answer:contains(rebouché)",
            run: noSideways,
        },
        {
            content: "It is not solved: say why",
            trigger: ".o_commune_end summary",
            run: "click",
        },
        {trigger: "#reopen_text", run: "edit Le trou est revenu"},
        {
            trigger: "form[action$='/reopen'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert-success"},
        {trigger: ".o_commune_message:contains(Le trou est revenu)"},
        {content: "A word more", trigger: "#message_text", run: "edit Depuis hier soir"},
        {
            trigger: ".o_commune_request_message button",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".o_commune_message:contains(Depuis hier soir)"},
    ],
});

registry.category("web_tour.tours").add("commune_relations.mayor_closes_and_rates", {
    steps: () => [
        {
            trigger: "form[action$='/close'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Satisfied",
            trigger: "label[for=rate_4]",
            run: "click",
        },
        {
            trigger: "form[action$='/rate'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: ".alert-success"},
        {trigger: ".o_commune_timeline:contains(4)", run: noSideways},
    ],
});
