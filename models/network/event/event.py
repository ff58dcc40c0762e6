"""Events for the persons of the communes: trainings, meetings, visits, debriefs."""

from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import LazyTranslate

from ....engine.calendar.ics import Entry, calendar
from ...core.attach import CALENDAR, attach_files

_lt = LazyTranslate(__name__)

KINDS = [
    ("training", "Accredited training"),
    ("information", "Information meeting"),
    ("encounter", "Encounter"),
    ("visit", "Visit"),
    ("debrief", "Debrief after a council"),
]
NOON, AFTERNOON = 12.0, 14.0
DAY_START, DAY_END = 9.0, 17.0


class EventEvent(models.Model):
    _name = "event.event"
    _inherit = [
        "event.event",
        "commune.letter.document.mixin",
        "commune.dedicated.form.mixin",
        "commune.readonly.fields.mixin",
    ]
    _own_screen = "commune_event_action"
    _readonly_reason = _lt("What was sent to those present is noted by the sending.")
    _readonly_fields = frozenset({"cold_survey_sent", "hot_survey_sent", "thanked_date"})

    kind = fields.Selection(
        KINDS,
        index=True,
        tracking=True,
        help="Empty for an event that is not for the communes.",
    )
    half_day_ids = fields.One2many("commune.event.half.day", "event_id", string="Half-days")
    training_hours = fields.Float(
        string="Hours", compute="_compute_training_hours", store=True, help="Of all half-days."
    )
    body_id = fields.Many2one(
        "commune.training.body",
        string="Accredited body",
        ondelete="restrict",
        index="btree_not_null",
        help="Who trains; without an accreditation a training is an information meeting.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(help="What the event costs, all included: shared out in the tables.")
    commune_topic_ids = fields.Many2many("commune.topic", string="Topics")
    commune_quota = fields.Integer(
        string="Persons per commune", help="At most; 0 when there is no limit."
    )
    portal_scope = fields.Selection(
        [("invited", "Communes invited"), ("all", "All communes")],
        string="Shown on the portal to",
        default="invited",
        required=True,
    )
    thanks_text = fields.Html(string="Thanks", translate=True)
    document_ids = fields.Many2many(
        "ir.attachment",
        "commune_event_document_rel",
        string="Documents",
        help="Sent with the thanks to those who were present.",
        bypass_search_access=True,
    )
    # As a name is read in French, the language of the organisation.
    _found_idx = models.Index(
        "USING gin (commune_relations.fold(COALESCE(name->>'fr_FR', name->>'en_US')) gin_trgm_ops)"
    )
    _commune_quota_check = models.Constraint(
        "CHECK(commune_quota >= 0 AND cost >= 0)", "A quota and a cost cannot be negative."
    )

    @api.depends("half_day_ids.hours")
    def _compute_training_hours(self):
        for event in self:
            event.training_hours = sum(event.half_day_ids.mapped("hours"))

    @api.depends("event_type_id")
    def _compute_date_tz(self):
        """A person who has not chosen a time zone lives where the communes are."""
        chosen = self.filtered("date_tz")
        result = super()._compute_date_tz()
        for event in self - chosen:
            if event.kind and event.date_tz == "UTC" and not self.env.user.tz:
                event.date_tz = self.env.company._get_zone_name()
        return result

    @api.constrains("kind", "body_id", "date_begin")
    def _check_accredited_body(self):
        for event in self.filtered(lambda event: event.kind == "training"):
            body = event.body_id
            if not body:
                raise ValidationError(
                    self.env._("Say which accredited body gives the training “%s”.", event.name)
                )
            if body.date_end and body.date_end < event._get_local_days()[0]:
                raise ValidationError(
                    self.env._(
                        "The accreditation of %(body)s ends before the training starts.",
                        body=body.name,
                    )
                )

    def _has_own_screen(self):
        return bool(self.kind)

    @api.model
    def default_get(self, fields):
        """Drop Odoo's default letters: managed events send their own, which would repeat them."""
        values = super().default_get(fields)
        if self.env.context.get("default_kind") and "event_mail_ids" in values:
            values["event_mail_ids"] = []
        return values

    def _get_managed_threads(self):
        return super()._get_managed_threads() | self.filtered(lambda e: e.sudo().kind)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("kind"):
                vals.setdefault("event_mail_ids", [])
        events = super().create(vals_list)
        events.filtered(lambda e: e.kind and not e.half_day_ids)._propose_half_days()
        return events

    def write(self, vals):
        """More seats are for those who wait."""
        result = super().write(vals)
        if {"seats_max", "seats_limited"} & set(vals):
            self._promote_waiting()
        return result

    def _get_local_days(self):
        """First and last day of the event where it takes place."""
        self.ensure_one()
        zone = pytz.timezone(self.date_tz or self.env.company._get_zone_name())
        return tuple(
            pytz.utc.localize(moment).astimezone(zone).date()
            for moment in (self.date_begin, self.date_end)
        )

    def _get_local_today(self):
        """The day it is where the event takes place."""
        self.ensure_one()
        zone = pytz.timezone(self.date_tz or self.env.company._get_zone_name())
        return pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()

    def _get_local_hours(self):
        """Hour of the start and of the end on the clock of the place: 9.5 for 9:30."""
        self.ensure_one()
        zone = pytz.timezone(self.date_tz or self.env.company._get_zone_name())
        moments = [
            pytz.utc.localize(moment).astimezone(zone)
            for moment in (self.date_begin, self.date_end)
        ]
        return tuple(moment.hour + moment.minute / 60 for moment in moments)

    def action_propose_half_days(self):
        """Work out the half-days again from the dates; those already signed stay."""
        self.check_access("write")
        signed = self.half_day_ids.filtered("attendance_ids")
        (self.half_day_ids - signed).unlink()
        self._propose_half_days()

    def _propose_half_days(self):
        """Mornings and afternoons between the start and the end of each event."""
        values = []
        for event in self:
            known = {(slot.date, slot.period) for slot in event.half_day_ids}
            values += [
                {"event_id": event.id, "date": day, "period": p, "hour_start": s, "hour_end": e}
                for day, p, s, e in event._guess_half_days()
                if (day, p) not in known
            ]
        self.env["commune.event.half.day"].create(values)

    def _guess_half_days(self):
        first, last = self._get_local_days()
        opening, closing = self._get_local_hours()
        found, day = [], first
        while day <= last:
            start = opening if day == first else DAY_START
            end = closing if day == last else DAY_END
            if start < NOON:
                # A meeting from 11 to 13 is one half-day, a training from 9 to 17 is two.
                morning_end = min(end, NOON) if end > AFTERNOON else end
                found.append((day, "am", start, morning_end))
            if end > AFTERNOON or start >= NOON:
                found.append((day, "pm", max(start, AFTERNOON) if start < NOON else start, end))
            day += timedelta(days=1)
        return [slot for slot in found if slot[3] > slot[2]]

    # Wording of an event's date and place in letters, pages and calendars.

    def _get_kind_label(self):
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return kinds.get(self.kind, "")

    def _get_letter_when(self):
        """One line per half-day; consecutive halves of the same day share a line. Without a
        program, the event as a whole."""
        self.ensure_one()
        letter = self.env["commune.letter"]
        if not self.half_day_ids:
            return [self._get_letter_span()]
        lines = []
        for day, slots in self.half_day_ids.sorted().grouped("date").items():
            hours = self.env._(" and ").join(
                self.env._(
                    "from %(start)s to %(end)s",
                    start=letter._format_hour(slot.hour_start),
                    end=letter._format_hour(slot.hour_end),
                )
                for slot in slots
            )
            lines.append(f"{letter._format_date(day)}, {hours}")
        return lines

    def _get_letter_span(self):
        """`mardi 1er décembre 2026, de 9 h à 12 h`, or from one moment to another one."""
        letter = self.env["commune.letter"]
        first, last = self._get_local_days()
        start, end = map(letter._format_hour, self._get_local_hours())
        values = {"day": letter._format_date(first), "start": start, "end": end}
        if first == last:
            return self.env._("%(day)s, from %(start)s to %(end)s", **values)
        values["last"] = letter._format_date(last)
        return self.env._("from %(day)s, %(start)s, to %(last)s, %(end)s", **values)

    def _get_letter_place(self):
        """Name and address of the place on one line."""
        self.ensure_one()
        place = self.address_id
        town = " ".join(filter(None, (place.zip, place.city)))
        return ", ".join(filter(None, (place.name, place.street, place.street2, town)))

    def _get_portal_url(self):
        return f"{self.get_base_url()}/my/events/{self.id}"

    def _get_ics_entries(self, waiting=False):
        """One entry per half-day, or one for an event without a programme."""
        self.ensure_one()
        event = self.sudo()
        changes = [event.write_date, *event.half_day_ids.mapped("write_date")]
        stamp = pytz.utc.localize(max(changes))
        moments = [(slot.id, *slot._get_moments()) for slot in event.half_day_ids] or [
            (0, pytz.utc.localize(event.date_begin), pytz.utc.localize(event.date_end))
        ]
        database = event.env["ir.config_parameter"].get_param("database.uuid")
        return [
            Entry(
                uid=f"event-{event.id}-{part}@{database}",
                title=event.name,
                start=start,
                end=end,
                stamp=stamp,
                text=event._get_kind_label(),
                place=event._get_letter_place(),
                url=event._get_portal_url(),
                cancelled=event.kanban_state == "cancel",
                tentative=waiting,
            )
            for part, start, end in moments
        ]

    def _get_ics_content(self):
        self.ensure_one()
        return calendar(self.name, self._get_ics_entries())

    def _make_ics_attachment(self):
        """The calendar file that the letters of this event carry."""
        self.ensure_one()
        return attach_files(self, [("invitation.ics", self._get_ics_content(), CALENDAR)])
