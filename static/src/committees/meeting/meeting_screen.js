import {Component, onWillStart, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {ConnectionLostError} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {MeetingItem} from "./meeting_item";
import {MeetingMembers} from "./meeting_members";
import {MeetingQueue} from "./meeting_queue";
import {countQuorum, formatHour, withPending} from "./meeting_rules";
import {MeetingSync} from "./meeting_sync";

const MEMORY = "commune_relations.meeting";

/**
 * Screen of the secretary during the session, on a tablet: attendance, quorum, items, notes,
 * decisions. Every operation is stored on the device until the server has it.
 */
export class MeetingScreen extends Component {
    static template = "commune_relations.MeetingScreen";
    static components = {Layout, MeetingItem, MeetingMembers};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.display = {controlPanel: {}};
        this.labels = {
            treated: _t("Treated"),
            postponed: _t("Held over"),
            arrive: _t("Arrival"),
            leave: _t("Departure"),
            absent: _t("Arrival taken back"),
            open: _t("Opening"),
            close: _t("Closing"),
            undo_open: _t("Opening undone"),
            undo_close: _t("Closing undone"),
        };
        this.sessionId = this.props.action.context.active_id;
        const key = `${MEMORY}.${this.sessionId}.${user.userId}`;
        this.cacheKey = `${key}.cache`;
        this.seenKey = `${key}.seen`;
        this.queue = new MeetingQueue(`${key}.queue`);
        this.state = useState({
            meeting: null,
            pending: this.queue.operations,
            sync: "saved",
            itemId: null,
            tab: "members",
            refused: [], // those that the server could not even keep
            seen: JSON.parse(browser.localStorage.getItem(this.seenKey) || "[]"),
            problem: "",
        });
        this.sync = new MeetingSync({
            queue: this.queue,
            call: (method, args) => this.call(method, args),
            onMeeting: (meeting, results) => this.receive(meeting, results),
            onState: (sync) => Object.assign(this.state, {sync}),
        });
        for (const name of ["onOperation", "onText", "move"]) {
            this[name] = this[name].bind(this);
        }
        useSetupAction({beforeLeave: () => this.warn()});
        onWillStart(() => this.load());
    }

    call(method, args) {
        return this.orm.silent.call("commune.session", method, [[this.sessionId], ...args]);
    }

    /** Without network the screen opens on what it showed last. */
    async load() {
        try {
            this.receive(await this.call("get_meeting", []), []);
        } catch (error) {
            const cache = browser.localStorage.getItem(this.cacheKey);
            if (!(error instanceof ConnectionLostError) || !cache) {
                throw error;
            }
            this.state.meeting = JSON.parse(cache);
            this.state.sync = "offline";
        }
    }

    receive(meeting, results) {
        const sent = this.state.pending;
        this.state.meeting = meeting;
        this.state.pending = this.queue.operations;
        const setAside = new Set(meeting.set_aside.map(({uid}) => uid));
        for (const {uid, outcome, message} of results) {
            const {value, text} = sent.find((pending) => pending.uid === uid) || {};
            if (outcome === "refused" && !setAside.has(uid)) {
                this.state.refused.push({uid, message, text: value || text || ""});
            }
        }
        this.remember(meeting);
    }

    /** The names of the members do not stay on the device once the minutes are out. */
    remember(meeting) {
        try {
            if (meeting.session.is_noting) {
                browser.localStorage.setItem(this.cacheKey, JSON.stringify(meeting));
            } else {
                browser.localStorage.removeItem(this.cacheKey);
            }
        } catch {
            // The device refuses storage: the state of the queue shows it.
        }
    }

    warn() {
        if (this.queue.operations.length) {
            this.notification.add(
                _t("Some entries wait on this device: open this screen again to send them."),
                {type: "warning", sticky: true}
            );
        }
    }

    // operations

    onOperation(kind, values = {}) {
        this.queue.add(kind, values);
        this.state.pending = this.queue.operations;
        this.sync.plan(0);
    }

    onText(target, base, value) {
        this.queue.addText(target, base, value);
        this.state.pending = this.queue.operations;
        this.sync.plan();
    }

    /** Before its day, it is asked first: the members cannot answer any more once it is open. */
    openSession() {
        const {day, is_before_day} = this.state.meeting.session;
        if (!is_before_day) {
            this.onOperation("open");
            return;
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Open the session before its day?"),
            body: _t(
                "This session is on %s. Once it is open, the members do not answer by their link any more. The opening may be undone until something is noted.",
                day
            ),
            confirmLabel: _t("Open it now"),
            confirm: () => this.onOperation("open"),
            cancel: () => {},
        });
    }

    closeSession() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Close the session"),
            body: _t(
                "The session is closed now. Notes may still be written until the minutes are sent."
            ),
            confirmLabel: _t("Close the session"),
            confirm: () => this.onOperation("close"),
            cancel: () => {},
        });
    }

    openSheet() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "commune.session",
            res_id: this.sessionId,
            views: [[false, "form"]],
        });
    }

    forget(uid) {
        this.state.refused = this.state.refused.filter((refused) => refused.uid !== uid);
        this.state.seen.push(uid);
        try {
            browser.localStorage.setItem(this.seenKey, JSON.stringify(this.state.seen));
        } catch {
            // It is shown again after a reload.
        }
    }

    /** What does not count, with its reason, until somebody has seen it on this device. */
    getSetAside({set_aside = [], session}) {
        const seen = new Set(this.state.seen);
        const setAside = set_aside.map(({uid, kind, name, text, noted_at, message}) => {
            const hour = formatHour(noted_at, session.zone);
            const what = [this.labels[kind], name].filter(Boolean).join(" – ");
            const line = {what, hour, message};
            return {
                uid,
                text,
                message: what ? _t("%(what)s (%(hour)s): %(message)s", line) : message,
            };
        });
        return [...setAside, ...this.state.refused].filter(({uid}) => !seen.has(uid));
    }

    // what is shown

    get shown() {
        return withPending(this.state.meeting, this.state.pending);
    }

    isReadonly({session}) {
        return !session.is_noting;
    }

    getQuorum(meeting) {
        const {present, remote, proxies, required} = countQuorum(meeting);
        const parts = [];
        if (remote) {
            parts.push(remote > 1 ? _t("%s by video", remote) : _t("1 by video"));
        }
        if (proxies) {
            parts.push(proxies > 1 ? _t("%s proxies", proxies) : _t("1 proxy"));
        }
        const missing = required - present;
        let label = _t("No quorum asked for");
        if (required) {
            label =
                missing > 0
                    ? _t("Quorum %s: not reached", required)
                    : _t("Quorum %s: reached", required);
        }
        return {present, label, details: parts.join(" · "), isReached: missing <= 0, required};
    }

    /** Warning of a council that decides without its quorum; empty otherwise. */
    getNoQuorum({session}, {isReached}) {
        return session.opened_at && session.is_noting && !isReached ? session.no_quorum || "" : "";
    }

    get syncLabel() {
        const {length} = this.state.pending;
        if (length) {
            return length > 1 ? _t("%s entries to send", length) : _t("1 entry to send");
        }
        return this.state.sync === "offline" ? _t("No network") : _t("Everything is saved");
    }

    get syncHelp() {
        if (!this.queue.isKept) {
            return _t("This device keeps nothing: do not close this page before it is sent.");
        }
        const helps = {
            offline: _t("No network: go on, everything is kept on this device."),
            error: _t(
                "The server does not take them yet: go on, everything is kept on this device. If you were logged out, log in again in another tab."
            ),
        };
        return helps[this.state.sync] || "";
    }

    getHours({session}) {
        const parts = [];
        if (session.opened_at) {
            parts.push(_t("opened at %s", formatHour(session.opened_at, session.zone)));
        }
        if (session.closed_at) {
            parts.push(_t("closed at %s", formatHour(session.closed_at, session.zone)));
        }
        return [session.day, ...(parts.length ? parts : [session.hour])].join(" · ");
    }

    // items

    getItem({items}) {
        return (
            items.find(({id}) => id === this.state.itemId) ||
            items.find(({state}) => state === "kept") ||
            items.at(-1)
        );
    }

    getMark({state}) {
        return {treated: "fa-check", postponed: "fa-share"}[state] || "";
    }

    move(itemId, step) {
        const {items} = this.shown;
        const index = items.findIndex(({id}) => id === itemId);
        this.choose(items[Math.min(Math.max(index + step, 0), items.length - 1)]);
    }

    choose(item) {
        this.state.itemId = item.id;
    }
}

registry.category("actions").add("commune_relations.meeting_screen", MeetingScreen);
