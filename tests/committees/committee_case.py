"""A steering committee of the two communes, and its sessions."""

from datetime import timedelta

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import HttpCase

from ..common import CommuneCase

EMAILS = {
    "portal_a": "anne.aubry@mel.example",
    "portal_a_limited": "luc@arnaud.example",
    "portal_b": "bruno.blanc@mel.example",
    "portal_both": "sophie.colin@mel.example",
    "portal_ended": "denis.duval@mel.example",
}


def get_quorum(session):
    """The figures of the moment, as the screens show them."""
    session.invalidate_recordset(["present_count", "quorum_reached"])
    return {
        "members": session.voting_count,
        "required": session.quorum_required,
        "present": session.present_count,
        "proxies": session.proxy_count,
        "reached": session.quorum_reached,
    }


class CommitteeCase(CommuneCase):
    """`self.copil`: the mayors of A and B and their common secretary; the councillor of A too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        for name, email in EMAILS.items():
            getattr(cls, name).partner_id.write({"email": email, "lang": "fr_FR"})
        cls.epci.write({"brand_name": "Les Deux Rives", "email": "bonjour@deuxrives.example"})
        cls.env.company.email = "bonjour@deuxrives.example"
        cls.chair = cls.env["res.partner"].create(
            {
                "firstname": "Vera",
                "lastname": "VICE",
                "civility": "mme",
                "email": "vera.vice@deuxrives.example",
                "lang": "fr_FR",
            }
        )
        cls.copil = cls._committee(
            "Comité de pilotage (essai)",
            "copil",
            short_name="ESSAI",
            chair_id=cls.chair.id,
            secretary_id=cls.officer.id,
        )
        cls._seat(cls.copil, cls.mandate_a, cls.mandate_b, college="Maires")
        cls._seat(cls.copil, cls.mandate_a_limited, cls.mandate_both_a, college="Élus et agents")

    @classmethod
    def _committee(cls, name, kind, **values):
        return cls.env["commune.committee"].create(
            {"name": name, "kind": kind, "place_id": cls.epci.id, **values}
        )

    @classmethod
    def _seat(cls, committee, *mandates, **values):
        return cls.env["commune.committee.member"].create(
            [
                {"committee_id": committee.id, "mandate_id": mandate.id, **values}
                for mandate in mandates
            ]
        )

    @classmethod
    def _session(cls, committee=None, days=40, **values):
        """A session in some days at 17:30 (winter) of Metz."""
        day = cls.today + timedelta(days=days)
        return cls.env["commune.session"].create(
            {
                "committee_id": (committee or cls.copil).id,
                "date_begin": fields.Datetime.to_datetime(day) + timedelta(hours=16, minutes=30),
                "item_ids": [
                    Command.create({"name": "Bilan des demandes", "kind": "information"}),
                    Command.create({"name": "Groupement de commandes", "kind": "decision"}),
                ],
                **values,
            }
        )

    def _line(self, session, holder):
        """The line of a person at a session."""
        person = holder.partner_id if holder._name == "res.users" else holder
        return session.attendance_ids.filtered(lambda line: line.partner_id == person)

    def _letters(self, holder):
        """Mails queued to a person, oldest first."""
        person = holder.partner_id if holder._name == "res.users" else holder
        return self.env["mail.mail"].search([("recipient_ids", "in", person.ids)]).sorted("id")


class CommitteeHttpCase(CommitteeCase, HttpCase):
    def _login(self, user):
        self.authenticate(user and user.login, user and user.login)

    def _post(self, path, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(path, data=data, allow_redirects=True)


def get_committee_records(case):
    """Records for the access matrix: the mayor of A sits on the committee, that of B does not."""
    env = case.env
    committee = env["commune.committee"].create(
        {"name": "COPIL (essai)", "kind": "copil", "place_id": case.epci.id}
    )
    member = env["commune.committee.member"].create(
        {"committee_id": committee.id, "mandate_id": case.mandate_a.id}
    )
    env["commune.committee.member"].create(
        [
            {"committee_id": committee.id, "mandate_id": mandate.id}
            for mandate in (case.mandate_both_a, case.mandate_ended)
        ]
    )
    begin = fields.Datetime.now() + timedelta(days=30)
    values = {"committee_id": committee.id, "date_begin": begin}
    draft = env["commune.session"].create(values)
    session = env["commune.session"].create({**values, "date_begin": begin + timedelta(hours=5)})
    item, proposed = env["commune.session.item"].create(
        [
            {"session_id": session.id, "name": "Sel", "rapporteur_id": case.referent.partner_id.id},
            {"session_id": session.id, "name": "Eau", "state": "proposed"},
        ]
    )
    session.write({"state": "convened", "notice_date": fields.Datetime.now()})
    line = session.attendance_ids.filtered(lambda a: a.member_id == member)
    decision = env["commune.decision"].create(
        {
            "session_id": session.id,
            "item_id": item.id,
            "text": "Acheter ensemble",
            "scope": "chosen",
            "chosen_commune_ids": case.commune_b.ids,
            "is_published": True,
            "owner_id": case.referent.partner_id.id,
        }
    )
    held = env["commune.session"].create({**values, "date_begin": begin - timedelta(days=60)})
    held.state = "held"
    env.flush_all()
    dispatch = env["commune.dispatch"].create({"session_id": session.id})
    return {
        "committee": committee,
        "committee_member": member,
        "session_draft": draft,
        "session": session,
        "item": item,
        "item_proposed": proposed,
        "attendance_a": line,
        "attendance_answer": env["commune.attendance.answer"].create(
            {"attendance_id": line.id, "channel": "staff"}
        ),
        "presence": env["commune.attendance.presence"].create({"attendance_id": line.id}),
        "session_version": env["commune.session.version"].create(
            {"session_id": session.id, "number": 1, "kind": "sent"}
        ),
        "decision_b": decision,
        "decision_note": decision._add_note("Trois devis demandés"),
        "attendance_stat": env["commune.attendance.stat"].search(
            [("session_id", "=", held.id)], limit=1
        ),
        "operation": env["commune.session.operation"].create(
            {
                "session_id": session.id,
                "client_uid": "0123456789abcdef",
                "kind": "open",
                "payload": {"item": 1},
                "noted_at": fields.Datetime.now(),
                "outcome": "applied",
            }
        ),
        "dispatch": dispatch,
        "dispatch_line": env["commune.dispatch.line"].create(
            {"dispatch_id": dispatch.id, "mandate_id": case.mandate_a.id}
        ),
        "letter_delivery": env["commune.letter.delivery"].create(
            {
                "kind": "mail_template_session_notice",
                "res_model": "commune.attendance",
                "res_id": line.id,
                "document_model": "commune.session",
                "document_id": session.id,
                "partner_id": line.partner_id.id,
                "state": "lost",
            }
        ),
        "notice_rule": env["commune.notice.rule"].search([], limit=1),
        "school_holiday": env["commune.school.holiday"].search([], limit=1),
    }
