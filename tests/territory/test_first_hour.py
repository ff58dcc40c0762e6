"""The first hour of three organisations installed by hand, by their screens and their mail: from
the first login of the manager to the first session of the mayors.
"""

import re
from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields, http
from odoo.fields import Command
from odoo.tests import Form, HttpCase, new_test_user, tagged

from ..requests.smtp_case import Loopback

SENDER = "relations@deux-rives.example"
MAYOR = "mairie@une-commune.example"
DRAWN = "odoo.addons.commune_relations.models.core.sender.sender_check.secrets.randbelow"
COUNCIL = (
    "Code de la commune;Nom de l'élu;Prénom de l'élu;Code sexe;Date de début du mandat;"
    "Libellé de la fonction;Date de début de la fonction\n"
    "%s;EXEMPLE;Jeanne;F;2026-03-15;Maire;2026-03-22"
)


class FirstHourCase(Loopback, HttpCase):
    """A database as `-i commune_relations` leaves it, and a manager in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay.from_filter = False
        cls.manager = new_test_user(
            cls.env, "first_manager", "commune_relations.group_manager", name="Rose RESPONSABLE"
        )
        cls.manager.email = "rose@deux-rives.example"
        cls.company = cls.env.company
        cls.company.currency_id = cls.env.ref("base.USD")

    def _as(self, model, records=None):
        ids = records.ids if records else []
        return self.env[model].with_user(self.manager).browse(ids)

    def _set_up(self, siren):
        """By the wizard, as the manager."""
        form = Form(self._as("commune.setup"))
        form.reference_epci_id = self.env["commune.reference.epci"].search([("siren", "=", siren)])
        wizard = form.save()
        # In a database that others use, each change is asked.
        wizard.write(
            {f"change_{name}": True for name in ("language", "currency", "zone", "digest")}
        )
        wizard.action_apply()
        self.env.invalidate_all()

    def _assert_managed(self):
        self.assertEqual(self.company.currency_id.name, "EUR")
        self.assertEqual(self.manager.lang, "fr_FR")
        invented = [("is_fictitious", "=", True)]
        self.assertFalse(self.env["res.partner"].search_count(invented))


@tagged("post_install", "-at_install")
class TestFirstHour(FirstHourCase):
    """A communauté de communes, one of agglomération overseas, a métropole of local law."""

    def test_usses_et_rhone(self):
        self._go_from_the_first_login_to_the_first_session("200070852", "01010", "Anglefort")

    def test_cap_excellence(self):
        self._go_from_the_first_login_to_the_first_session("200018653", "97101", "Les Abymes")

    def test_strasbourg(self):
        self._go_from_the_first_login_to_the_first_session("246700488", "67482", "Strasbourg")

    def _go_from_the_first_login_to_the_first_session(self, siren, code, commune):
        self._set_up(siren)
        self._assert_managed()
        self._import_officials(code)
        self.assertEqual(self.mandate.commune_id.name, commune)
        self._set_identity()
        self._confirm_sender()
        self._invite_the_mayor()
        self._answer_the_mayor()
        self._write_to_the_mayors()
        self._call_the_mayors()

    def _take(self):
        """What left, each read as a commune would; {recipient: [message]}."""
        found = {}
        for recipients, message in self._outgoing():
            text = message.as_string() + "".join(
                part.get_content()
                for part in message.walk()
                if part.get_content_type()[:5] == "text/"
            )
            self.assertNotIn("example.com", text)
            self.assertNotIn("$", re.sub(r"<style.*?</style>", "", text, flags=re.S))
            if recipients != [self.manager.email]:  # a colleague writes in her own name
                self.assertIn(SENDER, message["From"])
            for recipient in recipients:
                found.setdefault(recipient, []).append(message)
        return found

    def _import_officials(self, code):
        upload = self._as("commune.import.upload").create(
            {
                "attachment_ids": [
                    Command.create(
                        {"name": "essai-municipal.csv", "raw": (COUNCIL % code).encode()}
                    )
                ]
            }
        )
        action = upload.action_load()
        self._as("commune.import").browse(action["res_id"]).action_apply()
        self.mandate = self.env["commune.mandate"].search(
            [("partner_id.name", "=", "Jeanne EXEMPLE")]
        )

    def _set_identity(self):
        form = Form(self._as("commune.organisation.identity"))
        form.phone = "04 00 00 00 01"
        form.opening_hours = "Lundi : 9 h – 17 h"
        form.firstname, form.lastname = "Paule", "PRESLE"
        form.save().action_save()
        self.env.invalidate_all()
        self.assertEqual(self.company.epci_id.mayor_id.name, "Paule PRESLE")

    def _confirm_sender(self):
        screen = self._as("commune.sender").create({"email": SENDER})
        screen.action_save()
        with patch(DRAWN, lambda _end: 12345):
            self._as("commune.sender").create({}).action_send_check()
        [(_sender, recipients, content)] = self.outbox.take()
        self.assertEqual(recipients, [SENDER])
        self.assertIn(b"012345", content)
        self._as("commune.sender").create({"code": "012345"}).action_check_code()
        self.assertTrue(self.company._is_sender_confirmed())

    def _invite_the_mayor(self):
        mandate = self._as("commune.mandate", self.mandate)
        mandate.partner_email = MAYOR
        mandate.action_portal_invite()
        [letter] = self._take()[MAYOR]
        content = letter.get_body(("html",)).get_content().replace("&amp;", "&")
        [link] = set(re.findall(r'href="[^"]*(/web/signup\?[^"]*token=[^"]*)"', content))
        self.authenticate(None, None)
        page = self.url_open(link).text
        self.assertIn('lang="fr-FR"', page)
        data = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        password = "un mot de passe de maire 2026"
        data |= {"login": MAYOR, "name": "Jeanne EXEMPLE", "password": password}
        data |= {"confirm_password": password, "csrf_token": http.Request.csrf_token(self)}
        self.url_open(link, data=data)
        self.mayor = self.mandate.partner_id.user_ids
        self.authenticate(MAYOR, password)
        home = self.url_open("/my").text
        self.assertIn("Bonjour", home)
        self.assertIn("Lundi : 9 h – 17 h", home)

    def _answer_the_mayor(self):
        desk = self.env["helpdesk.ticket.team"]._get_desk()
        self._as("helpdesk.ticket.team", desk).user_id = self.manager
        self.url_open(
            "/my/requests/new",
            data={
                "csrf_token": http.Request.csrf_token(self),
                "question": "Il y a un nid-de-poule rue de la Gare. Qui le répare ?",
                "commune_id": self.mandate.commune_id.id,
                "topic_id": "none",
                "form_key": "0123456789abcdef0123456789abcdef",
            },
        )
        request = self.env["helpdesk.ticket"].search([("commune_id", "!=", False)])
        self.assertEqual(
            (request.partner_id, request.user_id), (self.mayor.partner_id, self.manager)
        )
        sent = self._take()
        subjects = " ".join(message["Subject"] for message in sent[MAYOR])
        self.assertIn(request.number, subjects)
        request = self._as("helpdesk.ticket", request)
        request.answer_html = "<p>Une équipe passe jeudi.</p>"
        request.action_send_answer()
        [answer] = self._take()[MAYOR]
        self.assertIn("Une équipe passe jeudi.", answer.get_body(("html",)).get_content())
        page = self.url_open(f"/my/requests/{request.id}").text
        self.assertIn("Une équipe passe jeudi.", page)
        self.assertNotIn("$", re.sub(r"<script.*?</script>", "", page, flags=re.S))

    def _write_to_the_mayors(self):
        screen = Form(self._as("commune.mailing.new"))
        screen.subject = "La lettre de novembre"
        screen.audience_ids.add(self.env.ref("commune_relations.audience_mayors"))
        letter = self._as("mailing.mailing").browse(screen.save().action_create()["res_id"])
        body = re.sub(r"\[[^\[\]<>]+\]", "La fibre arrive.", letter.body_html)
        letter.write({"body_html": body, "body_arch": body})
        letter.action_request_approval()
        letter.action_approve()
        self._continue_before_an_election(letter)
        letter.action_launch()
        self.assertEqual(letter.state, "in_queue")
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0):
            self.env["mailing.mailing"]._process_mass_mailing_queue()
        [message] = self._take()[MAYOR]
        self.assertEqual(message["Subject"], "La lettre de novembre")
        self.assertIn("La fibre arrive.", message.get_body(("html",)).get_content())

    def _continue_before_an_election(self, letter):
        """In the months before an election, the button opens a window, and sends nothing: the
        code and the mail server are not mentioned, and the letter stays where it is."""
        day = self.env.company._get_today() + timedelta(days=60)
        self.env["commune.election"].create(
            {
                "name": "Municipales d’essai",
                "kind": "municipal",
                "first_round": day,
                "last_round": day + timedelta(days=7),
                "source": "Code électoral, article L. 52-1",
            }
        )
        self.env.invalidate_all()
        window = letter.action_launch()
        self.assertEqual(letter.state, "draft")
        screen = Form(self._as(window["res_model"]).with_context(**window["context"]))
        screen.way = "without"
        screen.reason = "Rien que des travaux"
        screen.save().action_confirm()

    def _call_the_mayors(self):
        committee = Form(self._as("commune.committee"))
        committee.name, committee.kind = "Conférence des maires d’essai", "mayors"
        committee.place_id = self.company.epci_id
        committee = committee.save()
        committee.member_ids.create(
            {"committee_id": committee.id, "mandate_id": self.mandate.id},
        )
        screen = Form(self._as("commune.session"))
        screen.committee_id = committee
        screen.date_begin = fields.Datetime.now() + timedelta(days=40)
        session = screen.save()
        session.item_ids.create({"session_id": session.id, "name": "La fibre"})
        session.action_approve_agenda()
        session.action_send_notice()
        [notice] = self._take()[MAYOR]
        content = notice.get_body(("html",)).get_content().replace("&amp;", "&")
        [link] = set(re.findall(r'href="[^"]*(/session/[^"]*)"', content))
        self.authenticate(None, None)
        self.assertIn("La fibre", self.url_open(link).text)


@tagged("post_install", "-at_install")
class TestFirstHourElsewhere(FirstHourCase):
    def _works(self, day):
        return self.company._get_working_days().is_working(day)

    def test_an_overseas_organisation_has_its_clock_and_its_days(self):
        """CAP Excellence: the abolition of slavery is kept on 27 May in Guadeloupe."""
        self._set_up("200018653")
        self._assert_managed()
        self.assertEqual(self.company._get_zone_name(), "America/Guadeloupe")
        self.assertEqual(self.manager.tz, "America/Guadeloupe")
        self.assertFalse(self._works(date(2027, 5, 27)))
        self.assertTrue(self._works(date(2028, 12, 26)))

    def test_an_organisation_of_local_law_has_the_day_after_christmas(self):
        """Strasbourg: 26 December 2028 is a Tuesday. 14 April 2028, Good Friday, counts where a
        delay of the law runs, as long as a commune has not declared that it has no such church."""
        self._set_up("246700488")
        self._assert_managed()
        self.assertEqual(self.company._get_zone_name(), "Europe/Paris")
        self.assertFalse(self._works(date(2028, 12, 26)))
        commune = self.company.epci_id.member_ids[:1]
        careful = self.company._get_working_days(commune=commune, careful=True)
        self.assertFalse(careful.is_working(date(2028, 4, 14)))
        self.assertTrue(self._works(date(2027, 5, 27)))
