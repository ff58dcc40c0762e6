"""Eight small communes and two larger ones, and services that they use."""

from odoo.fields import Command

from .service_case import make_offer, make_service


def make_communes(case, count, population=500, first=10):
    """Members of the intercommunality, in the band of Bellefontaine (under 1,000)."""
    return case.env["res.partner"].create(
        [
            {
                "name": f"Clairval-{number}",
                "is_company": True,
                "is_commune": True,
                "insee_code": f"57{number:03d}",
                "population": population,
                "epci_id": case.epci.id,
            }
            for number in range(first, first + count)
        ]
    )


def make_used(case, name, users, state="active", **values):
    """A service with one free offer, used since 2020 by these communes, then at its state."""
    seats = values.pop("seats", 0)
    service = make_service(case, name, **values)
    offer = make_offer(case, service, name, seats=seats)
    subscribe(case, users, offer)
    if state != "active":
        service.state = state
    return service


def subscribe(case, communes, offer, **values):
    return case.env["commune.service.subscription"].create(
        [
            {"commune_id": c.id, "offer_id": offer.id, "date_start": "2020-01-01", **values}
            for c in communes
        ]
    )


def suggested(case, commune):
    """Names of the services suggested to a commune."""
    found = case.env["commune.service.suggestion"]._suggest().get(commune.id, ())
    return case.env["commune.service"].browse([x.service.key for x in found]).mapped("name")


def name_communes(service, communes):
    service.write({"scope": "list", "commune_ids": [Command.set(communes.ids)]})
