"""Booklets: what is printed for a commune, for whom, and drawn once."""

import base64
import io
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.commune_relations.engine.pdf import pdf as engine

from ..common import CommuneCase
from ..services.service_case import make_offer, make_service
from .guide_case import get_guide_records

PHOTO = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)


@tagged("post_install", "-at_install")
class TestBooklet(CommuneCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = get_guide_records(cls)
        cls.booklet = cls.env["commune.booklet"].create(
            {
                "name": "Livret des nouveaux élus",
                "for_dgs": False,
                "line_ids": [
                    (0, 0, {"guide_id": cls.records[name].id, "sequence": number})
                    for number, name in enumerate(
                        ("guide_everyone", "guide_elected_large", "guide_heads_small")
                    )
                ],
            }
        )
        cls.booklet.action_offer()
        cls.president = cls.env["res.partner"].create(
            {"firstname": "Rose", "lastname": "Perrin", "civility": "mme"}
        )
        cls._mandate(cls.president, cls.epci, "president")
        cls.document = cls.env["report.commune_relations.booklet_document"]

    def _names(self, commune):
        return [guide["name"] for guide in self.booklet._get_pages(commune)["guides"]]

    def test_the_guides_are_those_of_the_commune_and_of_all_the_readers(self):
        roads, everyone = "Nids de poule : qui répare, et quand", "Bienvenue aux élus"
        self.assertEqual(self._names(self.commune_a), [everyone, roads])
        self.assertEqual(self._names(self.commune_b), [everyone])  # 640 inhabitants
        self.assertIn("Préparer un conseil municipal", self.booklet.left_out)
        self.booklet.for_staff = True
        self.assertEqual(self._names(self.commune_a), [everyone])
        self.records["guide_everyone"].action_withdraw()
        self.assertEqual(self._names(self.commune_a), [])

    def test_the_pages_show_what_is_known(self):
        self.commune_a.write({"phone": "03 00 00 00 01"})
        self.portal_a.partner_id.write({"phone": "06 11 22 33 44"})
        pages = self.booklet._get_pages(self.commune_a)
        self.assertEqual(pages["identity"]["communes"], 2)
        self.assertEqual(pages["identity"]["population"], 4200 + 640)
        self.assertIn("Perrin".upper(), pages["identity"]["head"].upper())
        [head] = pages["people"]["heads"]
        self.assertEqual((head["initials"], head["photo"]), ("RP", ""))
        own = pages["page"]["commune"]
        self.assertEqual([row["last_name"] for row in own["executive"]], ["AUBRY"])
        html = self._render(self.commune_a)
        self.assertIn("03 00 00 00 01", html)
        self.assertNotIn("06 11 22 33 44", html)  # the telephone of a person
        self.assertNotIn("DUVAL", html)  # the mandate has ended
        self.assertIn('href="#guide-', html)

    def _render(self, commune):
        reports = self.env["ir.actions.report"]
        data = {"booklet_id": self.booklet.id, "document_ids": commune.ids}
        page = reports._render_qweb_html("commune_relations.booklet_document", commune.ids, data)
        return page[0].decode()

    def test_drawn_once_and_again_when_something_changed(self):
        booklet = self.booklet.with_context(force_report_rendering=True)
        with patch.object(engine, "render", side_effect=lambda *args: b"%PDF-1.7 drawn") as render:
            first = booklet._get_pdf(self.commune_a)
            self.assertEqual(first, b"%PDF-1.7 drawn")
            for asked in (self.booklet, self.booklet.with_user(self.portal_a)):
                asked = asked.with_context(force_report_rendering=True)
                self.assertEqual(asked._get_pdf(self.commune_a), first)
            self.assertEqual(render.call_count, 1)
            booklet._get_pdf(self.commune_b)
            self.assertEqual(render.call_count, 2)
            changes = [
                lambda: self.president.write({"image_1920": PHOTO}),
                lambda: self.commune_a.write({"population": 4300}),
                lambda: self.portal_a.partner_id.write({"lastname": "Aubert"}),
                lambda: self.mandate_a_limited.write({"date_end": self.today - timedelta(1)}),
            ]
            for count, change in enumerate(changes, 3):
                change()
                booklet._get_pdf(self.commune_a)
                booklet._get_pdf(self.commune_a)
                self.assertEqual(render.call_count, count)
        kept = self.env["commune.booklet.copy"].search([("booklet_id", "=", self.booklet.id)])
        self.assertEqual(kept.commune_id, self.commune_a | self.commune_b)

    def test_the_pdf_is_tagged_in_french_with_its_contents(self):
        booklet = self.booklet.with_context(force_report_rendering=True)
        pdf = PdfFileReader(io.BytesIO(booklet._get_pdf(self.commune_a)))
        root = pdf.trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("/StructTreeRoot", root)
        self.assertTrue(root["/Lang"])
        self.assertIn("/Outlines", root)
        self.assertGreater(len(pdf.pages), 4)
        self.assertIn(b"pdfuaid", root["/Metadata"].get_object().get_data())

    def test_on_the_portal_for_ones_own_commune_and_audience(self):
        def offered(user, commune):
            return self.env["commune.booklet"]._get_portal_booklets(commune, user.partner_id)

        self.assertEqual(offered(self.portal_a, self.commune_a), self.booklet)
        self.assertFalse(offered(self.portal_a, self.commune_b))
        self.assertFalse(offered(self.portal_both, self.commune_a))  # a secretary
        self.assertFalse(offered(self.portal_ended, self.commune_a))
        self.booklet.action_take_back()
        self.assertFalse(offered(self.portal_a, self.commune_a))
        self.booklet.action_offer()
        url = f"/my/booklets/{self.booklet.id}?commune="
        self.authenticate("test_mayor_a", "test_mayor_a")
        self.assertIn(url, self.url_open("/my/booklets").text)
        self.assertEqual(self.url_open(f"{url}{self.commune_a.id}").status_code, 200)
        self.assertEqual(self.url_open(f"{url}{self.commune_b.id}").status_code, 404)
        self.authenticate("test_secretary_ab", "test_secretary_ab")
        self.assertEqual(self.url_open(f"{url}{self.commune_a.id}").status_code, 404)

    def test_the_address_of_the_document_gives_nothing_to_a_portal_account(self):
        data = {"booklet_id": self.booklet.id}
        with self.assertRaises(AccessError):
            self.document.with_user(self.portal_a)._get_report_values(self.commune_a.ids, data)
        with self.assertRaises(UserError):
            self.document.with_user(self.officer)._get_report_values(self.epci.ids, data)

    def test_who_does_not_act_for_the_commune_reads_nothing_of_its_services(self):
        """As on the portal: what the commune has of the services is for the full role."""
        service = make_service(self, "Juriste partagé")
        self.env["commune.service.subscription"].create(
            {
                "commune_id": self.commune_a.id,
                "offer_id": make_offer(self, service).id,
                "date_start": self.today - timedelta(30),
            }
        )
        name = service.name
        pages = self.booklet._get_pages(self.commune_a)
        self.assertIn(name, pages["page"]["services"])
        self.assertEqual(self.booklet._get_pages(self.commune_a, False)["page"]["services"], [])
        drawn = []

        def render(*args):
            drawn.append(str(args[0]))
            return f"%PDF-1.7 {len(drawn)}".encode()

        def get(user):
            booklet = self.booklet.with_user(user).with_context(force_report_rendering=True)
            return booklet._get_pdf(self.commune_a)

        with patch.object(engine, "render", side_effect=render):
            self.assertEqual(get(self.portal_a), b"%PDF-1.7 1")  # the mayor
            self.assertEqual(get(self.portal_a_limited), b"%PDF-1.7 2")  # a councillor
            # Each reader keeps a separate copy, in any order of requests.
            self.assertEqual(get(self.portal_a), b"%PDF-1.7 1")
            self.assertEqual(get(self.portal_a_limited), b"%PDF-1.7 2")
            self.assertEqual(get(self.officer), b"%PDF-1.7 1")

    def test_near_a_poll_a_second_person_reads_the_word_of_welcome(self):
        self.booklet.action_take_back()
        self.env["commune.election"].create(
            {
                "name": "Municipales d’essai",
                "kind": "municipal",
                "first_round": self.today + timedelta(60),
                "last_round": self.today + timedelta(67),
                "source": "Code électoral, article L. 52-1",
            }
        )
        booklet = self.booklet.with_user(self.officer)
        booklet.action_offer()  # no word of the organisation: nothing to read
        self.assertTrue(booklet.is_offered)
        booklet.welcome = "<p>Un mandat exemplaire.</p>"
        self.assertFalse(booklet.is_offered)
        window = booklet.action_offer()
        self.assertEqual(window["res_model"], "commune.election.review.request")
        self.assertFalse(booklet.is_offered)
        ask = self.env[window["res_model"]].with_user(self.officer)
        ask = ask.with_context(**window["context"])
        ask.create({"way": "without", "reason": "Texte de l’an dernier"}).action_confirm()
        booklet.action_offer()
        self.assertTrue(booklet.is_offered)
        booklet.sequence = 3
        self.assertTrue(booklet.is_offered)

    def test_one_prints_for_one_commune_or_all(self):
        wizard = self.env["commune.booklet.print"].with_user(self.officer)
        wizard = wizard.create({"booklet_id": self.booklet.id})
        action = wizard.action_print()
        self.assertEqual(action["data"]["document_ids"], (self.commune_a | self.commune_b).ids)
        wizard.commune_ids = self.commune_b
        self.assertEqual(wizard.action_print()["data"]["document_ids"], self.commune_b.ids)

    def test_a_booklet_for_nobody_is_not_offered_and_no_step_is_written_by_hand(self):
        other = self.env["commune.booklet"].with_user(self.officer).create({"name": "Vide"})
        with self.assertRaises(UserError):
            other.is_offered = True
        other.write({"for_elected": False, "for_dgs": False})
        with self.assertRaises(UserError):
            other.action_offer()
        with self.assertRaises(AccessError):
            self.booklet.with_user(self.referent).action_take_back()

    def test_the_calendar_holds_what_is_for_the_commune(self):
        later = self.today + timedelta(days=20)
        obligation = self.env["commune.obligation"].create(
            {
                "name": "Adopter le règlement intérieur (essai)",
                "scope": "commune",
                "trigger": "event",
                "event_date": later - timedelta(days=1),
                "delay": 1,
                "delay_unit": "days",
                "population_min": 1000,
                "source": "CGCT, art. L. 2121-8",
            }
        )
        event = self.env["event.event"].create(
            {
                "name": "Réunion des maires (essai)",
                "kind": "encounter",
                "portal_scope": "all",
                "date_begin": f"{later} 08:00:00",
                "date_end": f"{later} 10:00:00",
            }
        )

        committee = self.env["commune.committee"].create(
            {
                "name": "Comité technique (essai)",
                "kind": "cotech",
                "place_id": self.epci.id,
                "member_ids": [Command.create({"mandate_id": self.mandate_a.id})],
            }
        )
        session = self.env["commune.session"].create(
            {"committee_id": committee.id, "date_begin": f"{later} 08:00:00"}
        )
        session.sudo().write({"state": "convened", "notice_date": f"{self.today} 08:00:00"})

        def find(commune, is_full=True):
            return {row["name"] for row in self.booklet._get_pages(commune, is_full)["dates"]}

        # Sessions are shown to those who act for a commune that sits there.
        self.assertIn(committee.name, find(self.commune_a))
        self.assertNotIn(committee.name, find(self.commune_a, False) | find(self.commune_b))

        large, small = find(self.commune_a), find(self.commune_b)
        self.assertIn(event.name, large & small)
        self.assertTrue(any(obligation.name in name for name in large))
        self.assertFalse(any(obligation.name in name for name in small))  # 640 inhabitants
        event.portal_scope = "invited"
        self.assertNotIn(event.name, find(self.commune_a))
        event.portal_scope = "all"
        event.action_cancel_event()
        self.assertNotIn(event.name, find(self.commune_a))

    def test_a_photo_is_drawn_instead_of_the_initials(self):
        self.president.image_1920 = PHOTO
        [head] = self.booklet._get_pages(self.commune_a)["people"]["heads"]
        self.assertTrue(head["photo"].startswith("data:image/"))
        self.assertTrue(base64.b64decode(head["photo"].partition("base64,")[2]))
