import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

const OUR_MENU = "commune_relations.menu_root";
const KEPT = "menu_id"; // where Odoo keeps the application of this tab

/**
 * Menus of the addon on an address opened in a new tab (a link of a letter, a bookmark): it often
 * names no application, and Odoo then shows no menu at all. An address of another application keeps
 * its own menus. The `lang` attribute is for screen readers: Odoo sets it on public pages only.
 */
registry.category("services").add("commune_relations.our_menus", {
    dependencies: ["menu"],
    start(env, {menu}) {
        document.documentElement.lang ||= user.lang || "";
        const root = menu.getApps().find(({xmlid}) => xmlid === OUR_MENU);
        if (root && !browser.sessionStorage.getItem(KEPT)) {
            browser.sessionStorage.setItem(KEPT, root.id);
        }
    },
});
