"""Hours and limits are records: the engine, the calendars and the sentences follow them."""

from datetime import date

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.models.replacement.planning.engine_adapter import _get_period

from .replacement_case import MONDAY, ReplacementCase

TUESDAY = "2027-01-12"


@tagged("post_install", "-at_install")
class TestWorkRule(ReplacementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["commune.work.rule"]

    def _rule(self, code):
        return self.env.ref(f"commune_relations.work_rule_{code}")

    def _change(self, code, value, day):
        """Another value from a day on, as a manager does it: end the one, then add the next."""
        old = self._rule(code).with_user(self.manager)
        old.date_end = date.fromordinal(date.fromisoformat(day).toordinal() - 1)
        return self.rules.with_user(self.manager).create(
            {"code": code, "name": "Suite", "value": value, "date_start": day, "source": "Essai"}
        )

    def _evening(self, end, **values):
        """Monday 11 January, all day, with a council from 17:00."""
        return self._request(
            date_end=MONDAY,
            tue_am=False,
            mon_pm=True,
            evening_date=MONDAY,
            evening_start=17,
            evening_end=end,
            **values,
        )

    def _at_noon(self, latitude, agent):
        """Aubrive in the morning, Bellefontaine in the afternoon, due north of it."""
        self.commune_a.write({"partner_latitude": 49, "partner_longitude": 6})
        self.commune_b.write({"partner_latitude": latitude, "partner_longitude": 6})
        half = {"date_end": MONDAY, "tue_am": False}
        morning = self._request(**half)
        morning._assign(agent, morning.slot_ids)
        afternoon = self._request(self.commune_b, mon_am=False, mon_pm=True, **half)
        afternoon._assign(agent, afternoon.slot_ids)
        return afternoon

    def test_the_hours_of_the_organisation_reach_the_engine(self):
        """12:00 to 13:30 at noon, 45 minutes of lunch: 45 minutes of road, 30 km at 40 km/h."""
        self._agree(self.commune_b)
        # One degree of latitude is 111.2 km: 0.2 degree, 22.2 km, 28.9 km by road.
        self.assertEqual(self._at_noon(49.2, self.nadia).filled_count, 1)
        # 0.22 degree: 24.5 km, 31.8 km by road, 47.7 minutes.
        with self.assertRaisesRegex(UserError, "93.min pour 90.min"):
            self._at_noon(49.22, self.karim)

    def test_nine_hours_a_day_and_the_sentence_says_so(self):
        """3 h 30, 3 h 30 and a council of 2 h make nine hours."""
        self._rule("day_hours").value = 9
        request = self._evening(19)
        request._assign(self.nadia, request.slot_ids)
        request = self._evening(19.25)
        with self.assertRaisesRegex(UserError, r"9.h.15 de travail .* \(9.h au plus\)"):
            request._assign(self.karim, request.slot_ids)

    def test_a_rule_that_changes_on_new_years_day(self):
        """Nine hours and a half: on 28 December, but not on 11 January."""
        self._change("day_hours", 9, "2027-01-01")
        for day, refused in (("2026-12-28", False), ("2027-01-11", True)):
            request = self._request(
                date_start=day,
                date_end=day,
                tue_am=False,
                mon_pm=True,
                evening_date=day,
                evening_start=17.5,
                evening_end=20,
            )
            with self.subTest(day=day):
                if refused:
                    with self.assertRaisesRegex(UserError, "9.h au plus"):
                        request._assign(self.nadia, request.slot_ids)
                else:
                    request._assign(self.nadia, request.slot_ids)

    def test_a_day_without_its_break_is_refused_by_hand_and_by_a_plan(self):
        """From 13:30 to 19:30 without a break: six hours; to 19:29 no break is due."""
        request = self._request(
            date_end=MONDAY,
            mon_am=False,
            tue_am=False,
            mon_pm=True,
            evening_date=MONDAY,
            evening_start=17,
        )
        for end, filled in ((19.5, 0), (19 + 29 / 60, 1)):
            request.evening_end = end
            plan = self.env["commune.replacement.plan"].create(
                {"date_start": MONDAY, "date_end": MONDAY, "solver": "greedy"}
            )
            plan.action_compute()
            self.assertEqual((plan.requested, plan.filled), (1, filled), end)
            if not filled:
                with self.assertRaisesRegex(UserError, "2000-815"):
                    request._assign(self.nadia, request.slot_ids)
        request._assign(self.nadia, request.slot_ids)

    @freeze_time("2026-12-15 10:00:00")
    def test_calendars_follow_the_hours_of_their_period(self):
        """8:30 until New Year, 9:00 from then on; in Metz in winter, one hour less in UTC."""
        request = self._request(date_start="2026-12-28", date_end="2027-01-04", tue_am=False)
        before, after = request.slot_ids.sorted("date")
        self.assertEqual(str(after.start_datetime), "2027-01-04 07:30:00")
        self._change("morning_start", 9, "2027-01-01")
        self.assertEqual(str(before.start_datetime), "2026-12-28 07:30:00")
        self.assertEqual(str(after.start_datetime), "2027-01-04 08:00:00")
        self.assertEqual(after._get_hours(), [9, 12])

    def test_the_hours_of_a_leave_follow_too(self):
        """Nadia is away until 13:45: of the afternoon from 13:30, not of one from 14:00."""
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": self.nadia.resource_id.id,
                "calendar_id": False,
                "date_from": "2027-01-11 07:30:00",
                "date_to": "2027-01-11 12:45:00",
            }
        )
        request = self._request(date_end=MONDAY, mon_am=False, tue_am=False, mon_pm=True)
        with self.assertRaisesRegex(UserError, "absent"):
            request._assign(self.nadia, request.slot_ids)
        self._rule("afternoon_start").value = 14
        request._assign(self.nadia, request.slot_ids)

    def test_two_values_never_hold_at_once(self):
        values = {"code": "day_hours", "name": "Neuf", "value": 9, "source": "Essai"}
        with self.assertRaises(ExclusionViolation), mute_logger("odoo.sql_db"):
            self.rules.create({**values, "date_start": "2027-01-01"})

    def test_a_company_may_have_its_own_value(self):
        other = self.env["res.company"].create({"name": "Autre"})
        self.rules.create(
            {
                "code": "day_hours",
                "name": "Huit",
                "value": 8,
                "source": "Délibération",
                "date_start": "2027-01-01",
                "company_id": other.id,
            }
        )
        day = date(2027, 1, 11)
        self.assertEqual(self.rules._get_limits(other, day, day).day_hours, 8)
        self.assertEqual(self.rules._get_limits(self.env.company, day, day).day_hours, 10)
        self.assertEqual(self.rules._find_value(other, "day_hours", date(2026, 12, 31)), 10)

    def test_a_common_rule_is_not_given_to_a_third_party_company(self):
        other = self.env["res.company"].create({"name": "Autre"})
        rule = self.rules.search([("code", "=", "warn_km")], limit=1).with_user(self.manager)
        with self.assertRaises(AccessError):
            rule.company_id = other.id

    def test_a_rule_that_is_missing_is_named_with_its_day(self):
        self._rule("week_hours").date_end = "2026-12-31"
        request = self._request()
        with self.assertRaisesRegex(
            UserError, "“Most hours in a week” has no value on vendredi 1er janvier 2027"
        ):
            request._assign(self.nadia, request.slot_ids)

    def test_an_afternoon_before_the_morning_is_refused(self):
        for code, value in (("afternoon_end", 8), ("morning_end", 14), ("morning_start", 12)):
            with self.subTest(code=code), self.assertRaises(ValidationError):
                self._rule(code).value = value

    def test_the_afternoon_of_the_organisation_after_that_of_a_company(self):
        """8:30 to 14:00 stays, 14:30 ends on 30 June: 13:30 of the organisation would follow."""
        hours = {"morning_end": 14, "afternoon_start": 14.5, "afternoon_end": 18}
        rules = self.rules.create(
            [
                {
                    "code": code,
                    "name": "Suite",
                    "value": value,
                    "date_start": "2027-01-01",
                    "source": "Délibération",
                    "company_id": self.env.company.id,
                }
                for code, value in hours.items()
            ]
        )
        with self.assertRaisesRegex(ValidationError, "juillet 2027|July 1, 2027"):
            rules[1].date_end = "2027-06-30"
        rules.date_end = "2027-06-30"  # the three of them: the organisation, whole

    def test_a_value_without_sense_is_refused_with_its_range(self):
        for code, value, wanted in (
            ("day_hours", 30, "from 1.h to 24.h"),
            ("day_hours", 0, "from 1.h to 24.h"),
            ("week_hours", 500, "from 1.h to 100.h"),
            ("rest_hours", 200, "from 1.h to 23.h"),
            ("detour", 0.1, "from 1.× to 3.×"),
            ("break_minutes", 0.001, "from 5.min to 120.min"),
            ("average_weeks", 0.3, "whole number, from 1.week to 52.weeks"),
            ("average_weeks", 2.5, "whole number, from 1.week to 52.weeks"),
            ("morning_start", 25, "from 1.h to 24.h"),
        ):
            with self.subTest(code=code, value=value):
                with self.assertRaisesRegex(ValidationError, wanted):
                    self._rule(code).value = value

    def test_a_value_looser_than_the_decree_is_reported(self):
        self.assertFalse(self.rules.search([]).filtered("looser_text"))
        for code, value, wanted in (
            ("day_hours", 10.5, "10.h at most"),
            ("rest_hours", 9, "11.h at least"),
            ("break_minutes", 15, "20.min at least"),
            ("average_weeks", 16, "12.weeks at most"),
        ):
            rule = self._rule(code)
            rule.value = value
            self.assertRegex(rule.looser_text, wanted)

    def test_what_is_read_follows_the_longest_average(self):
        """Sixteen weeks from July: from 21 September 2026, 16 weeks before 11 January."""
        request = self._request()
        self.assertEqual(_get_period(request)[0], date(2026, 10, 19))
        self._change("average_weeks", 16, "2027-07-01")
        self.assertEqual(_get_period(request)[0], date(2026, 9, 21))

    def test_the_road_follows_the_detour_of_the_day(self):
        """22.2 km in a straight line: 28.9 km by road until New Year, 44.5 km from then on."""
        self._agree(self.commune_b)
        self._change("detour", 2, "2027-01-01")
        with self.assertRaisesRegex(UserError, "112.min pour 90.min"):
            self._at_noon(49.2, self.nadia)

    def test_managers_write_coordinators_read(self):
        rule = self._rule("rest_hours")
        self.assertEqual(rule.with_user(self.coordinator).value, 11)
        self.assertIn("onze heures", rule.with_user(self.coordinator).source)
        with self.assertRaises(AccessError):
            rule.with_user(self.coordinator).value = 10
        with self.assertRaises(AccessError):
            rule.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            rule.with_user(self.officer).read(["value"])

    def test_values_in_words(self):
        french = self.rules.with_context(lang="fr_FR")
        found = {
            code: french.browse(self._rule(code).id).value_text.replace("\xa0", " ")
            for code in ("afternoon_start", "day_hours", "break_minutes", "speed_kmh", "bus_km")
        }
        self.assertEqual(list(found.values()), ["13 h 30", "10 h", "20 min", "40 km/h", "5 km"])
        texts = [french.browse(self._rule(code).id).value_text for code in ("detour", "day_hours")]
        self.assertEqual(texts, ["1,3\xa0×", "10\xa0h"])
        self._rule("average_weeks").value = 1
        self.assertEqual(self._rule("average_weeks").value_text, "1\xa0week")
        self.assertNotEqual(
            dict(self.rules._fields["unit"].selection)["minutes"],
            dict(self.env["commune.dispatch"]._fields["kind"].selection)["minutes"],
        )

    def test_where_the_values_come_from(self):
        """Guarantees quote the decree; the organisation decides the hours, the service the
        figures."""
        starts = {"morning_start": "Choix", "detour": "Paramètre de calcul", "day_hours": "Décret"}
        for code, start in starts.items():
            self.assertTrue(self._rule(code).source.startswith(start), code)
        self.assertNotIn("confirmer", " ".join(self.rules.search([]).mapped("source")))
