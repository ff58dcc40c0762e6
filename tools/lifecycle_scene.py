"""A database in use, before the addon goes: run by tools/lifecycle in a shell of Odoo (`env`)."""

PASSWORD = "un mot de passe de douze lettres"
env = globals()["env"]


def make_user(login, *groups):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": login,
                "login": login,
                "email": f"{login}@exemple.example",
                "password": PASSWORD,
                "group_ids": [(6, 0, [env.ref(name).id for name in groups])],
            }
        )
    )


env["commune.reference.epci"]._set_up("200039865")
officer = make_user("charge", "commune_relations.group_officer")
make_user("helpdesk", "base.group_user", "helpdesk_mgmt.group_helpdesk_user_team")
marketing = make_user("marketing", "base.group_user", "mass_mailing.group_mass_mailing_user")
customer = make_user("cliente", "base.group_portal")
mayor = make_user("maire", "base.group_portal")
commune = env["res.partner"].search([("is_commune", "=", True)], limit=1)
env["commune.mandate"].create(
    {
        "partner_id": mayor.partner_id.id,
        "commune_id": commune.id,
        "function_id": env.ref("commune_relations.function_mayor").id,
    }
)
team = env["helpdesk.ticket.team"].create({"name": "Après-vente"})
for person, where in ((customer, {"team_id": team.id}), (mayor, {"commune_id": commune.id})):
    env["helpdesk.ticket"].create(
        {"name": "Une demande", "description": "…", "partner_id": person.partner_id.id, **where}
    )
env["helpdesk.sla"].search([("milestone", "!=", False)], limit=1).copy({"name": "La nôtre"})
people = env["mailing.list"].create({"name": "Clientes"})
env["mailing.contact"].create({"email": "c@exemple.example", "list_ids": [(6, 0, people.ids)]})
written = {"subject": "Soldes", "body_html": "<p>…</p>", "contact_list_ids": [(6, 0, people.ids)]}
waiting = env["mailing.mailing"].with_user(marketing).create(written)
waiting.write({"schedule_type": "scheduled", "schedule_date": "2099-01-01 08:00:00"})
waiting.action_put_in_queue()
audience = env["commune.audience"].create({"name": "Maires", "kind": "elected"})
named = env["commune.audience"].create({"name": "Élus", "kind": "elected"}).mailing_list_id
waiting.copy({"subject": "À une liste des nôtres"}).contact_list_ids = named
env["mailing.mailing"].with_user(officer).create(
    {"subject": "Lettre", "body_html": "<p>…</p>", "audience_ids": [(6, 0, audience.ids)]}
)
# Approved and on its way when the addon goes.
env.cr.execute("UPDATE mailing_mailing SET state = 'in_queue' WHERE subject = 'Lettre'")
env["mail.mail"].create(
    {"subject": "Convocation", "email_to": mayor.email, "is_organisation_letter": True}
)
env["mail.mail"].create({"subject": "Facture", "email_to": customer.email})
env["ir.config_parameter"].set_param("commune_relations.demonstration", "1")
env.cr.commit()
