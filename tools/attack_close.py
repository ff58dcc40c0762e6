"""Closes what attack_scene.py opened: its accounts and its keys. Read by `odoo shell`."""

env["res.users.apikeys"].sudo().search([("name", "=", "bin/attack")]).unlink()
env["res.users"].search([("login", "=like", "attaque-%")]).action_archive()
env.cr.commit()
