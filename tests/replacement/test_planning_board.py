"""The planning board: what it shows, who may go, what two coordinators meet."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.replacement.planning_board.screen import PLAIN_CELL
from .replacement_case import MONDAY, ReplacementCase


class BoardCase(ReplacementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.board = cls.env["commune.replacement.board"].with_user(cls.coordinator)
        cls.request = cls._request()
        cls.slots = cls.request.slot_ids.sorted(lambda s: (s.date, s.half_day))

    def _line(self, window, agent):
        line = next(line for line in window["agents"] if line["id"] == agent.id)
        return {**line, "cells": [{**PLAIN_CELL, **cell} for cell in line["cells"]]}

    def _kinds(self, line):
        """One letter by half-day shown: what an eye reads from left to right."""
        letters = {"": ".", "off": "o", "absent": "a", "closed": "c", "held": "h"}
        return "".join(letters.get(cell["kind"], "?") * cell["span"] for cell in line["cells"])

    def _open_pairs(self, slots=None):
        return [[slot.id, False] for slot in slots or self.slots]


@tagged("post_install", "-at_install")
class TestPlanningBoardWindow(BoardCase):
    def test_an_agent_without_half_day_has_a_line_too(self):
        window = self.board.get_window(str(MONDAY), "week")
        self.assertEqual(window["start"], "2027-01-11")
        line = self._line(window, self.karim)
        # Monday to Friday worked, Saturday not: ten half-days, none held.
        self.assertEqual(self._kinds(line), ".........." + "oo")
        self.assertEqual((line["held"], line["workable"]), (0, 10))

    def test_what_is_to_fill_is_on_top_until_somebody_has_it(self):
        window = self.board.get_window(str(MONDAY), "week")
        lane = window["lanes"][0]
        self.assertEqual((lane["request"], lane["count"]), (self.request.id, 2))
        opened = [cell["first"] for cell in lane["cells"] if cell.get("kind") == "open"]
        self.assertEqual(opened, [0, 2])  # Monday morning, Tuesday morning
        self.request._assign(self.nadia, self.slots)
        window = self.board.get_window(str(MONDAY), "week")
        self.assertEqual(window["lanes"], [])
        line = self._line(window, self.nadia)
        self.assertEqual(self._kinds(line), "h.h......." + "oo")
        self.assertEqual((line["held"], line["workable"]), (2, 10))

    def test_a_free_half_day_says_where_it_is_alone(self):
        window = self.board.get_window(str(MONDAY), "week")
        cells = next(one for one in window["agents"] if one["id"] == self.karim.id)["cells"]
        self.assertEqual(cells[0], {"first": 0, "span": 2})  # Monday, morning and afternoon
        self.assertEqual(cells[-1], {"first": 10, "span": 2, "kind": "off"})

    def test_leaves_holidays_and_contracts_are_seen(self):
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": self.nadia.resource_id.id,
                "date_from": "2027-01-12 06:00:00",
                "date_to": "2027-01-12 17:00:00",
            }
        )
        self.karim.agent_date_end = "2027-01-13"
        window = self.board.get_window(str(MONDAY), "week")
        self.assertEqual(self._kinds(self._line(window, self.nadia)), "..aa......" + "oo")
        self.assertEqual(self._line(window, self.nadia)["workable"], 8)
        karim = self._line(window, self.karim)
        self.assertEqual([c["first"] for c in karim["cells"] if c["kind"]][0], 6)
        self.assertEqual(karim["workable"], 6)
        christmas = self.board.get_window("2026-12-24", "week")
        closed = [day["date"] for day in christmas["days"] if day["closed"]]
        self.assertIn("2026-12-25", closed)
        self.assertLess(self._line(christmas, self.nadia)["workable"], 10)

    def test_a_block_of_neighbours_is_one_cell_when_weeks_are_many(self):
        request = self._request(mon_pm=True, tue_pm=True)
        request._assign(self.nadia, request.slot_ids)
        week = self._line(self.board.get_window(str(MONDAY), "week"), self.nadia)
        month = self._line(self.board.get_window(str(MONDAY), "four"), self.nadia)
        self.assertEqual([c["span"] for c in week["cells"] if c["kind"] == "held"], [1] * 4)
        self.assertEqual([c["span"] for c in month["cells"] if c["kind"] == "held"], [4, 4])

    def test_a_month_holds_all_its_weeks(self):
        window = self.board.get_window("2027-01-20", "month")
        self.assertEqual(window["days"][0]["date"], "2026-12-28")
        self.assertEqual(window["days"][-1]["date"], "2027-01-30")
        self.assertEqual(len(window["weeks"]), 5)

    def test_the_days_are_french(self):
        board = self.board.with_context(lang="fr_FR")
        labels = [day["label"] for day in board.get_window("2027-02-01", "week")["days"]]
        self.assertEqual(labels[:2], ["lun. 1er", "mar. 2"])

    def test_an_excluded_commune_is_shown_with_the_line(self):
        self.env["commune.exclusion"].create(
            {
                "employee_id": self.nadia.id,
                "commune_id": self.commune_a.id,
                "reason": "Famille",
                "date_start": "2027-01-15",
                "date_end": "2027-01-31",
            }
        )
        line = self._line(self.board.get_window(str(MONDAY), "week"), self.nadia)
        self.assertEqual(line["excluded"], self.commune_a.ids)
        later = self._line(self.board.get_window("2027-02-01", "week"), self.nadia)
        self.assertEqual(later["excluded"], [])

    def test_a_reader_sees_who_goes_where_and_no_file(self):
        self.request._assign(self.nadia, self.slots)
        window = self.board.with_user(self.reader).get_window(str(MONDAY), "week")
        self.assertFalse(window["can_edit"])
        self.assertEqual([line["name"] for line in window["agents"]], ["Nadia F."])
        line = self._line(window, self.nadia)
        self.assertEqual(self._kinds(line), "h.h.........")
        self.assertLessEqual(set(line), {"id", "name", "held", "cells"})
        with self.assertRaises(AccessError):
            self.board.with_user(self.reader).give(self._open_pairs(), self.karim.id)
        with self.assertRaises(AccessError):
            self.board.with_user(self.reader).get_takers(self.slots.ids)

    def _go(self, agent):
        """One more of each thing that a line shows."""
        self.env["commune.exclusion"].create(
            {"employee_id": agent.id, "commune_id": self.commune_b.id, "reason": "Essai"}
        )
        request = self._request()
        request._hold(agent, request.slot_ids[:2])

    def test_ten_times_the_agents_ask_no_more_queries(self):
        self._go(self.nadia)
        self._go(self.karim)

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            window = self.board.get_window(str(MONDAY), "eight")
            return self.env.cr.sql_log_count - before, len(window["agents"])

        count()
        few, agents = count()
        for number in range(9 * agents):
            agent = self._agent(f"Z{number}", f"Agent {number}", "C", "contractuel", {"ACC": 2})
            self._go(agent)
        many, all_agents = count()
        self.assertEqual(all_agents, 10 * agents)
        self.assertLessEqual(many, few)


@tagged("post_install", "-at_install")
class TestPlanningBoardActions(BoardCase):
    def test_an_action_holds_the_half_days_and_its_undoing_frees_them(self):
        self.board.give(self._open_pairs(), self.nadia.id)
        self.assertEqual(self.slots.mapped("state"), ["held"] * 4)
        self.assertEqual(self.slots.taken_by_id, self.coordinator)
        proposal = self.slots.proposal_id
        self.board.give([[slot.id, self.nadia.id] for slot in self.slots], False)
        self.assertEqual(self.slots.mapped("state"), ["open"] * 4)
        self.assertEqual(proposal.state, "withdrawn")

    def test_one_half_day_after_the_other_is_one_proposal(self):
        for slot in self.slots:
            self.board.give([[slot.id, False]], self.nadia.id)
        self.assertEqual(len(self.slots.proposal_id), 1)
        self.assertEqual(self.slots.proposal_id.slot_ids, self.slots)
        self.assertEqual(self.slots.proposal_id.state, "draft")

    def test_the_exact_rule_is_shown_and_nothing_moves(self):
        request = self._request(
            needs=(("CPT", "2"),), date_start=date(2027, 2, 1), date_end=date(2027, 2, 5)
        )
        board = self.board.with_context(lang="fr_FR")
        with self.assertRaisesRegex(UserError, "CPT|omptab"), self.env.cr.savepoint():
            board.give(self._open_pairs(request.slot_ids), self.karim.id)
        self.assertEqual(set(request.slot_ids.mapped("state")), {"open"})
        takers = board.get_takers(request.slot_ids.ids)
        self.assertEqual([taker["name"] for taker in takers], ["Nadia F.", "Karim B."])
        self.assertEqual(takers[0]["reasons"], [])
        self.assertTrue(takers[0]["words"])
        self.assertEqual(len(takers[1]["reasons"]), 1)

    def test_from_line_to_line_all_rules_run_again(self):
        self.board.give(self._open_pairs(), self.nadia.id)
        other = self._request()
        self.board.give(self._open_pairs(other.slot_ids), self.karim.id)
        moves = [[self.slots[0].id, self.nadia.id]]
        with self.assertRaisesRegex(UserError, "Karim"), self.env.cr.savepoint():
            self.board.give(moves, self.karim.id)
        self.assertEqual(self.slots[0].employee_id, self.nadia)
        # The list showed it before the action.
        takers = {t["id"]: t["reasons"] for t in self.board.get_takers(self.slots[0].ids)}
        self.assertEqual(takers[self.nadia.id], [])
        self.assertTrue(takers[self.karim.id])

    def test_an_old_screen_is_not_believed(self):
        self.board.give(self._open_pairs(), self.nadia.id)
        # A colleague still sees them to fill, another sees them with Karim.
        for seen in (False, self.karim.id):
            with self.assertRaisesRegex(UserError, "Nadia F."), self.env.cr.savepoint():
                self.board.give([[self.slots[0].id, seen]], self.karim.id)
        self.board.give([[slot.id, self.nadia.id] for slot in self.slots], False)
        with self.assertRaisesRegex(UserError, "filled again"), self.env.cr.savepoint():
            self.board.give([[self.slots[0].id, self.nadia.id]], self.karim.id)
        self.assertFalse(self.slots.employee_id)

    def test_what_an_agent_has_received_does_not_move(self):
        self.board.give(self._open_pairs(), self.nadia.id)
        self.slots.proposal_id.with_user(self.coordinator).action_send_agent()
        line = self._line(self.board.get_window(str(MONDAY), "week"), self.nadia)
        self.assertEqual({c["movable"] for c in line["cells"] if c["kind"] == "held"}, {False})
        with self.assertRaisesRegex(UserError, "withdraw"), self.env.cr.savepoint():
            self.board.give([[self.slots[0].id, self.nadia.id]], self.karim.id)

    def test_ten_times_the_agents_ask_no_more_queries_for_the_takers(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            takers = self.board.get_takers(self.slots.ids)
            return self.env.cr.sql_log_count - before, len(takers)

        count()
        few, agents = count()
        for number in range(9 * agents):
            self._agent(f"Z{number}", f"Agent {number}", "C", "contractuel", {"ACC": 2})
        count()  # the rules that Odoo keeps for a user are worked out again after a creation
        many, all_agents = count()
        self.assertEqual(all_agents, 10 * agents)
        self.assertLessEqual(many, few)
