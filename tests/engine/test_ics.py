"""Calendars as text: moments, folded lines, marks of the format."""

import unittest
from datetime import UTC, date, datetime, timedelta

from engine.calendar.ics import Entry, calendar, to_utc

STAMP = datetime(2026, 9, 1, 8, tzinfo=UTC)
PARIS = "Europe/Paris"


def entry(**values):
    base = {
        "uid": "a@b",
        "title": "Essai",
        "start": to_utc(date(2026, 10, 24), 9, PARIS),
        "end": to_utc(date(2026, 10, 24), 12, PARIS),
        "stamp": STAMP,
    }
    return Entry(**{**base, **values})


def unfolded(content):
    return content.decode().replace("\r\n ", "").split("\r\n")


class TestIcs(unittest.TestCase):
    def test_nine_o_clock_before_and_after_each_change_of_clocks(self):
        moments = {
            (2026, 10, 24): 7,  # summer
            (2026, 10, 25): 8,  # the day of the change, after it
            (2027, 3, 27): 8,  # winter
            (2027, 3, 28): 7,  # the day of the change, after it
        }
        for day, hour in moments.items():
            moment = to_utc(date(*day), 9, PARIS)
            self.assertEqual(moment, datetime(*day, hour, tzinfo=UTC))
            text = unfolded(calendar("x", [entry(start=moment)]))
            self.assertIn(f"DTSTART:{day[0]}{day[1]:02}{day[2]:02}T{hour:02}0000Z", text)

    def test_an_event_over_the_night_of_the_change_keeps_both_hours(self):
        start, end = to_utc(date(2026, 10, 24), 22, PARIS), to_utc(date(2026, 10, 25), 6.5, PARIS)
        self.assertEqual((end - start).total_seconds() / 3600, 9.5)
        start, end = to_utc(date(2027, 3, 27), 22, PARIS), to_utc(date(2027, 3, 28), 6.5, PARIS)
        self.assertEqual((end - start).total_seconds() / 3600, 7.5)

    def test_no_line_is_longer_than_the_format_allows(self):
        title = "Réunion d’information des élues et des élus, première séance ; " * 5
        content = calendar("Été", [entry(title=title)])
        for line in content.split(b"\r\n"):
            self.assertLessEqual(len(line), 75)
            line.decode()
        wanted = title.replace(";", "\\;").replace(",", "\\,")
        self.assertIn(f"SUMMARY:{wanted}", unfolded(content))

    def test_a_line_is_folded_beyond_75_bytes_and_not_before(self):
        """“SUMMARY:” has 8 bytes; the lines that follow begin with a space."""
        for letters, lengths in (
            (67, [75]),
            (68, [75, 2]),
            (67 + 74, [75, 75]),
            (142, [75, 75, 2]),
        ):
            content = calendar("x", [entry(title="x" * letters)]).decode()
            lines = content.split("\r\n")
            first = next(n for n, line in enumerate(lines) if line.startswith("SUMMARY"))
            folded = [lines[first]]
            for line in lines[first + 1 :]:
                if not line.startswith(" "):
                    break
                folded.append(line)
            self.assertEqual([len(line) for line in folded], lengths, letters)

    def test_a_letter_of_two_bytes_is_not_cut(self):
        content = calendar("x", [entry(title="x" * 66 + "é")])
        self.assertIn(("x" * 66 + "\r\n é\r\n").encode(), content)

    def test_a_change_replaces_what_was_sent_before(self):
        """A day later, 86,400 revisions more; nothing below zero."""
        sent, changed, old = (
            unfolded(calendar("x", [entry(stamp=stamp)]))
            for stamp in (STAMP, STAMP + timedelta(days=1), datetime(2019, 5, 1, tzinfo=UTC))
        )
        revision = [
            int(next(line for line in text if line.startswith("SEQUENCE:"))[9:])
            for text in (sent, changed, old)
        ]
        self.assertEqual(revision[1] - revision[0], 86400)
        self.assertEqual(revision[2], 0)
        self.assertLess(revision[1], 2**31)
        self.assertIn("LAST-MODIFIED:20260901T080000Z", sent)
        self.assertIn("LAST-MODIFIED:20260902T080000Z", changed)

    def test_only_a_calendar_that_is_followed_says_when_to_read_it_again(self):
        followed = unfolded(calendar("x", [entry()], followed=True))
        self.assertIn("REFRESH-INTERVAL;VALUE=DURATION:PT1H", followed)
        self.assertIn("X-PUBLISHED-TTL:PT1H", followed)
        self.assertLess(followed.index("X-PUBLISHED-TTL:PT1H"), followed.index("BEGIN:VEVENT"))
        self.assertNotIn("PT1H", calendar("x", [entry()]).decode())

    def test_how_sure_an_entry_is(self):
        for values, status in (
            ({}, "CONFIRMED"),
            ({"tentative": True}, "TENTATIVE"),
            ({"cancelled": True, "tentative": True}, "CANCELLED"),
        ):
            self.assertIn(f"STATUS:{status}", unfolded(calendar("x", [entry(**values)])))

    def test_a_title_cannot_add_lines_of_its_own(self):
        content = calendar("x", [entry(title="a\r\nBEGIN:VEVENT\rb\x07")])
        self.assertEqual(content.count(b"\r\nBEGIN:VEVENT\r\n"), 1)
        self.assertIn("SUMMARY:a\\nBEGIN:VEVENT\\nb", unfolded(content))

    def test_whole_days_end_on_the_day_after(self):
        day = date(2026, 12, 15)
        text = unfolded(calendar("x", [entry(start=day, end=day)]))
        self.assertIn("DTSTART;VALUE=DATE:20261215", text)
        self.assertIn("DTEND;VALUE=DATE:20261216", text)

    def test_place_and_text_show_only_when_there_are_some(self):
        text = unfolded(calendar("x", [entry(text="Ordre du jour", place="Mairie")]))
        self.assertIn("DESCRIPTION:Ordre du jour", text)
        self.assertIn("LOCATION:Mairie", text)
        empty = unfolded(calendar("x", [entry()]))
        self.assertFalse([line for line in empty if line.startswith(("DESCRIPTION", "LOCATION"))])

    def test_what_is_cancelled_says_so(self):
        self.assertIn("STATUS:CANCELLED", unfolded(calendar("x", [entry(cancelled=True)])))
        self.assertIn("STATUS:TENTATIVE", unfolded(calendar("x", [entry(tentative=True)])))
