"""Directory campaign: who is asked, one press to confirm, reminders to the silent only."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .event_case import EventHttpCase


@tagged("post_install", "-at_install")
class TestDirectoryCampaign(EventHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune_a.write({"email": "mairie@aubrive.example", "phone": "03 00 00 00 09"})
        cls.communes = cls.commune_a | cls.commune_b
        cls.campaign = cls.env["commune.directory.campaign"].create(
            {
                "name": "Automne",
                "date_end": cls.today + timedelta(days=20),
                "commune_ids": cls.communes.ids,
            }
        )
        cls.campaign.with_user(cls.officer).action_open()

    def _recipient(self, person, commune=None):
        return self.campaign.recipient_ids.filtered(
            lambda r: r.partner_id == person and r.commune_id == (commune or self.commune_a)
        )

    def _link(self, person, commune=None):
        return f"/directory-campaign/{self._recipient(person, commune).token}"

    def test_persons_who_act_for_the_commune_and_the_town_hall_are_asked(self):
        asked = self.campaign.recipient_ids
        in_a = asked.filtered(lambda r: r.commune_id == self.commune_a).partner_id
        persons = self.portal_a.partner_id | self.portal_both.partner_id | self.commune_a
        self.assertEqual(in_a, persons)
        self.assertTrue(self._recipient(self.portal_both.partner_id, self.commune_b))
        self.assertEqual(self.campaign.asked_count, 2)
        letter = self._letters(self.portal_a)[-1]
        self.assertIn(self._link(self.portal_a.partner_id), self._copy(letter))
        self.assertIn("coordonnées", letter.subject.lower())

    def test_twenty_communes_are_asked_with_as_many_queries_as_two(self):
        campaign = self.campaign.copy({"name": "Hiver"})
        few = self._queries_of(campaign._get_addressees)
        communes = self._more_communes(20)
        campaign.commune_ids |= communes
        self.assertEqual(self._queries_of(campaign._get_addressees), few)
        asked = {commune for commune, _person in campaign._get_addressees()}
        self.assertEqual(asked, set(self.communes | communes))

    def _more_communes(self, count):
        """Communes of the same intercommunality, each with a mayor who has an address."""
        places = self.env["res.partner"].create(
            [
                {
                    "name": f"Commune {number:02d}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"579{number + 10}",
                    "epci_id": self.epci.id,
                }
                for number in range(count)
            ]
        )
        mayors = self.env["res.partner"].create(
            [
                {"firstname": "Prénom", "lastname": f"N{one.id}", "email": f"m{one.id}@a.example"}
                for one in places
            ]
        )
        self.env["commune.mandate"].create(
            [
                self._mandate_values(person, place, "mayor")
                for person, place in zip(mayors, places, strict=True)
            ]
        )
        return places

    def test_twenty_peers_cost_the_search_box_as_much_as_two(self):
        finder = self.env["commune.finder"].with_user(self.portal_a)

        def find():
            return finder._find_people("Lampadaire", self.commune_a)

        mayors = self._more_communes(20)._get_current_mandates().partner_id
        pages = self.env["commune.portal.page"]
        for person in mayors[:2]:
            pages._set_directory_consent(person, True)
        find()
        few = self._queries_of(find)
        for person in mayors:
            pages._set_directory_consent(person, True)
        self.assertEqual(self._queries_of(find), few)
        names = [one["name"] for one in finder._find_people(mayors[7].lastname, self.commune_a)]
        self.assertEqual(names, [mayors[7].name])

    def test_the_figures_of_ten_campaigns_ask_as_many_queries_as_those_of_two(self):
        others = self.env["commune.directory.campaign"].union(
            *(self.campaign.copy({"name": f"Automne {number}"}) for number in range(9))
        )
        others[0].action_open()
        self._recipient(self.portal_a.partner_id).answered_date = fields.Datetime.now()
        two, ten = self.campaign | others[0], self.campaign | others
        few = self._queries_of(lambda: two.mapped("progress"))
        self.assertEqual(self._queries_of(lambda: ten.mapped("progress")), few)
        figures = [(one.asked_count, one.answered_count, one.progress) for one in ten[:3]]
        self.assertEqual(figures, [(2, 1, 50), (2, 0, 0), (0, 0, 0)])

    def test_opening_confirms_nothing_one_press_does(self):
        link = self._link(self.portal_a.partner_id)
        self._login(None)
        page = self.url_open(link)
        self.assertIn("03 00 00 00 09", page.text)
        self.assertFalse(self.commune_a.contact_confirmed_date)
        self.assertEqual(self.campaign.progress, 0)
        self._post(f"{link}/answer", answer="right")
        self.assertEqual(self.commune_a.contact_confirmed_date, self.today)
        self.assertEqual(self.commune_a.contact_confirmed_by_id, self.portal_a.partner_id)
        self.campaign.invalidate_recordset()
        self.assertEqual(self.campaign.progress, 50)

    def test_a_correction_goes_to_an_agent(self):
        link = self._link(self.commune_a)
        self._login(None)
        self.url_open(link)
        self.assertEqual(self._post(f"{link}/answer", answer="wrong").status_code, 422)
        self._post(f"{link}/answer", answer="wrong", correction="Le numéro a <b>changé</b>.")
        self.assertFalse(self.commune_a.contact_confirmed_date)
        activity = self.commune_a.activity_ids
        self.assertIn("Aubrive", activity.summary)
        self.assertNotIn("<b>", activity.note)
        self.assertTrue(self._recipient(self.commune_a).answered_date)

    def test_reminders_go_to_the_silent_communes_only(self):
        self._recipient(self.portal_a.partner_id)._confirm()
        sent = {u: len(self._letters(u)) for u in (self.portal_a, self.portal_b)}
        self.campaign.with_user(self.officer).action_remind()
        self.assertEqual(len(self._letters(self.portal_a)), sent[self.portal_a])
        self.assertEqual(len(self._letters(self.portal_b)), sent[self.portal_b] + 1)
        measures = {
            m.code: m for m in self.communes.env["commune.map"]._get_map_measures(self.communes)
        }
        self.assertEqual(
            measures["directory_campaign"].values,
            {self.commune_a.id: "answered", self.commune_b.id: "waiting"},
        )

    def test_dead_links(self):
        link = self._link(self.portal_a.partner_id)
        self._login(None)
        self.url_open(link)
        self.assertEqual(self.url_open(f"{link}x").status_code, 404)
        self.mandate_a.date_end = self.today - timedelta(days=1)
        self.assertEqual(self.url_open(link).status_code, 404)
        self.assertEqual(self._post(f"{link}/answer", answer="right").status_code, 404)
        hall = self._link(self.commune_a)
        self.assertEqual(self.url_open(hall).status_code, 200)
        self.campaign.action_close()
        self.assertEqual(self.url_open(hall).status_code, 404)
        self.assertFalse(self.commune_a.contact_confirmed_date)

    # from the portal

    def test_the_home_page_asks_until_somebody_has_answered_for_the_commune(self):
        self._login(self.portal_a)
        asked = f'href="/my/directory-campaign?commune={self.commune_a.id}"'
        self.assertIn(asked, self.url_open("/my").text)
        page = self.url_open("/my/directory-campaign")
        self.assertIn("03 00 00 00 09", page.text)
        self.assertFalse(self.commune_a.contact_confirmed_date)
        page = self._post(
            "/my/directory-campaign/answer", commune_id=self.commune_a.id, answer="right"
        )
        self.assertIn('id="outcome"', page.text)
        self.assertEqual(self.commune_a.contact_confirmed_by_id, self.portal_a.partner_id)
        self.assertNotIn(asked, self.url_open("/my").text)
        self.assertEqual(self.campaign.answered_count, 1)
        self.assertFalse(self.commune_b.contact_confirmed_date)

    def test_who_was_not_written_to_answers_from_the_portal(self):
        person = self._colleagues(1, code="dgs").partner_id
        user = self.env["res.users"].create(
            {
                "login": "test_dgs_a",
                "password": "test_dgs_a",
                "partner_id": person.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self._login(user)
        path, place = "/my/directory-campaign/answer", self.commune_a.id
        empty = self._post(path, commune_id=place, answer="wrong", correction=" ")
        self.assertEqual(empty.status_code, 422)
        self._post(path, commune_id=place, answer="wrong", correction="Le numéro a changé")
        self.assertEqual(self._recipient(person).correction, "Le numéro a changé")
        self.assertIn(
            "Le numéro a changé", " ".join(str(a.note) for a in self.commune_a.activity_ids)
        )

    def test_only_those_who_act_for_the_commune_and_only_while_it_is_open(self):
        path = "/my/directory-campaign"
        for user in (self.portal_a_limited, self.portal_ended, self.reader):
            self._login(user)
            self.assertEqual(self.url_open(path).status_code, 404)
            answer = self._post(f"{path}/answer", commune_id=self.commune_a.id, answer="right")
            self.assertEqual(answer.status_code, 404)
        self._login(self.portal_b)
        answer = self._post(f"{path}/answer", commune_id=self.commune_a.id, answer="right")
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.commune_a.contact_confirmed_date)
        self.campaign.action_close()
        self.assertEqual(self.url_open(path).status_code, 404)
        self.assertNotIn(path, self.url_open("/my").text)

    def test_the_form_leads_to_the_map_of_the_answers(self):
        action = self.campaign.action_open_map()
        codes = [
            measure.code
            for measure in self.commune_a.env["commune.map"]._get_map_measures(self.commune_a)
        ]
        self.assertIn(action["params"]["choices"]["measureCode"], codes)

    def test_a_commune_says_whether_good_friday_is_a_holiday_there(self):
        link = self._link(self.portal_a.partner_id)
        self._login(None)
        self.assertIn("church_yes", self.url_open(link).text)
        self.assertFalse(self.commune_a.good_friday_church)
        self._post(f"{link}/answer", answer="church_yes")
        self.assertEqual(self.commune_a.good_friday_church, "yes")
        self.assertIn("Anne AUBRY", self.commune_a.message_ids[0].body)
        self._post(f"{link}/answer", answer="church_no")
        self.assertEqual(self.commune_a.good_friday_church, "no")
        # The contact data are another question.
        self.assertFalse(self._recipient(self.portal_a.partner_id).answered_date)
        self.assertFalse(self.commune_b.good_friday_church)

    def test_elsewhere_than_in_alsace_moselle_nobody_is_asked(self):
        self.commune_a.local_law = "general"
        link = self._link(self.portal_a.partner_id)
        self._login(None)
        self.assertNotIn("church_yes", self.url_open(link).text)
        self._post(f"{link}/answer", answer="church_yes")
        self.assertFalse(self.commune_a.good_friday_church)
