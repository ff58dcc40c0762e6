"""A request always has someone: open ones without owner get who answers for their team."""

from odoo import SUPERUSER_ID, api

from odoo.addons.commune_relations.models.requests.stage import OPEN_KINDS


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
    waiting = env["helpdesk.ticket"].search(
        [
            ("user_id", "=", False),
            ("commune_id", "!=", False),
            ("stage_kind", "in", list(OPEN_KINDS)),
        ]
    )
    for ticket in waiting:
        ticket.user_id = ticket.topic_id._get_owner(ticket.commune_id, ticket.team_id.id)
