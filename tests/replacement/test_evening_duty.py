"""A council in the evening: who can go, who is chosen, at what hour the agent arrives after it."""

from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import html2plaintext

from .hours_case import HoursCase
from .replacement_case import MONDAY, ReplacementCase

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
# Twelve hours from arrival to the end of the council at 22:30, then eleven hours of rest.
EVENING = {"evening_date": TUESDAY, "evening_start": 20, "evening_end": 22.5}


@tagged("post_install", "-at_install")
class TestEveningDuty(ReplacementCase, HttpCase):
    def _council(self, **values):
        """Monday morning, all Tuesday with the council, all Wednesday: 5 half-days."""
        week = {f"{day}_{half}": True for day in ("tue", "wed") for half in ("am", "pm")}
        values = {**week, **EVENING, "date_end": WEDNESDAY, **values}
        return self._request(commune=self.commune_a, **values)

    def _arrivals(self, slots):
        return {(slot.date, slot.half_day): slot.arrival_hour for slot in slots}

    def _choose(self, request, agent):
        """As the coordinator does, in the list of who can go."""
        request = request.with_user(self.coordinator)
        wizard = self.env["commune.replacement.candidates"].with_user(self.coordinator)
        line = wizard._open_for(request).line_ids.filtered(lambda one: one.employee_id == agent)
        self.assertTrue(line.eligible, line.text)
        return line, self.env["commune.replacement.proposal"].browse(line.action_choose()["res_id"])

    def test_the_agent_of_the_list_is_chosen_and_arrives_later(self):
        request = self._council()
        line, proposal = self._choose(request, self.nadia)
        self.assertEqual((line.half_day_count, len(proposal.slot_ids)), (5, 5))
        late = {(TUESDAY, "am"): 10.5, (WEDNESDAY, "am"): 9.5}
        found = self._arrivals(request.slot_ids)
        self.assertEqual({key: hour for key, hour in found.items() if hour}, late)
        # In Paris, in winter.
        starts = {(s.date, s.half_day): str(s.start_datetime)[11:16] for s in request.slot_ids}
        self.assertEqual(
            [starts[key] for key in sorted(starts)], ["07:30", "09:30", "12:30", "08:30", "12:30"]
        )

    def test_a_list_opened_before_another_choice_says_so(self):
        request = self._council()
        wizard = self.env["commune.replacement.candidates"].with_user(self.coordinator)
        late = wizard._open_for(request.with_user(self.coordinator)).line_ids
        late = late.filtered(lambda one: one.employee_id == self.nadia)
        self._choose(request, self.nadia)
        with self.assertRaisesRegex(UserError, "no longer to be filled"):
            late.action_choose()
        self.assertEqual(len(request.proposal_ids), 1)

    def test_the_board_says_the_same_and_gives(self):
        request = self._council()
        board = self.env["commune.replacement.board"].with_user(self.coordinator)
        takers = {one["id"]: one["reasons"] for one in board.get_takers(request.slot_ids.ids)}
        self.assertEqual(takers[self.nadia.id], [])
        board.give([(slot.id, False) for slot in request.slot_ids], self.nadia.id)
        self.assertEqual(request.slot_ids.employee_id, self.nadia)
        self.assertEqual(self._arrivals(request.slot_ids)[WEDNESDAY, "am"], 9.5)
        # Anyone who gives the half-day of the council back arrives at the usual hours.
        last = request.slot_ids.filtered(lambda s: (s.date, s.half_day) == (TUESDAY, "pm"))
        board.give([(last.id, self.nadia.id)], False)
        self.assertEqual(set(self._arrivals(request.slot_ids).values()), {0})

    def test_the_list_and_the_refusal_are_one_computation(self):
        """Whatever the hour at which the council ends, also after midnight, and anyone who already
        holds something the morning after: who is in the list is chosen, the others are refused."""
        self._agree(self.commune_b)
        other = self._request(
            self.commune_b, mon_am=False, tue_am=False, wed_am=True, date_end=WEDNESDAY
        )
        other._assign(self.karim, other.slot_ids)
        for end in (21, 22.5, 23.5, 0.5, 1, 3):
            request = self._council(evening_end=end, wed_am=False, wed_pm=False)
            for line in request._get_candidates():
                with self.subTest(end=end, agent=line["agent"].name):
                    keys = set(line["slots"])
                    slots = request.slot_ids.filtered(lambda s: (s.date, s.half_day) in keys)  # noqa: B023
                    if line["eligible"]:
                        request._check_agent(line["agent"], slots)
                    else:
                        with self.assertRaises(UserError):
                            request._check_agent(line["agent"], request.slot_ids)
            request.action_cancel()

    def test_the_morning_after_in_another_commune_is_put_off_too(self):
        self._agree(self.commune_b)
        other = self._request(
            self.commune_b, mon_am=False, tue_am=False, wed_am=True, date_end=WEDNESDAY
        )
        other._assign(self.nadia, other.slot_ids)
        self.assertEqual(other.slot_ids.arrival_hour, 0)
        request = self._council(wed_am=False, wed_pm=False)
        self._choose(request, self.nadia)
        self.assertEqual(other.slot_ids.arrival_hour, 9.5)
        request.action_cancel()
        self.assertEqual(other.slot_ids.arrival_hour, 0)

    def test_a_council_that_ends_later_moves_the_arrival(self):
        request = self._council()
        self._choose(request, self.nadia)
        request.evening_end = 23
        found = self._arrivals(request.slot_ids)
        self.assertEqual((found[TUESDAY, "am"], found[WEDNESDAY, "am"]), (11, 10))
        request.evening_date = False
        self.assertEqual(set(self._arrivals(request.slot_ids).values()), {0})

    def test_the_order_of_mission_says_the_hours(self):
        request = self._council()
        _line, proposal = self._choose(request, self.nadia)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        mission = proposal.mission_id.with_context(lang="fr_FR")
        days = mission._get_order_facts(now=datetime(2027, 1, 4))["days"]  # noqa: DTZ001
        hours = {day: text.replace("\N{NO-BREAK SPACE}", " ") for day, text in days}
        self.assertEqual(
            hours,
            {
                "lundi 11 janvier 2027": "8 h 30 – 12 h",
                "mardi 12 janvier 2027": "10 h 30 – 12 h, 13 h 30 – 17 h, 20 h – 22 h 30",
                "mercredi 13 janvier 2027": "9 h 30 – 12 h, 13 h 30 – 17 h",
            },
        )

    def _plain(self, text):
        return " ".join((text or "").replace("\N{NO-BREAK SPACE}", " ").split())

    def _get_pages(self, proposal):
        """The letter to each side, and the page that its link opens."""
        mails, pages = self.env["mail.mail"], []
        for side in ("agent", "commune"):
            known = mails.search([])
            if side == "agent":
                proposal.action_send_agent()
            else:
                proposal._answer("agent", True, None)
            pages.append(self._copy(mails.search([]) - known))
            token = proposal[f"{side}_token"]
            pages.append(self.url_open(f"/replacement-proposal/{token}").text)
        return [self._plain(html2plaintext(page)) for page in pages]

    def test_letters_and_pages_of_a_proposal_show_the_evening_and_the_arrivals(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        people = self.nadia.work_contact_id | self.portal_a.partner_id
        people.lang = "fr_FR"
        self.portal_a.partner_id.email = "maire@aubrive.example"
        request = self._council(requester_id=self.portal_a.partner_id.id)
        _line, proposal = self._choose(request, self.nadia)
        self.authenticate(None, None)
        for page in self._get_pages(proposal.sudo()):
            self.assertIn("mardi 12 janvier 2027, 20 h – 22 h 30", page)
            self.assertIn(
                "mardi 12 janvier 2027 à 10 h 30 ; mercredi 13 janvier 2027 à 9 h 30", page
            )

    def test_a_proposal_names_its_own_days(self):
        """Two agents share a request: the letter of one omits the days of the other."""
        request = self._council(is_splittable=True)
        tuesday = request.slot_ids.filtered(lambda s: s.date == TUESDAY)
        monday = request.slot_ids.filtered(lambda s: s.date == MONDAY)
        for agent, slots, days in ((self.nadia, tuesday, "Mardi"), (self.karim, monday, "Lundi")):
            proposal = request._assign(agent, slots).with_context(lang="fr_FR")
            lines = dict(proposal._get_letter_lines())
            self.assertTrue(lines["Jours"].startswith(days), lines["Jours"])
            others = {"Lundi", "Mardi", "Mercredi"} - {days}
            self.assertFalse([day for day in others if day.lower() in lines["Jours"].lower()])
            self.assertEqual("Soirée" in lines, days == "Mardi")

    def test_calendars_last_until_the_end_of_the_evening(self):
        # The morning before would make the day too long.
        afternoon = {"tue_am": False, "wed_am": False, "wed_pm": False}
        request = self._council(evening_end=0.5, **afternoon)
        self._choose(request, self.nadia)
        last = request.slot_ids.filtered(lambda s: (s.date, s.half_day) == (TUESDAY, "pm"))
        # Half past midnight in Paris, in winter: the eve in UTC.
        self.assertEqual(str(last.departure_datetime), "2027-01-12 23:30:00")
        # What is worked, and paid by the half-day, is the same.
        self.assertEqual(str(last.stop_datetime), "2027-01-12 16:00:00")
        nadia = self.nadia.with_context(lang="fr_FR")
        text = nadia._get_agent_calendar().decode().replace("\r\n ", "")
        [entry] = [one for one in text.split("BEGIN:VEVENT") if f"half-day-{last.id}@" in one]
        self.assertIn("DTEND:20270112T233000Z", entry)
        self.assertIn("13 h 30 – 17 h\\, 20 h – 0 h 30", self._plain(entry))
        shown = self.env["commune.replacement.slot"].with_user(self.coordinator)
        found = shown.search([("departure_datetime", ">=", "2027-01-12 16:00:00")])
        self.assertIn(last, found & request.slot_ids)
        before = last._get_calendar_entry().stamp
        self.env.cr.execute(
            "UPDATE commune_replacement_request SET write_date = write_date + interval '1 hour'"
            " WHERE id = %s",
            [request.id],
        )
        request.invalidate_recordset(["write_date"])
        self.assertGreater(last._get_calendar_entry().stamp, before, "a calendar takes the latest")

    def test_the_arrival_is_read_before_somebody_is_chosen_and_on_the_board(self):
        request = self._council()
        line, _proposal = self._choose(request, self.nadia)
        words = self._plain(line.with_context(lang="fr_FR").words)
        self.assertIn("10", words)
        board = self.env["commune.replacement.board"].with_user(self.coordinator)
        window = board.with_context(lang="fr_FR").get_window("2027-01-11")
        [own] = [one for one in window["agents"] if one["id"] == self.nadia.id]
        found = {
            cell["slots"][0]: [self._plain(cell.get(name)) for name in ("late", "evening")]
            for cell in own["cells"]
            if cell.get("slots")
        }
        by_key = {(s.date, s.half_day): found[s.id] for s in request.slot_ids}
        self.assertEqual(by_key[MONDAY, "am"], ["", ""])
        self.assertEqual(by_key[TUESDAY, "am"], ["mardi 12 janvier 2027 à 10 h 30", ""])
        self.assertEqual(by_key[TUESDAY, "pm"], ["", "mardi 12 janvier 2027, 20 h – 22 h 30"])
        self.assertEqual(by_key[WEDNESDAY, "am"], ["mercredi 13 janvier 2027 à 9 h 30", ""])
        lists = {
            (s.date, s.half_day): self._plain(s.hours_text)
            for s in request.slot_ids.with_context(lang="fr_FR")
        }
        self.assertEqual(lists[TUESDAY, "am"], "10 h 30 – 12 h")
        self.assertEqual(lists[TUESDAY, "pm"], "13 h 30 – 17 h, 20 h – 22 h 30")


@tagged("post_install", "-at_install")
@freeze_time("2027-01-04 09:00:00")
class TestEveningHours(HoursCase):
    """Tuesday afternoon, 13:30 to 17:00, then a council from 18:00 to 23:00: 3.5 + 5 hours at 27 €
    and 20 km at 0.32 €, 229.50 + 6.40 = 235.90 €, from the estimate to the statement."""

    def _council(self):
        return self._mission(
            **{"mon_am": False, "tue_am": False, "tue_pm": True, "date_end": WEDNESDAY},
            **{"evening_date": TUESDAY, "evening_start": 18, "evening_end": 23},
        )

    def _forecast(self):
        year = (TUESDAY.replace(month=1, day=1), TUESDAY.replace(month=12, day=31))
        found = self.statements._get_agreed(*year, self.commune_a)[self.commune_a]
        return float(found["amount"])

    def test_the_same_amount_from_the_estimate_to_the_statement(self):
        mission = self._council()
        request = mission.request_id
        self.assertEqual((request.quote_total, self._forecast()), (235.9, 235.9))
        self.assertIn("8.5", request.quote_text.replace(",", "."))
        sheet = self._sheet(mission)
        self.assertEqual(sheet.line_ids.mapped("hours"), [3.5, 5])
        self.assertEqual(sheet.line_ids.mapped("km"), [20, 0])
        self.assertTrue(all(sheet.line_ids.mapped("is_planned")))
        self.assertEqual(self._forecast(), 235.9)
        self._sign(sheet)
        statement = self._billed(sheet)
        self.assertEqual(statement.line_ids.mapped("work_amount"), [94.5, 135])
        self.assertEqual(statement.amount_total, 235.9)
        values = self.env["report.commune_relations.replacement_statement"]
        values = values._get_report_values(statement.ids)
        html = self.env["ir.qweb"]._render("commune_relations.replacement_statement", values)
        self.assertIn("evening", str(html))
        rows = [line._get_finance_values() for line in statement.line_ids]
        self.assertEqual([row["demi_journee"] for row in rows], ["A", "S"])

    def test_what_an_evening_costs_is_read_before_it_is_accepted(self):
        """By the half-day, 110 €: the afternoon, the evening as one more, and 6.40 € of travel. By
        the day, 220 €, the same; by the hour an evening is its hours."""
        for unit, amount in (("half_day", 110), ("day", 220)):
            self.tariff.write({"unit": unit, "amount": amount})
            request = self._council().request_id
            proposal = request.proposal_ids[-1:]
            with self.subTest(unit=unit):
                self.assertEqual(request.quote_total, 226.4)
                self.assertRegex(request.quote_text, r"one half-day more \(.*110[.,]00")
                paper = self.env["report.commune_relations.replacement_quote"]
                html = self.env["ir.qweb"]._render(
                    "commune_relations.replacement_quote", paper._get_report_values(request.ids)
                )
                self.assertRegex(str(html), r"one half-day more \(.*110[.,]00")
                proposal.sudo().state = "sent_commune"
                evening = dict(proposal._get_letter_lines())["Evening"]
                self.assertRegex(evening, r"one half-day more \(.*110[.,]00")
                proposal.sudo().state = "sent_agent"
                self.assertNotIn("more", dict(proposal._get_letter_lines())["Evening"])
            proposal.sudo().state = "accepted"
            proposal.mission_id._cancel("service", "x")
        self.tariff.write({"unit": "hour", "amount": 27})
        request = self._council().request_id
        self.assertNotIn("more", request.quote_text)
        evening = self.env["commune.letter"]._format_date(TUESDAY)
        self.assertRegex(request.quote_text, rf"\. Evening: {evening}, 18\s?h – 23\s?h$")

    def test_the_estimate_follows_the_evening(self):
        request = self._council().request_id
        self.assertEqual(request.quote_total, 235.9)
        request.evening_end = 20
        self.assertEqual(request.quote_total, 154.9)

    def test_the_evening_on_the_portal_and_by_the_coordinator(self):
        mission = self._council()
        sheets = self.sheets.with_user(self.agent_user)
        planned = sheets._get_entries(mission, MONDAY)
        self.assertEqual(
            [(one["half_day"], one["start"], one["end"]) for one in planned],
            [("pm", 13.5, 17), ("pm_evening", 18, 23)],
        )
        form = {"extra_date": str(WEDNESDAY), "extra_half": "pm_evening", "extra_km": "0"}
        form |= {"extra_start": "19:00", "extra_end": "24:00"}
        read, problems = sheets._read_entries(form, [], MONDAY)
        self.assertEqual((problems, read[0]["half_day"], read[0]["end"]), ([], "pm_evening", 24))
        sheet = self._sheet(mission, submit=False)
        evening = sheet.line_ids[1].with_user(self.coordinator)
        with self.assertRaisesRegex(UserError, "evening"), self.cr.savepoint():
            evening.hour_start = 16
        # What is left of the day was worked: it is not cancelled.
        sheet.line_ids[0].unlink()
        with self.assertRaisesRegex(UserError, "hours"), self.cr.savepoint():
            mission._change_one(mission.slot_ids, None, "commune", "x")
        sheet.line_ids.unlink()
        mission._change_one(mission.slot_ids, None, "commune", "x")
        with self.assertRaisesRegex(UserError, "cancelled"), self.cr.savepoint():
            line = {"sheet_id": sheet.id, "date": TUESDAY, "half_day": "pm_evening"}
            sheet.line_ids.create({**line, "hour_start": 18, "hour_end": 23})
