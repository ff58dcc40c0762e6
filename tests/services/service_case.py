"""A catalogue of one family, and what the two communes have of it."""

from datetime import date, timedelta

from odoo.fields import Command

# A PNG of one pixel.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)
ACTS = {
    "commune_deliberation_ref": "2026-04",
    "commune_deliberation_date": "2026-04-10",
    "commune_transmission_date": "2026-04-13",
    "commune_publication_date": "2026-04-14",
    "epci_deliberation_ref": "2026-05-12",
    "epci_deliberation_date": "2026-05-12",
    "epci_transmission_date": "2026-05-15",
    "epci_publication_date": "2026-05-18",
}


OPINIONS = {
    "epci_opinion_date": "2026-03-03",
    "epci_opinion": "favourable",
    "commune_opinion_body": "cdg",
    "commune_opinion_date": "2026-04-02",
    "commune_opinion": "unfavourable",
}


def on_paper(day):
    """Both sides have signed on paper: the state of an agreement created in force."""
    return {
        "commune_signature_date": day,
        "epci_signature_date": day,
        "signature_date": day,
        "paper_signature": True,
        "epci_paper_signature": True,
    }


def get_president(case):
    """The account of the president, who reads conventions in the office and signs them."""
    person = case.epci.mayor_id
    users = person.user_ids.filtered(lambda user: not user.share)
    if not users:
        users = users.with_context(no_reset_password=True).create(
            {
                "login": "presidente-rives",
                "partner_id": person.id,
                "group_ids": [Command.set(case.env.ref("commune_relations.group_reader").ids)],
            }
        )
        person.sudo().signing_changed_at = False
        person.held_mandate_ids.sudo().signing_changed_at = False
    return users


def sign_for_commune(agreement, user, name=None):
    """Anyone who signs for the commune, as on the portal: the current text was read."""
    read = agreement.sudo().document_sha256
    agreement.with_user(user)._sign_from_portal(user.name if name is None else name, read)


def sign_for_epci(case, agreement, name=None, stroke=PIXEL):
    """The president signs, as in the window of the office."""
    user = get_president(case)
    agreement.env["commune.agreement.signatory"].with_user(user)._sign_for_epci(
        agreement.with_user(user), name or user.name, stroke
    )


def make_service(case, name="Conseil juridique", state="active", **values):
    """A service that can be opened, at the step asked for."""
    family = values.pop("family", None) or case.env.ref("commune_relations.service_family_legal")
    topic = case.env["commune.topic"].search([("code", "=", "JUR-CON")], limit=1)
    service = case.env["commune.service"].create(
        {
            "name": name,
            "family_id": family.id,
            "content": "<p>Des réponses écrites aux questions de droit.</p>",
            "summary": "Une réponse écrite en cinq jours",
            "department_id": case.env["helpdesk.ticket.team"]._get_desk().id,
            "referent_id": case.referent.id,
            "topic_id": topic.id,
            **values,
        }
    )
    paths = {
        "idea": [],
        "study": ["study"],
        "pilot": ["study", "pilot"],
        "active": ["study", "active"],
        "frozen": ["study", "active", "frozen"],
        "retired": ["study", "active", "retired"],
    }
    for step in paths[state]:
        service.state = step
    return service


def make_offer(case, service, name="Réponse écrite", kind="free", **price):
    """An offer with a price since 2020; `unit_name` and `seats` belong to the offer."""
    own = {key: price.pop(key) for key in ("unit_name", "seats") if key in price}
    bands = [
        Command.create({"population_from": low, "amount": amount})
        for low, amount in price.pop("bands", [])
    ]
    return case.env["commune.service.offer"].create(
        {
            "name": name,
            "service_id": service.id,
            **own,
            "price_ids": [
                Command.create(
                    {"kind": kind, "date_start": "2020-01-01", "band_ids": bands, **price}
                )
            ],
        }
    )


def complete_epci(case):
    """A seat and a president: without them the text of an agreement has missing values."""
    if not case.epci.mayor_id:
        case.epci.write({"street": "1 place des Rives", "zip": "57000", "city": "Aubrive"})
        president = case.env["res.partner"].create(
            {"firstname": "Paule", "lastname": "PRESLE", "civility": "mme"}
        )
        case._mandate(president, case.epci, "president")
        case.epci.invalidate_recordset(["mayor_id"])


def make_agreement(case, commune, offers, **values):
    complete_epci(case)
    basis = case.env.ref("commune_relations.legal_basis_l5214_16_1")
    basis.confirmed_by = "Service juridique, 3 février 2026"
    return case.env["agreement"].create(
        {
            "name": "Convention-cadre de services",
            "commune_id": commune.id,
            "legal_basis_id": basis.id,
            "contract_form": "framework",
            "offer_ids": [Command.set(offers.ids)],
            "start_date": case.today,
            "end_date": case.today + timedelta(days=900),
            "forecast": "Vingt questions par an",
            **ACTS,
            **values,
        }
    )


def make_unit_cost(case, service, year=2027, **values):
    """A draft of 98,000 + 2,050 euros for 800 days: 125.0625 euros, 125.06 to the cent."""
    charge = {"name": "Agents", "posts": 2, "observed": 98_000, "change": 2_050}
    return case.env["commune.service.unit.cost"].create(
        {
            "service_id": service.id,
            "year": year,
            "units": 800,
            "charge_ids": [Command.create(charge)],
            **values,
        }
    )


def get_service_records(case):
    """One record of each model of the services, for the access matrix."""
    service = make_service(case)
    study = make_service(case, "Police partagée", "study")
    pilot = make_service(
        case, "Archives itinérantes", "pilot", scope="list", commune_ids=case.commune_b.ids
    )
    offer = make_offer(case, service, kind="band", bands=[(0, 100)])
    study_offer = make_offer(case, study, "Patrouille")
    subscription = case.env["commune.service.subscription"].create(
        {"commune_id": case.commune_a.id, "offer_id": offer.id, "date_start": date(2026, 1, 1)}
    )
    draft = make_agreement(case, case.commune_a, offer)
    agreement = make_agreement(case, case.commune_a, offer)
    agreement.sudo().write({"state": "active", **on_paper("2026-06-15")})
    vote = make_agreement(case, case.commune_a, offer)
    vote.sudo().pack_date = case.today
    sheet = make_unit_cost(case, service)
    notice = case.env["commune.service.unit.cost.notice"].create(
        {"unit_cost_id": sheet.id, "commune_id": case.commune_a.id}
    )
    project = case.env["commune.service.project"]._feed("request", "Cimetières", case.commune_a)
    scenario = case.env["commune.service.scenario"].create(
        {"project_id": project.id, "name": "Gratuit"}
    )
    return {
        "family": service.family_id,
        "service": service,
        "service_study": study,
        "service_pilot_b": pilot,
        "service_change": service.change_ids[0],
        "offer": offer,
        "offer_study": study_offer,
        "price": offer.price_ids,
        "price_study": study_offer.price_ids,
        "price_band": offer.price_ids.band_ids,
        "subscription_a": subscription,
        "usage_a": case.env["commune.service.usage"].create(
            {"subscription_id": subscription.id, "date": date(2026, 2, 1), "quantity": 1}
        ),
        "unit_cost": sheet,
        "unit_cost_charge": sheet.charge_ids,
        "unit_cost_notice": notice,
        "service_population": case.env["commune.service.population"].create(
            {"commune_id": case.commune_a.id, "year": 2019, "population": 4100}
        ),
        "refusal_a": case.env["commune.service.refusal"].create(
            {
                "commune_id": case.commune_a.id,
                "service_id": service.id,
                "partner_id": case.portal_a.partner_id.id,
            }
        ),
        "legal_basis": case.env.ref("commune_relations.legal_basis_l5211_4_2"),
        "agreement_template": case.env.ref("commune_relations.agreement_template_framework"),
        "agreement_clause": case.env.ref("commune_relations.clause_duree"),
        "agreement_draft_a": draft,
        "agreement_a": agreement,
        "agreement_vote_a": vote,
        "agreement_forecast": case.env["commune.agreement.forecast"].create(
            {"agreement_id": draft.id, "offer_id": offer.id, "quantity": 4}
        ),
        "agreement_impact": case.env["commune.agreement.impact"].create(
            {"agreement_id": draft.id, "name": "Agent d’accueil"}
        ),
        "project": project,
        "scenario": scenario,
        "need": project.need_ids,
    }
