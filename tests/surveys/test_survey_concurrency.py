"""Two persons validate two answers of a commune at the same moment: one official answer.

The transactions overlap: each has its own connection and started before the other's commit.
"""

from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service import model as service
from odoo.sql_db import db_connect
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from .survey_case import SurveyCase, create_questionnaire

CODE = "57999"
QUIET = {"tracking_disable": True, "mail_create_nolog": True, "mail_create_nosubscribe": True}


@tagged("post_install", "-at_install")
class TestSurveyConcurrency(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self._clean)
        env = self._open()
        self._create_data(env)
        env.cr.commit()

    def _open(self):
        cursor = db_connect(get_db_name()).cursor()
        self.addCleanup(cursor.close)
        return api.Environment(cursor, SUPERUSER_ID, QUIET)

    def _create_data(self, env):
        Partner = env["res.partner"]
        commune = Partner.create(
            {
                "name": "Simultané",
                "is_company": True,
                "is_commune": True,
                "insee_code": CODE,
                "siren": "215700999",
                "population": 500,
            }
        )
        persons = Partner.create([{"name": name} for name in ("Ada PREMIER", "Zoé SECOND")])
        functions = env["commune.function"]._by_code()
        env["commune.mandate"].create(
            [
                {
                    "partner_id": person.id,
                    "commune_id": commune.id,
                    "function_id": functions[code].id,
                    "date_start": "2020-03-15",
                }
                for person, code in zip(persons, ("mayor", "town_hall_secretary"), strict=True)
            ]
        )
        survey = create_questionnaire(env, "Simultané")
        campaign = env["commune.survey.campaign"].create(
            {
                "name": "Simultané",
                "survey_id": survey.id,
                "state": "open",
                "date_end": env.company._get_today() + timedelta(days=9),
            }
        )
        target = env["commune.survey.target"].create(
            {"campaign_id": campaign.id, "commune_id": commune.id}
        )
        drafts = [SurveyCase._fill(target._prepare(person)) for person in persons]
        self.target_id, self.person_ids = target.id, persons.ids
        self.draft_ids = [draft.id for draft in drafts]
        self.rows = [
            ("survey_user_input", self.draft_ids),
            ("commune_survey_campaign", campaign.ids),
            ("survey_survey", survey.ids),
            ("commune_mandate", commune.mandate_ids.ids),
            ("res_partner", [*persons.ids, commune.id]),
        ]

    def _clean(self):
        env = self._open()
        env.cr.execute(
            SQL(
                "DELETE FROM mail_message WHERE model = 'commune.survey.target' AND res_id = %s",
                self.target_id,
            )
        )
        for table, ids in self.rows:
            env.cr.execute(
                SQL("DELETE FROM %s WHERE id = ANY(%s)", SQL.identifier(table), list(ids))
            )
        env.cr.commit()

    def _validate(self, env, which):
        target = env["commune.survey.target"].browse(self.target_id)
        draft = env["survey.user_input"].browse(self.draft_ids[which])
        person = env["res.partner"].browse(self.person_ids[which])
        target._validate(draft, person)

    def _start(self, env):
        """Begin a transaction that sees no official answer."""
        target = env["commune.survey.target"].browse(self.target_id)
        self.assertFalse(target.official_id)

    def _official(self):
        env = self._open()
        return env["survey.user_input"].search(
            [("commune_target_id", "=", self.target_id), ("is_official", "=", True)]
        )

    def test_the_first_counts_and_the_second_learns_who(self):
        first, second = self._open(), self._open()
        self._start(first)
        self._start(second)
        self._validate(first, 0)
        first.cr.commit()
        with (
            mute_logger("odoo.sql_db"),
            patch.object(service.random, "uniform", return_value=0.0),
            self.assertRaisesRegex(UserError, "Ada PREMIER"),
        ):
            service.retrying(lambda: self._validate(second, 1), second)
        second.cr.rollback()
        self.assertEqual(self._official().ids, self.draft_ids[:1])

    def test_the_index_alone_would_be_enough(self):
        first, second = self._open(), self._open()
        self._start(first)
        self._start(second)
        self._validate(first, 0)
        first.cr.commit()
        Target = self.registry["commune.survey.target"]
        with (
            mute_logger("odoo.sql_db"),
            patch.object(Target, "_lock", lambda target: None),
            self.assertRaisesRegex(UserError, "same moment"),
        ):
            self._validate(second, 1)
        second.cr.rollback()
        self.assertEqual(self._official().ids, self.draft_ids[:1])
