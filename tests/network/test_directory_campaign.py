"""Directory campaign: who is asked, one press to confirm, reminders to the silent only."""

from datetime import timedelta

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
        cls.campaign.action_open()

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
        self.assertIn(self._link(self.portal_a.partner_id), letter.body_html)
        self.assertIn("coordonnées", letter.subject.lower())

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
        measures = {m.code: m for m in self.communes._get_map_measures()}
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
