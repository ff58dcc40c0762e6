"""The visit card: each section against the records, talking points, and who reads what."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..requests.request_case import RequestCase
from ..services.service_case import make_agreement, make_offer, make_service
from .steering_case import make_contact, make_promise, set_created

DAY = timedelta(days=1)


class CardCase(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env = cls.env(context={**cls.env.context, "lang": "fr_FR"})

    def _card(self, commune=None, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        cards = self.env["commune.card"].with_user(user or self.officer)
        place = (commune or self.commune_a).with_env(cards.env)
        return cards._get_cards(place)[0]

    def _section(self, key, card=None):
        sections = (card or self._card())["sections"]
        return next((one for one in sections if one["key"] == key), None)

    def _lines(self, key, card=None):
        return [
            " ".join(filter(None, (line["text"], line["detail"], line["mark"]))).replace(
                "\N{NO-BREAK SPACE}", " "
            )
            for line in self._section(key, card)["lines"]
        ]

    def _get_points(self, card=None):
        return [one["text"] for one in (card or self._card())["advice"]]

    def _promise_for(self, ticket, days):
        """The answer is promised for a day so far from today."""
        ticket.flush_recordset()
        self.env.cr.execute(
            "UPDATE helpdesk_ticket SET promised_date = %s WHERE id = %s",
            (self.today + days * DAY, ticket.id),
        )
        ticket.invalidate_recordset()

    def _french(self, day):
        return f"{day:%d/%m/%Y}"


@tagged("post_install", "-at_install")
class TestCommuneCard(CardCase):
    def test_the_head_names_the_mayor_and_the_secretary_in_their_own_gender(self):
        self.portal_both.partner_id.phone = "03 87 00 00 09"
        card = self._card()
        self.assertEqual(card["mayor"]["name"], "Anne AUBRY")
        self.assertEqual(card["mayor"]["short_title"], "Maire")
        self.assertEqual(card["head_of_staff"]["phone"], "03 87 00 00 09")
        self.assertEqual(card["head_of_staff"]["short_title"], "Secrétaire générale de mairie")
        self.assertEqual(
            card["population_text"].replace("\u202f", " ").replace("\N{NO-BREAK SPACE}", " "),
            "4 200 habitants (2023)",
        )
        self.assertEqual([one["name"] for one in card["persons"]], ["Luc ARNAUD"])

    def test_a_commune_without_a_mayor_says_since_when(self):
        self.assertEqual(self._card()["vacancy"], "")
        eve = self.today - DAY
        mayor = self.env["commune.mandate"].search(
            [("commune_id", "=", self.commune_a.id), ("function_id.code", "=", "mayor")]
        )
        mayor.date_end = eve
        card = self._card()
        self.assertIsNone(card["mayor"])
        self.assertEqual(card["vacancy"], f"poste vacant depuis le {self._french(self.today)}")
        mayor.unlink()
        self.assertEqual(self._card()["vacancy"], "non connu")

    def test_a_request_that_is_late_comes_first_with_its_days(self):
        on_time, late = self._request(), self._request(name="Fuite rue Haute")
        self._promise_for(on_time, 9)
        self._promise_for(late, -4)
        card = self._card()
        lines = self._lines("open", card)
        self.assertEqual(len(lines), 2)
        self.assertRegex(lines[0], rf"^{late.number} Fuite rue Haute .*en retard de 4 j$")
        self.assertIn(self._french(self.today - 4 * DAY), lines[0])
        self.assertNotIn("retard", lines[1])
        note = self._section("open", card)["note"].replace("\N{NO-BREAK SPACE}", " ")
        self.assertEqual(note, "En cours : 2, en retard : 1")
        self.assertIn(f"Dites d’abord que la demande {late.number}", self._get_points(card)[0])

    def test_a_request_that_waits_for_the_commune_comes_last(self):
        waiting, on_time = self._request(name="Plan à fournir"), self._request()
        waiting._move_to("waiting")
        self._promise_for(waiting, 1)
        self._promise_for(on_time, 9)
        lines = self._lines("open")
        self.assertIn(on_time.number, lines[0])
        self.assertRegex(lines[1], rf"^{waiting.number} .*en attente de la commune$")

    def test_what_is_reserved_to_its_author_is_stated_to_be_and_is_not_talked_about(self):
        late = self._request(confidentiality="perso")
        self._promise_for(late, -4)
        card = self._card()
        self.assertIn("réservée à son auteur", self._lines("open", card)[0])
        self.assertFalse([one for one in self._get_points(card) if late.number in one])

    def test_neither_number_nor_subject_of_a_confidential_request_is_shown(self):
        """On the screen, in talking points, in the PDF, in the tour; open or answered."""
        hidden = []
        for confidentiality in ("perso", "maire_dgs"):
            for answered in (False, True):
                name = f"Différend avec Zoé {confidentiality} {answered}"
                ticket = self._request(confidentiality=confidentiality, name=name)
                self._promise_for(ticket, -4)
                hidden.append(ticket)
                if answered:
                    ticket._move_to("answered")
        known = self._request(name="Voirie de la rue Haute")
        self._promise_for(known, -2)
        for user in (self.reader, self.officer, self.manager, self.coordinator):
            cards = self.env["commune.card"].with_user(user)
            answer = [str(self._card(user=user)), str(cards.get_page(self.commune_a.id))]
            answer += cards._get_talks(self.commune_a.with_user(user)).values()
            report = self.env["report.commune_relations.commune_card"].with_user(user)
            answer.append(str(report._get_report_values(self.commune_a.ids)))
            for text in answer:
                for ticket in hidden:
                    with self.subTest(user=user.login, ticket=ticket.name):
                        self.assertNotIn(ticket.name, text)
                        self.assertNotIn(ticket.number, text)
                self.assertIn(known.number, text)
        lines = self._lines("open") + self._lines("answered")
        self.assertEqual(sum("Demande confidentielle" in line for line in lines), 4)
        self.assertTrue(any("au maire et à la direction" in line for line in lines))

    def test_a_confidential_request_feeds_no_idea(self):
        for confidentiality in ("perso", "maire_dgs"):
            ticket = self._request(confidentiality=confidentiality, name="Différend avec Zoé")
            with self.assertRaises(UserError), self.cr.savepoint():
                ticket.with_user(self.officer).action_feed_idea()
        found = self.env["commune.service.project"].search([("name", "ilike", "Zoé")])
        self.assertFalse(found)

    def test_answers_of_the_last_three_months_alone(self):
        recent, old = self._request(name="Récente"), self._request(name="Ancienne")
        for ticket, days in ((recent, 20), (old, 120)):
            stage = self.env["helpdesk.ticket.stage"]._get_kind("closed", ticket.team_id)
            ticket.flush_recordset()
            self.env.cr.execute(
                "UPDATE helpdesk_ticket SET stage_id = %s, stage_kind = 'closed',"
                " answered_date = %s WHERE id = %s",
                (stage.id, self.today - days * DAY, ticket.id),
            )
            ticket.invalidate_recordset()
        lines = self._lines("answered")
        self.assertEqual(len(lines), 1)
        self.assertIn("Récente", lines[0])
        self.assertEqual(self._lines("open"), [])

    def test_a_referent_does_not_see_that_there_is_no_other_request(self):
        self._request(topic_id=self.water_topic.id)
        card = self._card(user=self.referent)
        self.assertEqual(self._lines("open", card), [])
        self.assertEqual(self._section("open", card)["note"], "Celles de vos équipes seulement.")
        self.assertIsNone(self._section("events", card))

    def test_services_with_what_the_year_costs(self):
        """4,200 inhabitants at 1.50 euros and 300 euros: 6,600 euros over a whole year."""
        service = make_service(self)
        offers = make_offer(self, service, "Par habitant", "inhabitant", unit=1.5)
        offers |= make_offer(self, service, "Forfait", "band", bands=[(0, 300)])
        self.env["commune.service.subscription"].create(
            [
                {
                    "commune_id": self.commune_a.id,
                    "offer_id": offer.id,
                    "date_start": self.today.replace(month=1, day=1),
                }
                for offer in offers
            ]
        )
        card = self._card()
        self.assertEqual([row["cost"] for row in card["facts"]["services"]], [6300.0, 300.0])
        self.assertIn("600,00", self._section("services", card)["note"])
        self.assertIn("Par habitant", self._lines("services", card)[0])

    def test_a_convention_on_its_way_is_asked_about(self):
        offer = make_offer(self, make_service(self))
        make_agreement(self, self.commune_a, offer, name="Convention d’essai")
        card = self._card()
        self.assertIn("Brouillon", self._lines("agreements", card)[0])
        self.assertIn(
            "Demandez où en est la convention «\N{NO-BREAK SPACE}Convention"
            " d’essai\N{NO-BREAK SPACE}».",
            self._get_points(card),
        )

    def test_promises_late_kept_and_in_two_figures(self):
        make_promise(self, days=-3, name="Refaire le devis")
        make_promise(self, days=5, name="Appeler le SDIS")
        for _number in range(2):
            make_promise(self, days=1, name="Déjà faite").action_keep()
        card = self._card()
        lines = self._lines("promises", card)
        self.assertEqual(len(lines), 4)
        self.assertRegex(lines[0], "^Refaire le devis .*en retard$")
        self.assertRegex(lines[-1], "^Déjà faite .*tenu$")
        self.assertEqual(
            self._section("promises", card)["note"].replace("\N{NO-BREAK SPACE}", " "),
            "Tenus : 2, en retard : 1",
        )
        self.assertIn("Refaire le devis", self._get_points(card)[0])

    def test_the_last_contacts_and_the_silence(self):
        self.env.company.silence_weeks = 12
        make_contact(self, weeks=20)
        make_contact(self, weeks=60, subject="Trop ancien")
        card = self._card()
        self.assertEqual(len(self._lines("contacts", card)), 1)
        self.assertIn("Point sur les travaux", self._lines("contacts", card)[0])
        advice = [one for one in card["advice"] if "Prenez des nouvelles" in one["text"]]
        self.assertIn("Silence de 20 semaines", advice[0]["reason"])
        set_created(self._request(), 1)
        self.assertFalse([one for one in self._get_points() if "Prenez des nouvelles" in one])

    def test_decisions_of_the_commune_and_not_of_the_other(self):
        committee = self.env["commune.committee"].create(
            {"name": "Comité (fiche)", "kind": "copil", "place_id": self.epci.id}
        )
        session = self.env["commune.session"].create(
            {"committee_id": committee.id, "date_begin": f"{self.today - 60 * DAY} 17:00:00"}
        )
        self.env["commune.decision"].create(
            {
                "session_id": session.id,
                "text": "Lancer l’étude du pont",
                "scope": "chosen",
                "chosen_commune_ids": [Command.set(self.commune_a.ids)],
                "deadline": self.today - DAY,
            }
        )
        self.assertRegex(self._lines("decisions")[0], "Lancer l’étude du pont.*en retard$")
        self.assertEqual(self._lines("decisions", self._card(self.commune_b)), [])

    def test_a_list_that_is_cut_says_how_many_are_left(self):
        for number in range(9):
            self._request(name=f"Demande {number}")
        section = self._section("open")
        self.assertEqual((len(section["lines"]), section["more"]), (7, "et 2 autres"))

    def test_at_most_six_sentences_each_with_its_reason(self):
        for number in range(9):
            self._promise_for(self._request(name=f"Demande {number}"), -2)
        advice = self._card()["advice"]
        self.assertEqual(len(advice), 6)
        self.assertTrue(all(one["reason"] for one in advice))

    def test_anyone_who_has_just_taken_office_is_greeted(self):
        person = self.env["res.partner"].create({"firstname": "Élise", "lastname": "NOUVEL"})
        function = self.env["commune.function"]._by_code()["deputy_mayor"]
        mandate = self.env["commune.mandate"].create(
            {
                "partner_id": person.id,
                "commune_id": self.commune_a.id,
                "function_id": function.id,
                "date_start": self.today - 20 * DAY,
            }
        )
        self.assertTrue([one for one in self._get_points() if "NOUVEL" in one])
        mandate.date_start = self.today - 200 * DAY
        self.assertFalse([one for one in self._get_points() if "NOUVEL" in one])

    def test_a_service_that_nobody_used_for_a_year_is_asked_about(self):
        offer = make_offer(self, make_service(self), unit_name="dossier")
        line = self.env["commune.service.subscription"].create(
            {
                "commune_id": self.commune_a.id,
                "offer_id": offer.id,
                "date_start": self.today - 400 * DAY,
            }
        )
        self.assertTrue([one for one in self._get_points() if offer.display_name in one])
        self.env["commune.service.usage"].create(
            {"subscription_id": line.id, "date": self.today - 300 * DAY, "quantity": 1}
        )
        self.assertFalse([one for one in self._get_points() if offer.display_name in one])

    def test_queries_do_not_grow_with_the_communes_nor_with_their_requests(self):
        def count(places):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["commune.card"].with_user(self.officer)._get_cards(
                places.with_user(self.officer)
            )
            return self.env.cr.sql_log_count - before

        both = self.commune_a | self.commune_b
        for commune in both:
            self._request(commune)
            make_promise(self, commune)
            make_contact(self, commune)
        count(both)
        first = count(self.commune_a)
        for _number in range(10):
            self._request(self.commune_b)
            make_promise(self, self.commune_b)
            make_contact(self, self.commune_b)
        self.assertLessEqual(abs(count(both) - first), 2)

    def test_only_communes_have_a_card(self):
        with self.assertRaisesRegex(UserError, "seules les communes"):
            self._card(self.epci)
