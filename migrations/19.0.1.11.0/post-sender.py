"""A house that already writes to its communes goes on: its sender counts as confirmed."""

from odoo import SUPERUSER_ID, api

from odoo.addons.commune_relations.engine.mail import is_sample


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    robot = env.ref("base.user_root").email or ""
    for company in env["res.company"].search([]):
        if company.sender_confirmed_email or not _has_written(env, company):
            continue
        if not company._get_house_email() and robot and not is_sample(robot):
            company.email = robot  # the letters left from there
        if company._get_house_email():
            company._note_sender_confirmed(env.ref("base.user_root"))


def _has_written(env, company):
    """A letter has left, or a mail was sent from an address of the house."""
    if env["commune.letter.journey"].search_count([("state", "=", "left")], limit=1):
        return True
    address = company._get_house_email()
    sent = [("state", "=", "sent"), ("email_from", "ilike", address)]
    return bool(address) and bool(env["mail.mail"].search_count(sent, limit=1))
