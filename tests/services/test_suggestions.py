"""What is suggested to a commune from what communes alike have, and what never is."""

import re
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..common import CommuneCase
from .service_case import make_agreement, make_offer
from .suggestion_case import make_communes, make_used, name_communes, subscribe, suggested


@tagged("post_install", "-at_install")
class TestSuggestions(CommuneCase, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # With Bellefontaine, nine communes under 1,000; Aubrive is alone in its band.
        cls.others = make_communes(cls, 8)
        cls.legal = make_used(cls, "Conseil juridique", cls.others[:4])
        cls.archives = make_used(cls, "Archives", cls.others[:3])

    def test_the_reason_is_a_figure_of_the_communes_of_the_same_size(self):
        suggester = self.env["commune.service.suggestion"]
        found = suggester._suggest()[self.commune_b.id]
        self.assertEqual([x.service.key for x in found], [self.legal.id, self.archives.id])
        self.assertEqual(
            [self._reason(x.figure) for x in found],
            [
                "4 communes out of 9 of less than 1000 inhabitants use it.",
                "3 communes out of 9 of less than 1000 inhabitants use it.",
            ],
        )

    def test_when_nearly_all_use_it_the_figure_stays_at_what_gives_nobody_away(self):
        suggester = self.env["commune.service.suggestion"]
        for commune in self.others[4:]:
            subscribe(self, commune, self.legal.offer_ids)
            figure = suggester._suggest()[self.commune_b.id][0].figure
        # 8 of 9 have it; at most 9 − 3 = 6 is disclosed.
        self.assertEqual(
            self._reason(figure),
            "At least 6 communes out of 9 of less than 1000 inhabitants use it.",
        )

    def test_two_communes_are_too_few(self):
        make_used(self, "Broyeur", self.others[:2])
        self.assertNotIn("Broyeur", suggested(self, self.commune_b))

    def test_only_what_can_be_taken_is_suggested(self):
        make_used(self, "Gelé", self.others[:4], "frozen")
        make_used(self, "Retiré", self.others[:4], "retired")
        make_used(self, "Complet", self.others[:4], seats=4)
        make_used(self, "Réservé", self.others[:4])
        name_communes(self.env["commune.service"].search([("name", "=", "Réservé")]), self.others)
        studied = make_used(self, "À l’étude", self.others[:4])
        studied.state = "retired"
        studied.state = "study"
        expected = ["Conseil juridique", "Archives"]
        self.assertEqual(suggested(self, self.commune_b), expected)
        self.assertIn("Réservé", suggested(self, self.others[7]))

    def test_what_the_commune_has_or_is_about_to_have_is_not_suggested(self):
        lines = subscribe(self, self.commune_b, self.legal.offer_ids)
        self.assertEqual(suggested(self, self.commune_b), ["Archives"])
        lines.date_end = self.today - timedelta(days=1)
        self.assertIn("Conseil juridique", suggested(self, self.commune_b))
        subscribe(
            self,
            self.commune_b,
            self.legal.offer_ids,
            date_start=self.today + timedelta(days=30),
        )
        make_agreement(self, self.commune_b, self.archives.offer_ids)
        self.assertEqual(suggested(self, self.commune_b), [])

    def test_a_subscription_that_ended_or_is_to_come_counts_for_nothing(self):
        lines = self.archives.offer_ids.subscription_ids
        lines[0].date_end = self.today - timedelta(days=1)
        self.assertNotIn("Archives", suggested(self, self.commune_b))
        lines[0].date_end = self.today
        self.assertIn("Archives", suggested(self, self.commune_b))

    def test_services_in_common_speak_when_the_band_is_too_small(self):
        offers = self.legal.offer_ids | make_offer(self, self.archives, "Tri")
        for offer in offers:
            subscribe(self, self.commune_a, offer)
            subscribe(self, self.others[:5] - offer.subscription_ids.commune_id, offer)
        make_used(self, "Cartes", self.others[:3])
        suggester = self.env["commune.service.suggestion"]
        (found,) = suggester._suggest()[self.commune_a.id]
        self.assertEqual(
            suggester._get_reason(found.figure),
            "At least 3 communes that have several services in common with yours use it.",
        )

    def test_a_former_member_neither_counts_nor_receives(self):
        self.others[0].membership_date_end = self.today - timedelta(days=1)
        self.assertNotIn("Archives", suggested(self, self.commune_b))
        self.assertNotIn(self.others[0].id, self.env["commune.service.suggestion"]._suggest())

    def test_one_commune_gets_what_it_gets_among_all(self):
        suggester = self.env["commune.service.suggestion"]
        found = suggester._suggest()
        self.assertTrue(found[self.commune_b.id])
        self.assertEqual(
            suggester._suggest(self.commune_b), {self.commune_b.id: found[self.commune_b.id]}
        )
        self.assertEqual(suggester._suggest(self.commune_b.browse()), {})

    def test_the_number_of_queries_does_not_depend_on_the_communes(self):
        suggester = self.env["commune.service.suggestion"]
        suggester._suggest()
        counts = []
        for more in (0, 90):
            make_communes(self, more, first=100)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.assertEqual(len(suggester._suggest()), 10 + more)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])

    # refusals

    def test_a_refusal_of_a_service_leaves_the_others(self):
        self._refuse(self.legal)
        self.assertEqual(suggested(self, self.commune_b), ["Archives"])
        self.assertIn("Conseil juridique", suggested(self, self.others[7]))
        self._refuse(self.legal, False)
        self.assertEqual(suggested(self, self.commune_b), ["Conseil juridique", "Archives"])

    def test_who_refused_and_who_took_it_back_is_kept(self):
        for _click in range(2):
            self._refuse(self.legal)
        self._refuse(self.legal, False, self.portal_both)
        self._refuse(self.legal)
        lines = self.env["commune.service.refusal"].search([], order="id")
        self.assertEqual(len(lines), 2)
        self.assertEqual(lines[0].partner_id, self.portal_b.partner_id)
        self.assertEqual(lines[0].end_partner_id, self.portal_both.partner_id)
        self.assertTrue(lines[0].date and lines[0].end_date)
        self.assertFalse(lines[1].end_date)

    def test_a_commune_that_opts_out_is_suggested_nothing_anywhere(self):
        self._refuse(self.env["commune.service"])
        self.assertEqual(suggested(self, self.commune_b), [])
        found = self.legal.with_user(self.officer).action_open_interested()["domain"]
        self.assertNotIn(self.commune_b.id, found[0][2])
        self._refuse(self.env["commune.service"], False)
        self.assertEqual(suggested(self, self.commune_b), ["Conseil juridique", "Archives"])

    def test_one_refusal_at_a_time_in_the_database(self):
        self._refuse(self.legal)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["commune.service.refusal"].create(
                {
                    "commune_id": self.commune_b.id,
                    "service_id": self.legal.id,
                    "partner_id": self.officer.partner_id.id,
                }
            )

    def test_a_colleague_who_refuses_at_the_same_time_is_no_problem(self):
        self._refuse(self.legal)
        refusals = self.env["commune.service.refusal"]
        nothing = refusals.browse()
        with patch.object(type(refusals), "search", autospec=True, return_value=nothing):
            self._refuse(self.legal, True, self.portal_both)
        self.assertEqual(refusals.search([]).partner_id, self.portal_b.partner_id)

    def test_the_list_of_the_staff_says_what_is_refused(self):
        self._refuse(self.legal)
        self._refuse(self.env["commune.service"])
        labels = self.env["commune.service.refusal"].search([], order="id").mapped("label")
        self.assertEqual(labels, ["Conseil juridique", "Every service"])

    def test_the_officer_notes_a_refusal_in_the_officers_own_name(self):
        refusal = (
            self.env["commune.service.refusal"]
            .with_user(self.officer)
            .create(
                {
                    "commune_id": self.commune_b.id,
                    "partner_id": self.portal_b.partner_id.id,
                    "date": "2001-01-01",
                }
            )
        )
        self.assertEqual(refusal.partner_id, self.officer.partner_id)
        self.assertEqual(refusal.date.date().year, self.today.year)
        self.assertEqual(self.commune_b.suggestion_refusal_count, 1)
        for who in ("reader", "referent", "portal_b"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                refusal.with_user(getattr(self, who)).action_end()
        refusal.action_end()
        self.assertEqual(refusal.end_partner_id, self.officer.partner_id)
        self.commune_b.invalidate_recordset()
        self.assertEqual(self.commune_b.suggestion_refusal_count, 0)

    # staff

    def test_the_officer_finds_the_communes_that_may_be_interested(self):
        action = self.archives.with_user(self.referent).action_open_interested()
        communes = self.env["res.partner"].search(action["domain"])
        self.assertEqual(communes, (self.others[3:] | self.commune_b).sorted("name"))
        self.assertFalse(self.commune_a & communes)
        opened = (
            communes.with_user(self.officer)
            .with_context(action["context"])
            .action_prepare_audience()
        )
        audience = (
            self.env["commune.audience"]
            .with_user(self.officer)
            .with_context(**opened["context"])
            .create({})
        )
        self.assertEqual((audience.name, audience.commune_ids), ("Archives", communes))
        # Not each councillor: those to whom the portal suggests it.
        self.assertEqual(set(audience.function_ids.mapped("portal_role")), {"full"})

    def test_outside_the_staff_nobody_reads_the_list(self):
        for who in ("portal_a", "employee"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                self.archives.with_user(getattr(self, who)).action_open_interested()

    def _reason(self, figure):
        """The sentence, whatever the separator of thousands of the language."""
        return re.sub(r"1\D000", "1000", self.env["commune.service.suggestion"]._get_reason(figure))

    def _refuse(self, service, refused=True, who=None):
        person = (who or self.portal_b).partner_id
        self.env["commune.service.refusal"]._set(self.commune_b, service, refused, person)


@tagged("post_install", "-at_install")
class TestSuggestionsOfSectors(CommuneCase, TransactionCase):
    def test_a_sector_speaks_when_no_band_can(self):
        """Three communes of the size of Bellefontaine, three of that of Aubrive."""
        communes = make_communes(self, 3) | make_communes(self, 3, 4000, first=50)
        sector = self.env["commune.sector"].create({"name": "Nord (essai)"})
        (communes | self.commune_a).sector_id = sector
        make_used(self, "Cartes", communes[1:4])
        suggester = self.env["commune.service.suggestion"]
        (found,) = suggester._suggest()[self.commune_a.id]
        # Seven communes in the sector, three users; Bellefontaine is in none.
        self.assertEqual(
            suggester._get_reason(found.figure), "3 communes out of 7 of your sector use it."
        )
        self.assertEqual(suggested(self, self.commune_b), [])
