"""Demonstration guides of a fictitious organisation.

Some are past their validity, some were revised, some were read and rated.
"""

from datetime import timedelta

from lxml import html

from odoo.fields import Command, Domain
from odoo.tools import file_open

FILES = ("guides_organisation.html", "guides_ground.html")
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_activity_quick_update": True}
# Payers, for the topics shown by the “who does what” guides; others are left as missing values.
PAYS = {
    "VOI-ENT": "L’intercommunalité",
    "VOI-TRX": "L’intercommunalité ; la commune pour ce qu’elle ajoute au programme",
    "VOI-SIG": "L’intercommunalité",
    "VOI-HIV": "L’intercommunalité ; la commune pour ses trottoirs",
    "VOI-ECL": "La commune, par convention",
    "DEC-COL": "Les usagers, par la taxe d’enlèvement des ordures ménagères",
    "DEC-DEP": "L’auteur du dépôt, à défaut le propriétaire de la voie",
    "DEC-DCH": "Les usagers, par la taxe d’enlèvement des ordures ménagères",
    "EAU-POT": "Les abonnés, par le prix de l’eau",
    "EAU-ASS": "Les abonnés, par la redevance d’assainissement",
    "EAU-GEM": "L’intercommunalité, par la taxe dédiée",
    "HOR-RDP": "Le Département",
    "HOR-LYC": "La Région",
    "HOR-ECO": "La commune",
    "HOR-ETC": "La commune",
}
MISSED = (
    ("ruches pédagogiques", 4),
    ("salle des fêtes sonorisation", 3),
    ("composteur collectif", 2),
    ("vidéoprotection subvention", 2),
    ("borne incendie privée", 1),
)
CHANGE = "Le délai de mise en sécurité est précisé : le jour même quand un deux-roues peut tomber."
COMMENT = "Il manque le numéro à appeler le week-end."


def _read(name):
    with file_open(f"commune_relations/demo/knowledge/{name}", "r") as file:
        return html.fromstring(f"<div>{file.read()}</div>").xpath("./article")


def _get_body(article):
    """HTML below the title and the summary."""
    parts = [part for part in article if part.tag != "h1" and part.get("class") != "summary"]
    return "".join(html.tostring(part, encoding="unicode") for part in parts)


class GuidesDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        demo = self.with_context(**QUIET)
        if not self.env["commune.guide"].search_count([], limit=1):
            demo._set_who_pays()
            author = demo.with_user(self._get_demo_user("charge-mission") or self.env.user)
            guides = author._create_demo_guides()
            author._revise_demo_guide(guides)
            demo._read_demo_guides(
                guides.with_env(demo.env), (epci or self.env.company.epci_id)._get_members()
            )
            demo._miss_demo_searches()
        return sentences

    def _set_who_pays(self):
        for topic in self.env["commune.topic"].search([("code", "in", list(PAYS))]):
            topic.who_pays = topic.who_pays or PAYS[topic.code]

    def _create_demo_guides(self):
        topics = {t.code: t.id for t in self.env["commune.topic"].search(Domain.TRUE)}
        services = {s.code: s.id for s in self.env["commune.service"].search(Domain.TRUE)}
        articles = [article for name in FILES for article in _read(name)]
        values = [self._prepare_demo_guide(article, topics, services) for article in articles]
        guides = self.env["commune.guide"].create(values)
        guides.action_publish()
        today = self.env.company._get_today()
        for guide, article in zip(guides, articles, strict=True):
            old = today - timedelta(days=int(article.get("revised", 90)))
            guide.sudo().write(
                {
                    "date_published": old,
                    "date_revised": old,
                    "validity_date": today + timedelta(days=int(article.get("valid"))),
                }
            )
        return guides

    def _prepare_demo_guide(self, article, topics, services):
        whom = article.get("for").split()
        owner = self._get_demo_user(article.get("owner", "charge-mission"))
        return {
            "name": article.findtext("h1"),
            "kind": article.get("kind"),
            "summary": article.xpath("string(./p[@class='summary'])"),
            "body": _get_body(article),
            "topic_ids": [Command.set([topics[code] for code in article.get("topics").split()])],
            "service_ids": [
                Command.set(
                    services[code]
                    for code in article.get("services", "").split()
                    if code in services
                )
            ],
            "for_elected": "elected" in whom,
            "for_dgs": "dgs" in whom,
            "for_staff": "staff" in whom,
            "population_min": int(article.get("min", 0)),
            "population_max": int(article.get("max", 0)),
            "local_law": article.get("law"),
            "legal_text": article.get("legal"),
            "user_id": owner.id or self.env.uid,
        }

    def _revise_demo_guide(self, guides):
        """Give one guide a second version, with a summary of the change."""
        roads = guides.filtered(lambda guide: guide.name.startswith("Nids de poule"))
        validity = roads.validity_date
        roads._take_version(roads._begin_version(change_text=CHANGE))
        roads.validity_date = validity

    def _read_demo_guides(self, guides, communes):
        """Anonymous readings of some communes, and two opinions."""
        today = self.env.company._get_today()
        self.env["commune.guide.view"].create(
            [
                {
                    "guide_id": guide.id,
                    "commune_id": commune.id,
                    "date": today - timedelta(days=(rank * 7 + place) % 60 + 1),
                }
                for rank, guide in enumerate(guides)
                for place, commune in enumerate(communes)
                if (rank * 5 + place * 3) % 7 == 0
            ]
        )
        for login, useful, comment in (("maire", True, ""), ("secretaire", False, COMMENT)):
            person = self._get_demo_user(login).partner_id
            place = person.mandate_ids.commune_id[:1]
            if place:
                guides[-3]._give_opinion(place, person, useful, comment)

    def _miss_demo_searches(self):
        searches = self.env["commune.guide.search"]
        for words, times in MISSED:
            for _time in range(times):
                searches._log_missed(words)
