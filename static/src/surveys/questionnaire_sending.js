import {SurveyForm} from "@survey/interactions/survey_form";
import {patch} from "@web/core/utils/patch";

/** Answering for a commune: the last page is sent by its button, without a box that asks again. */
patch(SurveyForm.prototype, {
    onSubmit(ev) {
        const ours = document.querySelector(".o_commune_survey_head");
        if (ours && ev.currentTarget.value === "finish" && !this.options.sessionInProgress) {
            ev.preventDefault();
            return this.submitForm({isFinish: true});
        }
        return super.onSubmit(ev);
    },
});
