"""More contacts and promises over the twenty-four months: two each month, in all the communes that
give signs of life; and who read guides and watch."""

import random
from datetime import timedelta

from odoo.fields import Command

from ..territory.past import MONTH, MONTHS
from .ledger import CONTACTS

EACH_MONTH = 2
# promise, days given
PROMISED = (
    ("Envoyer le compte rendu de la visite", 15),
    ("Faire passer le technicien de secteur", 30),
    ("Chiffrer la réparation", 45),
    ("Rappeler après la réunion avec le pôle", 10),
    ("Inscrire la rue au programme de l’an prochain", 90),
    ("Transmettre un modèle de délibération", 10),
)
KEPT_IN_TIME = (0.7, 0.85)  # share of the promises, first year, second one
READINGS = (4, 9)  # of guides and of watch in a month: the oldest one, the last one


class PastLedgerDemo:
    def _create_past_contacts(self, epci):
        rng = random.Random(f"{epci.siren} contacts")
        communes = self._get_talking_communes(epci)
        if not communes:
            return
        officer = self._get_demo_user("charge-mission")
        values = []
        for month in range(MONTHS, 0, -1):
            for _each in range(EACH_MONTH):
                _rank, kind, subject, notes = rng.choice(CONTACTS)
                commune = rng.choice(communes)
                days = MONTH * month - rng.randint(0, MONTH - 2)
                values.append(
                    {
                        "kind": kind,
                        "date": self._get_moment(rng, days),
                        "commune_id": commune.id,
                        "person_ids": [Command.set(self._get_met(commune).ids)],
                        "user_ids": [Command.set(officer.ids)],
                        "subject": subject,
                        "notes": notes,
                    }
                )
        self._promise_in_the_past(rng, self.env["commune.contact"].create(values))

    def _promise_in_the_past(self, rng, contacts):
        """After every other contact; all are kept, some after their day."""
        officer = self._get_demo_user("charge-mission")
        today = self.env.company._get_today()
        due = {}
        for contact in contacts[::2]:
            name, days = rng.choice(PROMISED)
            due[contact] = (name, contact.date.date() + timedelta(days=days))
        due = {contact: stated for contact, stated in due.items() if stated[1] < today}
        promises = self.env["commune.commitment"].create(
            [
                {
                    "name": name,
                    "contact_id": contact.id,
                    "promised_by_id": officer.partner_id.id,
                    "user_id": officer.id,
                    "promised_date": contact.date.date(),
                    "due_date": day,
                    "is_published": rng.random() < 0.6,
                }
                for contact, (name, day) in due.items()
            ]
        )
        for promise in promises:
            recent = promise.due_date > today - timedelta(days=365)
            late = rng.random() > KEPT_IN_TIME[recent]
            kept = promise.due_date + timedelta(days=rng.randint(3, 20) if late else -2)
            promise.write({"state": "kept", "kept_date": max(kept, promise.promised_date)})
            promise.kept_date = min(promise.kept_date, today)

    def _read_in_the_past(self, epci):
        """Anonymous readings, more of them each month."""
        rng = random.Random(f"{epci.siren} readings")
        today, communes = self.env.company._get_today(), self._get_talking_communes(epci)
        guides = self.env["commune.guide"].search([("state", "=", "published")])
        sent = [("state", "in", ("distributed", "archived"))]
        items = self.env["commune.watch.item"].search(sent)
        first, last = READINGS
        for model, name, things in (
            ("commune.guide.view", "guide_id", guides),
            ("commune.watch.view", "item_id", items),
        ):
            drawn = {
                (rng.choice(things).id, rng.choice(communes).id, MONTH * month - rng.randint(0, 29))
                for month in range(MONTHS, 2, -1)
                for _each in range(last - (last - first) * month // MONTHS)
                if things and communes
            }
            self.env[model].create(
                [
                    {name: thing, "commune_id": commune, "date": today - timedelta(days=days)}
                    for thing, commune, days in sorted(drawn)
                ]
            )
