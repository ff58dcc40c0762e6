"""The visit card in a browser: on a phone from the sheet of the commune, as a PDF from the list."""

from odoo.tests import HttpCase, tagged

from ..requests.request_case import RequestCase
from ..steering.steering_case import make_promise
from .common import without_missing_asset


@tagged("post_install", "-at_install")
class TestCommuneCardTour(RequestCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        without_missing_asset(cls.env)
        cls.commune_a.write({"phone": "03 87 00 00 01", "email": "mairie@aubrive.invalid"})

    def _open(self, address, tour, screen, touch):
        self.browser_size, self.touch_enabled = screen, touch
        self.start_tour(address, f"commune_relations.{tour}", login=self.reader.login)

    def test_the_card_is_read_on_a_phone_from_the_sheet_of_the_commune(self):
        self._request()
        make_promise(self, days=-3, name="Refaire le devis")
        address = f"/odoo/communes/{self.commune_a.id}"
        self._open(address, "commune_card_phone", "375x667", True)

    def test_the_cards_of_a_list_are_drawn_by_steps(self):
        self.env["res.partner"].create(
            [
                {
                    "name": f"Commune {number}",
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": f"5791{number}",
                    "epci_id": self.epci.id,
                }
                for number in range(3)
            ]
        )
        runs = self.registry["commune.print.run"]
        render_next = runs.render_next
        forced = {"force_report_rendering": True}  # in tests, Odoo draws no PDF unless it is asked
        self.patch(runs, "render_next", lambda run: render_next(run.with_context(**forced)))
        self._open("/odoo/communes", "commune_card_list", "1366x768", False)
        run = self.env["commune.print.run"].search([], order="id desc", limit=1)
        self.assertEqual(run.report_id.report_name, "commune_relations.commune_card")
        self.assertEqual((run.done, len(run.document_ids)), (5, 5))
        self.assertTrue(run.content)
