"""The twenty-four months of the demonstration: living figures, silent communes, rising topics."""

from datetime import timedelta

from odoo.tests import TransactionCase, tagged

# What each of the two years contains: model, day, least number in a year.
EXPECTED = (
    ("helpdesk.ticket", "create_date", 60),
    ("commune.request.transfer", "date", 4),
    ("commune.session", "date", 8),
    ("event.event", "date_begin", 8),
    ("event.registration", "create_date", 20),
    ("commune.contact", "date", 24),
    ("commune.commitment", "kept_date", 5),
    ("commune.mailing.stat", "date", 20),
    ("commune.survey.campaign", "date_open", 1),
    ("commune.service.usage", "date", 20),
    ("commune.guide.view", "date", 20),
)
COMPARED = ("requests_received", "requests_answered", "requests_in_time", "requests_delay") + (
    "requests_transfers",
    "contacts_made",
    "promises_kept",
    "sessions_held",
    "sessions_attendance",
    "decisions_made",
    "events_held",
    "events_attendance",
    "letters_opened",
    "services_taken",
    "services_expected",
    "services_actual",
    "surveys_answers",
    "guides_read",
)


@tagged("post_install", "-at_install")
class TestDemoPast(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        reference = cls.env["commune.reference.epci"].search(
            [("commune_count", "=", 25)], order="siren", limit=1
        )
        cls.env.company.epci_id = False
        cls.mails = cls.env["mail.mail"].create(
            [
                {"subject": "Facture", "email_to": "un@client.example"},
                {"subject": "Rappel", "email_to": "deux@client.example", "state": "exception"},
            ]
        )
        cls.server = cls.env["ir.mail_server"].create({"name": "Le nôtre", "smtp_host": "mx"})
        cls.before = cls._look_at_others()
        list(reference._set_up_everything(reference.siren, online=False, demo=True))
        cls.epci = cls.env.company.epci_id
        cls.today = cls.env.company._get_today()

    @classmethod
    def _look_at_others(cls):
        """Third-party mails, servers and scheduled jobs, as they are in the database."""
        cls.env.flush_all()
        asked = (
            (
                "SELECT id, state, failure_reason, write_date FROM mail_mail WHERE id IN %s",
                [tuple(cls.mails.ids)],
            ),
            ("SELECT id, active, smtp_host, from_filter, sequence FROM ir_mail_server", []),
            (
                "SELECT id, active, interval_number, interval_type, nextcall, priority"
                " FROM ir_cron WHERE id NOT IN (SELECT res_id FROM ir_model_data"
                " WHERE model = 'ir.cron' AND module = 'commune_relations')",
                [],
            ),
            ("SELECT id, active, state FROM fetchmail_server", []),
        )
        found = []
        for query, values in asked:
            cls.env.cr.execute(f"{query} ORDER BY id", values)
            found.append(cls.env.cr.fetchall())
        return found

    def test_third_party_mails_servers_and_clocks_stay_as_they_were(self):
        self.assertEqual(self._look_at_others(), self.before)
        self.assertEqual(self.mails.mapped("state"), ["outgoing", "exception"])

    def test_each_of_the_two_years_is_reported(self):
        year = self.today - timedelta(days=365)
        for model, day, least in EXPECTED:
            with self.subTest(model=model):
                recent = self.env[model].search_count([(day, ">=", str(year))])
                before = self.env[model].search_count(
                    [(day, "<", str(year)), (day, ">=", str(year - timedelta(days=365)))]
                )
                self.assertGreaterEqual(recent, least)
                self.assertGreaterEqual(before, least)

    def test_requests_of_the_past_have_the_number_of_their_year(self):
        for ticket in self.env["helpdesk.ticket"].search([]):
            year = self.env.company._get_organisation_date(ticket.create_date).year
            self.assertRegex(ticket.number, rf"^D{year}-\d{{4}}$")

    def test_the_figures_of_a_year_have_a_year_to_compare_with(self):
        manager = self.env["res.users"].search([("login", "=", "direction")])
        board = self.env["commune.steering"].with_user(manager).get_board()
        rows = {row["code"]: row for part in board["sections"] for row in part["figures"]}
        for code in COMPARED:
            with self.subTest(figure=code):
                self.assertTrue(rows[code]["before"])
                self.assertTrue(rows[code]["change_text"])

    def test_some_communes_are_silent_and_there_are_talking_points_for_them(self):
        silences = self.env["commune.silence"]._get_silent()
        self.assertIn(len(silences), (2, 3, 4, 5))
        for one in silences:
            self.assertTrue(one.points)
            self.assertFalse(
                self.env["helpdesk.ticket"].search_count(
                    [("commune_id", "=", one.commune_id.id), ("create_date", ">", "-12w")]
                )
            )

    def test_two_topics_rise(self):
        rising = self.env["commune.topic.trend"].search([]).topic_id.mapped("code")
        self.assertLessEqual({"EAU-PLU", "VOI-ECL"}, set(rising))

    def test_nothing_of_the_past_waits_for_anybody(self):
        """Requests answered then are closed; what is open came in the last weeks."""
        old = [("create_date", "<", str(self.today - timedelta(days=60)))]
        kinds = self.env["helpdesk.ticket"].search(old).mapped("stage_kind")
        self.assertEqual(set(kinds), {"closed", "rerouted"})
        sessions = self.env["commune.session"].search([("date", "<", self.today - timedelta(60))])
        self.assertEqual(set(sessions.mapped("state")), {"approved"})

    def test_only_invented_persons_speak(self):
        persons = self.env["helpdesk.ticket"].search([]).partner_id
        persons |= self.env["event.registration"].search([]).attendee_partner_id
        persons |= self.env["commune.contact"].search([]).person_ids
        self.assertEqual(set(persons.mapped("is_fictitious")), {True})

    def test_a_second_load_adds_nothing(self):
        def count():
            return [self.env[model].search_count([]) for model, _day, _least in EXPECTED]

        before = count()
        self.env["commune.demo"]._load(self.epci)
        self.assertEqual(count(), before)
