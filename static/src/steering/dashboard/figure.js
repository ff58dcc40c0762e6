import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** One figure: its value opens the list that makes it; its definition is one press away. */
export class SteeringFigure extends Component {
    static template = "commune_relations.SteeringFigure";
    static props = {figure: Object, onOpen: Function};

    setup() {
        this.state = useState({shown: false});
    }

    get opens() {
        const {figure} = this.props;
        return Boolean(figure.model) && figure.value !== null;
    }

    /** A share of which nothing is a part still opens the whole. */
    get opensWhole() {
        return this.opens && Boolean(this.props.figure.whole_count);
    }

    get beforeText() {
        const {is_today, before_text} = this.props.figure;
        return is_today ? _t("today") : _t("before: %s", before_text);
    }

    get openTitle() {
        const {figure} = this.props;
        return _t("%(label)s, %(value)s: open the list", {
            label: figure.label,
            value: figure.text,
        });
    }

    get defineTitle() {
        return _t("Definition of “%s”", this.props.figure.label);
    }

    get trendClass() {
        return {better: "o_st_better", worse: "o_st_worse"}[this.props.figure.trend] || "";
    }

    /** Accessibility: a colour alone would not show whether the change is an improvement. */
    get changeText() {
        const {change_text, trend} = this.props.figure;
        const words = {better: _t("%s, better"), worse: _t("%s, less good")};
        return trend ? words[trend].replace("%s", change_text) : change_text;
    }
}
