from lxml import html

from odoo import http
from odoo.tests import HttpCase, tagged

from .replacement_case import ReplacementCase


@tagged("post_install", "-at_install")
class TestReplacementPortal(ReplacementCase, HttpCase):
    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, path, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(path, data=data)

    def _file(self, commune=None, **data):
        values = {
            "commune_id": (commune or self.commune_a).id,
            "post": "Secrétaire de mairie",
            "date_start": "2026-12-01",
            "date_end": "2027-01-26",
            "tue_am": "1",
            **data,
        }
        return self._post("/my/replacements/new", **values)

    def _requests(self):
        return self.env["commune.replacement.request"].search([])

    def test_a_secretary_asks_for_nine_tuesday_mornings(self):
        """R04 of the scenario, and M2: another commune cannot read it."""
        self._login(self.portal_both)
        skill = self.skills["CPT"]
        page = self._file(**{f"skill_{skill.id}": "2", "software": self.software["JVS"].id})
        self.assertEqual(page.status_code, 200)
        request = self._requests()
        self.assertRecordValues(
            request,
            [
                {
                    "commune_id": self.commune_a.id,
                    "requester_id": self.portal_both.partner_id.id,
                    "state": "submitted",
                    "channel": "portal",
                    "slot_count": 9,
                }
            ],
        )
        self.assertEqual(request.need_ids.mapped("level"), ["2"])
        self.assertEqual(request.software_ids, self.software["JVS"])
        path = f"/my/replacements/{request.id}"
        self.assertEqual(self.url_open(path).status_code, 200)
        for user in (self.portal_b, self.portal_ended, self.portal_a_limited):
            with self.subTest(user=user.login):
                self._login(user)
                self.assertEqual(self.url_open(path).status_code, 404)
                self.assertEqual(self._post(f"{path}/cancel").status_code, 404)
        self.assertEqual(request.state, "submitted")

    def test_the_nearest_day_without_agent_comes_first(self):
        """Typed in the other order; a day of two halves is shown once."""
        self._login(self.portal_both)
        for day in ("2026-12-15", "2026-12-01", "2026-12-08"):
            self._file(date_start=day, date_end=day, tue_pm="1")
        page = self.url_open("/my/replacements").text
        first = {request: page.index(request.name) for request in self._requests()}
        days = [str(request.date_start) for request in sorted(first, key=first.get)]
        self.assertEqual(days, ["2026-12-01", "2026-12-08", "2026-12-15"])
        summary = self._requests()[0].slot_ids[0]._summarise()
        self.assertEqual(summary.count("2026"), 1)

    def test_single_dates_beside_the_week(self):
        self._login(self.portal_a)
        self._file(
            date_start="2027-01-11",
            date_end="2027-01-12",
            date_0="2027-01-21",
            date_0_am="1",
            date_0_pm="1",
        )
        self.assertEqual(
            self._days(self._requests().slot_ids),
            [("2027-01-12", "am"), ("2027-01-21", "am"), ("2027-01-21", "pm")],
        )

    def test_only_single_dates(self):
        self._login(self.portal_a)
        self._file(date_start="", date_end="", tue_am="", date_0="2027-01-21", date_0_pm="1")
        request = self._requests()
        self.assertEqual(self._days(request.slot_ids), [("2027-01-21", "pm")])
        self.assertEqual(str(request.date_start), "2027-01-21")

    def test_what_is_missing_is_shown_and_what_was_typed_is_kept(self):
        self._login(self.portal_a)
        page = self._file(post="", tue_am="", tasks="Paie de décembre")
        self.assertEqual(page.status_code, 422)
        read = html.fromstring(page.content)
        # One sentence counts the errors, and takes the focus; each is beside its field.
        [summary] = read.xpath("//*[@autofocus]")
        self.assertEqual(summary.get("id"), "problem_post")
        self.assertRegex(summary.text_content(), "2")
        self.assertEqual(len(read.find_class("alert-danger")), 2)
        [field] = read.xpath("//input[@name='post']")
        self.assertEqual(field.get("aria-describedby"), "problem_post")
        self.assertTrue(read.xpath("//*[@id='replacement_grid']//*[@id='problem_grid']"))
        self.assertIn("Paie de décembre", page.text)
        self.assertFalse(self._requests())

    def test_a_bad_date_or_a_foreign_value_changes_nothing(self):
        self._login(self.portal_a)
        page = self._file(date_start="32/13/2026", date_end="x", urgency="now", reason="<b>")
        self.assertEqual(page.status_code, 422)
        page = self._file(date_start="2027-03-01", date_end="2027-01-01")
        self.assertEqual(page.status_code, 422)
        self.assertFalse(self._requests())

    def test_a_commune_without_convention_reads_why(self):
        self._login(self.portal_b)
        page = self.url_open("/my/replacements/new")
        self.assertIn("Bellefontaine", page.text)
        self.assertNotIn('name="date_start"', page.text)
        self.assertEqual(self._file(self.commune_b).status_code, 422)
        self.assertFalse(self._requests())

    def test_nobody_files_for_another_commune(self):
        for user in (self.portal_b, self.portal_ended, self.portal_a_limited):
            self._login(user)
            with self.subTest(user=user.login):
                self.assertEqual(self._file().status_code, 404)
        self.assertFalse(self._requests())

    def test_the_commune_cancels_what_is_not_agreed_yet(self):
        self._login(self.portal_a)
        self._file()
        request = self._requests()
        page = self.url_open(f"/my/replacements/{request.id}").text
        self.assertIn('name="text"', page)
        self.assertNotIn('required="required"', page)
        answer = self._post(f"/my/replacements/{request.id}/cancel", text="Elle  revient")
        self.assertEqual(request.state, "cancelled")
        self.assertEqual(set(request.slot_ids.mapped("cancelled_by")), {"commune"})
        [text] = request.message_ids.filtered(lambda m: "Elle  revient" in (m.body or ""))
        self.assertEqual(text.author_id, self.portal_a.partner_id)
        self.assertIn("personne ne viendra", answer.text)

    def test_nothing_is_counted_nor_cancelled_after_a_cancellation(self):
        self._login(self.portal_a)
        request = self._request()
        path = f"/my/replacements/{request.id}"
        self.assertIn("confirmées", self.url_open("/my/replacements").text)
        self._post(f"{path}/cancel")
        messages = request.message_ids
        page = self.url_open(path).text
        self.assertNotIn("/cancel", page)
        self.assertIn("Plus aucune", page)
        self.assertNotIn("aucune demi-journée", page)
        self.assertNotIn(f"({len(request.slot_ids)})", page)
        for shown in (page, self.url_open("/my/replacements").text):
            self.assertNotIn("confirmées", shown)
        # Pressed in another window: what was wanted is done already.
        self.assertEqual(self._post(f"{path}/cancel").status_code, 200)
        self.assertEqual(request.message_ids, messages)

    def test_staff_who_look_at_the_page_cancel_nothing(self):
        request = self._request()
        for user in (self.reader, self.officer):
            with self.subTest(user=user.login):
                self._login(user)
                page = self._post(f"/my/replacements/{request.id}/cancel")
                self.assertEqual(page.status_code, 422)
                self.assertEqual(request.state, "submitted")

    def test_an_agreed_mission_is_not_cancelled_from_the_page(self):
        self._login(self.portal_a)
        request = self._request()
        proposal = request._hold(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        page = self._post(f"/my/replacements/{request.id}/cancel")
        self.assertEqual(page.status_code, 422)
        self.assertEqual(request.state, "filled")
        self.assertIn("Nadia F.", self.url_open(f"/my/replacements/{request.id}").text)

    def test_the_home_card_counts_what_is_in_progress(self):
        self._request()
        self._login(self.portal_a)
        self.assertIn("/my/replacements", self.url_open("/my").text)
        self._login(self.portal_a_limited)
        self.assertNotIn("/my/replacements", self.url_open("/my").text)

    def test_the_page_says_the_agent_wished_for_and_speaks_as_a_mayor(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.portal_a.lang = "fr_FR"
        self._login(self.portal_a)
        self._file(wanted_agent_name="Nadia, comme en mai")
        request = self._requests()
        path = f"/my/replacements/{request.id}"
        page = self.url_open(path).text
        self.assertIn("Nadia, comme en mai", page)
        french = request.with_context(lang="fr_FR")
        staff = dict(french._fields["state"]._description_selection(french.env))
        self.assertEqual(staff["submitted"], "Soumise")
        self.assertNotIn("Soumise", page)
        self.assertIn("nous la lisons", page)
        sentences = set()
        for state in staff:
            request.sudo().write({"state": state})
            sentences.add(french.with_user(self.portal_a)._get_state_label())
        self.assertEqual(len(sentences), len(staff))
        self.assertEqual(sentences & set(staff.values()), {"Annulée"})

    def test_the_page_says_all_that_was_sent(self):
        """Short answers are among the facts, long ones are folded; an empty answer is not
        shown, and no other commune reads it."""
        sent = {
            "reason": "leave",
            "urgency": "same_day",
            "deadlines": "Paie du 20 décembre",
            "workplace": "Annexe du Moulin",
            f"skill_{self.skills['CPT'].id}": "3",
            "software": self.software["JVS"].id,
            "needs_civil_registry": "1",
            "access_conditions": "Clé chez la voisine",
            "is_splittable": "no",
        }
        self._login(self.portal_a)
        self._file(**sent)
        path = f"/my/replacements/{self._requests().id}"
        page = html.fromstring(self.url_open(path).content)
        (facts,) = page.xpath("//dl[@class='o_commune_facts'][not(ancestor::details)]")
        (folded,) = page.xpath("//details[@id='more_asked']//dl")
        self.assertLessEqual({"Échéances", "Lieu de travail"}, set(facts.xpath("dt/text()")))
        shown = [" ".join(dd.text_content().split()) for dd in facts.xpath("dd")]
        for text in ("Congés", "Le jour même", "Paie du 20 décembre", "Annexe du Moulin"):
            self.assertIn(text, shown)
        more = [dd.text for dd in folded.xpath("dd")]
        skill, software = (
            self.skills["CPT"].with_context(lang="fr_FR").name,
            self.software["JVS"].name,
        )
        self.assertEqual(more, [f"{skill} – Expert", software, "Oui", "Clé chez la voisine", "Oui"])
        self._file()
        page = html.fromstring(self.url_open(f"/my/replacements/{self._requests()[0].id}").content)
        labels = page.xpath("//dl[@class='o_commune_facts']/dt/text()")
        self.assertEqual(set(labels) & {"Échéances", "Lieu de travail", "Urgence"}, set())
        self.assertFalse(page.xpath("//*[@id='more_asked']"))
