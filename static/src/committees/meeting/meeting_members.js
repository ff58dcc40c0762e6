import {Component, useState} from "@odoo/owl";
import {normalize} from "@web/core/l10n/utils";
import {_t} from "@web/core/l10n/translation";
import {formatHour} from "./meeting_rules";

/** Attendance of the members: arrivals and departures. */
export class MeetingMembers extends Component {
    static template = "commune_relations.MeetingMembers";
    static props = {
        members: Array,
        zone: String,
        isReadonly: Boolean,
        isClosed: Boolean, // nobody comes or goes any more; a mistake is still put right
        hasVideo: Boolean, // whether a member may attend by video
        onOperation: Function,
    };

    setup() {
        this.state = useState({text: "", filter: "all"});
        this.labels = {
            remote: _t("By video"),
            room: _t("In the room"),
            mistake: _t("Ticked by mistake"),
        };
    }

    get filters() {
        const there = this.props.members.filter(({mode}) => mode).length;
        const {length} = this.props.members;
        return [
            {name: "all", label: _t("All (%s)", length)},
            {name: "there", label: _t("There (%s)", there)},
            {name: "missing", label: _t("Not there (%s)", length - there)},
        ];
    }

    /** [college, members], in the order of the names. */
    get groups() {
        const wanted = normalize(this.state.text.trim());
        const {filter} = this.state;
        const groups = new Map();
        for (const member of this.props.members) {
            const words = normalize(`${member.name} ${member.commune}`);
            const shown = filter === "all" || Boolean(member.mode) === (filter === "there");
            if (shown && words.includes(wanted)) {
                const college = member.college || this.getRole(member);
                groups.set(college, [...(groups.get(college) || []), member]);
            }
        }
        return [...groups].map(([college, members]) => ({
            college,
            members: members.sort((a, b) => a.order.localeCompare(b.order)),
        }));
    }

    getRole({role, voting}) {
        if (role === "deputy") {
            return _t("Deputies");
        }
        return role === "guest" || !voting ? _t("Guests") : _t("Members");
    }

    getDescription({title, commune}) {
        return [title, title.includes(commune) ? "" : commune].filter(Boolean).join(", ");
    }

    /** What was answered, until the member is seen. */
    getAnswer(member) {
        if (member.answer === "proxy") {
            const holder = this.props.members.find(({id}) => id === member.proxy_to);
            return _t("Proxy to %s", holder?.name || "");
        }
        if (member.answer === "represented") {
            return _t("Represented by %s", member.represented_by);
        }
        const answers = {
            present: _t("Said: present"),
            remote: _t("Said: by video"),
            excused: _t("Excused"),
        };
        return answers[member.answer] || "";
    }

    getProxies(member) {
        return this.props.members
            .filter(({proxy_to, answer, mode}) => proxy_to === member.id && answer && !mode)
            .map(({name}) => name)
            .join(", ");
    }

    getPresence(member) {
        const last = member.presences.at(-1);
        if (!last) {
            return "";
        }
        if (last.left_at) {
            return _t("Left at %s", formatHour(last.left_at, this.props.zone));
        }
        const hour = formatHour(last.arrived_at, this.props.zone);
        return last.mode === "remote" ? _t("By video since %s", hour) : _t("There since %s", hour);
    }

    /** Who is there by video where nobody may be, noted before, is brought back into the room. */
    canSwitch({mode}) {
        return !this.props.isClosed && (this.props.hasVideo || mode === "remote");
    }

    arrive(member, mode) {
        this.props.onOperation("arrive", {attendance: member.id, mode});
    }

    leave(member) {
        this.props.onOperation("leave", {attendance: member.id});
    }

    takeBack(member) {
        this.props.onOperation("absent", {attendance: member.id});
    }
}
