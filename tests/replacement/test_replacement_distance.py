"""Kilometres of a request typed by staff: the same in the quote, the mission and the hours."""

from datetime import timedelta
from math import acos, cos, radians, sin

from freezegun import freeze_time

from odoo.tests import Form, tagged

from ..services.service_case import on_paper
from .replacement_case import MONDAY, ReplacementCase

AUBRIVE, BELLEFONTAINE = (49.12, 6.18), (49.02, 6.02)


def straight(one, other):
    """The law of cosines, where the code has the haversine; 6371 km is the radius of the Earth."""
    (lat1, lon1), (lat2, lon2) = ([radians(value) for value in point] for point in (one, other))
    return 6371 * acos(sin(lat1) * sin(lat2) + cos(lat1) * cos(lat2) * cos(lon2 - lon1))


@tagged("post_install", "-at_install")
class TestReplacementDistance(ReplacementCase):
    """Aubrive is the larger: the agents leave from there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for commune, (latitude, longitude) in (
            (cls.commune_a, AUBRIVE),
            (cls.commune_b, BELLEFONTAINE),
        ):
            commune.write({"partner_latitude": latitude, "partner_longitude": longitude})
        cls._agree(cls.commune_b, **on_paper("2025-05-02"), start_date="2025-06-01")
        cls.km = round(straight(AUBRIVE, BELLEFONTAINE) * 1.3)
        cls.env["commune.replacement.tariff"].create(
            {"name": "Tarif", "date_start": "2026-01-01", "unit": "half_day", "amount": 100}
        )

    def _type(self, **values):
        """What a coordinator types on the screen: the commune, then the days."""
        requests = self.env["commune.replacement.request"].with_user(self.coordinator)
        with Form(requests) as form:
            form.commune_id = self.commune_b
            form.post = "Secrétaire de mairie"
            form.date_start = MONDAY
            form.date_end = MONDAY
            form.mon_am = True
            form.mon_pm = True
            for name, value in values.items():
                form[name] = value
        return form.record

    def test_the_three_figures_are_equal(self):
        self.assertEqual(self.km, 21)  # 16.1 km in a straight line
        request = self._type()
        self.assertEqual(request.distance_km, 21)
        self.assertEqual(request.distance_text, "Estimated by road from Aubrive")
        quote, sentence = request.env["commune.replacement.quote"]._get_quote(request)
        self.assertEqual(quote.km, 42, "there and back, once a day")
        self.assertNotIn("km", sentence, "this tariff bills no travel")
        request.action_submit()
        proposal = request._hold(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        mission = proposal.mission_id
        self.assertEqual(mission.distance_km, 21)
        sheets = self.env["commune.replacement.timesheet"].sudo()
        with freeze_time(MONDAY + timedelta(days=4)):
            entries = sheets._get_entries(mission, MONDAY)
        self.assertEqual([entry["km"] for entry in entries], [42, 0])

    def test_a_figure_that_was_typed_stays_with_the_dates_not_with_another_commune(self):
        request = self._type(distance_km=30)
        self.assertEqual(request.distance_km, 30)
        self.assertIn("the estimate from Aubrive is 21 km", request.distance_text)
        with Form(request) as form:
            form.date_end = MONDAY + timedelta(days=1)
            form.date_start = MONDAY + timedelta(days=1)
        self.assertEqual(request.distance_km, 30)
        request.commune_id = self.commune_a
        self.assertEqual(request.distance_km, 0, "the home base itself")

    def test_the_detour_is_that_of_the_first_day(self):
        """1.3 until the end of 2026, then 1.6: 26 km."""
        rule = self.env.ref("commune_relations.work_rule_detour")
        rule.date_end = "2026-12-31"
        rule.copy({"value": 1.6, "date_start": "2027-01-01", "date_end": False})
        self.assertEqual(round(straight(AUBRIVE, BELLEFONTAINE) * 1.6), 26)
        self.assertEqual(self._type().distance_km, 26)
        self.assertEqual(self._type(date_start="2026-12-07").distance_km, 21)
        self.assertEqual(self._request(self.commune_b).distance_km, 26)

    def test_the_home_base_that_was_chosen_comes_first(self):
        self.env.company.replacement_base_id = self.commune_b
        self.assertEqual(self._request(self.commune_b).distance_km, 0)
        self.assertEqual(self._request().distance_km, 21)

    def test_an_unknown_position_is_shown(self):
        self.commune_b.write({"partner_latitude": 0, "partner_longitude": 0})
        request = self._request(self.commune_b)
        self.assertEqual(request.distance_km, 0)
        self.assertIn("type the kilometres", request.distance_text)

    def test_a_register_says_its_own_kilometres_or_none(self):
        for cell, wanted in (("8", 8), ("", 21)):
            content = (
                "demande_id,commune,code_insee,poste_remplace,date_debut,date_fin,jours,"
                "km_aller_estime\n"
                f"Q{wanted},Bellefontaine,57902,Accueil,2027-01-11,2027-01-11,lun:M,{cell}\n"
            )
            csv_import = self.env["commune.replacement.csv.import"]
            lines = csv_import._read_files(None, ("demandes.csv", content.encode()))
            _agents, made = csv_import._apply_lines(lines)
            with self.subTest(cell=cell):
                self.assertEqual(made.distance_km, wanted)

    # candidates

    def _come(self, agent, times):
        """Missions of the past in Bellefontaine."""
        for number in range(times):
            day = MONDAY - timedelta(days=364 + 7 * number)
            request = self._request(
                self.commune_b, submit=False, date_start=day, date_end=day, tue_am=False
            )
            request._submit()
            proposal = request._hold(agent, request.slot_ids)
            proposal._answer("agent", True, None)
            proposal._answer("commune", True, None)

    def test_candidates_are_ranked_with_words_that_stay_on_the_proposal(self):
        """Karim knows the town hall; Nadia lives there and has six of her ten half-days taken."""
        self._come(self.karim, 3)
        self.karim.base_commune_id = self.commune_a
        self.karim.work_contact_id.civility = "m"
        self.nadia.base_commune_id = self.commune_b
        busy = self._request(tue_am=False, date_end=MONDAY, wed_am=True)
        busy.write({"date_end": MONDAY + timedelta(days=4)})
        self.env["commune.replacement.slot"].create(
            [
                {"request_id": busy.id, "date": day, "half_day": half}
                for day, half in (
                    ("2027-01-13", "pm"),
                    ("2027-01-14", "am"),
                    ("2027-01-14", "pm"),
                    ("2027-01-15", "am"),
                )
            ]
        )
        busy._hold(self.nadia, busy.slot_ids)
        self.assertEqual(busy.filled_count, 6)
        request = self._request(
            self.commune_b, mon_am=False, date_end=MONDAY + timedelta(days=4), tue_am=True
        )
        found = request._get_candidates()
        shown = [(c["agent"], c["words"].replace("\xa0", " ")) for c in found]
        self.assertEqual(
            shown,
            [
                (self.karim, "déjà venu 3 fois, 21 km, charge 0 %"),
                (self.nadia, "première mission dans la commune, 0 km, charge 60 %"),
            ],
        )
        self.nadia.work_contact_id.civility = "mme"
        self._come(self.nadia, 4)
        found = request._get_candidates()
        self.assertEqual(found[0]["agent"], self.nadia)
        self.assertIn("déjà venue 4 fois", found[0]["words"].replace("\xa0", " "))
        wizard = self.env["commune.replacement.candidates"]._open_for(request)
        action = wizard.line_ids[0].action_choose()
        proposal = self.env["commune.replacement.proposal"].browse(action["res_id"])
        self.assertIn("déjà venue 4 fois", proposal.reasons.replace("\xa0", " "))

    def test_anyone_who_can_take_nothing_is_among_those_stopped_with_why(self):
        first = self._request()
        first._hold(self.nadia, first.slot_ids)
        self.karim.mon_am = self.karim.tue_am = False
        request = self._request(self.commune_b)
        wizard = self.env["commune.replacement.candidates"]._open_for(request)
        self.assertFalse(wizard.eligible_ids)
        shown = {line.employee_id: line.text for line in wizard.stopped_ids}
        self.assertEqual(shown[self.nadia], f"pris par Aubrive ({first.name}) (4)")
        self.assertEqual(shown[self.karim], "ne travaille pas ce jour-là (4)")

    def test_nothing_left_to_fill_opens_no_list(self):
        request = self._request()
        request._hold(self.nadia, request.slot_ids)
        with self.assertRaisesRegex(Exception, "No half-day of"):
            request.with_user(self.coordinator).action_candidates()

    def test_a_plan_keeps_its_motives_on_the_proposal(self):
        request = self._request(self.commune_b)
        plan = self.env["commune.replacement.plan"].create(
            {"date_start": MONDAY, "date_end": MONDAY + timedelta(days=30)}
        )
        plan.action_compute()
        plan.action_apply()
        reasons = request.proposal_ids.reasons.replace("\xa0", " ")
        self.assertIn("première mission dans la commune, 21 km, charge 0 %", reasons)
