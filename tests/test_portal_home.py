"""First page of the portal: one list over all communes, cards of what one uses, no empty choice."""

import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..models.requests import portal_home as requests_home
from ..models.territory.portal.portal_home import Todo
from .common import CommuneCase

CARD = re.compile(r'<a class="o_commune_card_link" href="([^"]+)"')


class HomeCase(CommuneCase):
    def _ask_word_of(self, commune, person, name="Avaloir bouché"):
        """A request of the commune on which the service waits for its word."""
        ticket = self.env["helpdesk.ticket"].create(
            {
                "name": name,
                "description": "<p>Au carrefour</p>",
                "commune_id": commune.id,
                "partner_id": person.id,
                "partner_name": person.name,
                "partner_email": "mairie@communes.example",
            }
        )
        self.env["commune.request.answer"].with_user(self.officer)._ask_commune(
            ticket.with_user(self.officer), "<p>À quelle heure ?</p>"
        )
        return ticket

    def _ask_answer_of(self, communes, name, days):
        """A survey of these communes, open for so many days."""
        survey = self.env["survey.survey"].create({"title": name})
        campaign = self.env["commune.survey.campaign"].create(
            {
                "name": name,
                "survey_id": survey.id,
                "date_end": self.today + timedelta(days=days),
                "commune_ids": communes.ids,
            }
        )
        campaign.sudo().state = "open"
        targets = [{"campaign_id": campaign.id, "commune_id": one.id} for one in communes]
        self.env["commune.survey.target"].sudo().create(targets)
        return campaign

    def _seat(self, user, function="community_councillor"):
        """A mandate of the person in the intercommunality."""
        return self.env["commune.mandate"].create(self._mandate_values(user, self.epci, function))

    def _page_of(self, user):
        home = self.env["commune.portal.home"].with_user(user)
        commune, choices = self.env["res.users"].with_user(user)._get_portal_commune()
        page = home._get_page(commune, choices)
        with patch.object(type(home), "_load_presence", lambda home: home):
            plain = home._get_page(commune, choices)
        self.assertEqual(
            self._read_todos(page), self._read_todos(plain), "a glance hides something"
        )
        return page

    def _read_todos(self, page):
        """What is read on the page."""

        def name(cards):
            return [(one["card"].url, one["card"].title, one["card"].note) for one in cards]

        families = [(label, name(cards)) for label, cards in page["portal_families"]]
        news = page["survey_news"].ids
        return page["portal_todos"], families, name(page["portal_folded"]), news


@tagged("post_install", "-at_install")
class TestPortalHome(HomeCase, HttpCase):
    def test_one_list_over_all_communes_what_can_wait_last_the_nearest_day_first(self):
        person = self.portal_both.partner_id
        self._ask_word_of(self.commune_b, person)
        self._ask_answer_of(self.commune_b, "Piscines", 9)
        self._ask_answer_of(self.commune_a, "Voirie", 4)
        self.portal_both.portal_commune_id = self.commune_a
        todos = self._page_of(self.portal_both)["portal_todos"]
        shown = [(todo["title"].rpartition(": ")[2], todo["place"]) for todo in todos]
        wanted = [
            ("Avaloir bouché", "Bellefontaine"),
            ("Voirie", "Aubrive"),
            ("Piscines", "Bellefontaine"),
        ]
        self.assertEqual(shown, wanted)

    def test_without_a_last_day_what_waits_the_longest_comes_first_after_the_days(self):
        day = self.today
        wanted = [
            Todo("late", "/my/requests/1", day=day - timedelta(days=1)),
            Todo("this week", "/my/requests/2", day=day + timedelta(days=5), since=day),
            Todo("old", "/my/requests/3", since=day - timedelta(days=30)),
            Todo("new", "/my/requests/4", since=day),
            Todo("unknown", "/my/requests/5"),
            Todo("can wait", "/my/requests/6", day=day, can_wait=True),
            Todo("can wait long", "/my/requests/7", since=day - timedelta(days=60), can_wait=True),
        ]
        home = self.env["commune.portal.home"].with_user(self.portal_a)
        for found in (wanted, wanted[::-1]):
            with patch.object(type(home), "_get_todos", lambda *args, found=found: found):
                self.assertEqual(home._get_own_todos(), wanted)

    def test_the_question_asked_first_comes_first(self):
        """Whatever the number of the request; the last ones are those that the list leaves out."""
        person, now = self.portal_a.partner_id, fields.Datetime.now()
        asked = [self._ask_word_of(self.commune_a, person, f"Avaloir {n}") for n in range(4)]
        for ticket, days in zip(asked, (2, 9, 1, 5), strict=True):
            ticket.sudo().last_stage_update = now - timedelta(days=days)

        def read():
            return [todo["url"] for todo in self._page_of(self.portal_a)["portal_todos"]]

        wanted = [f"/my/requests/{asked[number].id}" for number in (1, 3, 0, 2)]
        self.assertEqual(read(), wanted)
        with patch.object(requests_home, "MOST", 2):
            self.assertEqual(read(), wanted[:2])
        # An item hidden elsewhere is not listed by another search.
        asked[1].confidentiality = "perso"
        asked[1].partner_id = self.portal_both.partner_id
        self.assertEqual(read(), wanted[1:])

    def test_what_is_folded_shows_how_much_of_it_is_urgent(self):
        """Four questions wait without a day, surveys end tomorrow: the fold hides a question behind
        questions alone, and states it."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.portal_a.lang = "fr_FR"
        for number in range(4):
            self._ask_word_of(self.commune_a, self.portal_a.partner_id, f"Avaloir {number}")
            self._ask_answer_of(self.commune_a, f"Voirie {number}", 1)
        todos = self._page_of(self.portal_a)["portal_todos"]
        self.assertEqual([todo["can_wait"] for todo in todos], [False] * 4 + [True] * 4)
        self.authenticate(self.portal_a.login, self.portal_a.login)
        page = " ".join(self.url_open("/my").text.split())
        self.assertIn("5 autres à faire, dont 1 prioritaire<", page.replace(" <", "<"))
        self._ask_word_of(self.commune_a, self.portal_a.partner_id, "Avaloir 5")
        page = " ".join(self.url_open("/my").text.split())
        self.assertIn("6 autres à faire, dont 2 prioritaires", page)
        self.env["helpdesk.ticket"].search([("name", "like", "Avaloir ")]).sudo().active = False
        page = " ".join(self.url_open("/my").text.split())
        self.assertIn("1 autre à faire", page)
        self.assertNotIn("prioritaire", page)

    def test_anyone_who_asked_says_whether_the_answer_is_enough(self):
        ticket = self._ask_word_of(self.commune_a, self.portal_a.partner_id)
        answered = self.env["helpdesk.ticket.stage"].search([("kind", "=", "answered")], limit=1)
        ticket.with_user(self.officer).sudo().stage_id = answered
        [todo] = self._page_of(self.portal_a)["portal_todos"]
        self.assertEqual(todo["title"], "Say whether our answer solves it: Avaloir bouché")
        self.assertEqual((todo["can_wait"], todo["url"]), (True, f"/my/requests/{ticket.id}"))
        self.assertEqual(self._page_of(self.portal_a_limited)["portal_todos"], [])

    def test_who_has_one_commune_does_not_read_its_name_on_each_line(self):
        self._ask_answer_of(self.commune_a, "Voirie", 4)
        self._seat(self.portal_a)
        [todo] = self._page_of(self.portal_a)["portal_todos"]
        self.assertEqual(todo["place"], "")

    def test_a_mayor_who_sits_in_the_intercommunality_is_not_asked(self):
        seat = self._seat(self.portal_a)
        users = self.env["res.users"].with_user(self.portal_a)
        self.portal_a.portal_commune_id = self.epci
        self.assertEqual(users._get_portal_commune(), (self.commune_a, self.commune_a))
        seat.function_id = self.functions["president"]
        self.assertEqual(users._get_portal_commune(), (self.epci, self.commune_a | self.epci))

    def test_what_the_commune_has_never_used_is_folded_until_it_has(self):
        def folded():
            return {one["card"].url for one in self._page_of(self.portal_a)["portal_folded"]}

        self.assertIn("/my/surveys", folded())
        self.assertNotIn("/my/requests", folded())
        self._ask_answer_of(self.commune_b, "Voirie", 4)
        self.assertIn("/my/surveys", folded())
        campaign = self._ask_answer_of(self.commune_a, "Piscines", 4)
        self.assertNotIn("/my/surveys", folded())
        campaign.sudo().state = "published"
        self.assertNotIn("/my/surveys", folded())

    def test_a_card_counts_what_waits_in_its_commune(self):
        def counts():
            families = self._page_of(self.portal_both)["portal_families"]
            return {one["card"].url: one["count"] for _label, some in families for one in some}

        person = self.portal_both.partner_id
        for commune in (self.commune_a, self.commune_b, self.commune_b):
            self._ask_word_of(commune, person)
        self.portal_both.portal_commune_id = self.commune_a
        self.assertEqual(counts()["/my/requests"], 1)
        self.portal_both.portal_commune_id = self.commune_b
        self.assertEqual(counts()["/my/requests"], 2)
        tickets = self.env["helpdesk.ticket"].search([("commune_id", "=", self.commune_b.id)])
        self.env["commune.request.portal"].with_user(self.portal_both)._portal_post(
            tickets[0].with_user(self.portal_both), "À midi"
        )
        self.assertEqual(counts()["/my/requests"], 1)

    def test_what_waits_for_the_contact_data_is_counted_on_the_commune(self):
        campaign = self.env["commune.directory.campaign"].create(
            {
                "name": "Annuaire",
                "date_end": self.today + timedelta(days=9),
                "commune_ids": self.commune_a.ids,
            }
        )
        campaign.action_open()
        page = self._page_of(self.portal_a)
        urls = [todo["url"] for todo in page["portal_todos"]]
        self.assertEqual(urls, [f"/my/directory-campaign?commune={self.commune_a.id}"])
        counts = {
            one["card"].url: one["count"]
            for _label, some in page["portal_families"]
            for one in some
        }
        self.assertEqual(counts[f"/my/communes/{self.commune_a.id}"], 1)
        text = page["portal_todos"][0]["text"]
        self.assertEqual(text, text[:1].upper() + text[1:])

    def test_the_same_queries_for_ten_communes_with_ten_times_as_much(self):
        """One survey and one request; then ten surveys of ten communes, eleven requests."""

        def count():
            user = self.portal_a
            self.env.flush_all()
            self.env.invalidate_all()
            commune, choices = self.env["res.users"].with_user(user)._get_portal_commune()
            before = self.env.cr.sql_log_count
            page = self.env["commune.portal.home"].with_user(user)._get_page(commune, choices)
            return self.env.cr.sql_log_count - before, len(page["portal_todos"])

        def fill(communes, times):
            for turn in range(times):
                self._ask_answer_of(communes, f"Enquête {turn}", 5)
            for commune in communes:
                self._ask_word_of(commune, self.portal_a.partner_id)

        fill(self.commune_a, 1)
        count()
        few, asked = count()
        self.assertEqual(asked, 2)
        values = [
            {
                "name": f"Commune {number}",
                "is_company": True,
                "is_commune": True,
                "insee_code": f"57{number}",
                "epci_id": self.epci.id,
            }
            for number in range(910, 919)
        ]
        others = self.env["res.partner"].create(values)
        self.env["commune.mandate"].create(
            [self._mandate_values(self.portal_a, one, "town_hall_secretary") for one in others]
        )
        fill(others, 10)
        fill(self.commune_a, 9)
        many, asked = count()
        self.assertEqual(asked, 10 * 10 + 11)
        self.assertLessEqual(many, few)

    def test_a_campaign_of_many_communes_reads_those_of_the_person_alone(self):
        values = [
            {
                "name": f"Commune {number}",
                "is_company": True,
                "is_commune": True,
                "insee_code": f"57{number}",
                "epci_id": self.epci.id,
            }
            for number in range(910, 950)
        ]
        others = self.env["res.partner"].create(values)
        campaign = self.env["commune.directory.campaign"].create(
            {
                "name": "Annuaire",
                "date_end": self.today + timedelta(days=5),
                "commune_ids": (self.commune_a | others).ids,
            }
        )
        campaign.action_open()
        self.env.flush_all()
        self.env.invalidate_all()
        [todo] = self._page_of(self.portal_a)["portal_todos"]
        self.assertEqual(todo["url"], f"/my/directory-campaign?commune={self.commune_a.id}")
        self.assertIn("3 persons", todo["text"])
        read = self.env["res.partner"]._fields["name"]._get_cache(self.env)
        self.assertIn(self.commune_a.id, read)
        self.assertFalse(set(others.ids) & set(read))


@tagged("post_install", "-at_install")
class TestPortalHomePages(HomeCase, HttpCase):
    def _open_cards(self, user):
        """{page: status} of every card of the first page."""
        self.authenticate(user.login, user.login)
        pages = CARD.findall(self.url_open("/my").text)
        return {page: self.url_open(page).status_code for page in pages}

    def test_no_card_of_the_intercommunality_leads_to_nothing(self):
        self._seat(self.portal_a, "president")
        self.portal_a.portal_commune_id = self.epci
        self._seat(self.portal_ended)
        for user in (self.portal_a, self.portal_ended, self.portal_b, self.portal_a_limited):
            pages = self._open_cards(user)
            with self.subTest(user.login):
                self.assertGreater(len(pages), 8)
                self.assertEqual({page: one for page, one in pages.items() if one != 200}, {})

    def test_the_line_of_another_commune_is_done_in_one_tap(self):
        """The page asks for no choice, and does not change the one that was made."""
        campaign = self.env["commune.directory.campaign"].create(
            {"name": "Annuaire", "date_end": self.today + timedelta(days=5)}
        )
        campaign.action_open()
        self.portal_both.portal_commune_id = self.commune_a
        self.authenticate(self.portal_both.login, self.portal_both.login)
        todos = self._page_of(self.portal_both)["portal_todos"]
        [url] = [todo["url"] for todo in todos if todo["place"] == "Bellefontaine"]
        page = self.url_open(url)
        self.assertEqual(page.status_code, 200)
        form = page.text.partition('action="/my/directory-campaign/answer"')[2]
        self.assertIn(f'value="{self.commune_b.id}"', form.partition("</form>")[0])
        self.assertEqual(self.portal_both.portal_commune_id, self.commune_a)
        self.authenticate(self.portal_b.login, self.portal_b.login)
        other = f"/my/directory-campaign?commune={self.commune_a.id}"
        self.assertEqual(self.url_open(other).status_code, 404)
