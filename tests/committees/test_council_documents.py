"""Minutes of a council: their name, and who signs them (CGCT, L.2121-15)."""

from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.commune_relations.demo.services.agreements import ACTS, move_years

from .committee_case import CommitteeCase


@tagged("post_install", "-at_install")
class TestCouncilDocuments(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.council = cls._committee(
            "Conseil (essai)", "council", chair_id=cls.chair.id, place_id=cls.commune_a.id
        )
        cls._seat(cls.council, cls.mandate_a, cls.mandate_a_limited)
        cls.session = cls._held(cls.council)

    @classmethod
    def _held(cls, committee):
        session = cls._session(committee, date_begin="2026-10-12 15:30:00")
        session.write({"state": "held", "notice_date": "2026-10-01 09:00:00"})
        return session

    def _minutes(self, session):
        session.action_prepare_minutes()
        values = self.env["report.commune_relations.session_minutes"]._get_report_values(
            session.ids
        )
        html = str(self.env["ir.qweb"]._render("commune_relations.session_minutes", values))
        return values["kind"], html

    def test_chair_and_secretary_of_the_sitting_have_a_box_each(self):
        kind, html = self._minutes(self.session)
        self.assertEqual(kind, "Official minutes")
        self.assertEqual(html.count('class="signature"'), 2)
        self.assertIn("Secretary of the sitting", html)

    def test_the_secretary_of_the_sitting_is_named_in_the_text_and_in_the_box(self):
        line = self._line(self.session, self.portal_a_limited)
        self.session.session_secretary_id = line
        html = self._minutes(self.session)[1]
        self.assertIn("Luc ARNAUD", html.split('class="signature"')[2])
        self.assertRegex(str(self.session.minutes_html), r"<p>Secr[^<]+ Luc ARNAUD\.</p>")

    # who may be the secretary

    def _came(self, session, *holders):
        self.env["commune.attendance.presence"].create(
            [
                {
                    "attendance_id": self._line(session, holder).id,
                    "arrived_at": "2026-10-12 15:30:00",
                }
                for holder in holders
            ]
        )

    def _refuses(self, line, law):
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            line.session_id.session_secretary_id = line
        self.assertIn(line.partner_id.name, str(caught.exception))
        self.assertIn(law, str(caught.exception))

    def test_the_secretary_of_a_sitting_is_a_member_who_is_there(self):
        self.commune_a.local_law = "general"
        mayor, councillor = (
            self._line(self.session, holder) for holder in (self.portal_a, self.portal_a_limited)
        )
        self._came(self.session, self.portal_a)
        self._refuses(councillor, "2121-15")
        other = self._session(self.council)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            other.session_secretary_id = mayor
        self.assertEqual(self.session.session_secretary_choice_ids, mayor)
        self.session.session_secretary_id = mayor
        # An auxiliary assists, and is no member.
        self._came(self.session, self.portal_a_limited)
        councillor.member_id.voting = False
        self._refuses(councillor, "2121-15")

    def test_before_anybody_came_who_is_excused_is_not_proposed(self):
        line = self._line(self.session, self.portal_a_limited)
        self.assertIn(line, self.session.session_secretary_choice_ids)
        line.sudo().answer = "excused"
        self._refuses(line, "L. 2")

    def test_in_moselle_anyone_who_attends_may_be_the_secretary(self):
        """L.2541-6, in the place of L.2121-15: an agent of the commune too, who is there."""
        self.commune_a.local_law = "alsace_moselle"
        line = self._line(self.session, self.portal_a_limited)
        line.member_id.voting = False
        self._came(self.session, self.portal_a)
        self._refuses(line, "2541-6")
        self._came(self.session, self.portal_a_limited)
        self.session.session_secretary_id = line
        self.assertEqual(self.session.session_secretary_id, line)

    def test_minutes_do_not_leave_with_a_secretary_who_was_not_there(self):
        """Presences are noted after the name."""
        self.session.session_secretary_id = self._line(self.session, self.portal_a_limited)
        self.session.minutes_html = "<p>Texte</p>"
        self._came(self.session, self.portal_a)
        with self.assertRaises(ValidationError):
            self.session.action_send_minutes()
        self.assertEqual(self.session.state, "held")

    def test_the_secretary_named_by_minutes_that_left_stays(self):
        mayor, councillor = (
            self._line(self.session, holder) for holder in (self.portal_a, self.portal_a_limited)
        )
        self._came(self.session, self.portal_a, self.portal_a_limited)
        self.session.write({"session_secretary_id": mayor.id, "minutes_html": "<p>Texte</p>"})
        self.session.action_send_minutes()
        for named in (councillor, self.env["commune.attendance"]):
            with self.assertRaises(UserError) as caught:
                self.session.session_secretary_id = named
            self.assertIn("secretary of the sitting", str(caught.exception))
        self.session.session_secretary_id = mayor
        self.assertEqual(self.session.state, "minutes_sent")

    def test_who_was_forgotten_is_named_until_the_minutes_are_approved(self):
        mayor = self._line(self.session, self.portal_a)
        self._came(self.session, self.portal_a)
        self.session.minutes_html = "<p>Texte</p>"
        self.session.action_send_minutes()
        self.session.session_secretary_id = mayor
        self.assertEqual(self.session.session_secretary_id, mayor)
        other = self._session(self.council)
        other.sudo().state = "approved"
        with self.assertRaises(UserError):
            other.session_secretary_id = self._line(other, self.portal_a)

    def test_the_chair_is_looked_for_once_whatever_the_members(self):
        committee, asked = type(self.session.committee_id), []
        usual = committee._get_usual_chair

        def count(records, *values):
            asked.append(values)
            return usual(records, *values)

        self.session.chair_id = False
        self.assertGreater(len(self.session.attendance_ids), 1)
        with patch.object(committee, "_get_usual_chair", count):
            self.session._get_chair_line()
        self.assertEqual(len(asked), 1)

    # who presides, and who signs the attendance sheet

    def _sheet(self, session):
        report = self.env["report.commune_relations.session_sheet"]
        values = report._get_report_values(session.ids)
        html = str(self.env["ir.qweb"]._render("commune_relations.session_sheet", values))
        return " ".join(html.split())

    def _council_of(self, place, **values):
        council = self._committee("Conseil sans présidence", "council", place_id=place.id, **values)
        self._seat(council, self.mandate_a, self.mandate_a_limited)
        return council

    def test_the_mayor_chairs_a_council_that_has_no_other_chair(self):
        mayor = self.portal_a.partner_id
        mayor.civility = "mme"
        session = self._held(self._council_of(self.commune_a))
        self.assertEqual(session.chair_id, mayor)
        sheet = self._sheet(session)
        self.assertIn(f"Chair: {mayor.name}", sheet)
        closing = sheet.split('class="closing"')[1]
        self.assertIn(f"The mayor, a woman</p> <p><b>{mayor.name}</b>", closing)
        mayor.civility = "m"
        self.assertIn("The mayor, a man</p>", self._sheet(session))
        mayor.civility = False
        self.assertNotIn("The mayor, a", self._sheet(session))
        html = self._minutes(session)[1].split('class="signature"')[1]
        self.assertIn(mayor.name, html)

    def test_a_session_without_chair_says_whom_its_committee_has_since(self):
        """It was made before anybody was chosen."""
        council = self._council_of(self.commune_a)
        session = self._held(council)
        session.chair_id = False
        self.assertIn(f"Chair: {self.portal_a.partner_id.name}", self._sheet(session))
        council.chair_id = self.portal_a_limited.partner_id
        sheet = self._sheet(session)
        self.assertIn("Chair: Luc ARNAUD", sheet)
        self.assertIn("<p>The chair</p> <p><b>Luc ARNAUD</b>", sheet)
        opening = session.env["commune.session.minutes"]._get_minutes_opening(session)
        self.assertIn("Luc ARNAUD", opening)

    def test_the_mayor_of_that_day_chairs(self):
        """Another one is in office since the session."""
        self.mandate_a.date_end = "2026-10-20"
        following = self.mandate_b.copy(
            {
                "commune_id": self.commune_a.id,
                "partner_id": self.chair.id,
                "date_start": "2026-10-21",
                "date_end": False,
            }
        )
        self.assertEqual(following.function_id.code, "mayor")
        council = self._council_of(self.commune_a)
        self.assertEqual(self._held(council).chair_id, self.portal_a.partner_id)
        later = self._session(council, date_begin="2026-11-12 15:30:00")
        self.assertEqual(later.chair_id, self.chair)

    def test_nobody_is_named_to_chair_a_first_sitting_nor_another_committee(self):
        council = self._council_of(self.commune_a)
        self.assertFalse(self._session(council, session_kind="first").chair_id)
        commission = self._committee("Commission", "commission", place_id=self.commune_a.id)
        self.assertFalse(self._session(commission).chair_id)

    def test_the_sheet_names_the_secretary_of_the_sitting(self):
        closing = self._sheet(self.session).split('class="closing"')[1]
        self.assertIn("Secretary of the sitting", closing)
        self.assertNotIn("The secretary<", closing)
        self.assertEqual(closing.count("<b>"), 1)
        self.session.session_secretary_id = self._line(self.session, self.portal_a_limited)
        closing = self._sheet(self.session).split('class="closing"')[1]
        self.assertIn("Secretary of the sitting</p> <p><b>Luc ARNAUD</b>", closing)

    def test_the_commune_of_a_municipal_council_is_not_shown_of_each_member(self):
        sheet = self._sheet(self.session)
        self.assertNotIn('class="commune"', sheet)
        self.assertEqual(sheet.count("<td>Aubrive</td>"), 0)
        self.assertNotIn(
            "(Aubrive)",
            str(self.env["commune.session.minutes"]._get_minutes_lists(self.session)),
        )
        notice = self.env["report.commune_relations.session_notice"]
        named = notice._get_report_values(self.session.ids)["addressees"]
        self.assertFalse([one for one in named if "Aubrive" in one])
        other = self._held(self.copil)
        self.assertIn('class="commune"', self._sheet(other))
        self.assertIn(
            "(Aubrive)", str(other.env["commune.session.minutes"]._get_minutes_lists(other))
        )
        named = notice._get_report_values(other.ids)["addressees"]
        self.assertTrue([one for one in named if "(Aubrive)" in one])

    def test_the_sheet_of_another_committee_keeps_its_boxes(self):
        closing = self._sheet(self._held(self.copil)).split('class="closing"')[1]
        self.assertIn("<span>The chair</span> <span>The secretary</span>", closing)

    def test_the_version_that_leaves_has_the_same_name(self):
        self.session.minutes_html = "<p>Texte</p>"
        filename = (
            self.env["commune.session.minutes"]._freeze_minutes(self.session, "sent").filename
        )
        name = self.session._with_organisation_lang()._get_minutes_name()
        self.assertTrue(filename.startswith(f"{name} "), filename)
        dispatch = self.env["commune.dispatch"].create({"session_id": self.session.id})
        self.assertEqual(dispatch._get_kind_label(), "Official minutes")

    def test_another_committee_keeps_its_minutes_and_one_box(self):
        kind, html = self._minutes(self._held(self.copil))
        self.assertEqual(kind, "Minutes")
        self.assertEqual(html.count('class="signature"'), 1)
        self.assertNotIn("Secretary of the sitting", html)

    def test_what_is_written_of_them_bears_the_same_name(self):
        """On the screens, in what is refused and in the letter, of an organisation that updates
        too."""
        for session, word in (
            (self.session, "procès-verbal"),
            (self._held(self.copil), "compte rendu"),
        ):
            session = session.with_context(lang="fr_FR")
            with self.assertRaisesRegex(UserError, f"^Le {word} est vide"):
                session.action_send_minutes()
            session.minutes_html = "<p>Texte</p>"
            version = session.env["commune.session.minutes"]._freeze_minutes(session, "sent")
            values = {"session": session, "minutes": version, "base_url": "/x"}
            page = self.env["ir.qweb"].with_context(lang="fr_FR")
            page = str(page._render("commune_relations.session_page_minutes", values))
            self.assertIn(f">{word.capitalize()}<", page)
            self.assertIn(f"Lire le {word} (PDF)", page)
            template = self.env.ref("commune_relations.mail_template_session_minutes")
            line = session.attendance_ids[:1]
            subject = template.with_context(lang="fr_FR")._render_field("subject", line.ids)
            body = template.with_context(lang="fr_FR")._render_field("body_html", line.ids)
            self.assertTrue(subject[line.id].startswith(word.capitalize()), subject)
            self.assertIn(f"Voici le {word} de la séance", body[line.id])

    def test_a_year_before_is_the_same_day_of_the_week_in_the_demonstration(self):
        before = move_years(ACTS, -1)
        self.assertEqual(before["epci_deliberation_date"], "2025-09-29")
        self.assertEqual(before["epci_deliberation_ref"], "2025-09-29-12")
