import {Component, markup, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** The visit card of a commune: read on a phone in the car park of the town hall. */
export class CommuneCard extends Component {
    static template = "commune_relations.CommuneCard";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.state = useState({html: ""});
        onWillStart(() => this.load());
    }

    get communeId() {
        return this.props.action.context.active_id;
    }

    async load() {
        const page = await this.orm.call("commune.card", "get_page", [this.communeId]);
        // Made by the templates of the server, which escape what persons wrote.
        this.state.html = markup(page.html);
        this.env.config.setDisplayName(_t("Visit card – %s", page.name));
    }

    print() {
        return this.action.doActionButton({
            type: "object",
            resModel: "res.partner",
            resIds: [this.communeId],
            resId: this.communeId,
            name: "action_print_card",
        });
    }

    /** A line opens its record; telephones and addresses are left to the device. */
    async onClick(ev) {
        const line = ev.target.closest(".o_card_open");
        if (!line) {
            return;
        }
        ev.preventDefault();
        const {model, id} = line.dataset;
        this.action.doAction(await this.orm.call(model, "get_formview_action", [[Number(id)]]));
    }
}

registry.category("actions").add("commune_relations.commune_card", CommuneCard);
