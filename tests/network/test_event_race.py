"""Two persons at the same time take the last place, cancel, or send the invitations."""

import re
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.commune_relations.models.core.inside import INSIDE

from ..race_case import RaceCase


@tagged("post_install", "-at_install")
class TestEventRace(RaceCase):
    def _prepare(self, count, seats):
        """An event and persons without an address: nothing is sent.

        :return: ids of the mandates
        """

        def prepare(env):
            place = env["res.partner"].create(
                {"name": "Course", "is_company": True, "is_commune": True, "insee_code": "57999"}
            )
            persons = env["res.partner"].create(
                [{"firstname": "P", "lastname": f"N{number}"} for number in range(count)]
            )
            function = env["commune.function"]._by_code()["councillor"]
            mandates = env["commune.mandate"].create(
                [
                    {"partner_id": p.id, "commune_id": place.id, "function_id": function.id}
                    for p in persons
                ]
            )
            begin = fields.Datetime.now() + timedelta(days=5)
            event = env["event.event"].create(
                {
                    "name": "Course",
                    "kind": "information",
                    "date_begin": begin,
                    "date_end": begin + timedelta(hours=2),
                    "seats_limited": True,
                    "seats_max": seats,
                }
            )
            self.event_id = event.id
            self._keep(event, mandates, persons | place)
            return mandates.ids

        return self._in_transaction(prepare)

    def _clean(self):
        """What was made of the event goes before it."""

        def gather(env):
            event = self._event(env).with_context(active_test=False)
            made = (event.registration_ids, event.invitation_ids, event.half_day_ids)
            return [(records._table, records._name, records.ids) for records in made]

        if self.rows:
            self.rows[:0] = self._in_transaction(gather)
        super()._clean()

    def _event(self, env):
        return env["event.event"].browse(self.event_id)

    def _begun(self, *works):
        """Number of times that a work was begun, when none has failed in the end."""
        begun, errors = self._at_once(
            lambda env: self._event(env).registration_ids.mapped("state"), *works
        )
        self.assertEqual(errors, [])
        return begun

    def _read(self):
        """list of (state, is_waiting), in the order of the mandates"""

        def read(env):
            lines = self._event(env).registration_ids.sorted("mandate_id")
            return [(line.state, line.is_waiting) for line in lines]

        return self._in_transaction(read)

    def _registration(self, env, mandate):
        return self._event(env).registration_ids.filtered(lambda r: r.mandate_id.id == mandate)

    def test_the_last_place_is_given_once(self):
        mandates = self._prepare(2, seats=1)

        def register(mandate):
            def work(env):
                held = env["commune.mandate"].browse(mandate)
                self._event(env)._register_persons(held, held.partner_id)

            return work

        self.assertEqual(self._begun(*map(register, mandates)), 3)
        self.assertEqual(sorted(self._read()), [("draft", True), ("open", False)])

    def test_two_places_given_back_go_to_two_persons(self):
        mandates = self._prepare(4, seats=2)
        self._in_transaction(
            lambda env: self._event(env)._register_persons(
                env["commune.mandate"].browse(mandates), env.user.partner_id
            )
        )
        places, queue = [("open", False)] * 2, [("draft", True)] * 2
        self.assertEqual(self._read(), places + queue)

        def give_back(mandate):
            return lambda env: self._registration(env, mandate)._withdraw()

        self.assertEqual(self._begun(*map(give_back, mandates[:2])), 3)
        self.assertEqual(self._read(), [("cancel", False)] * 2 + [("open", False)] * 2)

    def test_the_colleague_who_presses_second_reads_that_nobody_is_left(self):
        """She is not refused, and nobody is invited twice."""
        mandates = self._prepare(2, seats=5)

        def choose(env):
            persons = env["commune.mandate"].browse(mandates).partner_id
            for number, person in enumerate(persons):
                person.email = f"course{number}@course.example"
            self._event(env).invited_ids = persons

        self._in_transaction(choose)
        read = {}

        def invite(name):
            def work(env):
                event = self._event(env).with_context(no_letters=INSIDE)
                read[name] = event.action_invite()["params"]["message"]

            return work

        works = [invite(name) for name in ("Anne", "Bruno", "Claire")]
        _begun, errors = self._at_once(lambda env: self._event(env).invitation_ids.ids, *works)
        self.assertEqual(errors, [])
        counts = sorted(int(re.search(r"\d+", message)[0]) for message in read.values())
        self.assertEqual(counts, [0, 0, 2])
        found = self._in_transaction(lambda env: len(self._event(env).invitation_ids))
        self.assertEqual(found, 2)
