"""Half-days that end or change: who is written to, what is read, what the calendar does."""

import re
from datetime import date, timedelta

from odoo.tests import HttpCase, tagged

from .replacement_case import MONDAY, ReplacementCase

CHANGE = "commune.replacement.mission.change"
FR = {"context": {"lang": "fr_FR"}}


class ChangeCase(ReplacementCase):
    """Anne AUBRY, mayor, asked; Sophie COLIN is the secretary; the coordinator follows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.email = "relations@deux-rives.example"
        cls.mayor, cls.secretary = cls.portal_a.partner_id, cls.portal_both.partner_id
        cls.mayor.email, cls.secretary.email = "maire@aubrive.example", "sg@aubrive.example"
        cls.colleague = cls.coordinator.partner_id
        cls.everybody = cls.mayor | cls.secretary | cls.colleague | cls.nadia.work_contact_id

    def _mission(self, **values):
        request = self._request(
            requester_id=self.mayor.id, user_id=self.coordinator.id, workplace="Mairie", **values
        )
        proposal = request._assign(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        proposal._answer("commune", True, None)
        self._commit()
        return proposal.mission_id

    def _commit(self):
        """The end of a transaction, as PostgreSQL would see it."""
        self.env.cr.flush()
        self.env.cr.postcommit.clear()

    def _letters(self, call):
        """Letters on what changes that an action leaves in the queue, its transaction ended."""
        known = self.env["mail.mail"].search([])
        call()
        self._commit()
        found = self.env["mail.mail"].search([]) - known
        return found.filtered(lambda mail: self._get_kind(mail).endswith("changes"))

    def _get_kind(self, mail):
        deliveries = self.env["commune.letter.delivery"].search([("mail_id", "=", mail.id)])
        return ", ".join(deliveries.mapped("kind"))

    def _to(self, mails, person):
        return mails.filtered(lambda mail: mail.recipient_ids == person)

    def _read(self, mail):
        """The words of a letter, in one line."""
        return " ".join(re.sub("<[^>]+>", " ", mail.body_html).split())

    def _calendars(self, mail):
        """{method: [{name: value} of each line of the calendar]} of what is joined."""
        found = {}
        for file in mail.attachment_ids:
            lines = file.raw.decode().replace("\r\n ", "").split("\r\n")
            entries, method = [], ""
            for line in lines:
                name, _colon, value = line.partition(":")
                method = value if name == "METHOD" else method
                if line == "BEGIN:VEVENT":
                    entries.append({})
                elif entries:
                    entries[-1].setdefault(name, value)
            found[method] = entries
        return found


@tagged("post_install", "-at_install")
class TestChangeNotification(ChangeCase, HttpCase):
    def _call(self, model, method, *args, **context):
        kwargs = {"context": {**FR["context"], **context}}
        answer = self.url_open(
            "/web/dataset/call_kw",
            json={"params": {"model": model, "method": method, "args": args, "kwargs": kwargs}},
        ).json()
        self.assertNotIn("error", answer, answer.get("error"))
        return answer["result"]

    def _change(self, mission, **values):
        """What the coordinator does on the screen of a mission, in requests of its own."""
        values = {"mission_id": mission.id, "by": "commune", "reason": "Réunion reportée", **values}
        wizard = self._call(CHANGE, "create", [values])[0]
        self._call(CHANGE, "action_change", [wizard])

    def test_a_half_day_then_the_mission_is_cancelled(self):
        """For the day after tomorrow: four persons learn it at once, each half-day once."""
        days = [MONDAY, MONDAY + timedelta(days=1)]
        mission = self._mission(date_end=days[1])
        first, second = mission.slot_ids.sorted("date")
        self.authenticate(self.coordinator.login, self.coordinator.login)
        mails = self._letters(lambda: self._change(mission, kind="one", slot_id=first.id))
        self.assertEqual(mails.recipient_ids, self.everybody)
        self.assertEqual((len(mails), set(mails.mapped("state"))), (4, {"outgoing"}))
        followed = mails._get_deliveries()
        self.assertEqual(followed.mapped("document_model"), [mission.request_id._name] * 4)
        self.assertEqual(set(followed.mapped("document_id")), {mission.request_id.id})
        for mail in mails:
            self.assertIn("lundi 11 janvier 2027 (matin", self._read(mail))
            self.assertNotIn("12 janvier", self._read(mail))
        cancelled = self._calendars(self._to(mails, self.nadia.work_contact_id))
        self.assertEqual(list(cancelled), ["CANCEL"])
        again = self._letters(lambda: self._change(mission, kind="cancellation"))
        self.assertEqual((len(again), again.recipient_ids), (4, self.everybody))
        self.assertEqual(set(mails.mapped("state")), {"outgoing"}, "the first letters still leave")
        for mail in again:
            self.assertIn("mardi 12 janvier 2027 (matin", self._read(mail))
            self.assertNotIn("11 janvier", self._read(mail))

    def test_no_context_of_a_client_keeps_the_letters_back(self):
        marks = ("no_letters", "no_request_mail", "install_mode", "replacement_keep_slots")
        mission = self._mission(date_end=MONDAY)
        self.authenticate(self.coordinator.login, self.coordinator.login)
        context = dict.fromkeys(marks, True)
        values = {"mission_id": mission.id, "reason": "Réunion", "kind": "cancellation"}
        values["by"] = "commune"

        def cancel():
            wizard = self._call(CHANGE, "create", [values], **context)[0]
            self._call(CHANGE, "action_change", [wizard], **context)

        self.assertEqual(self._letters(cancel).recipient_ids, self.everybody)

    def test_the_entry_of_the_calendar_is_taken_out(self):
        """The same UID as in the invitation and in the calendar followed, a later SEQUENCE."""
        mission = self._mission(date_end=MONDAY)
        slot = mission.slot_ids
        followed = self.nadia._get_agent_calendar().decode()
        mails = self._letters(lambda: mission._cancel("commune", "Plus de besoin"))
        [entry] = self._calendars(self._to(mails, self.nadia.work_contact_id))["CANCEL"]
        self.assertIn(f"UID:{entry['UID']}", followed)
        before = int(re.search(r"SEQUENCE:(\d+)", followed)[1])
        self.assertGreater(int(entry["SEQUENCE"]), before)
        self.assertEqual(entry["STATUS"], "CANCELLED")
        self.assertEqual(entry["ORGANIZER"], "mailto:relations@deux-rives.example")
        self.assertEqual(entry["ATTENDEE"], "mailto:a01@pool.example")
        # 8:30 in Paris, in winter.
        self.assertEqual(entry["DTSTART"], "20270111T073000Z")
        self.assertNotIn(f"half-day-{slot.id}@", self.nadia._get_agent_calendar().decode())


@tagged("post_install", "-at_install")
class TestChangesOfEachKind(ChangeCase):
    def _check_notified(self, mails, *words, persons=None):
        persons = self.everybody if persons is None else persons
        self.assertEqual(mails.recipient_ids, persons)
        self.assertEqual(len(mails), len(persons))
        for mail in mails:
            for word in words:
                self.assertIn(word, self._read(mail))

    def test_agreed_by_both_sides(self):
        request = self._request(requester_id=self.mayor.id, user_id=self.coordinator.id)
        proposal = request._assign(self.nadia, request.slot_ids)
        proposal._answer("agent", True, None)
        self._commit()
        mails = self._letters(lambda: proposal._answer("commune", True, self.mayor))
        self._check_notified(
            mails, "Demi-journées convenues", "lundi 11 janvier 2027 (matin, 8 h 30 – 12 h)"
        )
        entries = self._calendars(self._to(mails, self.nadia.work_contact_id))
        self.assertEqual({method: len(found) for method, found in entries.items()}, {"REQUEST": 4})

    def test_one_transaction_makes_one_letter(self):
        mission = self._mission()

        def both():
            mission._change_one(mission.slot_ids.sorted("date")[:1], None, "commune", "x")
            mission._cancel("commune", "Plus de besoin")

        mails = self._letters(both)
        self._check_notified(mails, "11 janvier", "12 janvier", "18 janvier", "19 janvier")

    def test_a_half_day_that_moves(self):
        mission = self._mission()
        first = mission.slot_ids.sorted("date")[:1]
        wanted = (date(2027, 1, 13), "pm")
        mails = self._letters(lambda: mission._change_one(first, wanted, "commune", "x"))
        self._check_notified(
            mails,
            "Demi-journée annulée lundi 11 janvier",
            "Demi-journée convenue mercredi 13 janvier 2027",
        )
        entries = self._calendars(self._to(mails, self.nadia.work_contact_id))
        self.assertEqual(set(entries), {"CANCEL", "REQUEST"})

    def test_an_amendment_an_early_end_and_an_absence(self):
        mission = self._mission()
        mails = self._letters(
            lambda: mission._amend({(0, "am")}, date(2027, 1, 18), date(2027, 1, 19), "x")
        )
        self._check_notified(mails, "Demi-journée annulée mardi 19 janvier 2027")
        mission.state = "running"
        mails = self._letters(lambda: mission._end_early(date(2027, 1, 13), "commune", "x"))
        self._check_notified(mails, "Demi-journée annulée lundi 18 janvier 2027")
        away = mission.slot_ids.filtered(lambda s: s.date == date(2027, 1, 12))
        mission.state = "confirmed"
        mails = self._letters(lambda: away.with_user(self.coordinator)._leave_for_absence())
        self._check_notified(mails, "Demi-journée annulée mardi 12 janvier 2027")
        # The commune learns that its half-day is not lost; never why the agent is away.
        self.assertIn("Un autre agent est recherché", self._read(self._to(mails, self.mayor)))
        self.assertFalse([mail for mail in mails if "absen" in self._read(mail)])

    def test_another_place_and_other_hours(self):
        mission = self._mission()
        mails = self._letters(lambda: mission.write({"workplace": "Salle des fêtes"}))
        self._check_notified(mails, "Lieu de travail Salle des fêtes")
        values = {"evening_date": MONDAY, "evening_start": 20, "evening_end": 23}
        mails = self._letters(lambda: mission.request_id.write(values))
        self._check_notified(mails, "lundi 11 janvier 2027", "soirée de 20 h à 23 h")
        # What changes nothing of it is written to nobody.
        values = {"tasks": "Accueil", "workplace": "Salle des fêtes"}
        self.assertFalse(self._letters(lambda: mission.write(values)))

    def test_an_agent_who_had_agreed_is_notified_that_it_is_cancelled(self):
        """The commune refuses, or withdraws its request; an agent who refused is not notified."""
        agent = self.nadia.work_contact_id
        for end in ("refused", "withdrawn", "cancelled"):
            request = self._request(requester_id=self.mayor.id, user_id=self.coordinator.id)
            proposal = request._assign(self.nadia, request.slot_ids)
            proposal._answer("agent", True, None)
            self._commit()
            calls = {
                "refused": lambda p=proposal: p._answer("commune", False, self.mayor, "other"),
                "withdrawn": lambda p=proposal: p.action_withdraw(),
                "cancelled": lambda r=request: r.action_cancel(),
            }
            with self.subTest(end=end):
                mails = self._letters(calls[end])
                self._check_notified(mails, "Proposition retirée lundi 11 janvier", persons=agent)
            request.slot_ids._cancel("service")
        request = self._request(needs=(("ACC", "1"),))
        proposal = request._assign(self.karim, request.slot_ids)
        proposal.action_send_agent()
        self._commit()
        mails = self._letters(lambda: proposal._answer("agent", False, None, "distance"))
        self.assertNotIn(self.karim.work_contact_id, mails.recipient_ids)

    def test_who_has_no_address_is_called(self):
        """The coordination reads whom to call; nothing is sent twice to one address."""
        mission = self._mission()
        self.nadia.work_contact_id.email = False
        self.nadia.work_phone = "03 00 00 00 42"
        self.secretary.email = self.mayor.email
        mails = self._letters(lambda: mission._cancel("commune", "x"))
        self._check_notified(mails, persons=self.mayor | self.colleague)
        self.assertIn("Nadia F., 03 00 00 00 42", self._read(self._to(mails, self.colleague)))
        self.assertNotIn("03 00 00 00 42", self._read(self._to(mails, self.mayor)))

    def test_days_that_are_over_are_written_to_nobody(self):
        mission = self._mission()
        past = self.env["commune.replacement.request"]
        self.patch(type(past), "_get_today", lambda self: date(2027, 2, 1))
        self.assertFalse(self._letters(lambda: mission._cancel("commune", "Registre")))

    def _subjects(self, mails):
        return {mail.recipient_ids: " ".join(mail.subject.split()) for mail in mails}

    def test_several_half_days_are_in_the_plural(self):
        mission = self._mission()
        mission.state = "running"
        agent = self.nadia.work_contact_id
        mails = self._letters(lambda: mission._end_early(date(2027, 1, 13), "commune", "x"))
        for subject in self._subjects(mails).values():
            self.assertIn("Demi-journées annulées pour la commune d’Aubrive", subject)
        self._check_notified(mails, "Demi-journées annulées lundi 18 janvier", "sont annulées")
        self.assertIn("pour ces demi-journées", self._read(self._to(mails, self.mayor)))
        mission.state = "confirmed"
        mails = self._letters(lambda: mission._cancel("commune", "x"))
        self.assertIn("aux dates ci-dessous", self._read(self._to(mails, agent)))

    def test_the_last_half_day_is_in_the_singular(self):
        mission = self._mission(date_end=MONDAY)
        mails = self._letters(lambda: mission._cancel("commune", "x"))
        read = {reader: self._read(self._to(mails, reader)) for reader in self.everybody}
        for text in read.values():
            self.assertIn("Demi-journée annulée lundi 11 janvier", text)
            self.assertNotIn("emi-journées", text)
        self.assertIn("à la date ci-dessous", read[self.nadia.work_contact_id])
        self.assertIn("pour cette demi-journée", read[self.mayor])

    def test_the_subject_says_what_happens_and_the_body_who_why_and_what_to_do(self):
        self.env.company.replacement_phone = "03 87 00 00 01"
        mission = self._mission(date_end=date(2027, 1, 12))
        first = mission.slot_ids.sorted("date")[:1]
        agent = self.nadia.work_contact_id
        mails = self._letters(
            lambda: mission._change_one(first, None, "commune", "Mairie fermée ce matin-là")
        )
        subjects = self._subjects(mails)
        when = "pour la commune d’Aubrive : lundi 11 janvier 2027 (matin)"
        self.assertEqual(subjects[agent], f"Demi-journée annulée {when}")
        number = mission.request_id.name
        self.assertEqual(subjects[self.mayor], f"[{number}] Demi-journée annulée {when}")
        self._check_notified(
            mails,
            "Décidé par la commune d’Aubrive",
            "Motif Mairie fermée ce matin-là",
            "Une demi-journée",
            "est annulée",
        )
        self.assertIn("ne vous y rendez pas", self._read(self._to(mails, agent)))
        self.assertIn("Aucun autre agent", self._read(self._to(mails, self.mayor)))
        for reader, is_given in ((agent, True), (self.mayor, True), (self.colleague, False)):
            read = self._read(self._to(mails, reader))
            self.assertEqual("03 87 00 00 01" in read, is_given)
        mails = self._letters(lambda: mission._cancel("service", "Agent appelé ailleurs"))
        when = "pour la commune d’Aubrive : mardi 12 janvier 2027 (matin)"
        subjects = self._subjects(mails)
        self.assertEqual(subjects[agent], f"Annulation de votre mission {when}")
        self.assertEqual(subjects[self.mayor], f"[{number}] Annulation du remplacement {when}")
        self._check_notified(mails, "Décidé par le service de remplacement")

    def test_what_was_agreed_comes_before_what_is_now(self):
        mission = self._mission(date_end=MONDAY)
        mails = self._letters(lambda: mission.write({"workplace": "Salle des fêtes"}))
        day = "lundi 11 janvier 2027 (matin, 8 h 30 – 12 h)"
        self._check_notified(
            mails,
            f"Avant {day}, Mairie Désormais {day}, Salle des fêtes",
        )
        for subject in self._subjects(mails).values():
            self.assertIn("Modification d", subject)

    def test_another_place_of_several_half_days_is_one_sentence(self):
        """Monday 11 and Tuesday 12, each as before but for the place."""
        mission = self._mission(date_end=date(2027, 1, 12))
        self.assertEqual(len(mission.slot_ids), 2)
        mails = self._letters(lambda: mission.write({"workplace": "Salle des fêtes"}))
        self._check_notified(
            mails,
            "Lieu de travail Salle des fêtes au lieu de Mairie, pour les 2 demi-journées du lundi"
            " 11 janvier 2027 au mardi 12 janvier 2027",
        )
        for mail in mails:
            self.assertNotIn("Désormais", self._read(mail))
        mails = self._letters(lambda: mission.write({"workplace": False}))
        self._check_notified(mails, "Désormais lundi 11 janvier 2027", "Désormais mardi 12")

    def test_the_order_of_mission_that_was_issued_no_longer_holds(self):
        mission = self._mission(date_end=date(2027, 1, 12))
        version = mission.amendment_ids.sudo()
        version.write({"order_date": "2026-11-26 08:00:00", "order_facts": {"number": "OM-7-1"}})
        first = mission.slot_ids.sorted("date")[:1]
        mails = self._letters(lambda: mission._change_one(first, None, "commune", "x"))
        self._check_notified(
            mails, "L’ordre de mission OM-7-1 n’est plus valable : un nouvel ordre"
        )
        mails = self._letters(lambda: mission._cancel("commune", "x"))
        self._check_notified(mails, "L’ordre de mission OM-7-1 n’est plus valable.")

    def test_why_an_agent_cannot_come_stays_with_the_agent_and_the_service(self):
        mission = self._mission()
        mails = self._letters(lambda: mission._cancel("agent", "Hospitalisation"))
        self._check_notified(mails)
        self.assertFalse([mail for mail in mails if "Hospitalisation" in self._read(mail)])
        self.assertIn("vous-même", self._read(self._to(mails, self.nadia.work_contact_id)))
        self.assertIn("l’agent", self._read(self._to(mails, self.mayor)))

    def test_a_request_taken_back_is_a_reason_in_a_sentence(self):
        request = self._mission().request_id
        mails = self._letters(lambda: request.with_context(lang="fr_FR").action_cancel())
        self._check_notified(mails, "Motif La commune n’a plus besoin du remplacement")

    def test_a_client_chooses_no_words_of_a_letter(self):
        request = self._mission().request_id.with_user(self.coordinator)
        forged = request.with_context(replacement_changes={request.id: ["x"]})
        self.assertFalse(forged._get_changes())
