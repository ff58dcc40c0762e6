"""Figures of the management, each computed independently by SQL; their lists; who sees them."""

from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.commune_relations.engine.steering import Span, before

from ..models.steering.figure.figures import Scope
from .steering.figure_sql import BY_DECISION, FIGURES, MEDIAN, NOT_OF_SCOPE
from .test_access_matrix import AccessRecords


class FigureCase(AccessRecords):
    """A record of each kind, then requests answered in time, late, waiting, cancelled, at the
    edges of the period, handed over and reopened, in both communes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = cls.epci
        cls.span = Span(cls.today - timedelta(days=89), cls.today)
        cls.north = cls.env["commune.sector"].create({"name": "Secteur de l’essai"})
        cls.commune_a.sector_id = cls.north
        cls.stages = {
            kind: cls.env["helpdesk.ticket.stage"]._get_kind(kind)
            for kind in ("received", "waiting", "answered", "closed", "cancelled")
        }
        for rank in range(12):
            commune = cls.commune_b if rank % 3 == 2 else cls.commune_a
            stage = ("answered", "closed", "received", "waiting", "answered", "cancelled")[rank % 6]
            cls._ask(commune, stage, arrived=85 - 7 * rank, took=(3, 12, 40)[rank % 3])
        cls._ask(cls.commune_a, "answered", arrived=100, took=5)  # before the period
        cls._ask(cls.commune_a, "answered", arrived=95, took=30)  # answered within it
        cls.env.flush_all()

    @classmethod
    def _ask(cls, commune, kind, arrived, took):
        """A request that arrived so many days ago at half past eleven in the evening, and came to
        its step so many days later."""
        ticket = cls.env["helpdesk.ticket"].create(
            {"name": "Essai", "description": "Essai", "commune_id": commune.id}
        )
        evening = datetime.combine(cls.today, time(23, 30), cls.env.company._get_zone())
        moment = (evening - timedelta(days=arrived)).astimezone(UTC).replace(tzinfo=None)
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s", (moment, ticket.id)
        )
        ticket.invalidate_recordset()
        ticket.env["commune.request.clock"].sudo()._update_clocks(ticket.sudo())
        if kind != "received":
            with freeze_time(moment + timedelta(days=took)):
                ticket.stage_id = cls.stages[kind]
        return ticket

    def _get(self, user=None, span=None, scope=None):
        steering = self.env["commune.steering"].with_user(user or self.manager)
        return {row["code"]: row for row in steering._get_figures(span or self.span, scope)}

    def _ask_sql(self, query, span=None, scope=None):
        span, scope = span or self.span, scope or Scope()
        self.env.flush_all()
        self.env.cr.execute(
            query,
            {
                "start": span.start,
                "end": span.end,
                "today": self.today,
                "zone": self.zone,
                "epci": self.epci.id,
                "sector": scope.sector,
                "band": scope.band,
            },
        )
        return self.env.cr.fetchone()[0]


@tagged("post_install", "-at_install")
class TestFigures(FigureCase):
    # the figures

    def test_each_figure_is_what_sql_says(self):
        for span in (self.span, before(self.span)):
            rows = self._get(span=span)
            self.assertEqual(
                set(FIGURES) - set(rows), set(), "a figure that the manager does not see"
            )
            for code, (part, whole) in FIGURES.items():
                with self.subTest(code=code, start=span.start):
                    self.assertEqual(rows[code]["count"], self._ask_sql(part, span))
                    if whole:
                        self.assertEqual(rows[code]["denominator"], self._ask_sql(whole, span))

    def test_each_figure_of_a_scope_is_what_sql_says(self):
        small = self.commune_b.population_band
        for scope in (Scope(sector=self.north.id), Scope(band=small)):
            rows = self._get(scope=scope)
            for code, (part, whole) in FIGURES.items():
                if code in NOT_OF_SCOPE:
                    self.assertEqual((rows[code]["value"], rows[code]["text"]), (None, "–"), code)
                elif code not in BY_DECISION:
                    with self.subTest(code=code, scope=scope):
                        self.assertEqual(rows[code]["count"], self._ask_sql(part, scope=scope))
                        if whole:
                            found = self._ask_sql(whole, scope=scope)
                            self.assertEqual(rows[code]["denominator"], found)

    def test_the_requests_of_the_case_by_hand(self):
        """Twelve asked within the period, two of them cancelled; six answered, and the one that
        had arrived before it; a third of each commune."""
        first = self.env["helpdesk.ticket"].search([("name", "=", "Essai")]).ids
        others = self._ask_sql(
            f"SELECT COUNT(*) FROM helpdesk_ticket WHERE id NOT IN {tuple(first)}"
        )
        rows = self._get()
        self.assertEqual(rows["requests_received"]["value"], 10 + others)
        # Took 3, 12, 3, 12, 3, 12 and 30 days.
        self.assertEqual(rows["requests_answered"]["value"], 7)
        self.assertEqual(rows["requests_delay"]["value"], 12)
        self.assertEqual(rows["requests_delay"]["value"], self._round(self._ask_sql(MEDIAN)))
        self.assertEqual(rows["requests_delay"]["detail"], "over 7")

    def test_a_period_begins_and_ends_at_midnight_of_the_organisation(self):
        """Half an hour after its first midnight and before its last one, not before nor after."""
        day, zone = timedelta(days=1), self.env.company._get_zone()
        edges = {
            datetime.combine(self.span.start, time(0, 30), zone): 1,
            datetime.combine(self.span.start - day, time(23, 30), zone): 0,
            datetime.combine(self.span.end, time(23, 30), zone): 1,
            datetime.combine(self.span.end + day, time(0, 30), zone): 0,
        }
        for moment, counted in edges.items():
            before = self._get()["requests_received"]["value"]
            ticket = self._ask(self.commune_a, "received", arrived=1, took=0)
            naive = moment.astimezone(UTC).replace(tzinfo=None)
            self.env.cr.execute(
                "UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s", (naive, ticket.id)
            )
            self.env.invalidate_all()
            found = self._get()["requests_received"]["value"]
            with self.subTest(moment=str(moment)):
                self.assertEqual(found - before, counted)

    def _round(self, value):
        return round(float(value), 6)

    def test_the_value_of_the_period_before_is_that_of_its_own(self):
        now, past = self._get(), self._get(span=before(self.span))
        for code, row in now.items():
            expected = None if row["is_today"] else past[code]["value"]
            self.assertEqual(row["before"], expected, code)
        self.assertEqual(past["requests_received"]["value"], 2)

    def test_a_share_of_few_cases_is_shown_by_its_counts(self):
        row = self._get(scope=Scope(sector=self.north.id))["communes_asking"]
        self.assertEqual((row["text"], row["change_text"]), ("1 of 1", ""))

    def test_the_costs_are_the_sum_of_the_list(self):
        rows = self._get()
        for code, name in (
            ("services_expected", "year_forecast"),
            ("services_actual", "year_actual"),
        ):
            row = rows[code]
            lines = self.env[row["model"]].with_context(**row["context"]).search(row["domain"])
            self.assertTrue(lines)
            self.assertAlmostEqual(row["value"], sum(lines.mapped(name)), 2)

    def test_a_convention_and_its_amendment_are_one(self):
        before_count = self._get()["agreements_running"]["value"]
        values = {"name": "Essai", "commune_id": self.commune_a.id}
        three = [dict(values) for _rank in range(3)]
        origin, first, second = self.env["agreement"].sudo().create(three)
        for version, amendment in ((1, first), (2, second)):
            amendment.write({"parent_id": origin.id, "version": version})
        signed = {"paper_signature": True, "epci_paper_signature": True}
        (origin | first | second).write({"state": "active", **signed})
        self.assertEqual(self._get()["agreements_running"]["value"], before_count + 1)
        (origin | first | second).state = "to_renew"
        rows = self._get()
        self.assertEqual(rows["agreements_running"]["value"], before_count + 1)
        self.assertEqual(
            rows["agreements_renew"]["value"], self._ask_sql(FIGURES["agreements_renew"][0])
        )

    def test_who_waits_for_an_event_that_is_called_off_waits_for_nothing(self):
        tomorrow = self.today + timedelta(days=1)
        event = self.env["event.event"].create(
            {
                "name": "Visite",
                "kind": "encounter",
                "date_begin": f"{tomorrow} 08:00:00",
                "date_end": f"{tomorrow} 10:00:00",
            }
        )
        place = self.env["event.registration"].create(
            {
                "event_id": event.id,
                "partner_id": self.portal_a.partner_id.id,
                "commune_id": self.commune_a.id,
            }
        )
        place.sudo().is_waiting = True
        waiting = self._get()["events_waiting"]["value"]
        event.kanban_state = "cancel"
        self.assertEqual(self._get()["events_waiting"]["value"], waiting - 1)

    def test_a_period_that_is_not_over_is_not_compared(self):
        """On the first of its ninety days, a quarter has nothing against a whole one."""
        whole = self._get()["requests_received"]
        self.assertRegex(whole["change_text"], r"^\+\d")
        longer = Span(self.span.start, self.today + timedelta(days=1))
        begun = self._get(span=longer)["requests_received"]
        self.assertEqual((begun["change_text"], begun["trend"]), ("", ""))
        self.assertIsNotNone(begun["before"])
        board = self.env["commune.steering"].with_user(self.manager).get_board
        self.assertFalse(board({"period": "free", "end": str(longer.end)})["is_over"])
        self.assertTrue(board()["is_over"])

    # lists and rights

    def test_the_list_has_as_many_records_as_the_figure_says_for_each_role(self):
        for user in (self.reader, self.referent, self.officer, self.manager, self.coordinator):
            for scope in (None, Scope(sector=self.north.id)):
                for code, row in self._get(user, scope=scope).items():
                    if not row["model"]:
                        continue
                    with self.subTest(user=user.login, code=code):
                        records = self.env[row["model"]].with_user(user)
                        self.assertEqual(records.search_count(row["domain"]), row["count"])
                        if row["unit"] == "number":
                            self.assertEqual(row["value"], row["count"])
                        if row["whole_domain"] is not None:
                            whole = records.search_count(row["whole_domain"])
                            self.assertEqual((whole, row["count"]),
                                             (row["denominator"], row["numerator"]))  # fmt: skip

    def test_a_referent_counts_the_requests_of_the_team_and_no_replacement(self):
        own = self.env["helpdesk.ticket"].with_user(self.referent)
        rows = self._get(self.referent)
        self.assertLess(
            rows["requests_open"]["value"], self._get(self.reader)["requests_open"]["value"]
        )
        opened = own.search_count(
            [("stage_kind", "in", ("received", "in_progress", "waiting", "to_validate"))]
        )
        self.assertEqual(rows["requests_open"]["value"], opened)
        self.assertNotIn("replacement_filled", rows)
        self.assertIn("replacement_filled", self._get(self.coordinator))

    def test_a_referent_sees_no_silence(self):
        """Who may not read the list of silent communes reads it in no figure and on no map."""
        steering = self.env["commune.steering"]
        for user, is_shown in ((self.referent, False), (self.reader, True)):
            found = steering.with_user(user)._get_map(self.span)
            with self.subTest(user=user.login):
                self.assertEqual("communes_silent" in self._get(user), is_shown)
                codes = {measure["code"] for measure in found["measures"]}
                self.assertEqual("silence" in codes, is_shown)
                values = [one["values"].get("silence") for one in found["communes"]]
                self.assertEqual(values != [None] * len(values), is_shown)
        # Nothing at all that may be counted: no map, rather than one without measure.
        self.env.company.write(
            {f"uses_{name}": False for name in ("requests", "network", "services", "knowledge")}
        )
        self.assertIsNone(steering.with_user(self.referent)._get_map(self.span))

    def test_a_figure_names_no_record_that_one_may_not_read(self):
        """The condition of a list holds the numbers of decisions."""
        session = self.env["commune.session"].search([("state", "=", "held")], limit=1)
        made = self.env["commune.decision"].create(
            {"session_id": session.id, "text": "Secrète", "deadline": self.today}
        )
        self.env.cr.execute(
            "UPDATE commune_decision SET state = 'done', done_date = %s WHERE id = %s",
            (self.today, made.id),
        )
        made.invalidate_recordset()
        self.assertIn(made.id, self._list_numbers(self._get(self.reader)["decisions_done"]))
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("commune.decision"),
                "domain_force": f"[('id', '!=', {made.id})]",
            }
        )
        row = self._get(self.reader)["decisions_done"]
        self.assertNotIn(made.id, self._list_numbers(row))

    def _list_numbers(self, row):
        return [n for one in row["domain"] if one[0] == "id" and one[1] == "in" for n in one[2]]

    def test_nobody_else_sees_them(self):
        for user in (self.employee, self.portal_a):
            steering = self.env["commune.steering"].with_user(user)
            with self.assertRaises(AccessError):
                steering.get_board()
            with self.assertRaises(AccessError):
                steering._get_figures(self.span)

    def test_a_pillar_that_is_off_has_no_figures(self):
        self.env.company.uses_replacement = False
        board = self.env["commune.steering"].with_user(self.manager).get_board()
        self.assertNotIn("replacement", [section["code"] for section in board["sections"]])

    # the board

    def test_the_choices_are_understood_or_refused(self):
        steering = self.env["commune.steering"].with_user(self.reader)
        found = steering.get_board({"period": "quarter", "day": "2026-02-10", "step": -1})
        self.assertEqual(
            (found["choices"]["start"], found["choices"]["end"]), ("2025-10-01", "2025-12-31")
        )
        self.env.company.silence_weeks = 10
        found = steering.get_board()
        self.assertEqual(found["choices"]["weeks"], 10, "as the list of the silent communes")
        self.assertEqual(found["weeks"], [4, 8, 10, 12, 26])
        for wrong in (
            {"period": "week"},
            {"day": "31/12"},
            {"period": "free", "start": "2026-02-02", "end": "2026-02-01"},
            {"sector": 10**9},
            {"band": "huge"},
            {"weeks": -3},
            {"period": "month", "step": 10**9},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                steering.get_board(wrong)

    def test_the_charts_add_up_to_the_figures(self):
        steering = self.env["commune.steering"].with_user(self.manager)
        rows = self._get()
        charts = {chart["code"]: chart for chart in steering._get_series(self.span)}
        for code, expected in (
            ("requests", ["requests_received", "requests_answered"]),
            ("topics", ["requests_received"]),
            ("families", ["services_taken"]),
        ):
            sums = [sum(dataset["values"]) for dataset in charts[code]["datasets"]]
            self.assertEqual(sums, [rows[name]["value"] for name in expected], code)
        for chart in charts.values():
            for dataset in chart["datasets"]:
                self.assertEqual(len(dataset["values"]), len(chart["labels"]), chart["code"])

    def test_equity_ranks_nobody_of_fewer_than_five_answers(self):
        steering = self.env["commune.steering"].with_user(self.manager)
        ranking = steering._get_equity(self.span)["ranking"]
        # A has seven answers, B none: nothing else was answered.
        self.assertEqual(
            [(row["rank"], row["name"], row["cases"]) for row in ranking["rows"]],
            [(1, self.commune_a.name, 7)],
        )
        short = Span(self.today - timedelta(days=40), self.today)
        ranking = steering._get_equity(short)["ranking"]
        self.assertEqual((ranking["rows"], ranking["left_out"]), ([], 2))

    def test_the_tables_of_equity_count_each_commune_once(self):
        equity = self.env["commune.steering"].with_user(self.manager)._get_equity(self.span)
        place = [column["code"] for column in equity["columns"]].index("received")
        of_communes = self._ask_sql(
            FIGURES["requests_received"][0] + " AND ticket.commune_id IN "
            f"({self.commune_a.id}, {self.commune_b.id})"
        )
        # Four requests for 169,543 inhabitants are 0.02 for a thousand, not none.
        steering = self.env["commune.steering"]
        self.assertEqual(steering._write_or_dash(Fraction(4000, 169_543), "decimal"), "0,02")
        for table in equity["tables"]:
            found = sum(int(row["cells"][place]) for row in table["rows"])
            self.assertEqual(found, of_communes, table["title"])

    def test_the_map_says_the_figures_of_each_commune(self):
        found = self.env["commune.steering"].with_user(self.manager)._get_map(self.span)
        values = {commune["id"]: commune["values"] for commune in found["communes"]}
        scoped = self._get(scope=Scope(sector=self.north.id))["requests_received"]["value"]
        self.assertEqual(values[self.commune_a.id]["received"], scoped)
        self.assertEqual(values[self.commune_a.id]["delays"], 12)
        self.assertIsNone(values[self.commune_b.id]["delays"])

    def test_as_many_queries_with_ten_times_the_requests(self):
        steering = self.env["commune.steering"].with_user(self.manager)
        counts = []
        # What Odoo keeps of the rules is complete after two boards.
        for number in (0, 0, 0, 120):
            tickets = self.env["helpdesk.ticket"].create(
                [
                    {"name": "Essai", "description": "x", "commune_id": self.commune_a.id}
                    for _rank in range(number)
                ]
            )
            tickets.write({"stage_id": self.stages["answered"].id})
            self.env.flush_all()
            self.env.invalidate_all()
            before_count = self.env.cr.sql_log_count
            steering.get_board()
            counts.append(self.env.cr.sql_log_count - before_count)
        self.assertEqual(counts[-2], counts[-1])
