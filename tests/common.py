"""Two communes, one user per role, portal persons of both: the people of every test."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.commune_relations.models.network.signatory import clock as signatory

RNE = Path(__file__).parent / "fixtures" / "rne"
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "no_reset_password": True}


class CommuneCase(TransactionCase):
    """An intercommunality of two communes, A (large) and B (small).

    Users: `reader`, `referent`, `officer`, `manager`, `coordinator` (staff);
    `portal_a` (mayor of A, full), `portal_a_limited` (councillor of A), `portal_b` (mayor of
    B), `portal_both` (town-hall secretary of A and B), `portal_ended` (former mayor of A, whose
    mandate ended yesterday). They have been there for long: nobody waits to sign and nothing is
    told of them, unless `watches_signatories`. No poll is near, unless a case makes one. Whatever
    address the case gives the house, it is confirmed, unless `watches_sender`.
    """

    watches_signatories = False
    watches_sender = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, **QUIET))
        cls.today = cls.env.company._get_today()
        cls.env["commune.poll"].search([]).active = False
        cls.functions = cls.env["commune.function"]._by_code()
        cls._create_territory()
        cls._create_staff()
        cls._create_persons()
        cls._watch_signatories()
        if not cls.watches_sender:
            companies = cls.env.registry["res.company"]
            confirmed = patch.object(companies, "_is_sender_confirmed", lambda company: True)
            cls.startClassPatcher(confirmed)

    @classmethod
    def _watch_signatories(cls):
        """The persons of the case are not new; those of most cases never are."""
        cls.env.cr.precommit.clear()
        cls.env["commune.mandate"].search([]).sudo().signing_changed_at = False
        cls.env["res.partner"].search([("signing_changed_at", "!=", False)]).sudo().write(
            {"signing_changed_at": False}
        )
        if not cls.watches_signatories:
            notice = cls.env.registry["commune.signatory.notice"]
            cls.startClassPatcher(patch.object(signatory, "SIGNING_WAIT", timedelta(0)))
            cls.startClassPatcher(patch.object(notice, "_note_one", lambda *args: None))

    @classmethod
    def _create_territory(cls):
        Partner = cls.env["res.partner"]
        cls.epci = Partner.create(
            {
                "name": "Communauté de communes des Deux Rives",
                "is_company": True,
                "is_epci": True,
                "siren": "200000001",
                "epci_kind": "CC",
            }
        )
        cls.env.company.epci_id = cls.epci
        cls.commune_a, cls.commune_b = Partner.create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "is_commune": True,
                    "insee_code": code,
                    "siren": siren,
                    "population": population,
                    "population_year": 2023,
                    "epci_id": cls.epci.id,
                    "local_law": "alsace_moselle",
                }
                for name, code, siren, population in [
                    ("Aubrive", "57901", "215700901", 4200),
                    ("Bellefontaine", "57902", "215700902", 640),
                ]
            ]
        )

    @classmethod
    def _create_staff(cls):
        for login, group in [
            ("reader", "group_reader"),
            ("referent", "group_referent"),
            ("officer", "group_officer"),
            ("manager", "group_manager"),
            ("coordinator", "group_replacement_coordinator"),
        ]:
            user = new_test_user(cls.env, f"test_{login}", groups=f"commune_relations.{group}")
            setattr(cls, login, user)
        cls.employee = new_test_user(cls.env, "test_employee", groups="base.group_user")
        cls.public = cls.env.ref("base.public_user")

    @classmethod
    def _create_persons(cls):
        yesterday = cls.today - timedelta(days=1)
        cls.portal_a = cls._portal("mayor_a", "Anne", "AUBRY", "mme")
        cls.portal_a_limited = cls._portal("councillor_a", "Luc", "ARNAUD", "m")
        cls.portal_b = cls._portal("mayor_b", "Bruno", "BLANC", "m")
        cls.portal_both = cls._portal("secretary_ab", "Sophie", "COLIN", "mme")
        cls.portal_ended = cls._portal("former_a", "Denis", "DUVAL", "m")
        cls.mandate_a = cls._mandate(cls.portal_a, cls.commune_a, "mayor")
        cls.mandate_a_limited = cls._mandate(cls.portal_a_limited, cls.commune_a, "councillor")
        cls.mandate_b = cls._mandate(cls.portal_b, cls.commune_b, "mayor")
        cls.mandate_both_a = cls._mandate(cls.portal_both, cls.commune_a, "town_hall_secretary")
        cls.mandate_both_b = cls._mandate(cls.portal_both, cls.commune_b, "town_hall_secretary")
        cls.mandate_ended = cls._mandate(
            cls.portal_ended, cls.commune_a, "deputy_mayor", date_end=yesterday
        )

    @classmethod
    def _portal(cls, login, first_name, last_name, civility):
        partner = cls.env["res.partner"].create(
            {"firstname": first_name, "lastname": last_name, "civility": civility}
        )
        return cls.env["res.users"].create(
            {
                "login": f"test_{login}",
                "password": f"test_{login}",
                "partner_id": partner.id,
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
            }
        )

    @classmethod
    def _mandate(cls, holder, place, code, **values):
        """A mandate of a user or a partner since 15 March 2020."""
        person = holder.partner_id if holder._name == "res.users" else holder
        return cls.env["commune.mandate"].create(
            {
                "partner_id": person.id,
                "commune_id": place.id,
                "function_id": cls.functions[code].id,
                "date_start": "2020-03-15",
                **values,
            }
        )

    @staticmethod
    def _copies(mails):
        """The bodies of queued mails as the mail server gets them, one for each reader."""
        return [copy["body"] for mail in mails.sudo() for copy in mail._prepare_outgoing_list()]

    def _copy(self, mail):
        """The body of a mail that has one reader."""
        [body] = self._copies(mail)
        return body

    def _waiting(self, records):
        """The mails of the letters of these records that are in the queue."""
        letters = self.env["commune.letter.journey"].search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids)]
        )
        return letters.mail_id.filtered(lambda mail: mail.state == "outgoing")

    def _leave(self, mails):
        """Hand mails to a mail server that takes everything."""
        servers = type(self.env["ir.mail_server"])
        with (
            patch.object(servers, "_disable_send", lambda _server: False),
            patch.object(servers, "_connect__", lambda *_args, **_options: None),
            patch.object(servers, "send_email", lambda _server, message, **_o: message["From"]),
        ):
            mails.send()

    @staticmethod
    def _rne(name):
        """A fictitious RNE file of the fixtures, as (file name, bytes)."""
        return name, (RNE / name).read_bytes()
