import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Topics that the engine proposes: a press takes one, in the field named by the option `into`. */
export class WatchTopics extends Component {
    static template = "commune_relations.WatchTopics";
    static props = {...standardFieldProps, into: String};

    get chosen() {
        return this.props.record.data[this.props.into];
    }

    get proposed() {
        const taken = new Set(this.chosen.currentIds);
        const {records} = this.props.record.data[this.props.name];
        return records
            .filter((topic) => !taken.has(topic.resId))
            .map((topic) => ({id: topic.resId, name: topic.data.display_name}));
    }

    take(topic) {
        return this.chosen.addAndRemove({add: [topic.id]});
    }
}

registry.category("fields").add("commune_watch_topics", {
    component: WatchTopics,
    supportedTypes: ["many2many"],
    relatedFields: [{name: "display_name", type: "char"}],
    extractProps: ({options}) => ({into: options.into}),
});
