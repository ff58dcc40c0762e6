/**
 * A directory that is drawn apart: whoever asked sees its pages come and has the file at the end, or
 * closes the window and is told by a message.
 */
import {reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {PrintProgress} from "@commune_relations/core/print_progress/print_progress";

const MODEL = "commune.directory.export";
const FIELDS = ["state", "page", "page_total", "message"];
const LOOK = 1500; // ms between two looks

const pause = () => new Promise((resolve) => browser.setTimeout(resolve, LOOK));

export async function followPaper(env, {params}) {
    const {action, dialog, notification, orm} = env.services;
    const progress = reactive({page: 0, total: 0, done: 0});
    let isLeft = false;
    await action.doAction({type: "ir.actions.act_window_close"});
    const close = dialog.add(
        PrintProgress,
        {title: params.title, progress, isInBackground: true},
        {onClose: () => (isLeft = true)}
    );
    let paper = {state: "running"};
    while (paper.state === "running" && !isLeft) {
        await pause();
        [paper] = await orm.silent.read(MODEL, [params.id], FIELDS);
        Object.assign(progress, {page: paper.page, total: paper.page_total});
    }
    if (isLeft) {
        return;
    }
    close();
    if (paper.state === "ready") {
        const {url} = await orm.call(MODEL, "action_download", [[params.id]]);
        await download({url, data: {}});
    } else {
        notification.add(paper.message, {type: "danger", sticky: true});
        await action.doAction({
            type: "ir.actions.act_window",
            name: _t("My directories"),
            res_model: MODEL,
            res_id: params.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("commune_follow_paper", followPaper);
