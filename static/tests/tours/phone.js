/** The page holds on a telephone: nothing beside the screen, every button large enough. */
export function checkPhone() {
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
        throw new Error(`The page scrolls sideways: ${root.scrollWidth} px`);
    }
    for (const target of document.querySelectorAll(".o_commune_page .btn")) {
        if (target.offsetParent && target.getBoundingClientRect().height < 44) {
            throw new Error(`Too small for a finger: ${target.outerHTML}`);
        }
    }
    const boxes = "#wrapwrap main :is(input[type=checkbox], input[type=radio])";
    for (const box of document.querySelectorAll(`${boxes}:not(.btn-check, .visually-hidden)`)) {
        const {width, height} = box.getBoundingClientRect();
        if (box.offsetParent && Math.min(width, height) < 24) {
            throw new Error(`Too small a box: ${box.outerHTML}`);
        }
    }
}
