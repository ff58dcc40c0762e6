import {registry} from "@web/core/registry";
import {ControllerNotFoundError} from "@web/webclient/actions/action_service";

/** Back to the page that one comes from; opened by its address, the record given takes its place. */
async function back(env, {params}) {
    try {
        await env.services.action.restore();
    } catch (error) {
        if (!(error instanceof ControllerNotFoundError)) {
            throw error;
        }
        await env.services.action.doAction(params.record, {clearBreadcrumbs: true});
    }
}

registry.category("actions").add("commune_relations.back", back);
