"""The private calendar of a person of a commune."""

from urllib.parse import unquote, urlsplit

from lxml import html

from odoo.tests import tagged

from odoo.addons.commune_relations.engine.web.masking import mask

from .event_case import EventHttpCase


@tagged("post_install", "-at_install")
class TestCalendarFeed(EventHttpCase):
    def _feed(self, user):
        user._renew_calendar_token()
        return f"/my/calendar/{user.sudo().commune_calendar_token}.ics"

    def _read(self, path):
        self._login(None)
        answer = self.url_open(path)
        return answer.status_code, answer.text.replace("\r\n ", "")

    def test_a_mayor_sees_the_commune_a_councillor_oneself(self):
        (colleague,) = self._colleagues(1)
        self._register(colleague)
        status, text = self._read(self._feed(self.portal_a))
        self.assertEqual(status, 200)
        self.assertEqual(text.count(f"SUMMARY:{self.event.name}"), 2)
        for user in (self.portal_a_limited, self.portal_b):
            status, text = self._read(self._feed(user))
            self.assertEqual(status, 200)
            self.assertNotIn(self.event.name, text)

    def test_the_hour_of_paris_on_the_days_of_the_change_of_clocks(self):
        for day, hour in (
            ("2026-10-24", 7),
            ("2026-10-25", 8),
            ("2027-03-27", 8),
            ("2027-03-28", 7),
        ):
            begin = f"{day} {hour:02}:00:00"
            event = self._event(
                name=day,
                date_begin=begin,
                date_end=f"{day} {hour + 3:02}:00:00",
                half_day_ids=False,
                kind="information",
                body_id=False,
            )
            self.assertEqual(event.half_day_ids.hour_start, 9)
            text = event._get_ics_content().decode()
            self.assertIn(f"DTSTART:{day.replace('-', '')}T{hour:02}0000Z", text)

    def test_obligations_of_the_communes_are_for_those_who_act_for_one(self):
        obligation = self.env.ref("commune_relations.obligation_training_deliberation")
        line = f"DTSTART;VALUE=DATE:{obligation.date_due:%Y%m%d}"
        self.assertIn(line, self._read(self._feed(self.portal_a))[1])
        self.assertNotIn(line, self._read(self._feed(self.portal_a_limited))[1])

    def test_obligations_of_the_intercommunality_are_for_it_and_for_staff(self):
        managed = self.env.ref("commune_relations.obligation_governance_pact")
        foreign = self.env.ref("commune_relations.obligation_training_deliberation")
        (managed | foreign).done_date = False
        president = self._portal("president", "Paule", "PRÉVOT", "mme")
        self._mandate(president, self.epci, "president")
        officer, employee = self.officer, self.employee
        for user, expected in (
            (self.portal_a, [foreign]),
            (president, [managed]),
            (officer, [managed, foreign]),
            (employee, []),
        ):
            text = self._read(self._feed(user))[1]
            found = [o for o in (managed, foreign) if f"obligation-{o.id}-" in text]
            self.assertEqual(found, expected, user.login)
        managed.done_date = self.today
        self.assertNotIn(f"obligation-{managed.id}-", self._read(self._feed(officer))[1])

    def test_staff_have_a_page_of_their_own_address(self):
        for user, status in ((self.officer, 200), (self.employee, 404)):
            user.password = user.login
            self._login(user)
            self.assertEqual(self.url_open("/my/calendar").status_code, status, user.login)
        self._login(self.officer)
        self.url_open("/my/calendar")
        page = self._post("/my/calendar/renew")
        self.assertIn(f"{self.officer.sudo().commune_calendar_token}.ics", page.text)

    def test_the_day_the_mandate_ends_the_calendar_is_empty(self):
        self._register(self.mandate_a)
        path = self._feed(self.portal_a)
        self.assertIn(self.event.name, self._read(path)[1])
        self.mandate_a.date_end = self.today
        status, text = self._read(path)
        self.assertEqual((status, text.count("BEGIN:VEVENT")), (200, 0))

    def test_the_address_is_withdrawn_or_changed_by_its_owner(self):
        path = self._feed(self.portal_a)
        self._login(self.portal_b)
        self.url_open("/my")
        self._post("/my/calendar/revoke")
        self.assertEqual(self._read(path)[0], 200)
        self._login(self.portal_a)
        page = self.url_open("/my/calendar")
        self.assertIn(path, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        links = [link.get("href") for link in html.fromstring(page.text).iter("a")]
        host = urlsplit(self.base_url()).netloc
        self.assertIn(f"webcal://{host}{path}", links)
        # The other calendars are given the same address, encoded: the log masks it too.
        for site in ("calendar.google.com", "outlook.office.com", "outlook.live.com"):
            [link] = [link for link in links if link and link.startswith(f"https://{site}/")]
            self.assertIn(path, unquote(link))
            self.assertNotIn(path.rpartition("/")[2].removesuffix(".ics"), mask(link))
        self._post("/my/calendar/renew")
        self.assertEqual(self._read(path)[0], 404)
        path = f"/my/calendar/{self.portal_a.sudo().commune_calendar_token}.ics"
        self.assertEqual(self._read(path)[0], 200)
        self._login(self.portal_a)
        self.url_open("/my/calendar")
        self._post("/my/calendar/revoke")
        self.assertEqual(self._read(path)[0], 404)

    def test_addresses_that_open_nothing(self):
        path = self._feed(self.portal_a)
        for other in (
            "/my/calendar/x.ics",
            path.replace(".ics", "a.ics"),
            "/my/calendar/False.ics",
        ):
            self.assertEqual(self._read(other)[0], 404)
        self.portal_a.active = False
        self.assertEqual(self._read(path)[0], 404)
        self._login(self.portal_ended)
        self.assertEqual(self.url_open("/my/calendar").status_code, 404)
