"""The sheet of a session of a municipal council shows what has a meaning for it."""

from odoo.tests import Form, tagged

from .committee_case import CommitteeCase

# What is for a body of the intercommunality, or of several communes.
OF_OTHER_COMMUNES = ("video_url", "items_open", "items_deadline")


@tagged("post_install", "-at_install")
class TestMunicipal(CommitteeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.council = cls._committee("Conseil d’Aubrive", "council", place_id=cls.commune_a.id)
        cls._seat(cls.council, cls.mandate_a, cls.mandate_a_limited)
        cls.assembly = cls._committee("Conseil communautaire", "council")

    def _form(self, record):
        return Form(record.with_user(self.officer))

    def test_the_sheet_hides_what_is_for_others(self):
        municipal = self._form(self._session(self.council))
        for name in OF_OTHER_COMMUNES:
            self.assertTrue(municipal._get_modifier(name, "invisible"), name)
        for committee in (self.assembly, self.copil):
            form = self._form(self._session(committee))
            for name in OF_OTHER_COMMUNES:
                self.assertFalse(form._get_modifier(name, "invisible"), name)

    def test_what_was_written_before_is_shown(self):
        session = self._session(self.council)
        session.items_open = True
        form = self._form(session)
        self.assertFalse(form._get_modifier("items_open", "invisible"))
        self.assertFalse(form._get_modifier("items_deadline", "invisible"))

    def test_no_commune_is_asked_for_items(self):
        self.assertFalse(self._session(self.council).items_open)
        self.assertTrue(self._session(self.assembly).items_open)
        form = Form(self.env["commune.session"])
        form.committee_id = self.council
        self.assertFalse(form.items_open)
        form.committee_id = self.copil
        self.assertTrue(form.items_open)

    def _get_invisible(self, xpath):
        arch = self.env["commune.session"]._get_view(view_type="form")[0]
        return [node.get("invisible") or node.get("column_invisible") for node in arch.xpath(xpath)]

    def test_nothing_is_sent_to_the_councillors_of_other_communes(self):
        """The law sends them what an intercommunality does (CGCT, L.5211-40-2)."""
        (button,) = self._get_invisible("//button[@name='action_new_dispatch']")
        (page,) = self._get_invisible("//page[@name='dispatches']")
        self.assertIn("is_municipal", button)
        self.assertIn("is_municipal and not dispatch_ids", page)
        column = "//field[@name='attendance_ids']//field[@name='commune_id']"
        self.assertEqual(self._get_invisible(column), ["parent.is_municipal"])

    def test_a_council_has_official_minutes(self):
        """One of the two pages, and of the two names of each date."""
        minutes, official = (
            self._get_invisible(f"//page[@name='{name}']")[0]
            for name in ("minutes", "official_minutes")
        )
        self.assertIn("committee_kind == 'council'", minutes)
        self.assertIn("committee_kind != 'council'", official)
        self.assertEqual(len(self._get_invisible("//page//field[@name='version_ids']")), 2)
        for name in ("minutes_deadline", "minutes_state"):
            found = self._get_invisible(f"//group[@name='minutes_delay']/field[@name='{name}']")
            self.assertEqual(
                found, ["committee_kind == 'council'", "committee_kind != 'council'"], name
            )

    def test_the_committee_hides_it_too(self):
        names = ("default_video_url", "remote_counts", "items_days", "dispatch_days")
        municipal, assembly = self._form(self.council), self._form(self.assembly)
        for name in (*names, "deputies_allowed"):
            self.assertTrue(municipal._get_modifier(name, "invisible"), name)
            self.assertFalse(assembly._get_modifier(name, "invisible"), name)

    def test_the_meeting_screen_shows_the_commune_of_other_members_only(self):
        meeting = self._session(self.council).get_meeting()
        self.assertEqual({member["commune"] for member in meeting["members"]}, {""})
        self.assertIs(meeting["session"]["is_council"], True)
        meeting = self._session(self.copil).get_meeting()
        self.assertIn("Aubrive", {member["commune"] for member in meeting["members"]})
        self.assertIs(meeting["session"]["is_council"], False)
