/**
 * How a page that one reads comes into the watch: at the head of the screen of sources, a link to
 * drag among the bookmarks and the address to which a message is forwarded.
 */
import {Component, onWillStart, useState} from "@odoo/owl";
import {router} from "@web/core/browser/router";
import {registry} from "@web/core/registry";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";
import {ControlPanel} from "@web/search/control_panel/control_panel";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const SOURCES = "commune.watch.source";
const ITEMS = "commune.watch.item";

export class WatchShare extends Component {
    static template = "commune_relations.WatchShare";
    static props = {};

    setup() {
        this.share = useState({shown: false, address: ""});
        const orm = useService("orm");
        onWillStart(async () => {
            if (this.env.searchModel?.resModel === SOURCES && !this.env.inDialog) {
                Object.assign(this.share, await orm.silent.call(ITEMS, "get_share", []));
            }
        });
    }

    /** Bookmarklet: opens the addon's form with the address and title of the current page only. */
    get bookmark() {
        const door = `${window.location.origin}/watch/add`;
        return (
            `javascript:void(window.open('${door}?url='+encodeURIComponent(location.href)` +
            `+'&title='+encodeURIComponent(document.title)))`
        );
    }

    stay(ev) {
        ev.preventDefault();
    }
}

patch(ControlPanel, {
    components: {...ControlPanel.components, WatchShare},
});

/** Where the share link leads: the form of the page, which nothing has saved yet. */
export class WatchAdd extends Component {
    static template = "commune_relations.WatchAdd";
    static props = {...standardActionServiceProps};

    setup() {
        const action = useService("action");
        const orm = useService("orm");
        onWillStart(async () => {
            const {page_link, page_title} = router.current;
            const form = await orm.call(ITEMS, "get_form", [page_link || "", page_title || ""]);
            await action.doAction(form, {clearBreadcrumbs: true});
        });
    }
}

registry.category("actions").add("commune_relations.watch_add", WatchAdd);
