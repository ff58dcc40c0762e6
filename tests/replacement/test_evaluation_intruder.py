"""What a browser sends instead of a mark; the actions of the board, asked by others."""

import io

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .test_replacement_evaluation import COMMUNE, EvaluationCase


@tagged("post_install", "-at_install")
class TestEvaluationIntruder(EvaluationCase, HttpCase):
    def test_a_file_instead_of_a_mark_is_refused_in_words(self):
        one = self._of(self._finished(), "commune").sudo()
        self.authenticate(None, None)
        for name in ("score_punctuality", "again", "comment"):
            sent = {key: word for key, word in COMMUNE.items() if key != name}
            page = self.url_open(
                f"/replacement-evaluation/{one.token}/answer",
                data={"csrf_token": http.Request.csrf_token(self), **sent},
                files={name: ("note.txt", io.BytesIO(b"4"), "text/plain")},
                allow_redirects=False,
            )
            with self.subTest(name=name):
                self.assertEqual(page.status_code, 303 if name == "comment" else 422)
        self.assertEqual((one.state, one.comment), ("answered", False))

    def test_the_actions_of_the_board_are_for_the_coordination(self):
        request = self._request(submit=True)
        board, slots = self.env["commune.replacement.board"], request.slot_ids
        moves = [(slot.id, False) for slot in slots]
        for who in ("portal_a", "agent_user", "employee", "officer", "reader"):
            called = board.with_user(getattr(self, who))
            for action in (
                lambda b=called: b.give(moves, self.nadia.id),
                lambda b=called: b.get_takers(slots.ids),
            ):
                with self.subTest(who=who), self.assertRaises(AccessError):
                    action()
        for who in ("portal_a", "agent_user", "employee"):
            called = board.with_user(getattr(self, who))
            with self.subTest(who=who), self.assertRaises(AccessError):
                called.get_window()
            with self.subTest(who=who), self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(called.env.user)._render_qweb_html(
                    "commune_relations.planning_board_report", self.env.company.ids, data={}
                )
        self.assertEqual(set(slots.mapped("state")), {"open"})
