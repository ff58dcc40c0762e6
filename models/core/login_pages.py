"""Login and password pages with the organisation's branding.

They load neither the scripts nor the style sheets of Odoo's portal (2.5 MB before compression): a
form is usable as soon as the page is there, on a slow line too, and without JavaScript. Another
company of the same Odoo keeps its own; so does an Odoo whose website or captcha lives in these
pages.
"""

from urllib.parse import quote

from markupsafe import escape

from odoo import models

from ...engine import contrast
from ...engine.text.initials import get_initials
from .request_guard import FOREIGN_SCRIPTS

# The page itself, and the boxes that Odoo opens over it (the password, asked again).
PAGE_AREAS = ":is(#wrapwrap main,.o-overlay-container .o_dialog)"


class ResCompany(models.Model):
    _inherit = "res.company"

    def _has_login_pages(self):
        """Whether the login pages bear the branding: the company is a set-up EPCI."""
        return bool(self._get_epci()) and not FOREIGN_SCRIPTS & self.env.registry._init_modules

    def _get_initials(self):
        """Initials in place of a logo: `EM` for “Eurométropole de Metz”."""
        return get_initials(self._get_organisation_name())

    def _get_layout_style(self):
        """The colours of the head and the foot of a page, as style of an element."""
        colors = self._get_document_colors()
        return f"--organisation: {colors['primary']}; --tint: {colors['tint']};"

    def _get_organisation_style(self):
        """Colours of the organisation for its portal pages, as variables of Odoo's style sheet.

        The header and the footer of a web site keep their own colours.
        """
        colors = self._get_document_colors()
        main, tint = colors["primary"], colors["tint"]
        states = ("", "hover-", "active-", "disabled-")
        full = "".join(f"--btn-{s}bg:{main};--btn-{s}border-color:{main};" for s in states)
        line = "".join(f"--btn-{s}color:{main};--btn-{s}border-color:{main};" for s in states)
        line += f"--btn-bg:#ffffff;--btn-hover-bg:{tint};--btn-active-bg:{tint};"
        link = ",".join(str(channel) for channel in contrast.channels(main))
        return (
            f"{PAGE_AREAS}{{--organisation:{main};--primary-rgb:{link};--link-color:{main};"
            f"--link-hover-color:{main};--link-color-rgb:{link};--link-hover-color-rgb:{link};}}"
            f"{PAGE_AREAS} .btn-primary{{{full}}}"
            f"{PAGE_AREAS} :is(.btn-secondary,.btn-outline-primary,"
            f".o_commune_security .btn-light){{{line}}}"
            f"{PAGE_AREAS} .btn-link{{--btn-color:{main};--btn-hover-color:{main};"
            f"--btn-active-color:{main};}}"
            f"#wrapwrap main .form-check-input:is(:checked,[type=checkbox]:indeterminate)"
            f"{{background-color:{main};border-color:{main};}}"
            f"#wrapwrap main .progress{{--progress-bar-bg:{main};}}"
            f"#wrapwrap main .nav{{--nav-link-color:{main};--nav-link-hover-color:{main};"
            f"--nav-pills-link-active-bg:{main};}}"
            f"#wrapwrap main .pagination{{--pagination-color:{main};"
            f"--pagination-hover-color:{main};--pagination-focus-color:{main};"
            f"--pagination-active-bg:{main};--pagination-active-border-color:{main};}}"
            + self._get_questionnaire_style(main, tint)
        )

    def _get_questionnaire_style(self, main, tint):
        """Choices and matrices of a survey: Odoo writes its own colour into each of them."""
        form = "#wrapwrap main .o_survey_form"
        return (
            f"{form} .o_survey_choice_btn{{color:{main};background-color:#ffffff;"
            f"box-shadow:{main} 0 0 0 1px;}}"
            f"{form} .o_survey_choice_btn:is(:hover,.o_survey_selected)"
            f"{{background-color:{tint};}}"
            f"{form} .o_survey_choice_btn.o_survey_selected{{box-shadow:{main} 0 0 0 2px;}}"
            f"{form} .breadcrumb a{{color:{main}!important;}}"
            f"{form} .o_survey_question_matrix th{{background-color:{main};}}"
            f"{form} .o_survey_question_matrix td{{background-color:{tint};}}"
            f"#wrapwrap .o_survey_progress .progress-bar{{background-color:{main}!important;}}"
            f"{form} :is(.o_survey_question_text_box,.o_survey_question_date,"
            f".o_survey_question_datetime,.o_survey_question_numerical_box)"
            f"{{border-bottom-color:{main};}}"
        )

    def _get_icon(self):
        """The icon of a tab: the initials on the colour of the organisation, without a request
        more."""
        color = self._get_document_colors()["primary"]
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
            f'<rect width="32" height="32" rx="5" fill="{color}"/>'
            '<text x="16" y="22" font-family="sans-serif" font-size="16" font-weight="700"'
            f' fill="#ffffff" text-anchor="middle">{escape(self._get_initials())}</text></svg>'
        )
        return "data:image/svg+xml," + quote(drawing)
