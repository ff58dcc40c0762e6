"""Which agreements open the replacement service: one by one and in one query alike."""

from odoo.tests import tagged

from ..common import CommuneCase
from ..services.service_case import make_agreement, make_offer, make_service, on_paper


@tagged("post_install", "-at_install")
class TestReplacementOpened(CommuneCase):
    def test_the_query_finds_those_that_are_marked(self):
        service = make_service(self)
        plain, opening, archived = (make_offer(self, service, name) for name in "PRA")
        (opening | archived).is_replacement = True
        former = {"state": "active", **on_paper("2025-01-10"), "start_date": "2025-02-01"}
        nothing = self.env["commune.service.offer"]
        kinds = {
            "an option that opens it": (opening, False, True),
            "one of two": (plain | opening, False, True),
            "one that is no longer proposed": (archived, False, True),
            "another option": (plain, False, False),
            "another option, signed long ago": (plain, True, False),
            "nothing, signed long ago": (nothing, True, True),
        }
        made = {
            name: make_agreement(
                self, self.commune_a, offers, name=name, before_acts=before, **former
            )
            for name, (offers, before, _opens) in kinds.items()
        }
        archived.active = False
        managed = self.env["agreement"].union(*made.values())
        wanted = {name for name, kind in kinds.items() if kind[2]}
        self.assertEqual({a.name for a in managed if a.opens_replacement}, wanted)
        self.assertEqual(set(managed._filter_opens_replacement().mapped("name")), wanted)
