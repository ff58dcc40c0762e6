import {Component, onWillStart} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";

/** Button of the top bar that notes a call from any screen. */
export class QuickEntry extends Component {
    static template = "commune_relations.QuickEntry";
    static props = {};

    setup() {
        this.action = useService("action");
        this.allowed = false;
        onWillStart(async () => {
            this.allowed = await user.hasGroup("commune_relations.group_referent");
        });
    }

    open() {
        this.action.doAction("commune_relations.commune_request_quick_action");
    }
}

registry
    .category("systray")
    .add("commune_relations.quick_entry", {Component: QuickEntry}, {sequence: 40});
