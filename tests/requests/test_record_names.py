"""Models of Odoo that name any record, from a model and a number that people type: anyone who does
not read a record learns its name from none of them."""

import base64
from contextlib import suppress

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .test_helpdesk_access import HelpdeskAccessCase


@tagged("post_install", "-at_install")
class TestRecordNames(HelpdeskAccessCase):
    def setUp(self):
        super().setUp()
        self.client = self.env["res.partner"].create({"name": "Client"})
        self.unread = self._create_unread()
        for record in self.unread:
            self.assertIn("Secret", record.display_name)
            self.assertFalse(record.with_user(self.employee).has_access("read"), record)

    def _create_unread(self):
        """Records closed to a person without role: the addon's, and Odoo's about them."""
        commitment = self.env["commune.commitment"].create(
            {"name": "Secret du maire", "commune_id": self.commune_a.id, "due_date": "2037-03-01"}
        )
        event = self.env["event.event"].create(
            {
                "name": "Conférence",
                "date_begin": "2027-03-01 08:00:00",
                "date_end": "2027-03-01 10:00:00",
            }
        )
        survey = self.env["survey.survey"].create({"title": "Secret de l’enquête"})
        activity = commitment.activity_schedule(
            "mail.mail_activity_data_todo", summary="Secret à faire", user_id=self.officer.id
        )
        return (
            self._request(name="Secret de la demande", confidentiality="perso"),
            commitment,
            commitment.message_post(body="x", subject="Secret du message"),
            activity,
            self.env["event.registration"].create({"event_id": event.id, "name": "Secret"}),
            survey,
        )

    def _get_model(self, record):
        return self.env["ir.model"]._get_id(record._name)

    def _call(self, model, method, *args, **kwargs):
        """A person without role, in a request of its own; refusals are welcome."""
        self.env.flush_all()
        self.env.invalidate_all()
        with mute_logger("odoo.addons.base.models.ir_model", "odoo.sql_db"):
            try:
                with self.env.cr.savepoint():
                    user = self.env[model].with_user(self.employee)
                    return call_kw(user, method, list(args), kwargs)
            except (AccessError, IntegrityError):
                return "refused"

    def _read_all(self, model, number, names):
        """All the content of a record, by each way of reading it."""
        own = ["id", "=", number]
        shown = [
            self._call(model, "read", [number], [*names, "display_name"]),
            self._call(model, "web_read", [number], {name: {} for name in names}),
        ]
        for name in names:
            domain = [own, [name, "ilike", "secret"]]
            shown.append(self._call(model, "search_read", domain, [name]))
            shown.append(self._call(model, "formatted_read_group", [own], [name], ["__count"]))
        return str(shown)

    def _get_places(self, record):
        model = self._get_model(record)
        return (
            {"res_model_id": model, "res_id": record.id},
            {"res_model": record._name, "res_id": record.id},
            {"parent_res_model_id": model, "parent_res_id": record.id},
            {"parent_res_model": record._name, "parent_res_id": record.id},
        )

    def _rate(self, **values):
        place = {"res_model_id": self._get_model(self.client), "res_id": self.client.id}
        return self.env["rating.rating"].create({**place, "rating": 3, **values})

    def test_no_opinion_made_or_moved_there_says_the_name(self):
        names = ["res_name", "parent_res_name"]
        client = {"res_model_id": self._get_model(self.client), "res_id": self.client.id}
        for record in self.unread:
            for place in self._get_places(record):
                with self.subTest(record=record, place=place):
                    moved = self._rate()
                    answer = self._call("rating.rating", "write", [moved.id], place)
                    self.assertEqual(answer, "refused")
                    shown = self._read_all("rating.rating", moved.id, names)
                    self.assertIn("Client", shown)
                    self.assertNotIn("Secret", shown)
                    for start in (client, {"res_id": self.client.id}):
                        answer = self._call("rating.rating", "create", [{**start, **place}])
                        if answer != "refused":  # Odoo keeps its own parent and model of these
                            shown = self._read_all("rating.rating", answer[0], names)
                            self.assertNotIn("Secret", shown)

    def test_no_opinion_of_somebody_else_says_the_name(self):
        names = ["res_name", "parent_res_name"]
        for record in self.unread:
            first, _same, parent, _too = self._get_places(record)
            for place in (first, parent):
                with self.subTest(record=record, place=place):
                    rating = self._rate(**first)
                    rating.write(place)
                    self.assertIn("Secret", f"{rating.res_name} {rating.parent_res_name}")
                    self.assertNotIn("Secret", self._read_all("rating.rating", rating.id, names))
                    found = self._call("rating.rating", "search_count", [["id", "=", rating.id]])
                    self.assertEqual(found, 0)

    def test_no_opinion_takes_a_message_that_one_does_not_read(self):
        message = self.unread[2]
        rating = self._rate()
        answer = self._call("rating.rating", "write", [rating.id], {"message_id": message.id})
        self.assertEqual(answer, "refused")
        self.assertFalse(rating.message_id)

    def test_an_opinion_on_what_one_reads_is_read(self):
        other = self.env["res.partner"].create({"name": "Fournisseur"})
        for record, parent in ((self.client, other), (other, self.client)):
            place = {"res_model_id": self._get_model(record), "res_id": record.id}
            [made] = self._call("rating.rating", "create", [place])
            values = {"parent_res_model_id": self._get_model(parent), "parent_res_id": parent.id}
            self.assertTrue(self._call("rating.rating", "write", [made], values))
            [read] = self._call("rating.rating", "search_read", [["id", "=", made]])
            self.assertEqual(read["res_name"], record.display_name)
            self.assertEqual(read["parent_res_name"], parent.display_name)

    def test_nothing_to_do_moves_to_what_one_does_not_read(self):
        own = {"summary": "x", "user_id": self.employee.id}
        for record in self.unread:
            for place in self._get_places(record)[:2]:
                with self.subTest(record=record, place=place):
                    [made] = self._call("mail.activity", "create", [own])
                    answer = self._call("mail.activity", "write", [made], place)
                    self.assertEqual(answer, "refused")
                    shown = self._read_all("mail.activity", made, ["res_name"])
                    self.assertNotIn("Secret", shown)
                    answer = self._call("mail.activity", "create", [{**own, **place}])
                    self.assertEqual(answer, "refused")
        [made] = self._call("mail.activity", "create", [own])
        place = {"res_model_id": self._get_model(self.client), "res_id": self.client.id}
        self.assertTrue(self._call("mail.activity", "write", [made], place))
        self.assertIn("Client", self._read_all("mail.activity", made, ["res_name"]))

    def test_no_message_file_or_letter_says_the_name(self):
        """Odoo refuses these itself: a version of it that does not is seen here."""
        for record in self.unread:
            place = {"model": record._name, "res_id": record.id}
            file_place = {"res_model": record._name, "res_id": record.id}
            with self.subTest(record=record):
                [message] = self._call("mail.message", "create", [{"body": "x"}])
                self.assertEqual(self._call("mail.message", "write", [message], place), "refused")
                self.assertEqual(
                    self._call("mail.message", "create", [{"body": "x", **place}]), "refused"
                )
                [file] = self._call("ir.attachment", "create", [{"name": "x"}])
                self.assertEqual(
                    self._call("ir.attachment", "write", [file], file_place), "refused"
                )
                later = {"body": "x", "scheduled_date": "2037-01-01 10:00:00", **place}
                answer = self._call("mail.scheduled.message", "create", [later])
                self.assertEqual(answer, "refused")

    def test_no_letter_in_preparation_proposes_the_name(self):
        composers = "mail.compose.message"
        for record in self.unread:
            ids = {"model": record._name, "res_ids": str([record.id])}
            values = {**ids, "composition_mode": "comment"}
            with self.subTest(record=record):
                self.assertEqual(self._call(composers, "create", [values]), "refused")
                shown = self._call(composers, "onchange", [], values, [], {"subject": {}})
                self.assertNotIn("Secret", str(shown))
                named = {f"default_{name}": value for name, value in values.items()}
                shown = self._call(
                    composers, "onchange", [], {}, [], {"subject": {}}, context=named
                )
                self.assertNotIn("Secret", str(shown))
                [made] = self._call(composers, "create", [{"composition_mode": "comment"}])
                self._call(composers, "write", [made], values)
                self.assertNotIn("Secret", self._read_all(composers, made, ["subject"]))
        values = {"composition_mode": "comment", "parent_id": self.unread[2].id}
        self.assertEqual(self._call(composers, "create", [values]), "refused")
        values.pop("parent_id")
        values.update(model="res.partner", res_ids=str(self.client.ids))
        [made] = self._call(composers, "create", [values])
        self.assertIn("Client", self._read_all(composers, made, ["subject"]))

    def _call_as(self, user, model, method, *args, **kwargs):
        self.employee, employee = user, self.employee
        try:
            return str(self._call(model, method, *args, **kwargs))
        finally:
            self.employee = employee

    def _close_to_referent(self):
        """A confidential request of another team."""
        team = self.env["helpdesk.ticket.team"].create({"name": "RH", "serves_communes": True})
        self.unread[0].team_id = team
        return self.unread[0]

    def test_no_form_shows_the_name_of_a_request_to_which_it_links(self):
        secret = self._close_to_referent()
        colleague = self.referent
        own = self._request(name="Voirie", user_id=colleague.id)
        self.assertTrue(own.with_user(colleague).has_access("write"))
        self.assertFalse(secret.with_user(colleague).has_access("read"))
        spec = {"fields": {"display_name": {}}}
        for model, name in (
            ("helpdesk.ticket", "duplicate_id"),
            ("commune.request.reroute", "ticket_id"),
            ("commune.request.send.back", "ticket_id"),
        ):
            with self.subTest(model=model):
                named = {f"default_{name}": secret.id}
                for values, context in (({}, named), ({name: secret.id}, {})):
                    shown = self._call_as(
                        colleague, model, "onchange", [], values, [], {name: spec}, context=context
                    )
                    self.assertEqual(shown, "refused")
                shown = self._call_as(
                    colleague, model, "onchange", [], {name: own.id}, [], {name: spec}
                )
                self.assertIn("Voirie", shown)
                made = self._call_as(colleague, model, "create", [{name: secret.id}])
                self.assertEqual(made, "refused")
        shown = self._call_as(
            colleague, "helpdesk.ticket", "web_save", own.ids, {"duplicate_id": secret.id}, {}
        )
        self.assertEqual(shown, "refused")

    def test_no_line_being_typed_shows_the_name_of_a_request(self):
        own = self._request(name="Voirie", user_id=self.referent.id)
        spec = {"display_name": {}, "duplicate_id": {"fields": {"display_name": {}}}}
        for number, is_refused in ((self._close_to_referent().id, True), (own.id, False)):
            for command in (
                [0, "virtual_1", {"duplicate_id": number}],
                [4, number],
                [1, number, {"name": "x"}],
                [6, 0, [number]],
            ):
                with self.subTest(command=command):
                    shown = self._call_as(
                        self.referent,
                        "helpdesk.ticket",
                        "onchange",
                        own.ids,
                        {"duplicate_ids": [command]},
                        ["duplicate_ids"],
                        {"duplicate_ids": {"fields": spec}},
                    )
                    self.assertEqual(shown == "refused", is_refused)

    def test_a_ticket_that_is_no_request_is_linked_as_in_odoo(self):
        team = self.env["helpdesk.ticket.team"].create({"name": "Informatique"})
        stock = self.env["helpdesk.ticket"].create(
            {"name": "Écran", "description": "x", "team_id": team.id}
        )
        self.assertFalse(stock.with_user(self.referent).has_access("read"))
        shown = self._call_as(
            self.referent,
            "helpdesk.ticket",
            "onchange",
            [],
            {"duplicate_id": stock.id},
            [],
            {"duplicate_id": {"fields": {"display_name": {}}}},
        )
        self.assertIn("Écran", shown)

    def test_no_link_that_a_user_of_odoo_writes_names_a_record(self):
        """A manager of events has the right to write them, and fields of the addon with it."""
        user = new_test_user(
            self.env, "test_events", groups="base.group_user,event.group_event_manager"
        )
        survey = self.env["survey.survey"].create({"title": "À chaud"})
        answer = self.env["survey.user_input"].create({"survey_id": survey.id})
        person = self.unread[4]
        person.hot_input_id = answer
        event = person.event_id.with_user(user)
        body = self.env["commune.training.body"].create({"name": "Secret", "accreditation": "X"})
        links = (
            ("event.registration", "mandate_id", self.mandate_a),
            ("event.registration", "hot_input_id", answer),
            ("event.event", "body_id", body),
        )
        for model, name, record in links:
            with self.subTest(model=model, name=name):
                self.assertFalse(record.with_user(user).has_access("read"))
                values = {"event_id": event.id, "name": "Ève"}
                if model == "event.event":
                    values = event.copy_data()[0]
                [made] = self.env[model].with_user(user).create([dict(values)]).ids
                answered = self._call_as(user, model, "write", [made], {name: record.id})
                self.assertEqual(answered, "refused")
                answered = self._call_as(user, model, "create", [{**values, name: record.id}])
                self.assertEqual(answered, "refused")

    def _get_secrets(self):
        """Records that the employee does not read, and whose content says “Secret”, by model."""
        request = self.unread[0]
        secrets = {record._name: record for record in (*self.unread[:2], self.unread[3])}
        secrets["mail.message"] = request.message_post(body="Secret du texte", subject="Secret")
        secrets["ir.attachment"] = self.env["ir.attachment"].create(
            {
                "name": "Secret.txt",
                "raw": b"Secret du fichier",
                "res_model": request._name,
                "res_id": request.id,
            }
        )
        secrets["rating.rating"] = self._rate(
            res_model_id=self._get_model(request), res_id=request.id, feedback="Secret"
        )
        secrets["mail.mail"] = self.env["mail.mail"].create({"subject": "Secret"})
        for record in secrets.values():
            self.assertFalse(record.with_user(self.employee).has_access("read"), record)
        return secrets

    def _get_links(self, comodels):
        """Each link of each model of others to records of these models: (model, name, comodel)."""
        return [
            (name, field.name, field.comodel_name)
            for name, model in self.env.registry.items()
            if not model._abstract and not name.startswith("commune.")
            for field in model._fields.values()
            if field.type == "many2one" and field.comodel_name in comodels
        ]

    def test_no_form_of_odoo_shows_what_a_linked_record_holds(self):
        """What a related field reads as superuser of a message, a file, a thing to do, an opinion:
        every such link that the registry knows."""
        secrets = self._get_secrets()
        links = self._get_links(secrets)
        self.assertLessEqual(
            {
                ("mail.group.message", "mail_message_id", "mail.message"),
                ("snailmail.letter", "attachment_id", "ir.attachment"),
            },
            set(links),
        )
        hidden = base64.b64encode(b"Secret").decode()[:-1]
        for model, name, comodel in links:
            secret = secrets[comodel]
            spec = {
                field.name: {"fields": {"display_name": {}}} if field.type == "many2one" else {}
                for field in self.env[model]._fields.values()
            }
            for values, context in (
                ({name: secret.id}, {}),
                ({}, {f"default_{name}": secret.id}),
            ):
                changed = [name] if values else []
                with self.subTest(model=model, name=name, values=values):
                    with suppress(UserError, ValueError, KeyError, TypeError):
                        shown = self._call(
                            model, "onchange", [], values, changed, spec, context=context
                        )
                        self.assertNotRegex(str(shown), f"Secret|{hidden}")

    def test_no_form_shows_a_note_or_a_file_of_other_records_that_are_closed(self):
        """A survey, an absence, and what stays of a record that is gone."""
        survey, days = self.unread[5], {"date_from": "2037-03-01 08:00:00"}
        agent = self.env["hr.employee"].create({"name": "Secret", "is_replacement_agent": True})
        days |= {"date_to": "2037-03-02 08:00:00", "resource_id": agent.resource_id.id}
        absence = self.env["resource.calendar.leaves"].create({**days, "name": "Secret"})
        self.assertFalse(absence.with_user(self.employee).has_access("read"))
        gone = self._request(name="Secret d’avant").message_post(body="Secret d’avant")
        gone.sudo().res_id = 999_999_999
        files = self.env["ir.attachment"].create(
            [
                {"name": "Secret", "raw": b"x", "res_model": one._name, "res_id": one.id}
                for one in (survey, absence)
            ]
        )
        note = survey.message_post(body="Secret de l’enquête")
        forms = [("mail.group.message", "mail_message_id", one) for one in (note, gone)]
        forms += [("snailmail.letter", "attachment_id", one) for one in files]
        for model, name, record in forms:
            with self.subTest(record=record):
                spec = {"body": {}, "attachment_datas": {}, "attachment_fname": {}}
                spec = {one: {} for one in spec if one in self.env[model]._fields}
                answered = "refused"
                with suppress(MissingError):  # Odoo's own, about the record that is gone
                    answered = self._call(model, "onchange", [], {name: record.id}, [name], spec)
                self.assertEqual(answered, "refused")

    def test_what_is_noted_on_a_commune_is_not_guessed_by_a_search(self):
        self.commune_a.activity_schedule(
            "mail.mail_activity_data_todo",
            summary="Secret du secrétariat",
            note="Secret",
            user_id=self.officer.id,
        )
        place = ("id", "=", self.commune_a.id)
        for condition in (
            ("activity_ids.note", "ilike", "secr"),
            ("activity_ids", "any", [("summary", "ilike", "secr")]),
            ("activity_summary", "ilike", "secr"),
            ("activity_user_id", "=", self.officer.id),
            ("activity_type_id", "=", self.env.ref("mail.mail_activity_data_todo").id),
            ("activity_state", "in", ["today", "planned", "overdue"]),
            ("activity_date_deadline", ">", "2000-01-01"),
        ):
            with self.subTest(condition=condition):
                for user, count in ((self.employee, 0), (self.officer, 1)):
                    answered = self._call_as(
                        user, "res.partner", "search_count", [place, condition]
                    )
                    self.assertEqual(answered, str(count))

    def _follow(self, record, number):
        """Somebody of a commune follows this record; the follower."""
        person = self.env["res.partner"].create(
            {"name": f"Suiveuse {number}", "email": f"suiveuse{number}@mel.example"}
        )
        # As it was before the rights of the person ended.
        return self.env["mail.followers"].create(
            {"res_model": record._name, "res_id": record.id, "partner_id": person.id}
        )

    def _show_followers(self, record, followers):
        """Who follows a record, by each way of asking it."""
        names = ["name", "email", "partner_id", "display_name"]
        own = ["res_id", "=", record.id]
        places = (
            [own, ["res_model", "=", record._name]],
            ["|", ["res_model", "=", "res.partner"], own],
            [own, ["res_model", "in", ["res.partner", record._name]]],
            [own, ["res_model", "not in", ["res.partner"]]],
            [own, ["email", "ilike", "suiveuse"]],
            [["id", "in", followers.ids]],
        )
        shown = [self._call(record._name, "message_get_followers", [record.id])]
        shown += [self._call("mail.followers", "read", followers.ids, names)]
        shown += [self._call("mail.followers", "web_read", followers.ids, {"email": {}})]
        for place in places:
            shown.append(self._call("mail.followers", "search_read", place, names))
            groups = ["partner_id"], ["__count"]
            shown.append(self._call("mail.followers", "formatted_read_group", place, *groups))
        return str(shown)

    def test_who_does_not_read_a_record_does_not_read_who_follows_it(self):
        agent = self.env["hr.employee"].create(
            {"name": "Secret de l’agent", "is_replacement_agent": True}
        )
        agreement = self.env["agreement"].create(
            {"name": "Secret", "code": "SECRET", "commune_id": self.commune_a.id}
        )
        request, commitment = self.unread[:2]
        records = [request, commitment, agent, agreement]
        followers = [self._follow(record, number) for number, record in enumerate(records)]
        for record, follower in zip(records, followers, strict=True):
            with self.subTest(record=record):
                self.assertNotIn("uiveuse", self._show_followers(record, follower))
                self.assertFalse(follower.with_user(self.employee).has_access("read"))
        reader = self.env["mail.followers"].with_user(self.manager)
        seen = reader.search_fetch([("id", "in", [one.id for one in followers])], ["email"])
        self.assertIn("suiveuse0@mel.example", seen.mapped("email"))
        self.assertIn("suiveuse1@mel.example", seen.mapped("email"))
        self.assertIn(followers[0], request.with_user(self.manager).message_follower_ids)
        # A ticket of another team and an employee out of the pool are as Odoo has them.
        team = self.env["helpdesk.ticket.team"].create({"name": "Informatique"})
        others = (
            self.env["helpdesk.ticket"].create(
                {"name": "Écran", "description": "x", "team_id": team.id}
            ),
            self.env["hr.employee"].create({"name": "Collègue"}),
            self.client,
        )
        for number, record in enumerate(others, 10):
            follower = self._follow(record, number)
            with self.subTest(record=record):
                self.assertIn(f"suiveuse{number}@", self._show_followers(record, follower))
