"""A message becomes a request: who writes, about what, for whom, whatever the mailer."""

from base64 import b64decode

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from ...models.core.inside import INSIDE
from ...models.requests.mail_thread import UNANSWERED
from .mail_case import MailCase

MAYOR = "anne.aubry@mel.example"


@tagged("post_install", "-at_install")
class TestSenders(MailCase):
    def _recognise(self, address, name="", words=""):
        return self.env["commune.sender.recognition"]._recognise_sender(address, name, words)

    def test_a_person_in_office_gives_the_commune(self):
        sender = self._recognise("Anne.AUBRY@mel.example")
        self.assertEqual((sender.commune, sender.how), (self.commune_a, "person"))

    def test_a_mail_server_speaks_no_language_the_organisation_does(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.company.partner_id.lang = "fr_FR"
        mail = (
            f"From: {MAYOR}\nTo: {self.desk.alias_id.display_name}\nMessage-Id: <x@y.example>\n\n"
        )
        silent = self.env(context={"no_letters": True})
        found = silent["mail.thread"].message_process("helpdesk.ticket", mail)
        ticket = self.env["helpdesk.ticket"].browse(found)
        self.assertEqual(ticket.name, "Demande reçue par courriel")

    def test_the_address_of_a_team_gives_no_step(self):
        """A validated answer comes from those who validate, not from the settings of an alias."""
        self.desk.alias_defaults = str(
            {
                "team_id": self.desk.id,
                "validation_step": "validated",
                "answer_sent_date": "2020-01-01 00:00:00",
            }
        )
        ticket = self._receive(self._mail(MAYOR, "Question"))
        self.assertFalse(ticket.validation_step)
        self.assertFalse(ticket.answer_sent_date)

    def test_an_ended_mandate_gives_no_commune(self):
        ticket = self._receive(self._mail("denis.duval@mel.example", "Question"))
        self.assertFalse(ticket.commune_id)
        self.assertTrue(ticket.is_unknown_sender)
        self.assertFalse(ticket.acknowledged_date)

    def test_a_mayor_who_sits_in_the_intercommunality_writes_for_the_commune(self):
        self._mandate(self.portal_a, self.epci, "community_councillor")
        self.assertEqual(self._recognise(MAYOR).commune, self.commune_a)

    def test_a_secretary_of_two_communes_is_placed_by_the_commune_that_is_named(self):
        message = self._mail("sophie.colin@mel.example", "Voirie à BELLEFONTAINE")
        ticket = self._receive(message)
        self.assertEqual(ticket.commune_id, self.commune_b)
        self.assertEqual(ticket.partner_id, self.portal_both.partner_id)

    def test_a_secretary_who_names_no_commune_leaves_it_to_choose(self):
        ticket = self._receive(self._mail("sophie.colin@mel.example", "Question de voirie"))
        self.assertFalse(ticket.commune_id)
        self.assertEqual(ticket.sender_recognition, "several")
        self.assertEqual(ticket.partner_id, self.portal_both.partner_id)
        self.assertTrue(self._letters(ticket, "sophie.colin@mel.example"))

    def test_an_address_shared_by_persons_is_read_by_the_name(self):
        address = "mairie@aubrive.example"
        (self.portal_a | self.portal_a_limited).partner_id.email = address
        self.assertEqual(
            self._recognise(address, "ARNAUD Luc").partner, self.portal_a_limited.partner_id
        )
        self.assertEqual(self._recognise(address, "Mairie").partner, self.commune_a)

    def test_several_addresses_on_one_sheet_are_all_known(self):
        self.commune_a.email = "mairie@aubrive.example; dgs@mel.example"
        self.assertEqual(self._recognise("dgs@mel.example").commune, self.commune_a)

    def test_the_domain_of_one_commune_alone_gives_the_commune(self):
        ticket = self._receive(self._mail("Stage <stage@aubrive.example>", "Question"))
        self.assertEqual(ticket.commune_id, self.commune_a)
        self.assertEqual(ticket.sender_recognition, "domain")
        self.assertFalse(ticket.partner_id)
        # Who wrote is answered, and the town hall has its copy.
        self.assertTrue(self._letters(ticket, "stage@aubrive.example"))
        self.assertTrue(self._letters(ticket, "mairie@aubrive.example"))

    def test_a_domain_shared_by_two_communes_gives_none(self):
        self.commune_b.website = "http://aubrive.example/bellefontaine"
        self.assertEqual(self._recognise("stage@aubrive.example").how, "unknown")

    def test_a_public_provider_gives_no_commune(self):
        self.assertEqual(self._recognise("quelquun@orange.fr").how, "unknown")
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("commune_relations.public_mail_domains", "aubrive.example")
        self.assertEqual(self._recognise("stage@aubrive.example").how, "unknown")

    def test_known_addresses_and_domains_are_looked_up(self):
        Known = self.env["commune.known.email"]
        known = Known.create(
            [
                {"partner_id": self.commune_b.id, "value": "Cantine@mel.example "},
                {"partner_id": self.commune_b.id, "value": "https://www.belle.example/"},
                {"partner_id": self.portal_a.partner_id.id, "value": "anne@perso.example"},
            ]
        )
        self.assertEqual(known.mapped("value")[:2], ["cantine@mel.example", "belle.example"])
        self.assertEqual(self._recognise("cantine@mel.example").how, "town_hall")
        self.assertEqual(self._recognise("x@service.belle.example").commune, self.commune_b)
        self.assertEqual(self._recognise("anne@perso.example").partner, self.portal_a.partner_id)
        known[0].value = " Ecole@MEL.example"
        self.assertEqual(self._recognise("ecole@mel.example").commune, self.commune_b)
        self.assertFalse(self._recognise("cantine@mel.example").partner)

    def test_a_wrong_or_too_wide_address_is_refused_in_a_sentence(self):
        for partner, value in [
            (self.commune_a, "orange.fr"),
            (self.commune_a, "mairie@"),
            (self.commune_a, "n’importe quoi"),
            (self.portal_a.partner_id, "aubrive.example"),
        ]:
            with self.subTest(value), self.assertRaises(ValidationError):
                self.env["commune.known.email"].create({"partner_id": partner.id, "value": value})

    def test_an_agent_who_forwards_is_not_the_requester(self):
        self.officer.partner_id.email = "agent@metropole.example"
        text = "À traiter.\n\nDe : Anne Aubry <anne.aubry@mel.example>\nObjet : trou\n\nBonjour"
        ticket = self._receive(self._mail("agent@metropole.example", "TR : Trou", text))
        self.assertEqual(ticket.partner_id, self.portal_a.partner_id)
        self.assertEqual(ticket.name, "Trou")
        alone = self._receive(self._mail("agent@metropole.example", "Vu en réunion"))
        self.assertEqual(alone.sender_recognition, "staff")
        self.assertFalse(alone.partner_id)
        self.assertFalse(alone.acknowledged_date)


@tagged("post_install", "-at_install")
class TestMessages(MailCase):
    """French mail as it is: encodings, HTML, attachments, odd headers."""

    def test_latin_letters_survive(self):
        message = self._mail(f"=?iso-8859-1?Q?Ren=E9e_Aubry?= <{MAYOR}>", None, None)
        message["Subject"] = "=?iso-8859-1?Q?Entr=E9e_de_l'=E9cole?="
        message.set_content("L'entrée a été abîmée à l'été.", charset="iso-8859-1", cte="8bit")
        ticket = self._receive(message)
        self.assertEqual(ticket.name, "Entrée de l'école")
        self.assertIn("L'entrée a été abîmée", ticket.description)

    def test_a_message_in_html_alone_is_kept_without_its_scripts(self):
        message = self._mail(MAYOR, "Trou", None)
        html = "<p>Un <b>trou</b></p><script>alert(1)</script><a href='javascript:x()'>lien</a>"
        message.set_content(html, subtype="html")
        ticket = self._receive(message)
        self.assertIn("<b>trou</b>", ticket.description)
        self.assertNotIn("script", ticket.description)

    def test_many_attachments_are_all_kept_and_shown_to_the_commune(self):
        message = self._mail(MAYOR, "Photos")
        for number in range(40):
            message.add_attachment(
                b"\xff\xd8\xff" + bytes([number]),
                maintype="image",
                subtype="jpeg",
                filename=f"été {number}.jpg",
            )
        ticket = self._receive(message)
        self.assertEqual(len(ticket.commune_file_ids), 40)
        self.assertEqual(
            b64decode(ticket.commune_file_ids.sorted("id")[0].datas)[:3], b"\xff\xd8\xff"
        )

    def test_without_subject_the_first_words_are_the_title(self):
        ticket = self._receive(self._mail(MAYOR, None, "Le feu est en panne.\n-- \nMairie"))
        self.assertEqual(ticket.name, "Le feu est en panne.")

    def test_without_subject_nor_text_the_request_exists_all_the_same(self):
        ticket = self._receive(self._mail(MAYOR, None, ""))
        self.assertTrue(ticket.name)
        self.assertTrue(ticket.description)

    def test_a_message_of_two_senders_is_of_neither(self):
        """Odoo takes the first: anyone who writes her name before one's own is not the mayor."""
        content = self._mail("placeholder@x.example", "Question").as_bytes()
        for number, senders in enumerate(
            (
                b"anne.aubry@mel.example, x@mechant.example",
                b"mairie@aubrive.example; dgs@a.example",
                b"Anne AUBRY <anne.aubry@mel.example>, x@mechant.example",
            )
        ):
            mail = content.replace(b"placeholder@x.example", senders)
            ticket = self._receive(mail.replace(b"@mel.example>", b"@mel%d.example>" % number))
            with self.subTest(senders):
                self.assertTrue(ticket.is_unknown_sender)
                self.assertEqual(ticket.sender_doubt, "several")
                self.assertFalse(ticket.commune_id | ticket.partner_id)
                self.assertFalse(ticket.message_ids.author_id & self.portal_a.partner_id)
                self.assertFalse(self._letters(ticket))
        reply = self._receive(self._mail(MAYOR, "Trou"))
        mail = self._mail("placeholder@x.example", f"Re: {reply.number}").as_bytes()
        mail = mail.replace(b"placeholder@x.example", b"anne.aubry@mel.example, x@mechant.example")
        self.assertNotEqual(self._receive(mail), reply)

    def test_a_reply_of_two_senders_on_a_commune_has_no_author(self):
        """Where it makes no request, the desk does not look at who writes."""
        sent = self.commune_a.message_post(body="Bonjour", message_type="comment")
        mail = self._mail(
            "placeholder@x.example",
            "Re: Bonjour",
            To=self.alias_domain.catchall_email,
            In_Reply_To=sent.message_id,
        ).as_bytes()
        senders = b"anne.aubry@mel.example, x@mechant.example"
        self._receive(mail.replace(b"placeholder@x.example", senders))
        received = (self.commune_a.message_ids - sent).filtered(lambda m: m.message_type == "email")
        self.assertTrue(received)
        self.assertFalse(received.author_id)

    def test_the_same_message_twice_makes_one_request(self):
        message = self._mail(MAYOR, "Trou")
        self.assertTrue(self._receive(message))
        self.assertFalse(self._receive(message))

    def test_the_same_message_twice_from_an_account_of_administrator_makes_one_request(self):
        """The mail server hands messages in over RPC with such an account, which reads none of
        the messages of our requests."""
        account = new_test_user(
            self.env,
            "test_mailgate",
            groups="base.group_system,mass_mailing.group_mass_mailing_user",
        )
        self.gateway = self.env["mail.thread"].with_user(account)
        message = self._mail(MAYOR, "Trou")
        ticket = self._receive(message)
        self.assertEqual(ticket.commune_id, self.commune_a)
        reply = self._mail(MAYOR, f"Re: [{ticket.number}] Trou", text="Une photo suit.")
        self._receive(reply)
        before = ticket.message_ids
        self.assertIn("Une photo suit.", str(before.mapped("body")))
        with self.assertLogs("odoo.addons.commune_relations.models.requests.mail_thread"):
            self.assertFalse(self._receive(message))
        self.assertFalse(self._receive(reply))
        self.assertEqual(ticket.message_ids, before)
        self.assertFalse(
            self.env["helpdesk.ticket"].search([("id", ">", ticket.id), ("name", "=", "Trou")])
        )

    def test_machines_and_ourselves_make_no_request(self):
        before = self.env["helpdesk.ticket"].search_count([])
        for sender, headers in [
            (MAYOR, {"Auto_Submitted": "auto-replied"}),
            (MAYOR, {"Precedence": "bulk"}),
            (MAYOR, {"X_Autoreply": "yes"}),
            (self.desk.alias_email, {}),
            (self.alias_domain.catchall_email, {}),
        ]:
            self.assertFalse(self._receive(self._mail(sender, "Absence", **headers)))
        self.assertFalse(self._receive(self._mail(MAYOR, "Réponse automatique : Absence")))
        both = self._mail("placeholder@x.example", "Absence").as_bytes()
        both = both.replace(b"placeholder@x", f"{MAYOR}, {self.desk.alias_email}, x@x".encode())
        self.assertFalse(self._receive(both))
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), before)

    def test_who_asks_for_no_automatic_answer_hides_nothing_from_a_commune_nor_from_us(self):
        """Anybody writes that header, in the name of a mayor too: she reads what came."""
        asked = {"X_Auto_Response_Suppress": "All"}
        ticket = self._receive(self._mail(MAYOR, "Trou", **asked))
        self.assertEqual(ticket.commune_id, self.commune_a)
        self.assertTrue(ticket.acknowledged_date)
        self.assertTrue(self._letters(ticket))
        ticket._move_to("waiting")
        reply = self._mail(MAYOR, f"Re: [{ticket.number}] Trou", "Rue Haute.", **asked)
        self.assertEqual(self._receive(reply), ticket)
        self.assertEqual(ticket.stage_kind, "in_progress")
        # “Une demande pour vous” leaves too.
        self.assertFalse(
            ticket.env["commune.request.mail"].with_context(**{UNANSWERED: INSIDE})._keeps_silent()
        )

    def test_a_stranger_who_asks_for_no_automatic_answer_gets_none(self):
        """The address gives the commune, nobody knows who writes."""
        self.desk.alias_defaults = str(
            {"team_id": self.desk.id, "commune_id": self.commune_a.id, "company_id": 1}
        )
        for asked in ({}, {"X_Auto_Response_Suppress": "All"}):
            message = self._mail("luc@inconnu.example", "Trou", To=self.desk.alias_email, **asked)
            ticket = self._receive(message)
            self.assertEqual(ticket.commune_id, self.commune_a)
            self.assertEqual(ticket.sender_recognition, "unknown")
            self.assertEqual(bool(ticket.acknowledged_date), not asked)
            self.assertEqual(bool(self._letters(ticket)), not asked)

    def test_a_clear_topic_leads_from_the_desk_to_its_team(self):
        ticket = self._receive(self._mail(MAYOR, "Nid-de-poule rue de la Gare"))
        self.assertEqual((ticket.topic_id, ticket.team_id), (self.road_topic, self.roads))
        log = self.env["commune.orientation.log"].search([("ticket_id", "=", ticket.id)])
        self.assertEqual((log.origin, log.chosen_topic_id), ("email", self.road_topic))
        self.assertEqual(log.question, "Nid-de-poule rue de la Gare")

    def test_an_unclear_message_stays_at_the_desk(self):
        ticket = self._receive(self._mail(MAYOR, "Rendez-vous", "Pouvons-nous nous voir ?"))
        self.assertFalse(ticket.topic_id)
        self.assertEqual(ticket.team_id, self.desk)

    def test_a_message_to_another_team_stays_with_it(self):
        message = self._mail(MAYOR, "Nid-de-poule rue de la Gare", To=self.water.alias_email)
        ticket = self._receive(message)
        self.assertEqual(ticket.team_id, self.water)
        self.assertEqual(ticket.topic_id, self.road_topic)

    def test_persons_of_another_commune_in_copy_do_not_follow(self):
        message = self._mail(MAYOR, "Trou", Cc="bruno.blanc@mel.example, luc@arnaud.example")
        ticket = self._receive(message)
        self.assertFalse(ticket.message_partner_ids & self.portal_b.partner_id)
        self.assertFalse(self._letters(ticket, "bruno.blanc@mel.example"))


@tagged("post_install", "-at_install")
class TestAttach(MailCase):
    """Unknown senders are attached once, and recognised for ever."""

    ADDRESS = "accueil.aubrive@gmail.com"

    def _attach(self, ticket, user=None, **values):
        wizard = Form(
            self.env["commune.request.attach.sender"]
            .with_user(user or self.officer)
            .with_context(**ticket.action_attach_sender()["context"])
        )
        self.assertEqual(wizard.address, self.ADDRESS)
        for name, value in values.items():
            setattr(wizard, name, value)
        return wizard.save().action_attach()

    def test_the_town_hall_s_other_address_is_remembered(self):
        first = self._receive(self._mail(f"Accueil <{self.ADDRESS}>", "Question 1"))
        second = self._receive(self._mail(self.ADDRESS, "Question 2"))
        self._attach(first, commune_id=self.commune_a)
        for ticket in first | second:
            self.assertEqual(ticket.commune_id, self.commune_a)
            self.assertEqual(ticket.partner_id, self.commune_a)
            self.assertFalse(ticket.is_unknown_sender)
            self.assertTrue(ticket.acknowledged_date)
            self.assertEqual(len(self._letters(ticket)), 1)
        self.assertEqual(self.commune_a.known_email_ids.mapped("value"), [self.ADDRESS])
        third = self._receive(self._mail(self.ADDRESS, "Question 3"))
        self.assertEqual(third.commune_id, self.commune_a)

    def test_a_person_is_created_with_her_function_and_her_address(self):
        ticket = self._receive(self._mail(self.ADDRESS, "Question"))
        self._attach(
            ticket,
            commune_id=self.commune_a,
            who="new",
            civility="mme",
            firstname="Ève",
            lastname="NOËL",
            function_id=self.functions["dgs"],
        )
        person = ticket.partner_id
        self.assertEqual((person.name, person.email), ("Ève NOËL", self.ADDRESS))
        self.assertEqual(person.held_mandate_ids.commune_id, self.commune_a)
        self.assertEqual(ticket.message_ids.sorted("id")[:1].author_id, person)

    def test_nothing_is_remembered_when_not_wanted(self):
        ticket = self._receive(self._mail(self.ADDRESS, "Question"))
        self._attach(ticket, commune_id=self.commune_a, remember=False)
        self.assertFalse(self.commune_a.known_email_ids)

    def test_requests_of_several_addresses_are_attached_one_by_one(self):
        first = self._receive(self._mail(self.ADDRESS, "Question"))
        other = self._receive(self._mail("autre@gmail.com", "Question"))
        with self.assertRaises(UserError):
            self._attach(first | other, commune_id=self.commune_a)

    def test_a_referent_may_attach_the_requests_of_the_department(self):
        ticket = self._receive(self._mail(self.ADDRESS, "Question", To=self.roads.alias_email))
        self._attach(ticket, self.referent, commune_id=self.commune_b)
        self.assertEqual(ticket.commune_id, self.commune_b)
        self.assertEqual(self.commune_b.known_email_ids.value, self.ADDRESS)

    def test_choosing_the_commune_on_the_request_is_enough(self):
        ticket = self._receive(self._mail(self.ADDRESS, "Question"))
        ticket.with_user(self.officer).commune_id = self.commune_a
        self.assertFalse(ticket.is_unknown_sender)
        self.assertTrue(self._letters(ticket, self.ADDRESS))
