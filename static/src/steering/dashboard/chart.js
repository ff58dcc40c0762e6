import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";

// Okabe and Ito palette, safe for colour-blind readers; line patterns differ in grey prints too.
const COLOURS = ["#0072b2", "#e69f00"];
const GRID = "#d8dde2";

/** A chart by Odoo's own Chart.js, with the same figures in a table below it. */
export class SteeringChart extends Component {
    static template = "commune_relations.SteeringChart";
    static props = {chart: Object};

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.chart]
        );
        onWillUnmount(() => this.drawn?.destroy());
    }

    get isLying() {
        return this.props.chart.kind === "lying";
    }

    get height() {
        const {labels} = this.props.chart;
        return this.isLying ? 40 + 24 * labels.length : 200;
    }

    draw() {
        this.drawn?.destroy();
        const {chart} = this.props;
        const axis = this.isLying ? "x" : "y";
        this.drawn = new window.Chart(this.canvas.el, {
            type: chart.kind === "line" ? "line" : "bar",
            data: {labels: chart.labels, datasets: chart.datasets.map(this.toDataset)},
            options: {
                animation: false,
                maintainAspectRatio: false,
                indexAxis: this.isLying ? "y" : "x",
                scales: {
                    [axis]: {beginAtZero: true, ticks: {precision: 0}, grid: {color: GRID}},
                    [this.isLying ? "y" : "x"]: {
                        grid: {display: false},
                        ticks: {callback: this.shorten},
                    },
                },
                plugins: {legend: {display: chart.datasets.length > 1, position: "bottom"}},
            },
        });
    }

    /** Shorten a long name, to leave room for its bar; the table has it in full. Chart.js
     * calls it on the axis. */
    shorten(value) {
        const label = this.getLabelForValue(value);
        const most = Math.max(18, Math.floor(this.chart.width / 14));
        return label.length > most ? `${label.slice(0, most - 1)}…` : label;
    }

    toDataset({label, values}, index) {
        const colour = COLOURS[index % COLOURS.length];
        return {
            label,
            data: values,
            backgroundColor: index % 2 ? "#fff" : colour,
            borderColor: colour,
            borderWidth: 2,
            spanGaps: false,
            tension: 0,
        };
    }
}
