"""Who learns what of a case, by every channel: the persons outside it, the persons in it."""

from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .incident_case import SECRET, IncidentCase

MODELS = (
    "commune.replacement.incident",
    "commune.replacement.incident.party",
    "commune.replacement.incident.interview",
    "commune.replacement.incident.event",
)


@tagged("post_install", "-at_install")
class TestIncidentSecrecy(IncidentCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.case = self._open_case(severity="3")
        self.case.party_ids.action_notify()
        self.env.flush_all()

    def _all(self, model):
        return self.env[model].sudo().search([("id", ">", 0)])

    def _count(self, model, user):
        try:
            return self.env[model].with_user(user).search_count([])
        except AccessError:
            return 0

    def test_nobody_outside_reads_searches_counts_or_exports(self):
        for who in self.outsiders:
            user = getattr(self, who)
            for model in MODELS:
                records = self._all(model).with_user(user)
                self.assertTrue(records)
                with self.subTest(who=who, model=model):
                    self.assertEqual(self._count(model, user), 0)
                    for call in (
                        lambda r=records: r.read(),
                        lambda r=records: r.read(["display_name"]),
                        lambda r=records: r.export_data(["id", "display_name"]),
                        lambda r=records: r.web_read({"display_name": {}}),
                    ):
                        records.invalidate_recordset()
                        with self.assertRaises(UserError):  # of access, or of exports
                            call()
                    for call in (
                        lambda r=records: r.name_search(""),
                        lambda r=records: r.search_read([], ["id"]),
                        lambda r=records: [
                            row
                            for row in r.formatted_read_group([], [], ["__count"])
                            if row["__count"]
                        ],
                    ):
                        try:
                            self.assertFalse(call())
                        except AccessError:
                            continue

    def test_nobody_outside_finds_a_word_of_it_through_what_they_may_read(self):
        """Letters, messages, files, things to do, the journal of letters: all of them, searched."""
        for who in (*self.outsiders, "portal_a_limited", "portal_a", "agent_user"):
            user = getattr(self, who)
            for model, names in (
                ("mail.message", ("body", "subject")),
                ("mail.activity", ("summary", "note")),
                ("ir.attachment", ("name", "index_content")),
                ("commune.letter.delivery", ("subject",)),
                ("mail.notification", ()),
            ):
                with self.subTest(who=who, model=model):
                    try:
                        found = self.env[model].with_user(user).search([])
                    except AccessError:
                        continue
                    name = "res_model" if "res_model" in self.env[model]._fields else "model"
                    if name in self.env[model]._fields:
                        about = found.sudo().filtered(lambda one, n=name: one[n] in MODELS)
                        own = user.partner_id
                        if model == "mail.message":  # the letter that one received
                            about = about.filtered(lambda m, p=own: p not in m.partner_ids)
                        self.assertFalse(about)
                    for record in found.sudo():
                        for field in names:
                            self.assertNotIn(SECRET, str(record[field] or ""))

    def test_the_letters_mention_an_incident_and_nothing_else(self):
        mails = self.env["mail.mail"].search([("model", "=", MODELS[1])])
        self.assertEqual(
            mails.recipient_ids,
            self.portal_a.partner_id
            | self.agent_user.partner_id
            | self.case.party_ids.partner_id.filtered("email"),
        )
        for mail in mails:
            for word in (SECRET, "Aubrive", self.case.name, "Désaccord", "disagreement"):
                self.assertNotIn(word, f"{mail.subject} {mail.body_html}")
        for kind in ("officer", "coordinator", "manager"):
            deliveries = (
                self.env["commune.letter.delivery"].with_user(getattr(self, kind)).search([])
            )
            self.assertNotIn(MODELS[1], deliveries.mapped("res_model"))

    def test_each_person_named_reads_what_the_role_opens_and_no_more(self):
        interviews = self.case.interview_ids
        expected = {  # cases, parties, interviews, lines of the timeline
            "portal_a": (0, 1, 1, 0),
            "agent_user": (0, 1, 1, 0),
            "portal_a_limited": (0, 1, 0, 0),
            "employee": (1, 4, 2, len(self.case.sudo().event_ids)),
            "coordinator": (1, 4, 2, len(self.case.sudo().event_ids)),
            "manager": (1, 4, 2, len(self.case.sudo().event_ids)),
        }
        for who, counts in expected.items():
            with self.subTest(who=who):
                user = getattr(self, who)
                self.assertEqual(tuple(self._count(model, user) for model in MODELS), counts)
        own = interviews.with_user(self.portal_a).search([])
        self.assertIn("reporter", own.summary)
        for who in ("portal_a", "agent_user", "employee"):
            one = interviews.with_user(getattr(self, who)).search([], limit=1)
            with self.assertRaises(AccessError):
                one.read(["note"])
        with self.assertRaises(AccessError):
            self.case.with_user(self.employee).write({"facts": "Autre"})
        with self.assertRaises(AccessError):
            own.write({"summary": "Autre"})

    def test_a_coordinator_whom_it_concerns_does_not_read_it(self):
        for who in ("coordinator", "manager"):
            user = getattr(self, who)
            party = self.case.party_ids.sudo().create(
                {
                    "incident_id": self.case.id,
                    "partner_id": user.partner_id.id,
                    "role": "concerned",
                }
            )
            self.env.invalidate_all()
            with self.subTest(who=who):
                self.assertEqual(tuple(self._count(model, user) for model in MODELS), (0, 0, 0, 0))
                with self.assertRaises(AccessError):
                    self.case.with_user(user).read(["facts"])
            party.unlink()
            self.env.invalidate_all()
            self.assertEqual(self._count(MODELS[0], user), 1)

    def test_a_reader_groups_by_nothing_that_a_case_says(self):
        for name in ("facts", "quotes", "analysis", "closing_note"):
            with self.assertRaises(AccessError):
                self.cases.with_user(self.coordinator).formatted_read_group([], [name], ["__count"])

    def test_no_relation_of_a_readable_record_leads_into_a_case(self):
        """Letter after letter, a search through a path would reveal the text."""
        for model, user in (
            ("commune.replacement.mission", self.officer),
            ("commune.replacement.mission", self.portal_a),
            ("res.partner", self.officer),
            ("res.partner", self.portal_a),
            ("res.users", self.employee),
        ):
            for name, field in self.env[model]._fields.items():
                if field.comodel_name in MODELS:
                    with self.subTest(model=model, field=name), self.assertRaises(AccessError):
                        self.env[model].with_user(user).search([(f"{name}.id", ">", 0)])

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_programs_are_refused_too(self):
        """JSON-2, with a key of one's own; files, by their address."""
        file = self.env["ir.attachment"].create(
            {
                "name": "preuve.txt",
                "raw": SECRET.encode(),
                "res_model": MODELS[0],
                "res_id": self.case.id,
            }
        )
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        for who in ("officer", "reader", "employee"):
            user = getattr(self, who)
            key = self.env["res.users.apikeys"].with_user(user)._generate("rpc", "essai", tomorrow)
            for method, body in (
                ("search_read", {"domain": [], "fields": ["facts"]}),
                ("read", {"ids": self.case.ids, "fields": ["facts"]}),
            ):
                answer = self.url_open(
                    f"/json/2/{MODELS[0]}/{method}",
                    json=body,
                    headers={"Authorization": f"bearer {key}"},
                )
                with self.subTest(who=who, method=method):
                    self.assertEqual("phyrin" in answer.text, who == "employee")  # who mediates
        for login in ("test_mayor_a", "test_mayor_b", "test_nadia"):
            self.authenticate(login, login)
            page = self.url_open(f"/web/content/{file.id}")
            self.assertNotIn("phyrin", page.text)
            self.assertIn(page.status_code, (403, 404))
            self.assertNotIn("phyrin", self.url_open("/my").text)

    def test_the_page_of_each_person_shows_one_s_own_interviews(self):
        for login, own, other in (
            ("test_mayor_a", "reporter", "concerned"),
            ("test_nadia", "concerned", "reporter"),
        ):
            self.authenticate(login, login)
            page = self.url_open("/my/difficulties").text
            self.assertIn(f"Entretien {own}", page)
            self.assertNotIn(f"Entretien {other}", page)
            for word in ("Faits", "Analyse", "Note :"):
                self.assertNotIn(word, page)
        for login in ("test_mayor_b", "test_karim"):
            self.authenticate(login, login)
            page = self.url_open("/my/difficulties").text
            self.assertNotIn(SECRET, page)
            self.assertNotIn(self.case.name, page)

    def test_a_report_of_the_portal_passes_by_nobody_of_the_commune(self):
        before = self.env["mail.mail"].search([])
        self.authenticate("test_councillor_a", "test_councillor_a")
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "kind": "tension",
            "about": "elected",
            "facts": f"Le maire {SECRET}",
            "commune_id": self.commune_b.id,
        }
        answer = self.url_open("/my/difficulties/new", data=data)
        self.assertEqual(answer.status_code, 200)
        case = self.cases.search([("facts", "=", f"Le maire {SECRET}")])
        self.assertEqual((case.source, case.commune_id), ("commune", self.commune_a))
        self.assertEqual(case.party_ids.mapped("role"), ["reporter"])
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(mails.recipient_ids, case.user_id.partner_id)
        self.assertEqual(self._count(MODELS[0], self.portal_a), 0)
        self.assertEqual(self._count(MODELS[1], self.portal_a), 1)  # that of the other case

    def test_an_agent_reports_before_the_first_mission(self):
        self.env.company.incident_acknowledge_hours = 36
        self.authenticate("test_karim", "test_karim")
        self.assertEqual(self.url_open("/my/difficulties").status_code, 200)
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "kind": "other",
            "about": "other",
            "facts": "Pas encore de mission",
        }
        page = self.url_open("/my/difficulties/new", data=data)
        self.assertIn("sous <span>36</span> heures", " ".join(page.text.split()))
        case = self.cases.search([("facts", "=", "Pas encore de mission")])
        self.assertEqual((case.source, case.employee_id), ("agent", self.karim))
        self.assertFalse(case.commune_id)

    def test_an_agent_reports_the_coordination_past_it(self):
        mission = self._mission()
        mission.sudo().user_id = self.coordinator
        self.authenticate("test_nadia", "test_nadia")
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "kind": "overload",
            "about": "service",
            "facts": "Trop de communes",
            "mission_id": mission.id,
        }
        self.url_open("/my/difficulties/new", data=data)
        case = self.cases.search([("facts", "=", "Trop de communes")])
        self.assertEqual((case.source, case.employee_id), ("agent", self.nadia))
        self.assertNotEqual(case.user_id, self.coordinator)
        self.assertTrue(case.user_id.has_group("commune_relations.group_manager"))
        with self.assertRaises(AccessError):
            case.with_user(self.coordinator).read(["facts"])
