import {Component, useEffect, useRef} from "@odoo/owl";
import {classOf, fillOf, formatDay, formatValue} from "./map_figures";

/** Card of a commune on the map: its name and every measure. */
export class CommuneMapCard extends Component {
    static template = "commune_relations.CommuneMapCard";
    static props = {
        commune: Object,
        measures: Array,
        measure: Object,
        place: String,
        // opened by a tap: it stays until it is closed and has a button
        pinned: Boolean,
        onOpen: Function,
        onClose: Function,
    };

    setup() {
        this.root = useRef("root");
        useEffect(
            (pinned) => {
                if (pinned) {
                    this.root.el.scrollIntoView({block: "nearest", behavior: "smooth"});
                }
            },
            () => [this.props.pinned, this.props.commune.id]
        );
    }

    /** The measure of the map first. */
    get lines() {
        const {commune, measure, measures} = this.props;
        return [measure, ...measures.filter((other) => other.code !== measure.code)].map(
            (line) => ({
                code: line.code,
                label: line.label,
                value: formatValue(line, commune),
                day: formatDay(line, commune),
                fill: fillOf(line, classOf(line, commune)),
                main: line.code === measure.code,
            })
        );
    }
}
