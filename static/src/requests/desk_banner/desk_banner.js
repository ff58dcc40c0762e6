/**
 * Banner on the screen of teams while the desk has no staff: who receives new requests.
 */
import {Component, onWillStart, useState} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";
import {ControlPanel} from "@web/search/control_panel/control_panel";

const OUR_MENU = "commune_relations.menu_root";
const TEAMS = "helpdesk.ticket.team";

export class DeskBanner extends Component {
    static template = "commune_relations.DeskBanner";
    static props = {};

    setup() {
        this.notice = useState({sentence: ""});
        const orm = useService("orm");
        const menu = useService("menu");
        onWillStart(async () => {
            const isManaged = menu.getCurrentApp()?.xmlid === OUR_MENU;
            if (isManaged && this.env.searchModel?.resModel === TEAMS && !this.env.inDialog) {
                this.notice.sentence = await orm.silent.call(TEAMS, "get_desk_notice", []);
            }
        });
    }
}

patch(ControlPanel, {
    components: {...ControlPanel.components, DeskBanner},
});
