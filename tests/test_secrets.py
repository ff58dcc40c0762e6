"""No secret is readable in any text, whatever the state of the queue.

Every kind of letter that holds a private address is written; then each secret that the mail server
would be given is looked for in every column of the database and every file, and each place where
one is stored is read as each kind of person.
"""

import re
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .committees.committee_case import CommitteeCase
from .network.event_case import EventCase
from .network.mailing_case import MailingCase
from .replacement.replacement_case import ReplacementCase
from .requests.request_case import RequestCase
from .surveys.survey_case import SurveyCase

PERSONS = [
    "reader",
    "referent",
    "officer",
    "manager",
    "coordinator",
    "employee",
    "portal_a",
    "portal_a_limited",
    "portal_b",
    "portal_both",
    "portal_ended",
]
# What opens each kind of address, as the product documents it: the group is the secret.
KINDS = {
    "invitation": r"/web/signup\?[^\"]*token=([^&\"]+)",
    "password": r"/web/reset_password\?[^\"]*token=([^&\"]+)",
    "survey campaign": r"/commune-survey/([^/\"]+)",
    "directory campaign": r"/directory-campaign/([^/\"]+)",
    "event invitation": r"/event-invitation/([^/\"]+)",
    "event survey": r"/survey/start/[^\"]*answer_token=([^&\"]+)",
    "session": r"/session/([^/\"]+)",
    "agenda": r"/session-agenda/([^/\"]+)",
    "proposal": r"/replacement-proposal/([^/\"]+)",
    "opinion": r"/rate/([^/\"]+)/",
    "evaluation": r"/replacement-evaluation/([^/\"]+)",
    "agent calendar": r"/replacement-calendar/([^/\"]+)\.ics",
    "letter of the network": r"/mailing/[^\"]*hash_token=([^&\">]+)",
}
TEXTS = ("char", "text", "html", "json", "binary", "reference")


class SecretCase(MailingCase, EventCase, SurveyCase, CommitteeCase, ReplacementCase, RequestCase):
    """`cls.mails`: one letter at least of each kind, in the queue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer.email = "officer@deuxrives.example"
        cls.before = cls.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        for write in (
            cls._write_accounts,
            cls._write_campaigns,
            cls._write_event,
            cls._write_session,
            cls._write_replacement,
            cls._write_request,
            cls._write_network,
        ):
            write()
        cls.env.flush_all()
        cls.mails = cls.env["mail.mail"].search([("id", ">", cls.before)])

    @classmethod
    def _write_accounts(cls):
        cls.invited = cls.env["res.partner"].create(
            {"firstname": "Nadia", "lastname": "ORFÈVRE", "email": "nadia@aubrive.example"}
        )
        post = cls._mandate(cls.invited, cls.commune_a, "dgs")
        post.with_user(cls.officer).action_portal_invite()
        cls.portal_b.with_user(cls.employee).sudo().action_reset_password()
        cls.env["commune.staff.account"].with_user(cls.manager).create(
            {
                "firstname": "Léa",
                "lastname": "GARNIER",
                "email": "lea@deuxrives.example",
                "role": "officer",
            }
        ).action_save()
        cls.colleague = cls.env["res.users"].search([("login", "=", "lea@deuxrives.example")])

    @classmethod
    def _write_campaigns(cls):
        cls.campaign.with_user(cls.officer).action_open()
        cls.env["commune.directory.campaign"].with_user(cls.officer).create(
            {"name": "Automne", "date_end": "2099-12-31", "commune_ids": cls.commune_a.ids}
        ).action_open()

    @classmethod
    def _write_event(cls):
        cls.event.invited_ids = cls.portal_a.partner_id
        cls.event.with_user(cls.officer).action_invite()
        survey = cls.env["survey.survey"].create(
            {"title": "À chaud", "access_mode": "token", "users_login_required": False}
        )
        cls.event._register_persons(cls.mandate_b, cls.portal_b.partner_id)
        half_day = cls.event.half_day_ids[0]
        cls._attend(cls.event.registration_ids.filtered("mandate_id"), half_day)
        cls.event._send_survey(survey, "hot_input_id")

    @classmethod
    def _write_session(cls):
        session = cls._session().with_user(cls.officer)
        session.action_ask_approval()
        session.action_approve_agenda()
        session.action_send_notice()

    @classmethod
    def _write_replacement(cls):
        demand = ReplacementCase._request.__func__(cls, requester_id=cls.portal_a.partner_id.id)
        proposal = demand.with_user(cls.coordinator)._assign(cls.nadia, demand.slot_ids)
        proposal.action_send_agent()
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        proposal.mission_id._ask_evaluations("end")
        cls.nadia.with_user(cls.coordinator).action_send_agent_calendar()

    @classmethod
    def _write_request(cls):
        ticket = RequestCase._request.__func__(cls)
        ticket.env["commune.request.mail"].with_user(cls.officer)._send_request_mail(
            ticket.with_user(cls.officer), "closed"
        )

    @classmethod
    def _write_network(cls):
        letter = MailingCase._letter(cls, user=cls.officer)
        letter.action_request_approval()
        letter.with_user(cls.manager).action_approve()
        letter.action_launch()
        with patch.object(type(cls.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0):
            cls.env["mailing.mailing"]._process_mass_mailing_queue()

    def _get_secrets(self):
        """{kind: secrets} that the mail server is given for the letters of the queue."""
        found = {kind: set() for kind in KINDS}
        for mail in self.mails.exists().sudo():
            for copy in mail._prepare_outgoing_list():
                body = f"{copy['body']} {copy['headers']}".replace("&amp;", "&")
                for kind, pattern in KINDS.items():
                    found[kind].update(re.findall(pattern, body))
        return found

    def _deliver_all(self, connect=lambda *_args, **_options: None):
        servers = type(self.env["ir.mail_server"])
        with (
            patch.object(servers, "_disable_send", lambda _server: False),
            patch.object(servers, "_connect__", connect),
            patch.object(servers, "send_email", lambda _server, message, **_o: message["From"]),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            self.mails.exists().sudo().send()

    # where a secret is stored

    def _find_places(self, secrets):
        """(model, field, ids) of every stored text that holds one of these secrets."""
        self.env.flush_all()
        pattern = "|".join(re.escape(secret) for secret in sorted(secrets))
        models = {
            model._table: name
            for name, model in self.env.registry.items()
            if not model._abstract and model._auto
        }
        columns = self.env.execute_query(
            SQL(
                "SELECT table_name, column_name FROM information_schema.columns"
                " WHERE table_schema = current_schema AND table_name = ANY(%s)"
                " AND data_type IN ('text', 'character varying', 'jsonb')",
                list(models),
            )
        )
        places = []
        for table, column in columns:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM %s WHERE %s::text ~ %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    pattern,
                )
            )
            if rows:
                places.append((models[table], column, [row[0] for row in rows]))
        return places + self._find_files(re.compile(pattern.encode()))

    def _find_files(self, pattern):
        files = self.env["ir.attachment"].sudo().search([("res_field", "=", False)])
        found = files.filtered(lambda file: pattern.search(file.raw or b""))
        return [("ir.attachment", "raw", found.ids)] if found else []

    def _read_as(self, user, model, field, ids):
        """What a person reads there, as one text."""
        records = self.env[model].with_user(user).with_context(active_test=False).browse(ids)
        try:
            allowed = records.exists()._filtered_access("read")
            return str(allowed.read([field])) if allowed else ""
        except AccessError:
            return ""

    def _read_computed(self, user, model):
        """Every text that is worked out when it is read, on every record the person reads."""
        Model = self.env[model].with_user(user)
        names = [
            name
            for name, field in Model._fields.items()
            if field.type in TEXTS and not field.store and Model._has_field_access(field, "read")
        ]
        try:
            return str(Model.search([], limit=500).read(names)) if names else ""
        except AccessError:
            return ""

    def _assert_unreadable(self, secrets):
        every = set().union(*secrets.values())
        places = self._find_places(every)
        for person in PERSONS:
            user = getattr(self, person)
            for model, field, ids in places:
                text = self._read_as(user, model, field, ids)
                leaks = [s for s in every if s in text]
                self.assertFalse(leaks, f"{person} reads {model}.{field}")
            for model in self._get_linked_models():
                text = self._read_computed(user, model)
                leaks = [s for s in every if s in text]
                self.assertFalse(leaks, f"{person} reads a computed field of {model}")

    def _get_linked_models(self):
        owners = [
            name
            for name, model in self.env.registry.items()
            if hasattr(model, "_get_secret_address") and not model._abstract
        ]
        return [*owners, "mail.message", "res.partner", "survey.user_input", "rating.rating"]


@tagged("post_install", "-at_install")
class TestSecrets(SecretCase):
    def test_each_kind_of_letter_gives_its_reader_an_address_that_opens(self):
        for kind, secrets in self._get_secrets().items():
            self.assertTrue(secrets, kind)

    def test_the_invitation_of_a_colleague_is_among_them(self):
        letters = self.mails.sudo().filtered(lambda m: m.recipient_ids == self.colleague.partner_id)
        self.assertTrue(letters)
        for text in self._copies(letters):
            self.assertRegex(text, KINDS["invitation"])

    def test_nobody_reads_a_secret_while_letters_wait(self):
        self._assert_unreadable(self._get_secrets())

    def test_nobody_reads_a_secret_of_letters_that_have_left(self):
        secrets = self._get_secrets()
        self._deliver_all()
        self.assertFalse(self.mails.exists().filtered(lambda m: m.state == "outgoing"))
        self._assert_unreadable(secrets)

    def test_nobody_reads_a_secret_of_letters_that_were_refused(self):
        secrets = self._get_secrets()

        def refuse(*_args, **_options):
            raise ConnectionRefusedError("Connection refused")

        self._deliver_all(refuse)
        # They are tried again.
        self.assertEqual(set(self.mails.exists().mapped("state")), {"outgoing"})
        self._assert_unreadable(secrets)

    def _mail(self, body, reader, is_organisation_letter=True):
        return self.env["mail.mail"].create(
            {
                "body_html": body,
                "recipient_ids": [Command.set(reader.partner_id.ids)],
                "is_organisation_letter": is_organisation_letter,
            }
        )

    def test_a_place_that_somebody_typed_carries_no_link_of_the_mayor(self):
        """With the words of an employee around it, and an answer that would go to the employee."""
        place = self.portal_b._get_link_place("reset")
        mail = self._mail(f'<a href="{place}">x</a>', self.portal_b, is_organisation_letter=False)
        self.assertIn(place, self._copy(mail))
        self.assertNotIn("token", self._copy(mail))
        mail = self._mail(f'<a href="{place}">x</a>', self.portal_b)
        self.assertIn("token", self._copy(mail))

    def test_a_place_that_somebody_made_up_stays_as_it_is(self):
        places = [
            f"https://portail.example/personal-link/{made_up}"
            for made_up in (
                "commune.letter/1/link",
                "commune.survey.link/999999999/link",
                "commune.signatory.notice/1/link",
                "res.partner/1/link",
                "res.users/1/signup",
                "no.such.model/1/link",
                "commune.session/1/agenda",
            )
        ]
        body = " ".join(f'<a href="{place}">x</a>' for place in places)
        mail = self._mail(body, self.officer)
        for place in places:
            self.assertIn(f'"{place}"', self._copy(mail))

    def test_a_copy_for_somebody_else_holds_no_secret(self):
        """A mail to an agent that holds the placeholders of other people's links has no secret."""
        body = "".join(mail.body_html or "" for mail in self.mails)
        self.assertIn("/personal-link/", body)
        mail = self._mail(body, self.officer)
        secrets = set().union(*self._get_secrets().values())
        [copy] = mail._prepare_outgoing_list()
        self.assertIn("/personal-link/", copy["body"])
        self.assertFalse([secret for secret in secrets if secret in copy["body"]])
