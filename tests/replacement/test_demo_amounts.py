"""The amounts of the demonstration, computed from rows of the database without the engine."""

import re
from datetime import date, timedelta
from fractions import Fraction

from odoo.tests import TransactionCase, tagged

from .demonstration_indicators import DemonstrationIndicators

SIREN = "200039865"  # the territory whose replacements the demonstration describes


def cents(amount):
    """Whole cents, half a cent up, of an exact number of euros."""
    return (Fraction(amount) * 200 + 1) // 2


def exact(number):
    """The figure that was typed: four decimals at most."""
    return Fraction(round((number or 0) * 10_000), 10_000)


WORDS = {
    word: number
    for number, word in enumerate(
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze"
        " seize dix-sept dix-huit dix-neuf vingt".split()
    )
} | {"trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}


def read_number(words):
    """A number under a million that is written in French words."""
    total = part = 0
    for word in words.replace("-", " ").split():
        if word.rstrip("s") == "cent":
            part = max(part, 1) * 100
        elif word == "mille":
            total, part = max(part, 1) * 1000, 0
        elif word.rstrip("s") == "vingt" and part % 100 == 4:
            part += 76  # four twenties
        elif word not in ("et", "d’"):
            part += WORDS[word]
    return total + part


def read_euros(words):
    """Cents of “cinq cents euros et dix centimes”."""
    euros, _euro, rest = words.partition(" euro")
    if not _euro:
        return read_number(words.partition(" centime")[0])
    rest = rest.removeprefix("s").removeprefix(" et ").partition(" centime")[0]
    return 100 * read_number(euros) + read_number(rest)


class DemonstrationCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env.company.epci_id = False
        reference = cls.env["commune.reference.epci"]
        list(reference._set_up_everything(SIREN, online=False, demo=True))
        # Amounts of the demonstration, and of its other weeks.
        today = cls.env.company._get_today()
        statements = cls.env["commune.replacement.statement"]
        begin = today - timedelta(days=200)
        if begin.year != today.year:  # a statement is of one year
            statements._prepare_statements(begin, date(begin.year, 12, 31))
            begin = date(today.year, 1, 1)
        statements._prepare_statements(begin, today)
        cls.env.flush_all()


@tagged("post_install", "-at_install")
class TestDemoAmounts(DemonstrationIndicators, DemonstrationCase):
    allow_inherited_tests_method = True

    def _rows(self, query, *values):
        self.env.cr.execute(query, values)
        return self.env.cr.dictfetchall()

    def _count_days(self, line, price, first, last):
        """Days of a year counted one by one, on which the subscription and the price hold."""
        day, days = first, 0
        while day <= last:
            for period in (line, price):
                if day < period["date_start"] or (period["date_end"] and day > period["date_end"]):
                    break
            else:
                days += 1
            day += timedelta(days=1)
        return days

    def _get_base(self, line, price, population):
        """Euros of a whole year before any use."""
        if price["kind"] == "inhabitant":
            return exact(price["unit"]) * population
        if price["kind"] == "compensation":
            own = line["has_compensation"]
            return exact(line["compensation"] if own else price["fixed"])
        if price["kind"] == "fixed_variable":
            return exact(price["fixed"])
        amount = 0
        if price["kind"] == "band":
            for band in self._rows(
                "SELECT population_from, amount FROM commune_service_price_band"
                " WHERE price_id = %s ORDER BY population_from",
                price["id"],
            ):
                if band["population_from"] <= population:
                    amount = exact(band["amount"])
        return amount

    def _get_one(self, price):
        if price["kind"] == "works":
            return exact(price["rate"]) / 100
        return exact(price["unit"]) if price["kind"] in ("unit", "fixed_variable") else 0

    def _work_out(self, line, year, population):
        """(forecast, to pay, withheld) of a subscription, in cents."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        length = (last - first).days + 1
        forecast = due = withheld = 0
        for price in self._rows(
            "SELECT * FROM commune_service_price WHERE active AND offer_id = %s", line["offer_id"]
        ):
            days = self._count_days(line, price, first, last)
            yearly = cents(Fraction(self._get_base(line, price, population) * days, length))
            uses = self._rows(
                "SELECT quantity FROM commune_service_usage WHERE subscription_id = %s"
                " AND date BETWEEN %s AND %s AND date >= %s AND date <= %s",
                line["id"],
                first,
                last,
                price["date_start"],
                price["date_end"] or last,
            )
            used = cents(self._get_one(price) * sum(exact(use["quantity"]) for use in uses))
            expected = exact(line["forecast_quantity"]) * Fraction(days, length)
            forecast += yearly + cents(self._get_one(price) * expected)
            due += used
            if price["kind"] == "compensation":
                withheld += yearly
            else:
                due += yearly
        return forecast, due, withheld

    def _get_expected(self, commune, first, year):
        """Cents of the replacement service: what statements hold, drafts too, and each half-day
        agreed that none holds."""
        last = date(year, 12, 31)
        (held,) = self._rows(
            "SELECT COALESCE(SUM(amount_total), 0) AS amount FROM commune_replacement_statement"
            " WHERE commune_id = %s AND (kind = 'statement' OR state IN ('issued', 'paid'))"
            " AND date_end BETWEEN %s AND %s",
            commune.id,
            first,
            last,
        )
        written = self._rows(
            "SELECT t.mission_id, t.date, t.half_day, t.hour_start, t.hour_end, t.km, t.state,"
            " t.employee_id, EXISTS (SELECT 1 FROM commune_replacement_statement_line l"
            " WHERE l.timesheet_line_id = t.id AND l.is_live) AS billed"
            " FROM commune_replacement_timesheet_line t"
            " WHERE t.commune_id = %s AND t.date BETWEEN %s AND %s",
            commune.id,
            first,
            last,
        )
        planned = self._rows(
            "SELECT s.*, m.distance_km FROM commune_replacement_slot s"
            " JOIN commune_replacement_mission m ON m.id = s.mission_id"
            " WHERE s.commune_id = %s AND s.state = 'filled' AND s.date BETWEEN %s AND %s"
            " ORDER BY s.date, s.half_day",
            commune.id,
            first,
            last,
        )
        amount, ways, known = cents(exact(held["amount"])), set(), set()
        for row in written:
            known.add((row["mission_id"], row["date"], row["half_day"]))
            if row["km"]:
                ways.add((row["mission_id"], row["date"]))
            if row["state"] != "dropped" and not row["billed"]:
                hours = exact(row["hour_end"]) - exact(row["hour_start"])
                amount += self._price(row, cents(hours) / Fraction(100), exact(row["km"]))
        for row in planned:
            if (row["mission_id"], row["date"], row["half_day"]) in known:
                continue
            way = (row["mission_id"], row["date"])
            km = 0 if way in ways else 2 * row["distance_km"]
            ways.add(way)
            length = row["stop_datetime"] - row["start_datetime"]
            amount += self._price(row, Fraction(length.seconds, 3600), km)
        return amount

    def _price(self, row, hours, km):
        """Cents of a half-day at the tariff of its day and of the category of its agent."""
        tariff = self._get_tariff(row)
        return cents(hours * exact(tariff["amount"])) + cents(km * exact(tariff["travel_amount"]))

    def _get_tariff(self, row):
        """The tariff of a day and of the category of an agent: by the hour and the kilometre."""
        agent = self.env["hr.employee"].browse(row["employee_id"])
        tariffs = self._rows(
            "SELECT * FROM commune_replacement_tariff WHERE active AND date_start <= %s"
            " AND (date_end IS NULL OR date_end >= %s) AND (category IS NULL OR category = %s)"
            " ORDER BY category NULLS LAST",
            row["date"],
            row["date"],
            agent.category or "",
        )
        tariff = tariffs[0]
        self.assertEqual((tariff["unit"], tariff["travel"]), ("hour", "none"))
        self.assertFalse(tariff["minimum"] or tariff["fee_rate"])
        return tariff

    def test_every_yearly_statement(self):
        seen = foreseen = 0
        for year in (2026, 2027):
            for commune in self.env.company.epci_id._get_members():
                lines = self._rows(
                    "SELECT * FROM commune_service_subscription WHERE active AND commune_id = %s"
                    " AND date_start <= %s AND (date_end IS NULL OR date_end >= %s)",
                    commune.id,
                    date(year, 12, 31),
                    date(year, 1, 1),
                )
                kept = self._rows(
                    "SELECT population FROM commune_service_population"
                    " WHERE commune_id = %s AND year = %s",
                    commune.id,
                    year,
                )
                population = kept[0]["population"] if kept else commune.population
                sums = [self._work_out(line, year, population) for line in lines]
                (billed,) = self._rows(
                    "SELECT COALESCE(SUM(l.amount), 0) AS amount"
                    " FROM commune_replacement_statement_line l"
                    " JOIN commune_replacement_statement s ON s.id = l.statement_id"
                    " WHERE s.commune_id = %s AND s.state IN ('issued', 'paid')"
                    " AND EXTRACT(year FROM s.date_end) = %s",
                    commune.id,
                    year,
                )
                forecast, due, withheld = (
                    sum(column) for column in zip((0, 0, 0), *sums, strict=True)
                )
                due += cents(exact(billed["amount"]))
                # What the convention foresees of the replacements is in its own line already.
                options = [
                    one[0]
                    for line, one in zip(lines, sums, strict=True)
                    if self.env["commune.service.offer"].browse(line["offer_id"]).is_replacement
                ]
                agreed = self._get_expected(commune, first=date(year, 1, 1), year=year)
                forecast += max(agreed - sum(options), 0)
                foreseen += bool(options)
                costs = commune.env["commune.service.year"]._get_service_costs(commune, year)
                names = ("forecast", "actual_due", "actual_withheld")
                found = [round(costs[name] * 100) for name in names]
                self.assertEqual(found, [forecast, due, withheld], (commune.name, year))
                seen += bool(due and forecast)
        self.assertGreaterEqual(seen, 10)
        self.assertTrue(foreseen)

    def test_no_convention_is_voted_without_the_forecast_of_what_is_used(self):
        """Counted separately: each option whose price has a part by use has a number."""
        missing = self._rows(
            "SELECT r.* FROM agreement_offer_rel r"
            " JOIN agreement a ON a.id = r.agreement_id"
            " JOIN commune_service_price p ON p.offer_id = r.commune_service_offer_id"
            " WHERE p.active AND p.kind IN ('unit', 'fixed_variable', 'works') AND NOT EXISTS"
            " (SELECT 1 FROM commune_agreement_forecast f WHERE f.agreement_id = a.id"
            " AND f.offer_id = r.commune_service_offer_id)"
        )
        self.assertFalse(missing)

    def test_who_signs_for_the_intercommunality_holds_its_mandate(self):
        """Anyone who a convention names for the intercommunality holds a mandate there."""
        named = self._rows(
            "SELECT DISTINCT p.id, p.name FROM agreement a JOIN res_partner p"
            " ON p.id IN (a.epci_signatory_id, a.document_epci_id) WHERE a.commune_id IS NOT NULL"
        )
        self.assertTrue(named)
        without = self._rows(
            "SELECT p.name FROM res_partner p WHERE p.id IN %s AND NOT EXISTS (SELECT 1 FROM"
            " commune_mandate m WHERE m.partner_id = p.id AND m.commune_id = %s)",
            tuple(row["id"] for row in named),
            self.env.company.epci_id.id,
        )
        self.assertFalse(without)

    def test_who_signed_was_in_office_on_that_day(self):
        """Each side, on the day of its signature; no text quotes an order that came after it."""
        signed = self._rows(
            "SELECT a.name, a.epci_signatory, a.epci_signature_date, (SELECT COUNT(*) FROM"
            " commune_mandate m JOIN commune_function f ON f.id = m.function_id WHERE f.code ="
            " 'mayor' AND m.commune_id = a.commune_id AND m.date_start <= a.commune_signature_date"
            " AND (m.date_end IS NULL OR m.date_end >= a.commune_signature_date)) AS mayors,"
            " (SELECT COUNT(*) FROM commune_mandate m JOIN res_partner p ON p.id = m.partner_id"
            " WHERE m.commune_id = %s AND a.epci_signatory LIKE '%%' || p.name || '%%'"
            " AND m.date_start <= a.epci_signature_date AND (m.date_end IS NULL"
            " OR m.date_end >= a.epci_signature_date)) AS ours"
            " FROM agreement a WHERE a.epci_signature_date IS NOT NULL",
            self.env.company.epci_id.id,
        )
        self.assertGreater(len(signed), 10)
        for row in signed:
            with self.subTest(convention=row["name"]):
                self.assertEqual((row["mayors"], row["ours"]), (1, 1))
                for year in re.findall(r"n° (\d{4})", row["epci_signatory"]):
                    self.assertLessEqual(int(year), row["epci_signature_date"].year)

    def test_every_statement_of_the_replacement_service(self):
        """From the hours, the kilometres and the tariffs that were typed: lines, total, words."""
        statements = self._rows(
            "SELECT id, kind, state, amount_total, travel_total, work_total, fee_total,"
            " half_day_total, cancels_id, commune_id, date_trunc('month', date_end) AS month"
            " FROM commune_replacement_statement"
        )
        issued = [row for row in statements if row["state"] == "issued"]
        months = {(row["commune_id"], row["month"]) for row in issued}
        self.assertGreaterEqual(len(months), 10)
        self.assertTrue([row for row in issued if row["kind"] == "cancelling"])
        for statement in statements:
            with self.subTest(statement=statement["id"]):
                self._check_statement(statement)

    def _check_statement(self, statement):
        lines = self._rows(
            "SELECT l.*, t.hour_start, t.hour_end, t.km AS driven, t.employee_id"
            " FROM commune_replacement_statement_line l"
            " JOIN commune_replacement_timesheet_line t ON t.id = l.timesheet_line_id"
            " WHERE l.statement_id = %s ORDER BY l.date, l.half_day",
            statement["id"],
        )
        sign = -1 if statement["kind"] == "cancelling" else 1
        work = travel = 0
        for line in lines:
            hours = cents(exact(line["hour_end"]) - exact(line["hour_start"])) / Fraction(100)
            tariff = self._get_tariff(line)
            parts = (
                cents(hours * exact(tariff["amount"])),
                cents(exact(line["driven"]) * exact(tariff["travel_amount"])),
            )
            found = [cents(exact(line[f"{name}_amount"])) * sign for name in ("work", "travel")]
            self.assertEqual(tuple(found), parts)
            self.assertFalse(line["minimum_amount"] or line["fee_amount"])
            self.assertEqual(cents(exact(line["amount"])) * sign, sum(parts))
            work, travel = work + parts[0], travel + parts[1]
        totals = [
            cents(exact(statement[f"{n}_total"])) * sign for n in ("amount", "work", "travel")
        ]
        self.assertEqual(totals, [work + travel, work, travel])
        self.assertEqual(statement["half_day_total"], sign * len(lines))
        self.assertTrue(lines)
        self.assertFalse(statement["fee_total"])
        record = self.env["commune.replacement.statement"].browse(statement["id"])
        words = record.with_context(lang="fr_FR")._get_amount_in_words()
        self.assertEqual(read_euros(words), work + travel, words)
        if statement["state"] == "issued":
            self._check_paper(record)

    def _check_paper(self, record):
        """Who bills whom is kept, and the document is the one issued."""
        self.assertTrue(record.ordonnateur and record.issuer_siret and record.payer_siret)
        self.assertTrue(record._is_document_intact())

    def test_each_of_the_two_years_is_reported(self):
        """Missions in each month, requests that nobody could do in each year."""
        today = self.env.company._get_today()
        first = today.replace(day=1, year=today.year - 2)
        missions = self._rows(
            "SELECT DISTINCT date_trunc('month', date_start) FROM commune_replacement_mission"
            " WHERE date_start >= %s AND date_start < %s",
            first,
            today.replace(day=1),
        )
        self.assertEqual(len(missions), 24)
        year = today - timedelta(days=365)
        (unfilled,) = self._rows(
            "SELECT count(*) FILTER (WHERE date_start < %s) AS before, count(*) AS everything"
            " FROM commune_replacement_request WHERE state = 'unfilled'",
            year,
        )
        self.assertGreaterEqual(unfilled["before"], 3)
        self.assertGreater(unfilled["everything"], unfilled["before"])

    def test_what_the_demonstration_shows(self):
        """Unit costs of 118,400 € by 800 half-days = 148 €, 55,600 € by 400 = 139 € and 326,400 €
        by 9,600 hours = 34 €, notified to their communes before the budget or with the agreement,
        the prices of the offers and of the hours; mission orders issued before departure; a
        dispatch to the councillors who do not sit."""
        sheets = self._rows("SELECT * FROM commune_service_unit_cost ORDER BY amount")
        amounts = [(sheet["year"], sheet["amount"]) for sheet in sheets]
        self.assertEqual(
            sorted(amounts), [(2024, 34), (2025, 34), (2026, 34), (2026, 139), (2026, 148)]
        )
        (priced,) = self._rows("SELECT * FROM commune_replacement_tariff WHERE active")
        self.assertEqual(priced["amount"], sheets[0]["amount"])
        self.assertEqual({sheet["state"] for sheet in sheets}, {"notified"})
        (mission,) = self._rows(
            "SELECT count(*) AS late FROM commune_replacement_statement_line l"
            " WHERE l.km > 0 AND NOT EXISTS (SELECT 1 FROM commune_replacement_amendment a"
            " WHERE a.mission_id = l.mission_id AND a.order_date::date < l.date"
            " AND a.order_days::text LIKE concat('%%', l.date, '%%'))"
        )
        self.assertEqual(mission["late"], 0)
        parts = self._rows(
            "SELECT u.quantity, o.unit_name->>'fr_FR' AS unit_name FROM commune_service_usage u"
            " JOIN commune_service_subscription s ON s.id = u.subscription_id"
            " JOIN commune_service_offer o ON o.id = s.offer_id"
        )
        self.assertTrue(parts)
        for part in parts:
            step = 0.5 if part["unit_name"] == "jour" else 1
            self.assertEqual(part["quantity"] % step, 0, part)
        notices = self._rows("SELECT DISTINCT state, date FROM commune_service_unit_cost_notice")
        self.assertEqual([row["state"] for row in notices], ["told"] * 3)
        self.assertLess(max(row["date"] for row in notices), date(2026, 4, 30))
        (dispatch,) = self._rows("SELECT * FROM commune_dispatch")
        self.assertEqual(dispatch["state"], "sent")
        self.assertTrue(dispatch["sent_count"])
        self.assertLess(dispatch["sent_at"].date(), dispatch["deadline"])
