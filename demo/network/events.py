"""Events of the demonstration: two behind us, four ahead, each at another step."""

import csv
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tools import file_open, plaintext2html

from ...engine.calendar.ics import to_utc

EVENTS = "commune_relations/demo/network/events.csv"
QUESTIONS = [
    ("Cette formation vous sera-t-elle utile ? (0 : non, 10 : tout à fait)", "scale"),
    ("Que changeriez-vous ?", "text_box"),
]
REMARKS = ["Concret et clair.", "Un peu rapide sur l’emprunt.", "À refaire chaque année."]


class EventsDemo:
    def _create_events(self, epci):
        place = self.env["res.partner"].create(
            {
                "name": "Salle des assemblées",
                "is_company": True,
                "street": "1 place de la Démonstration",
                "zip": epci.zip,
                "city": epci.city or epci._get_members().sorted("population")[-1:].name,
                "is_fictitious": True,
            }
        )
        body = self.env["commune.training.body"].create(
            {"name": "Institut des élus", "accreditation": "n° 00-000"}
        )
        self._create_past_network(epci, place, body)
        epci_in_french = epci.with_context(lang="fr_FR")
        assembly = epci_in_french.env["commune.place.wording"]._get_assembly_name(epci_in_french)
        with file_open(EVENTS, "r") as file:
            for row in csv.DictReader(file, delimiter=";"):
                row["name"] = row["name"] % {"assembly": assembly}
                event = self._create_event(row, place, body)
                self._fill_event(event, row, epci)

    def _create_event(self, row, place, body):
        zone = self.env.company._get_zone_name()
        today = self.env.company._get_today()
        works = self.env.company._get_working_days()
        day = works.add(today + timedelta(days=int(row["days"])), 0)
        begin, end = (
            to_utc(day, float(row[name]), zone).replace(tzinfo=None) for name in ("start", "end")
        )
        topic = self.env["commune.topic"].search([("code", "=", row["topic"])], limit=1)
        return self.env["event.event"].create(
            {
                "name": row["name"],
                "kind": row["kind"],
                "date_begin": begin,
                "date_end": end,
                "date_tz": zone,
                "note": plaintext2html(row["note"]),
                "address_id": place.id,
                "user_id": self._get_demo_user("charge-mission").id,
                "body_id": row["kind"] == "training" and body.id,
                "cost": float(row["cost"]),
                "seats_limited": row["seats"] != "0",
                "seats_max": int(row["seats"]),
                "commune_quota": int(row["quota"]),
                "portal_scope": row["scope"],
                "audience_ids": self.env.ref(f"commune_relations.{row['audience']}").ids,
                "commune_topic_ids": topic.ids,
            }
        )

    def _fill_event(self, event, row, epci):
        """Invitations, places and queue; for what is behind us, attendance and what follows."""
        steps = dict(pair.split("=") for pair in row["accounts"].split())
        own = self._get_account_mandates(epci)
        persons = event.env["commune.mandate"].union(*own.values()).partner_id
        silent = self._get_silent_communes(epci)
        others = event._get_invitable().filtered(
            lambda m: (
                m.partner_id.is_fictitious
                and m.partner_id.email_normalized
                and m.partner_id not in persons
                and m.commune_id not in silent
            )
        )
        if event.commune_quota:
            others = others.browse(found[0].id for found in others.grouped("commune_id").values())
        first, last = (
            [own[login] for login, step in steps.items() if step == wanted and login in own]
            for wanted in ("taken", "waiting")
        )
        wanted = [*first, *others[: int(row["registered"]) - len(first)], *last]
        invited = others.union(*(own[login] for login in steps if login in own))
        if row["invited"] == "1":
            self._invite(event, invited, wanted)
        registrations = self._take_places(event, wanted)
        if event.date_end < fields.Datetime.now():
            self._hold_event(event, registrations, int(row["present"]))

    def _get_account_mandates(self, epci):
        """login -> mandate or post of the accounts of the demonstration in a commune."""
        held = self._get_fictive_mandates(epci)
        users = self.env["res.users"].search([("partner_id", "in", held.partner_id.ids)])
        return {
            u.login: held.filtered(lambda m, u=u: m.partner_id == u.partner_id)[:1] for u in users
        }

    def _invite(self, event, invited, coming):
        """Answer the invitations: one absent person in four declines, the others stay silent."""
        sent = min(fields.Datetime.now(), event.date_begin) - timedelta(days=7)
        away = [mandate for mandate in invited if mandate not in coming]
        answers = {**dict.fromkeys(coming, "yes"), **dict.fromkeys(away[1::4], "no")}
        self.env["commune.event.invitation"].create(
            [
                {
                    "event_id": event.id,
                    "mandate_id": mandate.id,
                    "sent_date": sent,
                    "answer": answers.get(mandate, False),
                    "answered_date": mandate in answers and sent + timedelta(days=1 + rank % 5),
                }
                for rank, mandate in enumerate(invited)
            ]
        )

    def _take_places(self, event, wanted):
        """A place for the first ones, a rank in the queue for the others."""
        seats = event.seats_max if event.seats_limited else len(wanted)
        registrations = self.env["event.registration"].create(
            [
                {
                    "event_id": event.id,
                    "mandate_id": mandate.id,
                    "registered_by_id": mandate.partner_id.id,
                    "state": "open" if rank < seats else "draft",
                    "is_waiting": rank >= seats,
                    "waiting_since": rank >= seats and fields.Datetime.now(),
                }
                for rank, mandate in enumerate(wanted)
            ]
        )
        first = min(fields.Datetime.now(), event.date_begin) - timedelta(days=7)
        self._set_created(
            {one: first + timedelta(days=1 + rank % 5) for rank, one in enumerate(registrations)}
        )
        return registrations

    # what is behind us

    def _hold_event(self, event, registrations, present):
        """Attendance, certificates, thanks; the last one left at noon, one was excused."""
        came, away = registrations[:present], registrations[present:]
        away[:1].write({"state": "cancel", "excused": True})
        slots = event.half_day_ids.sorted()
        noted = [(r, slot, "present") for r in came for slot in slots]
        noted += [(r, slot, "absent") for r in away[1:] for slot in slots]
        if len(came) > 1 and len(slots) > 1:
            noted[len(came) * len(slots) - 1] = (came[-1], slots[-1], "absent")
        self.env["commune.event.attendance"].create(
            [
                {"registration_id": r.id, "half_day_id": slot.id, "state": state}
                for r, slot, state in noted
            ]
        )
        self._end_event(event, came)
        if event.kind == "training":
            came._number_certificates()
            self._evaluate(event, came)

    def _end_event(self, event, came):
        came.write({"state": "done", "date_closed": event.date_end})
        event.thanked_date = event.date_end + timedelta(days=1)
        ended = self.env["event.stage"].search([("pipe_end", "=", True)], limit=1)
        event.stage_id = ended or event.stage_id

    def _evaluate(self, event, came):
        """The survey of the day after, answered by two out of three."""
        survey = self.env["survey.survey"].create(
            {
                "title": f"Votre avis : {event.name}",
                "access_mode": "token",
                "users_login_required": False,
                "question_and_page_ids": [
                    Command.create({"title": title, "question_type": kind, "sequence": rank})
                    for rank, (title, kind) in enumerate(QUESTIONS)
                ],
            }
        )
        event.write({"hot_survey_id": survey.id, "hot_survey_sent": True})
        mark, remark = survey.question_and_page_ids
        for rank, registration in enumerate(came):
            answer = survey._create_answer(
                partner=registration.attendee_partner_id, check_attempts=False
            )
            registration.hot_input_id = answer
            if rank % 3:
                answer._save_lines(mark, str(6 + rank % 5))
                answer._save_lines(remark, REMARKS[rank % len(REMARKS)])
                answer._mark_done()
