"""What those who were present think of it: at once, and once they are back at work."""

from datetime import timedelta

from odoo import api, fields, models

from ...core.pillar import when_used
from ...territory.reference_epci.local_time import at_local_time

HOT_DAYS = 1
# Field that keeps an answer: name of its place in a letter.
SURVEY_PLACES = {"hot_input_id": "hot-survey", "cold_input_id": "cold-survey"}


class EventEvent(models.Model):
    _inherit = "event.event"

    hot_survey_id = fields.Many2one(
        "survey.survey", string="Survey at once", index="btree_not_null", help="The day after."
    )
    cold_survey_id = fields.Many2one("survey.survey", string="Survey later", index="btree_not_null")
    cold_survey_days = fields.Integer(string="Days until the second survey", default=90)
    hot_survey_sent = fields.Boolean(readonly=True, copy=False)
    cold_survey_sent = fields.Boolean(readonly=True, copy=False)
    _cold_survey_days_check = models.Constraint(
        "CHECK(cold_survey_days > 0)", "A number of days is positive."
    )

    @api.model
    @when_used("network")
    @at_local_time
    def _cron_send_surveys(self):
        """Every morning: the surveys whose day has come, once each, to those present."""
        now = fields.Datetime.now()
        past = self.search(
            [
                ("kind", "!=", False),
                ("kanban_state", "!=", "cancel"),
                ("date_end", "<", now - timedelta(days=HOT_DAYS)),
                "|",
                "&",
                ("hot_survey_id", "!=", False),
                ("hot_survey_sent", "=", False),
                "&",
                ("cold_survey_id", "!=", False),
                ("cold_survey_sent", "=", False),
            ]
        )
        for event in past:
            if event.hot_survey_id and not event.hot_survey_sent:
                event.hot_survey_sent = True
                event._send_survey(event.hot_survey_id, "hot_input_id")
            later = event.date_end + timedelta(days=event.cold_survey_days)
            if event.cold_survey_id and not event.cold_survey_sent and later < now:
                event.cold_survey_sent = True
                event._send_survey(event.cold_survey_id, "cold_input_id")

    def _send_survey(self, survey, name):
        """:param name: field of the registration that keeps the answer of the person"""
        self.ensure_one()
        present = self.registration_ids.filtered(
            lambda r: r.attended_half_days and r.attendee_partner_id.email_normalized
        )
        for registration in present:
            registration[name] = survey.sudo()._create_answer(
                partner=registration.attendee_partner_id, check_attempts=False
            )
        present.with_context(survey_field=name)._send_letters("mail_template_event_survey")


class EventRegistration(models.Model):
    _inherit = "event.registration"

    hot_input_id = fields.Many2one(
        "survey.user_input",
        string="Answer at once",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    cold_input_id = fields.Many2one(
        "survey.user_input",
        string="Answer later",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    def _get_survey_url(self):
        """Personal link to the survey page, written in the letter."""
        name = self.env.context.get("survey_field")
        return self._get_link_place(SURVEY_PLACES[name]) if name in SURVEY_PLACES else ""

    def _get_secret_address(self, name, person, email):
        field = next((field for field, place in SURVEY_PLACES.items() if place == name), None)
        answer = field and self[field]
        if not answer or person != answer.partner_id:
            return ""
        return f"{self.get_base_url()}{answer.get_start_url()}"


class SurveySurvey(models.Model):
    _inherit = "survey.survey"

    # Read by record rules: what the organisation asks is not for every user of surveys to change.
    hot_event_ids = fields.One2many(
        "event.event",
        "hot_survey_id",
        string="Events, survey at once",
        context={"active_test": False},
        groups="base.group_system",
    )
    cold_event_ids = fields.One2many(
        "event.event",
        "cold_survey_id",
        string="Events, survey later",
        context={"active_test": False},
        groups="base.group_system",
    )

    def _uses_organisation_pages(self, answer=None):
        """Whether a page of this questionnaire has the organisation's layout.

        :param answer: answer shown on the page: it decides, unless it is a test entry
        """
        if answer and not answer.test_entry:
            return answer.is_of_commune and bool(self.env.company.epci_id)
        return bool(self.env.company.epci_id) and self._is_asked_by_organisation()

    def _is_asked_by_organisation(self):
        """Whether the addon asks this questionnaire: here at an event; other pillars extend it."""
        asked = self.sudo()
        return bool(asked.hot_event_ids or asked.cold_event_ids)
