"""A request of the portal is followed until somebody of the coordination has it."""

from datetime import timedelta

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .replacement_case import TODAY, ReplacementCase

TOMORROW = TODAY + timedelta(days=1)  # a Friday
LATER = TODAY + timedelta(days=21)  # Thursday 17 December 2026
LETTERS = "commune_relations.mail_template_replacement_"


@tagged("post_install", "-at_install")
class TestReplacementArrival(ReplacementCase, HttpCase):
    """The coordinator has an address and reads French; the organisation has a telephone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"].search(
            [("name", "=", "commune_relations")]
        )._update_translations(["fr_FR"])
        cls.coordinator.write({"email": "coordination@house.example", "lang": "fr_FR"})
        cls.env.company.replacement_phone = "03 87 00 00 01"
        cls.portal_both.partner_id.write({"email": "secretaire@aubrive.example", "phone": "0387"})
        cls.requests = cls.env["commune.replacement.request"]

    def _post(self, path, **data):
        return self.url_open(path, data={"csrf_token": http.Request.csrf_token(self), **data})

    def _file(self, day, urgency="normal", **data):
        """The request of the secretary for the morning of a day."""
        self.authenticate(self.portal_both.login, self.portal_both.login)
        known = self.requests.search([])
        values = {
            "commune_id": self.commune_a.id,
            "post": "Secrétaire de mairie",
            "urgency": urgency,
            "date_0": str(day),
            "date_0_am": "1",
            **data,
        }
        self.page = self._post("/my/replacements/new", **values)
        return self.requests.search([]) - known

    def _letters(self, request):
        mails = self.env["mail.mail"].sudo()
        found = mails.search([("model", "=", request._name), ("res_id", "=", request.id)])
        return {
            mail.recipient_ids.email: (mail.subject, mail.body_html, mail.state) for mail in found
        }

    def _listed(self):
        view = self.env.ref("commune_relations.commune_replacement_request_view_list")
        order = "next_date, date_start desc, id desc"
        self.assertIn(f'default_order="{order}"', view.arch)
        self.assertIn("decoration-danger=\"alert == 'now'\"", view.arch)
        domain = [("state", "=", "submitted")]
        requests = self.requests.with_user(self.coordinator).search(domain, order=order)
        return [(request, request.alert) for request in requests]

    def test_an_answer_by_mail_goes_to_the_coordination(self):
        """Not to the desk; not to who has no address: the desk then reads it."""
        known = self.env["mail.mail"].search([])
        request = self._file(LATER)
        mails = self.env["mail.mail"].search([]) - known
        letters = mails.filtered(lambda mail: mail.recipient_ids == self.portal_both.partner_id)
        self.assertEqual(letters.mapped("reply_to"), [self.coordinator.email_formatted])
        request.user_id.email = "coordination@example.com"
        self.assertFalse(request._get_letter_reply())

    def test_a_letter_that_holds_a_secret_link_is_answered_at_the_desk(self):
        """Anyone who answers quotes the link: the desk hides it, one's own mailbox does not."""
        registry = self.env.registry
        letters = registry["commune.letter"]
        found = [
            name
            for name, model in registry.items()
            if issubclass(model, letters)
            and model._get_secret_address is not letters._get_secret_address
        ]
        self.assertIn("commune.replacement.proposal", found)
        for name in set(found) - {"hr.employee"}:
            same = registry[name]._get_letter_reply is letters._get_letter_reply
            self.assertTrue(same, name)
        # The letter on contested hours holds no link that opens without an account.
        self.assertEqual(self.env["hr.employee"]._get_letter_reply(), "")

    def test_from_the_form_to_the_hands_of_the_coordination(self):
        """In three weeks, today, tomorrow: typed in this order, listed by urgency."""
        cases = (
            (LATER, "normal", TOMORROW, "replacement_request", "later"),
            (TODAY, "same_day", TODAY, "replacement_urgent", "now"),
            (TOMORROW, "next_day", TODAY, "replacement_urgent", "soon"),
        )
        found = {}
        for day, urgency, deadline, kind, alert in cases:
            with self.subTest(day=day):
                request = found[day] = self._file(day, urgency)
                self.assertEqual(len(request), 1)
                self.assertEqual(request.user_id, self.coordinator)
                activity = request.activity_ids
                self.assertRecordValues(
                    activity, [{"user_id": self.coordinator.id, "date_deadline": deadline}]
                )
                wanted = self.env.ref(f"commune_relations.mail_activity_type_{kind}")
                self.assertEqual(activity.activity_type_id, wanted)
                self.assertIn("Madame Sophie COLIN", activity.note)
                self.assertEqual(request.alert, alert)
                letters = self._letters(request)
                self.assertEqual(
                    set(letters), {"secretaire@aubrive.example", "coordination@house.example"}
                )
                self.assertEqual({state for _s, _b, state in letters.values()}, {"outgoing"})
        self.assertEqual(
            self._listed(),
            [(found[TODAY], "now"), (found[TOMORROW], "soon"), (found[LATER], "later")],
        )
        kind = self.env.ref("commune_relations.mail_activity_type_replacement_urgent")
        self.assertEqual(kind.decoration_type, "danger")

    def test_the_letters_explain_in_french_what_happens_next(self):
        request = self._file(LATER)
        letters = self._letters(request)
        subject, body, _state = letters["secretaire@aubrive.example"]
        body = body.replace("\xa0", " ")
        self.assertEqual(
            subject, f"[{request.name}] Votre demande de remplacement est bien arrivée"
        )
        for text in (
            "Bonjour Madame COLIN,",
            request.name,
            "au plus tard le vendredi 27 novembre 2026",
            "jeudi 17 décembre 2026 (matin)",
        ):
            self.assertIn(text, body)
        self.assertNotIn("Besoin pour aujourd’hui", body)
        subject, body, _state = letters["coordination@house.example"]
        self.assertEqual(
            subject.replace("\xa0", " "),
            f"[{request.name}] Un agent pour Aubrive à partir du jeudi 17 décembre 2026",
        )
        self.assertIn(f"/odoo/replacement-requests/{request.id}", body)
        self.assertIn("0387", body)
        urgent = self._file(TODAY, "same_day")
        subject, _body, _state = self._letters(urgent)["coordination@house.example"]
        self.assertIn("Urgent", subject)
        body = self._letters(urgent)["secretaire@aubrive.example"][1].replace("\xa0", " ")
        self.assertIn("La coordination est alertée", body)
        self.assertIn(f"Appelez le 03 87 00 00 01 en donnant le numéro {urgent.name}", body)

    def test_the_page_says_the_number_what_follows_and_whom_to_call(self):
        request = self._file(TODAY, "same_day")
        self.assertIn("?done=created", self.page.url)
        text = self.page.text.replace("\xa0", " ")
        for shown in (request.name, "03 87 00 00 01", "La coordination est alertée"):
            self.assertIn(shown, text)
        self.authenticate(self.portal_both.login, self.portal_both.login)
        page = self.url_open("/my/replacements/new").text
        self.assertIn("03\xa087\xa000\xa000\xa001", page)
        self.assertIn('href="tel:0387000001"', page)

    def test_the_words_of_the_commune_are_urgent_too(self):
        request = self._file(LATER, "same_day")
        self.assertEqual(request.activity_ids.date_deadline, TODAY)

    def test_it_is_read_on_the_next_working_day(self):
        """Asked on Thursday, read on Friday; asked on Friday, read on Monday."""
        for today, wanted in (("2026-11-26", "2026-11-27"), ("2026-11-27", "2026-11-30")):
            day = self.requests._fields["date_start"].to_date(today)
            self.patch(type(self.requests), "_get_today", lambda self, day=day: day)
            request = self._file(LATER)
            with self.subTest(today=today):
                self.assertEqual(str(request.activity_ids.date_deadline), wanted)

    def test_anyone_who_looks_after_the_commune_has_it(self):
        other = new_test_user(
            self.env,
            "test_coordinator_2",
            groups="commune_relations.group_replacement_coordinator",
            email="second@house.example",
        )
        self.assertEqual(self._file(LATER).user_id, self.coordinator)
        self.commune_a.user_id = other
        request = self._file(LATER)
        self.assertEqual(request.activity_ids.user_id, other)
        letters = self._letters(request)
        self.assertEqual(len(letters), 3, "the whole coordination reads it")
        self.assertEqual({state for _subject, _body, state in letters.values()}, {"outgoing"})
        self.commune_a.user_id = False
        self.assertEqual(self._file(LATER).user_id, other, "who followed the last one")

    def test_never_silence(self):
        """Nobody in the coordination: the manager, then the desk, then the administrator."""
        group = self.env.ref("commune_relations.group_replacement_coordinator")
        group.user_ids = [Command.unlink(self.coordinator.id)]
        self.manager.email = "responsable@house.example"
        request = self._file(TODAY)
        self.assertEqual(request.activity_ids.user_id, self.manager)
        self.assertIn("responsable@house.example", self._letters(request))

        self.manager.active = False
        managers = self.env.ref("commune_relations.group_manager").all_user_ids
        admin = self.env.ref("base.user_admin")
        (managers - admin - self.env.ref("base.user_root")).active = False
        self.patch(
            type(self.env["commune.portal.colleague"]),
            "_get_relations_manager",
            lambda colleagues, place: place.env["res.users"],
        )
        lead = new_test_user(
            self.env,
            "test_lead",
            groups="commune_relations.group_referent",
            email="accueil@house.example",
        )
        self.env["helpdesk.ticket.team"]._get_desk().user_id = lead
        request = self._file(TODAY)
        self.assertEqual(request.activity_ids.user_id, lead)
        self.assertIn("accueil@house.example", self._letters(request))

        lead.active = False
        self.env["helpdesk.ticket.team"]._get_desk().user_ids = False
        self.assertEqual(self._file(TODAY).activity_ids.user_id, admin)

    def test_a_coordinator_without_address_has_the_activity_and_the_manager_the_letter(self):
        self.coordinator.partner_id.email = False
        self.manager.email = "responsable@house.example"
        request = self._file(TODAY)
        self.assertEqual(request.activity_ids.user_id, self.coordinator)
        self.assertIn("responsable@house.example", self._letters(request))

    def test_what_is_taken_up_has_not_to_be_read_any_more(self):
        for action in ("action_qualify", "action_cancel"):
            request = self._file(LATER)
            getattr(request.with_user(self.coordinator), action)()
            with self.subTest(action=action):
                self.assertFalse(request.activity_ids)
        request = self._file(LATER)
        request._hold(self.nadia, request.slot_ids)
        self.assertFalse(request.activity_ids)

    def test_agents_who_were_asked_are_notified_when_the_commune_cancels(self):
        request = self._file(LATER)
        proposal = request._hold(self.nadia, request.slot_ids)
        proposal.with_user(self.coordinator).action_send_agent()
        self._post(f"/my/replacements/{request.id}/cancel")
        self.assertEqual(request.state, "cancelled")
        self.assertRecordValues(
            request.activity_ids, [{"user_id": self.coordinator.id, "date_deadline": TODAY}]
        )
        self.assertIn("Nadia F.", request.activity_ids.summary)
        mails = self.env["mail.mail"].search([("model", "=", "hr.employee")])
        letters = mails.filtered(lambda mail: mail.res_id == self.nadia.id)
        self.assertEqual(
            (letters.recipient_ids, letters.state), (self.nadia.work_contact_id, "outgoing")
        )
        request = self._file(LATER)
        self._post(f"/my/replacements/{request.id}/cancel")
        self.assertFalse(request.activity_ids, "nobody was asked, nobody is told")

    def test_a_request_that_staff_type_alerts_nobody(self):
        request = self._request()
        self.assertFalse(request.activity_ids)
        self.assertFalse(self._letters(request))

    def test_the_portal_distinguishes_what_is_proposed_from_what_is_confirmed(self):
        request = self._request()
        proposal = request._hold(self.nadia, request.slot_ids[:3])
        self.assertEqual(request._get_portal_cover(), "Half-days confirmed: 0 of 4; proposed: 3")
        proposal._answer("agent", True, None)
        self.assertIn("confirmed: 0 of 4; proposed: 3", request._get_portal_cover())
        proposal._answer("commune", True, None)
        self.assertEqual(request._get_portal_cover(), "Half-days confirmed: 3 of 4")
        self.authenticate(self.portal_a.login, self.portal_a.login)
        text = self.url_open("/my/replacements").text.replace("\xa0", " ")
        self.assertIn("Demi-journées confirmées : 3 sur 4", text)

    # days that are over

    def test_a_day_that_is_over_is_refused_on_the_portal_in_french(self):
        self.portal_both.lang = "fr_FR"
        yesterday = TODAY - timedelta(days=1)
        self.assertFalse(self._file(yesterday))
        self.assertEqual(self.page.status_code, 422)
        sentence = "Mercredi 25 novembre 2026 est passé : choisissez un jour à partir d’aujourd’hui"
        self.assertIn(sentence, self.page.text.replace("\xa0", " "))
        week = {"date_start": str(yesterday), "date_end": str(LATER), "mon_am": "1"}
        self.assertFalse(self._file(LATER, **week))
        self.assertIn(sentence, self.page.text.replace("\xa0", " "))
        self.assertTrue(self._file(TODAY))

    def test_days_that_are_over_are_refused_in_the_office(self):
        requests = self.requests.with_user(self.coordinator).with_context(lang="fr_FR")
        values = {
            "commune_id": self.commune_a.id,
            "post": "Accueil",
            "date_start": TODAY - timedelta(days=1),
            "date_end": LATER,
            "wed_am": True,
        }
        request = requests.create(values)
        with self.assertRaisesRegex(UserError, "mercredi 25 novembre 2026"):
            request.action_submit()
        request.date_start = TODAY
        request.action_submit()
        self.assertEqual(request.state, "submitted")
        with self.assertRaisesRegex(UserError, "Mercredi 25 novembre 2026 est passé"):
            request.date_start = TODAY - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "est passé"):
            request.slot_ids[0].date = TODAY - timedelta(days=2)
        with self.assertRaisesRegex(UserError, "est passé"):
            self.env["commune.replacement.slot"].with_user(self.coordinator).with_context(
                lang="fr_FR"
            ).create({"request_id": request.id, "date": "2026-11-24", "half_day": "am"})

    def test_a_day_ticked_later_adds_nothing_to_the_weeks_that_are_over(self):
        request = self._request(date_start=TODAY, date_end=LATER, mon_am=False, tue_am=True)
        self.patch(type(request), "_get_today", lambda self: TODAY + timedelta(days=8))
        request.thu_am = True
        thursdays = request.slot_ids.filtered(lambda s: s.date.weekday() == 3)
        self.assertEqual([str(slot.date) for slot in thursdays], ["2026-12-10", "2026-12-17"])

    def test_a_list_by_urgency_leaves_the_days_that_are_over_behind(self):
        over = self._request(date_start=TODAY, date_end=TODAY, tue_am=False, thu_am=True)
        partly = self._request(
            date_start=TODAY, date_end=LATER, mon_am=False, tue_am=False, thu_am=True
        )
        near = self._request(date_start="2026-12-07", date_end="2026-12-07", tue_am=False)
        self.patch(type(over), "_get_today", lambda self: TODAY + timedelta(days=8))
        self.env.invalidate_all()
        self.assertEqual(self._listed(), [(near, "soon"), (partly, "later"), (over, "over")])
        self.assertEqual(str(partly.next_date), "2026-12-10")
