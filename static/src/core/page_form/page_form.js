/** Form that opens on the notebook page named in its context, for buttons that lead to one. */
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {onMounted} from "@odoo/owl";
import {registry} from "@web/core/registry";

export class PageFormController extends FormController {
    setup() {
        super.setup();
        onMounted(() => {
            const {context, state} = this.props;
            // On return, the user finds the page that was open.
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
