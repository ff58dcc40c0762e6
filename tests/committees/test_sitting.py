"""First sitting and second convocation: their delays, their quorum, and who may ask for them."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .committee_case import CommitteeCase

LAWS = ("general", "alsace_moselle")


@tagged("post_install", "-at_install")
class TestSitting(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.council = cls._council(cls.commune_b)

    @classmethod
    def _council(cls, place, **values):
        council = cls._committee(
            f"Conseil de {place.name}",
            "council",
            place_id=place.id,
            secretary_id=cls.officer.id,
            **values,
        )
        people = cls.env["res.partner"].create(
            [{"firstname": "Élu", "lastname": f"N{number}"} for number in range(5)]
        )
        cls.env["commune.committee.member"].create(
            [{"committee_id": council.id, "person_id": person.id} for person in people]
        )
        return council

    def _held(self, council, begin="2026-12-14 17:30:00", present=2):
        """A sitting of five members on Monday 14 December, of whom some came."""
        session = self._session(council, date_begin=begin)
        session.write(
            {
                "state": "held",
                "notice_date": "2026-12-01 09:00:00",
                "agenda_approved_date": "2026-11-30 09:00:00",
                "opened_at": begin,
            }
        )
        self.env["commune.attendance.presence"].create(
            [
                {"attendance_id": line.id, "arrived_at": begin}
                for line in session.attendance_ids[:present]
            ]
        )
        return session

    def _mark_by_video(self, session):
        """As an earlier version let it be noted in a council of a commune."""
        rows = session.attendance_ids.presence_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE commune_attendance_presence SET mode = 'remote' WHERE id = ANY(%s)", [rows.ids]
        )
        self.env.invalidate_all()

    def _again(self, session, now="2026-12-14 20:00:00"):
        """Called again on the evening of the first sitting."""
        with freeze_time(now):
            action = session.with_user(self.officer).action_call_again()
            second = self.env["commune.session"].browse(action["res_id"])
            self.env.flush_all()
        return second

    # the delays, each worked out on a calendar of December 2026

    def test_in_moselle_the_second_notice_leaves_three_days_before(self):
        """Under 3,500 inhabitants: sent on the 14th, the sitting is on the 17th."""
        second = self._again(self._held(self.council))
        self.assertEqual(second.notice_rule_id.code, "council_second_small_local")
        self.assertEqual(second.date, date(2026, 12, 17))
        self.assertEqual(second.notice_deadline, date(2026, 12, 14))

    def test_in_a_large_commune_of_moselle_five_clear_days(self):
        self.commune_b.council_term_ids.population = 3500
        second = self._again(self._held(self.council))
        self.assertEqual(second.notice_rule_id.code, "council_second_large_local")
        self.assertEqual(second.date, date(2026, 12, 20))

    def test_elsewhere_three_clear_days_whatever_the_population(self):
        """Sent on Monday: Tuesday, Wednesday, Thursday are clear, the sitting is on Friday."""
        self.commune_b.local_law = "general"
        for population in (640, 4200):
            self.commune_b.council_term_ids.population = population
            second = self._again(self._held(self.council, f"2026-12-14 {population % 9 + 10}:00"))
            self.assertEqual(second.notice_rule_id.code, "council_second")
            self.assertEqual(second.date, date(2026, 12, 18))
            # No emergency: a shorter notice is an ordinary one, with its quorum.
            self.assertEqual(second.urgent_deadline, second.notice_deadline)

    def test_an_intercommunality_three_clear_days(self):
        council = self._council(self.epci)
        second = self._again(self._held(council))
        self.assertEqual(second.notice_rule_id.code, "council_second_epci")
        self.assertEqual(second.date, date(2026, 12, 18))

    def test_called_again_later_the_delay_starts_that_day(self):
        second = self._again(self._held(self.council), "2026-12-20 08:00:00")
        self.assertEqual(second.date, date(2026, 12, 23))

    def test_the_first_sitting_has_three_clear_days_in_every_commune(self):
        cases = [(640, "general"), (4200, "general"), (640, "alsace_moselle")]
        for days, (population, law) in enumerate(cases, 30):
            self.commune_b.local_law = law
            self.commune_b.council_term_ids.population = population
            session = self._session(self.council, session_kind="first", days=days)
            self.assertEqual(session.notice_rule_id.code, "council_first")
            self.assertEqual((session.date - session.notice_deadline).days, 4)
            self.assertEqual(session.quorum_required, 3)

    def test_the_first_sitting_of_an_intercommunality_has_five_clear_days(self):
        """Council of State, 22 July 2015, n° 383072."""
        session = self._session(self._council(self.epci), session_kind="first")
        self.assertEqual((session.date - session.notice_deadline).days, 6)

    def test_the_choice_of_the_committee_gives_way_to_the_law(self):
        self.council.chosen_rule_id = self.env.ref("commune_relations.notice_rule_council_epci")
        session = self._session(self.council)
        self.assertEqual(session.notice_rule_id.code, "council_epci")
        session.session_kind = "first"
        self.assertEqual(session.notice_rule_id.code, "council_first")

    # the quorum of the law (CGCT, L.2121-17) overrides the setting of the committee

    def test_an_ordinary_sitting_has_the_majority_of_the_members_in_office(self):
        self.assertEqual(self.council.quorum_mode, "none")
        cases = [(population, law) for population in (640, 4200) for law in LAWS]
        codes = set()
        for days, (population, law) in enumerate(cases, 30):
            self.commune_b.local_law = law
            self.commune_b.council_term_ids.population = population
            session = self._session(self.council, days=days)
            codes.add(session.notice_rule_id.code)
            self.assertEqual(session.quorum_required, 3, session.notice_rule_id.code)
        self.assertEqual(len(codes), 4)
        self.assertEqual(self._session(self._council(self.epci)).quorum_required, 3)
        self.assertEqual(self._session(self.copil).quorum_required, 0)

    def test_the_notice_and_the_minutes_state_it(self):
        session = self._held(self.council, present=3)
        document = self.env["report.commune_relations.session_notice"]
        values = document._get_report_values(session.ids)
        notice = str(self.env["ir.qweb"]._render("commune_relations.session_notice", values))
        self.assertIn("Quorum: 3 of 5 members in office", " ".join(notice.split()))
        self.assertIn(
            "present: 3; quorum: 3.",
            session.env["commune.session.minutes"]._get_minutes_figures(session),
        )

    def test_minutes_count_as_the_quorum_does_and_state_when_it_is_missed(self):
        session = self._held(self.council, present=2)
        self.assertIn(
            "present: 2; quorum: 3, which is not reached.",
            session.env["commune.session.minutes"]._get_minutes_figures(session),
        )
        self._mark_by_video(session)
        self.assertFalse(session.committee_id.remote_counts)
        self.assertIn(
            "present: 0; quorum: 3, which is not",
            session.env["commune.session.minutes"]._get_minutes_figures(session),
        )

    # what the second sitting is

    def test_the_second_sitting_has_no_quorum_and_the_agenda_that_is_left(self):
        session = self._held(self.council)
        self.assertEqual(session.quorum_required, 3)
        self.assertTrue(session.lacked_quorum)
        session.item_ids[0].state = "treated"
        second = self._again(session)
        self.assertEqual(second.quorum_required, 0)
        self.assertEqual(second._get_agenda().mapped("name"), ["Groupement de commandes"])
        self.assertEqual((second.session_kind, second.first_session_id), ("second", session))
        # The chair approved this agenda already: its notice leaves with its button.
        self.assertEqual(second.state, "agenda")
        self.assertEqual(len(second.attendance_ids), 5)
        with freeze_time("2026-12-14 20:30:00"):
            second.with_user(self.officer).action_send_notice()
        self.assertEqual(second.state, "convened")

    def test_the_second_notice_recalls_the_rule(self):
        second = self._again(self._held(self.council))
        html = self.env["ir.qweb"]._render(
            "commune_relations.session_notice",
            self.env["report.commune_relations.session_notice"]
            .with_context(lang="fr_FR")
            ._get_report_values(second.ids),
        )
        self.assertIn("14 décembre 2026", str(html))
        self.assertIn("2541-4", str(html))
        self.assertNotIn("confirm", str(html).lower().split("<body")[-1])

    def test_the_agenda_of_a_second_sitting_stays_when_it_is_postponed(self):
        second = self._again(self._held(self.council))
        with freeze_time("2026-12-14 21:00:00"):
            later = second._call_off("Neige", second.date_begin.replace(day=22))
        self.assertEqual((later.session_kind, second.state), ("second", "postponed"))
        self.assertEqual(later.quorum_required, 0)

    # what is refused

    def test_nobody_is_called_again_when_the_quorum_was_reached(self):
        session = self._held(self.council, present=3)
        self.assertFalse(session.can_call_again)
        with self.assertRaises(UserError):
            self._again(session)

    def test_a_quorum_lost_on_the_way_leaves_the_rest_to_the_second_sitting(self):
        session = self._held(self.council, present=3)
        session.attendance_ids.presence_ids[0].left_at = "2026-12-14 18:30:00"
        self.assertTrue(session.can_call_again)
        session.item_ids.state = "treated"
        self.assertFalse(session.can_call_again)

    def test_a_sitting_of_which_nobody_noted_the_presences_lacked_nothing(self):
        session = self._held(self.council, present=0)
        self.assertFalse(session.lacked_quorum or session.can_call_again)

    def test_the_members_are_called_again_once(self):
        session = self._held(self.council)
        second = self._again(session)
        self.assertFalse(session.can_call_again)
        with self.assertRaises(UserError):
            self._again(session)
        with freeze_time("2026-12-14 21:00:00"):
            second._call_off("Erreur")
        self.assertTrue(session.can_call_again)

    def test_only_a_council_is_called_again(self):
        self.copil.quorum_mode = "majority"
        session = self._held(self.copil, present=1)
        self.assertTrue(session.lacked_quorum)
        with self.assertRaises(UserError):
            self._again(session)
        with self.assertRaises(ValidationError):
            self._session(self.copil, session_kind="first")

    def test_a_second_sitting_is_not_made_by_hand(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._session(self.council, session_kind="second")
        session = self._session(self.council)
        with self.assertRaises(UserError):
            session.with_user(self.officer).first_session_id = self._session(self.council, days=9)
