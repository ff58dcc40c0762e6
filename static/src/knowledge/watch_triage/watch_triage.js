import {Component, onPatched, onWillStart, useExternalListener, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const MODEL = "commune.watch.item";
// The key of each kind: its place under the left hand, whatever the keyboard.
const KIND_KEYS = {law: "L", innovation: "I", cancelled: "N", changed: "M", other: "O"};
// More items are asked for when so few are left on the screen.
const FEW = 5;

/** Triage of items one by one: keep, dismiss, skip; every action has its key. */
export class WatchSorting extends Component {
    static template = "commune_relations.WatchSorting";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.title = useRef("title");
        this.state = useState({
            items: [],
            index: 0,
            count: 0,
            // Actions that can be undone, the last one first: {item, index, picked}.
            done: [],
            sentence: "",
            refusal: "",
            moved: false,
        });
        this.busy = Promise.resolve();
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        onWillStart(() => this.load());
        onPatched(() => this.followTitle());
    }

    async load() {
        const seen = this.state.items.map((item) => item.id);
        const data = await this.orm.call(MODEL, "get_sorting", [seen]);
        this.kinds = data.kinds.map(([code, label]) => ({code, label, key: KIND_KEYS[code]}));
        this.topics = data.topics;
        this.canSort = data.can_sort;
        this.state.count = data.count;
        this.state.items.push(...data.items);
    }

    get item() {
        return this.state.items[this.state.index];
    }

    /** The topics proposed, then those chosen beside them; each of the first nine has a number. */
    get choices() {
        const {proposed, topics} = this.item;
        const known = new Set(proposed.map((topic) => topic.id));
        const all = [...proposed, ...topics.filter((topic) => !known.has(topic.id))];
        return all.map((topic, place) => ({
            ...topic,
            key: place < 9 ? String(place + 1) : "",
            chosen: topics.some((one) => one.id === topic.id),
        }));
    }

    get others() {
        const shown = new Set(this.choices.map((topic) => topic.id));
        return this.topics.filter((topic) => !shown.has(topic.id));
    }

    get left() {
        return this.state.count === 1
            ? _t("1 item to sort")
            : _t("%s items to sort", this.state.count);
    }

    // moving

    move(step) {
        const {items, index} = this.state;
        const next = index + step;
        if (next >= 0 && next < items.length) {
            this.state.index = next;
            this.state.moved = true;
            this.state.refusal = "";
        }
    }

    /** Focus makes a screen reader announce the new title. */
    followTitle() {
        if (this.state.moved) {
            this.state.moved = false;
            this.title.el?.focus();
        }
    }

    // classification of the current item, saved by the next action

    setKind(code) {
        if (this.canSort) {
            this.item.kind = code;
        }
    }

    toggleTopic(topic) {
        if (!this.canSort) {
            return;
        }
        const {topics} = this.item;
        const place = topics.findIndex((one) => one.id === topic.id);
        if (place >= 0) {
            topics.splice(place, 1);
        } else {
            topics.push({id: topic.id, name: topic.name});
        }
    }

    addTopic(ev) {
        const topic = this.topics.find((one) => one.id === Number(ev.target.value));
        if (topic) {
            this.toggleTopic(topic);
        }
        ev.target.value = "";
        ev.target.blur();
    }

    // actions: run in sequence, however fast they are triggered

    run(picked) {
        this.busy = this.busy.then(picked);
        return this.busy;
    }

    sort(picked) {
        const {item} = this;
        if (!item || !this.canSort) {
            return this.busy;
        }
        // The next item shows at once; the call to the server runs meanwhile.
        const {index} = this.state;
        this.state.items.splice(index, 1);
        this.state.index = Math.max(0, Math.min(index, this.state.items.length - 1));
        this.state.moved = true;
        this.state.refusal = "";
        this.state.sentence =
            picked === "keep" ? _t("Kept: “%s”", item.name) : _t("Archived: “%s”", item.name);
        return this.run(async () => {
            const topics = item.topics.map((topic) => topic.id);
            const answer = await this.send(item, index, "sort", [picked, item.kind, topics]);
            if (answer && !answer.refusal) {
                this.state.done.unshift({item, index, picked});
            }
            if (this.state.items.length <= FEW && this.state.count > this.state.items.length) {
                await this.load();
            }
        });
    }

    undo() {
        return this.run(async () => {
            const last = this.state.done[0];
            if (!last) {
                return;
            }
            const answer = await this.orm.call(MODEL, "unsort", [last.item.id]);
            this.state.done.shift();
            this.state.count = answer.count;
            this.state.refusal = answer.refusal;
            this.state.sentence = "";
            if (!answer.refusal) {
                this.putBack(last);
            }
        });
    }

    putBack({item, index}) {
        this.state.index = Math.min(index, this.state.items.length);
        this.state.items.splice(this.state.index, 0, item);
        this.state.moved = true;
    }

    /** The answer of the server; without it the item is back where it was. */
    async send(item, index, method, params) {
        try {
            const answer = await this.orm.call(MODEL, method, [item.id, ...params]);
            this.state.count = answer.count;
            if (answer.refusal) {
                this.state.refusal = answer.refusal;
                this.state.sentence = "";
            }
            return answer;
        } catch (error) {
            this.putBack({item, index});
            this.state.sentence = "";
            this.state.refusal = _t("Nothing was saved: try again.");
            Promise.reject(error);
            return null;
        }
    }

    async openItem() {
        await this.busy;
        const {id} = this.item;
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    // the keyboard

    onKeydown(ev) {
        const typing = ev.target.closest?.("input, textarea, select, [contenteditable=true]");
        const other = ev.altKey || ev.metaKey || (ev.ctrlKey && ev.key.toLowerCase() !== "z");
        if (typing || other || ev.repeat || document.querySelector(".modal.show")) {
            return;
        }
        const picked = this.getAction(ev);
        if (picked) {
            ev.preventDefault();
            picked();
        }
    }

    getAction(ev) {
        const key = ev.key.length === 1 ? ev.key.toUpperCase() : ev.key;
        if (key === "U" || (ev.ctrlKey && key === "Z")) {
            return () => this.undo();
        }
        if (!this.item) {
            return null;
        }
        const keyActions = {
            G: () => this.sort("keep"),
            A: () => this.sort("put_away"),
            ArrowRight: () => this.move(1),
            ArrowLeft: () => this.move(-1),
            S: () => this.move(1),
            P: () => this.move(-1),
            E: () => this.openItem(),
        };
        const kind = this.kinds.find((one) => one.key === key);
        // The row of figures, shifted or not: on a French keyboard they are on the second floor.
        const [, figure] = /^(?:Digit|Numpad)([1-9])$/.exec(ev.code) || [null, ev.key];
        const topic = this.choices.find((one) => one.key && one.key === figure);
        return (
            keyActions[key] ||
            (kind && (() => this.setKind(kind.code))) ||
            (topic && (() => this.toggleTopic(topic)))
        );
    }
}

registry.category("actions").add("commune_relations.watch_sorting", WatchSorting);
