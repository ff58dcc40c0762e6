"""Other half-days that would do: ticked in a grid; what a commune writes moves nothing."""

from odoo import http
from odoo.tests import HttpCase, tagged

from .replacement_case import ReplacementCase

REFUSALS = (
    "pas le mercredi",
    "Pas de mercredi matin SVP",
    "impossible le mercredi",
    "nous fermons le mercredi",
    "la mairie est fermée le mercredi",
    "tout sauf le mercredi",
    "le mercredi ne convient pas",
    "mercredi : jamais",
)
ACCEPTED = "le mercredi nous irait très bien"
ASKED = ["2027-01-11", "2027-01-12", "2027-01-18", "2027-01-19"]


@tagged("post_install", "-at_install")
class TestOtherDays(ReplacementCase, HttpCase):
    """Nobody works on Mondays and Tuesdays: the plan would move whatever may move."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        early = {f"{day}_{half}": False for day in ("mon", "tue") for half in ("am", "pm")}
        (cls.nadia | cls.karim).write(early)

    def _file(self, **data):
        """Mornings of Monday and Tuesday, 11 to 22 January 2027, asked on the portal."""
        self.authenticate("test_mayor_a", "test_mayor_a")
        values = {
            "csrf_token": http.Request.csrf_token(self),
            "commune_id": self.commune_a.id,
            "post": "Secrétaire de mairie",
            "date_start": "2027-01-11",
            "date_end": "2027-01-22",
            "mon_am": "1",
            "tue_am": "1",
            **data,
        }
        page = self.url_open("/my/replacements/new", data=values)
        self.assertEqual(page.status_code, 200)
        return self.env["commune.replacement.request"].search([], order="id desc", limit=1)

    def _apply_plan(self):
        plan = self.env["commune.replacement.plan"].create(
            {"date_start": "2027-01-01", "date_end": "2027-02-28", "solver": "cpsat"}
        )
        plan._work()
        plan.action_apply()
        return plan

    def _states(self, request):
        slots = request.slot_ids.sorted(lambda s: (s.date, s.half_day))
        return [(str(s.date), s.half_day, s.state) for s in slots]

    def test_no_sentence_moves_a_half_day(self):
        for text in (*REFUSALS, ACCEPTED):
            with self.subTest(text=text):
                request = self._file(flexibility=text)
                self.assertEqual(request.flexibility, text)
                self.assertFalse(request.other_week_text)
                plan = self._apply_plan()
                self.assertFalse(plan.line_ids)
                self.assertEqual(self._states(request), [(day, "am", "open") for day in ASKED])

    def test_a_sentence_written_by_the_staff_or_a_program_moves_nothing_either(self):
        request = self._request(flexibility=ACCEPTED)
        found = request.plan(request, solver="cpsat", seconds=5)
        self.assertEqual(found["filled"], 0)
        request.write({"flexibility": "mercredi-jeudi acceptés"})
        self.assertEqual(request.plan(request.ids, solver="cpsat", seconds=5)["filled"], 0)

    def test_the_plan_moves_to_what_is_ticked_week_by_week(self):
        """One Wednesday morning a week takes the place of one half-day of its own week."""
        request = self._file(other_wed_am="1", flexibility="mardi de préférence")
        self.assertEqual(request.other_week_text, "Wednesday (morning)")
        plan = self._apply_plan()
        self.assertEqual(plan.line_ids.half_day_count, 2)
        self.assertIn("13/01/2027", plan.line_ids.note)
        self.assertEqual(
            self._states(request),
            [
                ("2027-01-11", "am", "cancelled"),
                ("2027-01-12", "am", "open"),
                ("2027-01-13", "am", "held"),
                ("2027-01-18", "am", "cancelled"),
                ("2027-01-19", "am", "open"),
                ("2027-01-20", "am", "held"),
            ],
        )

    def test_never_more_half_days_a_week_than_asked(self):
        """Two mornings a week are asked; three whole days a week would do."""
        ticked = {f"other_{day}_{h}": "1" for day in ("wed", "thu", "fri") for h in ("am", "pm")}
        request = self._file(**ticked)
        self._apply_plan()
        held = request.slot_ids.filtered(lambda s: s.state == "held")
        weeks = [slot.date.isocalendar().week for slot in held]
        self.assertEqual(sorted(weeks), [2, 2, 3, 3])

    def test_the_days_asked_come_first(self):
        """Karim is there on Mondays and Tuesdays: nothing moves, although Wednesdays would do."""
        self.karim.write({"mon_am": True, "tue_am": True})
        request = self._file(other_wed_am="1", other_thu_am="1")
        self._apply_plan()
        self.assertEqual(self._states(request), [(day, "am", "held") for day in ASKED])

    def test_a_plan_is_not_applied_to_days_that_are_no_longer_ticked(self):
        request = self._file(other_wed_am="1")
        plan = self.env["commune.replacement.plan"].create(
            {"date_start": "2027-01-01", "date_end": "2027-02-28", "solver": "cpsat"}
        )
        plan._work()
        self.assertEqual(plan.line_ids.half_day_count, 2)
        request.other_wed_am = False
        plan.action_apply()
        self.assertTrue(plan.line_ids.refusal)
        self.assertEqual(self._states(request), [(day, "am", "open") for day in ASKED])

    def test_the_commune_reads_what_it_ticked(self):
        request = self._file(other_wed_am="1", flexibility="plutôt le matin")
        page = self.url_open(f"/my/replacements/{request.id}")
        self.assertIn("Mercredi (matin)", page.text)
        self.assertIn("plutôt le matin", page.text)

    def test_the_words_of_a_register_are_read_once_and_reported_before(self):
        rows = (
            (
                "X1",
                "mercredi-jeudi acceptés",
                "other possible days, Wednesday",
                {(2, "am"), (2, "pm")},
            ),
            ("X2", "pas le mercredi", "kept as a note", set()),
            ("X3", "nous fermons le mercredi", "kept as a note", set()),
        )
        head = "demande_id,commune,date_debut,date_fin,jours,flexibilite\n"
        for code, text, noticed, expected in rows:
            with self.subTest(text=text):
                line = f"{code},Aubrive,2027-01-11,2027-01-22,lun:J mar:J,{text}\n"
                lines = self.env["commune.replacement.csv.import"]._read_files(
                    None, ("registre.csv", (head + line).encode())
                )
                self.assertIn(noticed, lines[0].message)
                _agents, request = self.env["commune.replacement.csv.import"]._apply_lines(lines)
                week = request._get_week("other_")
                self.assertEqual({day for day in week if day[0] == 2}, expected)
                self.assertEqual(request.flexibility, text)
        french = self.env["commune.replacement.csv.import"].with_context(lang="fr_FR")
        line = "X4,Aubrive,2027-01-11,2027-01-22,lun:J mar:J,mercredi-jeudi acceptés\n"
        (line,) = french._read_files(None, ("registre.csv", (head + line).encode()))
        self.assertIn("mercredi et jeudi", line.message)
