import {Component} from "@odoo/owl";
import {columnLabel, countCommunes, fillOf} from "./map_figures";

/** The classes of the measure with their colours; a press on one picks out its communes. */
export class CommuneMapLegend extends Component {
    static template = "commune_relations.CommuneMapLegend";
    static props = {
        measure: Object,
        classIndex: {type: [Number, {value: null}]},
        onToggle: Function,
    };

    setup() {
        Object.assign(this, {columnLabel, countCommunes, fillOf});
    }

    /** Length of the bar of a class, the fullest one being the whole width. */
    getShare({count}) {
        const largest = Math.max(...this.props.measure.classes.map((other) => other.count));
        return `width: ${Math.round((count / largest) * 100)}%`;
    }
}
