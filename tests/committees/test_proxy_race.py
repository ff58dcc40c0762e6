"""Two members choose the same holder at the same moment: one is refused, with a sentence."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..race_case import RaceCase


@tagged("post_install", "-at_install")
class TestProxyRace(RaceCase):
    def setUp(self):
        super().setUp()
        self.holder, *self.givers = self._in_transaction(self._prepare)

    def _prepare(self, env):
        """A group of three persons without an address (nothing is sent), convened.

        :return: ids of their lines
        """
        place = env["res.partner"].create(
            {"name": "Course", "is_company": True, "is_epci": True, "siren": "200000077"}
        )
        persons = env["res.partner"].create(
            [{"firstname": "P", "lastname": f"COURSE{number}"} for number in range(3)]
        )
        committee = env["commune.committee"].create(
            {"name": "Course", "kind": "group", "place_id": place.id, "proxy_allowed": True}
        )
        members = env["commune.committee.member"].create(
            [{"committee_id": committee.id, "person_id": person.id} for person in persons]
        )
        session = env["commune.session"].create(
            {
                "committee_id": committee.id,
                "date_begin": fields.Datetime.now() + timedelta(days=20),
            }
        )
        session.write({"state": "convened", "notice_date": fields.Datetime.now()})
        lines = session.attendance_ids.sorted("id")
        self._keep(lines, session, members, committee, persons | place)
        return lines.ids

    def _lines(self, env):
        return env["commune.attendance"].browse(self.givers)

    def _give(self, line_id):
        def work(env):
            lines = env["commune.attendance"]
            lines.browse(line_id)._reply("proxy", "link", holder=lines.browse(self.holder))

        return work

    def _look(self, env):
        env["commune.attendance"].browse(self.holder).proxy_from_ids.mapped("answer")

    def _read(self):
        def read(env):
            held = env["commune.attendance"].browse(self.holder).proxy_from_ids
            answers = sorted(line.answer or "" for line in self._lines(env))
            return len(held), answers, len(self._lines(env).answer_ids)

        return self._in_transaction(read)

    def test_one_proxy_is_taken_and_the_other_is_refused_by_name(self):
        begun, errors = self._at_once(self._look, *map(self._give, self.givers))
        # The second one was begun again, on what the first one had left.
        self.assertEqual(begun, 3)
        self.assertEqual(len(errors), 1)
        self.assertIsInstance(errors[0], UserError)
        self.assertIn("COURSE0", str(errors[0]))
        # One proxy held, no half-written answer, one line of history.
        self.assertEqual(self._read(), (1, ["", "proxy"], 1))

    def test_the_refused_member_may_choose_again(self):
        self._at_once(self._look, *map(self._give, self.givers))

        def excuse(env):
            self._lines(env).filtered(lambda line: not line.answer)._reply("excused", "link")

        self._in_transaction(excuse)
        self.assertEqual(self._read(), (1, ["excused", "proxy"], 2))
