"""A path of four steps, switched on, that the mayor of A follows; a booklet."""


def get_path_records(cls):
    """Records about paths, and booklets, for the law of access."""
    guide = cls.env["commune.guide"].create({"name": "Premiers pas au conseil"})
    guide.action_publish()
    quiz = cls.env["survey.survey"].create(
        {
            "title": "Que fait l’intercommunalité ?",
            "question_and_page_ids": [
                (
                    0,
                    0,
                    {
                        "title": "Qui collecte les déchets ?",
                        "question_type": "simple_choice",
                        "suggested_answer_ids": [
                            (0, 0, {"value": "La commune"}),
                            (
                                0,
                                0,
                                {
                                    "value": "L’intercommunalité",
                                    "is_correct": True,
                                    "answer_score": 10,
                                },
                            ),
                        ],
                    },
                )
            ],
        }
    )
    path = cls.env["commune.path"].create(
        {
            "name": "Mes 30 premiers jours",
            "function_ids": [(6, 0, (cls.functions["mayor"] | cls.functions["councillor"]).ids)],
            "step_ids": [
                (0, 0, {"name": "Bienvenue", "kind": "word", "day": 0, "text": "Bonjour."}),
                (0, 0, {"name": "Lire", "kind": "guide", "day": 0, "guide_id": guide.id}),
                (0, 0, {"name": "Rencontrer", "kind": "people", "day": 3}),
                (0, 0, {"name": "Le quiz", "kind": "quiz", "day": 10, "survey_id": quiz.id}),
            ],
        }
    )
    path.action_switch_on()
    # The mandate of the mayor is an old one, which would begin no path.
    follow = cls.env["commune.path.progress"].create(
        {
            "path_id": path.id,
            "mandate_id": cls.mandate_a.id,
            "partner_id": cls.portal_a.partner_id.id,
            "commune_id": cls.commune_a.id,
            "date_start": cls.today,
            "line_ids": [
                (0, 0, {"step_id": step.id, "date_due": cls.today}) for step in path.step_ids
            ],
        }
    )
    booklet = cls.env["commune.booklet"].create(
        {"name": "Livret d’essai", "line_ids": [(0, 0, {"guide_id": guide.id})]}
    )
    booklet.action_offer()
    copy = cls.env["commune.booklet.copy"].create(
        {
            "booklet_id": booklet.id,
            "commune_id": cls.commune_a.id,
            "fingerprint": "0",
            "date": cls.today,
        }
    )
    return {
        "path": path,
        "path_step": path.step_ids[0],
        "path_follow": follow,
        "path_line": follow.line_ids[0],
        "path_guide": guide,
        "path_quiz": quiz,
        "booklet": booklet,
        "booklet_line": booklet.line_ids,
        "booklet_copy": copy,
    }
