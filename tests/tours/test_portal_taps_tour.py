"""Taps of each portal task of a mayor, on a telephone, from the home page: `docs/parcours.md`."""

from datetime import timedelta

from odoo.tests import tagged

from ..committees.committee_case import CommitteeCase
from ..network.event_case import EventCase
from ..replacement.hours_case import HoursCase
from ..services.service_case import make_agreement, make_offer, make_service
from .common import SlowPhoneCase


class TapsCase(SlowPhoneCase):
    browser_size = "375x667"
    touch_enabled = True

    def _count(self, visit):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.portal_a.lang = "fr_FR"
        self.start_tour("/my", f"commune_relations.taps_{visit}", login="test_mayor_a")


@tagged("post_install", "-at_install")
class TestPortalTaps(EventCase, CommitteeCase, TapsCase):
    def test_to_call_who_answers(self):
        self.env.company.phone = "03 87 00 00 00"
        self._count("call")

    def test_to_file_a_request(self):
        self._count("request")
        tickets = self.env["helpdesk.ticket"].search([("commune_id", "=", self.commune_a.id)])
        self.assertEqual(tickets.mapped("topic_id.code"), ["VOI-ECL"])

    def test_to_answer_a_notice_of_meeting(self):
        sitting = self._session(days=20)
        sitting.action_approve_agenda()
        sitting.action_send_notice()
        self._count("notice")
        line = sitting.attendance_ids.filtered(
            lambda one: one.partner_id == self.portal_a.partner_id
        )
        self.assertEqual(line.answer, "present")

    def test_to_accept_an_invitation(self):
        self.event.invited_ids = self.portal_a.partner_id
        self.event.action_invite()
        self._count("event")
        self.assertEqual(self.event.registration_ids.partner_id, self.portal_a.partner_id)

    def test_to_confirm_the_directory(self):
        campaign = self.env["commune.directory.campaign"].create(
            {"name": "Automne", "date_end": self.today + timedelta(days=20)}
        )
        campaign.action_open()
        self._count("directory")
        self.assertEqual(self.commune_a.contact_confirmed_date, self.today)

    def test_to_change_one_s_telephone(self):
        self._count("account")
        self.assertEqual(self.portal_a.phone, "03 87 11 22 33")


@tagged("post_install", "-at_install")
class TestSigningTaps(HoursCase, TapsCase):
    def test_to_sign_a_convention(self):
        offer = make_offer(self, make_service(self), kind="free")
        agreement = make_agreement(
            self, self.commune_a, offer, commune_publication_date="2026-04-14"
        )
        agreement.action_deliberate()
        self._count("convention")
        self.assertEqual(agreement.sign_name, "Anne AUBRY")

    def test_to_sign_the_hours_of_a_week(self):
        sheet = self._sheet()
        self._count("hours")
        self.assertEqual(sheet.sign_name, "Anne AUBRY")
