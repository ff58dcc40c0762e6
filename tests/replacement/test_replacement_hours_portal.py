from contextlib import suppress
from datetime import date, timedelta

from lxml import html

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .hours_case import HoursCase, sign_hours
from .replacement_case import MONDAY


@tagged("post_install", "-at_install")
class TestReplacementHoursPortal(HoursCase, HttpCase):
    def _post(self, path, **data):
        token = http.Request.csrf_token(self)
        return self.url_open(path, data={"csrf_token": token, **data}, allow_redirects=True)

    def _week(self, mission):
        return f"/my/missions/{mission.id}/hours/{MONDAY}"

    def test_the_agent_writes_a_week(self):
        mission = self._mission()
        self.authenticate("test_nadia", "test_nadia")
        self.assertIn("Aubrive", self.url_open("/my/missions").text)
        self.assertIn("/my/missions", self.url_open("/my").text)
        page = self.url_open(self._week(mission)).text
        self.assertIn('value="08:30"', page)
        answer = self._post(
            self._week(mission),
            action="submit",
            **{
                "2027-01-11_am_worked": "1",
                "2027-01-11_am_start": "08:00",
                "2027-01-11_am_end": "12:00",
                "2027-01-11_am_km": "20,5",
                "2027-01-11_am_task": "Accueil du public",
                "extra_date": "2027-01-14",
                "extra_half": "pm",
                "extra_worked": "1",
                "extra_start": "18:00",
                "extra_end": "21:30",
            },
        )
        self.assertEqual(answer.status_code, 200)
        sheet = self.sheets.search([("mission_id", "=", mission.id)])
        self.assertEqual(sheet.state, "submitted")
        self.assertEqual(
            [(str(line.date), line.hours, line.km, line.is_planned) for line in sheet.line_ids],
            [("2027-01-11", 4, 20.5, True), ("2027-01-14", 3.5, 0, False)],
        )

    def test_an_evening_until_midnight_is_written_in_a_browser(self):
        """`<input type="time">` holds 00:00 to 23:59: 00:00 is the midnight that ends the day."""
        mission = self._mission()
        self.authenticate("test_nadia", "test_nadia")
        typed = {"date": "2027-01-12", "half": "pm_evening", "start": "18:30", "end": "00:00"}
        data = {f"extra_{name}": value for name, value in typed.items()}
        answer = self._post(self._week(mission), action="save", **data)
        self.assertEqual(answer.status_code, 200)
        line = self.sheets.search([("mission_id", "=", mission.id)]).line_ids
        self.assertEqual((line.hour_start, line.hour_end, line.hours), (18.5, 24, 5.5))
        inputs = html.fromstring(answer.content).xpath(
            "//input[@type='time'][contains(@name, 'evening_')]"
        )
        self.assertEqual([one.get("value") for one in inputs], ["18:30", "00:00"])
        # What is shown is what is sent again.
        shown = {one.get("name"): one.get("value") for one in inputs}
        answer = self._post(
            self._week(mission), action="save", **shown, **{"2027-01-12_pm_evening_worked": "1"}
        )
        self.assertEqual(answer.status_code, 200)
        line.invalidate_recordset()
        self.assertEqual(line.hours, 5.5)

    def test_the_agent_reads_what_another_commune_holds_of_the_same_hours(self):
        """The page stays as it was typed, with the day, both communes and their hours."""
        self._agree(self.commune_b)
        self._sheet(self._mission(tue_am=False))
        other = self._mission(commune=self.commune_b, mon_am=False, tue_am=False, mon_pm=True)
        self.authenticate("test_nadia", "test_nadia")
        typed = {"worked": "1", "start": "11:30", "end": "16:00"}
        answer = self._post(
            self._week(other),
            action="submit",
            **{f"2027-01-11_pm_{name}": value for name, value in typed.items()},
        )
        self.assertEqual(answer.status_code, 422)
        text = answer.text.replace("\xa0", " ")
        for part in ("lundi 11 janvier 2027", "Aubrive de 8 h 30 à 12 h"):
            self.assertIn(part, text)
        self.assertIn("Bellefontaine de 11 h 30 à 16 h", text)
        self.assertIn('value="11:30"', text)
        self.assertFalse(other.timesheet_ids.line_ids)

    def test_the_week_that_was_sent_first_waits_first(self):
        mission = self._mission()
        later = MONDAY + timedelta(days=7)
        weeks = self._sheet(mission, later) | self._sheet(mission, MONDAY)
        for sheet, day in zip(weeks, ("2027-01-20", "2027-01-25"), strict=True):
            sheet.sudo().submitted_date = day
        todos = self.env["commune.portal.home"].with_user(self.portal_a)._get_own_todos()
        urls = [todo.url for todo in todos if "/replacement-hours/" in todo.url]
        self.assertEqual(urls, [f"/my/replacement-hours/{sheet.id}" for sheet in weeks])

    def test_a_week_that_no_calendar_holds_is_not_found(self):
        path = f"/my/missions/{self._mission().id}/hours"
        self.authenticate("test_nadia", "test_nadia")
        self.assertEqual(self.url_open(f"{path}/{MONDAY}").status_code, 200)
        for monday in ("9999-12-27", "0001-01-01", "12027-01-11"):
            self.assertEqual(self.url_open(f"{path}/{monday}").status_code, 404, monday)

    def test_the_first_page_of_an_agent_has_the_missions_and_the_account(self):
        self.env["helpdesk.ticket"].create({"name": "Of another", "description": "x"})
        self.authenticate("test_nadia", "test_nadia")
        answer = self.url_open("/my")
        self.assertEqual(answer.headers.get("X-Frame-Options"), "DENY")
        self.assertEqual(answer.headers.get("Cache-Control"), "no-store")
        page = answer.text
        for path in ("/my/missions", "/my/security", "/my/account"):
            self.assertIn(f'href="{path}"', page)
        for path in ("/my/addresses", "/my/tickets"):
            self.assertNotIn(f'href="{path}"', page)
        self.assertNotIn("o_brand_promotion", page)
        self.assertTrue(self.url_open("/my/tickets").url.endswith("/my/missions"))

    def test_an_agent_who_is_a_customer_too_keeps_the_book_of_addresses(self):
        person = self.nadia.user_id.partner_id
        self.env["res.partner"].create(
            {"name": "Chez Nadia", "type": "delivery", "parent_id": person.id}
        )
        self.authenticate("test_nadia", "test_nadia")
        self.assertIn('href="/my/addresses"', self.url_open("/my").text)
        page = self.url_open("/my/addresses")
        self.assertTrue(page.url.endswith("/my/addresses"))
        self.assertIn("Chez Nadia", page.text)

    def test_the_agent_does_not_rewrite_the_file_of_an_agent(self):
        agent = self.nadia.user_id
        own = agent.with_user(agent)
        for values in ({"job_title": "Directrice"}, {"km_home_work": 90}, {"pin": "1234"}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                own.write(values)
        own.write({"phone": "0387000003", "tz": "Europe/Paris"})
        self.assertEqual(agent.phone, "0387000003")

    def test_what_is_wrong_is_shown_and_kept(self):
        mission = self._mission()
        self.authenticate("test_nadia", "test_nadia")
        answer = self._post(
            self._week(mission),
            action="submit",
            **{
                "2027-01-11_am_worked": "1",
                "2027-01-11_am_start": "12:00",
                "2027-01-11_am_end": "08:00",
                "2027-01-11_am_task": "Budget",
            },
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Budget", answer.text)
        self.assertFalse(self.sheets.search([("mission_id", "=", mission.id)]))

    def test_third_party_pages_do_not_exist(self):
        mission = self._mission()
        sheet = self._sheet(mission)
        self.authenticate("test_karim", "test_karim")
        self.assertEqual(self.url_open(self._week(mission)).status_code, 404)
        self.assertEqual(self.url_open(f"/my/replacement-hours/{sheet.id}").status_code, 404)
        for login in ("test_mayor_b", "test_former_a", "test_councillor_a"):
            self.authenticate(login, login)
            for path in (
                f"/my/replacement-hours/{sheet.id}",
                self._week(mission),
                "/my/missions",
                "/commune/replacement-statements.csv?ids=1",
            ):
                self.assertEqual(self.url_open(path).status_code, 404, (login, path))
            self._post(f"/my/replacement-hours/{sheet.id}", sign_name="X", confirmed="1")
        self.assertEqual(sheet.state, "submitted")

    def test_the_agent_does_not_sign_for_the_commune(self):
        sheet = self._sheet()
        self.authenticate("test_nadia", "test_nadia")
        self.assertEqual(self.url_open(f"/my/replacement-hours/{sheet.id}").status_code, 404)

    def test_who_cannot_sign_yet_reads_why_and_chooses_nothing(self):
        sheet = self._sheet()
        path = f"/my/replacement-hours/{sheet.id}"
        self.authenticate("test_mayor_a", "test_mayor_a")
        self.assertIn('type="radio"', self.url_open(path).text)
        self.env.company.signing_needs_factor = True
        page = self.url_open(path).text
        self.assertIn("alert-warning", page)
        for words in ('type="radio"', 'name="sign_name"', "reason_"):
            self.assertNotIn(words, page)

    def test_the_commune_answers_line_by_line(self):
        sheet = self._sheet()
        first, second = sheet.line_ids
        self.authenticate("test_mayor_a", "test_mayor_a")
        self.assertIn("Nadia F.", self.url_open("/my/replacement-hours").text)
        path = f"/my/replacement-hours/{sheet.id}"
        answers = {
            f"line_{first.id}": "ok",
            f"line_{second.id}": "contest",
            f"reason_{second.id}": "Partie à 11 h",
            "sign_name": "Anne AUBRY",
        }
        self.assertEqual(self._post(path, **answers).status_code, 422)
        answers["read"] = sheet.sudo()._get_shown_print()
        asked = self._post(path, **answers)
        self.assertEqual(asked.status_code, 200)
        self.assertIn("Partie à 11 h", asked.text)
        self.assertIn("Nadia F.", asked.text)
        rows = dict(
            (term.text.strip(), " ".join(term.getnext().text.split()))
            for term in html.fromstring(asked.text).xpath("//dt")
        )
        # The other half of the day, 3 h 30, is contested.
        self.assertEqual(rows["Heures que vous validez"], "3 h 30 et 20 km")
        self.assertEqual(sheet.state, "submitted")
        self.assertEqual(self._post(path, confirmed="1", **answers).status_code, 200)
        self.assertEqual(sheet.line_ids.mapped("state"), ["validated", "contested"])
        self.assertEqual((sheet.sign_name, second.contest_reason), ("Anne AUBRY", "Partie à 11 h"))
        again = self._post(path, confirmed="1", **answers)
        self.assertEqual(again.status_code, 422)
        self.assertIn("Anne AUBRY", again.text)

    def test_the_list_is_that_of_the_commune_signed_for(self):
        mayor = self.env["res.users"].search([("login", "=", "test_mayor_a")])
        self._mandate(mayor, self.commune_b, "mayor")
        mayor.portal_commune_id = self.commune_b
        sheet = self._sheet()
        self.authenticate("test_mayor_a", "test_mayor_a")
        path = f"/my/replacement-hours/{sheet.id}"
        self.assertNotIn(path, self.url_open("/my/replacement-hours").text)
        answers = {f"line_{line.id}": "ok" for line in sheet.line_ids}
        answers.update(sign_name=mayor.name, read=sheet.sudo()._get_shown_print())
        page = html.fromstring(self._post(path, confirmed="1", **answers).text)
        self.assertEqual(sheet.state, "validated")
        [link] = page.xpath(f"//a[@href='{path}']")
        self.assertIn("alert-success", link.getparent().getparent().getprevious().get("class"))

    def test_nothing_is_chosen_on_a_line_that_the_commune_contested(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        line = sheet.line_ids[1]
        line._answer("Partie à midi")
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = html.fromstring(self.url_open(f"/my/replacement-hours/{sheet.id}").text)
        self.assertTrue(page.xpath(f"//input[@name='line_{line.id}']"))
        self.assertFalse(page.xpath(f"//input[@name='line_{line.id}'][@checked]"))

    def test_a_workplace_that_is_the_town_hall_is_shown_once(self):
        self.commune_a.street = "3 rue du Puits"
        mission = self._mission(workplace="Mairie")
        self.patch(type(self.sheets), "_get_today", lambda sheets: mission.date_start)
        self.authenticate("test_nadia", "test_nadia")

        def terms():
            page = html.fromstring(self.url_open("/my/missions").text)
            return [term.text for term in page.xpath("//dt")]

        self.assertIn("Mairie", terms())
        self.assertNotIn("Lieu de travail", terms())
        mission.workplace = "Annexe du Moulin"
        self.assertIn("Lieu de travail", terms())

    def test_a_wrong_name_is_shown_at_the_name_and_the_lines_are_kept(self):
        sheet = self._sheet()
        first, second = sheet.line_ids
        self.authenticate("test_mayor_a", "test_mayor_a")
        answer = self._post(
            f"/my/replacement-hours/{sheet.id}",
            **{f"line_{second.id}": "contest", f"reason_{second.id}": "Partie à 11 h"},
            **{f"line_{first.id}": "ok"},
            sign_name="Paul",
            read=sheet.sudo()._get_shown_print(),
        )
        self.assertEqual(answer.status_code, 422)
        page = html.fromstring(answer.text)
        [problem] = page.find_class("alert-danger")
        [name] = page.xpath("//input[@name='sign_name']")
        self.assertIs(problem.getnext(), name)
        self.assertEqual(name.get("aria-describedby"), problem.get("id"))
        self.assertEqual(page.xpath("//*[@autofocus]"), [name])
        self.assertEqual(
            page.xpath(f"//input[@name='reason_{second.id}']/@value")[0], "Partie à 11 h"
        )
        self.assertTrue(page.xpath("//input[@name='read'][@checked]"))

    def test_an_objection_without_words_is_shown_at_its_line(self):
        sheet = self._sheet()
        first, second = sheet.line_ids
        self.authenticate("test_mayor_a", "test_mayor_a")
        answer = self._post(
            f"/my/replacement-hours/{sheet.id}",
            **{f"line_{first.id}": "ok", f"line_{second.id}": "contest"},
            sign_name="Anne AUBRY",
            read=sheet.sudo()._get_shown_print(),
        )
        self.assertEqual(answer.status_code, 422)
        page = html.fromstring(answer.text)
        [problem] = page.find_class("alert-danger")
        [reason] = page.xpath(f"//input[@name='reason_{second.id}']")
        self.assertIs(problem.getparent(), reason.getparent().getparent())
        self.assertEqual(reason.get("aria-describedby"), problem.get("id"))
        self.assertEqual(page.xpath("//*[@autofocus]"), [reason])
        self.assertEqual(page.xpath("//*[@aria-invalid]"), [reason])
        self.assertEqual(sheet.state, "submitted")

    def test_hours_corrected_meanwhile_are_not_signed(self):
        sheet = self._sheet()
        read = sheet.sudo()._get_shown_print()
        sheet.line_ids[0].with_user(self.coordinator).hour_end += 1
        decisions = dict.fromkeys(sheet.line_ids.ids, False)
        with self.assertRaisesRegex(UserError, "has changed since"):
            sheet.with_user(self.portal_a)._decide(decisions, "Anne AUBRY", read)
        self.assertEqual(sheet.state, "submitted")

    def test_an_agent_who_is_also_the_secretary_does_not_sign_the_own_hours(self):
        """Under the contact of the account, or under another one that has the same address."""
        agent = self.agent_user.partner_id
        self._mandate(self.agent_user, self.commune_a, "town_hall_secretary")
        agent.sudo().signing_changed_at = False
        agent.held_mandate_ids.sudo().signing_changed_at = False
        sheet = self._sheet()
        decisions = dict.fromkeys(sheet.line_ids.ids, False)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "your own hours"), self.cr.savepoint():
            sign_hours(sheet, self.agent_user, decisions)
        self.authenticate("test_nadia", "test_nadia")
        page = self.url_open(f"/my/replacement-hours/{sheet.id}").text
        self.assertIn("vos propres heures", page)
        self.assertNotIn("o_commune_signing", page)
        self.portal_both.partner_id.sudo().email = "nadia@rives.example"
        self.nadia.sudo().work_contact_id.email = "Nadia@Rives.example"
        self.portal_both.partner_id.sudo().signing_changed_at = False
        with self.assertRaisesRegex(UserError, "your own hours"), self.cr.savepoint():
            sign_hours(sheet, self.portal_both, decisions)
        self.assertEqual(sheet.state, "submitted")
        self._sign(sheet)
        self.assertEqual(sheet.state, "validated")

    def _make_secretary(self):
        """The coordinator is also the town-hall secretary, under another contact."""
        self.coordinator.partner_id.sudo().email = "coline@rives.example"
        self.portal_both.partner_id.sudo().email = "Coline@Rives.example"
        self.portal_both.partner_id.sudo().signing_changed_at = False
        self.env.flush_all()
        self.env.invalidate_all()

    def test_a_coordinator_does_not_sign_for_the_commune_the_hours_that_the_service_sent(self):
        self._make_secretary()
        sheet = self._sheet(submit=False)
        sheet.with_user(self.coordinator).action_submit()
        decisions = dict.fromkeys(sheet.line_ids.ids, False)
        with self.assertRaisesRegex(UserError, "You sent these hours"), self.cr.savepoint():
            sign_hours(sheet, self.portal_both, decisions)
        self.assertEqual(sheet.state, "submitted")
        self._sign(sheet)
        self.assertEqual(sheet.state, "validated")

    def test_who_signed_hours_for_the_commune_neither_checks_nor_bills_them(self):
        self._make_secretary()
        sheet = self._sheet()
        self._sign(sheet, user=self.portal_both)
        with self.assertRaisesRegex(UserError, "You signed these hours"), self.cr.savepoint():
            sheet.with_user(self.coordinator).action_check()
        self.assertEqual(sheet.state, "validated")
        statement = self._billed(sheet)  # by a colleague
        for action in ("action_check", "action_issue"):
            with (
                self.subTest(action=action),
                self.assertRaisesRegex(UserError, "You signed hours of this statement"),
                self.cr.savepoint(),
            ):
                getattr(statement.with_user(self.coordinator), action)()
            if action == "action_check":
                statement.action_check()
        statement.action_issue()
        self.assertEqual(statement.state, "issued")

    def test_the_agent_is_notified_of_what_is_contested_and_every_total_shows_it(self):
        self.nadia.work_contact_id.email = "nadia@rives.example"
        sheet = self._sheet()
        before = self.env["mail.mail"].search([])
        self._sign(sheet, {1: "Partie à 11 h"})
        letters = (self.env["mail.mail"].search([]) - before).filtered(
            lambda mail: mail.recipient_ids == self.nadia.work_contact_id
        )
        self.assertEqual(len(letters), 1)
        # 3 h 30 of 7 h, as planned.
        for words in ("Partie à 11 h", "3\xa0h\xa030", "7 heures", f"hours/{MONDAY}"):
            self.assertIn(words, letters.body_html)
        self.authenticate("test_mayor_a", "test_mayor_a")
        for path in ("/my/replacement-hours", f"/my/replacement-hours/{sheet.id}"):
            page = self.url_open(path).text
            # The total in the same words as what is contested.
            total = "7 heures\xa0· 40\xa0km, dont 3\xa0h\xa030 et 20\xa0km contestés"
            self.assertIn(total, page, path)
        self.authenticate("test_nadia", "test_nadia")
        for path in ("/my/missions", self._week(sheet.mission_id)):
            self.assertIn(total, self.url_open(path).text, path)
        statement = self._billed(sheet)
        self.assertIn("3 h 30", statement._describe_contested())
        self.assertEqual(statement.work_total, 94.5)

    def test_the_agent_reads_of_each_week_that_is_contested(self):
        """The letter about a week still waits when another week is contested."""
        self.nadia.work_contact_id.email = "nadia@rives.example"
        first = self._sheet()
        weeks = first | self._sheet(first.mission_id, MONDAY + timedelta(days=7))
        before = self.env["mail.mail"].search([])
        for sheet in weeks:
            self._sign(sheet, {0: f"Absente le lundi {sheet.week_start.day}"})
        letters = (self.env["mail.mail"].search([]) - before).filtered(
            lambda mail: mail.recipient_ids == self.nadia.work_contact_id
        )
        self.assertEqual(len(letters), 2)
        for day in ("lundi 11", "lundi 18"):
            self.assertEqual(sum(day in mail.body_html for mail in letters), 1, day)

    def test_the_agent_answers_what_is_contested(self):
        """Nothing leaves as it was; an answer alone does, and the commune decides again."""
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        line, path = sheet.line_ids[1], self._week(sheet.mission_id)
        key = f"{line.date}_{line.half_day}"
        clock = self.sheets._format_clock
        hours = {
            f"{key}_worked": "1",
            f"{key}_start": clock(line.hour_start),
            f"{key}_end": clock(line.hour_end),
            f"{key}_km": f"{line.km:g}",
            f"{key}_task": line.task or "",
        }
        self.authenticate("test_nadia", "test_nadia")
        self.assertIn(f'name="{key}_answer"', self.url_open(path).text)
        self.assertIn("Répondre à la commune", self.url_open("/my").text)
        answer = self._post(path, action="submit", **hours)
        self.assertEqual((answer.status_code, sheet.state), (422, "contested"))
        self.assertIn("répondez à la commune", answer.text)
        self._post(path, action="submit", **hours, **{f"{key}_answer": "Partie à 12 h"})
        self.assertEqual(
            (sheet.state, line.state, line.agent_note, line.contest_reason),
            ("submitted", "entered", "Partie à 12 h", "Partie à 11 h"),
        )
        # Sent again, as the first time: the commune is written to.
        self.assertEqual(sheet.log_ids.mapped("action")[:2], ["submitted", "answered"])
        self.assertNotIn(f'name="{key}_answer"', self.url_open(path).text)
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = self.url_open(f"/my/replacement-hours/{sheet.id}").text
        self.assertIn("Partie à 12 h", page)
        self.assertIn(f'name="line_{line.id}"', page)

    def test_an_objection_that_was_settled_is_past(self):
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        line, path = sheet.line_ids[1], f"/my/replacement-hours/{sheet.id}"
        red = r'<p class="mb-1 text-danger">\s*<strong>Contesté par la commune'
        self.authenticate("test_nadia", "test_nadia")
        self.assertRegex(self.url_open(self._week(sheet.mission_id)).text, red)
        line.hour_end = 15
        self.assertNotRegex(self.url_open(self._week(sheet.mission_id)).text, red)
        former = line.with_context(lang="fr_FR")._format_times()
        self.authenticate("test_mayor_a", "test_mayor_a")
        page = self.url_open(path).text
        waiting = "dont 6\xa0h\xa030 et 20\xa0km en attente de la commune"
        for words in ("Votre objection", "Avant la correction", waiting, former):
            self.assertIn(words, page)
        self._sign(sheet)
        page = self.url_open(path).text
        self.assertIn("Vous aviez contesté", page)
        self.assertNotIn("Votre objection", page)
        self.authenticate("test_nadia", "test_nadia")
        page = self.url_open(self._week(sheet.mission_id)).text
        self.assertIn("La commune avait contesté", page)
        self.assertNotRegex(page, red)

    def test_the_way_to_the_town_hall_is_on_the_mission(self):
        mission = self._mission()
        place = mission.commune_id
        place.write({"street": "2 place du Marché", "zip": "57000", "phone": "03 87 00 00 00"})
        mission.slot_ids[-1:].date = date(2027, 2, 15)
        self.authenticate("test_nadia", "test_nadia")
        page = self.url_open("/my/missions").text
        self.assertIn('href="tel:03 87 00 00 00"', page)
        self.assertIn("search?query=2%20place%20du%20March", page)

    def test_what_is_contested_is_not_read_by_way_of_the_letter(self):
        """Anyone who reads the file of an agent, without the hours: not by the preview either."""
        sheet = self._sheet()
        self._sign(sheet, {1: "Partie à 11 h"})
        colleague = new_test_user(self.env, "test_hr", groups="base.group_user,hr.group_hr_user")
        self.assertTrue(self.nadia.with_user(colleague).has_access("read"))
        letter = self.env.ref("commune_relations.mail_template_replacement_contested")
        named = {"contested_sheet": sheet.id}
        for context in ({}, named):
            seen, words = letter.with_user(colleague).with_context(**context), ""
            with suppress(UserError):
                words = str(seen._generate_template(self.nadia.ids, ["body_html"]))
            self.assertNotIn("Partie", words)
        other = self.env["hr.employee"].create({"name": "Autre"})
        self.assertFalse(other.with_context(**named)._describe_contested())

    def test_nothing_contested_is_notified_to_nobody(self):
        self.nadia.work_contact_id.email = "nadia@rives.example"
        sheet = self._sheet()
        before = self.env["mail.mail"].search([])
        self._sign(sheet)
        recipients = (self.env["mail.mail"].search([]) - before).recipient_ids
        self.assertNotIn(self.nadia.work_contact_id, recipients)
        self.assertFalse(sheet._describe_contested_totals())

    def test_the_commune_reads_its_statements_once_issued(self):
        sheet = self._sheet()
        self._sign(sheet)
        statement = self._billed(sheet)
        path = f"/my/replacement-statements/{statement.id}.pdf"
        self.authenticate("test_mayor_a", "test_mayor_a")
        self.assertEqual(self.url_open(path).status_code, 404)
        statement.action_check()
        statement.action_issue()
        self.assertIn(statement.name, self.url_open("/my/replacement-hours").text)
        self.assertEqual(self.url_open(path).content, statement.document_id.raw)
        self.authenticate("test_mayor_b", "test_mayor_b")
        self.assertEqual(self.url_open(path).status_code, 404)

    def test_the_file_for_finance_is_for_the_staff(self):
        sheet = self._sheet()
        self._sign(sheet)
        statement = self._billed(sheet)
        self.coordinator.password = "test_coordinator"
        self.authenticate("test_coordinator", "test_coordinator")
        answer = self.url_open(f"/commune/replacement-statements.csv?ids={statement.id}")
        self.assertTrue(answer.content.startswith(b"\xef\xbb\xbfnumero_etat;"))
        self.assertIn("100,90", answer.text)
