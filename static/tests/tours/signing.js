import {checkPhone} from "./phone";

/** The act of signing on the portal: read, ticked, the name typed, then confirmed. */
export const sign = (name) => [
    {trigger: ".o_commune_signing input[name=read]", run: "click"},
    {trigger: ".o_commune_signing input[name=sign_name]", run: `edit ${name}`},
    {trigger: ".o_commune_signing button[type=submit]", run: checkPhone},
    {
        trigger: ".o_commune_signing button[type=submit]",
        run: "click",
        expectUnloadPage: true,
    },
    {
        content: "In whose name, and what is signed",
        trigger: `.o_commune_facts:contains(${name})`,
        run: checkPhone,
    },
    {
        trigger: "form:has(input[name=confirmed]) button[type=submit]",
        run: "click",
        expectUnloadPage: true,
    },
];

/** Click the link to the text of an agreement, without opening its new tab in the test. */
export const openPaper = {
    content: "The text is opened",
    trigger: "#signing_paper",
    run() {
        const link = document.querySelector("#signing_paper");
        link.addEventListener("click", (ev) => ev.preventDefault(), {once: true});
        link.click();
    },
};
