import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {describe} from "./planning_line";

/** On a telephone: what is to fill, one agent or one day at a time, as a list. */
export class PlanningPhone extends Component {
    static template = "commune_relations.PlanningPhone";
    static props = {
        data: Object,
        agents: Array,
        lanes: Array,
        isChosen: Function,
        choose: Function,
    };

    setup() {
        const today = this.props.data.days.findIndex((day) => day.today);
        this.state = useState({view: "open", day: Math.max(today, 0), agent: 0});
    }

    get views() {
        return [
            {code: "open", label: _t("To fill")},
            {code: "day", label: _t("By day")},
            {code: "agent", label: _t("By agent")},
        ];
    }

    /** Groups of rows: {key, title, rows: [{key, label, cell, agentId, text}]}. */
    get groups() {
        return {open: () => this.byRequest(), day: () => this.byAgent(), agent: () => this.byDay()}[
            this.state.view
        ]();
    }

    byRequest() {
        return this.props.lanes.map((lane) => {
            const {commune, post} = this.props.data.requests[lane.request];
            return {
                key: lane.request,
                title: `${commune} – ${post}`,
                rows: lane.cells
                    .filter((cell) => cell.slots)
                    .map((cell) => ({
                        key: cell.first,
                        label: this.getHalfDay(cell.first),
                        cell,
                        agentId: false,
                        text: _t("to fill"),
                    })),
            };
        });
    }

    byAgent() {
        const first = 2 * this.state.day;
        return this.props.agents.map((agent) => ({
            key: agent.id,
            title: agent.name,
            rows: [first, first + 1].map((rank) => this.getRow(agent, rank, this.getHalf(rank))),
        }));
    }

    byDay() {
        const agent = this.props.agents[this.state.agent] || this.props.agents[0];
        return this.props.data.days.map((day, number) => ({
            key: day.date,
            title: day.title,
            rows: agent
                ? [2 * number, 2 * number + 1].map((rank) =>
                      this.getRow(agent, rank, this.getHalf(rank))
                  )
                : [],
        }));
    }

    getRow(agent, rank, label) {
        const cell = agent.cells.find(({first, span}) => first <= rank && rank < first + span);
        const rests = {
            "": _t("available"),
            off: _t("not worked"),
            absent: _t("absent"),
            closed: _t("public holiday"),
        };
        const request = cell.slots && this.props.data.requests[cell.request];
        return {
            key: rank,
            label,
            cell,
            agentId: agent.id,
            text: request ? `${request.commune} – ${request.post}` : rests[cell.kind],
        };
    }

    getHalf(rank) {
        return rank % 2 ? _t("Afternoon") : _t("Morning");
    }

    getHalfDay(rank) {
        const day = this.props.data.days[Math.floor(rank / 2)];
        return `${day.label} – ${this.getHalf(rank).toLowerCase()}`;
    }

    getTitle(row) {
        return describe(row.cell, this.props.data.requests[row.cell.request]);
    }
}
