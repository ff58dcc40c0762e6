"""An item that annuls or changes a text, and things that cite it in many ways."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command

from ..common import CommuneCase

ARTICLE = "CGCT, art. L. 5211-4-2"


def get_impact_records(case):
    """An item distributed to small communes, its day, a reading, a review, for the table of
    rights."""
    item = case.env["commune.watch.item"].create(
        {
            "name": "Petites communes : nouvelle règle",
            "kind": "changed",
            "population_max": 1000,
            "deadline_ids": [
                Command.create({"date": case.today + timedelta(days=90), "name": "Délibérer"})
            ],
        }
    )
    distribute(item)
    item._log_view(case.commune_b, case.portal_b.partner_id)
    answer = case.env["commune.canned.answer"].create({"name": "Essai", "body": "<p>Texte</p>"})
    made = item._make_reviews({("commune.canned.answer", answer.id): ("topic", "Sujet")})
    return {
        "watch_small": item,
        "watch_deadline": item.deadline_ids,
        "watch_view": item.view_ids,
        "review": made,
    }


def make_item(env, name, **values):
    """An item that was analysed."""
    return env["commune.watch.item"].create(
        {
            "name": name,
            "kind": "law",
            "change_text": "Ce qui change.",
            "who_text": "Les communes.",
            "action_text": "Délibérer.",
            **values,
        }
    )


def distribute(items):
    """As if a colleague had read and distributed them."""
    items.sudo().write({"state": "distributed", "validated_date": fields.Datetime.now()})


class ImpactCase(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.family = cls.env["commune.topic"].create({"code": "ESS", "name": "Urbanisme d’essai"})
        cls.topic, cls.other = cls.env["commune.topic"].create(
            [
                {"code": "ESS-PLA", "name": "Planification", "parent_id": cls.family.id},
                {"code": "ESS-ADS", "name": "Autorisations", "parent_id": cls.family.id},
            ]
        )
        cls.item = cls._make_item(legal_text=ARTICLE)

    @classmethod
    def _make_item(cls, **values):
        return cls.env["commune.watch.item"].create(
            {
                "name": "Annulation de l’article sur les services communs",
                "kind": "cancelled",
                "change_text": "Le service commun n’a plus de base.",
                "who_text": "Toutes les communes.",
                "action_text": "Relire les conventions.",
                "date_effect": "2027-01-01",
                **values,
            }
        )

    @classmethod
    def _make_guide(cls, body, topic=None, **values):
        return cls.env["commune.guide"].create(
            {
                "name": "Guide d’essai",
                "body": f"<p>{body}</p>",
                "topic_ids": [Command.set((topic or cls.other).ids)],
                "user_id": cls.referent.id,
                **values,
            }
        )

    def _find(self, item=None):
        """{model: ids} of what the item touches."""
        found = {}
        for model, thing_id in (item or self.item)._find_touched():
            found.setdefault(model, set()).add(thing_id)
        return found
