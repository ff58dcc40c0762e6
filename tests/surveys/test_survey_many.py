"""Ten times the communes ask no more queries: whom to write to, the workbook."""

from odoo.tests import tagged

from .survey_case import SurveyCase


@tagged("post_install", "-at_install")
class TestSurveyMany(SurveyCase):
    def _communes(self, first, count):
        """Invented communes, each with a mayor who may be written to."""
        communes = self.env["res.partner"]
        for number in range(first, first + count):
            commune = self._commune(f"Commune {number}", f"57{number}", 300)
            mayor = self.env["res.partner"].create(
                {"lastname": f"MAIRE {number}", "email": f"maire{number}@mel.example"}
            )
            self._mandate(mayor, commune, "mayor")
            communes |= commune
        return communes

    def _queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = function()
        return self.env.cr.sql_log_count - before, result

    def _open(self, communes):
        campaign = self._campaign(
            commune_ids=communes.ids, audience_ids=self.env["commune.audience"]
        )
        campaign.action_open()
        return campaign

    def test_whom_to_write_to_does_not_grow_with_the_communes(self):
        few = self._open(self._communes(910, 3))
        many = self._open(self._communes(920, 30))
        cost, pairs = self._queries(lambda: few._get_addressees(few.target_ids))
        self.assertEqual(len(pairs), 3)
        more, pairs = self._queries(lambda: many._get_addressees(many.target_ids))
        self.assertEqual(more, cost)
        self.assertEqual(
            {(target.commune_name, person.lastname) for target, person in pairs},
            {(f"Commune {number}", f"MAIRE {number}") for number in range(920, 950)},
        )

    def test_a_reminder_of_more_than_fifty_communes_asks_no_more_queries(self):
        counts = []
        for first, many in ((800, 3), (810, 3), (910, 60)):
            campaign = self._open(self._communes(first, many))
            campaign.target_ids.link_ids.sudo().sent_date = "2026-01-01"
            campaign.target_ids.sudo().last_letter_date = "2026-01-01"
            cost, _notification = self._queries(campaign.action_remind)
            self.assertEqual(campaign.target_ids.mapped("reminder_count"), [1] * many)
            counts.append(cost)
        self.assertLessEqual(counts[2] - counts[1], 2, counts)

    def test_the_workbook_of_answers_does_not_grow_with_the_communes(self):
        few, many = self._communes(910, 3), self._communes(920, 30)
        report = self.env["report.commune_relations.survey_answers_xlsx"]
        counts = []
        for communes in (few, many):
            campaign = self._open(communes)
            for commune in communes:
                mayor = commune.mandate_ids.partner_id
                self._answer(commune, mayor, mayor, campaign, remark=f"De {commune.name}")
            cost, sheet = self._queries(
                lambda campaign=campaign: report._get_answers_sheet(campaign)
            )
            self.assertEqual([row[-1] for row in sheet.rows], [f"De {c.name}" for c in communes])
            counts.append(cost)
        self.assertEqual(counts[0], counts[1])
