"""A coordinator at the planning board: the pointer, the keyboard, the telephone."""

from odoo.tests import HttpCase, tagged

from ..replacement.replacement_case import MONDAY, ReplacementCase
from .common import without_missing_asset
from .test_accessibility import PageCase

BOARD = f"/odoo/replacement-planning?day={MONDAY}"


class BoardTourCase(ReplacementCase, HttpCase):
    def _open(self, tour):
        without_missing_asset(self.env)
        self.coordinator.write({"password": "test_coordinator", "lang": "fr_FR"})
        self.request = self._request(needs=(("CPT", "2"),))
        self.start_tour(BOARD, f"commune_relations.{tour}", login="test_coordinator")


@tagged("post_install", "-at_install")
class TestPlanningBoardTour(BoardTourCase):
    def test_from_what_is_to_fill_to_an_agent(self):
        self._open("planning_board")
        first, *others = self.request.slot_ids.sorted("date")
        self.assertEqual(first.state, "open")
        self.assertEqual([slot.employee_id for slot in others[:1]], [self.nadia])
        # What was given from the list was that of the week shown.
        self.assertEqual({slot.state for slot in others[1:]}, {"open"})


@tagged("post_install", "-at_install")
class TestPlanningBoardPhoneTour(BoardTourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_one_agent_or_one_day_at_a_time(self):
        self._open("planning_board_phone")
        self.assertEqual(self.request.slot_ids.sorted("date")[0].employee_id, self.nadia)


AXE = """
(async () => {
    const loaded = new Promise((resolve) => {
        const script = document.createElement("script");
        script.onload = resolve;
        script.src = "%s";
        document.head.append(script);
    });
    await loaded;
    document.querySelector(".o_pb_cell").click();
    for (let turn = 0; turn < 300 && !document.querySelector(".o_pb_taker"); turn++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    const {violations} = await axe.run(document.querySelector(".o_planning_board"));
    const faults = violations
        .filter(({impact}) => ["serious", "critical"].includes(impact))
        .map(({id, nodes}) => `${id} ${nodes.map(({html}) => html)}`);
    if (!document.querySelector(".o_pb_taker")) {
        faults.push("the list of those who may go did not come");
    }
    if (faults.length) {
        console.error(faults.join("\\n"));
    } else {
        console.log("test successful");
    }
})();
"""


class BoardPageCase(PageCase, ReplacementCase):
    @classmethod
    def _fill_the_pages(cls):
        super()._fill_the_pages()
        cls.coordinator.write({"password": "test_coordinator", "lang": "fr_FR"})

    def _look_at_the_board(self):
        """What is to fill, what is proposed, the list of those who may go."""
        without_missing_asset(self.env)
        given = self._request()
        given._assign(self.nadia, given.slot_ids)
        self._request()
        self.browser_js(
            BOARD,
            AXE % self.axe_url,
            ready="Boolean(document.querySelector('.o_planning_board .o_pb_cell'))",
            login="test_coordinator",
        )


@tagged("post_install", "-at_install")
class TestPlanningBoardAccessibility(BoardPageCase):
    browser_size = "1400x900"

    def test_the_board_on_a_desk(self):
        self._look_at_the_board()


@tagged("post_install", "-at_install")
class TestPlanningBoardPhoneAccessibility(BoardPageCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_the_board_on_a_telephone(self):
        self._look_at_the_board()
