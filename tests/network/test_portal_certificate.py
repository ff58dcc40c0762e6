"""The certificate on the portal: for those who were there, and those who act for them."""

from odoo.tests import tagged

from ..core.pdf_reading import Pdf
from .event_case import EventHttpCase


@tagged("post_install", "-at_install")
class TestPortalCertificate(EventHttpCase):
    def setUp(self):
        super().setUp()
        self._bring_to_today()
        self.present, self.absent = self.mandate_a_limited, self._colleagues(1)
        self._register(self.present, self.absent)
        self.own, self.other = map(self._registration, (self.present, self.absent))
        self._attend(self.own, self.event.half_day_ids.sorted()[0])

    def _get(self, registration, user):
        self._login(user)
        return self.url_open(f"/my/events/{self.event.id}/certificate/{registration.id}")

    def test_the_person_and_the_mayor_receive_it_as_a_file(self):
        for user in (self.portal_a_limited, self.portal_a):
            answer = self._get(self.own, user)
            self.assertEqual(answer.headers["Content-Type"], "application/pdf")
            self.assertIn(self.own.certificate_number, Pdf(answer.content).texts[0])
        page = self.url_open(f"/my/events/{self.event.id}").text
        self.assertIn(f"/certificate/{self.own.id}", page)
        self.assertNotIn(f"/certificate/{self.other.id}", page)

    def test_nobody_has_the_certificate_of_an_absent_person(self):
        self.assertEqual(self._get(self.other, self.portal_a).status_code, 404)
        self.assertFalse(self.other.certificate_number)

    def test_nobody_else_has_it(self):
        for user in (self.portal_b, self.portal_ended, self.reader):
            self.assertEqual(self._get(self.own, user).status_code, 404)
        self._register(self.mandate_b, author=self.portal_b)
        foreign = self._registration(self.mandate_b)
        self._attend(foreign, self.event.half_day_ids.sorted()[0])
        for user, status in (
            (self.portal_a, 404),
            (self.portal_a_limited, 404),
            (self.portal_b, 200),
        ):
            self.assertEqual(self._get(foreign, user).status_code, status)

    def test_a_visitor_is_sent_to_the_login_page(self):
        self.assertIn("/web/login", self._get(self.own, None).url)

    def test_a_meeting_that_is_not_a_training_has_none(self):
        self.event.write({"kind": "information", "body_id": False})
        self.assertEqual(self._get(self.own, self.portal_a).status_code, 404)
