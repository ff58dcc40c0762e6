"""Three communes, a questionnaire of each kind of question, a campaign that asks them."""

from datetime import timedelta

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase

from ..common import CommuneCase

EMAILS = {
    "portal_a": "anne.aubry@mel.example",
    "portal_a_limited": "luc@arnaud.example",
    "portal_b": "bruno.blanc@mel.example",
    "portal_both": "sophie.colin@mel.example",
}


def create_questionnaire(env, title="Besoins de formation"):
    """Pages: a choice (mandatory) and a number; several choices, a scale and a free text."""

    def choices(*values):
        return [Command.create({"value": value}) for value in values]

    questions = [
        {"title": "Vos besoins", "is_page": True},
        {
            "title": "Voulez-vous un service commun ?",
            "question_type": "simple_choice",
            "constr_mandatory": True,
            "suggested_answer_ids": choices("Oui", "Non"),
        },
        {"title": "Combien d’agents ?", "question_type": "numerical_box"},
        {"title": "Vos thèmes", "is_page": True},
        {
            "title": "Quels thèmes ?",
            "question_type": "multiple_choice",
            "suggested_answer_ids": choices("Budget", "Urbanisme", "État civil"),
        },
        {"title": "Votre satisfaction", "question_type": "scale"},
        {"title": "Des remarques ?", "question_type": "text_box"},
    ]
    return env["survey.survey"].create(
        {
            "title": title,
            "survey_type": "custom",
            "questions_layout": "page_per_section",
            "question_and_page_ids": [
                Command.create({**values, "sequence": number})
                for number, values in enumerate(questions, 1)
            ],
        }
    )


class SurveyCase(CommuneCase):
    """Aubrive (4,200 inhabitants) and Bellefontaine (640) as in `CommuneCase`, and Clairval
    (160), whose mayor has no account. The three together: 5,000 inhabitants."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        for name, email in EMAILS.items():
            getattr(cls, name).partner_id.write({"email": email, "lang": "fr_FR"})
        cls.commune_c = cls._commune("Clairval", "57903", 160, email="mairie@clairval.example")
        cls.mayor_c = cls.env["res.partner"].create(
            {"firstname": "Chloé", "lastname": "CARON", "civility": "mme", "lang": "fr_FR"}
        )
        cls._mandate(cls.mayor_c, cls.commune_c, "mayor")
        cls.survey = create_questionnaire(cls.env)
        cls.communes = cls.commune_a | cls.commune_b | cls.commune_c
        cls.campaign = cls._campaign()

    @classmethod
    def _commune(cls, name, code, population, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "is_commune": True,
                "insee_code": code,
                "siren": f"2157{code}",
                "population": population,
                "epci_id": cls.epci.id,
                **values,
            }
        )

    @classmethod
    def _campaign(cls, **values):
        return cls.env["commune.survey.campaign"].create(
            {
                "name": "Formation 2027",
                "survey_id": cls.survey.id,
                "date_end": cls.today + timedelta(days=20),
                "commune_ids": [Command.set(cls.communes.ids)],
                "user_id": cls.officer.id,
                "minimum_group": 1,
                **values,
            }
        )

    @classmethod
    def _target(cls, commune, campaign=None):
        campaign = campaign or cls.campaign
        return campaign.target_ids.filtered(lambda t: t.commune_id == commune)

    @classmethod
    def _question(cls, start, survey=None):
        found = (survey or cls.survey).question_ids.filtered(lambda q: q.title.startswith(start))
        found.ensure_one()
        return found

    @classmethod
    def _fill(cls, draft, shared="Oui", agents=2, themes=("Budget",), scale=7, remark=""):
        """The pages sent one after the other, as Odoo's own controller keeps them."""
        survey = draft.survey_id
        shared_question = cls._question("Voulez-vous", survey)
        themes_question = cls._question("Quels", survey)

        def ids(question, values):
            found = question.suggested_answer_ids.filtered(lambda c: c.value in values)
            return [str(choice.id) for choice in found]

        for question, answer in [
            (shared_question, ids(shared_question, (shared,))),
            (cls._question("Combien", survey), str(agents)),
            (themes_question, ids(themes_question, themes)),
            (cls._question("Votre satis", survey), str(scale)),
            (cls._question("Des rem", survey), remark),
        ]:
            draft._save_lines(question, answer, overwrite_existing=True)
        draft._mark_done()
        return draft

    @classmethod
    def _answer(cls, commune, preparer, validator, campaign=None, **values):
        """An official answer of a commune."""
        target = cls._target(commune, campaign)
        draft = cls._fill(target._prepare(preparer), **values)
        target._validate(draft, validator)
        return draft

    def _letters(self, person):
        person = person.partner_id if person._name == "res.users" else person
        return self.env["mail.mail"].search([("recipient_ids", "in", person.ids)]).sorted("id")


class SurveyHttpCase(SurveyCase, HttpCase):
    def _login(self, user):
        self.authenticate(user and user.login, user and user.login)

    def _post(self, path, allow_redirects=True, **data):
        data = {"csrf_token": http.Request.csrf_token(self), **data}
        return self.url_open(path, data=data, allow_redirects=allow_redirects)

    def _link(self, target, person):
        person = person.partner_id if person._name == "res.users" else person
        link = target.link_ids.filtered(lambda found: found.partner_id == person)
        return link._get_path()


def get_survey_records(case):
    """Records for the access matrix."""
    env = case.env
    survey = create_questionnaire(env, "Enquête (essai)")
    other = create_questionnaire(env, "Enquête de la maison (essai)")
    campaign = env["commune.survey.campaign"].create(
        {
            "name": "Campagne (essai)",
            "survey_id": survey.id,
            "date_end": case.today + timedelta(days=5),
            "commune_ids": [Command.set(case.commune_a.ids)],
        }
    )
    case.portal_a.partner_id.email = "anne.aubry@mel.example"
    campaign.action_open()
    target = campaign.target_ids
    draft = target._prepare(case.portal_a.partner_id)
    SurveyCase._fill.__func__(SurveyCase, draft)
    return {
        "survey_campaign": campaign,
        "survey_target": target,
        "survey_link": target.link_ids[:1],
        "survey_answer": draft,
        "survey_answer_line": draft.user_input_line_ids[:1],
        "survey_of_a_campaign": survey,
        "survey_of_the_organisation": other,
        "survey_notice": env["commune.survey.notice"].create(
            {
                "campaign_id": campaign.id,
                "kind": "results",
                "publication": 1,
                "partner_id": case.portal_a.partner_id.id,
                "target_ids": [Command.set(target.ids)],
            }
        ),
        "survey_action": env["commune.survey.action"].create(
            {"campaign_id": campaign.id, "name": "Une formation en mars"}
        ),
    }
