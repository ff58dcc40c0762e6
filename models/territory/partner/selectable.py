"""A person of a place, chosen on a form: the server holds the domain that the form only offers.

An RPC client writes any id in a relation, and the letters of a commune would go to a person of
another one.
"""

from odoo.exceptions import ValidationError
from odoo.tools.safe_eval import safe_eval


def check_selectable(records, name, place="commune_id"):
    """
    :param name: relation to persons, whose domain may name the commune of the record
    :param place: field of that commune; None: the place is the intercommunality
    :raise ValidationError: a person whom the domain of the field leaves out
    """
    for record in records.sudo():
        at = record[place] if place else record.env.company.epci_id
        domain = safe_eval(record._fields[name].domain, {"commune_id": at.id})
        outside = record[name] - record[name].filtered_domain(domain)
        if outside:
            raise_not_of_place(outside[0], at)


def raise_not_of_place(person, place):
    raise ValidationError(
        person.env._(
            "%(person)s holds no mandate or post for %(place)s: choose somebody who does.",
            person=person.display_name,
            place=place.display_name or person.env._("this place"),
        )
    )
