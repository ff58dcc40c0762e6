import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

const STATES = {
    open: () => _t("to fill"),
    held: () => _t("proposed"),
    filled: () => _t("filled"),
};
const RESTS = {
    off: () => _t("Not a working half-day"),
    absent: () => _t("Absent"),
    closed: () => _t("Public holiday"),
};

/** Full description of one half-day, or of one block of them. */
export function describe(cell, request) {
    const parts = [request.commune, request.post, cell.when, STATES[cell.kind]()];
    if (cell.late) {
        parts.push(_t("later arrival: %s", cell.late));
    }
    if (cell.evening) {
        parts.push(_t("evening: %s", cell.evening));
    }
    if (cell.troubled) {
        parts.push(_t("the agent is not there: see to it"));
    }
    if (!cell.movable) {
        parts.push(_t("sent or agreed: it does not move from here"));
    }
    return parts.filter(Boolean).join(" – ");
}

/** The cells of one line; rendered again only when this line has changed. */
export class PlanningLine extends Component {
    static template = "commune_relations.PlanningLine";
    static props = {
        line: Object,
        requests: Object,
        days: Array,
        agentId: [Number, Boolean],
        chosen: String,
        canEdit: Boolean,
        narrow: Boolean,
        choose: Function,
        enter: Function,
        drag: Function,
        dragEnd: Function,
    };

    getRest(cell) {
        return cell.kind in RESTS ? RESTS[cell.kind]() : "";
    }

    getTitle(cell) {
        return describe(cell, this.props.requests[cell.request]);
    }

    /** A half-day of a few pixels holds three letters; a block, what it can. */
    getText(cell) {
        const {commune} = this.props.requests[cell.request];
        return this.props.narrow && cell.span === 1 ? commune.slice(0, 3) : commune;
    }

    isMovable(cell) {
        return this.props.canEdit && cell.movable;
    }

    isChosen(cell) {
        const chosen = this.props.chosen.split(" ");
        return cell.slots.every((slot) => chosen.includes(String(slot)));
    }

    getClass(cell) {
        const day = this.props.days[Math.floor(cell.first / 2)];
        const last = cell.first + cell.span;
        const marks = {
            [`o_pb_${cell.kind || "free"}`]: true,
            o_pb_today: day.today && cell.span <= 2,
            o_pb_monday: day.first && cell.first % 2 === 0,
            o_pb_day: last % 2 === 0,
        };
        return Object.keys(marks)
            .filter((mark) => marks[mark])
            .join(" ");
    }
}
