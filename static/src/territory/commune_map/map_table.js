import {Component} from "@odoo/owl";
import {
    classOf,
    columnLabel,
    fillOf,
    formatCell,
    formatDay,
    formatFigure,
    sortBy,
    summarize,
} from "./map_figures";

/** The figures of the map as a table, sortable by each column. */
export class CommuneMapTable extends Component {
    static template = "commune_relations.CommuneMapTable";
    static props = {
        caption: String,
        communes: Array,
        measures: Array,
        measure: Object,
        // column: code of a measure, or `name`
        order: {type: Object, shape: {column: String, descending: Boolean}},
        activeId: {type: [Number, {value: null}]},
        onActivate: Function,
        onOpen: Function,
        onSort: Function,
    };

    setup() {
        Object.assign(this, {classOf, columnLabel, fillOf, formatCell, formatDay});
    }

    get rows() {
        const {communes, measures, order} = this.props;
        const measure = measures.find((candidate) => candidate.code === order.column);
        return sortBy(communes, measure, order.descending);
    }

    getSortState(column) {
        const {order} = this.props;
        if (order.column !== column) {
            return "none";
        }
        return order.descending ? "descending" : "ascending";
    }

    getSortIcon(column) {
        const icons = {none: "fa-sort", ascending: "fa-sort-asc", descending: "fa-sort-desc"};
        return `fa ${icons[this.getSortState(column)]}`;
    }

    /** @param {"total"|"median"} figure */
    getFooter(measure, figure) {
        const number = summarize(measure, this.props.communes)?.[figure];
        return number === null || number === undefined ? "" : formatFigure(measure, number);
    }
}
