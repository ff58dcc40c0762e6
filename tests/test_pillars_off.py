"""Ma journée, the search, the dashboard, the card, talking points, the report, spreadsheets:
each opens without any one of the pillars, and shows nothing of it."""

from odoo import fields
from odoo.tests import tagged

from .steering.steering_case import make_promise
from .test_figures import FigureCase

# What each screen loses with a pillar.
FIGURES = {"requests": {"communes_asking"}}  # in the section of the relation
MEASURES = {
    "requests": {"received", "per_thousand", "delays", "kept"},
    "network": {"present"},
    "services": {"services"},
    "replacement": {"filled"},
    "knowledge": {"readings"},
}
COLUMNS = {"network": {"present"}, "services": {"services"}, "replacement": {"filled"}}
POINTS = {"requests": "Say first that request", "surveys": "an answer to the survey"}
OFF = ("requests", "network", "committees", "services", "surveys", "replacement", "knowledge")


@tagged("post_install", "-at_install")
class TestPillarsOff(FigureCase):
    def _switch(self, on, pillar):
        self.env.company.write({f"uses_{pillar}": on})
        self.env.invalidate_all()

    def _compare(self, look):
        """(pillar, screen with it, screen without it), for each; unchanged once it is back."""
        before = look()
        for pillar in OFF:
            self._switch(False, pillar)
            with self.subTest(pillar=pillar):
                yield pillar, before, look()
            self._switch(True, pillar)
        self.assertEqual(look(), before)

    # Ma journée

    def _get_asked_of(self):
        """{pillar: activity of the officer on a record of it}, that no source lists."""
        records = {
            "requests": self.records["request_a"],
            "network": self.records["audience"],
            "committees": self.records["committee"],
            "services": self.records["agreement_a"],
            "surveys": self.records["survey_campaign"],
            "replacement": self.records["replacement_request_a"],
            "knowledge": self.records["guide_everyone"],
        }
        todo = self.env.ref("mail.mail_activity_data_todo")
        return {
            pillar: self.env["mail.activity"].create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "activity_type_id": todo.id,
                    "user_id": self.officer.id,
                    "date_deadline": self.today,
                }
            )
            for pillar, record in records.items()
        }

    def test_the_day_asks_nothing_of_it(self):
        asked = self._get_asked_of()
        day = self.env["commune.my.day"].with_user(self.officer)

        def look():
            source = day._get_sources()["activity"]
            return set(self.env["mail.activity"].search(source.domain).ids)

        for pillar, before, after in self._compare(look):
            self.assertIn(asked[pillar].id, before)
            self.assertEqual(before - after, set(asked[pillar].ids))
            page = day.get_day()
            found = {one["code"] for part in page["sections"] for one in part["sources"]}
            sources = day._get_sources()
            self.assertNotIn(pillar, {sources[code].pillar for code in found})

    # the search

    def test_the_search_finds_nothing_of_it(self):
        search = self.env["commune.search"].with_user(self.manager)
        pillars = {kind: source.pillar for kind, source in search._get_search_sources().items()}

        def look():
            return [kind for kind, _label in search.get_kinds()]

        for pillar, before, after in self._compare(look):
            search.find("aubrive")
            self.assertEqual(after, [kind for kind in before if pillars[kind] != pillar])

    # the dashboard

    def _get_board(self):
        board = self.env["commune.steering"].with_user(self.manager).get_board()
        return {
            "sections": [section["code"] for section in board["sections"]],
            "figures": {one["code"] for part in board["sections"] for one in part["figures"]},
            "measures": {one["code"] for one in board["map"]["measures"]},
            "columns": {one["code"] for one in (board["equity"] or {}).get("columns", ())},
        }

    def test_the_dashboard_counts_nothing_of_it(self):
        for pillar, before, after in self._compare(self._get_board):
            gone = [code for code in before["sections"] if code != pillar]
            self.assertEqual(after["sections"], gone)
            self.assertFalse(after["figures"] & FIGURES.get(pillar, set()))
            self.assertEqual(before["measures"] - after["measures"], MEASURES.get(pillar, set()))
            lost = before["columns"] - after["columns"]
            if pillar == "requests":
                self.assertFalse(after["columns"])
            else:
                self.assertEqual(lost, COLUMNS.get(pillar, set()))

    # the card, and what to talk about

    def test_the_card_reveals_nothing_of_it(self):
        cards = self.env["commune.card"].with_user(self.manager)

        def look():
            card = cards._get_cards(self.commune_a.with_user(self.manager))[0]
            self.assertIn("Aubrive", cards.get_page(self.commune_a.id)["html"])
            return {section["model"] for section in card["sections"]}

        for pillar, before, after in self._compare(look):
            gone = {name for name in before if self._get_pillar(name) == pillar}
            self.assertTrue(gone)
            self.assertEqual(before - after, gone)

    def _get_pillar(self, name):
        others = {"helpdesk.ticket": "requests", "event.event": "network", "agreement": "services"}
        found = type(self.env[name]).__mro__[-2].__module__ if name in others else ""
        for cls in reversed(type(self.env[name]).__mro__):
            if cls.__dict__.get("_name") == name:
                found = cls.__module__
                break
        return others.get(name) or found.split(".models.")[1].split(".")[0]

    def test_nothing_of_it_is_talked_about(self):
        make_promise(self, days=-2)
        self.records["survey_campaign"].state = "open"

        def look():
            card = self.env["commune.card"].with_user(self.manager)
            points = card._get_talks(self.commune_a).get(self.commune_a.id, "")
            return {name for name, words in POINTS.items() if words in points}

        self.assertEqual(look(), set(POINTS))
        for pillar, before, after in self._compare(look):
            self.assertEqual(after, before - {pillar})

    # the report, the spreadsheets

    def test_the_report_has_no_section_of_it(self):
        report = self.env["commune.activity.report"].with_user(self.officer)
        report = report.create({"date_start": self.span.start, "date_end": self.span.end})

        def look():
            content = report._get_content()
            return [section["code"] for section in content["sections"]]

        for pillar, before, after in self._compare(look):
            self.assertEqual(after, [code for code in before if code != pillar])

    def test_its_spreadsheet_is_gone_and_comes_back(self):
        names = ("requests", "services", "replacement")
        boards = {
            name: self.env.ref(f"commune_relations.spreadsheet_dashboard_{name}") for name in names
        }
        group = boards["requests"].dashboard_group_id

        def look():
            group.invalidate_recordset()
            return set(group.published_dashboard_ids.ids)

        for pillar, before, after in self._compare(look):
            self.assertEqual(before - after, {boards[n].id for n in names if n == pillar})
        self.env.company.uses_steering = False
        self.assertFalse(look())

    def test_the_silent_communes_open_whatever_is_used(self):
        for pillar in OFF:
            self._switch(False, pillar)
        silent = self.env["commune.silence"].with_user(self.reader)
        self.assertTrue(silent.search([]).mapped("points"))
        self.assertFalse(fields.first(silent.search([])).points)
