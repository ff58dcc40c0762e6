"""Guides of every kind, for the elected of large communes, for the secretaries of small ones."""


def get_guide_records(cls):
    """Records about guides, for the tests of access; owned by the officer by default."""
    guides = cls.env["commune.guide"].with_user(cls.officer)
    elected, heads, law, everyone = guides.create(
        [
            {
                "name": "Nids de poule : qui répare, et quand",
                "summary": "Sur quelle route, sous quel délai",
                "body": "<p>Sur la voirie d’intérêt communautaire, sous dix jours.</p>",
                "for_dgs": False,
                "for_staff": False,
                "population_min": 3500,
            },
            {
                "name": "Préparer un conseil municipal",
                "for_elected": False,
                "for_staff": False,
                "population_max": 1000,
            },
            {"name": "Le droit local des cultes", "local_law": "general"},
            {"name": "Bienvenue aux élus"},
        ]
    )
    (elected | heads | law | everyone).action_publish()
    draft = guides.create({"name": "Déchets : qui fait quoi", "user_id": cls.referent.id})
    elected._log_view(cls.commune_a, cls.portal_a.partner_id)
    elected.sudo()._give_opinion(cls.commune_a, cls.portal_a.partner_id, True)
    searches = cls.env["commune.guide.search"]
    searches._log_missed("Composteur partagé")
    search = searches.search([("words", "=", "Composteur partagé")])
    search.user_id = cls.officer
    return {
        "guide_elected_large": elected.with_env(cls.env),
        "guide_heads_small": heads.with_env(cls.env),
        "guide_general_law": law.with_env(cls.env),
        "guide_everyone": everyone.with_env(cls.env),
        "guide_draft_referent": draft.with_env(cls.env),
        "guide_version": elected.version_ids.with_env(cls.env),
        "guide_view": elected.with_env(cls.env).view_ids,
        "guide_opinion": cls.env["commune.guide.opinion"].search([("guide_id", "=", elected.id)]),
        "guide_search": search,
    }
