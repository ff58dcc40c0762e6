"""Accounts of the portal no longer follow records of the house, as none of them makes itself a
follower any more: they received by mail what the staff says there, even after the mandate. Nothing
notes who added whom: a person whom an officer had added is to be added again. Requests keep theirs:
each of their mails asks who may read it."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    users = env["res.users"].search([("share", "=", True), ("partner_id.partner_share", "=", True)])
    accounts = {user.partner_id: user for user in users}
    domain = [("partner_id", "in", users.partner_id.ids), ("res_model", "!=", "helpdesk.ticket")]
    lost = env["mail.followers"]
    for (model, partner), rows in lost.search(domain).grouped(_place).items():
        if hasattr(env.get(model), "_get_guarded_threads"):
            ours = env[model].browse(rows.mapped("res_id")).exists()._get_guarded_threads()
            allowed = ours.with_user(accounts[partner])._filtered_access("write")
            refused = set(ours.ids) - set(allowed.ids)
            lost |= rows.filtered(lambda row, ids=refused: row.res_id in ids)
    lost.unlink()


def _place(row):
    return row.res_model, row.partner_id
