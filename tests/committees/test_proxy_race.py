"""Two persons at the same moment: one holder for two proxies, two numbers for two texts."""

from datetime import timedelta
from unittest.mock import patch

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

    def _act_on_session(self, act):
        """Run one act twice at once on the session.

        :return: number of times that it was begun
        """

        def get_session(env):
            return env["commune.attendance"].browse(self.holder).session_id

        def look(env):
            session = get_session(env)
            session.state, session.decision_ids.mapped("number"), session.item_ids.mapped("state")

        works = [lambda env, rank=rank: act(get_session(env), rank) for rank in range(2)]
        begun, errors = self._at_once(look, *works)
        self.assertEqual(errors, [])
        return begun

    def _get_made(self, name):
        """Ids of the decisions or items of the session, which are deleted at the end."""

        def find(env):
            records = env["commune.attendance"].browse(self.holder).session_id[name]
            self.rows.insert(0, (records._table, records._name, records.ids))
            return records.ids

        return self._in_transaction(find)

    def test_two_decisions_written_at_once_have_two_numbers(self):
        begun = self._act_on_session(
            lambda session, rank: session.decision_ids.create(
                {"session_id": session.id, "text": f"Course {rank}"}
            )
        )
        made = self._get_made("decision_ids")
        self.assertEqual(begun, 3)
        numbers = self._in_transaction(
            lambda env: env["commune.decision"].browse(made).mapped("number")
        )
        self.assertEqual(sorted(number[-3:] for number in numbers), ["001", "002"])

    def test_two_items_kept_at_once_have_two_places(self):
        self._in_transaction(
            lambda env: env["commune.session.item"].create(
                [
                    {
                        "session_id": env["commune.attendance"].browse(self.holder).session_id.id,
                        "name": f"Course {rank}",
                        "state": "proposed",
                    }
                    for rank in range(2)
                ]
            )
        )
        items = self._get_made("item_ids")
        begun = self._act_on_session(
            lambda session, rank: session.item_ids.browse(items[rank]).action_keep()
        )
        self.assertEqual(begun, 3)
        places = self._in_transaction(
            lambda env: env["commune.session.item"].browse(items).mapped("sequence")
        )
        self.assertEqual(len(set(places)), 2)

    def test_two_versions_of_the_minutes_kept_at_once_have_two_numbers(self):
        drawn = patch.object(
            self.registry["commune.session"], "_render_document", lambda self, report: b"%PDF"
        )
        with drawn:
            begun = self._act_on_session(
                lambda session, rank: session.env["commune.session.minutes"]._freeze_minutes(
                    session, "corrected"
                )
            )
        versions = self._get_made("version_ids")
        self.assertEqual(begun, 3)
        numbers = self._in_transaction(
            lambda env: env["commune.session.version"].browse(versions).mapped("number")
        )
        self.assertEqual(sorted(numbers), [1, 2])
