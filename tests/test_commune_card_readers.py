"""Who reads which part of the visit card; its figures match the tables."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .services.service_case import make_offer, make_service
from .test_access_matrix import AccessRecords


@tagged("post_install", "-at_install")
class TestCommuneCardReaders(AccessRecords):
    def _keys(self, user, commune=None):
        cards = self.env["commune.card"].with_user(user)
        card = cards._get_cards((commune or self.commune_a).with_user(user))[0]
        return {one["key"] for one in card["sections"]}, card

    def test_a_reader_reads_less_than_the_coordinator_and_a_referent_less_than_a_reader(self):
        reader, card = self._keys(self.reader)
        coordinator, full = self._keys(self.coordinator)
        referent, _card = self._keys(self.referent)
        self.assertEqual(coordinator - reader, {"incidents"})
        self.assertLessEqual({"missions", "unfilled", "surveys", "events"}, reader - referent)
        found = self.env["commune.replacement.incident"].search_count(
            [
                ("commune_id", "=", self.commune_a.id),
                ("step", "not in", ("closed", "no_action", "sent_hr")),
            ]
        )
        self.assertTrue(found)
        self.assertEqual(len(full["facts"]["incidents"]), found)
        self.assertNotIn("incidents", card["facts"])
        cases = self.env["commune.replacement.incident"].search([])
        pages = self.env["commune.card"].with_user(self.coordinator)
        report = self.env["report.commune_relations.commune_card"].with_user(self.coordinator)
        document = report._get_report_values(self.commune_a.ids)
        shown = str(pages.get_page(self.commune_a.id)["html"])
        for text in (str(full), shown, str(document)):
            for case in cases:
                self.assertNotIn(case.name, text)
        self.assertNotIn("incidents", [one["key"] for one in document["card"]["sections"]])

    def test_figures_are_those_of_the_tables(self):
        """Each count again, by SQL."""
        _keys, card = self._keys(self.reader)
        counts = {
            "open": "SELECT count(*) FROM helpdesk_ticket WHERE active AND commune_id = %(place)s"
            " AND stage_kind IN ('received', 'in_progress', 'waiting', 'to_validate')",
            "missions": "SELECT count(*) FROM commune_replacement_mission"
            " WHERE commune_id = %(place)s AND state != 'cancelled'"
            " AND date_end >= %(today)s::date - interval '1 year'",
            "services": "SELECT count(*) FROM commune_service_subscription WHERE active"
            " AND commune_id = %(place)s AND date_start <= %(today)s"
            " AND (date_end IS NULL OR date_end >= %(today)s)",
            "promises": "SELECT count(*) FROM commune_commitment WHERE active"
            " AND commune_id = %(place)s AND state = 'open'",
        }
        self.env.flush_all()
        for key, query in counts.items():
            self.env.cr.execute(query, {"place": self.commune_a.id, "today": self.today})
            with self.subTest(section=key):
                self.assertEqual(len(card["facts"][key]), self.env.cr.fetchone()[0])

    def test_a_commune_that_has_an_agent_uses_the_replacement_service(self):
        """Both have had the service for two years; an agent is agreed in commune A alone."""
        service = make_service(self, "Relève des mairies")
        offer = make_offer(self, service, "À l’heure", unit_name="heure")
        offer.is_replacement = True
        communes = self.commune_a + self.commune_b
        self.env["commune.service.subscription"].create(
            [
                {
                    "commune_id": commune.id,
                    "offer_id": offer.id,
                    "date_start": self.today - timedelta(days=730),
                }
                for commune in communes
            ]
        )
        slots = self.env["commune.replacement.slot"].search([("state", "=", "filled")])
        self.assertEqual(slots.commune_id & communes, self.commune_a)
        talks = self.env["commune.card"].with_user(self.reader)._get_talks(communes)
        is_used = ["Relève des mairies" in talks.get(one.id, "") for one in communes]
        self.assertEqual(is_used, [False, True])

    def test_nobody_else_has_a_card(self):
        for user in (self.employee, self.portal_a, self.portal_b, self.public):
            cards = self.env["commune.card"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                cards.get_page(self.commune_a.id)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.commune_a.with_user(user).action_print_card()

    def test_the_page_escapes_what_persons_wrote(self):
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": "<img src=x onerror=alert(1)>",
                "description": "<p>?</p>",
                "commune_id": self.commune_a.id,
            }
        )
        ticket.promised_date = self.today - timedelta(days=900)  # among the lines that are shown
        page = self.env["commune.card"].with_user(self.reader).get_page(self.commune_a.id)
        self.assertIn("&lt;img src=x", page["html"])
        self.assertNotIn("<img", page["html"])
        self.assertIn('data-model="helpdesk.ticket"', page["html"])
