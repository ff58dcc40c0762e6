"""The cause of the end of a mandate: asked by hand, kept for the staff, set by the import."""

from itertools import permutations

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import CommuneCase
from .test_import import COMMUNITY, MAYORS, MUNICIPAL, ImportCase


@tagged("post_install", "-at_install")
class TestMandateEnd(CommuneCase):
    def _end(self, mandates, **values):
        wizard = self.env["commune.mandate.end"].with_user(self.officer)
        values = {"date_end": self.today, "end_cause": "death", **values}
        wizard.create({"mandate_ids": [Command.set(mandates.ids)], **values}).action_end()

    def test_ended_by_hand_with_its_cause(self):
        self._end(self.mandate_a | self.mandate_b, end_cause="resignation")
        for mandate in self.mandate_a | self.mandate_b:
            self.assertEqual((mandate.date_end, mandate.end_cause), (self.today, "resignation"))

    def test_the_cause_is_for_the_staff_only(self):
        self._end(self.mandate_a)
        own = self.mandate_a.with_user(self.portal_both)
        with self.assertRaises(AccessError):
            own.read(["end_cause"])
        self.assertEqual(self.mandate_a.with_user(self.reader).end_cause, "death")

    def test_a_mandate_that_lasts_again_has_no_cause(self):
        self._end(self.mandate_a)
        self.mandate_a.date_end = False
        self.env.flush_all()
        self.assertFalse(self.mandate_a.end_cause)

    def test_no_cause_without_an_end(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.mandate_a.end_cause = "death"
            self.env.flush_all()

    def test_a_mandate_does_not_end_before_it_starts(self):
        self.mandate_a.date_start = self.today
        with self.assertRaisesRegex(UserError, "Aubrive"):
            self._end(self.mandate_a, date_end="2020-01-01")


@tagged("post_install", "-at_install")
class TestImportEnds(ImportCase):
    def test_a_renewal_says_that_the_term_ended(self):
        start = "15/03/2020"
        row = f"57463;ESSAI;Iris;F;{start};Maire;{start}"
        self._apply(self._csv(row))
        self._apply(self._csv(row.replace("2020", "2026")))
        mandates = self.Mandate.search([("commune_id", "=", self.metz.id)], order="date_start")
        self.assertEqual(mandates.mapped("end_cause"), ["term", False])

    def test_remarks_on_councils_are_the_same_in_any_order_of_files(self):
        """Mayors before councillors, as a browser sends them."""
        files = [self._file(name) for name in (MUNICIPAL, MAYORS, COMMUNITY)]
        wanted = self.Import.load_files(files[:1]).issue_text
        for order in permutations(files):
            self.assertEqual(self.Import.load_files(list(order)).issue_text, wanted)

    def test_councils_that_differ_from_the_law_are_a_remark(self):
        """Augny of the file has 19 members; with 90 at the renewal the law would set 7."""
        record = self.Import.load_files([self._file(MUNICIPAL)])
        before = record.issue_text
        commune = self.epci.member_ids.filtered(lambda c: c.insee_code == "57017")
        count = len(record.line_ids.filtered(lambda line: line.place_id == commune))
        commune.council_term_ids.population = 90  # at the renewal; today's does not matter
        remarks = self.Import.load_files([self._file(MUNICIPAL)]).issue_text
        (remark,) = set(remarks.splitlines()) - set((before or "").splitlines())
        self.assertIn(commune.name, remark)
        self.assertIn(f"{count} ", remark)
        self.assertIn("7 ", remark)
        commune.council_term_ids.population = 400_000
        remarks = self.Import.load_files([self._file(MUNICIPAL)]).issue_text
        self.assertTrue([line for line in remarks.splitlines() if "69 " in line])
