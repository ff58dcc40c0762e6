"""One current date, that of the communes: the same for a portal account, a task of the server, a
visitor, in any time zone that the caller gives."""

from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..committees.committee_case import CommitteeCase

# Moment (UTC), and the day in Paris by hand: one hour ahead in winter, two in summer.
DAYS = {
    "2026-12-01 22:30:00": date(2026, 12, 1),
    "2026-12-01 23:30:00": date(2026, 12, 2),
    "2027-07-06 21:30:00": date(2027, 7, 6),
    "2027-07-06 22:30:00": date(2027, 7, 7),
    "2026-12-31 23:30:00": date(2027, 1, 1),
    "2028-02-28 23:30:00": date(2028, 2, 29),
    "2028-02-29 23:30:00": date(2028, 3, 1),
    # The night of the summer hour, then that of the winter hour, before and after the change.
    "2027-03-27 23:30:00": date(2027, 3, 28),
    "2027-03-28 21:30:00": date(2027, 3, 28),
    "2027-03-28 22:30:00": date(2027, 3, 29),
    "2027-10-30 22:30:00": date(2027, 10, 31),
    "2027-10-31 22:30:00": date(2027, 10, 31),
    "2027-10-31 23:30:00": date(2027, 11, 1),
}
# Searches and rules are tried at some of them: a winter and a summer night, an ordinary evening.
NIGHTS = {
    moment: DAYS[moment]
    for moment in (
        "2026-12-01 23:30:00",
        "2027-07-06 21:30:00",
        "2027-07-06 22:30:00",
        "2028-02-28 23:30:00",
    )
}
# Fourteen hours ahead, twelve behind, none.
ZONES = ("Pacific/Kiritimati", "Etc/GMT+12", "UTC", False)


@tagged("post_install", "-at_install")
class TestDayOfCommunes(CommitteeCase):
    def _callers(self):
        """(who, environment): each zone of the account, then each that a program sends."""
        for zone in ZONES:
            self._set(self.officer.partner_id | self.portal_a.partner_id, tz=zone or None)
            # An environment keeps the zone that it has found: each has its own.
            yield f"account in {zone}", self.env(context={"account": str(zone)})
        self._set(self.officer.partner_id | self.portal_a.partner_id, tz="Europe/Paris")
        for zone in ZONES[:2]:
            yield f"program in {zone}", self.env(context={"tz": zone})

    def _set(self, records, **values):
        """By SQL: what a mandate sets in motion when it changes is tried elsewhere."""
        self.env.flush_all()
        pairs = [SQL("%s = %s", SQL.identifier(n), v or None) for n, v in values.items()]
        table = SQL.identifier(records._table)
        ids = records.ids
        self.env.cr.execute(
            SQL("UPDATE %s SET %s WHERE id = ANY(%s)", table, SQL(", ").join(pairs), ids)
        )
        self.env.invalidate_all()

    def test_what_is_noted_bears_the_day_of_the_communes(self):
        for moment, day in DAYS.items():
            with freeze_time(moment):
                for name, env in self._callers():
                    noted = env["commune.commitment"].with_user(self.officer).new({})
                    with self.subTest(moment=moment, caller=name):
                        self.assertEqual(noted.promised_date, day)

    def test_a_mandate_runs_from_its_first_to_its_last_day(self):
        for moment, day in NIGHTS.items():
            with freeze_time(moment):
                for name, env in self._callers():
                    mandate = self.mandate_b.with_env(env).with_user(self.officer)
                    for first, last, state in (
                        (day, day, "current"),
                        (day + timedelta(days=1), False, "future"),
                        (date(2020, 3, 15), day - timedelta(days=1), "ended"),
                    ):
                        self._set(self.mandate_b, date_start=first, date_end=last)
                        with self.subTest(moment=moment, caller=name, state=state):
                            self.assertEqual(mandate.state, state)
                            self._check_found_as(mandate, state)

    def _check_found_as(self, mandate, state):
        """By the state, by the relative date that a filter holds, from the person."""
        mandates = mandate.browse().search([("id", "=", mandate.id), ("state", "=", state)])
        self.assertEqual(mandates, mandate)
        ended = mandate.search_count([("id", "=", mandate.id), ("date_end", "<", "today")])
        self.assertEqual(bool(ended), state == "ended")
        self.assertEqual(bool(mandate.filtered_domain([("date_end", "<", "today")])), bool(ended))
        people = mandate.env["res.partner"].search_count(
            [("mandate_ids", "any", [("id", "=", mandate.id), ("date_start", ">", "today")])]
        )
        self.assertEqual(bool(people), state == "future")

    def test_a_membership_ends_at_midnight_of_the_communes(self):
        for moment, day in NIGHTS.items():
            with freeze_time(moment):
                for name, env in self._callers():
                    places = env["res.partner"].with_user(self.officer)
                    for last, stays in ((day, True), (day - timedelta(days=1), False)):
                        self._set(self.commune_b, membership_date_end=last)
                        found = places.search(
                            [
                                ("id", "=", self.commune_b.id),
                                ("membership_date_end", ">=", "today"),
                            ]
                        )
                        with self.subTest(moment=moment, caller=name, stays=stays):
                            self.assertEqual(bool(found), stays)

    def test_a_seat_opens_its_committee_whatever_the_clock_of_the_member(self):
        """A program with another time zone gains no day: the seat opens on its first day and
        closes on its last."""
        seat = self.copil.member_ids.filtered(lambda one: one.mandate_id == self.mandate_a)
        for moment, day in NIGHTS.items():
            with freeze_time(moment):
                for name, env in self._callers():
                    committee = seat.committee_id.with_env(env).with_user(self.portal_a)
                    for first, last, is_open in (
                        (day, False, True),
                        (day + timedelta(days=1), False, False),
                        (date(2020, 3, 15), day, False),
                    ):
                        self._set(seat, date_start=first, date_end=last)
                        with self.subTest(moment=moment, caller=name, first=first, last=last):
                            self._check_open(committee, is_open)

    def _check_open(self, committee, is_open):
        self.assertEqual(bool(committee.search([("id", "=", committee.id)])), is_open)
        if is_open:
            self.assertTrue(committee.name)
        else:
            with self.assertRaises(AccessError):
                committee.check_access("read")

    def test_a_new_zone_is_the_next_day_s(self):
        with freeze_time("2026-12-01 20:30:00"):
            self.assertEqual(self.env.company._get_today(), date(2026, 12, 1))
            self.env.company.partner_id.tz = "Indian/Reunion"
            self.assertEqual(self.env.company._get_today(), date(2026, 12, 2))

    def test_elsewhere_the_day_is_that_of_the_place(self):
        self.env.company.partner_id.tz = "Indian/Reunion"  # four hours ahead, all year
        for moment, day in (
            ("2026-12-01 19:30:00", date(2026, 12, 1)),
            ("2026-12-01 20:30:00", date(2026, 12, 2)),
        ):
            with freeze_time(moment):
                self._set(self.mandate_b, date_start=day)
                self.assertEqual(self.env.company._get_today(), day)
                self._check_found_as(self.mandate_b.with_user(self.officer), "current")

    def test_what_is_not_of_this_addon_keeps_the_day_of_the_account(self):
        """“Created today” in a list of contacts: the day of who looks."""
        contact = self.env["res.partner"].create({"name": "Fournisseur"})
        self._set(contact, create_date="2026-12-01 05:00:00")
        search = [("id", "=", contact.id), ("create_date", ">=", "today")]
        with freeze_time("2026-12-01 11:00:00"):
            for zone, found in (("Pacific/Kiritimati", False), ("Europe/Paris", True)):
                zoned = self.env["res.partner"].with_context(tz=zone)
                self.assertEqual(bool(zoned.search(search)), found, zone)
                self.assertEqual(bool(zoned.browse(contact.id).filtered_domain(search)), found)
