"""A window about a request shows nothing of a request that one does not read."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .request_case import RequestCase

WINDOWS = {
    "commune.request.attach": "ticket_id",
    "commune.request.send.back": "ticket_id",
    "commune.request.ask": "ticket_id",
    "commune.request.contribution.ask": "ticket_id",
    "commune.request.publish": "ticket_id",
    "commune.request.reroute": "ticket_id",
    "commune.request.attach.sender": "ticket_ids",
    "commune.request.transfer.wizard": "ticket_ids",
}


@tagged("post_install", "-at_install")
class TestActionRights(RequestCase):
    def test_a_referent_learns_nothing_of_the_request_of_another_department(self):
        ticket = self._request(
            name="Un sujet personnel", confidentiality="perso", topic_id=self.water_topic.id
        )
        self.assertFalse(ticket.with_user(self.referent).has_access("read"))
        for model, name in WINDOWS.items():
            window = self.env[model].with_user(self.referent)
            value = ticket.id if name == "ticket_id" else [(6, 0, ticket.ids)]
            spec = {field: {} for field in window._fields}
            routes = {
                "create": lambda w=window, n=name, v=value: w.create({n: v}),
                "values": lambda w=window, n=name, v=value, s=spec: w.onchange({n: v}, [n], s),
                "context": lambda w=window, n=name, v=value, s=spec: w.with_context(
                    **{f"default_{n}": v}
                ).onchange({}, [], s),
            }
            for route, enter in routes.items():
                with self.subTest(model=model, route=route):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        enter()

    def test_the_windows_open_on_the_requests_that_one_reads(self):
        ticket = self._request(name="Un sujet ordinaire")
        for model, name in WINDOWS.items():
            if name == "ticket_id":
                window = self.env[model].with_user(self.officer)
                spec = {field: {} for field in window._fields}
                seen = window.with_context(default_ticket_id=ticket.id).onchange({}, [], spec)
                with self.subTest(model=model):
                    self.assertEqual(seen["value"]["ticket_id"], ticket.id)
