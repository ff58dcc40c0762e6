"""The day page, by its requests: what is counted, where, and by whom it is read and done."""

from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.commune_relations.engine.steering import Span

from .request_case import RequestCase


class DayCase(RequestCase):
    """`_sources(user)`: {source: {section: count}} as the page shows them."""

    def _page(self, user):
        return self.env["commune.my.day"].with_user(user).get_day()

    def _sources(self, user):
        found = {}
        for section in self._page(user)["sections"]:
            for source in section["sources"]:
                found.setdefault(source["code"], {})[section["code"]] = source["count"]
        return found

    def _lines(self, user, source):
        return [
            line
            for section in self._page(user)["sections"]
            for line in section["lines"]
            if line["source"] == source
        ]

    def _promise(self, days, **values):
        """A request begun by the referent and promised in so many days."""
        request = self._request(user_id=self.referent.id, **values)
        request._move_to("in_progress")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET promised_date = %s WHERE id = %s",
            (self.today + timedelta(days=days), request.id),
        )
        request.invalidate_recordset(["promised_date"])
        return request


@tagged("post_install", "-at_install")
class TestRequestDay(DayCase):
    def test_promises_are_on_their_day(self):
        for days in (-9, -1, 0, 1, 7, 8):
            self._promise(days)
        self.assertEqual(
            self._sources(self.referent)["request_answer"], {"late": 2, "today": 1, "week": 2}
        )
        late, yesterday, today, *_rest = self._lines(self.referent, "request_answer")
        self.assertEqual(
            [line["when"] for line in (late, yesterday, today)],
            ["9 days ago", "yesterday", "today"],
        )
        self.assertEqual(today["commune"], "Aubrive")
        self.assertIn(str(self.today.year), today["exact"])

    def test_a_list_has_as_many_as_are_counted(self):
        """What is due today is in that of today, and not late."""
        for _rank in range(9):
            self._promise(-2)
        self._promise(0)
        count = self._sources(self.referent)["request_answer"]["late"]
        self.assertEqual(count, 9)
        self.assertLess(len(self._lines(self.referent, "request_answer")), 9)
        day = self.env["commune.my.day"].with_user(self.referent)
        action = day.open_list("request_answer", "late")
        tickets = self.env["helpdesk.ticket"].with_user(self.referent)
        self.assertEqual(tickets.search_count(action["domain"]), 9)
        self.assertEqual(
            tickets.search_count(day.open_list("request_answer", "today")["domain"]), 1
        )

    def test_what_is_old_does_not_hide_what_has_just_come(self):
        for _rank in range(9):
            self._promise(-20)
        request = self._request(team_id=self.roads.id, user_id=False)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET promised_date = %s WHERE id = %s",
            (self.today - timedelta(days=1), request.id),
        )
        self.env.invalidate_all()
        late = self._page(self.referent)["sections"][0]
        self.assertEqual((late["count"], len(late["lines"])), (10, 7))
        self.assertEqual(late["lines"][-1]["id"], request.id)

    def test_too_many_of_one_kind_are_one_line_that_opens_their_list(self):
        for days in (-3, *[-2] * 10):
            self._promise(days)
        (line,) = self._lines(self.referent, "request_answer")
        self.assertEqual(line["title"], "Answers promised: 11")
        self.assertEqual((line["when"], line["button"]), ("3 days ago", "Open the list"))
        self.assertFalse(line["does"] or line["gives"] or line["commune"])
        day = self.env["commune.my.day"].with_user(self.referent)
        action = day.open_list(line["source"], line["section"], line["kind"])
        tickets = self.env["helpdesk.ticket"].with_user(self.referent)
        self.assertEqual(tickets.search_count(action["domain"]), 11)

    def test_what_else_is_to_do_is_grouped_by_its_kind(self):
        request = self._request()
        todo, call = (self.env.ref(f"mail.mail_activity_data_{name}") for name in ("todo", "call"))
        for kind in (*[todo] * 11, call):
            request.activity_schedule(
                activity_type_id=kind.id, user_id=self.referent.id, date_deadline=self.today
            )
        lines = self._lines(self.referent, "activity")
        self.assertEqual([line["together"] for line in lines], [11, 0])
        self.assertEqual(lines[0]["title"], f"{todo.name}: 11")
        self.assertEqual(self._sources(self.referent)["activity"], {"today": 12})
        day = self.env["commune.my.day"].with_user(self.referent)
        action = day.open_list("activity", "today", lines[0]["kind"])
        found = self.env["mail.activity"].with_user(self.referent).search(action["domain"])
        self.assertEqual((len(found), found.activity_type_id), (11, todo))

    def test_begun_without_a_promised_day_it_is_looked_at_after_a_week(self):
        request = self._promise(0)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET promised_date = NULL,"
            " create_date = create_date - interval '9 days' WHERE id = %s",
            (request.id,),
        )
        self.env.invalidate_all()
        (line,) = self._lines(self.referent, "request_undated")
        # No list shows that it is late: it is carried over from one day to the next.
        self.assertEqual((line["id"], line["when"]), (request.id, "today"))
        self.assertEqual(self._sources(self.referent)["request_undated"], {"today": 1})
        self.assertFalse(self._lines(self.referent, "request_answer"))
        self.assertFalse(self._lines(self.officer, "request_undated"))

    def test_each_role_reads_its_own(self):
        self._promise(-1)
        self._request(team_id=self.roads.id, user_id=False)
        self.assertIn("request_new", self._sources(self.referent))
        self.assertNotIn("request_answer", self._sources(self.officer))
        self.assertEqual(self._sources(self.manager)["request_late"], {"others": 1})
        self.assertEqual(self._sources(self.reader)["request_late"], {"late": 1})
        self.assertFalse(self._lines(self.reader, "request_late")[0]["button"])
        self.assertNotIn("request_late", self._sources(self.coordinator))

    def test_nobody_else_opens_the_page(self):
        for user in (self.employee, self.portal_a, self.public):
            with self.assertRaises(AccessError), mute_logger("odoo.http"):
                self._page(user)

    def test_taken_up_in_place_and_once(self):
        request = self._request(team_id=self.roads.id, user_id=False)
        day = self.env["commune.my.day"].with_user(self.referent)
        answer = day.act("request_new", request.id)
        self.assertIn(request.name, answer["sentence"])
        self.assertEqual((request.user_id, request.stage_kind), (self.referent, "in_progress"))
        self.assertIn("no longer waits", day.act("request_new", request.id)["refusal"])

    def test_a_pillar_that_is_off_says_nothing(self):
        self._promise(-1)
        self.env.company.uses_requests = False
        self.assertNotIn("request_answer", self._sources(self.referent))

    def test_an_activity_that_a_line_shows_is_not_shown_again(self):
        request = self._promise(-1)
        before = self._sources(self.referent).get("activity", {})
        kind = "commune_relations.mail_activity_type_request_"
        request.activity_schedule(kind + "overdue", user_id=self.referent.id)
        self.assertEqual(self._sources(self.referent).get("activity", {}), before)
        request.activity_schedule(kind + "reply", user_id=self.referent.id)
        self.assertEqual(self._sources(self.referent)["activity"], {"today": 1})

    def test_as_many_queries_for_ten_times_as_much(self):
        def read(count):
            for rank in range(count):
                self._promise(rank % 9 - 4)
            self._sources(self.referent)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._sources(self.referent)
            return self.env.cr.sql_log_count - before

        few = read(9)
        self.assertEqual(read(81), few)

    def test_late_is_one_word_and_one_count_wherever_a_role_reads_it(self):
        """Ma journée, the list and its badge, the form, the dashboard: the same requests."""
        self.roads.user_ids |= self.officer
        for days in (-400, -1, 0, 3, 20):
            self._promise(days)
            self._promise(days, team_id=self.roads.id).user_id = self.officer
        fresh = [self._request(team_id=self.roads.id, user_id=False) for _rank in range(4)]
        waiting = self._promise(-3)
        waiting._move_to("waiting")
        unknown = self._promise(-2)
        unknown.sender_recognition = "unknown"
        self.env.flush_all()
        for request, days in zip(fresh, (-5, 0, 4, 30), strict=True):
            self.env.cr.execute(
                "UPDATE helpdesk_ticket SET promised_date = %s, create_date = create_date - %s"
                " WHERE id = %s",
                (self.today + timedelta(days=days), timedelta(days=40), request.id),
            )
        self.env.invalidate_all()
        # By hand: each of both has those of 400 days and of yesterday; the team, that of nobody and
        # that of the unknown sender.
        late = {"referent": 2 + 2, "officer": 2 + 2, "manager": 6, "reader": 6}
        for role, count in late.items():
            user = getattr(self, role)
            tickets = self.env["helpdesk.ticket"].with_user(user).search([])
            overdue = tickets.filtered(lambda one: one.promise_state == "overdue")
            with self.subTest(role=role):
                self.assertEqual(self._find_late(user, overdue), count)
                found = tickets.search([("promise_state", "in", ["overdue"])])
                self.assertEqual((len(found), found), (6, overdue))
                self.assertEqual(set(overdue.mapped("promise_color")), {1})
                self.assertEqual(self._get_dashboard(user), 6)

    def test_a_promise_of_another_year_says_its_year(self):
        request, year = self._promise(0), self.today.year
        for day, has_year in ((-1, True), (0, False), (1, True)):
            promised = date(year + day, 6, 15)
            self.env.cr.execute(
                "UPDATE helpdesk_ticket SET promised_date = %s WHERE id = %s",
                (promised, request.id),
            )
            self.env.invalidate_all()
            label = request.with_context(lang="fr_FR").promised_label
            self.assertTrue(label.startswith("15 juin"), label)
            self.assertEqual(f"juin {promised.year}" in label, has_year, label)

    def _find_late(self, user, overdue):
        """How many requests the page shows late, none twice, all of them overdue in the list."""
        day, found = self.env["commune.my.day"].with_user(user), []
        sources = {
            code: source
            for code, source in day._get_sources().items()
            if source.model == "helpdesk.ticket"
        }
        for row in day._find_lines(sources, {}):
            if row.section == "late" or row.code == "request_late":
                self.assertLess(row.together, sources[row.code].most)
                found.append(row.id)
        self.assertEqual(sorted(found), sorted(set(found) & set(overdue.ids)))
        return len(found)

    def _get_dashboard(self, user):
        span = Span(self.today - timedelta(days=29), self.today)
        figures = self.env["commune.steering"].with_user(user)._get_figures(span)
        [count] = [one["count"] for one in figures if one["code"] == "requests_overdue"]
        return count
