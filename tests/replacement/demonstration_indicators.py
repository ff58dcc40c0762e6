"""Indicators of the demonstration, each computed independently by SQL from the rows."""

import base64
import csv
import re
import statistics
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tools import file_open

from odoo.addons.commune_relations.reports.replacement.service_report_document import render_map

RECEIVED = (
    "(r.received_date AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')::date BETWEEN %s AND %s"
    " AND r.state NOT IN ('draft', 'cancelled')"
)


class DemonstrationIndicators:
    """Tests for a case that has loaded the demonstration of the Métropole de Metz, which takes
    longer than all of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._get_today()
        cls.period = (cls.today - timedelta(days=364), cls.today + timedelta(days=60))

    def _query(self, query, *values):
        self.env.cr.execute(query, values)
        return self.env.cr.fetchall()

    def _get_rows(self, *period):
        figures = self.env["commune.replacement.figures"].with_context(lang="fr_FR")
        rows = figures._get_rows(*(period or self.period))
        return {(row["code"], row["key"]): row for row in rows}

    def test_each_list_has_the_count_of_its_figure(self):
        rows = self._get_rows()
        self.assertGreater(len(rows), 30)
        for key, row in rows.items():
            with self.subTest(figure=key):
                found = self.env[row["model"]].search_count(row["domain"])
                self.assertEqual(found, row["count"])

    def test_figures_computed_independently_from_the_rows(self):
        rows = self._get_rows()
        slots = self._query(
            "SELECT p.population, s.state FROM commune_replacement_slot s"
            " JOIN commune_replacement_request r ON r.id = s.request_id"
            " JOIN res_partner p ON p.id = r.commune_id"
            " WHERE s.date BETWEEN %s AND %s AND r.state NOT IN ('draft', 'cancelled')"
            " AND (s.state != 'cancelled' OR EXISTS (SELECT 1 FROM commune_replacement_mission m"
            " WHERE m.id = s.mission_id AND m.ended_by IN ('agent', 'service')"
            " AND s.cancelled_by IN ('agent', 'service')))",
            *self.period,
        )
        bands = (("under_1000", 0, 999), ("under_3500", 1000, 3499), ("under_10000", 3500, 9999))
        filled = [people for people, state in slots if state == "filled"]
        self.assertTrue(filled)
        self.assertEqual(rows["half_days", ""]["value"], len(slots))
        self.assertAlmostEqual(rows["fill_half_days", ""]["value"], len(filled) / len(slots))
        for band, low, high in bands:
            own = [people for people in filled if low <= people <= high]
            share = rows["equity", band]["value"]
            self.assertAlmostEqual(share, len(own) / len(filled), msg=band)
        times = self._query(
            "SELECT r.urgency, EXTRACT(epoch FROM MIN(p.answer_commune_date) - r.received_date)"
            " FROM commune_replacement_request r"
            " JOIN commune_replacement_proposal p ON p.request_id = r.id AND p.state = 'accepted'"
            " WHERE (r.received_date AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')::date"
            " BETWEEN %s AND %s AND r.state NOT IN ('draft', 'cancelled')"
            " AND p.answer_commune_date IS NOT NULL"
            " GROUP BY r.id, r.urgency, r.received_date",
            *self.period,
        )
        planned = [max(float(s), 0) / 3600 for urgency, s in times if "_day" not in urgency]
        value = rows["time_planned", ""]["value"]
        self.assertAlmostEqual(value, statistics.median(planned), places=2)
        ((cost, hours, billed),) = self._query(
            "SELECT SUM(l.sign * h.hours * e.hourly_cost_charged), SUM(l.sign * h.hours),"
            " SUM(l.work_amount + l.minimum_amount + l.fee_amount)"
            " FROM commune_replacement_statement_line l"
            " JOIN commune_replacement_statement s ON s.id = l.statement_id"
            " JOIN commune_replacement_timesheet_line h ON h.id = l.timesheet_line_id"
            " JOIN hr_employee e ON e.id = h.employee_id"
            " WHERE s.state IN ('issued', 'paid') AND l.date BETWEEN %s AND %s",
            *self.period,
        )
        found = [rows[code, ""]["value"] for code in ("unit_cost", "tariff", "recovery")]
        cost, hours, billed = map(float, (cost, hours, billed))
        for one, other in zip(found, (cost / hours, billed / hours, billed / cost), strict=True):
            self.assertAlmostEqual(one, other, places=6)
        ((worked,),) = self._query(
            "SELECT SUM(EXTRACT(epoch FROM stop_datetime - start_datetime)) / 3600"
            " FROM commune_replacement_slot WHERE state = 'filled' AND date BETWEEN %s AND %s",
            self.period[0],
            self.today,
        )
        self.assertAlmostEqual(rows["occupation", ""]["numerator"], float(worked), places=6)

    def test_satisfaction_computed_independently(self):
        rows = self._get_rows()
        for side in ("commune", "agent"):
            found = self._query(
                "SELECT e.state, e.mean, e.again, m.half_day_count"
                " FROM commune_replacement_evaluation e"
                " JOIN commune_replacement_mission m ON m.id = e.mission_id"
                " WHERE e.side = %s AND m.date_end BETWEEN %s AND %s",
                side,
                *self.period,
            )
            answered = [row for row in found if row[0] == "answered"]
            self.assertGreaterEqual(len(answered), 5)
            weights = sum(row[3] for row in answered)
            value = sum(float(row[1]) * row[3] for row in answered) / weights
            self.assertAlmostEqual(rows["satisfaction", side]["value"], value, places=6)
            again = sum(row[2] == "yes" for row in answered) / len(answered)
            self.assertAlmostEqual(rows["again", side]["value"], again)
            self.assertAlmostEqual(rows["answers", side]["value"], len(answered) / len(found))
            shares = [rows["marks", f"{side}-{mark}"]["value"] for mark in range(1, 5)]
            self.assertAlmostEqual(sum(shares), 1)

    def test_the_scenario_with_its_reference_plan(self):
        """M18: 571 half-days of 593 are filled, 96.3 %; by request as in the file."""
        path = "commune_relations/demo/replacement/replacement_requests.csv"
        with file_open(path) as file:
            wanted = {row["demande_id"]: row for row in csv.DictReader(file)}
        self._query("UPDATE commune_replacement_request SET state = 'submitted'"
                    " WHERE code = 'R25' RETURNING id")  # fmt: skip
        for code, row in wanted.items():
            agent = self.env["hr.employee"].create({"name": code, "is_replacement_agent": True})
            self._query(
                "UPDATE commune_replacement_slot SET state = 'filled', employee_id = %s"
                " WHERE id IN (SELECT s.id FROM commune_replacement_slot s"
                " JOIN commune_replacement_request r ON r.id = s.request_id"
                " WHERE r.code = %s AND s.state = 'open' ORDER BY s.date LIMIT %s) RETURNING id",
                agent.id,
                code,
                int(row["pourvues_optimum"]),
            )
        others = "UPDATE commune_replacement_request SET state = 'draft' WHERE code IS NULL"
        self._query(f"{others} RETURNING id")
        self.env.invalidate_all()
        row = self._get_rows(date(2026, 11, 30), date(2027, 11, 30))["fill_half_days", ""]
        self.assertEqual((row["numerator"], row["denominator"]), (571, 593))
        self.assertEqual(row["text"], "96,3\N{NO-BREAK SPACE}%")

    def _check(self, row, count, whole, part=None):
        """Lines of the list, and the two numbers of a share."""
        part = count if part is None else part
        self.assertEqual((row["count"], row["numerator"]), (count, part))
        self.assertEqual(row["denominator"], whole)
        self.assertAlmostEqual(row["value"], part / whole)

    def test_requests_computed_independently(self):
        rows = self._get_rows()
        found = self._query(
            "SELECT r.id, p.population, r.urgency, r.state, r.unfilled_reason, r.redirection,"
            " (SELECT COUNT(*) FROM commune_replacement_slot s WHERE s.request_id = r.id AND"
            " s.state = 'filled') AS filled, (SELECT COUNT(*) FROM commune_replacement_slot s"
            " LEFT JOIN commune_replacement_mission m ON m.id = s.mission_id"
            " WHERE s.request_id = r.id AND s.state != 'filled' AND (s.state != 'cancelled' OR"
            " m.ended_by IN ('agent', 'service') AND s.cancelled_by IN ('agent', 'service')"
            " AND NOT EXISTS (SELECT 1 FROM commune_replacement_slot o WHERE o.state != 'cancelled'"
            " AND (o.request_id, o.date, o.half_day) = (s.request_id, s.date, s.half_day))))"
            " FROM commune_replacement_request r JOIN res_partner p ON p.id = r.commune_id"
            f" WHERE {RECEIVED}",
            *self.period,
        )
        total = len(found)
        self.assertEqual(rows["requests", ""]["value"], total)
        full = [row for row in found if row[6] and not row[7]]
        self._check(rows["fill_requests", ""], total, total, len(full))
        small = [row for row in found if row[1] < 1000]
        turned = [row for row in small if row[3] in ("unfilled", "refused")]
        self._check(rows["small_refused", ""], len(turned), len(small))
        reasons = [row[4] for row in found if row[3] == "unfilled"]
        self.assertGreater(len(set(reasons)), 2)
        self._check(rows["unfilled", ""], len(reasons), total)
        for reason in set(reasons):
            self._check(rows["unfilled", reason], reasons.count(reason), total)
        away = [row[5] for row in found if row[5] not in (None, "none")]
        self._check(rows["redirected", ""], len(away), total)
        for whom in set(away):
            self._check(rows["redirected", whom], away.count(whom), total)
        ((urgent,),) = self._query(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY hours) FROM (SELECT"
            " EXTRACT(epoch FROM MIN(p.answer_commune_date) - r.received_date) / 3600 AS hours"
            " FROM commune_replacement_request r JOIN commune_replacement_proposal p"
            " ON p.request_id = r.id AND p.state = 'accepted' AND p.answer_commune_date IS NOT NULL"
            f" WHERE {RECEIVED} AND r.urgency IN ('same_day', 'next_day')"
            " GROUP BY r.id, r.received_date) AS waits",
            *self.period,
        )
        self.assertAlmostEqual(rows["time_urgent", ""]["value"], float(urgent), places=2)

    def test_needs_that_come_back_computed_independently(self):
        start = self.period[1] - relativedelta(years=1) + timedelta(days=1)
        found = self._query(
            "SELECT r.commune_id, LOWER(TRIM(COALESCE(NULLIF(r.job_family, ''), r.post, ''))),"
            f" COUNT(*) FROM commune_replacement_request r WHERE {RECEIVED} GROUP BY 1, 2",
            start,
            self.period[1],
        )
        back = sum(row[2] for row in found if row[2] > 1)
        self.assertTrue(back)
        self._check(self._get_rows()["repeated", ""], back, sum(row[2] for row in found))

    def test_half_days_of_each_size_computed_independently(self):
        """No half-day was given up in the demonstration: those that are not cancelled."""
        rows = self._get_rows()
        found = self._query(
            "SELECT CASE WHEN p.population < 1000 THEN 'under_1000' WHEN p.population < 3500 THEN"
            " 'under_3500' WHEN p.population < 10000 THEN 'under_10000' END, COUNT(*),"
            " COUNT(*) FILTER (WHERE s.state = 'filled') FROM commune_replacement_slot s"
            " JOIN commune_replacement_request r ON r.id = s.request_id"
            " JOIN res_partner p ON p.id = r.commune_id WHERE s.date BETWEEN %s AND %s"
            " AND r.state NOT IN ('draft', 'cancelled') AND s.state != 'cancelled' GROUP BY 1",
            *self.period,
        )
        sizes = [row for row in found if row[0]]
        self.assertGreater(len(sizes), 1)
        for band, asked, filled in sizes:
            self._check(rows["fill_half_days", band], asked, asked, filled)

    def test_missions_and_members_computed_independently(self):
        rows = self._get_rows()
        found = self._query(
            "SELECT ended_by, COUNT(*) FROM commune_replacement_mission"
            " WHERE date_end BETWEEN %s AND %s AND state != 'cancelled' GROUP BY ended_by",
            *self.period,
        )
        ends = dict(found)
        total = sum(ends.values())
        early = total - ends.pop(None)
        self.assertTrue(early)
        self._check(rows["early_end", ""], early, total)
        for side, count in ends.items():
            self._check(rows["early_end", side], count, total)
        ((covered, members),) = self._query(
            "SELECT COUNT(DISTINCT a.commune_id), (SELECT COUNT(*) FROM res_partner"
            " WHERE active AND is_commune AND epci_id = %s) FROM agreement a"
            " JOIN agreement_offer_rel l ON l.agreement_id = a.id"
            " JOIN commune_service_offer o ON o.id = l.commune_service_offer_id"
            " WHERE a.state IN ('active', 'to_renew') AND o.is_replacement"
            " AND a.start_date <= %s AND (a.end_date IS NULL OR a.end_date >= %s)",
            self.env.company.epci_id.id,
            self.period[1],
            self.period[1],
        )
        self.assertTrue(covered)
        self._check(rows["members", ""], covered, members)
        # The map of the report gives the same figures, commune by commune.
        places = self.env["commune.replacement.figures"]._get_breakdowns(*self.period)["map"]
        self.assertEqual(
            (len(places), sum(agreed for _c, agreed, _n in places)), (members, covered)
        )
        helped = [count for _code, _agreed, count in places if count]
        self.assertEqual(sum(helped), rows["fill_half_days", ""]["numerator"])
        drawing = base64.b64decode(render_map(places).partition("base64,")[2]).decode()
        self.assertEqual(drawing.count("<path"), members)
        written = [int(number) for number in re.findall(r">(\d+)</text>", drawing)]
        self.assertEqual(sorted(written), sorted(helped))

    def test_statements_computed_independently(self):
        rows = self._get_rows()
        ((billed, count),) = self._query(
            "SELECT SUM(amount_total), COUNT(*) FROM commune_replacement_statement"
            " WHERE state IN ('issued', 'paid') AND date_end BETWEEN %s AND %s",
            *self.period,
        )
        self.assertAlmostEqual(rows["billed", ""]["value"], float(billed), places=2)
        self.assertEqual(rows["billed", ""]["count"], count)
        ((unpaid, count),) = self._query(
            "SELECT SUM(s.amount_total), COUNT(*) FROM commune_replacement_statement s"
            " WHERE s.state = 'issued' AND s.kind = 'statement' AND s.date_end BETWEEN %s AND %s"
            " AND s.id NOT IN (SELECT cancels_id FROM commune_replacement_statement"
            " WHERE cancels_id IS NOT NULL AND state IN ('issued', 'paid'))",
            *self.period,
        )
        self.assertAlmostEqual(rows["unpaid", ""]["value"], float(unpaid), places=2)
        self.assertEqual(rows["unpaid", ""]["count"], count)

    def test_hours_of_each_agent_computed_independently(self):
        """Hours of missions by the clock of the half-days; 1,607 hours for a year of 365 days."""
        rows = self._get_rows()
        found = self._query(
            "SELECT employee_id, SUM(EXTRACT(epoch FROM stop_datetime - start_datetime)) / 3600,"
            " COUNT(*) FROM commune_replacement_slot WHERE state = 'filled'"
            " AND date BETWEEN %s AND %s GROUP BY employee_id",
            self.period[0],
            self.today,
        )
        self.assertGreater(len(found), 2)
        offered = 0
        for agent, hours, count in found:
            row = rows["agent_occupation", str(agent)]
            self.assertAlmostEqual(row["numerator"], float(hours), places=6)
            self.assertEqual(row["count"], count)
        for (code, _key), row in rows.items():
            offered += row["denominator"] if code == "agent_occupation" else 0
        self.assertAlmostEqual(rows["occupation", ""]["denominator"], offered, places=6)
        worked = sum(float(hours) for _agent, hours, _count in found)
        days = (self.today - self.period[0]).days + 1
        self.assertAlmostEqual(rows["full_time", ""]["value"], worked / (1607 * days / 365), 6)

    def test_cases_are_computed_independently(self):
        """Median of the days from report to end, share reopened; four incidents or fewer show
        nothing, not even how many."""
        ended = self._query(
            "SELECT EXTRACT(epoch FROM closed_date - reported_date) / 86400,"
            " COALESCE(reopen_count, 0) > 0,"
            " (closed_date AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Paris')::date AS day"
            " FROM commune_replacement_incident WHERE closed_date IS NOT NULL ORDER BY day"
        )
        inside = [row for row in ended if self.period[0] <= row[2] <= self.period[1]]
        self.assertGreaterEqual(len(inside), 5)
        rows = self._get_rows()
        days = statistics.median(float(days) for days, _again, _day in inside)
        self.assertAlmostEqual(rows["regulation", ""]["value"], days, places=3)
        share = sum(again for _days, again, _day in inside) / len(inside)
        self.assertAlmostEqual(rows["reopened", ""]["value"], share)
        last = [day for _days, _again, day in ended][-1]
        few = [row for row in ended if row[2] >= last]
        self.assertTrue(0 < len(few) < 5)
        for code in ("regulation", "reopened"):
            row = self._get_rows(last, last)[code, ""]
            self.assertEqual((row["value"], row["count"], row["hidden"]), (None, 0, True))
