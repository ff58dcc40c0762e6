"""Each example of docs/api.md, read from it and played with a key of the account that it names."""

import json
import re
import shlex
from datetime import timedelta
from pathlib import Path
from string import Template
from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .requests.portal_request_case import PortalRequestCase

PAGE = (Path(__file__).parents[1] / "docs" / "api.md").read_text(encoding="utf-8")
SECTIONS = dict(part.split("\n", 1) for part in PAGE.split("\n## ")[1:])
IN_FRENCH = {"lang": "fr_FR"}
MODULE = "commune_relations"
# Models of Odoo whose records a person of a commune makes on our pages.
OTHERS = {
    "agreement",
    "calendar.event",
    "event.registration",
    "helpdesk.ticket",
    "mail.group.member",
    "mailing.contact",
    "mailing.subscription",
    "rating.rating",
    "res.partner",
    "survey.user_input",
    "survey.user_input.line",
}


@tagged("post_install", "-at_install")
class TestApiDocs(PortalRequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")

    def _key(self, user):
        end = fields.Datetime.now() + timedelta(days=1)
        return self.env["res.users.apikeys"].with_user(user).sudo()._generate("rpc", "essai", end)

    @mute_logger("odoo.http")
    def _call(self, user, path, body):
        return self.url_open(
            f"/json/2/{path}",
            data=json.dumps(body),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"bearer {self._key(user)}",
            },
        )

    def _curl(self, section, user, **values):
        """The answer to the command of a section."""
        [shell] = re.findall(r"```sh\n(curl .*?)```", SECTIONS[section], re.DOTALL)
        command, body = shell.split("<<JSON\n")
        words = shlex.split(command.replace("\\\n", ""))
        self.assertEqual(words[:2], ["curl", "-s"])
        self.assertEqual(words[3::2], ["-H", "-H", "-d"])
        self.assertEqual(words[4], "Authorization: bearer $KEY")
        self.assertTrue(body.endswith("\nJSON\n"))
        sent = json.loads(Template(body.removesuffix("JSON\n")).substitute(values))
        self.assertEqual(sent["context"], IN_FRENCH)
        return self._call(user, words[2].removeprefix("$ODOO/json/2/"), sent)

    def _python(self, user):
        """What the Python of the page holds once all of it has run."""

        def post(url, headers, json, timeout):
            self.assertEqual(headers, {"Authorization": "bearer clé"})
            answer = self._call(user, url.removeprefix("https://essai/json/2/"), json)
            return SimpleNamespace(ok=answer.ok, json=answer.json)

        code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
        names = {}
        with (
            patch("requests.post", post),
            patch.dict("os.environ", {"ODOO": "https://essai", "KEY": "clé"}),
        ):
            exec(compile(code, "docs/api.md", "exec"), names)
        return names

    def test_every_example_is_played(self):
        self.assertEqual(PAGE.count("```sh\ncurl"), 4)
        self.assertEqual(PAGE.count("```python"), 2)

    def test_the_communes_by_curl_and_by_python(self):
        found = {
            one["insee_code"]: one for one in self._curl("Lister les communes", self.reader).json()
        }
        for commune in self.commune_a | self.commune_b:
            one = found[commune.insee_code]
            self.assertEqual(one["name"], commune.name)
            self.assertEqual(one["population"], commune.population)
        self.env["commune.replacement.statement"].create(
            {
                "commune_id": self.commune_a.id,
                "date_start": "2026-01-01",
                "date_end": "2026-01-31",
            }
        )
        names = self._python(self.reader)
        self.assertLessEqual(set(found), {one["insee_code"] for one in names["communes"]})
        [statement] = names["statements"]
        self.assertEqual(statement["commune_id"], [self.commune_a.id, self.commune_a.display_name])
        self.assertEqual(statement["amount_total"], 0)

    def test_a_mayor_s_software_files_a_request_and_follows_it(self):
        answer = self._curl("Déposer une demande", self.portal_a, COMMUNE=self.commune_a.id)
        self.assertEqual(answer.status_code, 200, answer.text)
        [number] = answer.json()
        ticket = self.env["helpdesk.ticket"].browse(number)
        self.assertEqual(ticket.partner_id, self.portal_a.partner_id)
        self.assertEqual((ticket.commune_id, ticket.priority), (self.commune_a, "2"))
        self.assertEqual(ticket.place, "12 rue de la Gare")
        self.assertIn("nid de poule", str(ticket.description))
        self.assertTrue(ticket.team_id)
        for user in (self.portal_a, self.reader):
            [seen] = self._curl("Suivre une demande", user, REQUEST=number).json()
            self.assertEqual((seen["number"], seen["stage_kind"]), (ticket.number, "received"))
            self.assertTrue(seen["promised_date"])
        refused = self._curl("Suivre une demande", self.portal_b, REQUEST=number)
        self.assertEqual(refused.status_code, 403)

    def test_what_is_refused_is_refused_in_french_and_takes_no_number(self):
        sequence = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        filed = {"commune_id": self.commune_a.id, "description": "Un trou."}
        following = self.env["ir.sequence"]._next_of_year(sequence.code)
        for user, values, code, sentence in (
            (self.portal_b, filed, 403, "ni mandat ni fonction"),
            (self.portal_a, {**filed, "description": " "}, 422, "Écrivez votre question"),
            (self.portal_a, {**filed, "user_id": 2}, 403, "commune_id, description, name"),
            (self.portal_a, {"description": "Un trou."}, 403, "autorisé"),
            (self.reader, filed, 403, "autorisé"),
        ):
            body = {"context": IN_FRENCH, "vals_list": [values]}
            answer = self._call(user, "helpdesk.ticket/create", body)
            with self.subTest(user=user.login, values=values):
                self.assertEqual(answer.status_code, code)
                self.assertIn(sentence, answer.json()["message"])
        after = self.env["ir.sequence"]._next_of_year(sequence.code)
        drawn = [int(re.findall(r"\d+", number)[-1]) for number in (following, after)]
        self.assertEqual(drawn[1] - drawn[0], 1)

    def test_a_key_of_the_portal_makes_and_changes_nothing_else(self):
        """Answers, registrations, replacements and hours pass by the pages: a program gets a
        refusal, before anything is looked at."""
        survey = self.env["survey.survey"].create({"title": "Un avis"})
        known = {"commune_id": self.commune_a.id, "survey_id": survey.id}
        for model in self.env.values():
            managed = model._original_module == MODULE
            if (managed or model._name in OTHERS) and model._auto and not model._abstract:
                filed = model._name == "helpdesk.ticket"
                values = {name: known[name] for name in known if name in model._fields}
                body = {"context": IN_FRENCH, "vals_list": [{} if filed else values]}
                self.assertRefused(self.portal_a, f"{model._name}/create", body)
                found = model.with_user(self.portal_a)
                record = found.has_access("read") and found.search([], limit=1)
                if record and not filed:
                    body = {"context": IN_FRENCH, "ids": record.ids}
                    for method, more in (("write", {"vals": {}}), ("unlink", {})):
                        path = f"{model._name}/{method}"
                        self.assertRefused(self.portal_a, path, {**body, **more})

    def assertRefused(self, user, path, body):
        with self.subTest(path=path, body=body):
            answer = self._call(user, path, body)
            # 422: a read-only step, for every user
            self.assertIn(answer.status_code, (403, 422), answer.text)
            self.assertRegex(answer.json()["message"], "[éèêà]")

    def test_a_program_is_notified_that_a_request_has_changed(self):
        model = self.env["ir.model"]._get("helpdesk.ticket")
        sent = model.field_id.filtered(lambda field: field.name in ("number", "stage_kind"))
        admin = self.env.ref("base.user_admin")
        answer = self._curl(
            "Être prévenu d’un changement", admin, MODEL=model.id, FIELDS=str(sent.ids)
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        ticket = self._request()
        action = self.env["ir.actions.server"].browse(answer.json())
        with patch("requests.post") as post:
            action.with_context(active_model=ticket._name, active_id=ticket.id).run()
            self.env.cr.postcommit.run()
        [url] = post.call_args.args
        self.assertEqual(url, "https://logiciel.exemple.fr/avis")
        payload = json.loads(post.call_args.kwargs["data"])
        self.assertEqual((payload["_model"], payload["_id"]), ("helpdesk.ticket", ticket.id))
        self.assertEqual((payload["number"], payload["stage_kind"]), (ticket.number, "received"))
