"""Why a form of the portal is refused is shown beside the field to correct, in one way."""

import re
from pathlib import Path

from odoo.tests import BaseCase

VIEWS = Path(__file__).resolve().parents[1] / "views" / "portal"
# What an action without a field has come to.
LISTS = {
    "colleagues_portal_templates.xml",
    "network_portal_templates.xml",
}


class TestFormProblems(BaseCase):
    def test_no_page_says_it_in_its_own_way(self):
        sources = {path.name: path.read_text("utf-8") for path in VIEWS.glob("*.xml")}
        own = {name for name, text in sources.items() if "alert-danger" in text}
        self.assertEqual(own, LISTS)
        shared = [name for name, text in sources.items() if "form_problem" in text]
        self.assertGreater(len(shared), 12)
        # Outside a form only for a form that is not shown.
        for name, text in sources.items():
            for call in re.finditer(r"<t\b[^>]*form_problem\"", text):
                before = text[: call.start()]
                inside = before.count("<form") > before.count("</form>")
                spoken = "t-if=" in call[0] or name in {
                    "session_answer_templates.xml",
                    "session_page_templates.xml",
                    "service_catalogue_templates.xml",
                    "signatory_templates.xml",
                }
                self.assertTrue(inside or spoken, (name, call[0]))
