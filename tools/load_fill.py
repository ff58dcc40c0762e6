"""Persons for `bin/bench --load`, in a demonstration or in an Odoo with helpdesk_mgmt: read by `odoo
shell`. As many of each on both sides, and as many requests; their sessions go to LOAD_PEOPLE.
"""

import json
import os
from pathlib import Path

from large_browser import open_session

from odoo.fields import Command

PORTAL, STAFF, A_PERSON = 96, 24, 5


def create_users(partners, groups, prefix):
    values = [
        {
            "login": f"{prefix}{rank}@banc.example",
            "partner_id": partner.id,
            "group_ids": [Command.set(groups.ids)],
            "lang": "fr_FR",
        }
        for rank, partner in enumerate(partners)
    ]
    return env["res.users"].with_context(no_reset_password=True).create(values)


def create_partners(count, prefix):
    values = [
        {"name": f"{prefix} {rank}", "email": f"{prefix}{rank}@banc.example"}
        for rank in range(count)
    ]
    return env["res.partner"].create(values)


def fill_managed():
    """Persons with a mandate that opens the portal; the organisation as its officer."""
    mandates = env["commune.mandate"].search(
        [
            ("state", "=", "current"),
            ("commune_id.is_commune", "=", True),
            ("function_id.code", "in", ("mayor", "deputy", "secretary")),
            ("partner_id.user_ids", "=", False),
        ]
    )
    portal = create_users(
        mandates.partner_id[:PORTAL], env.ref("base.group_portal"), "load-portal-"
    )
    officer = env["res.users"].search([("login", "=", "charge-mission")])
    staff = create_users(create_partners(STAFF, "banc"), officer.group_ids, "load-staff-")
    return portal, staff


def fill_stock():
    """Customers, with requests of their own; the organisation as managers of the requests."""
    portal = create_users(
        create_partners(PORTAL, "commune"), env.ref("base.group_portal"), "load-portal-"
    )
    manager = env.ref("helpdesk_mgmt.group_helpdesk_manager") + env.ref("base.group_user")
    staff = create_users(create_partners(STAFF, "banc"), manager, "load-staff-")
    team = env["helpdesk.ticket.team"].search([], limit=1) or env["helpdesk.ticket.team"].create(
        {"name": "Banc"}
    )
    env["helpdesk.ticket"].create(
        [
            {
                "name": f"Demande {rank}",
                "description": "<p>Question</p>",
                "partner_id": user.partner_id.id,
                "team_id": team.id,
            }
            for user in portal
            for rank in range(A_PERSON)
        ]
    )
    return portal, staff


def get_tickets(portal):
    """{login: requests that this person may read}, the rest for the organisation."""
    found = {"all": env["helpdesk.ticket"].search([], limit=200).ids}
    for user in portal:
        found[user.login] = env["helpdesk.ticket"].with_user(user).search([], limit=20).ids
    return found


path = Path(os.environ["LOAD_PEOPLE"])
known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
managed = "commune.mandate" in env
portal = env["res.users"].search([("login", "=like", "load-portal-%")])
staff = env["res.users"].search([("login", "=like", "load-staff-%")])
if not portal:
    portal, staff = fill_managed() if managed else fill_stock()
env.flush_all()
tickets = get_tickets(portal)
env.cr.commit()
known["addon" if managed else "stock"] = {
    "portal": {login: open_session(env, login) for login in portal.mapped("login")},
    "staff": {login: open_session(env, login) for login in staff.mapped("login")},
    "tickets": tickets,
}
path.write_text(json.dumps(known), encoding="utf-8")
