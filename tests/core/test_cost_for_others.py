"""What we do for our letters and our surveys is not paid by those of others."""

import re
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import SQL

from odoo.addons.mail.tests.common import MockEmail

OUR_TABLES = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE)\s+"?(commune_\w+)', re.IGNORECASE)


@tagged("post_install", "-at_install")
class TestCostForOthers(MockEmail, TransactionCase):
    @contextmanager
    def _find_asked(self):
        """The tables of ours that queries name meanwhile."""
        asked, execute = [], type(self.cr).execute

        def note(cursor, query, *args, **options):
            text = query.code if isinstance(query, SQL) else str(query)
            asked.extend(OUR_TABLES.findall(text))
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

    def test_a_mail_of_others_is_sent_and_thrown_away(self):
        self.env["res.company"]._get_house_ids()  # kept by the process
        with self.mock_mail_gateway(mail_unlink_sent=True), self._find_asked() as asked:
            mails = self._write_mails(auto_delete=True)
            mails.send()
        self.assertFalse(mails.exists())
        self.assertEqual(asked, [])

    def test_a_caller_who_does_not_ask_for_a_commit_gets_none(self):
        """The wizard that writes mailings gives ids where a boolean is meant; a commit in a test
        is an error."""
        mails = self._write_mails()
        with self.mock_mail_gateway():
            mails.send(auto_commit=mails.ids)
        self.assertEqual(set(mails.mapped("state")), {"sent"})

    def test_a_mail_of_others_is_cancelled(self):
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

    def test_a_customer_of_others_changes_the_address(self):
        customers = self.env["res.partner"].create(
            [{"name": f"Client {n}", "email": f"c{n}@shop.example"} for n in range(3)]
        )
        with self._find_asked() as asked:
            customers.write({"email": "c@shop.example"})
        # Who signs for a commune, who is in an audience.
        self.assertEqual(
            set(asked),
            {
                "commune_mandate",
                "commune_function",
                "commune_audience",
                "commune_audience_included_rel",
            },
        )

    def test_the_links_of_the_answers_of_others_are_read_at_once(self):
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
        mine = answers.with_user(marketing)
        mine.mapped("state")
        with self.assertQueryCount(1):
            self.assertEqual([answer.access_token for answer in mine], tokens)

    def test_who_is_a_house_is_known_as_soon_as_it_is_set_up(self):
        company = self.env["res.company"].create({"name": "Ville nouvelle"})
        self.assertNotIn(company.id, company._get_house_ids())
        company.epci_id = company.partner_id
        self.assertIn(company.id, company._get_house_ids())
        company.epci_id = False
        self.assertNotIn(company.id, company._get_house_ids())
