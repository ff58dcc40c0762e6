"""What we do for our letters and our surveys is not paid by third-party ones."""

import re
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.base.models.ir_actions_report import IrActionsReport
from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.mail.models.mail_mail import MailMail
from odoo.addons.mail.tests.common import MockEmail

from ...models.core.mail_batch_cache import COMPILED, TOGETHER, Compiled

OUR_TABLES = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(commune_\w+)', re.IGNORECASE)
# Tables read to find the mail alias of the organisation and the letters shipped with the addon.
ORGANISATION_TABLES = re.compile(
    r'\bFROM\s+"?(helpdesk_ticket_team|ir_model_data)\b', re.IGNORECASE
)


@tagged("post_install", "-at_install")
class TestCostForThirdParties(MockEmail, TransactionCase):
    @contextmanager
    def _find_asked(self, tables=OUR_TABLES):
        """Tables of the addon that queries name within the block."""
        asked, execute = [], type(self.cr).execute

        def note(cursor, query, *args, **options):
            text = query.code if isinstance(query, SQL) else str(query)
            asked.extend(tables.findall(text))
            return execute(cursor, query, *args, **options)

        self.env.flush_all()
        with patch.object(type(self.cr), "execute", note):
            yield asked
            self.env.flush_all()

    def _write_mails(self, **values):
        return self.env["mail.mail"].create(
            [
                {
                    "subject": "Facture",
                    "body_html": "<p>Bonjour</p>",
                    "email_from": "shop@shop.example",
                    "email_to": f"client{n}@shop.example",
                    **values,
                }
                for n in range(3)
            ]
        )

    def test_a_third_party_mail_is_sent_and_thrown_away(self):
        self.env["res.company"]._get_organisation_ids()  # kept by the process
        with self.mock_mail_gateway(mail_unlink_sent=True), self._find_asked() as asked:
            mails = self._write_mails(auto_delete=True)
            mails.send()
        self.assertFalse(mails.exists())
        self.assertEqual(asked, [])

    def test_the_address_of_the_organisation_is_not_looked_for(self):
        mails = self._write_mails()
        mails.send()  # what a process keeps
        self.env.invalidate_all()
        mails = self._write_mails()
        with self.mock_mail_gateway(), self._find_asked(ORGANISATION_TABLES) as asked:
            mails.send()
        self.assertEqual(set(mails.mapped("state")), {"sent"})
        self.assertEqual(asked, [])

    def test_a_third_party_mail_takes_the_way_of_odoo_alone(self):
        mails, kind = self._write_mails(), self.env.registry["mail.mail"]
        seen, stock = [], MailMail.send

        def note(records, **options):
            seen.append((records.ids, options))
            return stock(records, **options)

        with (
            self.mock_mail_gateway(),
            patch.object(kind, "_send_letters_of_organisation") as managed,
            patch.object(kind, "_hold_back") as held,
            patch.object(MailMail, "send", note),
        ):
            mails.send(raise_exception=True)
        self.assertEqual(set(mails.mapped("state")), {"sent"})
        asked = {"auto_commit": False, "raise_exception": True, "post_send_callback": None}
        self.assertEqual(seen, [(mails.ids, asked)])
        managed.assert_not_called()
        held.assert_not_called()

    def test_a_third_party_text_receives_no_table_of_the_addon(self):
        values = {}
        self.env["ir.qweb"]._prepare_environment(values)
        self.assertNotIn("commune_lengths", values)

    def test_a_third_party_parameter_is_read_by_odoo(self):
        self.env["ir.config_parameter"].set_param("mail.batch_size", "7")
        parameters = self.env["ir.config_parameter"].sudo()
        self.assertEqual(parameters.get_param("mail.batch_size"), "7")
        managed = parameters.with_context(**{COMPILED: Compiled()})
        self.assertEqual(managed.get_param("mail.batch_size"), TOGETHER)
        managed.set_param("shop.size", "3")
        self.assertEqual(managed.get_param("shop.size"), "3")

    def test_a_third_party_report_is_drawn_by_the_tool_that_works(self):
        """WeasyPrint is used only where Odoo has nothing that works."""
        reports = self.env["ir.actions.report"]
        for state, text in (("ok", "ok"), ("upgrade", "upgrade"), ("install", "ok")):
            with patch.object(IrActionsReport, "get_wkhtmltopdf_state", lambda _self, s=state: s):
                self.assertEqual(reports.get_wkhtmltopdf_state(), text)

    def test_a_third_party_scheduled_action_speaks_as_odoo_does(self):
        langs = []

        def note(actions):
            langs.append(actions.env.context.get("lang"))

        own = self.env.ref("mail.ir_cron_mail_scheduler_action")
        model = self.env["ir.model"]._get_id("res.partner")
        foreign = self.env["ir.cron"].create({"name": "Relances", "model_id": model, "code": "1"})
        self.env.company.epci_id = self.env.company.partner_id
        with patch.object(IrCron, "_callback", lambda crons, *_args: note(crons)):
            for cron in (foreign, own):
                cron.with_context(lang=None)._callback(cron.name, cron.ir_actions_server_id.id)
        self.assertEqual(langs, [None, self.env.company._get_organisation_lang()])

    def test_a_third_party_letter_template_is_filled_and_sent(self):
        colleague = new_test_user(
            self.env, login="sales", groups="base.group_user,base.group_partner_manager"
        )
        customer = self.env["res.partner"].create({"name": "Client", "email": "c@shop.example"})
        template = self.env["mail.template"].create(
            {
                "name": "Devis",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "subject": "Devis de {{ object.name }}",
                "body_html": "<p>Bonjour <t t-out='object.name' /></p>",
                "partner_to": "{{ object.id }}",
            }
        )
        letter = template.with_user(colleague)
        with self.mock_mail_gateway():
            letter.send_mail(customer.id, force_send=True)  # what a process keeps
            self.env.invalidate_all()
            with self._find_asked(ORGANISATION_TABLES) as asked:
                letter.send_mail(customer.id, force_send=True)
        self.assertEqual(self._mails[-1]["subject"], "Devis de Client")
        self.assertEqual(asked, [])

    def test_a_caller_who_does_not_ask_for_a_commit_gets_none(self):
        """The wizard that writes mailings gives ids where a boolean is meant; a commit in a test
        is an error."""
        mails = self._write_mails()
        with self.mock_mail_gateway():
            mails.send(auto_commit=mails.ids)
        self.assertEqual(set(mails.mapped("state")), {"sent"})

    def test_a_third_party_mail_is_cancelled(self):
        mails = self._write_mails()
        with self._find_asked() as asked:
            mails.cancel()
        self.assertEqual(set(mails.mapped("state")), {"cancel"})
        self.assertEqual(asked, [])

    def test_a_mail_that_waited_is_sent(self):
        mails = self._write_mails()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.mock_mail_gateway(), self._find_asked() as asked:
            mails.send()
        self.assertEqual(set(mails.mapped("state")), {"sent"})
        self.assertEqual(asked, [])

    def test_a_third_party_customer_changes_the_address(self):
        customers = self.env["res.partner"].create(
            [{"name": f"Client {n}", "email": f"c{n}@shop.example"} for n in range(3)]
        )
        with self._find_asked() as asked:
            customers.write({"email": "c@shop.example"})
            customers.write({"email": False})
        self.assertEqual(asked, [])

    def test_others_write_to_their_customers(self):
        colleague = new_test_user(
            self.env, login="sales", groups="base.group_user,base.group_partner_manager"
        )
        customers = self.env["res.partner"].create(
            [{"name": f"Client {n}", "email": f"c{n}@shop.example"} for n in range(3)]
        )
        own = customers.with_user(colleague)
        with self.mock_mail_gateway(), self._find_asked() as asked:
            own[0].message_post(
                body="Bonjour",
                partner_ids=customers[1:].ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            own[0].message_notify(body="Bonjour", subject="Devis", partner_ids=customers[1:].ids)
            own[0].activity_schedule("mail.mail_activity_data_todo", user_id=colleague.id)
        self.assertEqual(asked, [])

    def test_a_third_party_account_opens_changes_and_is_archived(self):
        with self._find_asked() as asked:
            colleague = new_test_user(self.env, login="sales", groups="base.group_user")
            colleague.write({"login": "sales2", "email": "s@shop.example"})
            colleague.action_archive()
        self.assertEqual(asked, [])

    def test_third_party_customers_are_deleted(self):
        customers = self.env["res.partner"].create([{"name": f"Client {n}"} for n in range(3)])
        with self._find_asked() as asked:
            customers.unlink()
        # A name is kept there, by which the communes of a survey are sorted.
        self.assertEqual(set(asked), {"commune_survey_target"})

    def test_a_third_party_ticket(self):
        helpdesk = new_test_user(
            self.env, login="helpdesk", groups="helpdesk_mgmt.group_helpdesk_manager"
        )
        tickets = self.env["helpdesk.ticket"].with_user(helpdesk)
        with self.mock_mail_gateway(), self._find_asked() as asked:
            ticket = tickets.create({"name": "Panne", "description": "…"})
            ticket.write({"name": "Panne d’écran"})
        self.assertEqual(asked, [])

    def test_a_third_party_ticket_asks_no_step_whose_it_is(self):
        read = re.compile(r'SELECT ("helpdesk_ticket_stage_helpdesk_ticket_team_rel")')
        team = self.env["helpdesk.ticket.team"].create({"name": "Atelier"})
        values = {"name": "Panne", "description": "…"}
        self.env.invalidate_all()
        with self._find_asked(read) as asked:
            self.env["helpdesk.ticket"].create([values, {**values, "team_id": team.id}])
        self.assertEqual(asked, [])

    def test_a_step_knows_whether_it_is_of_some_teams(self):
        teams = self.env["helpdesk.ticket.team"].create([{"name": n} for n in ("A", "B")])
        stage = self.env["helpdesk.ticket.stage"].create(
            {"name": "Devis", "team_ids": [(6, 0, teams.ids)]}
        )
        self.assertTrue(stage.has_teams)
        teams[0].active = False
        teams[1].unlink()
        self.assertFalse(stage.has_teams)

    def test_anyone_who_changes_an_address_is_not_read(self):
        colleague = new_test_user(
            self.env, login="sales", groups="base.group_user,base.group_partner_manager"
        )
        customer = self.env["res.partner"].create({"name": "Client", "email": "c@shop.example"})
        own = re.compile(r'FROM ("res_users") WHERE "res_users"."id" IN')
        # As a browser asks: the companies are named. What a process keeps is asked once.
        named = {"allowed_company_ids": self.env.company.ids}
        own_record = customer.with_user(colleague).with_context(**named)
        own_record.write({"email": "a@shop.example"})
        self.env.flush_all()
        self.env.invalidate_all()
        with self._find_asked(own) as asked:
            own_record.write({"email": "b@shop.example"})
        self.assertEqual(asked, [])
        colleague.partner_id = customer
        self.assertEqual(colleague.with_user(colleague)._get_own_person_id(), customer.id)
        same = self.env["res.partner"].create({"name": "Cliente", "email": customer.email})
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((customer | same).ids, same, extra_checks=False)
        self.assertEqual(colleague.with_user(colleague)._get_own_person_id(), same.id)

    def test_who_is_notified_is_read_with_who_writes(self):
        colleague = new_test_user(
            self.env, login="sales", groups="base.group_user,base.group_partner_manager"
        )
        people = self.env["res.partner"].create(
            [{"name": f"Client {n}", "email": f"c{n}@shop.example"} for n in range(3)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        read = re.compile(r'FROM ("res_partner") WHERE "res_partner"."id" IN')
        with self.mock_mail_gateway(), self._find_asked(read) as asked:
            people[0].with_user(colleague).message_notify(
                body="Bonjour", subject="Devis", partner_ids=people[1:].ids
            )
        self.assertLessEqual(len(asked), 3)  # with the record, and the company that sends

    def test_a_third_party_mailing(self):
        marketing = new_test_user(
            self.env, login="marketing", groups="mass_mailing.group_mass_mailing_user"
        )
        clients = self.env["mailing.list"].create({"name": "Clientes"})
        values = {"subject": "Soldes", "body_html": "<p>…</p>"}
        polls = type(self.env["commune.election"])
        with patch.object(polls, "_get_restricting") as near, self._find_asked() as asked:
            mailing = (
                self.env["mailing.mailing"]
                .with_user(marketing)
                .create({**values, "contact_list_ids": clients.ids})
            )
            mailing.write({"subject": "Soldes d’été"})
        self.assertEqual(asked, [])
        near.assert_not_called()  # whatever the day

    def test_a_third_party_file_is_changed_and_deleted_without_a_question(self):
        colleague = new_test_user(
            self.env, login="sales", groups="base.group_user,base.group_partner_manager"
        )
        customer = self.env["res.partner"].create({"name": "Client"})
        place = {"res_model": "res.partner", "res_id": customer.id}
        files = self.env["ir.attachment"].create(
            [{"name": f"{n}.txt", "raw": b"x", **place} for n in range(3)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        asked, execute = [], type(self.cr).execute

        def note(cursor, query, *args, **options):
            asked.append(query.code if isinstance(query, SQL) else str(query))
            return execute(cursor, query, *args, **options)

        with patch.object(type(self.cr), "execute", note):
            files.with_user(colleague).write({"name": "b.txt"})
            files.with_user(colleague).unlink()
        self.assertFalse([query for query in asked if "message_attachment_rel" in query])

    def test_the_links_of_the_third_party_answers_are_read_at_once(self):
        marketing = new_test_user(
            self.env, login="marketing", groups="base.group_user,survey.group_survey_user"
        )
        survey = self.env["survey.survey"].create({"title": "Nos produits"})
        answers = self.env["survey.user_input"].create(
            [{"survey_id": survey.id, "email": f"client{n}@shop.example"} for n in range(3)]
        )
        tokens = answers.mapped("access_token")
        self.env.flush_all()
        self.env.invalidate_all()
        own = answers.with_user(marketing)
        own.mapped("state")
        with self.assertQueryCount(1):
            self.assertEqual([answer.access_token for answer in own], tokens)

    def test_an_organisation_is_known_as_soon_as_it_is_set_up(self):
        company = self.env["res.company"].create({"name": "Ville nouvelle"})
        self.assertNotIn(company.id, company._get_organisation_ids())
        company.epci_id = company.partner_id
        self.assertIn(company.id, company._get_organisation_ids())
        company.epci_id = False
        self.assertNotIn(company.id, company._get_organisation_ids())
