import {Component, useEffect, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** Selection and eligible agents: the same action without drag and drop (accessibility). */
export class PlanningPanel extends Component {
    static template = "commune_relations.PlanningPanel";
    static props = {
        request: Object,
        slots: Array,
        others: Array,
        takers: [Array, {value: null}],
        canEdit: Boolean,
        movable: Boolean,
        toFocus: Boolean,
        give: Function,
        more: Function,
        open: Function,
        close: Function,
    };

    setup() {
        this.root = useRef("root");
        // From the keyboard, the list is where the next key goes.
        useEffect(
            (ready) => {
                if (ready) {
                    const find = (name) => this.root.el.querySelector(name);
                    (find(".o_pb_taker") || find("button")).focus();
                }
            },
            () => [this.props.toFocus && (this.props.takers !== null || !this.props.canEdit)]
        );
    }

    get holders() {
        return new Set(this.props.slots.map(([, agent]) => agent));
    }

    /** Eligible agents, without those who already hold the whole selection. */
    get able() {
        const holder = this.holders.size === 1 && [...this.holders][0];
        return this.props.takers.filter((one) => !one.reasons.length && one.id !== holder);
    }

    get stopped() {
        return this.props.takers.filter((one) => one.reasons.length);
    }

    get count() {
        return _t("%s half-day(s) chosen", this.props.slots.length);
    }

    get moreText() {
        return _t("Add the %s other half-day(s) of the request", this.props.others.length);
    }

    get isHeld() {
        return this.props.slots.some(([, agent]) => agent);
    }
}
