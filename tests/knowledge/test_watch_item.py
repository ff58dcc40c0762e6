"""An item from “to sort” to “distributed”, who may do what, which communes it concerns."""

import re

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..services.service_case import make_offer, make_service
from .watch_case import ANSWERS, WatchCase, make_item


@tagged("post_install", "-at_install")
class TestWatchItem(WatchCase):
    def _item(self, who=None, **values):
        return make_item(self.env(user=who or self.officer), **values)

    def test_it_is_analysed_with_its_four_answers(self):
        item = self._item(**{**ANSWERS, "who_text": False, "date_effect": False})
        with self.assertRaisesRegex(UserError, "For whom, From when on"):
            item.action_analyse()
        item.who_text = "Les communes"
        with self.assertRaisesRegex(UserError, "Missing: From when on"):
            item.action_analyse()
        item.kind = "innovation"  # has no date of effect
        item.action_analyse()
        self.assertEqual((item.state, item.user_id), ("analysed", self.officer))

    def test_a_colleague_validates(self):
        item = self._item(**ANSWERS)
        item.action_analyse()
        self.assertEqual(len(item.activity_ids), 1)
        self.assertNotEqual(item.activity_ids.user_id, self.officer)
        with self.assertRaisesRegex(UserError, "a colleague"):
            item.action_validate()
        item.with_user(self.manager).action_validate()
        self.assertEqual((item.state, item.validated_by_id), ("validated", self.manager))
        self.assertFalse(item.activity_ids)

    def test_who_wrote_over_a_colleague_does_not_validate(self):
        """In the item that a colleague kept, analysed, or that oneself has just validated."""
        kept = self._item(**ANSWERS)
        kept.with_user(self.manager).sort("keep", "law", [])
        kept.change_text = "Écrit par un autre"
        kept.action_analyse()
        analysed = self._item(**ANSWERS).with_user(self.manager)
        analysed.action_analyse()
        analysed.with_user(self.officer).action_text = "Écrit par un autre"
        day = self._item(**ANSWERS).with_user(self.manager)
        day.action_analyse()
        day.with_user(self.officer).deadline_ids = [
            Command.create({"date": "2027-03-01", "name": "Délibérer"})
        ]
        validated = self._item(**ANSWERS).with_user(self.manager)
        validated.action_analyse()
        validated.with_user(self.officer).action_validate()
        validated.with_user(self.officer).legal_text = "loi n° 2023-1380"
        for item in (kept, analysed, day, validated):
            self.assertEqual((item.state, item.user_id), ("analysed", self.officer))
            with self.assertRaisesRegex(UserError, "a colleague"):
                item.with_user(self.officer).action_validate()
            item.with_user(self.manager).action_validate()
            self.assertEqual(item.state, "validated")

    def test_alone_one_validates_oneself(self):
        group = self.env.ref("commune_relations.group_officer")
        others = group.all_user_ids - self.officer - self.env.ref("base.user_root")
        others.sudo().active = False
        item = self._item(**ANSWERS)
        item.action_analyse()
        self.assertFalse(item.activity_ids)
        item.action_validate()
        self.assertEqual(item.state, "validated")

    def test_changed_after_the_validation_it_is_read_again(self):
        item = self._item(**ANSWERS)
        item.action_analyse()
        item.with_user(self.manager).action_validate()
        item.change_text = ANSWERS["change_text"]  # the same words
        item.topic_ids = [Command.clear()]
        self.assertEqual(item.state, "validated")
        item.change_text = "Le seuil passe à 90 000 euros."
        self.assertEqual(item.state, "analysed")
        self.assertFalse(item.validated_by_id)
        self.assertEqual(len(item.activity_ids), 1)

    def test_what_was_distributed_does_not_change(self):
        item = self._item(**ANSWERS)
        item.action_analyse()
        with self.assertRaises(UserError):
            item.state = "distributed"
        item.action_distribute()
        self.assertEqual(item.state, "analysed")  # nothing: it is not validated
        item.with_user(self.manager).action_validate()
        item.action_distribute()
        self.assertEqual(item.state, "distributed")
        for name in ("change_text", "legal_text"):
            with self.assertRaisesRegex(UserError, "take it back"):
                item[name] = "Autre chose"
        item.action_take_back()
        item.change_text = "Autre chose"
        self.assertEqual((item.state, item.user_id), ("kept", self.officer))

    def test_what_concerns_nobody_is_not_distributed(self):
        item = self._item(**ANSWERS, population_min=900_000)
        item.action_analyse()
        item.with_user(self.manager).action_validate()
        with self.assertRaisesRegex(UserError, "concerns no commune"):
            item.action_distribute()

    def test_readers_and_referents_only_read(self):
        item = self._item(**ANSWERS)
        for who in (self.reader, self.referent):
            self.assertTrue(item.with_user(who).name)
            for action in ("action_analyse", "action_put_away", "action_take_back"):
                with self.assertRaises(AccessError):
                    getattr(item.with_user(who), action)()
        with self.assertRaises(AccessError):
            item.with_user(self.portal_a).read(["name"])

    def test_the_band_is_shown_in_words_and_no_limit_is_all(self):
        item = self._item()
        for low, high, text in (
            (0, 0, "all, whatever their population"),
            (0, 3499, "3499 inhabitants at most"),
            (3500, 0, "3500 inhabitants or more"),
            (500, 3499, "from 500 to 3499 inhabitants"),
        ):
            item.write({"population_min": low, "population_max": high})
            label = item.with_context(lang="en_US").population_label
            self.assertEqual(re.sub(r"(?<=\d)[,\s](?=\d)", "", label), text)

    def test_one_page_is_noted_once(self):
        self._item(link="https://www.journal.example/880?utm_source=lettre")
        with self.assertRaisesRegex(UserError, "already in the watch"):
            self._item(name="Encore", link="http://journal.example/880/")
        other = self._item(name="Encore", link="https://journal.example/881")
        with self.assertRaisesRegex(UserError, "already in the watch"):
            other.link = "https://journal.example/880"
        # The home page of a site is no page of news: it lists many.
        for _turn in range(2):
            self._item(name="Site", link="https://journal.example/")
        with self.assertRaisesRegex(UserError, "page of the web"):
            self._item(link="javascript:alert(1)")

    def test_a_summary_is_short_and_plain(self):
        item = self._item(summary="<b>Un</b> " + "mot " * 200, name="<i>Titre</i>")
        self.assertEqual(item.name, "Titre")
        self.assertTrue(item.summary.startswith("Un mot") and len(item.summary) <= 300)


@tagged("post_install", "-at_install")
class TestWatchConcerned(WatchCase):
    """A has 4,200 inhabitants, B 640; both under local law, until B is not."""

    def _concerned(self, **values):
        return make_item(self.env, **values)._get_concerned_communes()

    def test_population(self):
        both = self.commune_a | self.commune_b
        self.assertEqual(self._concerned(), both)
        self.assertEqual(self._concerned(population_max=3499), self.commune_b)
        self.assertEqual(self._concerned(population_min=640, population_max=4200), both)
        self.assertEqual(self._concerned(population_min=641), self.commune_a)

    def test_local_law_and_sector(self):
        self.commune_b.local_law = "general"
        self.assertEqual(self._concerned(local_law="alsace_moselle"), self.commune_a)
        self.assertEqual(self._concerned(local_law="general"), self.commune_b)
        north, south = self.env["commune.sector"].create([{"name": "Nord"}, {"name": "Sud"}])
        self.commune_a.sector_id = north
        self.assertEqual(self._concerned(sector_ids=[Command.set(north.ids)]), self.commune_a)
        self.assertFalse(self._concerned(sector_ids=[Command.set(south.ids)]))

    def test_service_subscribed_today(self):
        service = make_service(self)
        offer = make_offer(self, service)
        subscription = self.env["commune.service.subscription"].create(
            {"commune_id": self.commune_b.id, "offer_id": offer.id, "date_start": "2020-01-01"}
        )
        values = {"service_ids": [Command.set(service.ids)]}
        self.assertEqual(self._concerned(**values), self.commune_b)
        self.assertFalse(self._concerned(**values, population_min=3500))
        subscription.date_end = "2020-12-31"
        self.assertFalse(self._concerned(**values))

    def test_queries_do_not_grow(self):
        service = make_service(self)
        make_offer(self, service)
        items = self.Item.create(
            [
                {"name": f"Texte {n}", "population_min": n, "service_ids": [(4, service.id)]}
                for n in range(40)
            ]
        )
        counts = []
        for some in (items[:2], items[:2], items):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("commune_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[2], counts[1], counts)
