"""The clock of a department."""

import unittest
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.calendar.zone import time_zone


class TestZone(unittest.TestCase):
    def test_hours_behind_or_ahead_of_universal_time(self):
        for department, winter, summer in (
            ("57", 1, 2),
            ("2A", 1, 2),
            ("971", -4, -4),
            ("972", -4, -4),
            ("973", -3, -3),
            ("974", 4, 4),
            ("975", -3, -2),
            ("976", 3, 3),
            ("987", -10, -10),
            ("988", 11, 11),
            ("", 1, 2),
        ):
            with self.subTest(department):
                zone = ZoneInfo(time_zone(department))
                found = [
                    datetime(2027, month, 15, 12, tzinfo=zone).utcoffset().total_seconds() / 3600
                    for month in (1, 7)
                ]
                self.assertEqual(found, [winter, summer])


if __name__ == "__main__":
    unittest.main()
