"""Demonstration surveys: one published, one open with answers in every state; all invented.

Where real officials are loaded, nothing is put into their mouths: an invented person answers.
"""

from datetime import timedelta

from odoo import fields

THEMES = ("Budget et comptes", "Urbanisme", "État civil", "Marchés publics", "Numérique")
QUESTIONS = [
    # title, kind, choices, mandatory; a title alone is a page
    ("Votre commune et les services de l’intercommunalité",),
    ("Êtes-vous satisfait de nos réponses à vos demandes ?", "scale", (), True),
    ("Utilisez-vous le service de remplacement ?", "simple_choice", ("Oui", "Non"), True),
    ("Combien de jours de remplacement prévoyez-vous l’an prochain ?", "numerical_box", (), False),
    ("Vos besoins",),
    ("Sur quels thèmes souhaitez-vous une formation ?", "multiple_choice", THEMES, False),
    (
        "Un service commun instruisant vos autorisations d’urbanisme vous intéresse-t-il ?",
        "simple_choice",
        ("Oui, dès que possible", "Oui, plus tard", "Non"),
        True,
    ),
    ("Que devrions-nous améliorer en premier ?", "text_box", (), False),
]
REMARKS = ("", "", "Des délais plus courts pour la voirie.", "", "Un interlocuteur unique.")
ACTIONS = [
    # number of the question, answer, action taken, state, days from today
    (
        4,
        "Le budget est le premier besoin de formation",
        "Deux sessions « budget » d’une demi-journée, ouvertes aux élus et aux secrétaires.",
        "done",
        -60,
    ),
    (
        5,
        "Des communes veulent un service commun d’urbanisme",
        "Étude confiée au pôle urbanisme : coûts par commune présentés au COTECH.",
        "running",
        45,
    ),
    (
        6,
        "Des délais plus courts pour la voirie",
        "Un délai promis et suivi pour chaque demande de voirie.",
        "planned",
        90,
    ),
]


class SurveysDemo:
    def _load(self, epci=None):
        sentences = super()._load(epci)
        epci = epci or self.env.company.epci_id
        if not self.env["commune.survey.campaign"].search_count([], limit=1):
            self._create_past_survey(epci._get_members())
            self._create_surveys(epci._get_members())
        return sentences

    def _create_surveys(self, communes):
        today = self.env.company._get_today()
        year = today.year
        Campaign = self.env["commune.survey.campaign"].with_context(
            tracking_disable=True, mail_create_nolog=True
        )
        values = {
            "commune_ids": [fields.Command.set(communes.ids)],
            "user_id": self._get_demo_user("charge-mission").id,
        }
        last = Campaign.create(
            {
                **values,
                "name": f"Les services aux communes en {year - 1}",
                "survey_id": self._create_questionnaire().id,
                "intro": "Vos réponses orientent le programme de l’année : formations, services"
                " communs, délais de réponse.",
                "date_end": today + timedelta(days=1),
            }
        )
        last.survey_id._prepare_for_campaign()
        self._open_quietly(last, today - timedelta(days=330))
        for rank, target in enumerate(last.target_ids.sorted("commune_name")):
            if rank % 6 != 5:
                self._answer_quietly(target, rank)
        published = today - timedelta(days=270)
        last.write(
            {
                "state": "published",
                "date_end": today - timedelta(days=300),
                "publication": 1,
                "published_date": published,
                "notified_date": fields.Datetime.to_datetime(published) + timedelta(hours=9),
            }
        )
        self._create_actions(last, today)
        # The third one came later: what would be written about it can be looked at.
        last.action_ids[:2].notified_date = last.notified_date
        following = last.copy(
            {
                "name": f"Les services aux communes en {year}",
                "date_end": today + timedelta(days=16),
            }
        )
        self._open_quietly(following, today - timedelta(days=8))
        self._spread(following)

    def _create_questionnaire(self):
        questions = []
        for number, (title, *rest) in enumerate(QUESTIONS, 1):
            values = {"title": title, "sequence": number, "is_page": not rest}
            if rest:
                kind, choices, mandatory = rest
                values["question_type"] = kind
                values["constr_mandatory"] = mandatory
                values["suggested_answer_ids"] = [
                    fields.Command.create({"value": choice}) for choice in choices
                ]
            questions.append(fields.Command.create(values))
        return self.env["survey.survey"].create(
            {
                "title": "Les services aux communes",
                "survey_type": "custom",
                "questions_layout": "page_per_section",
                "question_and_page_ids": questions,
            }
        )

    def _open_quietly(self, campaign, day):
        """Open a campaign as if the letters had left that day: none leaves a demonstration."""
        campaign.survey_id._prepare_for_campaign()
        campaign.write({"state": "open", "date_open": day})
        campaign._create_targets(campaign._get_asked_communes())
        links = self.env["commune.survey.link"].create(
            [
                {"target_id": target.id, "partner_id": person.id}
                for target, person in campaign._get_addressees(campaign.target_ids)
            ]
        )
        links.sent_date = fields.Datetime.to_datetime(day) + timedelta(hours=9)
        links.target_id.last_letter_date = day

    def _spread(self, campaign):
        """Communes in every state of the follow-up."""
        silent = self._get_silent_communes(self.env.company.epci_id)
        targets = campaign.target_ids.filtered(lambda target: target.commune_id not in silent)
        for rank, target in enumerate(targets.sorted("commune_name")):
            step = rank % 9
            links = target.link_ids
            if step in (1, 2, 3, 4, 5):
                links[:1].opened_date = fields.Datetime.now() - timedelta(days=3)
            if step in (1, 2, 3):
                self._answer_quietly(target, rank + 2)
            elif step == 4:
                person = self._get_speaker(target)
                if "prepare" in target._get_rights(person):
                    target._prepare(person)
            elif step == 6 and rank < 9:
                person = self._get_speaker(target)
                if "validate" in target._get_rights(person):
                    target._refuse(person, "Le conseil vient d’être renouvelé.")

    def _get_speaker(self, target):
        """Who speaks for a commune: its invented mayor, else nobody that exists."""
        mayor = target.commune_id.mayor_id
        if mayor.is_fictitious:
            return mayor
        name = "Exemple (personne fictive)"
        found = self.env["res.partner"].search(
            [("is_fictitious", "=", True), ("name", "=", name)], limit=1
        )
        return found or self.env["res.partner"].create({"lastname": name, "is_fictitious": True})

    def _answer_quietly(self, target, rank):
        """An official answer, written at once: the rights of an invented person are not asked."""
        speaker = self._get_speaker(target)
        answer = target._create_draft(speaker)
        for question, given in zip(answer.survey_id.question_ids, _invent(rank), strict=True):
            if isinstance(given, tuple):
                choices = question.suggested_answer_ids
                given = [str(choices[index % len(choices)].id) for index in given]
            answer._save_lines(question, given, overwrite_existing=True)
        answer._mark_done()
        day = fields.Datetime.to_datetime(target.campaign_id.date_open) + timedelta(
            days=2 + rank % 5, hours=10
        )
        answer.write(
            {
                "is_official": True,
                "official_date": day,
                "validated_by_id": speaker.id,
                "start_datetime": day - timedelta(hours=1),
                "end_datetime": day,
            }
        )

    def _create_actions(self, campaign, today):
        questions = campaign.survey_id.question_ids
        self.env["commune.survey.action"].create(
            [
                {
                    "campaign_id": campaign.id,
                    "question_id": questions[number - 1].id,
                    "feedback_summary": summary,
                    "name": done,
                    "state": state,
                    "date": today + timedelta(days=days),
                    "user_id": campaign.user_id.id,
                }
                for number, summary, done, state, days in ACTIONS
            ]
        )


def _invent(rank):
    """The answers of a commune, different from one to the next and the same at each run."""
    return [
        str(5 + (rank * 7) % 6),
        (0 if rank % 3 else 1,),
        str((rank * 5) % 23) if rank % 4 else "",
        tuple({rank % 5, 0} if rank % 2 else {(rank + 1) % 5}),
        ((rank * 2) % 3,),
        REMARKS[rank % len(REMARKS)],
    ]
