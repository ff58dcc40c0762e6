import {SurveyForm} from "@survey/interactions/survey_form";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

/** A survey of the house: the last page is sent by its button, without a box that asks again; the
 * button keeps its words and its colour when an answer opens or closes a page behind it. */
patch(SurveyForm.prototype, {
    usesOrganisationPages() {
        // Set by the colours of the house: see _get_organisation_style.
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
