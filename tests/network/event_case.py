"""An event of the two communes, and the persons who come to it."""

from datetime import timedelta

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time

from ..common import CommuneCase

EMAILS = {
    "portal_a": "anne.aubry@mel.example",
    "portal_a_limited": "luc@arnaud.example",
    "portal_b": "bruno.blanc@mel.example",
    "portal_both": "sophie.colin@mel.example",
    "portal_ended": "denis.duval@mel.example",
}


class EventCase(CommuneCase):
    """`self.event`: an accredited training on the morning and the afternoon of a day in ten days.

    `_event` makes another one; `_places` gives the registrations in the order of the queue;
    `_letters` the mails queued to a person.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        for name, email in EMAILS.items():
            getattr(cls, name).partner_id.email = email
        cls.epci.write({"brand_name": "Les Deux Rives", "email": "bonjour@deuxrives.example"})
        cls.env.company.email = "bonjour@deuxrives.example"
        cls.body = cls.env["commune.training.body"].create(
            {"name": "Institut des élus (essai)", "accreditation": "n° 57-001 du 2 mars 2024"}
        )
        cls.event = cls._event()

    @classmethod
    def _event(cls, days=10, **values):
        day = fields.Datetime.to_datetime(cls.today) + timedelta(days=days)
        return cls.env["event.event"].create(
            {
                "name": "L’urbanisme en une journée",
                "kind": "training",
                "body_id": cls.body.id,
                "date_begin": day + timedelta(hours=8),
                "date_end": day + timedelta(hours=16),
                "date_tz": "Europe/Paris",
                "half_day_ids": [
                    Command.create(
                        {
                            "date": day.date(),
                            "period": period,
                            "hour_start": start,
                            "hour_end": end,
                        }
                    )
                    for period, start, end in (("am", 9.5, 12), ("pm", 14, 17))
                ],
                **values,
            }
        )

    @classmethod
    def _colleagues(cls, count, place=None, code="councillor", **values):
        """Invented councillors of a place, with an address, as mandates."""
        place = place or cls.commune_a
        persons = cls.env["res.partner"].create(
            [
                {
                    "firstname": f"Élu{number}",
                    "lastname": f"{place.name.upper()}",
                    "civility": "mme" if number % 2 else "m",
                    "email": f"elu{number}@{place.insee_code}.example",
                }
                for number in range(count)
            ]
        )
        return cls.env["commune.mandate"].union(
            *(cls._mandate(person, place, code, **values) for person in persons)
        )

    def _register(self, *mandates, event=None, author=None):
        event = event or self.event
        places = event._register_persons(
            self.env["commune.mandate"].union(*mandates),
            (author or self.portal_a).partner_id,
        )
        return [place.outcome for place in places]

    def _places(self, event=None):
        return self.env["event.registration"].search(
            [("event_id", "=", (event or self.event).id)], order="is_waiting, waiting_since, id"
        )

    def _registration(self, mandate, event=None):
        return self._places(event).filtered(lambda r: r.mandate_id == mandate)

    @classmethod
    def _attend(cls, registration, half_day, state="present"):
        """Recorded on the day, as at check-in."""
        with freeze_time(half_day._get_moments()[0].replace(tzinfo=None)):
            registration._mark_attendance(half_day, state)

    def _go_to(self, event=None):
        """The rest of the test takes place on the day of the event."""
        self.enterContext(freeze_time((event or self.event).date_begin))

    def _bring_to_today(self):
        """The event has begun today, and lasts until tomorrow: for tests over HTTP, whose
        sessions live in the time of the machine."""
        day = fields.Datetime.to_datetime(self.today)
        self.event.write(
            {
                "date_begin": day + timedelta(hours=8),
                "date_end": day + timedelta(days=1, hours=16),
            }
        )
        self.event.half_day_ids.date = self.today

    def _letters(self, person, event=None):
        """Mails queued for a person, oldest first."""
        person = person.partner_id if person._name != "res.partner" else person
        return self.env["mail.mail"].search([("recipient_ids", "in", person.ids)]).sorted("id")


class EventHttpCase(EventCase, HttpCase):
    def _login(self, user):
        self.authenticate(user and user.login, user and user.login)

    def _post(self, path, allow_redirects=True, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(path, data=data, allow_redirects=allow_redirects)


def get_event_records(case):
    """Records for the access matrix."""
    env = case.env
    body = env["commune.training.body"].create({"name": "Institut", "accreditation": "X-1"})
    begin = fields.Datetime.to_datetime(env.company._get_today()) + timedelta(hours=8)
    event = env["event.event"].create(
        {
            "name": "Réunion (essai)",
            "kind": "information",
            "date_begin": begin,
            "date_end": begin + timedelta(days=1, hours=2),
            "audience_ids": [],
        }
    )
    invitation = env["commune.event.invitation"].create(
        {"event_id": event.id, "mandate_id": case.mandate_a.id}
    )
    event._register_persons(case.mandate_a, case.portal_a.partner_id)
    registration = event.registration_ids
    campaign = env["commune.directory.campaign"].create(
        {"name": "Annuaire (essai)", "date_end": env.company._get_today()}
    )
    recipient = env["commune.directory.recipient"].create(
        {
            "campaign_id": campaign.id,
            "commune_id": case.commune_a.id,
            "partner_id": case.portal_a.partner_id.id,
        }
    )
    registration._mark_attendance(event.half_day_ids[:1], "present")
    return {
        "training_body": body,
        "event": event,
        "half_day": event.half_day_ids[:1],
        "invitation": invitation,
        "registration": registration,
        "attendance": registration.attendance_ids,
        "legal_value": env["commune.legal.value"].search([], limit=1),
        "campaign": campaign,
        "recipient": recipient,
        "obligation": env["commune.obligation"].search([], limit=1),
    }
