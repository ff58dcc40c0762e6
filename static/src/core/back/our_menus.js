import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

const OUR_MENU = "commune_relations.menu_root";
const KEPT = "menu_id"; // where Odoo keeps the application of this tab

/**
 * An address opened in a new tab (a link of a letter, a bookmark) often names no application: Odoo
 * then shows no menu at all. It shows ours, unless the address is of another one. A reader of
 * screens is told the language, which Odoo says on its public pages only.
 */
registry.category("services").add("commune_relations.our_menus", {
    dependencies: ["menu"],
    start(env, {menu}) {
        document.documentElement.lang ||= user.lang || "";
        const ours = menu.getApps().find(({xmlid}) => xmlid === OUR_MENU);
        if (ours && !browser.sessionStorage.getItem(KEPT)) {
            browser.sessionStorage.setItem(KEPT, ours.id);
        }
    },
});
