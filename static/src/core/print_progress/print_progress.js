/**
 * Progress of printing: the user sees how far it is, and may go on with something else. Several
 * documents are rendered in steps, “8 of 19”; a single one shows the elapsed time.
 */
import {Component, onWillDestroy, reactive, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {download} from "@web/core/network/download";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {downloadReport} from "@web/webclient/actions/reports/utils";

const MODEL = "commune.print.run";
const SEVERAL = 5; // number of documents from which rendering is split into steps
const PATIENCE = 1500; // ms before a single document shows its progress
const WRITTEN = 95; // % of the pages from which the file is written, which is not counted

export class PrintProgress extends Component {
    static template = "commune_relations.PrintProgress";
    static components = {Dialog};
    static props = {
        title: String,
        progress: Object,
        isInBackground: {type: Boolean, optional: true},
        close: Function,
    };

    setup() {
        this.progress = useState(this.props.progress);
        this.labels = {
            stop: _t("Stop"),
            leave: this.props.isInBackground
                ? _t("Go on working: a message tells me when it is ready")
                : _t("Go on working: it arrives by itself"),
        };
        this.clock = useState({seconds: 0});
        const timer = browser.setInterval(() => this.clock.seconds++, 1000);
        onWillDestroy(() => browser.clearInterval(timer));
    }

    get percent() {
        const {done, page, total} = this.progress;
        if (this.props.isInBackground) {
            return total ? Math.min(WRITTEN, Math.round((100 * page) / total)) : 0;
        }
        return total ? Math.round((100 * done) / total) : 0;
    }

    get words() {
        const {done, page, total} = this.progress;
        if (this.props.isInBackground && this.percent >= WRITTEN) {
            return _t("The file is being written");
        }
        if (this.props.isInBackground && page) {
            return _t("Page %(page)s of some %(total)s", {page, total});
        }
        if (total && !this.props.isInBackground) {
            return _t("%(done)s of %(total)s documents", {done, total});
        }
        return _t("The document is being drawn: %s s", this.clock.seconds);
    }
}

/** The records to print, when each one is a document. */
function getDocuments({context = {}, data = {}}) {
    const isPlain = !Object.keys(data || {}).length;
    return data?.document_ids || (isPlain && context.active_ids) || [];
}

async function printBySteps(action, documents, env) {
    const orm = env.services.orm.silent;
    const context = {...user.context, ...action.context};
    const progress = reactive({done: 0, total: documents.length});
    let isStopped = false;
    const close = env.services.dialog.add(
        PrintProgress,
        {title: action.name || _t("Print"), progress},
        {onClose: () => (isStopped = true)}
    );
    try {
        const args = [action.report_name, documents, action.data || {}];
        let run = await orm.call(MODEL, "start", args, {context});
        while (run.done < run.total && !isStopped) {
            run = await orm.call(MODEL, "render_next", [[run.id]], {context});
            progress.done = run.done;
        }
        if (!isStopped) {
            const name = encodeURIComponent(`${action.name || "document"}.pdf`);
            const url = `/web/content/${MODEL}/${run.id}/content/${name}`;
            await download({url, data: {download: true}});
        }
    } finally {
        close();
    }
    return true;
}

async function printOne(action, env) {
    let close = () => {};
    const timer = browser.setTimeout(() => {
        const props = {title: action.name || _t("Print"), progress: {done: 0, total: 0}};
        close = env.services.dialog.add(PrintProgress, props);
    }, PATIENCE);
    try {
        const context = {...user.context, ...action.context};
        const {success} = await downloadReport(rpc, action, "pdf", context);
        return success;
    } finally {
        browser.clearTimeout(timer);
        close();
    }
}

export async function printOrganisationDocument(action, _options, env) {
    if (!action.is_organisation_document || action.report_type !== "qweb-pdf") {
        return false;
    }
    const documents = getDocuments(action);
    return documents.length >= SEVERAL
        ? printBySteps(action, documents, env)
        : printOne(action, env);
}

registry
    .category("ir.actions.report handlers")
    .add("commune_relations.print_organisation_document", printOrganisationDocument);
