import {Component, onPatched, onWillStart, useExternalListener, useRef, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {getAction} from "./my_day_keys";

const MODEL = "commune.my.day";

/** My day: what is late, due today, this week, expected from others; each line has its actions. */
export class Day extends Component {
    static template = "commune_relations.Day";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.root = useRef("root");
        this.state = useState({
            day: null,
            failed: false,
            // The current line, by its key; its panel: "", "snooze", "give".
            at: "",
            panel: "",
            colleagues: [],
            sentence: "",
            refusal: "",
            // How to undo the last action: {method, source, id}.
            back: null,
            help: false,
        });
        this.busy = Promise.resolve();
        this.moved = false;
        this.titles = {
            late: _t("Late"),
            today: _t("Today"),
            week: _t("This week"),
            others: _t("Waiting for others"),
        };
        this.nothing = {
            late: _t("Nothing is late."),
            today: _t("Nothing for today."),
            week: _t("Nothing this week."),
            others: _t("Nobody keeps you waiting."),
        };
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onWillStart(() => {
            this.load(); // the page is there at once, its lines follow
        });
        onPatched(() => this.followLine());
    }

    // reading

    async load() {
        try {
            this.state.day = await this.orm.call(MODEL, "get_day", []);
            this.state.failed = false;
        } catch (error) {
            this.state.failed = true;
            Promise.reject(error);
        }
        if (!this.lines.some((line) => this.getKey(line) === this.state.at)) {
            this.state.at = this.lines.length ? this.getKey(this.lines[0]) : "";
        }
    }

    get lines() {
        return this.state.day ? this.state.day.sections.flatMap((section) => section.lines) : [];
    }

    get isEmpty() {
        return this.state.day && !this.state.day.sections.some((section) => section.count);
    }

    get current() {
        return this.lines.find((line) => this.getKey(line) === this.state.at);
    }

    get columns() {
        const {sections} = this.state.day;
        return [sections.slice(0, 2), sections.slice(2)];
    }

    get offLabel() {
        return _t("Put off: %s", this.state.day.off);
    }

    get panelLabel() {
        return this.state.panel === "snooze" ? _t("Put off") : _t("Hand over to a colleague");
    }

    getKey(line) {
        return `${line.source}-${line.id}`;
    }

    getInitials(name) {
        const words = name.split(/[\s-]+/).filter(Boolean);
        return words
            .slice(0, 2)
            .map((word) => word[0].toUpperCase())
            .join("");
    }

    // moving

    choose(line) {
        this.state.at = this.getKey(line);
        this.state.panel = "";
    }

    move(step) {
        const place = this.lines.findIndex((line) => this.getKey(line) === this.state.at);
        const next = this.lines[Math.max(0, Math.min(place + step, this.lines.length - 1))];
        if (next) {
            this.choose(next);
            this.moved = true;
        }
    }

    /** Focus makes a screen reader announce the new line. */
    followLine() {
        if (this.moved && this.root.el) {
            this.moved = false;
            const panel = this.root.el.querySelector(".o_day_panel :is(button, select)");
            (panel || this.root.el.querySelector(".o_day_at .o_day_title"))?.focus();
        }
    }

    // actions: run in sequence, however fast they are triggered

    run(perform) {
        this.busy = this.busy.then(perform).catch((error) => {
            Promise.reject(error);
        });
        return this.busy;
    }

    call(method, ...args) {
        return this.orm.call(MODEL, method, args);
    }

    /** What the server answers: a sentence, or why nothing was done; then the page is read again. */
    async showAnswer(answer, back = null) {
        this.state.sentence = answer.sentence || "";
        this.state.refusal = answer.refusal || "";
        this.state.back = answer.refusal ? null : back;
        this.state.panel = "";
        await this.load();
        this.moved = true;
    }

    /** @param {boolean} [toDo] on the page of the form where its button leads */
    open(line, toDo = false) {
        if (line.together) {
            return this.run(() => this.openList(line.section, line.source, line.kind));
        }
        return this.run(async () => {
            const answer = await this.call("open_line", line.source, line.id);
            if (answer.refusal) {
                return this.showAnswer(answer);
            }
            const context = toDo && answer.page ? {commune_page: answer.page} : {};
            return this.action.doAction(answer.action, {additionalContext: context});
        });
    }

    async openList(section, source, kind = 0) {
        this.action.doAction(await this.call("open_list", source, section, kind));
    }

    act(line) {
        if (!line.button) {
            return this.busy;
        }
        if (!line.does) {
            return this.open(line, true);
        }
        if (!line.confirm) {
            return this.do(line);
        }
        this.dialog.add(ConfirmationDialog, {
            title: line.button,
            body: `${line.title}\n${line.confirm}`,
            confirmLabel: line.button,
            confirm: () => this.do(line),
            cancel: () => {},
        });
        return this.busy;
    }

    do(line) {
        return this.run(async () => {
            // Pressed twice: the line has left the page, or the server reports it.
            if (!this.lines.includes(line)) {
                return;
            }
            const answer = await this.call("act", line.source, line.id);
            if (answer.action) {
                await this.action.doAction(answer.action, {onClose: () => this.load()});
                return;
            }
            const {source, id} = line;
            await this.showAnswer(answer, answer.undo ? {method: "undo", source, id} : null);
        });
    }

    takeBack() {
        return this.run(async () => {
            const {back} = this.state;
            if (back) {
                this.state.back = null;
                await this.showAnswer(await this.call(back.method, back.source, back.id));
            }
        });
    }

    // panels of a line

    async showPanel(line, panel) {
        this.choose(line);
        if (line.together) {
            return;
        }
        if (panel === "give") {
            if (!line.gives) {
                return;
            }
            this.state.colleagues = await this.call("get_colleagues", line.source);
        }
        this.state.panel = panel;
        this.moved = true;
    }

    snooze(line, until) {
        if (!until) {
            return this.busy;
        }
        return this.run(async () => {
            const {source, id} = line;
            const answer = await this.call("snooze", source, id, until);
            await this.showAnswer(answer, {method: "unsnooze", source, id});
        });
    }

    unsnoozeAll() {
        return this.run(async () => this.showAnswer(await this.call("unsnooze")));
    }

    give(line, colleague) {
        const user = Number(colleague);
        return this.run(async () => {
            if (user) {
                await this.showAnswer(await this.call("hand_over", line.source, line.id, user));
            }
        });
    }

    // the keyboard

    onKeydown(ev) {
        const typing = ev.target.closest?.("input, textarea, select, [contenteditable=true]");
        if (ev.key === "Escape" && this.state.panel) {
            this.state.panel = "";
            this.moved = true;
            ev.preventDefault();
            return;
        }
        const other = ev.altKey || ev.metaKey || ev.ctrlKey || ev.repeat;
        if (typing || other || document.querySelector(".modal.show, .o_command_palette")) {
            return;
        }
        const perform = getAction(this, ev);
        if (perform) {
            ev.preventDefault();
            perform();
        }
    }
}

registry.category("actions").add("commune_relations.day", Day);
