"""Demonstration of the network: everything invented, and no letter leaves."""

import csv
from datetime import timedelta

from odoo.fields import Domain
from odoo.tools import file_open, plaintext2html

from ...models.core.inside import INSIDE, NO_LETTERS
from ..territory.accounts import QUIET

EXCHANGES = "commune_relations/demo/network/exchanges.csv"
# Lists and groups are recomputed once at the end; assigned activities notify nobody.
BATCH = {
    **QUIET,
    "audience_refreshing": INSIDE,
    "mail_activity_quick_update": True,
    **NO_LETTERS,
}
TALK = [
    (
        "secretaire",
        "Registre des arrêtés",
        "Bonjour à toutes et à tous, qui tient encore le registre sur papier\u00a0? Quel imprimeur"
        " prenez-vous\u00a0?",
    ),
    (
        "dgs",
        "Re\u00a0: Registre des arrêtés",
        "Nous le faisons relier une fois par an aux archives.",
    ),
    ("secretaire", "Vœux du maire", "Je partage notre liste de tâches à qui la veut."),
]


class NetworkDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        epci = epci or self.env.company.epci_id
        if not self.env["event.event"].search_count([("kind", "!=", False)], limit=1):
            self.with_context(**BATCH)._create_network(epci)
        return sentences

    def _create_network(self, epci):
        self._complete_people(epci)
        self._create_events(epci)
        self._create_letters()
        self._create_campaign(epci)
        self._create_exchanges(epci)
        self._create_preferences(epci)
        self._create_talk()
        self._follow_obligations()
        audiences = (
            self.env["commune.audience"].search(Domain.TRUE).with_context(audience_refreshing=False)
        )
        audiences._sync()

    def _create_campaign(self, epci):
        """Open for ten days: a third of the communes has answered, one with a correction."""
        today = self.env.company._get_today()
        members = epci._get_members()
        campaign = self.env["commune.directory.campaign"].create(
            {
                "name": "Mise à jour de l’annuaire",
                "state": "open",
                "date_open": today - timedelta(days=10),
                "date_end": today + timedelta(days=18),
                "commune_ids": members.ids,
            }
        )
        recipients = self.env["commune.directory.recipient"].create(
            [
                {"campaign_id": campaign.id, "commune_id": commune.id, "partner_id": person.id}
                for commune, person in campaign._get_addressees()
            ]
        )
        accounts = self.env["res.users"].search([("share", "=", True)]).partner_id
        silent = self._get_silent_communes(epci)
        ready = recipients.filtered(
            lambda r: (
                r.partner_id.is_fictitious
                and r.commune_id not in silent
                and not accounts & r.commune_id.mandate_ids.partner_id
            )
        )
        ready = [found[0] for found in ready.grouped("commune_id").values()][::3]
        for recipient in ready[1:]:
            recipient._confirm()
        for recipient in ready[:1]:
            recipient._correct("Le secrétariat est désormais ouvert le samedi de 9 h à 12 h.")

    def _create_exchanges(self, epci):
        """Two of them go together, between communes that have an account here."""
        places = epci._get_members().sorted("population")
        accounts = {
            login: held.commune_id for login, held in self._get_account_mandates(epci).items()
        }
        topics = {t.code: t for t in self.env["commune.topic"].search([])}
        values = []
        with file_open(EXCHANGES, "r") as file:
            for row in csv.DictReader(file, delimiter=";"):
                name = row["place"]
                place = places[int(name) % len(places)] if name.isdigit() else accounts.get(name)
                if place and row["topic"] in topics:
                    values.append(
                        {
                            "name": row["name"],
                            "kind": row["kind"],
                            "nature": row["nature"],
                            "topic_id": topics[row["topic"]].id,
                            "commune_id": place.id,
                            "description": row["description"],
                        }
                    )
        self.env["commune.exchange"].create(values)

    def _create_preferences(self, epci):
        """A mayor refuses one theme, a deputy mayor every letter."""
        topic = self.env["commune.topic"].search([("code", "=", "GOU")], limit=1)
        mayors = self._get_fictive_mandates(epci, "mayor").partner_id
        preferences = self.env["commune.contact.preference"]
        preferences._set_preference(mayors[3:4], True, theme=topic, reason="Trop de lettres")
        deputies = self._get_fictive_mandates(epci, "deputy_mayor").partner_id
        preferences._set_preference(deputies.filtered("email")[5:6], True)

    def _follow_obligations(self):
        """What is long past was done in time, but for the last one; the next is recalled."""
        obligations = self.env["commune.obligation"].search(Domain.TRUE)
        late = obligations.filtered(lambda o: o.state == "late").sorted("date_due")
        for obligation in late[:-1]:
            obligation.done_date = obligation.date_due - timedelta(days=12)
        obligations._cron_remind()

    def _create_talk(self):
        group = self.env.ref("commune_relations.mail_group_dgs_secretaries")
        for login, subject, text in TALK:
            person = self._get_demo_user(login).partner_id
            self.env["mail.group.message"].create(
                {
                    "mail_group_id": group.id,
                    "subject": subject,
                    "body": plaintext2html(text),
                    "author_id": person.id,
                    "email_from": person.email_formatted,
                    "moderation_status": "pending_moderation"
                    if subject == TALK[-1][1]
                    else "accepted",
                }
            )
