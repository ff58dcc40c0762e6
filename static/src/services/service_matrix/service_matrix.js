import {Component, onPatched, onWillStart, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {normalize} from "@web/core/l10n/utils";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const MEASURES = {
    forecast: () => _t("Expected cost"),
    actual: () => _t("Cost from the real use"),
    period: () => _t("Periods"),
};

/** Communes by offers for a year: who has what, at what cost; a press on a cell edits it. */
export class ServiceMatrix extends Component {
    static template = "commune_relations.ServiceMatrix";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.table = useRef("table");
        this.state = useState({
            data: null,
            year: false,
            familyId: false,
            measure: "forecast",
            text: "",
        });
        const format = (digits, most = digits) =>
            new Intl.NumberFormat((user.lang || "en").replace("_", "-"), {
                minimumFractionDigits: digits,
                maximumFractionDigits: most,
            });
        // The browser cuts long words of the headers by the rules of this language.
        this.lang = (user.lang || "en").split(/[-_]/)[0];
        this.whole = format(0);
        this.cents = format(2);
        // Half days count: 0.5 is not “1 day”.
        this.figures = format(0, 2);
        onWillStart(() => this.load());
        onPatched(() => this.restoreFocus());
    }

    async load() {
        this.state.data = await this.orm.call("commune.service.matrix", "get_matrix", [], {
            year: this.state.year || null,
            family_id: this.state.familyId || null,
        });
        this.state.year = this.state.data.year;
    }

    /** After the dialogue, restore the keyboard focus to its former cell. */
    restoreFocus() {
        if (this.lastCell) {
            this.table.el?.querySelector(`[data-cell="${this.lastCell}"]`)?.focus();
            this.lastCell = false;
        }
    }

    /** Arrows, Home and End move from cell to cell. */
    onKeydown(ev) {
        const cell = ev.target.closest("[data-cell]");
        if (!cell || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        const line = [...cell.closest("tr").querySelectorAll("[data-cell]")];
        const lines = [...cell.closest("tbody").rows];
        const rank = line.indexOf(cell);
        const across = {ArrowLeft: rank - 1, ArrowRight: rank + 1, Home: 0, End: line.length - 1};
        const down = {ArrowUp: -1, ArrowDown: 1}[ev.key];
        let next = line[across[ev.key]];
        if (down) {
            const row = lines[lines.indexOf(cell.closest("tr")) + down];
            next = row && row.querySelectorAll("[data-cell]")[rank];
        }
        if (down || ev.key in across) {
            ev.preventDefault();
            next?.focus();
        }
    }

    get data() {
        return this.state.data;
    }

    get measures() {
        return Object.entries(MEASURES).map(([code, label]) => ({code, label: label()}));
    }

    /** Amount that the totals add up: periods have no total, the expected cost replaces them. */
    get money() {
        return this.state.measure === "actual" ? "actual" : "forecast";
    }

    /** Whether the attribution de compensation bears a part, shown separately from what is paid. */
    get hasWithheld() {
        return this.data.totals[`${this.money}_withheld`] > 0;
    }

    get communes() {
        const wanted = normalize(this.state.text.trim());
        return this.data.communes.filter(({name}) => normalize(name).includes(wanted));
    }

    /** Offers side by side under the name of their service. */
    get services() {
        const groups = [];
        for (const offer of this.data.offers) {
            const last = groups[groups.length - 1];
            if (last && last.name === offer.service) {
                last.count++;
            } else {
                groups.push({id: offer.id, name: offer.service, count: 1, state: offer.state});
            }
        }
        return groups;
    }

    getCell(commune, offer) {
        return this.data.cells[`${commune.id}-${offer.id}`];
    }

    getText(cell, offer) {
        if (this.state.measure === "period") {
            return [cell.start, cell.end]
                .filter(Boolean)
                .map((day) => this.formatDay(day))
                .join(" → ");
        }
        // Nothing is due yet for an offer that is paid by use: that is not “free”.
        return offer.free && !cell[this.money] ? _t("free") : this.whole.format(cell[this.money]);
    }

    formatDay(day) {
        const [year, month, date] = day.split("-");
        return `${date}/${month}/${year.slice(2)}`;
    }

    /** The whole of a cell, for a pointer that rests on it and for a screen reader. */
    getTitle(commune, offer) {
        const cell = this.getCell(commune, offer);
        if (!cell && offer.other) {
            return `${commune.name}, ${offer.label} – ${_t("Nothing this year")}`;
        }
        if (!cell) {
            const text = this.data.can_edit ? _t("Subscribe") : _t("Not subscribed");
            return `${commune.name}, ${offer.label} – ${text}`;
        }
        const parts = [
            `${commune.name}, ${offer.label}`,
            this.getPeriod(cell),
            _t("expected %(expected)s €, from the real use %(actual)s €", {
                expected: this.cents.format(cell.forecast),
                actual: this.cents.format(cell.actual),
            }),
        ];
        if (cell.expected) {
            parts.push(
                _t("%(used)s %(unit)s used of %(expected)s", {
                    used: this.figures.format(cell.used),
                    unit: offer.unit,
                    expected: this.figures.format(cell.expected),
                })
            );
        }
        if (cell.travel) {
            parts.push(_t("of which travel %s €", this.cents.format(cell.travel)));
        }
        if (cell.unpriced) {
            parts.push(_t("%s days without a price, or without a known population", cell.unpriced));
        }
        return parts.join(" – ");
    }

    getPeriod(cell) {
        if (!cell.start) {
            return cell.period;
        }
        return cell.end
            ? _t("from %(start)s to %(end)s", {
                  start: this.formatDay(cell.start),
                  end: this.formatDay(cell.end),
              })
            : _t("since %s", this.formatDay(cell.start));
    }

    getClass(cell) {
        if (!cell) {
            return "o_sm_none";
        }
        const marks = {
            o_sm_partial: cell.partial,
            o_sm_alert: cell.nearly_used,
            o_sm_unpriced: cell.unpriced,
        };
        return ["o_sm_taken", ...Object.keys(marks).filter((mark) => marks[mark])].join(" ");
    }

    async onChangeYear(ev) {
        this.state.year = Number(ev.target.value);
        await this.load();
    }

    async onChangeFamily(ev) {
        this.state.familyId = Number(ev.target.value) || false;
        await this.load();
    }

    /** Whether a press on a cell leads somewhere. */
    canOpen(cell, offer) {
        if (offer.other) {
            return Boolean(cell && (cell.opens || cell.ids.length));
        }
        return Boolean(cell) || this.data.can_edit;
    }

    /** Subscribe, or change the start and the end, then reload the matrix; a cost without
     * subscription opens the documents of the commune. */
    openCell(commune, offer) {
        const cell = this.getCell(commune, offer);
        if (!this.canOpen(cell, offer)) {
            return;
        }
        if (cell && cell.opens) {
            return this.openPapers(`${commune.name} – ${offer.label}`, ...cell.opens);
        }
        const views = {
            type: "ir.actions.act_window",
            res_model: "commune.service.subscription",
            name: `${commune.name} – ${offer.label}`,
            target: "new",
        };
        if (cell && cell.ids.length > 1) {
            return this.action.doAction({
                ...views,
                target: "current",
                domain: [["id", "in", cell.ids]],
                views: [
                    [false, "list"],
                    [false, "form"],
                ],
            });
        }
        return this.action.doAction(
            {
                ...views,
                res_id: cell ? cell.ids[0] : false,
                views: [[false, "form"]],
                context: {
                    form_view_ref:
                        "commune_relations.commune_service_subscription_view_form_matrix",
                    default_commune_id: commune.id,
                    default_offer_id: offer.id,
                },
            },
            {
                onClose: async () => {
                    this.lastCell = `${commune.id}-${offer.id}`;
                    await this.load();
                },
            }
        );
    }

    openCommune(commune) {
        const domain = [["commune_id", "=", commune.id]];
        return this.openPapers(commune.name, "commune.service.subscription", domain);
    }

    openPapers(name, model, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: model,
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    download() {
        return this.action.doAction({
            type: "ir.actions.report",
            report_type: "xlsx",
            report_name: "commune_relations.service_matrix_xlsx",
            report_file: "services",
            data: {year: this.state.year, family_id: this.state.familyId},
            context: {},
        });
    }
}

registry.category("actions").add("commune_relations.service_matrix", ServiceMatrix);
