"""Setting up a territory from the open data, once and again."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..common import CommuneCase

METZ = "200039865"


@tagged("post_install", "-at_install")
class TestSetup(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.epci_id = False
        cls.Reference = cls.env["commune.reference.epci"]

    def _get(self, siren):
        return self.Reference.search([("siren", "=", siren)]).ensure_one()

    def test_metz_has_its_46_communes(self):
        epci = self.Reference._set_up(METZ)
        self.assertEqual(epci.name, "Metz Métropole")
        self.assertEqual(epci.member_count, 46)
        # Sum of the column of the open data for this SIREN, computed independently with awk.
        self.assertEqual(epci.population, 232612)
        metz = epci.member_ids.filtered(lambda c: c.insee_code == "57463")
        self.assertEqual(metz.name, "Metz")
        self.assertEqual(metz.local_law, "alsace_moselle")
        self.assertEqual(metz.email, "contact@metz.fr")
        self.assertEqual(metz.zip, "57000")
        self.assertIn("lundi", metz.opening_hours.lower())

    def test_overseas_the_clock_and_the_calendar_are_those_of_the_place(self):
        company = self.env.company
        self.assertEqual(company._get_zone_name(), "Europe/Paris")
        self.Reference._set_up("200018653")  # CAP Excellence, Guadeloupe
        self.assertEqual(company._get_zone_name(), "America/Guadeloupe")
        self.assertEqual(self.env["res.partner"].create({"name": "Essai"}).tz, "America/Guadeloupe")
        # 8:30 there is 12:30 in universal time, summer and winter.
        start, _end = company._get_half_day_moments(date(2027, 7, 5), "am")
        self.assertEqual(f"{start:%d %H:%M}", "05 12:30")
        found = self.env["commune.committee"].default_get(["school_zone"])
        self.assertEqual(found["school_zone"], "other")
        self.assertFalse(company._get_working_days().is_working(date(2027, 5, 27)))

    def test_the_school_zone_is_that_of_the_department(self):
        for siren, zone in ((METZ, "B"), ("200046977", "A"), ("200054781", "C")):
            self.env.company.epci_id = False
            self.Reference._set_up(siren)
            found = self.env["commune.committee"].default_get(["school_zone"])
            self.assertEqual(found["school_zone"], zone, siren)

    def test_a_second_run_changes_nothing(self):
        self.Reference._set_up(METZ)
        kinds = {change.kind for change in self._get(METZ)._get_plan()}
        self.assertEqual(kinds, {"unchanged"})

    def test_what_a_user_typed_is_never_overwritten(self):
        epci = self.Reference._set_up(METZ)
        metz = epci.member_ids.filtered(lambda c: c.insee_code == "57463")
        metz.phone = "03 00 00 00 00"
        self.Reference._set_up(METZ)
        self.assertEqual(metz.phone, "03 00 00 00 00")

    def test_a_newer_population_is_shown_then_applied(self):
        epci = self.Reference._set_up(METZ)
        metz = epci.member_ids.filtered(lambda c: c.insee_code == "57463")
        real = metz.population
        # As if the vintage before had 100,000.
        metz.population = 100000
        metz.reference_values = dict(metz.reference_values, population=100000)
        change = [c for c in self._get(METZ)._get_plan() if c.insee_code == "57463"][0]
        self.assertEqual((change.kind, change.before["population"]), ("changed", 100000))
        self.Reference._set_up(METZ)
        self.assertEqual(metz.population, real)

    def test_a_commune_that_left_keeps_its_record_with_an_end(self):
        epci = self.Reference._set_up(METZ)
        foreign = self.commune_a
        foreign.write({"epci_id": epci.id, "insee_code": "54395"})  # Nancy, never a member
        change = [c for c in self._get(METZ)._get_plan() if c.insee_code == "54395"][0]
        self.assertEqual(change.kind, "left")
        self.Reference._set_up(METZ)
        self.assertTrue(foreign.membership_date_end)
        self.assertEqual(epci.member_count, 46)

    def test_an_unknown_siren_is_reported_in_a_sentence(self):
        with self.assertRaisesRegex(UserError, "123456789"):
            self.Reference._set_up("123456789")

    def test_strasbourg_and_a_community_over_two_departments(self):
        self.assertEqual(self.Reference._set_up("246700488").member_count, 33)
        community = self.Reference._set_up("200070852")  # Usses et Rhône: Haute-Savoie and Ain
        self.assertEqual(community.member_count, 26)
        departments = {code[:2] for code in community.member_ids.mapped("insee_code")}
        self.assertEqual(departments, {"01", "74"})

    def test_the_wizard_previews_then_creates(self):
        form = Form(self.env["commune.setup"].with_user(self.manager))
        form.reference_epci_id = self._get(METZ)
        wizard = form.save()
        self.assertEqual(len(wizard.line_ids), 46)
        self.assertEqual(set(wizard.line_ids.mapped("change")), {"new"})
        wizard.action_apply()
        epci = self._get(METZ)._get_partner()
        self.assertEqual(epci.member_count, 46)

    def test_the_wizard_is_found_by_a_member_commune_or_by_siren(self):
        Reference = self.Reference.with_user(self.manager)
        # A program gives the SIREN as a number.
        for text in ("Peltre", "200 039 865", 200039865, "metz metropole"):
            with self.subTest(text=text):
                found = [epci_id for epci_id, _name in Reference.name_search(text)]
                self.assertIn(self._get(METZ).id, found)

    def test_unticked_lines_are_left_alone(self):
        form = Form(self.env["commune.setup"].with_user(self.manager))
        form.reference_epci_id = self._get(METZ)
        wizard = form.save()
        wizard.line_ids.filtered(lambda line: line.insee_code != "57463").apply = False
        wizard.action_apply()
        self.assertEqual(self._get(METZ)._get_partner().member_ids.mapped("name"), ["Metz"])


@tagged("post_install", "-at_install")
class TestOrganisationSetup(CommuneCase):
    """What Odoo becomes with the territory: the same by the wizard and by the command line."""

    GUADELOUPE = "200018653"  # CAP Excellence, a communauté d'agglomération

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.epci_id = False
        cls.company.name = "My Company"
        cls.company.currency_id = cls.env.ref("base.USD")
        cls.digest = cls.env.ref("digest.digest_digest_default")
        cls.digest.state = "activated"
        people = cls.company.partner_id | cls.manager.partner_id
        people.write({"lang": "en_US", "tz": "Asia/Tokyo"})
        cls.Reference = cls.env["commune.reference.epci"]

    def _wizard(self, siren=METZ):
        form = Form(self.env["commune.setup"].with_user(self.manager))
        form.reference_epci_id = self.Reference.search([("siren", "=", siren)])
        return form

    def _state(self):
        people = self.company.partner_id | self.manager.partner_id
        return (
            set(people.mapped("lang")),
            self.company.currency_id.name,
            set(people.mapped("tz")),
            self.digest.state,
        )

    def test_the_wizard_of_the_manager_and_the_command_line_do_the_same(self):
        expected = ({"fr_FR"}, "EUR", {"America/Guadeloupe"}, "deactivated")
        with self.env.cr.savepoint() as savepoint:
            self._wizard(self.GUADELOUPE).save().action_apply()
            self.assertEqual(self._state(), expected)
            self.assertEqual(self.company.name, "Communauté d’agglomération CAP Excellence")
            savepoint.rollback()
        self.env.invalidate_all()
        list(self.Reference._set_up_everything(self.GUADELOUPE, online=False))
        self.assertEqual(self._state(), expected)

    def test_where_others_work_nothing_is_ticked_and_nothing_third_party_changes(self):
        before = self._state()
        self.company.name = "Régie des eaux"
        form = self._wizard()
        self.assertTrue(form.needs_confirmation)
        form.save().action_apply()
        self.assertEqual(self._state(), before)
        self.assertEqual(self.company.name, "Régie des eaux")
        self.assertEqual(self.company.epci_id.siren, METZ)

    def test_where_others_work_what_is_ticked_alone_changes(self):
        self.company.name = "Régie des eaux"
        form = self._wizard()
        form.change_currency = True
        form.save().action_apply()
        self.assertEqual(self._state(), ({"en_US"}, "EUR", {"Asia/Tokyo"}, "activated"))

    def test_another_company_makes_the_database_shared(self):
        self.env["res.company"].create({"name": "Office de tourisme"})
        self.assertTrue(self._wizard().needs_confirmation)
        log = " ".join(self.Reference._set_up_everything(METZ, online=False))
        self.assertEqual(self.company.currency_id.name, "USD")
        self.assertIn("restent", log)

    def test_what_was_changed_back_after_the_set_up_is_not_changed_again(self):
        self.Reference._set_up(METZ)
        self.digest.state = "activated"
        self.Reference._set_up(METZ)
        self.assertEqual(self.digest.state, "activated")
        self.assertTrue(self._wizard().needs_confirmation)

    def test_nobody_is_invented_unless_the_demonstration_is_asked_for(self):
        persons = [("is_fictitious", "=", True)]
        log = " ".join(self.Reference._set_up_everything(METZ, online=False))
        self.assertFalse(self.env["res.partner"].search_count(persons))
        self.assertIn("plus tard", log)
