/**
 * Banner on the screens of the addon while the sender of the organisation is not confirmed: no
 * letter leaves for communes. With a confirmed sender it costs no query.
 */
import {Component, onWillStart, useState} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";
import {session} from "@web/session";
import {ControlPanel} from "@web/search/control_panel/control_panel";

const OUR_MENU = "commune_relations.menu_root";
const OUR_SCREEN = "commune.sender"; // has its own notice

export class SenderBanner extends Component {
    static template = "commune_relations.SenderBanner";
    static props = {};

    setup() {
        this.action = useService("action");
        this.notice = useState({shown: false, waiting: 0, is_manager: false});
        const orm = useService("orm");
        const menu = useService("menu");
        onWillStart(async () => {
            const isManaged = menu.getCurrentApp()?.xmlid === OUR_MENU;
            const own = this.env.searchModel?.resModel === OUR_SCREEN;
            if (!session.commune_sender_waits || !isManaged || own || this.env.inDialog) {
                return;
            }
            const notice = await orm.silent.call("res.company", "get_sender_notice", []);
            session.commune_sender_waits = Boolean(notice);
            Object.assign(this.notice, notice || {}, {shown: Boolean(notice)});
        });
    }

    open() {
        this.action.doAction("commune_relations.commune_sender_action");
    }
}

patch(ControlPanel, {
    components: {...ControlPanel.components, SenderBanner},
});
