"""Demonstration promises and contacts: invented, over twenty-four months."""

from datetime import datetime, time, timedelta

from odoo import fields
from odoo.fields import Command

QUIET = {"tracking_disable": True, "mail_create_nolog": True}
# months ago, kind, subject, notes
CONTACTS = [
    (24, "visit", "Visite de rentrée", "Bon accueil. La commune attend le plan des travaux."),
    (23, "call", "Calendrier de la collecte", "Souhaite un passage de plus avant Noël."),
    (22, "meeting", "Réunion de secteur", "Trois communes présentes, échange sur les voiries."),
    (21, "call", "Instruction du permis d’aménager", "Délai expliqué, la mairie rappellera."),
    (
        20,
        "visit",
        "Visite du chantier de la rue principale",
        "Riverains inquiets pour la poussière.",
    ),
    (19, "call", "Prêt de matériel pour la fête", "Podium demandé pour le mois prochain."),
    (18, "meeting", "Préparation du budget annexe", "Le secrétaire demande un exemple chiffré."),
    (17, "call", "Éclairage public", "Deux points lumineux éteints près de l’école."),
    (16, "visit", "Visite de l’école", "Question sur l’accessibilité de la cour."),
    (15, "call", "Commande groupée de papier", "Intéressée, attend les tarifs."),
    (14, "meeting", "Point avec la direction", "Tout va bien ; demande une formation des élus."),
    (13, "visit", "Inauguration de la salle", "La convention de service a été évoquée."),
    (12, "call", "Assainissement d’un écart", "Devis reçu, à transmettre au pôle."),
    (11, "call", "Remplacement de la secrétaire", "Besoin de deux demi-journées par semaine."),
    (10, "visit", "Visite du nouveau maire", "Souhaite rencontrer le pôle voirie."),
    (9, "meeting", "Atelier sur le plan climat", "Deux élus présents."),
    (8, "call", "Question sur la taxe d’aménagement", "Réponse donnée par écrit ensuite."),
    (7, "visit", "Visite de la déchèterie", "Horaires d’été à revoir."),
    (6, "call", "Point d’arrêt du car", "Demande un abri."),
    (5, "meeting", "Point semestriel", "Trois demandes en cours passées en revue."),
    (4, "call", "Dossier de subvention", "Pièces manquantes rappelées."),
    (3, "visit", "Visite de l’atelier municipal", "Demande un avis sur un véhicule."),
    (2, "call", "Réseau d’eau", "Baisse de pression signalée, transmise."),
    (1, "meeting", "Préparation de la conférence des maires", "La commune veut parler de l’eau."),
    (0, "call", "Nouvelles de la commune", "Rien à signaler ; rappeler dans un mois."),
]
# contact (rank above), days given, what became of it, promise, word for the commune
PROMISES = [
    (0, 30, "kept", "Envoyer le plan des travaux", "Le plan est dans votre messagerie."),
    (1, 45, "kept", "Étudier un passage de plus avant Noël", "Un passage a été ajouté."),
    (3, 15, "kept", "Rappeler pour dire où en est le permis", ""),
    (4, 20, "kept", "Faire arroser le chantier", "L’entreprise arrose chaque matin."),
    (5, 25, "kept", "Prêter le podium", "Le podium vous attend au dépôt."),
    (6, 30, "kept", "Envoyer un exemple chiffré", ""),
    (7, 10, "kept", "Faire remplacer les deux points lumineux", "Remplacés."),
    (8, 60, "kept", "Faire venir le conseiller en accessibilité", ""),
    (9, 30, "kept", "Envoyer les tarifs de la commande groupée", ""),
    (10, 90, "kept", "Proposer une formation aux élus", "Deux dates vous sont proposées."),
    (12, 30, "kept", "Transmettre le devis au pôle assainissement", ""),
    (14, 40, "kept", "Organiser une rencontre avec le pôle voirie", "La rencontre a eu lieu."),
    (17, 60, "given_up", "Changer les horaires d’été de la déchèterie", ""),
    (18, 90, "open", "Étudier un abri à l’arrêt du car", ""),
    (20, 60, "open", "Vérifier le dossier de subvention complété", ""),
    (23, 60, "open", "Inscrire l’eau à l’ordre du jour", ""),
]


class LedgerDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        demo = self.with_context(**QUIET)
        epci = epci or self.env.company.epci_id
        if epci and not self.env["commune.contact"].search_count([], limit=1):
            demo._create_past_contacts(epci)
            demo._read_in_the_past(epci)
            demo._create_promises(demo._create_contacts(epci))
        return sentences

    def _create_contacts(self, epci):
        """Create one contact a month, each time with another commune, met there."""
        communes = epci._get_members().sorted(lambda place: (-place.population, place.id))[:12]
        officer = self._get_demo_user("charge-mission")
        today = self.env.company._get_today()
        values = []
        for rank, (months, kind, subject, notes) in enumerate(CONTACTS):
            commune = communes[rank % len(communes)] if communes else communes
            if not commune:
                continue
            # A month is 30 days here: the dates only have to go back in order.
            day = today - timedelta(days=30 * months + 1)
            values.append(
                {
                    "kind": kind,
                    "date": datetime.combine(day, time(9, 30)),
                    "commune_id": commune.id,
                    "person_ids": [Command.set(self._get_met(commune).ids)],
                    "user_ids": [Command.set(officer.ids)],
                    "subject": subject,
                    "notes": notes,
                }
            )
        return self.env["commune.contact"].create(values)

    def _get_met(self, commune):
        """Accounts of the demonstration that act for the commune."""
        people = self.env["res.users"].search([("login", "in", ("maire", "dgs", "secretaire"))])
        return people.partner_id.filtered(lambda one: commune in one.held_mandate_ids.commune_id)

    def _create_promises(self, contacts):
        today = self.env.company._get_today()
        officer = self._get_demo_user("charge-mission")
        for rank, days, state, name, word in PROMISES if contacts else ():
            contact = contacts[rank]
            promised = fields.Date.to_date(contact.date)
            promise = self.env["commune.commitment"].create(
                {
                    "name": name,
                    "contact_id": contact.id,
                    "promised_by_id": officer.partner_id.id,
                    "user_id": officer.id,
                    "promised_date": promised,
                    "due_date": promised + timedelta(days=days),
                    "word": word,
                    "is_published": bool(word) or state == "open",
                }
            )
            if state == "kept":
                kept = min(promised + timedelta(days=days - 2), today)
                promise.write({"state": "kept", "kept_date": kept})
            elif state == "given_up":
                promise.write({"state": "given_up", "reason": "La commune n’en a plus besoin."})
