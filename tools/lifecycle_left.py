"""State after uninstallation: users still work, administrators know who has no groups left.

Run by tools/lifecycle in a shell of Odoo (`env`).
"""

env = globals()["env"]
SCREENS = {
    "helpdesk": ("helpdesk.ticket", "res.partner"),
    "marketing": ("mailing.mailing", "mailing.list", "mailing.contact", "res.partner"),
    "charge": ("res.partner", "calendar.event"),
}


def find(login):
    return env["res.users"].search([("login", "=", login)])


for login, models in SCREENS.items():
    for name in models:
        model = env[name].with_user(find(login))
        views = model.get_views([(False, kind) for kind in ("list", "form", "kanban", "search")])
        known = views["models"][name]["fields"]
        model.web_search_read([], {"display_name": {}}, limit=10)
        assert not [field for field in known if "commune" in field], (login, name)
assert find("charge")._is_internal()
messages = env["mail.message"].search([("subject", "like", "Commune Relations")])
assert "charge" in messages.body, "the administrator is not told who has no work left"
assert env.ref("base.user_admin").partner_id in messages.notified_partner_ids
waiting = env["mailing.mailing"].search([("subject", "=", "Soldes")])
assert waiting.state == "in_queue"
waiting.with_user(find("marketing")).action_cancel()
letter = env["mailing.mailing"].search([("subject", "=", "Lettre")])
assert letter.state == "draft" and not letter._get_recipients(), letter.mailing_domain
mails = env["mail.mail"].search([("subject", "in", ("Convocation", "Facture"))], order="id")
assert mails.mapped("state") == ["cancel", "outgoing"], mails.mapped("state")
lists = env["mailing.list"].with_context(active_test=False).search([])
assert set(lists.mapped("name")) == {"Newsletter", "Clientes", "Élus"}, lists.mapped("name")
lists.action_sync()
assert env["helpdesk.ticket"].search_count([]) == 2
steps = env["helpdesk.ticket"].search([]).stage_id
assert steps and all(step.active and step.get_external_id()[step.id] for step in steps)
assert not env["helpdesk.sla"].search_count([]), "a charter without milestones binds every ticket"
