"""Opinions on requests of communes: given by the commune, read by those who read the request."""

from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .test_helpdesk_access import HelpdeskAccessCase

STAFF = ("reader", "referent", "officer", "manager", "coordinator", "employee", "stranger", "boss")


@tagged("post_install", "-at_install")
class TestRatingAccess(HelpdeskAccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Autre société"})
        cls.stranger = new_test_user(
            cls.env, "test_stranger", company_id=other.id, company_ids=other.ids
        )
        cls.boss = new_test_user(cls.env, "test_boss", groups="base.group_system")

    def setUp(self):
        super().setUp()
        self.opinion = self._rate(self.ticket, self.portal_a, rating=1, feedback="Trop long")
        self.ratings = self.env["rating.rating"]
        others = self.env["helpdesk.ticket.team"].create(
            {"name": "Autres", "serves_communes": False}
        )
        self.foreign = self.env["helpdesk.ticket"].create(
            {"name": "Imprimante", "description": "x", "team_id": others.id}
        )
        self.assertFalse(self.foreign.is_commune_request)

    def _rate(self, record, user, **values):
        place = {"res_model_id": self.env["ir.model"]._get_id(record._name), "res_id": record.id}
        person = {"partner_id": user.partner_id.id, "consumed": True}
        return self.env["rating.rating"].create({**place, **person, **values})

    def _opinions(self):
        """All that the page of the request shows of opinions, and what is kept."""
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.ratings.sudo().search([("res_model", "=", "helpdesk.ticket")])
        own = found.filtered(lambda one: one.res_id == self.ticket.id)
        lines = self.ticket.env["commune.request.portal"].sudo()._get_portal_end(self.ticket.sudo())
        shown = [text for _date, icon, text in lines if icon == "fa-star"]
        return sorted((one.id, one.rating, one.feedback) for one in own), shown

    def _call(self, user, model, method, *args, **kwargs):
        """As a program does, in a request of its own; refusals are welcome."""
        self.env.flush_all()
        self.env.invalidate_all()
        with mute_logger("odoo.addons.base.models.ir_model", "odoo.sql_db"):
            try:
                with self.env.cr.savepoint():
                    return call_kw(self.env[model].with_user(user), method, list(args), kwargs)
            except AccessError:
                return "refused"

    def test_no_staff_writes_or_moves_the_opinion_of_a_commune(self):
        ticket = self.ticket
        model = self.env["ir.model"]._get_id("helpdesk.ticket")
        before = self._opinions()
        self.assertEqual(before[1], ["Your opinion: 1 out of 5"])
        own = {"res_id": ticket.id, "rating": 5, "consumed": True}
        for name in STAFF:
            user = getattr(self, name)
            foreign = self._rate(self.foreign, user, rating=5)
            calls = (
                ("create", [{**own, "res_model_id": model}]),
                ("create", [{**own, "res_model_id": model, "res_model": "res.partner"}]),
                ("write", [self.opinion.id], {"rating": 5, "feedback": "Parfait"}),
                ("write", [self.opinion.id], {"res_id": self.foreign.id}),
                ("write", [self.opinion.id], {"res_model": "res.partner"}),
                ("write", [foreign.id], {"res_id": ticket.id}),
                ("reset", [self.opinion.id]),
                ("unlink", [self.opinion.id]),
            )
            for method, *args in calls:
                with self.subTest(user=name, method=method, args=args):
                    answer = self._call(user, "rating.rating", method, *args)
                    self.assertEqual(answer, "refused")
                    self.assertEqual(self._opinions(), before)

    def test_an_opinion_does_not_go_with_its_message(self):
        """PostgreSQL deletes an opinion with the message that it hangs on."""
        message = self.ticket.sudo().message_post(
            body="Deux sur cinq", author_id=self.portal_a.partner_id.id, message_type="comment"
        )
        self.opinion.sudo().message_id = message
        before = self._opinions(), message.body
        own = self.env["ir.model"]._get_id("res.partner")
        for name in STAFF:
            user = getattr(self, name)
            partner = {"res_model_id": own, "res_id": user.partner_id.id, "message_id": message.id}
            for model, method, *args in (
                ("mail.message", "unlink", [message.id]),
                ("mail.message", "write", [message.id], {"body": "Parfait"}),
                ("mail.message", "write", [message.id], {"author_id": user.partner_id.id}),
                ("rating.rating", "create", [{**partner, "rating": 5, "consumed": True}]),
            ):
                with self.subTest(user=name, method=method, args=args):
                    self.assertEqual(self._call(user, model, method, *args), "refused")
                    self.assertEqual((self._opinions(), message.sudo().body), before)

    def test_an_opinion_does_not_go_with_a_message_of_the_software(self):
        message = self.ticket.sudo().message_post(
            body="Deux sur cinq",
            author_id=self.portal_a.partner_id.id,
            message_type="notification",
        )
        self.opinion.sudo().write(
            {"message_id": message.id, "partner_id": self.portal_a.partner_id.id}
        )
        before = self._opinions(), message.body
        for name in STAFF:
            user = getattr(self, name)
            for method, *args in (
                ("unlink", [message.id]),
                ("write", [message.id], {"body": "Parfait"}),
            ):
                with self.subTest(user=name, method=method):
                    answer = self._call(user, "mail.message", method, *args)
                    self.assertEqual(answer, "refused")
                    self.assertEqual((self._opinions(), message.sudo().body), before)

    def test_nobody_writes_in_the_name_of_the_commune(self):
        mayor = self.portal_a.partner_id
        mayor.email = "anne@aubrive.example"
        for user in (self.officer, self.manager):
            for forged in (
                {"author_id": mayor.id},
                {"author_id": False, "email_from": mayor.email_formatted},
                {"email_from": "Une autre <autre@aubrive.example>"},
            ):
                answer = self._call(
                    user, "helpdesk.ticket", "message_post", [self.ticket.id], body="x", **forged
                )
                with self.subTest(user=user.login, forged=forged):
                    self.assertEqual(answer, "refused")
            values = {"model": "helpdesk.ticket", "res_id": self.ticket.id, "body": "x"}
            values["author_id"] = mayor.id
            self.assertEqual(self._call(user, "mail.message", "create", [values]), "refused")
            # In one's own name, one's words may be taken away again.
            own = self._call(user, "helpdesk.ticket", "message_post", [self.ticket.id], body="x")
            self.assertEqual(self._call(user, "mail.message", "unlink", own), True)
        # Elsewhere Odoo decides.
        user, partner = self.employee, self.env["res.partner"].create({"name": "Tiers"})
        user.group_ids += self.env.ref("base.group_partner_manager")
        made = self._call(
            user, "res.partner", "message_post", [partner.id], body="x", author_id=partner.id
        )
        self.assertNotEqual(made, "refused")

    def test_the_title_of_a_request_is_not_read_in_notifications(self):
        self.ticket.sudo().message_notify(
            partner_ids=self.officer.partner_id.ids,
            subject="Harcèlement",
            body="x",
            model="helpdesk.ticket",
            res_id=self.ticket.id,
        )
        # About the contact of a colleague, as some notifications of the staff are.
        self.officer.partner_id.sudo().message_notify(
            partner_ids=self.officer.partner_id.ids, subject="Harcèlement (suite)", body="x"
        )
        notices = self.env["mail.notification"]
        other = [("mail_message_id.subject", "=", "Harcèlement (suite)")]
        self.assertEqual(len(notices.sudo().search(other)), 1)
        self.assertFalse(notices.with_user(self.employee).search(other))
        about = [("mail_message_id.subject", "=", "Harcèlement")]
        self.assertEqual(len(notices.sudo().search(about)), 1)
        self.assertFalse(notices.with_user(self.employee).search(about))
        self.assertFalse(notices.with_user(self.employee).search([("id", ">", 0), *about]))
        self.assertEqual(len(notices.with_user(self.officer).search(about)), 1)

    def test_what_is_posted_on_our_records_is_notified_to_its_readers_alone(self):
        person, client = self.portal_a.partner_id, self.env["res.partner"].create({"name": "Tiers"})
        records = (
            self.ticket,
            self.env["commune.commitment"].create(
                {"name": "x", "commune_id": self.commune_a.id, "due_date": "2037-03-01"}
            ),
            self.env["agreement"].create(
                {"name": "x", "code": "ESSAI-NOTIFICATION", "commune_id": self.commune_a.id}
            ),
            self.env["hr.employee"].create({"name": "Agent", "is_replacement_agent": True}),
            client,
        )
        for record in records:
            message = (
                record.with_user(self.manager)
                .sudo()
                .message_post(
                    body="x",
                    subject="Harcèlement",
                    message_type="comment",
                    subtype_xmlid="mail.mt_comment",
                    partner_ids=(person | self.officer.partner_id).ids,
                )
            )
            domain = [("mail_message_id", "=", message.id)]
            self.env.flush_all()
            self.env.invalidate_all()
            notices = self.env["mail.notification"]
            whole = len(notices.search(domain))
            with self.subTest(record=record):
                self.assertEqual(whole, 2)
                for user, count in (
                    (self.employee, whole if record == client else 0),
                    (self.officer, whole if record == client else 1),
                    (self.manager, whole),
                ):
                    found = notices.with_user(user).search(domain)
                    self.assertEqual(len(found), count, user.login)

    def test_no_form_of_odoo_names_what_its_user_does_not_read(self):
        """A form works the name out as superuser, from a model and a number that a client types."""
        self.ticket.name = "Harcèlement au secrétariat"
        number = self.env["ir.model"]._get_id(self.ticket._name)
        tried = set()
        for name in set(self.env) - {"base"}:
            model = self.env[name].with_user(self.employee)
            if model._abstract or not model.has_access("create"):
                continue
            for field in model._fields.values():
                if field.type != "many2one_reference":
                    continue
                place = model._fields[field.model_field]
                values = {field.name: self.ticket.id, place.name: self.ticket._name}
                if place.related:
                    values[place.related.partition(".")[0]] = number
                spec = {
                    one.name: {}
                    for one in model._fields.values()
                    if one.type in ("char", "text", "html", "reference")
                    and model._has_field_access(one, "read")
                }
                with self.subTest(model=name, field=field.name):
                    found = self._call(self.employee, name, "onchange", [], values, [], spec)
                    found = (
                        found,
                        self._call(self.employee, name, "onchange", [], values, list(values), spec),
                    )
                    self.assertNotIn("Harcèlement", str(found))
                    tried.add(name)
        self.assertGreater(tried, {"mail.activity", "mail.message", "rating.rating"})
        # Anyone who reads the request sees its name there.
        shown = self._call(
            self.officer,
            "mail.activity",
            "onchange",
            [],
            {"res_model_id": number, "res_model": self.ticket._name, "res_id": self.ticket.id},
            ["res_id"],
            {"res_name": {}},
        )
        self.assertIn("Harcèlement", str(shown))

    def test_the_report_of_helpdesk_mgmt_shows_no_request_of_a_commune(self):
        """Its managers have no role of the addon."""
        lead = new_test_user(self.env, "test_lead", groups="helpdesk_mgmt.group_helpdesk_manager")
        self.env.flush_all()
        rows = self.env["helpdesk.sla.report"].search([("ticket_id", "=", self.ticket.id)])
        self.assertTrue(rows)
        self.assertTrue(rows.with_user(self.reader).search([("id", "in", rows.ids)]))
        self.assertFalse(rows.with_user(lead).search([("id", "in", rows.ids)]))

    def _count_rows(self, query):
        """Rows that PostgreSQL looks at, for a query of the table as it is."""
        [(plans,)] = self.env.execute_query(SQL("EXPLAIN (ANALYZE, FORMAT JSON) %s", query))
        steps, count = [plans[0]["Plan"]], 0
        while steps:
            step = steps.pop()
            seen = step["Actual Rows"] + step.get("Rows Removed by Filter", 0)
            count += seen * step["Actual Loops"]
            steps += step.get("Plans", ())
        return count

    def test_a_search_looks_at_a_few_of_fifty_thousand_opinions(self):
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO rating_rating (res_model_id, res_model, res_id, rating, consumed)
            SELECT res_model_id, res_model, %s + number, 3, true
              FROM rating_rating, generate_series(1, 50000) AS number WHERE id = %s
            """,
            [self.ticket.id, self.opinion.id],
        )
        self.env.cr.execute("ANALYZE rating_rating, helpdesk_ticket")
        asked = [("res_model", "=", "helpdesk.ticket"), ("res_id", "=", self.ticket.id)]
        for name in ("officer", "referent", "employee"):
            ratings = self.ratings.with_user(getattr(self, name))
            reads = self.ticket.with_user(ratings.env.user).has_access("read")
            with self.subTest(user=name):
                queries, run = [], self.env.cr.execute

                def note(query, *args, queries=queries, run=run, **kwargs):
                    queries.append(query)
                    return run(query, *args, **kwargs)

                with patch.object(self.env.cr, "execute", note):
                    search = ratings._search(asked)
                self.assertEqual(self.opinion.id in search.get_result_ids(), reads)
                named = [one for one in queries if isinstance(one, SQL) and "named" in one.code]
                self.assertEqual(len(named), 2)
                for query in (*named, search.select()):
                    self.assertLess(self._count_rows(query), 500, query.code)

    def test_no_message_makes_an_opinion(self):
        before = self._opinions()
        for name in (*STAFF, "portal_a", "portal_a_limited", "portal_both"):
            user = getattr(self, name)
            for values in ({"rating_value": 5}, {"rating_id": self.opinion.id}):
                with self.subTest(user=name, **values):
                    ids = [self.ticket.id]
                    self._call(user, "helpdesk.ticket", "message_post", ids, body="x", **values)
                    self.assertEqual(self._opinions(), before)
        self.authenticate("test_officer", "test_officer")
        params = {"thread_model": "helpdesk.ticket", "thread_id": self.ticket.id}
        self._rpc("/mail/message/post", **params, post_data={"body": "Bien", "rating_value": 5})
        self.assertEqual(self._opinions(), before)

    def test_the_staff_reads_by_right_of_the_request(self):
        private = self._request(confidentiality="perso")
        hidden = self._rate(private, self.portal_a, rating=2, feedback="Pour vous seuls")
        for name in STAFF:
            user = getattr(self, name)
            for rating, request in ((self.opinion, self.ticket), (hidden, private)):
                reads = request.with_user(user).has_access("read")
                with self.subTest(user=name, request=request.name):
                    rows = self._call(user, "rating.rating", "read", [rating.id], ["feedback"])
                    self.assertEqual(rows != "refused", reads)
                    found = self._call(
                        user, "rating.rating", "search_count", [["id", "=", rating.id]]
                    )
                    self.assertEqual(found, int(reads))
                    groups = self._call(
                        user,
                        "rating.rating",
                        "formatted_read_group",
                        [["id", "=", rating.id]],
                        ["feedback"],
                        ["__count"],
                    )
                    self.assertEqual(bool(groups), reads)
        self.assertTrue(self.ticket.with_user(self.officer).has_access("read"))
        self.assertFalse(self.ticket.with_user(self.employee).has_access("read"))

    def test_no_rating_reveals_the_title_of_a_managed_record(self):
        """Odoo names the record of a rating as superuser."""
        commitments = self.env["commune.commitment"].create(
            {
                "name": "Secret du maire",
                "commune_id": self.commune_a.id,
                "due_date": "2037-03-01",
            }
        )
        for record in (commitments, self.mandate_a):
            model = self.env["ir.model"]._get_id(record._name)
            answer = self._call(
                self.employee,
                "rating.rating",
                "create",
                [{"res_model_id": model, "res_id": record.id, "rating": 3}],
            )
            self.assertEqual(answer, "refused")
        old = self._rate(commitments, self.employee)
        self.assertIn("Secret", old.res_name)
        self.env.invalidate_all()
        found = self.ratings.with_user(self.employee).search([("id", "=", old.id)])
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            old.with_user(self.employee).read(["res_name"])

    def test_third_party_ratings_stay_as_odoo_has_them(self):
        user = self.employee
        rating = self._rate(self.foreign, user, rating=3)
        partner = self.env["res.partner"].create({"name": "Client"})
        self.env.invalidate_all()
        rating.with_user(user).write({"rating": 4, "res_id": self.foreign.id})
        model = self.env["ir.model"]._get_id("res.partner")
        made = self.ratings.with_user(user).create({"res_model_id": model, "res_id": partner.id})
        self.env.flush_all()
        self.env.invalidate_all()
        found = self.ratings.with_user(user).search([("id", "in", (rating | made).ids)])
        self.assertEqual(found, rating | made)
        self.assertEqual(rating.with_user(user).rating, 4)
        self.foreign.message_post(body="x", rating_value=5)
        self.assertEqual(len(self.foreign.rating_ids), 2)

    def test_the_commune_gives_its_opinion_on_its_page(self):
        ticket = self._request()
        ticket.sudo()._move_to("closed")
        ticket.env["commune.request.portal"].with_user(self.portal_a)._portal_rate(
            ticket.with_user(self.portal_a), 4, "Bien"
        )
        self.assertEqual(ticket.sudo().rating_ids.mapped("rating"), [4])
