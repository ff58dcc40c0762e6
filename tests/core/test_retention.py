"""Automatic erasure: one complete table, repeated in the documentation."""

import inspect
import re
from pathlib import Path

from odoo.fields import Date, Datetime
from odoo.tests import freeze_time, tagged

from ...models.core.retention import RETENTIONS
from ..common import CommuneCase

ADDON = "odoo.addons.commune_relations."
SECURITY = Path(__file__).parents[2] / "docs/security.md"
# They erase what is over, whatever its age: a line put off until a day that its person chose, a
# warning whose facts were corrected.
WITHOUT_PERIOD = {
    "commune.my.day.snooze._gc_lines",
    "commune.replacement.alert._cron_warn",
}
UNITS = {"hours": "heures?", "days": "jours?", "months": "mois", "years": "ans?"}
ACTIONS = {"delete": "effacé", "anonymise": "anonymisé"}
ROW = re.compile(r"^\| [^|]+ \(`([a-z_.]+)`\) \| ([^|]+) \| `(\w+)` \| (\w+) \| [^|]+ \|$", re.M)


@tagged("post_install", "-at_install")
class TestRetention(CommuneCase):
    def _name_cleaner(self, retention):
        name = retention.cleaned_by
        return name if "." in name else f"{retention.model}.{name}"

    def _find_cleaners(self):
        """{model.method}: what Odoo cleans by itself each day, and the scheduled jobs of the addon
        that erase; the model is the one where the method is written."""
        found = set()
        for model in self.env.registry.values():
            for owner in model.mro():
                if not owner.__module__.startswith(ADDON + "models."):
                    continue
                for name, method in vars(owner).items():
                    if getattr(method, "_autovacuum", False) or (
                        name.startswith("_cron_")
                        and re.search(r"\bunlink\(|_anonymise\(", inspect.getsource(method))
                    ):
                        inherited = owner._inherit if isinstance(owner._inherit, str) else None
                        found.add(f"{owner._name or inherited}.{name}")
        return found

    def test_whatever_erases_is_in_the_table(self):
        known = {self._name_cleaner(one) for one in RETENTIONS} | WITHOUT_PERIOD
        self.assertEqual(self._find_cleaners(), known)

    def test_the_documentation_repeats_the_table(self):
        rows = {model: rest for model, *rest in ROW.findall(SECURITY.read_text())}
        self.assertEqual(set(rows), {one.model for one in RETENTIONS})
        for one in RETENTIONS:
            period, start, action = rows[one.model]
            with self.subTest(model=one.model):
                number = one.period
                if isinstance(number, str):
                    number = self.env.company._fields[number].default(self.env.company)
                    self.assertIn("réglable", period)
                words = f"{number} {UNITS[one.unit]}" if number else "le jour même"
                self.assertRegex(period, f"^{words}\\b")
                self.assertEqual((start, action), (one.runs_from, ACTIONS[one.action]))

    def test_a_period_is_counted_in_the_calendar_from_the_day_of_the_organisation(self):
        """At 23:30 UTC on 28 February 2029 it is 1 March in Paris; a year before, February had 29
        days."""
        limits = {one.model: one for one in RETENTIONS}
        self.env.company.incident_retention_years = 1
        with freeze_time("2029-02-28 23:30:00"):
            found = {model: one.get_limit(self.env) for model, one in limits.items()}
        self.assertEqual(found["commune.reading"], Date.to_date("2029-03-01"))
        self.assertEqual(found["commune.guide.search"], Date.to_date("2028-03-01"))
        self.assertEqual(found["commune.upload"], Datetime.to_datetime("2029-02-27 23:30:00"))
        self.assertEqual(
            found["commune.replacement.incident"], Datetime.to_datetime("2028-02-28 23:30:00")
        )
        self.assertEqual(found["commune.replacement.evaluation"], Date.to_date("2028-03-01"))

    def test_words_that_nobody_types_any_more_are_forgotten_after_a_year(self):
        searches = self.env["commune.guide.search"].sudo()
        old, recent = searches.create(
            [
                {"words": words, "search_key": words, "date": day}
                for words, day in (("cimetiere", "2027-05-09"), ("cantine", "2027-05-10"))
            ]
        )
        with freeze_time("2028-05-10 10:00:00"):
            searches._gc_old()
        self.assertEqual((old | recent).exists(), recent)
