/**
 * The session as it will be once what waits on the device is sent, and its quorum. Plain
 * functions on what `commune.session.get_meeting` returns.
 */
import {deserializeDateTime} from "@web/core/l10n/dates";
import {user} from "@web/core/user";

const SERVER_FORMAT = "yyyy-MM-dd HH:mm:ss";
const {DateTime} = luxon;

function toServerTime(milliseconds) {
    return DateTime.fromMillis(milliseconds, {zone: "utc"}).toFormat(SERVER_FORMAT);
}

const handlers = {
    open({session}, {at}) {
        if (session.state === "convened") {
            Object.assign(session, {
                state: "held",
                opened_at: toServerTime(at),
                can_undo_opening: true,
            });
        }
    },
    close({session}, {at}) {
        session.closed_at ||= toServerTime(at);
    },
    undo_open({session}) {
        Object.assign(session, {state: "convened", opened_at: ""});
    },
    undo_close({session}) {
        session.closed_at = "";
    },
    arrive({members}, {attendance, mode, at}) {
        const member = members.find(({id}) => id === attendance);
        if (!member || member.mode === mode) {
            return;
        }
        endPresence(member, at);
        member.mode = mode;
        member.presences.push({arrived_at: toServerTime(at), left_at: "", mode});
    },
    leave({members}, {attendance, at}) {
        const member = members.find(({id}) => id === attendance);
        if (member) {
            endPresence(member, at);
            member.mode = "";
        }
    },
    absent({members}, {attendance}) {
        const member = members.find(({id}) => id === attendance);
        if (member) {
            member.presences = member.presences.filter(({left_at}) => left_at);
            member.mode = "";
        }
    },
    item({items}, {item, state}) {
        const found = items.find(({id}) => id === item);
        if (found) {
            found.state = state;
        }
    },
    text(meeting, operation) {
        const record = findTarget(meeting, operation);
        if (record) {
            record[operation.field] = operation.value;
        }
        meeting.conflicts = meeting.conflicts.filter(({uid}) => uid !== operation.settles);
    },
    decision({decisions}, {uid, item, text, owner, deadline}) {
        if (!decisions.some((decision) => decision.uid === uid)) {
            decisions.push({
                id: false,
                uid,
                item,
                number: "",
                text,
                owner: owner || false,
                deadline: deadline || "",
            });
        }
    },
    decision_values(meeting, operation) {
        const decision = findTarget(meeting, {...operation, target: "decision"});
        for (const name of ["owner", "deadline"]) {
            if (decision && name in operation) {
                decision[name] = operation[name];
            }
        }
    },
};

function endPresence(member, at) {
    for (const presence of member.presences) {
        presence.left_at ||= toServerTime(at);
    }
}

function findTarget({items, decisions}, {target, item, decision, decision_uid}) {
    if (target === "item") {
        return items.find(({id}) => id === item);
    }
    return decisions.find(({id, uid}) => (decision_uid ? uid === decision_uid : id === decision));
}

/** What the screen shows: the session of the server, then what waits on the device. */
export function withPending(meeting, operations) {
    const shown = JSON.parse(JSON.stringify(meeting));
    for (const operation of operations) {
        shown.session.can_undo_opening &&= operation.kind === "open";
        handlers[operation.kind]?.(shown, operation);
    }
    return shown;
}

/**
 * As `_compute_quorum` of commune.session counts it. Proxies never count for it.
 * @returns {{present: number, remote: number, proxies: number, required: number}}
 */
export function countQuorum({session, members}) {
    const seated = members.filter(({mode, voting}) => mode && voting);
    const taken = new Set(members.filter(({mode}) => mode).map(({id}) => id));
    for (const deputy of members.filter(({mode, voting}) => mode && !voting)) {
        const titular = members.find(({id}) => id === deputy.titular);
        if (titular?.voting && !taken.has(titular.id)) {
            taken.add(titular.id); // one deputy for one seat
            seated.push(deputy);
        }
    }
    const ids = new Set(seated.map(({id}) => id));
    const remote = seated.filter(({mode}) => mode === "remote").length;
    return {
        present: session.remote_counts ? seated.length : seated.length - remote,
        remote,
        proxies: members.filter(
            ({id, voting, answer, proxy_to}) =>
                voting && !ids.has(id) && answer === "proxy" && ids.has(proxy_to)
        ).length,
        required: session.quorum_required,
    };
}

/** `17 h 32`, or the format of the user's language, in the time zone of the session. */
export function formatHour(text, zone) {
    if (!text) {
        return "";
    }
    const moment = deserializeDateTime(text).setZone(zone);
    return user.lang.startsWith("fr")
        ? moment.toFormat(moment.minute ? "H'\u00a0h\u00a0'mm" : "H'\u00a0h'")
        : moment.setLocale(user.lang).toLocaleString(DateTime.TIME_SIMPLE);
}
