"""The order of mission: nothing left to confirm, a date that stays, another one for a change."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ..core.pdf_reading import Pdf
from .replacement_case import MONDAY, ReplacementCase


def plain(text):
    return text.replace("\u00a0", " ")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-26 09:00:00")
class TestMissionOrder(ReplacementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(
            {
                "replacement_base_id": cls.commune_b.id,
                "order_signatory_name": "Claire NOËL",
                "order_signatory_title": "directrice générale des services",
                "order_delegation_ref": "arrêté n° 2026-14 du 2 avril 2026",
            }
        )
        cls.nadia.write(
            {
                "name": "Nadia Ferrand",
                "grade": "Rédactrice",
                "vehicle_insurance_until": "2027-12-31",
                "base_commune_id": cls.commune_a.id,
            }
        )

    def _mission(self, **values):
        request = self._request(workplace="1 place de la Mairie", distance_km=10)
        proposal = request._assign(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        proposal.mission_id.write(values)
        return proposal.mission_id

    def _text(self, mission):
        report = self.env.ref("commune_relations.mission_order_report")
        report = report.with_context(lang=self.env.company._get_organisation_lang())
        content, _kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(
            report.report_name, mission.ids
        )
        return " ".join(Pdf(content).text.split())

    def test_the_order_says_all_that_the_decrees_ask(self):
        mission = self._mission(stops="Trésorerie de Bellefontaine", other_costs="Péage : 4,20 €")
        mission.action_issue_order()
        text = self._text(mission)
        for words in (
            "2001-654",
            "2006-781",
            "Nadia Ferrand, rédactrice",
            "Bellefontaine",  # administrative residence
            "1 place de la Mairie, Aubrive",
            "Trésorerie de Bellefontaine",
            "Péage : 4,20 €",
            "10 km",
            "Claire NOËL, directrice générale des services",
            "arrêté n° 2026-14 du 2 avril 2026",
            mission.amendment_ids.order_hash,
        ):
            self.assertIn(plain(words), plain(text))
        days = mission.amendment_ids.order_facts["days"]
        self.assertEqual(len(days), 4)
        self.assertIn("8", days[0][1])
        self.assertIn("12", days[0][1])

    def test_an_order_names_the_residence_the_liability_and_its_own_number(self):
        self.commune_a.street = "3 rue du Puits"
        mission = self._mission(workplace="Mairie")
        mission.request_id.post = "Secrétaire général de mairie"
        mission.action_issue_order()
        text = plain(self._text(mission))
        for words in (
            "résidence administrative (Bellefontaine)",
            "Mairie, 3 rue du Puits, Aubrive",
            "sa responsabilité au titre de tous les dommages",
            "poste : secrétaire général de mairie",
            f"{mission.name}-1",
        ):
            self.assertIn(words, text)
        with freeze_time("2026-12-01 09:00:00"):
            mission.departure = "family"
            mission.action_issue_order()
            text = plain(self._text(mission))
        self.assertIn(f"{mission.name}-2", text)
        self.assertIn("résidence familiale (Aubrive)", text)
        self.assertEqual(mission.amendment_ids.order_days[0], str(MONDAY))

    def test_days_that_a_former_order_covers_stay_covered(self):
        """The mission has four days; the second order is issued when two of them are past."""
        mission = self._mission()
        mission.action_issue_order()
        before = mission.amendment_ids.order_days
        with freeze_time("2027-01-15 09:00:00"):
            mission.other_costs = "Péage : 4,20 €"
            mission.action_issue_order()
        self.assertEqual(len(mission.amendment_ids.order_facts["days"]), 2)
        self.assertEqual(mission.amendment_ids.order_days, before)
        self.assertEqual(len(before), 4)

    def test_each_thing_that_is_missing_is_named(self):
        gaps = (
            (self.nadia, {"name": "Nadia F."}, "Nadia F."),
            (self.nadia, {"name": "Nadia"}, "nominative"),
            (self.nadia, {"grade": False}, "grade"),
            (self.nadia, {"vehicle_insurance_until": "2027-01-17"}, "art. 10"),
            (self.env.company, {"order_signatory_name": False}, "who signs"),
            (self.env.company, {"order_signatory_title": False}, "title"),
            (self.env.company, {"order_delegation_ref": False}, "delegation"),
        )
        mission = self._mission()
        for record, values, word in gaps:
            before = {name: record[name] for name in values}
            record.write(values)
            with self.subTest(values=values), self.assertRaisesRegex(UserError, word):
                mission.action_issue_order()
            # The draft mentions it too, in the language of the organisation.
            localised = mission.with_context(lang=self.env.company._get_organisation_lang())
            (gap,) = localised._get_order_gaps()
            self.assertIn(plain(gap)[:30], plain(self._text(mission)))
            record.write(before)
        mission.write({"workplace": False, "departure": "family"})
        self.nadia.base_commune_id = False
        with self.assertRaises(UserError) as caught:
            mission.action_issue_order()
        self.assertEqual(str(caught.exception).count("\n"), 2)
        self.assertFalse(mission.order_date)

    def test_what_is_not_used_is_not_asked(self):
        """By train no insurance; the authority itself needs no delegation."""
        self.nadia.vehicle_insurance_until = False
        self.env.company.write({"order_by_delegation": False, "order_delegation_ref": False})
        mission = self._mission(transport="public", transport_class="first")
        mission.action_issue_order()
        self.assertNotIn("art. 10", plain(self._text(mission)))

    def test_the_insurance_covers_the_last_day(self):
        self.nadia.vehicle_insurance_until = "2027-01-19"  # the last Tuesday
        self._mission().action_issue_order()

    def test_the_date_is_that_of_the_issue_and_the_words_stay(self):
        mission = self._mission()
        mission.action_issue_order()
        document = self._text(mission)
        with freeze_time("2027-01-12 20:00:00"):
            self.nadia.grade = "Attachée"
            self.env.company.order_signatory_name = "Paul ROY"
            self.assertEqual(self._text(mission), document)
        with self.assertRaises(UserError):
            self._mission_again(mission)

    def _mission_again(self, mission):
        self.nadia.grade = "Rédactrice"
        self.env.company.order_signatory_name = "Claire NOËL"
        mission.action_issue_order()

    def test_a_change_of_the_mission_asks_for_another_order(self):
        mission = self._mission()
        mission.action_issue_order()
        first = mission.order_date
        with freeze_time("2026-12-01 09:00:00"):
            mission._amend({(0, "am")}, MONDAY, date(2027, 1, 22), "Un jour de moins")
            self.assertFalse(mission.order_date)
            mission.action_issue_order()
            self.assertGreater(mission.order_date, first)
        self.assertEqual(mission.amendment_ids.sorted("number")[0].order_date, first)
        self.assertEqual(len(mission.amendment_ids[-1].order_facts["days"]), 2)

    def test_an_order_is_signed_before_departure(self):
        """On Tuesday 12 January at 9:00 in France the morning has begun: two Mondays and Tuesdays
        less two days are left."""
        mission = self._mission()
        with freeze_time("2027-01-19 08:00:00"), self.assertRaisesRegex(UserError, "art. 5"):
            mission.action_issue_order()
        with freeze_time("2027-01-12 08:00:00"):
            mission.action_issue_order()
            self.assertEqual(len(mission.amendment_ids.order_facts["days"]), 2)

    def test_an_order_holds_for_twelve_months(self):
        """Issued on 12 January 2026 for 11 January 2027, the last day of its twelve months."""
        mission = self._mission()
        with freeze_time("2026-01-12 09:00:00"):
            mission.action_issue_order()
        self.assertEqual(len(mission.amendment_ids.order_facts["days"]), 1)

    def test_a_version_that_is_signed_takes_its_order(self):
        mission = self._mission()
        mission.amendment_ids.action_sign()
        mission.action_issue_order()
        self.assertTrue(mission.order_date)
