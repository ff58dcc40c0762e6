/**
 * Queue of meeting operations, stored on the device: a loss of network, a reload of the page or
 * an empty battery loses none. Each one has a unique id, so that the server stores it once
 * however often it is sent.
 */
import {browser} from "@web/core/browser/browser";
import {makeUid} from "../../core/uid";

const TARGET = ["target", "field", "item", "decision", "decision_uid"];

export class MeetingQueue {
    /** @param {string} key one for each session and user of the device */
    constructor(key) {
        this.key = key;
        this.sent = new Set(); // names of those that are on their way
        this.isKept = true; // false: the device refuses to keep anything
        this.memory = [];
        // What this page notes keeps its order, however long each sending takes.
        this.tablet = makeUid();
    }

    /** Read again each time: another tab of the same device may have written. */
    get operations() {
        const text = this.isKept && browser.localStorage.getItem(this.key);
        return text ? JSON.parse(text) : this.memory;
    }

    write(operations) {
        this.memory = operations;
        try {
            if (operations.length) {
                browser.localStorage.setItem(this.key, JSON.stringify(operations));
            } else {
                browser.localStorage.removeItem(this.key);
            }
            this.isKept = true;
        } catch {
            this.isKept = false;
        }
    }

    add(kind, values) {
        const {tablet} = this;
        const operation = {uid: makeUid(), kind, tablet, at: Date.now(), ...values};
        this.write([...this.operations, operation]);
        return operation;
    }

    /**
     * Text being typed: one operation, replaced at each key until it is being sent.
     * @param {string} base the text that was there before
     */
    addText(target, base, value) {
        const operations = this.operations;
        const open = operations.find(
            (operation) =>
                operation.kind === "text" &&
                !operation.settles &&
                !this.sent.has(operation.uid) &&
                TARGET.every((name) => operation[name] === target[name])
        );
        if (open) {
            // The last one of this page now: it is dated by its last key.
            const others = operations.filter((operation) => operation !== open);
            Object.assign(open, {value, tablet: this.tablet, at: Date.now()});
            this.write([...others, open]);
        } else {
            this.add("text", {...target, base, value});
        }
    }

    /**
     * The oldest operations in the format of the server: their age, as the clock of the device may
     * be wrong. A negative age means that the clock was set back: the server reports it.
     */
    take(most = 100) {
        const taken = this.operations.slice(0, most);
        this.sent = new Set(taken.map(({uid}) => uid));
        return taken.map(({at, ...operation}) => ({
            ...operation,
            ago: (Date.now() - at) / 1000,
        }));
    }

    /** The sending failed: they wait again. */
    putBack() {
        this.sent = new Set();
    }

    remove(uids) {
        const gone = new Set(uids);
        this.write(this.operations.filter(({uid}) => !gone.has(uid)));
        this.sent = new Set();
    }
}
