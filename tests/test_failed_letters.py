"""A failed letter: for any record, a named member of the staff is notified, once.

A model that writes to persons and is missing from the table fails the test.
"""

from odoo.tests import tagged

from .requests.smtp_case import Loopback
from .test_access_matrix import AccessRecords

REFUSED = "550 5.1.1 No such user"
# model that the letter is of -> model of the sheet on which it is asked
TABLE = {
    "agreement": "agreement",
    "commune.attendance": "commune.session",
    "commune.directory.recipient": "commune.directory.campaign",
    "commune.dispatch.line": "commune.dispatch",
    "commune.event.invitation": "event.event",
    "commune.exchange.notice": "res.partner",
    "commune.path.progress": "commune.path",
    "commune.replacement.evaluation": "commune.replacement.mission",
    "commune.replacement.incident": "res.partner",
    "commune.replacement.incident.party": "res.partner",
    "commune.replacement.proposal": "commune.replacement.proposal",
    "commune.replacement.request": "commune.replacement.request",
    "commune.replacement.timesheet": "commune.replacement.timesheet",
    "commune.session": "commune.session",
    "commune.signatory.notice": "res.partner",
    "commune.survey.link": "commune.survey.campaign",
    "commune.survey.notice": "commune.survey.campaign",
    "commune.service.unit.cost.notice": "commune.service.unit.cost",
    "event.registration": "event.event",
    "helpdesk.ticket": "helpdesk.ticket",
    "hr.employee": "res.partner",
    "res.users": "res.partner",
}
ACCOUNTS = {
    "mail_template_portal_invitation": "signup",
    "mail_template_portal_password": "reset",
    "mail_template_staff_account_invitation": "mate",
}


@tagged("post_install", "-at_install")
class TestFailedLetters(Loopback, AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "relations@metropole.example"
        cls.records["signatory_notice"].sudo().change = "Une adresse a changé."
        cls.env["commune.session"].search([]).sudo().chair_id = cls.portal_a.partner_id
        lines = [one for one in cls.records.values() if one._name == "commune.attendance"]
        line = lines[0].sudo()
        holder = (line.session_id.attendance_ids - line)[:1]
        line._set({"answer": "proxy", "proxy_to_id": holder.id, "proxy_rank": 1})

    def setUp(self):
        super().setUp()
        self.env.cr.precommit.run()
        self._run_queue()  # what the records brought with them leaves
        self.outbox.refusals["*"] = REFUSED

    def test_the_table_is_whole(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if not model._abstract and issubclass(model, self.env.registry["commune.letter"])
        }
        self.assertEqual(models, set(TABLE))

    def test_who_was_not_reached_is_named_once_to_somebody(self):
        managed = self.env["ir.model.data"].search(
            [("model", "=", "mail.template"), ("module", "=", "commune_relations")]
        )
        seen = set()
        for data in managed:
            model = self.env["mail.template"].browse(data.res_id).model
            if model in TABLE:
                with self.subTest(template=data.name):
                    seen.add(model)
                    self._lose(data.name, model)
        self.assertEqual(seen, set(TABLE))

    def _lose(self, template, model):
        known = [one for one in self.records.values() if one._name == model]
        record = (known[0] if known else self.env[model].search([], limit=1)).sudo()
        savepoint = self.env.cr.savepoint()
        person = record._get_letter_person()
        if not person.email:
            person.email = f"personne.{person.id}@refus.example"
        before = self.env["mail.activity"].sudo().search([])
        last = self.env["commune.letter.delivery"].search([], limit=1).id
        self._write(record, template)
        for _turn in range(2):
            self._run_queue()
        lost = self.env["commune.letter.delivery"].search(
            [("id", ">", last), ("res_id", "=", record.id)]
        )
        states = set(lost.mapped("state"))
        names = {word for one in lost for word in (one.partner_id.name, one.address) if word}
        asked = self.env["mail.activity"].sudo().search([]) - before
        texts = [f"{one.summary} {one.note}" for one in asked]
        found = [
            (one.res_model, one.user_id._is_internal())
            for one, text in zip(asked, texts, strict=True)
            if any(word in text for word in names)
        ]
        secret = self._get_secret_words(record)
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        self.assertEqual(states, {"lost"})
        self.assertEqual(found, [(TABLE[model], True)], (names, texts))
        self.assertFalse([word for word in secret if word in " ".join(texts)])

    def _write(self, record, template):
        if record._name == "res.users":
            record._send_portal_letter(ACCOUNTS[template])
        elif record._name == "agreement":
            record.env["commune.agreement.pack"]._write_to_acting_people(record, template)
        elif record._name == "helpdesk.ticket":
            record.env["commune.request.mail"]._send_request_mail(
                record, template.removeprefix("mail_template_request_")
            )
        else:
            record._send_letters(template)

    def _get_secret_words(self, record):
        """An incident is confidential: the activity names the recipient, nothing of the letter."""
        if record._name == "commune.replacement.incident.party":
            record = record.incident_id
        return [record.name] if record._name == "commune.replacement.incident" else []

    def test_what_is_asked_about_a_person_is_over_once_the_letter_has_left(self):
        notice = self.records["exchange_notice"].sudo()
        person = notice.partner_id
        person.email = "denis@refus.example"
        notice._send_letters("mail_template_exchange_match")
        self._run_queue()
        self.assertIn(person.name, person.activity_ids.note)
        self.outbox.refusals.clear()
        self._get_deliveries(notice).action_try_again()
        self._run_queue()
        self.assertEqual(self._get_deliveries(notice).state, "left")
        self.assertFalse(person.activity_ids)

    def test_a_letter_for_nobody_has_not_left(self):
        self.outbox.refusals.clear()
        notice = self.records["exchange_notice"].sudo()
        notice.partner_id.email = "denis@mel.example"
        notice._send_letters("mail_template_exchange_match").recipient_ids = False
        self._run_queue()
        self.assertEqual(self._get_deliveries(notice).mapped("state"), ["lost"])

    def _get_deliveries(self, record):
        return self.env["commune.letter.delivery"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )
