"""Access rules of documents: who may render which document about which record.

The address of a report takes any record from any account: only the report itself can refuse. A
report of the addon that is missing from the table fails the test.
"""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_access_matrix import (
    DIRECTORY,
    DIRECTORY_BUT_REFERENT,
    EVERYONE,
    MISSION_READERS,
    AccessRecords,
)

# report -> record of `_get_records` -> who may render it; an explained refusal (no accredited
# training, no minutes yet) is not a refusal of access.
REPORTS = {
    "agreement_commune_vote": {
        "agreement_vote_a": DIRECTORY,
        "agreement_draft_a": DIRECTORY,
    },
    "agreement_document": {
        "agreement_a": DIRECTORY,
        "agreement_draft_a": DIRECTORY,
        "agreement_vote_a": DIRECTORY,
    },
    "activity_report": {"activity_report": DIRECTORY_BUT_REFERENT},
    "activity_report_xlsx": {"activity_report": DIRECTORY_BUT_REFERENT},
    "agreement_epci_vote": {"agreement_vote_a": DIRECTORY},
    "agreement_impact": {"agreement_vote_a": DIRECTORY},
    "attendance_sheet": {"event": DIRECTORY_BUT_REFERENT},
    "attendance_xlsx": {"committee": DIRECTORY_BUT_REFERENT},
    "booklet_document": {"commune_a": DIRECTORY, "commune_b": DIRECTORY},
    "brochure_document": {"family": DIRECTORY},
    "certificate": {"registration": DIRECTORY_BUT_REFERENT},
    "commune_card": {"commune_a": DIRECTORY, "commune_b": DIRECTORY},
    "commune_sheet": {"commune_a": DIRECTORY, "commune_b": DIRECTORY},
    "dispatch_xlsx": {"dispatch": DIRECTORY_BUT_REFERENT},
    "mission_amendment": {"amendment": MISSION_READERS},
    "mission_entry": {"mission": DIRECTORY_BUT_REFERENT},
    "mission_exit": {"mission": DIRECTORY_BUT_REFERENT},
    "mission_order": {"mission": MISSION_READERS},
    "notice_proof_xlsx": {"session": DIRECTORY_BUT_REFERENT},
    "planning_board": {"company": DIRECTORY_BUT_REFERENT},
    "replacement_quote": {"replacement_request": MISSION_READERS},
    "replacement_report": {"service_report": DIRECTORY_BUT_REFERENT},
    "replacement_report_xlsx": {"service_report": DIRECTORY_BUT_REFERENT},
    "replacement_statement": {
        "statement": MISSION_READERS,
        "statement_draft": DIRECTORY_BUT_REFERENT,
    },
    "replacement_statement_xlsx": {
        "statement": MISSION_READERS,
        "statement_draft": DIRECTORY_BUT_REFERENT,
    },
    "guide_template": {
        "guide_elected_large": (*DIRECTORY, "portal_a", "portal_a_limited"),
        "guide_draft_referent": DIRECTORY,
    },
    "service_matrix_xlsx": {"family": DIRECTORY},
    "service_simulation_xlsx": {"project": DIRECTORY},
    "service_unit_cost": {"unit_cost": DIRECTORY},
    "service_year": {
        "commune_a": (*DIRECTORY, "portal_a", "portal_both"),
        "commune_b": (*DIRECTORY, "portal_b", "portal_both"),
        "epci": DIRECTORY,
    },
    "session_decisions": {
        "session_draft": DIRECTORY_BUT_REFERENT,
        "session": MISSION_READERS,
    },
    "session_file": {"session_draft": DIRECTORY_BUT_REFERENT, "session": MISSION_READERS},
    "session_minutes": {"session": DIRECTORY_BUT_REFERENT},
    "session_notice": {"session": DIRECTORY_BUT_REFERENT},
    "session_sheet": {"session": DIRECTORY_BUT_REFERENT},
    "survey_answers_xlsx": {"survey_campaign": DIRECTORY_BUT_REFERENT},
    "survey_results": {"survey_campaign": DIRECTORY_BUT_REFERENT},
    "visit_tour": {"visit_tour": DIRECTORY_BUT_REFERENT},
}
# Drawn about the choices of a wizard, which nobody but its author reads.
OF_WIZARDS = {
    "directory_document",
    "directory_xlsx",
    "label_document",
    "replacement_indicators",
    "replacement_year",
    "replacement_year_xlsx",
    "training_table_xlsx",
}
PREFIX = "commune_relations."


@tagged("post_install", "-at_install")
class TestReportAccess(AccessRecords):
    def _get_reports(self):
        """{name: report} of the addon."""
        found = self.env["ir.actions.report"].search([("report_name", "=like", f"{PREFIX}%")])
        return {report.report_name.removeprefix(PREFIX): report for report in found}

    def test_every_report_of_the_addon_is_in_the_table(self):
        reports = self._get_reports()
        self.assertEqual(sorted(set(reports) - OF_WIZARDS), sorted(REPORTS))
        for name in OF_WIZARDS:
            self.assertTrue(self.env[reports[name].model]._transient, name)

    def test_each_document_is_drawn_for_the_persons_of_the_table_alone(self):
        reports = self._get_reports()
        for name, lines in REPORTS.items():
            for key, allowed in lines.items():
                record = self.records[key]
                self.assertEqual(record._name, reports[name].model)
                drawn = [who for who in EVERYONE if self._renders(reports[name], record, who)]
                with self.subTest(report=name, record=key):
                    self.assertEqual(sorted(drawn), sorted(allowed))

    def _renders(self, report, record, who):
        """Whether the report refuses nothing, asked as its address does: any record, any data."""
        user, data = getattr(self, who), {"year": str(self.today.year)}
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                if report.report_type == "xlsx":
                    drawer = self.env[f"report.{report.report_name}"].with_user(user)
                    drawer.create_xlsx_report(record.ids, data)
                else:
                    drawer = self.env["ir.actions.report"].with_user(user)
                    drawer._render_qweb_html(report.report_name, record.ids, data)
        except AccessError:
            return False
        except UserError:
            return True
        return True
