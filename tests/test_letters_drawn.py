"""Every letter as its reader sees it: drawn by Chromium on a screen of 600 and of 375 pixels."""

import json
import re

from lxml import html
from markupsafe import Markup

from odoo.tests import HttpCase, tagged
from odoo.tools import html2plaintext

from ..models.core.frame import UNREAD
from ..models.core.letter import LAYOUT
from .attack_case import MODULE
from .test_access_matrix import AccessRecords

# “2:00 PM”, “14:00”, “14:00:00”: the house writes 14 h 00.
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b|\d\s?[AP]\.?M\b")
# The letters as documents of their own, in the frames of a page: which are wider than the screen.
DRAW = """
const letters = %s;
const wide = [];
const draw = (name, text, width) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.style = `width: ${width}px; height: 900px; border: 0;`;
    frame.onload = () => {
        const page = frame.contentDocument.documentElement;
        if (page.scrollWidth > width) wide.push(`${name} ${width}: ${page.scrollWidth}`);
        frame.remove();
        done();
    };
    frame.srcdoc = text;
    document.body.append(frame);
});
(async () => {
    for (const [name, text] of Object.entries(letters)) {
        for (const width of [600, 375]) await draw(name, text, width);
    }
    if (wide.length) console.error(wide.join(" | "));
    else console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestLettersDrawn(AccessRecords, HttpCase):
    maxDiff = None

    @classmethod
    def _get_records(cls):
        cls.env["res.partner"].search([]).lang = "fr_FR"
        cls.env.company.partner_id.lang = "fr_FR"
        cls.env.company.primary_color = "#7a1f3d"
        cls.env = cls.env(context=dict(cls.env.context, lang="fr_FR"))
        return super()._get_records()

    def _get_one(self, model):
        known = [one for one in self.records.values() if one._name == model]
        records = self.env[model].sudo().with_context(active_test=False)
        return known[0].sudo() if known else records.search([], limit=1)

    def _get_letters(self):
        """{name: HTML} of each model of letter of ours, with the values of a record."""
        self.records["signatory_notice"].sudo().change = "Une adresse a changé."
        ours = self.env["ir.model.data"].search(
            [("model", "=", "mail.template"), ("module", "=", MODULE)]
        )
        letters = {}
        for data in ours:
            template = self.env["mail.template"].browse(data.res_id).sudo()
            record = self._get_one(template.model)
            [mail] = template.send_mail_batch(record.ids, email_layout_xmlid=LAYOUT)
            letters[data.name] = mail.body_html
        return letters

    def _get_internal_letters(self):
        """What Odoo tells a colleague about our records."""
        colleague = self.officer
        colleague.notification_type = "email"
        promise = self._get_one("commune.commitment").with_user(self.manager).sudo()
        promise.user_id = colleague
        promise.activity_schedule(
            "mail.mail_activity_data_todo", summary="Relire", user_id=colleague.id
        )
        promise._message_auto_subscribe_notify(
            colleague.partner_id.ids, "mail.message_user_assigned"
        )
        messages = self.env["mail.message"].search(
            [
                ("model", "=", promise._name),
                ("res_id", "=", promise.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(set(messages.mapped("email_layout_xmlid")), {LAYOUT})
        mails = self.env["mail.mail"].sudo().search([("mail_message_id", "in", messages.ids)])
        self.assertGreater(len(mails), 1)
        return {f"internal_{mail.id}": mail.body_html for mail in mails}

    def test_each_letter_fits_the_screen(self):
        letters = {**self._get_letters(), **self._get_internal_letters()}
        self.assertGreater(len(letters), 40)
        self.browser_js("/web/login", DRAW % json.dumps(letters), login=None)

    def test_each_letter_is_of_the_family(self):
        wrong = {}
        for name, body in {**self._get_letters(), **self._get_internal_letters()}.items():
            page = html.fromstring(body)
            [preheader] = page.find_class("c-preheader")
            text = html2plaintext(UNREAD.sub("", body))
            faults = {
                "preheader": preheader.text_content().strip(" \u200c\xa0") == "",
                "greeting as preheader": preheader.text_content().startswith("Bonjour"),
                "text": len(text.split()) < 5 or "c-card" in text or "@media" in text,
                "buttons": len(page.find_class("c-button")) > 1,
                "drawn": body.count("inline-block") != len(page.find_class("c-button")),
                "hello": len(re.findall(r"Bonjour", text)) > 1,
                "stops": ".," in text or ",," in text,
                "clock": CLOCK.search(text) is not None,
                "colour": "#1f4e79" in body or "#7a1f3d" not in body,
                "dark": "prefers-color-scheme: dark" not in body,
            }
            if any(faults.values()):
                wrong[name] = [fault for fault, found in faults.items() if found]
        self.assertEqual(wrong, {})

    def test_a_mail_about_a_record_of_others_stays_as_odoo_made_it(self):
        partner = self.env["res.partner"].create({"name": "Un client"})
        self.officer.notification_type = "email"
        message = (
            partner.with_user(self.manager)
            .sudo()
            .message_notify(
                partner_ids=self.officer.partner_id.ids,
                body="À relire",
                email_layout_xmlid="mail.mail_notification_layout",
            )
        )
        self.assertEqual(message.email_layout_xmlid, "mail.mail_notification_layout")

    def test_the_letters_to_write_keep_their_banner(self):
        """What the editor of Odoo takes off (`convert_inline.js`, the basic theme): the colours of
        a block. The cell within has its own."""
        for kind in ("letter", "invitation", "watch"):
            body = self.env["mailing.mailing"]._prepare_letter(kind)["body_html"]
            [banner] = html.fromstring(body).xpath("//td[@bgcolor='#7a1f3d'][p]")
            self.assertIn("background-color: #7a1f3d", banner.get("style"))
            for block in html.fromstring(body).find_class("o_mail_snippet_general"):
                self.assertNotIn("background", block.get("style") or "")
            self.assertLessEqual(str(body).count("inline-block"), 1)

    def test_what_is_no_markup_stays_text(self):
        """A letter is put in its frame as markup: a plain text must not become some."""
        dress = self.env.company._dress_letter
        self.assertIn("&lt;img src=x&gt;", dress("<img src=x>").body)
        self.assertIn("<b>Oui</b>", dress(Markup("<p><b>Oui</b></p>")).body)
