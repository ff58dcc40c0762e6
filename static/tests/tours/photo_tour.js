import {checkPhone} from "./phone";
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
// A busy machine takes its time to make a photo smaller (milliseconds).
const LONG = 60000;
// First bytes of a HEIC: no test browser decodes it.
const HEIC = "\0\0\0\x18ftypheic\0\0\0\0mif1heic";

/** The photo of the test, which the address names. */
async function getPhoto(name) {
    const id = new URLSearchParams(window.location.search).get("photo");
    const answer = await fetch(`/web/content/${id}`);
    return new File([await answer.blob()], name, {type: "image/jpeg"});
}

function choose(anchor, ...files) {
    const transfer = new DataTransfer();
    files.forEach((file) => transfer.items.add(file));
    anchor.files = transfer.files;
    anchor.dispatchEvent(new Event("change", {bubbles: true}));
}

const FILED = [
    {trigger: ".o_commune_send .btn-primary", run: "click", expectUnloadPage: true},
    {content: "Filed", trigger: ".o_commune_request_created", timeout: LONG},
    {trigger: ".o_commune_files a", run: checkPhone},
];

tours.add("commune_relations.photos_through_a_cut", {
    steps: () => [
        {trigger: ".o_commune_topics input[type=radio]:checked"},
        {
            content: "Two photos and a file that the browser cannot read, on a slow network",
            trigger: "#request_files",
            async run({anchor}) {
                const photos = [await getPhoto("IMG_1.jpg"), await getPhoto("IMG_2.jpg")];
                console.log("network slow");
                choose(anchor, ...photos, new File([HEIC], "photo.heic", {type: ""}));
            },
        },
        {
            content: "A part of the first one has left: the network is cut",
            trigger: ".o_commune_uploads progress:not([hidden])",
            timeout: LONG,
            async run({anchor}) {
                checkPhone();
                while (!(anchor.value > 0 && anchor.value < anchor.max)) {
                    await new Promise((resolve) => requestAnimationFrame(resolve));
                }
                console.log("network cut");
            },
        },
        {
            content: "It stops there, and says so",
            trigger: ".o_commune_upload_again:not([hidden])",
            timeout: LONG,
            run: checkPhone,
        },
        {
            content: "What is sent now would lose the text",
            trigger: ".o_commune_send .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_commune_offline:not(.d-none)",
            run() {
                console.log("network back");
            },
        },
        {
            content: "It goes on by itself",
            trigger: ".o_commune_uploads:has(li:nth-child(4) input[name=upload])",
            timeout: LONG,
            run() {
                if (!document.querySelector(".o_commune_offline.d-none")) {
                    throw new Error("The network is back, and is still said to be away");
                }
                const sent = document.querySelectorAll(".o_commune_uploads input[name=upload]");
                if (sent.length !== 3) {
                    throw new Error(`Sent: ${sent.length}`);
                }
            },
        },
        ...FILED,
    ],
});

tours.add("commune_relations.photo_with_its_place", {
    steps: () => [
        {trigger: ".o_commune_topics input[type=radio]:checked"},
        {
            content: "A photo that leaves and is taken away",
            trigger: "#request_files",
            async run({anchor}) {
                choose(anchor, await getPhoto("autre.jpg"));
            },
        },
        {trigger: ".o_commune_uploads:has(input[name=upload])", timeout: LONG},
        {trigger: ".o_commune_uploads li:not([hidden]) .o_commune_upload_remove", run: "click"},
        {
            content: "Another one, of which the answer is lost: the server has it",
            trigger: "#request_files",
            async run({anchor}) {
                const send = XMLHttpRequest.prototype.send;
                XMLHttpRequest.prototype.send = function (data) {
                    XMLHttpRequest.prototype.send = send;
                    fetch("/my/uploads", {method: "POST", body: data}).then(() => this.abort());
                    this.onloadend();
                };
                choose(anchor, await getPhoto("IMG_1.jpg"));
            },
        },
        {
            content: "The button sends it again, under the same name",
            trigger: ".o_commune_upload_again:not([hidden])",
            timeout: LONG,
            run: "click",
        },
        {trigger: ".o_commune_uploads:has(input[name=upload])", timeout: LONG},
        {
            content: "Its date and its place stay after all: it leaves again, the form waits",
            trigger: ".o_commune_keep_place input",
            run: "click",
        },
        ...FILED,
    ],
});
