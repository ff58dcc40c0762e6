import {Component, markRaw, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {downloadFile} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {CommuneMapCanvas} from "./map_canvas";
import {countCommunes, formatNumber, listFigures, search, sortBy, toText} from "./map_figures";
import {CommuneMapLegend} from "./map_legend";
import {CommuneMapTable} from "./map_table";

const MEMORY = "commune_relations.commune_map";

/**
 * The communes of an intercommunality on a map, coloured by a measure, with a legend and the
 * same figures in a table. A class of the legend and the search box narrow both.
 */
export class CommuneMap extends Component {
    static template = "commune_relations.CommuneMap";
    static components = {CommuneMapCanvas, CommuneMapLegend, CommuneMapTable, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.root = useRef("root");
        this.display = {controlPanel: {}};
        this.state = useState({
            data: null,
            epciId: false,
            measureCode: "population",
            classIndex: null,
            text: "",
            order: {column: "name", descending: false},
            activeId: null,
            ...JSON.parse(browser.sessionStorage.getItem(MEMORY) || "{}"),
            // The calling screen chooses the figure.
            ...this.props.action.params?.choices,
            ...this.props.state?.choices,
        });
        // The measure and the order stay while the tab is open, the rest on the way back only.
        useEffect(
            (measureCode, order) =>
                browser.sessionStorage.setItem(MEMORY, JSON.stringify({measureCode, order})),
            () => [this.state.measureCode, this.state.order]
        );
        useSetupAction({
            rootRef: this.root,
            getLocalState: () => {
                const {epciId, measureCode, classIndex, text, order} = this.state;
                return {
                    choices: {epciId, measureCode, classIndex, text, order: {...order}},
                };
            },
        });
        this.openCommune = this.openCommune.bind(this);
        this.activate = this.activate.bind(this);
        this.sort = this.sort.bind(this);
        this.toggleClass = this.toggleClass.bind(this);
        onWillStart(() => this.load());
    }

    async load() {
        const data = await this.orm.call("res.partner", "get_commune_map", [], {
            epci_id: this.state.epciId,
            measure: this.state.measureCode,
        });
        // The data are replaced, never changed: watching each value would cost 15 ms a move.
        this.state.data = markRaw(data);
    }

    async onChangeEpci(ev) {
        Object.assign(this.state, {epciId: Number(ev.target.value), classIndex: null, text: ""});
        await this.load();
    }

    // what is shown

    get data() {
        return this.state.data;
    }

    get hasChoiceOfEpci() {
        const {epci, epcis} = this.data;
        return epcis.some(({id}) => id !== epci?.id);
    }

    get measure() {
        const {measures} = this.data;
        return measures.find(({code}) => code === this.state.measureCode) || measures[0];
    }

    /** The measures to choose from: some are worked out once they are chosen. */
    get choices() {
        const {measures, later} = this.data;
        const known = new Set(measures.map(({code}) => code));
        return [...measures, ...later.filter(({code}) => !known.has(code))];
    }

    /** The communes that the legend and the search pick out. */
    get picked() {
        const {classIndex, text} = this.state;
        const found = text.trim() ? search(this.data.communes, text) : this.data.communes;
        if (classIndex === null) {
            return found;
        }
        return found.filter((commune) => commune.class_indexes[this.measure.code] === classIndex);
    }

    get isNarrowed() {
        return this.state.classIndex !== null || Boolean(this.state.text.trim());
    }

    get pickedIds() {
        return this.isNarrowed ? new Set(this.picked.map((commune) => commune.id)) : null;
    }

    // Texts with a colon or a question mark: a template would lose the space that French keeps
    // before them from breaking.

    get withoutContour() {
        const names = this.data.communes.filter(({path}) => !path).map(({name}) => name);
        return names.length
            ? _t("Not drawn, for want of a contour in the open data: %s.", names.join(", "))
            : "";
    }

    get question() {
        return _t("Which intercommunality do you work for?");
    }

    get mapLabel() {
        return _t(
            "Map of the communes %(of_epci)s by %(measure)s. The arrow keys go from one commune to the next, Enter opens it.",
            {of_epci: this.data.epci.of_name, measure: this.measure.label}
        );
    }

    get tableCaption() {
        return _t("Figures of the map: %s", this.countLabel);
    }

    get countLabel() {
        const [shown, all] = [this.picked.length, this.data.communes.length];
        return this.isNarrowed
            ? _t("%(shown)s of %(all)s communes shown", {
                  shown: formatNumber(shown),
                  all: formatNumber(all),
              })
            : countCommunes(all);
    }

    get figures() {
        return listFigures(this.measure, this.picked);
    }

    // choices

    async chooseMeasure(code) {
        Object.assign(this.state, {measureCode: code, classIndex: null});
        if (!this.data.measures.some((measure) => measure.code === code)) {
            await this.load();
        }
    }

    toggleClass(index) {
        this.state.classIndex = this.state.classIndex === index ? null : index;
    }

    showAll() {
        Object.assign(this.state, {classIndex: null, text: ""});
    }

    onSearchKeydown(ev) {
        if (ev.key === "Enter") {
            const [first] = sortBy(this.picked);
            if (first) {
                this.root.el.querySelector(`path[data-commune-id="${first.id}"]`)?.focus();
            }
        } else if (ev.key === "Escape") {
            this.state.text = "";
        }
    }

    activate(communeId) {
        this.state.activeId = communeId;
    }

    sort(column) {
        const {order} = this.state;
        const measure = this.data.measures.find(({code}) => code === column);
        // The largest numbers first, the names from A to Z.
        const first = measure?.kind === "sequential";
        this.state.order = {
            column,
            descending: order.column === column ? !order.descending : first,
        };
    }

    skipToTable() {
        this.root.el.querySelector(".o_cm_table").focus();
    }

    // actions

    openCommune(communeId) {
        return this.action.doAction("commune_relations.commune_action", {
            viewType: "form",
            props: {resId: communeId, resIds: sortBy(this.picked).map(({id}) => id)},
        });
    }

    async openList() {
        const action = await this.action.loadAction("commune_relations.commune_action");
        return this.action.doAction(
            {
                ...action,
                display_name: this.countLabel,
                domain: [["id", "in", this.picked.map(({id}) => id)]],
                context: {...action.context, search_default_members: 0},
            },
            {viewType: "list"}
        );
    }

    openSetUp() {
        return this.action.doAction("commune_relations.commune_setup_action");
    }

    openCommunes() {
        return this.action.doAction("commune_relations.commune_action");
    }

    download() {
        // Excel detects UTF-8 only by the byte order mark.
        const text = `\ufeff${toText(sortBy(this.picked), this.data.measures, ";")}`;
        downloadFile(new Blob([text]), `${_t("communes")}.csv`, "text/csv;charset=utf-8");
    }

    async copy() {
        await browser.navigator.clipboard.writeText(
            toText(sortBy(this.picked), this.data.measures, "\t")
        );
        this.notification.add(_t("The table is copied: paste it into a spreadsheet."), {
            type: "success",
        });
    }

    print() {
        window.print();
    }
}

registry.category("actions").add("commune_relations.commune_map", CommuneMap);
