"""Demonstration of the first days of a mandate: a booklet, a path with its quiz, newcomers
at different steps; all invented."""

from datetime import timedelta

from odoo.fields import Command, Domain

from ...models.core.inside import NO_LETTERS

QUIET = {"tracking_disable": True, "mail_create_nolog": True, **NO_LETTERS}
WELCOME = """
<p>Madame, Monsieur,</p>
<p>Votre mandat commence. Ce livret réunit ce qu’il faut savoir de l’intercommunalité dans les
premières semaines : ce qu’elle fait, qui la conduit, qui vous répond, les dates à retenir et les
services ouverts à votre commune.</p>
<p>Une question ? Le service des relations aux communes la prend et vous dit qui y répond.</p>
"""
# question, right answer, others
QUIZ = [
    ("Qui convoque le conseil municipal ?", "Le maire", ("Le préfet", "Le président")),
    (
        "De quoi vit une intercommunalité à fiscalité propre ?",
        "De ses propres impôts et de dotations",
        ("Des seules cotisations des communes", "D’une subvention de la Région"),
    ),
    (
        "Une compétence a été transférée à l’intercommunalité. La commune peut-elle encore agir ?",
        "Non, sauf ce que les textes lui laissent",
        ("Oui, en même temps", "Oui, si le maire le décide"),
    ),
    (
        "Qui exécute les décisions du conseil municipal ?",
        "Le maire",
        ("Le directeur général des services", "Le conseil municipal lui-même"),
    ),
    (
        "Un conseiller a un intérêt personnel dans une affaire. Que fait-il ?",
        "Il ne prend part ni au débat ni au vote",
        ("Il vote s’il est de bonne foi", "Il vote à bulletin secret"),
    ),
    (
        "À qui écrire pour un nid de poule sur une voie de l’intercommunalité ?",
        "Au service des relations aux communes, sur ce portail",
        ("Au préfet", "À l’entreprise de travaux"),
    ),
    (
        "Qui reçoit la convocation aux séances du conseil municipal ?",
        "Chacun de ses membres",
        ("La majorité seulement", "Ceux qui l’ont demandé"),
    ),
    (
        "Un élu a-t-il droit à une formation ?",
        "Oui, adaptée à ses fonctions",
        ("Non", "Seulement le maire"),
    ),
]
STEPS = [
    # kind, day, name, text
    (
        "guide",
        5,
        "Lire le guide du nouvel élu",
        "Dix minutes de lecture, gardées hors connexion si vous le souhaitez.",
    ),
    (
        "quiz",
        25,
        "Faire le point en huit questions",
        "Pour vous seul : personne d’autre ne voit votre résultat.",
    ),
]


class PathsDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        demo = self.with_context(**QUIET)
        if not self.env["commune.booklet"].search_count([], limit=1):
            demo._create_booklet()
            path = demo._create_path()
            demo._begin_paths(path, epci or self.env.company.epci_id)
        return sentences

    def _create_booklet(self):
        guides = (
            self.env["commune.guide"]
            .search(
                [("state", "=", "published"), ("for_elected", "=", True), ("kind", "!=", "video")]
            )
            .sorted(lambda guide: not guide.name.startswith("Bienvenue"))
        )
        booklet = self.env["commune.booklet"].create(
            {
                "name": "Livret d’accueil des nouveaux élus",
                "subtitle": "Connaître l’intercommunalité en quelques pages",
                "welcome": WELCOME,
                "for_dgs": False,
                "line_ids": [
                    Command.create({"guide_id": guide.id, "sequence": number})
                    for number, guide in enumerate(guides[:8])
                ],
            }
        )
        # Invented text: no election review, even near an election.
        booklet._set({"is_offered": True})

    def _create_quiz(self):
        return self.env["survey.survey"].create(
            {
                "title": "Faire le point en huit questions",
                "survey_type": "survey",
                "certification": False,
                "questions_layout": "page_per_question",
                "user_id": self._get_demo_user("charge-mission").id,
                "description_done": '<p><a href="/my/path">Revenir à mes étapes</a></p>',
                "question_and_page_ids": [
                    Command.create(self._prepare_question(number, *question))
                    for number, question in enumerate(QUIZ)
                ],
            }
        )

    def _prepare_question(self, number, title, right, others):
        """The right answer is not always the first one."""
        values = [{"value": right, "is_correct": True, "answer_score": 1}]
        values += [{"value": other} for other in others]
        turn = number % len(values)
        values = values[turn:] + values[:turn]
        return {
            "title": title,
            "question_type": "simple_choice",
            "constr_mandatory": True,
            "sequence": number,
            "suggested_answer_ids": [
                Command.create({**value, "sequence": rank}) for rank, value in enumerate(values)
            ],
        }

    def _create_path(self):
        """The path that ships, with a guide and the quiz, switched on a month ago."""
        path = self.env.ref("commune_relations.path_elected")
        guide = self.env["commune.guide"].search(
            [("state", "=", "published"), ("name", "=like", "Bienvenue aux nouveaux élus%")],
            limit=1,
        )
        subjects = {"guide": {"guide_id": guide.id}}
        subjects["quiz"] = {"survey_id": self._create_quiz().id}
        self.env["commune.path.step"].create(
            [
                {
                    "path_id": path.id,
                    "kind": kind,
                    "day": day,
                    "name": name,
                    "text": text,
                    **subjects[kind],
                }
                for kind, day, name, text in STEPS
                if subjects[kind] != {"guide_id": False}
            ]
        )
        path.action_switch_on()
        return path

    def _begin_paths(self, path, epci):
        """The councillor of the demonstration and some of the largest commune, at each step."""
        today = self.env.company._get_today()
        communes = epci._get_members().sorted("population")
        function = self.env["commune.function"]._by_code()["councillor"]
        account = self.env["res.users"].search([("login", "=", "conseillere")], limit=1)
        mandates = self.env["commune.mandate"].search(
            Domain("function_id", "=", function.id)
            & Domain("commune_id", "=", communes[-1:].id)
            & Domain("date_end", "=", False),
            order="id",
            limit=4,
        )
        mandates |= account.partner_id.held_mandate_ids.filtered(
            lambda mandate: mandate.function_id == function
        )[:1]
        for number, mandate in enumerate(mandates):
            start = today - timedelta(days=6 * number)
            follow = self.env["commune.path.progress"].create(
                {
                    "path_id": path.id,
                    "mandate_id": mandate.id,
                    "partner_id": mandate.partner_id.id,
                    "commune_id": mandate.commune_id.id,
                    "date_start": start,
                    "line_ids": [
                        Command.create(
                            {
                                "step_id": step.id,
                                "date_due": start + timedelta(days=step.day),
                                # A step whose day is past was notified by letter that day.
                                "notified_date": start + timedelta(days=step.day)
                                if step.day <= 6 * number
                                else False,
                            }
                        )
                        for step in path.step_ids
                    ],
                }
            )
            follow.line_ids[: min(number, 3)]._set_done()
