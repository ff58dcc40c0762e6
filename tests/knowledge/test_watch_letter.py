"""The letter of the watch: to each person what concerns their communes, once it is approved."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..network.test_mailing import QuietCase
from .impact_case import distribute, make_item


@tagged("post_install", "-at_install")
class TestWatchLetter(QuietCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("commune_relations.group_manager")
        cls.small = make_item(cls.env, name="Petites communes", population_max=1000)
        cls.large = make_item(cls.env, name="Grandes communes", population_min=3500)
        (cls.small | cls.large).sudo().write({"state": "validated"})
        cls.audience = cls._audience("mayor", name="Maires d’essai")
        for user, name in ((cls.portal_a, "anne"), (cls.portal_b, "bruno")):
            user.partner_id.email = f"{name}@commune.example"

    def _digest(self, items):
        action = items.with_user(self.officer).action_prepare_digest()
        # A letter already begun is announced, then opens.
        self.message = action.get("params", {}).get("message")
        action = action.get("params", {}).get("next", action)
        letter = self.env["mailing.mailing"].browse(action["res_id"]).with_user(self.officer)
        letter.audience_ids = [Command.set(self.audience.ids)]
        return letter

    def _received(self, letter):
        """{first name: what the person received}."""
        mails = self.env["mail.mail"].sudo().search([("mailing_id", "=", letter.id)])
        return {mail.mailing_trace_ids.email.split("@")[0]: mail.body_html for mail in mails}

    def test_each_mayor_receives_what_concerns_the_commune(self):
        letter = self._digest(self.small | self.large)
        self._send(letter)
        received = self._received(letter)
        self.assertEqual(set(received), {"anne", "bruno"})
        self.assertIn("Grandes communes", received["anne"])
        self.assertNotIn("Petites communes", received["anne"])
        self.assertIn("Petites communes", received["bruno"])
        self.assertNotIn("Grandes communes", received["bruno"])
        self.assertNotIn("{veille}", "".join(received.values()))

    def test_nobody_receives_an_empty_letter(self):
        letter = self._digest(self.small)
        self._send(letter)
        self.assertEqual(set(self._received(letter)), {"bruno"})

    def test_it_waits_for_the_approval_and_then_is_on_the_portal(self):
        letter = self._digest(self.small)
        with self.assertRaises(UserError):
            letter.action_launch()
        self.assertEqual(self.small.state, "validated")
        self._send(letter)
        self.assertEqual(self.small.state, "distributed")
        found = self.env["commune.watch.item"].with_user(self.portal_b).search([])
        self.assertIn(self.small, found)

    def test_a_topic_that_is_refused_is_left_out(self):
        topic = self.env["commune.topic"].search([("parent_id", "!=", False)], limit=1)
        other = make_item(self.env, name="Autre nouvelle")
        self.small.sudo().topic_ids = topic
        (self.small | other).sudo().write({"state": "validated"})
        self.env["commune.contact.preference"]._set_preference(
            self.portal_b.partner_id, True, theme=topic.parent_id
        )
        letter = self._digest(self.small | other)
        self._send(letter)
        received = self._received(letter)
        self.assertIn("Autre nouvelle", received["bruno"])
        self.assertNotIn("Petites communes", received["bruno"])

    def test_other_items_are_approved_again(self):
        letter = self._approve(self._digest(self.small))
        letter.watch_item_ids = [Command.link(self.large.id)]
        self.assertEqual(letter.approval_state, "requested")

    def test_what_was_taken_back_is_not_notified(self):
        letter = self._approve(self._digest(self.small | self.large))
        self.small.with_user(self.officer).action_take_back()
        letter.action_launch()
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        self.assertEqual(set(self._received(letter)), {"anne"})

    def test_asked_again_the_same_letter_opens(self):
        first = self._digest(self.small)
        self.assertFalse(self.message)
        self.assertEqual(self._digest(self.small | self.large), first)
        self.assertEqual(self.message, "A letter was in preparation: 1 more, 2 in all.")
        self.assertEqual(first.watch_item_ids, self.small | self.large)

    def test_what_is_not_validated_is_in_no_letter(self):
        waiting = make_item(self.env, name="À trier")
        with self.assertRaises(UserError):
            waiting.with_user(self.officer).action_prepare_digest()

    def test_few_queries_for_each_message(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Maire {n}", "email": f"m{n}@commune.example"} for n in range(20)]
        )
        for partner in partners:
            self._mandate(partner, self.commune_b, "deputy_mayor")
        self.audience = self._audience("deputy_mayor", name="Adjoints d’essai")
        letter = self._approve(self._digest(self.small))
        letter.action_launch()
        before = self.env.cr.sql_log_count
        self.env["mailing.mailing"]._process_mass_mailing_queue()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(self._received(letter)), 20)
        self.assertLessEqual(queries / 20, 15)

    def test_the_day_to_come_is_shown(self):
        self.small.sudo().date_effect = self.today + timedelta(days=30)
        distribute(self.small)
        letter = self._digest(self.small)
        self._send(letter)
        self.assertIn("Prend effet le", self._received(letter)["bruno"])
