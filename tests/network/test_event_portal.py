"""A commune registers its persons from the portal; nobody acts for another commune."""

from datetime import timedelta

from lxml import html

from odoo.tests import tagged

from .event_case import EventHttpCase

WAITING = "waiting list|liste d’attente"


@tagged("post_install", "-at_install")
class TestEventPortal(EventHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.event.portal_scope = "all"
        cls.path = f"/my/events/{cls.event.id}"
        cls.mandates = cls._colleagues(3)

    def _form(self, mandates, place=None, path=None, **kwargs):
        place = place or self.commune_a
        return self._post(
            f"{path or self.path}/register", commune_id=place.id, mandate=mandates.ids, **kwargs
        )

    def test_the_mayor_registers_three_colleagues_and_one_waits(self):
        self.event.write({"seats_limited": True, "seats_max": 2})
        self._login(self.portal_a)
        self.assertIn(self.event.name, self.url_open("/my/events").text)
        page = self._form(self.mandates).text
        waits = self.mandates[2].partner_id.name
        self.assertIn(f"Sur la liste d’attente\N{NO-BREAK SPACE}: {waits} (1er).", page)
        self.assertIn("1er sur la liste d’attente", page.replace(f"{waits} (1er)", ""))
        self.assertEqual(self._places().mapped("is_waiting"), [False, False, True])
        first = self._registration(self.mandates[0])
        self._post(f"{self.path}/withdraw", commune_id=self.commune_a.id, registration_id=first.id)
        self.assertTrue(first.excused)
        self.assertEqual(set(self._places().mapped("is_waiting")), {False})

    def test_who_waits_reads_one_s_place_until_it_moves(self):
        """One has the only place, seven wait, then the councillor, who presses again."""
        self.event.write({"seats_limited": True, "seats_max": 1})
        before = self._colleagues(8, self.commune_b)
        self._register(*before)
        self._login(self.portal_a_limited)
        sentence = "Aucune\N{NO-BREAK SPACE}: 7 personnes attendent déjà, la suivante sera 8e"
        self.assertIn(sentence, self.url_open(self.path).text)  # before one joins
        page = self._form(self.mandate_a_limited).text
        self.assertIn("Vous êtes 8e sur la liste d’attente.", page)
        link = self._registration(self.mandate_a_limited).link_id.token
        page = self._post(f"/event-invitation/{link}/answer", answer="yes").text
        self.assertIn("Vous êtes 8e sur la liste d’attente.", page)
        self.assertNotIn("Inscription déjà faite", page)
        letter = self._letters(self.portal_a_limited)[-1]
        self.assertIn("Vous êtes 8e sur la liste d’attente", letter.subject)
        self.assertIn("Vous êtes <strong>8e</strong> sur la liste d’attente", letter.body_html)
        self._register(*self._colleagues(1))  # who comes after moves nobody
        for place in (8, 7):
            for path in (self.path, "/my/events", "/my"):
                with self.subTest(path=path, place=place):
                    page = self.url_open(path).text
                    self.assertIn(f"Vous êtes {place}e sur la liste d’attente", page)
            self._registration(before[0])._withdraw()
        home = html.fromstring(self.url_open("/my").text)
        # What a telephone shows of a card too.
        (note,) = home.xpath("//*[contains(@class, 'o_commune_card_note')]")
        self.assertIn(f"7e sur la liste d’attente\N{NO-BREAK SPACE}: {self.event.name}", note.text)
        self._registration(before[2])._withdraw()  # who waited and leaves moves the others too
        self.assertEqual(self._registration(before[3])._get_waiting_place(), "1re")  # a woman
        self.assertIn("Vous êtes 6e", self.url_open(self.path).text)
        self._login(self.portal_a)
        self.assertNotIn("Vous êtes 6e", self.url_open("/my").text)
        colleague = self.url_open(self.path).text
        self.assertIn("6e sur la liste d’attente", colleague)
        self.assertNotIn("Vous êtes", colleague)

    def _read_waiting(self, path="/my/events?shown=waiting"):
        """Events of the page, and the text shown for each."""
        page = html.fromstring(self.url_open(path).content)
        lines = {
            int(line.get("data-event")): " ".join(line.text_content().split())
            for line in page.xpath("//li[@data-event]")
        }
        return page, lines

    def test_who_waits_finds_the_event_again_from_the_home_page(self):
        """Among the others; one's own rank, whatever commune was chosen last."""
        self.event.write({"seats_limited": True, "seats_max": 1})
        other = self._event(name="Une autre")
        other.portal_scope = "all"
        secretary = self.env["commune.mandate"].search(
            [
                ("partner_id", "=", self.portal_both.partner_id.id),
                ("commune_id", "=", self.commune_b.id),
            ]
        )
        self._login(self.portal_both)
        self.url_open("/my")  # the first of both communes
        page, lines = self._read_waiting("/my/events")
        self.assertEqual(set(lines), {self.event.id, other.id})
        self.assertFalse(page.xpath("//a[contains(@href, 'shown=waiting')]"))
        self._register(self.mandates[0], secretary)
        home = html.fromstring(self.url_open("/my").content)
        [address] = home.xpath("//a[contains(@class, 'o_commune_card_note')]/@href")
        _page, lines = self._read_waiting(address)
        self.assertEqual(list(lines), [self.event.id])
        self.assertIn("Vous êtes 1re sur la liste d’attente", lines[self.event.id])
        self.assertIn("Bellefontaine", lines[self.event.id])
        page, lines = self._read_waiting("/my/events")
        self.assertEqual(set(lines), {self.event.id, other.id})
        self.assertTrue(page.xpath("//a[@href='/my/events?shown=waiting']"))
        # A place was found, or the event was called off: nothing is left to find.
        self._registration(self.mandates[0])._withdraw()
        self.assertEqual(self._read_waiting()[1], {})
        self.assertFalse(
            html.fromstring(self.url_open("/my").content).find_class("o_commune_card_note")
        )

    def test_those_who_act_for_the_commune_find_who_waits_there(self):
        self.event.write({"seats_limited": True, "seats_max": 1})
        self._register(*self.mandates[:2])
        name = self.mandates[1].partner_id.name
        self._login(self.portal_a)
        _page, lines = self._read_waiting()
        self.assertIn(f"{name} 1", lines[self.event.id])
        self.assertNotIn(self.mandates[0].partner_id.name, lines[self.event.id])
        for user in (self.portal_a_limited, self.portal_b):
            self._login(user)
            self.assertEqual(self._read_waiting()[1], {}, user.login)
        self.event.kanban_state = "cancel"
        self._login(self.portal_a)
        self.assertEqual(self._read_waiting()[1], {})

    def test_what_is_lost_is_shown_before_it_is(self):
        """Without a script: the button that does it is inside what opens. A place that nobody waits
        for is given back at once."""
        self.event.write({"seats_limited": True, "seats_max": 1})
        own = self.mandate_a_limited
        self._login(self.portal_a_limited)

        def read(path):
            page = html.fromstring(self.url_open(path).content)
            lost = " ".join(page.xpath("string(//main//form//details[button])").split())
            direct = page.xpath("//form[contains(@action, 'withdraw')]/button")
            return lost, bool(direct)

        self._register(self.mandates[0], own)
        link = self._registration(own).link_id.token
        for path in (self.path, f"/event-invitation/{link}"):
            lost, direct = read(path)
            self.assertIn("Vous êtes 1er sur la liste d’attente", lost)
            self.assertFalse(direct)
        self._registration(self.mandates[0])._withdraw()
        lost, direct = read(self.path)  # one has the only place
        self.assertTrue(lost)
        self.assertNotIn("liste d’attente", lost)
        self.event.seats_max = 5
        self.assertEqual(read(self.path), ("", True))

    def test_who_leaves_the_waiting_list_is_not_reported_absent(self):
        """Of a colleague by the name, of oneself without; a place given back is an absence."""
        self.event.write({"seats_limited": True, "seats_max": 1})
        own = self.mandate_a_limited
        self._login(self.portal_a_limited)
        button = "//form[contains(@action, '/register')]//button[@type='submit']"
        read = html.fromstring(self.url_open(self.path).content)
        self.assertEqual(read.xpath(button)[0].text_content().strip(), "S’inscrire")
        self._register(self.mandates[0], self.mandates[1])
        read = html.fromstring(self.url_open(self.path).content)
        self.assertRegex(read.xpath(button)[0].text_content(), WAITING)

        def leave(mandate):
            line = self._registration(mandate)
            data = {"commune_id": self.commune_a.id, "registration_id": line.id}
            answer = html.fromstring(self._post(f"{self.path}/withdraw", **data).content)
            self.assertEqual(line.state, "cancel")
            return " ".join(answer.get_element_by_id("outcome").text_content().split())

        self._form(own)
        outcome = leave(own)
        self.assertRegex(outcome, WAITING)
        self.assertNotIn(own.partner_id.name, outcome)
        self._sees_that_one_left(own)
        self._login(self.portal_a)
        name = self.mandates[1].partner_id.name
        outcome = leave(self.mandates[1])
        self.assertRegex(outcome, f"^{name} .*({WAITING})")
        self.assertNotIn("excusée", outcome)
        outcome = leave(self.mandates[0])
        self.assertIn("excusée", outcome)
        self.assertNotRegex(outcome, WAITING)

    def _sees_that_one_left(self, mandate):
        """The page, the list of events and the staff screens show it; one may register again."""
        line = self._registration(mandate)
        self.assertEqual((line.left_list, line.excused), (True, False))
        for path in (self.path, "/my/events"):
            page = self.url_open(path).text
            self.assertIn("A quitté la liste d’attente", page)
            self.assertNotIn("excusée", page)
        page = html.fromstring(self.url_open(self.path).content)
        self.assertFalse(page.xpath(f"//li[@data-registration='{line.id}']//button"))
        self.assertIn("Vous avez changé d’avis", page.text_content())
        self._form(mandate)
        self.assertEqual((line.is_waiting, line.left_list), (True, False))
        button = html.fromstring(self.url_open(self.path).content).xpath(
            f"//li[@data-registration='{line.id}']//button"
        )[0]
        self.assertIn("Quitter la liste d’attente", button.text_content())
        line._withdraw()

    def test_the_places_of_many_lists_cost_one_query(self):
        events = self.event | self._event(name="Une autre") | self._event(name="Une troisième")
        events.write({"seats_limited": True, "seats_max": 1})
        for number, event in enumerate(events, start=2):
            self._register(*self._colleagues(number), event=event)
        lines = self.env["event.registration"].search([("is_waiting", "=", True)])
        lines = lines.filtered(lambda line: line.event_id in events)
        self.env.invalidate_all()
        self.assertTrue(all(lines.mapped("is_waiting")))
        before = self.env.cr.sql_log_count
        ranks = sorted(lines.mapped("waiting_rank"))
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
        self.assertEqual(ranks, [1, 1, 1, 2, 2, 3])

    def test_a_councillor_registers_oneself_only(self):
        self._login(self.portal_a_limited)
        page = self.url_open(self.path).text
        self.assertEqual(page.count('name="mandate"'), 1)
        self.assertEqual(self._form(self.mandates).status_code, 422)
        self.assertFalse(self._places())
        self._form(self.mandates | self.mandate_a_limited)
        self.assertEqual(self._places().mandate_id, self.mandate_a_limited)

    def test_a_councillor_withdraws_nobody_else(self):
        self._register(self.mandates[0])
        self._login(self.portal_a_limited)
        self.url_open(self.path)
        answer = self._post(
            f"{self.path}/withdraw",
            commune_id=self.commune_a.id,
            registration_id=self._places().id,
        )
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self._places().state, "open")

    def test_nobody_registers_nor_withdraws_for_another_commune(self):
        self._register(self.mandates[0])
        for user in (self.portal_b, self.portal_ended):
            self._login(user)
            self.url_open("/my")
            self.assertEqual(self._form(self.mandates).status_code, 404)
            answer = self._post(
                f"{self.path}/withdraw",
                commune_id=self.commune_a.id,
                registration_id=self._places().id,
            )
            self.assertEqual(answer.status_code, 404)
        self._login(self.portal_b)
        self.assertEqual(self._form(self.mandates, self.commune_b).status_code, 422)
        self.assertNotIn(self.mandates[0].partner_id.name, self.url_open(self.path).text)
        self.assertEqual(self._places().mandate_id, self.mandates[0])

    def test_forms_answer_to_post_only_with_a_token(self):
        self._login(self.portal_a)
        for name in ("register", "withdraw"):
            self.assertEqual(self.url_open(f"{self.path}/{name}").status_code, 405)
            answer = self.url_open(f"{self.path}/{name}", data={"commune_id": self.commune_a.id})
            self.assertEqual(answer.status_code, 400)

    def test_an_event_for_invited_communes_is_not_shown_to_the_others(self):
        self.event.portal_scope = "invited"
        self.event.invited_ids = self.portal_a.partner_id
        self.event.action_invite()
        for user, status in (
            (self.portal_a, 200),
            (self.portal_both, 200),  # full role in the same commune
            (self.portal_a_limited, 404),
            (self.portal_b, 404),
            (self.portal_ended, 404),
        ):
            with self.subTest(user=user.login):
                self._login(user)
                self.assertEqual(self.url_open(self.path).status_code, status)
                calendar = self.url_open(f"{self.path}/calendar.ics")
                self.assertEqual(calendar.status_code, status)
        self.assertEqual(self.url_open("/my/events/999999").status_code, 404)

    def test_an_event_that_is_not_for_the_communes_is_not_shown(self):
        begin = self.event.date_begin + timedelta(days=1)
        event = self.env["event.event"].create(
            {"name": "Salon", "date_begin": begin, "date_end": begin + timedelta(hours=1)}
        )
        event.portal_scope = "all"
        self._login(self.portal_a)
        self.assertNotIn("Salon", self.url_open("/my/events").text)
        self.assertEqual(self.url_open(f"/my/events/{event.id}").status_code, 404)

    def test_check_in_is_for_staff_only(self):
        self._register(*self.mandates)
        path = f"/commune/check-in/{self.event.id}"
        slot = self.event.half_day_ids[0]
        registration = self._registration(self.mandates[0])
        data = {"half_day": slot.id, "registration": registration.id, "state": "present"}
        for user in (self.portal_a, self.reader, self.referent, self.employee):
            user.password = user.login
            self._login(user)
            self.url_open("/my")
            self.assertEqual(self.url_open(path).status_code, 404, user.login)
            self.assertEqual(self._post(f"{path}/note", **data).status_code, 404, user.login)
        self.assertFalse(registration.attendance_ids)
        self.officer.password = self.officer.login
        self._login(self.officer)
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("<form", page.text)
        self.assertEqual(self._post(f"{path}/note", **data).status_code, 422)
        self.assertFalse(registration.attendance_ids)
        self._bring_to_today()
        self.assertIn("<form", self.url_open(path).text)
        self._post(f"{path}/note", **data)
        self.assertEqual(registration.state, "done")
        self.assertEqual(registration.attended_hours, 2.5)
        self._post(f"{path}/note", **{**data, "state": ""})
        self.assertFalse(registration.attendance_ids)
        self.assertEqual(registration.state, "open")
        foreign = self._event(name="Autre").half_day_ids[0]
        answer = self._post(f"{path}/note", **{**data, "half_day": foreign.id})
        self.assertEqual(answer.status_code, 404)
