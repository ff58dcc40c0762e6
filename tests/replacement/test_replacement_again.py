"""“The same as last time”: what is asked for again, for when, and by whom."""

from datetime import date
from unittest.mock import patch

from lxml import html

from odoo import http
from odoo.tests import HttpCase, tagged

from ...models.replacement.week_grid import GRID_FIELDS
from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementAgain(ReplacementCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.last = self._request(
            needs=(("CPT", "2"),),
            software=("JVS",),
            tasks="Tenir l’accueil",
            workplace="Annexe de la mairie",
            wanted_agent_name="Karim",
            reason="leave",
            urgency="same_day",
            deadlines="Paie de janvier",
            flexibility="pas le 12",
            other_wed_am=True,
            is_splittable=False,
        )
        self.authenticate("test_mayor_a", "test_mayor_a")

    def _read(self, path=None):
        path = path or f"/my/replacements/{self.last.id}/again"
        return html.fromstring(self.url_open(path).content)

    def _post(self, request=None, **data):
        shown = f"{data['date_start']} {data['date_end']}"
        values = {"csrf_token": http.Request.csrf_token(self), "shown": shown, **data}
        return self.url_open(f"/my/replacements/{(request or self.last).id}/again", values)

    def _find_new(self):
        found = self.env["commune.replacement.request"].search([], order="id desc", limit=1)
        return found - self.last

    def test_what_holds_another_time_is_asked_for_again(self):
        self._post(reason="absence", date_start="2026-11-30", date_end="2026-12-11")
        new = self._find_new()
        self.assertRecordValues(
            new,
            [
                {
                    "post": "Secrétaire de mairie",
                    "tasks": "Tenir l’accueil",
                    "workplace": "Annexe de la mairie",
                    "wanted_agent_name": "Karim",
                    "reason": "absence",
                    "is_splittable": False,
                    "requester_id": self.portal_a.partner_id.id,
                    "state": "submitted",
                    "channel": "portal",
                    # Of that time only.
                    "urgency": "normal",
                    "deadlines": "",
                    "flexibility": "",
                }
            ],
        )
        self.assertEqual(new.need_ids.skill_id, self.skills["CPT"])
        self.assertEqual(new.need_ids.mapped("level"), ["2"])
        self.assertEqual(new.software_ids, self.software["JVS"])
        days = ["2026-11-30", "2026-12-01", "2026-12-07", "2026-12-08"]
        self.assertEqual(self._days(new.slot_ids), [(day, "am") for day in days])
        self.assertEqual(new._get_week("other_"), {(2, "am")})

    def test_the_next_days_alike_are_proposed(self):
        """Last time, from Monday 11 to Tuesday 19 January: nobody is asked for twice at a time."""
        [form] = self._read().xpath("//form[contains(@action, '/again')]")
        proposed = [form.xpath(f".//input[@name='date_{end}']/@value") for end in ("start", "end")]
        self.assertEqual(proposed, [["2027-01-25"], ["2027-02-02"]])
        # One tap from here: what the page holds is sent as it is.
        [reason] = form.xpath(".//option[@selected]/@value")
        self._post(reason=reason, date_start=proposed[0][0], date_end=proposed[1][0])
        self.assertEqual(self._find_new().slot_count, self.last.slot_count)
        self.assertEqual(self._find_new().reason, "leave")

    def test_the_half_days_are_shown_before_and_after_the_button(self):
        """From Monday 14 to Thursday 31 December: Christmas is a Friday, nobody works then."""
        first, last = date(2026, 12, 14), date(2026, 12, 31)
        french = self.last.with_context(lang="fr_FR")
        preview = french._preview_again(first, last)
        sent = self._post(reason="absence", date_start=str(first), date_end=str(last))
        new = self._find_new().with_context(lang="fr_FR")
        self.assertEqual(preview["summary"], new.slot_ids._summarise())
        self.assertEqual(len(preview["days"]), new.slot_count)
        self.assertRegex(preview["days"][0], r"^lundi 14 décembre 2026 \(matin, \d.* – \d.*\)$")
        self.assertIn(preview["summary"], sent.text)

    def test_a_holiday_is_shown_before_the_button(self):
        """Easter Monday 29 March 2027."""
        self.env["commune.school.holiday"].create(
            {"name": "Essai", "date_start": "2027-03-20", "date_end": "2027-03-22"}
        )
        preview = self.last.with_context(lang="fr_FR")._preview_again(
            date(2027, 3, 22), date(2027, 3, 30)
        )
        self.assertEqual(preview["off"], ["lundi 29 mars 2027"])
        self.assertNotIn("29 mars", " ".join(preview["days"]))
        self.assertTrue([line for line in preview["school"] if line.startswith("Essai")])

    def test_nothing_leaves_that_was_not_shown(self):
        page = self._read()
        before = page.xpath("//input[@name='shown']/@value")[0]
        self.assertFalse(self._find_new())
        days = {"date_start": "2027-02-08", "date_end": "2027-02-09"}
        page = html.fromstring(self._post(reason="leave", shown=before, **days).content)
        self.assertFalse(self._find_new())
        self.assertIn("9 février 2027", page.text_content())
        [shown] = page.xpath("//input[@name='shown']/@value")
        self._post(reason="leave", shown=shown, **days)
        self.assertEqual(
            self._days(self._find_new().slot_ids), [("2027-02-08", "am"), ("2027-02-09", "am")]
        )

    def test_the_list_says_the_days_that_the_page_says(self):
        slots = self.last.slot_ids.sorted("date")
        gone = slots.filtered(lambda s: s.date == slots[-1].date)
        gone.sudo().state = "cancelled"
        left = (slots - gone).mapped("date")
        self.assertEqual(self.last._get_portal_days(), (min(left), max(left)))
        slots.sudo().state = "cancelled"
        period = (self.last.date_start, self.last.date_end)
        self.assertEqual(self.last._get_portal_days(), period)

    def test_a_holiday_is_no_first_day(self):
        """25 December 2026 and 1 January 2027 are Fridays."""
        values = {"mon_am": False, "tue_am": False, "fri_pm": True}
        days = {"date_start": "2026-12-11", "date_end": "2026-12-11"}
        friday = self._request(**values, **days)
        requests = self.env.registry["commune.replacement.request"]
        with patch.object(requests, "_get_today", lambda self: date(2026, 12, 21)):
            self.assertEqual(friday._propose_dates(), (date(2027, 1, 8), date(2027, 1, 8)))
        # On Thursday 10 December, the next Thursday is the 17th.
        past = {"date_start": "2026-12-03", "date_end": "2026-12-03", "fri_pm": False}
        thursday = self._request(**{**values, **past}, thu_am=True)
        with patch.object(requests, "_get_today", lambda self: date(2026, 12, 10)):
            self.assertEqual(thursday._propose_dates()[0], date(2026, 12, 17))

    def test_dates_alone_become_the_half_days_of_a_week(self):
        single = self._request(mon_am=False, tue_am=False, submit=False)
        self.env["commune.replacement.slot"].sudo().create(
            {"request_id": single.id, "date": "2027-01-21", "half_day": "pm", "origin": "single"}
        )
        kept = single._read_again()
        self.assertEqual([name for name in GRID_FIELDS if kept[name]], ["thu_pm"])

    def test_the_agent_who_came_is_wished_for_as_long_as_they_are_there(self):
        proposal = self.last._hold(self.nadia, self.last.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        self.assertIn("Nadia F.", self._read().text_content())
        self.assertEqual(self.last._read_again()["wanted_agent_name"], "Nadia F.")
        exclusion = self.env["commune.exclusion"].create(
            {
                "employee_id": self.nadia.id,
                "commune_id": self.commune_a.id,
                "side": "agent",
                "reason": "Essai",
            }
        )
        self.assertNotIn("Nadia F.", self._read("/my/replacements/new").text_content())
        exclusion.unlink()
        self.assertEqual(self.last._read_again()["wanted_agent_name"], "Nadia F.")
        self.nadia.is_replacement_agent = False
        self.assertEqual(self.last._read_again()["wanted_agent_name"], "Karim")

    def test_the_form_is_filled_and_folded(self):
        page = self._read("/my/replacements/new")
        self.assertEqual(page.xpath("//input[@name='post']/@value"), ["Secrétaire de mairie"])
        self.assertEqual(page.xpath("//input[@name='date_start']/@value"), [""])
        self.assertEqual(
            page.xpath("//input[@checked and string-length(@name) = 6]/@name"), ["mon_am", "tue_am"]
        )
        self.assertFalse(page.xpath("//form//details[@open]"))
        folded = " ".join(page.xpath("//form//summary//text()"))
        for words in ("Annexe de la mairie", "JVS", "Mercredi (matin)"):
            self.assertIn(words, folded)
        page = self._read("/my/replacements/new?empty=1")
        self.assertEqual(page.xpath("//input[@name='post']/@value"), [""])

    def test_what_was_taken_back_is_not_the_last(self):
        self.last.action_cancel()
        page = self._read("/my/replacements")
        self.assertFalse(page.xpath("//a[contains(@href, '/again')]"))
        other = self._request(post="Comptable")
        self._request(post="Cantine", submit=False)
        [address] = self._read("/my/replacements").xpath("//a[contains(@href, '/again')]/@href")
        self.assertEqual(address, f"/my/replacements/{other.id}/again")

    def test_a_bad_date_shows_the_form_as_it_would_be_sent(self):
        page = self._post(date_start="2026-11-01", date_end="2026-11-05")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Annexe de la mairie", page.text)
        self.assertIn('id="problem_date_start"', page.text)
        self.assertFalse(self._find_new())

    def test_what_is_asked_for_already_on_these_days_is_shown_before_the_button(self):
        """The same post, a day in common: neither another post, nor other days, nor what has
        ended; whatever the capitals."""
        same = self._request(
            post="SECRETAIRE DE MAIRIE", date_start="2027-02-01", date_end="2027-02-02"
        )
        self._request(post="Comptable", date_start="2027-02-01", date_end="2027-02-02")
        beside = self._request(
            mon_am=False, tue_am=False, wed_am=True, date_start="2027-02-01", date_end="2027-02-05"
        )
        days = {"date_start": "2027-01-25", "date_end": "2027-02-02", "shown": ""}

        def read():
            page = self._post(reason="leave", **days)
            self.assertEqual(page.status_code, 200)
            return html.fromstring(page.content).xpath(
                "//div[contains(@class, 'o_commune_same')]//a/@href"
            )

        self.assertEqual(read(), [f"/my/replacements/{same.id}"])
        # The page shows it at once, before anything is changed.
        [first] = self._read().find_class("o_commune_same")
        self.assertIn(same.name, first.text_content())
        days |= {"date_start": "2027-01-18"}  # days of the very request that is asked for again
        self.assertEqual(
            read(), [f"/my/replacements/{self.last.id}", f"/my/replacements/{same.id}"]
        )
        same.action_cancel()
        days |= {"date_start": "2027-02-01"}
        self.assertEqual(read(), [])
        self.assertEqual(self._find_new(), beside)  # nothing was sent

    def test_nobody_asks_again_for_another_commune(self):
        for user in (self.portal_b, self.portal_ended, self.portal_a_limited):
            self.authenticate(user.login, user.login)
            with self.subTest(user=user.login):
                page = self._post(date_start="2026-11-30", date_end="2026-12-11")
                self.assertEqual(page.status_code, 404)
                self.assertNotIn("Annexe", self.url_open("/my/replacements/new").text)
        self.assertFalse(self._find_new())

    def test_no_reason_reveals_an_illness(self):
        """Sick leave is indistinguishable from another absence."""
        labels = dict(self.env["commune.replacement.request"]._get_portal_reasons())
        self.assertEqual([code for code, label in labels.items() if "ick" in label], ["absence"])
        self.assertIn("another unforeseen absence", labels["absence"])
