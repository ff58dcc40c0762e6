/** Sends what waits as soon as there is a network, and reads what the other tablet did. */
import {onMounted, onWillUnmount} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {ConnectionLostError} from "@web/core/network/rpc";

const SOON = 900; // ms after the last key
const AGAIN = 4000; // after a loss of network
const LOOK = 15000; // at what the other tablet does

export class MeetingSync {
    /**
     * @param {Object} options
     * @param {import("./meeting_queue").MeetingQueue} options.queue
     * @param {(method: string, args: Array) => Promise} options.call
     * @param {(meeting: Object, results: Array) => void} options.onMeeting
     * @param {(state: string) => void} options.onState "saved", "sending", "offline" or "error"
     */
    constructor({queue, call, onMeeting, onState}) {
        Object.assign(this, {queue, call, onMeeting, onState});
        this.timer = null;
        this.isRunning = false;
        this.isAsked = false;
        const now = () => this.plan(0);
        onMounted(() => {
            browser.addEventListener("online", now);
            this.plan(0);
        });
        onWillUnmount(() => {
            this.isStopped = true;
            browser.clearTimeout(this.timer);
            browser.removeEventListener("online", now);
        });
    }

    plan(delay = SOON) {
        browser.clearTimeout(this.timer);
        if (!this.isStopped) {
            this.timer = browser.setTimeout(() => this.run(), delay);
        }
    }

    async run() {
        if (this.isRunning) {
            this.isAsked = true;
            return;
        }
        this.isRunning = true;
        this.isAsked = false;
        const operations = this.queue.take();
        let delay = LOOK;
        try {
            await this.send(operations);
            if (this.queue.operations.length) {
                delay = SOON;
            }
        } catch (error) {
            this.queue.putBack();
            this.onState(error instanceof ConnectionLostError ? "offline" : "error");
            delay = AGAIN;
        }
        this.isRunning = false;
        this.plan(this.isAsked ? SOON : delay);
    }

    async send(operations) {
        if (!operations.length) {
            this.onMeeting(await this.call("get_meeting", []), []);
        } else {
            this.onState("sending");
            const {meeting, results} = await this.call("apply_meeting_operations", [operations]);
            this.queue.remove(operations.map(({uid}) => uid));
            this.onMeeting(meeting, results);
        }
        this.onState("saved");
    }
}
