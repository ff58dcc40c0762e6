import {SurveyForm} from "@survey/interactions/survey_form";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

/** Survey of the organisation: the last page is sent without a confirmation dialogue; the button
 * keeps its label and colour when an answer opens or closes a later page. */
patch(SurveyForm.prototype, {
    usesOrganisationPages() {
        // Set by the organisation's branding: see _get_organisation_style.
        return Boolean(getComputedStyle(this.el).getPropertyValue("--organisation"));
    },

    onSubmit(ev) {
        const isLast = ev.currentTarget.value === "finish";
        if (isLast && this.usesOrganisationPages() && !this.options.sessionInProgress) {
            ev.preventDefault();
            return this.submitForm({isFinish: true});
        }
        return super.onSubmit(ev);
    },

    onChoiceItemChange(ev) {
        const done = super.onChoiceItemChange(ev);
        const button = this.el.querySelector("button[type=submit][value=finish]");
        if (button && this.usesOrganisationPages()) {
            button.textContent = _t("Send");
            button.classList.replace("btn-secondary", "btn-primary");
        }
        return done;
    },
});
