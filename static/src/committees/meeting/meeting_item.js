import {Component, useState} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {MeetingText} from "./meeting_text";
import {formatHour} from "./meeting_rules";

/** One item of the agenda: notes, what came out of it, decisions. */
export class MeetingItem extends Component {
    static template = "commune_relations.MeetingItem";
    static components = {MeetingText};
    static props = {
        item: Object,
        rank: Number,
        count: Number,
        decisions: Array,
        conflicts: Array,
        people: Array,
        required: Number, // quorum
        noQuorum: String, // legal notice of a council without quorum
        isAdvisory: {type: Boolean, optional: true}, // opinions, no decision
        isCouncil: {type: Boolean, optional: true}, // its minutes are official
        zone: String,
        isReadonly: Boolean,
        onText: Function,
        onOperation: Function,
        onMove: Function,
    };

    setup() {
        this.dialog = useService("dialog");
        this.state = useState({decision: ""});
        this.labels = {
            ...this.getWords(),
            next: _t("Treated, next item"),
            last: _t("Treated"),
        };
    }

    /** How the minutes are called, and who decides. */
    getWords() {
        if (this.props.isCouncil) {
            return {
                notes: _t("Notes (first draft of the official minutes)"),
                outcome: _t("What came out of it (in the official minutes)"),
                decides: _t("The council decides…"),
            };
        }
        return {
            notes: _t("Notes (first draft of the minutes)"),
            outcome: _t("What came out of it (in the minutes)"),
            decides: this.props.isAdvisory
                ? _t("The committee’s opinion is…")
                : _t("The committee decides…"),
        };
    }

    get position() {
        return _t("Item %(rank)s of %(count)s", {rank: this.props.rank, count: this.props.count});
    }

    get facts() {
        const {kind, rapporteur, duration} = this.props.item;
        const minutes = duration ? _t("%s min", duration) : "";
        return [kind, rapporteur, minutes].filter(Boolean).join(" · ");
    }

    refer(decision) {
        return decision.uid ? {decision_uid: decision.uid} : {decision: decision.id};
    }

    getDecisionLabel(decision) {
        const {number} = decision;
        if (this.props.isAdvisory) {
            return number ? _t("Opinion %s", number) : _t("New opinion");
        }
        return number ? _t("Decision %s", number) : _t("New decision");
    }

    /** How many were there at that moment, where a quorum is asked for. */
    getPresent({present}) {
        const {required} = this.props;
        if (!required || present === false || present === undefined) {
            return "";
        }
        const values = {present, required};
        return present >= required
            ? _t("%(present)s there when it was noted (quorum %(required)s: reached)", values)
            : _t("%(present)s there when it was noted (quorum %(required)s: not reached)", values);
    }

    // texts

    writeItem(field, base, value) {
        this.props.onText({target: "item", field, item: this.props.item.id}, base, value);
    }

    writeDecision(decision, base, value) {
        if (value.trim()) {
            const target = {target: "decision", field: "text", ...this.refer(decision)};
            this.props.onText(target, base, value);
        }
    }

    /** Without its quorum a council decides nothing: it is asked, for a presence may be missing. */
    askDecision() {
        if (!this.props.noQuorum) {
            this.addDecision();
            return;
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Note a decision without the quorum?"),
            body: this.props.noQuorum,
            confirmLabel: _t("Note it all the same"),
            confirm: () => this.addDecision(),
            cancel: () => {},
        });
    }

    addDecision() {
        const text = this.state.decision.trim();
        if (text) {
            this.props.onOperation("decision", {item: this.props.item.id, text});
            this.state.decision = "";
        }
    }

    setOwner(decision, ev) {
        const owner = Number(ev.target.value) || false;
        this.props.onOperation("decision_values", {...this.refer(decision), owner});
    }

    setDeadline(decision, ev) {
        const deadline = ev.target.value;
        this.props.onOperation("decision_values", {...this.refer(decision), deadline});
    }

    setState(state) {
        this.props.onOperation("item", {item: this.props.item.id, state});
    }

    move(step) {
        this.props.onMove(this.props.item.id, step);
    }

    /** Treated, then the next one. */
    finish() {
        if (this.props.item.state === "kept") {
            this.setState("treated");
        }
        this.move(1);
    }

    // two texts

    getConflictTitle({field, target}) {
        if (target === "decision") {
            return _t("Two texts for this decision");
        }
        return field === "notes" ? _t("Two texts for the notes") : _t("Two texts for the outcome");
    }

    getConflictAuthor({author, noted_at}) {
        return _t("%(author)s, at %(hour)s", {
            author,
            hour: formatHour(noted_at, this.props.zone),
        });
    }

    getCurrent({target, field, decision}) {
        const record =
            target === "item"
                ? this.props.item
                : this.props.decisions.find(({id}) => id === decision);
        return record?.[field] || "";
    }

    settle(conflict, choice) {
        const current = this.getCurrent(conflict);
        const values = {
            saved: current,
            other: conflict.value,
            both: [current, conflict.value].filter(Boolean).join("\n"),
        };
        const {target, field} = conflict;
        const reference = target === "item" ? {item: conflict.item} : {decision: conflict.decision};
        this.props.onOperation("text", {
            target,
            field,
            ...reference,
            base: current,
            value: values[choice],
            settles: conflict.uid,
        });
    }
}
