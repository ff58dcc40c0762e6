import {Component, onPatched, onWillStart, useExternalListener, useRef, useState} from "@odoo/owl";
import {router} from "@web/core/browser/router";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {PlanningLine} from "./planning_line";
import {PlanningPanel} from "./planning_panel";
import {PlanningPhone} from "./planning_phone";

const MODEL = "commune.replacement.board";
// Default values, which the server leaves out of cells: see screen.py.
const PLAIN_CELL = {kind: "", span: 1, troubled: false};
const MODES = {
    week: () => _t("Week"),
    four: () => _t("4 weeks"),
    month: () => _t("Month"),
    eight: () => _t("8 weeks"),
};

// Lines to fill that are shown at first: the agents, whom one drags to, stay on the screen.
const FIRST_LANES = 6;

const toIso = (date) => date.toFormat("yyyy-MM-dd");

/** Agents as lines, half-days as cells: the screen that a coordinator keeps open all day. */
export class PlanningBoard extends Component {
    static template = "commune_relations.PlanningBoard";
    static components = {Layout, PlanningLine, PlanningPanel, PlanningPhone};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.ui = useState(useService("ui"));
        this.display = {controlPanel: {}};
        this.root = useRef("root");
        this.state = useState({
            data: null,
            mode: "week",
            sector: "",
            skill: "",
            // {request, slots: [[half-day, agent or false]]}: target of the next action.
            selection: null,
            takers: null,
            hovered: false,
            over: false,
            refusal: "",
            done: "",
            last: null,
            byKey: false,
            allLanes: false,
        });
        this.lastSlot = false;
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        // The address keeps the weeks that are shown: a link, and a page read again, find them.
        const {day, mode} = router.current;
        this.state.mode = mode in MODES ? mode : "week";
        onWillStart(() => this.load(day));
        onPatched(() => this.restoreFocus());
    }

    async load(day = this.state.data?.start) {
        const mode = this.ui.isSmall ? "week" : this.state.mode;
        const data = await this.orm.call(MODEL, "get_window", [day || false, mode]);
        for (const line of [...data.lanes, ...data.agents]) {
            line.cells = line.cells.map((cell) => ({...PLAIN_CELL, ...cell}));
        }
        this.state.data = data;
        this.props.updateActionState?.({day: this.data.start, mode: this.state.mode});
    }

    get data() {
        return this.state.data;
    }

    get modes() {
        return Object.entries(MODES).map(([code, label]) => ({code, label: label()}));
    }

    get sectors() {
        const lines = [...this.data.agents, ...Object.values(this.data.requests)];
        return [...new Set(lines.map((one) => one.sector).filter(Boolean))].sort();
    }

    get skills() {
        const lines = [...this.data.agents, ...Object.values(this.data.requests)];
        return [...new Set(lines.flatMap((one) => one.skills || []))].sort();
    }

    /** Agents of the sector or with an assignment there, who have the skill. */
    get agents() {
        const {sector, skill} = this.state;
        return this.data.agents.filter(
            (agent) =>
                (!sector ||
                    agent.sector === sector ||
                    agent.cells.some((cell) => this.requestOf(cell)?.sector === sector)) &&
                (!skill || agent.skills?.includes(skill))
        );
    }

    get lanes() {
        const {sector, skill} = this.state;
        return this.data.lanes.filter((lane) => {
            const request = this.data.requests[lane.request];
            return (
                (!sector || request.sector === sector) && (!skill || request.skills.includes(skill))
            );
        });
    }

    get shownLanes() {
        return this.state.allLanes ? this.lanes : this.lanes.slice(0, FIRST_LANES);
    }

    get hiddenLanes() {
        return this.lanes.length - FIRST_LANES;
    }

    get foldText() {
        return _t("Show %s more request(s)", this.hiddenLanes);
    }

    requestOf(cell) {
        return this.data.requests[cell.request];
    }

    get toFill() {
        return this.lanes.reduce((sum, lane) => sum + lane.count, 0);
    }

    get style() {
        return `--pb-columns: ${2 * this.data.days.length}`;
    }

    getDayTitle(day) {
        return day.closed ? `${day.title} – ${_t("Public holiday")}` : day.title;
    }

    getLaneTitle(lane) {
        const {commune, post, name} = this.data.requests[lane.request];
        return [commune, post, name, _t("%s half-day(s) to fill", lane.count)].join(" – ");
    }

    getLoad({held, workable}) {
        return workable === undefined ? held : `${held}/${workable}`;
    }

    getLoadTitle({held, workable}) {
        return workable === undefined
            ? _t("%s half-day(s) held", held)
            : _t("%(held)s half-day(s) held of %(workable)s", {held, workable});
    }

    /** Open half-days of the request in other weeks: neither chosen nor shown. */
    getOthers() {
        const {request, slots} = this.state.selection;
        const lane = this.data.lanes.find((one) => one.request === request);
        const chosen = new Set(slots.map(([slot]) => slot));
        const open = lane && !slots.some(([, agent]) => agent);
        return open ? [...lane.slots, ...lane.others].filter((slot) => !chosen.has(slot)) : [];
    }

    isMovable() {
        const chosen = new Set(this.state.selection.slots.map(([slot]) => slot));
        return [...this.data.lanes, ...this.data.agents]
            .flatMap((line) => line.cells)
            .filter((cell) => cell.slots?.some((slot) => chosen.has(slot)))
            .every((cell) => cell.movable);
    }

    isChosen(cell) {
        const chosen = this.state.selection?.slots.map(([slot]) => slot) || [];
        return cell.slots.every((slot) => chosen.includes(slot));
    }

    /** What stops an agent for what is chosen, or for the request under the pointer. */
    getStop(agent) {
        if (this.state.takers) {
            return this.state.takers.find((one) => one.id === agent.id)?.reasons.join("\n") || "";
        }
        const request = this.data.requests[this.state.hovered];
        return request && agent.excluded?.includes(request.commune_id)
            ? _t("Excluded from this commune")
            : "";
    }

    /** Selected half-days of a line, as text: Owl renders the line again only when it changes. */
    getChosen(line) {
        const chosen = this.state.selection?.slots.map(([slot]) => slot) || [];
        const slots = line.cells.flatMap((cell) => cell.slots || []);
        return slots.filter((slot) => chosen.includes(slot)).join(" ");
    }

    // choosing

    /** Select or deselect half-days; half-days of another request replace the selection. */
    async choose(cell, agentId) {
        this.state.done = "";
        const pairs = cell.slots.map((slot) => [slot, agentId]);
        const current = this.state.selection;
        if (!current || current.request !== cell.request) {
            return this.select(cell.request, pairs);
        }
        const pressed = new Set(cell.slots);
        const kept = current.slots.filter(([slot]) => !pressed.has(slot));
        const wasThere = kept.length < current.slots.length;
        return this.select(cell.request, wasThere ? kept : [...kept, ...pairs]);
    }

    chooseLane(lane) {
        this.state.done = "";
        return this.select(
            lane.request,
            lane.slots.map((slot) => [slot, false])
        );
    }

    /** All that the request has to fill, the other weeks too. */
    chooseMore() {
        const {request, slots} = this.state.selection;
        return this.select(request, [...slots, ...this.getOthers().map((slot) => [slot, false])]);
    }

    /** Enter selects and moves to the list of eligible agents; Space selects and stays. */
    onEnter(ev, choose) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.state.byKey = true;
            this.lastSlot = ev.target.dataset.slot;
            choose();
        }
    }

    async select(request, slots) {
        this.state.refusal = "";
        this.state.takers = null;
        this.state.selection = slots.length ? {request, slots} : null;
        if (!slots.length || !this.data.can_edit || !this.isMovable()) {
            this.state.takers = slots.length ? [] : null;
            return;
        }
        const asked = this.state.selection;
        const takers = await this.try(() =>
            this.orm.silent.call(MODEL, "get_takers", [slots.map(([slot]) => slot)])
        );
        // Another choice was made while the server thought.
        if (asked === this.state.selection) {
            this.state.takers = takers || null;
        }
    }

    leave() {
        const back = this.state.byKey && this.lastSlot;
        Object.assign(this.state, {selection: null, takers: null, byKey: false, over: false});
        // The keyboard goes on from the half-day that it left, wherever this one is now.
        this.focusSlot = back;
    }

    restoreFocus() {
        if (this.focusSlot) {
            this.root.el?.querySelector(`[data-slot="${this.focusSlot}"]`)?.focus();
            this.focusSlot = false;
        }
    }

    // actions

    /** Run something that a rule may refuse: its sentence is shown, and the board read again. */
    async try(work) {
        try {
            return await work();
        } catch (error) {
            if (!error.data) {
                throw error;
            }
            this.state.refusal = error.data.message;
            this.leave();
            await this.load();
        }
    }

    async give(agentId) {
        const {slots} = this.state.selection;
        const moves = slots.filter(([, holder]) => holder !== agentId);
        if (!moves.length) {
            return this.leave();
        }
        this.state.refusal = "";
        this.state.done = "";
        const done = await this.try(async () => {
            await this.orm.call(MODEL, "give", [moves, agentId]);
            return true;
        });
        if (done) {
            const agent = this.data.agents.find((one) => one.id === agentId);
            this.state.last = {moves, agentId};
            this.leave();
            await this.load();
            this.state.done = agent
                ? _t("%(count)s half-day(s) given to %(agent)s.", {
                      count: moves.length,
                      agent: agent.name,
                  })
                : _t("%s half-day(s) to fill again.", moves.length);
        }
    }

    /** Undo the last action, by the same rules: what has been sent meanwhile stays. */
    async undo() {
        const {moves, agentId} = this.state.last;
        this.state.last = null;
        this.state.refusal = "";
        const done = await this.try(async () => {
            for (const holder of new Set(moves.map(([, before]) => before))) {
                const back = moves.filter(([, before]) => before === holder);
                const seen = back.map(([slot]) => [slot, agentId]);
                await this.orm.call(MODEL, "give", [seen, holder]);
            }
            return true;
        });
        if (done) {
            this.leave();
            await this.load();
            this.state.done = _t("The last action is undone.");
        }
    }

    onDragStart(ev, cell, agentId) {
        // Firefox drags nothing without data.
        ev.dataTransfer?.setData("text/plain", String(cell.request));
        const chosen = this.state.selection?.slots.map(([slot]) => slot) || [];
        if (!cell.slots.every((slot) => chosen.includes(slot))) {
            this.select(
                cell.request,
                cell.slots.map((slot) => [slot, agentId])
            );
        }
    }

    onDragLane(ev, lane) {
        this.onDragStart(ev, {request: lane.request, slots: lane.slots}, false);
    }

    onDragEnd() {
        this.state.over = false;
    }

    onDragOver(ev, agent) {
        if (this.state.selection && this.data.can_edit) {
            ev.preventDefault();
            this.state.over = agent ? agent.id : "lane";
        }
    }

    async onDrop(ev, agent) {
        ev.preventDefault();
        this.state.over = false;
        if (this.state.selection && this.data.can_edit) {
            await this.give(agent ? agent.id : false);
        }
    }

    onKeydown(ev) {
        if (ev.target.closest?.("input, textarea, select, .modal")) {
            return;
        }
        if (ev.key === "Escape" && this.state.selection) {
            this.leave();
        } else if (ev.key === "z" && (ev.ctrlKey || ev.metaKey) && this.state.last) {
            ev.preventDefault();
            this.undo();
        }
    }

    /** Arrows go from half-day to half-day, and to the nearest one of the next line. */
    onArrow(ev) {
        const cell = ev.target.closest("[data-first]");
        const across = {ArrowLeft: -1, ArrowRight: 1}[ev.key];
        const down = {ArrowUp: -1, ArrowDown: 1}[ev.key];
        if (!cell || !(across || down) || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        ev.preventDefault();
        const lines = [...this.root.el.querySelectorAll("tr[data-line]")].map((line) => [
            ...line.querySelectorAll("[data-first]"),
        ]);
        const own = lines.findIndex((line) => line.includes(cell));
        if (across) {
            return lines[own][lines[own].indexOf(cell) + across]?.focus();
        }
        const far = (one) => Math.abs(one.dataset.first - cell.dataset.first);
        for (let rank = own + down; lines[rank]; rank += down) {
            if (lines[rank].length) {
                return lines[rank].reduce((a, b) => (far(b) < far(a) ? b : a)).focus();
            }
        }
    }

    // moving in time

    move(sign) {
        const start = luxon.DateTime.fromISO(this.data.start);
        const month = {months: sign};
        const middle = start.plus({days: 14});
        const next =
            this.data.mode === "month"
                ? middle.plus(month)
                : start.plus({weeks: sign * this.data.weeks.length});
        this.leave();
        return this.load(toIso(next));
    }

    goToday() {
        this.leave();
        return this.load(false);
    }

    onMode(ev) {
        this.state.mode = ev.target.value;
        this.leave();
        return this.load();
    }

    onDay(ev) {
        if (ev.target.value) {
            this.leave();
            this.load(ev.target.value);
        }
    }

    openRequest() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "commune.replacement.request",
            res_id: this.state.selection.request,
            views: [[false, "form"]],
        });
    }

    async print() {
        const {start, mode} = this.data;
        return this.action.doAction(await this.orm.call(MODEL, "print_window", [start, mode]));
    }
}

registry.category("actions").add("commune_relations.planning_board", PlanningBoard);
