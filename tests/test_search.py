"""The one search: each kind, words typed wrong, numbers, and nothing that one may not read."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_access_matrix import AccessRecords

KINDS = {
    "commune": "res.partner",
    "person": "commune.mandate",
    "request": "helpdesk.ticket",
    "topic": "commune.topic",
    "event": "event.event",
    "decision": "commune.decision",
    "session": "commune.session",
    "committee": "commune.committee",
    "service": "commune.service",
    "agreement": "agreement",
    "guide": "commune.guide",
    "watch": "commune.watch.item",
}
TITLED = ("request", "topic", "event", "decision", "session", "committee", "service") + (
    "agreement",
    "guide",
    "watch",
)


@tagged("post_install", "-at_install")
class TestSearch(AccessRecords):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamps = cls._request("Lampadaires éteints rue Haute", cls.commune_a)
        cls.gutter = cls._request("Avaloir bouché", cls.commune_b)

    @classmethod
    def _request(cls, name, commune, **values):
        return cls.env["helpdesk.ticket"].create(
            {"name": name, "description": "<p>…</p>", "commune_id": commune.id, **values}
        )

    def _find(self, question, user=None):
        return self.env["commune.search"].with_user(user or self.manager).find(question)

    def _ids(self, question, kind, user=None):
        return [one["id"] for one in self._find(question, user) if one["kind"] == kind]

    def test_each_kind_is_found_by_its_title_and_opens(self):
        search = self.env["commune.search"].with_user(self.manager)
        self.assertEqual({kind for kind, _label in search.get_kinds()}, set(KINDS))
        for kind in TITLED:
            record = next(r for r in self.records.values() if r._name == KINDS[kind])[:1]
            title = "text" if kind == "decision" else "name"
            self.env.flush_all()
            column = "jsonb_build_object('en_US', %s)" if record._fields[title].translate else "%s"
            self.env.cr.execute(
                f"UPDATE {record._table} SET {title} = {column} WHERE id = %s",
                ["Kiosque à musique", record.id],
            )
            self.env.invalidate_all()
            for question in ("kiosques", "KIOSQUE", "musique kiosque", "kiosqe"):
                with self.subTest(kind=kind, question=question):
                    self.assertIn(record.id, self._ids(question, kind))
            action = search.open_found(kind, record.id)
            self.assertEqual((action["res_model"], action["res_id"]), (record._name, record.id))

    def test_the_kind_that_holds_what_was_asked_comes_first(self):
        """Else the order of the screen: communes, persons, requests…"""
        kinds = [kind for kind, _label in self.env["commune.search"].get_kinds()]
        event = self.records["event"].sudo()
        event.name = "Bellefontaine en fête"
        self.assertGreater(kinds.index("event"), kinds.index("request"))
        self._request("La fête est trop bruyante à Bellefontaine le soir", self.commune_b)
        self.env.flush_all()
        found = [one["kind"] for one in self._find("bellefontaine en fête")]
        self.assertLess(found.index("event"), found.index("request"))
        # The commune itself before all that is about it.
        self.assertEqual(self._find(self.commune_b.name)[0]["kind"], "commune")
        order = list(dict.fromkeys(one["kind"] for one in self._find("fête bellefontaine")))
        self.assertEqual(order, sorted(order, key=kinds.index))

    def test_communes_and_persons_by_name_and_function(self):
        self.assertEqual(self._ids("bellefontane", "commune"), self.commune_b.ids)
        mayor = self.portal_a.partner_id
        for question in ("maire d’Aubrive", "MAIRES AUBRIVE", mayor.name, "mairre aubrive"):
            with self.subTest(question=question):
                found = self._find(question)
                self.assertEqual(found[0]["kind"], "person")
                self.assertEqual(found[0]["id"], self.mandate_a.id)
                self.assertEqual(found[0]["title"], mayor.name)
        action = self.env["commune.search"].with_user(self.manager)
        action = action.open_found("person", self.mandate_a.id)
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", mayor.id))
        # Nobody holds the post: the commune itself, rather than nothing.
        self.assertEqual(
            [(one["kind"], one["id"]) for one in self._find("dgs de Bellefontaine")],
            [("commune", self.commune_b.id)],
        )
        former = self.portal_ended.partner_id.name
        self.assertNotIn(self.mandate_ended.id, self._ids(former, "person"))

    def test_requests_by_subject_commune_and_number(self):
        for question in ("lampadaire", "lampaderes", "éteint rue haute", "lampadaires aubrive"):
            with self.subTest(question=question):
                self.assertEqual(self._ids(question, "request"), self.lamps.ids)
        self.assertIn(self.gutter.id, self._ids("Bellefontaine", "request"))
        self.assertNotIn(self.lamps.id, self._ids("Bellefontaine", "request"))
        self.lamps.number = "D2026-00123"
        self.gutter.number = "D2026-01123"
        for question in ("2026-00123", "D2026-00123", "2026-123", "#123"):
            with self.subTest(question=question):
                found = self._find(question)
                self.assertEqual(
                    [(o["kind"], o["id"]) for o in found], [("request", self.lamps.id)]
                )

    def test_a_topic_is_found_by_the_beginning_of_any_of_its_keywords(self):
        topic = self.records["topic"].sudo()
        topic.keywords = "Zigomar, zigomars à fanfreluche ; l’Œuvrette d’art, vent ÉTÉSIEN"
        self.env.flush_all()
        for question in ("zigomar", "zigomars", "fanfreluches", "œuvrettes", "etesien"):
            with self.subTest(question=question):
                self.assertEqual(self._ids(question, "topic"), topic.ids)
        self.assertFalse(self._ids("igomar", "topic"))
        topic.keywords = False
        self.env.flush_all()
        self.assertFalse(self._ids("zigomar", "topic"))

    def test_the_reason_is_shown_when_the_title_lacks_it(self):
        why = {
            one["id"]: one["why"] for one in self._find("lampaderes") if one["kind"] == "request"
        }
        self.assertEqual(why, {self.lamps.id: "close to: lampaderes"})
        found = [one for one in self._find("lampadaire") if one["kind"] == "request"]
        self.assertEqual([one["why"] for one in found], [""])
        self.assertTrue(found[0]["detail"].startswith("Aubrive · "))

    def test_a_word_begins_after_any_sign_and_not_within_another(self):
        panel = self._request("Panne d’Éclairage_public (Saint-Julien)", self.commune_a)
        for question in ("éclairages", "public", "julien", "panne éclairage"):
            with self.subTest(question=question):
                self.assertEqual(self._ids(question, "request"), panel.ids)
        for question in ("age", "lic"):
            self.assertEqual(self._ids(question, "request"), [])

    def test_a_word_typed_wrong_is_reported_beside_a_commune_named_twice(self):
        self._request("Aubrive : lampadaires", self.commune_a)
        whys = {o["why"] for o in self._find("aubrive lampaderes") if o["kind"] == "request"}
        self.assertEqual(whys, {"close to: lampaderes"})

    def test_words_typed_wrong_are_left_out_once_others_are_right(self):
        wrong = self._request("Lampaderes cassés", self.commune_b)
        self.assertEqual(self._ids("lampadaires", "request"), self.lamps.ids)
        self.assertEqual(self._ids("lampaderes", "request"), wrong.ids)

    def test_hostile_and_empty_questions(self):
        for question in ("", "%", "_", "' OR 1=1 --", "\\", "a" * 10_000, "%%%s", None, 12, "(é"):
            with self.subTest(question=str(question)[:20]):
                self.assertEqual(self._ids(question, "request"), [])

    def test_what_one_may_not_read_is_not_disclosed(self):
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("helpdesk.ticket"),
                "domain_force": f"[('id', '!=', {self.lamps.id})]",
            }
        )
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {self.portal_a.partner_id.id})]",
            }
        )
        for user in (self.manager, self.reader, self.officer, self.referent):
            self.assertEqual(self._ids("lampadaires", "request", user), [])
            self.assertEqual(self._ids("maire d’Aubrive", "person", user), [])
        search = self.env["commune.search"].with_user(self.manager)
        for kind, record in (("request", self.lamps), ("person", self.mandate_a)):
            with self.assertRaises(AccessError):
                search.open_found(kind, record.id)

    def test_each_role_finds_what_it_may_read_and_others_are_refused(self):
        for user in (self.reader, self.officer, self.referent, self.coordinator):
            for one in self._find("aubrive", user):
                model = self.env[KINDS[one["kind"]]].with_user(user)
                self.assertTrue(model.search([("id", "=", one["id"])]), (user.login, one))
        for user in (self.employee, self.portal_a, self.portal_b, self.public):
            search = self.env["commune.search"].with_user(user)
            for call in (search.get_kinds, lambda s=search: s.find("aubrive")):
                with self.assertRaises(AccessError):
                    call()
            with self.assertRaises(AccessError):
                search.open_found("commune", self.commune_a.id)

    def test_a_pillar_that_is_off_is_not_searched(self):
        self.env.company.uses_requests = False
        self.assertEqual(self._ids("lampadaires", "request"), [])
        self.env.company.uses_requests = True
        self.assertEqual(self._ids("lampadaires", "request"), self.lamps.ids)

    def test_as_many_queries_whatever_the_number_of_records(self):
        def count():
            self._find("lampadaires")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._find("lampadaires")
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(30):
            self._request(f"Lampadaires {number}", self.commune_b)
        self.assertLessEqual(count(), few + 1)
        self.assertLessEqual(few, len(KINDS) + 6)

    def test_guides_and_conventions_are_found_by_an_index(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for table, column in (
            ("commune_guide", "name"),
            ("commune_guide", "summary"),
            ("agreement", "name"),
            ("agreement", "code"),
        ):
            self.env.cr.execute(
                f"EXPLAIN SELECT id FROM {table}"
                f" WHERE commune_relations.fold({column}) ~ '\\mlampadaire'"
            )
            plan = " ".join(line for (line,) in self.env.cr.fetchall())
            self.assertIn(f"{table}_found_idx", plan, column)
