/** A form that opens on the page named by its context, so that a button leads where it says. */
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {onMounted} from "@odoo/owl";
import {registry} from "@web/core/registry";

export class PageFormController extends FormController {
    setup() {
        super.setup();
        onMounted(() => {
            const {context, state} = this.props;
            // Whoever comes back finds the page that was left.
            if (context.commune_page && !state?.activeNotebookPages) {
                const heads = [
                    ...this.rootRef.el.querySelectorAll(".o_notebook_headers .nav-link"),
                ];
                heads.find((head) => head.getAttribute("name") === context.commune_page)?.click();
            }
        });
    }
}

registry.category("views").add("commune_page_form", {...formView, Controller: PageFormController});
