"""Each of our documents printed for three records at once: what a screen reader needs is kept for
all of them, not for the first alone."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .core.pdf_tags import Tags
from .test_access_matrix import AccessRecords
from .test_report_access import PREFIX, REPORTS


@tagged("post_install", "-at_install")
class TestBoundDocuments(AccessRecords):
    @classmethod
    def setUpClass(cls):
        """Adds what the people of the access matrix have none of: an accredited training behind us,
        a model document, the minutes of a session."""
        super().setUpClass()
        records = cls.records
        records["event"].write(
            {
                "kind": "training",
                "body_id": records["training_body"].id,
                "date_begin": records["event"].date_begin - timedelta(days=1),
            }
        )
        model = cls.env["commune.guide"].create(
            {"name": "Délibération", "kind": "model", "body": "<h2>Le conseil</h2><p>{date}</p>"}
        )
        session = records["session_draft"].copy(
            {"date_begin": fields.Datetime.now() - timedelta(days=9)}
        )
        session.state = "held"
        session.minutes_html = "<h2>Sel</h2><p>Acheter ensemble.</p>"
        # An estimate comes before the days; one Monday of two at least is no holiday.
        day = cls.today + timedelta(days=30)
        demand = cls.env["commune.replacement.request"].create(
            {
                "commune_id": cls.commune_a.id,
                "post": "Secrétaire",
                "date_start": day,
                "date_end": day + timedelta(days=13),
                "mon_am": True,
            }
        )
        cls.apart = {
            "replacement_quote": demand,
            "certificate": records["registration"],
            "guide_template": model,
            "session_minutes": session,
        }

    def _draw(self, report, ids):
        drawer = self.env["ir.actions.report"].with_user(self.manager)
        drawer = drawer.with_context(force_report_rendering=True)
        data = {"year": str(self.today.year)}
        return drawer._render_qweb_pdf(f"{PREFIX}{report}", ids, data)[0]

    def _render_first(self, report, keys):
        """A document about the first record that has one: ([record], PDF)."""
        separate = self.apart.get(report)
        for records in [separate] if separate else [self.records[key] for key in keys]:
            ids = records.ids[:1]
            try:
                return ids, self._draw(report, ids)
            except UserError:
                continue
        return None, None

    def test_three_documents_keep_tags_language_mark_and_links(self):
        reports = self.env["ir.actions.report"]
        without = []
        for report, keys in REPORTS.items():
            if reports._get_report(f"{PREFIX}{report}").report_type != "qweb-pdf":
                continue
            ids, alone = self._render_first(report, keys)
            if not alone:
                without.append(report)
                continue
            one, three = Tags(alone), Tags(self._draw(report, ids * 3))
            with self.subTest(report=report):
                self.assertEqual((one.problems, three.problems), ([], []))
                self.assertTrue(three.is_marked)
                self.assertEqual(str(three.root.Lang), str(one.root.Lang))
                self.assertTrue(three.root.MarkInfo.Marked)
                pages = len(one.numbers)
                self.assertEqual(len(three.numbers), 3 * pages)
                self.assertEqual(len(three.root.StructTreeRoot.K), 3)
                self.assertEqual(len(three.headers), 3 * len(one.headers))
                # a link of the second and of the third leads within its own document
                for page, place in three.links:
                    self.assertEqual(page // pages, place // pages)
        self.assertEqual(without, [])
