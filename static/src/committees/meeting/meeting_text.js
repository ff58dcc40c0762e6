import {Component, onMounted, onPatched, useRef} from "@odoo/owl";

/** Text typed in session, sent with the text it replaces: two tablets then lose nothing. */
export class MeetingText extends Component {
    static template = "commune_relations.MeetingText";
    static props = {
        label: String,
        value: String,
        placeholder: {type: String, optional: true},
        rows: {type: Number, optional: true},
        isReadonly: {type: Boolean, optional: true},
        name: String,
        onInput: Function,
    };

    setup() {
        this.input = useRef("input");
        const keep = () => {
            this.base = this.props.value;
            this.grow();
        };
        onMounted(keep);
        onPatched(keep);
    }

    /** As high as its text: a thumb does not scroll a box within the page. */
    grow() {
        const {el} = this.input;
        el.style.height = "auto";
        el.style.height = `${el.scrollHeight + 2}px`;
    }

    onInput() {
        const {value} = this.input.el;
        this.props.onInput(this.base, value);
        this.base = value;
    }
}
