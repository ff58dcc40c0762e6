import {Component, markRaw, onWillStart, useRef, useState} from "@odoo/owl";
import {CommuneMapCanvas} from "../../territory/commune_map/map_canvas";
import {formatCell, sortBy} from "../../territory/commune_map/map_figures";
import {CommuneMapLegend} from "../../territory/commune_map/map_legend";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {SteeringChart} from "./chart";
import {SteeringFigure} from "./figure";

/**
 * The figures of the management for a period and a scope: each opens the list that makes it;
 * charts with their tables, a map, tables of equity. All of it is worked out by
 * `commune.steering.get_board`.
 */
export class SteeringBoard extends Component {
    static template = "commune_relations.SteeringBoard";
    static components = {
        CommuneMapCanvas,
        CommuneMapLegend,
        Layout,
        SteeringChart,
        SteeringFigure,
    };
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.root = useRef("root");
        this.display = {controlPanel: {}};
        this.state = useState({
            data: null,
            choices: {...this.props.state?.choices},
            measureCode: this.props.state?.measureCode || "received",
            classIndex: null,
            activeId: null,
        });
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => ({
                choices: {...this.state.choices},
                measureCode: this.state.measureCode,
            }),
        });
        this.openFigure = this.openFigure.bind(this);
        this.openCommune = this.openCommune.bind(this);
        this.activate = (communeId) => (this.state.activeId = communeId);
        this.toggleClass = (index) =>
            (this.state.classIndex = this.state.classIndex === index ? null : index);
        this.formatCell = formatCell;
        onWillStart(() => this.load());
    }

    async load(changes = {}) {
        const choices = {...this.state.choices, step: 0, ...changes};
        const data = await this.orm.call("commune.steering", "get_board", [], {choices});
        Object.assign(this.state, {data: markRaw(data), choices: data.choices, classIndex: null});
    }

    /** A free period is worked out once both its days are known. */
    chooseDay(end, value) {
        return value && this.load({[end]: value});
    }

    jump(code) {
        const section = this.root.el.querySelector(`[data-section="${code}"]`);
        section.scrollIntoView();
        section.querySelector("button")?.focus({preventScroll: true});
    }

    get data() {
        return this.state.data;
    }

    get isFree() {
        return this.state.choices.period === "free";
    }

    // Texts with a colon: a template would lose the space that French keeps before it.

    get comparedText() {
        if (!this.data.is_over) {
            return _t(
                "Period not over: the figures of the one before (%s) are those of a whole one.",
                this.data.before_text
            );
        }
        return _t("Compared with the period before: %s", this.data.before_text);
    }

    get leftOutText() {
        const {left_out, rows} = this.data.equity.ranking;
        const text = _t(
            "Communes with fewer than five answers are not ranked: %s of them here.",
            left_out
        );
        return rows.length ? text : _t("No commune has five answers in this period.");
    }

    // the map

    get measure() {
        const {measures} = this.data.map;
        return measures.find(({code}) => code === this.state.measureCode) || measures[0];
    }

    get picked() {
        const {classIndex} = this.state;
        const {communes} = this.data.map;
        return classIndex === null
            ? null
            : new Set(
                  communes
                      .filter(({class_indexes}) => class_indexes[this.measure.code] === classIndex)
                      .map(({id}) => id)
              );
    }

    get mapLabel() {
        return _t(
            "Map of the communes by %s. The arrow keys go from one commune to the next, Enter opens it.",
            this.measure.label
        );
    }

    get mapRows() {
        return sortBy(this.data.map.communes, this.measure, true);
    }

    chooseMeasure(ev) {
        Object.assign(this.state, {measureCode: ev.target.value, classIndex: null});
    }

    // what is opened

    /** The list behind a figure; of a share, also the one that it is a part of. */
    async openFigure(figure, whole = false) {
        const base = figure.window
            ? await this.action.loadAction(`commune_relations.${figure.window}`)
            : {type: "ir.actions.act_window", res_model: figure.model};
        const list = base.views?.find(([, type]) => type === "list") || [false, "list"];
        const form = base.views?.find(([, type]) => type === "form") || [false, "form"];
        const kept = Object.entries(base.context || {}).filter(
            ([key]) => !key.startsWith("search_default_") && key !== "group_by"
        );
        return this.action.doAction({
            ...base,
            name: figure.label,
            display_name: figure.label,
            domain: whole ? figure.whole_domain : figure.domain,
            context: {...Object.fromEntries(kept), ...figure.context},
            views: [list, form],
            target: "current",
        });
    }

    openCommune(communeId) {
        return this.action.doAction("commune_relations.commune_action", {
            viewType: "form",
            props: {resId: communeId},
        });
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("commune_relations.steering_board", SteeringBoard);
