"""Letters to the network: the limit of the week, the figures by commune."""

from odoo.tests import tagged

from .test_mailing import QuietCase


@tagged("post_install", "-at_install")
class TestWeek(QuietCase):
    def test_the_fourth_letter_of_the_week_waits_for_the_digest(self):
        letters = [self._send(self._letter(subject=f"Lettre {n}")) for n in range(4)]
        self.assertEqual(len(self._written_to(letters[2])), 3)
        self.assertFalse(self._written_to(letters[3]))
        self.assertEqual(letters[3].state, "done")
        self.assertEqual(set(self._outcomes(letters[3]).values()), {"digest"})
        service = self._send(self._letter(is_service=True))
        self.assertEqual(len(self._written_to(service)), 3)
        fifth = self._send(self._letter(subject="Lettre 5"))
        # One leaves, one refuses: the digest is for the third.
        self.mandate_b.action_end_today()
        self.env["commune.contact.preference"]._set_preference(self.deputy, True)
        mails = self.env["commune.mailing.recipient"]._cron_send_digest()
        self.assertEqual(len(mails), 1)
        self.assertIn(self.mayor_a.email, mails.email_to)
        for words in ("Lettre 3", "Lettre 5", "confirm_unsubscribe", "Les Deux Rives"):
            self.assertIn(words, mails.body_html)
        self.assertNotIn("Lettre 2", mails.body_html)
        self.assertEqual(
            self._outcomes(fifth),
            {self.mayor_a: "digest", self.mayor_b: "left", self.deputy: "refused"},
        )
        self.assertFalse(self.env["commune.mailing.recipient"]._cron_send_digest())

    def test_the_limit_is_a_setting(self):
        self.env.company.network_weekly_limit = 1
        self._send(self._letter())
        self.assertFalse(self._written_to(self._send(self._letter())))
        self.env.company.network_weekly_limit = 0
        self.assertEqual(len(self._written_to(self._send(self._letter()))), 3)

    def test_a_week_later_the_count_starts_again(self):
        self.env.company.network_weekly_limit = 1
        letter = self._send(self._letter())
        self.env.cr.execute(
            "UPDATE commune_mailing_recipient SET create_date = create_date - interval '8 days'"
            " WHERE mailing_id = %s",
            (letter.id,),
        )
        self.assertEqual(len(self._written_to(self._send(self._letter()))), 3)


@tagged("post_install", "-at_install")
class TestFigures(QuietCase):
    def _stats(self, letter, *domain):
        self.env.flush_all()
        return self.env["commune.mailing.stat"].search([("mailing_id", "=", letter.id), *domain])

    def test_each_figure_equals_its_list(self):
        audience = self._audience("mayor", "deputy_mayor", "town_hall_secretary", name="Tous")
        self.secretary.email = False
        letter = self._send(self._letter(audience))
        traces = {t.partner_id: t for t in self._traces(letter)}
        self.assertEqual(len(traces), 3)
        for trace in traces.values():
            trace.set_sent()
        traces[self.mayor_a].set_opened()
        traces[self.mayor_a].set_clicked()
        traces[self.deputy].set_bounced()
        self.env.flush_all()
        figures = {
            commune: dict(
                zip(("recipients", "opened", "clicked", "bounced", "unreached"), sums, strict=True)
            )
            for commune, *sums in self.env["commune.mailing.stat"]._read_group(
                [("mailing_id", "=", letter.id)],
                ["commune_id"],
                ["recipients:sum", "opened:sum", "clicked:sum", "bounced:sum", "unreached:sum"],
            )
        }
        self.assertEqual(
            figures[self.commune_a],
            {"recipients": 3, "opened": 1, "clicked": 1, "bounced": 1, "unreached": 2},
        )
        # The secretary of two communes counts in each.
        self.assertEqual(
            figures[self.commune_b],
            {"recipients": 2, "opened": 0, "clicked": 0, "bounced": 0, "unreached": 1},
        )
        for commune, sums in figures.items():
            for name, value in sums.items():
                listed = self._stats(letter, ("commune_id", "=", commune.id), (name, "=", 1))
                self.assertEqual(len(listed), value, (commune.name, name))
        self.assertFalse(letter.unreached_commune_ids)
        traces[self.mayor_b].set_bounced()
        self.env.flush_all()
        letter.invalidate_recordset()
        self.assertEqual(letter.unreached_commune_ids, self.commune_b)
        action = letter.action_open_unreached()
        found = self.env["res.partner"].search(action["domain"])
        self.assertEqual(len(found), letter.unreached_commune_count)

    def test_a_commune_where_nobody_is_known_is_not_reached(self):
        audience = self._audience("dgs", "mayor", name="DGS")
        self.mandate_b.action_end_today()
        letter = self._send(self._letter(audience))
        self._traces(letter).set_sent()
        self.env.flush_all()
        self.assertEqual(letter.unreached_commune_ids, self.commune_b)

    def test_sent_again_to_those_who_did_not_open(self):
        letter = self._send(self._letter())
        traces = {t.partner_id: t for t in self._traces(letter)}
        for trace in traces.values():
            trace.set_sent()
        traces[self.mayor_a].set_opened()
        traces[self.deputy].set_bounced()
        again = self.env["mailing.mailing"].browse(letter.action_resend_unopened()["res_id"])
        again = again.with_user(self.officer)
        self.assertEqual(again.approval_state, "draft")
        self.assertEqual(again.resend_of_id, letter)
        self._send(again)
        self.assertEqual(self._written_to(again), self.mayor_b)

    def test_a_return_gives_one_thing_to_do_on_the_commune(self):
        letter = self._send(self._letter())
        trace = self._traces(letter).filtered(lambda t: t.partner_id == self.mayor_b)
        before = self.commune_b.activity_ids
        trace.set_bounced(bounce_message="Boîte pleine")
        trace.set_bounced(bounce_message="Boîte pleine")
        activities = self.commune_b.activity_ids - before
        self.assertEqual(len(activities), 1)
        self.assertIn(self.mayor_b.email, activities.summary)
        self.assertEqual(activities.user_id, self.officer)
        self.assertFalse(
            self.commune_a.activity_ids.filtered(lambda a: "Bruno" in (a.summary or ""))
        )

    def test_readers_see_the_figures(self):
        letter = self._send(self._letter())
        self.env.flush_all()
        lines = (
            self.env["commune.mailing.stat"]
            .with_user(self.reader)
            .search([("mailing_id", "=", letter.id)])
        )
        self.assertEqual(len(lines), 3)
        self.assertTrue(lines.mapped("commune_id.name"))
