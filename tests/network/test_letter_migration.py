"""Letters in preparation before 19.0.1.16.0 keep their banner when they are edited again."""

import importlib.util
from pathlib import Path

from lxml import html

from odoo.tests import tagged

from .mailing_case import MailingCase

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "migrations" / "19.0.1.16.0" / "post-letters-in-preparation.py"
# As the models of letters were, and as the editor of Odoo left them.
WORDS = (
    '<p style="margin: 0; font-weight: bold; color: #ffffff;">Les Deux Rives</p>'
    '<p style="margin: 0; color: #ffffff;">Ma bande à moi</p>'
)
ARCH = (
    '<div class="o_layout o_basic_theme"><div class="o_mail_snippet_general"'
    f' style="padding: 16px 24px; background-color: #1d3c6a; color: #ffffff;">{WORDS}</div>'
    '<div class="o_mail_snippet_general" style="padding: 24px;"><p>Bonjour,</p>'
    "<p>Écrit <b>hier</b> & relu.</p></div></div>"
)
SAVED = (
    '<table class="o_layout o_basic_theme"><tbody><tr><td><table class="o_mail_snippet_general"'
    ' style="padding: 16px 24px; background-color: transparent; color: inherit;"><tbody><tr>'
    '<td style="padding: 16px 24px;"><table><tbody><tr>'
    f"<td>{WORDS}</td></tr></tbody></table></td></tr>"
    '</tbody></table><table class="o_mail_snippet_general"><tbody><tr><td><p>Bonjour,</p>'
    "<p>Écrit <b>hier</b> &amp; relu.</p></td></tr></tbody></table></td></tr></tbody></table>"
)


@tagged("post_install", "-at_install")
class TestLetterMigration(MailingCase):
    def _migrate(self):
        spec = importlib.util.spec_from_file_location("post_letters", SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.15.0")
        self.env.invalidate_all()

    def test_the_banner_is_a_cell_and_no_word_changes(self):
        letter = self._letter(body_arch=ARCH, body_html=SAVED)
        self._approve(letter)
        before = [html.fromstring(body).text_content() for body in (ARCH, SAVED)]
        self._migrate()
        for body, words in zip((letter.body_arch, letter.body_html), before, strict=True):
            page = html.fromstring(body)
            self.assertEqual(page.text_content(), words)
            [banner] = page.xpath("//td[@bgcolor='#1d3c6a']")
            self.assertIn("background-color: #1d3c6a; color: #ffffff;", banner.get("style"))
            self.assertIn("Ma bande à moi", banner.text_content())
            self.assertNotIn("relu", banner.text_content())
            self.assertIn("<b>hier</b>", str(body))
        self.assertEqual(letter.approval_state, "approved")
        twice = letter.body_arch, letter.body_html
        self._migrate()
        self.assertEqual((letter.body_arch, letter.body_html), twice)

    def test_what_left_and_what_has_no_such_banner_stay(self):
        sent, plain = self._letter(body_arch=ARCH, body_html=SAVED), self._letter()
        self._approve(sent).sudo().state = "done"
        kept = [(one.body_arch, one.body_html) for one in (sent, plain)]
        self._migrate()
        self.assertEqual([(one.body_arch, one.body_html) for one in (sent, plain)], kept)
