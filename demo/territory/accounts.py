"""Demonstration accounts: one person per role, all invented."""

from odoo import fields

# One role each: what an account may do in a demonstration is what that role may do.
STAFF = [
    # login, name, group, job
    ("vice-presidence", "Sacha MERLIN", "group_reader", "Vice-présidence aux communes"),
    ("charge-mission", "Camille ROUSSEL", "group_officer", "Chargée de mission"),
    ("direction", "Dominique LAMBERT", "group_manager", "Directrice"),
    ("referent", "Alex FONTAINE", "group_referent", "Référent du pôle voirie"),
    ("coordination", "Claude MERCIER", "group_replacement_coordinator", "Coordinatrice"),
]
SEAT = "57463"
QUIET = {"tracking_disable": True, "no_reset_password": True, "mail_create_nolog": True}


class AccountsDemo:
    """Written through `env`, as superuser; the other parts of the demonstration build on it."""

    def __init__(self, env):
        self.env = env

    def with_context(self, **context):
        """The same demonstration, writing with this context."""
        return type(self)(self.env(context=dict(self.env.context, **context)))

    def with_user(self, user):
        """The same demonstration, written in the name of an agent, with their rights."""
        return type(self)(self.env(user=user.id))

    def _load(self, epci=None):
        """Create the demonstration accounts that are missing.

        :return: list of sentences “role: login, password”
        """
        if epci is None:
            reference = self.env["commune.reference.epci"]
            list(reference._set_up_everything("200039865", online=False))
            epci = self.env.company.epci_id
            list(reference._set_up_officials(epci, online=False, demo=True))
        self._set_seat(epci)
        self._set_identity(epci)
        self.env.company.sudo().onboarding_dismissed = True
        sentences = []
        for login, name, group, job in STAFF:
            self._get_user(login, f"commune_relations.{group}", {"name": name, "function": job})
            sentences.append(self._sentence(job, login))
        communes = epci._get_members().sorted("population")
        self._create_sectors(communes)
        accounts = [
            ("dgs", "Jeanne", "EXEMPLE", "mme", "dgs", communes[-1:]),
            ("secretaire", "Paul", "MODÈLE", "m", "town_hall_secretary", communes[:2]),
            ("conseillere", "Lucie", "SPÉCIMEN", "mme", "councillor", communes[:1]),
        ]
        for login, first_name, last_name, civility, code, places in accounts:
            function = self.env["commune.function"]._by_code()[code]
            user = self._get_user(
                login,
                "base.group_portal",
                {"firstname": first_name, "lastname": last_name, "civility": civility},
            )
            self._appoint(user.partner_id, function, places)
            title = function._get_title(civility)
            names = ", ".join(places.mapped("name"))
            sentences.append(self._sentence(f"{title} ({names})", login))
        return sentences + self._load_mayor(communes[:1])

    def _set_seat(self, epci):
        """The seat in Metz, where there is a Protestant church; another place is not asked."""
        seat = epci._get_members().filtered(lambda commune: commune.insee_code == SEAT)
        if seat and not epci.seat_commune_id:
            epci.seat_commune_id = seat
            seat.good_friday_church = seat.good_friday_church or "yes"

    def _set_identity(self, epci):
        """A telephone that no one has, as in films, and what the legal pages name."""
        epci.phone = epci.phone or "03 53 01 00 01"
        company = self.env.company.sudo()
        company.hosting_provider = company.hosting_provider or (
            "Hébergeur de démonstration\n1 rue de l’Exemple, 57000 Metz\n03 53 01 00 02"
        )
        company.privacy_email = company.privacy_email or "dpo@demonstration.example"

    def _load_mayor(self, commune):
        """An account for the mayor of this commune, unless a real person holds the office."""
        mayor = commune.mayor_id
        if not mayor.is_fictitious:
            return []
        function = self.env["commune.function"]._by_code()["mayor"]
        mayor.with_context(**QUIET).write({"email": "maire@exemple.invalid", "lang": "fr_FR"})
        self._get_user("maire", "base.group_portal", mayor)
        title = function._get_title(mayor.civility)
        return [self._sentence(f"{title} ({commune.name})", "maire")]

    def _sentence(self, who, login):
        return self.env._("%(who)s: login %(login)s, same password", who=who, login=login)

    def _get_user(self, login, group, person):
        user = self.env["res.users"].with_context(active_test=False).search([("login", "=", login)])
        return user or self._create_user(login, group, person)

    def _create_user(self, login, group, person):
        """:param person: a partner, or the values of one to create"""
        partner = person
        if isinstance(person, dict):
            values = {"email": f"{login}@exemple.invalid", "lang": "fr_FR", "is_fictitious": True}
            partner = self.env["res.partner"].with_context(**QUIET).create({**person, **values})
        user = (
            self.env["res.users"]
            .with_context(**QUIET)
            .create(
                {
                    "login": login,
                    "partner_id": partner.id,
                    "group_ids": [fields.Command.set(self.env.ref(group).ids)],
                    "tz": self.env.company._get_zone_name(),
                }
            )
        )
        # A password to try out with, equal to the login: shorter than the organisation asks of
        # persons.
        user._set_encrypted_password(user.id, user._crypt_context().hash(login))
        return user

    def _appoint(self, person, function, places):
        held = person.held_mandate_ids.commune_id
        self.env["commune.mandate"].create(
            [
                {
                    "partner_id": person.id,
                    "commune_id": place.id,
                    "function_id": function.id,
                    "date_start": "2026-04-01",
                    "working_ratio": 40 if function.kind == "staff" and len(places) > 1 else 0,
                    "source": "fictive",
                }
                for place in places - held
            ]
        )

    def _create_sectors(self, communes):
        """Three sectors from north to south, when the territory has none."""
        if communes.sector_id or self.env["commune.sector"].search_count([], limit=1):
            return
        ordered = communes.sorted("partner_latitude", reverse=True)
        size = max(1, (len(ordered) + 2) // 3)
        for index, name in enumerate(("Secteur nord", "Secteur centre", "Secteur sud")):
            sector = self.env["commune.sector"].create({"name": name, "sequence": index})
            ordered[index * size : (index + 1) * size].sector_id = sector
