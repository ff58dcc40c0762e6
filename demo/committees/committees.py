"""Demonstration committees: a COTECH, a COPIL, a conference of mayors, and their sessions.

One session is past, with decisions of which one is late; one is convened, with answers.
"""

from datetime import datetime, time, timedelta

import pytz

from odoo import fields
from odoo.fields import Command

from ...models.core.inside import NO_LETTERS

ITEMS_PAST = [
    ("Bilan des demandes des communes au premier semestre", "information", 15),
    ("Groupement de commandes pour le sel de déneigement", "decision", 30),
    ("Service de remplacement des secrétaires de mairie", "debate", 30),
]
ITEMS_NEXT = [
    ("Charte de service : premiers résultats", "information", 15),
    ("Tarifs du service de remplacement pour l’an prochain", "opinion", 30),
    ("Mutualisation de la balayeuse", "decision", 30),
]
# An advisory committee gives opinions.
ITEMS_MAYORS = [
    (name, "opinion" if kind == "decision" else kind, minutes) for name, kind, minutes in ITEMS_NEXT
]
DECISIONS = [
    # A steering committee proposes, the assembly decides: item, text, days to the deadline,
    # state, what it changes
    (
        0,
        "Envoyer chaque mois aux maires le bilan des demandes de leur commune.",
        -20,
        "done",
        "Vous recevez chaque mois l’état de vos demandes.",
    ),
    (
        1,
        "Proposer au %(assembly)s de constituer un groupement de commandes pour le sel de"
        " déneigement.",
        -12,
        "in_progress",
        "Si l’assemblée en décide, votre commune pourra commander son sel avec les autres : le"
        " service vous écrira pour connaître vos besoins.",
    ),
    (
        2,
        "Proposer au %(assembly)s de créer deux emplois de plus au service de remplacement.",
        60,
        "to_do",
        "Si l’assemblée en décide, les demandes de remplacement d’une demi-journée seront mieux"
        " servies à partir du printemps.",
    ),
]
ANSWERS = ["present", "present", "remote", "excused", "represented", "present"]


class CommitteesDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        epci = epci or self.env.company.epci_id
        known = self.env["commune.committee"].with_context(active_test=False)
        if epci and not known.search_count([("place_id", "=", epci.id)], limit=1):
            quiet = {"tracking_disable": True, "mail_create_nolog": True, **NO_LETTERS}
            self = self.with_context(**quiet)
            committees = self._create_committees(epci)
            self._create_past_sessions(*committees)
            self._create_sessions(*committees)
            self._create_dispatch(committees[-1])
            sentences.append(
                self.env._("Committees: %s", ", ".join(c.short_name for c in committees))
            )
        return sentences

    def _get_demo_room(self, epci):
        seat = epci.seat_commune_id or epci._get_members().sorted("population")[-1:]
        return f"Salle du conseil, siège de l’intercommunalité, {seat.name}"

    def _create_committees(self, epci):
        mandates = epci._get_members()._get_current_mandates()
        heads = epci._get_current_mandates()
        president = heads.filtered(lambda m: m.function_id.code == "president")[:1]
        vice = heads.filtered(lambda m: m.function_id.code == "vice_president")[:1] or president
        officer = self._get_demo_user("charge-mission")
        common = {
            "place_id": epci.id,
            "secretary_id": officer.id,
            "default_room": self._get_demo_room(epci),
        }
        cotech, copil, mayors = self.env["commune.committee"].create(
            [
                {
                    **common,
                    "name": "Comité technique des relations aux communes",
                    "short_name": "COTECH",
                    "kind": "cotech",
                    "default_hour": 9.5,
                    "default_video_url": "https://visio.exemple.invalid/cotech",
                },
                {
                    **common,
                    "name": "Comité de pilotage « Relation et services aux communes »",
                    "short_name": "COPIL",
                    "kind": "copil",
                    "chair_id": vice.partner_id.id,
                    "default_video_url": "https://visio.exemple.invalid/copil",
                },
                {
                    **common,
                    "name": "Conférence des maires",
                    "short_name": "CDM",
                    "kind": "mayors",
                    "chair_id": president.partner_id.id,
                },
            ]
        )
        towns = mandates.filtered(lambda m: m.function_id.code == "mayor")
        staff = mandates.filtered(lambda m: m.function_id.code in ("dgs", "town_hall_secretary"))
        demo = mandates.filtered(lambda m: m.partner_id.user_ids)
        self._seat(mayors, towns, "Maires")
        self._seat(copil, (demo & towns) | towns[:11], "Maires")
        self._seat(copil, staff[:3], "Agents des communes")
        self._seat(cotech, staff[:8], "Communes")
        referent = self._get_demo_user("referent").partner_id
        self.env["commune.committee.member"].create(
            [
                {"committee_id": cotech.id, "person_id": person.id, "college": "Pôles"}
                for person in referent
            ]
        )
        return cotech, copil, mayors

    def _seat(self, committee, mandates, college):
        held = committee.member_ids.partner_id
        values, seen = [], set(held.ids)
        for mandate in mandates:
            if mandate.partner_id.id not in seen:
                seen.add(mandate.partner_id.id)
                values.append(
                    {
                        "committee_id": committee.id,
                        "mandate_id": mandate.id,
                        "college": college,
                    }
                )
        self.env["commune.committee.member"].create(values)

    def _create_sessions(self, cotech, copil, mayors):
        past = self._plan(copil, -35, ITEMS_PAST)
        self._mark_convened(past, 59)
        past.write({"state": "held"})
        self._log_presences(past)
        self._create_decisions(past)
        past.action_prepare_minutes()
        coming = self._plan(copil, 21, ITEMS_NEXT)
        self._mark_convened(coming, 2)
        self._log_answers(coming)
        self._plan(cotech, 49, ITEMS_NEXT[:2])
        self._plan(mayors, 63, ITEMS_MAYORS)

    def _create_dispatch(self, mayors):
        """The opinions of a past conference of mayors, as if the municipal councillors who do not
        sit there had received them (CGCT, L.5211-40-2); no letter is made."""
        past = self._plan(mayors, -45, ITEMS_MAYORS[:2])
        self._mark_convened(past, 60)
        past.write({"state": "held"})
        self._log_presences(past)
        document = past._make_pdf_attachment("session_decisions_report", "Avis des maires")
        dispatch = self.env["commune.dispatch"].create(
            {"session_id": past.id, "kind": "opinion", "document_ids": [Command.link(document.id)]}
        )
        dispatch.action_send()
        moment = fields.Datetime.now() - timedelta(days=30)
        dispatch.line_ids.filtered(lambda line: line.state == "queued").write(
            {"state": "sent", "sent_at": moment}
        )
        dispatch.sent_at = moment

    def _plan(self, committee, days, items):
        """A session on a working day, so many days from today."""
        today = self.env.company._get_today()
        day = self.env.company._get_working_days().add(today + timedelta(days=days), 0)
        hour = committee.default_hour
        moment = time(int(hour), round(hour % 1 * 60))
        zone = pytz.timezone(committee._get_zone())
        begin = zone.localize(datetime.combine(day, moment)).astimezone(pytz.utc)
        return self.env["commune.session"].create(
            {
                "committee_id": committee.id,
                "date_begin": begin.replace(tzinfo=None),
                "item_ids": [
                    Command.create(
                        {"name": name, "kind": kind, "duration": minutes, "sequence": rank}
                    )
                    for rank, (name, kind, minutes) in enumerate(items, 1)
                ],
            }
        )

    def _mark_convened(self, session, days_ago):
        """As if the notice had left some days ago; no letter is made."""
        moment = fields.Datetime.now() - timedelta(days=days_ago)
        session.write(
            {
                "agenda_approved_by_id": session.chair_id.id,
                "agenda_approved_date": moment - timedelta(days=1),
                "state": "convened",
                "notice_date": moment,
            }
        )
        session.notice_attachment_id = session._make_pdf_attachment(
            "session_notice_report", "Convocation"
        )
        called = session.attendance_ids.filtered("partner_id.email_normalized")
        called.write({"sent_at": moment, "notice_queued_at": moment})
        called[: len(called) * 2 // 3].opened_at = moment + timedelta(hours=3)

    def _log_answers(self, session):
        """Most have answered; one gives a proxy; the demonstration accounts have not."""
        silent = self._get_silent_communes(session.place_id)
        lines = session.attendance_ids.filtered(
            lambda line: not line.partner_id.user_ids and line.commune_id not in silent
        )
        for line, answer in zip(lines, ANSWERS, strict=False):
            line._reply(answer, "link", represented_by="Son premier adjoint")
        rest = lines[len(ANSWERS) :]
        if rest:
            rest[0]._reply("proxy", "link", holder=lines[0])

    def _log_presences(self, session):
        lines = session.attendance_ids
        present = lines[: max(1, len(lines) * 3 // 4)]
        self.env["commune.attendance.presence"].create(
            [
                {
                    "attendance_id": line.id,
                    "arrived_at": session.date_begin,
                    "left_at": session.date_end,
                }
                for line in present
            ]
        )
        session._get_agenda().write({"state": "treated"})

    def _create_decisions(self, session):
        today = self.env.company._get_today()
        owner = self._get_demo_user("charge-mission").partner_id
        working = self.env.company._get_working_days()
        place = session.place_id.with_context(lang="fr_FR")
        assembly = place.env["commune.place.wording"]._get_assembly_name(place)
        items = session._get_agenda()
        self.env["commune.decision"].create(
            [
                {
                    "session_id": session.id,
                    "item_id": items[index].id,
                    "text": text % {"assembly": assembly},
                    "owner_id": owner.id,
                    "deadline": working.add(today + timedelta(days=days), 0),
                    "state": state,
                    "scope": "all",
                    "impact_text": f"<p>{impact}</p>",
                    "is_published": True,
                    "published_date": session.date_end,
                }
                for index, text, days, state, impact in DECISIONS
            ]
        )
